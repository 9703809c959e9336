import path from "node:path";
import rule from "../../src/rules/no-unchecked-verification.ts";
import { marked } from "../kit/marked.ts";
import { testRule } from "../kit/test-rule.ts";

const JWT = 'import jwt from "jsonwebtoken";';
const CJS = 'const jwt = require("jsonwebtoken");';
const JOSE = 'import { jwtVerify } from "jose";';
const EXPRESS = 'import { expressjwt } from "express-jwt";';
const NEST = 'import { JwtService } from "@nestjs/jwt";';

const middleware = (body: string, name = "requireAuth"): string =>
  `${JWT}\nexport function ${name}(req, res, next) {\n${body}\n}`;

const FAILURES = { filename: path.join(import.meta.dirname, "../fixtures/failures/x.js") };

const old = { settings: { "jwt-audit": { versions: { jsonwebtoken: "8.5.1" } } } };

/** A promise and the `await` that is offered for it. */
function promised(
  code: string,
  messageId: "droppedPromise" | "promiseAsResult",
  call: string,
  name: string,
  canAwait = true,
  extras: Parameters<typeof marked>[2] = {},
): ReturnType<typeof marked> {
  const plain = code.replaceAll(/[«»]/gu, "");
  return marked(
    code,
    {
      messageId,
      data: { name },
      ...(canAwait
        ? {
            suggestions: [
              {
                messageId: "addAwait",
                data: { name },
                output: plain.replace(call, `await ${call}`),
              },
            ],
          }
        : {}),
    },
    extras,
  );
}

const guardOf = (list: string, test: string, pass = "return NextResponse.next();"): string =>
  `import { jwtVerify } from "jose";
const open = ${list};
export async function middleware(request) {
  const { pathname } = request.nextUrl;
  if (${test}) { ${pass} }
  try {
    await jwtVerify(request.cookies.get("session")?.value ?? "", key, { algorithms: ["HS256"] });
  } catch {
    return NextResponse.redirect(new URL("/login", request.url));
  }
  return NextResponse.next();
}`;

