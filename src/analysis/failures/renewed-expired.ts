import type { Core } from "../core.ts";
import { inside } from "../files/inside.ts";
import { readsOf } from "../files/variables.ts";
import type { Operation } from "../operations/operations.ts";
import { calleeName, contains, isLiteral, parentOf, unwrap } from "../syntax.ts";
import type { CallNode, Node } from "../syntax.ts";
import { nextCalled, statementsBehind } from "../answers/behind.ts";
import { isLogCall } from "../logging.ts";
import { responseCalls } from "../answers/response-calls.ts";
import { catchOf, isInExpiryBranch } from "../answers/results.ts";

/**
 * `catch (error) { if (error.name === "TokenExpiredError") { res.cookie("token", sign(…)); next(); } }`:
 * whoever brings a token that has expired is given a new one and goes on, or is answered with it, so it never
 * expires. Whatever else is called there may look at a second token, or ask whether the session is still good.
 *
 * @returns the calls that sign the new tokens
 */
export function renewedExpired(
  core: Core,
  operation: Operation,
  operations: readonly Operation[],
): CallNode[] {
  if (operation.kind !== "verify") return [];
  const failure = operation.callback?.function ?? catchOf(operation.node);
  if (failure === undefined || core.fileOf(failure) !== core.file) return [];
  return operations.flatMap(({ kind, node }) => {
    if (kind !== "sign" || !contains(failure.body, node) || !isInExpiryBranch(core, node))
      return [];
    const branch = branchForExpired(core, node, failure.body);
    if (branch === undefined || isOfNobody(node) || mayAsk(core, branch, operations)) return [];
    return goesOnBehind(node, failure.body) || isGivenOut(core, node, branch) ? [node] : [];
  });
}

/**
 * What runs for expired tokens: the branch whose test names them alone, or all of it. What asks for more,
 * before or in it, may ask for something that only its owner has.
 */
export function branchForExpired(core: Core, node: Node, body: Node): Node | undefined {
  for (let at = parentOf(node); at !== undefined && at !== body; at = parentOf(at)) {
    if (at.type !== "IfStatement") continue;
    const isForExpired = /expired/iu.test(core.file.text.slice(...at.test.range));
    const isAlone = at.test.type !== "LogicalExpression" && contains(at.consequent, node);
    return isForExpired && isAlone ? at.consequent : undefined;
  }
  return body;
}

/** `sign({ guest: true }, key)` */
function isOfNobody({ arguments: [claims] }: CallNode): boolean {
  const node = claims === undefined ? undefined : unwrap(claims);
  return (
    node?.type === "ObjectExpression" &&
    node.properties.every((one) => one.type === "Property" && isLiteral(one.value))
  );
}

function goesOnBehind(node: Node, body: Node): boolean {
  let statement: Node | undefined = node;
  while (statement !== undefined && parentOf(statement)?.type !== "BlockStatement")
    statement = parentOf(statement);
  if (statement === undefined || !contains(body, statement)) return false;
  return statementsBehind(statement).some(
    (behind) => contains(body, behind) && nextCalled(behind) !== undefined,
  );
}

/** `res.json({ token: sign(…) })`, `res.cookie("session", sign(…))`, `return { token }`: what is made of it in an object or by a name counts as well. */
function isGivenOut(core: Core, token: Node, branch: Node, hops = MAX_NAMES): boolean {
  for (let at = parentOf(token); at !== undefined && contains(branch, at); at = parentOf(at)) {
    if (at.type === "ReturnStatement") return true;
    if (at.type === "CallExpression" && responseCalls(at).length > 0) return true;
    if (at.type === "VariableDeclarator")
      return (
        hops > 0 &&
        readsOf(core.file, at.id).some((read) => isGivenOut(core, read, branch, hops - 1))
      );
  }
  return false;
}

/** How many names a token goes through on its way. */
const MAX_NAMES = 2;

/** Calls that answer, write down or prepare, and ask nobody. */
const ASKS_NOBODY =
  /(?:^|\.)(?:next|cookie|setCookie|set|setHeader|header|append|status|sendStatus|json|send|redirect|clearCookie|assign|now|floor|round|String|Number)$/u;

/** Limits of its own: how long ago a token was issued, or has expired. */
const AGE: readonly string[] = ["exp", "iat", "expiredAt"];

/** Is there a call in the branch that may look at a second token, or an age of the program's own? */
export function mayAsk(core: Core, branch: Node, operations: readonly Operation[]): boolean {
  const { calls, membersNamed } = core.file.index;
  if (AGE.some((name) => inside(membersNamed.get(name) ?? [], branch).length > 0)) return true;
  return inside(calls, branch).some((call) => {
    const known = operations.find(({ node }) => node === call);
    if (known !== undefined) return known.kind === "verify";
    return !isLogCall(call) && !ASKS_NOBODY.test(calleeName(call));
  });
}
