import type { SourceFile } from "./files/source-file.ts";
import { initOf } from "./files/variables.ts";
import { calleeName, isFunction, parentOf, rootOf } from "./syntax.ts";
import type { CallNode, Node } from "./syntax.ts";

/** What only writes down what happened: `console.warn()`, `this.logger.error()`, `Sentry.captureException()`. */
const LOGS = /(?:^|\.)(?:console|log|logger|winston|pino|debug|Sentry)(?:\.|$)/iu;

export function isLogCall(call: CallNode): boolean {
  return LOGS.test(calleeName(call)) || isOfConsole(call.callee);
}

/** `console[level](message)` */
function isOfConsole(callee: Node): boolean {
  return (
    callee.type === "MemberExpression" &&
    callee.computed &&
    callee.object.type === "Identifier" &&
    callee.object.name === "console"
  );
}

/** Labels of reports: `setTag("kind", kind)` */
const LABELS = /(?:^|\.)(?:setTags?|addBreadcrumb)$/iu;

/**
 * Counters: `requests.inc({ kind })` of prom-client, and not `wallet.inc(amount)` or `failures.inc(account)`, of which a
 * program may keep what it decides by.
 */
const COUNTS =
  /^(?!.*(?:limit|quota))(?:\w+\.)*\w*(?:counters?|metrics?|total|requests|calls|hits|gauges?|histograms?|summary|latency|duration|stats)(?:\.labels)?\.(?:inc|observe)$/iu;

const COUNTERS =
  /(?:statsd|dogstatsd|metrics?|telemetry|stats)\.(?:inc(?:rement)?|count|gauge|timing|histogram)$/iu;

/** Does a call only write down or count what happened? */
export function isTelemetryCall(file: SourceFile, call: CallNode): boolean {
  const name = calleeName(call);
  if (isLogCall(call) || LABELS.test(name) || COUNTERS.test(name)) return true;
  if (!/\.(?:inc|observe)$/u.test(name)) return false;
  return (COUNTS.test(name) || isOfPrometheus(file, call)) && !isReadBack(file, name);
}

/** `visits.inc()` of `const visits = new client.Counter({ … })` */
function isOfPrometheus(file: SourceFile, { callee }: CallNode): boolean {
  const init = initOf(file, rootOf(callee));
  return (
    init?.type === "NewExpression" &&
    /(?:^|\.)(?:Counter|Gauge|Histogram|Summary)$/u.test(calleeName(init)) &&
    file.text.includes("prom-client")
  );
}

/** `const { value } = await calls.get();`: what is read back may be decided by. */
function isReadBack(file: SourceFile, counts: string): boolean {
  const counter = counts.slice(0, counts.lastIndexOf("."));
  return (file.index.called.get("get") ?? []).some((call) => calleeName(call) === `${counter}.get`);
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
