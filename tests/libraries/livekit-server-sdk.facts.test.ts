import { AccessToken, TokenVerifier } from "livekit-server-sdk";
import { describe, expect, it } from "vitest";
import {
  HOUR,
  OTHER_SECRET,
  SECRET,
  claimsOf,
  hs256,
  now,
  outcome,
  rs256,
  unsigned,
} from "../kit/tokens.ts";

const NUMBER = "number-of-the-key";

async function lifetime(ttl?: number | string): Promise<number> {
  const options = ttl === undefined ? {} : { ttl };
  const claims = claimsOf(await new AccessToken(NUMBER, SECRET, options).toJwt());
  return Number(claims.exp) - Number(claims.nbf);
}

describe("livekit-server-sdk", () => {
  it("signs with HS256, as the number of the key, and adds the start and no other claim", async () => {
    const token = await new AccessToken(NUMBER, SECRET, { identity: "ada" }).toJwt();
    const [header = ""] = token.split(".");
    expect(JSON.parse(Buffer.from(header, "base64url").toString())).toMatchObject({ alg: "HS256" });
    const claims = claimsOf(token);
    expect(claims).toMatchObject({ iss: NUMBER, sub: "ada" });
    expect(claims).not.toHaveProperty("aud");
    expect(claims).not.toHaveProperty("jti");
    expect(claims).not.toHaveProperty("iat");
    expect(Number(claims.nbf)).toBeGreaterThan(now - 60);
  });

  it("is for the identity that is written to it later", async () => {
    const token = new AccessToken(NUMBER, SECRET, { identity: "ada" });
    token.identity = "grace";
    expect(claimsOf(await token.toJwt())).toMatchObject({ sub: "grace" });
  });

  it("lives six hours unless told, counts seconds and reads the texts of jose", async () => {
    expect(await lifetime()).toBe(6 * HOUR);
    expect(await lifetime(90)).toBe(90);
    expect(await lifetime("10m")).toBe(600);
    // Nothing, and what amounts to it, is the default.
    expect(await lifetime(0)).toBe(6 * HOUR);
    expect(await lifetime("")).toBe(6 * HOUR);
    expect(await outcome(() => lifetime("10 fortnights"))).toBe("refused");
  });

  it("takes a missing key from the environment, and signs nothing without one", async () => {
    expect(await outcome(() => new AccessToken(NUMBER, "").toJwt())).toBe("refused");
    process.env.LIVEKIT_API_SECRET = SECRET;
    try {
      expect(claimsOf(await new AccessToken(NUMBER).toJwt())).toHaveProperty("iss", NUMBER);
    } finally {
      delete process.env.LIVEKIT_API_SECRET;
    }
  });

  it("refuses what is forged, unsigned, of another algorithm, expired or for ever, or of another issuer", async () => {
    const verify = (token: string): Promise<string> =>
      outcome(() => new TokenVerifier(NUMBER, SECRET).verify(token));
    const claims = { iss: NUMBER, exp: now + HOUR };
    expect(await verify(hs256(claims))).toBe("accepted");
    expect(await verify(hs256(claims, OTHER_SECRET))).toBe("refused");
    expect(await verify(unsigned(claims))).toBe("refused");
    expect(await verify(rs256(claims))).toBe("refused");
    expect(await verify(hs256({ ...claims, exp: now - HOUR }))).toBe("refused");
    expect(await verify(hs256({ ...claims, iss: "another" }))).toBe("refused");
    expect(await verify(hs256({ exp: now + HOUR }))).toBe("refused");
    expect(await verify(hs256({ iss: NUMBER }))).toBe("refused");
  });

  it("looks at no audience, and tolerates as many seconds as it is told", async () => {
    const verifier = new TokenVerifier(NUMBER, SECRET);
    const claims = { iss: NUMBER, exp: now + HOUR };
    expect(await outcome(() => verifier.verify(hs256({ ...claims, aud: "another" })))).toBe(
      "accepted",
    );
    const old = hs256({ ...claims, exp: now - 30 });
    expect(await outcome(() => verifier.verify(old, 5))).toBe("refused");
    expect(await outcome(() => verifier.verify(old, 60))).toBe("accepted");
  });
});
