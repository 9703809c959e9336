import { testRealistic, testTwins } from "../kit/twins.ts";

/** Verifiers of identity providers: the keys are theirs, the audience is the program's to name. */

testTwins(
  [
    {
      rule: "require-audience-check",
      messageId: "missingAtProvider",
      vulnerable: "export const check = (idToken) => client.verifyIdToken({ idToken });",
      safe: "export const check = (idToken) => client.verifyIdToken({ idToken, audience: process.env.GOOGLE_CLIENT_ID });",
    },
    {
      rule: "require-audience-check",
      messageId: "missingAtProvider",
      vulnerable:
        "export class Google {\n  private readonly client = new OAuth2Client(ID);\n  async login(idToken: string) {\n    const ticket = await this.client.verifyIdToken({ idToken, audience: undefined });\n    return ticket.getPayload();\n  }\n}",
      safe: "export class Google {\n  private readonly client = new OAuth2Client(ID);\n  async login(idToken: string) {\n    const ticket = await this.client.verifyIdToken({ idToken, audience: [ID] });\n    return ticket.getPayload();\n  }\n}",
      line: 4,
    },
    {
      rule: "require-audience-check",
      messageId: "missingAtProvider",
      vulnerable:
        "export class Google {\n  constructor(private readonly google: OAuth2Client) {}\n  login(idToken: string) {\n    return this.google.verifyIdToken({ idToken });\n  }\n}",
      safe: "export class Google {\n  constructor(private readonly google: OAuth2Client) {}\n  login(options: Options) {\n    return this.google.verifyIdToken(options);\n  }\n}",
      line: 4,
    },
    {
      rule: "require-audience-check",
      messageId: "missingAtProvider",
      vulnerable:
        "export async function login(idToken) {\n  const ticket = await client.verifyIdToken({ idToken });\n  return ticket.getPayload();\n}",
      safe: "export async function login(idToken) {\n  const ticket = await client.verifyIdToken({ idToken });\n  const payload = ticket.getPayload();\n  if (!CLIENTS.includes(payload.aud)) throw new Error('not for us');\n  return payload;\n}",
      line: 2,
    },
    {
      rule: "no-ineffective-option",
      messageId: "misnamedCheck",
      vulnerable:
        "export const check = (idToken) => client.verifyIdToken({ idToken, requiredAudience: ID });",
      safe: "export const check = (idToken) => client.verifyIdToken({ idToken, audience: ID });",
    },
    {
      rule: "no-unchecked-verification",
      messageId: "droppedPromise",
      vulnerable:
        "export async function admit(idToken, next) {\n  client.verifyIdToken({ idToken, audience: ID });\n  next();\n}",
      safe: "export async function admit(idToken, next) {\n  await client.verifyIdToken({ idToken, audience: ID });\n  next();\n}",
      line: 2,
    },
    {
      rule: "no-unchecked-verification",
      messageId: "errorCrashes",
      vulnerable:
        "export function admit(idToken, next) {\n  client.verifyIdToken({ idToken, audience: ID }, (error, ticket) => {\n    next(ticket.getPayload());\n  });\n}",
      safe: "export function admit(idToken, next) {\n  client.verifyIdToken({ idToken, audience: ID }, (error, ticket) => {\n    if (error) return next(error);\n    next(null, ticket.getPayload());\n  });\n}",
      line: 2,
    },
  ],
  {
    preamble:
      'import { OAuth2Client } from "google-auth-library"; import { ID, CLIENTS } from "./ids"; const client = new OAuth2Client(ID);',
  },
);

testTwins(
  [
    {
      rule: "require-audience-check",
      messageId: "missingAtProvider",
      vulnerable: "export const check = (idToken) => oauth.verifyIdToken({ idToken });",
      safe: "export const check = (idToken) => oauth.verifyIdToken({ idToken, audience: ID });",
    },
  ],
  {
    preamble:
      'const { google } = require("googleapis"); const oauth = new google.auth.OAuth2(ID, S, U);',
  },
);

