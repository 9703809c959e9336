import type { Core } from "../core.ts";
import { isAnswering, responseCalls } from "../answers/response-calls.ts";
import { askedFor } from "../data/asked-records.ts";
import { isLookUp } from "../data/data-access.ts";
import type { Use } from "../flow/use.ts";
import { assignedAnswer } from "../network/assigned-answers.ts";
import { saidByClient } from "../network/request.ts";
import { isReturnedToClient } from "../network/returned-answers.ts";
import {
  calleeName,
  dottedPath,
  isFunction,
  memberName,
  parentOf,
  rootOf,
  staticKey,
  walk,
  wrapped,
} from "../syntax.ts";
import type { FunctionNode, Node } from "../syntax.ts";
import { isForDevelopment } from "../trust/environments.ts";
import { hasWithin } from "../within.ts";
import { usesOfSigned } from "./handed-back.ts";
import { isMail } from "./mails.ts";
import type { SignedToken } from "./signed-tokens.ts";

/** To whom is a signed token given: who asks, in the answer, or whom a mail reaches? */

/** Does the answer to the request hold the token, elsewhere than in development? */
export function isAnswered(core: Core, signed: SignedToken): boolean {
  return usesOfSigned(core, signed).some(
    (use) =>
      isInAnswer(core, use) && isShown(core, signed, use) && !isForDevelopment(core, use.node),
  );
}

/** Not where the answer only says that there is one: `{ sent: Boolean(token) }`. */
function isShown(core: Core, { node }: SignedToken, { by, node: shown }: Use): boolean {
  const holder = parentOf(wrapped(node));
  const name = holder?.type === "VariableDeclarator" ? dottedPath(holder.id)?.[0] : undefined;
  if (name === undefined) return true;
  const isNamed = (one: Node): boolean => one.type === "Identifier" && one.name === name;
  const answer = isFunction(by) ? shown : by;
  return (
    !hasWithin(core, answer, isNamed) ||
    hasWithin(core, answer, (one) => isNamed(one) && !isAskedWhether(one))
  );
}

/** `Boolean(token)`, `!!token`, `token.length` */
function isAskedWhether(token: Node): boolean {
  const by = parentOf(token);
  return (
    by?.type === "UnaryExpression" ||
    (by?.type === "CallExpression" && calleeName(by) === "Boolean") ||
    (by?.type === "MemberExpression" && memberName(by) === "length")
  );
}

function isInAnswer(core: Core, { kind, by }: Use): boolean {
  switch (by.type) {
    case "CallExpression":
      return (
        kind === "argument" && (isAnswering(responseCalls(by)) || ANSWERS.test(calleeName(by)))
      );
    case "AssignmentExpression":
      return assignedAnswer(core.fileOf(by), by) !== undefined;
    default:
      return isFunction(by) && isReturnedToClient(core.fileOf(by), by);
  }
}

/** `NextResponse.json(…)`, `c.json(…)` of Hono, `h.response(…)` of hapi */
const ANSWERS = /^(?:(?:Next)?Response|c|ctx)\.json$|^h\.response$/u;

/** `passwordlessLogin` that sends a link, and nothing else holds the token: whoever reads the mail is whom it is for. */
export function isMailedAlone(
  core: Core,
  handler: FunctionNode,
  signed: SignedToken,
  named: Node,
): boolean {
  const uses = usesOfSigned(core, signed).filter((use) => !isOnTheWay(core, use));
  return (
    uses.length > 0 &&
    uses.every(({ kind, by }) => kind === "argument" && isMail(by)) &&
    isSentTo(core, handler, named)
  );
}

/** Does each mail of a handler go to whom the request names, and to nobody beside? */
function isSentTo(core: Core, handler: FunctionNode, named: Node): boolean {
  const said = saidByClient(core, named);
  const isRight: boolean[] = [];
  walk(handler.body, core.fileOf(handler).visitorKeys, (one) => {
    if (one.type !== "Property") return;
    const key = staticKey(one.key, one.computed) ?? "";
    if (/^b?cc$/iu.test(key)) isRight.push(false);
    // `user.email` of the record that was found by the same is as good.
    if (/^(?:to|recipient|email_?to)$/iu.test(key))
      isRight.push(
        saidByClient(core, one.value) === said || askedFor(core, rootOf(one.value)) !== undefined,
      );
  });
  return isRight.length > 0 && isRight.every(Boolean);
}

/** It becomes a part of a text, or goes through a function of the program. */
function isOnTheWay(core: Core, { kind, by, calls }: Use): boolean {
  if (kind === "return") return calls.length > 0;
  if (kind !== "argument" || by.type !== "CallExpression") return kind === "text";
  return core.evaluate(by.callee).type === "function";
}

/** The mail holds something else, such as a code, that has to be shown beside this token. */
export function isForAnother(core: Core, handler: FunctionNode, signed: SignedToken): boolean {
  const isMailed = usesOfSigned(core, signed).some(
    ({ kind, by }) => kind === "argument" && isMail(by),
  );
  // `findByEmail` sends none, `sendCodeByEmail` does.
  const isSent = (node: Node): boolean =>
    node.type === "CallExpression" &&
    isMail(node) &&
    (/send/iu.test(calleeName(node)) || !isLookUp(core, node));
  return !isMailed && hasWithin(core, handler.body, isSent);
}
