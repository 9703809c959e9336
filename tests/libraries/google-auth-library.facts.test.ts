import { OAuth2Client } from "google-auth-library";
import { describe, expect, it } from "vitest";
import { HOUR, hs256, now, outcome, publicPem, rs256, unsigned } from "../kit/tokens.ts";

interface Client {
  getFederatedSignonCertsAsync: () => Promise<unknown>;
  verifyIdToken(options: Record<string, unknown>): Promise<{ getPayload(): unknown }>;
}

const client = new OAuth2Client("my-client-id") as unknown as Client;
client.getFederatedSignonCertsAsync = async () => ({ certs: { one: publicPem }, format: "PEM" });

const claims = {
  iss: "https://accounts.google.com",
  aud: "another-app",
  iat: now - 10,
  exp: now + HOUR,
};

describe("google-auth-library", () => {
  it("accepts the ID token of any app where no audience is given, whatever the constructor was told", async () => {
    expect(await outcome(() => client.verifyIdToken({ idToken: rs256(claims) }))).toBe("accepted");
    for (const audience of [undefined, null]) {
      expect(await outcome(() => client.verifyIdToken({ idToken: rs256(claims), audience }))).toBe(
        "accepted",
      );
    }
    const attempt = (audience: unknown) => () =>
      client.verifyIdToken({ idToken: rs256(claims), audience });
    expect(await outcome(attempt("my-client-id"))).toBe("refused");
    expect(await outcome(attempt(""))).toBe("refused");
    expect(await outcome(attempt(["my-client-id", "another-app"]))).toBe("accepted");
  });

  it("does not read other names for the audience", async () => {
    for (const name of ["requiredAudience", "aud", "clientId"]) {
      const attempt = () =>
        client.verifyIdToken({ idToken: rs256(claims), [name]: "my-client-id" });
      expect(await outcome(attempt), name).toBe("accepted");
    }
  });

  it("requires an expiry and Google as the issuer", async () => {
    const attempt = (changed: object) => () =>
      client.verifyIdToken({ idToken: rs256({ ...claims, ...changed }) });
    expect(await outcome(attempt({ exp: undefined }))).toBe("refused");
    expect(await outcome(attempt({ exp: now - HOUR, iat: now - 2 * HOUR }))).toBe("refused");
    expect(await outcome(attempt({ iss: "https://evil.example" }))).toBe("refused");
  });

  it("refuses other signatures", async () => {
    expect(
      await outcome(() =>
        client.verifyIdToken({ idToken: hs256(claims, publicPem, { kid: "one" }) }),
      ),
    ).toBe("refused");
    expect(
      await outcome(() => client.verifyIdToken({ idToken: unsigned(claims, { kid: "one" }) })),
    ).toBe("refused");
  });
});
