import rule from "../../src/rules/no-unchecked-verification.ts";
import { marked } from "../kit/marked.ts";
import { testRule } from "../kit/test-rule.ts";

/** Refusals that end a handler or a branch alone: as values, for some errors, and where the verifier is out of sight. */

const plain = (code: string): string => code.replaceAll(/[«»]/gu, "");

const AWS = `import { CognitoJwtVerifier } from "aws-jwt-verify";
const verifier = CognitoJwtVerifier.create({ userPoolId, tokenUse: "id", clientId });`;

const lambda = (body: string, name = "handler"): string =>
  `${AWS}\nexport const ${name} = async (event) => { const token = event.identitySource[0]; ${body} };`;

const VERIFY = "await verifier.verify(token)";
const DENY = ".catch(() => ({ isAuthorized: false }))";
const ALLOW = "«return { isAuthorized: true, context: { member: claims } };»";

testRule("no-unchecked-verification: a refusal in the place of the claims", rule, {
  valid: [
    `const claims = ${VERIFY}${DENY}; if (claims.isAuthorized === false) return claims; ${ALLOW}`,
    `const claims = ${VERIFY}${DENY}; return { isAuthorized: claims.isAuthorized ?? true };`,
    `const claims = ${VERIFY}${DENY}; assertMember(claims); ${ALLOW}`,
    `const claims = ${VERIFY}${DENY}; return { isAuthorized: true, context: contextOf(claims) };`,
    // Of a refusal nothing of this can be read: it throws.
    `const claims = ${VERIFY}${DENY}; return { isAuthorized: true, context: { kind: claims.payload.kind } };`,
    `const { sub } = ${VERIFY}${DENY}; return { isAuthorized: true, context: { id: sub.trim() } };`,
    `const claims = ${VERIFY}.catch(() => { throw new Error("Unauthorized"); }); ${ALLOW}`,
    `const claims = ${VERIFY}.catch((e) => { if (e.fatal) throw e; return { isAuthorized: false }; }); ${ALLOW}`,
    `const claims = ${VERIFY}.catch(() => fallback(token)); ${ALLOW}`,
    `const claims = ${VERIFY}${DENY}; return claims;`,
    // What comes of it is the answer.
    ...[
      "return { ...answer };",
      "return { isAuthorized: answer.isAuthorized, context: {} };",
      "return answer ?? { isAuthorized: true };",
      "return answer.isAuthorized ? { isAuthorized: true } : answer;",
    ].map(
      (given) => `const answer = ${VERIFY}.then(() => ({ isAuthorized: true }))${DENY}; ${given}`,
    ),
    `const claims = ${VERIFY}${DENY}; notFound(); ${ALLOW}`,
    // `ok` may say something else, where no name says that it means a good token.
    `const claims = ${VERIFY}.catch(() => null); return { ok: true, claims };`,
  ]
    .map((body) => plain(lambda(body)))
    .concat([plain(lambda(`const claims = ${VERIFY}${DENY}; ${ALLOW}`, "optionalAuth"))]),
  invalid: [
    ...[
      `const claims = ${VERIFY}${DENY}; ${ALLOW}`,
      `const claims = ${VERIFY}.catch((error) => { console.error(error); return { isAuthorized: false }; }); ${ALLOW}`,
      `const claims = ${VERIFY}${DENY}; console.log(claims); «return { isAuthorized: true, context: { sub: claims.sub } };»`,
      `let claims; claims = ${VERIFY}${DENY}; ${ALLOW}`,
      `${VERIFY}.catch(() => false); «return { isAuthorized: true };»`,
      `${VERIFY}.catch(() => policy("Deny")); «return { Version: "1", Statement: [{ Effect: "Allow" }] };»`,
    ].map((body) =>
      marked(lambda(body), { messageId: "catchSucceeds", data: { name: "verifier.verify" } }),
    ),
    marked(
      `${AWS}\nasync function verified(token) { const claims = await verifier.verify(token); return claims.sub; }\nexport const handler = async (event) => { const claims = await verified(event.identitySource[0])${DENY}; ${ALLOW} };`,
      { messageId: "catchSucceeds", data: { name: "verifier.verify" } },
    ),
    marked(lambda(`${VERIFY}.catch(() => false); «return true;»`, "checkToken"), {
      messageId: "catchSucceeds",
      data: { name: "verifier.verify" },
    }),
  ],
});

const JWT = 'import jwt from "jsonwebtoken";';

const session = (
  handler: string,
  tried = "jwt.verify(token, KEY, options);",
  behind = "",
): string =>
  `${JWT}\nexport const session = (req, res, next) => { const token = req.headers.authorization.split(" ")[1]; try { ${tried} } «catch (error) { ${handler} }» ${behind} next(); };`;

const EXPIRED =
  "if (error instanceof jwt.TokenExpiredError) { res.status(401).send('expired'); return; }";

