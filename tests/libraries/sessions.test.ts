import { testRealistic, testTwins } from "../kit/twins.ts";

/** Libraries that make sessions out of tokens: next-auth, @auth/core, better-auth, Feathers, SuperTokens. */

testTwins(
  [
    {
      rule: "no-unchecked-verification",
      messageId: "promiseAsResult",
      vulnerable:
        "export async function middleware(req) {\n  if (!getToken({ req })) return NextResponse.redirect(LOGIN);\n  return NextResponse.next();\n}",
      safe: "export async function middleware(req) {\n  if (!(await getToken({ req }))) return NextResponse.redirect(LOGIN);\n  return NextResponse.next();\n}",
      line: 2,
    },
    {
      rule: "no-unchecked-verification",
      messageId: "resultDropped",
      vulnerable:
        "export async function middleware(req) {\n  await getToken({ req });\n  return NextResponse.next();\n}",
      safe: "export async function middleware(req) {\n  const token = await getToken({ req });\n  return token === null ? NextResponse.redirect(LOGIN) : NextResponse.next();\n}",
      line: 2,
    },
    {
      rule: "no-hardcoded-key",
      messageId: "hardcodedKey",
      vulnerable:
        'export const check = (req) => getToken({ req, secret: "kP9vT2xQ8mZ4rW7yB1nC6dF3hJ5sL0aG" });',
      safe: "export const check = (req) => getToken({ req, secret: process.env.NEXTAUTH_SECRET });",
    },
    {
      rule: "no-hardcoded-key",
      messageId: "fallbackKey",
      vulnerable:
        'export const check = (token) => decode({ token, secret: process.env.NEXTAUTH_SECRET ?? "kP9vT2xQ8mZ4rW7yB1nC6dF3hJ5sL0aG" });',
      safe: "export const check = (token) => decode({ token, secret: process.env.NEXTAUTH_SECRET });",
    },
    {
      rule: "no-weak-key",
      messageId: "guessableKey",
      vulnerable: 'export const make = (token) => encode({ token, secret: "secret" });',
      safe: "export const make = (token) => encode({ token, secret: process.env.NEXTAUTH_SECRET });",
    },
    {
      rule: "no-long-lifetime",
      messageId: "tooLong",
      vulnerable:
        "export const make = (token) => encode({ token, secret: process.env.NEXTAUTH_SECRET, maxAge: 365 * 24 * 60 * 60 });",
      safe: "export const make = (token) => encode({ token, secret: process.env.NEXTAUTH_SECRET, maxAge: 60 * 60 });",
    },
    {
      rule: "no-invalid-lifetime",
      messageId: "milliseconds",
      vulnerable:
        "export const make = (token) => encode({ token, secret: process.env.NEXTAUTH_SECRET, maxAge: 60 * 60 * 1000 });",
      safe: "export const make = (token) => encode({ token, secret: process.env.NEXTAUTH_SECRET, maxAge: 60 * 60 });",
    },
  ],
  {
    preamble:
      'import { decode, encode, getToken } from "next-auth/jwt"; import { NextResponse } from "next/server";',
  },
);

testTwins(
  [
    {
      rule: "no-hardcoded-key",
      messageId: "hardcodedKey",
      vulnerable:
        'export default NextAuth({ secret: "kP9vT2xQ8mZ4rW7yB1nC6dF3hJ5sL0aG", providers });',
      safe: "export default NextAuth({ secret: process.env.NEXTAUTH_SECRET, providers });",
    },
    {
      rule: "no-hardcoded-key",
      messageId: "hardcodedKey",
      vulnerable:
        'export default NextAuth({ jwt: { secret: "kP9vT2xQ8mZ4rW7yB1nC6dF3hJ5sL0aG" }, providers });',
      safe: "export default NextAuth({ jwt: { secret: process.env.JWT_SECRET }, providers });",
    },
    {
      rule: "no-long-lifetime",
      messageId: "tooLong",
      vulnerable:
        'export default NextAuth({ session: { strategy: "jwt", maxAge: 400 * 24 * 60 * 60 }, providers });',
      safe: 'export default NextAuth({ session: { strategy: "jwt", maxAge: 24 * 60 * 60 }, providers });',
    },
  ],
  { preamble: 'import NextAuth from "next-auth"; import { providers } from "./providers";' },
);

