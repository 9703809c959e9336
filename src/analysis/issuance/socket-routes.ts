import type { Analysis } from "../analysis.ts";
import type { Core } from "../core.ts";
import { inside } from "../files/inside.ts";
import { readsOf } from "../files/variables.ts";
import { byObject } from "../memo.ts";
import { socketEventOf } from "../network/socket-events.ts";
import type { SocketEvent } from "../network/socket-events.ts";
import { calleeName, contains, memberName, parentOf, rootOf, unwrap, wrapped } from "../syntax.ts";
import type { CallNode, Node } from "../syntax.ts";
import { madeBy } from "../values/made-by.ts";
import { asksNothing } from "./unasked.ts";

/**
 * Does what a client says on a socket reach its handler without anything that asks who has connected? A program keeps
 * on the socket whom it knows there (`socket.user`, `socket.data.userId`), so nothing but its id may be read of it,
 * and it may be handed to nobody.
 */
export function isOpenOnSocket(analysis: Analysis, event: SocketEvent): boolean {
  const { core, file, operations } = analysis;
  const { connection, socket } = event;
  if (ASKED_AT_CONNECTION.test(file.code) || isGuarded(analysis)) return false;
  const uses = readsOf(file, socket);
  if (!uses.every((one) => isOfConnection(one))) return false;
  const heard = inside(file.index.functions, connection).filter(
    (one) => socketEventOf(file, one) !== undefined,
  );
  return asksNothing(core, connection, {
    operations,
    isHarmless: (_, node) =>
      heard.some((one) => contains(one, node)) ||
      (node.type === "CallExpression" && uses.includes(rootOf(node.callee))),
  });
}

/** Options and events by which a server asks before there is a connection. */
const ASKED_AT_CONNECTION = /\b(?:allowRequest|verifyClient|noServer|handleUpgrade)\b/u;

/** `io.use(verify)`, `io.of("/chat").use(…)`, `socket.use(…)`, `io.engine.use(session)`, and not `app.use(express.json())` */
const isGuarded = byObject(
  ({ core, file }: Analysis): boolean =>
    (file.index.called.get("use") ?? []).some(
      ({ callee }) => !MAKES_APP.test(madeBy(core, rootOf(callee))?.specifier ?? ""),
    ) || file.index.calls.some((call) => isHandedServer(core, call)),
);

/** `secureSockets(io)`, `guarded(new Server(http))`: a function out of sight may do that for it. */
function isHandedServer(core: Core, call: CallNode): boolean {
  if (unwrap(call.callee).type !== "Identifier" || call.type === "NewExpression") return false;
  const isHanded = call.arguments.some((one) => {
    const given = unwrap(one);
    return given.type === "NewExpression"
      ? /^(?:Server|WebSocketServer)$/u.test(calleeName(given))
      : given.type === "Identifier" && /^(?:io|wss|nsp)$/u.test(given.name);
  });
  return isHanded && core.evaluate(call.callee).type !== "function";
}

const MAKES_APP = /^(?:express|fastify|koa|polka|@koa\/router|koa-router)$/u;

/** What a socket is used for that says of nobody who he is. */
const OF_CONNECTION =
  /^(?:id|on|once|off|emit|send|to|in|except|join|leave|rooms|broadcast|volatile|timeout|nsp|connected|readyState|disconnect|close|terminate|removeAllListeners|removeListener)$/u;

function isOfConnection(read: Node): boolean {
  const member = parentOf(wrapped(read));
  return member?.type === "MemberExpression" && OF_CONNECTION.test(memberName(member) ?? "");
}
