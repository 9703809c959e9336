import { Hono } from "hono";
import { jwk } from "hono/jwk";
import { decode, jwt, sign, verify } from "hono/jwt";
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
  publicJwk,
  rs256,
  unsigned,
} from "../kit/tokens.ts";

const require = createRequire(import.meta.url);
const before = require("hono-4-11-3/jwt") as {
  verify(token: string, secret: string): Promise<unknown>;
};

const good = hs256({ sub: "user", exp: now + HOUR });
const other = hs256({ sub: "user", aud: "other", iss: "other" });
const expired = hs256({ exp: now - HOUR });
const forged = hs256({ sub: "admin" }, OTHER_SECRET);

type Middleware = ReturnType<typeof jwt>;

async function statusOf(middleware: Middleware, token?: string): Promise<number> {
  const app = new Hono();
  app.use("/*", middleware);
  app.get("/", (context) => context.text("ok"));
  const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
  return (await app.request("/", { headers })).status;
}

describe("a guard of hono", () => {
  it("is not asked for the routes that the application was given before it", async () => {
    const guard = jwt({ secret: SECRET, alg: "HS256" });
    const posts = new Hono().get("/all", (context) => context.text("ok"));
    const late = new Hono().route("/posts", posts).use("/posts/*", guard);
    const early = new Hono().use("/posts/*", guard).route("/posts", posts);
    expect((await late.request("/posts/all")).status).toBe(200);
    expect((await early.request("/posts/all")).status).toBe(401);
  });
});

describe("hono/jwt verify", () => {
  it("rejects forged, expired and unsigned tokens", async () => {
    expect(await outcome(() => verify(good, SECRET, "HS256"))).toBe("accepted");
    expect(await outcome(() => verify(forged, SECRET, "HS256"))).toBe("refused");
    expect(await outcome(() => verify(expired, SECRET, "HS256"))).toBe("refused");
    expect(await outcome(() => verify(unsigned({}), SECRET, "HS256"))).toBe("refused");
    expect(await outcome(() => verify(hs256({ sub: "1" }), SECRET, "HS256"))).toBe("accepted");
  });

  it("needs an algorithm; up to 4.11.3 it is HS256", async () => {
    const verifyAlone = verify as unknown as typeof before.verify;
    expect(await outcome(() => verifyAlone(good, SECRET))).toBe("refused");
    expect(await outcome(() => before.verify(good, SECRET))).toBe("accepted");
    const longer = "HS512" as const;
    const token = await sign({ sub: "1" }, SECRET, longer);
    expect(await outcome(() => before.verify(token, SECRET))).toBe("refused");
  });

  it("checks audience and issuer where it is asked to, and wants the claims then", async () => {
    const alg = "HS256" as const;
    expect(await outcome(() => verify(other, SECRET, { alg, aud: "api" }))).toBe("refused");
    expect(await outcome(() => verify(other, SECRET, { alg, iss: "me" }))).toBe("refused");
    expect(await outcome(() => verify(good, SECRET, { alg, aud: "api" }))).toBe("refused");
    expect(await outcome(() => verify(good, SECRET, { alg, iss: "me" }))).toBe("refused");
    const misnamed = { alg, audience: "api", issuer: "me" };
    expect(await outcome(() => verify(other, SECRET, misnamed))).toBe("accepted");
  });

  it("takes expired tokens with exp: false", async () => {
    const options = { alg: "HS256", exp: false } as const;
    expect(await outcome(() => verify(expired, SECRET, options))).toBe("accepted");
  });
});

describe("hono/jwt sign and decode", () => {
  it("signs neither iat nor exp, and takes no options", async () => {
    expect(claimsOf(await sign({ sub: "1" }, SECRET))).toEqual({ sub: "1" });
    const options = { expiresIn: "1h" } as unknown as "HS256";
    expect(await outcome(() => sign({ sub: "1" }, SECRET, options))).toBe("refused");
    expect(await outcome(() => sign({ sub: "1" }, ""))).toBe("refused");
  });

  it("decodes without a look at the signature", () => {
    expect(decode(forged).payload).toMatchObject({ sub: "admin" });
  });
});

describe("hono/jwt middleware", () => {
  it("answers 401 to forged, expired, unsigned and missing tokens", async () => {
    const middleware = jwt({ secret: SECRET, alg: "HS256" });
    expect(await statusOf(middleware, good)).toBe(200);
    for (const token of [forged, expired, unsigned({}), undefined]) {
      expect(await statusOf(middleware, token)).toBe(401);
    }
  });

  it("reads aud, iss and exp inside verification alone", async () => {
    const options = { secret: SECRET, alg: "HS256" } as const;
    const misplaced = { ...options, aud: "api", iss: "me", exp: false };
    expect(await statusOf(jwt(misplaced), other)).toBe(200);
    expect(await statusOf(jwt(misplaced), expired)).toBe(401);
    const placed = { ...options, verification: { aud: "api" } };
    expect(await statusOf(jwt(placed), other)).toBe(401);
    const lenient = { ...options, verification: { exp: false } };
    expect(await statusOf(jwt(lenient), expired)).toBe(200);
  });
});

describe("hono/jwk", () => {
  const keys = [publicJwk];
  const alg = ["RS256"] as ["RS256"];

  it("verifies with the keys of the set, and needs a list of algorithms", async () => {
    expect(await statusOf(jwk({ keys, alg }), rs256({ sub: "1" }))).toBe(200);
    expect(await statusOf(jwk({ keys, alg }), hs256({ sub: "1" }))).toBe(401);
    const without = { keys } as unknown as { keys: typeof keys; alg: typeof alg };
    expect(await outcome(() => statusOf(jwk(without), rs256({})))).toBe("accepted");
    expect(await statusOf(jwk(without), rs256({}))).toBe(401);
  });

  it("lets a missing token pass with allow_anon, and no forged one", async () => {
    const middleware = jwk({ keys, alg, allow_anon: true });
    expect(await statusOf(middleware)).toBe(200);
    expect(await statusOf(middleware, hs256({ sub: "1" }))).toBe(401);
  });
});