testTwins(
  [
    {
      rule: "require-audience-check",
      messageId: "missingAtProvider",
      vulnerable: "export const check = (token) => apple.verifyIdToken(token, { nonce });",
      safe: "export const check = (token) => apple.verifyIdToken(token, { audience: ID, nonce });",
    },
    {
      rule: "no-ineffective-option",
      messageId: "emptyCheck",
      vulnerable: 'export const check = (token) => apple.verifyIdToken(token, { audience: "" });',
      safe: "export const check = (token) => apple.verifyIdToken(token, { audience: ID });",
    },
    {
      rule: "no-ignored-expiration",
      messageId: "ignored",
      vulnerable:
        "export const check = (token) => apple.verifyIdToken(token, { audience: ID, ignoreExpiration: true });",
      safe: "export const check = (token) => apple.verifyIdToken(token, { audience: ID, ignoreExpiration: false });",
    },
    {
      rule: "no-hardcoded-key",
      messageId: "hardcodedKey",
      vulnerable:
        'export const secret = () => apple.getClientSecret({ clientID: ID, privateKey: "-----BEGIN PRIVATE KEY-----\\nZmFrZSBrZXkgZm9yIGEgdGVzdCwgbm90IGEga2V5\\n-----END PRIVATE KEY-----" });',
      safe: "export const secret = () => apple.getClientSecret({ clientID: ID, privateKey: process.env.APPLE_KEY });",
    },
    {
      rule: "no-long-lifetime",
      messageId: "tooLong",
      vulnerable:
        "export const secret = () => apple.getClientSecret({ clientID: ID, privateKey: process.env.APPLE_KEY, expAfter: 15777000 });",
      safe: "export const secret = () => apple.getClientSecret({ clientID: ID, privateKey: process.env.APPLE_KEY, expAfter: 3600 });",
    },
  ],
  { preamble: 'import apple from "apple-signin-auth"; import { ID, nonce } from "./ids";' },
);

testTwins(
  [
    {
      rule: "no-ineffective-option",
      messageId: "emptyCheck",
      vulnerable:
        'export const verifier = CognitoJwtVerifier.create({ userPoolId: POOL, tokenUse: "access", clientId: null });',
      safe: 'export const verifier = CognitoJwtVerifier.create({ userPoolId: POOL, tokenUse: "access", clientId: process.env.CLIENT_ID });',
    },
    {
      rule: "no-ineffective-option",
      messageId: "emptyCheck",
      vulnerable:
        "export const verifier = CognitoJwtVerifier.create({ userPoolId: POOL, tokenUse: null, clientId: ID });",
      safe: 'export const verifier = CognitoJwtVerifier.create({ userPoolId: POOL, tokenUse: "id", clientId: ID });',
    },
    {
      rule: "require-audience-check",
      messageId: "missing",
      vulnerable:
        "const verifier = JwtVerifier.create({ issuer, audience: null, jwksUri });\nexport const check = (token) => verifier.verify(token);",
      safe: 'const verifier = JwtVerifier.create({ issuer, audience: "api", jwksUri });\nexport const check = (token) => verifier.verify(token);',
      line: 2,
    },
    {
      rule: "require-audience-check",
      messageId: "missing",
      vulnerable:
        'const verifier = CognitoJwtVerifier.create({ userPoolId: POOL, tokenUse: "access", clientId: ID });\nexport const check = (token) => verifier.verify(token, { clientId: null });',
      // Left out, it throws: that is no hole.
      safe: 'const verifier = CognitoJwtVerifier.create({ userPoolId: POOL, tokenUse: "access" });\nexport const check = (token) => verifier.verify(token, { clientId: ID });',
      line: 2,
    },
    {
      rule: "require-issuer-check",
      messageId: "missing",
      vulnerable:
        'const verifier = JwtVerifier.create({ issuer: null, audience: "api", jwksUri });\nexport const check = (token) => verifier.verifySync(token);',
      safe: 'const verifier = JwtVerifier.create({ issuer, audience: "api", jwksUri });\nexport const check = (token) => verifier.verifySync(token);',
      line: 2,
    },
    {
      rule: "no-ignored-expiration",
      messageId: "longTolerance",
      vulnerable:
        "export const verifier = JwtVerifier.create({ issuer, audience: ID, jwksUri, graceSeconds: 86400 });\nexport const check = (token) => verifier.verify(token);",
      safe: "export const verifier = JwtVerifier.create({ issuer, audience: ID, jwksUri, graceSeconds: 30 });\nexport const check = (token) => verifier.verify(token);",
    },
    {
      rule: "no-unchecked-verification",
      messageId: "promiseAsResult",
      vulnerable:
        "const verifier = JwtVerifier.create({ issuer, audience: ID, jwksUri });\nexport function isGood(token) {\n  if (verifier.verify(token)) return true;\n  return false;\n}",
      safe: "const verifier = JwtVerifier.create({ issuer, audience: ID, jwksUri });\nexport async function isGood(token) {\n  if (await verifier.verify(token)) return true;\n  return false;\n}",
      line: 3,
    },
    {
      rule: "no-unverified-claims",
      messageId: "identity",
      vulnerable:
        "export function authenticate(req, res, next) {\n  req.user = decomposeUnverifiedJwt(req.cookies.session).payload;\n  next();\n}",
      safe: "const verifier = JwtVerifier.create({ issuer, audience: ID, jwksUri });\nexport async function authenticate(req, res, next) {\n  req.user = await verifier.verify(req.cookies.session);\n  next();\n}",
      line: 2,
    },
  ],
  {
    preamble:
      'import { CognitoJwtVerifier, JwtVerifier } from "aws-jwt-verify"; import { decomposeUnverifiedJwt } from "aws-jwt-verify/jwt"; import { ID, POOL, issuer, jwksUri } from "./ids";',
  },
);

