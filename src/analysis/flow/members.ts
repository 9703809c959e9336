import type { TSESTree } from "@typescript-eslint/utils";
import type { Core } from "../core.ts";
import { isFunction, memberName, parentOf, textOf, unwrap, wrapped } from "../syntax.ts";
import type { Node } from "../syntax.ts";
import { possibilities, stringOf } from "../values/value.ts";
import { bind, readProperty } from "./bindings.ts";
import type { FlowRules, Step, Use } from "./use.ts";

/** Methods that give back what they are called on, or a part of it. */
const PART_METHODS =
  /^(?:toString|trim|split|slice|substring|toLowerCase|toUpperCase|map|filter|concat|replace|json|data|text|unwrap|valueOf|toJSON|flat|sort|reverse|join|entries)$/u;

/** Methods that give an element of a list. */
const ELEMENT_METHODS = /^(?:find|findLast|at|pop|shift|get)$/u;

/** Does a method hand each element of a list to a function? A promise and a stream have a `map`, too. */
function isForEach(name: string, { boxes }: Step): boolean {
  return name === "forEach" || (/^(?:map|flatMap)$/u.test(name) && boxes.at(-1) === "*");
}

/** `headers.get("content-type")`: what was put in stands under another name. */
function asksForAnother(
  { arguments: [first] }: TSESTree.CallExpression,
  method: string,
  { boxes }: Step,
): boolean {
  const box = boxes.at(-1) ?? "";
  const asked = method === "get" ? textOf(first) : undefined;
  return asked !== undefined && /^[\w-]+$/u.test(box) && asked.toLowerCase() !== box.toLowerCase();
}

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

/** What a computed member is called: `"*"` for each of them in turn, `"?"` for one that nobody knows. */
function computedName(core: Core, { computed, property }: TSESTree.MemberExpression): string {
  if (!computed) return "?";
  if (isEachKey(core, property)) return "*";
  const names = possibilities(core.evaluate(property)).map((one) => stringOf(one));
  const [name = "?"] = names;
  return names.every((one) => one?.toLowerCase() === name.toLowerCase()) ? name : "?";
}

/** `Object.keys(all).forEach((key) => all[key])`, `for (const key in all) all[key]` */
function isEachKey(core: Core, key: Node): boolean {
  const [definition] = core.fileOf(key).variableOf(key)?.defs ?? [];
  const holder = definition?.node as Node | undefined;
  if (holder?.type === "VariableDeclarator") {
    const loop = parentOf(holder.parent);
    return (
      loop?.type === "ForInStatement" ||
      (loop?.type === "ForOfStatement" && !isListed(core, loop.right))
    );
  }
  const call =
    isFunction(holder) && holder.params[0] === definition?.name ? parentOf(holder) : undefined;
  const callee = call?.type === "CallExpression" ? unwrap(call.callee) : undefined;
  return (
    callee?.type === "MemberExpression" &&
    /^(?:forEach|map|reduce)$/u.test(memberName(callee) ?? "") &&
    !isListed(core, callee.object)
  );
}

/** `["accept", "host"]`: names that the program chooses. */
function isListed(core: Core, names: Node): boolean {
  return core.evaluate(names).type === "array";
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
  const name = memberName(member) ?? computedName(core, member);
  const outer = wrapped(member);
  const call = outer.parent;
  if (call?.type === "CallExpression" && call.callee === outer) {
    if (step.boxes.at(-1) === "*" && ELEMENT_METHODS.test(name)) {
      queue.push({ ...step, boxes: step.boxes.slice(0, -1), node: call });
      return;
    }
    if (rules.endsAt?.(call, step.node) === true || asksForAnother(call, name, step)) return;
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
        form: step.form,
      });
    } else if (isForEach(name, step) && isFunction(call.arguments[0])) {
      // What becomes of each element is said by the function; what it gives, the call gives.
      const [parameter] = call.arguments[0].params;
      const element = readProperty(step, "*");
      if (parameter !== undefined && element !== undefined) bind(core, parameter, element, queue);
    } else if (
      PART_METHODS.test(name) ||
      ELEMENT_METHODS.test(name) ||
      givesItself(core, member, step)
    ) {
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
