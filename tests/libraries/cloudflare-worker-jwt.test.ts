import { testRealistic, testTwins } from "../kit/twins.ts";

testTwins(
  [
    {
      rule: "no-none-algorithm",
      messageId: "acceptsUnsecured",
      vulnerable: 'export const check = (token, env) => jwt.verify(token, env.KEY, "none");',
      safe: 'export const check = (token, env) => jwt.verify(token, env.KEY, "HS256");',
    },
    {
      rule: "no-none-algorithm",
      messageId: "acceptsUnsecured",
      vulnerable:
        'export const check = (token, env) => jwt.verify(token, env.KEY, { algorithm: "none" });',
      safe: 'export const check = (token, env) => jwt.verify(token, env.KEY, { algorithm: "HS256" });',
    },
    {
      rule: "no-ineffective-option",
      messageId: "misnamedCheck",
      vulnerable:
        'export const check = (token, env) => jwt.verify(token, env.KEY, { algorithms: ["RS256"] });',
      safe: 'export const check = (token, env) => jwt.verify(token, env.KEY, { algorithm: "RS256" });',
    },
    {
      rule: "no-ineffective-option",
      messageId: "unread",
      vulnerable:
        'export const check = (token, env) => jwt.verify(token, env.KEY, { audience: "api" });',
      safe: "export const check = (token, env) => jwt.verify(token, env.KEY, { clockTolerance: 30 });",
    },
    {
      rule: "no-unchecked-verification",
      messageId: "resultDropped",
      vulnerable:
        "export async function handle(request, env) {\n  await jwt.verify(tokenOf(request), env.KEY);\n  return new Response('secret');\n}",
      safe: "export async function handle(request, env) {\n  await jwt.verify(tokenOf(request), env.KEY, { throwError: true });\n  return new Response('secret');\n}",
      line: 2,
    },
    {
      rule: "no-unchecked-verification",
      messageId: "promiseAsResult",
      vulnerable:
        "export async function handle(request, env) {\n  if (!jwt.verify(tokenOf(request), env.KEY)) return new Response('', { status: 401 });\n  return new Response('secret');\n}",
      safe: "export async function handle(request, env) {\n  if (!(await jwt.verify(tokenOf(request), env.KEY))) return new Response('', { status: 401 });\n  return new Response('secret');\n}",
      line: 2,
    },
    {
      rule: "no-unverified-claims",
      messageId: "data",
      vulnerable:
        "export async function handle(request, env) {\n  const { payload } = jwt.decode(tokenOf(request));\n  return Response.json(await users.findOne({ id: payload.sub }));\n}",
      safe: "export async function handle(request, env) {\n  const token = tokenOf(request);\n  if (!(await jwt.verify(token, env.KEY))) return new Response('', { status: 401 });\n  const { payload } = jwt.decode(token);\n  return Response.json(await users.findOne({ id: payload.sub }));\n}",
      line: 2,
    },
    {
      rule: "require-expiration",
      messageId: "missing",
      vulnerable: "export const make = (user, env) => jwt.sign({ sub: user.id }, env.KEY);",
      safe: "export const make = (user, env) => jwt.sign({ sub: user.id, exp: Math.floor(Date.now() / 1000) + 3600 }, env.KEY);",
    },
    {
      rule: "no-invalid-lifetime",
      messageId: "dateInMilliseconds",
      vulnerable:
        "export const make = (user, env) => jwt.sign({ sub: user.id, exp: Date.now() + 3600000 }, env.KEY);",
      safe: "export const make = (user, env) => jwt.sign({ sub: user.id, exp: Math.floor(Date.now() / 1000) + 3600 }, env.KEY);",
    },
    {
      rule: "no-hardcoded-key",
      messageId: "hardcodedKey",
      vulnerable:
        'export const make = (claims) => jwt.sign(claims, "kP9vT2xQ8mZ4rW7yB1nC6dF3hJ5sL0aG");',
      safe: "export const make = (claims, env) => jwt.sign(claims, env.KEY);",
    },
  ],
  { preamble: 'import jwt from "@tsndr/cloudflare-worker-jwt";' },
);

testRealistic(
  "a worker",
  `import jwt from "@tsndr/cloudflare-worker-jwt";

export interface Env {
  JWT_SECRET: string;
  DB: D1Database;
}

const ISSUER = "https://worker.example.com";

async function claimsOf(request: Request, env: Env) {
  const token = request.headers.get("authorization")?.replace(/^Bearer /, "");
  if (!token) return undefined;
  const result = await jwt.verify(token, env.JWT_SECRET, { algorithm: "HS256", clockTolerance: 30 });
  if (!result) return undefined;
  const { payload } = result;
  if (payload.iss !== ISSUER || payload.aud !== "api") return undefined;
  return payload;
}

export default {
  async fetch(request: Request, env: Env): Promise<Response> {
    const url = new URL(request.url);
    if (url.pathname === "/login" && request.method === "POST") {
      const user = await checkPassword(request, env);
      if (!user) return new Response("unauthorized", { status: 401 });
      const issued = Math.floor(Date.now() / 1000);
      const token = await jwt.sign(
        {
          sub: String(user.id),
          iss: ISSUER,
          aud: "api",
          jti: crypto.randomUUID(),
          iat: issued,
          exp: issued + 15 * 60,
        },
        env.JWT_SECRET,
      );
      return Response.json({ token });
    }
    const claims = await claimsOf(request, env);
    if (!claims) return new Response("unauthorized", { status: 401 });
    const row = await env.DB.prepare("SELECT * FROM users WHERE id = ?").bind(claims.sub).first();
    return Response.json(row);
  },
};
`,
  { filename: "worker.ts" },
);
