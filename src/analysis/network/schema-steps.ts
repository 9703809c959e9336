import type { Core } from "../core.ts";
import { calleeName, dottedPath, isFunction, unwrap } from "../syntax.ts";
import type { CallNode, Node } from "../syntax.ts";
import { may } from "../values/value.ts";
import { hasWithin } from "../within.ts";

/** Steps of a schema by which a program looks further than at the form … */
const STEPS = /\.(?:refine|superRefine|check|transform|custom|external|test)$/u;

/** … and what they do there where they ask for a proof. */
const ASKS =
  /compare|verif|find|get|look_?up|fetch|query|match(?:es)?Password|safeEqual|hash|(?:^|\.)(?:log_?in|sign_?in|authenticate)/iu;

/** How many functions a schema is called through. */
const MAX_HOPS = 2;

/**
 * `z.object({ … }).superRefine(async (login, context) => { … bcrypt.compare(…) … })`, of a schema in sight: does a step
 * of it look a password up, or compare a secret of the program? A step that compares two fields asks for nothing.
 *
 * @param written the schema, or what is called with the value (`schema.parseAsync`, `(body) => schema.parse(body)`)
 */
export function asksInSteps(core: Core, written: Node, hops = MAX_HOPS): boolean {
  const node = unwrap(written);
  if (isFunction(node))
    return hasWithin(
      core,
      node.body,
      (one) => one.type === "CallExpression" && hops > 0 && asksInSteps(core, one.callee, hops - 1),
    );
  const schema = node.type === "MemberExpression" ? unwrap(node.object) : node;
  const made = core.evaluate(schema);
  if (made.type === "function") return asksInSteps(core, made.node, hops);
  if (isCheckByName(dottedPath(node)?.at(-1) ?? "")) return true;
  return hasWithin(
    core,
    made.node,
    (one) => one.type === "CallExpression" && STEPS.test(calleeName(one)) && isAsking(core, one),
  );
}

/** `checkLogin`, out of sight; a `loginSchema` says which form it has. */
function isCheckByName(name: string): boolean {
  return /^(?:check|verify|authenticate)(?=[A-Z_])/u.test(name) && !/schema/iu.test(name);
}

function isAsking(core: Core, { arguments: given }: CallNode): boolean {
  return given.some((one) => {
    const step = core.evaluate(one);
    if (step.type !== "function")
      return /pass|login|credential|secret/iu.test(dottedPath(one)?.join(".") ?? "");
    return hasWithin(
      core,
      step.node.body,
      (part) =>
        (part.type === "CallExpression" && ASKS.test(calleeName(part))) ||
        (part.type === "MemberExpression" &&
          may(core.evaluate(part), (value) => value.type === "environment")),
    );
  });
}