testTwins(
  [
    {
      rule: "require-audience-check",
      messageId: "missing",
      vulnerable: "export const check = (token) => verifyToken(token, { secretKey });",
      safe: 'export const check = (token) => verifyToken(token, { secretKey, authorizedParties: ["https://app.example.com"] });',
    },
    {
      rule: "require-audience-check",
      messageId: "missing",
      vulnerable:
        "export const check = (token) => verifyToken(token, { secretKey, authorizedParties: [] });",
      safe: "export const check = (token) => verifyToken(token, { secretKey, authorizedParties: PARTIES });",
    },
    {
      rule: "require-audience-check",
      messageId: "missing",
      vulnerable:
        "const clerk = createClerkClient({ secretKey });\nexport async function handle(request) {\n  const state = await clerk.authenticateRequest(request);\n  return state.isAuthenticated;\n}",
      safe: 'const clerk = createClerkClient({ secretKey });\nexport async function handle(request) {\n  const state = await clerk.authenticateRequest(request, { authorizedParties: ["https://app.example.com"] });\n  return state.isAuthenticated;\n}',
      line: 3,
    },
    {
      rule: "require-audience-check",
      messageId: "missing",
      vulnerable:
        "export async function subjectOf(token) {\n  const claims = await verifyToken(token, { secretKey });\n  return claims.sub;\n}",
      safe: "export async function subjectOf(token) {\n  const claims = await verifyToken(token, { secretKey });\n  if (!PARTIES.includes(claims.azp)) throw new Error('not for us');\n  return claims.sub;\n}",
      line: 2,
    },
    {
      rule: "no-unchecked-verification",
      messageId: "objectAsVerdict",
      vulnerable:
        'const clerk = createClerkClient({ secretKey });\nexport async function handle(request) {\n  const state = await clerk.authenticateRequest(request, { authorizedParties: PARTIES });\n  if (!state) return new Response("", { status: 401 });\n  return new Response("secret");\n}',
      safe: 'const clerk = createClerkClient({ secretKey });\nexport async function handle(request) {\n  const state = await clerk.authenticateRequest(request, { authorizedParties: PARTIES });\n  if (!state.isSignedIn) return new Response("", { status: 401 });\n  return new Response("secret");\n}',
      line: 4,
    },
    {
      rule: "no-ignored-expiration",
      messageId: "longTolerance",
      vulnerable:
        "export const check = (token) => verifyToken(token, { secretKey, authorizedParties: PARTIES, clockSkewInMs: 3600000 });",
      safe: "export const check = (token) => verifyToken(token, { secretKey, authorizedParties: PARTIES, clockSkewInMs: 5000 });",
    },
    {
      rule: "no-unverified-claims",
      messageId: "identity",
      vulnerable:
        "export function authenticate(req, res, next) {\n  req.user = decodeJwt(req.cookies.__session).payload;\n  next();\n}",
      safe: "export async function authenticate(req, res, next) {\n  req.user = await verifyToken(req.cookies.__session, { secretKey, authorizedParties: PARTIES });\n  next();\n}",
      line: 2,
    },
  ],
  {
    preamble:
      'import { createClerkClient, verifyToken } from "@clerk/backend"; import { decodeJwt } from "@clerk/backend/jwt"; import { PARTIES, secretKey } from "./config";',
  },
);

