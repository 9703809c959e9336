import path from "node:path";
import rule from "../../src/rules/no-unchecked-verification.ts";
import { marked } from "../kit/marked.ts";
import { testRule } from "../kit/test-rule.ts";

/** Guards that swallow the failure of a verification and go on, and authentication that is optional on purpose. */

const JWT = 'import jwt from "jsonwebtoken"; ';

const fallsThrough = { messageId: "catchFallsThrough", data: { name: "jwt.verify" } };

const succeeds = { messageId: "catchSucceeds", data: { name: "jwt.verify" } };

const TRIED =
  "const token = req.headers.authorization; try { req.user = jwt.verify(token, KEY, options); }";

const guard = (name: string, body = `${TRIED} «catch {}» next();`, more = ""): string =>
  `${JWT}export const ${name} = (req, res, next) => { ${body} }; ${more}`;

/** The function that is called in the catch goes on as the one behind it does. */
const RETURNED = `${TRIED} catch { return «next()»; } return next();`;

const NEST =
  'import { CanActivate } from "@nestjs/common"; import { JwtService } from "@nestjs/jwt"; ';

const ATTEMPT = "try { request.user = this.tokens.verify(token); }";

const nest = (
  name: string,
  body = `${ATTEMPT} «catch {}» return true;`,
  more = "",
): { readonly code: string; readonly ts: true } => ({
  code: `${NEST}export class ${name} implements CanActivate { constructor(private readonly tokens: JwtService) {} async canActivate(context) { const request = context.switchToHttp().getRequest(); const token = request.headers.authorization; ${body} } } ${more}`,
  ts: true,
});

const plain = (code: string): string => code.replaceAll(/[«»]/gu, "");

const WRITES = "req.member = jwt.verify(req.get('x-member'), KEY, options);";

const ROUTE =
  "app.get('/rooms', (req, res) => listRooms(req.query.page).then((all) => res.send(all)));";

const app = (
  behind = ROUTE,
  gate = `app.all('*', (req, res, next) => { try { ${WRITES} } «catch (error) {}» next(); });`,
): string =>
  `import express from "express"; import rooms, { listRooms } from "./rooms.js"; ${JWT}const app = express(); ${gate} ${behind} app.listen(80);`;

const mounted = (given: string): string => app(ROUTE, `app.use((req, res, next) => { ${given} });`);

