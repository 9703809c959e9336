import * as current from "@tsndr/cloudflare-worker-jwt";
import { describe, expect, it } from "vitest";
import {
  HOUR,
  OTHER_SECRET,
  SECRET,
  claimsOf,
  hs256,
  now,
  outcome,
  unsigned,
} from "../kit/tokens.ts";

interface Api {
  verify(token: string, key: string, options?: unknown): Promise<unknown>;
  sign(payload: object, key: string, options?: unknown): Promise<string>;
}

const three = current as unknown as Api;
const two = (await import("tsndr-worker-jwt-2")) as Api;

const good = hs256({ aud: "api", exp: now + HOUR });
const forged = hs256({ exp: now + HOUR }, OTHER_SECRET);

describe("@tsndr/cloudflare-worker-jwt", () => {
  it("resolves to undefined from 3 on, to false before", async () => {
    expect(await three.verify(good, SECRET)).toMatchObject({ payload: { aud: "api" } });
    expect(await three.verify(forged, SECRET)).toBeUndefined();
    expect(await two.verify(good, SECRET)).toBe(true);
    expect(await two.verify(forged, SECRET)).toBe(false);
  });

  it("rejects with throwError", async () => {
    expect(await outcome(() => three.verify(forged, SECRET, { throwError: true }))).toBe("refused");
  });

  it("takes none at its word from 3 on", async () => {
    expect(await three.verify(unsigned({ sub: "1" }), SECRET, { algorithm: "none" })).toBeTruthy();
    expect(await three.verify(unsigned({ sub: "1" }), SECRET)).toBeUndefined();
    let before: unknown;
    try {
      before = await two.verify(unsigned({ sub: "1" }), SECRET, { algorithm: "none" });
    } catch {
      before = false;
    }
    expect(before).toBe(false);
  });

  it("does not read algorithms, audience and issuer", async () => {
    expect(await three.verify(good, SECRET, { algorithms: ["RS256"] })).toBeTruthy();
    expect(await three.verify(good, SECRET, { audience: "other", issuer: "other" })).toBeTruthy();
  });

  it("checks the expiry of a token that has one", async () => {
    expect(await three.verify(hs256({ exp: now - HOUR }), SECRET)).toBeUndefined();
    expect(await three.verify(hs256({ sub: "1" }), SECRET)).toBeTruthy();
  });

  it("signs no expiry of its own, and refuses an empty secret", async () => {
    expect(claimsOf(await three.sign({ sub: "1" }, SECRET, { expiresIn: 60 }))).not.toHaveProperty(
      "exp",
    );
    expect(await outcome(() => three.sign({ sub: "1" }, ""))).toBe("refused");
  });
});
