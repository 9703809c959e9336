import type { TSESTree } from "@typescript-eslint/utils";
import type { Core } from "../core.ts";
import { initOf } from "../files/variables.ts";
import { importedOperations } from "../operations/made-tokens.ts";
import type { Operation } from "../operations/operations.ts";
import {
  calleeName,
  contains,
  enclosingFunction,
  isFunction,
  memberName,
  parentOf,
  textOf,
  unwrap,
  wrapped,
} from "../syntax.ts";
import type { Node } from "../syntax.ts";
import { requiredSpecifier } from "../values/bindings.ts";
import { madeBy } from "../values/made-by.ts";
import { importSource } from "../values/whole-files.ts";

/** A guard that an application is given behind the routes that it is to guard. */
export interface LateGuard {
  readonly node: Node;
  /** How the code calls the application. */
  readonly router: string;
  /** The first route that answers before. */
  readonly route: Node;
}

/**
 * `app.use("/orders", orders); app.use("/orders", guard);`: Express (4.22, 5.3) and Hono (4.13) ask what they are
 * given in that order, and a route answers without asking what comes behind it. A guard counts where nothing that
 * comes behind it is for its path, so that it guards nothing at all.
 */
export function lateGuards(core: Core, operations: readonly Operation[]): LateGuard[] {
  const hooks = core.file.index.called.get("use") ?? [];
  if (hooks.length === 0) return [];
  const verifications = operations.filter(({ kind }) => kind === "verify" || kind === "middleware");
  return [...stepsByRouter(core).values()].flatMap((steps) => {
    const first = steps.findIndex((one) => isGuard(core, one, verifications));
    const hook = steps[first];
    if (hook === undefined || hook.handlers.length > 1) return [];
    const isUsed = steps.slice(first + 1).some((one) => mayRun(one, hook));
    const before = steps.slice(0, first);
    if (isUsed || isHandedOn(core, hook) || before.some((one) => isHookOf(one, hook))) return [];
    const route = before.find((one) => isOpenRoute(core, one, hook));
    const [node] = hook.handlers;
    return route === undefined || node === undefined
      ? []
      : [{ node, router: hook.name, route: route.node }];
  });
}

function isGuard(core: Core, { method, handlers }: Step, verifications: readonly Operation[]) {
  return method === "use" && handlers.some((one) => verifies(core, one, verifications));
}

/** What an application is given: a route, a part, or a function that runs in front of them. */
export interface Step {
  readonly node: TSESTree.CallExpression;
  readonly name: string;
  readonly owner: Node | undefined;
  readonly method: string;
  /** Without the star at its end; empty for all. */
  readonly path: string;
  readonly handlers: readonly Node[];
}

/** What each application is given in one function or module, in that order. */
export function stepsByRouter(core: Core): Map<string, Step[]> {
  const steps = new Map<string, Step[]>();
  for (const call of core.file.index.calls) {
    const step = stepOf(core, call);
    if (step === undefined) continue;
    const { name, owner } = step;
    const key = `${name} ${owner?.range[0] ?? ""}`;
    const ofRouter = steps.get(key) ?? [];
    steps.set(key, ofRouter);
    ofRouter.push(step);
  }
  for (const ofRouter of steps.values()) ofRouter.sort((a, b) => a.node.range[1] - b.node.range[1]);
  return steps;
}

const METHODS = /^(?:get|post|put|patch|delete|all|use|route|on|mount)$/u;

/** What makes an application or a part of one … */
const MAKERS = /(?:^|\.)(?:express|Router|Hono|OpenAPIHono)$/u;

/** … in these; polka (0.5.2) runs what is given to `use` in front of all routes, wherever it stands. */
const PACKAGES = /^(?:express|hono|@hono\/zod-openapi)$/u;

function stepOf(core: Core, call: Node): Step | undefined {
  if (call.type !== "CallExpression") return undefined;
  const callee = unwrap(call.callee);
  const method = callee.type === "MemberExpression" ? memberName(callee) : undefined;
  if (callee.type !== "MemberExpression" || method === undefined || !METHODS.test(method))
    return undefined;
  const name = unwrap(callee.object);
  if (name.type !== "Identifier" || !isRouter(core, name)) return undefined;
  const [first, ...more] = call.arguments.map((one) => unwrap(one));
  const path = first === undefined ? undefined : textOf(first);
  return {
    node: call,
    name: name.name,
    owner: enclosingFunction(call),
    method,
    path: path?.replace(/\/?\*?$/u, "") ?? "",
    handlers: path === undefined ? (first === undefined ? [] : [first, ...more]) : more,
  };
}

