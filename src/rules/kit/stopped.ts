import type { Analysis } from "../../analysis/analysis.ts";
import { isLiteral } from "../../analysis/syntax.ts";
import type { Node } from "../../analysis/syntax.ts";
import { isOutsideProduction } from "../../analysis/trust/environments.ts";
import { isHandedOutsideProduction } from "../../analysis/trust/handed-fallbacks.ts";
import { isRequiredVariable } from "../../analysis/trust/guards.ts";
import { isLeftUnset } from "../../analysis/trust/left-unset.ts";
import { isInDefaults } from "../../analysis/values/config-files.ts";
import { isPreset } from "../../analysis/values/setting-schemas.ts";
import { variableNamed } from "../../analysis/values/value.ts";
import type { Value } from "../../analysis/values/value.ts";
import { fallbackOf } from "./key-edits.ts";
import type { Fallback } from "./key-edits.ts";
import type { KeyUse } from "./key-uses.ts";
import { listed } from "./mention.ts";

/** Is it a text that something else is put together with, or the default in a schema of settings? */
export function isApart(written: Node): boolean {
  const isJoined = /^(?:BinaryExpression|TemplateLiteral)$/u.test(written.type);
  return (isJoined && !isLiteral(written)) || isPreset(written);
}

/** `let key = process.env.KEY; if (!key) key = "key";`, `"prefix" + (process.env.KEY || "key")` */
export function laterFallback(
  { core }: Analysis,
  use: KeyUse,
  written: Node,
): Fallback | undefined {
  const isLater =
    isApart(written) ||
    isInDefaults(core, written) ||
    written.parent?.type === "AssignmentExpression";
  if (use.value.type !== "choice" || !isLater) return undefined;
  const names = use.value.options
    .flatMap((one) => (one.type === "template" ? one.parts : [one]))
    .flatMap((one) => variableNamed(one) ?? []);
  const [variable] = names;
  return variable === undefined
    ? undefined
    : { without: undefined, isNamed: true, name: listed(names), variable };
}

/**
 * Is the key one that never runs in production? The program stops before it uses the fallback, or
 * takes it for its tests alone.
 */
export function isStopped(analysis: Analysis, use: KeyUse, value: Value): boolean {
  const { core } = analysis;
  if (isOutsideProduction(core, value.node) || isHandedOutsideProduction(core, value.node))
    return true;
  const fallback = fallbackOf(analysis, value.node) ?? laterFallback(analysis, use, value.node);
  // A ring of keys holds them all.
  const others = use.value.type === "choice" ? use.materials : [];
  const names = others
    .flatMap(({ value: other }) => (other.type === "template" ? other.parts : [other]))
    .flatMap((one) => variableNamed(one) ?? []);
  if (fallback?.variable !== undefined) names.push(fallback.variable);
  return (
    names.length > 0 &&
    (isRequiredVariable(core, names, value, value.node) ||
      [value.node, use.node].some((place) => isLeftUnset(core, names, place)))
  );
}
