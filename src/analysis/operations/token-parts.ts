import type { TSESTree } from "@typescript-eslint/utils";
import type { Analysis } from "../analysis.ts";
import { dottedPath, isFunction, memberName, staticKey, textOf, unwrap } from "../syntax.ts";
import type { CallNode, Node } from "../syntax.ts";
import { returnArguments } from "../values/classes.ts";
import { givenTo } from "../values/given.ts";
import { isSecret } from "./keyed-hashes.ts";

/**
 * Is a text the `header.payload` of a token? Webhooks sign texts with a full stop in them as well
 * (`timestamp.body`), so the parts have to be those of a token: taken from one by splitting it, or
 * made from a header that names an algorithm.
 */

/** Node's makers of objects that are given the text later. */
export const MACS = /^(?:createHmac|createSign|createVerify)$/u;
/** Functions that are given key and text at once. */
export const CALCULATORS =
  /^(?:CryptoJS\.Hmac\w+|Hmac(?:SHA|Sha)\d+|hmac(?:SHA|Sha)?\d*|(?:[\w.]+\.)?subtle\.(?:sign|verify)|crypto\.(?:sign|verify)|(?:\w+\.)?hmac\.(?:sign|update))$/u;

/** Functions of the program's own that sign what they are given: `signRs256`, `rsaSign`, `hmacSha256`. */
export const SIGNERS =
  /^(?:(?:rsa|ec|hmac|ed25519|raw)?sign(?!In|Up|Out|al|ature)\w*|\w*Sign|[a-z]*(?:[HREP]S|Hmac|SHA)\d+\w*)$/u;

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

/** Code about tokens says so; other texts that are taken apart and signed have full stops too. */
const SPEAKS_OF_JWT = /jw[kst]|\b[EHPR]S(?:256|384|512)\b|\balg\b/iu;

/** Names of the parts of a token. */
const PART_NAME = /header|payload|claims|protected/iu;

/** How many expressions one text is traced back through. */
const MAX_NODES = 200;

/** The two sides of the full stop in `header.payload`, as far as they can be seen. */
export function partsOf(analysis: Analysis, text: Node): readonly Node[] | undefined {
  return joinedParts(analysis, inner(text), new Set());
}

/** Has a text two parts with a full stop between them, as far as it can be seen? */
export function isOfTwoParts(analysis: Analysis, text: Node): boolean {
  return partsOf(analysis, text) !== undefined;
}

/**
 * Are these the header and payload of a token? What signs them makes a token where they are made
 * here, and checks one where they are taken from one.
 */
export function purposeOf(analysis: Analysis, text: Node): "signs" | "verifies" | undefined {
  const parts = partsOf(analysis, text);
  if (parts === undefined) return undefined;
  const trails = parts.map((part) => trailOf(analysis, part));
  if (trails.length > 0 && trails.every(({ split }) => split)) {
    return SPEAKS_OF_JWT.test(analysis.file.text) || parts.some(isNamedPart)
      ? "verifies"
      : undefined;
  }
  return trails[0]?.algorithm === true ? "signs" : undefined;
}

/** Is it made from an object that names an algorithm, or says that it is a token? */
export function isHeader(analysis: Analysis, part: Node): boolean {
  return trailOf(analysis, part).algorithm;
}

function isNamedPart(part: Node): boolean {
  return PART_NAME.test(dottedPath(part)?.at(-1) ?? "");
}

