import type { SourceFile } from "../files/source-file.ts";
import {
  calleeName,
  dottedPath,
  functionName,
  isFunction,
  memberName,
  parentOf,
  rootOf,
  textOf,
  unwrap,
} from "../syntax.ts";
import type { CallNode, FunctionNode, Node } from "../syntax.ts";
import { importSource } from "../values/whole-files.ts";
import { isConnectionHandler } from "./connection-handlers.ts";

/**
 * What a client says on a connection that stays open, and what a server answers there:
 * `io.on("connection", (socket) => { socket.on("join", (data, ack) => …); })` of socket.io 4.8.1,
 * `wss.on("connection", (ws) => { ws.on("message", (raw) => …); })` of ws 8.18.
 */
export interface SocketEvent {
  /** What the client calls it: `join` */
  readonly name: string;
  /** The function that is given the socket. */
  readonly connection: FunctionNode;
  /** The parameter that is the socket. */
  readonly socket: Node;
}

/** Of these the library tells, and no client. */
const OF_LIBRARY =
  /^(?:connect\w*|disconnect\w*|error|close|open|ping|pong|upgrade|unexpected.*)$/u;

/** The event that a function hears of, with what the client says as its arguments. */
export function socketEventOf(file: SourceFile, handler: FunctionNode): SocketEvent | undefined {
  const own = eventAt(file, handler);
  if (own !== undefined) return own;
  const name = functionName(handler);
  if (name === undefined) return undefined;
  for (const use of file.index.names.get(name) ?? []) {
    const event = eventAt(file, use);
    if (event !== undefined) return event;
  }
  return undefined;
}

/** `socket.on("join", handler)` */
function eventAt(file: SourceFile, handler: Node): SocketEvent | undefined {
  const heard = parentOf(handler);
  if (heard?.type !== "CallExpression") return undefined;
  const method = unwrap(heard.callee);
  if (method.type !== "MemberExpression" || !/^(?:on|once)$/u.test(memberName(method) ?? ""))
    return undefined;
  const name = textOf(heard.arguments[0]);
  if (name === undefined || OF_LIBRARY.test(name)) return undefined;
  const given = socketAt(file, unwrap(method.object));
  return given === undefined ? undefined : { name, ...given };
}

/** The socket that a name stands for, as the parameter of the function that is given it. */
function socketAt(
  file: SourceFile,
  name: Node,
): Pick<SocketEvent, "connection" | "socket"> | undefined {
  const [definition] = file.variableOf(name)?.defs ?? [];
  const connection = definition?.node as Node | undefined;
  if (!isFunction(connection)) return undefined;
  const socket = connection.params.find((one) => one === definition?.name);
  const isSocket =
    socket !== undefined && (isTypedSocket(file, socket) || isConnectionHandler(file, connection));
  return isSocket ? { connection, socket } : undefined;
}

/** `(io: Server, socket: Socket) => …`, where the type is that of the server's side */
function isTypedSocket(file: SourceFile, parameter: Node): boolean {
  const type =
    parameter.type === "Identifier" ? parameter.typeAnnotation?.typeAnnotation : undefined;
  if (type?.type !== "TSTypeReference" || type.typeName.type !== "Identifier") return false;
  return importSource(file.variableOf(type.typeName))?.value === "socket.io";
}

/** `message.userId` of `({ userId }, ack) => …`, and `message.name` of `(name) => …`: the place of a parameter. */
export function placeInMessage(
  file: SourceFile,
  handler: FunctionNode,
  parameter: Node,
  taken: string,
): string | undefined {
  if (socketEventOf(file, handler) === undefined) return undefined;
  const name = taken === "" ? dottedPath(parameter)?.[0] : undefined;
  return name === undefined ? "message" : `message.${name}`;
}

/** `socket.emit("match", token)`, `io.to(socket.id).emit(…)`, `ws.send(text)`, `ack({ token })`: they ask nothing. */
export function isAnswerOnSocket(file: SourceFile, call: CallNode): boolean {
  const callee = unwrap(call.callee);
  const root = chainRoot(callee);
  if (callee === root) {
    // The one function that a client can hand over.
    const owner = file.variableOf(root)?.defs[0]?.node as Node | undefined;
    return isFunction(owner) && socketEventOf(file, owner) !== undefined;
  }
  const name = calleeName(call);
  if (!ANSWERS.test(name)) return false;
  return SERVERS.test(dottedPath(root)?.[0] ?? "") || socketAt(file, root) !== undefined;
}

/** `io` of `io.to(socket.id).emit` */
function chainRoot(callee: Node): Node {
  let at = rootOf(callee);
  while (at.type === "CallExpression") at = rootOf(at.callee);
  return at;
}

const ANSWERS = /\.(?:emit|send|to|in|except|join|leave|disconnect|close)$/u;

/** What programs call the server of socket.io. */
const SERVERS = /^(?:io|nsp|namespace)$/u;
