import rule from "../../src/rules/no-unchecked-verification.ts";
import { marked } from "../kit/marked.ts";
import { testRule } from "../kit/test-rule.ts";
import type { InvalidCase } from "../kit/test-rule.ts";

/** Handlers that forget errors by which a guard was not called, each next to one that hands them on. */

const IMPORTS = `import express from "express";
import bodyParser from "body-parser";
import { expressjwt } from "express-jwt";
import orders from "./routes/orders.js";
const app = express();
`;

const PARSER = "app.use(express.json());\n";
const GUARD = "app.use(expressjwt(options));\n";
const ROUTE = 'app.use("/orders", orders);\n';

const handler = (body: string): string => `app.use((err, req, res, next) => { ${body} });\n`;

const REFUSES = 'err.name === "UnauthorizedError"';
const GOES_ON = `if (${REFUSES}) { res.status(401).end(); } else { next(); }`;

/** What an application is given, in that order. */
const app = (...steps: readonly string[]): string => IMPORTS + steps.join("");

const inFront = (code: string, name = "expressjwt"): InvalidCase =>
  marked(code, { messageId: "errorSkipsGuard", data: { name } });

const ofGuard = (code: string): InvalidCase =>
  marked(code, { messageId: "errorFallsThrough", data: { name: "expressjwt" } });

