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
  publicPem,
  rs256,
  unsigned,
} from "../kit/tokens.ts";

type Options = Readonly<Record<string, unknown>>;

interface FastJwt {
  createSigner(options: Options): (payload: object) => string;
  createVerifier(options: Options): (token: string) => unknown;
  createDecoder(options?: Options): (token: string) => unknown;
}

const require = createRequire(import.meta.url);
const fastJwt = require("fast-jwt") as FastJwt;
const fastJwt5 = require("fast-jwt-5") as FastJwt;

const bare = hs256({ sub: "user" });
const other = hs256({ sub: "user", aud: "other", iss: "other", iat: now - HOUR });
const expired = hs256({ exp: now - HOUR });
const forged = hs256({ sub: "admin" }, OTHER_SECRET);
const confused = hs256({ sub: "admin" }, publicPem);

describe.each([
  { name: "5", fast: fastJwt5 },
  { name: "6", fast: fastJwt },
])("fast-jwt $name", ({ fast }) => {
  const verify = (token: string, options: Options = {}): Promise<string> =>
    outcome(() => fast.createVerifier({ key: SECRET, ...options })(token));

  it("refuses forged, expired and unsigned tokens", async () => {
    expect(await verify(bare)).toBe("accepted");
    expect(await verify(forged)).toBe("refused");
    expect(await verify(expired)).toBe("refused");
    expect(await verify(unsigned({}))).toBe("refused");
    // 5 makes no verifier without a key; 6 makes one for which "none" is enough.
    expect(await verify(unsigned({}), { key: undefined, algorithms: ["none"] })).toBe(
      fast === fastJwt ? "accepted" : "refused",
    );
  });

  it("compares audience and issuer only where a token has them", async () => {
    expect(await verify(other, { allowedAud: "api" })).toBe("refused");
    expect(await verify(other, { allowedIss: "me" })).toBe("refused");
    expect(await verify(bare, { allowedAud: "api", allowedIss: "me" })).toBe("accepted");
    const required = { allowedAud: "api", requiredClaims: ["aud"] };
    expect(await verify(bare, required)).toBe("refused");
    expect(await verify(other, { allowedAud: "" })).toBe("accepted");
  });

  it.each([
    { audience: "api" },
    { aud: "api" },
    { issuer: "me" },
    { iss: "me" },
    { subject: "someone" },
    { jwtid: "1" },
    { algorithm: "RS256" },
    { algorithms: "RS256" },
  ])("does not read %o", async (options) => {
    expect(await verify(other, options)).toBe("accepted");
  });

  it("counts milliseconds, and reads no text", async () => {
    expect(await verify(expired, { clockTolerance: 2 * HOUR })).toBe("refused");
    expect(await verify(expired, { clockTolerance: 2 * HOUR * 1000 })).toBe("accepted");
    expect(await verify(expired, { clockTolerance: "60" })).toBe("refused");
    expect(await verify(other, { maxAge: 60_000 })).toBe("refused");
    expect(await verify(other, { maxAge: 2 * HOUR * 1000 })).toBe("accepted");
    expect(await verify(other, { maxAge: "1s" })).toBe("accepted");
    const lifetime = (expiresIn: unknown): number => {
      const { exp, iat } = claimsOf(fast.createSigner({ key: SECRET, expiresIn })({ a: 1 }));
      return Number(exp) - Number(iat);
    };
    expect(lifetime(3600)).toBeLessThanOrEqual(4);
    expect(lifetime(3_600_000)).toBe(3600);
    expect(lifetime("1h")).toBe(3600);
  });

  it("takes expired tokens with any truthy switch", async () => {
    expect(await verify(expired, { ignoreExpiration: "false" })).toBe("accepted");
    expect(await verify(expired, { ignoreExpiration: false })).toBe("refused");
  });

  it("signs names of its own, and no expiry unless told", () => {
    const sign = fast.createSigner({ key: SECRET, aud: "api", issuer: "me", audience: "x" });
    expect(claimsOf(sign({ sub: "1" }))).toMatchObject({ aud: "api" });
    expect(claimsOf(sign({ sub: "1" }))).not.toHaveProperty("iss");
    expect(claimsOf(sign({ sub: "1" }))).not.toHaveProperty("exp");
  });

  it("gives a promise where the key is a function, and a result where it is not", async () => {
    const plain = fast.createVerifier({ key: SECRET })(bare);
    expect(plain).not.toBeInstanceOf(Promise);
    const verifier = fast.createVerifier({ key: () => Promise.resolve(SECRET) });
    expect(verifier(bare)).toBeInstanceOf(Promise);
    expect(await outcome(() => verifier(forged))).toBe("refused");
  });

  it("decodes without a look at the signature", () => {
    expect(fast.createDecoder()(forged)).toMatchObject({ sub: "admin" });
  });

  it("goes by the kind of the key where no list is given", async () => {
    expect(await verify(confused, { key: publicPem })).toBe("refused");
    expect(await verify(rs256({}), { key: publicPem })).toBe("accepted");
    const mixed = { key: publicPem, algorithms: ["RS256", "HS256"] };
    expect(await verify(confused, mixed)).toBe("refused");
  });
});

it("fast-jwt takes a public key for a secret where HMAC alone is listed, from 6.3 on", async () => {
  const options = { key: publicPem, algorithms: ["HS256"] };
  expect(await outcome(() => fastJwt.createVerifier(options)(confused))).toBe("accepted");
  expect(await outcome(() => fastJwt5.createVerifier(options)(confused))).toBe("refused");
});