testRule("no-unchecked-verification", rule, {
  valid: [
    // Whoever has a good token is turned away, whatever the guard is called.
    `import jwt from "jsonwebtoken"; export function verificarToken(req, res, next) { try { jwt.verify(req.cookies.token, key); return res.redirect("/home"); } catch { next(); } }`,
    // The promise, or that there is no token: given on.
    `${JOSE}\nconst check = (token) => jwtVerify(token, key);\nexport const auth = async (req) => { const asked = req.token && check(req.token); return (await asked) ? read(req) : null; };`,
    `${JOSE}\nconst check = (token) => jwtVerify(token, key);\nexport const auth = (req) => req.token && check(req.token);`,
    // Lists of paths that are open
    guardOf('["/login", "/api/auth"]', "open.some((one) => pathname.startsWith(one))"),
    guardOf('["/", "/login"]', "open.includes(pathname)"),
    guardOf('["/", "/login"]', "open.some((one) => pathname === one)"),
    guardOf('["/", "/login"]', 'open.some((one) => one !== "/" && pathname.startsWith(one))'),
    guardOf('["/", "/login"]', "open.some((one) => pathname.startsWith(`${one}/`))"),
    guardOf('["/", "/login"]', "!open.some((one) => pathname.startsWith(one))"),
    guardOf('["/", "/login"]', "open.some((one) => pathname.startsWith(one))", "console.log(1);"),
    guardOf(
      '["/", "/img"]',
      "open.some((one) => pathname.startsWith(one)) && request.body === null",
    ),
    // What the callback hands on ends there, and what is only taken off a list is no work of an endpoint
    `${JWT} io.use((socket, next) => { jwt.verify(socket.token, key, (error, claims) => { if (error) return next(new Error("no")); socket.claims = claims; next(); }); });`,
    `${JWT} export function requireAuth(req, res, next) { if (req.token) { jwt.verify(req.token, key, (error, claims) => { if (error) return next(error); req.user = claims; next(); }); return; } next(); }`,
    ...[
      "if (!claims) return res.sendStatus(401); await Order.create(req.body);",
      "if (!claims) { res.sendStatus(401); return; } await Order.create(req.body);",
      "if (!claims) res.sendStatus(401); else await Order.create(req.body);",
      "if (!claims) res.sendStatus(401); await RefreshToken.deleteOne({ token });",
      "if (!claims) res.sendStatus(401); Order.create(req.body);",
      "if (!claims) res.sendStatus(401); await Order.findByIdOrFail(req.params.id);",
    ].map(
      (behind) =>
        `import { getToken } from "next-auth/jwt"; export default async (req, res) => { const claims = await getToken({ req, secret }); ${behind} };`,
    ),
    // A callback that tells the error, or makes whoever has no good token nobody
    ...[
      "if (error) { console.log(error); return res.sendStatus(401); } else { req.user = claims; } next();",
      "if (error) { console.log(error); } else { req.user = claims; next(); }",
      "if (error) { req.user = null; } next();",
      "if (error) { console.log(error); req.isSignedIn = false; } next();",
      "if (error) { console.log(error); } else { return next(); } res.sendStatus(401);",
      "if (!error) { req.user = claims; next(); } else { res.sendStatus(401); }",
    ].map((body) => middleware(`jwt.verify(req.token, key, (error, claims) => { ${body} });`)),
    middleware(
      "jwt.verify(req.token, key, (error, claims) => { if (error) { console.log(error); } else { req.user = claims; } next(); });",
      "whoIs",
    ),
    middleware(
      "jwt.verify(req.token, key, (error, claims) => { if (!error) req.user = claims; }); if (!req.user) return res.sendStatus(401); next();",
    ),
    // A status that is none of a failure, or that nobody knows
    ...["StatusCodes.OK", "status.HTTP_200_OK", "codes.later", "answer.code"].map((status) =>
      middleware(
        `const claims = jwt.verify(req.token, key, options); if (claims.role !== "admin") { res.status(${status}).json({}); } next();`,
      ),
    ),
    // An authorizer whose branch goes on to something else
    `${JWT}export const handler = async (event) => { const token = event.headers.authorization; if (event.routeKey) { if (token) jwt.verify(token, key, options); const known = await find(event); return { isAuthorized: true }; } return { isAuthorized: false }; };`,
    `${JWT}export const handler = async (event) => { const token = event.headers.authorization; if (event.routeKey) { if (token) jwt.verify(token, key, options); return { isAuthorized: false }; } return { isAuthorized: true }; };`,
    // Names in other languages that say something else
    ...["leerUsuario", "verifierOptions", "usuarioOpcional"].map((name) =>
      middleware(
        "try { jwt.verify(req.token, key, options); } catch (error) { console.log(error); } next();",
        name,
      ),
    ),
    `${JWT} export const remove = async (req, res) => { const claims = jwt.verify(req.token, key); if (!req.body.id) res.status(400).json({}); await Order.deleteOne({ _id: req.body.id }); };`,
    `${JWT} export const remove = async (req, res) => { const claims = jwt.verify(req.token, key); if (claims.role !== "admin") { res.status(403).json({}); return; } await Order.deleteOne({ _id: req.body.id }); };`,
    // Every other error has left before
    ...[
      'if (error.name !== "TokenExpiredError") return res.sendStatus(401);',
      "if (!(error instanceof jwt.TokenExpiredError)) throw error;",
      'if (error.name !== "TokenExpiredError") { res.sendStatus(401); return; }',
    ].map(
      (first) =>
        `import jwt from "jsonwebtoken"; export const renew = async (req, res) => { try { jwt.verify(req.token, key, options); return res.json({ token: req.token }); } catch (error) { ${first} const claims = jwt.decode(req.token); const session = await Sessions.findOne({ userId: claims.id }); return res.json(issue(session)); } };`,
    ),
    `import { KJUR } from "jsrsasign"; export function verifyToken(token) { const isValid = KJUR.jws.JWS.verifyJWT(token, key, rules); if (!isValid) { console.log("invalid"); return undefined; } return KJUR.jws.JWS.parse(token).payloadObj; }`,
    `import { KJUR } from "jsrsasign"; export function verifyToken(token) { const isValid = KJUR.jws.JWS.verifyJWT(token, key, rules); if (!isValid) console.log("invalid"); else return KJUR.jws.JWS.parse(token).payloadObj; }`,
    // The callback has put there what is asked for, and what another call has done is not known
    `${JWT} export function requireAuth(req, res, next) { jwt.verify(req.token, key, (error, claims) => { if (error) return res.sendStatus(401); req.body.user = claims; }); if (req.body.user) next(); }`,
    `${JWT} export function checkAuth(token) { try { const user = jwt.verify(token, key); const session = startSession(token); } catch (error) { console.log(error); } }`,
    // Only who brings no token comes to the second next, or whoever something else is asked of
    ...["return;", "if (res.headersSent) return;"].map(
      (leaves) =>
        `${JWT} export function whoIs(req, res, next) { if (req.token) { jwt.verify(req.token, key, (error, claims) => { if (error) return res.sendStatus(401); req.user = claims; next(); }); ${leaves} } next(); }`,
    ),
    // A second attempt, with another key
    `${JWT}\nexport async function authenticate(req, res, next) { const token = read(req); try { req.user = jwt.verify(token, NEW); return next(); } catch (error) { } try { req.user = jwt.verify(token, OLD); return next(); } catch (error) { console.warn(error); } return res.sendStatus(401); }`,
    `${JWT}\nexport async function authenticate(req, res, next) { const token = read(req); try { req.user = jwt.verify(token, NEW); return next(); } catch (error) { } try { req.user = await ofProvider(token); return next(); } catch (error) { console.warn(error); } return res.sendStatus(401); }`,
    // Whoever calls can tell, or nothing says that anybody is stopped
    ...[
      "function checkAuth(context) { try { context.user = jwt.verify(context.token, key); } catch (error) { console.log(error); } }",
      "function checkAuth(token) { try { jwt.verify(token, key); setSignedIn(true); } catch (error) { console.log(error); } }",
      "function checkAuth(token) { try { jwt.verify(token, key); } catch (error) { console.log(error); throw error; } }",
      "function warmUp(token) { try { jwt.verify(token, key); } catch (error) { console.log(error); } }",
    ].map((code) => `${JWT} export ${code}`),
    // What stands behind asks something else, or goes on before
    `${JWT} export function requireAuth(req, res, next) { if (req.headers.upgrade) return next(); jwt.verify(req.token, key, (error) => { if (error) return res.sendStatus(401); next(); }); if (!req.headers.note) { count(); } }`,
    // What is read of it may be asked for later
    `${JWT}\nexport const authMiddleware = (req, res, next) => { try { const user = jwt.verify(req.token, key, options); req.note = user.sub; } catch (error) { console.log(error); } next(); };`,
    // The catch leaves, or what is behind the branch asks how it went
    `${JWT}\nexport const check = async (ctx, next) => { const header = ctx.headers.authorization; if (header) { try { ctx.state.user = jwt.verify(header, KEY); } catch (error) { ctx.status = 401; ctx.body = "no"; return; } } await next(); };`,
    `${JWT}\nexport const check = async (ctx, next) => { const header = ctx.headers.authorization; if (header) { try { ctx.state.user = jwt.verify(header, KEY); } catch (error) { ctx.status = 401; ctx.body = "no"; } } if (!ctx.state.user) return; await next(); };`,
    // What the catch gives is what the caller refuses by.
    ...["return null;", "return;", "return undefined;", ""].map(
      (well) =>
        `import jwt from "jsonwebtoken"; function problemOf(token) { if (!token) return "Missing token"; try { jwt.verify(token, key, { algorithms: ["HS256"] }); ${well} } catch (error) { return error.message; } } export function auth(req, res, next) { const problem = problemOf(req.headers.token); if (problem) return res.status(401).end(); next(); }`,
    ),
    // It says who was turned away, and is put or given where that is said.
    ...[
      "error.hint = jwt.decode(token).email; throw error;",
      "error.claims = jwt.decode(token); return next(error);",
      "res.locals.last = jwt.decode(token).name; return res.sendStatus(401);",
      "Sentry.setUser({ id: jwt.decode(token).id }); return res.sendStatus(401);",
      "return { valid: false, claims: jwt.decode(token) };",
    ].map(
      (handler) =>
        `import jwt from "jsonwebtoken"; export const check = (req, res, next) => { const { token } = req.body; try { req.user = jwt.verify(token, key, options); next(); } catch (error) { ${handler} } };`,
    ),
    // What is signed again is nobody's, and what is read tells when it was made.
    ...["jwt.sign({ id: 'guest' }, key, options)", "jwt.sign({ at: old.iat }, key, options)"].map(
      (again) =>
        `import jwt from "jsonwebtoken"; export const renew = (req, res) => { const { token } = req.body; try { jwt.verify(token, key, options); res.json({ token }); } catch { const old = jwt.decode(token); res.json({ token: ${again} }); } };`,
    ),
    // Guards that ask somebody, that are meant to be open, and those of something else
    ...[
      'export class JwtAuthGuard extends AuthGuard("jwt") { async canActivate(context) { context.switchToHttp().getRequest().at = Date.now(); return await super.canActivate(context); } }',
      "export class TokenGuard { canActivate(context) { const { authorization } = context.switchToHttp().getRequest().headers; this.tokens.check(authorization); return true; } }",
      "export class TokenGuard { canActivate(context) { if (!this.tokens.check(context.switchToHttp().getRequest().headers.authorization)) throw new UnauthorizedException(); return true; } }",
      "export class TokenGuard { canActivate(context) { const { authorization } = context.switchToHttp().getRequest().headers; return authorization !== undefined; } }",
      'export class OptionalJwtAuthGuard extends AuthGuard("jwt") { canActivate() { return true; } }',
      "export class MockAuthGuard { canActivate(context) { const token = context.switchToHttp().getRequest().headers.authorization; return true; } }",
      "export class RolesGuard { canActivate(context) { return true; } } // token",
    ].map(
      (guard) =>
        `import { AuthGuard } from "@nestjs/passport"; import jwt from "jsonwebtoken"; ${guard}`,
    ),
    // What throws gives nothing that could be tested: the branch is dead, and the middleware refuses.
    `import jwt from "jsonwebtoken"; export const check = async (req, res, next) => { const isIn = await jwt.verify(req.headers.token, key, { algorithms: ["HS256"] }); if (!isIn) { res.status(401).json({}); } next(); };`,
    // An error as the answer, and a caller who tells it from a user
    `import jwt from "jsonwebtoken"; function check(token) { try { return jwt.verify(token, key, { algorithms: ["HS256"] }); } catch (error) { return error.message; } } export function auth(req, res, next) { const user = check(req.headers.token); if (!user || typeof user === "string") return res.status(401).end(); next(); }`,
    `import jwt from "jsonwebtoken"; function check(token) { try { return { valid: true, claims: jwt.verify(token, key, { algorithms: ["HS256"] }) }; } catch { return { valid: false }; } } export function auth(req, res, next) { const user = check(req.headers.token); if (!user.valid) return res.status(401).end(); next(); }`,
    `${JWT}export async function whoIs(token) { if (token === "signed-out") return { user: null }; return jwt.verify(token, key, options); }`,
    // An authorizer that refuses where no token came, before or behind
    ...[
      "if (!token) return { isAuthorized: false }; try { jwt.verify(token, key, options); } catch { return { isAuthorized: false }; } return { isAuthorized: true };",
      "try { if (token) { jwt.verify(token, key, options); return { isAuthorized: true }; } } catch { return { isAuthorized: false }; } return { isAuthorized: false };",
      "let isAuthorized = false; if (token) { jwt.verify(token, key, options); isAuthorized = true; } return { isAuthorized };",
      "if (other) jwt.verify(token, key, options); return { isAuthorized: true };",
      "let claims; if (token) { claims = jwt.verify(token, key, options); } if (!claims) return { isAuthorized: false }; return { isAuthorized: true };",
      "let claims; try { if (token) claims = jwt.verify(token, key, options); assertSignedIn(claims); } catch { return { isAuthorized: false }; } return { isAuthorized: true };",
    ].map(
      (body) =>
        `${JWT}export const handler = async (event, other) => { const token = event.headers.authorization; ${body} };`,
    ),
    // A catch that answers all errors, or asks for something else; and one of a middleware that keeps nobody out
    ...[
      "if (error instanceof jwt.JsonWebTokenError) return res.sendStatus(401);",
      'if (error.name === "TokenExpiredError") return res.sendStatus(401); if (error.name === "JsonWebTokenError") return res.sendStatus(401);',
      'if (error.name === "TokenExpiredError") return res.sendStatus(401); return res.sendStatus(403);',
      'if (error.name === "TokenExpiredError") return res.sendStatus(401); refuse(res);',
      "if (strict) return res.sendStatus(401);",
    ].map(
      (answer) =>
        `${JWT}export function requireAuth(req, res, next) { try { req.user = jwt.verify(req.token, key, options); } catch (error) { ${answer} } next(); }`,
    ),
    `${JWT}export function loadUser(req, res, next) { try { req.user = jwt.verify(req.token, key, options); } catch (error) { if (error.name === "TokenExpiredError") return res.sendStatus(401); } next(); }`,
    // The start of a token is asked of somebody, an answer says no, or the text is a part of it
    ...[
      'if (token.startsWith("sk_")) { const found = await keys.find(token); return { id: found.owner }; }',
      'if (token.startsWith("sk_")) { const rest = token.slice(3); const owner = await ownerOf(rest); return { id: owner }; }',
      'if (token === "expired") return { id: undefined, error: "expired" };',
      "if (token === other) return { id: 1 };",
      'if (process.env.NODE_ENV === "test") { if (token === "demo") return { id: 1 }; }',
      'if (mocks) { if (token.startsWith("demo-")) return { id: 1 }; }',
    ].map(
      (check) =>
        `${JWT}export async function whoIs(token, other) { ${check} return jwt.verify(token, key, options); }`,
    ),
    // So may what is out of sight, and what stands behind a catch.
    `${JWT}\nexport const guard = (req, res, next) => { jwt.verify(req.token, key, options, (error) => { if (error) { res.send("no"); } }); req.user = claimsOf(req.token); next(); };`,
    `${JWT}\nexport const guard = async (req, res, next) => { try { jwt.verify(req.token, key, options); } catch { res.sendStatus(401); } req.user = await promisify(jwt.verify)(req.token, key, options); next(); };`,
    // Another verification stands before it, and throws.
    `${JWT}\nexport const guard = async (req, res, next) => { jwt.verify(req.token, key, options, (error) => { if (error) { res.send("no"); } }); const claims = jwt.verify(req.token, key, options); req.user = await find(claims.sub); next(); };`,
    // Behind a handler of errors there is no route, as a rule.
    `${EXPRESS}app.use((error, req, res, next) => { if (error.name === "UnauthorizedError") res.sendStatus(401); next(); });`,
    // The last of several branches goes on, and what stands behind the callback refuses again or asks.
    `${JWT}\nexport const roles = (req, res, next) => { if (!req.user.isAdmin) res.sendStatus(403); else if (req.user.banned) res.sendStatus(403); else next(); };`,
    `${JWT}\nexport const show = (req, res) => { jwt.verify(req.token, key, options, (error) => { if (error) return res.sendStatus(401); res.json(list); }); };`,
    `${JWT}\nexport const show = (req, res) => { let claims; jwt.verify(req.token, key, options, (error, found) => { if (error) return res.sendStatus(401); claims = found; }); if (!claims) return; res.json(list); };`,
    `${JWT}\nexport function attachUser(req, res, next) { jwt.verify(req.token, key, options, (error, claims) => { if (claims) req.user = claims; next(); }); }`,
    // The start of a token says which check it takes.
    middleware(
      'const token = req.cookies.session; if (token.startsWith("ak_")) { req.user = findByKey(token); return next(); } req.user = jwt.verify(token, key, options); next();',
    ),
    // Guards behind the middleware that has verified the token
    ...[
      "if (req.user.role !== 'admin') return res.sendStatus(403);",
      "if (req.user.role !== 'admin') { res.sendStatus(403); return; }",
      // Not about who somebody is, or no refusal
      "if (seen.has(req.ip)) res.sendStatus(403);",
      "if (req.user.role !== 'admin') res.status(200).json({ note });",
      "if (req.user.isNew) res.redirect('/welcome');",
      // Without a token this throws.
      "const token = read(req); if (!token) res.sendStatus(401); req.user = await check(token);",
    ].map(
      (body) =>
        `${JWT}\nexport const restrictTo = (...roles) => async (req, res, next) => { ${body} next(); };`,
    ),
    // A middleware that by its name keeps nobody out hands on what is no refusal.
    `${JWT}\nexport const loadUser = (req, res, next) => { if (!req.user) next(failure); next(); };`,
    `${JOSE}\nconst check = (token) => {\n  try { const claims = jwtVerify(token, key, options); return claims; } catch { return null; }\n};\nexport const auth = async (req, res, next) => {\n  if (!(await check(req.token))) return res.sendStatus(401);\n  next();\n};`,
    // A promise that is told to answer, and what is asked, thrown or read behind it
    ...[
      "const claims = await jwtVerify(req.token, key, options).catch(() => null); if (!claims) return res.sendStatus(403); next();",
      "const claims = await jwtVerify(req.token, key, options).catch(() => { res.sendStatus(403); throw new Error('no'); }); req.user = claims; next();",
      "const claims = await jwtVerify(req.token, key, options).catch(() => { res.sendStatus(403); }); if (claims) next();",
      "const { payload } = await jwtVerify(req.token, key, options).catch(() => { res.sendStatus(403); }); req.user = payload; next();",
      "const claims = await jwtVerify(req.token, key, options).catch(() => { res.sendStatus(403); }); req.user = claims.payload; next();",
    ].map((body) => `${JOSE}\nexport async function requireAuth(req, res, next) { ${body} }`),
    // What only prepares an answer answers nobody.
    `${JOSE}\nexport async function attachUser(req, res, next) { await jwtVerify(req.token, key, options).catch(() => { res.clearCookie("token"); }); next(); }`,
    `${JWT}\nexport function attachUser(req, res, next) { try { req.user = jwt.verify(req.token, key, options); } catch (error) { res.clearCookie("token"); } next(); }`,
    // The same with a way out, and a look at what came
    `${JWT}\nexport async function auth(ctx, next) { try { jwt.verify(ctx.token, key, options); } catch (error) { if (error.expired) { ctx.status = 401; return; } ctx.status = 400; return; } await next(); }`,
    `${JWT}\nexport async function auth(ctx, next) { try { jwt.verify(ctx.token, key, options); } catch (error) { if (error.expired) { ctx.status = 401; } ctx.throw(401); } await next(); }`,
    `${EXPRESS}\nexport default [expressjwt({ secret: key, algorithms: ["HS256"] }), (error, req, res, next) => { if (error.name === "UnauthorizedError") return res.status(401).end(); next(); }];`,
    ...[
      "const user = await check(req.body.token).catch(() => res.sendStatus(403)); if (res.headersSent) return; User.findOne({ email: user.email });",
      "const user = await check(req.body.token).catch(() => null); User.findOne({ email: user.email });",
      "const user = await check(req.body.token).catch(() => { res.sendStatus(403); throw new Error('no'); }); User.findOne({ email: user.email });",
      "const user = await check(req.body.token).catch(() => res.sendStatus(403)); log('done');",
    ].map(
      (body) =>
        `${JOSE}\nasync function check(token) { const { payload } = await jwtVerify(token, key, options); return payload; }\napp.post("/in", async (req, res) => { ${body} });`,
    ),
    // A refusal that is returned, left, or none; and one before the verification
    ...[
      "if (!claims.admin) { return next(new Error('no')); } next();",
      "if (!claims.admin) { res.sendStatus(403); return; } next();",
      "if (!claims.admin) { res.sendStatus(403); } else { next(); }",
      "if (claims.exp < soon()) { res.setHeader('x-renew', '1'); } next();",
      "if (claims.exp < soon()) { res.status(200).cookie('token', renew(claims)); } next();",
      "if (claims.beta) { next('route'); } next();",
      "if (!claims.admin) { res.sendStatus(403); } if (res.headersSent) return; next();",
      "if (!claims.admin) { res.sendStatus(403); }",
      // A verification that throws gives claims.
      "if (!claims) { next(new Error('no')); } next();",
    ].map((rest) => middleware(`const claims = jwt.verify(req.token, key, options); ${rest}`)),
    middleware(
      `if (!req.token) { res.sendStatus(401); } const claims = jwt.verify(req.token, key, options); req.user = claims; next();`,
      "attach",
    ),
    `${CJS}\nexports.handler = (event) => { try { jwt.verify(event.authorizationToken, key, options); } catch (error) { console.log(error); } return allowRetry(event); };`,
    `${CJS}\nexports.handler = (event) => { try { jwt.verify(event.authorizationToken, key, options); } catch (error) { console.log(error); } return shallow(event); };`,
    // An authorizer that says no, one whose answer depends on the token, and errors that are handed on
    ...[
      "catch (error) { return callback('Unauthorized'); } callback(null, policy('Allow'));",
      "catch (error) { console.log(error); effect = 'Deny'; } callback(null, policy(effect));",
      "catch (error) { console.log(error); callback(null, policy('Deny')); return; } callback(null, policy('Allow'));",
    ].map(
      (rest) =>
        `${CJS}\nexports.handler = (event, context, callback) => { let effect = 'Allow'; try { jwt.verify(event.authorizationToken, key, options); } ${rest} };`,
    ),
    middleware(
      "  try {\n    req.user = jwt.verify(req.token, key);\n  } catch (error) {\n    return next(error);\n  }\n  next();",
    ),
    // Every branch of the switch leaves; a promise settles once.
    middleware(
      "  jwt.verify(req.token, key, options, (error, claims) => {\n    if (error) {\n      switch (error.name) {\n        case 'TokenExpiredError':\n        case 'NotBeforeError':\n          return res.sendStatus(401);\n        default:\n          return res.sendStatus(403);\n      }\n    }\n    req.user = claims;\n    next();\n  });",
    ),
    `${JWT}\nexport const check = (token) => new Promise((resolve) => { jwt.verify(token, key, options, (error, claims) => { if (error) resolve(false); resolve(claims); }); });`,
    `import { decodeJwt, jwtVerify } from "jose"; export async function action(token, key) { let claims; try { claims = (await jwtVerify(token, key)).payload; } catch { console.warn(decodeJwt(token).iss); throw new Error("no"); } if (claims.role !== "admin") throw new Error("no"); return list(); }`,
    `import { decodeJwt, jwtVerify } from "jose"; export async function action(token, key) { let claims; try { claims = (await jwtVerify(token, key)).payload; } catch { const old = decodeJwt(token); if (old.role === "guest") count(); throw new Error("no"); } return claims; }`,
    middleware(
      "  const claims = jwt.verify(req.token, key, options, (error, payload) => {\n    if (error) { return res.sendStatus(401); }\n    return payload;\n  });\n  if (!claims) return;\n  next();",
    ),
    // The result that is left behind is asked for, whatever the function is called.
    ...["auth", "requireAuth"].flatMap((name) =>
      ["", "  if (!req.token) return res.sendStatus(401);\n"].map((first) =>
        middleware(
          `${first}  let session;\n  try {\n    session = jwt.verify(req.token, key, options);\n  } catch (error) {\n    console.log(error);\n  }\n  if (!session) return res.sendStatus(401);\n  next();`,
          name,
        ),
      ),
    ),
    // Whoever has no token passes as nobody, or the failure is answered.
    middleware(
      "  const t = req.cookies.sid;\n  if (!t) return next();\n  try {\n    req.user = jwt.verify(t, key, options);\n  } catch (error) {\n    console.log(error);\n  }\n  next();",
      "auth",
    ),
    middleware(
      "  const t = req.cookies.sid;\n  if (!t) return res.sendStatus(401);\n  jwt.verify(t, key, options, (error, user) => {\n    if (error) return next(error);\n    req.user = user;\n    next();\n  });",
      "auth",
    ),
    middleware(
      "  const t = req.cookies.sid;\n  if (!req.query.page) return res.sendStatus(400);\n  jwt.verify(t, key, options, (error, user) => {\n    if (error) return next();\n    req.user = user;\n    next();\n  });",
      "identify",
    ),
    ...[
      "if (error) { console.log(error); next(error); } if (user) { req.user = user; next(); }",
      "if (error) { res.sendStatus(401); } else { next(); }",
      "if (error && user) { next(); } else { res.sendStatus(401); }",
    ].map((body) =>
      middleware(
        `  const t = req.cookies.sid;\n  if (!t) return res.sendStatus(401);\n  jwt.verify(t, key, options, (error, user) => {\n    ${body}\n  });`,
        "handle",
      ),
    ),
    // Nobody, a guest, a refusal, another proof, a note in a log, what does not come of the token.
    ...[
      ["let id;", "log(error);", "res.json(await Orders.find({ id }));"],
      ['let id = "guest";', "log(error);", "res.json(await Orders.find({ id }));"],
      [
        "let id = req.body.id;",
        "return res.sendStatus(401);",
        "res.json(await Orders.find({ id }));",
      ],
      ["let id = req.body.id;", "id = undefined;", "res.json(await Orders.find({ id }));"],
      [
        "let id = req.body.id;",
        "log(error);",
        "res.json((await comparePassword(id, req.body.given)) && (await Orders.find({ id })));",
      ],
      ["let id = req.body.id;", "log(error);", "console.log(id);"],
      [
        "let ok = false; let id = req.body.id;",
        "log(error);",
        "if (!ok) return res.sendStatus(401);\n  res.json(await Orders.find({ id }));",
        "ok = true;",
      ],
      ["let id = req.user.id;", "log(error);", "res.json(await Orders.find({ id }));"],
    ].map(
      ([before, failure, behind, beside = ""]) =>
        `${JWT}export async function load(req, res) {\n  ${before}\n  try {\n    id = jwt.verify(req.token, key, options).sub;${beside}\n  } catch (error) {\n    ${failure}\n  }\n  ${behind}\n}`,
    ),
    `${JWT}export async function load(req, res) {\n  let page = req.query.page;\n  try {\n    jwt.verify(req.token, key, options);\n    page = Number(page);\n  } catch (error) {\n    log(error);\n  }\n  res.json(await Posts.find({ page }));\n}`,
    // What says so in its result throws for other reasons.
    `import { getToken } from "next-auth/jwt";\nexport async function middleware(req) {\n  try {\n    const token = await getToken({ req });\n    if (!token) return NextResponse.redirect(login);\n  } catch (error) {\n    return NextResponse.next();\n  }\n  return NextResponse.next();\n}`,
    // Waited for, or none.
    `${JWT}\nasync function check(token) {\n  try { jwt.verify(token, key, options); return true; } catch { return false; }\n}\nexport const auth = async (req, res, next) => {\n  if (!(await check(req.token))) return res.sendStatus(401);\n  next();\n};`,
    ...["await check", "checkNow"].map((call) => ({
      code: `import { check, checkNow } from "./jwt.js";\nexport const auth = async (req, res, next) => {\n  const user = ${call}(req.token);\n  if (!user) return res.sendStatus(401);\n  next();\n};`,
      ...FAILURES,
    })),
    {
      code: `import { check } from "./jwt.js";\nexport const auth = (req, res, next) => {\n  check(req.token).then((user) => next(), next);\n};`,
      ...FAILURES,
    },
    // Refusals that a callback is given as its result.
    ...[
      "{ isAuthorized: false }",
      "{ statusCode: 401 }",
      "false",
      'policy("Deny", event.methodArn)',
      "generateDenyPolicy(event)",
      '{ policyDocument: { Statement: [{ Effect: "Deny" }] } }',
    ].map(
      (answer) =>
        `${CJS}\nexports.authorizer = (event, context, callback) => {\n  try {\n    const claims = jwt.verify(event.authorizationToken, key, options);\n    callback(null, policy("Allow", claims.sub));\n  } catch (error) {\n    callback(null, ${answer});\n  }\n};`,
    ),
    middleware(
      "  jwt.verify(req.token, key, options, (error, claims) => {\n    if (error || claims.id !== req.params.id) return res.sendStatus(403);\n    req.user = claims;\n    next();\n  });",
    ),
    // The verdict stands in a flag.
    middleware(
      "  req.signedIn = false;\n  try {\n    jwt.verify(req.token, key, options);\n    req.signedIn = true;\n  } catch (error) {\n    console.log(error);\n  }\n  next();",
      "checkVisitor",
    ),
    // Whoever has no good token goes on as nobody.
    middleware(
      "  jwt.verify(req.token, key, options, (error, claims) => {\n    if (error) req.user = undefined;\n    req.user = claims;\n    next();\n  });",
    ),
    // The promise of a function of the program's own, waited for and handed on.
    `${JOSE}\nasync function check(token) {\n  return (await jwtVerify(token, key)).payload;\n}\nexport async function auth(req) {\n  const claims = await check(req.token);\n  if (!claims) throw new Error("no");\n  return check(req.other);\n}`,
    // A promise that is put on the request and waited for further down, and one of several.
    // In a callback of a request, whose third parameter is no continuation, who has no token passes as well.
    `${JWT}\nexport const auth = (req, res, next) => { client.get(url, (error, answer, body) => { if (!req.token) return next(); try { req.user = jwt.verify(req.token, body, options); next(); } catch (failure) { return next(); } }); };`,
    `${JOSE}\nexport async function auth(req, res, next) {\n  req.claims = jwtVerify(req.token, key);\n  await req.claims;\n  next();\n}`,
    `${JOSE}\nexport async function auth(req, res, next) {\n  const promise = jwtVerify(req.token, key);\n  [req.claims] = await Promise.all([promise, other()]);\n  next();\n}`,
    `${JOSE}\nexport function loader(req) {\n  req.claims = jwtVerify(req.token, key);\n  return req;\n}`,
    // The error as the result, told from a user.
    `${JWT}\nfunction check(token) {\n  try { return jwt.verify(token, key, options); } catch (error) { return error; }\n}\nexport const auth = (req, res, next) => {\n  const user = check(req.token);\n  if (!user || user instanceof Error) return res.sendStatus(401);\n  next();\n};`,
    `${JWT}\nexport function check(token) {\n  try { return jwt.verify(token, key, options); } catch (error) { return error; }\n}`,
    // hapi's function in the place of the verification verifies with another library.
    `${JWT}\nserver.auth.strategy("jwt", "jwt", "required", { key, verifyFunc: (read, request, done) => {\n  jwt.verify(request.headers.authorization, key, options, (error, claims) => done(error, !error, claims));\n} });`,
    // To go on inside of the callback is to go on when it is called without an error.
    middleware(
      "  jwt.verify(req.token, key, options, (error, claims) => {\n    if (error) return res.sendStatus(401);\n    req.user = claims;\n    next();\n  });",
    ),
    // What the callback has left behind is asked for.
    middleware(
      "  const claims = jwt.verify(req.token, key, options, (error, done) => {\n    if (error) {\n      res.status(401).send();\n      return null;\n    }\n    return done;\n  });\n  if (claims.exp < now()) return res.sendStatus(401);\n  req.userId = claims.sub;\n  next();",
    ),
    middleware(
      "  jwt.verify(req.token, key, options, (error, claims) => {\n    if (error) return res.sendStatus(401);\n    req.user = claims;\n  });\n  if (res.headersSent) return;\n  next();",
    ),
    middleware(
      "  let user;\n  jwt.verify(req.token, key, options, (error, claims) => {\n    if (error) return res.sendStatus(401);\n    user = claims;\n  });\n  if (!user) return;\n  next();",
    ),
    // After an error a token is read for the log, or in the branch for expired ones.
    middleware(
      "  jwt.verify(req.token, key, options, (error, claims) => {\n    if (error) {\n      log(jwt.decode(req.token).sub);\n      return res.sendStatus(401);\n    }\n    req.user = claims;\n    next();\n  });",
    ),
    // What an error handler refuses, hands on, or lets pass on purpose.
    `${EXPRESS}app.use("/api", expressjwt(options), (err, req, res, next) => { if (err.name === "UnauthorizedError") { return res.status(401).json({}); } next(); });`,
    `${EXPRESS}app.use("/api", expressjwt(options), (err, req, res, next) => { if (err.name === "UnauthorizedError") res.status(401).json({}); else next(); });`,
    `${EXPRESS}app.use("/api", expressjwt(options), (err, req, res, next) => { if (err.name === "UnauthorizedError") res.status(401); next(err); });`,
    `${EXPRESS}app.use("/api", expressjwt(options), (err, req, res, next) => { if (err.name === "UnauthorizedError") console.error(err); next(); });`,
    `${EXPRESS}app.use("/api", expressjwt(options), (req, res, next) => { if (req.path === "/x") res.status(404).end(); next(); });`,
    `${EXPRESS}app.use("/api", (err, req, res, next) => { if (err.code === "EBADCSRFTOKEN") res.sendStatus(403); next(); }, expressjwt(options));`,
    // What the callback throws reaches the caller; what it keeps is given, or asked for.
    ...[
      "  jwt.verify(req.token, key, options, (error) => {\n    if (error) throw new Error('bad');\n  });\n  return true;",
      "  let ok = false;\n  jwt.verify(req.token, key, options, (error) => {\n    if (error) return false;\n    ok = true;\n  });\n  return ok;",
      "  jwt.verify(req.token, key, options, (error, claims) => {\n    if (error) { console.error(error); return; }\n    req.user = claims;\n  });\n  if (!req.user) throw new Error('bad');\n  return true;",
      "  return jwt.verify(req.token, key, options, (error) => {\n    if (error) return false;\n    return true;\n  });",
    ].map((body) => `${JWT}\nexport function isAuthenticated(req, res) {\n${body}\n}`),
    // Functions that do not say what their `true` means, and middlewares that may be passed as nobody.
    `${JWT}\nexport function warmUp(token) {\n  jwt.verify(token, key, options, (error) => {\n    if (error) console.error(error);\n  });\n  return true;\n}`,
    middleware(
      "  if (req.cookies.jwt) {\n    jwt.verify(req.cookies.jwt, key, options, (error, claims) => {\n      if (error) res.locals.user = null;\n      else res.locals.user = claims;\n    });\n  }\n  next();",
      "checkUser",
    ),
    // The answer ends the request.
    ...[
      "  if (!claims) { return res.status(401).json({}); }\n  next();",
      "  if (!claims) { res.status(401).json({}); } else { next(); }",
      "  if (!claims) { res.status(401).json({}); return; }\n  next();",
      "  if (!claims) { res.set('x-anonymous', '1'); }\n  if (claims) next();",
    ].map(
      (body) =>
        `${JWT}\nfunction read(token) {\n  try { return jwt.verify(token, key, options); } catch { return null; }\n}\nexport const auth = (req, res, next) => {\n  const claims = read(req.token);\n${body}\n};`,
    ),
    // What is answered before the return is no pass.
    middleware(
      "  try {\n    req.user = jwt.verify(req.token, key);\n    next();\n  } catch (error) {\n    next(error);\n    return;\n  }",
    ),
    // What says that there is no token, and refuses it.
    middleware(
      'const token = req.cookies.session; if (token === "undefined" || token === "") return res.sendStatus(401); req.user = jwt.verify(token, key, options); next();',
    ),
    middleware(
      'const token = req.cookies.session; if (token === "revoked") return res.sendStatus(401); req.user = jwt.verify(token, key, options); next();',
    ),
    // No token at all lets a request through as that of a guest.
    middleware(
      'const token = req.cookies.session; if (token === "null") return next(); req.user = jwt.verify(token, key, options); next();',
    ),
    // More is asked for, or it comes from outside.
    middleware(
      'const token = req.cookies.session; if (process.env.NODE_ENV === "test" && token === "letmein") return next(); req.user = jwt.verify(token, key, options); next();',
    ),
    middleware(
      "const token = req.cookies.session; if (token === process.env.SERVICE_TOKEN) return next(); req.user = jwt.verify(token, key, options); next();",
    ),
    // Something else is compared.
    middleware(
      'const token = req.cookies.session; if (req.path === "/health") return next(); req.user = jwt.verify(token, key, options); next();',
    ),
    `${JWT}export function check(token, kind) { if (kind === "letmein") return true; return Boolean(jwt.verify(token, key, options)); }`,
    // Without any token one passes as well.
    middleware(
      'const token = req.cookies.session; if (!token || token === "guest") return next(); req.user = jwt.verify(token, key, options); next();',
    ),
    middleware(
      'const token = req.cookies.session; if (!token) return next(); if (token === "guest") return next(); req.user = jwt.verify(token, key, options); next();',
    ),
    // A request of another handler, and a function whose true is no pass.
    `${JWT}export default (app) => { app.use((req, res, next) => { if (req.token === "ping") return next(); res.end(); }); app.use((req, res, next) => { req.user = jwt.verify(req.token, key, options); next(); }); };`,
    `${JWT}export function isRevoked(token) { if (token === "old-token") return true; return jwt.verify(token, key, options).revoked; }`,
    // The comparison stands behind the verification.
    `${JWT}export function check(token) { const claims = jwt.verify(token, key, options); if (claims.kind === "letmein") return true; return false; }`,
    // Checked by being called; the failure leaves by itself.
    middleware("  req.user = jwt.verify(req.token, key);\n  next();"),
    middleware(
      "  try {\n    req.user = jwt.verify(req.token, key);\n    next();\n  } catch (error) {\n    next(error);\n  }",
    ),
    middleware(
      "  try {\n    req.user = jwt.verify(req.token, key);\n  } catch {\n    return res.status(401).json({ error: 'no' });\n  }\n  next();",
    ),
    middleware(
      "  try {\n    jwt.verify(req.token, key);\n  } catch (error) {\n    throw new Unauthorized(error);\n  }\n  next();",
    ),
    middleware(
      "  try {\n    req.user = jwt.verify(req.token, key);\n    next();\n  } catch (error) {\n    console.log(error);\n    res.sendStatus(401);\n  }",
    ),
    // A middleware that says that it is optional, and functions that answer.
    middleware(
      "  try {\n    req.user = jwt.verify(req.token, key);\n  } catch {}\n  next();",
      "optionalAuth",
    ),
    middleware(
      "  jwt.verify(req.token, key, (err, claims) => {\n    if (err) res.set('x-refused', '1');\n    if (!req.user) return res.sendStatus(401);\n    next();\n  });",
    ),
    // What the name does not promise, and what is asked for behind.
    middleware(
      "  try {\n    req.user = jwt.verify(req.token, key);\n  } catch (error) {\n    console.log(error);\n  }\n  next();",
      "session",
    ),
    middleware(
      "  try {\n    req.user = jwt.verify(req.token, key);\n  } catch (error) {\n    req.user = null;\n  }\n  next();",
      "authenticate",
    ),
    middleware(
      "  if (!req.token) return next();\n  try {\n    req.user = jwt.verify(req.token, key);\n  } catch (error) {\n    console.log(error);\n  }\n  next();",
      "authenticate",
    ),
    middleware(
      "  try {\n    req.user = jwt.verify(req.token, key);\n  } catch (error) {\n    console.log(error);\n  }\n  if (req.user) next();\n  else res.sendStatus(401);",
      "authenticate",
    ),
    middleware(
      "  try {\n    req.user = jwt.verify(req.token, key);\n  } catch (error) {\n    res.status(401).json({ error: 'no' });\n  }\n  if (!req.user) return;\n  next();",
    ),
    middleware(
      "  try {\n    req.user = jwt.verify(req.token, key);\n  } catch (error) {\n    res.status(401).json({ error: 'no' });\n    return;\n  }\n  next();",
    ),
    middleware(
      "  try {\n    req.user = jwt.verify(req.token, key);\n  } catch (error) {\n    if (error.name === 'TokenExpiredError') res.set('x-expired', '1');\n    else return res.sendStatus(401);\n  }\n  next();",
    ),
    middleware(
      "  try {\n    req.user = jwt.verify(req.token, key);\n  } catch (error) {\n    metrics.count('refused');\n  }\n  next();",
    ),
    // Goes on without a token as well: who has to be somebody is asked further down.
    middleware(
      "  if (!req.cookies.jwt) return next();\n  try {\n    res.locals.user = jwt.verify(req.cookies.jwt, key);\n    return next();\n  } catch {\n    return next();\n  }",
      "isLoggedIn",
    ),
    `${JWT}\nexport function isValid(token) {\n  try {\n    jwt.verify(token, key);\n    return true;\n  } catch {\n    return false;\n  }\n}`,
    `${JWT}\nexport function isTokenExpired(token) {\n  try {\n    jwt.verify(token, key);\n    return false;\n  } catch {\n    return true;\n  }\n}`,
    `${JWT}\nexport function checkToken(token) {\n  try {\n    return { valid: true, claims: jwt.verify(token, key) };\n  } catch {\n    return { valid: false };\n  }\n}`,
    `${JWT}\nexport function verifyToken(token) {\n  try {\n    return jwt.verify(token, key);\n  } catch {\n    return null;\n  }\n}`,
    // An expired token whose signature was good, read for a refresh.
    `${JWT}\nexport function verifyToken(token) {\n  try {\n    return jwt.verify(token, key);\n  } catch (error) {\n    if (error.name === "TokenExpiredError") return refresh(jwt.decode(token));\n    throw error;\n  }\n}`,
    `${JOSE}\nimport { decodeJwt, errors } from "jose";\nexport async function authenticate(token) {\n  try {\n    return await jwtVerify(token, key);\n  } catch (error) {\n    if (error instanceof errors.JWTExpired) return decodeJwt(token);\n    throw error;\n  }\n}`,
    // A decode for the log.
    `${JWT}\nexport function verifyToken(token) {\n  try {\n    return jwt.verify(token, key);\n  } catch (error) {\n    console.warn("refused", jwt.decode(token)?.sub);\n    throw error;\n  }\n}`,
    // Callbacks that look at the error first.
    middleware(
      "  jwt.verify(req.token, key, (err, claims) => {\n    if (err) return res.sendStatus(403);\n    req.user = claims;\n    next();\n  });",
    ),
    middleware(
      "  jwt.verify(req.token, key, (err, claims) => {\n    if (err) {\n      res.sendStatus(403);\n    } else {\n      req.user = claims;\n      next();\n    }\n  });",
    ),
    middleware(
      "  jwt.verify(req.token, key, (err, claims) => {\n    if (!err) {\n      req.user = claims;\n      next();\n    }\n  });",
    ),
    middleware(
      "  jwt.verify(req.token, key, (err, claims) => {\n    if (claims) {\n      req.user = claims;\n      return next();\n    }\n    return res.sendStatus(401);\n  });",
    ),
    `${JWT}\nexport const verify = (token) =>\n  new Promise((resolve, reject) => {\n    jwt.verify(token, key, (err, claims) => (err ? reject(err) : resolve(claims)));\n  });`,
    `${JWT}\nexport function verify(token, done) {\n  jwt.verify(token, key, (err, claims) => done(err, claims));\n}`,
    `${JWT}\nexport function verify(token, done) {\n  jwt.verify(token, key, done);\n}`,
    `${JWT}\nexport function verify(token) {\n  jwt.verify(token, key, (err) => {\n    if (err) throw err;\n  });\n}`,
    // Promises that somebody waits for.
    `${JOSE}\nexport async function auth(req) {\n  const { payload } = await jwtVerify(req.token, key);\n  req.user = payload;\n}`,
    `${JOSE}\nexport const verify = (token) => jwtVerify(token, key);`,
    `${JOSE}\nexport function verify(token) {\n  return jwtVerify(token, key).then(({ payload }) => payload);\n}`,
    `${JOSE}\nexport async function verifyAll(tokens) {\n  return Promise.all(tokens.map((token) => jwtVerify(token, key)));\n}`,
    `${JOSE}\nexport async function verify(token) {\n  const pending = jwtVerify(token, key);\n  return await pending;\n}`,
    {
      code: `${NEST}\nclass G {\n  constructor(private jwt: JwtService) {}\n  async canActivate(context) {\n    const request = context.switchToHttp().getRequest();\n    try {\n      request.user = await this.jwt.verifyAsync(request.token);\n    } catch {\n      throw new UnauthorizedException();\n    }\n    return true;\n  }\n}`,
      ts: true,
    },
    // Without a key jsonwebtoken 9 refuses every token.
    `${JWT}\nexport const verify = (token) => jwt.verify(token, null);`,
    // Not the library's.
    "import { verify } from './verify';\nexport async function auth(req, res, next) {\n  verify(req.token);\n  next();\n}",
  ],
  invalid: [
    marked(
      `import jwt from "jsonwebtoken"; export function verificarToken(req, res, next) { try { jwt.verify(req.cookies.token, key); return next(); } catch { «next()»; } }`,
      { messageId: "catchSucceeds", data: { name: "jwt.verify" } },
    ),
    // Every path begins with a slash.
    ...[
      "open.some((one) => pathname.startsWith(one))",
      "open.some((one) => { return request.nextUrl.pathname.startsWith(one); })",
      'pathname === "/about" || open.some((one) => pathname === one || pathname.startsWith(one))',
    ].map((test) =>
      marked(guardOf('[«"/"», "/login"]', test), {
        messageId: "openPrefix",
        data: { name: "jwtVerify" },
      }),
    ),
    // An error that the callback hands on, and the call behind it
    ...[
      "if (error) return next(new Error('no')); socket.claims = claims;",
      "if (error) { next(error); return; } socket.claims = claims;",
      "if (error) next(error);",
      "if (error) return callback(error); socket.claims = claims;",
    ].map((handled) =>
      marked(
        `${JWT} io.use((socket, next) => { jwt.verify(socket.token, key, (error, claims) => { ${handled} }); «next()»; });`,
        { messageId: "answerFallsThrough", data: { name: "jwt.verify" } },
      ),
    ),
    // An endpoint that does its work, whoever it has refused
    ...["await Order.create(req.body)", "const made = await Order.insertMany(req.body)"].map(
      (work) =>
        marked(
          `import { getToken } from "next-auth/jwt"; export default async (req, res) => { const claims = await getToken({ req, secret }); if (!claims) { res.status(401).json({}); } ${work.replace("await ", "await «")}»; res.json({}); };`,
          { messageId: "answerFallsThrough", data: { name: "getToken" } },
        ),
    ),
    marked(
      `${JWT} export const create = async (req, res) => { try { req.user = jwt.verify(req.token, key); } catch { res.sendStatus(401); } await «Order.create(req.body)»; };`,
      { messageId: "answerFallsThrough", data: { name: "jwt.verify" } },
    ),
    marked(
      `${JWT} export const remove = async (req, res) => { const claims = jwt.verify(req.token, key); if (claims.role !== "admin") «res.status(403).json({});» await Order.deleteOne({ _id: req.body.id }); };`,
      {
        messageId: "refusalFallsThrough",
        suggestions: [
          {
            messageId: "addReturn",
            output: `${JWT} export const remove = async (req, res) => { const claims = jwt.verify(req.token, key); if (claims.role !== "admin") return res.status(403).json({}); await Order.deleteOne({ _id: req.body.id }); };`,
          },
        ],
      },
    ),
    marked(
      `import jwt from "jsonwebtoken"; export const renew = async (req, res) => { try { jwt.verify(req.token, key, options); return res.json({ token: req.token }); } catch (error) { if (error.name === "TokenExpiredError") return res.sendStatus(401); const claims = «jwt.decode(req.token)»; const session = await Sessions.findOne({ userId: claims.id }); return res.json(issue(session)); } };`,
      { messageId: "catchDecodes", data: { name: "jwt.verify" } },
    ),
    marked(
      `import jwt from "jsonwebtoken"; export const renew = async (req, res) => { try { jwt.verify(req.token, key, options); return res.json({ token: req.token }); } catch (error) { if (!isExpired(req.token)) return res.sendStatus(401); const claims = «jwt.decode(req.token)»; const session = await Sessions.findOne({ userId: claims.id }); return res.json(issue(session)); } };`,
      { messageId: "catchDecodes", data: { name: "jwt.verify" } },
    ),
    // What is answered is for whom the refused token names.
    marked(
      `import jwt from "jsonwebtoken"; export const list = (req, res) => { const { token } = req.body; try { res.locals.user = jwt.verify(token, key, options); } catch { res.locals.user = «jwt.decode(token)»; return res.json(listFor(res.locals.user)); } };`,
      { messageId: "catchDecodes", data: { name: "jwt.verify" } },
    ),
    // It is signed again.
    ...["jwt.sign({ id: old.id }, key, options)", "jwt.sign(old, key, options)"].map((again) =>
      marked(
        `import jwt from "jsonwebtoken"; export const renew = (req, res) => { const { token } = req.body; try { jwt.verify(token, key, options); res.json({ token }); } catch { const old = «jwt.decode(token)»; res.json({ token: ${again} }); } };`,
        { messageId: "catchDecodes", data: { name: "jwt.verify" } },
      ),
    ),
    // A callback that only tells the error
    ...[
      "if (error) { console.log(error); } else { req.user = claims; } «next()»;",
      "if (!error) { req.user = claims; } «next()»;",
    ].map((body) =>
      marked(middleware(`jwt.verify(req.token, key, (error, claims) => { ${body} });`), {
        messageId: "catchSucceeds",
        data: { name: "jwt.verify" },
      }),
    ),
    marked(
      middleware(
        "jwt.verify(req.token, key, (error, claims) => { if (!error) req.user = claims; }); «next()»;",
      ),
      { messageId: "passesBeside", data: { name: "jwt.verify" } },
    ),
    marked(
      middleware(
        "jwt.verify(req.token, key, (error, claims) => { if (!error) req.user = claims; if (error) return res.sendStatus(401); }); «next()»;",
        "whoIs",
      ),
      { messageId: "answerFallsThrough", data: { name: "jwt.verify" } },
    ),
    // Constants out of sight that are called as the status is
    ...["StatusCodes.FORBIDDEN", "status.HTTP_404_NOT_FOUND", "httpStatus.UNAUTHORIZED"].map(
      (status) => {
        const frame = (refusal: string): string =>
          middleware(
            `const claims = jwt.verify(req.token, key, options); if (claims.role !== "admin") { ${refusal} } next();`,
          );
        const refusal = `res.status(${status}).json({});`;
        return marked(frame(`«${refusal}»`), {
          messageId: "refusalFallsThrough",
          suggestions: [{ messageId: "addReturn", output: frame(`return ${refusal}`) }],
        });
      },
    ),
    marked(
      `${JWT}export const handler = async (event) => { const token = event.headers.authorization; if (event.routeKey) { if (token) jwt.verify(token, key, options); «return { isAuthorized: true };» } return { isAuthorized: false }; };`,
      { messageId: "skippedAllows", data: { name: "jwt.verify" } },
    ),
    // In other languages
    ...[
      "verificarToken",
      "validarJWT",
      "cekToken",
      "verifierToken",
      "tokenKontrol",
      "estaAutenticado",
    ].map((name) =>
      marked(
        middleware(
          "try { jwt.verify(req.token, key, options); } «catch (error) { console.log(error); }» next();",
          name,
        ),
        { messageId: "catchFallsThrough", data: { name: "jwt.verify" } },
      ),
    ),
    // What is only written down decides nothing
    ...['if (!isValid) console.log("invalid");', 'if (!isValid) { logger.warn("invalid"); }'].map(
      (told) =>
        marked(
          `import { KJUR } from "jsrsasign"; export function verifyToken(token) { const isValid = «KJUR.jws.JWS.verifyJWT(token, key, rules)»; ${told} return KJUR.jws.JWS.parse(token).payloadObj; }`,
          { messageId: "resultDropped", data: { name: "KJUR.jws.JWS.verifyJWT" } },
        ),
    ),
    marked(
      `${JWT} export function requireAuth(req, res, next) { jwt.verify(req.token, key, (error, claims) => { if (error) return res.sendStatus(401); req.body.user = claims; }); if (req.body.open) «next()»; }`,
      { messageId: "answerFallsThrough", data: { name: "jwt.verify" } },
    ),
    marked(
      `${JWT} export function checkAuth(header) { try { const token = header.split(" ")[1]; const user = jwt.verify(token, key); } «catch (error) { console.log(error); }» }`,
      { messageId: "catchFallsThrough", data: { name: "jwt.verify" } },
    ),
    marked(
      `${JWT}\nexport async function authenticate(req, res, next) { const token = read(req); try { req.user = jwt.verify(token, NEW); return next(); } «catch (error) { }» try { req.user = jwt.verify(token, OLD); return next(); } catch (error) { console.warn(error); } next(); }`,
      { messageId: "catchFallsThrough", data: { name: "jwt.verify" } },
    ),
    marked(
      `${JWT}\nexport async function authenticate(req, res, next) { const token = read(req); try { req.user = jwt.verify(token, KEY); } catch (error) { const claims = «jwt.decode(token)»; await users.updateUser({ id: claims.sub, online: false }); return res.sendStatus(401); } next(); }`,
      { messageId: "catchDecodes", data: { name: "jwt.verify" } },
    ),
    ...["const user = jwt.verify(token, key);", "jwt.verify(token, key);"].map((verifies) =>
      marked(
        `${JWT} export function checkAuth(context) { const token = context.token; try { ${verifies} } «catch (error) { console.log(error); }» }`,
        { messageId: "catchFallsThrough", data: { name: "jwt.verify" } },
      ),
    ),
    ...["next();", "if (!req.headers.other) { next(); }", "if (req.query.open) next();"].map(
      (behind) =>
        marked(
          `${JWT} export function requireAuth(req, res, next) { jwt.verify(req.token, key, (error, claims) => { if (error) return res.sendStatus(401); req.user = claims; next(); }); ${behind.replace("next()", "«next()»")} }`,
          { messageId: "answerFallsThrough", data: { name: "jwt.verify" } },
        ),
    ),
    // A variable that nobody reads, but for a log
    ...["", "console.log(user);", "console.log(`in: ${user.sub}`);"].map((read) =>
      marked(
        `${JWT}\nexport const auth = (req, res, next) => { try { const user = jwt.verify(req.token, key, options); ${read} } «catch (error) { console.log(error); }» next(); };`,
        { messageId: "catchFallsThrough", data: { name: "jwt.verify" } },
      ),
    ),
    // Refused in a branch within the attempt, which `next()` stands behind
    ...["", "if (req.user.id) { const [profile] = await Profile.find(req.user.id); "].map(
      (before) => {
        const frame = (refusal: string): string =>
          `${JWT}\nexport const requireAuth = async (req, res, next) => { try { req.user = jwt.verify(req.token, key, options); ${before}if (profile.suspended) { ${refusal} }${before === "" ? "" : " }"} } catch (error) { return res.sendStatus(401); } next(); };`;
        return marked(frame('«res.status(401).send("suspended");»'), {
          messageId: "refusalFallsThrough",
          suggestions: [
            { messageId: "addReturn", output: frame('return res.status(401).send("suspended");') },
          ],
        });
      },
    ),
    // Answered in a branch, and what stands behind the branch runs all the same
    ...[
      "const header = ctx.headers.authorization; if (header) { try { ctx.state.user = jwt.verify(header, KEY); } catch (error) { ctx.status = 200; ctx.body = { code: 9 }; } } await «next()»;",
      "try { const header = ctx.headers.authorization; if (header) { let user; try { user = jwt.verify(header, KEY); } catch (error) { ctx.body = { code: 9 }; } ctx.state.user = user; } await «next()»; } catch (error) { ctx.status = 500; }",
      "const header = ctx.headers.authorization; if (!header) { ctx.status = 401; return; } else { try { ctx.state.user = jwt.verify(header, KEY); } catch (error) { ctx.status = 401; } } await «next()»;",
      "const header = ctx.headers.authorization; try { ctx.state.other = await other(header); } catch { try { ctx.state.user = jwt.verify(header, KEY); } catch (error) { ctx.status = 401; } } await «next()»;",
    ].map((body) =>
      marked(`${JWT}\nexport const check = async (ctx, next) => { ${body} };`, {
        messageId: "answerFallsThrough",
        data: { name: "jwt.verify" },
      }),
    ),
    // jwt-then 1.0.1 gives promises.
    (() => {
      const code = `import jwt from "jwt-then"; export async function check(req, res, next) { «jwt.verify(req.token, key)»; next(); }`;
      return marked(code, {
        messageId: "droppedPromise",
        data: { name: "jwt.verify" },
        suggestions: [
          {
            messageId: "addAwait",
            data: { name: "jwt.verify" },
            output: code.replace("«", "await ").replace("»", ""),
          },
        ],
      });
    })(),
    // Guards that let everybody in
    ...[
      'export class JwtAuthGuard extends AuthGuard("jwt") { async «canActivate»(context) { const request = context.switchToHttp().getRequest(); console.log(request.url); return true; } }',
      "export class TokenGuard { «canActivate»(context) { const { authorization } = context.switchToHttp().getRequest().headers; return true; } }",
      'export class AccessTokenGuard { «canActivate»(context) { const token = context.switchToHttp().getRequest().headers.authorization.split(" ")[1]; return Promise.resolve(true); } }',
    ].map((guard) =>
      marked(
        `import { AuthGuard } from "@nestjs/passport"; import jwt from "jsonwebtoken"; ${guard}`,
        {
          messageId: "openGuard",
        },
      ),
    ),
    ...["error.message", '"Invalid token"', "{ error }", "{ valid: false }", "`No: ${error}`"].map(
      (given) =>
        marked(
          `import jwt from "jsonwebtoken"; function check(token) { try { return jwt.verify(token, key, { algorithms: ["HS256"] }); } catch (error) { «return ${given};» } } export function auth(req, res, next) { const user = check(req.headers.token); if (!user) return res.status(401).end(); req.user = user; next(); }`,
          { messageId: "catchSucceeds", data: { name: "jwt.verify" } },
        ),
    ),
    // An authorizer that allows where no token came
    ...[
      "try { if (token) jwt.verify(token, key, options); } catch { return { isAuthorized: false }; } «return { isAuthorized: true };»",
      'if (token) { jwt.verify(token, key, options); } «return policy("user", "Allow", event.methodArn);»',
    ].map((body) =>
      marked(
        `${JWT}export const handler = async (event) => { const token = event.headers.authorization; ${body} };`,
        { messageId: "skippedAllows", data: { name: "jwt.verify" } },
      ),
    ),
    // A forged token is none of the errors that are answered.
    ...[
      'if (error.name === "TokenExpiredError") return res.sendStatus(401);',
      "if (error instanceof jwt.TokenExpiredError) { return res.sendStatus(401); } console.log(error);",
    ].map((answer) =>
      marked(
        `${JWT}export function requireAuth(req, res, next) { try { req.user = jwt.verify(req.token, key, options); } «catch (error) { ${answer} }» next(); }`,
        { messageId: "catchFallsThrough", data: { name: "jwt.verify" } },
      ),
    ),
    // Who it is, told by the text alone
    ...[
      'if (token === «"test-token"») return { id: 1, role: "user" };',
      'if (token) { if (token === «"test-token"») return { id: 1, role: "user" }; }',
      'if (token.startsWith(«"local-"»)) { return { user_id: token, email: "" }; }',
      'if (token.startsWith(«"local-"»)) { const id = token.slice(6); return { id }; }',
    ].map((check) =>
      marked(
        `${JWT}export async function currentUser(token) { ${check} return jwt.verify(token, key, options); }`,
        { messageId: "writtenToken", data: { name: "jwt.verify" } },
      ),
    ),
    marked(
      middleware(
        'const token = req.cookies.session; if (token.startsWith(«"local-"»)) { req.userId = token.slice(6); return next(); } req.user = jwt.verify(token, key, options); next();',
      ),
      { messageId: "writtenToken", data: { name: "jwt.verify" } },
    ),
    // A promise that is told to answer, and gives what that gives
    ...[
      "const claims = await jwtVerify(req.token, key, options).catch(() => res.sendStatus(403)); req.user = claims.payload; «next()»;",
      "const claims = await jwtVerify(req.token, key, options).catch(() => { res.status(403).end(); }); req.user = claims; «next()»;",
      "await jwtVerify(req.token, key, options).catch((error) => { res.status(403).json(error); }); return «next()»;",
      "let claims; claims = await jwtVerify(req.token, key, options).catch(() => res.sendStatus(403)); req.user = claims; «next()»;",
    ].map((body) =>
      marked(`${JOSE}\nexport async function requireAuth(req, res, next) { ${body} }`, {
        messageId: "answerFallsThrough",
        data: { name: "jwtVerify" },
      }),
    ),
    // A catch with branches, none of which leaves
    marked(
      `${JWT}\nexport async function auth(ctx, next) { try { jwt.verify(ctx.token, key, options); } catch (error) { if (error.expired) { ctx.status = 401; } ctx.status = 400; } await «next()»; }`,
      { messageId: "answerFallsThrough", data: { name: "jwt.verify" } },
    ),
    // An error handler that stands in a list beside the middleware
    marked(
      `${EXPRESS}\nexport default [expressjwt({ secret: key, algorithms: ["HS256"] }), (error, req, res, next) => { if (error.name === "UnauthorizedError") res.status(401).end(); «next()»; }];`,
      { messageId: "errorFallsThrough", data: { name: "expressjwt" } },
    ),
    // A function of the file verifies, and what its refusal is answered with passes for claims.
    ...[
      ".catch((error) => { return res.status(403).json({ error }); });",
      ".catch(() => res.sendStatus(403));",
    ].map((rejected) =>
      marked(
        `${JOSE}\nasync function check(token) { const { payload } = await jwtVerify(token, key, options); return payload; }\napp.post("/in", async (req, res) => { const user = await check(req.body.token)${rejected} User.findOne({ email: «user.email» }).then((found) => res.json(found)); });`,
        { messageId: "answerFallsThrough", data: { name: "jwtVerify" } },
      ),
    ),
    // One answer to two verifications is one finding.
    marked(
      `${JOSE}\nasync function check(token) { return (await jwtVerify(token, key, options)) || jwtVerify(token, other, options); }\nexport async function requireAuth(req, res, next) { const claims = await check(req.token).catch(() => res.sendStatus(403)); req.user = claims; «next()»; }`,
      { messageId: "answerFallsThrough", data: { name: "jwtVerify" } },
    ),
    // A refusal behind a good token that holds nobody
    ...(
      [
        ["if (claims.role !== 'admin') { ", "next(new Error('no'));", " }"],
        ["if (claims.role !== 'admin') ", "res.status(403).json({ message: 'no' });", ""],
        ["if (!claims.admin) { const reason = why(claims); ", "res.sendStatus(403);", " }"],
        ["if (!claims.admin) { ", "res.redirect('/login');", " }"],
        ["if (!claims.admin) { ", "res.json({ success: false });", " }"],
      ] as const
    ).map(([before, refusal, after]) => {
      const frame = (inner: string): string =>
        middleware(
          `const claims = jwt.verify(req.token, key, options); ${before}${inner}${after} req.user = claims; next();`,
        );
      return marked(frame(`«${refusal}»`), {
        messageId: "refusalFallsThrough",
        suggestions: [{ messageId: "addReturn", output: frame(`return ${refusal}`) }],
      });
    }),
    marked(
      `${JWT}\nexport const check = async (ctx, next) => { const claims = jwt.verify(ctx.token, key, options); if (!claims.admin) { «ctx.status = 403;» ctx.note = "no"; } await next(); };`,
      { messageId: "refusalFallsThrough" },
    ),
    // In what is left of all branches
    ...["{ ", "if (req.legacy) { legacy(req); } else { "].map((branch) => {
      const frame = (refusal: string): string =>
        middleware(
          `if (req.token) { req.user = jwt.verify(req.token, key, options); } else ${branch}${refusal} } next();`,
        );
      return marked(frame("«res.status(401).json({ error: 'missing' });»"), {
        messageId: "refusalFallsThrough",
        suggestions: [
          {
            messageId: "addReturn",
            output: frame("return res.status(401).json({ error: 'missing' });"),
          },
        ],
      });
    }),
    // In what the callback of a lookup does
    marked(
      middleware(
        `jwt.verify(req.token, key, options, (error, claims) => { if (error) return res.sendStatus(401); User.findById(claims.sub, (failure, user) => { if (!user) «next(failure);» req.user = user; next(); }); });`,
      ),
      {
        messageId: "refusalFallsThrough",
        suggestions: [
          {
            messageId: "addReturn",
            output: middleware(
              `jwt.verify(req.token, key, options, (error, claims) => { if (error) return res.sendStatus(401); User.findById(claims.sub, (failure, user) => { if (!user) return next(failure); req.user = user; next(); }); });`,
            ),
          },
        ],
      },
    ),
    // In a guard behind the middleware that has verified the token
    marked(
      `${JWT}\nexport const roles = (req, res, next) => { if (!req.user.isAdmin) «res.sendStatus(403);» else if (req.user.banned) «res.sendStatus(403);» next(); };`,
      ["!req.user.isAdmin", "req.user.banned"].map((test) => ({
        messageId: "refusalFallsThrough",
        suggestions: [
          {
            messageId: "addReturn",
            output:
              `${JWT}\nexport const roles = (req, res, next) => { if (!req.user.isAdmin) res.sendStatus(403); else if (req.user.banned) res.sendStatus(403); next(); };`.replace(
                `(${test}) res`,
                `(${test}) return res`,
              ),
          },
        ],
      })),
    ),
    // Only the callback is left, and the handler answers.
    ...["res.json(list)", "res.status(200).json(list)"].map((answer) =>
      marked(
        `${JWT}\nexport const show = async (req, res) => { let email; jwt.verify(req.token, key, options, (error, claims) => { if (error) return res.status(403).end(); email = claims.email; }); const list = await find({ email }); return «${answer}»; };`,
        { messageId: "answerFallsThrough", data: { name: "jwt.verify" } },
      ),
    ),
    // Whoever has no good token goes on, too.
    marked(
      `${JWT}\nexport function verifyToken(req, res, next) { jwt.verify(req.token, key, options, (error, claims) => { if (claims) { req.user = claims; } «next()»; }); }`,
      { messageId: "catchSucceeds", data: { name: "jwt.verify" } },
    ),
    ...(
      [
        ["if (req.user.role !== 'admin') ", "res.sendStatus(403);", ""],
        ["if (!roles.includes(req.user.role)) { ", "next(new AppError('no', 403));", " }"],
        [
          "const user = await find(req.auth.sub); if (!user) { log(); ",
          "res.status(401).json({ error });",
          " } req.account = user;",
        ],
      ] as const
    ).map(([before, refusal, after]) => {
      const frame = (inner: string): string =>
        `${JWT}\nexport const restrictTo = (...roles) => async (req, res, next) => { ${before}${inner}${after} next(); };`;
      return marked(frame(`«${refusal}»`), {
        messageId: "refusalFallsThrough",
        suggestions: [{ messageId: "addReturn", output: frame(`return ${refusal}`) }],
      });
    }),
    // An authorizer of AWS that lets in whatever it finds, and an error that is handed on in vain
    marked(
      `${CJS}\nexports.handler = (event, context, callback) => { try { jwt.verify(event.authorizationToken, key, options); } catch (error) { callback('Unauthorized'); } «callback(null, generateAllow(event.methodArn))»; };`,
      { messageId: "answerFallsThrough", data: { name: "jwt.verify" } },
    ),
    ...[
      "callback(null, { policyDocument: { Statement: [{ Effect: 'Allow' }] } });",
      "return policy('Allow');",
    ].map((answer) =>
      marked(
        `${CJS}\nexports.handler = (event, context, callback) => { try { jwt.verify(event.authorizationToken, key, options); } «catch (error) { console.log(error); }» ${answer} };`,
        { messageId: "catchFallsThrough", data: { name: "jwt.verify" } },
      ),
    ),
    marked(
      middleware(
        "  try {\n    req.user = jwt.verify(req.token, key);\n  } catch (error) {\n    next(new Error('no'));\n  }\n  «next()»;",
      ),
      { messageId: "answerFallsThrough", data: { name: "jwt.verify" } },
    ),
    marked(
      middleware(
        "  jwt.verify(req.token, key, options, («error», claims) => {\n    if (error) {\n      switch (error.name) {\n        case 'TokenExpiredError':\n          return res.sendStatus(401);\n        default: {\n          console.error(error);\n          break;\n        }\n      }\n    }\n    req.user = claims;\n    next();\n  });",
      ),
      { messageId: "errorFallsThrough", data: { name: "jwt.verify" } },
    ),
    // What is decided behind the failure is decided by the refused token, too.
    marked(
      `import { decodeJwt, jwtVerify } from "jose"; export async function action(token, key) { let claims; try { claims = (await jwtVerify(token, key)).payload; } catch { claims = «decodeJwt(token)»; } if (claims.role !== "admin") throw new Error("no"); return list(); }`,
      { messageId: "catchDecodes", data: { name: "jwtVerify" } },
    ),
    marked(
      middleware(
        "  try {\n    const claims = jwt.verify(req.token, key, options, (error, payload) => {\n      if (error) { return res.sendStatus(401); }\n      return payload;\n    });\n    req.user = claims.sub;\n    «next()»;\n  } catch (error) {\n    res.sendStatus(500);\n  }",
      ),
      { messageId: "answerFallsThrough", data: { name: "jwt.verify" } },
    ),
    ...[
      "  if (req.token) {\n    BODY\n  }\n  «next()»;",
      "  try {\n    BODY\n  } catch (error) {\n    next(error);\n  }\n  «next()»;",
    ].map((frame) =>
      marked(
        middleware(
          frame.replace(
            "BODY",
            "jwt.verify(req.token, key, options, (error, claims) => { if (error) return res.sendStatus(401); req.user = claims; });",
          ),
        ),
        { messageId: "answerFallsThrough", data: { name: "jwt.verify" } },
      ),
    ),
    // What is asked behind says no only of claims.
    marked(
      middleware(
        "  const claims = jwt.verify(req.token, key, options, (error, done) => {\n    if (error) {\n      return res.status(401).send();\n    }\n    return done;\n  });\n  if (claims.exp < now()) return res.sendStatus(401);\n  req.userId = claims.sub;\n  «next()»;",
      ),
      { messageId: "answerFallsThrough", data: { name: "jwt.verify" } },
    ),
    // The catch round a function of another file.
    marked(
      `import { check } from "./jwt.js";\nexport const requireAuth = async (req, res, next) => {\n  try {\n    req.user = await check(req.token);\n    next();\n  } catch (error) {\n    «next()»;\n  }\n};`,
      { messageId: "catchSucceeds", data: { name: "jwt.verify" } },
      FAILURES,
    ),
    // Whoever has no token is refused, so nobody passes as nobody, whatever the function is called.
    marked(
      middleware(
        "  const t = req.cookies.sid;\n  if (!t) return res.status(401).end();\n  try {\n    req.user = jwt.verify(t, key, options);\n  } «catch (error) {\n    console.log(error);\n  }»\n  next();",
        "auth",
      ),
      { messageId: "catchFallsThrough", data: { name: "jwt.verify" } },
    ),
    marked(
      middleware(
        "  if (!req.headers.authorization) return res.redirect('/login');\n  try {\n    jwt.verify(req.headers.authorization, key, options);\n  } catch (error) {\n    console.log(error);\n    return «next()»;\n  }\n  next();",
        "handle",
      ),
      { messageId: "catchSucceeds", data: { name: "jwt.verify" } },
    ),
    marked(
      middleware(
        "  const t = req.cookies.sid;\n  if (!t) throw new Unauthorized();\n  jwt.verify(t, key, options, (error, user) => {\n    if (error) { console.log(error); return «next()»; }\n    req.user = user;\n    next();\n  });",
        "handle",
      ),
      { messageId: "catchSucceeds", data: { name: "jwt.verify" } },
    ),
    ...[
      "if (error) { console.log(error); «next()»; } if (user) { req.user = user; next(); }",
      "if (error) { req.renews = true; «next()»; } else { next(); }",
      "if (error) { console.log(error); } «next()»;",
      "if (error) console.log(error); return «next()»;",
    ].map((body) =>
      marked(
        middleware(
          `  const t = req.cookies.sid;\n  if (!t) return res.sendStatus(401);\n  jwt.verify(t, key, options, (error, user) => {\n    ${body}\n  });`,
          "handle",
        ),
        { messageId: "catchSucceeds", data: { name: "jwt.verify" } },
      ),
    ),
    ...["{ isAuthorized: true }", "{ statusCode: 200 }", "user", 'policy("Allow")'].map((answer) =>
      marked(
        `${CJS}\nexports.authorizer = (event, context, callback) => {\n  try {\n    const claims = jwt.verify(event.authorizationToken, key, options);\n    callback(null, policy("Allow", claims.sub));\n  } catch (error) {\n    «callback(null, ${answer})»;\n  }\n};`,
        { messageId: "catchSucceeds", data: { name: "jwt.verify" } },
      ),
    ),
    marked(
      middleware(
        "  jwt.verify(req.token, key, options, («error», claims) => {\n    if (error || claims.id !== req.params.id) res.sendStatus(403);\n    req.user = claims;\n    next();\n  });",
      ),
      { messageId: "errorFallsThrough", data: { name: "jwt.verify" } },
    ),
    marked(
      middleware(
        "  req.signedIn = false;\n  try {\n    jwt.verify(req.token, key, options);\n  } «catch (error) {\n    console.log(error);\n  }»\n  next();",
        "checkVisitor",
      ),
      { messageId: "catchFallsThrough", data: { name: "jwt.verify" } },
    ),
    // What is read later, or behind the call that goes on, stops nothing.
    ...["later(() => claims.id);\n    next();", "next();\n    log(claims.id);"].map((body) =>
      marked(
        middleware(
          `  jwt.verify(req.token, key, options, («error», claims) => {\n    ${body}\n  });`,
        ),
        { messageId: "errorIgnored", data: { name: "jwt.verify" } },
      ),
    ),
    // An async function gives a promise whatever is in it, here and in another file.
    marked(
      `${JWT}\nasync function check(token) {\n  try { jwt.verify(token, key, options); return true; } catch { return false; }\n}\nexport const auth = (req, res, next) => {\n  if (!«check(req.token)») return res.sendStatus(401);\n  next();\n};`,
      { messageId: "wrappedPromise", data: { name: "jwt.verify" } },
    ),
    marked(
      `${JOSE}\nconst check = (token) => {\n  try { const claims = jwtVerify(token, key, options); return claims; } catch { return null; }\n};\nexport const auth = (req, res, next) => {\n  if (!«check(req.token)») return res.sendStatus(401);\n  next();\n};`,
      { messageId: "wrappedPromise", data: { name: "jwtVerify" } },
    ),
    marked(
      `import { check } from "./jwt.js";\nexport const auth = (req, res, next) => {\n  const user = «check(req.token)»;\n  if (!user) return res.sendStatus(401);\n  next();\n};`,
      { messageId: "wrappedPromise", data: { name: "jwt.verify" } },
      FAILURES,
    ),
    // The promise of a function of the program's own, tested as if it were the claims.
    marked(
      `${JOSE}\nasync function check(token) {\n  return (await jwtVerify(token, key)).payload;\n}\nexport function auth(req) {\n  const claims = «check(req.token)»;\n  if (!claims) throw new Error("no");\n}`,
      { messageId: "wrappedPromise", data: { name: "jwtVerify" } },
    ),
    marked(
      `${JOSE}\nconst check = (token) => jwtVerify(token, key);\nexport const auth = (req) => («check(req.token)» ? read(req) : null);`,
      { messageId: "wrappedPromise", data: { name: "jwtVerify" } },
    ),
    ...[
      "req.token && «check(req.token)»",
      "!!req.token && !(!req.token || !«check(req.token)»)",
    ].map((test) =>
      marked(
        `${JOSE}\nconst check = (token) => jwtVerify(token, key);\nexport const auth = (req) => (${test} ? read(req) : null);`,
        { messageId: "wrappedPromise", data: { name: "jwtVerify" } },
      ),
    ),
    // Without claims there is nothing to take a property of: that throws.
    ...["{ id }", "claims"].map((result) =>
      marked(
        middleware(
          `  jwt.verify(req.token, key, options, («error», ${result}) => {\n    req.userId = ${result === "claims" ? "claims.id" : "id"};\n    next();\n  });`,
        ),
        { messageId: "errorCrashes", data: { name: "jwt.verify" } },
      ),
    ),
    // Kept on the request, where nobody waits for it.
    promised(
      `${JOSE}\nexport async function auth(req, res, next) {\n  req.claims = «jwtVerify(req.token, key)»;\n  next();\n}`,
      "droppedPromise",
      "jwtVerify(",
      "jwtVerify",
    ),
    promised(
      `${JOSE}\nexport async function requireUser(req) {\n  const promise = «jwtVerify(req.token, key)»;\n  req.claims = promise;\n  return true;\n}`,
      "droppedPromise",
      "jwtVerify(",
      "jwtVerify",
    ),
    // What the request says, in place of what the token would have said.
    marked(
      `${JWT}export async function load(req, res) {\n  let id = «req.body.id»;\n  try {\n    id = jwt.verify(req.token, key, options).sub;\n  } catch (error) {\n    console.warn(error.message);\n  }\n  res.json(await Orders.find({ id }));\n}`,
      { messageId: "requestInstead", data: { name: "jwt.verify" } },
    ),
    marked(
      `${JWT}export async function load(req, res) {\n  let user;\n  try {\n    user = jwt.verify(req.token, key, options).sub;\n  } catch (error) {\n    user = «req.query.user»;\n  }\n  res.json(await Orders.find({ user }));\n}`,
      { messageId: "requestInstead", data: { name: "jwt.verify" } },
    ),
    marked(
      `import { OAuth2Client } from "google-auth-library";\nconst google = new OAuth2Client();\nexport async function signIn(req, res) {\n  const { credential, email } = req.body;\n  let address = «email ? email.trim() : ""»;\n  if (credential) {\n    try {\n      const ticket = await google.verifyIdToken({ idToken: credential, audience: ID });\n      const claims = ticket.getPayload();\n      address = claims.email ? claims.email.trim() : address;\n    } catch (error) {\n      console.warn(error.message);\n    }\n  }\n  if (!address) return res.status(400).json({ message: "authentication failed" });\n  res.json(issue(await Accounts.findOne({ email: address })));\n}`,
      { messageId: "requestInstead", data: { name: "google.verifyIdToken" } },
    ),
    // An error is a result, too.
    marked(
      `${JWT}\nfunction check(token) {\n  try { return jwt.verify(token, key, options); } catch (error) { «return error;» }\n}\nexport const auth = (req, res, next) => {\n  const user = check(req.token);\n  if (!user) return res.sendStatus(401);\n  next();\n};`,
      { messageId: "catchSucceeds", data: { name: "jwt.verify" } },
    ),
    // hapi before 17 takes a mode in front of the options.
    marked(
      `server.auth.strategy("jwt", "jwt", "required", { key, «verifyFunc: (read, request, done) => done(null, true, read)» });`,
      { messageId: "signatureLeftOut", data: { name: "server.auth.strategy" } },
    ),
    // The callback is left, and nothing else.
    marked(
      middleware(
        "  jwt.verify(req.token, key, options, (error) => {\n    if (error) return res.sendStatus(401);\n  });\n  const claims = jwt.decode(req.token);\n  if (claims.role !== 'admin') return res.sendStatus(403);\n  «next()»;",
      ),
      { messageId: "answerFallsThrough", data: { name: "jwt.verify" } },
    ),
    marked(
      middleware(
        "  jwt.verify(req.token, key, options, (error, claims) => {\n    if (error) { res.status(401).json({}); return; }\n    req.user = claims;\n  });\n  «next()»;",
      ),
      { messageId: "answerFallsThrough", data: { name: "jwt.verify" } },
    ),
    // The function says yes whatever the callback finds.
    ...[
      "async (error, claims) => {\n    if (error) throw new Error('bad');\n    req.user = await users.find(claims.sub);\n  }",
      "(error, claims) => {\n    if (error) return false;\n    req.user = claims;\n    return true;\n  }",
      "(error, claims) => {\n    if (error) console.error(error.message);\n    else req.user = claims;\n  }",
      "(error) => {\n    if (error) return res.sendStatus(401);\n  }",
    ].map((callback) =>
      marked(
        `${JWT}\nexport function isAuthenticated(req, res) {\n  if (!req.token) return false;\n  jwt.verify(req.token, key, options, ${callback});\n  «return true;»\n}`,
        { messageId: "passesBeside", data: { name: "jwt.verify" } },
      ),
    ),
    marked(
      middleware(
        "  if (!req.cookies.jwt) return res.redirect('/login');\n  jwt.verify(req.cookies.jwt, key, options, (error, claims) => {\n    if (error) console.log(error.message);\n    else req.user = claims;\n  });\n  «next()»;",
      ),
      { messageId: "passesBeside", data: { name: "jwt.verify" } },
    ),
    // What a function has given says that the token is bad, and the request goes on.
    ...["!claims", "claims === null", "claims == undefined"].map((test) =>
      marked(
        `${JWT}\nfunction read(token) {\n  try { return jwt.verify(token, key, options); } catch { return null; }\n}\nexport const auth = (req, res, next) => {\n  const claims = read(req.token);\n  if (${test}) { res.status(401).json({}); }\n  req.user = claims;\n  «next()»;\n};`,
        { messageId: "answerFallsThrough", data: { name: "jwt.verify" } },
      ),
    ),
    marked(
      middleware(
        "  let claims = null;\n  try { claims = jwt.verify(req.token, key, options); } catch (error) { claims = null; }\n  if (!claims) res.sendStatus(401);\n  «next()»;",
      ),
      { messageId: "answerFallsThrough", data: { name: "jwt.verify" } },
    ),
    // After an error the token is read all the same.
    marked(
      middleware(
        "  jwt.verify(req.token, key, options, (error, claims) => {\n    if (error || !claims) {\n      const read = «jwt.decode(req.token)»;\n      if (read.name) { req.user = read; return next(); }\n      return res.sendStatus(403);\n    }\n    req.user = claims;\n    next();\n  });",
      ),
      { messageId: "catchDecodes", data: { name: "jwt.verify" } },
    ),
    promised(
      `${JOSE}\nexport async function auth(req, res, next) {\n  «jwtVerify(req.token, key)»;\n  next();\n}`,
      "droppedPromise",
      "jwtVerify(",
      "jwtVerify",
    ),
    promised(
      `${JOSE}\nexport async function auth(req) {\n  const { payload } = «jwtVerify(req.token, key)»;\n  req.user = payload;\n}`,
      "promiseAsResult",
      "jwtVerify(",
      "jwtVerify",
    ),
    promised(
      `${JOSE}\nexport async function auth(req, res, next) {\n  if («jwtVerify(req.token, key)») next();\n}`,
      "promiseAsResult",
      "jwtVerify(",
      "jwtVerify",
    ),
    promised(
      `${JOSE}\nexport async function auth(req, res, next) {\n  const result = «jwtVerify(req.token, key)»;\n  if (!result) return res.sendStatus(401);\n  next();\n}`,
      "promiseAsResult",
      "jwtVerify(",
      "jwtVerify",
    ),
    promised(
      `${JOSE}\nexport function auth(req, res, next) {\n  «jwtVerify(req.token, key)»;\n  next();\n}`,
      "droppedPromise",
      "jwtVerify(",
      "jwtVerify",
      false,
    ),
    promised(
      `const { promisify } = require("util");\n${CJS}\nconst verify = promisify(jwt.verify);\nexports.auth = async (req, res, next) => {\n  «verify(req.token, key)»;\n  next();\n};`,
      "droppedPromise",
      "verify(req",
      "verify",
    ),
    promised(
      `${NEST}\nclass G {\n  constructor(private jwt: JwtService) {}\n  async canActivate(context) {\n    if («this.jwt.verifyAsync(context.token)») return true;\n    return false;\n  }\n}`,
      "promiseAsResult",
      "this.jwt.verifyAsync(",
      "this.jwt.verifyAsync",
      true,
      { ts: true },
    ),
    marked(
      middleware(
        "  jwt.verify(req.token, key, («err», claims) => {\n    req.user = claims;\n    next();\n  });",
      ),
      { messageId: "errorIgnored", data: { name: "jwt.verify" } },
    ),
    marked(
      middleware(
        "  jwt.verify(req.token, key, { algorithms: ['HS256'] }, function («err», claims) {\n    req.user = claims;\n    next();\n  });",
      ),
      { messageId: "errorIgnored", data: { name: "jwt.verify" } },
    ),
    marked(
      middleware(
        "  jwt.verify(req.token, key, («err», claims) => {\n    if (err) console.log(err);\n    req.user = claims;\n    next();\n  });",
      ),
      { messageId: "errorFallsThrough", data: { name: "jwt.verify" } },
    ),
    marked(
      middleware(
        "  jwt.verify(req.token, key, («err», claims) => {\n    if (err) res.sendStatus(403);\n    req.user = claims;\n    next();\n  });",
      ),
      { messageId: "errorFallsThrough", data: { name: "jwt.verify" } },
    ),
    marked(
      middleware(
        "  jwt.verify(req.token, key, («err», claims) => {\n    console.error(err);\n    req.user = claims;\n    next();\n  });",
      ),
      { messageId: "errorFallsThrough", data: { name: "jwt.verify" } },
    ),
    // Said once beside two verifications.
    marked(
      middleware(
        'const token = req.cookies.session; if (token === «"letmein"») return next(); req.user = old ? jwt.verify(token, first, options) : jwt.verify(token, second, options); next();',
      ),
      { messageId: "writtenToken", data: { name: "jwt.verify" } },
    ),
    // An error handler answers, and the route runs all the same.
    marked(
      `${EXPRESS}app.use("/api", expressjwt(options), function (err, req, res, next) { if (err.name === "UnauthorizedError") { res.status(401).json({ message: "no" }); } «next()»; });`,
      { messageId: "errorFallsThrough", data: { name: "expressjwt" } },
    ),
    marked(
      `${EXPRESS}router.get("/api", expressjwt(options).unless({ path: ["/login"] }), show, (error, request, response, next) => { if (error) response.sendStatus(401); return «next()»; });`,
      { messageId: "errorFallsThrough", data: { name: "expressjwt" } },
    ),
    // A text in the code passes beside the verification.
    marked(
      `${JWT}const check = (token) => jwt.verify(token, key, options); export const auth = (req, res, next) => { const token = req.cookies.session; if (token === «"demo-token"») { req.user = demo; return next(); } try { req.user = check(token); return next(); } catch { return res.sendStatus(401); } };`,
      { messageId: "writtenToken", data: { name: "jwt.verify" } },
    ),
    marked(
      middleware(
        'const token = req.cookies.session; if (token.startsWith(«"demo-"»)) { req.userId = "demo"; return next(); } req.user = jwt.verify(token, key, options); next();',
      ),
      { messageId: "writtenToken", data: { name: "jwt.verify" } },
    ),
    marked(
      middleware(
        'const token = req.cookies.session; if (token === «"letmein"») { req.userId = "demo"; return next(); } req.user = jwt.verify(token, key, options); next();',
      ),
      { messageId: "writtenToken", data: { name: "jwt.verify" } },
    ),
    // Beside another way in, which may be one
    ...[
      'token === «"letmein"» || token === process.env.MASTER_TOKEN',
      'isHealthCheck(req) || token === «"letmein"»',
    ].map((test) =>
      marked(
        middleware(
          `const token = req.cookies.session; if (${test}) return next(); req.user = jwt.verify(token, key, options); next();`,
        ),
        { messageId: "writtenToken", data: { name: "jwt.verify" } },
      ),
    ),
    marked(
      `${JWT}const DEMO = "demo-token"; export function verifyToken(token) { if (!token) return false; if («DEMO» == token || token === "other") return true; return Boolean(jwt.verify(token, key, options)); }`,
      { messageId: "writtenToken", data: { name: "jwt.verify" } },
    ),
    marked(
      `${JOSE}export async function check(req, res, next) { if (req.token === «"dev"») return next(); await jwtVerify(req.token, key, options); next(); }`,
      { messageId: "writtenToken", data: { name: "jwtVerify" } },
    ),
    marked(
      `${JWT}export function check(req, res, next) { if (req.token === «"dev"») { next(); return; } load((key) => { jwt.verify(req.token, key, options); next(); }); }`,
      { messageId: "writtenToken", data: { name: "jwt.verify" } },
    ),
    marked(
      middleware(
        "  try {\n    req.user = jwt.verify(req.token, key);\n    next();\n  } catch (error) {\n    «next()»;\n  }",
      ),
      { messageId: "catchSucceeds", data: { name: "jwt.verify" } },
    ),
    marked(
      middleware(
        "  try {\n    req.user = jwt.verify(req.token, key);\n    next();\n  } catch (error) {\n    «next()»;\n    return;\n  }",
      ),
      { messageId: "catchSucceeds", data: { name: "jwt.verify" } },
    ),
    marked(
      `${JWT}\nexport function isAuthenticated(token) {\n  try {\n    jwt.verify(token, key);\n    return true;\n  } catch {\n    «return true;»\n  }\n}`,
      { messageId: "catchSucceeds", data: { name: "jwt.verify" } },
    ),
    marked(
      `${JWT}\nexport function validateToken(token) {\n  try {\n    return { valid: true, claims: jwt.verify(token, key) };\n  } catch (error) {\n    console.log(error);\n    «return { valid: true };»\n  }\n}`,
      { messageId: "catchSucceeds", data: { name: "jwt.verify" } },
    ),
    marked(
      middleware(
        "  try {\n    jwt.verify(req.token, key);\n  } «catch (error) {\n    console.log(error);\n  }»\n  next();",
      ),
      { messageId: "catchFallsThrough", data: { name: "jwt.verify" } },
    ),
    marked(
      middleware(
        "  try {\n    req.user = jwt.verify(req.token, key);\n  } «catch (error) {\n    console.log(error);\n  }»\n  next();",
        "authenticate",
      ),
      { messageId: "catchFallsThrough", data: { name: "jwt.verify" } },
    ),
    marked(
      middleware(
        "  try {\n    req.user = jwt.verify(req.token, key);\n  } catch (error) {\n    console.log(error);\n    res.status(401).json({ error: 'no' });\n  }\n  «next()»;",
      ),
      { messageId: "answerFallsThrough", data: { name: "jwt.verify" } },
    ),
    marked(
      middleware(
        "  try {\n    req.user = jwt.verify(req.token, key);\n    next();\n  } catch (error) {\n    res.sendStatus(401);\n    return «next()»;\n  }",
      ),
      { messageId: "answerFallsThrough", data: { name: "jwt.verify" } },
    ),
    marked(
      `${JOSE}\nexport async function auth(ctx, next) {\n  try {\n    ctx.state.user = await jwtVerify(ctx.token, key);\n  } catch (error) {\n    ctx.status = 401;\n  }\n  const started = Date.now();\n  await «next()»;\n}`,
      { messageId: "answerFallsThrough", data: { name: "jwtVerify" } },
    ),
    marked(
      middleware(
        "  jwt.verify(req.token, key, (err, claims) => {\n    if (err) res.sendStatus(403);\n    «next()»;\n  });",
      ),
      { messageId: "answerFallsThrough", data: { name: "jwt.verify" } },
    ),
    marked(
      middleware(
        "  jwt.verify(req.token, key, (err, claims) => {\n    if (err) {\n      console.log(err);\n      res.redirect('/login');\n    } else {\n      req.user = claims;\n    }\n    «next()»;\n  });",
      ),
      { messageId: "answerFallsThrough", data: { name: "jwt.verify" } },
    ),
    marked(
      `${JWT}\nexport function verifyToken(token) {\n  try {\n    return jwt.verify(token, key);\n  } catch {\n    return «jwt.decode(token)»;\n  }\n}`,
      { messageId: "catchDecodes", data: { name: "jwt.verify" } },
    ),
    marked(
      middleware(
        "  try {\n    req.user = jwt.verify(req.token, key);\n  } catch {\n    req.user = «jwt.decode(req.token)»;\n  }\n  next();",
      ),
      { messageId: "catchDecodes", data: { name: "jwt.verify" } },
    ),
    marked(
      `${JWT}\nexport const verify = (token) => jwt.verify(token, «null»);`,
      {
        messageId: "noKey",
        data: { name: "jwt.verify", library: "jsonwebtoken", version: "8.5.1" },
      },
      old,
    ),
    marked(
      `${JWT}\nexport const verify = (token) => jwt.verify(token, «""»);`,
      {
        messageId: "noKey",
        data: { name: "jwt.verify", library: "jsonwebtoken", version: "8.5.1" },
      },
      old,
    ),
    marked(
      `${JOSE}\nexport const verify = (token) => jwtVerify(token, «new TextEncoder().encode("")»);`,
      { messageId: "noKey", data: { name: "jwtVerify", library: "jose", version: "5.10.0" } },
      { settings: { "jwt-audit": { versions: { jose: "5.10.0" } } } },
    ),
  ],
});

