import rule from "../../src/rules/no-unverified-claims.ts";
import { marked } from "../kit/marked.ts";
import { testRule } from "../kit/test-rule.ts";

/** Handlers that a function is given, or that stand in a list, and what that does before them. */

const BODY =
  "async (req, res) => { const { ownerId } = «jwtDecode(req.headers.authorization.slice(7))»; if (ownerId !== req.params.ownerId) return res.sendStatus(403); await boats.update(ownerId, req.body); res.sendStatus(204); }";

const file = (rest: string): string =>
  `import { jwtDecode } from "jwt-decode"; import * as guards from "./guards.js"; ${rest.replace("HANDLER", BODY)}`;

const unmarked = (code: string): string => code.replaceAll(/[«»]/gu, "");

testRule("no-unverified-claims", rule, {
  valid: [
    ...[
      "withAuth",
      "requireUser",
      "checkJwt",
      "secured",
      "guards.requireAuth",
      "withApiAuthRequired",
    ].flatMap((name) => [
      `export default ${name}(HANDLER);`,
      `const handler = HANDLER; export default ${name}(handler);`,
      `export const GET = ${name}({ role: "admin" })(HANDLER);`,
      `router.patch("/boats/:owner", ${name}(HANDLER));`,
    ]),
    "export const patch = [checkJwt, HANDLER];",
    'const update = HANDLER; export const patch = [passport.authenticate("jwt"), update];',
    "export default connect().use(auth).delete(HANDLER);",
    "export default connect().use(auth).use(parse).delete(HANDLER);",
    "const withAuth = (next) => (req, res) => (known(req) ? next(req, res) : res.sendStatus(401)); export default withAuth(HANDLER);",
  ].map((rest) => unmarked(file(rest))),
  invalid: [
    ...["withSession", "withUser", "asyncHandler", "withOptionalAuth", "withCors"].map(
      (name) => `export default ${name}(HANDLER);`,
    ),
    "export default withAuth(HANDLER, { optional: true });",
    "const handler = HANDLER; export const get = withAuth(handler); router.get('/boats', caught(handler));",
    "const handler = HANDLER; export const get = withAuth(handler); export default handler;",
    "const withAuth = (next) => (req, res) => next(req, res); export default withAuth(HANDLER);",
    "export const patch = [parseBody, HANDLER];",
    "export const patch = [HANDLER, checkJwt];",
    "export default connect().use(parse).delete(HANDLER);",
  ].map((rest) =>
    marked(file(rest), {
      messageId: "decision",
      data: { name: "jwtDecode", line: "1", what: "the claim ownerId" },
    }),
  ),
});
