import type { TSESTree } from "@typescript-eslint/utils";
import type { Core } from "../core.ts";
import {
  dottedPath,
  enclosingFunction,
  memberName,
  parentOf,
  staticKey,
  unwrap,
  wrapped,
} from "../syntax.ts";
import type { FunctionNode, Node } from "../syntax.ts";
import { callSites } from "../values/call-sites.ts";
import { bind, isReplaced, replacedBy, readProperty } from "./bindings.ts";
import { followAssigned, followField } from "./fields.ts";
import { followMember } from "./members.ts";
import { isCast } from "./promise-fate.ts";
import { payloadsOf } from "./thunks.ts";
import type { FlowRules, Step, Use } from "./use.ts";

/** How many steps one value is followed. */
const MAX_STEPS = 600;

/** How many calls deep a value is followed into functions. */
const MAX_CALLS = 6;

/**
 * Where does a value go? Forward through variables, destructuring, properties, casts, `await`,
 * `.then`, functions of the same file and what they return, up to the places that use it.
 */
export function usesOf(core: Core, start: Node, rules: FlowRules = {}): Use[] {
  const uses: Use[] = [];
  const queue: Step[] = [{ node: start, path: [], boxes: [], calls: [] }];
  const seen = new Set<string>();
  for (let steps = 0; steps < MAX_STEPS; steps += 1) {
    const step = queue.shift();
    if (step === undefined) break;
    const outer = wrapped(step.node);
    const through = step.calls.map(({ call }) => call.range[0]).join(">");
    const key = `${String(outer.range[0])}:${String(outer.range[1])}:${outer.type}:${step.path.join(".")}|${step.boxes.join(".")}|${through}`;
    if (seen.has(key)) continue;
    seen.add(key);
    follow(core, { ...step, node: outer }, queue, uses, rules);
  }
  return uses;
}

/** What a function does with what it is given as a parameter. */
export function usesIn(core: Core, parameter: Node): Use[] {
  const reads: Step[] = [];
  bind(core, parameter, { node: parameter, path: [], boxes: [], calls: [] }, reads);
  return reads.flatMap((read) =>
    usesOf(core, read.node).map((use) => ({ ...use, path: [...read.path, ...use.path] })),
  );
}

