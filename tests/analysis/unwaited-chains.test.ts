import rule from "../../src/rules/no-unchecked-verification.ts";
import { marked } from "../kit/marked.ts";
import { testRule } from "../kit/test-rule.ts";

/** Promises of a verification that have handlers, and for which nobody waits. */

const JOSE = 'import { jwtVerify } from "jose"; import { check } from "./check.js";';

const meanwhile = (code: string, name = "jwtVerify", ts = false) =>
  marked(code, { messageId: "passesMeanwhile", data: { name } }, ts ? { ts } : {});

const plain = (code: string): string => code.replaceAll(/[«»]/gu, "");

/** A middleware that says nothing of itself by its name. */
const inMiddleware = (body: string, name = "session"): string =>
  `${JOSE}\nexport function ${name}(req, res, next) {\n  const token = req.headers.authorization;\n  ${body}\n}`;

const VERIFY = "jwtVerify(token, key, options)";
const SET = ".then(({ payload }) => { req.user = payload; })";
const REFUSED = ".catch(() => res.sendStatus(401))";
const NONE = "if (!token) return res.sendStatus(401);";

/** A class of NestJS with one method. */
const nest = (head: string, body: string): string =>
  `import { JwtService } from "@nestjs/jwt";
export class ${head} {
    const request = context.switchToHttp().getRequest();
    const token = request.headers.authorization;
    ${body}
  }
}`;

const guard = (name: string, body: string): string =>
  nest(
    `${name} implements CanActivate { constructor(private readonly tokens: JwtService) {} canActivate(context)`,
    body,
  );

const interceptor = (body: string): string =>
  nest(
    "SignedIn implements NestInterceptor { constructor(private readonly tokens: JwtService) {} intercept(context, next)",
    body,
  );

const NEST_SET = ".then((claims) => { request.user = claims; })";

