import type { TSESTree } from "@typescript-eslint/utils";
import type { SourceFile } from "../files/source-file.ts";
import { declaratorOf, initOf } from "../files/variables.ts";
import {
  calleeName,
  dottedPath,
  isFunction,
  memberName,
  rootOf,
  staticKey,
  textOf,
  unwrap,
} from "../syntax.ts";
import type { CallNode, Node } from "../syntax.ts";
import { readOfEvent } from "./h3.ts";
import type { EventRead } from "./h3.ts";
import { isServerAction } from "./server-actions.ts";

/**
 * What a form or a query says, as the Fetch API gives it: `email` of `const form = await request.formData();
 * form.get("email")`, of `Object.fromEntries(form).email`, of the `formData` that a server action of Next.js is called with, and
 * of `new URL(request.url).searchParams.get("email")`.
 */
export function readOfField(file: SourceFile, written: Node): EventRead | undefined {
  const node = asSaid(written);
  if (node.type !== "CallExpression") return undefined;
  if (calleeName(node) === "Object.fromEntries") return entriesOf(file, node, MAX_NAMES);
  const field = textOf(node.arguments[0]);
  const method = unwrap(node.callee);
  if (field === undefined || method.type !== "MemberExpression") return undefined;
  if (!/^get(?:All)?$/u.test(memberName(method) ?? "")) return undefined;
  const held = formOf(file, method.object, MAX_NAMES) ?? queryOf(file, method.object, MAX_NAMES);
  return held === undefined ? undefined : { place: `${held.place}.${field}`, event: held.event };
}

/** What gives a field as a text: `form.get("email")?.toString().trim()`, `String(form.get("email") ?? "")` */
function asSaid(written: Node): Node {
  const node = unwrap(written);
  if (node.type === "LogicalExpression" && node.operator !== "&&") return asSaid(node.left);
  if (node.type !== "CallExpression") return node;
  const callee = unwrap(node.callee);
  const [given] = node.arguments;
  if (callee.type === "MemberExpression" && OF_TEXTS.test(memberName(callee) ?? ""))
    return asSaid(callee.object);
  return given !== undefined && /^(?:String|Number|parseInt)$/u.test(calleeName(node))
    ? asSaid(given)
    : node;
}

const OF_TEXTS = /^(?:toString|trim|toLowerCase|toUpperCase|normalize)$/u;

/** How many names a form goes through. */
const MAX_NAMES = 3;

function formOf(file: SourceFile, written: Node, hops: number): EventRead | undefined {
  const node = unwrap(written);
  if (node.type === "CallExpression") {
    const read = readOfEvent(file, node);
    if (read !== undefined) return read.place === "event.body" ? read : undefined;
    const method = unwrap(node.callee);
    return method.type === "MemberExpression" &&
      memberName(method) === "formData" &&
      /^(?:_?req(?:uest)?|event|ctx|context|c)$/u.test(dottedPath(method.object)?.[0] ?? "")
      ? { place: "form", event: rootOf(method.object) }
      : undefined;
  }
  if (node.type !== "Identifier" || hops === 0) return undefined;
  const definition = file.variableOf(node)?.defs[0];
  const owner = definition?.node as Node | undefined;
  if (definition?.type === "Parameter" && isFunction(owner))
    return /form|^data$/iu.test(node.name) && isServerAction(file, owner)
      ? { place: "form", event: node }
      : undefined;
  const init = initOf(file, node);
  return init === undefined ? undefined : formOf(file, init, hops - 1);
}

/** `Object.fromEntries(form)`, `Object.fromEntries(url.searchParams.entries())` */
function entriesOf(
  file: SourceFile,
  { arguments: [given] }: CallNode,
  hops: number,
): EventRead | undefined {
  const entries = given === undefined ? undefined : unwrap(given);
  if (entries === undefined) return undefined;
  const callee = entries.type === "CallExpression" ? unwrap(entries.callee) : undefined;
  const held =
    callee?.type === "MemberExpression" && memberName(callee) === "entries"
      ? callee.object
      : entries;
  return formOf(file, held, hops) ?? queryOf(file, held, hops);
}

/** `searchParams` of `new URL(request.url)`, of `request.nextUrl` of Next.js, of `event.url` of SvelteKit */
function queryOf(file: SourceFile, written: Node, hops: number): EventRead | undefined {
  const node = unwrap(written);
  const isRead = node.type === "MemberExpression" && memberName(node) === "searchParams";
  if (isRead) return addressOf(file, node.object, hops);
  const declared = node.type === "Identifier" ? declaratorOf(file, node) : undefined;
  if (declared?.init == null || hops === 0) return undefined;
  return declared.id.type === "ObjectPattern" && node.type === "Identifier"
    ? takesQuery(declared.id, node.name)
      ? addressOf(file, declared.init, hops - 1)
      : undefined
    : queryOf(file, declared.init, hops - 1);
}

/** `{ searchParams }`, `{ searchParams: query }` */
function takesQuery({ properties }: TSESTree.ObjectPattern, name: string): boolean {
  return properties.some(
    (one) =>
      one.type === "Property" &&
      staticKey(one.key, one.computed) === "searchParams" &&
      one.value.type === "Identifier" &&
      one.value.name === name,
  );
}

function addressOf(file: SourceFile, written: Node, hops: number): EventRead | undefined {
  const node = unwrap(written);
  if (node.type === "NewExpression" && calleeName(node) === "URL") {
    const [given] = node.arguments;
    const path = given === undefined ? undefined : dottedPath(given)?.join(".");
    return given !== undefined && path !== undefined && ADDRESS.test(path)
      ? { place: "query", event: rootOf(given) }
      : undefined;
  }
  const path = dottedPath(node)?.join(".") ?? "";
  if (/^(?:_?req(?:uest)?\.nextUrl|event\.url)$/u.test(path))
    return { place: "query", event: rootOf(node) };
  if (node.type !== "Identifier" || hops === 0) return undefined;
  const definition = file.variableOf(node)?.defs[0];
  // `async ({ url, cookies }) => …` of SvelteKit
  if (definition?.type === "Parameter")
    return node.name === "url" && isOfPattern(definition.name)
      ? { place: "query", event: node }
      : undefined;
  const init = initOf(file, node);
  return init === undefined ? undefined : addressOf(file, init, hops - 1);
}

const ADDRESS = /^(?:(?:event|ctx|context|c)\.)?_?req(?:uest)?\.url$/u;

function isOfPattern(name: Node): boolean {
  return name.parent?.type === "Property" && name.parent.parent.type === "ObjectPattern";
}
