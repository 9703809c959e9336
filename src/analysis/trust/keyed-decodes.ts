import { asksForFailure, isAuthenticating, roleName } from "../answers/function-roles.ts";
import { saysSuccess } from "../answers/refusals.ts";
import { catchOf, handlingOf } from "../answers/results.ts";
import type { Core } from "../core.ts";
import { inside } from "../files/inside.ts";
import { usesOf } from "../flow/flow.ts";
import type { Use } from "../flow/use.ts";
import type { Operation } from "../operations/operations.ts";
import { calleeName, contains, enclosingFunction, parentOf, unwrap } from "../syntax.ts";
import type { FunctionNode, Node } from "../syntax.ts";
import { returnArguments } from "../values/classes.ts";
import { must } from "../values/value.ts";
import { claimPath } from "./claim-path.ts";

/**
 * `try { jwt.decode(token, KEY, true); return { valid: true }; } catch { return { valid: false }; }`: a decode that is
 * given a key, and told to leave the signature out, is meant as a verification where the function around it says what it
 * thinks of the token: by its answer, or because it refuses expired ones and gives the claims of the others. Who only wants
 * to look at a token has no use for a key.
 *
 * @returns the function
 */
export function meantAsVerification(core: Core, operation: Operation): FunctionNode | undefined {
  const { kind, node, unverified } = operation;
  const key = kind === "decode" ? unverified?.key : undefined;
  const handler = key === undefined ? undefined : catchOf(node);
  const inner = enclosingFunction(node);
  if (key === undefined || handler === undefined || inner === undefined) return undefined;
  // `decode(token, null, true)`, `decode(token, "none", true)`
  if (must(core.evaluate(key), ({ type }) => type === "literal")) return undefined;
  const owner = namedAround(core, inner);
  const name = owner === undefined ? undefined : roleName(core, owner);
  if (owner === undefined || asksForFailure(name) || LOOKS.test(name ?? "")) return undefined;
  const refusal = handlingOf(core, handler.body).kind;
  if (refusal !== "returns-empty" && refusal !== "rethrows" && refusal !== "passes-on")
    return undefined;
  const isMeant =
    saysGood(core, inner, owner, handler.parent) || givesUnlessExpired(core, operation, inner);
  return isMeant ? owner : undefined;
}

/** What functions are called that look at a token and say nothing of who may come in. */
const LOOKS =
  /peek|inspect|explain|describe|unsafe|unverif|without|skip|debug|log(?!in)|refresh|renew|left|remaining|countdown|expiry|parse|(?<!per|trans|con)form|looks_?like|readable|well_?formed|structure|shape/iu;

/** The function itself, or the one that makes a promise with it. */
function namedAround(core: Core, inner: FunctionNode): FunctionNode | undefined {
  if (roleName(core, inner) !== undefined) return inner;
  const maker = parentOf(inner);
  const isPromise = maker?.type === "NewExpression" && calleeName(maker) === "Promise";
  return isPromise ? enclosingFunction(maker) : undefined;
}

/** `return { valid: true };` in the attempt; what `true` alone means the function's name has to say. */
function saysGood(core: Core, inner: FunctionNode, owner: FunctionNode, attempt: Node): boolean {
  return returnArguments(core, inner).some((given) => {
    if (!contains(attempt, given)) return false;
    const value = core.evaluate(given);
    if (value.type === "object") return saysSuccess(value) === true;
    return value.type === "literal" && value.value === true && isAuthenticating(core, owner);
  });
}

/** `if (claims.exp < now) return reject(…); resolve(claims.sub);` */
function givesUnlessExpired(core: Core, operation: Operation, inner: FunctionNode): boolean {
  const uses = usesOf(core, operation.node).filter(({ node }) => enclosingFunction(node) === inner);
  const isRefused = uses.some((use) => isExpiry(operation, use) && refusesAt(core, use, inner));
  return isRefused && uses.some((use) => isGivenOut(operation, use, inner));
}

function isExpiry(operation: Operation, { kind, path }: Use): boolean {
  return kind === "compare" && claimPath(operation, path)?.[0] === "exp";
}

/** Does what is refused stand behind the comparison? */
function refusesAt(core: Core, { by }: Use, inner: FunctionNode): boolean {
  return inside(core.fileOf(by).index.ifs, inner.body).some(({ test, consequent }) => {
    if (!contains(test, by)) return false;
    const { kind } = handlingOf(core, consequent);
    return kind === "rethrows" || kind === "passes-on" || kind === "returns-empty";
  });
}

/** The claims, or who somebody is by them: returned, or what a promise is settled with. */
function isGivenOut(operation: Operation, { kind, path, by }: Use, inner: FunctionNode): boolean {
  const claims = claimPath(operation, path);
  if (claims === undefined || /^(?:exp|iat|nbf)$/u.test(claims[0] ?? "")) return false;
  if (kind === "return") return by === inner;
  const call = unwrap(by);
  return kind === "argument" && call.type === "CallExpression" && calleeName(call) === "resolve";
}
