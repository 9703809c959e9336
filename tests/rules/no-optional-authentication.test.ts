import rule from "../../src/rules/no-optional-authentication.ts";
import { marked } from "../kit/marked.ts";
import { testRule } from "../kit/test-rule.ts";

const guard = (body: string, name = "JwtAuthGuard"): string =>
  `import { AuthGuard } from "@nestjs/passport";
export class ${name} extends AuthGuard("jwt") {
  ${body}
}`;

const nest = (body: string, name = "JwtAuthGuard"): string =>
  `import { JwtService } from "@nestjs/jwt"; export class ${name} { constructor(jwt) { this.jwt = new JwtService(jwt); } canActivate(context) { const request = context.switchToHttp().getRequest(); const header = request.headers.authorization; ${body} } }`;

testRule("no-optional-authentication", rule, {
  valid: [
    `${nest("if (header) { request.user = this.jwt.verify(header.slice(7)); } return true;")} export const Me = createParamDecorator((_, context) => context.switchToHttp().getRequest().user);`,
    // Guards of NestJS that say that a token is optional, that refuse, or that ask something else first
    nest(
      "if (header) { request.user = this.jwt.verify(header.slice(7)); } return true;",
      "OptionalJwtGuard",
    ),
    nest(
      "if (header) { request.user = this.jwt.verify(header.slice(7)); return true; } return false;",
    ),
    nest(
      "if (header) { request.user = this.jwt.verify(header.slice(7)); } return Boolean(request.user);",
    ),
    nest(
      "if (header) { request.user = this.jwt.verify(header.slice(7)); } else { return false; } return true;",
    ),
    nest(
      "if (header) { request.user = this.jwt.verify(header.slice(7)); } next(); return false;",
    ).replace("next();", "this.log();"),
    nest(
      "if (this.reflector.get('public', context.getHandler())) return true; request.user = this.jwt.verify(header.slice(7)); return true;",
    ),
    nest("if (header) { request.user = this.jwt.verify(header.slice(7)); } return true;").replace(
      "canActivate",
      "describe",
    ),
    // A handler behind it asks for what the guard keeps.
    `import jwt from "jsonwebtoken"; function requireAuth(req, res, next) { const { token } = req.cookies; if (!token) return next(); req.userId = jwt.verify(token, key, options).sub; next(); } const only = (req, res, next) => (!req.userId ? res.sendStatus(401) : next()); app.use("/api", requireAuth, only, proxy);`,
    `import jwt from "jsonwebtoken"; app.use((req, res, next) => { delete req.headers["x-user-id"]; next(); }); function requireAuth(req, res, next) { const { token } = req.cookies; if (!token) return next(); req.headers["x-user-id"] = jwt.verify(token, key, options).sub; next(); } const only = (req, res, next) => (!req.headers["x-user-id"] ? res.sendStatus(401) : next()); app.use("/api", requireAuth, only, proxy);`,
    `import jwt from "jsonwebtoken"; function requireAuth(req, res, next) { const { token } = req.cookies; if (!token) return next(); req.signedIn = { claims: jwt.verify(token, key, options) }; next(); } const only = (request, response, go) => { if (request.signedIn === undefined) return response.sendStatus(401); go(); }; app.use("/api", requireAuth, only, proxy);`,
    // Guards that refuse, or that say that a token is optional; and what else is asked in front
    ...[
      "function requireAuth(req, res, next) { if (!req.token) return res.sendStatus(401); req.user = jwt.verify(req.token, key, options); next(); }",
      "function attachUser(req, res, next) { if (req.token) req.user = jwt.verify(req.token, key, options); next(); }",
      "function requireAuth(req, res, next) { if (req.token) { req.user = jwt.verify(req.token, key, options); next(); } else res.sendStatus(401); }",
      "function requireAuth(req, res, next) { if (req.token) { req.user = jwt.verify(req.token, key, options); next(); } else { req.user = null; next(); } }",
      "function requireAuth(req, res, next) { if (!req.token) { req.user = null; next(); } else { req.user = jwt.verify(req.token, key, options); next(); } }",
      "function requireAuth(req, res, next) { if (!req.token) { res.sendStatus(401); } else { req.user = jwt.verify(req.token, key, options); next(); } }",
      "function requireAuth(req, res, next) { if (!req.isPrivate) { next(); } else { req.user = jwt.verify(req.token, key, options); next(); } }",
      "function jwtMiddleware(req, res, next) { if (!req.token) { next(); } else { req.user = jwt.verify(req.token, key, options); next(); } }",
      "function requireAuth(req, res, next) { if (!req.token) { next(); } else { req.user = jwt.verify(req.token, key, options); next(); } } app.get('/', (req, res) => { if (!req.user) return res.sendStatus(401); });",
      "function requireAuth(req, res, next) { if (req.path !== '/login') req.user = jwt.verify(req.token, key, options); next(); }",
      "function requireAuth(req, res, next) { if (req.token) req.user = jwt.verify(req.token, key, options); next(); } app.get('/', (req, res) => { if (!req.user) return res.sendStatus(401); });",
      "function authenticate(req, res, next) { if (denied.has(req.token)) return res.sendStatus(401); req.user = jwt.verify(req.token, key, options); next(); }",
      "function authenticate(req, res, next) { if (!denied.has(req.token)) { req.user = jwt.verify(req.token, key, options); next(); } else res.sendStatus(401); }",
      "function redirectIfAuthenticated(req, res, next) { if (!req.token) return next(); jwt.verify(req.token, key, options); res.redirect('/home'); }",
      "function checkNotAuthenticated(req, res, next) { if (req.token) { jwt.verify(req.token, key, options); return res.redirect('/home'); } next(); }",
      // Told by its flow: whoever has a good token is turned away, whatever the guard is called.
      "function bloquearAutenticado(req, res, next) { const { token } = req.cookies; if (!token) return next(); try { jwt.verify(token, key, options); return res.status(403).json({ erro: 1 }); } catch { return next(); } }",
      "function autenticar(req, res, next) { const { token } = req.cookies; if (!token) return next(); jwt.verify(token, key, options, (error) => { if (error) return next(); res.redirect('/home'); }); }",
      "function autenticar(req, res, next) { const { token } = req.cookies; if (token) { jwt.verify(token, key, options, (error, claims) => { if (claims) return res.redirect('/home'); next(); }); } else next(); }",
      "const check = require('util').promisify(jwt.verify); function autenticar(req, res, next) { const { token } = req.cookies; if (!token) return next(); check(token, key, options).then(() => res.redirect('/')).catch(() => next()); }",
      "function authenticate(req, res, next) { if (!req.denied) { req.user = jwt.verify(req.token, key, options); } next(); }",
      "function requireAuth(req, res, next) { if (req.token) { req.user = jwt.verify(req.token, key, options); } else { req.user = null; } next(); }",
      "function requireAuth(req, res, next) { if (!req.token) { return res.sendStatus(401); } else { req.user = jwt.verify(req.token, key, options); } next(); }",
      "function requireAuth(req, res, next) { if (!req.ready) return next(); req.user = jwt.verify(req.token, key, options); next(); }",
    ].map((guard) => `import jwt from "jsonwebtoken"; ${guard}`),
    `import jwt from "@fastify/jwt"; app.register(jwt, { secret: key }); app.decorate("guard", async (request, reply) => { if (!denied.has(request.token)) await request.jwtVerify(); else reply.code(401).send(); });`,
    `import { expressjwt } from "express-jwt";
app.use(expressjwt({ secret: process.env.KEY, algorithms: ["HS256"] }));`,
    `import { expressjwt } from "express-jwt";
app.use(expressjwt({ secret: process.env.KEY, algorithms: ["HS256"], credentialsRequired: true }));`,
    `import { expressjwt } from "express-jwt";
app.use(expressjwt({ secret: process.env.KEY, algorithms: ["HS256"], credentialsRequired: undefined }));`,
    {
      name: "the environment decides",
      code: `import { expressjwt } from "express-jwt";
app.use(expressjwt({ secret: key, algorithms: ["HS256"], credentialsRequired: process.env.NODE_ENV === "production" }));`,
    },
    `import { expressjwt } from "express-jwt";
app.use(expressjwt({ secret: key, algorithms: ["HS256"], ...(isLocal && { credentialsRequired: false }) }));`,
    `import { expressjwt } from "express-jwt";
app.use(expressjwt(options));`,
    {
      name: "requests without claims are refused behind it",
      code: `import jwt from "koa-jwt";
app.use(jwt({ secret: process.env.KEY, passthrough: true }));
app.use(async (ctx, next) => {
  if (!ctx.state.user) ctx.throw(401);
  await next();
});`,
    },
    `import jwt from "koa-jwt";
app.use(jwt({ secret: process.env.KEY, passthrough: false }));`,
    {
      name: "passthrough of NestJS",
      code: `import { JwtService } from "@nestjs/jwt";
class Controller {
  login(@Res({ passthrough: true }) response: Response) {}
}`,
      ts: true,
    },
    `import { jwk } from "hono/jwk";
app.use(jwk({ jwks_uri: "https://login.example.com/keys", alg: ["RS256"] }));`,
    `import { auth } from "express-oauth2-jwt-bearer";
app.use(auth({ issuerBaseURL: "https://login.example.com", audience: "api" }));`,
    guard(
      "handleRequest(err, user, info) { if (err || !user) throw err || new UnauthorizedException(); return user; }",
    ),
    guard("handleRequest(err, user, info) { if (err || info) throw err || info; return user; }"),
    guard(
      "handleRequest(err, user) { if (user) { return user; } else { throw new HttpException('no', 401); } }",
    ),
    guard(
      "handleRequest(err, user) { if (err) throw err; if (user === false) throw new UnauthorizedException(); return user; }",
    ),
    guard(
      "handleRequest(err, user, info, context) { this.logger.debug(info); return super.handleRequest(err, user, info, context); }",
    ),
    {
      name: "only requests without a token pass",
      code: guard(
        'handleRequest(err, user, info) { if (info && info.message !== "No auth token") throw new UnauthorizedException(); return user || null; }',
      ),
    },
    {
      name: "public routes",
      code: guard(
        `handleRequest(err, user, info, context) {
    const isPublic = this.reflector.getAllAndOverride("public", [context.getHandler()]);
    if (isPublic) return user;
    if (err || !user) throw new UnauthorizedException();
    return user;
  }`,
      ),
    },
    guard("handleRequest(err, user) { this.assertUser(user); return user; }"),
    guard("handleRequest(err, user) { return user || this.refuse(); }"),
    guard(
      "canActivate(context) { if (this.isPublic(context)) return true; return super.canActivate(context); }",
    ),
    guard(
      "async canActivate(context) { try { return await super.canActivate(context); } catch { return false; } }",
    ),
    `import { AuthGuard } from "@nestjs/passport";
export class LocalGuard extends AuthGuard("local") {
  handleRequest(err, user) { const jwt = 1; return user; }
}`,
    `import { AuthGuard } from "./guards";
export class Guard extends AuthGuard("jwt") {
  handleRequest(err, user) { return user; }
}`,
    `import { AuthGuard } from "@nestjs/passport";
export class Guard extends AuthGuard(["jwt", "api-key"]) {
  handleRequest(err, user) { return user; }
}`,
    `import { Strategy } from "passport-jwt";
new Strategy({ secretOrKey: process.env.KEY, jwtFromRequest }, verify);`,
  ],
  invalid: [
    // Only some of those who have a good token are turned away, or nobody is.
    ...[
      "try { const claims = jwt.verify(token, key, options); if (claims.banned) return res.status(403).end(); req.user = claims; return next(); } catch { res.sendStatus(401); }",
      "try { req.user = jwt.verify(token, key, options); next(); } catch { return res.status(403).end(); }",
      "try { const claims = jwt.verify(token, key, options); if (!claims) return res.status(403).end(); next(); } catch { res.sendStatus(401); }",
      "jwt.verify(token, key, options, (error, claims) => { if (error) return res.sendStatus(403); req.user = claims; next(); });",
      "jwt.verify(token, key, options, (error, claims) => { if (!claims || error !== null) return res.sendStatus(403); next(); });",
      "const claims = jwt.verify(token, key, options); if (other) return res.redirect('/'); next();",
      "const claims = jwt.verify(token, key, options); res.status(200); next();",
      "const claims = jwt.verify(token, key, options); if (claims.admin) return next(); res.sendStatus(403);",
    ].map((body) =>
      marked(
        `import jwt from "jsonwebtoken"; function autenticar(req, res, next) { const { token } = req.cookies; if (!token) return «next()»; ${body} }`,
        { messageId: "anonymousPasses", data: { guard: "autenticar", name: "jwt.verify" } },
      ),
    ),
    // What lets pass beside a verification
    // Of a header of that name, of something else, or in the guard itself
    ...[
      ["req.headers['x-user-id'] = id;", "!req.headers['x-user-id']"],
      ["req.userId = id;", "!req.requestId"],
      ["req.userId = id; if (!req.userId) return res.sendStatus(403);", "!req.requestId"],
    ].map(([keeps, asks]) =>
      marked(
        `import jwt from "jsonwebtoken"; function requireAuth(req, res, next) { const { token } = req.cookies; if (!token) return «next()»; const id = jwt.verify(token, key, options).sub; ${keeps} next(); } const only = (req, res, next) => (${asks} ? res.sendStatus(401) : next()); app.use("/api", requireAuth, only, proxy);`,
        { messageId: "anonymousPasses", data: { guard: "requireAuth", name: "jwt.verify" } },
      ),
    ),
    ...[
      "if (req.token) req.user = jwt.verify(req.token, key, options); «next()»;",
      "const { token } = req.cookies; if (token) { try { req.user = jwt.verify(token, key, options); } catch { return res.sendStatus(401); } } «next()»;",
      "const token = req.get('x-access-token'); if (token) { jwt.verify(token, key, options, (error, claims) => { if (error) return res.sendStatus(401); req.user = claims; next(); }); } else { console.log('none'); «next()»; }",
      "if (req.token) { req.user = jwt.verify(req.token, key, options); } else {} «next()»;",
      "if (req.token) { req.user = jwt.verify(req.token, key, options); } else { console.log('none'); } «next()»;",
      "if (!req.token) { console.log('none'); } else { req.user = jwt.verify(req.token, key, options); } «next()»;",
      "if (!req.token) { «next()»; } else { try { req.user = jwt.verify(req.token, key, options); next(); } catch (error) { next(error); } }",
      "if (!req.token) return «next()»; else { req.user = jwt.verify(req.token, key, options); } next();",
      "const header = req.headers.authorization; if (!header) return «next()»; req.user = jwt.verify(header.slice(7), key, options); next();",
      "const header = req.headers.authorization; if (header && header.startsWith('Bearer ')) { req.user = jwt.verify(header.slice(7), key, options); } «next()»;",
    ].map((body) =>
      marked(
        `import jwt from "jsonwebtoken"; export function requireAuth(req, res, next) { ${body} }`,
        { messageId: "anonymousPasses", data: { guard: "requireAuth", name: "jwt.verify" } },
      ),
    ),
    // In a guard of NestJS, which has the name of its class, `true` lets pass.
    ...[
      "if (header) { request.user = this.jwt.verify(header.slice(7)); } «return true;»",
      "if (!header) «return true;» request.user = this.jwt.verify(header.slice(7)); return true;",
      "if (!header) { console.log('none'); } else { request.user = this.jwt.verify(header.slice(7)); } «return true;»",
      "if (header) { request.user = this.jwt.verify(header.slice(7)); } else { «return true;» } return true;",
    ].map((body) =>
      marked(nest(body), {
        messageId: "anonymousPasses",
        data: { guard: "JwtAuthGuard", name: "this.jwt.verify" },
      }),
    ),
    marked(
      `const jwt = require("jsonwebtoken"); module.exports = (req, res, next) => { try { if (!denied.has(req.token)) { req.user = jwt.verify(req.token, key, options); } «next()»; } catch { res.sendStatus(401); } };`,
      { messageId: "listedPasses", data: { guard: "This function", name: "jwt.verify" } },
    ),
    marked(
      `import jwt from "@fastify/jwt"; app.register(jwt, { secret: key }); app.decorate("guard", async (request, reply) => { if («!denied.has(request.token)») await request.jwtVerify(); });`,
      { messageId: "listedPasses", data: { guard: "guard", name: "request.jwtVerify" } },
    ),
    marked(
      `import { expressjwt } from "express-jwt";
app.use(expressjwt({ secret: process.env.KEY, algorithms: ["HS256"], credentialsRequired: «false» }));`,
      {
        messageId: "missingPasses",
        data: { name: "expressjwt", option: "credentialsRequired", value: "false", origin: "" },
        suggestions: [
          {
            messageId: "removeOption",
            data: { option: "credentialsRequired" },
            output: `import { expressjwt } from "express-jwt";
app.use(expressjwt({ secret: process.env.KEY, algorithms: ["HS256"] }));`,
          },
        ],
      },
    ),
    marked(
      `const jwt = require("express-jwt");
const options = { secret: process.env.KEY, algorithms: ["HS256"] };
app.use(jwt({ ...options, credentialsRequired: «false» }).unless({ path: ["/login"] }));`,
      {
        messageId: "missingPasses",
        data: { name: "jwt", option: "credentialsRequired", value: "false", origin: "" },
        suggestions: [
          {
            messageId: "removeOption",
            data: { option: "credentialsRequired" },
            output: `const jwt = require("express-jwt");
const options = { secret: process.env.KEY, algorithms: ["HS256"] };
app.use(jwt({ ...options }).unless({ path: ["/login"] }));`,
          },
        ],
      },
      { settings: { "jwt-audit": { versions: { "express-jwt": "6.1.2" } } } },
    ),
    marked(
      `import jwt from "koa-jwt";
app.use(jwt({ secret: process.env.KEY, passthrough: «true» }));`,
      {
        messageId: "forgedPasses",
        data: { name: "jwt", option: "passthrough", value: "true", origin: "" },
        suggestions: [
          {
            messageId: "removeOption",
            data: { option: "passthrough" },
            output: `import jwt from "koa-jwt";
app.use(jwt({ secret: process.env.KEY }));`,
          },
        ],
      },
    ),
    {
      ...marked(
        `import jwt from "koa-jwt";
const options = { secret: process.env.KEY };
options.passthrough = «true»;
app.use(jwt(options));`,
        {
          messageId: "forgedPasses",
          data: { name: "jwt", option: "passthrough", value: "true", origin: "" },
        },
      ),
      name: "written later; there is no property to take out",
    },
    {
      ...marked(
        `import { auth } from "express-oauth2-jwt-bearer";
app.use(auth({ issuerBaseURL: "https://login.example.com", audience: "api", authRequired: «false» /* for now */ }));`,
        {
          messageId: "forgedPasses",
          data: { name: "auth", option: "authRequired", value: "false", origin: "" },
          suggestions: [
            {
              messageId: "removeOption",
              data: { option: "authRequired" },
              output: `import { auth } from "express-oauth2-jwt-bearer";
app.use(auth({ issuerBaseURL: "https://login.example.com", audience: "api" /* for now */ }));`,
            },
          ],
        },
      ),
      name: "the comment stays",
    },
    marked(
      `const jwt = require("restify-jwt-community");
server.use(jwt({ secret: process.env.KEY, credentialsRequired: «false» }));`,
      {
        messageId: "forgedPasses",
        data: { name: "jwt", option: "credentialsRequired", value: "false", origin: "" },
        suggestions: [
          {
            messageId: "removeOption",
            data: { option: "credentialsRequired" },
            output: `const jwt = require("restify-jwt-community");
server.use(jwt({ secret: process.env.KEY }));`,
          },
        ],
      },
    ),
    marked(
      `import { jwk } from "hono/jwk";
app.use(jwk({ jwks_uri: "https://login.example.com/keys", alg: ["RS256"], allow_anon: «true» }));`,
      {
        messageId: "missingPasses",
        data: { name: "jwk", option: "allow_anon", value: "true", origin: "" },
        suggestions: [
          {
            messageId: "removeOption",
            data: { option: "allow_anon" },
            output: `import { jwk } from "hono/jwk";
app.use(jwk({ jwks_uri: "https://login.example.com/keys", alg: ["RS256"] }));`,
          },
        ],
      },
    ),
    marked(
      `import { useJWT } from "@graphql-yoga/plugin-jwt";
useJWT({ signingKeyProviders, reject: { missingToken: true, invalidToken: «false» } });`,
      {
        messageId: "forgedPasses",
        data: { name: "useJWT", option: "reject.invalidToken", value: "false", origin: "" },
        suggestions: [
          {
            messageId: "removeOption",
            data: { option: "reject.invalidToken" },
            output: `import { useJWT } from "@graphql-yoga/plugin-jwt";
useJWT({ signingKeyProviders, reject: { missingToken: true } });`,
          },
        ],
      },
    ),
    marked(guard("«handleRequest»(err, user) { return user; }"), {
      messageId: "guardLetsAll",
      data: { method: "handleRequest", guard: "JwtAuthGuard", tokens: "forged or expired" },
    }),
    {
      ...marked(guard("«handleRequest»(err, user) { if (err) throw err; return user; }"), {
        messageId: "guardLetsAll",
        data: { method: "handleRequest", guard: "JwtAuthGuard", tokens: "forged or expired" },
      }),
      name: "no error is given for a token that is refused",
    },
    marked(
      guard(
        "«handleRequest»(err, user, info) { if (info instanceof TokenExpiredError) throw new UnauthorizedException(); return user; }",
      ),
      {
        messageId: "guardLetsAll",
        data: { method: "handleRequest", guard: "JwtAuthGuard", tokens: "forged" },
      },
    ),
    marked(
      guard(
        '«handleRequest»(err, user, info) { if (info && info.name !== "TokenExpiredError") throw info; return user; }',
      ),
      {
        messageId: "guardLetsAll",
        data: { method: "handleRequest", guard: "JwtAuthGuard", tokens: "expired" },
      },
    ),
    marked(guard("«handleRequest»(err, user) { return user || null; }", "OptionalJwtAuthGuard"), {
      messageId: "optionalGuardLetsForged",
      data: { method: "handleRequest", guard: "OptionalJwtAuthGuard", tokens: "forged or expired" },
    }),
    marked(
      guard(
        "async «canActivate»(context) { try { await super.canActivate(context); } catch (error) { this.logger.warn(error); } return true; }",
      ),
      {
        messageId: "guardLetsAll",
        data: { method: "canActivate", guard: "JwtAuthGuard", tokens: "forged or expired" },
      },
    ),
    marked(
      `import { AuthGuard } from "@nestjs/passport";
class JwtAuthGuard extends AuthGuard("jwt") {}
export class ReportGuard extends JwtAuthGuard {
  «handleRequest»(err, user) {
    if (user) return user;
    return undefined;
  }
}`,
      {
        messageId: "guardLetsAll",
        data: { method: "handleRequest", guard: "ReportGuard", tokens: "forged or expired" },
      },
    ),
    {
      ...marked(
        `import { Injectable } from "@nestjs/common";
import { AuthGuard } from "@nestjs/passport";
@Injectable()
export class GqlAuthGuard extends AuthGuard("jwt") {
  getRequest(context: ExecutionContext) {
    return GqlExecutionContext.create(context).getContext().req;
  }
  «handleRequest»<TUser>(err: Error | null, user: TUser): TUser {
    return user;
  }
}`,
        {
          messageId: "guardLetsAll",
          data: { method: "handleRequest", guard: "GqlAuthGuard", tokens: "forged or expired" },
        },
      ),
      ts: true as const,
    },
  ],
});

