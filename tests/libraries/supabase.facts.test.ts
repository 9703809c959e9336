import { AuthClient } from "@supabase/auth-js";
import { describe, expect, it } from "vitest";
import { HOUR, now, publicJwk, rs256 } from "../kit/tokens.ts";

const client = new AuthClient({
  url: "http://127.0.0.1:9",
  autoRefreshToken: false,
  persistSession: false,
});
const jwks = { keys: [publicJwk] } as never;
const claims = { iss: "https://x.example", aud: "anything", sub: "user", exp: now + HOUR };

const get = (token: string, options: object = {}) => client.getClaims(token, { jwks, ...options });

describe("@supabase/auth-js", () => {
  it("resolves to an error and no data for a forged token", async () => {
    const good = await get(rs256(claims));
    expect(good.error).toBeNull();
    expect(good.data?.claims).toMatchObject({ sub: "user" });
    const forged = await get(`${rs256(claims).slice(0, -12)}AAAAAAAAAAAA`);
    expect(forged.data).toBeNull();
    expect(forged.error).not.toBeNull();
  });

  it("requires an expiry, and accepts expired tokens with allowExpired alone", async () => {
    const expired = rs256({ ...claims, exp: now - HOUR });
    let refused: unknown;
    try {
      refused = (await get(expired)).error;
    } catch (error) {
      refused = error;
    }
    expect(refused).toBeTruthy();
    expect((await get(expired, { allowExpired: true })).data?.claims).toMatchObject({
      sub: "user",
    });
  });
});
