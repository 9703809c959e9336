import { generateKeyPairSync } from "node:crypto";
import { createRequire } from "node:module";
import { describe, expect, it } from "vitest";
import {
  HOUR,
  OTHER_SECRET,
  SECRET,
  claimsOf,
  hs256,
  now,
  outcome,
  privatePem,
  publicPem,
  rs256,
  unsigned,
} from "../kit/tokens.ts";

type Options = Readonly<Record<string, unknown>>;

interface Jsonwebtoken {
  sign(payload: unknown, key: unknown, options?: Options): string;
  verify(token: string, key: unknown, options?: unknown): unknown;
  decode(token: string, options?: Options): unknown;
}

const require = createRequire(import.meta.url);
const jwt7 = require("jsonwebtoken-7") as Jsonwebtoken;
const jwt8 = require("jsonwebtoken-8") as Jsonwebtoken;
const jwt9 = require("jsonwebtoken") as Jsonwebtoken;

const releases = [
  { name: "7", jwt: jwt7 },
  { name: "8", jwt: jwt8 },
  { name: "9", jwt: jwt9 },
];

const good = hs256({ sub: "user", aud: "other", iss: "other", iat: now, exp: now + HOUR });
const expired = hs256({ sub: "user", iat: now - 2 * HOUR, exp: now - HOUR });
const forged = hs256({ sub: "admin", exp: now + HOUR }, OTHER_SECRET);
const confused = hs256({ sub: "admin" }, publicPem);

