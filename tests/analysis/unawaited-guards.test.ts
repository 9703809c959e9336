import rule from "../../src/rules/no-unchecked-verification.ts";
import { marked } from "../kit/marked.ts";
import { testRule } from "../kit/test-rule.ts";

/** Promises of a verification that are tested as if they were its answer. */

const JOSE = 'import { jwtVerify } from "jose";';
const JWT = 'import jwt from "jsonwebtoken";';

const inGuard = (body: string): string =>
  `${JOSE}\nconst check = (token) => jwtVerify(token, key, options);\nexport async function auth(req, res, next) {\n${body}\n}`;

const byCallback = (body: string, ask: string, keyword = "async "): string =>
  `${JWT}
export const auth = () => async function (req, res, next) {
  let ok = false;
  ${ask}
  if (!ok) return res.sendStatus(401);
  next();
};
${keyword}function passes(req) {
  ${body}
}`;

const FLAG = `let good = false;
  jwt.verify(req.token, key, options, (error) => { if (error) { good = false; } else { good = true; } });
  return good;`;

testRule("no-unchecked-verification, a promise that is assigned", rule, {
  valid: [
    "  let ok = false;\n  ok = await check(req.token);\n  if (!ok) return res.sendStatus(401);\n  next();",
    // It is waited for where it is read, or a little later.
    "  let ok;\n  ok = check(req.token);\n  if (!(await ok)) return res.sendStatus(401);\n  next();",
    "  let ok;\n  ok = check(req.token);\n  if (!ok) return res.sendStatus(401);\n  await ok;\n  next();",
    "  let ok;\n  ok = check(req.token);\n  ok.then(() => next(), next);",
    // Taken the place of before anybody asks
    "  let ok;\n  ok = check(req.token);\n  ok = await ok;\n  if (!ok) return res.sendStatus(401);\n  next();",
    "  let ok;\n  ok = check(req.token);\n  pending.push(ok);\n  if (!ok) return;\n  await Promise.all(pending);\n  next();",
    // A sum is no promise.
    "  let ok = '';\n  ok += check(req.token);\n  if (!ok) return;\n  await done();\n  next();",
  ]
    .map(inGuard)
    .concat([
      // Others share the variable, and may wait for it.
      `${JOSE}\nlet known;\nconst check = (token) => jwtVerify(token, key, options);\nexport function start(token) {\n  known = check(token);\n  if (!known) throw new Error("none");\n}\nexport const claims = () => known;`,
      `${JOSE}\nconst check = (token) => jwtVerify(token, key, options);\nexport async function auth(req, next) {\n  let claims;\n  const start = () => { claims = check(req.token); if (!claims) stop(); };\n  start();\n  await claims;\n  next();\n}`,
      byCallback(FLAG, "ok = await passes(req);"),
      // No promise without async, and nothing that it would be the answer of.
      byCallback(FLAG, "ok = passes(req);", ""),
      `${JWT}\nasync function note(req) {\n  jwt.verify(req.token, key, options, (error) => { if (error) log(error); else count(); });\n}\nexport const auth = (req) => { if (note(req)) return 1; return 0; };`,
    ]),
  invalid: [
    ...[
      "  let ok = false;\n  ok = «check(req.token)»;\n  if (!ok) return res.sendStatus(401);\n  next();",
      "  let claims;\n  if (req.token) claims = «check(req.token)»;\n  if (!claims) return res.sendStatus(401);\n  next();",
      "  let claims;\n  claims = «check(req.token)»;\n  req.user = claims.payload;\n  next();",
    ].map((body) =>
      marked(inGuard(body), { messageId: "wrappedPromise", data: { name: "jwtVerify" } }),
    ),
    ...["ok = «passes(req)»;", "ok = «passes(req, ok)»;", "if («passes(req)») ok = true;"].map(
      (ask) =>
        marked(byCallback(FLAG, ask), {
          messageId: "wrappedPromise",
          data: { name: "jwt.verify" },
        }),
    ),
    marked(
      `const nJwt = require("njwt");
module.exports = () => async (ctx, next) => {
  let ok = false;
  ok = «passes(ctx)»;
  if (ok) await next();
  else ctx.status = 401;
};
async function passes(ctx) {
  let good = false;
  await nJwt.verify(ctx.request.header.token, key, (error) => { if (error) { good = false; } else { good = true; } });
  return good;
}`,
      { messageId: "wrappedPromise", data: { name: "nJwt.verify" } },
    ),
  ],
});