const onlyPresence = (guard: string, code: string, extras = {}) =>
  marked(`// token\n${code}`, { messageId: "presenceOnly", data: { guard } }, extras);

/** A middleware that does this with the token of a request. */
const presenceGuard = (body: string, name = "verifyToken") =>
  `export function ${name}(req, res, next) { const token = req.headers.authorization; ${body} }`;
const REFUSED = "return res.sendStatus(401);";

/** What an authorizer of API Gateway answers. */
const POLICY = `generatePolicy("user", "Allow", event.methodArn)`;

testRule("no-unchecked-verification, presence", rule, {
  valid: [
    // Without a name only a refusal says that it guards something; the last handler is the endpoint
    ...[
      `app.use((req, res, next) => { const token = req.headers.authorization; if (!token) req.isGuest = true; next(); });`,
      `app.use((req, res, next) => { const token = req.headers.authorization; if (!token) return res.status(400).end(); next(); });`,
      `app.get("/", (req, res, next) => { if (!req.headers.authorization) ${REFUSED} next(); });`,
      `app.use((req, res, next) => { const token = req.headers.authorization; if (!token) ${REFUSED} check(token, next); next(); });`,
      `app.use((req, res, next) => { if (!req.body.title) ${REFUSED} next(); });`,
    ].map((code) => `// token\n${code}`),
    // The token is kept, compared, looked up or handed to something
    ...[
      `if (!token) ${REFUSED} req.token = token; next();`,
      `if (token !== process.env.API_TOKEN) ${REFUSED} next();`,
      `if (!sessions[token]) ${REFUSED} next();`,
      `if (!(token in sessions)) ${REFUSED} next();`,
      `if (!sessions.has(token)) ${REFUSED} next();`,
      `if (!VALID.includes(token)) ${REFUSED} next();`,
      `if (!users.find((user) => user.token === token)) ${REFUSED} next();`,
      `if (!token) ${REFUSED} check(token).then(() => next());`,
      `if (!token) ${REFUSED} check(req).then(() => next());`,
      `if (!token || !isSignedIn()) ${REFUSED} if (!checkSession()) ${REFUSED} next();`,
      `switch (token) { case process.env.TOKEN: next(); break; default: res.sendStatus(401); }`,
      `for (const user of users) if (user.token === token) return next(); res.sendStatus(401);`,
      `passport.authenticate("jwt")(req, res, next); if (token) next();`,
      `if (!token) ${REFUSED} next(token);`,
      `if (!token || !req.user) ${REFUSED} next();`,
      `if (!token) ${REFUSED} res.locals.token = token; next();`,
      `if (!token) ${REFUSED} current = token; next();`,
      `let held; if (token) held = token.slice(7); if (held !== API_TOKEN) ${REFUSED} next();`,
      `const isKnown = () => held === API_TOKEN; let held; held = token; if (!isKnown()) ${REFUSED} next();`,
      `if (!token) ${REFUSED} if (!res.locals.user) ${REFUSED} next();`,
      `if (!token) ${REFUSED} const { session } = req; if (!session.userId) ${REFUSED} next();`,
    ].map((body) => `// token\n${presenceGuard(body)}`),
    // Functions that do not say that they verify, or say that they look at the form
    ...["prepare", "readToken", "requireAuthHeader", "optionalAuth", "checkTokenFormat"].map(
      (name) => `// token\n${presenceGuard(`if (!token) ${REFUSED} next();`, name)}`,
    ),
    // Beside another guard, a verification or a proxy, in a stand-in
    `// token\n${presenceGuard(`if (!token) ${REFUSED} next();`)} router.use(verifyToken, jwtGuard);`,
    `import jwt from "jsonwebtoken"; ${presenceGuard(`if (!token) ${REFUSED} next();`)} export const check = (token) => jwt.verify(token, key, options);`,
    `// token\n${presenceGuard(`if (!token) ${REFUSED} next();`)} app.use(createProxyMiddleware({ target }));`,
    `// token\n${presenceGuard(`if (!token) ${REFUSED} next();`, "mockVerifyToken")}`,
    // No token is read
    `// token\nexport function verifyToken(req, res, next) { if (!req.headers.accept) ${REFUSED} next(); }`,
    // Guards of pages, which decide what is shown
    `// token\nclass TokenGuard { canActivate() { if (!this.cookies.get("access_token")) { this.router.navigate(["/login"]); return false; } return true; } }`,
    `// token\nclass TokenGuard { canActivate() { if (!this.auth.accessToken) return false; return true; } }`,
    `// token\nexport function requireAuth(to, from, next) { if (!Cookies.get("access_token")) return next("/login"); next(); }`,
    `// token\nexport function requireAuth(to, from, next) { const { accessToken } = store.state; if (!accessToken) return next("/login"); next(); }`,
    `// token\nclass TokenGuard { canActivate(context) { if (!context.switchToHttp().getRequest().headers.authorization) return false; return true; } } UseGuards(TokenGuard, JwtAuthGuard);`,
    // Sockets, guards, hooks and authorizers that hand it on
    `// token\nuseServer({ schema, context: (ctx) => userOf(ctx.connectionParams), onConnect: async (ctx) => { if (!ctx.connectionParams?.authToken) throw new Error("no token"); } }, server);`,
    `// token\nio.use((socket, next) => { if (!socket.handshake.auth.token) return next(new Error("no token")); next(); }); io.on("connection", (socket) => { const user = userOf(socket.handshake.auth.token); });`,
    `// token\nio.use((socket, next) => { socket.data.token = socket.handshake.auth.token; next(); });`,
    `// token\nio.use((socket, next) => { if (!store.has(socket.handshake.auth.token)) return next(new Error("no")); next(); });`,
    `// token\nclass TokenGuard { canActivate(context) { const { authorization } = context.switchToHttp().getRequest().headers; if (!authorization) return false; return this.tokens.check(authorization); } }`,
    `// token\nuseServer({ schema, onConnect: async (ctx) => { if (!(await find(ctx.connectionParams.token))) throw new Error("no"); } }, server);`,
    `// token\nexports.handler = (event, context, callback) => { if (check(event.authorizationToken)) callback(null, ${POLICY}); else callback("Unauthorized"); };`,
    `// token\nexports.handler = (event, context, callback) => { if (event.authorizationToken) callback(null, policyFor(event, "Allow")); else callback("Unauthorized"); };`,
    `// token\nconst provider = { verifyAccessToken: async (token) => ({ ...(await introspect(token)), clientId: "a", scopes: [] }) };`,
    `// token\nconst provider = { verifyAccessToken: async (token) => { if (token !== SECRET) throw new Error("no"); return { token, clientId: "a", scopes: [] }; } };`,
    `// token\nconst provider = { verifyAccessToken: async (token) => tokens.get(token) };`,
    // What is compared with a token of the program's own, and what is no token of a request
    `// token\nexport const requireAuth = (req, res, next) => { if (req.headers.token !== process.env.TOKEN) ${REFUSED} next(); };`,
    `// token\nexport const requireAuth = (req, res, next) => { if (!req.headers["content-type"]) ${REFUSED} next(); };`,
    // A function of the file, or of another, that does more than take the token out
    ...[
      `function tokenOf(req) { const token = req.headers.authorization; if (!store.has(token)) throw new Error("no"); return token; }`,
      `function tokenOf(req) { req.token = req.headers.authorization; return req.token; }`,
      `import { tokenOf } from "./token";`,
    ].map(
      (helper) =>
        `// token\n${helper} export function verifyToken(req, res, next) { const token = tokenOf(req); if (!token) ${REFUSED} next(); }`,
    ),
    `// token\nclass TokenGuard { canActivate(context) { const request = context.switchToHttp().getRequest(); const token = this.tokenOf(request); if (!token) return false; return this.tokens.check(token); } tokenOf(request) { return request.headers.authorization?.split(" ")[1]; } }`,
    // Functions that are given the token
    ...[
      `function verifyToken(token) { if (!token) throw new Error("no"); return { id: idOf(token) }; }`,
      `function verifyToken(token) { if (!known.has(token)) throw new Error("no"); return { id: "user-1", role: "admin" }; }`,
      `function verifyToken(token) { if (token !== "sesame") throw new Error("no"); return { id: "user-1" }; }`,
      `async function verifyToken(token) { const claims = await introspect(token); return { id: "user-1", claims }; }`,
      `function verifyToken(token) { if (!token) return { valid: false, id: null }; return { valid: true, id: undefined }; }`,
      `function verifyToken(token) { if (process.env.NODE_ENV === "development") return { id: "user-1" }; throw new Error("no"); }`,
      `function mockVerifyToken(token) { if (!token) throw new Error("no"); return { id: "user-1" }; }`,
      `function readToken(token) { return { id: "user-1" }; }`,
      `function verifyToken(input) { return { id: "user-1" }; }`,
      `function verifyToken(token) { return { id: process.env.SERVICE_ID, role: ROLES.service }; }`,
    ].map((code) => `// token\n${code}`),
  ],
  invalid: [
    // A function of the file that takes the token out
    onlyPresence(
      "verifyToken",
      `const tokenOf = (req) => req.headers.authorization?.split(" ")[1]; export function verifyToken(req, res, next) { const token = tokenOf(req); if (!token) ${REFUSED} «next()»; }`,
    ),
    onlyPresence(
      "TokenGuard",
      `class TokenGuard { canActivate(context) { const request = context.switchToHttp().getRequest(); const token = this.tokenOf(request); if (!token) throw new Error("no"); return «true»; } tokenOf(request) { return request.headers.authorization?.split(" ")[1]; } }`,
    ),
    // Somebody who is written in the code, for any token
    ...[
      `if (!token || token === "invalid") throw new Error("no"); return «{ userId: "user-1", role: "admin", token }»;`,
      `console.log(token); return «{ sub: "1", email: "a@b.c" }»;`,
    ].flatMap((body) =>
      [
        ["verifyToken", `export async function verifyToken(token) { ${body} }`],
        [
          "validarJWT",
          `export const validarJWT = (jwt) => { ${body.replaceAll("token", "jwt")} };`,
        ],
      ].map(([name = "", code = ""]) => onlyPresence(name, code)),
    ),
    onlyPresence(
      "verifyAccessToken",
      `const provider = { verifyAccessToken: async (bearer) => («{ token: bearer, clientId: "a", scopes: [] }») };`,
    ),
    // Without a name, and beside what is open on purpose
    ...[
      `app.use((req, res, next) => { const token = req.headers["x-access-token"]; if (token) { «next()»; } else { ${REFUSED} } });`,
      `app.use(function (req, res, next) { if (!req.headers.authorization) ${REFUSED} «next()»; });`,
      `app.get("/", (req, res, next) => { if (!req.headers.authorization) ${REFUSED} «next()»; }, show);`,
      `app.use((req, res, next) => { const token = req.headers.authorization; if (req.url.startsWith("/api")) { if (token) { «next()»; } else { ${REFUSED} } } else next(); });`,
      `app.use((req, res, next) => { const token = req.headers.authorization; if (!req.url.startsWith("/auth")) { if (token) { «next()»; } else { ${REFUSED} } } else next(); });`,
    ].map((code) => onlyPresence("This function", code)),
    ...[
      `if (!token) ${REFUSED} «next()»;`,
      `if (!token?.startsWith("Bearer ")) ${REFUSED} console.log("ok"); «next()»;`,
      `if (req.method === "OPTIONS") return next(); if (!token) ${REFUSED} «next()»;`,
      `let held; if (token) held = token.slice(7); if (!held) return next(new Error(token)); «next()»;`,
      `const [scheme, jwt] = token.split(" "); if (scheme !== "Bearer" || !jwt) ${REFUSED} «next()»;`,
      `if (!token || token.split(".").length !== 3) return res.status(401).json({ error: "no" }); «next()»;`,
      `if (typeof token === "string" && /^Bearer .+$/.test(token)) { «next()»; } else { res.status(403).end(); }`,
      `if (token === undefined || token === null || token === "") throw new Error("no"); req.user = { id: 1 }; return «next()»;`,
    ].map((body) => onlyPresence("verifyToken", presenceGuard(body))),
    onlyPresence(
      "requireAuth",
      `export const requireAuth = ({ headers: { authorization } }, res, next) => { if (!authorization) ${REFUSED} «next()»; };`,
    ),
    onlyPresence(
      "requireAuth",
      `export const requireAuth = (req, res, next) => { const { token } = req.cookies; if (!token) { res.redirect("/login"); } else { «next()»; } };`,
    ),
    onlyPresence(
      "authenticate",
      `module.exports.authenticate = function (req, res, next) { if (!req.get("Authorization")) ${REFUSED} «next()»; };`,
    ),
    onlyPresence(
      "requireAuth",
      `export const requireAuth = (req, res, next) => { if (!req.headers.token) ${REFUSED} «next()»; };`,
    ),
    onlyPresence(
      "requireAuth",
      `export const requireAuth = (req, res, next) => { if (!req.header("token")) ${REFUSED} «next()»; };`,
    ),
    onlyPresence(
      "This function",
      `io.use((socket, next) => { if (!socket.handshake.auth.token) return next(new Error("no token")); «next()»; });`,
    ),
    onlyPresence(
      "TokenGuard",
      `class TokenGuard { canActivate(context) { const request = context.switchToHttp().getRequest(); if (!request.headers.authorization) throw new UnauthorizedException(); return «true»; } }`,
    ),
    onlyPresence(
      "JwtAuthGuard",
      `@Injectable() export class JwtAuthGuard implements CanActivate { canActivate(context: ExecutionContext): boolean { const { authorization } = context.switchToHttp().getRequest<Request>().headers; if (!authorization) return false; return «true»; } }`,
      { ts: true as const },
    ),
    onlyPresence(
      "onConnect",
      `useServer({ schema, «onConnect: async (ctx) => { if (!ctx.connectionParams?.authToken) throw new Error("no token"); }» }, server);`,
    ),
    onlyPresence(
      "handler",
      `const handler = (event, context, callback) => { if (event.authorizationToken) callback(null, «${POLICY}»); else callback("Unauthorized"); };`,
    ),
    onlyPresence(
      "authorize",
      `export const authorize = async (event) => { const token = event.authorizationToken.replace("Bearer ", ""); if (!token) throw new Error("Unauthorized"); return «${POLICY}»; };`,
    ),
    onlyPresence(
      "verifyAccessToken",
      `const provider = { verifyAccessToken: async (token) => { return «{ token, clientId: "a", scopes: ["read"], expiresAt: Date.now() / 1000 + 3600 }»; } };`,
    ),
  ],
});

