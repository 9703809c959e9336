import type { Core } from "../core.ts";
import { memberName, unwrap } from "../syntax.ts";
import type { CallNode } from "../syntax.ts";
import { memberOf } from "./bindings.ts";
import { stringOf } from "./value.ts";
import type { EntityValue, Value } from "./value.ts";

/**
 * Functions that take a callback, made into ones that give a promise, by packages that are run for it: bluebird 3.7.2,
 * denodeify 1.2.1, pify 5.0.0, promise 8.3.0, q 1.5.1, rsvp 4.8.5, thenify 3.3.1 and thenify-all 1.6.0.
 */

type Handler = (call: { readonly given: readonly Value[] }) => Value | undefined;

const promisified: Handler = ({ given: [base] }) => {
  if (base?.type === "entity") return { ...base, promisified: true } satisfies EntityValue;
  return base?.type === "function" || base?.type === "module" ? base : undefined;
};

/** Q binds what it is given beside the function. */
const alone: Handler = (call) => (call.given.length === 1 ? promisified(call) : undefined);

/** `Promise.promisifyAll(jwt)` adds `signAsync` beside `sign`, and gives the object itself. */
const withBoth: Handler = ({ given }) => given[0];

export const PROMISIFIERS: Readonly<Record<string, Handler>> = {
  ...Object.fromEntries(
    [
      "util.promisify",
      "es6-promisify",
      "es6-promisify.promisify",
      "bluebird.promisify",
      "Promise.promisify",
      "Promise.denodeify",
      "denodeify",
      "pify",
      "promise.denodeify",
      "q.nbind",
      "rsvp.denodeify",
      "thenify",
      "thenify-all",
    ].map((name) => [name, promisified]),
  ),
  "q.denodeify": alone,
  "q.nfbind": alone,
  "bluebird.promisifyAll": withBoth,
  "Promise.promisifyAll": withBoth,
};

/**
 * What a call of Q calls for the program, with the arguments behind it: `Q.nfcall(jwt.sign, claims, key)`,
 * `Q.nfapply(jwt.sign, [claims, key])`, `Q.ninvoke(jwt, "sign", claims, key)`.
 */
export function invokedBy(core: Core, { callee, arguments: given }: CallNode): Value | undefined {
  const member = unwrap(callee);
  const name = member.type === "MemberExpression" ? memberName(member) : undefined;
  const via = name === undefined ? undefined : INVOKERS.get(name);
  const [first, second] = given;
  if (member.type !== "MemberExpression" || via === undefined || first === undefined)
    return undefined;
  const owner = core.evaluate(member.object);
  if (owner.type !== "module" || owner.specifier !== "q") return undefined;
  const target = core.evaluate(first);
  if (target.type !== "entity") return undefined;
  const base = { ...target, promisified: true, via };
  if (via !== "invoke") return base;
  const method = second === undefined ? undefined : stringOf(core.evaluate(second));
  return method === undefined ? undefined : memberOf(base, first, method);
}

const INVOKERS: ReadonlyMap<string, NonNullable<EntityValue["via"]>> = new Map([
  ["nfcall", "call"],
  ["nfapply", "apply"],
  ["ninvoke", "invoke"],
]);
