import rule from "../../src/rules/no-unverified-claims.ts";
import { marked } from "../kit/marked.ts";
import { testRule } from "../kit/test-rule.ts";

/** Gates that unverified claims open by way of a function out of sight or of a flag. */

const FILE =
  'import { jwtDecode } from "jwt-decode";\nimport { NextResponse } from "next/server";\nimport { isAdmin, hasRole, isExpired, isKnown } from "@/utils/helper";\n';

const gate = (body: string, claims = "claims"): string =>
  `${FILE}export function middleware(req) {\n  const ${claims} = «jwtDecode(req.cookies.get("jwt")?.value)»;\n  ${body}\n}`;

const AWAY = 'return NextResponse.redirect(new URL("/login", req.url));';

/** A gate whose flag is called this, set and asked for by these statements. */
const flag = (open: string, asked: string, made = "let known = false;"): string =>
  `${FILE}export function middleware(req) {\n  ${made} const claims = «jwtDecode(req.cookies.get("jwt")?.value)»;\n  if (claims) { ${open} }\n  ${asked}\n}`;

const plain = (code: string): string => code.replaceAll(/[«»]/gu, "");

testRule("no-unverified-claims", rule, {
  valid: [
    ...[
      // It decides nothing, or something else.
      "const admin = isAdmin(claims.role); return render(admin);",
      "if (isAdmin(claims.role)) stats.admins += 1;",
      `if (isExpired(claims)) ${AWAY}`,
      `if (!isKnown(claims.role)) ${AWAY}`,
      `if (!hasRole(claims.locale)) ${AWAY}`,
      `if (!describeRole(claims.role)) ${AWAY}`,
      `if (!hasRole(claims.role, database.rolesOf(req.user))) ${AWAY}`,
      `if (!isAdmin(req.user.role)) ${AWAY}`,
      `if (compare(isAdmin(claims.role), req.user)) ${AWAY}`,
    ].map((body) => plain(gate(body))),
    plain(flag("known = false;", `if (!known) ${AWAY}`)),
    plain(flag("other = true;", `if (!known) ${AWAY}`)),
    plain(flag("known = true;", "if (!known) counter.add(1);")),
    plain(flag("known = true;", `if (!isPublic) ${AWAY}`)),
    plain(flag("known = true;", `if (!verify(req)) ${AWAY} return greet(known);`)),
    plain(flag("known = true;", `if (typeof known) ${AWAY}`)),
    // Who is not the middleware, or has given an answer
    plain(flag("known = true;", `if (!known) ${AWAY}`)).replace("middleware(", "checkSession("),
    plain(flag("known = true;", `if (!known) ${AWAY} return page(req);`)),
  ],
  invalid: [
    ...[
      `if (!isAdmin(claims.role)) ${AWAY}`,
      `if (!req.cookies || !isAdmin(claims.role)) ${AWAY}`,
      `if (!(await hasRole(claims.roles, "admin"))) ${AWAY}`,
      `if (!isAdmin(claims.app.role_id)) ${AWAY}`,
      `if (!isAdmin(claims)) ${AWAY}`,
    ].map((body) =>
      marked(gate(body).replace("export function", "export async function"), {
        messageId: "decision",
        data: {
          name: "jwtDecode",
          line: "6",
          what: body.includes("claims)")
            ? "it"
            : `the claim ${/claims\.(\w+)/u.exec(body)?.[1] ?? ""}`,
        },
      }),
    ),
    marked(gate(`if (!isAdmin(role_id)) ${AWAY}`, "{ app: { role_id } }"), {
      messageId: "decision",
      data: { name: "jwtDecode", line: "6", what: "the claim app" },
    }),
    ...[
      flag("known = true;", `if (!known) ${AWAY}`),
      flag("known = true;", `if (!known && !req.url.endsWith("/login")) ${AWAY}`),
      flag(
        "state.user = claims; state.page.isKnown = true;",
        `if (!state.page.isKnown) ${AWAY}`,
        "const state = { page: { isKnown: false } };",
      ),
      flag("known = true;", `if (!known) ${AWAY} return NextResponse.next();`),
    ].map((code) =>
      marked(code, {
        messageId: "decision",
        data: { name: "jwtDecode", line: "6", what: "it" },
      }),
    ),
  ],
});

const visitors = (test: string, to: string): string =>
  `import jwt from "jsonwebtoken"; export function verificarToken(req, res, next) { const { token } = req.cookies; try { if (${test}) return res.redirect("${to}"); next(); } catch { next(); } }`;

testRule("no-unverified-claims: guards for those who have not signed in", rule, {
  // Whoever makes a token up is turned away.
  valid: [
    visitors("token && jwt.decode(token, options)", "/home"),
    visitors("jwt.decode(token, options)", "/"),
  ],
  invalid: [
    marked(visitors("!token || !«jwt.decode(token, options)»", "/login"), {
      messageId: "decision",
      data: { name: "jwt.decode", line: "1", what: "it" },
    }),
  ],
});

/** A hook of Fastify, which lets pass whom it does not answer, that asks a token for nothing but its time. */
const hook = (name: string, body: string, given = "request, reply"): string =>
  `import { jwtDecode } from "jwt-decode"; export default async (fastify) => { fastify.addHook("${name}", async (${given}) => {\n const claims = «jwtDecode(request.headers.token)»; ${body} }); };`;

const EXPIRED = "if (claims.exp < now()) return reply.status(401).send();";

const ofTime = { name: "jwtDecode", line: "2", what: "the claim exp" };

testRule("no-unverified-claims: hooks that ask for the time alone", rule, {
  valid: [
    ...[
      hook("onRequest", "if (claims.exp < now()) stats.expired += 1;"),
      hook("onRequest", `await request.jwtVerify(); ${EXPIRED}`),
      hook("onRequest", `verifyToken(request.headers.token, key, options); ${EXPIRED}`),
      // Whoever is answered has been let in before.
      hook("onResponse", EXPIRED),
      hook("onSend", EXPIRED, "request, reply, payload"),
      hook("onRequest", EXPIRED).replace("addHook", "onEvent"),
      hook("onRequest", EXPIRED).replace('"onRequest", async', "async"),
      `import { jwtDecode } from "jwt-decode"; export function middleware(req) { const claims = jwtDecode(req.cookies.jwt); ${EXPIRED} }`,
    ].map(plain),
  ],
  invalid: [
    ...["onRequest", "preParsing", "preValidation", "preHandler"].map((name) =>
      marked(hook(name, EXPIRED), { messageId: "decision", data: ofTime }),
    ),
    marked(
      `import { jwtDecode } from "jwt-decode"; import { NextResponse } from "next/server"; export function middleware(req) {\n const claims = «jwtDecode(req.cookies.jwt)»; if (claims.exp < now()) return NextResponse.redirect("/login"); }`,
      { messageId: "decision", data: ofTime },
    ),
  ],
});
