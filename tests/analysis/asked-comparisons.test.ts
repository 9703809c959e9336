import rule from "../../src/rules/no-unverified-claims.ts";
import { marked } from "../kit/marked.ts";
import { testRule } from "../kit/test-rule.ts";

/** Claims that nobody has verified, compared with what the request names, and verifications that stop nothing. */

const FILE = 'import jwt from "jsonwebtoken";\nimport { Skipper } from "../models/skipper.js";\n';

const handler = (body: string): string =>
  `${FILE}export async function rename(req, res) {\n  const claims = «jwt.decode(req.headers.token, options)»;\n  ${body}\n}`;

const REFUSE = "return res.sendStatus(403);";
const WRITE = "await Skipper.updateOne({ _id: req.params.id }, { name: req.body.name });";

/** The handler of the look-up, behind a verification with this callback. */
const promised = (callback: string, body: string): string =>
  `${FILE}export const reset = (req, res) => {\n  const { skipperId, token } = req.params;\n  Skipper.findOne({ _id: skipperId })\n    .then((skipper) => {\n      const key = skipper.password + skipper.joined;\n      jwt.verify(token, key, ${callback});\n      ${body}\n    })\n    .catch(() => res.status(404).end());\n};`;

const ANSWERS = "function (error, claims) { if (error) { res.status(401).json(error); } return; }";
const READ = "const claims = «jwt.decode(token, options)»;";
const CHANGE =
  "if (claims.skipperId === skipper.id) { bcrypt.hash(req.body.password, 10, (error, hash) => { if (error) return; Skipper.findOneAndUpdate({ _id: skipperId }, { password: hash }).then(() => res.end()); }); }";

const plain = (code: string): string => code.replaceAll(/[«»]/gu, "");

const decided = (code: string, line: number, claim: string) =>
  marked(code, {
    messageId: "decision",
    data: { name: "jwt.decode", line: String(line), what: `the claim ${claim}` },
  });

testRule("no-unverified-claims", rule, {
  valid: [
    ...[
      // With what the server knows, or beside who has signed in
      `const skipper = await Skipper.current(); if (claims.skipperId !== skipper.id) ${REFUSE}`,
      `if (claims.skipperId !== process.env.SKIPPER) ${REFUSE}`,
      `if (claims.skipperId !== req.user.id) ${REFUSE}`,
      `if (claims.skipperId !== req.params.id) ${REFUSE} await Skipper.updateOne({ _id: req.user.id }, {});`,
      // Which request or device it is about, a version, or what says nothing of whom
      `if (claims.requestId !== req.body.requestId) ${REFUSE}`,
      `if (claims.deviceId !== req.body.deviceId) ${REFUSE}`,
      `if (claims.theme !== req.body.theme) ${REFUSE}`,
      `if (claims.version !== req.body.version) ${REFUSE}`,
      `if (claims.tokenId !== req.body.tokenId) ${REFUSE}`,
      "if (claims.skipperId !== req.params.id) { strangers += 1; }",
      `if (claims.skipperId < req.params.id) { ${WRITE} }`,
      "if (req.body.isShown) { const isOwn = claims.skipperId !== req.params.id; render(isOwn); return; }",
      // Nobody is turned away, and nothing is written
      "if (claims.skipperId !== req.params.id) console.warn(claims.skipperId);",
      "if (claims.skipperId === req.params.id) res.locale = claims.locale;",
      "const isOwn = claims.skipperId === req.params.id; render(isOwn);",
      `if (claims.skipperId === req.params.id) { const own = await Skipper.find({}); render(own); }`,
      // Whoever is himself may not, which a made up token escapes, and which is asked beside
      `if (claims.skipperId === req.params.id) ${REFUSE}`,
      `if (claims.skipperId == null) ${REFUSE}`,
    ].map((body) => plain(handler(body))),
    // Verified in the same flow
    `${FILE}export async function rename(req, res) {\n  const claims = jwt.decode(req.headers.token);\n  jwt.verify(req.headers.token, keyOf(claims.skipperId), { algorithms: ["HS256"] });\n  if (claims.skipperId !== req.params.id) ${REFUSE}\n}`,
    // What has failed is no record.
    `${FILE}export const reset = (req, res) => { const { skipperId, token } = req.params; Skipper.findOne({ _id: skipperId }).then(null, (failed) => { const claims = jwt.decode(token); if (claims.skipperId !== failed.id) return res.end(); }); };`,
    // The callback goes on, something is asked, or the failure leaves.
    ...[
      promised(`(error) => { if (error) return res.sendStatus(401); ${READ} ${CHANGE} }`, ""),
      promised(
        "(error) => { if (error) return res.sendStatus(401); isGood = true; }",
        `if (!isGood) return; ${READ} ${CHANGE}`,
      ),
      promised(ANSWERS, `if (res.headersSent) return; ${READ} ${CHANGE}`),
      promised(
        "(error) => { if (error) return res.sendStatus(401); isGood = true; }",
        `if (isGood) { ${READ} ${CHANGE} }`,
      ),
      promised(
        "(error) => { if (error) return res.sendStatus(401); isGood = true; }",
        `${READ} ${CHANGE.replace("if (", "if (isGood && ")}`,
      ),
      promised("(error) => { if (error) throw error; }", `${READ} ${CHANGE}`),
      promised(ANSWERS, `await check(token); ${READ} ${CHANGE}`).replace(
        "(skipper) =>",
        "async (skipper) =>",
      ),
    ].map((code) => plain(code)),
    `${FILE}export const read = async (req, res) => {\n  const { token } = req.body;\n  await new Promise((resolve, reject) => { jwt.verify(token, key, (error) => { if (error) return reject(error); resolve(); }); });\n  const claims = jwt.decode(token);\n  if (claims.skipperId !== req.params.id) ${REFUSE}\n};`,
  ],
  invalid: [
    ...[
      `if (claims.skipperId !== req.params.id) ${REFUSE}\n  ${WRITE}`,
      `if (String(req.params.id) != claims.skipperId) { ${REFUSE} }\n  ${WRITE}`,
      `if (!req.body || claims.skipperId !== req.body.id) ${REFUSE}`,
      `if (claims.skipperId === req.params.id) { ${WRITE} }`,
      `if (claims.skipperId === req.params.id && req.body.name) { ${WRITE} }`,
    ].map((body) => decided(handler(body), 5, "skipperId")),
    decided(
      handler(
        `const skipper = await Skipper.findById(req.params.id);\n  if (claims.skipperId !== skipper._id.toString()) ${REFUSE}`,
      ),
      6,
      "skipperId",
    ),
    decided(handler(`if (claims.member_no !== req.params.no) ${REFUSE}`), 5, "member_no"),
    // The refusal ends the callback alone.
    ...[
      `${READ}\n      ${CHANGE}`,
      `${READ}\n      ${CHANGE.replace("claims.skipperId", "claims.id")}`,
    ].map((body) =>
      decided(promised(ANSWERS, body), 10, body.includes("claims.id") ? "id" : "skipperId"),
    ),
    decided(promised(ANSWERS, `if (isOpen) {\n      ${READ} ${CHANGE} }`), 10, "skipperId"),
  ],
});
