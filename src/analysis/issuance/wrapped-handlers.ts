import type { TSESTree } from "@typescript-eslint/utils";
import type { Core } from "../core.ts";
import { readsOf } from "../files/variables.ts";
import {
  calleeName,
  dottedPath,
  memberName,
  parentOf,
  rootOf,
  staticKey,
  unwrap,
  wrapped,
} from "../syntax.ts";
import type { FunctionNode, Node } from "../syntax.ts";
import { asksNothing } from "./unasked.ts";

/**
 * Functions that are given a handler and give back another one: `export default allowCors(handler)`. Those that only set
 * headers, answer what a browser asks before, or catch errors leave open what was open; any other may ask who it is.
 */

/** What stands for a handler where the file hands it over: `allowCors(handler)` for `handler`. */
export function outermost(core: Core, handler: Node): Node {
  let node = wrapped(handler);
  for (;;) {
    const call = parentOf(node);
    if (call?.type !== "CallExpression" || !passesOn(core, call, node)) return node;
    node = wrapped(call);
  }
}

/**
 * `withKey(handler)`, `app.post("/login", withKey(async (req, res) => …))`: is it inside of a function that may ask before
 * it, and is no route or platform?
 */
export function mayBeAskedAround(core: Core, handler: Node): boolean {
  const node = outermost(core, handler);
  const call = parentOf(node);
  if (call?.type !== "CallExpression" || unwrap(call.callee).type === "MemberExpression")
    return false;
  return call.callee !== node && !FRAMEWORK.test(nameOf(call.callee) ?? "") && !saysOpen(call);
}

/** Functions of frameworks that are given a handler, and what programs call those that only catch its errors. */
const FRAMEWORK =
  /^(?:http|on(?:Request|Call)|serve|createServer|\w*[eE]ventHandler|handler|wrap\w*|rescue|use\w*|next\w*|Credentials\w*|CredentialsProvider)$/u;

/** Where a function of the file that is given the handler hands it on: `onRequest(handler)` of `(handler) => onRequest(handler)` */
export function handedOn(core: Core, handler: Node): readonly Node[] {
  const node = wrapped(handler);
  const call = parentOf(node);
  if (call?.type !== "CallExpression" || !saysOpen(call)) return [];
  const target = core.evaluate(call.callee);
  const given = target.type === "function" ? target.node.params[positionOf(call, node)] : undefined;
  if (given?.type !== "Identifier") return [];
  return readsOf(core.fileOf(given), given).map((read) => around(read));
}

/** `chain(options)(handler)`, which is told by the same options that nobody is asked, for `handler` */
function around(read: Node): Node {
  const call = parentOf(wrapped(read));
  const isGiven = call?.type === "CallExpression" && unwrap(call.callee).type === "CallExpression";
  return isGiven && call.arguments.length === 1 && !ASKS.test(nameOf(call.callee) ?? "")
    ? call
    : read;
}

/** `endpoint({ skipAuth: true })(handler)`: the program itself says that nobody is asked. */
function saysOpen({ callee }: TSESTree.CallExpression): boolean {
  const maker = unwrap(callee);
  return (
    maker.type === "CallExpression" &&
    maker.arguments.some((one) => {
      const options = unwrap(one);
      return (
        options.type === "ObjectExpression" &&
        options.properties.some((property) => {
          if (property.type !== "Property" || property.value.type !== "Literal") return false;
          const name = staticKey(property.key, property.computed) ?? "";
          const { value } = property.value;
          return value === true ? OPEN.test(name) : value === false && CLOSED.test(name);
        })
      );
    })
  );
}

/** Options that say that nobody is asked … */
const OPEN =
  /^(?:(?:skip|no|disable|without)_?auth\w*|(?:is_?)?(?:public|anonymous|unauthenticated))$/iu;

/** … and that somebody is. */
const CLOSED = /^(?:auth|(?:requires?|needs?|with)_?auth\w*|authenticated?|protected|secured?)$/iu;

/** What may ask, by the name of the function or by what it is told beside the handler. */
const ASKS =
  /aut[ho]|verif|valid|hmac|\bmac|secret|signature|signed|partner|internal|trusted|captcha|jwt|token|passport|guard|protect|session|api_?key|permission|admin|role|log(?:ged)?_?in|sign(?:ed)?_?in|user|account|member|secure|private|requir|ensure|check|only/iu;

/** Functions that nobody has seen, of which the name says that they do something else. */
const HARMLESS =
  /^(?:(?:with|allow|enable|express|micro)_?)?(?:cors|async|catch|try_?catch|wrap_?async|error|log|sentry|metrics|trac|rate_?limit|methods?)/iu;

function passesOn(core: Core, call: TSESTree.CallExpression, handler: Node): boolean {
  const { callee } = call;
  const { text } = core.fileOf(call);
  const name = nameOf(callee);
  const isTold = call.arguments.some(
    (one) => one !== handler && ASKS.test(text.slice(...one.range)),
  );
  if (name === undefined || isTold || ASKS.test(text.slice(...callee.range))) return false;
  const target = core.evaluate(callee);
  if (target.type === "function") return givesHandler(core, target.node, positionOf(call, handler));
  return HARMLESS.test(name);
}

/** `withCors` of `withCors(handler)`, and of `withCors({ origin: "*" })(handler)` */
function nameOf(callee: Node): string | undefined {
  const node = unwrap(callee);
  return node.type === "CallExpression" ? nameOf(node.callee) : dottedPath(node)?.at(-1);
}

function positionOf({ arguments: given }: TSESTree.CallExpression, handler: Node): number {
  return given.findIndex((one) => one === handler);
}

/** `(fn) => async (req, res) => { res.setHeader("…", "*"); return fn(req, res); }` asks nothing before it calls `fn`. */
function givesHandler(core: Core, owner: FunctionNode, position: number): boolean {
  const given = owner.params[position];
  if (given?.type !== "Identifier") return false;
  const isOwn = (node: Node): boolean =>
    node.type === "Identifier" && core.fileOf(node).variableOf(node)?.defs[0]?.name === given;
  return (
    readsOf(core.fileOf(given), given).some((read) => isCalled(read)) &&
    asksNothing(core, owner, {
      operations: [],
      isHarmless: (_, node) =>
        isAddress(node) ||
        (node.type === "CallExpression" &&
          (isOwn(unwrap(node.callee)) || /^Promise\.resolve$/u.test(calleeName(node)))),
    })
  );
}

function isCalled(read: Node): boolean {
  const call = parentOf(wrapped(read));
  return call?.type === "CallExpression" && rootOf(call.callee) === read;
}

/** `req.headers` of `req.headers.origin`, by which nobody proves who he is */
function isAddress(node: Node): boolean {
  const by = node.type === "MemberExpression" ? parentOf(node) : undefined;
  return (
    by?.type === "MemberExpression" &&
    /^(?:origin|host|referer|user-agent)$/u.test(memberName(by) ?? "")
  );
}
