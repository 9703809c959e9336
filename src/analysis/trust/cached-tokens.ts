import type { Core } from "../core.ts";
import type { SourceFile } from "../files/source-file.ts";
import { named } from "../files/source-file.ts";
import { initOf } from "../files/variables.ts";
import { dottedPath, memberName, textOf, unwrap } from "../syntax.ts";
import type { CallNode, Node } from "../syntax.ts";
import { declaredType, declaredTypeOfName } from "../values/declared-types.ts";
import { must } from "../values/value.ts";

/** What holds a cache of the server, by its name or its type. No client writes there, as it does to its cookies. */
const CACHE = /cache|redis|memcached/iu;

const WRITES = /^(?:set|setex|setEx|put)$/u;

/**
 * `await this.cache.get("jwt:" + id)` after ``this.cache.set(`jwt:${user.id}`, token)``: whatever the file writes under such
 * a key of its cache it has signed itself.
 */
export function isOfOwnCache(core: Core, token: Node): boolean {
  const file = core.fileOf(token);
  const written = unwrap(token);
  const call = written.type === "Identifier" ? initOf(file, written) : written;
  if (call?.type !== "CallExpression") return false;
  const cache = cacheOf(file, call, /^get(?:Async)?$/u);
  const key = constantOf(file, call.arguments[0]);
  if (cache === undefined || key === undefined) return false;
  const writes = named(file.index.called, (name) => WRITES.test(name)).filter(
    (one) => cacheOf(file, one, WRITES) === cache && constantOf(file, one.arguments[0]) === key,
  );
  return (
    writes.length > 0 &&
    writes.every((one) =>
      one.arguments
        .slice(1)
        .some((value) => must(core.evaluate(value), (is) => is.type === "token")),
    )
  );
}

/** What the method is called on: `this.cache`. */
function cacheOf(file: SourceFile, call: CallNode, methods: RegExp): string | undefined {
  const callee = unwrap(call.callee);
  if (callee.type !== "MemberExpression" || !methods.test(memberName(callee) ?? ""))
    return undefined;
  const path = dottedPath(callee.object);
  const type = declaredType(callee.object) ?? declaredTypeOfName(file, callee.object);
  return CACHE.test(path?.at(-1) ?? "") || CACHE.test(type?.name ?? "")
    ? path?.join(".")
    : undefined;
}

/** The constant parts of a key: `jwt:` of `` `jwt:${id}` ``. */
function constantOf(file: SourceFile, written: Node | undefined): string | undefined {
  const node = written === undefined ? undefined : unwrap(written);
  const key = node?.type === "Identifier" ? (initOf(file, node) ?? node) : node;
  const text =
    key?.type === "TemplateLiteral"
      ? key.quasis.map(({ value }) => value.raw).join("\0")
      : key?.type === "BinaryExpression"
        ? `${textOf(key.left) ?? ""}\0`
        : textOf(key);
  return text?.replaceAll("\0", "") === "" ? undefined : text;
}
