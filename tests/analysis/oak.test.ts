import unchecked from "../../src/rules/no-unchecked-verification.ts";
import rule from "../../src/rules/no-unverified-claims.ts";
import { marked } from "../kit/marked.ts";
import { testRule } from "../kit/test-rule.ts";
import type { InvalidCase } from "../kit/test-rule.ts";

/** Handlers of Oak, which take the context apart, and whose answer is what was assigned last. */

const DJWT =
  'import { create, verify } from "https://deno.land/x/djwt@v3.0.2/mod.ts"; import * as bcrypt from "https://deno.land/x/bcrypt/mod.ts";';

const SIGN = 'await create({ alg: "HS256" }, { sub: «email», exp }, key)';

const given = (code: string, name = "create"): InvalidCase =>
  marked(code, { messageId: "askedIdentity", data: { name } });

const plain = (code: string): string => code.replaceAll(/[«»]/gu, "");

/** A sign-in that looks the user up and does what `asks` says. */
const taken = (asks: string): string =>
  `${DJWT} export const login = async ({ request, response }) => {
  const { email, password } = await request.body().value;
  const user = await Users.findOne({ email });
  ${asks}
  response.body = { token: ${SIGN} };
};`;

const RIGHT = "const isRight = await bcrypt.compare(password, user.hash);";

/** A route that reads the body as `reads` says. */
const route = (reads: string, params = "ctx", answer = "ctx.response.body"): string =>
  `${DJWT} router.post("/login", async (${params}) => { ${reads} ${answer} = { token: ${SIGN} }; });`;

/** The application itself, which is given `uses` before its routes. */
const app = (uses: string, source = "jsr:@oak/oak@17", name = "Application"): string =>
  `${DJWT} import { ${name}, Router } from "${source}"; const router = new Router(); const app = new ${name}();
router.post("/token", async (ctx) => { const { email } = await ctx.request.body.json(); ctx.response.body = { token: ${SIGN} }; });
${uses} app.use(router.routes());`;

testRule("no-unverified-claims: handlers of Oak", rule, {
  valid: [
    ...[
      `${RIGHT} if (!isRight) { response.status = 401; response.body = { error: "wrong" }; return; }`,
      `${RIGHT} if (!isRight) { response.status = 401; throw new Error("wrong"); }`,
      `${RIGHT} if (!isRight) { response.status = 401; refuse(response); }`,
      `${RIGHT} if (!isRight) { response.meta.status = 401; }`,
      `${RIGHT} if (!isRight) { response.type = "json"; }`,
      `const { response: shown } = await bcrypt.compare(password, user.hash); if (!shown) { shown.status = 401; }`,
      `${RIGHT} if (!isRight) { response.status = 401; } else { response.status = 200; } if (response.status === 401) return;`,
    ].map((asks) => plain(taken(asks))),
    plain(taken(`${RIGHT} if (!isRight) { reply.status = 401; }`)).replace(
      "response }",
      "response, reply }",
    ),
    // What is taken out of something else is another thing.
    `${DJWT} export const login = async (ctx) => { const { email, password } = await ctx.request.body().value; const { response } = last;
  if (!(await bcrypt.compare(password, hash))) { response.status = 401; } ctx.response.body = { token: ${plain(SIGN)} }; };`,
    // Who is there, or how he proves it, is asked for.
    ...[
      [
        'const { email } = await request.body().value; if (!(await isKnown(cookies.get("session")))) return;',
        "{ request, response, cookies }",
      ],
      [
        'const { email } = await request.body().value; if (request.headers.get("x-key") !== KEY) ctx.throw(401);',
        "{ request, response }",
      ],
    ].map(([reads = "", params]) => plain(route(reads, params, "response.body"))),
    ...[
      "const { email } = await ctx.request.body(checked(ctx)).value;",
      "const { email } = await ctx.request.body({ type: 'json' }, checked(ctx)).value;",
      "const { email } = await ctx.body().value;",
    ].map((reads) => plain(route(reads))),
    plain(
      app(
        "app.use(async (ctx, next) => { if (!known.has(ctx.ip)) { ctx.response.status = 403; return; } await next(); });",
      ),
    ),
    // Many things are called an application.
    plain(app("", "https://deno.land/x/soak/mod.ts")),
    plain(app("", "./app.js")),
    plain(app("", undefined, "Server")),
  ],
  invalid: [
    ...[
      `${RIGHT} if (!isRight) { response.status = 401; response.body = { error: "wrong" }; }`,
      `${RIGHT} if (!isRight) { response.status = 401; }`,
      "if (!(await bcrypt.compare(password, user.hash))) response.body = { error: 'wrong' };",
      "",
    ].map((asks) => given(taken(asks))),
    ...[
      "const { email } = await ctx.request.body().value;",
      'const { email } = await ctx.request.body({ type: "json" }).value;',
      'const body = ctx.request.body({ type: "json" }); const { email } = await body.value;',
      "const { email } = await ctx.request.body.json();",
    ].map((reads) => given(route(reads))),
    given(
      route(
        "const { request, response } = ctx; const { email } = await request.body.json();",
        "ctx",
        "response.body",
      ),
    ),
    ...["jsr:@oak/oak@17", "@oak/oak", "https://deno.land/x/oak@v12.6.1/mod.ts"].map((source) =>
      given(app("app.use(async (ctx, next) => { await next(); });", source)),
    ),
    // The answer that shows the link
    ...["{ request, response }", "ctx"].map((params) =>
      marked(
        `${DJWT} router.post("/forgot-password", async (${params}) => { const { email } = await ${params === "ctx" ? "ctx." : ""}request.body().value;
  const token = ${SIGN}; await sendMail(email, token); ${params === "ctx" ? "ctx." : ""}response.body = { token }; });`,
        { messageId: "shownLink", data: { name: "create" } },
      ),
    ),
  ],
});

const guard = (params: string, refused: string): string =>
  `${DJWT} export const guard = async (${params}, next) => { const token = bearer(); try { await verify(token, key); } catch { ${refused} } await «next()»; };`;

const REFUSED = `${DJWT} export const guard = async ({ request, response }, next) => { const claims = await verify(bearer(), key);
  if (claims.role !== "admin") { «response.status = 403;» } await next(); };`;

testRule("no-unchecked-verification: guards of Oak", unchecked, {
  valid: [
    ...[
      guard("{ request, response }", 'response.status = 401; response.body = "no"; return;'),
      guard("{ request, response }", "throw createHttpError(401);"),
      guard("ctx", "ctx.throw(401);"),
      REFUSED.replace("response.status", "response.body"),
    ].map(plain),
  ],
  invalid: [
    ...[
      guard("{ request, response }", 'response.status = 401; response.body = "no";'),
      guard("ctx", "ctx.response.status = 401;"),
    ].map((code) => marked(code, { messageId: "answerFallsThrough", data: { name: "verify" } })),
    marked(REFUSED, {
      messageId: "refusalFallsThrough",
      data: {},
      suggestions: [
        {
          messageId: "addReturn",
          data: {},
          output: plain(REFUSED.replace("«", "return ")),
        },
      ],
    }),
  ],
});
