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
      `const answer = await fetch(config.userUrl, ${BEARER}); if (answer.status > 399) ${REFUSED}`,
      `const answer = await fetch(\`\${config.api}/users/\${req.params.id}\`, ${BEARER}); if (answer.status >= 300) ${REFUSED}`,
      `const answer = await fetch(\`https://id.example/users/\${req.params.id}\`, ${BEARER}); if (!answer.ok) ${REFUSED}`,
      `const answer = await fetch("/users/" + req.params.id, ${BEARER}); if (!answer.ok) ${REFUSED}`,
      `const answer = await fetch(new URL("/me", process.env.API), ${BEARER}); if (!answer.ok) ${REFUSED}`,
      `const { active } = await introspection.introspect(token); if (!active) ${REFUSED}`,
      `const { active } = await axios.post(process.env.STATUS_URL, { token }); if (!active) ${REFUSED}`,
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
      // Not found, and out of order, are no refusal.
      `${ASKED} if (answer.status === 404) ${REFUSED}`,
      `${ASKED} if (answer.status >= 500) ${REFUSED}`,
      `${ASKED} if (answer.status > 200) ${REFUSED}`,
      // What answers whoever asks
      ...[
        '"https://shop.example/public/users"',
        "`${process.env.AUTH_URL}/health`",
        "process.env.RATES_URL",
        // A server that the client or the token names
        "`${req.body.shop}/profile`",
        "`https://${req.query.tenant}/profile`",
        'req.body.server + "/profile"',
        '"https://" + req.body.server + "/profile"',
        'new URL("/profile", req.query.server)',
      ].map(
        (address) =>
          `const answer = await fetch(${address}, ${BEARER}); if (!answer.ok) ${REFUSED}`,
      ),
      `const { server } = req.body; const url = \`\${server}/profile\`; const answer = await fetch(url, ${BEARER}); if (!answer.ok) ${REFUSED}`,
      // A record that is active, whoever asks
      `const device = await devices.findOne({ token }); if (!device.active) ${REFUSED}`,
      `const shop = await shops.get({ token }); if (!shop.active) ${REFUSED}`,
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
    middleware(`await isKnown(token);`, helper("return answer.status;")),
    ...["${claims.iss}/profile", "https://${issuer}/profile"].map((address) =>
      middleware(
        `const claims = decodeJwt(token); const { iss: issuer } = claims; const answer = await fetch(\`${address}\`, ${BEARER}); if (!answer.ok) ${REFUSED}`,
      )
        .replace("const { role } = «decodeJwt(token)»", "const { role } = claims")
        .replace("const claims = decodeJwt(token)", "const claims = «decodeJwt(token)»"),
    ),
    // What is decided before
    middleware("").replace("next(); }", `${ASKED} if (!answer.ok) ${REFUSED} next(); }`),
  ].map((code) =>
    marked(code, {
      messageId: "decision",
      data: { name: "decodeJwt", line: "1", what: "the claim role" },
    }),
  ),
});
