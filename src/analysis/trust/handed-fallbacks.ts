import type { Core } from "../core.ts";
import { readsOf } from "../files/variables.ts";
import { conditionsAt } from "../flow/conditions.ts";
import type { Condition } from "../flow/conditions.ts";
import {
  calleeName,
  contains,
  isCompared,
  isFunction,
  parentOf,
  unwrap,
  walk,
  wrapped,
} from "../syntax.ts";
import type { FunctionNode, Node } from "../syntax.ts";
import { asksForNone, isElsewhere, productionTest, readsOfConstant } from "./environments.ts";

/**
 * Is a text handed to a helper that gives it outside of production alone? `required("JWT_KEY", "of-my-machine")` says
 * nothing of when it is used: the helper does, which throws in production where the variable is not set.
 */
export function isHandedOutsideProduction(core: Core, written: Node): boolean {
  if (isHandedSo(core, written, MAX_CALLS)) return true;
  // `const DEVELOPMENT_KEY = "…"` counts where it is read.
  const reads = readsOfConstant(core, written).filter((read) => !isCompared(read));
  return (
    reads.length > 0 &&
    reads.every((read) => isElsewhere(core, read) || isHandedSo(core, read, MAX_CALLS))
  );
}

/** How many helpers hand it on to each other. */
const MAX_CALLS = 2;

function isHandedSo(core: Core, written: Node, calls: number): boolean {
  const node = wrapped(written);
  const by = parentOf(node);
  if (by?.type === "AssignmentPattern" && by.right === node) {
    const owner = parentOf(by);
    return isFunction(owner) && isGivenOutside(core, owner, by, calls);
  }
  if (by?.type !== "CallExpression" || calls === 0) return false;
  const at = by.arguments.findIndex((one) => one === node);
  const target = at === -1 ? undefined : core.evaluate(by.callee);
  if (target?.type !== "function") return false;
  const parameter = target.node.params[at];
  return parameter !== undefined && isGivenOutside(core, target.node, parameter, calls - 1);
}

/** Is each read of the parameter, which is not one that asks for it, reached outside of production alone? */
function isGivenOutside(core: Core, owner: FunctionNode, parameter: Node, calls: number): boolean {
  const name = parameter.type === "AssignmentPattern" ? parameter.left : parameter;
  if (name.type !== "Identifier") return false;
  const reads = readsOf(core.fileOf(name), name).filter((read) => !isAsked(read));
  return (
    reads.length > 0 &&
    reads.every(
      (read) =>
        isElsewhere(core, read) ||
        isBehindMissing(core, read, owner) ||
        isHandedSo(core, read, calls),
    )
  );
}

/** `if (!fallback) …`, `fallback === undefined` */
function isAsked(read: Node): boolean {
  const node = wrapped(read);
  const by = parentOf(node);
  return (
    isCompared(read) ||
    (by?.type === "UnaryExpression" && by.operator === "!") ||
    (by?.type === "IfStatement" && by.test === node)
  );
}

/**
 * `if (isProduction && !value) throw …; return value ?? fallback;`: what stands for a missing value is reached where the
 * function has not stopped for just that.
 */
function isBehindMissing(core: Core, read: Node, owner: FunctionNode): boolean {
  const missing = missingAt(core, read, owner);
  const isOutside = conditionsAt(read, owner).some(
    ({ test, holds }) => productionTest(core, test) === !holds,
  );
  return stopsIn(core, owner).some((stop) => {
    // `if (!isProduction) return fallback; throw …`
    if (stop.range[0] > read.range[0] && !isOutside) return false;
    return conditionsAt(stop, owner).every(
      (one) => isProduction(core, one) || missing.has(missingBy(core, one) ?? ""),
    );
  });
}

/** Also one of two: `if (!fallback || isProduction) throw …` */
function isProduction(core: Core, { test, holds }: Condition): boolean {
  const asked = unwrap(test);
  if (asked.type !== "LogicalExpression") return productionTest(core, asked) === holds;
  const isEnough = asked.operator === (holds ? "||" : "&&");
  return (
    isEnough && [asked.left, asked.right].some((side) => isProduction(core, { test: side, holds }))
  );
}

/** Where a function throws, or ends the program. */
function stopsIn(core: Core, owner: FunctionNode): readonly Node[] {
  const found: Node[] = [];
  walk(owner.body, core.fileOf(owner).visitorKeys, (node) => {
    if (isFunction(node)) return false;
    const isStop =
      node.type === "ThrowStatement" ||
      (node.type === "CallExpression" && calleeName(node) === "process.exit");
    if (isStop) found.push(node);
    return true;
  });
  return found;
}

/** What is not there where the fallback is taken: `value` of `value || fallback`, and what a test on the way has said. */
function missingAt(core: Core, read: Node, owner: FunctionNode): ReadonlySet<string> {
  const found = conditionsAt(read, owner).flatMap((one) => missingBy(core, one) ?? []);
  const by = parentOf(wrapped(read));
  if (by?.type === "LogicalExpression" && by.operator !== "&&" && contains(by.right, read))
    found.push(written(core, by.left));
  return new Set(found);
}

/** `value` of `!value` and of `value === undefined` */
function missingBy(core: Core, { test: tested, holds }: Condition): string | undefined {
  const test = unwrap(tested);
  if (test.type !== "BinaryExpression") return holds ? undefined : written(core, test);
  if (!asksForNone(test) || test.operator.startsWith("!") === holds) return undefined;
  return written(core, test.left);
}

function written(core: Core, node: Node): string {
  return core.fileOf(node).text.slice(...unwrap(node).range);
}
