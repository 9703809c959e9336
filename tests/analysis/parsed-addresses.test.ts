import rule from "../../src/rules/no-token-in-url.ts";
import { marked } from "../kit/marked.ts";
import { testRule } from "../kit/test-rule.ts";

/** A helper that takes an address apart, and the middleware whose token it finds. */
const program = (pick: string, given = "req.originalUrl"): string =>
  `const jwt = require("jsonwebtoken"); const url = require("url"); const pick = (address) => { ${pick} }; exports.guard = (req, res, next) => { const address = ${given}; const token = pick(address); return admit(req, next, { token }); }; function admit(req, next, options) { req.user = jwt.verify(options.token, process.env.KEY); next(); }`;

const READ = { messageId: "read", data: { name: "jwt.verify" } };
const PICKED = "const { query } = url.parse(address, true); return query.token;";

testRule("no-token-in-url: an address that is taken apart by a helper", rule, {
  valid: [
    // Another part of it, or no address of a request.
    program("const { hash } = url.parse(address, true); return hash.token;"),
    program("const { hash: query } = url.parse(address, true); return query.token;"),
    program("const [query] = url.parse(address, true); return query.token;"),
    program(PICKED, "process.env.LINK"),
    program("const { query } = url.parse(); return query.token;"),
    program("const { query } = rules.match(address); return query.token;"),
    program("const { query } = database; return query.token;"),
  ],
  invalid: [
    ...[
      "const { query } = url.parse(address, true); return «query.token»;",
      "const { query: asked } = url.parse(address, true); return «asked.token»;",
      "const { query = {} } = url.parse(address, true); return «query.token»;",
    ].map((pick) => marked(program(pick), READ)),
    marked(
      program(PICKED.replace("query.token", "«query.token»")).replace(
        "pick(address)",
        "pick(req.url)",
      ),
      READ,
    ),
    marked(
      program(
        "const path = req.url; const { query } = url.parse(path, true); return «query.token»;",
      )
        .replace("(address) =>", "(req) =>")
        .replace("pick(address)", "pick(req)"),
      READ,
    ),
    marked(
      'const jwt = require("jsonwebtoken"); exports.guard = (req, res, next) => { const { query } = req; req.user = jwt.verify(«query.token», process.env.KEY); next(); };',
      READ,
    ),
  ],
});
