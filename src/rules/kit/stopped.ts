import type { Analysis } from "../../analysis/analysis.ts";
import type { Core } from "../../analysis/core.ts";
import {
  contains,
  enclosingFunction,
  memberName,
  parentOf,
  unwrap,
} from "../../analysis/syntax.ts";
import type { Node } from "../../analysis/syntax.ts";
import { isRequiredVariable, stops } from "../../analysis/trust/guards.ts";
import { must, possibilities, stringOf } from "../../analysis/values/value.ts";
import type { Value } from "../../analysis/values/value.ts";
import { fallbackOf } from "./key-edits.ts";
import type { Fallback } from "./key-edits.ts";
import type { KeyUse } from "./key-uses.ts";
import { listed } from "./mention.ts";

/** `let key = process.env.KEY; if (!key) key = "key";` */
export function laterFallback(use: KeyUse, written: Node): Fallback | undefined {
  const holder = written.parent?.type;
  if (use.value.type !== "choice" || holder !== "AssignmentExpression") return undefined;
  const names = use.value.options.flatMap((one) =>
    one.type === "environment" && one.name !== undefined ? [one.name] : [],
  );
  const [variable] = names;
  return variable === undefined ? undefined : { without: undefined, name: listed(names), variable };
}

/**
 * Is the key one that never runs in production? The program stops before it uses the fallback, or
 * takes it for its tests alone.
 */
export function isStopped(analysis: Analysis, use: KeyUse, value: Value): boolean {
  const { core } = analysis;
  if (isForTests(core, value.node) || isBehindStop(core, value.node)) return true;
  const fallback = fallbackOf(analysis, value.node) ?? laterFallback(use, value.node);
  // A ring of keys holds them all.
  const others = use.value.type === "choice" ? use.materials : [];
  const names = others.flatMap(({ value: other }) =>
    other.type === "environment" && other.name !== undefined ? [other.name] : [],
  );
  if (fallback?.variable !== undefined) names.push(fallback.variable);
  return names.some((name) => isRequiredVariable(core, name, value));
}

/** `NODE_ENV === "test" ? "key" : process.env.KEY`, in whatever way it is asked. */
function isForTests(core: Core, written: Node): boolean {
  for (let from = written, at = parentOf(written); at !== undefined; from = at, at = parentOf(at)) {
    if (at.type !== "ConditionalExpression" && at.type !== "IfStatement") continue;
    if (at.test === from) continue;
    const isOn = asksForTests(core, at.test);
    if (isOn !== undefined && isOn === (at.consequent === from)) return true;
  }
  return false;
}

/** Does the test hold in test runs alone (true), or everywhere else (false)? */
function asksForTests(core: Core, written: Node): boolean | undefined {
  const test = unwrap(written);
  if (test.type === "BinaryExpression" && /^[!=]==?$/u.test(test.operator)) {
    const sides = [test.left, test.right];
    const isAsked =
      sides.some((side) => isEnvironmentName(core, side)) &&
      sides.some((side) => isTestName(core.evaluate(side)));
    return isAsked ? !test.operator.startsWith("!") : undefined;
  }
  if (test.type !== "CallExpression") return undefined;
  const callee = unwrap(test.callee);
  const [asked] = test.arguments;
  if (callee.type !== "MemberExpression" || memberName(callee) !== "includes") return undefined;
  const list = core.evaluate(callee.object);
  const isListed = list.type === "array" && !list.open && list.elements.every(isTestName);
  return isListed && asked !== undefined && isEnvironmentName(core, asked) ? true : undefined;
}

function isTestName(value: Value): boolean {
  return /^(?:test|testing|ci)$/u.test(stringOf(value) ?? "");
}

/** `process.env.NODE_ENV`, and `Env.NODE_ENV` of an object out of sight. */
function isEnvironmentName(core: Core, node: Node): boolean {
  const inner = unwrap(node);
  const value = core.evaluate(inner);
  if (must(value, (one) => one.type === "environment" && ENVIRONMENT.test(one.name ?? ""))) {
    return true;
  }
  return (
    value.type === "unknown" &&
    inner.type === "MemberExpression" &&
    ENVIRONMENT.test(memberName(inner) ?? "")
  );
}

const ENVIRONMENT = /^(?:NODE|APP|VERCEL)?_?ENV(?:IRONMENT)?$/u;

/** `if (process.env.NODE_ENV === "production") throw …` stands before it in its function. */
function isBehindStop(core: Core, written: Node): boolean {
  const owner = enclosingFunction(written);
  if (owner?.body.type !== "BlockStatement") return false;
  return owner.body.body.some(
    (statement) =>
      statement.type === "IfStatement" &&
      statement.range[1] <= written.range[0] &&
      !contains(statement, written) &&
      isProduction(core, statement.test) &&
      stops(core, statement.consequent),
  );
}

function isProduction(core: Core, written: Node): boolean {
  const test = unwrap(written);
  if (test.type !== "BinaryExpression" || !/^===?$/u.test(test.operator)) return false;
  const sides = [test.left, test.right];
  return (
    sides.some((side) => isEnvironmentName(core, side)) &&
    sides.some((side) =>
      possibilities(core.evaluate(side)).some((one) => stringOf(one) === "production"),
    )
  );
}