function isRouter(core: Core, name: Node): boolean {
  const made = initOf(core.file, name);
  return (
    (made?.type === "CallExpression" || made?.type === "NewExpression") &&
    MAKERS.test(calleeName(made)) &&
    PACKAGES.test(madeBy(core, name)?.specifier ?? "")
  );
}

/** Is it a function that verifies a token, where it stands or where its name leads? */
export function verifies(core: Core, given: Node, verifications: readonly Operation[]): boolean {
  if (verifications.some(({ node }) => contains(given, node))) return true;
  const target = core.evaluate(given);
  if (target.type !== "function") return false;
  return [...verifications, ...importedOperations(core)].some(
    ({ kind, node }) =>
      kind === "verify" &&
      core.fileOf(node) === core.fileOf(target.node) &&
      contains(target.node, node),
  );
}

/** Could a request that the guard is for come to it behind the guard? */
function mayRun({ path, handlers, method }: Step, hook: Step): boolean {
  const isForAll = path === "" && !/^(?:get|post|put|patch|delete)$/u.test(method);
  // What answers where nothing else has, and what answers errors, guards nothing.
  if (isForAll && handlers.every((one) => isFunction(one) && isLast(one.params.length)))
    return false;
  return isBelow(path, hook.path) || isBelow(hook.path, path);
}

function isLast(parameters: number): boolean {
  return parameters < 3 || parameters === 4;
}

export function isBelow(path: string, prefix: string): boolean {
  return prefix === "" || path === prefix || path.startsWith(`${prefix}/`);
}

/** What takes an application to run it, and gives it nothing. */
const RUNS = /(?:^|\.)(?:createServer|serve|serverless\w*|handle|getRequestListener|request)$/iu;

/** `register(app)`: what is out of sight may give it routes behind the guard. */
export function isHandedOn(core: Core, { node, name }: Step): boolean {
  const names = core.file.index.names.get(name) ?? [];
  return names.some((one) => {
    if (one.range[0] < node.range[1]) return false;
    const by = parentOf(wrapped(one));
    return by?.type === "CallExpression" && by.callee !== one && !RUNS.test(calleeName(by));
  });
}

/** Is it a route, or a part, that nobody is to reach but through the guard? */
export function isGuardedBy({ path }: Step, guard: Step): boolean {
  return path !== "" && isBelow(path, guard.path) && !PUBLIC.test(path.slice(guard.path.length));
}

/** A guard before may be the one that counts. */
function isHookOf({ method, path, handlers }: Step, hook: Step): boolean {
  return (
    method === "use" &&
    isBelow(hook.path, path) &&
    handlers.some((one) => GUARDS.test(nameOf(one)) && !PARTS.test(nameOf(one)))
  );
}

const GUARDS = /auth|verif|guard|protect|jwt|token|passport|session|login/iu;

const PARTS = /rout|api\b|controller|handler/iu;

function nameOf(node: Node): string {
  if (node.type === "Identifier") return node.name;
  if (node.type === "CallExpression") return calleeName(node);
  return node.type === "MemberExpression" ? (memberName(node) ?? "") : "";
}

/** Paths that everybody may go to. */
const PUBLIC =
  /auth|log-?in|log-?out|sign|regist|public|health|docs?\b|swagger|static|upload|asset|webhook|status|ping|refresh|token|password|verif|reset|callback|metrics|graphi?ql/iu;

const NEXT = /next|done|skip/iu;

/** A route or a part below the path of the guard, with nothing in front of it as far as can be seen. */
function isOpenRoute(core: Core, step: Step, hook: Step): boolean {
  const { method, path, handlers } = step;
  const [handler, ...more] = handlers;
  if (path === "" || handler === undefined || more.length > 0 || method === "all") return false;
  // It may hand the request on to the guard.
  if (isFunction(handler) && handler.params.some((one) => NEXT.test(nameOf(one)))) return false;
  if (!isBelow(path, hook.path) || PUBLIC.test(path.slice(hook.path.length))) return false;
  if (hook.path === "" && PUBLIC.test(path)) return false;
  if (method !== "use" && method !== "route") return true;
  return isPart(core, handler);
}

/** `posts` of `import posts from "./routes/posts.js"`, which has no guard of its own as far as can be seen. */
function isPart(core: Core, given: Node): boolean {
  const source =
    given.type === "Identifier"
      ? importSource(core.file.variableOf(given))
      : requiredSpecifier(given);
  if (source === undefined || !PARTS.test(`${nameOf(given)} ${source.value}`)) return false;
  const file = core.resolve(core.file, source);
  return file === undefined || !GUARDS.test(file.code);
}
