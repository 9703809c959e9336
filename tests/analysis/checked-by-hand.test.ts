import path from "node:path";
import rule from "../../src/rules/no-unverified-claims.ts";
import { marked } from "../kit/marked.ts";
import { testRule } from "../kit/test-rule.ts";

/** Functions of another file that read a token by hand, each next to one that verifies it before. */

const filename = path.join(import.meta.dirname, "../fixtures/claims/guard.js");

const guard = (name: string): string =>
  `import { ${name} } from "./by-hand.js"; export const guard = async (req, res, next) => { const token = req.headers.authorization; if (!token) return res.sendStatus(401); const claims = await «${name}(token, process.env.JWT_KEY)»; if (!claims) return res.sendStatus(401); req.user = claims; next(); };`;

testRule("no-unverified-claims: read by hand in another file", rule, {
  valid: ["readVerified", "readBySubtle", "readChecked", "readOurs", "readParts"].map((name) => ({
    code: guard(name).replaceAll(/[«»]/gu, ""),
    filename,
  })),
  invalid: [
    "readBare",
    "readEither",
    "readLooking",
    "readUncompared",
    "readUnheeded",
    "readBesideCallback",
    "readBesideService",
  ].map((name) =>
    marked(
      guard(name),
      { messageId: "identity", data: { name: "This code", line: "1" } },
      { filename },
    ),
  ),
});

/** A check of another file, or what stands in for one, before the token is read here. */
const here = (
  check: string,
  mark = ["", ""],
) => `import * as signatures from "./signatures.js"; import { isGenuine, authority, sealOf } from "@shop/tokens"; import { createHash, createHmac, timingSafeEqual } from "node:crypto"; const stamp = new signatures.Stamp(process.env.JWT_KEY); const cache = new Map();
const same = (token) => signatures.isOurs(token); const fitting = (text, own) => signatures.macOf(text) === own;
export const guard = async (req, res, next) => { const token = req.headers.authorization; const [head, body, mark] = token.split("."); ${check} req.user = ${mark[0] ?? ""}JSON.parse(atob(token.split(".")[1]))${mark[1] ?? ""}; next(); };`;

const MAC = 'createHmac("sha256", process.env.JWT_KEY).update(`${head}.${body}`).digest()';
const GIVEN = "const own = " + MAC + '; const given = Buffer.from(mark, "base64url");';

testRule("no-unverified-claims: checked by a function of another file", rule, {
  valid: [
    "if (!signatures.isOurs(token)) return res.sendStatus(401);",
    "if (!signatures.fits([head, body, mark])) return res.sendStatus(401);",
    "if (!signatures.fits(token.split('.'))) return res.sendStatus(401);",
    "signatures.demand(token);",
    "if (!stamp.matches(token, mark)) return res.sendStatus(401);",
    "if (!same(token)) return res.sendStatus(401);",
    "const fine = signatures.isOurs(token); if (!fine) return res.sendStatus(401);",
    // The last part is compared with what is made of the others.
    'if (signatures.macOf(head + "." + body) !== mark) return res.sendStatus(401);',
    "if (sealOf(`${head}.${body}`) !== mark) return res.sendStatus(401);",
    'const own = sealOf(token.slice(0, token.lastIndexOf("."))); if (own !== token.split(".")[2]) return res.sendStatus(401);',
    "if (!isEqual(Buffer.from(sealOf(`${head}.${body}`)), Buffer.from(mark))) return res.sendStatus(401);",
    "if (!fitting(`${head}.${body}`, mark)) return res.sendStatus(401);",
    // Somebody out of sight is asked.
    "if (!isGenuine(token)) return res.sendStatus(401);",
    "if (!(await authority.isActive({ token }))) return res.sendStatus(401);",
    "const { ok } = await authority.signed(token); if (!ok) return res.sendStatus(401);",
    "if (!(await signatures.isLiveActive(token))) return res.sendStatus(401);",
    "authority.signatures.check(token);",
    // By hand, here
    `${GIVEN} if (given.length !== own.length || !timingSafeEqual(given, own)) return res.sendStatus(401);`,
    `${GIVEN} timingSafeEqual(given, own) || refuse();`,
    `${GIVEN} const fine = timingSafeEqual(given, own); if (!fine) { console.warn("no"); return res.sendStatus(401); }`,
    `${GIVEN} const long = (text) => createHash("sha256").update(text).digest(); if (!timingSafeEqual(createHash("sha256").update(mark).digest(), createHash("sha256").update(own).digest())) return res.sendStatus(401);`,
    `const own = ${MAC}; if (!(await sessions.get(own))) return res.sendStatus(401);`,
  ].map((check) => ({ code: here(check), filename })),
  invalid: [
    "if (!signatures.looksRight(token)) return res.sendStatus(401);",
    "if (!signatures.isValid(token)) return res.sendStatus(401);",
    "signatures.isOurs(token);",
    "signatures.note(token);",
    "console.info(signatures.isOurs(token));",
    'if (!signatures.isOurs(token)) console.warn("forged");',
    "if (!signatures.isOurs(req.headers.other)) return res.sendStatus(401);",
    "const known = cache.get(signatures.keyOf(token)); if (known) return next();",
    'if (signatures.sumOf(head + "." + body) !== mark) return res.sendStatus(401);',
    "if (crc32(`${head}.${body}`) !== mark) return res.sendStatus(401);",
    "if (sealOf(`${head}.${body}`) !== head) return res.sendStatus(401);",
    "if (!isWellFormed(token)) return res.sendStatus(401);",
    "if (!isValidFormat(token)) return res.sendStatus(401);",
    "const made = isGenuine(token); cache.set(made, 1);",
    "if (!isGenuine(token.length)) return res.sendStatus(401);",
    // By hand, here
    GIVEN,
    `${GIVEN} if (given.length !== own.length) return res.sendStatus(401);`,
    `${GIVEN} timingSafeEqual(given, own);`,
    `${GIVEN} if (!timingSafeEqual(given, own)) { console.warn("forged"); }`,
    `${GIVEN} const fine = timingSafeEqual(given, own); console.info(fine);`,
    `${GIVEN} await crypto.subtle.verify("HMAC", process.env.JWT_KEY, given, head + "." + body);`,
    'const own = createHash("sha256").update(`${head}.${body}`).digest(); if (!timingSafeEqual(own, Buffer.from(mark))) return res.sendStatus(401);',
    `const own = ${MAC}; if (cache.get(own)) return next(); cache.set(own, 1);`,
  ].map((check) =>
    marked(
      here(check, ["«", "»"]),
      {
        messageId: "identity",
        data: { name: "This code", line: "3" },
      },
      { filename },
    ),
  ),
});