describe.each(releases)("jsonwebtoken $name", ({ jwt }) => {
  const verify = (token: string, key: unknown, options?: unknown): Promise<string> =>
    outcome(() => jwt.verify(token, key, options));

  it("checks signature and expiry by itself, and audience and issuer where it is asked to", async () => {
    expect(await verify(good, SECRET)).toBe("accepted");
    expect(await verify(forged, SECRET)).toBe("refused");
    expect(await verify(expired, SECRET)).toBe("refused");
    expect(await verify(hs256({ sub: "1" }), SECRET)).toBe("accepted");
    expect(await verify(good, SECRET, { audience: "api" })).toBe("refused");
    expect(await verify(good, SECRET, { issuer: "me" })).toBe("refused");
    expect(await verify(hs256({ sub: "1" }), SECRET, { audience: "api" })).toBe("refused");
  });

  it.each([
    { algorithm: "RS256" },
    { alg: "RS256" },
    { aud: "api" },
    { audiences: ["api"] },
    { expectedAudience: "api" },
    { allowedAud: "api" },
    { iss: "me" },
    { issuers: ["me"] },
    { expectedIssuer: "me" },
    { allowedIss: "me" },
    { sub: "someone" },
    { jti: "1" },
    { maxTokenAge: 1 },
    { expiresIn: 1 },
  ])("does not read %o", async (options) => {
    const old = hs256({ sub: "user", iat: now - HOUR });
    expect(await verify(old, SECRET, options)).toBe("accepted");
  });

  it("does not read ignoreExp", async () => {
    expect(await verify(expired, SECRET, { ignoreExp: true })).toBe("refused");
  });

  it.each([
    { audience: "" },
    { audience: undefined },
    { audience: null },
    { issuer: "" },
    { issuer: undefined },
    { issuer: /^me$/u },
    { subject: "" },
    { jwtid: undefined },
    { maxAge: 0 },
    { algorithms: undefined },
  ])("skips the check of %o", async (options) => {
    const old = hs256({ sub: "user", aud: "other", iss: "other", iat: now - HOUR });
    expect(await verify(old, SECRET, options)).toBe("accepted");
  });

  it("takes expired tokens with any truthy switch, and with a text as the tolerance", async () => {
    for (const ignoreExpiration of [true, "false", 1]) {
      expect(await verify(expired, SECRET, { ignoreExpiration })).toBe("accepted");
    }
    expect(await verify(expired, SECRET, { ignoreExpiration: false })).toBe("refused");
    expect(await verify(expired, SECRET, { clockTolerance: "60" })).toBe("accepted");
    expect(await verify(expired, SECRET, { clockTolerance: 60 })).toBe("refused");
    expect(await verify(expired, SECRET, { clockTolerance: 2 * HOUR })).toBe("accepted");
    expect(await verify(expired, SECRET, { clockTimestamp: 1 })).toBe("accepted");
  });

  it("looks at the signature before the expiry", () => {
    const forgedAndExpired = hs256({ exp: now - HOUR }, OTHER_SECRET);
    expect(() => jwt.verify(expired, SECRET)).toThrow("jwt expired");
    expect(() => jwt.verify(forgedAndExpired, SECRET)).toThrow("invalid signature");
  });

  it("signs a text as it is, refuses options beside it, and reads it as an object", () => {
    const text = (claims: object): string => JSON.stringify(claims);
    expect(claimsOf(jwt.sign(text({ sub: "1" }), SECRET))).toEqual({ sub: "1" });
    for (const options of [{ expiresIn: "1h" }, { audience: "a" }, { issuer: "a" }, { jwtid: "a" }])
      expect(() => jwt.sign(text({ sub: "1" }), SECRET, options)).toThrow("string payload");
    const old = jwt.sign(text({ exp: now - HOUR }), SECRET);
    expect(() => jwt.verify(old, SECRET)).toThrow("jwt expired");
  });

  it("signs without an expiry unless it is told one", () => {
    expect(claimsOf(jwt.sign({ sub: "1" }, SECRET))).not.toHaveProperty("exp");
    expect(claimsOf(jwt.sign({ sub: "1" }, SECRET))).toHaveProperty("iat");
    const lifetime = (expiresIn: unknown): number => {
      const { exp, iat } = claimsOf(jwt.sign({}, SECRET, { expiresIn }));
      return Number(exp) - Number(iat);
    };
    expect(lifetime(3600)).toBe(3600);
    expect(lifetime("1h")).toBe(3600);
    expect(lifetime("7d")).toBe(604_800);
    // A text of digits counts milliseconds, and M is the minute.
    expect(lifetime("3600")).toBeLessThanOrEqual(4);
    expect(lifetime("1M")).toBe(60);
  });

  it("signs with none whatever key it is given", () => {
    const token = jwt.sign({ sub: "1" }, SECRET, { algorithm: "none" });
    expect(token.endsWith(".")).toBe(true);
    const byHeader = jwt.sign({ sub: "1" }, SECRET, { header: { alg: "none" } });
    expect(byHeader.endsWith(".")).toBe(true);
  });

  it("signs with the algorithm of the header that it is given, whatever the option says", () => {
    const token = jwt.sign({}, SECRET, { algorithm: "HS256", header: { alg: "HS512" } });
    expect(jwt.decode(token, { complete: true })).toMatchObject({ header: { alg: "HS512" } });
  });

  it("never takes an unsigned token where it has a key", async () => {
    expect(await verify(unsigned({ sub: "admin" }), SECRET)).toBe("refused");
    expect(await verify(unsigned({}), SECRET, { algorithms: ["none"] })).toBe("refused");
    expect(await verify(unsigned({}), "", { algorithms: ["none"] })).toBe("accepted");
    expect(await verify(unsigned({}), undefined, { algorithms: ["none"] })).toBe("accepted");
  });

  it("accepts secrets of one byte, and empty bytes when it verifies", async () => {
    expect(await verify(hs256({}, "a"), "a")).toBe("accepted");
    expect(await verify(hs256({}, ""), Buffer.alloc(0))).toBe("accepted");
    expect(await verify(hs256({}, ""), "")).toBe("refused");
  });

  it("refuses a public key as the secret where no list is given", async () => {
    expect(await verify(confused, publicPem)).toBe("refused");
    expect(await verify(rs256({}), publicPem)).toBe("accepted");
  });

  it("decodes without a look at the signature", () => {
    expect(jwt.decode(forged)).toMatchObject({ sub: "admin" });
    expect(jwt.decode(forged, { complete: true })).toMatchObject({ payload: { sub: "admin" } });
    expect(jwt.decode("no token")).toBeNull();
  });

  it("gives the key resolver the header", () => {
    let seen: unknown;
    const resolver = (header: unknown, done: (error: null, key: string) => void): void => {
      seen = header;
      done(null, SECRET);
    };
    // The third argument is a callback; options may stand before it.
    jwt.verify(good, resolver, () => undefined);
    const isCalled = jwt === jwt7 ? seen === undefined : seen !== undefined;
    expect(isCalled).toBe(true);
  });
});

