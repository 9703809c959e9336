import { testRealistic, testTwins } from "../kit/twins.ts";

testTwins(
  [
    {
      rule: "no-hardcoded-key",
      messageId: "hardcodedKey",
      vulnerable:
        'app.use("/api/*", jwt({ secret: "kP9vT2xQ8mZ4rW7yB1nC6dF3hJ5sL0aG", alg: "HS256" }));',
      safe: 'app.use("/api/*", (c, next) => jwt({ secret: c.env.JWT_SECRET, alg: "HS256" })(c, next));',
    },
    {
      rule: "no-weak-key",
      messageId: "guessableKey",
      vulnerable: 'const token = await sign({ sub, exp }, "secret");',
      safe: "const token = await sign({ sub, exp }, c.env.JWT_SECRET);",
    },
    {
      rule: "no-ineffective-option",
      messageId: "misnamedCheck",
      vulnerable: 'app.use(jwt({ secret, alg: "HS256", iss: "me" }));',
      safe: 'app.use(jwt({ secret, alg: "HS256", verification: { iss: "me" } }));',
    },
    {
      rule: "no-ineffective-option",
      messageId: "misnamedCheck",
      vulnerable: 'await verify(token, secret, { alg: "HS256", audience: "api" });',
      safe: 'await verify(token, secret, { alg: "HS256", aud: "api" });',
    },
    {
      rule: "no-ignored-expiration",
      messageId: "ignored",
      vulnerable: 'app.use(jwt({ secret, alg: "HS256", verification: { exp: false } }));',
      safe: 'app.use(jwt({ secret, alg: "HS256", verification: { exp: true } }));',
    },
    {
      rule: "no-ignored-expiration",
      messageId: "ignored",
      vulnerable: 'const claims = await verify(token, secret, { alg: "HS256", exp: false });',
      safe: 'const claims = await verify(token, secret, { alg: "HS256", nbf: false });',
    },
    {
      rule: "require-audience-check",
      messageId: "missingWithOwnKey",
      vulnerable: 'app.use(jwt({ secret: process.env.JWT_SECRET, alg: "HS256" }));',
      safe: 'app.use(jwt({ secret: process.env.JWT_SECRET, alg: "HS256", verification: { aud: "api" } }));',
    },
    // An algorithm in the place of the options asks for no more than none does.
    ...["", ', "HS256"', ', { alg: "HS256" }', ", ALGORITHM"].map((told) => ({
      rule: "require-audience-check",
      messageId: "missingWithOwnKey",
      vulnerable: `const ALGORITHM = "HS256"; export const read = (token, c) => verify(token, c.env.JWT_SECRET${told});`,
      safe: 'export const read = (token, c) => verify(token, c.env.JWT_SECRET, { alg: "HS256", aud: "api" });',
    })),
    {
      rule: "require-issuer-check",
      messageId: "missingWithOwnKey",
      vulnerable: 'export const read = (token, c) => verify(token, c.env.JWT_SECRET, "HS256");',
      safe: "export const read = (token, c) => verify(token, c.env.JWT_SECRET, c.env.CHECKS);",
    },
    {
      rule: "require-issuer-check",
      messageId: "missing",
      vulnerable: 'app.use(jwk({ jwks_uri: "https://id.example.com/jwks", alg: ["RS256"] }));',
      safe: 'app.use(jwk({ jwks_uri: "https://id.example.com/jwks", alg: ["RS256"], verification: { iss: "https://id.example.com" } }));',
    },
    {
      rule: "require-algorithms",
      messageId: "unlistedByHeader",
      vulnerable: 'app.use(jwk({ jwks_uri: "https://id.example.com/jwks" }));',
      safe: 'app.use(jwk({ jwks_uri: "https://id.example.com/jwks", alg: ["RS256"] }));',
      settings: { versions: { hono: "4.11.3" } },
    },
    {
      rule: "require-expiration",
      messageId: "missing",
      vulnerable: "const token = await sign({ sub: user.id }, c.env.JWT_SECRET);",
      safe: "const token = await sign({ sub: user.id, exp: Math.floor(Date.now() / 1000) + 3600 }, c.env.JWT_SECRET);",
    },
    {
      rule: "no-invalid-lifetime",
      messageId: "dateInMilliseconds",
      vulnerable:
        "const token = await sign({ sub, exp: Date.now() + 3600 * 1000 }, c.env.JWT_SECRET);",
      safe: "const token = await sign({ sub, exp: Math.floor(Date.now() / 1000) + 3600 }, c.env.JWT_SECRET);",
    },
    {
      rule: "no-long-lifetime",
      messageId: "tooLong",
      vulnerable:
        "const token = await sign({ sub, exp: Math.floor(Date.now() / 1000) + 365 * 24 * 3600 }, c.env.JWT_SECRET);",
      safe: "const token = await sign({ sub, exp: Math.floor(Date.now() / 1000) + 24 * 3600 }, c.env.JWT_SECRET);",
    },
    {
      rule: "no-unchecked-verification",
      messageId: "promiseAsResult",
      vulnerable:
        'app.use(async (c, next) => { if (!verify(token, c.env.JWT_SECRET, "HS256")) return c.text("no", 401); await next(); });',
      safe: 'app.use(async (c, next) => { if (!(await verify(token, c.env.JWT_SECRET, "HS256"))) return c.text("no", 401); await next(); });',
    },
    {
      rule: "no-unverified-claims",
      messageId: "identity",
      vulnerable:
        'export const authenticate = async (c, next) => { c.set("user", decode(c.req.header("authorization")).payload); await next(); };',
      safe: 'export const authenticate = async (c, next) => { c.set("user", await verify(c.req.header("authorization"), c.env.JWT_SECRET, "HS256")); await next(); };',
    },
  ],
  {
    preamble:
      'import { decode, jwt, sign, verify } from "hono/jwt"; import { jwk } from "hono/jwk";',
  },
);

