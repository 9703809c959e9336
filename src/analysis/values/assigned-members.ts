import type { TSESTree } from "@typescript-eslint/utils";
import type { Scope } from "@typescript-eslint/utils/ts-eslint";
import type { Core } from "../core.ts";
import { ByPlace } from "../files/by-place.ts";
import type { Place } from "../files/by-place.ts";
import type { SourceFile } from "../files/source-file.ts";
import { byObject } from "../memo.ts";
import { dottedPath, rootOf, unwrap } from "../syntax.ts";
import type { Node } from "../syntax.ts";
import { choice, possibilities, truthiness, unknown } from "./value.ts";
import type { Value } from "./value.ts";

/**
 * A setting that a program puts into a property of an object made out of sight, and reads there
 * again: `app.secret = "…"`, `server.app.key = "…"`. The object is one that a variable holds for the
 * whole file: what is put on a request or another parameter depends on who calls.
 */
export function assignedMember(core: Core, node: TSESTree.MemberExpression): Value | undefined {
  const file = core.fileOf(node);
  const settings = settingsOf(file);
  const place = settings.isEmpty() ? undefined : placeOf(file, node);
  const writes = place === undefined ? [] : settings.at(place);
  const values = writes.flatMap((right) => possibilities(core.evaluate(right)).filter(isSetting));
  // Others may put something there, too.
  return values.length === 0 ? undefined : choice(node, [...values, unknown(node, "assigned")]);
}

/** Undefined for the objects that the platform has. */
type Holder = Scope.Variable | undefined;

/** What a file assigns to the members of such objects: each read of a member asks. */
const settingsOf = byObject((file: SourceFile): ByPlace<Holder, Node> => {
  const settings = new ByPlace<Holder, Node>();
  for (const { left, operator, right } of file.index.assignments) {
    const target = unwrap(left);
    if (target.type !== "MemberExpression" || !/^(?:\|\||\?\?)?=$/u.test(operator)) continue;
    const place = placeOf(file, target);
    if (place !== undefined) settings.add(place, right);
  }
  return settings;
});

/** @returns undefined for members of what is not one object for the whole file */
function placeOf(file: SourceFile, member: TSESTree.MemberExpression): Place<Holder> | undefined {
  const path = dottedPath(member);
  if (path === undefined) return undefined;
  const holder = file.variableOf(rootOf(member));
  const place = { holder, path: path.join(".") };
  if (holder === undefined || holder.defs.length === 0)
    return GLOBAL.test(path[0] ?? "") ? place : undefined;
  return holder.defs.every(({ node }) => HOLDS.test((node as Node).type)) ? place : undefined;
}

const GLOBAL = /^(?:global(?:This)?|exports|module)$/u;

const HOLDS = /^(?:VariableDeclarator|Import\w*Specifier)$/u;

/** Claims and tokens are somebody's; what is empty is filled later. */
function isSetting(value: Value): boolean {
  if (value.type === "literal") return truthiness(value) === true;
  return /^(?:template|environment|bytes|generated|key|file|object)$/u.test(value.type);
}