testRule("no-unchecked-verification: promises with handlers that nobody waits for", rule, {
  valid: [
    // What goes on does so from the promise, or waits for it.
    `${VERIFY}.then(({ payload }) => { req.user = payload; next(); })${REFUSED};`,
    `${VERIFY}${SET}.then(() => next(), next);`,
    `return ${VERIFY}${SET}${REFUSED};`,
    `const pending = ${VERIFY}; pending.catch(() => res.sendStatus(401)); req.pending = pending; next();`,
    `const pending = ${VERIFY}; pending.catch(() => res.sendStatus(401)); later(pending); next();`,
    `req.claims = ${VERIFY}${SET}${REFUSED}; next();`,
    `if (token) { ${VERIFY}.then(() => next())${REFUSED}; return; } next();`,
    `if (token) { ${VERIFY}.then(() => next())${REFUSED}; } else { next(); }`,
    `if (!token) return next(); ${VERIFY}.then(() => next())${REFUSED};`,
    `next(); ${VERIFY}${SET}${REFUSED};`,
    // Nobody is refused, and whoever comes without a token passes.
    `${VERIFY}.then(({ payload }) => { count(payload.sub); }).catch(() => {}); next();`,
    `if (!token) return next(); ${VERIFY}${SET}.catch(console.error); next();`,
    `${VERIFY}.then(({ payload }) => { revoke(payload.jti); }).catch(() => {}); res.sendStatus(204);`,
    `${VERIFY}${SET}.catch(() => renew(req, res)); next();`,
    // What stands between may ask, or verify.
    `let ok = true; ${VERIFY}.catch(() => { ok = false; res.sendStatus(401); }); if (!ok) return; next();`,
    `${VERIFY}${SET}${REFUSED}; check(token); next();`,
    `const pending = ${VERIFY}; pending${SET}${REFUSED}; check(token); next();`,
    `${VERIFY}${SET}${REFUSED}; notFound(); next();`,
    `${VERIFY}${SET}${REFUSED}; throw new Error("unfinished"); next();`,
    // Behind it another refusal, and no answer to what was asked for
    `${VERIFY}${SET}${REFUSED}; res.sendStatus(403);`,
    `${VERIFY}${SET}.catch(next); res.json(rooms);`,
  ]
    .map((body) => inMiddleware(body))
    .concat([
      inMiddleware(`${VERIFY}${SET}${REFUSED}; next();`, "attachUser"),
      inMiddleware(`${VERIFY}${SET}${REFUSED}; next();`, "isExpired"),
      // A guard by its name, which lets pass who has no token, or behind which somebody asks
      inMiddleware(
        `if (!token) return next(); ${VERIFY}${SET}.catch(() => {}); next();`,
        "authGuard",
      ),
      `${inMiddleware(`${VERIFY}${SET}.catch(() => {}); next();`, "authGuard")} export const me = (req, res) => { if (!req.user) throw none; };`,
      `${inMiddleware(`${VERIFY}.then(({ payload }) => { req.memberId = payload.sub; }).catch(() => {}); next();`, "authGuard")} export const me = (req, res) => { if (!req.memberId) throw none; };`,
      // It is verified, and this is for the log.
      `${JOSE}\nexport async function requireAuth(req, res, next) { const { token } = req; req.user = await jwtVerify(token, key, options); jwtVerify(token, old, options).then(() => count("old")).catch(next); next(); }`,
      `${JOSE}\nexport async function requireAuth(req, res, next) { const pending = jwtVerify(req.token, key, options); pending.catch(() => {}); await prepare(); req.user = await pending; next(); }`,
      // What a function of the file gives is no promise of the verification, or its caller refuses nobody.
      `${JOSE}\nfunction verified(token) { const claims = jwtVerify(token, key, options); keep(claims); return find(token); }\nexport function auth(req, res, next) { verified(req.token).catch(() => res.sendStatus(401)); next(); }`,
      `${JOSE}\nasync function verified(token) { await jwtVerify(token, key, options); }\nexport function auth(req, res, next) { if (!req.token) return res.sendStatus(401); verified(req.token).then(() => count()).catch(() => {}); next(); }`,
      `${JOSE}\nexport function find(req) { jwtVerify(req.token, key, options).catch(() => { throw new Error("no"); }); return true; }`,
    ])
    .map((code) => ({ code: plain(code) }))
    .concat(
      [
        guard(
          "JwtAuthGuard",
          `return this.tokens.verifyAsync(token)${NEST_SET}.then(() => true, () => false);`,
        ),
        guard(
          "OptionalAuthGuard",
          `this.tokens.verifyAsync(token)${NEST_SET}.catch(() => {}); return true;`,
        ),
        interceptor(
          `this.tokens.verifyAsync(token).then(({ sub }) => this.seen(sub)).catch(() => {}); return next.handle();`,
        ),
        interceptor(
          `return from(this.tokens.verifyAsync(token)).pipe(mergeMap(() => next.handle()));`,
        ),
      ].map((code) => ({ code, ts: true })),
    ),
  invalid: [
    ...[
      // The request is refused where it is too late.
      `${VERIFY}${SET}${REFUSED}; «next()»;`,
      `${VERIFY}${SET}${REFUSED}; return «next()»;`,
      `${VERIFY}${REFUSED}${SET}; «next()»;`,
      `${VERIFY}.then(({ payload }) => { req.user = payload; }, () => { res.status(401).end(); }); «next()»;`,
      `${VERIFY}${SET}.catch(next); «next()»;`,
      `${VERIFY}${SET}.catch((error) => { next(error); }); «next()»;`,
      `${VERIFY}${SET}.catch(() => { throw new Error("no"); }); «next()»;`,
      `void ${VERIFY}${SET}${REFUSED}.finally(count); «next()»;`,
      `${VERIFY}${REFUSED}; log("asked"); «next()»;`,
      `const pending = ${VERIFY}; console.log(pending); pending${SET}${REFUSED}; «next()»;`,
      `const pending = ${VERIFY}${REFUSED}; «next()»;`,
      `const pending = ${VERIFY}; pending.then(() => { req.user = find(token); })${REFUSED}; «next()»;`,
      `if (token) { ${VERIFY}${SET}${REFUSED}; } «next()»;`,
      // … although it goes on from the promise as well
      `${VERIFY}.then(() => next())${REFUSED}; «next()»;`,
      `${VERIFY}${SET}${REFUSED}; «res.json(rooms)»;`,
      // Nobody passes without a token, and a bad one is only written down.
      `${NONE} ${VERIFY}.then((claims) => console.log(claims)).catch(console.error); «next()»;`,
      `${NONE} ${VERIFY}${SET}; «next()»;`,
    ].map((body) => meanwhile(inMiddleware(body))),
    meanwhile(inMiddleware(`${VERIFY}${SET}.catch(() => {}); «next()»;`, "authGuard")),
    meanwhile(
      `import { NextResponse } from "next/server"; ${JOSE}\nexport function middleware(request) { jwtVerify(request.cookies.get("token").value, key, options).catch(() => { return NextResponse.redirect(login); }); «return NextResponse.next();» }`,
    ),
    meanwhile(
      `${JOSE}\nasync function verified(token) { return jwtVerify(token, key, options); }\nexport function session(req, res, next) { verified(req.token).catch(() => res.sendStatus(401)); «next()»; }`,
    ),
    meanwhile(
      `const { promisify } = require("util"); const jwt = require("jsonwebtoken"); const verify = promisify(jwt.verify);\nexports.session = (req, res, next) => { verify(req.headers.token, key, options).then((claims) => { req.user = claims; }).catch(() => res.sendStatus(401)); «next()»; };`,
      "verify",
    ),
    meanwhile(
      guard("JwtAuthGuard", `this.tokens.verifyAsync(token)${NEST_SET}; «return true;»`),
      "this.tokens.verifyAsync",
      true,
    ),
    meanwhile(
      guard(
        "Members",
        `this.tokens.verifyAsync(token)${NEST_SET}.catch(() => { throw new UnauthorizedException(); }); «return true;»`,
      ),
      "this.tokens.verifyAsync",
      true,
    ),
    ...["«next.handle()»", "«next.handle()».pipe(tap(count))"].map((behind) =>
      meanwhile(
        interceptor(
          `const pending = this.tokens.verifyAsync(token) as Promise<Claims>; pending${NEST_SET}.catch(() => { throw new HttpException("no", 401); }); return ${behind};`,
        ),
        "this.tokens.verifyAsync",
        true,
      ),
    ),
    // One place beside two of them
    meanwhile(
      inMiddleware(
        `if (token.length > 99) { other(req).then(keep)${REFUSED}; } else { ${VERIFY}${SET}${REFUSED}; } «next()»;`,
      ),
    ),
  ],
});

