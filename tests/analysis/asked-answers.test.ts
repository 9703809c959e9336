import silent from "../../src/rules/no-silent-verification-failure.ts";
import rule from "../../src/rules/no-unchecked-verification.ts";
import { marked } from "../kit/marked.ts";
import { testRule } from "../kit/test-rule.ts";

/** What a callback asks behind a refusal, as what it tests its claims, and refusals that are returned in other words. */

const callback = (steps: string): string =>
  `const jwt = require("jsonwebtoken"); exports.auth = (req, res, next) => { jwt.verify(req.cookies.session, process.env.KEY, { algorithms: ["HS256"] }, («err», claims) => { ${steps} }); };`;

const plain = (steps: string): string => callback(steps).replaceAll(/[«»]/gu, "");

const found = (steps: string) =>
  marked(callback(steps), { messageId: "errorFallsThrough", data: { name: "jwt.verify" } });

testRule("no-unchecked-verification: asked behind a refusal", rule, {
  valid: [
    "err && res.status(403).end(); if (res.headersSent) return; req.user = claims; next();",
    "if (err) res.status(401).json({ no: 1 }); if (!res.headersSent) { req.user = claims; next(); }",
    "err && res.code(401).send({ no: 1 }); if (res.sent) return; req.user = claims; next();",
    "err && ws.close(4401); if (ws.readyState !== ws.OPEN) return; ws.userId = claims.sub;",
    // What the claims are tested as
    "if (err) console.warn(err.message); req.user = claims; if (req.user) next(); else res.sendStatus(401);",
    "if (err) console.warn(err.message); req.user = claims; req.user ? next() : res.sendStatus(401);",
    "err && console.warn(err.message); const user = claims; if (!user) return res.status(401).end(); req.user = user; next();",
    "err && console.warn(err.message); let user; user = claims; if (!user) return res.status(401).end(); req.user = user; next();",
  ].map((steps) => plain(steps)),
  invalid: [
    // Asked before, in another function, of another request, or not at all
    found(
      "if (res.headersSent) return; err && console.warn(err.message); req.user = claims; next();",
    ),
    // What was answered nowhere, and something else that was sent
    found(
      "err && console.warn(err.message); if (res.headersSent) return; req.user = claims; next();",
    ),
    found("err && res.status(403).end(); if (mail.sent) return; req.user = claims; next();"),
    found("err && console.warn(err.message); log(res.headersSent); req.user = claims; next();"),
    found("err && console.warn(err.message); req.user = claims; if (old.user) stop(); next();"),
    found(
      "err && console.warn(err.message); req.user = claims; later(() => { if (res.headersSent) return; }); next();",
    ),
    found("if (err) console.warn(err.message); if (req.user) stop(); req.user = claims; next();"),
    found("if (err) console.warn(err.message); req.user = claims; if (req.org) stop(); next();"),
    found("err && console.warn(err.message); const user = claims; req.user = user; next();"),
    found(
      "err && console.warn(err.message); let user; if (user) stop(); user = claims; req.user = user; next();",
    ),
  ],
});

testRule("no-silent-verification-failure: refusals in other words", silent, {
  valid: [
    "if (err) return void res.sendStatus(401); req.user = claims; return void next();",
    "if (err) return res.status(401), res.json({ no: 1 }), undefined; (req.user = claims), next();",
    ...["void res.sendStatus(401)", "(res.status(401), res.json({ no: 1 }), undefined)"].map(
      (given) => `if (err) { return ${given}; } req.user = claims; next();`,
    ),
  ].map((steps) => plain(steps)),
  invalid: [
    ...["void 0", "undefined", "null"].map((given) =>
      marked(
        plain("").replace("{  }", `{ if (err) «return ${given};» req.user = claims; next(); }`),
        { messageId: "givesNothing", data: { name: "jwt.verify" } },
      ),
    ),
  ],
});
