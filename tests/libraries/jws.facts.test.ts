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

interface Jws {
  createVerify(options: object): {
    on(event: string, done: (...given: unknown[]) => void): unknown;
  };
  verify(token: string, algorithm: unknown, key: unknown): boolean;
  sign(options: object): string;
  decode(token: string): { header: { alg: string }; payload: unknown } | null;
  isValid(token: string): boolean;
}

const require = createRequire(import.meta.url);
const jws = require("jws") as Jws;

const good = hs256({ sub: "user" });
const forged = hs256({ sub: "admin" }, OTHER_SECRET);

describe("jws", () => {
  it("verify gives false for a forged token, and looks at no claim", () => {
    expect(jws.verify(good, "HS256", SECRET)).toBe(true);
    expect(jws.verify(forged, "HS256", SECRET)).toBe(false);
    expect(jws.verify(hs256({ exp: now - HOUR }), "HS256", SECRET)).toBe(true);
  });

  it("verify takes the algorithm from its caller, who may take it from the token", async () => {
    const token = unsigned({ sub: "admin" });
    const algorithmOf = (text: string): string => jws.decode(text)?.header.alg ?? "";
    expect(jws.verify(token, algorithmOf(token), SECRET)).toBe(true);
    expect(jws.verify(token, "HS256", SECRET)).toBe(false);
    const confused = hs256({ sub: "admin" }, publicPem);
    expect(jws.verify(confused, algorithmOf(confused), publicPem)).toBe(true);
    expect(jws.verify(confused, "RS256", publicPem)).toBe(false);
    expect(await outcome(() => jws.verify(good, undefined, SECRET))).toBe("refused");
  });

  it("verify takes an empty key, and none that is undefined", async () => {
    expect(jws.verify(hs256({}, ""), "HS256", "")).toBe(true);
    expect(await outcome(() => jws.verify(good, "HS256", undefined))).toBe("refused");
  });

  it("createVerify emits what verify says and what decode gives, and an error without an algorithm", async () => {
    const emitted = (event: string, options: object): Promise<unknown[]> =>
      new Promise((resolve) => {
        jws.createVerify(options).on(event, (...given) => {
          resolve(given);
        });
      });
    const algorithm = "HS256";
    expect(await emitted("done", { signature: good, secret: SECRET, algorithm })).toMatchObject([
      true,
      { payload: { sub: "user" } },
    ]);
    expect(await emitted("done", { signature: forged, key: SECRET, algorithm })).toMatchObject([
      false,
      { payload: { sub: "admin" } },
    ]);
    expect(await emitted("error", { signature: good, secret: SECRET })).toMatchObject([
      { code: "MISSING_ALGORITHM" },
    ]);
  });

  it("decode and isValid look at no signature", () => {
    expect(jws.decode(forged)).toMatchObject({ payload: { sub: "admin" } });
    expect(jws.isValid(forged)).toBe(true);
    expect(jws.decode("no token")).toBeNull();
  });

  it("signs what it is given, and no expiry", () => {
    const token = jws.sign({ header: { alg: "HS256" }, payload: { sub: "1" }, secret: SECRET });
    expect(claimsOf(token)).toEqual({ sub: "1" });
    expect(jws.sign({ header: { alg: "none" }, payload: { a: 1 } }).endsWith(".")).toBe(true);
  });
});
