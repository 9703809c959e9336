import path from "node:path";
import rule from "../../src/rules/no-unchecked-verification.ts";
import { marked } from "../kit/marked.ts";
import { testRule } from "../kit/test-rule.ts";

/** Handlers of errors that answer refused tokens and go on, each next to one behind which nothing is guarded. */

const IMPORT = 'import { expressjwt } from "express-jwt";\n';

const PAIR = `${IMPORT}export const signedIn = expressjwt({ secret: key, algorithms: ["HS256"] });\n`;

const GOES_ON = '{ if (err.name === "UnauthorizedError") { res.status(401).end(); } next(); }';

const APP = `import express from "express";
${IMPORT}import orders from "./routes/orders.js";
const app = express();\n`;

const HANDLER = `const onError = (err, req, res, next) => ${GOES_ON};\n`;

const MARKED = HANDLER.replace("next(); }", "«next()»; }");

const GUARD = 'app.use("/api", expressjwt(options));\n';

const found = { messageId: "errorFallsThrough", data: { name: "expressjwt" } };

testRule("no-unchecked-verification", rule, {
  valid: [
    ...[
      // It leaves, hands the error on, or asks for nothing that a token is refused with.
      '{ if (err.name === "UnauthorizedError") return res.status(401).end(); next(); }',
      '{ if (err.name === "UnauthorizedError") { res.status(401).end(); } else { next(err); } }',
      '{ if (err.name === "UnauthorizedError") { res.status(401).end(); } next(err); }',
      '{ if (err.name === "UnauthorizedError") { res.status(401).end(); } }',
      '{ if (err.name === "UnauthorizedError") { report(err); } next(); }',
      '{ if (err.name === "UnauthorizedError") { report(err); } if (err.status === 404) { res.status(404).end(); } next(); }',
      '{ if (err.name === "ValidationError") { res.status(422).end(); } next(); } // UnauthorizedError',
      "{ if (err.status === 404) { res.status(404).end(); } next(); } // 401",
      '{ if (err.name !== "UnauthorizedError") { res.status(500).end(); } next(); }',
      "{ if (err instanceof NotFound) { res.status(401).end(); } next(); }",
      '{ if (req.path === "/login" && res.statusCode === 401) { res.status(401).end(); } next(); }',
      '{ if (res.headersSent) return; if (err.name === "UnauthorizedError") { res.status(401).end(); } next(); }',
    ].map((body) => `${PAIR}export const onError = (err, req, res, next) => ${body}`),
    // No handler of errors
    `${PAIR}export const check = (err, res, next) => { if (err.status === 401) { res.status(401).end(); } next(); }`,
    // One module gives them to an application, and nothing shows what stands behind.
    `${PAIR}const onError = (err, req, res, next) => ${GOES_ON}; export const open = (app) => app.use(routes, onError);`,
    `${PAIR}export const handlers = { onError(err, req, res, next) ${GOES_ON} }; app.use(handlers.onError);`,
    `${IMPORT}const signedIn = expressjwt(options); app.use("/api", signedIn, orders); export function onError(err, req, res, next) ${GOES_ON}`,
    `${IMPORT}app.use("/api", expressjwt(options), orders); export function onError(err, req, res, next) ${GOES_ON}`,
    `${PAIR}const onError = (err, req, res, next) => ${GOES_ON}; export const steps = [routes, onError];`,
    `${APP}app.use("/api", expressjwt(options), (req, res, next) => { if (isOld(req)) { res.status(410).end(); } next(); });`,
    // One of another file has no place in this one.
    {
      code: `${IMPORT}import { onError } from "./on-error.js";\napp.use("/api", expressjwt(options), onError);`,
      filename: path.resolve(import.meta.dirname, "../fixtures/failures/errors-user.js"),
    },
    // Nothing guarded stands behind the handler.
    `${APP}${HANDLER}app.use(expressjwt(options)); app.use(onError); app.use(notFound);`,
    `${APP}${HANDLER}${GUARD}app.use("/api/orders", orders); app.use(onError);`,
    `${APP}${HANDLER}${GUARD}app.use("/api/orders", orders); app.use(onError); app.get("*", page);`,
    `${APP}${HANDLER}${GUARD}app.use(onError); app.use("/pages", pages);`,
    `${APP}${HANDLER}${GUARD}app.use(onError); app.use("/api/login", login);`,
    `${APP}${HANDLER}${GUARD}app.use(onError); app.use(notFound);`,
    `${APP}${HANDLER}app.use(onError); ${GUARD}app.use("/api/orders", orders);`,
    `${APP}${HANDLER}${GUARD}app.get("/api/orders", onError); app.use("/api/users", users);`,
    `${APP}${HANDLER}${GUARD}const other = express(); other.use(onError); other.use("/api/orders", orders);`,
    `${APP}const onError = (err, req, res, next) => { if (err) res.status(500).end(); next(); };\n${GUARD}app.use(onError); app.use("/api/orders", orders); // 401`,
  ],
  invalid: [
    ...[
      'err.name === "UnauthorizedError"',
      'err && err.name === "UnauthorizedError"',
      "err.status === 401",
      "err instanceof UnauthorizedError",
      'err.code == "invalid_token"',
      "err.name === `UnauthorizedError`",
    ].map((test) =>
      marked(
        `${PAIR}export const onError = (err, req, res, next) => { log(err); if (${test}) { res.status(401).json({ error: "no" }); } «next()»; };`,
        found,
      ),
    ),
    marked(
      `${IMPORT}const signedIn = expressjwt(options).unless({ path: ["/login"] });\nfunction onError(err, req, res, next) ${GOES_ON.replace("next()", "«next()»")}\nmodule.exports = { signedIn, onError };`,
      found,
    ),
    // Beside the middleware, by its name
    marked(`${APP}${MARKED}app.use("/api", expressjwt(options), onError);`, found),
    marked(`${APP}${MARKED}export const steps = [expressjwt(options), onError];`, found),
    // Routes of the guard stand behind it.
    marked(`${APP}${MARKED}${GUARD}app.use(onError); app.use("/api/orders", orders);`, found),
    marked(`${APP}${MARKED}${GUARD}app.use("/api", onError); app.get("/api/orders", list);`, found),
    marked(
      `${APP}${MARKED}const guard = expressjwt(options);\napp.use(guard); app.use(onError); app.use("/orders", orders);`,
      found,
    ),
    marked(
      `${APP}app.use(expressjwt(options).unless({ path: ["/login"] }));\napp.use((err, req, res, next) => ${GOES_ON.replace("next()", "«next()»")}); app.use("/orders", orders);`,
      found,
    ),
  ],
});
