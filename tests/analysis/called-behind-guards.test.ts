import rule from "../../src/rules/no-unverified-claims.ts";
import { marked } from "../kit/marked.ts";
import { testRule } from "../kit/test-rule.ts";

/** Functions that read a token for handlers, which stand behind a guard or do not. */

const READS = '«decode(req.headers.authorization.split(" ")[1])»';

/** A function that reads the scopes of a request, and what calls it. */
const called = (by: string, before = ""): string =>
  `const { decode } = require("jsonwebtoken"); const router = require("express").Router(); const { requireAuth } = require("./auth"); ${before}
function mayDelete(req) { return ${READS}.scope === "files:delete"; }
${by}`;

/** A function that makes a handler, which asks for a scope. */
const made = (by: string): string =>
  `const { decode } = require("jsonwebtoken"); const router = require("express").Router(); const { requireAuth } = require("./auth");
function hasScope(scope) { return (req, res, next) => ${READS}.scope === scope ? next() : res.sendStatus(403); }
${by}`;

const ASKS = "(req, res) => { if (!mayDelete(req)) return res.sendStatus(403); remove(res); }";
const BEHIND = `router.delete("/:id", requireAuth, ${ASKS});`;
const OPEN = `router.delete("/:id", ${ASKS});`;

const plain = (code: string): string => code.replaceAll(/[«»]/gu, "");

testRule("no-unverified-claims: functions that handlers behind a guard call", rule, {
  valid: [
    called(BEHIND),
    called(OPEN, "router.use(requireAuth);"),
    called(`${BEHIND} router.put("/:id", requireAuth, ${ASKS});`),
    called(
      'router.delete("/:id", requireAuth, (req, res) => { if (!mayChange(req)) return res.sendStatus(403); remove(res); });',
      "const mayChange = (req) => mayDelete(req);",
    ),
    made('router.delete("/:id", requireAuth, hasScope("files:delete"), remove);'),
    made('router.use(requireAuth); router.delete("/:id", hasScope("files:delete"), remove);'),
  ].map(plain),
  invalid: [
    called(OPEN),
    called(`${BEHIND} ${OPEN}`),
    // It calls itself.
    called(BEHIND).replace('"files:delete"; }', '"files:delete" || mayDelete(req.base); }'),
    called(`${BEHIND} module.exports = { mayDelete };`),
    called(`${OPEN} cache.get("files", requireAuth, (req) => mayDelete(req));`),
    made('router.delete("/:id", hasScope("files:delete"), remove);'),
    made('router.delete("/:id", hasScope("files:delete"), requireAuth, remove);'),
  ].map((code) =>
    marked(code, {
      messageId: "decision",
      data: { name: "decode", line: "2", what: "the claim scope" },
    }),
  ),
});
