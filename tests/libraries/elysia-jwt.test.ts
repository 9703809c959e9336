import { describe, expect, it } from "vitest";
import { findingsIn, testRealistic, testTwins } from "../kit/twins.ts";

const APP = 'import { Elysia } from "elysia"; import { jwt } from "@elysiajs/jwt";';

testTwins(
  [
    {
      rule: "no-hardcoded-key",
      messageId: "hardcodedKey",
      vulnerable:
        'new Elysia().use(jwt({ secret: "kP9vT2xQ8mZ4rW7yB1nC6dF3hJ5sL0aG", exp: "1h" }));',
      safe: 'new Elysia().use(jwt({ secret: process.env.JWT_SECRET, exp: "1h" }));',
    },
    {
      rule: "no-weak-key",
      messageId: "guessableFallback",
      vulnerable:
        'new Elysia().use(jwt({ secret: process.env.JWT_SECRET || "secret", exp: "1h" }));',
      safe: 'new Elysia().use(jwt({ secret: process.env.JWT_SECRET, exp: "1h" }));',
    },
    {
      rule: "no-unchecked-verification",
      messageId: "promiseAsResult",
      vulnerable:
        'app.get("/", async ({ jwt, set, cookie }) => { if (!jwt.verify(cookie.auth.value)) { set.status = 401; return "no"; } return "yes"; });',
      safe: 'app.get("/", async ({ jwt, set, cookie }) => { if (!(await jwt.verify(cookie.auth.value))) { set.status = 401; return "no"; } return "yes"; });',
    },
    {
      rule: "no-unchecked-verification",
      messageId: "resultDropped",
      vulnerable:
        'app.get("/", async ({ jwt, cookie }) => { await jwt.verify(cookie.auth.value); return secrets(); });',
      safe: 'app.get("/", async ({ jwt, cookie, error }) => { if (!(await jwt.verify(cookie.auth.value))) return error(401); return secrets(); });',
    },
    {
      rule: "no-unchecked-verification",
      messageId: "untestedFalse",
      vulnerable:
        'app.get("/", async ({ jwt, cookie }) => { const claims = await jwt.verify(cookie.auth.value); return users.find(claims.sub); });',
      safe: 'app.get("/", async ({ jwt, cookie, error }) => { const claims = await jwt.verify(cookie.auth.value); if (!claims) return error(401); return users.find(claims.sub); });',
    },
    {
      rule: "require-expiration",
      messageId: "missing",
      vulnerable:
        'new Elysia().use(jwt({ secret: process.env.JWT_SECRET }))\n  .post("/", ({ jwt }) => jwt.sign({ sub: "1" }));',
      safe: 'new Elysia().use(jwt({ secret: process.env.JWT_SECRET, exp: "15m" }))\n  .post("/", ({ jwt }) => jwt.sign({ sub: "1" }));',
      line: 2,
    },
    {
      rule: "no-long-lifetime",
      messageId: "tooLong",
      vulnerable: 'new Elysia().use(jwt({ secret: process.env.JWT_SECRET, exp: "365d" }));',
      safe: 'new Elysia().use(jwt({ secret: process.env.JWT_SECRET, exp: "7d" }));',
    },
    {
      rule: "no-invalid-lifetime",
      messageId: "lifetimeAsDate",
      vulnerable: "new Elysia().use(jwt({ secret: process.env.JWT_SECRET, exp: 3600 }));",
      safe: 'new Elysia().use(jwt({ secret: process.env.JWT_SECRET, exp: "3600s" }));',
    },
    {
      rule: "require-audience-check",
      messageId: "missingWithOwnKey",
      // What the plugin is told counts for signing alone.
      vulnerable:
        'new Elysia().use(jwt({ secret, aud: "api" })).get("/", async ({ jwt, q }) => (await jwt.verify(q)) || "no");',
      safe: 'new Elysia().use(jwt({ secret })).get("/", async ({ jwt, q }) => (await jwt.verify(q, { audience: "api" })) || "no");',
    },
    {
      rule: "require-issuer-check",
      messageId: "missingWithOwnKey",
      vulnerable: 'app.get("/", async ({ jwt, q }) => (await jwt.verify(q)) || "no");',
      safe: 'app.get("/", async ({ jwt, q }) => (await jwt.verify(q, { issuer: "me" })) || "no");',
    },
    {
      rule: "no-ineffective-option",
      messageId: "misnamedCheck",
      vulnerable:
        'app.get("/", async ({ jwt, q }) => (await jwt.verify(q, { aud: "api" })) || "no");',
      safe: 'app.get("/", async ({ jwt, q }) => (await jwt.verify(q, { audience: "api" })) || "no");',
    },
  ],
  { preamble: APP },
);

describe("what handlers are given", () => {
  const dropped = (code: string): string[] =>
    findingsIn(code).filter((finding) => finding.startsWith("no-unchecked-verification"));

  it("goes by the name that the plugin is told", () => {
    const code = `${APP}
      new Elysia().use(jwt({ name: "access", secret: process.env.JWT_SECRET }))
        .get("/", async ({ access, q }) => { await access.verify(q); return secrets(); });`;
    expect(dropped(code)).toHaveLength(1);
  });

  it("may be taken apart later", () => {
    const code = `import { setup } from "./setup"; import { Elysia } from "elysia";
      new Elysia().use(setup).get("/", async (context) => { await context.jwt.verify(context.q); return secrets(); });`;
    expect(dropped(code)).toHaveLength(1);
  });

  it("is none of another framework's", () => {
    expect(
      dropped('app.get("/", async ({ jwt, q }) => { await jwt.verify(q); return secrets(); });'),
    ).toEqual([]);
  });
});

testRealistic(
  "an application",
  `
import { Elysia, t } from "elysia";
import { jwt } from "@elysiajs/jwt";
import { users } from "./users";

const ISSUER = "https://id.example.com";
const AUDIENCE = "https://api.example.com";

export const app = new Elysia()
  .use(jwt({ name: "jwt", secret: Bun.env.JWT_SECRET!, alg: "HS256", exp: "15m", iss: ISSUER, aud: AUDIENCE }))
  .post(
    "/login",
    async ({ jwt, body, cookie: { session }, error }) => {
      const user = await users.check(body.email, body.password);
      if (!user) return error(401, "unauthorized");
      const token = await jwt.sign({ sub: user.id, jti: crypto.randomUUID() });
      session.set({ value: token, httpOnly: true, secure: true, sameSite: "strict", maxAge: 15 * 60 });
      return { ok: true };
    },
    { body: t.Object({ email: t.String(), password: t.String() }) },
  )
  .derive(async ({ jwt, cookie: { session } }) => {
    const claims = await jwt.verify(session.value, {
      algorithms: ["HS256"],
      issuer: ISSUER,
      audience: AUDIENCE,
    });
    return { claims: claims === false ? undefined : claims };
  })
  .get("/me", ({ claims, error }) => (claims ? users.find(claims.sub) : error(401, "unauthorized")));
`,
);
