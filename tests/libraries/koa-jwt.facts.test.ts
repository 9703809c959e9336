import { createRequire } from "node:module";
import { describe, expect, it } from "vitest";
import { HOUR, OTHER_SECRET, SECRET, hs256, now, publicPem, unsigned } from "../kit/tokens.ts";

type Options = Readonly<Record<string, unknown>>;
type Middleware = (context: object, next: () => Promise<void>) => Promise<void>;

const require = createRequire(import.meta.url);
const koaJwt = require("koa-jwt") as (options: Options) => Middleware;

/** What becomes of a request: it gets on, with or without claims, or it is refused. */
async function fateOf(options: Options, token?: string): Promise<string> {
  const context = {
    header: token === undefined ? {} : { authorization: `Bearer ${token}` },
    request: {},
    cookies: { get: () => undefined },
    state: {} as Record<string, unknown>,
    throw: (status: number) => {
      throw new Error(String(status));
    },
  };
  try {
    await koaJwt(options)(context, () => Promise.resolve());
    return context.state.user === undefined ? "passes" : "passes with claims";
  } catch (error) {
    return (error as Error).message;
  }
}

const secret = SECRET;
const good = hs256({ sub: "user", aud: "other", exp: now + HOUR });
const expired = hs256({ exp: now - HOUR });
const forged = hs256({ sub: "admin" }, OTHER_SECRET);

describe("koa-jwt 4", () => {
  it("refuses forged, expired, unsigned and missing tokens", async () => {
    expect(await fateOf({ secret }, good)).toBe("passes with claims");
    for (const token of [forged, expired, unsigned({}), undefined]) {
      expect(await fateOf({ secret }, token)).not.toMatch(/^passes/u);
    }
  });

  it("asks for no list, and refuses the public key as a secret", async () => {
    const mixed = { secret: publicPem, algorithms: ["RS256", "HS256"] };
    expect(await fateOf(mixed, hs256({}, publicPem))).not.toMatch(/^passes/u);
  });

  it("hands options on to jsonwebtoken, with its names", async () => {
    expect(await fateOf({ secret, audience: "api" }, good)).not.toMatch(/^passes/u);
    expect(await fateOf({ secret, aud: "api" }, good)).toBe("passes with claims");
    expect(await fateOf({ secret, ignoreExpiration: true }, expired)).toBe("passes with claims");
  });

  it("lets forged tokens on without claims with passthrough", async () => {
    for (const token of [forged, expired, undefined]) {
      expect(await fateOf({ secret, passthrough: true }, token)).toBe("passes");
    }
  });

  it("gives a secret that is a function header and payload", async () => {
    const seen: unknown[] = [];
    const resolver = (...given: unknown[]): Promise<string> => {
      seen.push(...given);
      return Promise.resolve(SECRET);
    };
    expect(await fateOf({ secret: resolver }, good)).toBe("passes with claims");
    expect(seen[0]).toMatchObject({ alg: "HS256" });
    expect(seen[1]).toMatchObject({ sub: "user" });
  });

  it("refuses a token that is revoked", async () => {
    const isRevoked = (): Promise<boolean> => Promise.resolve(true);
    expect(await fateOf({ secret, isRevoked }, good)).not.toMatch(/^passes/u);
  });
});
