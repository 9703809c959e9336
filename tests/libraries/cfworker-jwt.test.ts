import { testRealistic, testTwins } from "../kit/twins.ts";

testTwins(
  [
    {
      rule: "no-unchecked-verification",
      messageId: "resultDropped",
      vulnerable:
        'export async function handle(jwt) {\n  await parseJwt({ jwt, issuer, audience });\n  return new Response("secret");\n}',
      safe: 'export async function handle(jwt) {\n  const { valid } = await parseJwt({ jwt, issuer, audience });\n  if (!valid) return new Response("", { status: 401 });\n  return new Response("secret");\n}',
      line: 2,
    },
    {
      rule: "no-unchecked-verification",
      messageId: "objectAsVerdict",
      vulnerable:
        'export async function handle(jwt) {\n  const result = await parseJwt({ jwt, issuer, audience });\n  if (!result) return new Response("", { status: 401 });\n  return new Response("secret");\n}',
      safe: 'export async function handle(jwt) {\n  const result = await parseJwt({ jwt, issuer, audience });\n  if (!result.valid) return new Response("", { status: 401 });\n  return new Response("secret");\n}',
      line: 3,
    },
    {
      rule: "no-unchecked-verification",
      messageId: "claimsWithoutVerdict",
      vulnerable:
        "export async function subjectOf(jwt) {\n  const { decoded } = await parseJwt({ jwt, issuer, audience });\n  return decoded.payload.sub;\n}",
      safe: "export async function subjectOf(jwt) {\n  const result = await parseJwt({ jwt, issuer, audience });\n  return result.valid ? result.payload.sub : undefined;\n}",
      line: 3,
    },
    {
      rule: "no-unchecked-verification",
      messageId: "promiseAsResult",
      vulnerable:
        "export async function subjectOf(jwt) {\n  const { valid } = parseJwt({ jwt, issuer, audience });\n  return valid;\n}",
      safe: "export async function subjectOf(jwt) {\n  const { valid } = await parseJwt({ jwt, issuer, audience });\n  return valid;\n}",
      line: 2,
    },
    {
      rule: "no-ignored-expiration",
      messageId: "longTolerance",
      vulnerable:
        "export const parse = (jwt) => parseJwt({ jwt, issuer, audience, skewMs: 3600000 });",
      // Milliseconds: a minute.
      safe: "export const parse = (jwt) => parseJwt({ jwt, issuer, audience, skewMs: 60000 });",
    },
    {
      rule: "no-unverified-claims",
      messageId: "identity",
      vulnerable:
        "export function authenticate(context, jwt) {\n  context.user = decodeJwt(jwt).payload;\n}",
      safe: "export function show(jwt) {\n  console.table(decodeJwt(jwt).header);\n}",
      line: 2,
    },
  ],
  {
    preamble:
      'import { parseJwt, decodeJwt } from "@cfworker/jwt"; import { issuer, audience } from "./config";',
  },
);

testRealistic(
  "a worker behind Access",
  `import { parseJwt } from "@cfworker/jwt";

const issuer = "https://team.cloudflareaccess.com";

export const onRequest = async ({ request, env, next, data }) => {
  const jwt = request.headers.get("cf-access-jwt-assertion");
  if (jwt === null) return new Response("unauthorized", { status: 401 });
  const result = await parseJwt({ jwt, issuer, audience: env.ACCESS_AUD });
  if (!result.valid) {
    console.warn("refused", result.reason);
    return new Response("unauthorized", { status: 401 });
  }
  data.user = result.payload.sub;
  return next();
};
`,
);
