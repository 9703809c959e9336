import { createSecretKey } from "node:crypto";
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
  publicKey,
  publicPem,
  rs256,
  unsigned,
} from "../kit/tokens.ts";

type Options = Readonly<Record<string, unknown>>;

interface Builder {
  setProtectedHeader(header: object): Builder;
  setExpirationTime(at: unknown): Builder;
  setIssuedAt(): Builder;
  sign(key: unknown): Promise<string>;
}

interface Jose {
  jwtVerify(token: string, key: unknown, options?: Options): Promise<unknown>;
  compactVerify(token: string, key: unknown, options?: Options): Promise<unknown>;
  SignJWT: new (claims: object) => Builder;
  importSPKI(pem: string, algorithm: string): Promise<unknown>;
  decodeJwt(token: string): unknown;
  UnsecuredJWT: { decode(token: string): unknown };
}

interface Jose2 {
  JWK: { None: unknown };
  JWT: {
    verify(token: string, key: unknown, options?: Options): unknown;
    sign(payload: object, key: unknown, options?: Options): string;
  };
}

const require = createRequire(import.meta.url);
const jose2 = require("jose-2") as Jose2;
const jose3 = {
  ...(require("jose-3/jwt/verify") as Pick<Jose, "jwtVerify">),
  ...(require("jose-3/jwt/sign") as Pick<Jose, "SignJWT">),
};
const jose4 = require("jose-4") as Jose;
const jose5 = require("jose-5") as Jose;
const jose6 = require("jose") as Jose;

const secret = new TextEncoder().encode(SECRET);
const good = hs256({ sub: "user", aud: "other", iss: "other", iat: now, exp: now + HOUR });
const bare = hs256({ sub: "user" });
const expired = hs256({ exp: now - HOUR });
const forged = hs256({ sub: "admin" }, OTHER_SECRET);
const confused = hs256({ sub: "admin" }, publicPem);
const pemBytes = new TextEncoder().encode(publicPem);
const mixed = { algorithms: ["RS256", "HS256"] };

const releases = [
  { name: "3", jose: jose3 },
  { name: "4", jose: jose4 },
  { name: "5", jose: jose5 },
  { name: "6", jose: jose6 },
];

describe.each(releases)("jose $name", ({ jose }) => {
  const verify = (token: string, key: unknown = secret, options?: Options): Promise<string> =>
    outcome(() => jose.jwtVerify(token, key, options));

  it("rejects forged, expired and unsigned tokens, whatever the list says", async () => {
    expect(await verify(good)).toBe("accepted");
    expect(await verify(bare)).toBe("accepted");
    expect(await verify(forged)).toBe("refused");
    expect(await verify(expired)).toBe("refused");
    expect(await verify(unsigned({}))).toBe("refused");
    expect(await verify(unsigned({}), secret, { algorithms: ["none"] })).toBe("refused");
  });

  it("gives a promise", async () => {
    const given = jose.jwtVerify(good, secret);
    expect(given).toBeInstanceOf(Promise);
    expect(await given).toHaveProperty("payload.sub", "user");
  });

  it("checks audience and issuer where it is asked to, and wants the claims then", async () => {
    expect(await verify(good, secret, { audience: "api" })).toBe("refused");
    expect(await verify(good, secret, { issuer: "me" })).toBe("refused");
    expect(await verify(bare, secret, { audience: "api" })).toBe("refused");
    expect(await verify(good, secret, { audience: undefined, issuer: undefined })).toBe("accepted");
  });

  it.each([
    { aud: "api" },
    { audiences: ["api"] },
    { iss: "me" },
    { issuers: ["me"] },
    { algorithm: "RS256" },
    { alg: "RS256" },
    { maxAge: 1 },
  ])("does not read %o", async (options) => {
    const old = hs256({ sub: "user", aud: "other", iss: "other", iat: now - HOUR });
    expect(await verify(old, secret, options)).toBe("accepted");
  });

  it("checks the expiry whatever ignoreExpiration says", async () => {
    expect(await verify(expired, secret, { ignoreExpiration: true })).toBe("refused");
    expect(await verify(expired, secret, { clockTolerance: "2h" })).toBe("accepted");
    expect(await verify(expired, secret, { clockTolerance: 60 })).toBe("refused");
  });

  it("takes bytes of a public key for a secret, and a key of the right type for no secret", async () => {
    expect(await verify(confused, pemBytes)).toBe("accepted");
    expect(await verify(confused, createSecretKey(Buffer.from(publicPem)), mixed)).toBe("accepted");
    expect(await verify(confused, pemBytes, { algorithms: ["RS256"] })).toBe("refused");
    expect(await verify(confused, publicKey, mixed)).toBe("refused");
    expect(await verify(rs256({}), publicKey)).toBe("accepted");
  });

  it("refuses a text as the key", async () => {
    expect(await verify(good, SECRET)).toBe("refused");
  });

  it("takes a number as a date, and a text as a span", async () => {
    const expiryOf = async (at: unknown): Promise<unknown> => {
      const builder = new jose.SignJWT({}).setProtectedHeader({ alg: "HS256" });
      return claimsOf(await builder.setExpirationTime(at).sign(secret)).exp;
    };
    expect(await expiryOf(3600)).toBe(3600);
    expect(await expiryOf("1h")).toBeGreaterThanOrEqual(now + HOUR);
    const plain = new jose.SignJWT({ sub: "1" }).setProtectedHeader({ alg: "HS256" });
    expect(claimsOf(await plain.sign(secret))).toEqual({ sub: "1" });
    const unsignedBuilder = new jose.SignJWT({}).setProtectedHeader({ alg: "none" });
    expect(await outcome(() => unsignedBuilder.sign(secret))).toBe("refused");
  });

  it("looks at the signature before the expiry", async () => {
    const both = hs256({ exp: now - HOUR }, OTHER_SECRET);
    await expect(jose.jwtVerify(both, secret)).rejects.toThrow("signature verification failed");
  });
});