function follow(core: Core, step: Step, queue: Step[], uses: Use[], rules: FlowRules): void {
  const { node, path, boxes, calls } = step;
  const { parent } = node;
  if (parent === undefined) return;
  const use = (kind: Use["kind"], by: Node): void => {
    const { without, form } = step;
    uses.push({ kind, node, by, path, boxes, calls, without, form });
  };
  const goOn = (next: Node): void => {
    queue.push({ ...step, node: next });
  };
  switch (parent.type) {
    case "ExpressionStatement":
      use("discard", parent);
      break;
    case "VariableDeclarator":
      if (parent.init === node) bind(core, parent.id, step, queue);
      break;
    case "AssignmentExpression":
      if (parent.right !== node) break;
      if (parent.left.type === "MemberExpression") {
        use("assign", parent);
        followField(core, parent.left, step, queue, rules);
      } else {
        bind(core, parent.left, step, queue);
      }
      if (parent.parent.type !== "ExpressionStatement") goOn(parent);
      break;
    case "AssignmentPattern":
      bind(core, parent.left, step, queue);
      break;
    case "PropertyDefinition":
      use("assign", parent);
      break;
    case "MemberExpression":
      if (parent.object === node) followMember(core, parent, step, queue, uses, rules);
      else use("index", parent);
      break;
    case "CallExpression":
    case "NewExpression":
      if (parent.callee !== node) followArgument(core, parent, step, queue, uses, rules);
      break;
    case "ReturnStatement":
    case "ArrowFunctionExpression": {
      const owner = parent.type === "ReturnStatement" ? enclosingFunction(parent) : parent;
      if (owner === undefined || (parent.type !== "ReturnStatement" && parent.body !== node)) break;
      followReturn(core, owner, step, queue, uses, rules);
      break;
    }
    case "LogicalExpression":
      if (parent.left === node) use("test", parent);
      if (parent.left !== node || parent.operator !== "&&") goOn(parent);
      break;
    case "ConditionalExpression":
      if (parent.test === node) use("test", parent);
      else goOn(parent);
      break;
    case "IfStatement":
    case "WhileStatement":
    case "DoWhileStatement":
    case "ForStatement":
      use("test", parent);
      break;
    case "UnaryExpression":
      if (parent.operator === "!") {
        use("test", parent);
      } else if (parent.operator === "typeof") {
        use("test", parent);
      } else if (parent.operator === "+") {
        goOn(parent);
      }
      break;
    case "BinaryExpression":
      if (parent.operator === "+") {
        use("text", parent);
        if (!isInObject(step)) queue.push({ ...step, node: parent, form: step.form ?? "joined" });
      } else if (/^[-*/]$/u.test(parent.operator)) {
        // A time in another unit is the same time.
        goOn(parent);
      } else {
        use(
          /^(?:[!=]==?|[<>]=?|in|instanceof)$/u.test(parent.operator) ? "compare" : "text",
          parent,
        );
      }
      break;
    case "SwitchStatement":
      use("compare", parent);
      break;
    case "TemplateLiteral":
      use("text", parent);
      if (!isInObject(step)) queue.push({ ...step, node: parent, form: step.form ?? "joined" });
      break;
    case "Property": {
      if (parent.value !== node || parent.parent.type !== "ObjectExpression") break;
      const name = staticKey(parent.key, parent.computed);
      if (name !== undefined && (isReplaced(parent, name) || rules.isMeantFor?.(name) === true))
        break;
      queue.push({ ...step, node: parent.parent, boxes: [...boxes, name ?? "*"] });
      break;
    }
    case "SpreadElement":
      if (parent.parent.type === "ObjectExpression") {
        if (isReplaced(parent, boxes.at(-1))) break;
        queue.push({ ...step, node: parent.parent, without: replacedBy(parent, step) });
      } else if (parent.parent.type === "ArrayExpression") {
        queue.push({ ...step, node: parent.parent, boxes: [...boxes, "*"] });
      } else use("argument", parent.parent);
      break;
    case "ArrayExpression":
      queue.push({ ...step, node: parent, boxes: [...boxes, "*"] });
      break;
    case "JSXExpressionContainer":
    case "JSXSpreadAttribute":
    case "JSXSpreadChild":
      use("display", parent);
      break;
    case "ThrowStatement":
      use("throw", parent);
      break;
    case "ForOfStatement":
      if (parent.right === node && parent.left.type === "VariableDeclaration") {
        const [declarator] = parent.left.declarations;
        const element = readProperty(step, "*");
        if (element !== undefined) bind(core, declarator.id, element, queue);
      }
      break;
    case "ExportDefaultDeclaration":
    case "YieldExpression":
      use("return", parent);
      break;
    default:
      break;
  }
}

/** `${account}`: of an object a text says no more than that it is one; lists and addresses show what they hold. */
function isInObject({ boxes, form }: Step): boolean {
  const box = boxes.at(-1);
  return box !== undefined && form !== "shown" && /^[\w$]+$/u.test(box);
}

/** Functions that hand on what they are given. */
const TRANSPARENT =
  /^(?:String|Number|Boolean|encodeURI(?:Component)?|decodeURI(?:Component)?|Object\.(?:assign|freeze|values|entries|fromEntries|keys)|JSON\.(?:stringify|parse)|(?:qs|querystring|queryString)\.(?:parse|decode)|Promise\.(?:resolve|all)|structuredClone|Array\.from|parseInt|plainToClass|plainToInstance|camelCaseKeys|resolve)$/u;

