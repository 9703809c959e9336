import type { Core } from "../core.ts";
import { isAnswering, responseCalls } from "../failures/response-calls.ts";
import { conditionsAt } from "../flow/conditions.ts";
import { calleeName, dottedPath, isFunction, isLiteral, unwrap } from "../syntax.ts";
import type { FunctionNode, Node } from "../syntax.ts";
import { importSource } from "../values/whole-files.ts";
import { hasWithin } from "../within.ts";

/** What may ask before a handler is called. */
const ASKS =
  /aut[ho]|verif|valida|jwt|passport|guard|prote[cg]|session|api_?key|permission|admin|login/iu;

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
  if (ASKS.test(core.fileOf(node).text.slice(...given.range)) || ASKS_BY_NAME.test(name))
    return true;
  const target = functionOf(core, node);
  if (target !== undefined) return refusesSome(core, target);
  const [root] = path;
  return root !== undefined && isImported(core, node) && !path.some((one) => HARMLESS.test(one));
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
  // A handler of errors is given the error first.
  if (owner.params.length > 3) return false;
  const { text } = core.fileOf(owner);
  return hasWithin(core, owner.body, (node) => {
    const isRefusal =
      node.type === "ThrowStatement" ||
      (node.type === "CallExpression" &&
        (isAnswering(responseCalls(node)) || REFUSES.test(calleeName(node))));
    const tests = isRefusal ? conditionsAt(node, owner).map(({ test }) => test) : [];
    return tests.length > 0 && !tests.some((test) => PREFLIGHT.test(text.slice(...test.range)));
  });
}

/** `ctx.throw(403)`, `c.text("no", 401)` */
const REFUSES = /^(?:ctx|context)\.(?:throw|assert)$|^c\.(?:text|json|body|html)$/u;

/** `if (req.method === "OPTIONS") return res.sendStatus(204);` */
const PREFLIGHT = /\bmethod\b|OPTIONS/u;
