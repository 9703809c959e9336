import type { Core } from "../core.ts";
import { calledName } from "../files/source-file.ts";
import { byName } from "../memo.ts";
import { dottedPath, staticKey, unwrap } from "../syntax.ts";
import type { CallNode, Node } from "../syntax.ts";
import { madeBy } from "../values/made-by.ts";

/**
 * A call that opens a connection which stays open: the platform's `WebSocket` and `EventSource`, what
 * takes their place, socket.io's `io`, and clients of GraphQL over WebSocket.
 */
export interface Connection {
  readonly node: CallNode;
  /** Where the other side is, as an argument or a property. */
  readonly address: Node;
  /** Only the server says something there. */
  readonly isStream: boolean;
}

/** `WebSocket`, `ReconnectingWebSocket`, `EventSourcePolyfill`, `useWebSocket`, `SubscriptionClient`. */
const MAKERS = /(?:Web[sS]ocket|EventSource)(?:Polyfill|Link|Transport)?$|^SubscriptionClient$/u;

/** Names under which socket.io's client is called, and the function of graphql-ws. */
const FUNCTIONS = /^(?:io|connect|createClient|\w*[sS]ocket(?:IO|Io)?(?:Client)?)$/u;

/** May a call of this name be one? */
export const isSocketName = byName((name) => MAKERS.test(name) || FUNCTIONS.test(name));

export function connectionOf(core: Core, call: CallNode): Connection | undefined {
  const name = calledName(call);
  const [first] = call.arguments;
  if (name === undefined || first === undefined || first.type === "SpreadElement") return undefined;
  const isMaker = MAKERS.test(name) && (call.type === "NewExpression" || name.startsWith("use"));
  if (!isMaker && !isClientFunction(core, call, name)) return undefined;
  const address = addressOf(unwrap(first));
  return address === undefined
    ? undefined
    : { node: call, address, isStream: name.includes("EventSource") };
}

function isClientFunction(core: Core, call: CallNode, name: string): boolean {
  if (!FUNCTIONS.test(name)) return false;
  const specifier = madeBy(core, call.callee)?.specifier ?? "";
  if (name === "createClient") return specifier === "graphql-ws";
  if (specifier.startsWith("socket.io-client")) return true;
  // A page that loads the client by a script element has `io` from nowhere.
  const path = dottedPath(call.callee);
  return path?.[0] === "io" && isGlobal(core, unwrap(call.callee));
}

function isGlobal(core: Core, callee: Node): boolean {
  const root = callee.type === "MemberExpression" ? unwrap(callee.object) : callee;
  return (core.fileOf(root).variableOf(root)?.defs.length ?? 0) === 0;
}

/** The first argument, or its `url` (graphql-ws), `uri` (Apollo). */
function addressOf(first: Node): Node | undefined {
  if (first.type !== "ObjectExpression") return first;
  for (const property of first.properties) {
    if (property.type !== "Property") continue;
    if (/^(?:url|uri)$/u.test(staticKey(property.key, property.computed) ?? ""))
      return property.value;
  }
  return undefined;
}
