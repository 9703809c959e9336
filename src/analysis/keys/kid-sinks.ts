import type { Core } from "../core.ts";
import { callsGiven } from "../operations/candidates.ts";
import { dottedPath, memberName, unwrap } from "../syntax.ts";
import type { CallNode, Node } from "../syntax.ts";
import { may, possibilities } from "../values/value.ts";
import type { ClaimsValue, Value } from "../values/value.ts";

/**
 * Where does the `kid` of an unverified token become part of a language: a path, a query, a shell
 * command? Handed over as a parameter or looked up among keys it is only compared.
 */
export interface KidSink {
  readonly kind: "kidInPath" | "kidInQuery" | "kidInCommand";
  readonly call: CallNode;
  readonly claims: ClaimsValue;
}

const QUERIES =
  /^(?:query|execute|exec|raw|run|get|all|each|prepare|\$queryRawUnsafe|\$executeRawUnsafe|unsafe|any|one|oneOrNone|none|many)$/u;

/** Where files are read and commands run. */
const OUTSIDE = /^(?:fs|fs-extra|fs\/promises|child_process|Deno|Bun)$/u;

const SQL = /\b(?:select\b.+\bfrom|insert\s+into|update\b.+\bset|delete\s+from|where)\b/iu;

export function kidSinks(core: Core): KidSink[] {
  const given = callsGiven(core, core.file, /kid$/iu);
  return core.file.index.calls.flatMap((call) => {
    const [argument] = call.arguments;
    if (argument === undefined || argument.type === "SpreadElement") return [];
    if (!given.has(call) || !mayBeSink(core, call)) return [];
    const claims = kidIn(core.evaluate(argument));
    if (claims === undefined) return [];
    const kind = kindOf(core, call, core.evaluate(argument));
    return kind === undefined ? [] : [{ kind, call, claims }];
  });
}

/** Told from the callee, before the argument is evaluated: the platform, or a method of a database. */
function mayBeSink(core: Core, { callee: written }: CallNode): boolean {
  const callee = unwrap(written);
  if (callee.type === "MemberExpression" && QUERIES.test(memberName(callee) ?? "")) return true;
  return may(core.evaluate(callee), (one) => {
    if (one.type === "module") return OUTSIDE.test(one.specifier);
    return one.type === "global" && OUTSIDE.test(one.path[0] ?? "");
  });
}

function kindOf(core: Core, call: CallNode, argument: Value): KidSink["kind"] | undefined {
  const callee = unwrap(call.callee);
  const target = core.evaluate(callee);
  if (may(core.evaluate(call), (value) => value.type === "file" && value.node === call))
    return "kidInPath";
  if (target.type === "module" && target.specifier === "child_process") {
    const isShell = /^exec(?:Sync)?$/u.test(target.path.at(-1) ?? "");
    return isShell ? "kidInCommand" : undefined;
  }
  if (callee.type !== "MemberExpression" || !QUERIES.test(memberName(callee) ?? ""))
    return undefined;
  return possibilities(argument).some(
    (one) => one.type === "template" && SQL.test(written(one.parts)),
  )
    ? "kidInQuery"
    : undefined;
}

function written(parts: readonly Value[]): string {
  return parts.map((part) => (part.type === "literal" ? String(part.value) : "?")).join("");
}

/** How deep texts are put into texts. */
const MAX_NESTING = 6;

/** The `kid` as it is; what a function has made of it may be harmless. */
function kidIn(value: Value, depth = 0): ClaimsValue | undefined {
  if (depth > MAX_NESTING) return undefined;
  switch (value.type) {
    case "claims":
      return !value.verified && value.path.at(-1) === "kid" && !isMadeOver(value.node)
        ? value
        : undefined;
    case "choice":
      return firstKid(value.options, depth);
    case "template":
      return firstKid(value.parts, depth);
    default:
      return undefined;
  }
}

/** `kid.replace(/\W/g, "")`, `encodeURIComponent(kid)`, `kid.split("/").pop()`: what is left may lead nowhere else. */
function isMadeOver(node: Node): boolean {
  let at = unwrap(node);
  while (at.type === "CallExpression") {
    const callee = unwrap(at.callee);
    if (MAKES_OVER.test(dottedPath(callee)?.at(-1) ?? methodOf(callee) ?? "")) return true;
    if (callee.type !== "MemberExpression") return false;
    at = unwrap(callee.object);
  }
  return false;
}

function methodOf(callee: Node): string | undefined {
  return callee.type === "MemberExpression" ? memberName(callee) : undefined;
}

const MAKES_OVER =
  /^(?:replace|replaceAll|split|slice|substring|substr|pop|at|encodeURIComponent)$/u;

function firstKid(values: readonly Value[], depth: number): ClaimsValue | undefined {
  return values.flatMap((one) => kidIn(one, depth + 1) ?? [])[0];
}
