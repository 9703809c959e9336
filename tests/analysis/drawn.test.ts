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
