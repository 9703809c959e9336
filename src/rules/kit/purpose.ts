import type { Analysis } from "../../analysis/analysis.ts";
import { conditionsAt } from "../../analysis/flow/conditions.ts";
import type { Instructions } from "../../analysis/operations/declared.ts";
import type { Setting } from "../../analysis/operations/options.ts";
import {
  boundName,
  dottedPath,
  enclosingFunction,
  functionName,
  parentOf,
  staticKey,
  textOf,
  wrapped,
} from "../../analysis/syntax.ts";
import type { Node } from "../../analysis/syntax.ts";
import { possibilities } from "../../analysis/values/value.ts";
import type { Value } from "../../analysis/values/value.ts";

const REFRESH = /refresh|remember|offline/iu;

/**
 * What the program calls the token, its key, its lifetime or its function says what it is for, or what
 * it chooses the lifetime by: `isRefresh ? "60d" : "1h"`, `{ access: "1h", refresh: "60d" }[kind]`.
 *
 * @param chosen the lifetime that is asked about, of several
 * @param seconds how long that is
 */
export function isForRefresh(
  analysis: Analysis,
  { node, key, payload }: Instructions,
  { value, valueNode }: Setting,
  chosen: Value,
  seconds: number,
): boolean {
  const holder = wrapped(node).parent;
  const names: (string | undefined)[] = [holder === undefined ? undefined : boundName(holder)];
  for (let owner = enclosingFunction(node); owner !== undefined; owner = enclosingFunction(owner)) {
    names.push(functionName(owner));
  }
  const textOf = (written: Node): string => analysis.fileOf(written).text.slice(...written.range);
  for (const written of [key?.node, payload?.node, valueNode, value.node]) {
    if (written !== undefined) names.push(textOf(written));
  }
  for (const written of [chosen.node, ...addedTo(analysis, chosen.node, seconds)]) {
    names.push(keyOver(written));
    for (const { test, holds } of conditionsAt(written, enclosingFunction(written))) {
      const isNegated = test.type === "BinaryExpression" && test.operator.startsWith("!");
      if (holds !== isNegated) names.push(textOf(test));
    }
  }
  return names.some((name) => name !== undefined && REFRESH.test(name));
}

/** Where the lifetime is written in `now + LIFETIMES[kind]`. */
function addedTo(analysis: Analysis, sum: Node, seconds: number): Node[] {
  if (sum.type !== "BinaryExpression") return [];
  return [sum.left, sum.right]
    .flatMap((side) => possibilities(analysis.evaluate(side)))
    .filter(
      (one) => one.type === "literal" && /^1(?:000)?$/u.test(String(Number(one.value) / seconds)),
    )
    .map(({ node }) => node);
}

/** `refresh` of `{ refresh: 60 * 60 * 24 }`, and the constant that holds it. */
function keyOver(value: Node): string | undefined {
  for (let at = value, up = parentOf(at); up !== undefined; at = up, up = parentOf(up)) {
    if (up.type === "Property") return up.value === at ? staticKey(up.key, up.computed) : undefined;
    if (up.type === "VariableDeclarator") return dottedPath(up.id)?.at(-1);
    if (up.type !== "BinaryExpression" && !up.type.startsWith("TS")) return undefined;
  }
  return undefined;
}

/** Signing out and renewing a session take tokens that have just expired, on purpose. */
export function isRenewal(node: Node): boolean {
  for (let owner = enclosingFunction(node); owner !== undefined; owner = enclosingFunction(owner)) {
    if (
      /refresh|renew|revoke|log_?out|sign_?out|expired|blacklist|denylist/iu.test(
        functionName(owner) ?? "",
      )
    ) {
      return true;
    }
    const { parent } = owner;
    const [route] = parent.type === "CallExpression" ? parent.arguments : [];
    if (/refresh|renew|log-?out|sign-?out/iu.test(textOf(route) ?? "")) return true;
  }
  return false;
}
