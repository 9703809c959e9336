import type { Core } from "../core.ts";
import { calleeName, unwrap } from "../syntax.ts";
import type { Node } from "../syntax.ts";
import { possibilities, stringOf, truthiness } from "../values/value.ts";
import type { ObjectValue, Value } from "../values/value.ts";
import { wordsOf } from "../words.ts";
import { isEdgeAnswer } from "./edge-requests.ts";

/**
 * Does an answer say no? What a callback is given as its result may be a refusal as well as what was
 * asked for: `callback(null, { isAuthorized: false })`, `callback(null, policy("Deny"))`.
 */
export function isRefusal(core: Core, answer: Node): boolean {
  const node = unwrap(answer);
  if (isEdgeAnswer(core, node)) return true;
  if (node.type === "CallExpression" || node.type === "NewExpression") {
    if (REFUSES.test(calleeName(node))) return true;
    if (node.arguments.some((argument) => isText(core.evaluate(argument), "deny"))) return true;
  }
  return possibilities(core.evaluate(node)).every(
    (value) => truthiness(value) === false || (value.type === "object" && deniesAccess(value)),
  );
}

/**
 * Does an answer let somebody in: a policy of AWS that allows, `callback(null, policy("Allow"))`,
 * `generateAllow(…)`?
 */
export function isAllowance(core: Core, answer: Node): boolean {
  const node = unwrap(answer);
  const values = possibilities(core.evaluate(node));
  if (values.some((value) => value.type === "object" && hasEffect(value, "allow", MAX_DEPTH)))
    return true;
  if (node.type !== "CallExpression") return false;
  return (
    saysAllow(calleeName(node)) ||
    node.arguments.some((argument) => isText(core.evaluate(argument), "allow"))
  );
}

/** `generateAllow`, `allowAll`, `buildAllowPolicy` */
function saysAllow(name: string): boolean {
  const words = wordsOf(name.replace(/^.*\./u, ""));
  const at = words.indexOf("allow");
  const after = words.slice(at + 1);
  return at !== -1 && after.every((word) => /^(?:all|access|iam|policy|response)$/u.test(word));
}

/** Functions whose name says what they answer: `generateDenyPolicy`, `Boom.unauthorized`. */
const REFUSES = /deny|denied|un-?_?authori[sz]ed|forbid|refus|reject|not-?_?allowed/iu;

/** What an object says of success: undefined where it says nothing of it. */
export function saysSuccess(value: ObjectValue): boolean | undefined {
  const flags = FLAGS.flatMap((name) => value.properties.get(name)?.value ?? []);
  const [flag] = flags;
  if (flag !== undefined) {
    // `{ ok: true, verified: false }` says itself that it is not.
    return flags.some((one) => truthiness(one) === false) ? false : truthiness(flag);
  }
  const status = value.properties.get("status")?.value;
  return status !== undefined && NO.test(stringOf(status) ?? "") ? false : undefined;
}

/** `{ status: "refused", claims: decode(token) }` */
const NO = /^(?:invalid|refused|rejected|expired|denied|unauthori[sz]ed|error|fail(?:ed|ure)?)$/iu;

const FLAGS: readonly string[] = [
  "valid",
  "success",
  "ok",
  "authenticated",
  "isValid",
  "verified",
  "active",
  "isAuthorized",
  "authorized",
  "isAuthenticated",
];

/** How deep in a policy of AWS its effect stands. */
const MAX_DEPTH = 4;

/** A flag that is false, a status of failure, or a policy of AWS that denies. */
function deniesAccess(value: ObjectValue): boolean {
  if (saysSuccess(value) === false) return true;
  const status = ["statusCode", "status"]
    .map((name) => value.properties.get(name)?.value)
    .find((one) => one !== undefined);
  const code = status?.type === "literal" ? status.value : undefined;
  return (typeof code === "number" && code >= 400) || hasEffect(value, "deny", MAX_DEPTH);
}

function hasEffect(value: Value, effect: string, depth: number): boolean {
  if (depth === 0) return false;
  if (value.type === "array") return value.elements.some((one) => hasEffect(one, effect, depth));
  if (value.type !== "object") return false;
  return [...value.properties].some(
    ([name, one]) =>
      (name === "Effect" && isText(one.value, effect)) || hasEffect(one.value, effect, depth - 1),
  );
}

function isText(value: Value, text: string): boolean {
  return stringOf(value)?.toLowerCase() === text;
}
