import { testRealistic, testTwins } from "../kit/twins.ts";

testTwins(
  [
    {
      rule: "no-unchecked-verification",
      messageId: "signatureLeftOut",
      vulnerable: 'const claims = jwt.decode(token, process.env.JWT_SECRET, "HS256");',
      safe: 'const claims = jwt.decode(token, process.env.JWT_SECRET, false, "HS256");',
    },
    {
      rule: "no-unchecked-verification",
      messageId: "signatureLeftOut",
      vulnerable: 'const claims = jwt.decode(token, process.env.JWT_SECRET, "false");',
      safe: "const claims = jwt.decode(token, process.env.JWT_SECRET, undefined);",
    },
    {
      rule: "no-unverified-claims",
      messageId: "identity",
      vulnerable:
        'export function authenticate(req, res, next) { req.user = jwt.decode(req.cookies.token, "", true); next(); }',
      // By its name it decodes, and it verifies.
      safe: "export function authenticate(req, res, next) { req.user = jwt.decode(req.cookies.token, process.env.JWT_SECRET); next(); }",
    },
    {
      rule: "no-hardcoded-key",
      messageId: "hardcodedKey",
      vulnerable:
        'const claims = jwt.decode(token, "kP9vT2xQ8mZ4rW7yB1nC6dF3hJ5sL0aG", false, "HS256");',
      safe: 'const claims = jwt.decode(token, config.secret, false, "HS256");',
    },
    {
      rule: "no-weak-key",
      messageId: "guessableKey",
      vulnerable: 'const token = jwt.encode({ sub, exp }, "secret");',
      safe: "const token = jwt.encode({ sub, exp }, process.env.JWT_SECRET);",
    },
    {
      rule: "require-algorithms",
      messageId: "unlistedByHeader",
      vulnerable: "const claims = jwt.decode(token, process.env.JWT_SECRET);",
      safe: 'const claims = jwt.decode(token, process.env.JWT_SECRET, false, "HS256");',
    },
    {
      rule: "no-none-algorithm",
      messageId: "signsUnsecured",
      vulnerable: 'const token = jwt.encode({ sub, exp }, process.env.JWT_SECRET, "none");',
      safe: 'const token = jwt.encode({ sub, exp }, process.env.JWT_SECRET, "HS256");',
    },
    {
      rule: "require-expiration",
      messageId: "missing",
      vulnerable: "const token = jwt.encode({ sub: 1 }, process.env.JWT_SECRET);",
      safe: "const token = jwt.encode({ sub: 1, exp: moment().add(1, 'hours').unix() }, process.env.JWT_SECRET);",
    },
    {
      rule: "no-ineffective-option",
      messageId: "unread",
      vulnerable: 'const token = jwt.encode({ sub, exp }, secret, "HS256", { expiresIn: "1h" });',
      safe: 'const token = jwt.encode({ sub, exp }, secret, "HS256", { header: { kid } });',
    },
    {
      rule: "no-long-lifetime",
      messageId: "tooLong",
      vulnerable:
        "const token = jwt.encode({ sub, exp: Math.floor(Date.now() / 1000) + 365 * 24 * 3600 }, secret);",
      safe: "const token = jwt.encode({ sub, exp: Math.floor(Date.now() / 1000) + 3600 }, secret);",
    },
  ],
  { preamble: 'import jwt from "jwt-simple";' },
);

testRealistic(
  "a service",
  `
const jwt = require("jwt-simple");
const { randomUUID } = require("node:crypto");
const User = require("../models/user");

const ALGORITHM = "HS256";
const HOUR = 60 * 60;

function tokenFor(user) {
  const iat = Math.floor(Date.now() / 1000);
  const claims = { sub: user.id, iss: "accounts", aud: "api", iat, exp: iat + HOUR, jti: randomUUID() };
  return jwt.encode(claims, process.env.JWT_SECRET, ALGORITHM);
}

exports.login = async (req, res, next) => {
  try {
    const user = await User.findByCredentials(req.body.email, req.body.password);
    if (!user) return res.status(401).send({ error: "unauthorized" });
    res.json({ token: tokenFor(user) });
  } catch (error) {
    next(error);
  }
};

exports.authenticate = (req, res, next) => {
  const [, token] = (req.headers.authorization || "").split(" ");
  try {
    const claims = jwt.decode(token, process.env.JWT_SECRET, false, ALGORITHM);
    if (claims.aud !== "api" || claims.iss !== "accounts") throw new Error("for somebody else");
    req.user = { id: claims.sub };
    next();
  } catch (error) {
    req.log.warn({ reason: error.message }, "token refused");
    res.status(401).json({ error: "unauthorized" });
  }
};
`,
  { sourceType: "commonjs" },
);
