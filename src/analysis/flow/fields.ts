import type { TSESTree } from "@typescript-eslint/utils";
import type { Scope } from "@typescript-eslint/utils/ts-eslint";
import type { Core } from "../core.ts";
import { inside } from "../files/inside.ts";
import type { SourceFile } from "../files/source-file.ts";
import { dottedPath, enclosingFunction, isWritten, memberName, rootOf, unwrap } from "../syntax.ts";
import type { CallNode, Node } from "../syntax.ts";
import { blockOf, readersOf } from "./bindings.ts";
import { isChosenInLoop } from "./conditions.ts";
import type { FlowRules, Step } from "./use.ts";

/** Where is read what is written to a property? */

/** `this.claims = decoded`, read elsewhere in the class as `this.claims`; `this.api.token` likewise. */
export function followField(
  core: Core,
  target: TSESTree.MemberExpression,
  step: Step,
  queue: Step[],
  rules: FlowRules,
): void {
  if (rootOf(target).type !== "ThisExpression") {
    followObject(core, target, step, queue, rules);
    return;
  }
  const name = memberName(target);
  const path = dottedPath(target)?.join(".");
  let owner: Node | null | undefined = target.parent;
  while (owner != null && owner.type !== "ClassBody") owner = owner.parent;
  if (name === undefined || path === undefined || owner == null) return;
  for (const member of inside(core.fileOf(target).index.membersNamed.get(name) ?? [], owner)) {
    if (member === target || dottedPath(member)?.join(".") !== path) continue;
    if (!isWritten(member)) queue.push({ ...step, node: member });
  }
  const holder = unwrap(target.object);
  if (holder.type !== "MemberExpression") return;
  // `this.user.token = token; save(this.user)`
  for (const member of readBehind(core, target, holder)) {
    queue.push({ ...step, node: member, boxes: [...step.boxes, name] });
  }
}

/** The reads of a member further down in the same function. */
function readBehind(core: Core, written: Node, member: TSESTree.MemberExpression): Node[] {
  const path = dottedPath(member)?.join(".");
  const owner = enclosingFunction(written);
  if (path === undefined || owner === undefined) return [];
  const { index } = core.fileOf(written);
  const behind = { range: [written.range[1], owner.range[1]] as const };
  return inside(index.membersNamed.get(memberName(member) ?? "") ?? [], behind).filter(
    (one) => !isWritten(one) && dottedPath(one)?.join(".") === path,
  );
}

/** `Object.assign(session, { token })`: the first of them holds the others' properties now. */
export function followAssigned(
  core: Core,
  call: CallNode,
  step: Step,
  queue: Step[],
  rules: FlowRules,
): void {
  const [first] = call.arguments;
  if (first === undefined || first === step.node) return;
  // Of a whole that is poured into another nobody knows which properties are its own.
  if (step.boxes.length === 0 && rules.fillsParameters !== true) return;
  const holder = unwrap(first);
  const root = rootOf(holder);
  if (root.type === "Identifier")
    fill(core, { holder, root, boxes: step.boxes }, step, queue, rules);
}

/** `req.session.token = token`, read again further down in the same function. */
function followPath(
  core: Core,
  target: TSESTree.MemberExpression,
  variable: Scope.Variable,
  step: Step,
  queue: Step[],
): void {
  const file = core.fileOf(target);
  for (const member of readBehind(core, target, target)) {
    if (file.variableOf(rootOf(member)) === variable) queue.push({ ...step, node: member });
  }
}

/** `result.claims = decoded`, `result[name] = value` of a local object: it is in a box now. */
function followObject(
  core: Core,
  target: TSESTree.MemberExpression,
  step: Step,
  queue: Step[],
  rules: FlowRules,
): void {
  const name = memberName(target) ?? "*";
  const root = rootOf(target);
  if (root.type !== "Identifier") return;
  // Which of them are copied is chosen.
  if (name === "*" && isChosenInLoop(target)) return;
  const variable = core.fileOf(target).variableOf(root);
  if (variable === undefined) return;
  if (target.object !== root || !isOwn(variable)) followPath(core, target, variable, step, queue);
  const holder = unwrap(target.object);
  fill(core, { holder, root, boxes: [...step.boxes, name] }, step, queue, rules);
}

/** An object that is given something in a property of it. */
interface Filled {
  readonly holder: Node;
  readonly root: TSESTree.Identifier;
  readonly boxes: readonly string[];
}

/** Reads of the variable from here on hold it, until the property is gone. */
function fill(
  core: Core,
  { holder, root, boxes }: Filled,
  step: Step,
  queue: Step[],
  { fillsParameters = false }: FlowRules,
): void {
  const file = core.fileOf(root);
  const variable = file.variableOf(root);
  if (variable === undefined) return;
  if (!isOwn(variable) && !(fillsParameters && variable.defs[0]?.type === "Parameter")) return;
  const around = boxesAround(holder);
  if (around === undefined) return;
  const gone = [...around, boxes.at(-1) ?? "*"];
  for (const reader of readersOf(variable, root)) {
    if (reader === root || isTakenAway(file, variable, gone, root, reader)) continue;
    queue.push({ ...step, node: reader, boxes: [...boxes, ...around] });
  }
}

function isOwn({ defs: [definition] }: Scope.Variable): boolean {
  return (definition?.node as Node | undefined)?.type === "VariableDeclarator";
}

/** `user` of `session.user.token`; deeper than that nobody prints (`MAX_DEPTH` of the uses). */
export function boxesAround(holder: Node): string[] | undefined {
  if (holder.type === "Identifier") return [];
  if (holder.type !== "MemberExpression" || holder.object.type !== "Identifier") return undefined;
  const name = memberName(holder);
  return name === undefined ? undefined : [name];
}

/** `user.token = undefined`, on the way from where it was written to a read. */
export function isTakenAway(
  file: SourceFile,
  variable: Scope.Variable,
  path: readonly string[],
  written: Node,
  read: Node,
): boolean {
  return (file.index.membersNamed.get(path.at(-1) ?? "") ?? []).some(
    (member) =>
      isWritten(member) &&
      member.range[0] > written.range[1] &&
      member.range[1] < read.range[0] &&
      blockOf(member) === blockOf(written) &&
      dottedPath(member)?.slice(1).join(".") === path.join(".") &&
      file.variableOf(rootOf(member)) === variable,
  );
}
