import { createHmac, generateKeyPairSync, sign } from "node:crypto";
import type { KeyObject } from "node:crypto";

/** Tokens made without any library, good and forged, for tests of what libraries accept. */

export const SECRET = "a-secret-for-tests-with-more-than-256-bits-in-it";
export const OTHER_SECRET = "another-secret-for-tests-that-signs-forged-ones";

const pair = generateKeyPairSync("rsa", { modulusLength: 2048 });
export const publicKey = pair.publicKey;
export const privateKey = pair.privateKey;
export const publicPem = publicKey.export({ format: "pem", type: "spki" }).toString();
export const privatePem = privateKey.export({ format: "pem", type: "pkcs8" }).toString();

/** The public key as providers publish it. */
export const publicJwk = {
  ...publicKey.export({ format: "jwk" }),
  kid: "one",
  alg: "RS256",
  use: "sig",
};

export let now = seconds();

function seconds(): number {
  return Math.floor(Date.now() / 1000);
}

/**
 * Test files share their modules, and a run takes minutes: without this, `now` would be the time at
 * which the first of them began. Called before each file.
 */
export function startClock(): void {
  now = seconds();
}
export const HOUR = 3600;

type Claims = Readonly<Record<string, unknown>>;

function part(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString("base64url");
}

export function hs256(claims: Claims, secret = SECRET, header: Claims = {}): string {
  const input = `${part({ typ: "JWT", ...header, alg: "HS256" })}.${part(claims)}`;
  return `${input}.${createHmac("sha256", secret).update(input).digest("base64url")}`;
}

export function rs256(
  claims: Claims,
  header: Claims = { kid: "one" },
  key: KeyObject = privateKey,
): string {
  const input = `${part({ typ: "JWT", ...header, alg: "RS256" })}.${part(claims)}`;
  return `${input}.${sign("RSA-SHA256", Buffer.from(input), key).toString("base64url")}`;
}

export function unsigned(claims: Claims, header: Claims = {}): string {
  return `${part({ typ: "JWT", ...header, alg: "none" })}.${part(claims)}.`;
}

/** The claims of a token, whatever its signature. */
export function claimsOf(token: string): Record<string, unknown> {
  const [, payload = ""] = token.split(".");
  return JSON.parse(Buffer.from(payload, "base64url").toString()) as Record<string, unknown>;
}

/** `"accepted"`, or `"refused"` where it throws or rejects. */
export async function outcome(attempt: () => unknown): Promise<"accepted" | "refused"> {
  try {
    await attempt();
    return "accepted";
  } catch {
    return "refused";
  }
}