testRule("no-unchecked-verification: a catch that is for expired tokens alone", rule, {
  valid: [
    // It finds out who it is, if anybody: what it knows is on the request.
    session(EXPIRED, "req.user = jwt.verify(token, KEY, options);"),
    session(EXPIRED, "jwt.verify(token, KEY, options); req.user = jwt.decode(token);"),
    session(EXPIRED, "jwt.verify(token, KEY, options); req.signedIn = true;"),
    // Expired tokens are good here, to be renewed.
    session("if (error.name === 'JsonWebTokenError') return res.sendStatus(401);"),
    session(`${EXPIRED} return res.sendStatus(401);`),
    session(`${EXPIRED} else { return res.sendStatus(401); }`),
    session(`${EXPIRED} if (error instanceof jwt.JsonWebTokenError) return res.sendStatus(403);`),
  ].map((code) => plain(code)),
  invalid: [
    session(EXPIRED),
    session(EXPIRED, "const claims = jwt.verify(token, KEY, options); console.log(claims);"),
    session("if (error.name === 'TokenExpiredError') return res.sendStatus(401);"),
    session(EXPIRED, undefined, "req.member = jwt.decode(token);"),
  ].map((code) => marked(code, { messageId: "catchFallsThrough", data: { name: "jwt.verify" } })),
});

const imported = (
  body: string,
  head = 'import { verifyToken, tokens } from "./tokens.js";',
): string => `${head}\nexport const session = async (req, res, next) => { ${body} };`;

const CLAIMS = "req.user = await verifyToken(req.headers.token);";
const ANSWER = "res.status(401).json({ message: 'no' });";

testRule("no-unchecked-verification: refusals where the verifier is out of sight", rule, {
  valid: [
    `try { ${CLAIMS} } catch { return ${ANSWER} } next();`,
    `try { ${CLAIMS} next(); } catch { ${ANSWER} }`,
    `try { ${CLAIMS} } catch (error) { return next(error); } next();`,
    // Nobody is refused: it finds out who it is, if anybody.
    `try { ${CLAIMS} } catch { req.user = null; } next();`,
    `try { ${CLAIMS} } catch { res.clearCookie("token"); } next();`,
    `try { ${CLAIMS} } catch { res.status(200); } next();`,
    `try { ${CLAIMS} } catch { ${ANSWER} } tokens.assert(req.headers.token); next();`,
    `req.user = await verifyToken(req.headers.token).catch(() => res.json([])); next();`,
    `try { ${CLAIMS} } catch { ${ANSWER} } if (!req.user) return; next();`,
    // Other functions, and one that answers itself
    `try { req.user = await tokens.find(req.headers.token); } catch { ${ANSWER} } next();`,
    `try { await tokens.verifyCsrfToken(req.headers.token); } catch { ${ANSWER} } next();`,
    `try { await verifyToken(req, res, next); } catch { ${ANSWER} } next();`,
    `req.user = await verifyToken(req.headers.token).catch(() => null); next();`,
    `req.user = await verifyToken(req.headers.token).catch(() => { ${ANSWER} throw new Error("no"); }); next();`,
    `verifyToken(req.headers.token).then((user) => { req.user = user; next(); }).catch(() => res.sendStatus(401));`,
    `verifyToken(req.headers.token).then((user) => { req.user = user; }).catch(console.error); next();`,
  ]
    .map((body) => imported(body))
    .concat([
      // What a library does is known.
      imported(
        `try { req.user = await admin.auth().verifyIdToken(req.token); } catch { ${ANSWER} } keep(req.token); next();`,
        'import admin from "firebase-admin";',
      ),
      // What the function does is in the file.
      imported(
        `try { ${CLAIMS} } catch { ${ANSWER} } next();`,
        'import { find } from "./tokens.js"; async function verifyToken(token) { return find(token); }',
      ),
    ]),
  invalid: [
    ...[
      `try { ${CLAIMS} } catch { ${ANSWER} } «next()»;`,
      `try { ${CLAIMS} } catch (error) { next(error); } «next()»;`,
      `try { const claims = await verifyToken(req.headers.token); if (!claims) return res.sendStatus(401); req.user = claims; } catch { ${ANSWER} } «next()»;`,
      `const claims = await verifyToken(req.headers.token).catch(() => { return ${ANSWER} }); req.user = claims; return «next()»;`,
      `req.user = await verifyToken(req.headers.token).catch(() => res.sendStatus(401)); «next()»;`,
    ].map((body) =>
      marked(imported(body), { messageId: "answerFallsThrough", data: { name: "verifyToken" } }),
    ),
    marked(
      imported(
        `try { req.user = await tokens.verifyIdToken({ idToken: req.cookies.token }); } catch (error) { next(error); } «next()»;`,
      ),
      { messageId: "answerFallsThrough", data: { name: "tokens.verifyIdToken" } },
    ),
    marked(
      imported(
        "tokens.auth().verifyIdToken(req.headers.token).then((user) => { req.user = user; }).catch(() => res.sendStatus(401)); «next()»;",
      ),
      { messageId: "passesMeanwhile", data: { name: "verifyIdToken" } },
    ),
  ],
});
