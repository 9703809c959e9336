import rule from "../../src/rules/no-unchecked-verification.ts";
import { marked } from "../kit/marked.ts";
import { testRule } from "../kit/test-rule.ts";

/** Authorizers of API Gateway that allow every request, each next to one that asks. */

const authorizer = (body: string, name = "handler"): string =>
  `import jwt from "jsonwebtoken";
const policy = (who, effect, resource) => ({ principalId: who, policyDocument: { Version: "2012-10-17", Statement: [{ Action: "execute-api:Invoke", Effect: effect, Resource: resource }] } });
const validate = (token) => jwt.verify(token, process.env.KEY, { algorithms: ["RS256"] });
export const ${name} = async (event) => { ${body} };`;

const ALLOW = 'policy("user", "Allow", event.methodArn)';

testRule("no-unchecked-verification: open authorizers", rule, {
  valid: [
    ...[
      `const { sub } = validate(event.authorizationToken); return policy(sub, "Allow", event.methodArn);`,
      `return policy(validate(event.authorizationToken).sub, "Allow", event.methodArn);`,
      `await check(event); return ${ALLOW};`,
      `if (event.headers.key !== process.env.KEY) throw new Error("Unauthorized"); return ${ALLOW};`,
      `if (process.env.IS_OFFLINE) return ${ALLOW}; validate(event.authorizationToken); return ${ALLOW};`,
      `return event.headers.key === process.env.KEY ? ${ALLOW} : policy("user", "Deny", event.methodArn);`,
      'return policy("user", "Deny", event.methodArn);',
      'return policy("user", event.effect, event.methodArn);',
    ].map((body) => authorizer(body)),
    authorizer(`return ${ALLOW};`, "publicAuthorizer"),
    authorizer(`return ${ALLOW};`, "mockAuthorizer"),
    { code: authorizer(`return ${ALLOW};`), filename: "authorizer.mock.js" },
    // Of a function that makes policies nobody knows who calls it.
    'import jwt from "jsonwebtoken"; const validate = (token) => jwt.verify(token, process.env.KEY, { algorithms: ["RS256"] }); const allow = (arn) => ({ policyDocument: { Statement: [{ Effect: "Allow", Resource: arn }] } }); export const handler = async (event) => { validate(event.authorizationToken); return allow(event.methodArn); };',
    // What builds the answer reads the same, and is called behind the verification.
    ...[
      "export const handler = async (event) => { validate(event.authorizationToken); return allow(event); };",
      "export const handler = (event) => check(event).then(() => allow(event));",
      "export const handler = wrap(allow);",
      "export const policies = { allow };",
    ].map((entry) =>
      authorizer("return {};").replace(
        /export const handler.*/su,
        `const allow = (event) => { return ${ALLOW}; }; ${entry}`,
      ),
    ),
    authorizer("return {};").replace(
      /export const handler.*/su,
      `export const allow = (event) => { return ${ALLOW}; }; export const handler = (event) => { validate(event.authorizationToken); return allow(event); };`,
    ),
    // Nothing in the file is there for tokens.
    authorizer(`return ${ALLOW};`).replace("jwt.verify(", "token.includes("),
  ],
  invalid: [
    `return «${ALLOW}»;`,
    `console.log(event); try { return «${ALLOW}»; } catch (error) { throw new Error("Unauthorized"); }`,
    `const who = "user"; return «policy(who, "Allow", event.methodArn)»; return validate(event.authorizationToken);`,
    `return «policy("user", "Allow", event.routeArn)»;`,
  ].map((body) => marked(authorizer(body), { messageId: "openAuthorizer", data: {} })),
});