// The same by Deno's addresses, by what an import map makes of them, and by jsr.
for (const from of [
  "hono/middleware",
  "hono/middleware.ts",
  "hono/middleware/jwt/index.ts",
  "https://deno.land/x/hono@v3.4.1/middleware.ts",
  "https://deno.land/x/hono@v3.11.8/middleware/jwt/index.ts",
  "npm:hono/jwt",
  "npm:hono@4.6.0/jwt",
  "jsr:@hono/hono/jwt",
  "jsr:@hono/hono@^4.6.0/jwt",
  "@hono/hono/jwt",
]) {
  testTwins(
    [
      {
        rule: "no-hardcoded-key",
        messageId: "hardcodedKey",
        vulnerable: 'app.use("/api/*", jwt({ secret: "kP9vT2xQ8mZ4rW7yB1nC6dF3hJ5sL0aG" }));',
        safe: 'app.use("/api/*", jwt({ secret: Deno.env.get("JWT_SECRET") }));',
      },
    ],
    { preamble: `import { jwt } from "${from}";` },
  );
}

testRealistic(
  "a worker",
  `
import { Hono } from "hono";
import { jwt, sign, verify } from "hono/jwt";
import { getCookie, setCookie } from "hono/cookie";
import { HTTPException } from "hono/http-exception";
import { check } from "./users";

const ISSUER = "https://id.example.com";
const AUDIENCE = "https://api.example.com";
const LIFETIME = 15 * 60;

const app = new Hono();

app.post("/login", async (c) => {
  const { email, password } = await c.req.json();
  const user = await check(c.env.DB, email, password);
  if (user === undefined) throw new HTTPException(401, { message: "wrong credentials" });
  const now = Math.floor(Date.now() / 1000);
  const token = await sign(
    { sub: user.id, iss: ISSUER, aud: AUDIENCE, iat: now, exp: now + LIFETIME, jti: crypto.randomUUID() },
    c.env.JWT_SECRET,
    "HS256",
  );
  setCookie(c, "session", token, { httpOnly: true, secure: true, sameSite: "Strict", maxAge: LIFETIME });
  return c.json({ ok: true });
});

app.use("/api/*", (c, next) =>
  jwt({
    secret: c.env.JWT_SECRET,
    alg: "HS256",
    verification: { iss: ISSUER, aud: AUDIENCE },
  })(c, next),
);

app.get("/api/me", (c) => c.json({ id: c.get("jwtPayload").sub }));

app.get("/events", async (c) => {
  const token = getCookie(c, "session");
  try {
    const claims = await verify(token ?? "", c.env.JWT_SECRET, { alg: "HS256", iss: ISSUER, aud: AUDIENCE });
    return c.json({ id: claims.sub });
  } catch (error) {
    console.warn("session refused", error.name);
    return c.json({ error: "unauthorized" }, 401);
  }
});

export default app;
`,
);
