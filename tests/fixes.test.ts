/**
 * A fix changes nothing about which tokens pass. Each program here verifies tokens of every
 * algorithm with the real library, before and after `--fix`, and has to give the same answers.
 */
import { createSecretKey, generateKeyPairSync, randomBytes } from "node:crypto";
import type { KeyObject } from "node:crypto";
import { createRequire } from "node:module";
import { Linter } from "eslint";
import * as jose from "jose";
import * as jose4 from "jose-4";
import * as jose5 from "jose-5";
import jsonwebtoken from "jsonwebtoken";
import { describe, expect, it } from "vitest";
import plugin from "../src/index.ts";
import { outcome, unsigned } from "./kit/tokens.ts";

const require = createRequire(import.meta.url);

const SECRET = randomBytes(64);
const OTHER = randomBytes(64);
const rsa = generateKeyPairSync("rsa", { modulusLength: 2048 });
const ec256 = generateKeyPairSync("ec", { namedCurve: "P-256" });
const ec384 = generateKeyPairSync("ec", { namedCurve: "P-384" });

const pem = (key: KeyObject): string => key.export({ type: "spki", format: "pem" }).toString();

/** What stands in the scope of a program. */
const SCOPE = { SECRET, rsaPem: pem(rsa.publicKey) };

interface Program {
  readonly rule: "require-algorithms" | "no-none-algorithm";
  /** Declares `check(token)`; its imports are taken from `modules`. */
  readonly code: string;
  readonly modules: Readonly<Record<string, unknown>>;
  readonly versions: Readonly<Record<string, string>>;
}

const jsonwebtoken8 = require("jsonwebtoken-8") as unknown;

const PROGRAMS: Readonly<Record<string, Program>> = {
  "jsonwebtoken 9, a secret": {
    rule: "require-algorithms",
    code: `const jwt = require("jsonwebtoken"); const { createSecretKey } = require("crypto");
      const check = (token) => jwt.verify(token, createSecretKey(SECRET));`,
    modules: { jsonwebtoken, crypto: { createSecretKey } },
    versions: { jsonwebtoken: "9.0.3" },
  },
  "jsonwebtoken 8, a secret": {
    rule: "require-algorithms",
    code: `const jwt = require("jsonwebtoken"); const { createSecretKey } = require("crypto");
      const check = (token) => jwt.verify(token, createSecretKey(SECRET), { clockTolerance: 5 });`,
    modules: { jsonwebtoken: jsonwebtoken8, crypto: { createSecretKey } },
    versions: { jsonwebtoken: "8.5.1" },
  },
  "jsonwebtoken 9, an RSA key": {
    rule: "require-algorithms",
    code: `const jwt = require("jsonwebtoken");
      const check = (token) => jwt.verify(token, \`${pem(rsa.publicKey)}\`, {});`,
    modules: { jsonwebtoken },
    versions: { jsonwebtoken: "9.0.3" },
  },
  "jsonwebtoken 9, an EC key": {
    rule: "require-algorithms",
    code: `const jwt = require("jsonwebtoken");
      const check = (token) => jwt.verify(token, \`${pem(ec256.publicKey)}\`);`,
    modules: { jsonwebtoken },
    versions: { jsonwebtoken: "9.0.3" },
  },
  "jsonwebtoken 9, none beside another": {
    rule: "no-none-algorithm",
    code: `const jwt = require("jsonwebtoken"); const { createSecretKey } = require("crypto");
      const check = (token) => jwt.verify(token, createSecretKey(SECRET), { algorithms: ["HS256", "none"] });`,
    modules: { jsonwebtoken, crypto: { createSecretKey } },
    versions: { jsonwebtoken: "9.0.3" },
  },
  ...Object.fromEntries(
    (
      [
        ["4.15.9", jose4],
        ["5.10.0", jose5],
        ["6.2.17", jose],
      ] as const
    ).map(([version, module]): [string, Program] => [
      `jose ${version}, a secret`,
      {
        rule: "require-algorithms",
        code: `const { jwtVerify } = require("jose"); const { createSecretKey } = require("crypto");
          const check = (token) => jwtVerify(token, createSecretKey(SECRET));`,
        modules: { jose: module, crypto: { createSecretKey } },
        versions: { jose: version },
      },
    ]),
  ),
  "jose 6, an imported key": {
    rule: "require-algorithms",
    code: `const { importSPKI, jwtVerify } = require("jose");
      const check = async (token) => jwtVerify(token, await importSPKI(rsaPem, "RS256"));`,
    modules: { jose },
    versions: { jose: "6.2.17" },
  },
};

