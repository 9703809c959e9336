import type { TSESTree } from "@typescript-eslint/utils";
import type { Core } from "../core.ts";
import { inside } from "../files/inside.ts";
import {
  calleeName,
  enclosingFunction,
  isFunction,
  memberName,
  parentOf,
  rootOf,
  textOf,
  unwrap,
  wrapped,
} from "../syntax.ts";
import type { CallNode, Node } from "../syntax.ts";
import { requiredSpecifier } from "../values/bindings.ts";
import { importSource } from "../values/whole-files.ts";
import { wordsOf } from "../words.ts";
import { isOfClaims } from "./asked-behind.ts";

/**
 * What an application is given behind a guard, and is not for everybody, by what it is called (`/orders`,
 * `membersRouter`) or because it reads who asks (`req.user`): `app.use(guard); app.use("/orders", orders);`.
 *
 * @param guard what the application is given as the guard
 * @param method of the requests that pass it unasked
 */
export function closedBehind(core: Core, guard: Node, method: string): Node | undefined {
  const hook = parentOf(wrapped(guard));
  if (hook?.type !== "CallExpression" || methodOf(hook) !== "use") return undefined;
  const behind = givenBehind(core, hook, ["use", "route", "all", method.toLowerCase()]);
  const tellsApart = [...core.file.index.names.keys()].some((name) =>
    wordsOf(name).some((word) => /^(?:public|open)$/u.test(word)),
  );
  // Another guard behind may let nobody pass unasked.
  const guarded = behind.findIndex(({ arguments: given }) =>
    given.some((one) => asks(nameOf(core, one))),
  );
  return behind
    .slice(0, guarded === -1 ? behind.length : guarded)
    .find((call) => isClosed(core, call, method, tellsApart))
    ?.arguments.at(-1);
}

/**
 * The calls that give the same application more, in the order that it asks what it is given.
 *
 * @param hook `app.use(guard)`
 * @param methods what the calls are looked for by: `use`, `get`
 */
export function givenBehind(core: Core, hook: CallNode, methods: readonly string[]): CallNode[] {
  const app = appOf(hook);
  const owner = enclosingFunction(hook);
  const { called } = core.fileOf(hook).index;
  return app === undefined
    ? []
    : methods
        .flatMap((name) => called.get(name) ?? [])
        .filter(
          (call) =>
            appOf(call) === app &&
            enclosingFunction(call) === owner &&
            startOf(call) > startOf(hook),
        )
        .sort((a, b) => startOf(a) - startOf(b));
}

function methodOf({ callee }: CallNode): string | undefined {
  const method = unwrap(callee);
  return method.type === "MemberExpression" ? memberName(method) : undefined;
}

/** `app` of `app.use(first).use(second)` */
function appOf({ callee }: CallNode): string | undefined {
  let at = rootOf(callee);
  while (at.type === "CallExpression") at = rootOf(at.callee);
  return at.type === "Identifier" ? at.name : undefined;
}

/** Calls of a chain begin at one place: where the name of the method stands tells which comes first. */
function startOf({ callee }: CallNode): number {
  const member = unwrap(callee);
  return member.type === "MemberExpression" ? member.property.range[0] : member.range[0];
}

/** Words for what is somebody's own, or for a few … */
const CLOSED =
  /^(?:protected|private|restricted|secured?|admins?|orders?|invoices?|payments?|wallets?|billing|employees?|salar(?:y|ies)|inbox|me|account|profile)$/u;

/** … and for people. */
const PEOPLE = /^(?:members?|accounts?|profiles?|customers?|patients?|users?)$/u;

/** Words for what everybody may see. */
const OPEN =
  /^(?:open|unprotected|un|non|not|public|guests?|auth|login|signin|register|registration|signup|docs?|swagger|static|health|webhooks?|errors?)$/u;

/** What asks for a token, by its words. */
const ASKS =
  /auth(?!or)|verif|guard|jwt|token|passport|require|ensure|permission|\b40[13]\b|protect(?!ed)/iu;

function asks(name: string): boolean {
  return ASKS.test(name) && !PART.test(name);
}

const PART = /rout|controller/iu;

function isClosed(core: Core, call: CallNode, method: string, tellsApart: boolean): boolean {
  const path = textOf(call.arguments[0]);
  const [handler, ...more] = call.arguments.slice(path === undefined ? 0 : 1);
  if (handler === undefined || more.length > 0) return false;
  const name = nameOf(core, handler);
  const words = [path ?? "", name].flatMap((one) => wordsOf(one));
  if (words.some((word) => OPEN.test(word))) return false;
  // Whoever is there may be shown to everybody, where nothing else is called public, and become one by a POST.
  const isRead = /^(?:GET|POST)$/u.test(method);
  const isOfPeople = !isRead || (method === "GET" && tellsApart);
  const isMine = words.some((word) => CLOSED.test(word) || (isOfPeople && PEOPLE.test(word)));
  if (isFunction(handler))
    return methodOf(call) !== "use" && inside(core.file.index.members, handler).some(isOfClaims);
  if (methodOf(call) !== "use" && methodOf(call) !== "route") return isMine;
  // A part; what is given without a path may do no more than look at the request.
  const isPart = path !== undefined || PART.test(name);
  return isPart && (isMine || !isRead) && !asksItself(core, handler);
}

/** `orders`, `./routes/orders` of `orders.routes()`, and `require("./routes/orders")` */
function nameOf(core: Core, handler: Node): string {
  if (isFunction(handler)) return "";
  const required = requiredSpecifier(handler);
  if (required !== undefined) return required.value;
  const method = handler.type === "CallExpression" ? calleeName(handler) : "";
  return `${rootName(handler)} ${sourceOf(core, handler)?.value ?? ""} ${method}`;
}

function rootName(node: Node): string {
  let root = rootOf(node);
  while (root.type === "CallExpression") root = rootOf(root.callee);
  return root.type === "Identifier" ? root.name : "";
}

/** A part that can be seen, in this file or in another, may ask for a token itself. */
function asksItself(core: Core, handler: Node): boolean {
  const source = sourceOf(core, handler);
  const name = rootName(handler);
  if (source === undefined)
    return (core.file.index.names.get(name) ?? []).some((one) => {
      const call = parentOf(parentOf(one) ?? one);
      return (
        call?.type === "CallExpression" && call.arguments.some((given) => asks(nameOf(core, given)))
      );
    });
  const file = core.resolve(core.file, source);
  return file !== undefined && ASKS.test(file.code);
}

function sourceOf(core: Core, handler: Node): TSESTree.StringLiteral | undefined {
  const root = rootOf(handler.type === "CallExpression" ? handler.callee : handler);
  return requiredSpecifier(handler) ?? importSource(core.file.variableOf(root));
}