testRule("no-unchecked-verification: promises that are only written down", rule, {
  valid: [
    "const pending = jwtVerify(req.token, key, options); console.log(pending); req.user = await pending; next();",
    "const pending = jwtVerify(req.token, key, options); console.log(await pending); next();",
    "const pending = jwtVerify(req.token, key, options); note(pending); req.user = pending; next();",
    "let ok; ok = jwtVerify(req.token, key, options); console.log(ok); if (await ok) next();",
  ].map((body) => `${JOSE}\nexport async function auth(req, res, next) { ${body} }`),
  invalid: [
    [
      "const pending = «jwtVerify(req.token, key, options)»; console.log(pending); req.user = pending; next();",
      "droppedPromise",
    ],
    [
      "const pending = «jwtVerify(req.token, key, options)»; console.log(pending); next();",
      "droppedPromise",
    ],
    [
      "let ok; ok = «jwtVerify(req.token, key, options)»; logger.debug(ok); if (!ok) return; next();",
      "promiseAsResult",
    ],
  ].map(([body = "", messageId = ""]) => {
    const code = `${JOSE}\nexport async function auth(req, res, next) { ${body} }`;
    return marked(code, {
      messageId,
      data: { name: "jwtVerify" },
      suggestions: [
        {
          messageId: "addAwait",
          data: { name: "jwtVerify" },
          output: plain(code.replace("«", "await ")),
        },
      ],
    });
  }),
});