describe("the releases of jose differ", () => {
  it("4 and 5 take an empty secret, 6 refuses it", async () => {
    const token = hs256({}, "");
    const verify = (jose: Pick<Jose, "jwtVerify">): Promise<string> =>
      outcome(() => jose.jwtVerify(token, new Uint8Array(0)));
    expect(await verify(jose4)).toBe("accepted");
    expect(await verify(jose5)).toBe("accepted");
    expect(await verify(jose6)).toBe("refused");
  });

  it("3 alone refuses secrets shorter than the hash", async () => {
    const verify = (jose: Pick<Jose, "jwtVerify">): Promise<string> =>
      outcome(() => jose.jwtVerify(hs256({}, "a"), new TextEncoder().encode("a")));
    expect(await verify(jose3)).toBe("refused");
    expect(await verify(jose4)).toBe("accepted");
    expect(await verify(jose6)).toBe("accepted");
  });

  it("4, 5 and 6 accept the same with the full list of HMAC algorithms", async () => {
    const algorithms = ["HS256", "HS384", "HS512"];
    for (const jose of [jose4, jose5, jose6]) {
      for (const token of [good, bare, forged, expired, unsigned({}), rs256({})]) {
        for (const verify of [jose.jwtVerify, jose.compactVerify]) {
          const without = await outcome(() => verify(token, secret));
          expect(await outcome(() => verify(token, secret, { algorithms }))).toBe(without);
        }
      }
    }
  });

  it("6 accepts the same with the algorithm that the key is bound to", async () => {
    const key = await jose6.importSPKI(publicPem, "RS256");
    const algorithms = ["RS256"];
    for (const token of [rs256({}), hs256({}, publicPem), unsigned({})]) {
      for (const verify of [jose6.jwtVerify, jose6.compactVerify]) {
        const without = await outcome(() => verify(token, key));
        expect(await outcome(() => verify(token, key, { algorithms }))).toBe(without);
      }
    }
  });

  it("2 makes tokens without a signature, 6 refuses to", async () => {
    const { JWK, JWT } = jose2;
    expect(JWT.sign({}, JWK.None, { algorithm: "none" })).toMatch(/\.$/u);
    const builder = new jose6.SignJWT({}).setProtectedHeader({ alg: "none" });
    expect(await outcome(() => builder.sign(secret))).toBe("refused");
  });

  it("6 binds an imported key to its algorithm", async () => {
    const key = await jose6.importSPKI(publicPem, "RS512");
    expect(await outcome(() => jose6.jwtVerify(rs256({}), key))).toBe("refused");
    const [before] = [await jose5.importSPKI(publicPem, "RS512")];
    expect(await outcome(() => jose5.jwtVerify(rs256({}), before))).toBe("accepted");
  });

  it("decodeJwt and UnsecuredJWT look at no signature", () => {
    expect(jose6.decodeJwt(forged)).toMatchObject({ sub: "admin" });
    expect(jose6.UnsecuredJWT.decode(unsigned({ sub: "admin" }))).toHaveProperty("payload.sub");
  });

  it("2 verifies at once, and reads ignoreExp", async () => {
    const { JWT } = jose2;
    expect(JWT.verify(good, SECRET)).toMatchObject({ sub: "user" });
    expect(await outcome(() => JWT.verify(forged, SECRET))).toBe("refused");
    expect(await outcome(() => JWT.verify(expired, SECRET))).toBe("refused");
    expect(await outcome(() => JWT.verify(expired, SECRET, { ignoreExp: true }))).toBe("accepted");
    expect(await outcome(() => JWT.verify(confused, publicPem))).toBe("refused");
    expect(await outcome(() => JWT.verify(unsigned({}), SECRET))).toBe("refused");
    expect(claimsOf(JWT.sign({ sub: "1" }, SECRET))).not.toHaveProperty("exp");
  });
});
