import path from "node:path";
import rule from "../../src/rules/no-ignored-expiration.ts";
import { marked } from "../kit/marked.ts";
import { testRule } from "../kit/test-rule.ts";
import type { InvalidCase } from "../kit/test-rule.ts";

/** Strategies that let expired tokens pass, and verify them once more before they give a user. */

const filename = path.join(import.meta.dirname, "../fixtures/verified-again/strategy.ts");

const COOKIE = '(request) => request.cookies["access_token"]';

const strategy = (
  body: string,
  { from = COOKIE, given = "request, payload", ignored = "true" } = {},
): string => `import { PassportStrategy } from "@nestjs/passport";
import { ExtractJwt, Strategy } from "passport-jwt";
import { TokensService } from "./tokens.service";
export class AccessStrategy extends PassportStrategy(Strategy) {
  constructor(private tokens: TokensService, private accounts: any) {
    super({ jwtFromRequest: ExtractJwt.fromExtractors([${from}]), ignoreExpiration: ${ignored}, secretOrKey: process.env.KEY, algorithms: ["HS256"], passReqToCallback: true });
  }
  async validate(${given}) { ${body} }
}`;

const TOKEN = 'const token = request.cookies["access_token"]; ';

const found = (body: string, more: Parameters<typeof strategy>[1] = {}): InvalidCase => {
  const code = strategy(body, { ...more, ignored: "«true»" });
  const output = strategy(body, more).replace(" ignoreExpiration: true,", "");
  return marked(
    code,
    {
      messageId: "ignored",
      data: { name: "Strategy", option: "ignoreExpiration", origin: "" },
      suggestions: [{ messageId: "removeOption", data: { option: "ignoreExpiration" }, output }],
    },
    { ts: true, filename },
  );
};

const callback = (body: string): string =>
  `import passport from "passport"; import { Strategy } from "passport-jwt"; import jwt from "jsonwebtoken"; passport.use(new Strategy({ jwtFromRequest: (req) => req.cookies.token, ignoreExpiration: true, secretOrKey: key, algorithms: ["HS256"], passReqToCallback: true }, (req, claims, done) => { ${body} }));`;

testRule("no-ignored-expiration", rule, {
  valid: [
    ...[
      `${TOKEN}return this.tokens.verifyAccess(token);`,
      `${TOKEN}this.tokens.verifyAccess(token); return this.accounts.find(payload.sub);`,
      `${TOKEN}try { this.tokens.verifyAccess(token); return payload; } catch (error) { throw new Error("no"); }`,
      `${TOKEN}try { this.tokens.verifyAccess(token); } catch { return null; } return payload;`,
      `${TOKEN}if (!token) return false; this.tokens.verifyAccess(token); return payload;`,
      `${TOKEN}if (token) { this.tokens.verifyAccess(token); } return payload;`,
      `${TOKEN}const good = this.tokens.verifyOrNothing(token); if (!good) throw new Error("no"); return payload;`,
      `${TOKEN}await this.tokens.verifyLater(token); return payload;`,
      // A service out of sight, by its name
      `${TOKEN}return this.accounts.authenticate(request, payload, token);`,
      `return this.accounts.validateToken(request.cookies["access_token"]);`,
    ].map((body) => ({ code: strategy(body), ts: true as const, filename })),
    // Nothing is taken from the strategy: each user comes from a token of its own.
    {
      code: strategy(
        `${TOKEN}const refreshToken = request.cookies["refresh_token"]; try { const user = this.tokens.verifyAccess(token); return user; } catch { if (!refreshToken) throw new Error("no"); } return this.tokens.verifyAccess(refreshToken);`,
        { given: "request" },
      ),
      ts: true,
      filename,
    },
    {
      code: strategy("return this.accounts.authenticate(bearerToken(request));", {
        from: "ExtractJwt.fromAuthHeaderAsBearerToken()",
      }).replace("bearerToken(request)", 'request.headers.authorization.split(" ")[1]'),
      ts: true,
      filename,
    },
    callback(
      'try { jwt.verify(req.cookies.token, key, { algorithms: ["HS256"] }); } catch (error) { return done(error, false); } done(null, claims);',
    ),
    callback(
      'jwt.verify(req.cookies.token, key, { algorithms: ["HS256"] }); Users.findById(claims.sub, (error, user) => { done(error, user); });',
    ),
    callback(
      'if (!req.cookies.token) return done(null, false); jwt.verify(req.cookies.token, key, { algorithms: ["HS256"] }); done(null, claims);',
    ),
  ],
  invalid: [
    // Read, or verified as leniently as before
    found(`${TOKEN}this.tokens.readAccess(token); return payload;`),
    found(`${TOKEN}return this.tokens.verifyLoosely(token);`),
    // Another token, and what is no token
    found("this.tokens.verifyAccess(request.cookies.other); return payload;"),
    found("this.tokens.verifyAccess(request.headers.authorization); return payload;"),
    found("this.tokens.verifyAccess(this.accounts.refreshToken); return payload;"),
    found("return this.accounts.validateUser(payload.sub);"),
    found("await this.accounts.validateToken(request.query.token); return payload;"),
    found("this.tokens.verifyAccess(request.cookies.access_token); return payload;", {
      from: 'ExtractJwt.fromHeader("X-Token")',
    }),
    // What is asked is something else.
    found(`${TOKEN}await this.accounts.validateNotRevoked(token); return payload;`),
    found(`${TOKEN}return this.accounts.findByToken(token);`),
    // Its failure changes nothing.
    found(`${TOKEN}try { this.tokens.verifyAccess(token); } catch { log(); } return payload;`),
    found(
      `${TOKEN}try { this.tokens.verifyAccess(token); return payload; } catch { return { id: payload.sub }; }`,
    ),
    found(`${TOKEN}this.tokens.verifyOrNothing(token); return payload;`),
    found(`${TOKEN}this.tokens.verifyLater(token); return payload;`),
    found(`${TOKEN}await this.tokens.verifyLater(token).catch(() => undefined); return payload;`),
    // Some get by it.
    found(`${TOKEN}if (payload.admin) return payload; return this.tokens.verifyAccess(token);`),
    found(`${TOKEN}if (strict) { this.tokens.verifyAccess(token); } return payload;`),
    found(`${TOKEN}strict && this.tokens.verifyAccess(token); return payload;`),
    found(`${TOKEN}const good = strict ? this.tokens.verifyAccess(token) : payload; return good;`),
    found(`${TOKEN}soon(() => { this.tokens.verifyAccess(token); }); return payload;`),
    found(`${TOKEN}const after = payload; return after; this.tokens.verifyAccess(token);`),
    marked(
      callback(
        'try { jwt.verify(req.cookies.token, key, { algorithms: ["HS256"] }); } catch (error) { log(error); } done(null, claims);',
      ).replace("Expiration: true", "Expiration: «true»"),
      {
        messageId: "ignored",
        data: { name: "Strategy", option: "ignoreExpiration", origin: "" },
        suggestions: [
          {
            messageId: "removeOption",
            data: { option: "ignoreExpiration" },
            output: callback(
              'try { jwt.verify(req.cookies.token, key, { algorithms: ["HS256"] }); } catch (error) { log(error); } done(null, claims);',
            ).replace(" ignoreExpiration: true,", ""),
          },
        ],
      },
    ),
  ],
});
