import type { TSESTree } from "@typescript-eslint/utils";
import type { Core } from "../core.ts";
import { isFunction, memberName, unwrap, wrapped } from "../syntax.ts";
import { bind, readProperty } from "./bindings.ts";
import type { FlowRules, Step, Use } from "./use.ts";

/** Methods that give back what they are called on, or a part of it. */
const PART_METHODS =
  /^(?:toString|trim|split|slice|substring|toLowerCase|toUpperCase|map|filter|find|at|pop|shift|concat|replace|json|data|text|unwrap|valueOf|toJSON|flat|sort|reverse|get|join|entries)$/u;

/** Methods whose answer is about the value. */
const TEST_METHODS =
  /^(?:includes|some|every|has|startsWith|endsWith|indexOf|test|match|equals|hasOwnProperty|hasRole|is[A-Z]\w*)$/u;

/** `user.token = token; await user.save()`: what is saved is what the record holds now. */
function givesItself(core: Core, member: TSESTree.MemberExpression, { boxes }: Step): boolean {
  // What a method of the program's own gives is seen there.
  return (
    memberName(member) === "save" && boxes.length > 0 && core.evaluate(member).type !== "function"
  );
}

/** Follows a value into a member of it that is read or called: `claims.role`, `token.split(".")`. */
export function followMember(
  core: Core,
  member: TSESTree.MemberExpression,
  step: Step,
  queue: Step[],
  uses: Use[],
  rules: FlowRules,
): void {
  const name = memberName(member) ?? "*";
  const outer = wrapped(member);
  const call = outer.parent;
  if (call?.type === "CallExpression" && call.callee === outer) {
    if (rules.endsAt?.(call, step.node) === true) return;
    if (name === "then" || name === "subscribe") {
      followHandler(core, call, step, queue);
    } else if (name === "pipe") {
      for (const operator of call.arguments) {
        if (operator.type === "CallExpression") followHandler(core, operator, step, queue);
      }
      queue.push({ ...step, node: call });
    } else if (name === "catch" || name === "finally") {
      queue.push({ ...step, node: call });
    } else if (TEST_METHODS.test(name)) {
      uses.push({
        kind: "compare",
        node: step.node,
        by: call,
        path: step.path,
        boxes: step.boxes,
        calls: step.calls,
        without: step.without,
      });
    } else if (PART_METHODS.test(name) || givesItself(core, member, step)) {
      queue.push({ ...step, node: call });
    }
    return;
  }
  if (outer.parent?.type === "AssignmentExpression" && outer.parent.left === outer) return;
  const next = readProperty(step, name);
  if (next !== undefined) queue.push({ ...next, node: member });
}

/** `promise.then((value) => …)`: the handler's parameter, and what the handler makes of it. */
function followHandler(core: Core, call: TSESTree.CallExpression, step: Step, queue: Step[]): void {
  const [given] = call.arguments;
  if (given === undefined || given.type === "SpreadElement") return;
  let handler = unwrap(given);
  if (handler.type === "Identifier") {
    const named = core.evaluate(handler);
    if (named.type === "function" && core.fileOf(named.node) === core.fileOf(call))
      handler = named.node;
  }
  if (isFunction(handler)) {
    const [parameter] = handler.params;
    if (parameter !== undefined) bind(core, parameter, step, queue);
  }
}
