import rule from "../../src/rules/no-unverified-claims.ts";
import { marked } from "../kit/marked.ts";
import { testRule } from "../kit/test-rule.ts";

/** Passwords that are compared where another function signs, each next to a twin that waits for the answer. */

const IMPORTS = 'import bcrypt from "bcrypt"; import * as jwt from "jsonwebtoken";';

/** A service that finds somebody by his password with one method, and signs with another. */
const service = (asks: string): string =>
  `${IMPORTS} export class Members { async validate(email, password) { const member = await this.store.find(email); ${asks} return null; } enter(member) { return jwt.sign({ sub: member.id }, key); } }`;

const COMPARES = "bcrypt.compare(password, member.hash)";

testRule("no-unverified-claims: comparisons that nobody waits for", rule, {
  valid: [
    `if (await ${COMPARES}) return member;`,
    `if (bcrypt.compareSync(password, member.hash)) return member;`,
    `return ${COMPARES}.then((isSame) => (isSame ? member : null));`,
    `const isSame = await ${COMPARES}; if (isSame) return member;`,
    `return ${COMPARES};`,
    `${COMPARES};`,
    `if (texts.compare(password, member.hash)) return member;`,
  ]
    .map(service)
    // Nobody signs.
    .concat(service(`if (${COMPARES}) return member;`).replace("jwt.sign(", "known.set(")),
  invalid: [
    `if (member && «${COMPARES}») return member;`,
    `const isSame = «${COMPARES}»; if (!isSame) return null; return member;`,
    `return «${COMPARES}» ? member : null;`,
    // The token is signed before.
    `if (fresh) return jwt.sign({ sub: email }, key); if (!«${COMPARES}») return null; return member;`,
  ].map((asks) =>
    marked(service(asks), { messageId: "unawaitedComparison", data: { name: "bcrypt.compare" } }),
  ),
});

/** A sign-in whose claims are a part of the request as a whole. */
const whole = (claims: string, before = ""): string =>
  `import jwt from "jsonwebtoken"; export async function login(req, res) { ${before} res.json({ token: jwt.sign(${claims}, key, { expiresIn: "1h" }) }); }`;

testRule("no-unverified-claims: claims that are a whole query or form", rule, {
  valid: [
    "{ page: req.query.page }",
    "req.session.query",
    "{ ...req.queries }",
    "{ ...known(req.query) }",
  ]
    .map((claims) => whole(claims))
    // A query is signed for other ends as well.
    .concat(
      ["req.query", "{ ...req.query }", "{ params: req.query }"].map((claims) =>
        whole(claims).replace("login", "authorizeAt"),
      ),
      `import express from "express"; import jwt from "jsonwebtoken"; const app = express(); app.get("/thumbs/sign", (req, res) => { res.json(jwt.sign({ ...req.query }, key)); });`,
    ),
  invalid: [
    whole("«req.query»"),
    whole("{ ...«req.query», at: 1 }"),
    whole("{ user: «req.query» }"),
    whole("«said»", "const said = Object.fromEntries(await req.formData());"),
    whole("{ ...«Object.fromEntries(new URL(req.url).searchParams)» }"),
    `import jwt from "jsonwebtoken"; exports.login = async (event) => jwt.sign(«event.queryStringParameters», key, { expiresIn: "1h" });`,
  ].map((code) => marked(code, { messageId: "askedClaims", data: { name: "jwt.sign" } })),
});
