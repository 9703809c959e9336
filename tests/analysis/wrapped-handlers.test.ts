import rule from "../../src/rules/no-unverified-claims.ts";
import { marked } from "../kit/marked.ts";
import { testRule } from "../kit/test-rule.ts";
import type { InvalidCase } from "../kit/test-rule.ts";

/** Handlers that a file exports inside of functions that only set headers or catch errors, and inside of those that may ask. */

const JWT = 'import jwt from "jsonwebtoken"; const key = process.env.KEY;';

const HANDLER =
  "async function handler(req, res) { res.json({ token: jwt.sign({ sub: «req.body.userId» }, key) }); }";

/** A file whose endpoint is the handler, in what is exported. */
const endpoint = (exported: string, before = ""): string =>
  `${JWT} ${before} ${HANDLER} ${exported}`;

const given = (code: string, filename = "api/token.js"): InvalidCase =>
  marked(code, { messageId: "askedIdentity", data: { name: "jwt.sign" } }, { filename });

const plain = (code: string, filename = "api/token.js") => ({
  code: code.replaceAll(/[«»]/gu, ""),
  filename,
});

/** A wrapper in sight. */
const wrapper = (body: string): string =>
  `const around = (fn) => async (req, res) => { ${body} }; ${HANDLER} export default around(handler);`;

const POST =
  "async (request) => { const { userId } = await request.json(); return Response.json({ token: jwt.sign({ sub: «userId» }, key) }); }";

/** A wrapper of the file that registers what it is given with Firebase. */
const registered = (options: string, registers = "onRequest(chain(options)(handler))"): string =>
  `${JWT} import { onRequest } from "firebase-functions/v2/https"; import { chain, requireUser } from "./chain.js";
const endpoint = (options) => (handler) => ${registers};
export const token = endpoint(${options})(async (req, res) => res.send({ token: jwt.sign({ sub: «req.body.userId» }, key) }));`;

testRule("no-unverified-claims: handlers inside of other functions", rule, {
  valid: [
    // Functions out of sight that ask, or may.
    ...[
      "export default withAuth(handler);",
      "export default requireUser(handler);",
      "export default withIronSession(handler);",
      "export default secure(handler);",
      "export default compose(handler);",
      "export default withCors(withAuth(handler));",
      "export default withAuth(withCors(handler));",
      "export default withCors({ verify: true })(handler);",
      "export default withCors(handler, guard);",
      "export default makers[0](handler);",
      "export const other = withCors(handler);",
    ].map((exported) => plain(endpoint(exported))),
    // Functions in sight that ask, or give something else.
    ...[
      "if (req.headers['x-key'] !== process.env.KEY) return res.status(401).end(); return fn(req, res);",
      "const known = await whoIs(req); if (!known) return res.status(401).end(); return fn(req, res);",
      "res.status(503).end(); log(fn);",
    ].map((body) => plain(`${JWT} ${wrapper(body)}`)),
    plain(
      `${JWT} const around = (...fns) => async (req, res) => { for (const one of fns) await one(req, res); }; ${HANDLER} export default around(handler);`,
    ),
    plain(`${JWT} export const POST = withUser(${POST});`, "app/api/token/route.js"),
    // Nothing says that nobody is asked, or something asks all the same.
    ...[
      '{ method: "POST" }',
      "{ skipAuth: false }",
      "{ public: isPublic }",
      "{ auth: true }",
      "options",
    ].map((options) => plain(registered(options), "src/index.js")),
    plain(
      registered("{ skipAuth: true }", "onRequest(requireUser(options)(handler))"),
      "src/index.js",
    ),
    plain(registered("{ skipAuth: true }", "onRequest(chain(options, handler))"), "src/index.js"),
    plain(registered("{ skipAuth: true }", "queue.add(chain(options)(handler))"), "src/index.js"),
  ],
  invalid: [
    ...[
      "export default allowCors(handler);",
      "export default withCors({ origin: '*' })(handler);",
      "export default withErrorHandling(asyncHandler(handler));",
      "module.exports = catchAsync(handler);",
    ].map((exported) => given(endpoint(exported))),
    ...[
      "res.setHeader('Access-Control-Allow-Origin', '*'); if (req.method === 'OPTIONS') return res.status(200).end(); return await fn(req, res);",
      "res.setHeader('Access-Control-Allow-Origin', req.headers.origin); return fn(req, res);",
      "try { return await fn(req, res); } catch (error) { console.error(error); res.status(500).json({ message: 'failed' }); }",
      "return Promise.resolve(fn(req, res)).catch(() => res.status(500).end());",
    ].map((body) => given(`${JWT} ${wrapper(body)}`)),
    given(`${JWT} export const POST = withErrorHandling(${POST});`, "app/api/token/route.js"),
    ...["{ skipAuth: true }", "{ public: true }", "{ auth: false }"].map((options) =>
      given(registered(options), "src/index.js"),
    ),
    given(registered("{ noAuth: true }", "onRequest(handler)"), "src/index.js"),
  ],
});
