import { describe, expect, it } from "vitest";
import { lint } from "../kit/lint.ts";

/** What the code becomes by each suggestion of one rule. */
function mended(rule: string, code: string): string[] {
  return lint(code, { rules: { [rule]: "error" } }).flatMap(({ suggestions = [] }) =>
    suggestions.map(
      ({ fix: { range, text } }) => code.slice(0, range[0]) + text + code.slice(range[1]),
    ),
  );
}

describe("suggestions speak the library's own words", () => {
  it.each([
    {
      rule: "require-audience-check",
      code: 'import { createVerifier } from "fast-jwt"; createVerifier({ key, allowedAud: "api" });',
      result: [
        'import { createVerifier } from "fast-jwt"; createVerifier({ key, allowedAud: "api", requiredClaims: ["aud"] });',
      ],
    },
    {
      rule: "no-ineffective-option",
      code: 'import { createVerifier } from "fast-jwt"; createVerifier({ key, audience: "api" });',
      result: [
        'import { createVerifier } from "fast-jwt"; createVerifier({ key, allowedAud: "api" });',
      ],
    },
    {
      rule: "no-invalid-lifetime",
      code: 'import { createSigner } from "fast-jwt"; createSigner({ key, expiresIn: 3600 });',
      result: [
        'import { createSigner } from "fast-jwt"; createSigner({ key, expiresIn: "3600s" });',
        'import { createSigner } from "fast-jwt"; createSigner({ key, expiresIn: 3600000 });',
      ],
    },
    {
      rule: "require-expiration",
      code: 'import Jwt from "@hapi/jwt"; Jwt.token.generate({ sub: 1 }, key);',
      result: [
        'import Jwt from "@hapi/jwt"; Jwt.token.generate({ sub: 1 }, key, { ttlSec: 3600 });',
      ],
    },
    {
      rule: "require-expiration",
      code: 'import { sign } from "hono/jwt"; await sign({ sub: 1 }, key);',
      result: [
        'import { sign } from "hono/jwt"; await sign({ sub: 1, exp: Math.floor(Date.now() / 1000) + 3600 }, key);',
      ],
    },
    {
      rule: "require-expiration",
      code: 'import nJwt from "njwt"; new nJwt.Jwt({ sub: 1 }).setSigningAlgorithm("HS256").setSigningKey(key).compact();',
      result: [
        'import nJwt from "njwt"; new nJwt.Jwt({ sub: 1 }).setSigningAlgorithm("HS256").setSigningKey(key).setExpiration(Date.now() + 3600000).compact();',
      ],
    },
    {
      rule: "require-issuer-check",
      code: 'import "hapi-auth-jwt2"; server.auth.strategy("a", "jwt", { key, validate, verifyOptions: { audience: "api" } });',
      result: [
        'import "hapi-auth-jwt2"; server.auth.strategy("a", "jwt", { key, validate, verifyOptions: { audience: "api", issuer: "https://issuer.example.com" } });',
      ],
    },
    {
      rule: "require-issuer-check",
      code: 'import { jwt } from "hono/jwt"; app.use(jwt({ secret, alg: "HS256" }));',
      result: [
        'import { jwt } from "hono/jwt"; app.use(jwt({ secret, alg: "HS256", verification: { iss: "https://issuer.example.com" } }));',
      ],
    },
    {
      // What the registration says is mended there, by hand.
      rule: "require-issuer-check",
      code: 'import jwt from "@fastify/jwt"; app.register(jwt, { secret }); app.addHook("onRequest", (request) => request.jwtVerify()); import "fastify";',
      result: [],
    },
  ])("$rule: $code", ({ rule, code, result }) => {
    expect(mended(rule, code)).toEqual(result);
  });
});