describe("the releases of jsonwebtoken differ", () => {
  it.each([
    { name: "7", jwt: jwt7, expected: "accepted" },
    { name: "8", jwt: jwt8, expected: "accepted" },
    { name: "9", jwt: jwt9, expected: "refused" },
  ])("$name: unsigned tokens without a key, and a mixed list: $expected", async (release) => {
    const { jwt, expected } = release;
    expect(await outcome(() => jwt.verify(unsigned({}), ""))).toBe(expected);
    expect(await outcome(() => jwt.verify(unsigned({}), undefined))).toBe(expected);
    const mixed = { algorithms: ["RS256", "HS256"] };
    expect(await outcome(() => jwt.verify(confused, publicPem, mixed))).toBe(expected);
    const hmac = { algorithms: ["HS256"] };
    expect(await outcome(() => jwt.verify(confused, publicPem, hmac))).toBe(expected);
  });

  it("sign refuses unknown options from 8 on", async () => {
    for (const options of [{ exp: 1 }, { algorithms: ["HS256"] }]) {
      expect(await outcome(() => jwt8.sign({}, SECRET, options))).toBe("refused");
      expect(await outcome(() => jwt9.sign({}, SECRET, options))).toBe("refused");
    }
  });

  it("verify gives what its callback returns from 8 on", () => {
    const name = (error: unknown): string => (error === null ? "good" : "bad");
    for (const { jwt, given } of [
      { jwt: jwt7, given: [undefined, undefined] },
      { jwt: jwt8, given: ["good", "bad"] },
      { jwt: jwt9, given: ["good", "bad"] },
    ]) {
      expect([good, forged].map((token) => jwt.verify(token, SECRET, name))).toEqual(given);
    }
  });

  it("a lifetime that is undefined fails from 8 on, and is none in 7", async () => {
    const options = { expiresIn: undefined };
    expect(claimsOf(jwt7.sign({}, SECRET, options))).not.toHaveProperty("exp");
    expect(await outcome(() => jwt8.sign({}, SECRET, options))).toBe("refused");
    expect(await outcome(() => jwt9.sign({}, SECRET, options))).toBe("refused");
  });

  it("9 refuses to sign with short RSA keys, and verifies with them", async () => {
    const short = generateKeyPairSync("rsa", { modulusLength: 1024 });
    const pem = short.privateKey.export({ format: "pem", type: "pkcs8" });
    const options = { algorithm: "RS256" };
    const token = jwt8.sign({}, pem, options);
    expect(await outcome(() => jwt9.sign({}, pem, options))).toBe("refused");
    const allowed = { ...options, allowInsecureKeySizes: true };
    expect(await outcome(() => jwt9.sign({}, pem, allowed))).toBe("accepted");
    const key = short.publicKey.export({ format: "pem", type: "spki" });
    expect(await outcome(() => jwt9.verify(token, key))).toBe("accepted");
  });

  it("9 takes a public key that is no PEM any more for a secret", async () => {
    const flat = publicPem.replaceAll("\n", " ");
    const token = hs256({ sub: "admin" }, flat);
    expect(await outcome(() => jwt9.verify(token, flat))).toBe("accepted");
    const listed = { algorithms: ["RS256"] };
    expect(await outcome(() => jwt9.verify(token, flat, listed))).toBe("refused");
  });

  it("the full list changes nothing in 8 and 9", async () => {
    const tokens = [good, expired, forged, confused, unsigned({}), rs256({}), "x.y.z"];
    const lists = [
      { key: SECRET, algorithms: ["HS256", "HS384", "HS512"] },
      {
        key: publicPem,
        algorithms: ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512"],
      },
    ];
    for (const jwt of [jwt8, jwt9]) {
      for (const { key, algorithms } of lists) {
        for (const token of tokens) {
          const without = await outcome(() => jwt.verify(token, key));
          expect(await outcome(() => jwt.verify(token, key, { algorithms }))).toBe(without);
        }
      }
    }
  });

  it("HS256 with a private key in PEM is refused by 9 alone", async () => {
    expect(await outcome(() => jwt8.sign({}, privatePem, { algorithm: "HS256" }))).toBe("accepted");
    expect(await outcome(() => jwt9.sign({}, privatePem, { algorithm: "HS256" }))).toBe("refused");
  });
});
