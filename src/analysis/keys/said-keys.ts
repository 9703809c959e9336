import { isCommandLine } from "../command-line.ts";
import type { Core } from "../core.ts";
import { initOf } from "../files/variables.ts";
import { isSaidByClient } from "../network/request.ts";
import type { Operation } from "../operations/operations.ts";
import {
  bases,
  calleeName,
  contains,
  dottedPath,
  enclosingFunction,
  isLiteral,
  isNullish,
  parentOf,
  unwrap,
  wrapped,
} from "../syntax.ts";
import type { Node } from "../syntax.ts";
import type { Value } from "../values/value.ts";
import { keyMaterials } from "./keys.ts";

/** A key that the client says, who can then make tokens that are valid. */
export interface SaidKey {
  /** The expression that reads it, or the name that it was taken out under. */
  readonly node: Node;
  /** What it is called, for a message. */
  readonly name: string;
}

/**
 * The keys of an operation that the request brings as they are: `jwt.sign(claims, req.body.phone)`. One
 * that a server's secret is mixed into is another matter, and so is one that is compared with what the
 * server keeps.
 */
export function keysSaidByClient(core: Core, operation: Operation): SaidKey[] {
  const { key, kind } = operation;
  if (kind !== "sign" && kind !== "verify") return [];
  if (isCommandLine(core.file)) return [];
  const values = [key?.value, ...operation.settings("key").map(({ value }) => value)];
  return values.flatMap((value) =>
    value === undefined ? [] : saidIn(core, value).filter((one) => isTrusted(core, operation, one)),
  );
}

function saidIn(core: Core, value: Value): SaidKey[] {
  return keyMaterials(core, value).flatMap(({ value: material, derived }) => {
    if (derived !== undefined) return [];
    // `String(req.body.phone)`
    const parts = material.type === "template" ? material.parts : [material];
    const said = parts.map((part) => saidBy(core, part));
    return said.includes(undefined) ? [] : said.slice(0, 1).flatMap((one) => one ?? []);
  });
}

function saidBy(core: Core, value: Value): SaidKey | undefined {
  if (value.type !== "unknown" && value.type !== "global") return undefined;
  const { node: written } = value;
  const taken = written.type === "Property" ? written.value : written;
  const node = taken.type === "AssignmentPattern" ? taken.left : taken;
  if (core.fileOf(node) !== core.file || !isSaidByClient(core, node)) return undefined;
  const name = dottedPath(node.type === "CallExpression" ? node.callee : node)?.join(".");
  return name === undefined ? undefined : { node, name };
}

/** What is sent as a key is meant to be one. */
const KEY = /secret|key|jwk|pem\b|cert/iu;

/** Is it taken for a key without a look at what the server keeps, in a program that needs one of its own? */
function isTrusted(core: Core, operation: Operation, said: SaidKey): boolean {
  const isMeant = KEY.test(lastOf(said.name));
  if (isMeant && (isSentAlong(core, operation) || said.name.startsWith("args."))) return false;
  return !mentionsOf(core, operation, said).some((one) => isCompared(one, isMeant));
}

/**
 * Is the token, or what goes into one, sent beside the key? A tool that shows what is in tokens is sent both,
 * and so is what proves that somebody has a key. Who signs in sends a token in a header.
 */
function isSentAlong(core: Core, { token, payload }: Operation): boolean {
  const subject = token ?? payload;
  // `{ sub: req.body.userId }`
  const parts = subject === undefined ? [] : partsOf(subject.node);
  if (parts.length === 0 || !parts.every((one) => isSaidByClient(core, one))) return false;
  const read = parts.flatMap((one) => bases(one));
  const taken = read.flatMap((one) => bases(initOf(core.fileOf(one), one) ?? one));
  return ![...read, ...taken].some((one) =>
    /\.(?:headers?|cookies)(?:\.|$)/u.test(dottedPath(one)?.join(".") ?? ""),
  );
}

function partsOf(written: Node): Node[] {
  const node = unwrap(written);
  if (node.type !== "ObjectExpression") return [node];
  return node.properties.map((one) => (one.type === "Property" ? one.value : one.argument));
}

/** Where else the function of the operation says the same. */
function mentionsOf(core: Core, { node: call }: Operation, { node, name }: SaidKey): Node[] {
  const owner = enclosingFunction(call);
  const file = core.fileOf(node);
  const mentions: readonly Node[] =
    node.type === "Identifier"
      ? (file.variableOf(node)?.references ?? []).map(({ identifier }) => identifier)
      : (file.index.membersNamed.get(lastOf(name)) ?? []).filter(
          (one) => dottedPath(one)?.join(".") === name,
        );
  return mentions.filter(
    (one) => one !== node && !contains(call, one) && enclosingFunction(one) === owner,
  );
}

function lastOf(name: string): string {
  return name.split(".").at(-1) ?? "";
}

/** Calls that compare what they are given. */
const COMPARES =
  /(?:compare|equals?|timingSafeEqual|verify|validate|check|assert|includes|has)(?:Sync|Async)?$/iu;

/** @param isMeant whether it is sent as a key: who looks that up knows it */
function isCompared(mention: Node, isMeant: boolean): boolean {
  let node = wrapped(mention);
  let parent = parentOf(node);
  if (parent?.type === "BinaryExpression") {
    const other = unwrap(parent.left === node ? parent.right : parent.left);
    return /^[!=]==?$/u.test(parent.operator) && !isLiteral(other) && !isNullish(other);
  }
  // `Apps.findOne({ where: { key } })`
  while (isMeant && (parent?.type === "Property" || parent?.type === "ObjectExpression")) {
    node = parent;
    parent = parentOf(node);
  }
  if (parent?.type !== "CallExpression" || parent.callee === node) return false;
  return isMeant || COMPARES.test(calleeName(parent).split(".").at(-1) ?? "");
}
