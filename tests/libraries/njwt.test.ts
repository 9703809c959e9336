import { testRealistic, testTwins } from "../kit/twins.ts";

testTwins(
  [
    {
      rule: "no-unchecked-verification",
      messageId: "noKey",
      vulnerable: "const claims = nJwt.verify(token);",
      safe: "const claims = nJwt.verify(token, key);",
    },
    {
      rule: "no-unchecked-verification",
      messageId: "noKey",
      vulnerable:
        "nJwt.verify(token, (error, claims) => { if (error) throw error; use(claims); });",
      safe: "nJwt.verify(token, key, (error, claims) => { if (error) throw error; use(claims); });",
    },
    {
      rule: "no-unchecked-verification",
      messageId: "errorCrashes",
      vulnerable:
        "nJwt.verify(token, key, (error, claims) => { req.user = claims.body; next(); });",
      safe: "nJwt.verify(token, key, (error, claims) => { if (error) return next(error); req.user = claims.body; next(); });",
    },
    {
      rule: "no-none-algorithm",
      messageId: "signsUnsecured",
      vulnerable: "const token = new nJwt.Jwt({ sub, exp }).setSigningKey(key).compact();",
      safe: 'const token = new nJwt.Jwt({ sub, exp }).setSigningAlgorithm("HS256").setSigningKey(key).compact();',
    },
    {
      rule: "no-none-algorithm",
      messageId: "acceptsUnsecured",
      vulnerable: 'const claims = nJwt.createVerifier().setSigningAlgorithm("none").verify(token);',
      safe: 'const claims = nJwt.createVerifier().setSigningAlgorithm("HS256").setSigningKey(key).verify(token);',
    },
    {
      rule: "no-hardcoded-key",
      messageId: "hardcodedKey",
      vulnerable:
        'const token = nJwt.create({ sub }, "kP9vT2xQ8mZ4rW7yB1nC6dF3hJ5sL0aG").compact();',
      safe: "const token = nJwt.create({ sub }, process.env.JWT_SECRET).compact();",
    },
    {
      rule: "no-weak-key",
      messageId: "guessableKey",
      vulnerable: 'const claims = nJwt.verify(token, "secret", "HS256");',
      safe: 'const claims = nJwt.verify(token, process.env.JWT_SECRET, "HS256");',
    },
    {
      rule: "no-algorithm-confusion",
      messageId: "publicKeyAsSecret",
      vulnerable: 'const claims = nJwt.verify(token, readFileSync("public.pem"), "HS256");',
      safe: 'const claims = nJwt.verify(token, readFileSync("public.pem"), "RS256");',
      preamble: 'import nJwt from "njwt"; import { readFileSync } from "node:fs";',
    },
    {
      rule: "require-expiration",
      messageId: "missing",
      vulnerable:
        'const token = new nJwt.Jwt({ sub: 1 }).setSigningAlgorithm("HS256").setSigningKey(key).compact();',
      // An hour, unless somebody says otherwise.
      safe: "const token = nJwt.create({ sub: 1 }, key).compact();",
    },
    {
      rule: "no-long-lifetime",
      messageId: "tooLong",
      vulnerable:
        "const jwt = nJwt.create({ sub }, key);\njwt.setExpiration(Date.now() + 365 * 24 * 3600 * 1000);\nconst token = jwt.compact();",
      safe: "const jwt = nJwt.create({ sub }, key);\njwt.setExpiration(Date.now() + 15 * 60 * 1000);\nconst token = jwt.compact();",
      line: 2,
    },
    {
      rule: "no-invalid-lifetime",
      messageId: "bornExpired",
      vulnerable:
        "const token = nJwt.create({ sub }, key).setExpiration(Math.floor(Date.now() / 1000) + 3600).compact();",
      safe: "const token = nJwt.create({ sub }, key).setExpiration(Date.now() + 3600 * 1000).compact();",
    },
  ],
  { preamble: 'import nJwt from "njwt";' },
);

testRealistic(
  "a session module",
  `
const nJwt = require("njwt");
const { sessions } = require("./sessions");

const ISSUER = "https://id.example.com";
const AUDIENCE = "https://api.example.com";
const key = Buffer.from(process.env.JWT_KEY, "base64");

function issue(user) {
  const jwt = nJwt.create({ sub: user.id, iss: ISSUER, aud: AUDIENCE }, key, "HS256");
  jwt.setExpiration(Date.now() + 15 * 60 * 1000);
  return jwt.compact();
}

function authenticate(req, res, next) {
  nJwt.verify(req.cookies.session, key, "HS256", (error, verified) => {
    if (error) {
      req.log.warn({ reason: error.userMessage }, "session refused");
      return res.status(401).json({ error: "unauthorized" });
    }
    if (verified.body.aud !== AUDIENCE || verified.body.iss !== ISSUER) {
      return res.status(401).json({ error: "unauthorized" });
    }
    req.user = { id: verified.body.sub };
    next();
  });
}

module.exports = { issue, authenticate };
`,
  { sourceType: "commonjs" },
);