function followArgument(
  core: Core,
  call: TSESTree.CallExpression | TSESTree.NewExpression,
  step: Step,
  queue: Step[],
  uses: Use[],
  rules: FlowRules,
): void {
  const isLast = rules.endsAt?.(call, step.node) === true;
  const position = call.arguments.indexOf(step.node as TSESTree.CallExpressionArgument);
  const { boxes, calls } = step;
  const use: Use = { kind: "argument", by: call, ...step };
  const callee = core.evaluate(call.callee);
  if (callee.type === "function" && core.fileOf(callee.node) === core.fileOf(call)) {
    const parameter = callee.node.params[position];
    if (
      parameter !== undefined &&
      calls.length < MAX_CALLS &&
      !calls.some((entry) => entry.call === call)
    ) {
      const target = parameter.type === "TSParameterProperty" ? parameter.parameter : parameter;
      const isRest = target.type === "RestElement";
      bind(
        core,
        isRest ? target.argument : target,
        {
          ...step,
          boxes: isRest ? [...boxes, "*"] : boxes,
          calls: [...calls, { call, argument: step.node }],
        },
        queue,
      );
    }
    uses.push(use);
    return;
  }
  const name = dottedPath(call.callee)?.join(".");
  if (name !== undefined && TRANSPARENT.test(name)) {
    const form = name === "JSON.stringify" ? "shown" : step.form;
    if (!isLast) queue.push({ ...step, node: call, form });
    if (name === "Object.assign") followAssigned(core, call, step, queue, rules);
    if (name !== "resolve") return;
  }
  if (!isLast) {
    for (const carrier of rules.carriers?.(call, step.node) ?? []) {
      const form = carrier.isShown === true ? "shown" : step.form;
      queue.push({ ...step, node: carrier.node, boxes: [...boxes, ...carrier.boxes], form });
    }
  }
  uses.push(use);
}

function followReturn(
  core: Core,
  owner: FunctionNode,
  step: Step,
  queue: Step[],
  uses: Use[],
  rules: FlowRules,
): void {
  uses.push({
    kind: "return",
    node: step.node,
    by: owner,
    path: step.path,
    boxes: step.boxes,
    calls: step.calls,
  });
  const holder = owner.parent;
  if (
    holder.type === "CallExpression" &&
    holder.arguments.includes(owner as TSESTree.CallExpressionArgument)
  ) {
    // A handler of `.then`, a memoised or mapped function: what it returns is what the call gives.
    const callee = unwrap(holder.callee);
    const name =
      callee.type === "MemberExpression" ? memberName(callee) : dottedPath(callee)?.join(".");
    if (
      name !== undefined &&
      /^(?:then|catch|map|useMemo|useCallback|computed|memo|try)$/u.test(name)
    ) {
      queue.push({ ...step, node: holder });
      return;
    }
    if (name === "createAsyncThunk") {
      for (const payload of payloadsOf(core, holder)) queue.push({ ...step, node: payload });
      return;
    }
  }
  const inward = step.calls.at(-1);
  const target = inward === undefined ? undefined : core.evaluate(inward.call.callee);
  if (inward !== undefined && target?.type === "function" && target.node === owner) {
    // It came in through one call, and it leaves through the same.
    if (rules.endsAt?.(inward.call, inward.argument) === true) return;
    queue.push({ ...step, node: inward.call, calls: step.calls.slice(0, -1) });
    return;
  }
  for (const call of callSites(core, owner).calls) {
    if (!owner.async || !isShownUnawaited(core, call)) queue.push({ ...step, node: call });
  }
}

/** `` `${read()}` ``, `console.log(read())` of an async function: that is a promise, and not what it gives. */
function isShownUnawaited(core: Core, call: Node): boolean {
  let node = call;
  for (let at = parentOf(node); at !== undefined && isCast(at); at = parentOf(node)) node = at;
  const by = parentOf(node);
  if (by?.type === "TemplateLiteral") return true;
  if (by?.type !== "CallExpression" || by.callee === node) return false;
  const callee = unwrap(by.callee);
  return (
    callee.type === "MemberExpression" &&
    dottedPath(callee.object)?.at(-1) !== "Promise" &&
    core.evaluate(callee).type !== "function"
  );
}
