import type { Analysis } from "../analysis.ts";
import type { Core } from "../core.ts";
import { isAnswering, responseCalls } from "../answers/response-calls.ts";
import { initOf } from "../files/variables.ts";
import { conditionsAt } from "../flow/conditions.ts";
import { isLogCall } from "../logging.ts";
import { assignedAnswer } from "../network/assigned-answers.ts";
import {
  calleeName,
  dottedPath,
  isFunction,
  isLiteral,
  memberName,
  rootOf,
  textOf,
  unwrap,
} from "../syntax.ts";
import type { CallNode, FunctionNode, Node } from "../syntax.ts";
import { importSource } from "../values/whole-files.ts";
import { hasWithin } from "../within.ts";
import { wordsOf } from "../words.ts";
import { asksNothing } from "./unasked.ts";

/** What may ask before a handler is called. */
const ASKS =
  /aut[ho]|verif|valida|jwt|passport|guard|prote[cg]|session|api_?key|permission|admin|login|sign(?:ed|ature)|hmac|gateway|secret|trusted|internal|partner/iu;

/** Which headers a browser may send along and show: `allowedHeaders: ["Authorization"]` reads none. */
const CROSS_ORIGIN =
  /\b(?:allow|expose)(?:ed|d)?_?Headers["']?\s*:\s*(?:\[[^\]]*\]|(["'`])[^"'`]*\1)|(["'`])Access-Control-[\w-]+\2\s*[,:]\s*(["'`])[^"'`]*\3/giu;

/** … by a name that says so as names do: `requireUser`, `isSignedIn`. */
const ASKS_BY_NAME = /^(?:check|ensure|require|must|is|only)[A-Z_]/u;

/** What applications are given that asks nobody, by one word of its name … */
const HARMLESS =
  /^(?:cors|helmet|morgan|swagger\w*|graphi?ql|apollo|sentry|i18n\w*|webpack\w*|vite|prom\w*|sanitiz\w*|multer|hpp|xss|csp|etag|favicon|static)$/u;

/** … or by the last one: parsers, headers, logs, files, limits, and routes. `environmentGate` is a gate. */
const HARMLESS_AT_END =
  /^(?:json|urlencoded|raw|pars(?:er|ers|e)|\w*parser|log|logs|logger|logging|compress(?:ion)?|serve|limit|limits|limiter|\w*limit|throttle\w*|slow\w*|uploads?|uploader|\w*upload|files?|docs?|setup|rout(?:e|er|es|ers|ing)|api|controllers?|handlers?|errors?|found|csrf|csurf|headers?|cache|locale|timeout|time|timer|metrics?|trac(?:e|er|ing)|id|body|forms?|cookies?|override|views?|render|proxy|history|db|database|connect|mongo\w*|prisma|redis|sockets?|schema|plugins?|sensible|env|health\w*|status|public|assets|express|koa)$/u;

/** … or by the first: `logRequest`, `countVisit` */
const HARMLESS_AT_START = /^(?:log|count|track|measure|record|trace)$/u;

/** `express.json`, `bodyParser`, `swaggerUi.serve`, `apiRoutes`, `LoggerMiddleware` */
function isHarmless(path: readonly string[]): boolean {
  return path.some((one) => {
    const words = wordsOf(one).filter((word) => word !== "middleware");
    return (
      words.some((word) => HARMLESS.test(word)) ||
      HARMLESS_AT_START.test(words[0] ?? "") ||
      HARMLESS_AT_END.test(words.at(-1) ?? "")
    );
  });
}

/**
 * May something that an application or a router is given before its handlers ask who it is? By its words, by what a
 * function in sight does, and where neither is there, unless it is known to do something else.
 */
export function mayAskBefore(core: Core, given: Node): boolean {
  const node = unwrap(given);
  if (isLiteral(node)) return false;
  if (node.type === "SpreadElement") return mayAskBefore(core, node.argument);
  if (node.type === "ArrayExpression")
    return node.elements.some((one) => one !== null && mayAskBefore(core, one));
  const text = core
    .fileOf(node)
    .text.slice(...given.range)
    .replaceAll(CROSS_ORIGIN, "");
  const path = pathOf(node);
  if (ASKS.test(text) || ASKS_BY_NAME.test(path.at(-1) ?? "")) return true;
  const target = functionOf(core, node);
  if (target !== undefined) return refusesSome(core, target);
  // `asyncHandler(gate)` does what it is handed.
  if (node.type === "CallExpression" && node.arguments.some((one) => isGiven(core, one)))
    return node.arguments.some((one) => isGiven(core, one) && mayAskBefore(core, one));
  if (isHarmless(path)) return false;
  const source = sourceOf(node);
  const init = initOf(core.fileOf(node), source);
  return init === undefined ? isUnseen(core, source) : mayAskBefore(core, init);
}

/** What it comes from: `createTenants` of `createTenants(pool).middleware()` */
function sourceOf(node: Node): Node {
  let source = rootOf(node);
  while (source.type === "CallExpression" || source.type === "NewExpression")
    source = rootOf(source.callee);
  return source;
}

/** The names by which something is called, or what is loaded is: `gate` of `require("./gate")` */
function pathOf(node: Node): readonly string[] {
  if (node.type !== "CallExpression" && node.type !== "NewExpression")
    return dottedPath(node) ?? [];
  const loaded = calleeName(node) === "require" ? textOf(node.arguments[0]) : undefined;
  return loaded === undefined ? pathOf(unwrap(node.callee)) : loaded.split("/").slice(-1);
}

/** Is it a function by its name, or a list of some, and no setting? */
function isGiven(core: Core, argument: Node): boolean {
  const node = unwrap(argument);
  if (node.type !== "Identifier" && !isFunction(node)) return false;
  return isFunction(node) || importSource(core.fileOf(node).variableOf(node)) !== undefined;
}

/** `import { gatekeeper } from "./gatekeeper.js"`, `trusted()`, `({ gate }) => { app.use(gate); }`, `require("./gate")` */
function isUnseen(core: Core, source: Node): boolean {
  if (source.type !== "Identifier") return false;
  if (source.name === "require") return true;
  const variable = core.fileOf(source).variableOf(source);
  return importSource(variable) !== undefined || variable?.defs[0]?.type === "Parameter";
}

/** What a route is given before its handler that counts, writes down or reads what is sent, by its name. */
const PLAIN =
  /^(?:\w*(?:logger|limit(?:er)?|parser)|log(?:ger)?|morgan|cors|json|urlencoded|raw|multer|upload|helmet|compression|throttle|slow_?down|hpp|csurf|csrf|mongo_?sanitize|timeout)$/iu;

/**
 * Does a handler before the one of a route ask nobody who he is: `app.post("/jwt", accessLog, express.json(), handler)`? Where
 * it is in sight, nothing in it may be a question.
 */
export function asksNobody(analysis: Analysis, given: Node): boolean {
  const { core, operations } = analysis;
  const node = unwrap(given);
  if (node.type === "ArrayExpression")
    return node.elements.every((one) => one !== null && asksNobody(analysis, one));
  const target = functionOf(core, node);
  if (target !== undefined) return asksNothing(core, target, { operations });
  // `express.json({ verify: signed })`, `tokenParser`
  if (
    IS_ASKED.test(
      core
        .fileOf(node)
        .text.slice(...given.range)
        .replaceAll(CROSS_ORIGIN, ""),
    )
  )
    return false;
  if (
    pathOf(node)
      .slice(0, 2)
      .some((one) => PLAIN.test(one))
  )
    return true;
  // `const slow = rateLimit({ max: 5 })`, `const before = [cors(), express.json()]`
  const init = node.type === "Identifier" ? initOf(core.fileOf(node), node) : undefined;
  return init !== undefined && asksNobody(analysis, init);
}

const IS_ASKED = /token|jwt|api_?key|session|tenant|secret|authori[sz]|authentic|verif/iu;

function functionOf(core: Core, node: Node): FunctionNode | undefined {
  if (isFunction(node)) return node;
  const value = core.evaluate(node);
  return value.type === "function" ? value.node : undefined;
}

/** How many functions in sight are looked into, one from the other. */
const MAX_HOPS = 2;

/**
 * `(req, res, next) => { if (!known(req)) return res.sendStatus(401); next(); }`: what is answered or goes on on one way alone,
 * hands on an error, or leaves the decision to somebody out of sight.
 */
function refusesSome(core: Core, owner: FunctionNode, hops = MAX_HOPS): boolean {
  const [request] = owner.params;
  // A handler of errors is given the error first; `app.param` gives the request, and last what the path says.
  if (owner.params.length > 3 && !/^_?req/u.test(nameOf(request))) return false;
  const passes: Node[] = [];
  const isRefusing = hasWithin(core, owner.body, (node) => {
    if (isRefusedByPromise(owner, node)) return true;
    if (node.type === "CallExpression") {
      const name = calleeName(node);
      if (name !== "" && name === nameOf(owner.params.at(-1))) {
        if (node.arguments.length > 0) return true;
        passes.push(node);
      }
      if (ASSERTS.test(name) || isLeftToOthers(core, owner, node, hops)) return true;
    }
    const isRefusal =
      node.type === "ThrowStatement" ||
      assignedAnswer(core.fileOf(node), node) !== undefined ||
      (node.type === "CallExpression" &&
        (isAnswering(responseCalls(node)) || REFUSES.test(calleeName(node))));
    return isRefusal && isOnOneWay(core, node, owner);
  });
  const [only, ...more] = passes;
  return isRefusing || (only !== undefined && more.length === 0 && isOnOneWay(core, only, owner));
}

/** Does something else decide than the method of the request, which is no question of who asks? */
function isOnOneWay(core: Core, node: Node, owner: FunctionNode): boolean {
  const { text } = core.fileOf(owner);
  return conditionsAt(node, owner).some(({ test }) => !OF_METHOD.test(text.slice(...test.range)));
}

/** `await tenants.resolve(req);`, `gate(req, res, next)`: what is given the request and is out of sight may refuse it. */
function isLeftToOthers(
  core: Core,
  { params: [request] }: FunctionNode,
  call: CallNode,
  hops: number,
): boolean {
  const name = nameOf(request);
  if (name === "" || !call.arguments.some((one) => nameOf(one) === name)) return false;
  const target = functionOf(core, unwrap(call.callee));
  if (target !== undefined) return hops > 0 && refusesSome(core, target, hops - 1);
  return !isLogCall(call) && !isHarmless(pathOf(unwrap(call.callee)));
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
    !isHarmless(pathOf(asked)) &&
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

/** `ctx.throw(403)`, `c.text("no", 401)`, `req.destroy()` */
const REFUSES =
  /^(?:ctx|context)\.throw$|^c\.(?:text|json|body|html|notFound)$|^req(?:uest)?\.destroy$/u;

const ASSERTS = /^(?:ctx|context)\.assert$/u;

/** `if (req.method === "OPTIONS") return res.sendStatus(204);` */
const OF_METHOD = /\bmethod\b|OPTIONS/u;