testTwins(
  [
    {
      rule: "no-unchecked-verification",
      messageId: "resultDropped",
      vulnerable:
        'export async function handle(token) {\n  const supabase = createClient(URL, KEY);\n  await supabase.auth.getClaims(token);\n  return new Response("secret");\n}',
      safe: 'export async function handle(token) {\n  const supabase = createClient(URL, KEY);\n  const { data, error } = await supabase.auth.getClaims(token);\n  if (error) return new Response("", { status: 401 });\n  return Response.json(data.claims.sub);\n}',
      line: 3,
    },
    {
      rule: "no-unchecked-verification",
      messageId: "resultDropped",
      vulnerable:
        'export async function handle(token) {\n  const supabase = createClient(URL, KEY);\n  const result = await supabase.auth.getClaims(token);\n  return new Response("secret");\n}',
      // Without a token it renews the session that the client holds.
      safe: "export async function renew(response) {\n  const supabase = createClient(URL, KEY);\n  await supabase.auth.getClaims();\n  return response;\n}",
      line: 3,
    },
    {
      rule: "no-unchecked-verification",
      messageId: "objectAsVerdict",
      vulnerable:
        "export async function isSignedIn(token) {\n  const supabase = createClient(URL, KEY);\n  return (await supabase.auth.getClaims(token)) ? 'yes' : 'no';\n}",
      safe: "export async function isSignedIn(token) {\n  const supabase = createClient(URL, KEY);\n  return (await supabase.auth.getClaims(token)).data ? 'yes' : 'no';\n}",
      line: 3,
    },
    {
      rule: "no-ignored-expiration",
      messageId: "ignored",
      vulnerable:
        "const supabase = createClient(URL, KEY);\nexport const claims = (token) => supabase.auth.getClaims(token, { allowExpired: true });",
      safe: "const supabase = createClient(URL, KEY);\nexport const claims = (token) => supabase.auth.getClaims(token);",
      line: 2,
    },
  ],
  {
    preamble:
      'import { createClient } from "@supabase/supabase-js"; import { URL, KEY } from "./config";',
  },
);

