import type { Core } from "../core.ts";
import { dottedPath, isFunction, memberName, parentOf, staticKey, unwrap } from "../syntax.ts";
import type { Node } from "../syntax.ts";
import { argumentsAt } from "../values/call-sites.ts";
import { returnArguments } from "../values/classes.ts";
import { possibilities } from "../values/value.ts";

/** A place that something comes from on the way to where it is used. */
export interface Origin {
  readonly node: Node;
  /** It was copied by a method that only documents of a database have. */
  readonly isCopyOfDocument: boolean;
}

/** How many steps are followed. */
const MAX_STEPS = 16;

/**
 * The expressions that a thing comes from unchanged: variables, copies undone, the call that made
 * it. `({ ...user.toJSON() })` comes from `user`, and that from `User.findOne(…)`.
 */
export function originOf(core: Core, expression: Node): Origin[] {
  const found: Origin[] = [];
  const seen = new Set<Node>();

  function follow(written: Node, isCopy: boolean): void {
    const { node, isDocument } = withoutCopies(written);
    if (seen.has(node) || seen.size >= MAX_STEPS) return;
    seen.add(node);
    const isCopyOfDocument = isCopy || isDocument;
    found.push({ node, isCopyOfDocument });
    for (const from of handedOn(core, node)) {
      if (isExpression(from)) follow(from, isCopyOfDocument);
    }
    for (const one of possibilities(core.evaluate(node))) {
      if (one.type !== "unknown") continue;
      const from = one.node === node ? holderOf(node) : (holderOf(one.node) ?? one.node);
      if (from !== undefined && isExpression(from)) follow(from, isCopyOfDocument);
    }
  }

  follow(expression, false);
  return found;
}

/** The expressions that functions on the way are given or give, where they change nothing. */
function handedOn(core: Core, node: Node): readonly Node[] {
  if (node.type === "Identifier") return givenTo(core, node);
  if (node.type !== "CallExpression") return [];
  const callee = unwrap(node.callee);
  if (callee.type === "MemberExpression" && memberName(callee) === "then") {
    const [handler] = node.arguments;
    const owner = handler === undefined ? undefined : unwrap(handler);
    if (!isFunction(owner)) return [];
    const [parameter] = owner.params;
    return returnArguments(core, owner)
      .map((one) => unwrap(one))
      .filter((one) => parameter !== undefined && isSameVariable(core, one, parameter))
      .flatMap((one) => [one, callee.object]);
  }
  const target = core.evaluate(callee);
  return target.type === "function" ? returnArguments(core, target.node).map(unwrap) : [];
}

/** What a variable is given once and for all, or the calls of its function give a parameter. */
function givenTo(core: Core, node: Node): readonly Node[] {
  const variable = core.fileOf(node).variableOf(node);
  const [definition] = variable?.defs ?? [];
  const owner = definition?.node as Node | undefined;
  if (owner?.type === "VariableDeclarator" && owner.id.type === "Identifier") {
    const [write, ...others] = variable?.references.filter((one) => one.isWrite()) ?? [];
    return write?.writeExpr == null || others.length > 0 ? [] : [unwrap(write.writeExpr)];
  }
  if (!isFunction(owner)) return [];
  const position = owner.params.findIndex((one) => isSameVariable(core, node, one));
  return argumentsAt(core, owner, position);
}

function isSameVariable(core: Core, one: Node, other: Node): boolean {
  if (one.type !== "Identifier" || other.type !== "Identifier") return false;
  const variable = core.fileOf(one).variableOf(one);
  return variable !== undefined && variable === core.fileOf(other).variableOf(other);
}

function isExpression(node: Node): boolean {
  return /^(?:Identifier|ThisExpression|MemberExpression|CallExpression|NewExpression|AwaitExpression|ChainExpression|TSAsExpression|TSNonNullExpression)$/u.test(
    node.type,
  );
}

