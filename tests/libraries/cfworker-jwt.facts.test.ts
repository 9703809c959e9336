import { parseJwt, decodeJwt } from "@cfworker/jwt";
import { webcrypto } from "node:crypto";
import { describe, expect, it } from "vitest";
import { HOUR, now, publicJwk, rs256, hs256 } from "../kit/tokens.ts";

const claims = { iss: "https://us.example", aud: "api", sub: "1", exp: now + HOUR };

const key = await webcrypto.subtle.importKey(
  "jwk",
  publicJwk as JsonWebKey,
  { name: "RSASSA-PKCS1-v1_5", hash: "SHA-256" },
  false,
  ["verify"],
);

const parse = (jwt: string) =>
  parseJwt({ jwt, issuer: claims.iss, audience: "api", resolveKey: async () => key });

describe("@cfworker/jwt", () => {
  it("resolves to a result, with the claims of a forged token under decoded", async () => {
    const good = await parse(rs256(claims));
    expect(good).toMatchObject({ valid: true, payload: { sub: "1" } });
    const [header = "", payload = ""] = rs256({ ...claims, sub: "admin" }).split(".");
    const [, , signature = ""] = rs256(claims).split(".");
    const forged = await parse(`${header}.${payload}.${signature}`);
    expect(forged.valid).toBe(false);
    expect(forged).toMatchObject({ decoded: { payload: { sub: "admin" } } });
  });

  it("requires expiry, issuer and audience", async () => {
    for (const name of ["exp", "iss", "aud"]) {
      const rest = Object.fromEntries(Object.entries(claims).filter(([key]) => key !== name));
      expect((await parse(rs256(rest))).valid, name).toBe(false);
    }
    expect((await parse(rs256({ ...claims, aud: "other" }))).valid).toBe(false);
    expect((await parse(rs256({ ...claims, exp: now - HOUR }))).valid).toBe(false);
  });

  it("grants 60 seconds unless skewMs says otherwise", async () => {
    // Of this moment: the run as a whole may take longer than the minute.
    const late = rs256({ ...claims, exp: Math.floor(Date.now() / 1000) - 30 });
    expect((await parse(late)).valid).toBe(true);
    const strict = await parseJwt({
      jwt: late,
      issuer: claims.iss,
      audience: "api",
      skewMs: 0,
      resolveKey: async () => key,
    });
    expect(strict.valid).toBe(false);
  });

  it("decodes without a check", () => {
    expect(decodeJwt(hs256({ sub: "anybody" })).payload.sub).toBe("anybody");
  });
});
