import type { TSESTree } from "@typescript-eslint/utils";
import { isLogCall } from "../logging.ts";
import { catchOf } from "../answers/results.ts";
import type { Core } from "../core.ts";
import {
  calleeName,
  decoratorsOf,
  enclosingClass,
  functionName,
  isFunction,
  memberName,
  parentOf,
  statementsIn,
  unwrap,
  walk,
  wrapped,
} from "../syntax.ts";
import type { FunctionNode, Node } from "../syntax.ts";

/**
 * `handleConnection(client) { try { verify(token); } catch { throw new WsException("no"); } }`: a gateway of Nest is
 * told that a client has connected, and nobody takes what it throws. The error ends the whole process, or, where
 * something listens for `uncaughtException`, the client stays and is served (@nestjs/websockets 11.2.6); filters are
 * for messages alone. A client that is disconnected before the throw is gone.
 *
 * @returns the throws
 */
export function thrownAtConnection(core: Core): Node[] {
  if (!core.file.code.includes("WebSocketGateway")) return [];
  return core.file.index.functions
    .filter((one) => isGatewaysOwn(one))
    .flatMap((owner) => {
      // What verifies bare may throw as well, but nobody says there that he means to refuse.
      return refusalsOf(core, owner).slice(0, 1);
    });
}

function isGatewaysOwn(owner: FunctionNode): boolean {
  const method = parentOf(owner);
  const gateway = enclosingClass(owner);
  return (
    method?.type === "MethodDefinition" &&
    functionName(owner) === "handleConnection" &&
    // A decorator may catch what it throws.
    decoratorsOf(method).length === 0 &&
    gateway !== undefined &&
    decoratorsOf(gateway).some(
      ({ expression }) =>
        expression.type === "CallExpression" && calleeName(expression) === "WebSocketGateway",
    )
  );
}

/** Does an error leave the function: neither a `try` nor a `.catch(…)` is around, nor was the client sent away before? */
function throws(node: Node, owner: FunctionNode): boolean {
  const by = parentOf(wrapped(node));
  const isHandled =
    by?.type === "MemberExpression" && /^(?:catch|then|finally)$/u.test(memberName(by) ?? "");
  return !isHandled && catchOf(node) === undefined && !isEnded(node, owner);
}

/** The throws by which a function refuses a token, and leaves with. */
function refusalsOf(core: Core, owner: FunctionNode): Node[] {
  const found: Node[] = [];
  walk(owner.body, core.file.visitorKeys, (node) => {
    if (isFunction(node)) return false;
    if (node.type === "ThrowStatement" && throws(node, owner) && isAboutToken(core, node, owner))
      found.push(node);
    return true;
  });
  return found;
}

const TOKEN = /token|jwt|bearer|auth/iu;

/** Does it stand in the catch of what has to do with a token, or behind a question about one? */
function isAboutToken(core: Core, node: TSESTree.ThrowStatement, owner: FunctionNode): boolean {
  for (let at = parentOf(node); at !== undefined && at !== owner; at = parentOf(at)) {
    const asked =
      at.type === "IfStatement" ? at.test : at.type === "TryStatement" ? at.block : undefined;
    if (asked !== undefined && TOKEN.test(core.file.text.slice(...asked.range))) return true;
  }
  return false;
}

const ENDS = /(?:^|\.)\w*(?:disconnect|close|terminate|destroy|kick|refuse|reject)\w*$/iu;

/** `client.disconnect(); throw error;`, also in a `finally` */
function isEnded(node: Node, owner: FunctionNode): boolean {
  for (let from = node, at = parentOf(node); at !== undefined; from = at, at = parentOf(at)) {
    const statements = statementsIn(at) ?? [];
    if (statements.slice(0, Math.max(statements.indexOf(from), 0)).some((one) => ends(one, owner)))
      return true;
    if (at.type === "TryStatement" && at.finalizer?.body.some((one) => ends(one, owner)) === true)
      return true;
    if (at === owner) return false;
  }
  return false;
}

/** `client.disconnect()`, and `this.sayGoodbye(client)`, which may do it */
function ends(statement: Node, { params: [client] }: FunctionNode): boolean {
  if (statement.type !== "ExpressionStatement") return false;
  const call = unwrap(statement.expression);
  if (call.type !== "CallExpression") return false;
  const isGiven = call.arguments.some(
    (one) => one.type === "Identifier" && client?.type === "Identifier" && one.name === client.name,
  );
  return ENDS.test(calleeName(call)) || (isGiven && !isLogCall(call));
}
