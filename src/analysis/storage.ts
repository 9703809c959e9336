import type { TSESTree } from "@typescript-eslint/utils";
import type { Core } from "./core.ts";
import { usesOf } from "./flow/flow.ts";
import { initOf } from "./files/variables.ts";
import { dottedPath, memberName, unwrap } from "./syntax.ts";
import type { Node } from "./syntax.ts";

/**
 * Does a token stay where nobody outside can change it? Programs keep state in unsigned tokens in a
 * database or a cache of their own; without a signature such a token is a record like any other.
 */
export function isKept(core: Core, made: Node): boolean {
  const uses = usesOf(core, made).filter(({ kind }) => kind !== "discard");
  return (
    uses.length > 0 && uses.every(({ by }) => by.type === "CallExpression" && calls(by, WRITES))
  );
}

/** Was it read from such a place? */
export function isFromStorage(core: Core, token: Node): boolean {
  let node = unwrap(token);
  if (node.type === "Identifier") {
    const init = initOf(core.fileOf(node), node);
    if (init === undefined) return false;
    node = init;
  }
  while (node.type === "MemberExpression") node = unwrap(node.object);
  return node.type === "CallExpression" && calls(node, READS);
}

function calls(call: TSESTree.CallExpression, methods: RegExp): boolean {
  const callee = unwrap(call.callee);
  if (callee.type !== "MemberExpression" || !methods.test(memberName(callee) ?? "")) return false;
  const path = dottedPath(callee.object) ?? dottedPath(calleeOf(callee.object));
  return path !== undefined && !path.some((part) => CLIENT.test(part));
}

/** `cookies().set(…)`, `headers().get(…)`: what the receiver is made by. */
function calleeOf(node: Node): Node {
  const call = unwrap(node);
  return call.type === "CallExpression" ? call.callee : call;
}

const WRITES =
  /^(?:h?set(?:ex|Item)?|save|put|store|insert(?:One)?|update(?:One)?|upsert|create|write)$/u;

const READS = /^(?:h?get|find\w*|read\w*|load|fetch|query|select)$/u;

/** Where others can write: requests, responses, cookies, headers and what a browser keeps. */
const CLIENT =
  /req|res$|response|reply|ctx|context|event|cookie|header|params|query|localStorage|sessionStorage/iu;
