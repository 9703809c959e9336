import { describe, expect, it } from "vitest";
import {
  HOUR,
  OTHER_SECRET,
  SECRET,
  claimsOf,
  hs256,
  now,
  publicPem,
  unsigned,
} from "../kit/tokens.ts";

interface Jws {
  verify(token: string, key: unknown, algorithms?: unknown): boolean;
  verifyJWT(token: string, key: unknown, options: Record<string, unknown>): boolean;
  sign(algorithm: string | null, header: string, payload: string, key: unknown): string;
  parse(token: string): { payloadObj: Record<string, unknown> };
}

// The package has no types of its own.
const { KJUR } = (await import("jsrsasign")) as { KJUR: { jws: { JWS: Jws } } };
const { JWS } = KJUR.jws;

const key = { utf8: SECRET };
const good = hs256({ iss: "us", aud: "api", exp: now + HOUR });
const forged = hs256({ iss: "us", exp: now + HOUR }, OTHER_SECRET);

describe("jsrsasign", () => {
  it("gives false where the signature is wrong", () => {
    expect(JWS.verify(good, key, ["HS256"])).toBe(true);
    expect(JWS.verify(forged, key, ["HS256"])).toBe(false);
  });

  it("takes the algorithm of the header where there is no list, an empty one, or a text", () => {
    const hs512 = JWS.sign("HS512", '{"alg":"HS512"}', "{}", key);
    expect(JWS.verify(hs512, key)).toBe(true);
    expect(JWS.verify(hs512, key, [])).toBe(true);
    expect(JWS.verify(hs512, key, "HS256")).toBe(true);
    expect(() => JWS.verify(hs512, key, ["HS256"])).toThrow("not accepted");
  });

  it("refuses unsigned tokens, and makes them", () => {
    expect(() => JWS.verify(unsigned({}), key)).toThrow("not supported");
    expect(JWS.sign("none", '{"alg":"none"}', "{}", "")).toMatch(/\.$/u);
  });

  it("does not take a public key for a secret", () => {
    const confused = hs256({}, publicPem);
    let result: unknown;
    try {
      result = JWS.verify(confused, publicPem);
    } catch {
      result = "thrown";
    }
    expect(result).not.toBe(true);
  });

  it("never looks at the expiry in verify, and does in verifyJWT", () => {
    const expired = hs256({ exp: now - HOUR });
    expect(JWS.verify(expired, key, ["HS256"])).toBe(true);
    expect(JWS.verifyJWT(expired, key, { alg: ["HS256"] })).toBe(false);
  });

  it("compares issuer and audience with lists only", () => {
    expect(JWS.verifyJWT(good, key, { alg: ["HS256"], iss: ["them"] })).toBe(false);
    expect(JWS.verifyJWT(good, key, { alg: ["HS256"], iss: "them" })).toBe(true);
    expect(JWS.verifyJWT(good, key, { alg: ["HS256"], aud: ["other"] })).toBe(false);
    expect(JWS.verifyJWT(good, key, { alg: ["HS256"], aud: "other" })).toBe(true);
    expect(JWS.verifyJWT(good, key, { alg: ["HS256"], issuer: ["them"], audience: ["x"] })).toBe(
      true,
    );
  });

  it("asks for a list of algorithms in verifyJWT", () => {
    expect(() => JWS.verifyJWT(good, key, {})).toThrow("alg shall be specified");
  });

  it("signs a payload that is a JSON text, and adds nothing to it", () => {
    const token = JWS.sign("HS256", '{"alg":"HS256"}', JSON.stringify({ sub: "1" }), key);
    expect(claimsOf(token)).toEqual({ sub: "1" });
    expect(JWS.parse(forged).payloadObj).toMatchObject({ iss: "us" });
  });

  it("verifies with an empty secret", () => {
    expect(JWS.verify(hs256({}, ""), { utf8: "" }, ["HS256"])).toBe(true);
  });
});
