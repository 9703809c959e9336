import type { Core } from "../core.ts";
import { named } from "../files/source-file.ts";
import { initOf } from "../files/variables.ts";
import type { Use } from "../flow/use.ts";
import type { Operation } from "../operations/operations.ts";
import { calleeName, dottedPath, rootOf, unwrap } from "../syntax.ts";
import type { CallNode } from "../syntax.ts";
import { chainOf } from "../values/call-chains.ts";
import { importSource } from "../values/whole-files.ts";
import { callBehind } from "./own-tokens.ts";

/**
 * `(await supabase.auth.getSession()).data.session.access_token` of a client that a server makes for a request:
 * `createServerClient(url, key, { cookies })` of `@supabase/ssr`, `createClient()` of `@/lib/supabase/server`. It is what
 * the cookie says, and nobody verifies it: `getSession` of @supabase/auth-js 2.109.0 reads the storage of the client, which is the
 * cookie there, and looks at `expires_at` alone. `getUser()` and `getClaims()` verify, wherever in the file.
 */
export function isSessionOfCookie(core: Core, call: CallNode): boolean {
  if (!calleeName(call).endsWith(".auth.getSession")) return false;
  const file = core.fileOf(call);
  const made = initOf(file, rootOf(call.callee));
  if (made?.type !== "CallExpression") return false;
  const maker = unwrap(made.callee);
  const source = importSource(file.variableOf(maker))?.value ?? "";
  const isOfServer = PACKAGES.test(source)
    ? FOR_SERVERS.test(dottedPath(maker)?.[0] ?? "")
    : OWN.test(source);
  return isOfServer && named(file.index.called, (name) => VERIFIES.test(name)).length === 0;
}

/**
 * `supabase.from("orders").select().eq("org_id", claims.org_id)` of the very client whose session was decoded: it sends the
 * token of that session along (`_getAccessToken` of @supabase/supabase-js 2.109.0), and the service verifies it before it
 * asks its own rules. Another client may have the key that opens everything.
 */
export function isAskedWithSession(core: Core, { token }: Operation, { kind, by }: Use): boolean {
  if (kind !== "argument" || by.type !== "CallExpression" || token === undefined) return false;
  const session = callBehind(core, token.node);
  if (session === undefined || !calleeName(session).endsWith(".auth.getSession")) return false;
  const [first = by] = chainOf(by);
  const file = core.fileOf(by);
  const client = file.variableOf(rootOf(session.callee));
  return (
    client !== undefined &&
    client === file.variableOf(rootOf(first.callee)) &&
    /^[^.]+\.(?:from|rpc|schema)$/u.test(calleeName(first))
  );
}

const PACKAGES = /^@supabase\/(?:ssr|auth-helpers-\w+)$/u;

const FOR_SERVERS = /^create(?:Server|RouteHandler|Middleware)/u;

/** Where programs keep what makes such a client, as the documentation has it: `utils/supabase/server.ts` */
const OWN = /supabase[-_/.]?server(?:\.[jt]s)?$/u;

const VERIFIES = /^get(?:User|Claims)$/u;
