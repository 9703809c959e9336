import path from "node:path";
import rule from "../../src/rules/require-audience-check.ts";
import { claimCheck } from "../kit/claim-check.ts";
import { marked } from "../kit/marked.ts";
import { testRule } from "../kit/test-rule.ts";

testRule(
  "require-audience-check",
  rule,
  claimCheck({
    claim: "aud",
    option: "audience",
    other: "issuer",
    good: "api",
    edit: 'audience: "https://api.example.com"',
  }),
);

/** A sign-in that has a provider say whose access token the client has brought. */
const userInfo = (asks: string): string =>
  `import jwt from "jsonwebtoken"; import axios from "axios"; export const social = async (req, res) => { const { access_token } = req.body; ${asks} const user = await User.findOne({ googleId: profile.id }); res.json({ token: jwt.sign({ id: user.id }, key, { expiresIn: "1h" }) }); };`;
const fixture = path.resolve(import.meta.dirname, "../fixtures/kinds/check.js");

/** What a program with a key of its own does with the claims that it has verified. */
const behind = (use: string): string =>
  `import jwt from "jsonwebtoken"; export const reset = (token) => { const claims = jwt.verify(token, process.env.JWT_SECRET, { algorithms: ["HS256"] }); ${use} users.reset(claims.sub); };`;

/** Compares what a token is for, or looks like it. */
const COMPARED = [
  'if (claims.purpose !== "reset") throw new Error("for something else");',
  'const { type } = claims; if (type !== "reset") throw new Error("for something else");',
  'switch (claims.type) { case "reset": break; default: throw new Error("for something else"); }',
  'if (!claims.scope.split(" ").includes("reset")) throw new Error("for something else");',
  'if (!["reset", "invite"].includes(claims.type)) throw new Error("for something else");',
  'if (claims.isRefresh) throw new Error("for something else");',
  'req.user = claims; app.get("/me", (request) => { if (request.user.type !== "reset") throw new Error("for something else"); });',
  'assertTokenType(claims, "reset");',
  'assertScope(claims.scope, "reset");',
  'function of(held) { if (held.type !== "reset") throw new Error("for something else"); } of(claims);',
];

const NOT_COMPARED = [
  "log(claims.purpose);",
  "req.scope = claims.scope;",
  'if (req.body.type !== "reset") throw new Error("for something else");',
  "if (claims.type === undefined) throw new Error(claims.type);",
  'if (claims.header.typ !== "JWT") throw new Error("for something else");',
  "if (claims.type) log(claims);",
  'const payload = { type: claims.sub }; if (payload.type !== "reset") throw new Error("nobody");',
  ...["users.find(claims.sub)", "claims.user"].map(
    (user) =>
      `req.user = ${user}; app.get("/me", (request) => { if (request.user.type !== "admin") throw new Error("no admin"); });`,
  ),
  "assertUser(claims);",
  "function of(held) { log(held.type); } of(claims);",
];