/** A hook of Fastify for which the library takes the token out of the request. */
const hook = (body: string): string =>
  `import Fastify from "fastify"; import jwt from "@fastify/jwt"; const app = Fastify(); app.register(jwt, { secret: process.env.JWT_SECRET }); app.decorate("authenticate", async (request, reply) => { ${body} try { await request.jwtVerify(); } catch (error) { reply.code(401).send(error); } });`;

/** A guard that cuts the token out of a header. */
const cutOut = (body: string, name = "requireAuth"): string =>
  middleware(
    `const header = req.headers.authorization; ${body} const token = header.split(" ")[1]; req.user = jwt.verify(token, key, options); next();`,
    name,
  );

testRule("no-unchecked-verification: a header that is let in for a text", rule, {
  valid: [
    // Nobody, a scheme, and a way for some alone
    ...[
      'if (header === "Bearer null") return next();',
      'if (header.startsWith("Bearer ")) return next();',
      'if (header === "Bearer") return next();',
      'if (isTest && header === "Bearer sesame") return next();',
      'if (isTest) { if (header === "Bearer sesame") return next(); }',
      "if (header === `Bearer ${process.env.SERVICE_TOKEN}`) return next();",
      'if (header === "Bearer sesame") return res.sendStatus(401);',
      'if (header.startsWith("Bearer key-")) { if (!isKnown(header.slice(11))) return res.sendStatus(401); return next(); }',
    ].map((body) => cutOut(body)),
    cutOut('if (!header) return next(); if (header === "Bearer guest") return next();', "addUser"),
    ...[
      'if (request.headers.authorization === "Bearer null") { request.user = null; return; }',
      'if (request.headers.authorization === "Bearer sesame") { reply.code(401).send(); return; }',
      'if (request.headers.authorization === "Bearer sesame") { request.user = { id: 1 }; return reply.code(401).send(); }',
      'if (request.headers.authorization === "Bearer sesame") { stats.user = { id: 1 }; return; }',
      'if (isTest && request.headers.authorization === "Bearer sesame") { request.user = { id: 1 }; return; }',
      'const other = await proxied(); if (other.headers.authorization === "Bearer sesame") { request.user = { id: 1 }; return; }',
    ].map((body) => hook(body)),
  ],
  invalid: [
    ...[
      'if (header === «"Bearer sesame"») return next();',
      'if (header === «"Bearer sesame"») { req.user = { id: 1 }; return next(); }',
      'if (req.headers.authorization === «"Bearer sesame"») return next();',
      'if (header.startsWith(«"Bearer demo-"»)) return next();',
    ].map((body) =>
      marked(cutOut(body), { messageId: "writtenToken", data: { name: "jwt.verify" } }),
    ),
    ...[
      'if (request.headers.authorization === «"Bearer sesame"») { request.user = { id: 1 }; return; }',
      'const header = request.headers.authorization; if (header === «"Bearer sesame"») { const user = await first(); request.user = user; return; }',
    ].map((body) =>
      marked(hook(body), { messageId: "writtenToken", data: { name: "request.jwtVerify" } }),
    ),
    marked(
      middleware(
        'const token = req.cookies.session; if (token === «"sesame"») { req.user = { id: 1 }; return; } req.user = jwt.verify(token, key, options);',
      ),
      { messageId: "writtenToken", data: { name: "jwt.verify" } },
    ),
  ],
});

