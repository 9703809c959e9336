import rule from "../../src/rules/no-unverified-claims.ts";
import { marked } from "../kit/marked.ts";
import { testRule } from "../kit/test-rule.ts";
import type { InvalidCase } from "../kit/test-rule.ts";

/** What a server draws by the claims of a token that nobody has verified: a link more, or what is not for everybody. */

const page = (drawn: string, before = ""): string =>
  `import { cookies } from "next/headers"; import { decodeJwt } from "jose"; export default async function Page() { const claims = «decodeJwt((await cookies()).get("session").value)»; ${before} return <main>{${drawn}}</main>; }`;

const silent = (code: string): string => code.replaceAll(/[«»]/gu, "");

const found = (code: string): InvalidCase =>
  marked(code, {
    messageId: "decision",
    data: { name: "decodeJwt", line: "1", what: "the claim role" },
  });

const IS_ADMIN = 'const isAdmin = claims.role === "admin";';

testRule("no-unverified-claims: what is only drawn", rule, {
  valid: [
    ...[
      'claims.role === "admin" && <a href="/admin">Administration</a>',
      'claims.role === "admin" ? <Link href="/admin">Administration</Link> : null',
      'claims.role === "admin" ? "Administration" : "Orders"',
      'isOpen && claims.role === "admin" && <a href="/admin">Administration</a>',
      "claims.role && <Badge>{claims.role.toLowerCase()}</Badge>",
      'claims.role === "admin" && <><AdminLink /><span>{claims.name}</span></>',
    ].map((drawn) => page(drawn)),
    page('isAdmin && <a href="/admin">Administration</a>', IS_ADMIN),
    page('isShown && <a href="/admin">Administration</a>', `${IS_ADMIN} const isShown = !isAdmin;`),
  ].map(silent),
  invalid: [
    ...[
      'claims.role === "admin" && <Reports />',
      'claims.role === "admin" ? <AdminTable /> : null',
      'claims.role === "admin" && <ul>{reportsOf(claims)}</ul>',
      'claims.role === "admin" && <ul>{reports.of(claims)}</ul>',
      'claims.role === "admin" && <p {...report} />',
      'claims.role === "admin" && reports',
    ].map((drawn) => page(drawn)),
    page("isAdmin && <Reports />", IS_ADMIN),
    page(
      'isAdmin && <a href="/admin">Administration</a>',
      `${IS_ADMIN} if (!isAdmin) return null;`,
    ),
    page("null", 'if (claims.role !== "admin") return null;'),
  ].map(found),
});

/** What a page is given by the function that loads its data. */
const layout = (given: string, before = ""): { code: string; filename: string } => ({
  code: `import { decodeJwt } from "jose"; export const load = async ({ cookies }) => { const claims = «decodeJwt(cookies.get("session"))»; ${before} return ${given}; };`,
  filename: "/app/src/routes/+page.server.ts",
});

const loader = (
  given: string,
  name = "loader",
  then = "export default function Page() {}",
): string =>
  `import { decodeJwt } from "jose"; export async function ${name}({ request }) { const claims = «decodeJwt(await session.parse(request.headers.get("Cookie")))»; return ${given}; } ${then}`;

/** What is counted or logged by a claim, and goes on whatever it says. */
const counted = (told: string): string =>
  `import { decodeJwt } from "jose"; export function count(req, res, next) { const claims = «decodeJwt(req.cookies.session)»; ${told} next(); }`;

