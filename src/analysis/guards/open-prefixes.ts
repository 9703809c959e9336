import type { TSESTree } from "@typescript-eslint/utils";
import type { Core } from "../core.ts";
import { initOf } from "../files/variables.ts";
import type { Operation } from "../operations/operations.ts";
import {
  calleeName,
  dottedPath,
  enclosingFunction,
  isFunction,
  memberName,
  parentOf,
  statementsIn,
  textOf,
  unwrap,
} from "../syntax.ts";
import type { Node } from "../syntax.ts";
import { callSites } from "../values/call-sites.ts";
import { returnArguments } from "../values/classes.ts";
import { possibilities, stringOf } from "../values/value.ts";
import { isBeforeAnotherGuard } from "./next-in-chain.ts";

/**
 * `if (open.some((prefix) => pathname.startsWith(prefix))) return next();` in front of a verification, with `"/"`
 * on the list: every path begins with it, and nothing is verified.
 *
 * @returns the texts on the lists
 */
export function openPrefixes(core: Core, { node }: Operation): Node[] {
  return passesBefore(core, node).flatMap(({ test }) => prefixesIn(core, test));
}

/**
 * The branches in front of a verification, or of a call of the function that verifies, which only let a request pass.
 *
 * @param isPass whether a branch does no more than that
 */
export function passesBefore(
  core: Core,
  verification: Node,
  isPass = letsPass,
): TSESTree.IfStatement[] {
  return verifyingPlaces(core, verification, MAX_CALLERS)
    .flatMap((one) => before(one, isPass))
    .filter((branch) => {
      const guard = enclosingFunction(branch);
      return guard === undefined || !isBeforeAnotherGuard(core, guard);
    });
}

/** How many functions are between a guard and the verification. */
const MAX_CALLERS = 3;

/** A verification, and the calls of the function that it stands in, also where that makes a promise of it. */
function verifyingPlaces(core: Core, place: Node, hops: number): Node[] {
  const owner = enclosingFunction(place);
  const by = owner === undefined ? undefined : parentOf(owner);
  const isMade = by?.type === "NewExpression" && calleeName(by) === "Promise";
  const callers =
    owner === undefined || hops === 0 ? [] : isMade ? [by] : callSites(core, owner).calls;
  return [
    ...(core.fileOf(place) === core.file ? [place] : []),
    ...callers.flatMap((one) => verifyingPlaces(core, one, isMade ? hops : hops - 1)),
  ];
}

function before(call: Node, isPass: (branch: Node) => boolean): TSESTree.IfStatement[] {
  const found: TSESTree.IfStatement[] = [];
  for (let from = call, at = parentOf(from); at !== undefined; from = at, at = parentOf(at)) {
    if (isFunction(at)) break;
    const statements = statementsIn(at) ?? [];
    for (const one of statements.slice(0, Math.max(statements.indexOf(from), 0)))
      if (one.type === "IfStatement" && isPass(one.consequent)) found.push(one);
  }
  return found;
}

/** `return NextResponse.next();`, `return next();`, `return true;` and nothing beside it. */
function letsPass(branch: Node): boolean {
  const [first, ...more] = statementsIn(branch) ?? [branch];
  const given = first?.type === "ReturnStatement" && more.length === 0 ? first.argument : undefined;
  if (given == null) return false;
  const answer = unwrap(given);
  // `next("route")` of Express leaves the route with all its handlers.
  return answer.type === "CallExpression"
    ? /(?:^|\.)next$/u.test(calleeName(answer)) &&
        !/^(?:route|router)$/u.test(textOf(answer.arguments[0]) ?? "")
    : answer.type === "Literal" && answer.value === true;
}

function prefixesIn(core: Core, written: Node): Node[] {
  const test = unwrap(written);
  if (test.type === "LogicalExpression" && test.operator === "||")
    return [...prefixesIn(core, test.left), ...prefixesIn(core, test.right)];
  if (test.type === "Identifier") {
    const init = initOf(core.fileOf(test), test);
    return init?.type === "CallExpression" ? prefixesIn(core, init) : [];
  }
  if (test.type !== "CallExpression") return [];
  const callee = unwrap(test.callee);
  const [asked] = test.arguments;
  if (callee.type !== "MemberExpression" || memberName(callee) !== "some") return [];
  if (asked === undefined || !isFunction(asked)) return [];
  const [prefix] = asked.params;
  const [answer, ...others] = returnArguments(core, asked);
  if (prefix?.type !== "Identifier" || answer === undefined || others.length > 0) return [];
  return beginsWith(answer, prefix.name) ? rootsIn(core, callee.object) : [];
}

/** `path === prefix || path.startsWith(prefix)` */
function beginsWith(written: Node, prefix: string): boolean {
  const node = unwrap(written);
  if (node.type === "LogicalExpression")
    return (
      node.operator === "||" && (beginsWith(node.left, prefix) || beginsWith(node.right, prefix))
    );
  if (node.type !== "CallExpression") return false;
  const callee = unwrap(node.callee);
  const [begin] = node.arguments;
  return (
    callee.type === "MemberExpression" &&
    memberName(callee) === "startsWith" &&
    PATH.test(dottedPath(callee.object)?.at(-1) ?? "") &&
    begin?.type === "Identifier" &&
    begin.name === prefix
  );
}

/** What begins with a slash wherever a request goes. */
const PATH = /^(?:path|url|originalUrl|(?:request|current|req|url)?_?path_?(?:name)?)$/iu;

/** `"/"` on a list that the file writes. */
function rootsIn(core: Core, list: Node): Node[] {
  return possibilities(core.evaluate(list)).flatMap((one) =>
    one.type === "array"
      ? one.elements.flatMap((element) =>
          stringOf(element) === "/" && core.fileOf(element.node) === core.file
            ? [element.node]
            : [],
        )
      : [],
  );
}
