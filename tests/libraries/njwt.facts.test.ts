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
  unsigned,
} from "../kit/tokens.ts";

interface Builder {
  setExpiration(at?: unknown): Builder;
  setSigningKey(key: string): Builder;
  setSigningAlgorithm(algorithm: string): Builder;
  compact(): string;
}

interface Verifier {
  setSigningKey(key: string): Verifier;
  verify(token: string): unknown;
}

interface Njwt {
  create(claims: object, key: string, algorithm?: string): Builder;
  verify(token: string, ...rest: unknown[]): { body: { sub?: string } };
  Jwt: new (claims: object) => Builder;
  createVerifier(): Verifier;
}

const require = createRequire(import.meta.url);
const njwt = require("njwt") as Njwt;

const good = hs256({ sub: "user" });
const expired = hs256({ exp: now - HOUR });

describe("njwt", () => {
  it("verify takes unsigned tokens where the key is left out", async () => {
    expect(njwt.verify(unsigned({ sub: "admin" })).body.sub).toBe("admin");
    const claims = await new Promise((resolve) => {
      njwt.verify(unsigned({ sub: "admin" }), (_: unknown, result: unknown) => {
        resolve(result);
      });
    });
    expect(claims).toMatchObject({ body: { sub: "admin" } });
    expect(await outcome(() => njwt.verify(unsigned({}), undefined))).toBe("refused");
    expect(await outcome(() => njwt.verify(unsigned({}), SECRET))).toBe("refused");
  });

  it("verify takes HS256 unless told otherwise, with the text of a public key, too", async () => {
    expect(njwt.verify(good, SECRET).body.sub).toBe("user");
    expect(await outcome(() => njwt.verify(hs256({}, OTHER_SECRET), SECRET))).toBe("refused");
    expect(await outcome(() => njwt.verify(expired, SECRET))).toBe("refused");
    expect(await outcome(() => njwt.verify(hs256({}, publicPem), publicPem))).toBe("accepted");
    expect(await outcome(() => njwt.verify(hs256({}, publicPem), publicPem, "RS256"))).toBe(
      "refused",
    );
    expect(await outcome(() => njwt.verify(hs256({}, ""), ""))).toBe("accepted");
  });

  it("looks at the expiry before the signature", () => {
    const forged = hs256({ exp: now - HOUR }, OTHER_SECRET);
    expect(() => njwt.verify(forged, SECRET)).toThrow("Jwt is expired");
  });

  it("create writes an expiry of an hour, which setExpiration may take away", () => {
    const lifetimeOf = (token: string): unknown => claimsOf(token).exp;
    expect(lifetimeOf(njwt.create({ exp: 1 }, SECRET).compact())).toBeGreaterThan(now + HOUR - 60);
    expect(lifetimeOf(njwt.create({}, SECRET).setExpiration().compact())).toBeUndefined();
    const inMilliseconds = njwt.create({}, SECRET).setExpiration((now + HOUR) * 1000);
    expect(lifetimeOf(inMilliseconds.compact())).toBe(now + HOUR);
    expect(lifetimeOf(njwt.create({}, SECRET).setExpiration("1h").compact())).toBeNull();
  });

  it("new Jwt is unsigned until it is given an algorithm", () => {
    const unsignedToken = new njwt.Jwt({ sub: "1" }).setSigningKey(SECRET).compact();
    expect(njwt.verify(unsignedToken).body.sub).toBe("1");
    expect(claimsOf(unsignedToken)).toHaveProperty("jti");
    expect(claimsOf(unsignedToken)).not.toHaveProperty("exp");
    const signed = new njwt.Jwt({ sub: "1" }).setSigningAlgorithm("HS256").setSigningKey(SECRET);
    expect(njwt.verify(signed.compact(), SECRET).body.sub).toBe("1");
  });

  it("a verifier without a key refuses everything", async () => {
    expect(await outcome(() => njwt.createVerifier().verify(unsigned({})))).toBe("refused");
    expect(await outcome(() => njwt.createVerifier().setSigningKey(SECRET).verify(good))).toBe(
      "accepted",
    );
  });
});