testRule("no-unverified-claims: what a page is told, and what is counted", rule, {
  valid: [
    ...[
      layout('{ isAdmin: claims.role === "admin" }'),
      layout('{ menu: claims.role === "admin" ? ["home", "admin"] : ["home"] }'),
      layout('{ user: { isAdmin: claims?.role === "admin" || false } }'),
      layout("{ isAdmin }", IS_ADMIN),
      layout("{ isVerified: !claims.email_verified }"),
    ].map(({ code, filename }) => ({ code: silent(code), filename })),
    ...[
      loader('json({ isAdmin: claims.role === "admin" })'),
      loader('({ isAdmin: claims.role === "admin" })'),
      loader('({ props: { isAdmin: claims.role === "admin" } })', "getServerSideProps"),
      loader('({ props: { user: { isAdmin: claims.role === "admin" } } })', "getServerSideProps"),
      loader('json({ isAdmin: claims.role === "admin" }, { status: 200 })'),
      ...[
        'const kind = claims.role === "admin" ? "staff" : "customer"; logger.info({ kind });',
        'let kind = "nobody"; kind = claims.role === "admin" ? "staff" : claims.role === "vip" ? "vip" : "customer"; requests.inc({ kind });',
        'if (claims.role === "admin") httpRequestsTotal.inc({ kind: "staff" });',
        'if (claims.role === "admin") metrics.latency.observe(1);',
        'const visits = new client.Counter({ name: "visits" }); if (claims.role === "admin") visits.inc(); // prom-client\n',
        'if (claims.role === "admin") statsd.increment("staff"); else statsd.increment("customers");',
        'if (claims.groups.includes("beta")) { metrics.count("beta"); }',
        'Sentry.setTag("kind", claims.role === "admin" ? "staff" : "customer");',
      ].map((told) => counted(told)),
    ].map(silent),
  ],
  invalid: [
    ...[
      layout('{ reports: claims.role === "admin" ? reports : [] }'),
      layout('{ reports: claims.role === "admin" ? [await reports()] : [] }'),
      layout("{ isAdmin, reports: isAdmin ? reports : [] }", IS_ADMIN),
      layout("{ isAdmin }", `${IS_ADMIN} if (!isAdmin) redirect(303, "/");`),
      layout('{ reports: await reportsOf({ isAdmin: claims.role === "admin" }) }'),
    ].map(({ code, filename }) => ({ ...found(code), filename })),
    {
      ...found(layout('{ isAdmin: claims.role === "admin" }').code),
      filename: "/app/src/lib/server/user.ts",
    },
    // The functions of the pages below ask for it.
    {
      ...found(layout('{ isAdmin: claims.role === "admin" }').code),
      filename: "/app/src/routes/+layout.server.ts",
    },
    // Whether there is a page, and what else is sent with it
    ...[
      'notFound: claims.role !== "admin", props: {}',
      'props: {}, redirect: claims.role === "admin" ? undefined : "/"',
      'isAdmin: claims.role === "admin"',
    ].map((given) => found(loader(`({ ${given} })`, "getServerSideProps"))),
    found(loader('json({}, { headers: { staff: claims.role === "admin" ? "1" : "0" } })')),
    // Whoever loads it may be another function of the server.
    found(loader('({ isAdmin: claims.role === "admin" })', "loader", "")),
    found(loader('({ isAdmin: claims.role === "admin" })', "userOf")),
    ...[
      'req.kind = claims.role === "admin" ? "staff" : "customer";',
      'let kind; kind = claims.role === "admin" ? "staff" : "customer"; logger.info({ kind }); if (kind !== "staff") return res.sendStatus(403);',
      'if (claims.role === "admin") statsd.increment("staff"); else return res.sendStatus(403);',
      'if (claims.role === "admin") { statsd.increment("staff"); open(); }',
      'if (claims.role === "admin") limiter.inc("staff");',
      'if (claims.role === "admin") requestLimit.calls.inc("staff");',
      'if (claims.role === "admin") camera.observe(req.params.id, res);',
      'if (claims.role !== "staff") failures.inc({ account: req.body.email });',
      'const wallet = new Wallet(); if (claims.role === "admin") wallet.inc(10); // prom-client\n',
      'const visits = new Counter(); if (claims.role === "admin") visits.inc();',
      'if (claims.role !== "bot") loginCounter.inc({ ip: req.ip }); const { value } = loginCounter.get(); if (value > 9) return res.sendStatus(429);',
      'if (claims.role === "admin") user.increment("visits");',
    ].map((told) => found(counted(told))),
  ],
});
