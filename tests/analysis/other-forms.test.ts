import optional from "../../src/rules/no-optional-authentication.ts";
import rule from "../../src/rules/no-unchecked-verification.ts";
import { marked } from "../kit/marked.ts";
import { testRule } from "../kit/test-rule.ts";

/** Guards that verify what begins with `Bearer`, and refuse who brings nothing. */

const guard = (body: string, name = "keeper", rest = ""): string =>
  `import jwt from "jsonwebtoken"; export function ${name}(req, res, next) { ${body} } ${rest}`;

const READ = "const header = req.headers.authorization;";
const DENY = "return res.status(401).json({ error: 'none' });";
const MISSING = `if (!header) ${DENY}`;
const VERIFY = "req.user = jwt.verify(header.slice(7), key, options);";
const BEARER = `if (header.startsWith('Bearer ')) { ${VERIFY} }`;

const OPEN = [
  `${READ} ${MISSING} ${BEARER} «next()»;`,
  `${READ} ${MISSING} try { ${BEARER} return «next()»; } catch (error) { tell(error); return res.sendStatus(401); }`,
  `${READ} if (header) { ${BEARER} return «next()»; } else { ${DENY} }`,
  `${READ} if (header) { ${BEARER} return «next()»; } ${DENY}`,
  `${READ} if (!header) return next(createError(401)); ${BEARER} «next()»;`,
  `${READ} ${MISSING} if (/^Bearer /.test(header)) { ${VERIFY} } console.log(header); «next()»;`,
  `${READ} ${MISSING} if (header.split(' ')[0] === 'Bearer') { ${VERIFY} } «next()»;`,
  `${READ} ${MISSING} if (header && header.toLowerCase().startsWith('bearer ')) { ${VERIFY} } «next()»;`,
  `${READ} ${MISSING} const scheme = header.split(' ')[0]; if (scheme === 'Bearer') { ${VERIFY} } «next()»;`,
  `if (req.method === 'OPTIONS') return res.sendStatus(204); ${READ} ${MISSING} ${BEARER} «next()»;`,
  `if (!req.headers.authorization) ${DENY} if (req.headers.authorization.startsWith('Bearer ')) { jwt.verify(req.headers.authorization.slice(7), key, options); } «next()»;`,
  `let pass = req.header('Authorization'); if (!pass) ${DENY} if (pass.startsWith('Bearer ')) { pass = pass.split(' ')[1]; jwt.verify(pass, key, options); } «next()»;`,
];

testRule("no-unchecked-verification: headers of another form", rule, {
  valid: [
    ...[
      // Who brings nothing passes as well: it is optional.
      `${READ} if (header && header.startsWith('Bearer ')) { ${VERIFY} } next();`,
      `${READ} if (!header) return next(); ${BEARER} next();`,
      // What has been refused is something else.
      `${READ} if (!req.user) ${DENY} ${BEARER} next();`,
      // The other forms are refused, before, beside or behind.
      `${READ} if (!header || !header.startsWith('Bearer ')) ${DENY} ${VERIFY} next();`,
      `${READ} ${MISSING} if (header.startsWith('Bearer ')) { ${VERIFY} } else { ${DENY} } next();`,
      `${READ} ${MISSING} if (header.startsWith('Bearer ')) { ${VERIFY} return next(); } ${DENY}`,
      // … or verified as well.
      `${READ} ${MISSING} if (header.startsWith('Bearer ')) { ${VERIFY} } else { req.user = users.get(header); } next();`,
      `${READ} ${MISSING} req.user = users.byKey(header); ${BEARER} next();`,
      `${READ} ${MISSING} req.user = findUser(req); ${BEARER} next();`,
      `${READ} ${MISSING} ${BEARER} req.client = clients.get(header); next();`,
      // The prefix alone hangs on the form.
      `${READ} ${MISSING} let token = header; if (header.startsWith('Bearer ')) { token = header.slice(7); } req.user = jwt.verify(token, key, options); next();`,
      // What is asked is not the form of the header.
      `${READ} ${MISSING} const kind = 'Bearer'; if (req.secure) { ${VERIFY} } next();`,
      `${READ} ${MISSING} if (mode === 'Bearer') { ${VERIFY} } next();`,
      `${READ} ${MISSING} if (header.split(' ')[0] !== 'Other' && kinds('Bearer')) { ${VERIFY} } next();`,
      `${READ} ${MISSING} if (header.split(' ')[0] !== 'Bearer') { ${VERIFY} } next();`,
    ].map((body) => guard(body)),
    guard(`${READ} ${MISSING} ${BEARER} next();`, "optionalKeeper"),
    guard(
      `${READ} ${MISSING} ${BEARER} next();`,
      "keeper",
      "// Basic comes later\n const kinds = 'Basic';",
    ),
    guard(
      `${READ} ${MISSING} ${BEARER} next();`,
      "keeper",
      "export const only = (req, res, next) => (!req.user ? res.sendStatus(401) : next());",
    ),
    // The handlers ask for it.
    guard(
      `${READ} ${MISSING} if (header.startsWith('Bearer ')) { Object.assign(req, { user: jwt.verify(header.slice(7), key, options) }); } next();`,
      "keeper",
      "export const only = (req, res, next) => (!req.user ? res.sendStatus(401) : next());",
    ),
    guard(
      `${READ} ${MISSING} if (header.startsWith('Bearer ')) { req.person = jwt.verify(header.slice(7), key, options); } next();`,
      "keeper",
      "export const only = (req, res, next) => (!req.person ? res.sendStatus(401) : next());",
    ),
    {
      code: guard(`${READ} ${MISSING} ${BEARER} next();`),
      filename: "/app/mocks/keeper.js",
    },
  ],
  invalid: OPEN.map((body) =>
    marked(guard(body), { messageId: "otherFormPasses", data: { name: "jwt.verify" } }),
  ),
});

testRule("no-optional-authentication: headers of another form", optional, {
  valid: OPEN.map((body) => guard(body.replaceAll(/[«»]/gu, ""), "requireAuth")),
  invalid: [
    marked(
      guard(
        `${READ} if (header && header.startsWith('Bearer ')) { ${VERIFY} } «next()»;`,
        "requireAuth",
      ),
      { messageId: "anonymousPasses", data: { guard: "requireAuth", name: "jwt.verify" } },
    ),
  ],
});
