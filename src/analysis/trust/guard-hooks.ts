import type { TSESTree } from "@typescript-eslint/utils";
import type { Core } from "../core.ts";
import { calledName } from "../files/source-file.ts";
import type { SourceFile } from "../files/source-file.ts";
import { byObject } from "../memo.ts";
import type { Operation } from "../operations/operations.ts";
import {
  contains,
  dottedPath,
  isFunction,
  isLiteral,
  memberName,
  parentOf,
  staticKey,
  textOf,
  unwrap,
} from "../syntax.ts";
import type { CallNode, FunctionNode, Node } from "../syntax.ts";

/**
 * Guards that an application or router was given before a handler: `router.use(auth)`,
 * `app.use(expressjwt(…))`, `app.all("*", guard)`.
 */
export function isBehindHook(
  core: Core,
  route: TSESTree.CallExpression,
  operations: readonly Operation[],
): boolean {
  const target = routeOf(route);
  if (target === undefined) return false;
  const hooks = hooksOf(core.fileOf(route)).get(target.router) ?? [];
  const guards = guardsKept(operations);
  return hooks.some(({ hook, path }) => {
    if (hook.range[1] >= route.range[1] || !covers(path, target.path)) return false;
    let isGuard = guards.get(hook);
    if (isGuard === undefined) {
      isGuard = hook.arguments.some((argument) => isGuardHook(core, argument, operations));
      guards.set(hook, isGuard);
    }
    return isGuard;
  });
}

/** Which hooks are guards, as each route behind them asks. */
const guardsKept = byObject<readonly Operation[], Map<Node, boolean>>(() => new Map());

interface Hook {
  readonly hook: TSESTree.CallExpression;
  readonly path: string | undefined;
}

/** What a file gives to its routers for all that comes behind, by router. */
const hooksOf = byObject(({ index }: SourceFile): ReadonlyMap<string, readonly Hook[]> => {
  const hooks = new Map<string, Hook[]>();
  for (const hook of ["use", "all"].flatMap((name) => index.called.get(name) ?? [])) {
    const route = hook.type === "CallExpression" ? routeOf(hook) : undefined;
    if (hook.type !== "CallExpression" || route === undefined) continue;
    const ofRouter = hooks.get(route.router) ?? [];
    hooks.set(route.router, ofRouter);
    ofRouter.push({ hook, path: route.path });
  }
  return hooks;
});

interface Route {
  /** What the handlers are given to, as the code writes it: `router`, `this.app`. */
  readonly router: string;
  readonly path: string | undefined;
}

/** `router.get("/x", …)`, `router.route("/x").get(…)` */
function routeOf(call: TSESTree.CallExpression): Route | undefined {
  let callee = unwrap(call.callee);
  let path = pathOf(call);
  while (callee.type === "MemberExpression") {
    const object = unwrap(callee.object);
    if (object.type !== "CallExpression") {
      const router = dottedPath(object)?.join(".");
      return router === undefined ? undefined : { router, path };
    }
    path = pathOf(object) ?? path;
    callee = unwrap(object.callee);
  }
  return undefined;
}

function pathOf({ arguments: [first] }: TSESTree.CallExpression): string | undefined {
  return textOf(first);
}

/** A path holds for what lies below it; without one, or with a star, a hook is for everything. */
function covers(hook: string | undefined, path: string | undefined): boolean {
  const prefix = hook?.replace(/\/?\*?$/u, "") ?? "";
  return prefix === "" || path === prefix || path?.startsWith(`${prefix}/`) === true;
}

/** Guards by name: what is given to `use` may be a router, or a session. */
const GUARDS =
  /(?:^|[._])(?:is|check|require|ensure|verify|validate|jwt|token)?_?auth(?:enticat\w*|oriz\w*|ed|_?(?:middleware|guard|check|required|jwt|token|user))?$|guard|protect|verif\w*(?:token|jwt|auth|user)|(?:check|require|ensure|validate)_?(?:access_?)?(?:token|jwt)|(?:jwt|token)_?(?:auth|guard|middleware|check|verif\w*)|passport\.authenticate|login_?required|ensure_?(?:auth|logged)\w*|is_?logged_?in/iu;

const NO_GUARDS =
  /(?<!protect_?)rout|controller|session|initiali[sz]e|optional|google|github|facebook|login\b/iu;