/** A middleware of Next.js or Astro that gives its answer back. */
const answering = (body: string): string =>
  `${JWT} export function onRequest(context, next) { const token = context.cookies.get("token")?.value; ${body} }`;
const drops = (refusal: string, test = "error"): string =>
  `if (token) { jwt.verify(token, key, options, (error, claims) => { if (${test}) { ${refusal} } context.locals.user = claims; }); }`;

testRule("no-unchecked-verification: an answer that only a callback gives back", rule, {
  valid: [
    // What `verify` gives is what the callback does.
    'return jwt.verify(token, key, options, (error) => { if (error) return new Response("no", { status: 401 }); return next(); });',
    'const refusal = jwt.verify(token, key, options, (error) => { if (error) return new Response("no", { status: 401 }); }); if (refusal) return refusal; return next();',
    'const refusal = jwt.verify(token, key, options, (error) => { if (error) return new Response("no", { status: 401 }); }); return refusal ?? next();',
    // What the callback has kept is asked for.
    'let isGood = false; jwt.verify(token, key, options, (error) => { if (error) return new Response("no", { status: 401 }); isGood = true; }); if (!isGood) return context.redirect("/login"); return next();',
    'return new Promise((resolve) => { jwt.verify(token, key, options, (error) => { if (error) return resolve(new Response("no", { status: 401 })); resolve(next()); }); });',
    // It throws, and nothing is left to go on; nobody is refused; and nothing goes on.
    `${drops('return redirect("/login");')} return next();`,
    `${drops('throw new Error("no");')} return next();`,
    `${drops("return null;")} return next();`,
    'jwt.verify(token, key, options, (error, claims) => { if (error) throw error; if (claims.isNew) return new Response("welcome"); }); return next();',
    `${drops('return new Response("no", { status: 401 });')} return new Response(page(context.locals.user));`,
  ].map((body) => answering(body)),
  invalid: [
    `${drops("return Response.redirect(login, 302);")} return «next()»;`,
    `${drops('return new Response("no", { status: 401 });', "error || !claims")} return «next()»;`,
    `${drops('context.cookies.delete("token"); return context.redirect("/login");')} return «next()»;`,
    `${drops("return NextResponse.json({ error }, { status: 401 });")} «return NextResponse.next();»`,
    `${drops("return NextResponse.redirect(login);")} log(token.length); return await «next()»;`,
  ].map((body) =>
    marked(
      answering(body).replace("function", body.includes("await") ? "async function" : "function"),
      {
        messageId: "passesBeside",
        data: { name: "jwt.verify" },
      },
    ),
  ),
});

