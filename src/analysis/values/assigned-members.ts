import type { TSESTree } from "@typescript-eslint/utils";
import type { Core } from "../core.ts";
import { dottedPath, memberName, rootOf, wrapped } from "../syntax.ts";
import type { Node } from "../syntax.ts";
import { choice, possibilities, truthiness, unknown } from "./value.ts";
import type { Value } from "./value.ts";

/**
 * A setting that a program puts into a property of an object made out of sight, and reads there
 * again: `app.secret = "…"`, `server.app.key = "…"`. The object is one that a variable holds for the
 * whole file: what is put on a request or another parameter depends on who calls.
 */
export function assignedMember(core: Core, node: TSESTree.MemberExpression): Value | undefined {
  const name = memberName(node);
  const file = core.fileOf(node);
  const writes = name === undefined ? [] : (file.index.membersNamed.get(name) ?? []);
  const values = writes.flatMap((target) => {
    const right = assignedTo(target);
    if (right === undefined || !isSame(core, target, node)) return [];
    return possibilities(core.evaluate(right)).filter(isSetting);
  });
  // Others may put something there, too.
  return values.length === 0 ? undefined : choice(node, [...values, unknown(node, "assigned")]);
}

function assignedTo(target: TSESTree.MemberExpression): Node | undefined {
  const left = wrapped(target);
  const { parent } = left;
  const isWritten = parent?.type === "AssignmentExpression" && parent.left === left;
  return isWritten && /^(?:\|\||\?\?)?=$/u.test(parent.operator) ? parent.right : undefined;
}

function isSame(core: Core, one: Node, other: Node): boolean {
  const [path, otherPath] = [dottedPath(one), dottedPath(other)];
  if (path === undefined || path.join(".") !== otherPath?.join(".")) return false;
  const file = core.fileOf(one);
  const variable = file.variableOf(rootOf(one));
  if (variable !== file.variableOf(rootOf(other))) return false;
  if (variable === undefined || variable.defs.length === 0) return GLOBAL.test(path[0] ?? "");
  return variable.defs.every(({ node }) => HOLDS.test((node as Node).type));
}

const GLOBAL = /^(?:global(?:This)?|exports|module)$/u;

const HOLDS = /^(?:VariableDeclarator|Import\w*Specifier)$/u;

/** Claims and tokens are somebody's; what is empty is filled later. */
function isSetting(value: Value): boolean {
  if (value.type === "literal") return truthiness(value) === true;
  return /^(?:template|environment|bytes|generated|key|file|object)$/u.test(value.type);
}
