import { deleteApp, initializeApp } from "firebase-admin/app";
import { getAuth } from "firebase-admin/auth";
import { afterAll, afterEach, describe, expect, it, vi } from "vitest";
import { HOUR, now, outcome, publicPem, rs256, unsigned } from "../kit/tokens.ts";

const claims = {
  iss: "https://securetoken.google.com/demo",
  aud: "demo",
  sub: "user",
  auth_time: Math.floor(Date.now() / 1000) - 60,
  iat: Math.floor(Date.now() / 1000) - 60,
  exp: now + HOUR,
};

interface Internals {
  readonly idTokenVerifier: { readonly signatureVerifier: { keyFetcher: unknown } };
  getUser: (uid: string) => Promise<object>;
  verifyIdToken(token: string, checkRevoked?: boolean): Promise<unknown>;
}

function authOf(name: string) {
  const app = initializeApp({ projectId: "demo" }, name);
  apps.push(app);
  const auth = getAuth(app) as unknown as Internals;
  auth.getUser = async () => ({
    uid: "user",
    disabled: false,
    tokensValidAfterTime: new Date(Date.now() + 5000).toUTCString(),
  });
  return auth;
}

const apps: ReturnType<typeof initializeApp>[] = [];

afterEach(() => {
  vi.unstubAllEnvs();
});
afterAll(async () => {
  await Promise.all(apps.map((app) => deleteApp(app)));
});

describe("firebase-admin", () => {
  const auth = authOf("plain");
  auth.idTokenVerifier.signatureVerifier.keyFetcher = {
    fetchPublicKeys: async () => ({ one: publicPem }),
  };

  it("accepts a revoked session unless checkRevoked is set", async () => {
    expect(await outcome(() => auth.verifyIdToken(rs256(claims)))).toBe("accepted");
    expect(await outcome(() => auth.verifyIdToken(rs256(claims), false))).toBe("accepted");
    expect(await outcome(() => auth.verifyIdToken(rs256(claims), true))).toBe("refused");
  });

  it("always compares project and issuer", async () => {
    expect(await outcome(() => auth.verifyIdToken(rs256({ ...claims, aud: "other" })))).toBe(
      "refused",
    );
    expect(
      await outcome(() => auth.verifyIdToken(rs256({ ...claims, iss: "https://x.example" }))),
    ).toBe("refused");
    expect(await outcome(() => auth.verifyIdToken(rs256({ ...claims, exp: now - HOUR })))).toBe(
      "refused",
    );
  });

  it("refuses unsigned tokens, except where the emulator's variable is set", async () => {
    expect(await outcome(() => auth.verifyIdToken(unsigned(claims, { kid: "one" })))).toBe(
      "refused",
    );
    vi.stubEnv("FIREBASE_AUTH_EMULATOR_HOST", "127.0.0.1:9099");
    const emulated = authOf("emulated");
    emulated.getUser = async () => ({ uid: "user", disabled: false });
    expect(await outcome(() => emulated.verifyIdToken(unsigned(claims)))).toBe("accepted");
  });
});
