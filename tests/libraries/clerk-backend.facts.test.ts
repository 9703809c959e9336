import { createClerkClient, verifyToken } from "@clerk/backend";
import { decodeJwt } from "@clerk/backend/jwt";
import { describe, expect, it } from "vitest";
import { HOUR, hs256, now, outcome, publicPem, rs256, unsigned } from "../kit/tokens.ts";

const claims = {
  iss: "https://clerk.us.example",
  sub: "user_1",
  azp: "https://evil.us.example",
  iat: Math.floor(Date.now() / 1000) - 10,
  nbf: Math.floor(Date.now() / 1000) - 10,
  exp: now + HOUR,
};
const header = { kid: "ins_1", typ: "JWT" };
const token = rs256(claims, header);

const verify =
  (one: string, options: object = {}) =>
  () =>
    verifyToken(one, { jwtKey: publicPem, ...options });

describe("@clerk/backend", () => {
  it("accepts a token of any site without authorizedParties, or with an empty list", async () => {
    expect(await outcome(verify(token))).toBe("accepted");
    expect(await outcome(verify(token, { authorizedParties: [] }))).toBe("accepted");
    expect(await outcome(verify(token, { authorizedParties: ["https://us.example"] }))).toBe(
      "refused",
    );
    expect(await outcome(verify(token, { authorizedParties: ["https://evil.us.example"] }))).toBe(
      "accepted",
    );
  });

  it("passes a token without aud even where audience is set", async () => {
    expect(await outcome(verify(token, { audience: "api" }))).toBe("accepted");
    expect(await outcome(verify(rs256({ ...claims, aud: "x" }, header), { audience: "api" }))).toBe(
      "refused",
    );
  });

  it("requires an expiry, and counts the skew in milliseconds", async () => {
    expect(await outcome(verify(rs256({ ...claims, exp: undefined }, header)))).toBe("refused");
    const late = rs256({ ...claims, exp: Math.floor(Date.now() / 1000) - 60 }, header);
    expect(await outcome(verify(late))).toBe("refused");
    expect(await outcome(verify(late, { clockSkewInMs: 120 }))).toBe("refused");
    expect(await outcome(verify(late, { clockSkewInMs: 120_000 }))).toBe("accepted");
  });

  it("compares the issuer where one is given", async () => {
    expect(await outcome(verify(token, { issuer: "https://x.example" }))).toBe("refused");
  });

  it("refuses other signatures, and decodes without a check", async () => {
    expect(await outcome(verify(unsigned(claims, header)))).toBe("refused");
    expect(await outcome(verify(hs256(claims, publicPem, header)))).toBe("refused");
    expect(decodeJwt(hs256(claims)).payload.sub).toBe("user_1");
  });

  it("tells in the result of authenticateRequest that nobody is signed in", async () => {
    const clerk = createClerkClient({
      secretKey: "sk_test_not_a_key",
      publishableKey: `pk_test_${Buffer.from("clerk.us.example$").toString("base64")}`,
      jwtKey: publicPem,
      telemetry: { disabled: true },
    });
    const request = new Request("https://us.example/", {
      headers: { authorization: `Bearer ${unsigned(claims)}` },
    });
    const state = (await clerk.authenticateRequest(request)) as unknown as Record<string, unknown>;
    expect(state.isSignedIn).toBe(false);
    expect(state.isAuthenticated).toBe(false);
  });
});
