import type { TSESTree } from "@typescript-eslint/utils";
import type { Scope } from "@typescript-eslint/utils/ts-eslint";
import type { Core } from "../core.ts";
import { ByPlace } from "../files/by-place.ts";
import type { Place } from "../files/by-place.ts";
import type { SourceFile } from "../files/source-file.ts";
import { byObject } from "../memo.ts";
import { inside } from "../files/inside.ts";
import {
  contains,
  dottedPath,
  enclosingFunction,
  parentOf,
  rootOf,
  statementsIn,
  staticKey,
  textOf,
  unwrap,
  wrapped,
} from "../syntax.ts";
import type { CallNode, Node } from "../syntax.ts";
import { choice, possibilities, truthiness, unknown } from "./value.ts";
import type { Value } from "./value.ts";

/**
 * A setting that a program puts into a property of an object made out of sight, and reads there
 * again: `app.secret = "…"`, `server.app.key = "…"`. The object is one that a variable holds for the
 * whole file: what is put on a request or another parameter depends on who calls, but for a text that the function
 * itself has just put there.
 */
export function assignedMember(core: Core, node: TSESTree.MemberExpression): Value | undefined {
  const file = core.fileOf(node);
  const settings = settingsOf(file);
  const place = settings.isEmpty() ? undefined : placeOf(file, node);
  const written = place === undefined ? [] : settings.at(place);
  const writes =
    place !== undefined && isParameter(place.holder)
      ? textsBefore(file, place, written, node)
      : written;
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
  const isHeld = holder.defs.every(({ node }) => HOLDS.test((node as Node).type));
  return isHeld || isParameter(holder) ? place : undefined;
}

function isParameter(holder: Holder): boolean {
  return holder?.defs[0]?.type === "Parameter";
}

/**
 * `server.app.key = "…"; server.auth.strategy("jwt", { key: server.app.key })`: the one write of the file to that path,
 * on every way to the read, and nobody is given the object in between, who may write there as well.
 */
function textsBefore(
  file: SourceFile,
  { holder, path }: Place<Holder>,
  writes: readonly Node[],
  read: Node,
): readonly Node[] {
  const [text] = writes;
  const assignment = text === undefined ? undefined : parentOf(text);
  const statement = assignment === undefined ? undefined : parentOf(assignment);
  const block = statement?.type === "ExpressionStatement" ? parentOf(statement) : undefined;
  if (text === undefined || statement === undefined || writes.length > 1) return [];
  if (textOf(text) === undefined || block === undefined || !contains(block, read)) return [];
  if (enclosingFunction(text) !== enclosingFunction(read)) return [];
  const [, start] = statement.range;
  const [end] = read.range;
  const [readBy] = statementOf(read).range;
  const isBetween = (node: Node): boolean => node.range[0] >= start && node.range[1] <= end;
  const isReplaced =
    // Whoever else has the object may write while this function waits.
    /\b(?:await|yield)\b/u.test(file.text.slice(start, readBy)) ||
    (holder?.references ?? []).some(({ identifier }) => {
      const node = identifier as Node;
      if (node.range[0] >= readBy)
        return isBetween(node) && inside(file.index.calls, block).some((one) => isGiven(one, node));
      return node.range[0] >= start ? !isHarmless(node, path) : isAliased(node, path);
    });
  return start > end || isReplaced ? [] : [text];
}

function statementOf(read: Node): Node {
  let at = read;
  for (let by = parentOf(at); by !== undefined && statementsIn(by) === undefined; by = parentOf(at))
    at = by;
  return at;
}

function isGiven(call: CallNode, node: Node): boolean {
  return call.arguments.some((one) => rootOf(one) === node);
}

/** `server.other = 1;`, `if (server.isReady) …`: what is asked or put beside the path leaves it as it is. */
function isHarmless(mention: Node, path: string): boolean {
  const member = memberFrom(mention);
  const by = parentOf(member);
  if (by?.type === "AssignmentExpression" && by.left === member) {
    const written = dottedPath(member)?.join(".");
    return written !== undefined && !`${path}.`.startsWith(`${written}.`);
  }
  return (
    by?.type === "IfStatement" ||
    by?.type === "LogicalExpression" ||
    (by?.type === "UnaryExpression" && by.operator !== "delete")
  );
}

/** `const { config } = app;`, `const { app } = server;`: the object goes by another name, too. */
function isAliased(mention: Node, path: string): boolean {
  const member = memberFrom(mention);
  const by = parentOf(member);
  if (by?.type !== "VariableDeclarator") return false;
  const prefix = `${dottedPath(member)?.join(".") ?? ""}.`;
  if (!path.startsWith(prefix)) return false;
  if (by.id.type !== "ObjectPattern") return true;
  const [next] = path.slice(prefix.length).split(".");
  return by.id.properties.some(
    (one) => one.type === "RestElement" || staticKey(one.key, one.computed) === next,
  );
}

/** `app.config` of `app`, as far as the names are written. */
function memberFrom(mention: Node): Node {
  let member = wrapped(mention);
  for (let by = parentOf(member); by?.type === "MemberExpression"; by = parentOf(member)) {
    if (by.object !== member) break;
    member = wrapped(by);
  }
  return member;
}

const GLOBAL = /^(?:global(?:This)?|exports|module)$/u;

const HOLDS = /^(?:VariableDeclarator|Import\w*Specifier)$/u;

/** Claims and tokens are somebody's; what is empty is filled later. */
function isSetting(value: Value): boolean {
  if (value.type === "literal") return truthiness(value) === true;
  return /^(?:template|environment|bytes|generated|key|file|object)$/u.test(value.type);
}