/** What stands on both sides of the full stop, or the token itself where it is cut before the last. */
function joinedParts(analysis: Analysis, text: Node, seen: Set<Node>): Node[] | undefined {
  const node = unwrap(text);
  if (seen.has(node) || seen.size > MAX_NODES || analysis.fileOf(node) !== analysis.file) {
    return undefined;
  }
  seen.add(node);
  const firstOf = (nodes: readonly Node[]): Node[] | undefined => {
    for (const one of nodes) {
      const parts = joinedParts(analysis, inner(one), seen);
      if (parts !== undefined) return parts;
    }
    return undefined;
  };
  switch (node.type) {
    case "TemplateLiteral":
      return templateParts(analysis, node) ?? firstOf(withoutSecret(analysis, node));
    case "BinaryExpression":
      return summed(node) ?? firstOf(withoutSecret(analysis, node));
    case "CallExpression": {
      const callee = unwrap(node.callee);
      if (callee.type === "MemberExpression") {
        const method = memberName(callee);
        if (method === "join" && isFullStop(node.arguments[0])) {
          return elementsOf(analysis, callee.object);
        }
        if (isCut(node, method)) return [node];
        if (callee.object.type !== "ThisExpression") return undefined;
      }
      const target = analysis.evaluate(callee);
      return target.type === "function"
        ? firstOf(returnArguments(analysis.core, target.node))
        : undefined;
    }
    case "Identifier":
      return firstOf(givenTo(analysis.core, node));
    default:
      return undefined;
  }
}

/** `${header}.${payload}`, and with the secret of a hash beside it. */
function templateParts(
  { core }: Analysis,
  { quasis, expressions }: TSESTree.TemplateLiteral,
): Node[] | undefined {
  const between = quasis.map(({ value }) => value.raw).join("|");
  const [first, ...rest] = expressions;
  const last = expressions.at(-1);
  if (between === "|.|") return expressions;
  if (/^\|\.\|[.:|]?\|$/u.test(between) && last !== undefined && isSecret(core, last))
    return expressions.slice(0, -1);
  return /^\|[.:|]?\|\.\|$/u.test(between) && first !== undefined && isSecret(core, first)
    ? rest
    : undefined;
}

/** `data` of `data + SECRET`, `${SECRET}${data}` */
function withoutSecret(
  { core }: Analysis,
  node: TSESTree.TemplateLiteral | TSESTree.BinaryExpression,
): Node[] {
  const sides =
    node.type === "TemplateLiteral"
      ? node.expressions
      : node.operator === "+"
        ? [node.left, node.right]
        : [];
  const [first, second] = sides;
  if (first === undefined || second === undefined) return [];
  if (isSecret(core, second)) return [first];
  return isSecret(core, first) ? [second] : [];
}

/** `header + "." + payload` */
function summed(node: Extract<Node, { type: "BinaryExpression" }>): Node[] | undefined {
  const { left, right } = node;
  return left.type === "BinaryExpression" &&
    node.operator === "+" &&
    left.operator === "+" &&
    isFullStop(left.right)
    ? [left.left, right]
    : undefined;
}

export function isFullStop(node: Node | undefined): boolean {
  return textOf(node) === ".";
}

/** What an array is made of: `[header, payload].map(encode)`, `parts.slice(0, 2)`. */
function elementsOf(analysis: Analysis, array: Node): Node[] {
  let node = unwrap(array);
  while (node.type === "CallExpression") {
    const callee = unwrap(node.callee);
    if (callee.type !== "MemberExpression" || memberName(callee) !== "map") break;
    node = unwrap(callee.object);
  }
  if (node.type === "ArrayExpression") return node.elements.filter((element) => element !== null);
  if (node.type === "Identifier") {
    const [origin] = givenTo(analysis.core, node);
    if (origin?.type === "ArrayExpression") return elementsOf(analysis, origin);
  }
  return [node];
}

/** `token.slice(0, token.lastIndexOf("."))` */
function isCut(call: CallNode, method: string | undefined): boolean {
  return (
    /^(?:slice|substring|substr)$/u.test(method ?? "") &&
    call.arguments.some((argument) => {
      const node = unwrap(argument);
      if (node.type !== "CallExpression") return false;
      const callee = unwrap(node.callee);
      return (
        callee.type === "MemberExpression" &&
        memberName(callee) === "lastIndexOf" &&
        isFullStop(node.arguments[0])
      );
    })
  );
}

interface Trail {
  readonly seen: Set<Node>;
  /** Functions whose results are looked at; what this call gives them is looked at where it stands. */
  readonly entered: Set<Node>;
  /** It is a part of a text that was taken apart at the full stops. */
  split: boolean;
  /** It is made from an object that names an algorithm, or that it is a token. */
  algorithm: boolean;
}

