import optional from "../../src/rules/no-optional-authentication.ts";
import unchecked from "../../src/rules/no-unchecked-verification.ts";
import { marked } from "../kit/marked.ts";
import { testRule } from "../kit/test-rule.ts";

/** Middlewares that are called by hand, with callbacks that take no error, each next to one that does or that refuses. */

const IMPORTS =
  'import { expressjwt } from "express-jwt"; import { auth } from "express-oauth2-jwt-bearer"; import restify from "restify-jwt-community"; import koaJwt from "koa-jwt";\n';

const check = (callback: string, owner = "guard", options = ""): string =>
  `${IMPORTS}const verify = expressjwt({ secret: key, algorithms: ["HS256"]${options} });\nexport function ${owner}(req, res, next) { verify(req, res, ${callback}); }`;

const LENIENT = ", credentialsRequired: false";

/** Neither rule has anything to say. */
const HEARD = [
  check("next"),
  check("(error) => { if (error) return res.sendStatus(401); next(); }"),
  check("(error) => next(error)"),
  check("function () { if (arguments[0]) return res.sendStatus(401); next(); }"),
  check("(...given) => { if (given[0]) return res.sendStatus(401); next(); }"),
  check("() => { if (!req.auth) return res.sendStatus(401); next(); }"),
  check("() => { if (req.auth) { next(); } else { res.sendStatus(401); } }"),
  check("() => { if (!req.auth) throw new Error('no'); next(); }"),
  // What it does with claims that are not there is not known, or it refuses all.
  check("() => { find(req.auth.id); next(); }"),
  check("() => { log('done'); }"),
  check("() => res.status(401).end()"),
  // It is asked for behind it.
  `${check("() => next()")} app.get("/me", (req, res) => { if (!req.auth) return res.sendStatus(401); res.json(req.auth); });`,
  // Another function of the program answers itself, and calls the callback for good tokens alone.
  `${IMPORTS}const verify = (req, res, next) => { try { decode(req.token); next(); } catch { res.sendStatus(401); } }; export const guard = (req, res, next) => verify(req, res, () => next());`,
  // No error is handed over.
  `${IMPORTS}export const guard = async (ctx, next) => koaJwt({ secret: key })(ctx, () => next());`,
  `${IMPORTS}export const guard = (req, res, next) => expressjwt(options)(req, () => next());`,
  `${IMPORTS}export const guard = (req, res, next) => expressjwt(options)(req, res, () => next(), more);`,
  `${IMPORTS}export const guard = (req, res, next) => wrap(expressjwt(options), res, () => next());`,
  `${IMPORTS}const verify = expressjwt(options); export const guard = (req, res, next) => wrap(verify, res, () => next());`,
];

testRule("no-unchecked-verification: a middleware that is called by hand", unchecked, {
  valid: [
    ...HEARD,
    check("() => next()", "optionalUser"),
    check("() => next()", "guard", LENIENT),
    check("() => { if (!req.auth) return next(); next(); }"),
  ],
  invalid: [
    ...["«() => next()»", "(«error») => { next(); }", "«function () { res.json(rows); }»"].map(
      (callback) =>
        marked(check(callback), { messageId: "errorIgnored", data: { name: "expressjwt" } }),
    ),
    marked(
      `${IMPORTS}export default (req, res) => expressjwt(options).unless({ path: ["/"] })(req, res, «() => { list(); res.json(rows); }»);`,
      { messageId: "errorIgnored", data: { name: "expressjwt" } },
    ),
    marked(
      `${IMPORTS}export const guard = (req, res, next) => auth({ issuerBaseURL: issuer, audience: "api" })(req, res, «() => next()»);`,
      { messageId: "errorIgnored", data: { name: "auth" } },
    ),
  ],
});

testRule("no-optional-authentication: a middleware that is called by hand", optional, {
  valid: [
    ...HEARD,
    check("() => next()"),
    check("(error) => { if (!req.auth) return next(error); next(); }"),
    `${check("() => { if (!req.auth) return next(); next(); }")} app.get("/me", (req, res) => { if (!req.auth) return res.sendStatus(401); });`,
  ],
  invalid: [
    marked(check("«() => { if (!req.auth) return next(); find(req.auth.id); next(); }»"), {
      messageId: "errorDropped",
      data: { name: "expressjwt" },
    }),
    marked(check("«async () => { if (req.auth) { await load(req); } next(); }»", "guard"), {
      messageId: "errorDropped",
      data: { name: "expressjwt" },
    }),
    marked(check("«() => next()»", "optionalUser"), {
      messageId: "errorDropped",
      data: { name: "expressjwt" },
    }),
    marked(check("«() => { if (!req.auth) return next(); next(); }»", "guard", LENIENT), {
      messageId: "errorDropped",
      data: { name: "expressjwt" },
    }),
    // It lets forged tokens pass itself, and hands over no error.
    marked(
      `${IMPORTS}export const guard = (req, res, next) => restify({ secret: key, algorithms: ["HS256"], credentialsRequired: «false» })(req, res, () => next());`,
      {
        messageId: "forgedPasses",
        data: {
          name: "restify",
          option: "credentialsRequired",
          value: "false",
          origin: "",
        },
        suggestions: [
          {
            messageId: "removeOption",
            data: { option: "credentialsRequired" },
            output: `${IMPORTS}export const guard = (req, res, next) => restify({ secret: key, algorithms: ["HS256"] })(req, res, () => next());`,
          },
        ],
      },
    ),
  ],
});
