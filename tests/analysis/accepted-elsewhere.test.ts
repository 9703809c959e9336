import rule from "../../src/rules/no-unverified-claims.ts";
import { marked } from "../kit/marked.ts";
import { testRule } from "../kit/test-rule.ts";

/** Tokens that another server has accepted as the bearer of a request, or has called active, before they are read. */

const middleware = (asked: string, before = ""): string =>
  `import { decodeJwt } from "jose"; import axios from "axios"; ${before} export async function user(req, res, next) { const token = req.get("authorization").slice(7); const other = req.cookies.other; ${asked} const { role } = «decodeJwt(token)»; if (role !== "admin") return res.sendStatus(403); next(); }`;

const BEARER = "{ headers: { Authorization: `Bearer ${token}` } }";
const ASKED = `const answer = await fetch(process.env.AUTH_URL, ${BEARER});`;
const REFUSED = "return res.sendStatus(401);";

const helper = (given: string): string => `async function isKnown(token) { ${ASKED} ${given} }`;

testRule("no-unverified-claims: tokens that another server has accepted", rule, {
  valid: [
    ...[
      `${ASKED} if (!answer.ok) ${REFUSED}`,
      `${ASKED} if (answer.status !== 200) ${REFUSED}`,
      `${ASKED} if (answer.status === 401) ${REFUSED}`,
      `${ASKED} if (answer.status >= 400) ${REFUSED}`,
      `${ASKED} if (isLate() || !answer.ok) ${REFUSED}`,
      `const { ok } = await fetch(process.env.AUTH_URL, ${BEARER}); if (!ok) ${REFUSED}`,
      `const answer = await authApi.get("/user", { headers: { authorization: "Bearer " + token } }); if (answer.status !== 200) ${REFUSED}`,
      `const { active } = await authServer.post("/status", { token }); if (!active) ${REFUSED}`,
      `const { data } = await authServer.post("/status", { token }); if (!data.active) ${REFUSED}`,
      `const answer = await authServer.post("/status", { token }); if (!answer.data.active) ${REFUSED}`,
      "req.info = await fetchUserInfo(config, token, skipSubjectCheck);",
      "req.info = await client.userinfo(token);",
    ].map((asked) => middleware(asked)),
    ...[
      "return answer.ok;",
      "return answer.status === 200;",
      "if (!answer.ok) throw new Error(); return true;",
    ].map((given) => middleware(`if (!(await isKnown(token))) ${REFUSED}`, helper(given))),
  ].map((code) => code.replaceAll(/[«»]/gu, "")),
  invalid: [
    ...[
      // Nobody asks how it went.
      ASKED,
      `${ASKED} log.info(answer.status);`,
      `${ASKED} if (!answer.ok) log.info("refused");`,
      `${ASKED} if (answer.ok) ${REFUSED}`,
      `${ASKED} if (typeof answer.ok) ${REFUSED}`,
      `${ASKED} if (answer.status === 200) ${REFUSED}`,
      `${ASKED} if (answer.status < 400) ${REFUSED}`,
      `${ASKED} if (answer.status !== 304) ${REFUSED}`,
      `${ASKED} if (isLate() && !answer.ok) ${REFUSED}`,
      `${ASKED} if (!answer.redirected) ${REFUSED}`,
      // Another token, or none
      `const answer = await fetch(process.env.AUTH_URL, { headers: { Authorization: \`Bearer \${other}\` } }); if (!answer.ok) ${REFUSED}`,
      `const answer = await fetch(process.env.RATES_URL); if (!answer.ok) ${REFUSED}`,
      `const answer = await fetch(process.env.HOOK_URL, { method: "POST", body: token }); if (!answer.ok) ${REFUSED}`,
      `const answer = await note("bearer", ${BEARER}); if (!answer.ok) ${REFUSED}`,
      `const { active } = await flags.get("admins", { other }); if (!active) ${REFUSED}`,
      `const { open } = await authServer.post("/status", { token }); if (!open) ${REFUSED}`,
      "req.info = await fetchUserInfo(config, other);",
    ].map((asked) => middleware(asked)),
    middleware(`await isKnown(token);`, helper("log.info(answer.ok);")),
    // What is decided before
    middleware("").replace("next(); }", `${ASKED} if (!answer.ok) ${REFUSED} next(); }`),
  ].map((code) =>
    marked(code, {
      messageId: "decision",
      data: { name: "decodeJwt", line: "1", what: "the claim role" },
    }),
  ),
});