testTwins(
  [
    {
      rule: "no-hardcoded-key",
      messageId: "hardcodedKey",
      vulnerable: 'export const auth = betterAuth({ secret: "kP9vT2xQ8mZ4rW7yB1nC6dF3hJ5sL0aG" });',
      safe: "export const auth = betterAuth({ secret: process.env.BETTER_AUTH_SECRET });",
    },
    {
      rule: "no-invalid-lifetime",
      messageId: "lifetimeAsDate",
      vulnerable:
        "export const auth = betterAuth({ plugins: [jwt({ jwt: { expirationTime: 3600 } })] });",
      safe: 'export const auth = betterAuth({ plugins: [jwt({ jwt: { expirationTime: "1h" } })] });',
    },
    {
      rule: "no-long-lifetime",
      messageId: "tooLong",
      vulnerable:
        'export const auth = betterAuth({ plugins: [jwt({ jwt: { expirationTime: "1y" } })] });',
      safe: "export const auth = betterAuth({ plugins: [jwt()] });",
    },
    {
      rule: "no-unchecked-verification",
      messageId: "resultDropped",
      vulnerable:
        "const auth = betterAuth({ plugins: [jwt()] });\nexport async function handle(token) {\n  await auth.api.verifyJWT({ body: { token } });\n  return new Response('secret');\n}",
      safe: "const auth = betterAuth({ plugins: [jwt()] });\nexport async function handle(token) {\n  const { payload } = await auth.api.verifyJWT({ body: { token } });\n  if (payload === null) return new Response('', { status: 401 });\n  return new Response('secret');\n}",
      line: 3,
    },
    {
      rule: "no-unchecked-verification",
      messageId: "objectAsVerdict",
      vulnerable:
        "const auth = betterAuth({ plugins: [jwt()] });\nexport async function isGood(token) {\n  const result = await auth.api.verifyJWT({ body: { token } });\n  return result ? 'yes' : 'no';\n}",
      safe: "const auth = betterAuth({ plugins: [jwt()] });\nexport async function isGood(token) {\n  const result = await auth.api.verifyJWT({ body: { token } });\n  return result.payload ? 'yes' : 'no';\n}",
      line: 4,
    },
  ],
  {
    preamble:
      'import { betterAuth } from "better-auth"; import { jwt } from "better-auth/plugins";',
  },
);

testTwins(
  [
    {
      rule: "no-hardcoded-key",
      messageId: "hardcodedKey",
      vulnerable:
        'export const service = new AuthenticationService(app, "authentication", { secret: "kP9vT2xQ8mZ4rW7yB1nC6dF3hJ5sL0aG" });',
      safe: 'export const service = new AuthenticationService(app, "authentication", { secret: process.env.SECRET });',
    },
    {
      rule: "no-long-lifetime",
      messageId: "tooLong",
      vulnerable:
        'export const service = new AuthenticationService(app, "authentication", { secret: process.env.SECRET, jwtOptions: { expiresIn: "1y" } });',
      safe: 'export const service = new AuthenticationService(app, "authentication", { secret: process.env.SECRET, jwtOptions: { expiresIn: "1h" } });',
    },
    {
      rule: "no-hardcoded-key",
      messageId: "hardcodedKey",
      vulnerable:
        'app.set("authentication", { secret: "kP9vT2xQ8mZ4rW7yB1nC6dF3hJ5sL0aG" });\nexport const service = new AuthenticationService(app);',
      safe: 'app.set("mail", { secret: "kP9vT2xQ8mZ4rW7yB1nC6dF3hJ5sL0aG" });\nexport const service = new AuthenticationService(app);',
    },
    {
      rule: "no-ignored-expiration",
      messageId: "ignored",
      vulnerable:
        "export class Service extends AuthenticationService {\n  read(token) {\n    return this.verifyAccessToken(token, { ignoreExpiration: true });\n  }\n}",
      safe: "export class Service extends AuthenticationService {\n  read(token) {\n    return this.verifyAccessToken(token);\n  }\n}",
      line: 3,
    },
    {
      rule: "no-unchecked-verification",
      messageId: "droppedPromise",
      vulnerable:
        "export class Service extends AuthenticationService {\n  async admit(token, next) {\n    this.verifyAccessToken(token);\n    next();\n  }\n}",
      safe: "export class Service extends AuthenticationService {\n  async admit(token, next) {\n    await this.verifyAccessToken(token);\n    next();\n  }\n}",
      line: 3,
    },
  ],
  {
    preamble:
      'import { AuthenticationService } from "@feathersjs/authentication"; import { app } from "./app";',
  },
);