testRule("require-audience-check: what a token is for, by another claim", rule, {
  valid: [
    ...COMPARED.map((use) => behind(use)),
    `import { createVerifier } from "fast-jwt"; const verify = createVerifier({ key: process.env.JWT_SECRET, algorithms: ["HS256"] }); export const reset = (token) => { const held = verify(token); if (held.type !== "reset") throw new Error("for something else"); users.reset(held.sub); };`,
    // In a callback, in what asks for the user, in a handler, in another file
    `import jwt from "jsonwebtoken"; export const reset = (token) => jwt.verify(token, process.env.JWT_SECRET, { algorithms: ["HS256"] }, (error, held) => { if (error || held.type !== "reset") throw new Error("for something else"); users.reset(held.sub); });`,
    `import { Strategy } from "passport-jwt"; import { PassportStrategy } from "@nestjs/passport"; export class Access extends PassportStrategy(Strategy) { constructor() { super({ secretOrKey: process.env.JWT_SECRET, jwtFromRequest, algorithms: ["HS256"] }); } async validate({ sub, type }) { if (type !== "access") throw new Error("for something else"); return users.find(sub); } }`,
    `import { expressjwt } from "express-jwt"; app.use(expressjwt({ secret: process.env.JWT_SECRET, algorithms: ["HS256"] })); app.get("/me", (req, res) => { if (req.auth.token_use !== "access") throw new Error("for something else"); res.json(req.auth.sub); });`,
    `import jwt from "jsonwebtoken"; const read = (token) => new Promise((give, refuse) => jwt.verify(token, process.env.JWT_SECRET, { algorithms: ["HS256"] }, (error, held) => (error ? refuse(error) : give(held)))); export const reset = async (token) => { const payload = await read(token); if (payload.purpose !== "reset") throw new Error("for something else"); users.reset(payload.sub); };`,
    {
      code: `import { asks } from "./asks.js"; ${behind("asks(claims);")}`,
      filename: fixture,
    },
  ],
  invalid: [
    ...NOT_COMPARED.map((use) => behind(use)),
    `import { looks } from "./asks.js"; ${behind("looks(claims);")}`,
    behind("").replace("users.reset(claims.sub)", 'if (file.type !== "text") users.reset(claims)'),
  ].map((code) =>
    marked(
      code.replace(/jwt\.verify\(.+?\}\)/u, "«$&»"),
      {
        messageId: "missingWithOwnKey",
        data: { name: "jwt.verify", option: "audience" },
        suggestions: [
          {
            messageId: "addOption",
            data: { edit: 'audience: "https://api.example.com"' },
            output: code.replace(
              '{ algorithms: ["HS256"] }',
              '{ algorithms: ["HS256"], audience: "https://api.example.com" }',
            ),
          },
        ],
      },
      { filename: fixture },
    ),
  ),
});

testRule("require-audience-check: an audience that is compared beside the type", rule, {
  valid: [],
  invalid: [
    marked(
      `import { createVerifier } from "fast-jwt"; const verify = «createVerifier({ key, algorithms: ["HS256"], allowedAud: "api" })»; export const reset = (token) => { const claims = verify(token); if (claims.type !== "reset") throw new Error("for something else"); users.reset(claims.sub); };`,
      {
        messageId: "passesWithout",
        data: { option: "allowedAud" },
        suggestions: [
          {
            messageId: "addOption",
            data: { edit: 'requiredClaims: ["aud"]' },
            output: `import { createVerifier } from "fast-jwt"; const verify = createVerifier({ key, algorithms: ["HS256"], allowedAud: "api", requiredClaims: ["aud"] }); export const reset = (token) => { const claims = verify(token); if (claims.type !== "reset") throw new Error("for something else"); users.reset(claims.sub); };`,
          },
        ],
      },
    ),
  ],
});

testRule("require-audience-check: an algorithm in the place of the options", rule, {
  valid: [
    `import { verify } from "hono/jwt"; export const read = (token, c) => verify(token, c.env.JWT_SECRET, c.env.ALGORITHM_OR_CHECKS);`,
  ],
  // It is no object to which an option is added.
  invalid: ['"HS256"', "ALGORITHM", "`HS${size}`"].map((told) =>
    marked(
      `import { verify } from "hono/jwt"; const ALGORITHM = "HS256"; export const read = (token, c, size) => «verify(token, c.env.JWT_SECRET, ${told})»;`,
      { messageId: "missingWithOwnKey", data: { name: "verify", option: "aud" } },
    ),
  ),
});

/** A service of NestJS that looks a key up and takes the token that it signs. */
const nest = (address: string, asks: string, behind = "return held;"): string =>
  `import { JwtService } from "@nestjs/jwt"; import { JwksClient } from "jwks-rsa"; class SignIn { constructor(private readonly jwt: JwtService) {} async check(token: string, kid: string) { const keys = new JwksClient({ jwksUri: "${address}" }); const key = await keys.getSigningKey(kid); const held = «this.jwt.verify(token, { ${asks} })»; ${behind} } }`;
const APPLE_KEYS = "https://appleid.apple.com/auth/keys";

