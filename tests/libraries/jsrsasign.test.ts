import { testRealistic, testTwins } from "../kit/twins.ts";

testTwins(
  [
    {
      rule: "require-algorithms",
      messageId: "unlistedByHeader",
      vulnerable: "export const isGood = (token) => JWS.verify(token, { utf8: process.env.KEY });",
      safe: 'export const isGood = (token) => JWS.verify(token, { utf8: process.env.KEY }, ["HS256"]);',
    },
    {
      rule: "require-algorithms",
      messageId: "unlistedByHeader",
      vulnerable: "export const isGood = (token) => JWS.verify(token, key, []);",
      safe: "export const isGood = (token) => JWS.verify(token, key, ALLOWED);",
    },
    {
      rule: "no-ineffective-option",
      messageId: "textCheck",
      vulnerable:
        'export const isGood = (token) => JWS.verifyJWT(token, key, { alg: ["HS256"], iss: "us", aud: ["api"] });',
      safe: 'export const isGood = (token) => JWS.verifyJWT(token, key, { alg: ["HS256"], iss: ["us"], aud: ["api"] });',
    },
    {
      rule: "no-ineffective-option",
      messageId: "textCheck",
      vulnerable:
        'export const isGood = (token) => JWS.verifyJWT(token, key, { alg: ["HS256"], iss: ["us"], aud: process.env.AUDIENCE });',
      safe: 'export const isGood = (token) => JWS.verifyJWT(token, key, { alg: ["HS256"], iss: ["us"], aud: [process.env.AUDIENCE] });',
    },
    {
      rule: "no-ineffective-option",
      messageId: "misnamedCheck",
      vulnerable:
        'export const isGood = (token) => JWS.verifyJWT(token, key, { alg: ["HS256"], audience: ["api"] });',
      safe: 'export const isGood = (token) => JWS.verifyJWT(token, key, { alg: ["HS256"], aud: ["api"] });',
    },
    {
      rule: "require-audience-check",
      messageId: "missingWithOwnKey",
      vulnerable:
        'export const isGood = (token) => JWS.verifyJWT(token, key, { alg: ["HS256"], iss: ["us"] });',
      safe: 'export const isGood = (token) => JWS.verifyJWT(token, key, { alg: ["HS256"], aud: ["api"] });',
    },
    {
      rule: "no-unchecked-verification",
      messageId: "resultDropped",
      vulnerable:
        'export function admit(token, next) {\n  JWS.verify(token, key, ["HS256"]);\n  next();\n}',
      safe: 'export function admit(token, next) {\n  if (!JWS.verify(token, key, ["HS256"])) throw new Error("forged");\n  next();\n}',
      line: 2,
    },
    {
      rule: "no-ignored-expiration",
      messageId: "longTolerance",
      vulnerable:
        'export const isGood = (token) => JWS.verifyJWT(token, key, { alg: ["HS256"], gracePeriod: 86400 });',
      safe: 'export const isGood = (token) => JWS.verifyJWT(token, key, { alg: ["HS256"], gracePeriod: 60 });',
    },
    {
      rule: "require-expiration",
      messageId: "missing",
      vulnerable:
        'export const sign = (user) => JWS.sign("HS256", HEADER, JSON.stringify({ sub: user.id }), key);',
      safe: 'export const sign = (user) => JWS.sign("HS256", HEADER, JSON.stringify({ sub: user.id, exp: KJUR.jws.IntDate.get("now + 1hour") }), key);',
    },
    {
      rule: "require-expiration",
      messageId: "missing",
      vulnerable:
        'export function sign(user) {\n  const payload = { sub: user.id };\n  const text = JSON.stringify(payload);\n  return JWS.sign("HS256", HEADER, text, key);\n}',
      safe: 'export function sign(user) {\n  const payload = { sub: user.id };\n  payload.exp = Math.floor(Date.now() / 1000) + 3600;\n  const text = JSON.stringify(payload);\n  return JWS.sign("HS256", HEADER, text, key);\n}',
      line: 4,
    },
    {
      rule: "no-none-algorithm",
      messageId: "signsUnsecured",
      vulnerable: 'export const make = (claims) => JWS.sign("none", HEADER, claims, "");',
      safe: 'export const make = (claims) => JWS.sign("HS256", HEADER, claims, key);',
    },
    {
      rule: "no-none-algorithm",
      messageId: "signsUnsecured",
      vulnerable:
        'export const make = (claims) => JWS.sign(null, JSON.stringify({ alg: "none" }), claims, "");',
      safe: 'export const make = (claims) => JWS.sign(null, JSON.stringify({ alg: "ES256" }), claims, key);',
    },
    {
      rule: "no-hardcoded-key",
      messageId: "hardcodedKey",
      vulnerable:
        'export const make = (claims) => JWS.sign("HS256", HEADER, claims, "kP9vT2xQ8mZ4rW7yB1nC6dF3hJ5sL0aG");',
      safe: 'export const make = (claims) => JWS.sign("HS256", HEADER, claims, process.env.KEY);',
    },
    {
      rule: "no-hardcoded-key",
      messageId: "hardcodedKey",
      vulnerable:
        'export const make = (claims) => JWS.sign("HS256", HEADER, claims, { utf8: "kP9vT2xQ8mZ4rW7yB1nC6dF3hJ5sL0aG" });',
      safe: 'export const make = (claims) => JWS.sign("HS256", HEADER, claims, { utf8: process.env.KEY });',
    },
    {
      rule: "no-unverified-claims",
      messageId: "identity",
      vulnerable:
        "export function authenticate(req, res, next) {\n  req.user = JWS.parse(req.headers.authorization.slice(7)).payloadObj;\n  next();\n}",
      safe: 'export function authenticate(req, res, next) {\n  const token = req.headers.authorization.slice(7);\n  if (!JWS.verify(token, key, ["RS256"])) return res.sendStatus(401);\n  req.user = JWS.parse(token).payloadObj;\n  next();\n}',
      line: 2,
    },
  ],
  { preamble: 'import { KJUR } from "jsrsasign"; const { JWS } = KJUR.jws;' },
);

testRealistic(
  "a Zoom signature route",
  `const { KJUR } = require("jsrsasign");
const express = require("express");
const { randomUUID } = require("node:crypto");

const router = express.Router();

router.post("/signature", (req, res) => {
  const issued = Math.round(Date.now() / 1000) - 30;
  const header = { alg: "HS256", typ: "JWT" };
  const payload = {
    iss: "meetings",
    aud: "zoom",
    jti: randomUUID(),
    sdkKey: process.env.ZOOM_SDK_KEY,
    mn: req.body.meetingNumber,
    role: req.body.role,
    iat: issued,
    exp: issued + 60 * 60 * 2,
  };
  const signature = KJUR.jws.JWS.sign(
    "HS256",
    JSON.stringify(header),
    JSON.stringify(payload),
    process.env.ZOOM_SDK_SECRET,
  );
  res.json({ signature });
});

router.get("/me", (req, res) => {
  const [, token = ""] = (req.headers.authorization ?? "").split(" ");
  let isValid = false;
  try {
    isValid = KJUR.jws.JWS.verifyJWT(token, { utf8: process.env.SESSION_SECRET }, {
      alg: ["HS256"],
      iss: ["https://login.example.com"],
      aud: ["meetings"],
    });
  } catch {
    isValid = false;
  }
  if (!isValid) return res.status(401).json({ error: "unauthorized" });
  const { payloadObj } = KJUR.jws.JWS.parse(token);
  return res.json({ id: payloadObj.sub });
});

module.exports = router;
`,
);