const UNDECLARED = { options: [{ declared: false }] };

testRule("no-optional-authentication: what nobody has declared", rule, {
  valid: [
    `import { expressjwt } from "express-jwt"; app.use(expressjwt({ secret: key, algorithms: ["HS256"], credentialsRequired: false }));`,
    `import jwt from "koa-jwt"; app.use(jwt({ secret: key, passthrough: true }));`,
    guard("handleRequest(err, user) { return user || null; }", "OptionalJwtAuthGuard"),
  ].map((code) => ({ code, ...UNDECLARED })),
  invalid: [
    marked(
      guard("«handleRequest»(err, user) { return user; }"),
      {
        messageId: "guardLetsAll",
        data: { method: "handleRequest", guard: "JwtAuthGuard", tokens: "forged or expired" },
      },
      UNDECLARED,
    ),
    marked(
      `import jwt from "jsonwebtoken"; export function requireAuth(req, res, next) { if (!req.token) return «next()»; req.user = jwt.verify(req.token, key, options); next(); }`,
      { messageId: "anonymousPasses", data: { guard: "requireAuth", name: "jwt.verify" } },
      UNDECLARED,
    ),
    marked(
      `import jwt from "jsonwebtoken"; export function requireAuth(req, res, next) { if («process.env.DISABLE_AUTH === "true"») return next(); try { req.user = jwt.verify(req.token, key, options); } catch { return res.sendStatus(401); } next(); }`,
      { messageId: "switchedOff" },
      UNDECLARED,
    ),
  ],
});