/** Undoes `JSON.parse(JSON.stringify(x))`, `structuredClone(x)`, `x.toObject()`, `x._doc`. */
export function withoutCopies(written: Node): { node: Node; isDocument: boolean } {
  let node = unwrap(written);
  let isDocument = false;
  for (let step = 0; step < MAX_STEPS; step += 1) {
    const inner = copied(node);
    if (inner === undefined) break;
    isDocument ||= inner.isDocument;
    node = unwrap(inner.node);
  }
  return { node, isDocument };
}

function copied(node: Node): { node: Node; isDocument: boolean } | undefined {
  if (node.type === "MemberExpression") {
    const isDocument = /^(?:_doc|dataValues)$/u.test(memberName(node) ?? "");
    return isDocument ? { node: node.object, isDocument } : undefined;
  }
  if (node.type !== "CallExpression") return undefined;
  const callee = unwrap(node.callee);
  const path = dottedPath(callee)?.join(".") ?? "";
  const [first] = node.arguments;
  if (COPIES.test(path) && first !== undefined && first.type !== "SpreadElement") {
    return { node: first, isDocument: false };
  }
  if (callee.type !== "MemberExpression" || !copiesDocument(memberName(callee), first))
    return undefined;
  return { node: callee.object, isDocument: true };
}

const COPIES =
  /^(?:JSON\.parse|JSON\.stringify|structuredClone|(?:_|lodash)\.clone(?:Deep)?|cloneDeep|Object\.freeze)$/u;

/** `toObject({ transform })` chooses what is copied, `get("id")` is one field. */
function copiesDocument(method: string | undefined, options: Node | undefined): boolean {
  if (method === "toJSON" || method === "toObject") {
    if (options === undefined) return true;
    return options.type === "ObjectExpression" && !options.properties.some(changesFields);
  }
  return method === "get" && (options === undefined ? false : options.type === "ObjectExpression");
}

function changesFields(property: Node): boolean {
  if (property.type !== "Property") return true;
  return !/^(?:getters|virtuals|versionKey|flatten\w+|depopulate|minimize)$/u.test(
    staticKey(property.key, property.computed) ?? "",
  );
}

/**
 * The expression that a name without a value of its own is filled from: the pattern it stands in,
 * the call whose callback it is a parameter of, the rows of a result.
 */
function holderOf(written: Node): Node | undefined {
  const node = unwrap(written);
  if (node.type === "MemberExpression") return isRow(node) ? node.object : undefined;
  for (let current: Node = node; ;) {
    if (isFieldOf(current)) return undefined;
    const parent = parentOf(current);
    if (parent === undefined) return undefined;
    if (parent.type === "VariableDeclarator") {
      return parent.id === current && current !== node ? (parent.init ?? undefined) : undefined;
    }
    if (isFunction(parent)) return callOf(parent, current);
    if (!/^(?:ArrayPattern|ObjectPattern|Property)$/u.test(parent.type)) return undefined;
    current = parent;
  }
}

/** A part of what a pattern takes apart, rather than the one element of a list of results. */
function isFieldOf(node: Node): boolean {
  if (node.type === "RestElement" || node.type === "AssignmentPattern") return true;
  if (node.type !== "Property") return false;
  return !/^(?:rows|recordset|results?)$/u.test(staticKey(node.key, node.computed) ?? "");
}

/** `result.rows[0]`, `rows[0]` */
function isRow(node: Extract<Node, { type: "MemberExpression" }>): boolean {
  const name = memberName(node);
  return name !== undefined && /^(?:\d+|rows|recordset)$/u.test(name);
}

/** `User.findOne(filter, (error, user) => …)`: the second parameter is what the call gives. */
function callOf(owner: Node, parameter: Node): Node | undefined {
  const call = parentOf(owner);
  if (!isFunction(owner) || call?.type !== "CallExpression") return undefined;
  if (!call.arguments.some((argument) => argument === owner)) return undefined;
  return owner.params.findIndex((one) => one === parameter) === 1 ? call : undefined;
}