testTwins(
  [
    {
      rule: "no-unchecked-verification",
      messageId: "droppedPromise",
      vulnerable:
        "export async function admit(req, res, next) {\n  getAuth().verifyIdToken(req.headers.authorization.slice(7));\n  next();\n}",
      safe: "export async function admit(req, res, next) {\n  req.user = await getAuth().verifyIdToken(req.headers.authorization.slice(7), true);\n  next();\n}",
      line: 2,
    },
    {
      rule: "no-unchecked-verification",
      messageId: "catchSucceeds",
      vulnerable:
        "export async function requireAuth(req, res, next) {\n  try {\n    req.user = await admin.auth().verifyIdToken(req.headers.authorization.slice(7), true);\n    next();\n  } catch (error) {\n    next();\n  }\n}",
      safe: "export async function requireAuth(req, res, next) {\n  try {\n    req.user = await admin.auth().verifyIdToken(req.headers.authorization.slice(7), true);\n    next();\n  } catch (error) {\n    next(error);\n  }\n}",
      line: 6,
    },
    {
      rule: "no-unchecked-verification",
      messageId: "catchSucceeds",
      vulnerable:
        "export function requireAuth(req, res, next) {\n  getAuth().verifyIdToken(req.token, true)\n    .then((user) => { req.user = user; next(); })\n    .catch(() => next());\n}",
      safe: "export function requireAuth(req, res, next) {\n  getAuth().verifyIdToken(req.token, true)\n    .then((user) => { req.user = user; next(); })\n    .catch(() => res.sendStatus(401));\n}",
      line: 4,
    },
    {
      rule: "no-unchecked-verification",
      messageId: "catchSucceeds",
      vulnerable:
        "export function requireAuth(req, res, next) {\n  getAuth().verifyIdToken(req.token, true).then(\n    (user) => { req.user = user; next(); },\n    () => { next(); },\n  );\n}",
      safe: "export function optionalAuth(req, res, next) {\n  getAuth().verifyIdToken(req.token, true).then(\n    (user) => { req.user = user; next(); },\n    () => { next(); },\n  );\n}",
      line: 4,
    },
    {
      rule: "no-unchecked-verification",
      messageId: "catchSucceeds",
      vulnerable:
        "export const isAuthenticated = (token) => getAuth().verifyIdToken(token, true).then(() => true).catch(() => true);",
      safe: "export const isAuthenticated = (token) => getAuth().verifyIdToken(token, true).then(() => true).catch(() => false);",
    },
    {
      rule: "no-long-lifetime",
      messageId: "tooLong",
      // Milliseconds: 60 days, which the library refuses, and two weeks, its maximum.
      vulnerable:
        "export const cookie = (token) => getAuth().createSessionCookie(token, { expiresIn: 60 * 24 * 60 * 60 * 1000 });",
      safe: "export const cookie = (token) => getAuth().createSessionCookie(token, { expiresIn: 14 * 24 * 60 * 60 * 1000 });",
    },
  ],
  {
    preamble:
      'import * as admin from "firebase-admin"; import { getAuth } from "firebase-admin/auth";',
  },
);

testTwins(
  [
    {
      rule: "no-unchecked-verification",
      messageId: "droppedPromise",
      vulnerable:
        "const verifier = new OktaJwtVerifier({ issuer });\nexport function admit(token, next) {\n  verifier.verifyAccessToken(token, 'api');\n  next();\n}",
      safe: "const verifier = new OktaJwtVerifier({ issuer });\nexport async function admit(token, next) {\n  await verifier.verifyAccessToken(token, 'api');\n  next();\n}",
      line: 3,
    },
  ],
  {
    preamble:
      'const OktaJwtVerifier = require("@okta/jwt-verifier"); const { issuer } = require("./config");',
  },
);

testTwins(
  [
    {
      rule: "no-unverified-claims",
      messageId: "identity",
      vulnerable:
        "export function authenticate(req, res, next) {\n  req.user = new TokenSet({ id_token: req.cookies.id }).claims();\n  next();\n}",
      // What the library hands out it has verified.
      safe: "export async function authenticate(req, res, next) {\n  const tokens = await client.callback(REDIRECT, client.callbackParams(req), { state: req.session.state });\n  req.user = tokens.claims();\n  next();\n}",
      line: 2,
    },
    {
      rule: "no-unverified-claims",
      messageId: "identity",
      vulnerable:
        "export function authenticate(req, res, next) {\n  const set = new TokenSet(req.session.tokens);\n  req.user = set.claims();\n  next();\n}",
      safe: "export const strategy = new Strategy({ client }, (set: TokenSet, done) => {\n  done(null, set.claims());\n});",
      line: 3,
    },
  ],
  {
    preamble:
      'import { Issuer, Strategy, TokenSet } from "openid-client"; import { client, REDIRECT } from "./op";',
  },
);