describe("a fix lets the same tokens pass", () => {
  it.each(Object.entries(PROGRAMS))("%s", async (_, program) => {
    const fixed = fix(program);
    expect(fixed).not.toBe(program.code);
    const before = await answers(program, program.code);
    expect(await answers(program, fixed)).toStrictEqual(before);
    // The program means something: it takes some of them, and never a forged one.
    expect(Object.values(before)).toContain("accepted");
    expect(before).toMatchObject({ none: "refused", forged: "refused", expired: "refused" });
  });
});

function fix({ code, rule, versions }: Program): string {
  const typed = rule === "require-algorithms" ? [{ typedKeys: true }] : [];
  const config: Linter.Config = {
    plugins: { "jwt-audit": plugin },
    languageOptions: { sourceType: "commonjs" },
    rules: { [`jwt-audit/${rule}`]: ["error", ...typed] },
    settings: { "jwt-audit": { versions } },
  };
  const { output, messages } = new Linter().verifyAndFix(code, [config]);
  expect(messages).toStrictEqual([]);
  return output;
}

/** What the program says to a token of each kind. */
async function answers({ modules }: Program, code: string): Promise<Record<string, string>> {
  const names = Object.keys(SCOPE);
  // The program is one of those above.
  // eslint-disable-next-line @typescript-eslint/no-implied-eval
  const make = new Function("require", ...names, `${code}\nreturn check;`) as (
    ...given: unknown[]
  ) => (token: string) => unknown;
  const check = make((name: string) => modules[name], ...Object.values(SCOPE));
  const entries = await Promise.all(
    Object.entries(await tokens()).map(
      async ([kind, token]) => [kind, await outcome(() => check(token))] as const,
    ),
  );
  return Object.fromEntries(entries);
}

let made: Promise<Record<string, string>> | undefined;

/** A token of each algorithm, and such as nobody may accept. */
function tokens(): Promise<Record<string, string>> {
  return (made ??= makeTokens());
}

async function makeTokens(): Promise<Record<string, string>> {
  const keys: Record<string, KeyObject | Uint8Array> = {
    HS256: SECRET,
    HS384: SECRET,
    HS512: SECRET,
    RS256: rsa.privateKey,
    RS384: rsa.privateKey,
    RS512: rsa.privateKey,
    PS256: rsa.privateKey,
    PS384: rsa.privateKey,
    PS512: rsa.privateKey,
    ES256: ec256.privateKey,
    ES384: ec384.privateKey,
  };
  const signed = async (
    alg: string,
    key: KeyObject | Uint8Array,
    expires = "1h",
  ): Promise<string> =>
    new jose.SignJWT({ sub: "1" })
      .setProtectedHeader({ alg })
      .setIssuedAt()
      .setExpirationTime(expires)
      .sign(key);
  const entries = await Promise.all(
    Object.entries(keys).map(async ([alg, key]) => [alg, await signed(alg, key)] as const),
  );
  return {
    ...Object.fromEntries(entries),
    none: unsigned({ sub: "1" }),
    forged: await signed("HS256", OTHER),
    // A public key taken for an HMAC secret.
    confused: await signed("HS256", Buffer.from(SCOPE.rsaPem)),
    expired: await signed("HS256", SECRET, "-1h"),
    "not a token": "a.b.c",
  };
}
