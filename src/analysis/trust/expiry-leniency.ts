import type { Core } from "../core.ts";
import type { Setting } from "../operations/options.ts";
import { dottedPath, isFunction, walk } from "../syntax.ts";
import type { FunctionNode, Node } from "../syntax.ts";
import { lifetimeOf } from "../time.ts";
import { numberOf } from "../values/value.ts";
import type { Value } from "../values/value.ts";

/** For how many seconds after its expiry a token is still accepted; undefined when nobody knows. */
type Leniency = number | "endless" | undefined;

/** What a tolerance for clocks that differ amounts to. */
export function toleranceOf({ grammar, model }: Setting, value: Value): Leniency {
  if (value.type === "template") {
    return model?.stringBreaks === "never-expires" ? "endless" : undefined;
  }
  if (value.type !== "literal") return undefined;
  // jsonwebtoken adds it to the date: a number and a text make a text far in the future.
  if (
    typeof value.value === "string" &&
    value.value !== "" &&
    model?.stringBreaks === "never-expires"
  ) {
    return "endless";
  }
  if (value.value === Number.POSITIVE_INFINITY) return "endless";
  const lifetime = grammar === undefined ? undefined : lifetimeOf(value, grammar);
  return lifetime?.kind === "seconds" ? lifetime.seconds : undefined;
}

/**
 * How long after the expiry a handler of expired tokens lets a request go on: it does when it
 * returns. `"always"` when nothing in it can refuse; 0 when it always refuses, or nobody can tell.
 */
export function leniencyOf(core: Core, handler: FunctionNode): number | "always" {
  const { visitorKeys } = core.fileOf(handler);
  const found = { refuses: false, grace: 0 };
  walk(handler.body, visitorKeys, (node) => {
    if (isFunction(node)) return false;
    if (node.type === "ThrowStatement" || isRefusal(node)) found.refuses = true;
    if (node.type === "BinaryExpression" && /^[<>]=?$/u.test(node.operator)) {
      found.grace = Math.max(found.grace, numberAt(core, node.left), numberAt(core, node.right));
    }
    return true;
  });
  // Dates are compared in milliseconds.
  return found.refuses ? found.grace / 1000 : "always";
}

/** `Promise.reject(error)`, `next(error)`, `handleExpired(…)`: someone else decides. */
function isRefusal(node: Node): boolean {
  if (node.type !== "CallExpression") return false;
  const path = dottedPath(node.callee);
  return (
    path === undefined || !/^(?:console|log(?:ger)?|debug)$/iu.test(path[path.length - 2] ?? "")
  );
}

function numberAt(core: Core, node: Node): number {
  return node.type === "PrivateIdentifier" ? 0 : (numberOf(core.evaluate(node)) ?? 0);
}
