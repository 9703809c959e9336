import { angularJwt } from "./angular-jwt.ts";
import { appleSigninAuth, verifyAppleIdToken } from "./apple-id-token.ts";
import { atlassianJwt } from "./atlassian-jwt.ts";
import { awsJwtVerify } from "./aws-jwt-verify.ts";
import { betterAuth } from "./better-auth.ts";
import { cfworkerJwt } from "./cfworker-jwt.ts";
import { clerkBackend } from "./clerk-backend.ts";
import { cloudflareWorkerJwt } from "./cloudflare-worker-jwt.ts";
import { didJwt } from "./did-jwt.ts";
import { djwt } from "./djwt.ts";
import { eggJwt } from "./egg-jwt.ts";
import { elysiaJwt } from "./elysia-jwt.ts";
import { expoJwt } from "./expo-jwt.ts";
import { expressJwt } from "./express-jwt.ts";
import { expressOauth2JwtBearer } from "./express-oauth2-jwt-bearer.ts";
import { fastJwt } from "./fast-jwt.ts";
import { fastifyJwt, fastifyJwtBefore5 } from "./fastify-jwt.ts";
import { feathersAuthentication } from "./feathers-authentication.ts";
import { firebaseAdmin } from "./firebase-admin.ts";
import { getJwks } from "./get-jwks.ts";
import { googleAuthLibrary } from "./google-auth-library.ts";
import { graphqlYogaJwt } from "./graphql-yoga-jwt.ts";
import { hapiAuthJwt2 } from "./hapi-auth-jwt2.ts";
import { hapiJwt } from "./hapi-jwt.ts";
import { hono } from "./hono.ts";
import { idtokenVerifier } from "./idtoken-verifier.ts";
import { jose } from "./jose.ts";
import { jsonWebToken } from "./json-web-token.ts";
import { jsontokens } from "./jsontokens.ts";
import { jsonwebtoken } from "./jsonwebtoken.ts";
import { jsrsasign } from "./jsrsasign.ts";
import { jwkToPem } from "./jwk-to-pem.ts";
import { jwksRsa } from "./jwks-rsa.ts";
import { jws } from "./jws.ts";
import { jwtDecode } from "./jwt-decode.ts";
import { jwtEncode } from "./jwt-encode.ts";
import { jwtExpress } from "./jwt-express.ts";
import { jwtJsDecode } from "./jwt-js-decode.ts";
import { jwtSimple } from "./jwt-simple.ts";
import { kindeJwtDecoder, kindeJwtValidator } from "./kinde.ts";
import { koaJwt } from "./koa-jwt.ts";
import { livekitServerSdk } from "./livekit-server-sdk.ts";
import { loopbackAuthenticationJwt } from "./loopback-authentication-jwt.ts";
import { nestjsJwt } from "./nestjs-jwt.ts";
import { authCore, nextAuth } from "./next-auth.ts";
import { njwt } from "./njwt.ts";
import { nodeJose } from "./node-jose.ts";
import { nodeRsJsonwebtoken } from "./node-rs-jsonwebtoken.ts";
import { oktaJwtVerifier } from "./okta-jwt-verifier.ts";
import { openidClient } from "./openid-client.ts";
import { oslo } from "./oslo.ts";
import { oslojsJwt } from "./oslojs-jwt.ts";
import { passportHttpBearer } from "./passport-http-bearer.ts";
import { passportJwt } from "./passport-jwt.ts";
import { pusherPushNotifications } from "./pusher-push-notifications.ts";
import { reactJwt } from "./react-jwt.ts";
import { restifyJwtCommunity } from "./restify-jwt-community.ts";
import { socketioJwt, threamSocketioJwt } from "./socketio-jwt.ts";
import { strapiUsersPermissions } from "./strapi-users-permissions.ts";
import { getstream, streamChat, streamNodeSdk } from "./stream.ts";
import { supabase } from "./supabase.ts";
import { supertokensNode } from "./supertokens-node.ts";
import { twilio } from "./twilio.ts";
import { universalGithubAppJwt } from "./universal-github-app-jwt.ts";
import type { Library } from "./types.ts";

/** Every library the plugin knows. */
export const libraries: readonly Library[] = [
  angularJwt,
  appleSigninAuth,
  atlassianJwt,
  authCore,
  awsJwtVerify,
  betterAuth,
  cfworkerJwt,
  clerkBackend,
  cloudflareWorkerJwt,
  didJwt,
  djwt,
  eggJwt,
  elysiaJwt,
  expoJwt,
  expressJwt,
  expressOauth2JwtBearer,
  fastifyJwt,
  fastifyJwtBefore5,
  fastJwt,
  feathersAuthentication,
  firebaseAdmin,
  getJwks,
  getstream,
  googleAuthLibrary,
  graphqlYogaJwt,
  hapiAuthJwt2,
  hapiJwt,
  hono,
  idtokenVerifier,
  jose,
  jsontokens,
  jsonWebToken,
  jsonwebtoken,
  jsrsasign,
  jwksRsa,
  jwkToPem,
  jws,
  jwtDecode,
  jwtEncode,
  jwtExpress,
  jwtJsDecode,
  jwtSimple,
  kindeJwtDecoder,
  kindeJwtValidator,
  koaJwt,
  livekitServerSdk,
  loopbackAuthenticationJwt,
  nestjsJwt,
  nextAuth,
  njwt,
  nodeJose,
  nodeRsJsonwebtoken,
  oktaJwtVerifier,
  openidClient,
  oslo,
  oslojsJwt,
  passportHttpBearer,
  passportJwt,
  pusherPushNotifications,
  reactJwt,
  restifyJwtCommunity,
  socketioJwt,
  strapiUsersPermissions,
  streamChat,
  streamNodeSdk,
  supabase,
  supertokensNode,
  threamSocketioJwt,
  twilio,
  universalGithubAppJwt,
  verifyAppleIdToken,
];
