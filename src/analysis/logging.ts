import { calleeName, isFunction, parentOf } from "./syntax.ts";
import type { CallNode, Node } from "./syntax.ts";

/** What only writes down what happened: `console.warn()`, `this.logger.error()`, `Sentry.captureException()`. */
const LOGS = /(?:^|\.)(?:console|log|logger|winston|pino|debug|Sentry)(?:\.|$)/iu;

export function isLogCall(call: CallNode): boolean {
  return LOGS.test(calleeName(call));
}

/** Counters and labels of reports: `requests.inc({ kind })` of prom-client, `statsd.increment("calls")`, `setTag("kind", kind)` */
const COUNTS =
  /(?:^|\.)(?:observe|setTags?|addBreadcrumb)$|^(?!.*(?:limit|quota))\w+(?:\.\w+)*\.inc$/iu;

const COUNTERS =
  /(?:statsd|dogstatsd|metrics?|telemetry|stats)\.(?:inc(?:rement)?|count|gauge|timing|histogram)$/iu;

/** Does a call only write down or count what happened? */
export function isTelemetryCall(call: CallNode): boolean {
  const name = calleeName(call);
  return isLogCall(call) || COUNTS.test(name) || COUNTERS.test(name);
}

/** `console.warn(error);`, which does nothing about what happened. */
export function isLogStatement(statement: Node): boolean {
  return (
    statement.type === "ExpressionStatement" &&
    statement.expression.type === "CallExpression" &&
    isLogCall(statement.expression)
  );
}

/** Does a value only go into a log: as it is, or in the text that is logged? */
export function isLogged(value: Node): boolean {
  for (let at: Node | undefined = value; at !== undefined; at = parentOf(at)) {
    if (at.type === "CallExpression") return isLogCall(at);
    if (isFunction(at) || at.type.endsWith("Statement")) return false;
  }
  return false;
}
