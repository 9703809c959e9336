import type { Core } from "../core.ts";
import { readsOf } from "../files/variables.ts";
import { isLogCall } from "../logging.ts";
import { enclosingFunction, expressionIn, memberName, parentOf, staticKey } from "../syntax.ts";
import type { FunctionNode, Node } from "../syntax.ts";
import { returnArguments } from "../values/classes.ts";
import { hasWithin } from "../within.ts";
import { statementsBehind } from "../answers/behind.ts";
import { isAuthenticating, isOptionalByName } from "../answers/function-roles.ts";
import { isAllowance, isRefusal } from "../answers/refusals.ts";
import { handlingOf, leaves } from "../answers/results.ts";
import { awaitedIn } from "./goes-on.ts";

/**
 * `const claims = await verify(token).catch(() => ({ isAuthorized: false })); return { isAuthorized: true };`: the
 * refusal ends the handler alone and takes the place of the claims, and the answer behind it is the same for everybody.
 *
 * @param chain the call that is given the handler
 * @returns the answer
 */
export function allowedAfterRefusal(
  core: Core,
  handler: FunctionNode,
  chain: Node,
): Node | undefined {
  const { id, statement } = awaitedIn(chain);
  const owner = enclosingFunction(chain);
  if (owner === undefined || statement === undefined || isOptionalByName(core, owner))
    return undefined;
  const refusals = returnArguments(core, handler);
  if (refusals.length === 0 || !refusals.every((one) => isRefusal(core, one))) return undefined;
  if (hasWithin(core, handler, ({ type }) => type === "ThrowStatement")) return undefined;
  for (const behind of statementsBehind(statement)) {
    if (behind.type === "ReturnStatement") {
      const isYes = isAllowed(core, behind, owner) && !(id !== undefined && mayAsk(core, id));
      return isYes ? behind : undefined;
    }
    if (!/^(?:Expression|Variable)/u.test(behind.type) || leaves(core, behind)) return undefined;
  }
  return undefined;
}

/** What `true` means the function's name has to say, what `isAuthorized: true` does it says itself. */
function isAllowed(core: Core, statement: Node, owner: FunctionNode): boolean {
  const answer = expressionIn(statement);
  if (answer === undefined || handlingOf(core, statement).kind !== "succeeds") return false;
  const value = core.evaluate(answer);
  return (
    isAuthenticating(core, owner) ||
    isAllowance(core, answer) ||
    (value.type === "object" && value.properties.has("isAuthorized"))
  );
}

/**
 * May somebody find out that there are no claims, or fail without them: `assertMember(claims)`, `claims.payload.sub`,
 * `return answer`, `ok ? yes : no`? A claim that is passed on as it is, `{ context: { sub: claims.sub } }`, is undefined
 * then, and nothing fails.
 */
function mayAsk(core: Core, id: Node): boolean {
  if (id.type !== "Identifier") return true;
  return readsOf(core.fileOf(id), id).some((read) => !isPassedOn(read));
}

/** `console.log(claims)`, `{ context: { sub: claims.sub } }` */
function isPassedOn(read: Node): boolean {
  let isRead = false;
  let isPart = false;
  for (let by = parentOf(read); by !== undefined; by = parentOf(by)) {
    switch (by.type) {
      case "MemberExpression":
        if (isRead || VERDICT.test(memberName(by) ?? "")) return false;
        isRead = true;
        break;
      case "Property":
        if (VERDICT.test(staticKey(by.key, by.computed) ?? "")) return false;
        isPart = true;
        break;
      case "ObjectExpression":
      case "ChainExpression":
        break;
      case "CallExpression":
        return isLogCall(by);
      default:
        return isPart && /^(?:Return|Expression)Statement$/u.test(by.type);
    }
  }
  return false;
}

/** What says how the verification went rather than who it is. */
const VERDICT = /^(?:is)?_?(?:authori[sz]ed|allowed|valid|ok|success|verified|error)$/iu;
