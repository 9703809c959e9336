import type { TSESTree } from "@typescript-eslint/utils";
import type { Core } from "../core.ts";
import { passes } from "../answers/function-roles.ts";
import { initOf } from "../files/variables.ts";
import { conditionsAt } from "../flow/conditions.ts";
import { claimsAsked } from "../guards/asked-behind.ts";
import { verifies } from "../guards/late-guards.ts";
import type { Operation } from "../operations/operations.ts";
import { calleeName, contains, isFunction, parentOf, unwrap, wrapped } from "../syntax.ts";
import type { CallNode, Node } from "../syntax.ts";
import { doesNothing } from "./nothing-asked.ts";

/** A choice between a guard and what lets everybody pass. */
export interface GuardChoice {
  readonly test: Node;
  /** The guard. */
  readonly on: Node;
  /** Is it in force where the test holds? */
  readonly isOnWhere: boolean;
  /** What the choice is kept as. */
  readonly name: string | undefined;
}

/**
 * `isProduction ? guard : passAll`, `...(isProduction ? [guard] : [])`, and
 * `let guard = passAll; if (isProduction) guard = expressjwt(options);`: which choices of a file are between a guard and what
 * lets everybody pass?
 */
export function guardChoices(core: Core, verifications: readonly Operation[]): GuardChoice[] {
  if (verifications.length === 0) return [];
  const { functions, calls } = core.file.index;
  const given = calls.filter((one) => registers(one)).flatMap((one) => one.arguments);
  const choices = new Set<Node>();
  for (const one of [...functions.map((owner) => parentOf(wrapped(owner))), ...given]) {
    const choice = one === undefined ? undefined : choiceIn(core, one);
    if (choice !== undefined) choices.add(choice);
  }
  const found = [...choices].flatMap((choice): GuardChoice[] => {
    if (choice.type !== "ConditionalExpression") return [];
    const { test, consequent, alternate } = choice;
    const isOnWhere = passesAll(core, alternate);
    if (!isOnWhere && !passesAll(core, consequent)) return [];
    const on = isOnWhere ? consequent : alternate;
    const holder = parentOf(wrapped(choice));
    const id = holder?.type === "VariableDeclarator" ? holder.id : undefined;
    const name = id?.type === "Identifier" ? id.name : undefined;
    return isVerifying(core, on, verifications) ? [{ test, on, isOnWhere, name }] : [];
  });
  return [...found, ...putInPlace(core, verifications)];
}

/** The one assignment that puts a guard in the place of what a variable is declared with. */
function putInPlace(core: Core, verifications: readonly Operation[]): GuardChoice[] {
  return core.file.index.assignments.flatMap((write): GuardChoice[] => {
    const { left, right, operator } = write;
    if (left.type !== "Identifier" || operator !== "=") return [];
    const branch = branchAround(write);
    if (branch === undefined || !isVerifying(core, right, verifications)) return [];
    const init = initOf(core.file, left);
    const writes = core.file.variableOf(left)?.references.filter((one) => one.isWrite()) ?? [];
    if (writes.length !== 2 || init === undefined || !passesAll(core, init)) return [];
    const isOnWhere = contains(branch.consequent, write);
    return [{ test: branch.test, on: right, isOnWhere, name: left.name }];
  });
}

function branchAround(write: Node): TSESTree.IfStatement | undefined {
  let at = parentOf(write);
  while (at !== undefined && at.type !== "IfStatement" && !isFunction(at)) at = parentOf(at);
  return at?.type === "IfStatement" ? at : undefined;
}

/** Is it a call by which an application is given its parts? */
export function registers(call: CallNode): boolean {
  const callee = unwrap(call.callee);
  return (
    callee.type === "MemberExpression" &&
    /\.(?:get|post|put|patch|delete|all|use|route|register|addHook|mount|listen)$/u.test(
      calleeName(call),
    )
  );
}

function choiceIn(core: Core, written: Node): Node | undefined {
  const node = unwrap(written.type === "SpreadElement" ? written.argument : written);
  if (node.type === "ConditionalExpression") return node;
  return node.type === "Identifier" ? initOf(core.file, node) : undefined;
}

export function isVerifying(
  core: Core,
  written: Node,
  verifications: readonly Operation[],
): boolean {
  const node = unwrap(written);
  if (node.type === "ArrayExpression")
    return node.elements.some((one) => one !== null && isVerifying(core, one, verifications));
  const init = node.type === "Identifier" ? initOf(core.file, node) : undefined;
  return verifies(core, init ?? node, verifications);
}

/** `[]`, `(req, res, next) => next()` */
export function passesAll(core: Core, written: Node): boolean {
  const node = unwrap(written);
  if (node.type === "ArrayExpression") return node.elements.length === 0;
  const value = isFunction(node) ? undefined : core.evaluate(node);
  const target = isFunction(node) ? node : value?.type === "function" ? value.node : undefined;
  if (target === undefined) return false;
  return passes(core, target).length > 0 && doesNothing(core, target.body, target);
}

/** Does the file ask who somebody is, and not only where the same switch has what asks run? */
export function asksAnyway(core: Core, test: Node): boolean {
  const switches = new Set(namesIn(core, test));
  return claimsAsked(core.file).some(
    (node) =>
      !conditionsAt(node).some(({ test: other }) =>
        namesIn(core, other).some((name) => switches.has(name)),
      ),
  );
}

function namesIn(core: Core, test: Node): readonly string[] {
  const names =
    core
      .fileOf(test)
      .text.slice(...test.range)
      .match(/[\w$]{3,}/gu) ?? [];
  return names.filter((name) => !/^(?:process|env|true|false|null|req|res)$/u.test(name));
}
