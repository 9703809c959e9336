import { CognitoJwtVerifier, JwtVerifier } from "aws-jwt-verify";
import { decomposeUnverifiedJwt } from "aws-jwt-verify/jwt";
import { describe, expect, it } from "vitest";
import { HOUR, hs256, now, outcome, publicJwk, rs256, unsigned } from "../kit/tokens.ts";

const issuer = "https://us.example";
const jwks = { keys: [publicJwk] } as never;
const claims = { iss: issuer, aud: "api", exp: now + HOUR };

function verifier(options: Record<string, unknown>) {
  const made = JwtVerifier.create({
    issuer,
    jwksUri: "https://us.example/jwks.json",
    ...options,
  } as never) as unknown as {
    cacheJwks(set: unknown): void;
    verify(token: string, options?: object): Promise<unknown>;
  };
  made.cacheJwks(jwks);
  return made;
}

describe("aws-jwt-verify", () => {
  it("throws where the audience is left out, and skips it for a written null", async () => {
    expect(await outcome(() => verifier({}).verify(rs256(claims)))).toBe("refused");
    expect(await outcome(() => verifier({ audience: undefined }).verify(rs256(claims)))).toBe(
      "refused",
    );
    expect(await outcome(() => verifier({ audience: "other" }).verify(rs256(claims)))).toBe(
      "refused",
    );
    expect(await outcome(() => verifier({ audience: null }).verify(rs256(claims)))).toBe(
      "accepted",
    );
    expect(await outcome(() => verifier({ audience: "api" }).verify(rs256(claims)))).toBe(
      "accepted",
    );
  });

  it("takes the options of the call over those of the verifier", async () => {
    const made = verifier({ audience: "api" });
    expect(await outcome(() => made.verify(rs256(claims), { audience: "other" }))).toBe("refused");
    expect(
      await outcome(() => made.verify(rs256({ ...claims, aud: "x" }), { audience: null })),
    ).toBe("accepted");
  });

  it("counts grace in seconds, and passes a token without an expiry", async () => {
    const expired = rs256({ ...claims, exp: Math.floor(Date.now() / 1000) - 60 });
    expect(await outcome(() => verifier({ audience: "api" }).verify(expired))).toBe("refused");
    expect(
      await outcome(() => verifier({ audience: "api", graceSeconds: 120 }).verify(expired)),
    ).toBe("accepted");
    expect(
      await outcome(() => verifier({ audience: "api" }).verify(rs256({ iss: issuer, aud: "api" }))),
    ).toBe("accepted");
  });

  it("refuses what is signed with no key of the set", async () => {
    expect(await outcome(() => verifier({ audience: null }).verify(unsigned(claims)))).toBe(
      "refused",
    );
    expect(await outcome(() => verifier({ audience: null }).verify(hs256(claims)))).toBe("refused");
  });

  it("asks Cognito's verifier for clientId and tokenUse, or a written null", async () => {
    const iss = "https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_abcdefghi";
    const attempt = (options: object, claims: object) => async () => {
      const made = CognitoJwtVerifier.create({
        userPoolId: "eu-west-1_abcdefghi",
        ...options,
      } as never);
      (made as unknown as { cacheJwks(set: unknown): void }).cacheJwks(jwks);
      return (made as unknown as { verify(token: string): Promise<unknown> }).verify(
        rs256({ iss, exp: now + HOUR, ...claims }),
      );
    };
    const access = { token_use: "access", client_id: "mine" };
    expect(await outcome(attempt({ clientId: "mine", tokenUse: "access" }, access))).toBe(
      "accepted",
    );
    expect(await outcome(attempt({ clientId: "other", tokenUse: "access" }, access))).toBe(
      "refused",
    );
    expect(await outcome(attempt({ clientId: null, tokenUse: "access" }, access))).toBe("accepted");
    expect(await outcome(attempt({ clientId: "mine", tokenUse: "id" }, access))).toBe("refused");
    expect(await outcome(attempt({ clientId: "mine", tokenUse: null }, access))).toBe("accepted");
    expect(await outcome(attempt({ tokenUse: "access" }, access))).toBe("refused");
  });

  it("decomposes without a check", () => {
    expect(decomposeUnverifiedJwt(hs256({ sub: "anybody" })).payload.sub).toBe("anybody");
  });
});
