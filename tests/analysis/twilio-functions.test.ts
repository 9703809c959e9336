import rule from "../../src/rules/no-unverified-claims.ts";
import { marked } from "../kit/marked.ts";
import { testRule } from "../kit/test-rule.ts";
import type { InvalidCase } from "../kit/test-rule.ts";

/** Functions that Twilio calls with what a request says, which have its package as a global. */

interface Parts {
  readonly asks?: string;
  readonly identity?: string;
  readonly head?: string;
  readonly filename?: string;
}

const HEAD = "exports.handler = async function (context, event, callback) {";

const SAID = "«event.identity»";

const written = ({ asks = "", identity = SAID, head = HEAD }: Parts): string =>
  `${head} ${asks} const AccessToken = Twilio.jwt.AccessToken;
const token = new AccessToken(context.ACCOUNT_SID, context.API_KEY, context.API_SECRET, { identity: ${identity} });
token.addGrant(new AccessToken.VideoGrant());
const response = new Twilio.Response(); response.appendHeader("Access-Control-Allow-Origin", "*"); response.setBody({ jwt: token.toJwt() });
return callback(null, response); };`;

const plain = (parts: Parts) => ({
  code: written(parts).replaceAll(/[«»]/gu, ""),
  filename: parts.filename ?? "functions/video.js",
});

const given = (parts: Parts): InvalidCase =>
  marked(
    written(parts),
    { messageId: "askedIdentity", data: { name: "token.toJwt" } },
    { filename: parts.filename ?? "functions/video.js" },
  );

testRule("no-unverified-claims: functions of Twilio", rule, {
  valid: [
    // Somebody is asked for a proof …
    ...[
      "if (event.passcode !== context.PASSCODE) return callback(null, { statusCode: 401 });",
      "const client = context.getTwilioClient(); const check = await client.verify.v2.services(context.SID).verificationChecks.create({ to: event.identity, code: event.code }); if (check.status !== 'approved') return callback(null, {});",
      "const { mayCall } = require(Runtime.getFunctions().access.path); if (!mayCall(event)) return callback(null, {});",
      "if (!event.request.headers['x-key']) return callback(null, {});",
      "const { user } = event.request; if (!user) return callback(null, {});",
      "if (!event.request.cookies.session) return callback(null, {});",
    ].map((asks) => plain({ asks })),
    // … or by the platform, or before the function.
    ...["functions/video.protected.js", "functions/token.private.js"].map((filename) =>
      plain({ filename }),
    ),
    plain({ head: HEAD.replace("async", "validator(async") }).code.replace(/\};$/u, "});"),
    // The program says itself who it is.
    ...["context.IDENTITY", '"lobby"', "crypto.randomUUID()"].map((identity) =>
      plain({ identity }),
    ),
    // Guests may say what they are called.
    plain({ identity: "event.nickname" }),
    // Of Lambda, and of nobody
    ...[
      HEAD.replace("context, event", "event, context"),
      HEAD.replace("context, event, callback", "context, event"),
      HEAD.replace("context, event", "context, input"),
      HEAD.replace("exports.handler", "exports.process"),
      `const pair = (context, event) => [context, event]; ${HEAD.replace("context", "input")} const context = process.env;`,
      "export const handler = async (context, event, callback) => {",
      "const other = (context, event) => context; exports.handler = async function (event, context, callback) {",
    ].map((head) => plain({ head })),
    plain({ head: HEAD.replace("event", "req"), identity: "req.body.identity" }),
    // What the program calls so is its own.
    plain({ head: `const Twilio = require("./own.js"); ${HEAD}` }),
  ],
  invalid: [
    given({}),
    given({ asks: "const who = event.identity;", identity: "«who»" }),
    given({ asks: "const { identity } = event;", identity: "«identity»" }),
    given({ asks: "const { user } = event;", identity: "«user»" }),
    given({ identity: "«event.user»" }),
    given({
      head: "module.exports.handler = (_context, event, callback) => {",
      asks: "const context = process.env;",
    }),
    given({
      head: "exports.handler = async (ctx, event, cb) => { const context = ctx; const callback = cb;",
    }),
    given({ filename: "functions/protected.js" }),
    given({ asks: "if (!event.identity) return callback(null, { statusCode: 400 });" }),
    // The package by its name
    marked(
      written({ head: `const twilio = require("twilio"); ${HEAD}` }).replaceAll(
        "Twilio.jwt",
        "twilio.jwt",
      ),
      { messageId: "askedIdentity", data: { name: "token.toJwt" } },
    ),
  ],
});
