import rule from "../../src/rules/require-type-check.ts";
import { marked } from "../kit/marked.ts";
import { testRule } from "../kit/test-rule.ts";
import type { InvalidCase } from "../kit/test-rule.ts";

/** Tokens that are marked with what they are for, where nobody reads the mark. */

const found = (code: string, claim = "type", name = "jwt.verify"): InvalidCase =>
  marked(code, { messageId: "unreadMark", data: { name, claim } });

const unmarked = (code: string): string => code.replace(/[«»]/gu, "");

const GETS = "const admin = await admins.getById(claims.sub);";

/** Routes of an application that has one key for all. */
const routes = (claims: string, me: string): string =>
  `import "@fastify/jwt";
export async function adminRoutes(fastify) {
  fastify.post("/login", async (request, reply) => {
    const admin = await admins.login(request.body);
    const token = fastify.jwt.sign(${claims}, { expiresIn: "8h" });
    reply.setCookie("admin_token", token, { httpOnly: true });
  });
  fastify.get("/me", async (request, reply) => {
    const claims = «fastify.jwt.verify(request.cookies.admin_token)»;
    ${me}
    return { admin };
  });
}`;

const ADMIN = '{ sub: admin.id, role: admin.rank, type: "ADMIN" }';

/** A link that confirms an address, and what is behind it. */
const link = (claims: string, confirm: string, key = "process.env.JWT_SECRET"): string =>
  `import jwt from "jsonwebtoken"; import config from "./out-of-sight.js";
export const mark = (user) => jwt.sign(${claims}, ${key}, { expiresIn: "1d" });
export const confirm = async (held) => { ${confirm.replaceAll("KEY", key)} };`;

const CONFIRMS = "const { sub } = «jwt.verify(held, KEY)»; await users.markConfirmed(sub);";

const CONFIRM = '{ sub: user.id, purpose: "confirm-address" }';

/** Two kinds of tokens, in sight. */
const two = (first: string, second: string, reads = "claims.sub"): string =>
  `import jwt from "jsonwebtoken";
export const ofUser = (user) => jwt.sign(${first}, KEY);
export const ofDevice = (device) => jwt.sign(${second}, KEY);
export const auth = async (req, res, next) => { const claims = «jwt.verify(req.token, KEY)»; req.userId = ${reads}; next(); };
const KEY = process.env.SHOP_KEY;`;