testRule("no-unchecked-verification: guards that swallow the failure", rule, {
  valid: [
    // They may be there to find out who it is, if anybody.
    ...["auth", "isAuth", "isLoggedIn", "authorize"].map((name) =>
      guard(name).replaceAll(/[«»]/gu, ""),
    ),
    // Optional by the name
    ...["optionalAuth", "attachUser", "currentUser", "loadUser", "setUser", "maybeAuth"].map(
      (name) => plain(guard(name)),
    ),
    ...["authMiddleware", "session", "context"].map((name) => plain(guard(name))),
    // The same with a return of its own: by the name, without a token, or by whom the claims are of
    ...["optionalAuth", "attachUser"].map((name) => plain(guard(name, RETURNED))),
    ...[
      `if (!req.headers.authorization) return next(); ${TRIED} catch { return next(); } return next();`,
      "try { if (req.token) req.user = jwt.verify(req.token, KEY); } catch { return next(); } return next();",
      `if (req.headers.authorization) { ${TRIED} catch { return next(); } } next();`,
      "try { if (!req.token) return res.end(); req.user = jwt.verify(req.token, KEY); } catch { return next(); } next();",
      "try { req.user = req.token && jwt.verify(req.token, KEY); } catch { return next(); } return next();",
      `${TRIED} catch { return next(); } if (!users.has(req.id)) return next(); req.known = true; next();`,
      `${TRIED} catch { return next(); } if (req.known) { next(); }`,
      `${TRIED} catch (error) { if (error.isOfCache) next(); } next();`,
      `${TRIED} catch (error) { return next(error); } return next();`,
      `${TRIED} catch { return res.sendStatus(401); } return next();`,
    ].map((body) => guard("auth", body)),
    // The name says that it may be nobody, or the catch says who it is then.
    ...["auth", "identify", "viewer"].map((name) =>
      guard(name, `${TRIED} catch { return next(); } return next();`),
    ),
    guard(
      "requireUser",
      `${TRIED} catch { req.user = { guest: true }; return next(); } return next();`,
    ),
    plain(
      guard("auth", RETURNED, "export const me = (req, res) => { if (!req.user) throw none; };"),
    ),
    plain(
      guard(
        "auth",
        "try { Object.assign(req, { user: jwt.verify(req.token, KEY) }); } catch { return next(); } next();",
        "export const me = (req, res) => { if (!req.user) throw none; };",
      ),
    ),
    plain(
      guard(
        "auth",
        RETURNED.replaceAll("req.user", "req.memberId"),
        "export const me = (req, res) => req.memberId ? res.json(all) : res.sendStatus(401);",
      ),
    ),
    // … or by what is asked behind it
    plain(
      guard("auth", undefined, "export const me = (req, res) => { if (!req.user) throw none; };"),
    ),
    plain(
      guard(
        "auth",
        "try { req.memberId = jwt.verify(req.token, KEY, options).sub; } catch {} next();",
        "export const me = (req, res) => req.memberId ? res.json(all) : res.sendStatus(401);",
      ),
    ),
    plain(
      guard(
        "auth",
        "try { Object.assign(req, { user: jwt.verify(req.token, KEY) }); } catch {} next();",
        "export const me = (req, res) => { if (!req.user) throw none; };",
      ),
    ),
    guard("auth", `if (!req.headers.authorization) return next(); ${TRIED} catch {} next();`),
    guard("auth", `${TRIED} catch {} if (!req.user) return res.sendStatus(401); next();`),
    guard("auth", `${TRIED} catch { req.user = null; } next();`),
    guard("auth", "try { jwt.verify(req.token, KEY); req.isAuth = true; } catch {} next();"),
    guard("isAuth", `${TRIED} catch { req.problem = "forged"; } next();`),
    ...["OptionalJwtAuthGuard", "AttachAuthGuard", "MaybeTokenGuard", "ThrottleGuard"].map(
      (name) => {
        const { code, ts } = nest(name);
        return { code: plain(code), ts };
      },
    ),
    nest("AuthGuard", `if (!token) return true; ${ATTEMPT} catch {} return true;`),
    nest("AuthGuard", `${ATTEMPT} catch {} return Boolean(request.user);`),
    nest("AuthGuard", `${ATTEMPT} catch { return false; } return true;`),
    nest(
      "AuthGuard",
      `${ATTEMPT} catch {} return true;`,
      "export class RolesGuard { canActivate(context) { const { user } = context; if (!context.user) throw new Error(); return true; } }",
    ),
    // Somebody may read what is kept …
    ...[
      `${ROUTE} app.get('/me', (req, res) => res.send(req.member));`,
      `${ROUTE} app.use('/rooms', rooms);`,
      `${ROUTE} rooms(app);`,
      "app.get('/rooms', rooms);",
      "app.get('/rooms', (req, res) => res.send(listRooms(req)));",
      "app.get('/rooms', (req, res) => res.send(listRooms(req[res.part])));",
      "app.get('/rooms', ({ query }, res) => res.send(listRooms(query)));",
      "app.get('/rooms', rooms, (req, res) => res.send(listRooms()));",
      // … and there is no route that it is for
      "app.use((error, req, res, next) => { res.send(500); });",
    ].map((behind) => plain(app(behind))),
    ...[
      "try { res.locals.member = jwt.verify(req.token, KEY); } catch {} next();",
      "try { req.session.member = jwt.verify(req.token, KEY); } catch {} next();",
      "try { req.body = jwt.verify(req.token, KEY); } catch {} next();",
      "let member; try { member = jwt.verify(req.token, KEY); } catch {} next();",
      "try { seen[jwt.verify(req.token, KEY).sub]++; } catch {} next();",
      `try { ${WRITES} touch(req.member); } catch {} next();`,
      `try { ${WRITES} } catch { req.isForged = true; } next();`,
      `try { ${WRITES} } catch { return res.sendStatus(401); } next();`,
      `try { ${WRITES} } catch {} if (req.member) next(); else res.sendStatus(401);`,
    ].map(mounted),
    ...["app.all('*', rooms);", "app.all('*', gate, rooms);"].map((given) =>
      app(
        ROUTE,
        `const gate = (req, res, next) => { try { ${WRITES} } catch {} next(); }; ${given}`,
      ),
    ),
    app(
      `app.use(rooms); ${ROUTE}`,
      `app.use('/rooms', (req, res, next) => { try { ${WRITES} } catch {} next(); });`,
    ),
    {
      code: `${plain(app("app.get('/rooms', check);"))} import { check } from "./jwt.js";`,
      filename: path.join(import.meta.dirname, "../fixtures/failures/x.js"),
    },
    // A guard of one part, and one that a route has for itself
    app(
      "app.get('/rooms', (req, res) => res.send(listRooms()));",
      `app.use('/members', (req, res, next) => { try { ${WRITES} } catch {} next(); });`,
    ),
    app(
      "",
      `app.get('/rooms', (req, res, next) => { try { ${WRITES} } catch {} next(); }, (req, res) => res.send(listRooms()));`,
    ),
  ],
  invalid: [
    // Whoever comes behind the try has a good token, as in the block of it
    ...[
      RETURNED,
      RETURNED.replace("return next();", "next();"),
      `${TRIED} catch (error) { console.error(error.message); return «next()»; } return next();`,
      `${TRIED} catch { «next()»; return; } audit(req); if (req.old) return res.sendStatus(410); next();`,
      `const { token } = req; if (token) { try { req.user = jwt.verify(token, KEY); } catch { return «next()»; } } else { return res.end(); } next();`,
    ].map((body) => marked(guard("requireUser", body), succeeds)),
    ...["isAuthenticated", "jwtGuard", "requireUser"].map((name) =>
      marked(guard(name), fallsThrough),
    ),
    marked(
      guard(
        "jwtGuard",
        "try { if (req.token) req.user = jwt.verify(req.token, KEY); } «catch (error) { console.log(error); }» next();",
      ),
      fallsThrough,
    ),
    ...["AuthGuard", "JwtAuthGuard", "AccessTokenGuard"].map((name) => {
      const { code, ts } = nest(name);
      return marked(code, { ...fallsThrough, data: { name: "this.tokens.verify" } }, { ts });
    }),
    // What is open on purpose stands before it
    marked(
      nest("AuthGuard", `if (isPublic(context)) return true; ${ATTEMPT} «catch {}» return true;`)
        .code,
      { ...fallsThrough, data: { name: "this.tokens.verify" } },
      { ts: true },
    ),
    // In front of routes that all are in sight
    marked(app(), fallsThrough),
    marked(
      app(
        "app.get('/rooms', (req, res) => res.send(listRooms())); const drop = (req, res) => res.send(req.params.id); app.delete('/rooms/:id', drop);",
      ),
      fallsThrough,
    ),
    marked(
      app(
        `${ROUTE} app.use((error, req, res, next) => { console.error(error); res.status(500).end(); });`,
      ),
      fallsThrough,
    ),
    ...[
      `try { ${WRITES} } «catch (error) { console.log(error); }» next();`,
      `try { if (!req.get('x-member')) throw Error('none'); ${WRITES} } «catch {}» return next();`,
      `try { const claims = jwt.verify(req.token.split(' ')[1], KEY, options); req.member = claims; } «catch {}» next();`,
    ].map((given) => marked(mounted(given), fallsThrough)),
    marked(
      app(
        ROUTE,
        `const known = (req, res, next) => { try { ${WRITES} } «catch {}» next(); }; app.use(known);`,
      ),
      fallsThrough,
    ),
  ],
});
