import rule from "../../src/rules/no-unchecked-verification.ts";
import { marked } from "../kit/marked.ts";
import { testRule } from "../kit/test-rule.ts";

/** Middleware of tRPC that takes what is sent for who sends it. */

const procedure = (body: string, parameters = "{ ctx, next }"): string =>
  `import { initTRPC, TRPCError } from "@trpc/server";
import { userOf } from "./users.js";
const t = initTRPC.create();
const signedIn = t.middleware(async (${parameters}) => { ${body} });
export const memberProcedure = t.procedure.use(signedIn);`;

const MISSING =
  'if (!ctx.req.headers.authorization) { throw new TRPCError({ code: "UNAUTHORIZED" }); }';

const found = (code: string, guard = "signedIn") =>
  marked(code, { messageId: "presenceOnly", data: { guard } });

testRule("no-unchecked-verification: procedures", rule, {
  valid: [
    // Somebody else finds out whose it is, or is given the token.
    `${MISSING} const user = await userOf(ctx.req.headers.authorization); return next({ ctx: { user } });`,
    `${MISSING} return next({ ctx: { user: await userOf(ctx.req.headers.authorization) } });`,
    `${MISSING} return next({ ctx: { token: ctx.req.headers.authorization } });`,
    `${MISSING} return next({ ctx: { user: ctx.req.headers.authorization, token: ctx.req.headers.authorization } });`,
    `${MISSING} return next();`,
    `${MISSING} return next({ ctx: { ...ctx } });`,
    `${MISSING} return next({ ctx });`,
    // What the session of the context says
    'if (!ctx.session) throw new TRPCError({ code: "UNAUTHORIZED" }); return next({ ctx: { user: ctx.session.user } });',
    // Nobody is stopped, so nobody is let in.
    "return next({ ctx: { user: ctx.req.headers.authorization } });",
    `${MISSING} if (ctx.req.headers.authorization !== process.env.KEY) throw new TRPCError({ code: "UNAUTHORIZED" }); return next({ ctx: { user: ctx.req.headers.authorization } });`,
  ]
    .map((body) => procedure(body))
    .concat(
      // What stands before it in the chain, or the procedure of another file, may have verified.
      ...["t.procedure.use(verified)", "memberProcedure"].map(
        (base) =>
          `import { TRPCError, t, verified, memberProcedure } from "./rpc.js"; import "@trpc/server"; // jwt
export const mine = ${base}.use(({ ctx, next }) => { ${MISSING} return next({ ctx: { user: ctx.req.headers.authorization } }); });`,
      ),
      // One that looks at the token beside one that finds out whose it is
      `${procedure(`${MISSING} const user = await userOf(ctx.req.headers.authorization); return next({ ctx: { user } });`)} export const traced = t.middleware(({ ctx, next }) => { if (!ctx.req.headers.authorization) console.log("none"); return next(); });`,
      procedure(
        `${MISSING} return next({ ctx: { user: ctx.req.headers.authorization } });`,
      ).replaceAll("@trpc/server", "./rpc.js"),
      procedure(
        `${MISSING} return next({ ctx: { user: ctx.req.headers.authorization } });`,
        "{ ctx, input }",
      ),
      procedure(
        `${MISSING} return next({ ctx: { user: ctx.req.headers.authorization } });`,
      ).replace("t.middleware(", "t.wrap("),
    ),
  invalid: [
    found(procedure(`${MISSING} return «next({ ctx: { user: ctx.req.headers.authorization } })»;`)),
    found(
      procedure(
        'const token = ctx.req.headers.authorization; if (!token) throw new TRPCError({ code: "UNAUTHORIZED" }); return «next({ ctx: { ...ctx, userId: token } })»;',
      ),
    ),
    found(
      procedure(
        `${MISSING} return «next({ ctx: { user: ctx.req.headers.authorization } })»;`,
      ).replace("t.middleware(", "middleware("),
    ),
    found(
      `import { initTRPC, TRPCError } from "@trpc/server"; const t = initTRPC.create();
export const memberProcedure = t.procedure.use(({ ctx, next }) => { ${MISSING} return «next({ ctx: { user: ctx.req.headers.authorization } })»; });`,
      "memberProcedure",
    ),
  ],
});
