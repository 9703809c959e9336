import type { Analysis } from "../analysis.ts";
import type { Core } from "../core.ts";
import { isAnswering, responseCalls } from "../answers/response-calls.ts";
import { conditionsAt } from "../flow/conditions.ts";
import { assignedAnswer } from "../network/assigned-answers.ts";
import { calleeName, dottedPath, isFunction, isLiteral, memberName, unwrap } from "../syntax.ts";
import type { FunctionNode, Node } from "../syntax.ts";
import { importSource } from "../values/whole-files.ts";
import { hasWithin } from "../within.ts";
import { asksNothing } from "./unasked.ts";

/** What may ask before a handler is called. */
const ASKS =
  /aut[ho]|verif|valida|jwt|passport|guard|prote[cg]|session|api_?key|permission|admin|login|sign(?:ed|ature)|hmac|gateway|secret|trusted|internal|partner/iu;

/** Which headers a browser may send along and show: `allowedHeaders: ["Authorization"]` reads none. */
const CROSS_ORIGIN =
  /\b(?:allow|expose)(?:ed|d)?_?Headers["']?\s*:\s*(?:\[[^\]]*\]|(["'`])[^"'`]*\1)|(["'`])Access-Control-[\w-]+\2\s*[,:]\s*(["'`])[^"'`]*\3/giu;

/** … by a name that says so as names do: `requireUser`, `isSignedIn`. */
const ASKS_BY_NAME = /^(?:check|ensure|require|must|is|only)[A-Z_]/u;

/** What applications are given that asks nobody: parsers, headers, logs, files, limits, and routes. */
const HARMLESS =
  /cors|json|urlencoded|pars|helmet|morgan|log|compress|static|serve|favicon|limit|throttl|slow|multer|upload|file|swagger|docs?$|graphi?ql|rout|api|controller|handler|error|not_?found|csrf|xss|hpp|sanitiz|csp|header|cache|i18n|locale|timeout|time|metric|prom|trace|sentry|request_?id|correlation|context|body|form|cookie|method|view|render|webpack|vite|proxy|history|db|database|connect|mongo|prisma|redis|socket|schema|plugin|sensible|env|health|status|public|assets|etag|express|koa/iu;

/**
 * May something that an application or a router is given before its handlers ask who it is? By its words, by what a
 * function in sight does, and where neither is there, unless it is known to do something else.
 */
export function mayAskBefore(core: Core, given: Node): boolean {
  const node = unwrap(given);
  if (isLiteral(node)) return false;
  const path = (node.type === "CallExpression" ? dottedPath(node.callee) : dottedPath(node)) ?? [];
  const name = path.at(-1) ?? "";
  const text = core
    .fileOf(node)
    .text.slice(...given.range)
    .replaceAll(CROSS_ORIGIN, "");
  if (ASKS.test(text) || ASKS_BY_NAME.test(name)) return true;
  const target = functionOf(core, node);
  if (target !== undefined) return refusesSome(core, target);
  const [root] = path;
  return root !== undefined && isImported(core, node) && !path.some((one) => HARMLESS.test(one));
}

/** What a route is given before its handler that counts, writes down or reads what is sent, by its name. */
const PLAIN =
  /^(?:\w*(?:logger|limit(?:er)?|parser)|log(?:ger)?|morgan|cors|json|urlencoded|raw|multer|upload|helmet|compression|throttle)$/iu;

/**
 * Does a handler before the one of a route ask nobody who he is: `app.post("/jwt", accessLog, express.json(), handler)`? Where
 * it is in sight, nothing in it may be a question.
 */
export function asksNobody({ core, operations }: Analysis, given: Node): boolean {
  const node = unwrap(given);
  const target = functionOf(core, node);
  if (target !== undefined) return asksNothing(core, target, { operations });
  const callee = node.type === "CallExpression" ? unwrap(node.callee) : node;
  const path = dottedPath(callee) ?? [];
  return path.slice(0, 2).some((one) => PLAIN.test(one));
}

function functionOf(core: Core, node: Node): FunctionNode | undefined {
  if (isFunction(node)) return node;
  const value = core.evaluate(node);
  return value.type === "function" ? value.node : undefined;
}

/** `import { gatekeeper } from "./gatekeeper.js"`, `trusted()` */
function isImported(core: Core, node: Node): boolean {
  let root = unwrap(node.type === "CallExpression" ? node.callee : node);
  while (root.type === "MemberExpression") root = unwrap(root.object);
  return importSource(core.fileOf(node).variableOf(root)) !== undefined;
}

/** `(req, res, next) => { if (!known(req)) return res.sendStatus(401); next(); }`: what is answered on one way alone */
function refusesSome(core: Core, owner: FunctionNode): boolean {
  const [request] = owner.params;
  const { text } = core.fileOf(owner);
  // A handler of errors is given the error first; `app.param` gives the request, and last what the path says.
  if (owner.params.length > 3 && !/^_?req/u.test(nameOf(request))) return false;
  return hasWithin(core, owner.body, (node) => {
    if (isRefusedByPromise(owner, node)) return true;
    const isRefusal =
      node.type === "ThrowStatement" ||
      assignedAnswer(core.fileOf(node), node) !== undefined ||
      (node.type === "CallExpression" &&
        (isAnswering(responseCalls(node)) || REFUSES.test(calleeName(node))));
    const tests = isRefusal ? conditionsAt(node, owner).map(({ test }) => test) : [];
    return tests.length > 0 && !tests.some((test) => PREFLIGHT.test(text.slice(...test.range)));
  });
}

/**
 * `(req, res, next) => partner.proves(req).then(() => next(), next)`: where the promise fails the request goes no further,
 * and what is told of it may have asked.
 */
function isRefusedByPromise({ params: [request, , next] }: FunctionNode, node: Node): boolean {
  const method = node.type === "CallExpression" ? unwrap(node.callee) : undefined;
  if (node.type !== "CallExpression" || method?.type !== "MemberExpression") return false;
  const place = ["catch", "then"].indexOf(memberName(method) ?? "");
  const failure = nameOf(node.arguments[place]);
  if (failure === "" || failure !== nameOf(next)) return false;
  const asked = promiseOf(method.object);
  return (
    asked.type === "CallExpression" &&
    !HARMLESS.test(calleeName(asked)) &&
    asked.arguments.some((one) => nameOf(one) === nameOf(request))
  );
}

/** What is waited for of `load(req).then(…)` */
function promiseOf(written: Node): Node {
  let node = unwrap(written);
  while (node.type === "CallExpression") {
    const method = unwrap(node.callee);
    if (method.type !== "MemberExpression" || memberName(method) !== "then") break;
    node = unwrap(method.object);
  }
  return node;
}

function nameOf(node: Node | undefined): string {
  return node?.type === "Identifier" ? node.name : "";
}

/** `ctx.throw(403)`, `c.text("no", 401)` */
const REFUSES = /^(?:ctx|context)\.(?:throw|assert)$|^c\.(?:text|json|body|html)$/u;

/** `if (req.method === "OPTIONS") return res.sendStatus(204);` */
const PREFLIGHT = /\bmethod\b|OPTIONS/u;
