import { encodeSymmetric } from "atlassian-jwt";
import { createJWT as createDidJwt } from "did-jwt";
import { createSigner } from "fast-jwt";
import { sign as signWithHono } from "hono/jwt";
import { EncryptJWT, SignJWT, jwtDecrypt } from "jose";
import jwt from "jsonwebtoken";
import simple from "jwt-simple";
import njwt from "njwt";
import { createJWT } from "oslo/jwt";
import { sign as signWithTsndr } from "@tsndr/cloudflare-worker-jwt";
import { describe, expect, it } from "vitest";
import { SECRET, claimsOf } from "../kit/tokens.ts";

const bytes = new TextEncoder().encode(SECRET);
const sub = { sub: "1" };

/** What each library makes of `{ sub: "1" }`, and the claims that it adds (`adds` in its description). */
const LIBRARIES: [name: string, added: string[], make: () => unknown][] = [
  ["jsonwebtoken", ["iat"], () => jwt.sign(sub, SECRET)],
  ["fast-jwt", ["iat"], () => createSigner({ key: SECRET })(sub)],
  ["@tsndr/cloudflare-worker-jwt", ["iat"], () => signWithTsndr({ ...sub }, SECRET)],
  ["njwt", ["exp", "iat", "jti"], () => njwt.create(sub, SECRET).compact()],
  [
    "did-jwt",
    ["iat", "iss"],
    () => createDidJwt({ ...sub }, { issuer: "did:a:b", signer: () => Promise.resolve("AA") }),
  ],
  ["jose", [], () => new SignJWT(sub).setProtectedHeader({ alg: "HS256" }).sign(bytes)],
  ["oslo", [], () => createJWT("HS256", bytes, sub)],
  ["hono", [], () => signWithHono(sub, SECRET)],
  ["jwt-simple", [], () => simple.encode(sub, SECRET)],
  ["atlassian-jwt", [], () => encodeSymmetric(sub, SECRET)],
];

describe("a token that is asked for a subject alone", () => {
  it.each(LIBRARIES)("%s adds %j", async (_name, added, make) => {
    const { sub: subject, ...rest } = claimsOf(String(await make()));
    expect(subject).toBe("1");
    expect(Object.keys(rest).sort()).toEqual(added);
  });
});

describe("the time of issue", () => {
  it("is taken out of a payload by noTimestamp", () => {
    const token = jwt.sign({ ...sub, iat: 1 }, SECRET, { noTimestamp: true });
    expect(claimsOf(token)).not.toHaveProperty("iat");
  });

  it("is added to no text", () => {
    const [, payload = ""] = jwt.sign("a text", SECRET).split(".");
    expect(Buffer.from(payload, "base64url").toString()).toBe("a text");
  });
});

describe("the payload", () => {
  it("can be read by every holder of a signed token", () => {
    expect(claimsOf(jwt.sign({ pin: "0000" }, SECRET))).toMatchObject({ pin: "0000" });
  });

  it("cannot be read without the key in an encrypted one", async () => {
    const key = bytes.slice(0, 32);
    const token = await new EncryptJWT({ pin: "0000" })
      .setProtectedHeader({ alg: "dir", enc: "A256GCM" })
      .encrypt(key);
    const parts = token.split(".").map((part) => Buffer.from(part, "base64url").toString());
    expect(parts.join()).not.toContain("pin");
    expect((await jwtDecrypt(token, key)).payload).toEqual({ pin: "0000" });
  });
});
