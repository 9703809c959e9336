import type { Core } from "../core.ts";
import type { Use } from "../flow/use.ts";
import { httpCall } from "../network/http.ts";
import { dottedPath, unwrap } from "../syntax.ts";
import type { CallNode, Node } from "../syntax.ts";
import { isForRequest, WHO } from "./identity-targets.ts";

/**
 * Does a server have something done for whom a claim names, in another service that has no way of
 * knowing: `stripe.checkout.sessions.create({ customer: claims.sub })`, `axios.post(url, { userId: claims.id })`?
 * One that is sent the token as well, or what nobody can see here, may verify it.
 */
export function actsFor(core: Core, use: Use, claim: string | undefined): boolean {
  const call = use.by;
  if (call.type !== "CallExpression" || claim === undefined || !WHO.test(claim)) return false;
  return (isPayment(call) || isPlainRequest(core, call)) && isForRequest(core, call);
}

/** What is asked of a provider of payments, which knows the server alone. */
function isPayment({ callee }: CallNode): boolean {
  const path = dottedPath(unwrap(callee)) ?? [];
  return (
    /^(?:stripe|razorpay|paypal|braintree|paddle|mollie)$/iu.test(
      path.at(path[0] === "this" ? 1 : 0) ?? "",
    ) && path.length > 2
  );
}

/** A request that is told here all that it sends, and no token. */
function isPlainRequest(core: Core, call: CallNode): boolean {
  const path = dottedPath(unwrap(call.callee)) ?? [];
  if (
    httpCall(core.fileOf(call), call) === undefined ||
    !/^(?:fetch|axios|got|superagent)$/u.test(path[0] ?? "")
  )
    return false;
  const [, ...more] = call.arguments;
  const { text } = core.fileOf(call);
  return (
    more.every((one) => isInSight(one)) &&
    !/authorization|bearer|token|cookie|headers/iu.test(text.slice(...call.range)) &&
    // What every request is sent.
    !/defaults\W{1,4}headers|interceptors\W/u.test(text)
  );
}

function isInSight(argument: Node): boolean {
  const node = unwrap(argument);
  return (
    node.type === "ObjectExpression" && node.properties.every(({ type }) => type === "Property")
  );
}
