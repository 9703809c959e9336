import optional from "../../src/rules/no-optional-authentication.ts";
import unchecked from "../../src/rules/no-unchecked-verification.ts";
import { marked } from "../kit/marked.ts";
import { testRule } from "../kit/test-rule.ts";

/** Middleware that goes on whatever a verification says, next to what turns somebody away. */

const VERIFY = 'jwt.verify(req.cookies.sid, process.env.KEY, { algorithms: ["HS256"] })';

const middleware = (first: string, rest: string, name = "tellVisitors"): string =>
  `import jwt from "jsonwebtoken"; export async function ${name}(req, res, next) { ${first} ${rest} }`;

/** What is only counted of a token. */
const counting = [
  `let kind = "none"; try { kind = ${VERIFY}.kind; } catch { kind = "unknown"; } counter.inc({ kind }); next();`,
  `try { req.app.locals.db = databases[${VERIFY}.tenant]; } catch { req.app.locals.db = shared; } return next();`,
];

const refusing = [
  `let kind; try { kind = ${VERIFY}.kind; } catch { return res.sendStatus(401); } counter.inc({ kind }); next();`,
  `let kind; try { kind = ${VERIFY}.kind; } catch { kind = undefined; } if (!kind) return res.sendStatus(401); next();`,
  `let kind; try { kind = ${VERIFY}.kind; } catch { kind = undefined; } if (!kind) throw new Error("refused"); next();`,
  `let kind = "none"; try { kind = ${VERIFY}.kind; } catch { kind = "unknown"; } if (allowed.has(kind)) next();`,
  `const { kind } = ${VERIFY}; counter.inc({ kind }); next();`,
];

const said = (rest: string): string =>
  middleware('if («req.headers["x-probe"]») return next();', rest);

testRule("no-unchecked-verification: who refuses nobody", unchecked, {
  valid: counting.map((rest) => said(rest).replaceAll(/[«»]/gu, "")),
  invalid: [
    ...refusing.map((rest) => said(rest)),
    // That it lets in nobody else its name says.
    ...counting.map((rest) => said(rest).replace("tellVisitors", "requireUser")),
  ].map((code) => marked(code, { messageId: "saidPasses", data: { what: "the header x-probe" } })),
});

const switched = (rest: string): string =>
  middleware('if («process.env.DISABLE_AUTH === "true"») return next();', rest);

/** A second token that only some bring, behind another check. */
const second = (chain: string, pass = "return next();"): string =>
  `import { jwtVerify } from "jose"; export function tellVisitors(req, res, next) { if (!req.session) return res.sendStatus(401); const token = req.headers.authorization; if (!token) ${pass} ${chain} next(); }`;

const data = { guard: "requireUser", name: "jwtVerify" };

testRule("no-optional-authentication: who refuses nobody", optional, {
  valid: [
    ...counting.map((rest) => switched(rest)),
    second(
      "jwtVerify(token, key).then(({ payload }) => note(payload.sub)).catch(() => note(undefined));",
    ),
    second("void jwtVerify(token, key).catch(() => note(undefined));"),
  ].map((code) => code.replaceAll(/[«»]/gu, "")),
  invalid: [
    ...[
      ...refusing.map((rest) => switched(rest)),
      // Somebody who is written in the code takes the place of what the token says.
      switched(counting[0] ?? "").replace(
        "return next()",
        "{ req.user = { id: 1, roles: [] }; return next(); }",
      ),
    ].map((code) => marked(code, { messageId: "switchedOff", data: {} })),
    ...[
      "await jwtVerify(token, key);",
      "jwtVerify(token, key).then(note);",
      "jwtVerify(token, key).catch();",
      "jwtVerify(token, key).catch(refuse);",
      "jwtVerify(token, key).catch(() => res.sendStatus(401));",
      "report(jwtVerify(token, key)).catch(() => note(undefined));",
    ].map((chain) =>
      marked(
        second(chain, "return «next()»;")
          .replace("export function", "export async function")
          .replace("tellVisitors", "requireUser"),
        {
          messageId: "anonymousPasses",
          data,
        },
      ),
    ),
  ],
});
