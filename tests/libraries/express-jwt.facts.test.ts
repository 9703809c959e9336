import { createRequire } from "node:module";
import { describe, expect, it } from "vitest";
import { fateIn, requestWith } from "../kit/express.ts";
import type { Handler } from "../kit/express.ts";
import {
  HOUR,
  OTHER_SECRET,
  SECRET,
  hs256,
  now,
  outcome,
  publicPem,
  rs256,
  unsigned,
} from "../kit/tokens.ts";

type Options = Readonly<Record<string, unknown>>;
type Make = (options: Options) => Handler;

const require = createRequire(import.meta.url);
const express6 = require("express-jwt-6") as Make;
const { expressjwt: express7 } = require("express-jwt-7") as { expressjwt: Make };
const { expressjwt: express8 } = require("express-jwt") as { expressjwt: Make };

const good = hs256({ sub: "user", aud: "other", iss: "other", exp: now + HOUR });
const expired = hs256({ sub: "user", aud: "other", exp: now - HOUR });
const forged = hs256({ sub: "admin" }, OTHER_SECRET);
const base = { secret: SECRET, algorithms: ["HS256"] };

describe.each([
  { name: "6", make: express6 },
  { name: "7", make: express7 },
  { name: "8", make: express8 },
])("express-jwt $name", ({ name, make }) => {
  const fate = (options: Options, token?: string): Promise<string> =>
    fateIn(make({ ...base, ...options }), requestWith(token));

  it("does not start without a key, or with an empty text", () => {
    for (const secret of ["", undefined])
      expect(() => make({ ...base, secret })).toThrow(/secret|required/u);
  });

  it("refuses forged, expired, unsigned and missing tokens", async () => {
    expect(await fate({}, good)).toBe("passes with claims");
    for (const token of [forged, expired, unsigned({}), undefined]) {
      expect(await fate({}, token)).toBe("refused");
    }
  });

  it("does not start without a list of algorithms", async () => {
    expect(await outcome(() => make({ secret: SECRET }))).toBe("refused");
    expect(await fate({ algorithms: [] }, good)).toBe("refused");
  });

  it("hands options on to jsonwebtoken, with its names", async () => {
    expect(await fate({ audience: "api" }, good)).toBe("refused");
    expect(await fate({ aud: "api", iss: "me" }, good)).toBe("passes with claims");
    expect(await fate({ audience: "" }, good)).toBe("passes with claims");
    expect(await fate({ ignoreExpiration: true }, expired)).toBe("passes with claims");
  });

  it("lets a missing token pass with credentialsRequired: false, and no forged one", async () => {
    const options = { credentialsRequired: false };
    expect(await fate(options)).toBe("passes");
    expect(await fate(options, forged)).toBe("refused");
    expect(await fate(options, expired)).toBe("refused");
  });

  it("takes the text of a public key for a secret up to 6 alone", async () => {
    const options = { secret: publicPem, algorithms: ["RS256", "HS256"] };
    const expected = name === "6" ? "passes with claims" : "refused";
    expect(await fate(options, hs256({ sub: "admin" }, publicPem))).toBe(expected);
    expect(await fate(options, rs256({ sub: "user" }))).toBe("passes with claims");
  });
});

describe("the releases of express-jwt differ", () => {
  const fate = (make: Make, options: Options, token: string): Promise<string> =>
    fateIn(make({ ...base, ...options }), requestWith(token));

  it("8 takes an expired token where onExpired returns, and looks at no audience then", async () => {
    const onExpired = (): undefined => undefined;
    const options = { onExpired, audience: "api" };
    expect(await fate(express8, options, expired)).toBe("passes with claims");
    expect(await fate(express7, options, expired)).toBe("refused");
    const strict = { onExpired: (_: unknown, error: Error) => Promise.reject(error) };
    expect(await fate(express8, strict, expired)).toBe("refused");
  });

  it("isRevoked is asked by promise from 7 on, and by callback before", async () => {
    const byPromise = { isRevoked: () => Promise.resolve(true) };
    const byCallback = {
      isRevoked: (_: unknown, __: unknown, done: unknown) => {
        setTimeout(() => {
          if (typeof done === "function") (done as (error: null, is: boolean) => void)(null, true);
        }, 1);
      },
    };
    expect(await fate(express8, byPromise, good)).toBe("refused");
    expect(await fate(express7, byPromise, good)).toBe("refused");
    expect(await fate(express6, byPromise, good)).toBe("hangs");
    expect(await fate(express6, byCallback, good)).toBe("refused");
    expect(await fate(express8, byCallback, good)).toBe("passes with claims");
  });

  it("a function as the secret is given the token from 7 on, and the payload before", async () => {
    let seen: unknown;
    const secret8 = (_: unknown, token: unknown): Promise<string> => {
      seen = token;
      return Promise.resolve(SECRET);
    };
    await fate(express8, { secret: secret8 }, good);
    expect(seen).toMatchObject({ header: { alg: "HS256" }, payload: { sub: "user" } });
    const secret6 = (
      _: unknown,
      payload: unknown,
      done: (error: null, key: string) => void,
    ): void => {
      seen = payload;
      done(null, SECRET);
    };
    await fate(express6, { secret: secret6 }, good);
    expect(seen).toMatchObject({ sub: "user" });
  });

  it("claims are under auth from 7 on, and under user before", async () => {
    const request = requestWith(good);
    expect(await fateIn(express8(base), request, ["auth"])).toBe("passes with claims");
    expect(await fateIn(express6(base), requestWith(good), ["user"])).toBe("passes with claims");
  });
});