testRule("require-audience-check: a key that a call brings past its module", rule, {
  valid: [
    // What the module says may hold for them.
    nest(APPLE_KEYS, "secret: process.env.JWT_SECRET"),
    nest(APPLE_KEYS, 'algorithms: ["RS256"]'),
    nest("https://login.example.com/.well-known/jwks.json", "publicKey: key.getPublicKey()"),
    // … and what the call does, out of sight
    nest(APPLE_KEYS, "publicKey: key.getPublicKey(), ...options"),
    nest(APPLE_KEYS, "publicKey: key.getPublicKey(), audience: process.env.APPLE_ID"),
    nest(
      APPLE_KEYS,
      "publicKey: key.getPublicKey()",
      'if (held.aud !== process.env.APPLE_ID) throw new Error("another app"); return held;',
    ),
  ].map((code) => ({ code: code.replaceAll(/[«»]/gu, ""), ts: true })),
  invalid: ["publicKey: key.getPublicKey()", "secret: key.publicKey"].map((asks) => {
    const code = nest(APPLE_KEYS, asks);
    return marked(
      code,
      {
        messageId: "missingAtProvider",
        data: { name: "this.jwt.verify", option: "audience" },
        suggestions: [
          {
            messageId: "addOption",
            data: { edit: 'audience: "https://api.example.com"' },
            output: code
              .replaceAll(/[«»]/gu, "")
              .replace(asks, `${asks}, audience: "https://api.example.com"`),
          },
        ],
      },
      { ts: true, options: [{ onlyPublicProviders: true }] },
    );
  }),
});

/** Keys of others sign for others, whatever the tokens are for. */
testRule("require-audience-check: what a token of somebody else is for", rule, {
  valid: [],
  invalid: (
    [
      ["https://appleid.apple.com/auth/keys", "missingAtProvider"],
      ["https://tenant.auth0.com/.well-known/jwks.json", "missing"],
      ["https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_a/.well-known/jwks.json", "missing"],
    ] as const
  ).map(([address, messageId]) => {
    const code = `import { createRemoteJWKSet, jwtVerify } from "jose"; const keys = createRemoteJWKSet(new URL("${address}")); export const read = async (token) => { const { payload } = await jwtVerify(token, keys, { algorithms: ["RS256"] }); if (payload.token_use !== "access") throw new Error("an ID token"); return payload.sub; };`;
    return marked(code.replace(/jwtVerify\(.+?\}\)/u, "«$&»"), {
      messageId,
      data: { name: "jwtVerify", option: "audience" },
      suggestions: [
        {
          messageId: "addOption",
          data: { edit: 'audience: "https://api.example.com"' },
          output: code.replace(
            '{ algorithms: ["RS256"] }',
            '{ algorithms: ["RS256"], audience: "https://api.example.com" }',
          ),
        },
      ],
    });
  }),
});

