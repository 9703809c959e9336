import rule from "../../src/rules/no-unverified-claims.ts";
import { marked } from "../kit/marked.ts";
import { testRule } from "../kit/test-rule.ts";

/** What njwt's errors tell of a token that was refused, where it counts and where it does not. */

const NJWT = `const njwt = require("njwt");\n`;

const callback = (failed: string, name = "err"): string =>
  `${NJWT}exports.guard = (req, res, next) => { njwt.verify(req.token, process.env.KEY, async (${name}, verified) => { if (${name}) { ${failed} } else { req.user = verified.body; } next(); }); };`;

const refused = (code: string, name = "err.parsedBody") =>
  marked(code, { messageId: "refusedClaims", data: { name, line: "2" } });

testRule("no-unverified-claims", rule, {
  valid: [
    callback("console.warn(err.parsedBody.sub, err.message);"),
    callback('if (err.parsedBody.exp < now()) console.info("expired");'),
    callback("req.problem = err.message; req.user = null;"),
    callback("req.user = other.parsedBody;"),
    callback("req.user = { problem: err.userMessage };"),
    callback("req.user = err.parsedHeader.kid;"),
    // Who tried is written down, and turned away.
    callback("await Attempt.create({ userId: err.parsedBody.sub }); return res.status(401).end();"),
    callback("req.user = err.parsedBody; throw err;"),
    callback("if (err.parsedBody) { req.user = err.parsedBody; } return next(err);"),
    callback(
      "return res.status(401).json({ token: njwt.create({ sub: 'guest' }, KEY).compact() });",
    ),
    // The error of something else, and of another library.
    `${NJWT}exports.guard = (req, res, next) => { read(req, (err, claims) => { req.user = err.parsedBody; next(); }); };`,
    `${NJWT}exports.guard = (req, res, next) => { try { njwt.verify(req.token, process.env.KEY); } catch ({ parsedBody }) { console.log(parsedBody); } next(); };`,
    `const jwt = require("jsonwebtoken"); exports.guard = (req, res, next) => { jwt.verify(req.token, process.env.KEY, (err, claims) => { req.user = err ? err.parsedBody : claims; next(); }); };`,
    // jose has verified the signature by then.
    `import { jwtVerify } from "jose"; export async function guard(req, res, next) { try { await jwtVerify(req.token, KEY); } catch (error) { req.seen = error.payload; } next(); }`,
    // Another request of the same shape, to a client of something else.
    `${NJWT}exports.guard = (req, res) => { njwt.verify(req.token, process.env.KEY, (err) => { const params = { Item: { user: err.parsedBody.sub } }; shelf.put(params); }); };`,
  ],
  invalid: [
    refused(callback("req.user = { id: «err.parsedBody».sub };")),
    // Signed again, the answer that turns away brings it.
    refused(
      callback(
        "const again = njwt.create(«err.parsedBody», KEY); return res.status(401).json({ token: again.compact() });",
      ),
    ),
    refused(
      callback(
        "return res.status(401).json({ token: njwt.create({ sub: «err.parsedBody».sub }, KEY).compact() });",
      ),
    ),
    refused(
      callback("res.locals.u = await User.findOne({ _id: new ObjectId(«err.parsedBody».sub) });"),
    ),
    refused(
      `${NJWT}exports.guard = (req, res) => { njwt.verify(req.token, process.env.KEY, (err) => { req.user = «err.parsedBody»; }); return res.status(401).end(); };`,
    ),
    refused(callback("const { sub } = «err.parsedBody»; req.userId = sub;")),
    refused(callback('const id = «err.parsedBody»["sub"]; Order.create({ userId: id });')),
    refused(
      callback("req.user = await User.findById(«error.parsedBody».sub);", "error"),
      "error.parsedBody",
    ),
    refused(
      `${NJWT}exports.guard = (req, res, next) => { try { req.user = njwt.verify(req.token, process.env.KEY).body; } catch (e) { req.user = «e.parsedBody»; } next(); };`,
      "e.parsedBody",
    ),
    refused(
      `${NJWT}exports.guard = (req, res, next) => { njwt.createVerifier().setSigningKey(KEY).verify(req.token, (err, jwt) => { req.user = err ? «err.parsedBody» : jwt.body; next(); }); };`,
    ),
    refused(
      `${NJWT}exports.handler = (event, context) => { njwt.verify(event.headers.authorization, process.env.KEY, (err) => { if (err) { const owner = «err.parsedBody»["cognito:username"]; const params = { TableName: "orders", Item: { user: owner } }; client.put(params, log); } }); };`,
    ),
  ],
});