testTwins(
  [
    {
      rule: "no-unchecked-verification",
      messageId: "droppedPromise",
      vulnerable:
        "export async function callback(req, res) {\n  client.authorizationCodeGrant(config, new URL(req.url), checks);\n  res.redirect('/');\n}",
      safe: "export async function callback(req, res) {\n  const tokens = await client.authorizationCodeGrant(config, new URL(req.url), checks);\n  req.session.sub = tokens.claims().sub;\n  res.redirect('/');\n}",
      line: 2,
    },
  ],
  { preamble: 'import * as client from "openid-client"; import { checks, config } from "./op";' },
);

testTwins(
  [
    {
      rule: "no-unchecked-verification",
      messageId: "resultDropped",
      vulnerable:
        "export async function admit(req, res, next) {\n  await validateToken({ token: req.token, domain });\n  next();\n}",
      safe: "export async function admit(req, res, next) {\n  const { valid } = await validateToken({ token: req.token, domain });\n  if (!valid) return res.sendStatus(401);\n  next();\n}",
      line: 2,
    },
    {
      rule: "no-unchecked-verification",
      messageId: "objectAsVerdict",
      vulnerable:
        "export async function admit(req, res, next) {\n  if (await validateToken({ token: req.token, domain })) return next();\n  res.sendStatus(401);\n}",
      safe: "export async function admit(req, res, next) {\n  if ((await validateToken({ token: req.token, domain })).valid) return next();\n  res.sendStatus(401);\n}",
      line: 2,
    },
    {
      rule: "no-unverified-claims",
      messageId: "identity",
      vulnerable:
        "export function authenticate(req, res, next) {\n  req.user = jwtDecoder(req.token);\n  next();\n}",
      safe: "export async function authenticate(req, res, next) {\n  const { valid } = await validateToken({ token: req.token, domain });\n  if (!valid) return res.sendStatus(401);\n  req.user = jwtDecoder(req.token);\n  next();\n}",
      line: 2,
    },
  ],
  {
    preamble:
      'import { validateToken } from "@kinde/jwt-validator"; import { jwtDecoder } from "@kinde/jwt-decoder"; import { domain } from "./config";',
  },
);

testRealistic(
  "a Google sign-in route",
  `const express = require("express");
const { OAuth2Client } = require("google-auth-library");
const User = require("../models/user");

const client = new OAuth2Client(process.env.GOOGLE_CLIENT_ID);
const router = express.Router();

router.post("/google", async (req, res, next) => {
  try {
    const ticket = await client.verifyIdToken({
      idToken: req.body.credential,
      audience: process.env.GOOGLE_CLIENT_ID,
    });
    const { sub, email, email_verified: isVerified, name } = ticket.getPayload();
    if (!isVerified) return res.status(403).json({ error: "The address is not verified." });
    let user = await User.findOne({ googleId: sub });
    if (user === null) user = await User.create({ googleId: sub, email, name });
    req.session.userId = user.id;
    return res.json({ id: user.id, name: user.name });
  } catch (error) {
    return next(error);
  }
});

module.exports = router;
`,
);

testRealistic(
  "a guard with Cognito",
  `import { CanActivate, ExecutionContext, Injectable, Logger, UnauthorizedException } from "@nestjs/common";
import { CognitoJwtVerifier } from "aws-jwt-verify";

@Injectable()
export class CognitoGuard implements CanActivate {
  private readonly logger = new Logger(CognitoGuard.name);

  private readonly verifier = CognitoJwtVerifier.create({
    userPoolId: process.env.COGNITO_POOL!,
    tokenUse: "access",
    clientId: process.env.COGNITO_CLIENT!,
    graceSeconds: 10,
  });

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest();
    const [scheme, token] = request.headers.authorization?.split(" ") ?? [];
    if (scheme !== "Bearer" || !token) throw new UnauthorizedException();
    try {
      request.user = await this.verifier.verify(token);
      return true;
    } catch (error) {
      this.logger.warn("The token is refused.");
      throw new UnauthorizedException();
    }
  }
}
`,
  { filename: "cognito.guard.ts" },
);

