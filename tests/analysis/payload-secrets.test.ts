import rule from "../../src/rules/no-sensitive-payload.ts";
import { marked } from "../kit/marked.ts";
import { testRule } from "../kit/test-rule.ts";

/** Secrets that are written to what is signed whole, and those that are read from claims. */

const JWT = 'import jwt from "jsonwebtoken"; ';

const written = (code: string, name: string) =>
  marked(code, { messageId: "secret", data: { name, origin: "" } });
const read = (code: string, name = "password") =>
  marked(code, { messageId: "readSecret", data: { name, origin: "" } });

/** Whoever takes a secret out of it knows what is in it, but for what he puts in himself. */
const SIGNED = (writes: string, rest = ""): string =>
  `${JWT}export const add = async (req, res) => { ${writes} delete req.body.password; res.json({ token: jwt.sign(req.body, KEY, OPTIONS) }); ${rest} };`;

const GUARD = (
  asks: string,
  claims = 'jwt.verify(req.get("x-token"), KEY, { algorithms: ["HS256"] })',
): string =>
  `${JWT}import { jwtDecrypt, jwtVerify } from "jose"; export const guard = async (req, res, next) => { const claims = ${claims}; const user = await User.findByPk(claims.id); ${asks} next(); };`;

testRule("no-sensitive-payload", rule, {
  valid: [
    // Taken out again, emptied, replaced, written to something else or too late
    SIGNED("req.body.password_hash = hash(req.body.word); delete req.body.password_hash;"),
    SIGNED("req.body.password_hash = undefined;"),
    SIGNED('req.body.password_hash = "removed";'),
    SIGNED("req.body.password_hash = hash(req.body.word); req.body = { id: 1 };"),
    SIGNED("req.user.password_hash = hash(req.body.word);"),
    SIGNED("req.body.password_version = 2; req.body.name = name;"),
    SIGNED("req.body.user.password_hash = hash(word);").replace(
      "jwt.sign(req.body,",
      "jwt.sign(req.body.id,",
    ),
    SIGNED("", "req.body.password_hash = hash(req.body.word);"),
    SIGNED("const set = () => { req.body.password_hash = hash(word); };"),
    SIGNED("req.body.hasPassword = Boolean(word); req.body.apiKey = encrypt(word);"),
    // Numbers that nobody types in to sign in
    ...[
      "{ pwd: 0 }",
      "{ pin: 1 }",
      "{ passwordVersion: 4711 }",
      "{ accessToken: 86400 }",
      "{ otp: 123456 < 2 }",
    ].map((claims) => `${JWT}export const make = () => jwt.sign(${claims}, KEY, OPTIONS);`),
    // The id of the token itself, whatever it is called
    `${JWT}import { v4 } from "uuid"; export const make = async (sub) => { const refreshToken = v4(); await keep(sub, refreshToken); return jwt.sign({ jti: refreshToken, sub }, KEY, OPTIONS); };`,
    // Another claim, a claim that is only handed on or looked for, or one of another thing
    GUARD("if (user.version !== claims.version) return res.end();"),
    GUARD("if (user.passwordVersion !== claims.passwordVersion) return res.end();"),
    GUARD("if (claims.password) return res.end();"),
    GUARD("if (user.password !== req.body.password) return res.end();"),
    GUARD("if (user.password !== claims.profile.password) return res.end();").replace(
      "claims.profile",
      "profile",
    ),
    GUARD("if (user.password !== claims.password) return res.end();", 'read(req.get("x-token"))'),
    GUARD(
      "if (user.password !== claims.password) return res.end();",
      "(await jwtDecrypt(req.token, KEY)).payload",
    ),
    `${GUARD("if (user.password !== claims.password) return res.end();", 'jwt.decode(req.get("x-token"))')} export const check = (text) => jwt.verify(text, KEY, RULES);`,
    // Where the file signs as well, what it signs is in sight.
    `${GUARD("if (user.password !== claims.password) return res.end();")} export const make = (id) => jwt.sign({ id }, KEY, OPTIONS);`,
    {
      code: GUARD("if (user.password !== claims.password) return res.end();"),
      options: [{ allow: ["password"] }],
    },
  ],
  invalid: [
    written(SIGNED("«req.body.password_hash = hash(req.body.word)»;"), "password_hash"),
    written(
      SIGNED("«req.body.hashed_password = await bcrypt.hash(req.body.password, 10)»;"),
      "hashed_password",
    ),
    written(
      `${JWT}export const add = (form) => { «form.secret = draw()»; delete form.password; return jwt.sign(form, KEY, OPTIONS); };`,
      "secret",
    ),
    ...["pwd: 4711", "password: 123456", "pin: 9876"].map((claim) =>
      marked(`${JWT}export const make = () => jwt.sign({ sub, «${claim}» }, KEY, OPTIONS);`, {
        messageId: "secret",
        data: { name: claim.replace(/:.*/u, ""), origin: "" },
        suggestions: [
          {
            messageId: "removeClaim",
            data: { name: claim.replace(/:.*/u, "") },
            output: `${JWT}export const make = () => jwt.sign({ sub }, KEY, OPTIONS);`,
          },
        ],
      }),
    ),
    written(
      SIGNED(
        "«req.body.password_hash = hash(word)»; delete req.body.password; save(req.body).then(() => { ",
        "});",
      ).replace("delete req.body.password; ", ""),
      "password_hash",
    ),
    read(
      GUARD("if (user.password !== «claims.password») return res.end();").replace(
        "const claims = ",
        'let claims = ""; claims = ',
      ),
    ),
    ...[
      "if (user.password !== «claims.password») return res.end();",
      "if (!user || «claims.password» != user.password) return res.end();",
      "if (!(await bcrypt.compare(«claims.password», user.hash))) return res.end();",
    ].map((asks) => read(GUARD(asks))),
    read(GUARD("if (user.pwd !== «claims.pwd») return res.end();"), "pwd"),
    read(
      GUARD(
        "if (user.password !== «claims.password») return res.end();",
        "(await jwtVerify(req.token, KEY)).payload",
      ),
    ),
  ],
});