testRule("require-audience-check", rule, {
  valid: [
    ...[
      // A token that the server got for a code of its own
      "const { data } = await axios.post('https://oauth2.googleapis.com/token', { code: req.body.code, client_secret: process.env.GOOGLE_SECRET }); const { data: profile } = await axios.get('https://www.googleapis.com/oauth2/v2/userinfo', { headers: { Authorization: `Bearer ${data.access_token}` } });",
      // The app is asked for, by the provider or by the server.
      "const { data: info } = await axios.get(`https://oauth2.googleapis.com/tokeninfo?access_token=${access_token}`); if (info.aud !== process.env.GOOGLE_ID) return res.sendStatus(401); const { data: profile } = await axios.get('https://www.googleapis.com/oauth2/v2/userinfo', { headers: { Authorization: `Bearer ${access_token}` } });",
      "const { data: profile } = await axios.get(`https://graph.facebook.com/me?access_token=${access_token}&appsecret_proof=${proof}`);",
      "await axios.get(`https://graph.facebook.com/debug_token?input_token=${access_token}`).then(refuseOthers); const { data: profile } = await axios.get(`https://graph.facebook.com/me?access_token=${access_token}`);",
      // A service of the program's own, and one out of sight
      "const { data: profile } = await axios.get('https://id.example.org/userinfo', { headers: { Authorization: `Bearer ${access_token}` } });",
      "const { data: profile } = await axios.get(USERINFO, { headers: { Authorization: `Bearer ${access_token}` } });",
      // Not whose token it is
      "const { data: profile } = await axios.get('https://www.googleapis.com/calendar/v3/calendars/primary', { headers: { Authorization: `Bearer ${access_token}` } });",
      "const { data: profile } = await axios.get('https://api.github.com/user/repos', { headers: { Authorization: `Bearer ${access_token}` } });",
      "const { data: profile } = await axios.get('https://graph.facebook.com/me', { params: { fields: req.body.fields } });",
    ].map((asks) => userInfo(asks)),
    // Not, or not always, what the client has brought
    ...[
      "let token = await exchange(req.body.code);",
      "let token; token = req.body.access_token; token = await exchange(token);",
      "let token = null; if (isOld) token = req.body.access_token; else token = await exchange(req.body.code);",
      "let token = ''; token += req.body.access_token;",
      "const { token } = Form.parse(await exchange(req.body.code));",
    ].map((given) =>
      userInfo(
        `${given} const { data: profile } = await axios.get('https://www.googleapis.com/oauth2/v2/userinfo', { headers: { Authorization: \`Bearer \${token}\` } });`,
      ),
    ),
    // Whoever calls gives the token.
    'import jwt from "jsonwebtoken"; import axios from "axios"; export const social = async (req, res, token) => { if (!token) token = req.body.access_token; const { data: profile } = await axios.get("https://www.googleapis.com/oauth2/v2/userinfo", { headers: { Authorization: `Bearer ${token}` } }); res.json({ token: jwt.sign({ id: profile.id }, key, { expiresIn: "1h" }) }); };',
    // Nobody is signed in by it.
    'import jwt from "jsonwebtoken"; import axios from "axios"; export const link = async (req, res) => { const { data } = await axios.get("https://www.googleapis.com/oauth2/v2/userinfo", { headers: { Authorization: `Bearer ${req.body.access_token}` } }); await User.updateOne({ _id: req.user.id }, { googleId: data.id }); };',
    'import jwt from "jsonwebtoken"; import { OAuth2Client } from "google-auth-library"; const client = new OAuth2Client(); export const social = async (req, res) => { const info = await client.getTokenInfo(req.body.token); if (info.aud !== process.env.GOOGLE_ID) return res.sendStatus(401); const user = await User.findOne({ email: info.email }); res.json({ token: jwt.sign({ id: user.id }, key, { expiresIn: "1h" }) }); };',
    'import jwt from "jsonwebtoken"; export const social = async (req, res) => { const info = await cache.getTokenInfo(req.body.token); const user = await User.findOne({ email: info.email }); res.json({ token: jwt.sign({ id: user.id }, key, { expiresIn: "1h" }) }); };',
    `import jwt from "jsonwebtoken"; const make = (claims, key) => jwt.sign(claims, key, { expiresIn: "1h" }); export const read = (claims, key) => jwt.verify(make(claims, key), key, { algorithms: ["HS256"], issuer: "a" });`,
    // Nobody else's token comes in.
    `import jwt from "jsonwebtoken"; export function pair(claims, key) { const token = jwt.sign(claims, key, { expiresIn: "1h" }); jwt.verify(token, key, { algorithms: ["HS256"] }, log); return token; }`,
    // A claim that the program calls by its full name
    `import jwt from "jsonwebtoken"; export const read = (token, key) => { const payload = jwt.verify(token, key, { algorithms: ["HS256"] }); if (payload.audience !== "staff") throw new Error("of others"); return payload; };`,
    // Providers that sign for everybody, and an audience that is compared
    `import { createRemoteJWKSet, jwtVerify } from "jose"; const keys = createRemoteJWKSet(new URL("https://appleid.apple.com/auth/keys")); export const read = (token) => jwtVerify(token, keys, { issuer: "https://appleid.apple.com", audience: process.env.APPLE_ID });`,
    `export async function google(token) { const answer = await (await fetch(\`https://oauth2.googleapis.com/tokeninfo?id_token=\${token}\`)).json(); if (answer.aud !== process.env.GOOGLE_ID) throw new Error("another app"); return answer.sub; }`,
    `export async function google(token) { const answer = await (await fetch(\`https://oauth2.googleapis.com/tokeninfo?id_token=\${token}\`)).json(); console.log(isOurs(answer.aud)); return answer.sub; }`,
    `export const scopes = async (token) => (await fetch(\`https://oauth2.googleapis.com/tokeninfo?access_token=\${token}\`)).json();`,
    `import { createRemoteJWKSet, jwtVerify } from "jose"; const keys = createRemoteJWKSet(new URL("https://www.googleapis.com/service_accounts/v1/jwk/securetoken@system.gserviceaccount.com")); export const read = (token) => jwtVerify(token, keys, { issuer: \`https://securetoken.google.com/\${project}\`, audience: project });`,
    {
      name: "only public providers: a key of another service, and one of the program's own",
      code: `import jwt from "jsonwebtoken"; import { createRemoteJWKSet, jwtVerify } from "jose"; jwt.verify(token, process.env.JWT_SECRET, { algorithms: ["HS256"] }); await jwtVerify(token, createRemoteJWKSet(new URL("https://login.example.com/.well-known/jwks.json")), { issuer: "https://login.example.com" });`,
      options: [{ onlyPublicProviders: true }],
    },
  ],
  invalid: [
    // A function that may give a token that somebody has brought
    marked(
      `import jwt from "jsonwebtoken"; const make = (claims, key, held) => held ?? jwt.sign(claims, key, { expiresIn: "1h" }); export const read = (claims, key, held) => «jwt.verify(make(claims, key, held), key, { algorithms: ["HS256"], issuer: "a" })»;`,
      {
        messageId: "missingWithOwnKey",
        data: { name: "jwt.verify", option: "audience" },
        suggestions: [
          {
            messageId: "addOption",
            data: { edit: 'audience: "https://api.example.com"' },
            output: `import jwt from "jsonwebtoken"; const make = (claims, key, held) => held ?? jwt.sign(claims, key, { expiresIn: "1h" }); export const read = (claims, key, held) => jwt.verify(make(claims, key, held), key, { algorithms: ["HS256"], issuer: "a", audience: "https://api.example.com" });`,
          },
        ],
      },
    ),
    // An audience of something else
    marked(
      `import jwt from "jsonwebtoken"; export const read = (token, key, mail) => { const payload = «jwt.verify(token, key, { algorithms: ["HS256"] })»; send(mail.audience); return payload; };`,
      {
        messageId: "missingWithOwnKey",
        data: { name: "jwt.verify", option: "audience" },
        suggestions: [
          {
            messageId: "addOption",
            data: { edit: 'audience: "https://api.example.com"' },
            output: `import jwt from "jsonwebtoken"; export const read = (token, key, mail) => { const payload = jwt.verify(token, key, { algorithms: ["HS256"], audience: "https://api.example.com" }); send(mail.audience); return payload; };`,
          },
        ],
      },
    ),
    // The keys of every app of Firebase, asked for by hand
    ...["publicKeys[kid]", "publicKeys.one"].map((key) =>
      marked(
        `import jwt from "jsonwebtoken"; import axios from "axios"; export async function read(token, kid) { const { data: publicKeys } = await axios.get("https://www.googleapis.com/robot/v1/metadata/x509/securetoken@system.gserviceaccount.com"); return «jwt.verify(token, ${key}, { algorithms: ["RS256"] })»; }`,
        {
          messageId: "missingAtProvider",
          data: { name: "jwt.verify", option: "audience" },
          suggestions: [
            {
              messageId: "addOption",
              data: { edit: 'audience: "https://api.example.com"' },
              output: `import jwt from "jsonwebtoken"; import axios from "axios"; export async function read(token, kid) { const { data: publicKeys } = await axios.get("https://www.googleapis.com/robot/v1/metadata/x509/securetoken@system.gserviceaccount.com"); return jwt.verify(token, ${key}, { algorithms: ["RS256"], audience: "https://api.example.com" }); }`,
            },
          ],
        },
        { options: [{ onlyPublicProviders: true }] },
      ),
    ),
    ...[
      [
        "www.googleapis.com",
        "const { data: profile } = await «axios.get('https://www.googleapis.com/oauth2/v2/userinfo', { headers: { Authorization: `Bearer ${access_token}` } })»;",
      ],
      [
        "www.googleapis.com",
        "const { data: profile } = await «axios.get(`https://www.googleapis.com/oauth2/v3/userinfo?access_token=${access_token}`)»;",
      ],
      [
        "openidconnect.googleapis.com",
        "const profile = await (await «fetch('https://openidconnect.googleapis.com/v1/userinfo', { headers: { authorization: `Bearer ${req.body.token}` } })»).json();",
      ],
      [
        "oauth2.googleapis.com",
        "const profile = await (await «fetch(`https://oauth2.googleapis.com/tokeninfo?access_token=${access_token}`)»).json();",
      ],
      [
        "graph.facebook.com",
        "const address = `https://graph.facebook.com/v19.0/me?fields=id,email&access_token=${access_token}`; const { data: profile } = await «axios.get(address)»;",
      ],
      [
        "api.github.com",
        "const { data: profile } = await «axios.get('https://api.github.com/user', { headers: { Authorization: `token ${access_token}` } })»;",
      ],
      [
        "kapi.kakao.com",
        "const { data: profile } = await «axios({ url: 'https://kapi.kakao.com/v2/user/me', headers: { Authorization: `Bearer ${access_token}` } })»;",
      ],
      [
        "www.googleapis.com",
        "const { data: profile } = await «axios.get('https://www.googleapis.com/oauth2/v2/userinfo', { headers: { Authorization: `Bearer ${access_token}` } })»; const { data: more } = await axios.get('https://www.googleapis.com/userinfo/v2/me', { headers: { Authorization: `Bearer ${access_token}` } });",
      ],
    ].map(([provider = "", asks = ""]) =>
      marked(
        userInfo(asks),
        { messageId: "userInfo", data: { provider } },
        { options: [{ onlyPublicProviders: true }] },
      ),
    ),
    // A schema looks at its form, and one assignment is all that a variable is given.
    ...[
      "const form = z.object({ access_token: z.string() }); let given; try { given = form.parse(req.body).access_token; } catch { return res.sendStatus(400); }",
      "let given; given = req.body.access_token;",
      "const given = LoginSchema.parse(req.body).access_token;",
      "const given = LoginSchema.parse(req.body)['access_token'];",
      "const body = LoginSchema.safeParse(req.body); const given = body.data.access_token;",
    ].map((read) =>
      marked(
        userInfo(
          `${read} const { data: profile } = await «axios.get('https://www.googleapis.com/oauth2/v2/userinfo', { headers: { Authorization: \`Bearer \${given}\` } })»;`,
        ),
        { messageId: "userInfo", data: { provider: "www.googleapis.com" } },
      ),
    ),
    marked(
      userInfo(
        "const { data: profile } = await «axios.get('https://www.googleapis.com/oauth2/v2/userinfo', { headers: { Authorization: `Bearer ${LoginSchema.parse(req.body).access_token}` } })»;",
      ),
      { messageId: "userInfo", data: { provider: "www.googleapis.com" } },
    ),
    marked(
      userInfo(
        "const { data: profile } = await «axios.get('https://oauth2.googleapis.com/tokeninfo', { params: { id_token: access_token } })»;",
      ),
      { messageId: "tokenInfo" },
    ),
    marked(
      'import jwt from "jsonwebtoken"; import { OAuth2Client } from "google-auth-library"; const client = new OAuth2Client(process.env.GOOGLE_ID); export const social = async (req, res) => { const info = await «client.getTokenInfo(req.body.accessToken)»; const user = await User.findOne({ email: info.email }); res.json({ token: jwt.sign({ id: user.id }, key, { expiresIn: "1h" }) }); };',
      { messageId: "userInfo", data: { provider: "Google" } },
    ),
    ...[[], [{ onlyPublicProviders: true }]].flatMap((options) => [
      marked(
        `export async function google(token) { const answer = await («fetch(\`https://oauth2.googleapis.com/tokeninfo?id_token=\${token}\`)»).json(); return answer.sub; }`,
        { messageId: "tokenInfo" },
        { options },
      ),
      // A log is no check.
      ...[
        "console.log('answer', { aud: answer.aud ?? null });",
        "logger.debug(`for ${answer.aud}`);",
      ].map((log) =>
        marked(
          `export async function google(token) { const answer = await («fetch(\`https://oauth2.googleapis.com/tokeninfo?id_token=\${token}\`)»).json(); ${log} return answer.sub; }`,
          { messageId: "tokenInfo" },
          { options },
        ),
      ),
      marked(
        `import axios from "axios"; export async function google(token) { const { data } = await «axios.get("https://www.googleapis.com/oauth2/v3/tokeninfo", { params: { id_token: token } })»; return data.sub; }`,
        { messageId: "tokenInfo" },
        { options },
      ),
      ...[
        ["https://appleid.apple.com/auth/keys", 'issuer: "https://appleid.apple.com"'],
        [
          "https://www.googleapis.com/oauth2/v3/certs",
          'issuer: ["https://accounts.google.com", "accounts.google.com"]',
        ],
        [
          "https://limited.facebook.com/.well-known/oauth/openid/jwks/",
          'issuer: "https://www.facebook.com"',
        ],
        ["https://id.twitch.tv/oauth2/keys", 'issuer: "https://id.twitch.tv/oauth2"'],
        ["https://api.line.me/oauth2/v2.1/certs", 'algorithms: ["ES256"]'],
        ["https://www.linkedin.com/oauth/openid/jwks", 'algorithms: ["RS256"]'],
        ["https://kauth.kakao.com/.well-known/jwks.json", 'algorithms: ["RS256"]'],
        ["https://login.microsoftonline.com/common/discovery/v2.0/keys", 'algorithms: ["RS256"]'],
        [
          "https://www.googleapis.com/service_accounts/v1/jwk/securetoken@system.gserviceaccount.com",
          'algorithms: ["RS256"]',
        ],
      ].map(([address, told]) =>
        marked(
          `import { createRemoteJWKSet, jwtVerify } from "jose"; const keys = createRemoteJWKSet(new URL("${address}")); export const read = (token) => «jwtVerify(token, keys, { ${told} })»;`,
          {
            messageId: "missingAtProvider",
            data: { name: "jwtVerify", option: "audience" },
            suggestions: [
              {
                messageId: "addOption",
                data: { edit: 'audience: "https://api.example.com"' },
                output: `import { createRemoteJWKSet, jwtVerify } from "jose"; const keys = createRemoteJWKSet(new URL("${address}")); export const read = (token) => jwtVerify(token, keys, { ${told}, audience: "https://api.example.com" });`,
              },
            ],
          },
          { options },
        ),
      ),
    ]),
  ],
});

