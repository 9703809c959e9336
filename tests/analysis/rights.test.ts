import { describe, expect, it } from "vitest";
import { saysRights } from "../../src/analysis/trust/rights.ts";
import rule from "../../src/rules/no-unverified-claims.ts";
import { marked } from "../kit/marked.ts";
import { testRule } from "../kit/test-rule.ts";

/** Claims that say what somebody may do go by many names. */

describe("claims that say what somebody may do", () => {
  it.each(
    "role roles user_role userRole app_role platformRoles rol isAdmin is_admin isadmin isSuperAdmin superadmin staff is_staff permissions user_permissions perms scope scopes groups authorities privileges roleId role_name".split(
      " ",
    ),
  )("%s", (name) => {
    expect(saysRights(name)).toBe(true);
  });

  it.each(
    "sub email roleChangedAt role_version permissionsUpdated administration enrolled scoped groupLabel adminNote is_active controls".split(
      " ",
    ),
  )("not %s", (name) => {
    expect(saysRights(name)).toBe(false);
  });
});

const route = (condition: string): string =>
  `import { jwtDecode } from "jwt-decode";
export async function GET(request) {
  const claims = «jwtDecode(request.headers.get("authorization"))»;
  if (${condition}) return new Response("no", { status: 403 });
  return Response.json(await invoices.all());
}`;

/** A page of Next that reads the token of its cookie by hand. */
const page = (head: string, tail = ""): string =>
  `import { redirect } from "next/navigation";
import { Invoices } from "../invoices";
const read = (token) => «JSON.parse(atob(token.split(".")[1]))»;
${head} {
  const claims = read(await tokenOf("session"));
  if (claims.user_role !== "admin") redirect("/");
  return <Invoices all />;
}${tail}`;

const JSX = { languageOptions: { parserOptions: { ecmaFeatures: { jsx: true } } } };
const plain = (code: string): string => code.replaceAll(/[«»]/gu, "");
const decision = (code: string, line: number, claim: string, name = "jwtDecode", extras = {}) =>
  marked(
    code,
    { messageId: "decision", data: { name, line: String(line), what: `the claim ${claim}` } },
    extras,
  );

testRule("no-unverified-claims", rule, {
  valid: [
    // Of what is kept beside something else, nothing is asked.
    `import { jwtDecode } from "jwt-decode";
export function update(session, own, other) {
  const claims = other ? jwtDecode(other) : null;
  session.services = { token: own, scopes: claims ? claims.granted_scopes || claims.scope : null };
}`,
    plain(route('claims.roleChangedAt !== "x"')),
    plain(route('claims.locale_group !== ""')).replace("locale_group", "groupLabel"),
  ],
  invalid: [
    // Of a page that is sent to the browser, its user can change what it does.
    marked(
      page("export default function Page()").replace("await ", ""),
      {
        messageId: "clientDecision",
        data: { name: "This code", line: "6", what: "the claim user_role" },
      },
      JSX,
    ),
    decision(route('claims.user_role !== "admin"'), 4, "user_role"),
    decision(route('claims.userRole !== "admin"'), 4, "userRole"),
    decision(route("!claims.isSuperAdmin"), 4, "isSuperAdmin"),
    decision(route('claims.user_type !== "admin"'), 4, "user_type"),
  ],
});
