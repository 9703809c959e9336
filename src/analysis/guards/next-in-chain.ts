import type { Core } from "../core.ts";
import {
  calleeName,
  dottedPath,
  functionName,
  isFunction,
  parentOf,
  unwrap,
  wrapped,
} from "../syntax.ts";
import type { FunctionNode, Node } from "../syntax.ts";
import { hasWithin } from "../within.ts";

/**
 * `export const chain = [openForSome, strictGuard]`, `router.get("/me", openForSome, strictGuard, show)`: is whoever a guard
 * lets pass asked by another one behind it, wherever it stands?
 */
export function isBeforeAnotherGuard(core: Core, guard: FunctionNode): boolean {
  const name = functionName(guard);
  const named = name === undefined ? [] : (core.fileOf(guard).index.names.get(name) ?? []);
  const places = [guard, ...named].map((one) => behind(one)).filter((one) => one !== undefined);
  return places.length > 0 && places.every((others) => others.some((one) => isGuard(core, one)));
}

/** What stands behind it in a list of handlers, without the one that answers; undefined where it stands in none. */
function behind(place: Node): readonly Node[] | undefined {
  const node = wrapped(place);
  const list = parentOf(node);
  switch (list?.type) {
    case "ArrayExpression":
      return othersBehind(list.elements, node);
    case "CallExpression":
      if (!list.arguments.some((one) => one === node)) return undefined;
      return /(?:^|\.)use$/u.test(calleeName(list))
        ? othersBehind(list.arguments, node)
        : othersBehind(list.arguments.slice(0, -1), node);
    default:
      return undefined;
  }
}

function othersBehind(list: readonly (Node | null)[], node: Node): Node[] {
  return list.slice(list.indexOf(node) + 1).filter((one) => one !== null);
}

const GUARD = /guard|auth(?!or(?!i))|protect|verif|jwt|log_?ged_?in|signed_?in/iu;

const ASKS_FOR = /(?:^|\.)(?:require|ensure|must|only)(?=[A-Z_]|$)/u;

function isGuardName(name: string): boolean {
  return GUARD.test(name) || ASKS_FOR.test(name);
}

/** By its name, or by what a function in sight does. */
function isGuard(core: Core, written: Node): boolean {
  const node = unwrap(written);
  if (isFunction(node)) return refuses(core, node);
  const name = node.type === "CallExpression" ? calleeName(node) : dottedPath(node)?.join(".");
  return isGuardName(name ?? "");
}

function refuses(core: Core, owner: FunctionNode): boolean {
  return hasWithin(
    core,
    owner.body,
    (one) => one.type === "CallExpression" && isGuardName(calleeName(one)),
  );
}
