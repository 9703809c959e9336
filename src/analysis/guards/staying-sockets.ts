import type { TSESTree } from "@typescript-eslint/utils";
import { catchOf } from "../answers/results.ts";
import type { Core } from "../core.ts";
import { inside } from "../files/inside.ts";
import { SOCKET } from "../network/connection-handlers.ts";
import type { Operation } from "../operations/operations.ts";
import {
  calleeName,
  contains,
  dottedPath,
  enclosingFunction,
  parentOf,
  rootOf,
  staticKey,
  textOf,
  wrapped,
} from "../syntax.ts";
import type { FunctionNode, Node } from "../syntax.ts";
import { isLogCall } from "../logging.ts";
import { asksFor } from "./skipped-verification.ts";
import { isOfSocket } from "./socket-tokens.ts";

/**
 * `handleConnection(client) { if (token) client.data.userId = jwt.verify(token).sub; }` of a server that nowhere reads
 * `client.data.userId`: whoever brings no token stays connected, and his messages are taken like those of all others.
 * Where anything else asks, may ask or is done for whoever has a token, the token may be left to the client.
 *
 * @returns what asks for the token
 */
export function stayingSocket(core: Core, { node: call }: Operation): Node | undefined {
  const owner = enclosingFunction(call);
  if (owner === undefined || !isOfSocket(core, owner)) return undefined;
  const branch = branchOf(core, owner, call);
  const [socket] = owner.params;
  if (branch === undefined || socket?.type !== "Identifier") return undefined;
  const { code } = core.file;
  const isClosed =
    hearsMessages(core) &&
    !OPEN.test(code) &&
    !asksElsewhere(core, owner) &&
    !endsElsewhere(core, owner, call) &&
    onlyKeeps(core, branch, call, socket.name) &&
    !isHandedOn(core, socket.name);
  return isClosed ? branch.test : undefined;
}

/** `if (token) { verify(token); }` with nothing for those who bring none. */
function branchOf(core: Core, owner: FunctionNode, call: Node): TSESTree.IfStatement | undefined {
  for (let at = parentOf(call); at !== undefined && at !== owner; at = parentOf(at)) {
    if (at.type === "IfStatement" && contains(at.consequent, call))
      return at.alternate === null && asksFor(core, at.test) === "anonymous" ? at : undefined;
  }
  return undefined;
}

const OPEN = /guest|anonym|visitor|optional|public/iu;

/**
 * `@SubscribeMessage("join")`, `socket.on("join", …)`, where a message does more than to subscribe to what everybody may
 * hear (`join(`match:${id}`)`): it is told to others or written down, names somebody, or enters any room there is.
 */
function hearsMessages(core: Core): boolean {
  const { called } = core.file.index;
  const heard = [
    ...(called.get("SubscribeMessage") ?? []).map((call) => parentOf(parentOf(call) ?? call)),
    ...(called.get("on") ?? []).filter(
      (call) =>
        SOCKET.test(rootName(call.callee)) && !OF_LIBRARY.test(textOf(call.arguments[0]) ?? ""),
    ),
  ];
  return heard.some(
    (one) => one !== undefined && DOES_MORE.test(core.file.text.slice(...one.range)),
  );
}

const DOES_MORE =
  /\.(?:emit|broadcast|send|publish|create\w*|save\w*|insert\w*|add\w*|update\w*|delete\w*|remove\w*|push)\(|\.join\(\s*(?!["'`])[^()+]+\)|user|member|account|owner|person/iu;

const OF_LIBRARY = /^(?:connect\w*|disconnect\w*|error|close)$/u;

function rootName(node: Node): string {
  const root = rootOf(node);
  return root.type === "Identifier" ? root.name : "";
}

/** What may ask beside it: a guard of Nest, another function that the server calls first, a hook of its options. */
function asksElsewhere(core: Core, owner: FunctionNode): boolean {
  const { called, names } = core.file.index;
  return (
    called.has("UseGuards") ||
    names.has("allowRequest") ||
    names.has("verifyClient") ||
    (called.get("use") ?? []).some((call) => !contains(call, owner))
  );
}

/** Is the connection ended for anything but a refused token: for its lack, or later by a clock? */
function endsElsewhere(core: Core, owner: FunctionNode, call: Node): boolean {
  const refused = catchOf(call);
  return inside(core.file.index.calls, owner).some(
    (one) =>
      /(?:^|\.)(?:disconnect|close|terminate|destroy|Error|\w*Exception)$/u.test(calleeName(one)) &&
      (refused === undefined || !contains(refused, one)),
  );
}

/** What cuts a token out of what the client brings. */
const HARMLESS = /(?:^|\.)(?:split|slice|substr(?:ing)?|replace|trim)$/u;

/** Is nothing done for whoever has a token, but that the socket is told who he is, which nobody reads? */
function onlyKeeps(core: Core, branch: TSESTree.IfStatement, call: Node, socket: string): boolean {
  const { assignments, calls } = core.file.index;
  const refused = catchOf(call);
  return (
    inside(calls, branch.consequent).every(
      (one) =>
        one === call ||
        HARMLESS.test(calleeName(one)) ||
        isLogCall(one) ||
        (refused !== undefined && contains(refused, one)),
    ) &&
    inside(assignments, branch.consequent).every(({ left }) => {
      const [root, ...tail] = dottedPath(left) ?? [];
      return root === socket && !isRead(core, branch, tail);
    })
  );
}

/** `other.data.userId` for `client.data.userId`, `{ userId }` of `client.data`, `client.data` as a whole */
function isRead(core: Core, branch: Node, tail: readonly string[]): boolean {
  const { membersNamed, patterns } = core.file.index;
  const name = tail.at(-1) ?? "";
  const isElsewhere = (node: Node): boolean => !contains(branch, node);
  const alike = (membersNamed.get(name) ?? []).filter(isElsewhere);
  const holders = membersNamed.get(tail[0] ?? "") ?? [];
  return (
    alike.some((one) => (dottedPath(one) ?? tail).slice(-tail.length).join() === tail.join()) ||
    holders.some(
      (one) =>
        isElsewhere(one) &&
        parentOf(wrapped(one))?.type !== "MemberExpression" &&
        SOCKET.test(rootName(one)),
    ) ||
    patterns.some((pattern) =>
      pattern.properties.some(
        (one) => one.type === "Property" && staticKey(one.key, one.computed) === name,
      ),
    )
  );
}

/** `this.rooms.enter(client, room)`: who it is may be asked out of sight. */
function isHandedOn(core: Core, socket: string): boolean {
  return [...core.file.index.names].some(
    ([name, uses]) =>
      (name === socket || SOCKET.test(name)) &&
      uses.some((one) => parentOf(wrapped(one))?.type === "CallExpression"),
  );
}