testRule("no-unchecked-verification", rule, {
  valid: [
    ...[
      // The error is handed on, answered, or may be.
      `if (${REFUSES}) { res.status(401).end(); } else { next(err); }`,
      `if (${REFUSES}) return res.status(401).end(); next(err);`,
      `if (${REFUSES}) { res.status(401).end(); } else { res.status(500).end(); }`,
      `if (${REFUSES}) { res.status(401).end(); } else { answer(err, res); next(); }`,
      `if (err.status === 400) return res.status(400).end(); ${GOES_ON}`,
      `if (${REFUSES}) { res.status(401).end(); } else if (err instanceof SyntaxError) { res.status(400).end(); } else { next(); }`,
      `if (${REFUSES} && req.path !== "/") return res.status(401).end(); next();`,
      `if (res.headersSent) return next(err); ${GOES_ON}`,
      'if (err.name !== "UnauthorizedError") return next(err); res.status(401).end();',
      `if (isStrict && ${REFUSES}) return res.status(401).end(); next();`,
      `if (${REFUSES}) { report(err); } else { next(); }`,
      "console.error(err); next(err);",
      "console.error(err); throw err;",
      "console.error(err); return;",
      "report(err); next();",
    ].map((body) => app(PARSER, GUARD, handler(body), ROUTE)),
    // Nothing in front of the guard reads a body, or its errors do not come so far.
    app(GUARD, handler(GOES_ON), ROUTE),
    app(GUARD, PARSER, handler(GOES_ON), ROUTE),
    app('app.use(express.static("public"));\n', GUARD, handler(GOES_ON), ROUTE),
    app("const part = express(); app.use(part);\n", GUARD, handler(GOES_ON), ROUTE),
    app('app.use("/uploads", express.json());\n', GUARD, handler(GOES_ON), ROUTE),
    app(PARSER, handler("res.status(400).end();"), GUARD, handler(GOES_ON), ROUTE),
    app(PARSER, "app.use(onError);\n", GUARD, handler(GOES_ON), ROUTE),
    app(PARSER, GUARD, "app.use(onError);\n", handler(GOES_ON), ROUTE),
    // Nothing guarded stands behind the handler, or it asks by itself.
    app(PARSER, GUARD, ROUTE, handler(GOES_ON)),
    app(PARSER, GUARD, handler(GOES_ON), "app.use(notFound);"),
    app(PARSER, GUARD, handler(GOES_ON), 'app.use("/login", login);'),
    app(PARSER, GUARD, handler(GOES_ON), 'app.get("/orders", requireUser, list);'),
    app(
      PARSER,
      GUARD,
      handler(GOES_ON),
      'app.get("/orders", (req, res) => { if (!req.auth) return res.sendStatus(401); res.end(); });',
    ),
    app(
      PARSER,
      'app.use(expressjwt(options).unless({ path: ["/orders"] }));',
      handler(GOES_ON),
      ROUTE,
    ),
    app(PARSER, 'app.use("/api", expressjwt(options));', handler(GOES_ON), ROUTE),
    app(
      PARSER,
      'app.use("/api", expressjwt(options));',
      handler(GOES_ON).replace("use(", 'use("/pages", '),
      'app.use("/api/orders", orders);',
    ),
    app(PARSER, GUARD, "const other = express();", handler(GOES_ON).replace("app", "other"), ROUTE),
    app(
      PARSER,
      GUARD,
      handler(GOES_ON),
      'function list(req, res) { if (!req.user) return res.sendStatus(401); res.end(); } app.get("/orders", list);',
    ),
    app(
      'import jwt from "jsonwebtoken";',
      "const guard = (req, res, next) => { req.userId = jwt.verify(req.headers.token, key, options).sub; next(); };",
      PARSER,
      "app.use(guard);",
      handler("console.error(err); next();"),
      'function list(req, res) { if (!req.userId) return res.sendStatus(401); res.end(); } app.get("/orders", list);',
    ),
    // A guard of its own answers by itself, and nothing in front of it fails.
    app(
      'import jwt from "jsonwebtoken";',
      "const guard = (req, res, next) => { req.claims = jwt.verify(req.headers.token, key, options); next(); };",
      "app.use(guard);",
      handler("console.error(err); next();"),
      ROUTE,
    ),
    app(PARSER, "app.use(guard);", handler("console.error(err); next();"), ROUTE),
  ],
  invalid: [
    ...[
      `if (${REFUSES}) { res.status(401).end(); } else { «next()»; }`,
      `console.error(err); if (${REFUSES}) return res.status(401).end(); «next()»;`,
      `if (${REFUSES}) { res.status(401).end(); return; } return «next()»;`,
      `if (err && err.status === 401) { res.status(401).end(); } else { console.error(err); «next()»; }`,
      'if (err.name !== "UnauthorizedError") return «next()»; res.status(401).end();',
    ].map((body) => inFront(app(PARSER, GUARD, handler(body), ROUTE))),
    ...[
      "app.use(bodyParser.json());\n",
      "app.use(bodyParser());\n",
      "const parse = express.urlencoded({ extended: true }); app.use(parse);\n",
      "app.use(log, express.json());\n",
    ].map((parser) =>
      inFront(app(parser, GUARD, handler(GOES_ON.replace("next()", "«next()»")), ROUTE)),
    ),
    ...[
      "const guard = expressjwt(options); app.use(guard);\n",
      'const guard = expressjwt(options); app.use(guard.unless({ path: ["/login"] }));\n',
      'const guard = expressjwt(options).unless({ path: ["/login"] }); app.use(guard);\n',
      "app.use(log, expressjwt(options));\n",
    ].map((guard) =>
      inFront(app(PARSER, guard, handler(GOES_ON.replace("next()", "«next()»")), ROUTE)),
    ),
    inFront(
      app(
        PARSER,
        'app.use("/api", expressjwt(options));',
        handler(GOES_ON.replace("next()", "«next()»")),
        'app.get("/api/orders", list);',
      ),
    ),
    // A guard of the program's own
    inFront(
      app(
        'import jwt from "jsonwebtoken";',
        "const guard = (req, res, next) => { req.claims = jwt.verify(req.headers.token, key, options); next(); };",
        PARSER,
        "app.use(guard);",
        handler("console.error(err); «next()»;"),
        ROUTE,
      ),
      "jwt.verify",
    ),
    inFront(
      app(
        'import jwt from "jsonwebtoken";',
        "const guard = (req, res, next) => { req.claims = jwt.verify(req.headers.token, key, options); next(); };",
        PARSER,
        "app.use(guard);",
        handler("if (err.status === 401) { res.status(401).end(); } «next()»;"),
        ROUTE,
      ),
      "jwt.verify",
    ),
    // The errors of the guard itself are forgotten.
    ofGuard(app(GUARD, handler("console.error(err); «next()»;"), ROUTE)),
    ofGuard(app(GUARD, handler("return «next()»;"), ROUTE)),
    ofGuard(app(PARSER, GUARD, handler("«next()»;"), ROUTE)),
  ],
});
