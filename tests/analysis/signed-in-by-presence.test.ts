import rule from "../../src/rules/no-unchecked-verification.ts";
import { marked } from "../kit/marked.ts";
import { testRule } from "../kit/test-rule.ts";
import type { InvalidCase } from "../kit/test-rule.ts";

/** Guards for whoever has signed in that ask for any token, beside one for administrators that verifies it. */

const ADMIN =
  "exports.isAdmin = (req, res, next) => { const claims = jwt.verify(req.headers.token, key, options); if (claims.role === 'admin') next(); else res.sendStatus(403); };";

const REFUSAL = 'return res.send({ message: "not signed in" });';

const PRESENCE = `if (req.headers.token != null) { next(); } else { ${REFUSAL} }`;

const guards = (name: string, body: string, beside = ADMIN): string =>
  `const jwt = require("jsonwebtoken");\nexports.${name} = (req, res, next) => { ${body} };\n${beside}`;

const found = (code: string, guard = "isLogin"): InvalidCase =>
  marked(code, { messageId: "presenceOnly", data: { guard } });

testRule("no-unchecked-verification", rule, {
  valid: [
    // It looks at the token, hands it on, or is there for something else.
    guards("isLogin", `if (jwt.verify(req.headers.token, key, options)) next(); else ${REFUSAL}`),
    guards("isLogin", `if (isKnown(req.headers.token)) next(); else ${REFUSAL}`),
    guards("isLogin", `if (!req.headers.token) ${REFUSAL} req.token = req.headers.token; next();`),
    guards("isLogin", `if (!req.session.user) ${REFUSAL} next();`),
    guards("hasToken", PRESENCE),
    guards("isNotLoggedIn", PRESENCE),
    guards("checkToken", `if (!req.headers.token) return res.sendStatus(401); next();`),
    // Whoever comes without a token goes to another page, or on.
    guards("isLogin", 'if (req.cookies.token) { next(); } else { res.redirect("/login"); }'),
    guards(
      "isLogin",
      'if (!req.body.title) return res.send("no title"); if (!req.headers.token) return res.redirect("/login"); next();',
    ),
    guards("isLogin", "if (!req.headers.token) { req.isGuest = true; } next();"),
    // It may come first, and the other verifies behind it.
    guards("isLogin", PRESENCE, ADMIN.replace("isAdmin", "verifyToken")),
    guards("isLogin", PRESENCE, ADMIN.replace("isAdmin", "isUser")),
    guards(
      "isLogin",
      PRESENCE,
      `${ADMIN} exports.userOf = (token) => jwt.verify(token, key, options);`,
    ),
    guards(
      "isLogin",
      PRESENCE,
      "exports.isAdmin = (token) => jwt.verify(token, key, options).role === 'admin';",
    ),
    `${guards("isLogin", PRESENCE).replace("exports.isLogin", "const isLogin")} router.post("/", isLogin, exports.isAdmin, isAuthorized);`,
  ],
  invalid: [
    found(guards("isLogin", PRESENCE.replace("next()", "«next()»"))),
    found(guards("isLoggedIn", `if (!req.cookies.token) ${REFUSAL} «next()»;`), "isLoggedIn"),
    found(
      guards(
        "requireSignIn",
        "if (!req.headers.authorization) return res.sendStatus(401); «next()»;",
      ),
      "requireSignIn",
    ),
    found(
      guards(
        "isLogin",
        `if (!req.headers.token) ${REFUSAL} «next()»;`,
        ADMIN.replace("isAdmin", "requireRole"),
      ),
    ),
    // Alone, beside the signing
    found(
      guards(
        "isLogin",
        `if (!req.headers.token) ${REFUSAL} «next()»;`,
        "exports.make = (user) => jwt.sign({ id: user.id }, key, options);",
      ),
    ),
  ],
});
