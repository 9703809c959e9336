import rule from "../../src/rules/no-unverified-claims.ts";
import { marked } from "../kit/marked.ts";
import { testRule } from "../kit/test-rule.ts";

/** Sessions that a server takes out of a cookie unverified, each next to one that somebody has verified. */

const SERVER = 'import { createClient } from "@/lib/supabase/server";';
const SSR = 'import { createServerClient } from "@supabase/ssr";';

const decides = (imports: string, made: string, beside = ""): string =>
  `import { jwtDecode } from "jwt-decode"; ${imports} export async function isRoot(cookies) {
const supabase = ${made}; ${beside} const { data: { session } } = await supabase.auth.getSession(); if (!session) return false;
const claims = «jwtDecode(session.access_token)»; return claims.role === "root"; }`;

testRule("no-unverified-claims: sessions of Supabase", rule, {
  valid: [
    decides(SERVER, "await createClient()", "const { data } = await supabase.auth.getUser();"),
    decides(SERVER, "await createClient()", "const { data } = await supabase.auth.getClaims();"),
    // Of a page, of another server, or of what nobody can see
    decides('import { createClient } from "@/lib/supabase/client";', "createClient()"),
    decides(
      'import { createBrowserClient } from "@supabase/ssr";',
      "createBrowserClient(url, key)",
    ),
    decides('import { createClient } from "@/lib/other/server";', "createClient()"),
    decides(SERVER, "supabaseOf(cookies)"),
    decides(SERVER, "createClient").replace(
      "const supabase = createClient;",
      "const { supabase } = cookies;",
    ),
    // What Auth.js and its like are asked for verifies the cookie.
    decides(SERVER, "createClient()").replace("supabase.auth.getSession", "supabase.getSession"),
  ].map((code) => code.replaceAll(/[«»]/gu, "")),
  invalid: [
    decides(SERVER, "await createClient()"),
    decides('import { createClient } from "../utils/supabase/server.ts";', "createClient()"),
    decides('import { createClient } from "@/lib/supabase-server";', "createClient()"),
    decides(SSR, "createServerClient(url, key, { cookies })"),
  ].map((code) =>
    marked(code, {
      messageId: "decision",
      data: { name: "jwtDecode", line: "3", what: "the claim role" },
    }),
  ),
});

/** A claim of the session of one client chooses records, which a client is asked for. */
const asks = (query: string): string =>
  `import { jwtDecode } from "jwt-decode"; ${SERVER} export async function GET() {
const supabase = await createClient(); const { data } = await supabase.auth.getSession();
const { org_id } = «jwtDecode(data.session.access_token)»; const { data: rows } = await ${query}; return Response.json(rows); }`;

testRule("no-unverified-claims: what a client of Supabase is asked with its session", rule, {
  valid: [
    asks('supabase.from("orders").select("*").eq("org_id", org_id)'),
    asks('supabase.from("orders").delete().match({ org_id })'),
    asks('supabase.schema("shop").from("orders").update({ seen: true }).eq("org_id", org_id)'),
  ].map((code) => code.replaceAll(/[«»]/gu, "")),
  invalid: [
    asks('admin.from("orders").select("*").eq("org_id", org_id)'),
    asks('supabase.admin.from("orders").select("*").eq("org_id", org_id)'),
    asks("db.orders.findMany({ where: { org_id } })"),
    asks('supabase.from("orders").select("*").eq("org_id", org_id)').replace(
      "const { data } = await supabase.auth.getSession",
      "const other = createClient(); const { data } = await other.auth.getSession",
    ),
  ].map((code) =>
    marked(code, {
      messageId: "data",
      data: { name: "jwtDecode", line: "3", what: "the claim org_id" },
    }),
  ),
});
