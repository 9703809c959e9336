import type { SourceFile } from "../files/source-file.ts";
import {
  calleeName,
  contains,
  functionName,
  memberName,
  parentOf,
  textOf,
  unwrap,
} from "../syntax.ts";
import type { FunctionNode, Node } from "../syntax.ts";

/**
 * Functions that a server calls when a client connects to stay connected: `io.on("connection", (socket) => …)`,
 * `wss.on("connection", (ws, request) => …)`, `server.on("upgrade", …)`, `handleConnection(client)` of Nest.
 */
export function isConnectionHandler(file: SourceFile, owner: FunctionNode): boolean {
  return eventOf(file, owner) !== undefined;
}

/** The parameters in which such a function is given what the client has sent. */
export function handshakesOf(file: SourceFile, owner: FunctionNode): readonly Node[] {
  const event = eventOf(file, owner);
  if (event === undefined) return [];
  const [first, second] = owner.params;
  if (second === undefined) return first === undefined ? [] : [first];
  // The socket of `ws` holds nothing of the request, which stands beside it.
  return event === "connection" ? [second] : owner.params;
}

type Event = "connection" | "upgrade" | "method";

function eventOf(file: SourceFile, owner: FunctionNode): Event | undefined {
  const own = eventAt(owner);
  if (own !== undefined) return own;
  const name = functionName(owner);
  if (name === undefined) return undefined;
  if (name === "handleConnection") return "method";
  for (const use of file.index.names.get(name) ?? []) {
    const event = contains(owner, use) ? undefined : eventAt(handed(use));
    if (event !== undefined) return event;
  }
  return listens(file, owner) ? "connection" : undefined;
}

/** The whole of `onConnection`, `this.onConnection` and `this.onConnection.bind(this)` */
function handed(use: Node): Node {
  let at = use;
  for (let parent = parentOf(at); parent !== undefined; parent = parentOf(at)) {
    const isMember = parent.type === "MemberExpression";
    const isBinding =
      parent.type === "CallExpression" &&
      parent.callee === at &&
      at.type === "MemberExpression" &&
      memberName(at) === "bind";
    if (!isMember && !isBinding) break;
    at = parent;
  }
  return at;
}

/** The event that a call hears of with what it is given: `io.on("connection", handler)` */
function eventAt(handler: Node): Event | undefined {
  const call = parentOf(handler);
  if (call?.type !== "CallExpression" || call.arguments[1] !== handler) return undefined;
  const callee = unwrap(call.callee);
  if (callee.type !== "MemberExpression" || !/^(?:on|once)$/u.test(memberName(callee) ?? ""))
    return undefined;
  const name = textOf(call.arguments[0]) ?? "";
  if (name === "upgrade") return name;
  return /^connect(?:ion)?$/u.test(name) ? "connection" : undefined;
}

/** `export const gateway = (socket) => { socket.handshake …; socket.on("message", …); }`, handed over elsewhere */
function listens(file: SourceFile, { params, range }: FunctionNode): boolean {
  const [socket, ...more] = params;
  if (socket?.type !== "Identifier" || more.length > 0 || !SOCKET.test(socket.name)) return false;
  const isInside = (node: Node): boolean => node.range[0] > range[0] && node.range[1] < range[1];
  return (
    (file.index.names.get("handshake") ?? []).some(isInside) &&
    (file.index.called.get("on") ?? []).some(
      (call) => isInside(call) && calleeName(call) === `${socket.name}.on`,
    )
  );
}

/** What programs call the socket of a client. */
export const SOCKET = /^(?:socket|client|conn(?:ection)?)$/u;
