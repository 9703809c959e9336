import { createRequire } from "node:module";
import { describe, expect, it } from "vitest";
import {
  HOUR,
  OTHER_SECRET,
  SECRET,
  claimsOf,
  hs256,
  now,
  outcome,
  publicPem,
  unsigned,
} from "../kit/tokens.ts";

interface JwtSimple {
  decode(token: string, key: unknown, noVerify?: unknown, algorithm?: string): unknown;
  encode(payload: object, key: unknown, algorithm?: string, options?: object): string;
}

const require = createRequire(import.meta.url);
const { decode, encode } = require("jwt-simple") as JwtSimple;

const good = hs256({ sub: "user", aud: "other" });
const expired = hs256({ exp: now - HOUR });
const forged = hs256({ sub: "admin" }, OTHER_SECRET);

describe("jwt-simple", () => {
  it("decode verifies signature and expiry", async () => {
    expect(decode(good, SECRET)).toMatchObject({ sub: "user" });
    for (const token of [forged, expired, unsigned({})]) {
      expect(await outcome(() => decode(token, SECRET))).toBe("refused");
    }
  });

  it("decode checks nothing with a third argument that is truthy", () => {
    for (const noVerify of [true, "HS256", "false"]) {
      expect(decode(forged, SECRET, noVerify)).toMatchObject({ sub: "admin" });
    }
    expect(() => decode(forged, SECRET, false)).toThrow();
  });

  it("decode goes by the header unless it is told an algorithm", async () => {
    const longer = encode({ sub: "user" }, SECRET, "HS512");
    expect(await outcome(() => decode(longer, SECRET))).toBe("accepted");
    expect(await outcome(() => decode(longer, SECRET, false, "HS256"))).toBe("refused");
    // A public key in PEM is RS256, but for one without its frame.
    expect(await outcome(() => decode(hs256({}, publicPem), publicPem))).toBe("refused");
    const body = publicPem.split("\n").slice(1, -2).join("");
    expect(await outcome(() => decode(hs256({}, body), body))).toBe("accepted");
  });

  it("decode takes an empty key, and none that is undefined", async () => {
    expect(await outcome(() => decode(hs256({}, ""), ""))).toBe("accepted");
    expect(await outcome(() => decode(good, undefined))).toBe("refused");
  });

  it("encode adds no claim and has no option for a lifetime", () => {
    expect(claimsOf(encode({ sub: "1" }, SECRET))).toEqual({ sub: "1" });
    const token = encode({ sub: "1" }, SECRET, "HS256", { expiresIn: "1h" });
    expect(claimsOf(token)).toEqual({ sub: "1" });
  });
});
