import type { Analysis } from "../analysis.ts";
import type { SourceFile } from "../files/source-file.ts";
import { initOf, isUndeclared } from "../files/variables.ts";
import { dottedPath, rootOf, unwrap, wrapped } from "../syntax.ts";
import type { CallNode, Node } from "../syntax.ts";
import { declaredTypeOfName } from "../values/declared-types.ts";

/**
 * `JSON.stringify(event.request.headers)` of SvelteKit, Next, Hono and workers is `{}`: the headers of
 * the Fetch API, and its requests, have no properties of their own. Those of Node are plain objects, and so is
 * what `Object.fromEntries(headers)` makes.
 *
 * @param headers the headers of a request, or the request itself
 * @param value what the call is given
 */
export function isEmptyAsJson(
  { file }: Analysis,
  headers: Node,
  call: CallNode,
  value: Node,
): boolean {
  if (dottedPath(call.callee)?.join(".") !== "JSON.stringify") return false;
  const written = unwrap(value);
  const given = written.type === "Identifier" ? (initOf(file, written) ?? written) : written;
  return [written, given].some((one) => standsIn(headers, one)) && isOfFetch(file, unwrap(headers));
}

/** Itself, or in an object as it is: `{ path, headers: request.headers }`. */
function standsIn(headers: Node, holder: Node): boolean {
  for (let at: Node | undefined = wrapped(headers); at !== undefined; at = at.parent) {
    if (unwrap(at) === holder) return true;
    if (!/^(?:Property|SpreadElement|ObjectExpression)$/u.test(at.parent?.type ?? "")) return false;
  }
  return false;
}

/** What servers with the Fetch API answer with. */
const RESPONSES =
  /\bnew (?:Next)?Response\(|\b(?:Next)?Response\.(?:json|redirect|next|rewrite)\(/u;

/** In SvelteKit and a worker, and in Hono. */
const REQUESTS = /^event\.request(?:\.headers)?$|\.raw(?:\.headers)?$/u;

function isOfFetch(file: SourceFile, headers: Node): boolean {
  const path = dottedPath(headers)?.join(".");
  if (path === undefined) return false;
  if (REQUESTS.test(path) || RESPONSES.test(file.code)) return true;
  const type = declaredTypeOfName(file, rootOf(headers));
  if (type?.name === "NextRequest") return true;
  // That of Express is imported.
  if (type?.name === "Request" && isUndeclared(file, type)) return true;
  // `request.headers.get("accept")`: a plain object has no such method.
  const asked = path.endsWith("headers") ? path : `${path}.headers`;
  return ["get", "has", "entries", "forEach"].some((method) =>
    file.index.called
      .get(method)
      ?.some(
        ({ callee }) =>
          callee.type === "MemberExpression" && dottedPath(callee.object)?.join(".") === asked,
      ),
  );
}
