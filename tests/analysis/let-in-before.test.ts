import rule from "../../src/rules/no-unchecked-verification.ts";
import { marked } from "../kit/marked.ts";
import { testRule } from "../kit/test-rule.ts";

/** Guards that let everybody in before they verify anything, and those that let in some. */

const VERIFY =
  "try { req.user = jwt.verify(req.cookies.token, KEY, { algorithms: ['ES256'] }); } catch (error) { console.warn(error); return res.sendStatus(401); } next();";

const guard = (before: string, verify = VERIFY): string =>
  `import jwt from "jsonwebtoken";\nexport function requireUser(req, res, next) { ${before} ${verify} }`;

const check = (before: string, name = "validateToken"): string =>
  `import jwt from "jsonwebtoken";\nexport function ${name}(token) { ${before} try { jwt.verify(token, KEY, { algorithms: ['ES256'] }); return true; } catch (error) { return false; } }`;

const middleware = (before: string): string =>
  `import { NextResponse } from "next/server";
import { jwtVerify } from "jose";
export async function middleware(request) {
  ${before}
  try {
    await jwtVerify(request.cookies.get("token")?.value, KEY, { algorithms: ["ES256"], audience: "shop", issuer: "shop" });
    return NextResponse.next();
  } catch (error) {
    console.warn(error);
    return NextResponse.redirect(new URL("/login", request.url));
  }
}`;

const nest = (body: string): string =>
  `import { AuthGuard } from "@nestjs/passport";
export class JwtAuthGuard extends AuthGuard("jwt") { ${body} }`;

testRule("no-unchecked-verification: let in before", rule, {
  valid: [
    ...[
      "if (req.method === 'OPTIONS') return next();",
      "if (OPEN.has(req.path)) { next(); return; }",
      "switch (req.path) { case '/health': return next(); default: }",
      "const skip = () => next(); if (skip.length) log(req.path);",
      "function later() { return next(); }",
      "log(req.path);",
    ].map((before) => guard(before)),
    // It refuses everybody, or hands the request to something else.
    guard("return next(new Error('closed'));"),
    guard("return res.sendStatus(503);"),
    guard("return other(req, res, next);"),
    guard("res.locals.seen = true; return;"),
    // What is declared behind it runs elsewhere.
    `import jwt from "jsonwebtoken";
export function requireUser(req, res, next) { known(check); return next(); function check(token) { return jwt.verify(token, KEY, { algorithms: ["ES256"] }); } }`,
    middleware("if (request.nextUrl.pathname === '/login') return NextResponse.next();"),
    middleware("return NextResponse.redirect(new URL('/closed', request.url));"),
    check("return true;", "showTwice"),
    guard("return next();").replace("requireUser", "optionalUser"),
    { code: guard("return next();"), filename: "src/mocks/guard.js" },
    check("return false;"),
    check("return token;"),
    nest(
      "canActivate(context) { if (this.isPublic(context)) return true; return super.canActivate(context); }",
    ),
  ],
  invalid: [
    ...[
      "«return next();»",
      "log(req.path); «return next();»",
      "next(); «return;»",
      "if (req.user) log(req.user); «return next();»",
    ].map((before) =>
      marked(guard(before), { messageId: "letInBefore", data: { name: "jwt.verify" } }),
    ),
    marked(guard("if (req.path !== '/') { «return next();»", `${VERIFY} }`), {
      messageId: "letInBefore",
      data: { name: "jwt.verify" },
    }),
    marked(
      guard(
        "«return next();»",
        "jwt.verify(req.cookies.token, KEY, { algorithms: ['ES256'] }, (error) => { if (error) return res.sendStatus(401); next(); });",
      ),
      { messageId: "letInBefore", data: { name: "jwt.verify" } },
    ),
    marked(
      guard(
        "«return next();»",
        "const one = jwt.verify(req.cookies.one, KEY, { algorithms: ['ES256'] }); const two = jwt.verify(req.cookies.two, KEY, { algorithms: ['ES256'] }); keep(one, two);",
      ),
      { messageId: "letInBefore", data: { name: "jwt.verify" } },
    ),
    marked(
      guard(
        "«return next();»",
        "keys().then((key) => { jwt.verify(req.cookies.token, key, { algorithms: ['ES256'] }); next(); }, next);",
      ),
      { messageId: "letInBefore", data: { name: "jwt.verify" } },
    ),
    ...["«return NextResponse.next();»", "«return NextResponse.next({ headers });»"].map((before) =>
      marked(middleware(before), { messageId: "letInBefore", data: { name: "jwtVerify" } }),
    ),
    marked(check("«return true;»"), { messageId: "letInBefore", data: { name: "jwt.verify" } }),
    marked(nest("«canActivate»(context) { return true; return super.canActivate(context); }"), {
      messageId: "openGuard",
      data: {},
    }),
    // One finding for one guard.
    marked(
      `import { JwtService } from "@nestjs/jwt";
export class JwtAuthGuard {
  constructor(jwt: JwtService) { this.jwt = jwt; }
  async canActivate(context) { «return true;» const token = context.switchToHttp().getRequest().headers.authorization; await this.jwt.verifyAsync(token, { secret: KEY, algorithms: ["HS256"] }); return true; }
}`,
      { messageId: "letInBefore", data: { name: "this.jwt.verifyAsync" } },
      { ts: true },
    ),
  ],
});
