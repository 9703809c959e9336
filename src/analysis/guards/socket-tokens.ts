import type { TSESTree } from "@typescript-eslint/utils";
import type { Core } from "../core.ts";
import { SOCKET, isConnectionHandler } from "../network/connection-handlers.ts";
import {
  calleeName,
  contains,
  dottedPath,
  isFunction,
  memberName,
  parentOf,
  textOf,
  unwrap,
} from "../syntax.ts";
import type { CallNode, FunctionNode, Node } from "../syntax.ts";
import { tokenName } from "../tokens/words.ts";

/**
 * What a client brings when it connects to stay connected. Its token stands among the queries as well, and what the
 * rest of it says nobody could verify.
 */

/** Is it called for a client that connects: `io.on("connection", (socket) => …)`, `io.use((socket, next) => …)`? */
export function isOfSocket(core: Core, owner: FunctionNode): boolean {
  return isConnectionHandler(core.fileOf(owner), owner) || isSocketMiddleware(core, owner);
}

/** `io.use((socket, next) => …)`, also where it is handed over elsewhere */
export function isSocketMiddleware(core: Core, owner: FunctionNode): boolean {
  const [socket, next, ...more] = owner.params;
  return (
    socket?.type === "Identifier" &&
    SOCKET.test(socket.name) &&
    next !== undefined &&
    more.length === 0 &&
    (core.fileOf(owner).index.names.get("handshake") ?? []).some((one) => contains(owner, one))
  );
}

/** What a client says of itself, and nobody can verify: who it is, and where it wants to go. */
export const SAYS_WHO =
  /^(?!.*(?:session|device|client|invit|ticket|api|key|secret|code))(?:\w*(?:id|name|room|e?mail|channel|group))$/iu;

/** What a socket does, beside holding what it was opened with. */
const DOES =
  /^(?:on|once|off|removeListener|removeAllListeners|join|leave|emit|send|to|in|except|broadcast|write|end|close|terminate|destroy|disconnect|ping|pong|setTimeout|setNoDelay|setKeepAlive)$/u;

/** `socket.handshake.query.userId`, `url.searchParams.get("room")`, `socket.join` of `socket.join(room)` */
export function isOnlyWho(name: TSESTree.Identifier): boolean {
  let at: Node = name;
  for (let by = parentOf(at); by !== undefined; by = parentOf(at)) {
    if (by.type !== "ChainExpression" && (by.type !== "MemberExpression" || by.object !== at))
      break;
    if (by.type === "MemberExpression" && at === name && DOES.test(memberName(by) ?? ""))
      return true;
    at = by;
  }
  if (at.type !== "MemberExpression") return false;
  const called = parentOf(at);
  const isGet =
    called?.type === "CallExpression" && called.callee === at && memberName(at) === "get";
  return SAYS_WHO.test((isGet ? textOf(called.arguments[0]) : memberName(at)) ?? "");
}

/** `url.searchParams.get("token")`, `url.parse(request.url, true).query.token`: browsers can send a socket no header. */
export function isInAddress(node: Node): boolean {
  if (node.type === "MemberExpression") return isQueried(memberName(node), pathOf(node.object));
  const callee = node.type === "CallExpression" ? unwrap(node.callee) : undefined;
  if (node.type !== "CallExpression" || callee?.type !== "MemberExpression") return false;
  return (
    memberName(callee) === "get" &&
    /^(?:\w*params|\w*query)$/iu.test(pathOf(callee.object).at(-1) ?? "") &&
    tokenName(textOf(node.arguments[0]) ?? "") !== undefined
  );
}

/** `token` of `const { token } = url.parse(request.url, true).query` */
export function isQueried(name: string | undefined, holder: readonly string[]): boolean {
  return holder.at(-1) === "query" && tokenName(name ?? "") !== undefined;
}

/** `wss.handleUpgrade(request, …)` and what tells of it, where nobody in the file is given that request. */
export function isUpgrade(core: Core, call: CallNode): boolean {
  const name = calleeName(call);
  const isTold = name.endsWith(".emit") && textOf(call.arguments[0]) === "connection";
  if (!isTold && !name.endsWith(".handleUpgrade")) return false;
  const { called } = core.fileOf(call).index;
  const handlers = ["on", "once"]
    .flatMap((one) => called.get(one) ?? [])
    .flatMap(({ arguments: [event, handler] }) =>
      textOf(event) === "connection" && handler !== undefined ? [unwrap(handler)] : [],
    );
  return handlers.length > 0 && handlers.every((one) => isFunction(one) && one.params.length < 2);
}

/** `socket.userId` of a function that has put it there itself. */
export function isPutThere(core: Core, owner: FunctionNode, node: Node): boolean {
  const path = dottedPath(node)?.join(".");
  return core
    .fileOf(owner)
    .index.assignments.some(
      (one) => contains(owner, one) && dottedPath(one.left)?.join(".") === path,
    );
}

/** The names of a chain; what stands in front of a call, such as `context.switchToHttp().getRequest()`, is left out. */
export function pathOf(written: Node): string[] {
  const node = unwrap(written);
  if (node.type === "MemberExpression") return [...pathOf(node.object), memberName(node) ?? ""];
  return dottedPath(node) ?? [];
}

/** `new URL(request.url, base)`, `url.parse(request.url, true)` */
export function readsAddress(call: CallNode): boolean {
  return /^(?:URL|URLSearchParams|(?:url|qs|querystring)\.parse)$/u.test(calleeName(call));
}

/** Lists of who is connected: `clients.set(userId, socket)` */
export function keepsWho(call: CallNode): boolean {
  return /(?:^|\.)(?:set|add|push|delete)$/u.test(calleeName(call));
}