function trailOf(analysis: Analysis, part: Node): Trail {
  const trail: Trail = { seen: new Set(), entered: new Set(), split: false, algorithm: false };
  const node = unwrap(part);
  // `header.alg` names what the header says, and is none.
  const isOfHeader =
    node.type === "MemberExpression" && /^(?:alg|typ|kid)$/u.test(memberName(node) ?? "");
  if (!isOfHeader) trace(analysis, part, trail);
  return trail;
}

function trace(analysis: Analysis, written: Node, trail: Trail): void {
  const node = unwrap(written);
  const { seen } = trail;
  if (seen.has(node) || seen.size > MAX_NODES || analysis.fileOf(node) !== analysis.file) return;
  seen.add(node);
  switch (node.type) {
    case "Literal":
    case "TemplateLiteral":
      if (isHeaderText(textOf(node) ?? "")) trail.algorithm = true;
      break;
    case "ObjectExpression":
      traceObject(analysis, node, trail);
      break;
    case "MemberExpression":
    case "SpreadElement":
      trace(analysis, node.type === "SpreadElement" ? node.argument : node.object, trail);
      break;
    case "LogicalExpression":
      trace(analysis, node.left, trail);
      trace(analysis, node.right, trail);
      break;
    case "CallExpression":
    case "NewExpression":
      traceCall(analysis, node, trail);
      break;
    case "Identifier":
      if (isParameterOf(analysis, node, trail.entered)) break;
      for (const origin of givenTo(analysis.core, node)) trace(analysis, origin, trail);
      break;
    default:
      break;
  }
}

function isParameterOf({ file }: Analysis, name: Node, owners: ReadonlySet<Node>): boolean {
  const [definition] = file.variableOf(name)?.defs ?? [];
  return definition?.type === "Parameter" && owners.has(definition.node);
}

/** A header that was written as text, or encoded once and for all. */
function isHeaderText(text: string): boolean {
  const json = text.startsWith("eyJ") ? Buffer.from(text, "base64url").toString("utf8") : text;
  return /^\{.*"alg"\s*:\s*"/su.test(json);
}

/** `{ alg: "HS256", typ: "JWT" }` */
function traceObject(
  analysis: Analysis,
  node: Extract<Node, { type: "ObjectExpression" }>,
  trail: Trail,
): void {
  let isHeader = false;
  for (const property of node.properties) {
    if (property.type !== "Property") {
      trace(analysis, property, trail);
      continue;
    }
    const name = staticKey(property.key, property.computed);
    // Requests of certificate authorities (RFC 8555) are signed the same way, and are no tokens.
    if (name === "nonce" || name === "url") return;
    if (name === "alg") isHeader = true;
    if (name === "typ") {
      const value = analysis.evaluate(property.value);
      if (value.type === "literal" && /jwt$/iu.test(String(value.value))) isHeader = true;
    }
  }
  if (isHeader) trail.algorithm = true;
}

function traceCall(analysis: Analysis, node: CallNode, trail: Trail): void {
  const callee = unwrap(node.callee);
  const name = dottedPath(callee)?.join(".") ?? "";
  // Nothing of its key is left in a signature, and a key may have been taken apart as well.
  if (CALCULATORS.test(name) || MACS.test(name.replace(/^.*\./u, ""))) return;
  if (callee.type === "MemberExpression") {
    const method = memberName(callee);
    if ((method === "split" && isFullStop(node.arguments[0])) || isCut(node, method)) {
      trail.split ||= !isKeyName(dottedPath(callee.object)?.at(-1));
      return;
    }
    trace(analysis, callee.object, trail);
  } else {
    const target = analysis.evaluate(callee);
    if (target.type === "function") {
      trail.entered.add(target.node);
      for (const result of returnArguments(analysis.core, target.node)) {
        trace(analysis, result, trail);
      }
    }
  }
  for (const argument of node.arguments)
    if (!isFunction(argument)) trace(analysis, argument, trail);
}

/** `apiKey.split(".")`: an identifier and a secret. */
function isKeyName(name = ""): boolean {
  return /(?:key|secret|credentials?)$/iu.test(name);
}