testRealistic(
  "middleware with Firebase",
  `import { cert, initializeApp } from "firebase-admin/app";
import { getAuth } from "firebase-admin/auth";
import type { NextFunction, Request, Response } from "express";

const app = initializeApp({ credential: cert(JSON.parse(process.env.SERVICE_ACCOUNT ?? "{}")) });
const auth = getAuth(app);

export async function requireUser(req: Request, res: Response, next: NextFunction) {
  const header = req.headers.authorization ?? "";
  if (!header.startsWith("Bearer ")) return res.status(401).json({ error: "unauthorized" });
  try {
    const decoded = await auth.verifyIdToken(header.slice("Bearer ".length), true);
    res.locals.uid = decoded.uid;
    return next();
  } catch (error) {
    req.log.warn({ code: (error as { code?: string }).code }, "token refused");
    return res.status(401).json({ error: "unauthorized" });
  }
}

export async function startSession(req: Request, res: Response) {
  const expiresIn = 5 * 24 * 60 * 60 * 1000;
  const cookie = await auth.createSessionCookie(req.body.idToken, { expiresIn });
  res.cookie("session", cookie, { maxAge: expiresIn, httpOnly: true, secure: true, sameSite: "lax" });
  res.json({ status: "ok" });
}
`,
  { filename: "firebase.ts" },
);

testRealistic(
  "server code with Clerk and Supabase",
  `import { createClerkClient, verifyToken } from "@clerk/backend";
import { createServerClient } from "@supabase/ssr";

const parties = ["https://app.example.com"];
const clerk = createClerkClient({ secretKey: process.env.CLERK_SECRET_KEY });

export async function userOf(request: Request) {
  const state = await clerk.authenticateRequest(request, { authorizedParties: parties });
  if (!state.isAuthenticated) return null;
  return state.toAuth().userId;
}

export async function subjectOf(token: string) {
  const claims = await verifyToken(token, {
    secretKey: process.env.CLERK_SECRET_KEY,
    authorizedParties: parties,
  });
  return claims.sub;
}

export async function rowsOf(request: Request, cookies: CookieMethods) {
  const supabase = createServerClient(process.env.SUPABASE_URL!, process.env.SUPABASE_KEY!, { cookies });
  const { data, error } = await supabase.auth.getClaims();
  if (error || !data) return Response.json({ error: "unauthorized" }, { status: 401 });
  const rows = await supabase.from("notes").select().eq("owner", data.claims.sub);
  return Response.json(rows.data);
}
`,
  { filename: "session.ts" },
);

testRealistic(
  "a login with Apple and Okta",
  `import appleSignin from "apple-signin-auth";
import OktaJwtVerifier from "@okta/jwt-verifier";
import { randomUUID } from "node:crypto";

const okta = new OktaJwtVerifier({ issuer: process.env.OKTA_ISSUER, clientId: process.env.OKTA_CLIENT });

export async function apple(req, res, next) {
  try {
    const { sub } = await appleSignin.verifyIdToken(req.body.id_token, {
      audience: process.env.APPLE_CLIENT_ID,
      nonce: req.session.nonce,
    });
    req.session.userId = await accounts.bySubject("apple", sub);
    res.json({ ok: true });
  } catch (error) {
    next(error);
  }
}

export async function employees(req, res, next) {
  try {
    const jwt = await okta.verifyAccessToken(req.token, "api://default");
    req.employee = jwt.claims.sub;
    next();
  } catch (error) {
    next(error);
  }
}

export const nonce = () => randomUUID();
`,
);
