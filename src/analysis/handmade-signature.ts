import type { Analysis } from "./analysis.ts";
import { usesOf } from "./flow.ts";
import { dottedPath, isFunction, memberName, staticKey, unwrap, parentOf } from "./syntax.ts";
import type { CallNode, Node } from "./syntax.ts";
import { returnArguments } from "./classes.ts";

/**
 * Signatures over `header.payload` that are made without a library. Webhooks sign texts with a full
 * stop in them as well (`timestamp.body`), so the parts have to be those of a token: taken from one
 * by splitting it, or made from a header that names an algorithm.
 */
export interface HandmadeSignature {
  readonly kind: "signs" | "verifies";
  /** The call that makes the signature. */
  readonly node: Node;
  /** A comparison that stops at the first difference, and so tells how far a guess was right. */
  readonly comparison: Node | undefined;
}

export function handmadeSignatures(analysis: Analysis): HandmadeSignature[] {
  return analysis.file.index.calls.flatMap((call) => {
    const text = signedText(call);
    if (text === undefined) return [];
    const kind = partsOf(analysis, text);
    if (kind === undefined) return [];
    return [
      {
        kind,
        node: call,
        comparison: kind === "verifies" ? comparisonOf(analysis, call) : undefined,
      },
    ];
  });
}

const MACS = /^(?:createHmac|createSign|createVerify)$/u;
const CALCULATORS =
  /^(?:CryptoJS\.Hmac\w+|Hmac(?:SHA|Sha)\d+|hmac(?:SHA|Sha)?\d*|(?:[\w.]+\.)?subtle\.(?:sign|verify)|crypto\.(?:sign|verify)|(?:\w+\.)?hmac\.(?:sign|update))$/u;

/** What a call signs: of `createHmac(…).update(text)` the text. */
function signedText(call: CallNode): Node | undefined {
  const callee = unwrap(call.callee);
  const path = dottedPath(callee)?.join(".");
  if (path !== undefined && CALCULATORS.test(path)) {
    return call.arguments.find(
      (argument) => argument.type !== "SpreadElement" && isJoined(inner(argument)),
    );
  }
  if (callee.type !== "MemberExpression" || memberName(callee) !== "update") return undefined;
  const maker = unwrap(callee.object);
  if (maker.type !== "CallExpression" || !MACS.test(dottedPath(maker.callee)?.at(-1) ?? "")) {
    return maker.type === "Identifier" && /hmac|sign|verif/iu.test(maker.name)
      ? call.arguments[0]
      : undefined;
  }
  return call.arguments[0];
}

/** Looks through what makes bytes of a text. */
function inner(argument: Node): Node {
  const node = unwrap(argument);
  if (node.type !== "CallExpression" && node.type !== "NewExpression") return node;
  const name =
    dottedPath(node.callee)?.at(-1) ??
    (node.callee.type === "MemberExpression" ? memberName(node.callee) : undefined);
  const [first] = node.arguments;
  return first !== undefined &&
    first.type !== "SpreadElement" &&
    /^(?:from|encode|utf8|toBytes|stringToBytes|str2ab)$/iu.test(name ?? "")
    ? unwrap(first)
    : node;
}

function isJoined(node: Node): boolean {
  return (
    node.type === "TemplateLiteral" ||
    node.type === "BinaryExpression" ||
    node.type === "Identifier" ||
    node.type === "CallExpression"
  );
}

/** Other texts that are signed have full stops in them; code about tokens names their parts. */
const SPEAKS_OF_JWT = /jwt|\b[HRE]S256\b|\balg\b|header/iu;

/** How many expressions one text is traced back through. */
const MAX_NODES = 200;

interface Trail {
  visited: number;
  split: boolean;
  algorithm: boolean;
  joined: boolean;
}

/** Are these the header and payload of a token, and where do they come from? */
function partsOf(analysis: Analysis, text: Node): HandmadeSignature["kind"] | undefined {
  const trail: Trail = { visited: 0, split: false, algorithm: false, joined: false };
  trace(analysis, inner(text), trail, new Set());
  if (!trail.joined) return undefined;
  if (trail.split) return SPEAKS_OF_JWT.test(analysis.file.text) ? "verifies" : undefined;
  return trail.algorithm ? "signs" : undefined;
}