testRule("require-type-check: a mark that nobody reads", rule, {
  valid: [
    // A service of Nest may have been given a key of its own module.
    `import { JwtService } from "@nestjs/jwt"; export class Partners { constructor(jwt) { this.jwt = new JwtService(jwt); } issue(partner) { return this.jwt.sign({ sub: partner.id, type: "partner" }); } async read(held) { const { sub } = await this.jwt.verifyAsync(held); return this.partners.findOne(sub); } }`,
    // It is read, or whoever is handed the claims may read it.
    ...[
      `if (claims.type !== "ADMIN") throw new Error(); ${GETS}`,
      `const { type, sub } = claims; const admin = await admins.getById(sub, type);`,
      `request.admin = claims; ${GETS}`,
      `assertAdmin(claims); ${GETS}`,
      "const admin = await admins.of(claims);",
      "const admin = { ...claims };",
      // Another claim tells them apart, or the record.
      `if (claims.role !== "boss") throw new Error(); ${GETS}`,
      `if (claims.area !== "back office") throw new Error(); ${GETS}`,
      `if (!claims.isBoss) throw new Error(); ${GETS}`,
      `${GETS} if (admin.role !== "boss") throw new Error();`,
      "const admin = await users.findOne({ id: claims.sub, isAdmin: true });",
      `${GETS} if (!admin.permissions.length) throw new Error();`,
      // Nothing is taken from the token.
      "const admin = await admins.current();",
      "if (claims.sub === undefined) throw new Error(); const admin = await admins.current();",
      // It is looked up by its number.
      "const admin = await admins.find(claims.sub, claims.jti);",
      // What stands in it under a name that nobody knows is taken.
      "const admin = await admins.find(claims.sub, claims[field]);",
    ].map((me) => routes(ADMIN, me)),
    // One kind is signed, and nothing says that there are others.
    routes("{ sub: admin.id, role: admin.rank }", GETS),
    ...["access", "access_token", "session", "user", "auth"].map((mark) =>
      routes(`{ sub: admin.id, type: "${mark}" }`, GETS),
    ),
    // What is said of the user is no mark.
    routes("{ sub: admin.id, type: admin.type }", GETS),
    routes('{ sub: admin.id, type: admin.isRoot ? "ROOT" : admin.type }', GETS),
    routes('{ sub: admin.id, level: "ADMIN" }', GETS),
    // A key of its own
    ...["CONFIRM_SECRET", "MAIL_JWT_KEY", "ADMIN_KEY", "SECRET"].map((name) =>
      link(CONFIRM, CONFIRMS, `process.env.${name}`),
    ),
    link(CONFIRM, CONFIRMS, "config.confirmSecret"),
    link(CONFIRM, CONFIRMS, "keys.of(tenant)"),
    link(
      CONFIRM,
      "const { sub } = jwt.verify(held, process.env.OTHER); await users.markConfirmed(sub);",
    ),
    // Tokens of sessions say who it is by another claim.
    link(
      '{ address: user.address, purpose: "confirm-address" }',
      "const { address } = jwt.verify(held, KEY); await users.markConfirmed(address);",
    ),
    // Told by an option, on record, or signed a moment ago
    link(
      CONFIRM,
      'const { sub } = jwt.verify(held, KEY, { audience: "mail" }); await users.markConfirmed(sub);',
    ),
    link(CONFIRM, `${CONFIRMS} await users.findOne({ confirmToken: held });`),
    link(
      CONFIRM,
      "const row = await links.findOne({ id: held }); const { sub } = jwt.verify(row.token, KEY); await users.markConfirmed(sub);",
    ),
    link(
      CONFIRM,
      "const { sub } = jwt.verify(mark({ id: held }), KEY); await users.markConfirmed(sub);",
    ),
    link(
      '{ sub: user.id, type: "refresh" }',
      "const { sub } = jwt.verify(held, KEY); await sessions.renew(sub, held);",
    ).replaceAll("held", "refreshToken"),
    // At the top of a module, nobody comes in.
    `import jwt from "jsonwebtoken"; const made = jwt.sign({ sub: 1, type: "ADMIN" }, process.env.JWT_SECRET); const { sub } = jwt.verify(process.argv[2], process.env.JWT_SECRET); console.log(sub);`,
    // Of two kinds each says who it is by a claim of its own, or nobody sees all that one says.
    two('{ sub: user.id, kind: "user" }', '{ device: device.id, kind: "device" }'),
    two('{ sub: user.id, kind: "user" }', "{ sub: device.id, ...device.claims }"),
    two("{ sub: user.id }", "{ sub: device.id }"),
    two('{ sub: user.id, kind: "user" }', '{ sub: device.id, kind: "device" }', "claims"),
    two(
      '{ sub: user.id, kind: "user" }',
      '{ sub: device.id, kind: "device" }',
      "find(claims.sub, claims.kind)",
    ),
    two('{ sub: user.id, kind: "user" }', "{ sub: device.id, kind: device.kind }"),
    two('{ sub: user.id, kind: "user" }', '{ sub: device.id, kind: "user" }'),
  ].map((code) => unmarked(code)),
  invalid: [
    ...[
      GETS,
      `if (!claims.sub) throw new Error(); ${GETS}`,
      `if (claims.sub === undefined) throw new Error(); ${GETS}`,
      "const { sub } = claims; const admin = await admins.getById(sub);",
      "const admin = await pool.query(`SELECT * FROM admins WHERE id = ${claims.sub}`);",
    ].map((me) => found(routes(ADMIN, me), "type", "fastify.jwt.verify")),
    found(link(CONFIRM, CONFIRMS), "purpose"),
    found(
      link(
        '{ sub: user.id, type: "refresh" }',
        "const { sub } = «jwt.verify(held, KEY)»; await sessions.renew(sub);",
      ).replaceAll("held", "refreshToken"),
    ),
    found(link('{ sub: user.id, typ: "confirm-address" }', CONFIRMS), "typ"),
    found(link('{ sub: user.id, ["token_use"]: "confirm-address" }', CONFIRMS), "token_use"),
    found(link('{ ...user.names, sub: user.id, kind: "confirm-address" }', CONFIRMS), "kind"),
    found(link(CONFIRM, CONFIRMS, "config.secret"), "purpose"),
    found(
      link(
        CONFIRM,
        "«jwt.verify(held, KEY, async (error, claims) => { if (error) throw error; await users.markConfirmed(claims.sub); })»;",
      ),
      "purpose",
    ),
    // The file signs another kind with the key, whatever it is called.
    found(two('{ sub: user.id, kind: "user" }', '{ sub: device.id, kind: "device" }'), "kind"),
    found(two("{ sub: user.id }", '{ sub: device.id, kind: "device" }'), "kind"),
    found(
      two(
        '{ login: user.login, kind: "user" }',
        '{ login: device.login, kind: "device" }',
        "claims.login",
      ),
      "kind",
    ),
  ],
});
