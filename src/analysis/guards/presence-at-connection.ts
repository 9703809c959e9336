import type { Core } from "../core.ts";
import { calleeName, dottedPath, memberName, staticKey } from "../syntax.ts";
import type { FunctionNode, Node } from "../syntax.ts";
import { hasWithin } from "../within.ts";
import { madeOf } from "../answers/function-roles.ts";
import { pathOf } from "./socket-tokens.ts";

/**
 * Where a function that is called for a client that connects asks no more than whether there is a token:
 * `if (!token) return socket.disconnect();`, or `if (!token) saveAsGuest(id); else saveAsUser(id);` where the client
 * says itself who it is. Nothing where the server may have asked before, as by `io.use(…)`.
 */
export function presenceAtConnection(core: Core, owner: FunctionNode): Node[] {
  if (asksBefore(core)) return [];
  const saysWho = hasWithin(core, owner.body, (node) => isSaidIdentity(node));
  const found: Node[] = [];
  hasWithin(core, owner.body, (node) => {
    if (
      node.type === "IfStatement" &&
      isAboutToken(core, node.test) &&
      (turnsAway(core, node) || (saysWho && node.alternate !== null))
    )
      found.push(node.test);
    return found.length > 0;
  });
  return found;
}

/** What a server is told to ask before a client is connected. */
const BEFORE = /\b(?:allowRequest|verifyClient|UseGuards)\b/u;

const SERVER = /\b(?:io|nsp|namespace|sio|wss?|engine|server|socketServer|socketIO|adapter)\b/iu;

function asksBefore(core: Core): boolean {
  const { code, index, text } = core.file;
  return (
    BEFORE.test(code) ||
    (index.called.get("use") ?? []).some(({ callee }) => SERVER.test(text.slice(...callee.range)))
  );
}

function isAboutToken(core: Core, test: Node): boolean {
  return /token|jwt|bearer|authorization/iu.test(
    core.file.text.slice(...test.range) + madeOf(core, test),
  );
}

/** Does one of its branches end the connection? */
function turnsAway(
  core: Core,
  { consequent, alternate }: Extract<Node, { readonly type: "IfStatement" }>,
): boolean {
  return [consequent, alternate].some(
    (one) => one !== null && hasWithin(core, one, (node) => isEnd(node)),
  );
}

function isEnd(node: Node): boolean {
  return (
    node.type === "ThrowStatement" ||
    (node.type === "CallExpression" &&
      /\.(?:disconnect|close|terminate|destroy)$/u.test(calleeName(node)))
  );
}

const WHO = /^(?:user|account|member|customer|player|sub|uid)/iu;

/** `socket.handshake.query.userId`, `const { userId } = socket.handshake.auth` */
function isSaidIdentity(node: Node): boolean {
  if (node.type === "MemberExpression")
    return WHO.test(memberName(node) ?? "") && isSaid(pathOf(node.object));
  return (
    node.type === "VariableDeclarator" &&
    node.id.type === "ObjectPattern" &&
    node.init !== null &&
    isSaid(dottedPath(node.init) ?? []) &&
    node.id.properties.some(
      (one) => one.type === "Property" && WHO.test(staticKey(one.key, one.computed) ?? ""),
    )
  );
}

function isSaid(path: readonly string[]): boolean {
  return /(?:^|\.)handshake\.(?:auth|query)$/u.test(path.join("."));
}
