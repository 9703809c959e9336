import rule from "../../src/rules/no-unchecked-verification.ts";
import { marked } from "../kit/marked.ts";
import { testRule } from "../kit/test-rule.ts";

/** Errors and texts that a function gives where the claims would be. */

const JWT = 'import jwt from "jsonwebtoken";';
const NEST = 'import { JwtService } from "@nestjs/jwt";';

/** A function that gives the claims, and this where the token is bad. */
const verifying = (failed: string, token = "token", parameters = "(token)"): string =>
  `${JWT}\nexport function verifyToken${parameters} {\n  try {\n    return jwt.verify(${token}, key, options);\n  } catch (error) {\n    ${failed}\n  }\n}`;

/** A function that gives an error in place of the claims, and what becomes of that. */
const used = (use: string, given = "error"): string =>
  `${JWT} function check(token) { try { return jwt.verify(token, process.env.KEY, options); } catch (error) { return ${given}; } } export async function show(req, res) { const user = check(req.token); ${use} }`;

/** The same of a callback. */
const called = (failed: string, use: string, key = "process.env.KEY"): string =>
  `${JWT} export async function show(req, res) { const user = jwt.verify(req.token, ${key}, options, (error, claims) => { ${failed} return claims; }); ${use} }`;

/** A function that gives on what the callback gives */
const givenOn = (failed: string, name = "verifyToken", well = "claims"): string =>
  `${JWT} export const ${name} = (header) => { const token = header.split(" ")[1]; return jwt.verify(token, key, options, (error, claims) => { if (error) { ${failed} } return ${well}; }); };`;

/** A function that gives promises of both, and a guard that goes by them. */
const settled = (failed: string, use: string): string =>
  `${JWT} export function check(token) { try { return Promise.resolve(jwt.verify(token, process.env.KEY, options)); } catch (error) { ${failed} } } export const guard = async (req, res, next) => { ${use} };`;

const ASKS = "if (!user) return res.sendStatus(401); req.user = user; next();";

