import rule from "../../src/rules/no-unverified-claims.ts";
import { marked } from "../kit/marked.ts";
import { testRule } from "../kit/test-rule.ts";
import type { InvalidCase } from "../kit/test-rule.ts";

/** Handlers that a runtime calls as their files export them, and those that a program has put something before. */

const JWT = 'import jwt from "jsonwebtoken"; const key = process.env.KEY;';

const SIGN = 'jwt.sign({ sub: «userId» }, key, { expiresIn: "1h" })';

const NEXT = `${JWT} import { NextResponse } from "next/server";`;

/** A route of Next.js that signs for whom the body names. */
const route = (before = "", answer = `NextResponse.json({ token: ${SIGN} })`): string =>
  `${NEXT} export async function POST(request) { const { userId } = await request.json(); ${before} return ${answer}; }`;

const CHAT =
  'import { StreamChat } from "stream-chat"; const chat = StreamChat.getInstance(process.env.CHAT_KEY, process.env.CHAT_SECRET); ';

const given = (code: string, filename = "app/api/token/route.js"): InvalidCase =>
  marked(code, { messageId: "askedIdentity", data: { name: "jwt.sign" } }, { filename });

const plain = (code: string, filename = "app/api/token/route.js") => ({
  code: code.replaceAll(/[«»]/gu, ""),
  filename,
});

const KOA =
  'import Koa from "koa"; import Router from "@koa/router"; const app = new Koa(); const router = new Router();';

const koa = (mounts: string): string =>
  `${JWT} ${KOA} router.post("/token", async (ctx) => { const { userId } = ctx.request.body; ctx.body = { token: ${SIGN} }; }); ${mounts}`;

const READ = "const { userId } = await request.json();";

testRule("no-unverified-claims: handlers that runtimes call", rule, {
  valid: [
    // Something is asked in the handler.
    ...[
      "const session = await auth(); if (!session) return new Response(null, { status: 401 });",
      "if (request.headers.get('x-api-key') !== process.env.API_KEY) return new Response(null, { status: 401 });",
      "await requireUser(request);",
    ].map((before) => plain(route(before))),
    // The claim names no account.
    plain(route("", "NextResponse.json({ token: jwt.sign({ email: userId }, key) })")),
    plain(
      CHAT +
        route("", "NextResponse.json({ token: chat.createToken(userId) })").replaceAll(
          "userId",
          "channelId",
        ),
    ),
    // It is wrapped in what may ask, not exported, or called by another function.
    plain(
      `${NEXT} export const POST = withUser(async (request) => { ${READ} return NextResponse.json({ token: ${SIGN} }); });`,
    ),
    plain(
      `${NEXT} async function POST(request) { ${READ} return NextResponse.json({ token: ${SIGN} }); }`,
    ),
    plain(
      `${NEXT} export async function issue(request) { ${READ} return NextResponse.json({ token: ${SIGN} }); }`,
    ),
    // The file lies where tokens are for things, or for others.
    plain(route(), "app/api/download/route.js"),
    plain(route(), "app/api/admin/impersonate/route.js"),
    plain(
      `${JWT} export default { async scheduled(request) { ${READ} return Response.json({ token: ${SIGN} }); } };`,
      "src/worker.js",
    ),
    plain(
      `${JWT} export const options = { async fetch(request) { ${READ} return Response.json({ token: ${SIGN} }); } };`,
      "src/worker.js",
    ),
    plain(
      `${JWT} import { serve } from "./serve.js"; serve(async (request) => { ${READ} return Response.json({ token: ${SIGN} }); });`,
      "src/server.js",
    ),
    plain(
      `${JWT} queue.serve(async (request) => { ${READ} return Response.json({ token: ${SIGN} }); });`,
      "src/server.js",
    ),
    plain(
      `${JWT} export default withUser(defineEventHandler(async (event) => { const { userId } = await readBody(event); return { token: ${SIGN} }; }));`,
      "server/api/token.post.js",
    ),
    // The router is mounted behind a guard, or out of sight.
    plain(koa("app.use(requireUser); app.use(router.routes());"), "src/app.js"),
    plain(koa("export default router;"), "src/app.js"),
    plain(koa("other.use(router.routes());"), "src/app.js"),
  ],
  invalid: [
    given(route()),
    given(route("if (!userId) return NextResponse.json({ error: 'id' }, { status: 400 });")),
    given(
      `${JWT} export const POST = async (request) => { ${READ} return Response.json({ token: ${SIGN} }); };`,
    ),
    // SvelteKit
    given(
      `${JWT} import { json } from "@sveltejs/kit"; export async function POST({ request }) { ${READ} return json({ token: ${SIGN} }); }`,
      "src/routes/api/token/+server.js",
    ),
    // Nuxt
    given(
      `${JWT} export default defineEventHandler(async (event) => { const { userId } = await readBody(event); return { token: ${SIGN} }; });`,
      "server/api/token.post.js",
    ),
    // Workers, Bun and Deno
    given(
      `${JWT} export default { async fetch(request, env) { ${READ} return Response.json({ token: ${SIGN} }); } };`,
      "src/worker.js",
    ),
    given(
      `${JWT} Bun.serve({ async fetch(request) { ${READ} return Response.json({ token: ${SIGN} }); } });`,
      "src/server.js",
    ),
    given(
      `${JWT} Deno.serve(async (request) => { ${READ} return Response.json({ token: ${SIGN} }); });`,
      "src/server.js",
    ),
    given(
      `${JWT} import { serve } from "https://deno.land/std@0.168.0/http/server.ts"; serve(async (request) => { ${READ} return Response.json({ token: ${SIGN} }); });`,
      "src/server.js",
    ),
    // A router that the application itself mounts
    given(koa("app.use(router.routes());"), "src/app.js"),
    given(
      `${JWT} import express from "express"; const app = express(); const router = express.Router(); router.post("/token", (req, res) => res.json({ token: jwt.sign({ sub: «req.body.userId» }, key) })); app.use("/api", router);`,
      "src/app.js",
    ),
    marked(
      CHAT + route("", "NextResponse.json({ token: chat.createToken(«userId») })"),
      { messageId: "askedIdentity", data: { name: "chat.createToken, as its name says," } },
      { filename: "app/api/token/route.js" },
    ),
    // A client of a service is made of settings.
    given(route("const chat = Chat.getInstance(process.env.CHAT_KEY, process.env.CHAT_SECRET);")),
  ],
});
