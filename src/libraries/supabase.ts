import type { Entity, Library, OptionModel } from "./types.ts";

/**
 * A refused token resolves to `{ data: null, error }`. `exp` is required, audience and issuer are
 * never compared (auth-js 2.109.0). `getUser` asks the server; `getSession` reads what the client
 * has stored, and is left out: what it gives is right in a browser.
 */
const options = {
  allowExpired: { role: "ignoreExpiration", anyTruthy: true },
  ignoreExpiration: { role: "ignoreExpiration", ignored: { meant: "allowExpired" } },
} as const satisfies Record<string, OptionModel>;

const getClaims: Entity = {
  kind: "verify",
  parameters: { token: "0", options: "1" },
  options,
  failure: "returns-result",
  verdict: { members: ["error", "data"] },
  promise: true,
  issuedBy: "own-tenant",
  checks: {
    algorithms: "fixed",
    expiration: "required",
    audience: "never",
    issuer: "never",
    none: "never",
    confusion: "never",
  },
};

const client: Entity = { kind: "create", returns: "SupabaseClient#" };

export const supabase: Library = {
  name: "@supabase/supabase-js",
  current: "2.119.0",
  verified: ["2.109.0"],
  modules: [
    { specifier: "@supabase/supabase-js", default: "" },
    { specifier: "@supabase/ssr" },
    { specifier: "@supabase/auth-js", path: "auth" },
  ],
  entities: {
    createClient: client,
    createServerClient: client,
    createBrowserClient: client,
    SupabaseClient: client,
    "auth.AuthClient": { kind: "create", returns: "AuthClient#" },
    "auth.GoTrueClient": { kind: "create", returns: "AuthClient#" },
    "AuthClient#.getClaims": getClaims,
  },
  members: { "SupabaseClient#.auth": "AuthClient#" },
};