/** A token that is read before it is verified, or looked at only where it is verified. */
const before = (asks: string): string =>
  `import jwt from "jsonwebtoken"; export const enter = (req, res, next) => { const token = req.headers.authorization.slice(7); ${asks} jwt.verify(token, process.env.APP_SECRET, { algorithms: ["HS256"] }); next(); };`;

/** A key that holds a part of what is known of a user. */
const withKey = (key: string): string =>
  `import jwt from "jsonwebtoken"; export const reset = (token, user, req) => { const secret = ${key}; return jwt.verify(token, secret, { algorithms: ["HS256"] }).sub; };`;

const withoutAudience = (code: string) =>
  marked(code.replace(/jwt\.verify\(.+?\}\)/u, "«$&»"), {
    messageId: "missingWithOwnKey",
    data: { name: "jwt.verify", option: "audience" },
    suggestions: [
      {
        messageId: "addOption",
        data: { edit: 'audience: "https://api.example.com"' },
        output: code.replace(
          '{ algorithms: ["HS256"] }',
          '{ algorithms: ["HS256"], audience: "https://api.example.com" }',
        ),
      },
    ],
  });

testRule("require-audience-check: compared before the verification, and keys of one user", rule, {
  valid: [
    before("if (jwt.decode(token).aud !== process.env.APP) return res.sendStatus(401);"),
    before(
      "const { payload } = jwt.decode(token, { complete: true }); if (payload.azp !== process.env.APP) return res.sendStatus(401);",
    ),
    before(
      "const { iss, aud } = jwt.decode(token, { complete: true }).payload; if (aud !== process.env.APP) return res.sendStatus(401); req.shop = iss;",
    ),
    ...[
      "process.env.JWT_SECRET + user.password",
      "`${user.created}-${user.passwordHash}`",
      "user.hashed_password.concat(process.env.JWT_SECRET)",
    ].map((key) => withKey(key)),
  ],
  invalid: [
    before("const { sub } = jwt.decode(token); req.shop = sub;"),
    before(
      "if (jwt.decode(req.cookies.other).aud !== process.env.APP) return res.sendStatus(401);",
    ),
    ...[
      "process.env.JWT_SECRET + user.id",
      "process.env.PASSWORD",
      "config.jwt.password",
      "mailer.password + user.id",
      "process.env.JWT_SECRET + req.body.password",
    ].map((key) => withKey(key)),
  ].map((code) => withoutAudience(code)),
});