testRule("no-unchecked-verification", rule, {
  valid: [
    // Who calls it is told that a text may come
    verifying('return "Invalid token";').replace(
      "export",
      "/** @returns {object|string} the claims, or why there are none */\nexport",
    ),
    `${verifying('return "Invalid token";')} export const isRefused = (result) => typeof result === "string";`,
    `${givenOn('return "Invalid token";')} export const isClaims = (x) => typeof x === "object";`,
    // Text that can be told from claims, and what is no answer to somebody who asks for claims
    ...[
      verifying("return error;").replace("verifyToken", "validateToken"),
      verifying("return error;").replace("verifyToken", "tryVerify"),
      verifying("return error;").replace("verifyToken", "tokenError"),
      `${verifying("return error;")} export const isBad = (given) => given instanceof TokenError;`,
      verifying("return error;", "token", "(token, h)"),
      {
        code: `${JWT}export const verifyToken: Read = (token) => { try { return jwt.verify(token, key, options); } catch (error) { return error; } };`,
        ts: true as const,
      },
      verifying("return error;").replace(
        "export",
        "/** @type {(token) => Claims | TokenErrors} */\nexport",
      ),
      verifying("return error;", "token", "(name)"),
      verifying("return error;", "request.token", "(request)"),
      verifying("return error;").replace("export ", ""),
      verifying("return error;").replace("return jwt", "jwt"),
      verifying("return error;").replace(
        "export",
        "/** @returns {Claims | TokenError} what it says */\nexport",
      ),
      verifying("return { error };"),
      verifying("return { valid: false };"),
      verifying("return { success: false, error };"),
      verifying("return [error, null];"),
      verifying("return Object.assign({}, error);"),
      verifying("return Object.keys(error);"),
      verifying("return failure(error);"),
      verifying("return 'expired';"),
      verifying("return error.expired ? 'EXPIRED' : 'The token is bad';"),
      verifying("return { error: 'Invalid token' };"),
      verifying("return 'Invalid token';").replace(
        "function verifyToken",
        "function validateToken",
      ),
      verifying("return 'Invalid token';").replace(
        "return jwt.verify(token, key, options)",
        "return jwt.verify(token, key, options) !== null",
      ),
      verifying("return 'Invalid token';", "request.token", "(request)"),
      verifying("return 'Invalid token';", "input", "(input)"),
      verifying("return 'Invalid token';", "token", "({ token })"),
      verifying("return 'Invalid token';", "token", "(name)"),
      verifying("return 'Invalid token';").replace("export ", ""),
    ],
    { code: verifying("return 'Invalid token';", "token", "(token): Claims | string"), ts: true },
    ...["Claims | Error", "Claims | TokenError", "unknown", "Result<Claims>", "any"].map(
      (type) => ({
        code: verifying("return error;", "token", `(token): ${type}`),
        ts: true as const,
      }),
    ),
    // Somebody asks what came, is given it, or looks at the claims that are read.
    ...[
      "if (user instanceof Error) return res.sendStatus(401); res.json(await find(user.sub));",
      "if (user.name === 'TokenExpiredError') return res.sendStatus(401); res.json(await find(user.sub));",
      "report(user.message); res.json(await find(user.sub));",
      "if (user.message) return res.sendStatus(401); res.json(await find(user.sub));",
      "if ('stack' in user) return res.sendStatus(401); res.json(await find(user.sub));",
      "if (!user.sub) return res.sendStatus(401); res.json(await find(user.sub));",
      "if (user.sub === undefined) return res.sendStatus(401); res.json(await find(user.sub));",
      "if (user.role !== 'admin') return res.sendStatus(403); res.json(await find(user.sub));",
      "assertClaims(user); res.json(await find(user.sub));",
      "return user;",
      "console.log(user);",
    ].flatMap((use) => [used(use), called("if (error) return error;", use)]),
    used(
      "if (typeof user === 'string') return res.sendStatus(401); res.json(await find(user.sub));",
      "'No'",
    ),
    used(
      "if (user.failed) return res.sendStatus(401); res.json(await find(user.sub));",
      "{ failed: true }",
    ),
    used("res.json(await find(user.sub));", "null"),
    // What a function gives on from its callback: told from claims, or something else than they
    ...["return null;", "throw error;", "return { error };", "return 'expired';"].map((failed) =>
      givenOn(failed),
    ),
    givenOn("return error;", "tryVerify"),
    givenOn("return error;", "verifyToken", "true"),
    givenOn("return error;", "verifyToken", "find(claims.sub)"),
    givenOn("return error;").replace("return jwt", "jwt"),
    givenOn("return error;")
      .replace("return jwt", "return await jwt")
      .replace("(header)", "async (header)"),
    givenOn("return error;").replace("(header)", "(address)").replace("header.", "address."),
    givenOn("return 'Invalid token';", "describe"),
    `${givenOn("return error;").replace("export ", "")} export async function show(req, res) { const user = verifyToken(req.token); if (user.message) return res.sendStatus(401); res.json(await find(user.sub)); }`,
    // A promise is refused or gives nothing, or what it gives is told from claims.
    ...["Promise.reject(error)", "Promise.resolve(null)", "Promise.resolve()"].map((given) =>
      settled(`return ${given};`, `const user = await check(req.token); ${ASKS}`),
    ),
    ...[
      `const user = await check(req.token); if (user instanceof Error) return res.sendStatus(401); ${ASKS}`,
      `check(req.token).then((user) => { if (user.message) return res.sendStatus(401); ${ASKS} });`,
      `check(req.token).finally((user) => { ${ASKS} });`,
      `log.then(check(req.token), (user) => { ${ASKS} });`,
      "check(req.token).then(show);",
      "check(req.token).then(() => next());",
    ].map((use) => settled("return Promise.resolve(error);", use)),
    called(
      "if (error) return Promise.resolve({ failed: true });",
      "report(user.failed); res.json(await find(user.sub));",
    ),
    // What is given says what is wrong.
    settled(
      "return Promise.resolve(error);",
      `const problem = await check(req.token); if (!problem) return next(); res.sendStatus(401);`,
    ).replace(
      /return Promise\.resolve\(jwt\.verify(.*?)\); \}/u,
      "jwt.verify$1; return Promise.resolve(null); }",
    ),
    verifying("return Promise.resolve({ error });"),
    verifying("return Promise.all([error]);"),
    verifying("return Promise.resolve(error);").replace(
      "return jwt.verify(token, key, options)",
      "jwt.verify(token, key, options); return Promise.resolve(null)",
    ),
    ...[
      "if (error) return null;",
      "if (error) throw error;",
      "if (error) return wrap(error);",
      "if (!error) return claims;",
    ].map((failed) => called(failed, "res.json(await find(user.sub));")),
    called(
      "if (error) throw error; if (claims.level < 2) return new Error('no');",
      "res.json(await find(user.sub));",
    ),
    used("report(user.failed); res.json(await find(user.sub));", "{ failed: true }"),
    called("if (claims === null) return new Error('no');", "res.json(await find(user.sub));"),
    called(
      "if (error) return error;",
      "res.json(await find(user.sub));",
      "(header, found) => keys.find(header.kid, found)",
    ),
    {
      name: "a release that gives nothing",
      code: called("if (error) return error;", "res.json(await find(user.sub));"),
      settings: { "jwt-audit": { versions: { jsonwebtoken: "7.4.3" } } },
    },
    `${JWT} export function show(req) { const isGood = jwt.verify(req.token, process.env.KEY, options, (error) => { if (error) return error; return true; }); return find(isGood.sub); }`,
    {
      code: `${NEST} export class Tokens { constructor(private jwt: JwtService) {} @Get() verify(@Query("token") token) { try { return this.jwt.verify(token); } catch { return "Invalid token"; } } }`,
      ts: true,
    },
  ],
  invalid: [
    ...[
      "/** @returns {object} the claims, as a string says */\n",
      "/** @param {string} token */\n",
      'export const isText = (token) => typeof token === "string"; ',
      "export const isLong = (result) => typeof result === 'number'; ",
      // Of what kind a header is says nothing of the claims.
      'export const isHeader = (header) => typeof header === "string"; ',
    ].map((before) =>
      marked(verifying('«return "Invalid token";»').replace("export", `${before}export`), {
        messageId: "textAsResult",
        data: { name: "jwt.verify" },
      }),
    ),
    // The same of what the callback gives, which the function gives on
    ...["'Invalid token'", "error.message", "error", "new TokenError('no')"].flatMap((given) => {
      const code = givenOn(`«return ${given};»`);
      const expected = {
        messageId: /^(?:'|error\.)/u.test(given) ? "textAsResult" : "errorAsResult",
        data: { name: "jwt.verify" },
      } as const;
      const short = code.replace(/\{ const token.*?return jwt/u, "jwt").replace("; };", ";");
      return [
        marked(code, expected),
        marked(short.replace("verify(token,", "verify(header,"), expected),
      ];
    }),
    marked(
      `${givenOn("«return error;»").replace("export ", "")} export function auth(req, res, next) { const user = verifyToken(req.headers.authorization); if (!user) return res.sendStatus(401); req.user = user; next(); }`,
      { messageId: "catchSucceeds", data: { name: "jwt.verify" } },
    ),
    // The same of an exported function, which this file calls as well
    ...['"Invalid token"', "new TokenError()", 'error.expired ? "Expired" : "Invalid"'].map(
      (given) =>
        marked(
          `${JWT}export function check(token) { try { return jwt.verify(token, key, options); } catch (error) { «return ${given};» } } export function auth(req, res, next) { const user = check(req.headers.token); if (!user) return res.status(401).end(); req.user = user; next(); }`,
          { messageId: "catchSucceeds", data: { name: "jwt.verify" } },
        ),
    ),
    ...["error", "new TokenError()", "'No'", "{ failed: true }"].map((given) =>
      marked(
        used("res.json(await find(user.sub));", given).replace(
          /return (?!jwt)([^;]+);/u,
          "«return $1;»",
        ),
        {
          messageId: "errorAsClaims",
          data: { name: "jwt.verify" },
        },
      ),
    ),
    ...[
      "if (!user) return res.sendStatus(401); res.json(await find(user.sub));",
      "const { sub } = user; res.json(await find(sub));",
      "req.user = user; res.json(await find(user.sub));",
      "console.log(user); res.json(await find(user.sub));",
    ].map((use) =>
      marked(called("if (error) { console.log(error); «return new Error(error);» }", use), {
        messageId: use.startsWith("if") ? "catchSucceeds" : "errorAsClaims",
        data: { name: "jwt.verify" },
      }),
    ),
    marked(
      called(
        "if (!error) return claims; «return error;»",
        "res.json(await find(user.sub));",
      ).replace(" return claims; });", " });"),
      { messageId: "errorAsClaims", data: { name: "jwt.verify" } },
    ),
    // In a promise
    ...[
      `const user = await check(req.token); ${ASKS}`,
      `check(req.token).then((user) => { ${ASKS} });`,
    ].map((use) =>
      marked(settled("«return Promise.resolve(error);»", use), {
        messageId: "catchSucceeds",
        data: { name: "jwt.verify" },
      }),
    ),
    marked(
      called(
        "if (error) { «return Promise.resolve(error);» }",
        "const { sub } = await user; res.json(await find(sub));",
      ),
      { messageId: "errorAsClaims", data: { name: "jwt.verify" } },
    ),
    marked(
      `${JWT} export function canActivate(token) { try { jwt.verify(token, key, options); return Promise.resolve(true); } catch (error) { «return Promise.resolve(true);» } }`,
      { messageId: "catchSucceeds", data: { name: "jwt.verify" } },
    ),
    // Nobody sees who calls it.
    ...[
      verifying("«return 'Invalid token';»"),
      verifying("«return error.message;»"),
      verifying("«return `No: ${error}`;»"),
      verifying("«return error.expired ? '已过期' : '不合法';»"),
      verifying("«return 'Invalid token';»", "bearer.replace('Bearer ', '')", "(bearer)"),
      verifying("«return 'Invalid token';»").replace(
        "return jwt.verify(token, key, options)",
        "const claims = jwt.verify(token, key, options); return claims",
      ),
    ].map((code) => marked(code, { messageId: "textAsResult", data: { name: "jwt.verify" } })),
    ...[
      verifying("«return error;»"),
      verifying("log(error); «return new TokenError();»"),
      verifying("«return Object.assign(error, { failed: true });»"),
      verifying("«return error;»").replace("verifyToken", "openSession"),
      verifying("«return Promise.resolve(error);»").replace(
        "return jwt.verify(token, key, options)",
        "return Promise.resolve(jwt.verify(token, key, options))",
      ),
      `/** @returns {Error} never */ export const other = 1;\n/** Reads a token. */\n${verifying("«return error;»")}`,
    ].map((code) => marked(code, { messageId: "errorAsResult", data: { name: "jwt.verify" } })),
    marked(
      verifying("«return Object.assign(error, { failed: true });»", "token", "(token): JwtPayload"),
      { messageId: "errorAsResult", data: { name: "jwt.verify" } },
      { ts: true },
    ),
    marked(
      `import Jwt from "@hapi/jwt"; export const tokens = { readRefresh(refresh) { try { const artifacts = Jwt.token.decode(refresh); Jwt.token.verifySignature(artifacts, process.env.KEY); return artifacts.decoded.payload; } catch (error) { «return error;» } } };`,
      { messageId: "errorAsResult", data: { name: "Jwt.token.verifySignature" } },
    ),
  ],
});
