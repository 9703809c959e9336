import { betterAuth } from "better-auth";
import { memoryAdapter } from "better-auth/adapters/memory";
import { bearer, jwt } from "better-auth/plugins";
import { describe, expect, it } from "vitest";
import { SECRET, claimsOf, now } from "../kit/tokens.ts";

function setUp(options?: Parameters<typeof jwt>[0]) {
  const tables = { user: [], session: [], account: [], verification: [], jwks: [] };
  return betterAuth({
    baseURL: "https://app.example.com",
    secret: SECRET,
    database: memoryAdapter(tables),
    emailAndPassword: { enabled: true },
    plugins: [bearer(), jwt(options)],
    telemetry: { enabled: false },
  });
}

async function tokenOf(auth: ReturnType<typeof setUp>): Promise<string> {
  const { token } = await auth.api.signUpEmail({
    body: { email: "someone@example.com", password: "a password for tests", name: "Someone" },
  });
  const headers = new Headers({ authorization: `Bearer ${token ?? ""}` });
  return (await auth.api.getToken({ headers })).token;
}

describe("better-auth", () => {
  it("resolves to no payload where the token is forged", async () => {
    const auth = setUp();
    const token = await tokenOf(auth);
    const good = await auth.api.verifyJWT({ body: { token } });
    expect(good.payload).toMatchObject({ email: "someone@example.com" });
    const forged = await auth.api.verifyJWT({
      body: { token: `${token.slice(0, -12)}AAAAAAAAAAAA` },
    });
    expect(forged).toEqual({ payload: null });
  });

  it("gives a token a quarter of an hour, and reads a number as a date", async () => {
    expect(claimsOf(await tokenOf(setUp())).exp).toBeLessThan(now + 16 * 60);
    const numbered = setUp({ jwt: { expirationTime: 3600 } });
    expect(claimsOf(await tokenOf(numbered)).exp).toBe(3600);
    const worded = setUp({ jwt: { expirationTime: "1h" } });
    expect(claimsOf(await tokenOf(worded)).exp).toBeGreaterThan(now + 50 * 60);
  });

  it("puts the user record into the token unless told what to put there", async () => {
    const own = setUp({ jwt: { definePayload: ({ user }) => ({ id: user.id }) } });
    expect(claimsOf(await tokenOf(own))).not.toHaveProperty("email");
  });
});
