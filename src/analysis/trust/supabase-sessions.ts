import type { Core } from "../core.ts";
import { named } from "../files/source-file.ts";
import { initOf } from "../files/variables.ts";
import { calleeName, dottedPath, rootOf, unwrap } from "../syntax.ts";
import type { CallNode } from "../syntax.ts";
import { importSource } from "../values/whole-files.ts";

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

const PACKAGES = /^@supabase\/(?:ssr|auth-helpers-\w+)$/u;

const FOR_SERVERS = /^create(?:Server|RouteHandler|Middleware)/u;

/** Where programs keep what makes such a client, as the documentation has it: `utils/supabase/server.ts` */
const OWN = /supabase[-_/.]?server(?:\.[jt]s)?$/u;

const VERIFIES = /^get(?:User|Claims)$/u;