testTwins(
  [
    {
      rule: "no-long-lifetime",
      messageId: "tooLongByDefault",
      vulnerable: "export const recipes = [init()];",
      safe: "export const recipes = [init({ jwtValiditySeconds: 3600 })];",
    },
    {
      rule: "no-long-lifetime",
      messageId: "tooLong",
      vulnerable: "export const make = (claims) => createJWT(claims, 10 * 365 * 24 * 60 * 60);",
      safe: "export const make = (claims) => createJWT(claims, 3600);",
    },
  ],
  { preamble: 'import { createJWT, init } from "supertokens-node/recipe/jwt";' },
);

testTwins(
  [
    {
      rule: "no-hardcoded-key",
      messageId: "hardcodedKey",
      vulnerable:
        'export const service = new JWTService("kP9vT2xQ8mZ4rW7yB1nC6dF3hJ5sL0aG", "3600");',
      safe: 'export const service = new JWTService(process.env.TOKEN_SECRET, "3600");',
    },
    {
      rule: "no-unchecked-verification",
      messageId: "droppedPromise",
      vulnerable:
        "const service = new JWTService(process.env.TOKEN_SECRET, '3600');\nexport async function admit(token, next) {\n  service.verifyToken(token);\n  next();\n}",
      safe: "const service = new JWTService(process.env.TOKEN_SECRET, '3600');\nexport async function admit(token, next) {\n  await service.verifyToken(token);\n  next();\n}",
      line: 3,
    },
  ],
  { preamble: 'import { JWTService } from "@loopback/authentication-jwt";' },
);

testRealistic(
  "next-auth in middleware and a route",
  `import { encode, decode, getToken } from "next-auth/jwt";
import { NextResponse } from "next/server";
import type { NextRequest } from "next/server";

const secret = process.env.NEXTAUTH_SECRET!;

export async function middleware(request: NextRequest) {
  const token = await getToken({ req: request, secret });
  if (!token) return NextResponse.redirect(new URL("/login", request.url));
  if (request.nextUrl.pathname.startsWith("/admin") && token.role !== "admin") {
    return NextResponse.rewrite(new URL("/denied", request.url));
  }
  return NextResponse.next();
}

export async function GET(request: NextRequest) {
  const cookie = request.cookies.get("next-auth.session-token")?.value;
  const session = await decode({ token: cookie, secret });
  if (!session?.sub) return NextResponse.json({ error: "unauthorized" }, { status: 401 });
  const renewed = await encode({ token: { ...session }, secret, maxAge: 60 * 60 });
  const response = NextResponse.json({ id: session.sub });
  response.cookies.set("next-auth.session-token", renewed, {
    httpOnly: true,
    secure: true,
    sameSite: "lax",
    maxAge: 60 * 60,
  });
  return response;
}
`,
  { filename: "middleware.ts" },
);

testRealistic(
  "a backend with better-auth",
  `import { betterAuth } from "better-auth";
import { bearer, jwt } from "better-auth/plugins";
import { Pool } from "pg";

export const auth = betterAuth({
  database: new Pool({ connectionString: process.env.DATABASE_URL }),
  secret: process.env.BETTER_AUTH_SECRET,
  plugins: [
    bearer(),
    jwt({
      jwt: {
        issuer: "https://app.example.com",
        audience: "https://api.example.com",
        expirationTime: "15m",
        definePayload: ({ user }) => ({ id: user.id }),
      },
    }),
  ],
});

export async function claimsOf(token: string) {
  const { payload } = await auth.api.verifyJWT({ body: { token } });
  if (!payload) throw new Error("unauthorized");
  return payload;
}
`,
  { filename: "auth.ts" },
);

testRealistic(
  "a Feathers service",
  `import { AuthenticationService, JWTStrategy } from "@feathersjs/authentication";
import { LocalStrategy } from "@feathersjs/authentication-local";
import { randomUUID } from "node:crypto";

class Authentication extends AuthenticationService {
  async getPayload(result, params) {
    const payload = await super.getPayload(result, params);
    return { ...payload, jti: randomUUID() };
  }

  async introspect(token) {
    const claims = await this.verifyAccessToken(token);
    return claims.sub;
  }
}

export function authentication(app) {
  const service = new Authentication(app, "authentication", {
    secret: process.env.FEATHERS_SECRET,
    entity: "user",
    service: "users",
    authStrategies: ["jwt", "local"],
    jwtOptions: {
      header: { typ: "access" },
      audience: "https://api.example.com",
      issuer: "feathers",
      algorithm: "HS256",
      expiresIn: "1h",
    },
  });
  service.register("jwt", new JWTStrategy());
  service.register("local", new LocalStrategy());
  app.use("authentication", service);
}
`,
);