function trace(analysis: Analysis, written: Node, trail: Trail, seen: Set<Node>): void {
  const node = unwrap(written);
  if (seen.has(node) || trail.visited > MAX_NODES || analysis.fileOf(node) !== analysis.file)
    return;
  seen.add(node);
  trail.visited += 1;
  const go = (next: Node | null | undefined): void => {
    if (next != null) trace(analysis, next, trail, seen);
  };
  switch (node.type) {
    case "TemplateLiteral":
      if (node.quasis.some(({ value }) => value.raw === ".")) trail.joined = true;
      for (const hole of node.expressions) go(hole);
      break;
    case "BinaryExpression":
      go(node.left);
      go(node.right);
      break;
    case "Literal":
      if (node.value === ".") trail.joined = true;
      break;
    case "ObjectExpression":
      traceObject(analysis, node, trail, go);
      break;
    case "ArrayExpression":
      for (const element of node.elements) if (element?.type !== "SpreadElement") go(element);
      break;
    case "MemberExpression":
      go(node.object);
      break;
    case "LogicalExpression":
      go(node.left);
      go(node.right);
      break;
    case "CallExpression":
    case "NewExpression":
      traceCall(analysis, node, trail, go);
      break;
    case "Identifier":
      traceName(analysis, node, go);
      break;
    default:
      break;
  }
}

/** `{ alg: "HS256", typ: "JWT" }` */
function traceObject(
  analysis: Analysis,
  node: Extract<Node, { type: "ObjectExpression" }>,
  trail: Trail,
  go: (next: Node) => void,
): void {
  for (const property of node.properties) {
    if (property.type !== "Property") {
      go(property.argument);
      continue;
    }
    const name = staticKey(property.key, property.computed);
    if (name === "alg") trail.algorithm = true;
    if (name === "typ") {
      const value = analysis.evaluate(property.value);
      if (value.type === "literal" && /jwt$/iu.test(String(value.value))) trail.algorithm = true;
    }
  }
}

function traceCall(
  analysis: Analysis,
  node: CallNode,
  trail: Trail,
  go: (next: Node) => void,
): void {
  const callee = unwrap(node.callee);
  const [first] = node.arguments;
  if (callee.type === "MemberExpression") {
    const method = memberName(callee);
    if (method === "split" && first?.type === "Literal" && first.value === ".") {
      trail.split = true;
      return;
    }
    if (
      /^(?:slice|substring|substr)$/u.test(method ?? "") &&
      node.arguments.some((argument) => cutsSignature(argument))
    ) {
      // Everything before the last full stop.
      trail.split = true;
      trail.joined = true;
      return;
    }
    go(callee.object);
  } else {
    const target = analysis.evaluate(callee);
    if (target.type === "function")
      for (const result of returnArguments(analysis.core, target.node)) go(result);
  }
  for (const argument of node.arguments)
    if (argument.type !== "SpreadElement" && !isFunction(argument)) go(argument);
}

function cutsSignature(argument: Node): boolean {
  const node = unwrap(argument);
  if (node.type !== "CallExpression") return false;
  const callee = unwrap(node.callee);
  const [first] = node.arguments;
  return (
    callee.type === "MemberExpression" &&
    memberName(callee) === "lastIndexOf" &&
    first?.type === "Literal" &&
    first.value === "."
  );
}

function traceName(
  analysis: Analysis,
  node: Extract<Node, { type: "Identifier" }>,
  go: (next: Node | null | undefined) => void,
): void {
  const variable = analysis.file.variableOf(node);
  for (const { node: definition } of (variable?.defs ?? []) as readonly { node: Node }[]) {
    if (definition.type === "VariableDeclarator") go(definition.init);
  }
  for (const reference of variable?.references ?? []) {
    if (reference.isWrite() && reference.init !== true) go(reference.writeExpr);
  }
}

/** Where the signature is compared with `===` or `!==`. */
function comparisonOf(analysis: Analysis, call: CallNode): Node | undefined {
  let made: Node = call;
  // `.digest("base64url").replace(…)` behind the call.
  for (
    let member = parentOf(made);
    member?.type === "MemberExpression" && member.parent.type === "CallExpression";
    member = parentOf(made)
  ) {
    made = member.parent;
  }
  const use = usesOf(analysis.core, made).find(
    ({ kind, by }) =>
      kind === "compare" &&
      by.type === "BinaryExpression" &&
      /^[!=]==?$/u.test(by.operator) &&
      !isLength(by),
  );
  return use?.by;
}

function isLength(node: Extract<Node, { type: "BinaryExpression" }>): boolean {
  return [node.left, node.right].some(
    (side) => side.type === "MemberExpression" && memberName(side) === "length",
  );
}