function isGuardHook(core: Core, argument: Node, operations: readonly Operation[]): boolean {
  const given = unwrap(argument);
  const verifies = operations.some(
    (one) => (one.kind === "verify" || one.kind === "middleware") && contains(given, one.node),
  );
  if (verifies) return true;
  if (isLiteral(given) || isFunction(given)) return false;
  const target = core.evaluate(given);
  if (target.type === "function" && core.fileOf(target.node) === core.fileOf(given)) {
    return operations.some((one) => one.kind === "verify" && contains(target.node, one.node));
  }
  // `passport.authenticate("jwt", { session: false })`: by what is called.
  const named = given.type === "CallExpression" ? given.callee : given;
  const text = core.fileOf(given).text.slice(...named.range);
  return text.length < 200 && GUARDS.test(text) && !NO_GUARDS.test(text);
}

/** `nextConnect().use(auth).delete(handler)` */
export function isChainedBehindHook(
  core: Core,
  { callee }: CallNode,
  operations: readonly Operation[],
): boolean {
  const method = unwrap(callee);
  const before = method.type === "MemberExpression" ? unwrap(method.object) : undefined;
  if (before?.type !== "CallExpression") return false;
  const isHook =
    isUse(before) && before.arguments.some((one) => isGuardHook(core, one, operations));
  return isHook || isChainedBehindHook(core, before, operations);
}

function isUse({ callee }: CallNode): boolean {
  const method = unwrap(callee);
  return method.type === "MemberExpression" && memberName(method) === "use";
}

/**
 * What runs before a function in each route that it is the handler of:
 * `fastify.route({ method, url, preValidation: [authenticate], handler })`.
 */
export function hooksBefore(core: Core, owner: FunctionNode): Node[][] {
  return [owner, ...namesOf(core, owner)].flatMap((handler) => {
    const property = parentOf(handler);
    if (property?.type !== "Property" || staticKey(property.key, property.computed) !== "handler")
      return [];
    const options = property.parent;
    const call = parentOf(options);
    const isRoute =
      options.type === "ObjectExpression" &&
      call?.type === "CallExpression" &&
      calledName(call) === "route";
    if (!isRoute) return [];
    const hooks = options.properties.flatMap((one) =>
      one.type === "Property" && BEFORE.test(staticKey(one.key, one.computed) ?? "")
        ? one.value
        : [],
    );
    return [hooks];
  });
}

/** Hooks of fastify that run before the handler (4.28 and 5). */
const BEFORE = /^(?:onRequest|preParsing|preValidation|preHandler)$/u;

/** Where a function is named, that is declared or kept in a variable. */
export function namesOf(core: Core, owner: FunctionNode): Node[] {
  const holder = parentOf(owner);
  const name =
    owner.type === "FunctionDeclaration"
      ? owner.id
      : holder?.type === "VariableDeclarator"
        ? holder.id
        : null;
  if (name?.type !== "Identifier") return [];
  const references = core.fileOf(owner).variableOf(name)?.references ?? [];
  return references.map(({ identifier }) => identifier);
}

/** The calls that a function is given to as a handler: where it stands, or by its name. */
export function handledBy(core: Core, owner: FunctionNode): TSESTree.CallExpression[] {
  const holder = parentOf(owner);
  if (holder?.type === "CallExpression") return holder.callee === owner ? [] : [holder];
  return namesOf(core, owner).flatMap((identifier) => {
    const call = parentOf(identifier);
    const isGiven =
      call?.type === "CallExpression" &&
      call.callee !== identifier &&
      unwrap(call.callee).type === "MemberExpression" &&
      ROUTES.test(memberName(unwrap(call.callee) as TSESTree.MemberExpression) ?? "");
    return isGiven ? [call] : [];
  });
}

const ROUTES = /^(?:get|post|put|patch|delete|head|options|all|any)$/u;

/** Is the node inside of a function that an operation asks for its key? */
export function isInKeyResolver(core: Core, node: Node, operations: readonly Operation[]): boolean {
  const isAround = (given: Node): boolean => {
    const value = core.evaluate(given);
    return value.type === "function" && contains(value.node, node);
  };
  return operations.some(
    ({ kind, key }) =>
      (kind === "strategy" || kind === "middleware" || kind === "verify") &&
      key !== undefined &&
      isAround(key.node),
  );
}
