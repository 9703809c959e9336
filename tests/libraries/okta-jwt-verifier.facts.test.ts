import OktaJwtVerifier from "@okta/jwt-verifier";
import { describe, expect, it } from "vitest";
import { HOUR, hs256, now, outcome, publicJwk, rs256, unsigned } from "../kit/tokens.ts";

const issuer = "https://us.okta.example";

const verifier = new OktaJwtVerifier({
  issuer,
  getKeysInterceptor: async () => [publicJwk],
}) as unknown as {
  verifyAccessToken(token: string, audience?: string): Promise<{ claims: object }>;
};

const claims = { iss: issuer, aud: "api", exp: now + HOUR };

describe("@okta/jwt-verifier", () => {
  it("asks for the audience and compares it", async () => {
    expect(await outcome(() => verifier.verifyAccessToken(rs256(claims), "api"))).toBe("accepted");
    expect(await outcome(() => verifier.verifyAccessToken(rs256(claims), "other"))).toBe("refused");
    expect(await outcome(() => verifier.verifyAccessToken(rs256(claims)))).toBe("refused");
  });

  it("compares the issuer, and gives the claims under claims", async () => {
    const foreign = rs256({ ...claims, iss: "https://other.example" });
    expect(await outcome(() => verifier.verifyAccessToken(foreign, "api"))).toBe("refused");
    expect((await verifier.verifyAccessToken(rs256(claims), "api")).claims).toMatchObject({
      aud: "api",
    });
  });

  it("accepts RS256 alone, and a token without an expiry", async () => {
    expect(await outcome(() => verifier.verifyAccessToken(hs256(claims), "api"))).toBe("refused");
    expect(await outcome(() => verifier.verifyAccessToken(unsigned(claims), "api"))).toBe(
      "refused",
    );
    const timeless = rs256({ iss: issuer, aud: "api" });
    expect(await outcome(() => verifier.verifyAccessToken(timeless, "api"))).toBe("accepted");
    const expired = rs256({ ...claims, exp: now - HOUR });
    expect(await outcome(() => verifier.verifyAccessToken(expired, "api"))).toBe("refused");
  });
});