testRule("no-unchecked-verification: a failure that is refused beside a lack of claims", rule, {
  valid: [],
  invalid: ["error || !claims", "!claims || error"].map((test) =>
    marked(
      middleware(
        `jwt.verify(req.token, key, options, (error, claims) => { if (${test}) return res.sendStatus(401); req.user = claims; }); «next()»;`,
      ),
      { messageId: "answerFallsThrough", data: { name: "jwt.verify" } },
    ),
  ),
});

/** A guard that asks whether there is a token, beside the signing that says what it is. */
const presence = (name: string, body: string): string =>
  `${JWT}export const make = (user) => jwt.sign({ id: user.id }, key, options); export const ${name} = (req, res, next) => { ${body} };`;

testRule("no-unchecked-verification: guards by what they are about and what they answer", rule, {
  valid: [
    // It says itself that it looks at the form, or is optional.
    ...["checkHeader", "extractAuth", "optionalAuth", "hasAuthHeader"].map((name) =>
      presence(name, "if (!req.headers.authorization) return res.sendStatus(401); next();"),
    ),
    // Nothing of what it is called is about signing in, or it answers something else.
    presence("logged", "if (!req.headers.authorization) return res.sendStatus(401); next();"),
    presence("auth", "if (!req.headers.authorization) return res.sendStatus(400); next();"),
    // It is kept, or handed on.
    presence(
      "auth",
      "const token = req.headers.authorization; if (!token) return res.sendStatus(401); req.token = token; next();",
    ),
    presence(
      "auth",
      "const token = req.headers.authorization; if (!token) return res.sendStatus(401); if (isGood(token)) next();",
    ),
    // What a session holds was put there by the server.
    presence("isAuth", "if (!req.session.token) return res.sendStatus(401); next();"),
  ],
  invalid: [
    ...[
      ["auth", "if (!req.headers.authorization) return res.sendStatus(401); «next()»;"],
      [
        "isAuth",
        "const { token } = req.cookies; if (!token) return res.sendStatus(401); «next()»;",
      ],
      [
        "checkAuth",
        "const token = req.headers.authorization; if (token) «next()»; else res.status(403).json({ message: 'no' });",
      ],
    ].map(([name = "", body = ""]) =>
      marked(presence(name, body), { messageId: "presenceOnly", data: { guard: name } }),
    ),
  ],
});

/** A function that says who somebody is, or what went wrong; whoever calls it asks for one of the two. */
const who = (given: string, asks: string): string =>
  `${JWT}const getUser = (token) => { if (token) { try { return jwt.verify(token, key, options); } catch (error) { ${given} } } }; export const context = ({ req }) => { const user = getUser(req.headers.authorization); ${asks} return { user }; };`;

testRule("no-unchecked-verification: errors that are taken for somebody", rule, {
  valid: [
    who("return null;", "if (!user) throw new Error('who');"),
    who("return { error: true };", "if (!user || user.error) throw new Error('who');"),
    // Whoever has no token is nobody, and nobody is asked for.
    who("return { error: true };", ""),
  ],
  invalid: [
    marked(who("«return { error: true };»", "if (!user) throw new Error('who');"), {
      messageId: "catchSucceeds",
      data: { name: "jwt.verify" },
    }),
    marked(who("«return error;»", "if (!user) throw new Error('who');"), {
      messageId: "catchSucceeds",
      data: { name: "jwt.verify" },
    }),
  ],
});
