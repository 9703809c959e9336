import type { Analysis } from "../analysis.ts";
import type { Core } from "../core.ts";
import { roleName } from "../answers/function-roles.ts";
import { isAnswering, responseCalls } from "../answers/response-calls.ts";
import { calledName } from "../files/source-file.ts";
import type { SourceFile } from "../files/source-file.ts";
import { initOf } from "../files/variables.ts";
import { byObject } from "../memo.ts";
import { isFormOfRoute } from "../network/forms.ts";
import { asksForCertificates, isOfThisMachine } from "../network/reached-by.ts";
import { isOakApplication } from "../network/oak.ts";
import { socketEventOf } from "../network/socket-events.ts";
import {
  calleeName,
  contains,
  decoratorsOf,
  dottedPath,
  isLiteral,
  memberName,
  parentOf,
  propertyValue,
  rootOf,
  textOf,
  unwrap,
} from "../syntax.ts";
import type { CallNode, FunctionNode, Node } from "../syntax.ts";
import { importSource } from "../values/whole-files.ts";
import { openPaths } from "./decorated-handlers.ts";
import { asksNobody, mayAskBefore } from "./before-handlers.ts";
import { isCalledByPlatform, isCalledByRuntime, isEndpoint } from "./endpoint-files.ts";
import { isGuardedResolver } from "./guarded-resolvers.ts";
import { isBehindMiddleware } from "./nest-middlewares.ts";
import { saysLink, saysSignIn, saysSignUp } from "./route-names.ts";
import { describedBy } from "./route-objects.ts";
import { isOpenOnSocket } from "./socket-routes.ts";
import { mayBeAskedAround } from "./wrapped-handlers.ts";

/**
 * Which requests reach a handler without passing another one: those of the application itself, and those by
 * which somebody signs in.
 */

/** Files whose routes give people their tokens: `routes/auth.js`, `auth/auth.routes.ts` */
const AUTH_FILE =
  /(?:^|\/)(?:auth(?:entication)?(?:[-._]?(?:routes?|router|api))?|auth(?:entication)?\/(?:index|routes?|router))\.[cm]?[jt]s$/iu;

/** What makes the application itself, rather than a part that is mounted somewhere. */
const MAKES_APP = /^(?:express|fastify|polka|restify\.createServer|Fastify|Hono|Koa|Elysia)$/u;

/** Methods that put something before handlers; the last ones are those of Elysia and restify. */
const COMES_BEFORE = [
  "use",
  "addHook",
  "ext",
  "all",
  "param",
  "register",
  "derive",
  "guard",
  "onBeforeHandle",
  "group",
  "pre",
];

/** How requests reach a handler that nothing stands before, as far as the file tells. */
export interface OpenRoute {
  /** Its names: its own, those of its paths, and where its file lies (`app/api/login/route.ts`). */
  readonly names: readonly string[];
  readonly paths: readonly string[];
  /** It belongs to the application itself, and to no part that may be mounted behind a guard. */
  readonly isOwn: boolean;
  /** It stands in the router of a file that is called for signing in. */
  readonly isOfAuth?: boolean;
  /** Other routes of its router have guards of their own, so none stands before all of them. */
  readonly isBesideGuarded?: boolean;
  /** `router.post(path, handler)` stands in the file, and gives nothing that comes before. */
  readonly isPosted?: boolean;
  /** A guard of the whole application may stand before it. */
  readonly mayBeGuarded?: boolean;
}

/** @returns undefined where something may have asked before, or only those come who are known by their connection */
export function openRoute(analysis: Analysis, handler: FunctionNode): OpenRoute | undefined {
  const { core } = analysis;
  if (asksForCertificates(core)) return undefined;
  const route = routeTo(analysis, handler);
  const isTool = route !== undefined && isOfThisMachine(core) && !isForPeople(route);
  return isTool ? undefined : route;
}

/** People sign in from elsewhere: something on the same machine may hand their requests on. */
function isForPeople({ names }: OpenRoute): boolean {
  return names.some((one) => saysSignIn(one) || saysSignUp(one) || saysLink(one));
}

function routeTo(analysis: Analysis, handler: FunctionNode): OpenRoute | undefined {
  const { file, core } = analysis;
  const place = file.path?.split(/[\\/]/u).slice(-3).join("/") ?? "";
  const member = parentOf(handler);
  if (member?.type === "MethodDefinition" && decoratorsOf(member).length > 0) {
    const open = openPaths(handler, member);
    if (open === undefined) return undefined;
    const { paths, isPublic } = open;
    if (isBehindMiddleware(core, member, paths)) return undefined;
    const names = [roleName(core, handler) ?? "", ...paths, place];
    // Who has forgotten his password cannot have signed in before.
    const mayBeGuarded = !isPublic && !paths.some((one) => saysLink(one));
    return { names, paths, isOwn: false, mayBeGuarded };
  }
  if (handler.params.length > 2 && isNextUsed(file, handler)) return undefined;
  if (mayBeAskedAround(core, handler) || isGuardedResolver(core, handler)) return undefined;
  const route = routeOf(handler);
  const isBehind = COMES_BEFORE.some((method) =>
    (file.index.called.get(method) ?? []).some(
      (call) =>
        // `guard({ secret })` makes one, `app.guard({ … })` puts it before.
        unwrap(call.callee).type === "MemberExpression" &&
        call.arguments.some((given) => mayAskBefore(core, given)) &&
        !isPlugin(analysis, call) &&
        mayCome(call, route) &&
        !isLeftOutBy(file, call, route),
    ),
  );
  if (isBehind) return undefined;
  const event = socketEventOf(file, handler);
  if (event !== undefined) {
    const { name } = event;
    // Whoever has connected may have been asked by what the file does not show, so the claims have to say that it is for an account.
    return isOpenOnSocket(analysis, event)
      ? { names: [name, place], paths: [name], isOwn: false, isBesideGuarded: true }
      : undefined;
  }
  if (route !== undefined) {
    const paths = pathsOf(route);
    return isAlone(analysis, route, handler)
      ? {
          names: [...paths, place],
          paths,
          isOwn: isOfApp(analysis, route),
          isOfAuth: AUTH_FILE.test(place),
          isBesideGuarded: isBesideGuarded(file, route),
          isPosted: isPost(route),
          mayBeGuarded: isMadeElsewhere(file, route),
        }
      : undefined;
  }
  const described = describedBy(handler);
  if (described !== undefined) {
    const { path, asks } = described;
    if (asks === "something") return undefined;
    return { names: [path, place], paths: [path], isOwn: false, mayBeGuarded: asks === "default" };
  }
  const name = roleName(core, handler) ?? "";
  const uses = (file.index.names.get(name) ?? []).filter((use) => !contains(handler, use));
  const routes = uses.flatMap((use) => routeOf(use) ?? []);
  const isCalled = (file.index.called.get(name) ?? []).some(
    (call) => !isOfAnother(core, handler, call),
  );
  if (isCalled || !routes.every((one) => isAlone(analysis, one, handler, name))) return undefined;
  if (uses.some((use) => describedBy(use)?.asks === "something" || mayBeAskedAround(core, use)))
    return undefined;
  const paths = routes.slice(0, 1).flatMap(pathsOf);
  if (routes.length === 0 && isCalledByPlatform(core, handler, uses))
    return { names: [name, place], paths: [name], isOwn: true };
  if (routes.length === 0 && isCalledByRuntime(core, handler)) {
    // The path is where the file lies, and that it is for an account the claims have to say.
    const paths = [addressOf(file.path ?? "")];
    return { names: [name, place], paths, isOwn: false, isBesideGuarded: true };
  }
  const isOwn =
    routes.length > 0
      ? routes.every((one) => isOfApp(analysis, one))
      : isEndpoint(core, handler, name, uses);
  const isPosted = routes.length > 0 && routes.every(isPost);
  return { names: [name, ...paths, place], paths, isOwn, isPosted };
}

/**
 * `server.createToken(id)` of `export async function createToken(id) { return server.createToken(id); }`: what a library does,
 * another module, or anything else for the handler itself, and no call of the handler.
 */
function isOfAnother(core: Core, handler: FunctionNode, call: CallNode): boolean {
  const callee = unwrap(call.callee);
  if (callee.type === "Identifier")
    return importSource(core.fileOf(callee).variableOf(callee)) !== undefined;
  if (callee.type !== "MemberExpression") return false;
  if (core.evaluate(callee).type === "entity") return true;
  const owner = dottedPath(callee.object)?.join(".") ?? "";
  return contains(handler, call) && !/^(?:this|exports|module\.exports)$/u.test(owner);
}

/** `import { members } from "./routers.js"; members.post(…)`: a router of another file may begin with a guard. */
function isMadeElsewhere(file: SourceFile, { callee }: CallNode): boolean {
  const router = rootOf(callee);
  const init = router.type === "Identifier" ? initOf(file, router) : undefined;
  const made = init === undefined ? undefined : unwrap(init);
  const maker = made?.type === "CallExpression" ? rootOf(made.callee) : router;
  const source = importSource(file.variableOf(maker))?.value ?? "";
  return /^[.@~#]\/?|^\.\./u.test(source) && !/^@[a-z]/u.test(source);
}

function isPost(route: CallNode): boolean {
  return calledName(route) === "post";
}

/** The folders below which runtimes take the address of an endpoint from where its file lies. */
const ROUTED = /^(?:app|pages|api|routes|server|functions|src)$/u;

/** `video/route.ts` of `app/api/video/route.ts`; where a project lies says nothing of its addresses. */
function addressOf(file: string): string {
  const parts = file.split(/[\\/]/u);
  const from = parts.slice(0, -1).findLastIndex((one) => ROUTED.test(one));
  return parts.slice(from === -1 ? -1 : from + 1).join("/");
}

/** `app.register(fastifyJwt, { secret })`, `new Elysia().use(jwt({ secret }))`: what is asked of it later on asks. */
function isPlugin({ operations }: Analysis, call: CallNode): boolean {
  return operations.some(
    ({ kind, node }) =>
      kind === "module" &&
      (node === call || call.arguments.some((given) => unwrap(given) === node)),
  );
}

/** `app.use("/api/*", auth)` is no guard of `app.post("/login", …)`, where both are called on the same. */
function mayCome(call: CallNode, route: CallNode | undefined): boolean {
  const {
    callee,
    arguments: [first],
  } = call;
  const [path] = route === undefined ? [] : pathsOf(route);
  // `app.param("member", …)` is called for the paths that hold `:member`.
  const parameter = calledName(call) === "param" ? textOf(first) : undefined;
  if (parameter !== undefined && path !== undefined) return path.includes(`:${parameter}`);
  const prefix = textOf(first)?.replace(/\/?\**$/u, "");
  if (route === undefined || prefix?.startsWith("/") !== true || path?.startsWith("/") !== true)
    return true;
  const isOfSame = dottedPath(rootOf(callee))?.[0] === dottedPath(rootOf(route.callee))?.[0];
  return !isOfSame || matchesPrefix(prefix, path);
}

/** `/:version/token` stands before `/v1/token/chat`. */
function matchesPrefix(prefix: string, path: string): boolean {
  const parts = path.split("/");
  return prefix
    .split("/")
    .every((part, at) => part === parts[at] || (part.startsWith(":") && parts[at] !== undefined));
}

/** `app.use(guard(options).unless({ path: ["/login", /^\/public/] }))` (express-unless 2.1.3, koa-unless 1.0.7) */
function isLeftOutBy(
  file: SourceFile,
  { arguments: given }: CallNode,
  route: CallNode | undefined,
): boolean {
  const [only, ...more] = given;
  const guard = only === undefined ? undefined : unwrap(only);
  if (guard?.type !== "CallExpression" || more.length > 0 || route === undefined) return false;
  const [path] = pathsOf(route);
  const options = guard.arguments[0];
  if (path === undefined || options?.type !== "ObjectExpression") return false;
  if (!calleeName(guard).endsWith(".unless") || options.properties.length > 1) return false;
  const made = initOf(file, rootOf(route.callee));
  // A router with a prefix is reached under another path.
  if (made?.type !== "CallExpression" && made?.type !== "NewExpression") return false;
  const listed = propertyValue(options, "path");
  const paths = listed?.type === "ArrayExpression" ? listed.elements : [listed];
  return made.arguments.length === 0 && paths.some((one) => matches(one, path));
}

function matches(written: Node | null | undefined, path: string): boolean {
  return written?.type === "Literal" && written.value instanceof RegExp
    ? path.search(written.value) !== -1
    : textOf(written) === path;
}

function pathsOf(route: CallNode): string[] {
  return route.arguments.map((given) => textOf(given) ?? "");
}

/** Of a part that is mounted elsewhere, what asks before it may stand there. */
function isOfApp({ file }: Analysis, { callee }: CallNode): boolean {
  const router = rootOf(callee);
  const mounts = (file.index.called.get("use") ?? []).filter(({ arguments: given }) =>
    given.some((one) => isPartOf(router, one)),
  );
  return [router, ...mounts.map((one) => rootOf(one.callee))].some((one) => isApp(file, one));
}

/** `app.use(router.routes())` of Koa, `app.use("/api", router)` of Express */
function isPartOf(router: Node, given: Node): boolean {
  const node = unwrap(given);
  const root = rootOf(node.type === "CallExpression" ? node.callee : node);
  return root.type === "Identifier" && router.type === "Identifier" && root.name === router.name;
}

function isApp(file: SourceFile, root: Node): boolean {
  const made = initOf(file, root);
  if (made?.type !== "CallExpression" && made?.type !== "NewExpression") return false;
  // `require("express")()`
  const maker = unwrap(made.callee);
  const name =
    maker.type === "CallExpression" && calleeName(maker) === "require"
      ? textOf(maker.arguments[0])
      : calleeName(made);
  return MAKES_APP.test(name ?? "") || isOakApplication(file, maker);
}

/** `router.put("/:id", auth, change)` beside `router.get("/:id", show)` */
function isBesideGuarded(file: SourceFile, route: CallNode): boolean {
  const router = rootOf(route.callee);
  return router.type === "Identifier" && guardedRouters(file).has(router.name);
}

/** What the routers are called of which a route has a guard of its own. */
const guardedRouters = byObject(({ index }: SourceFile): ReadonlySet<string> => {
  const names = new Set<string>();
  for (const { callee, arguments: given } of ROUTE_METHODS.flatMap(
    (method) => index.called.get(method) ?? [],
  )) {
    const [path, ...handlers] = given;
    const router = rootOf(callee);
    const isGuarded = handlers.slice(0, -1).some((one) => isGuardByName(one));
    if (router.type === "Identifier" && textOf(path) !== undefined && isGuarded)
      names.add(router.name);
  }
  return names;
});

const ROUTE_METHODS = ["get", "post", "put", "patch", "delete"];

function isGuardByName(written: Node): boolean {
  const node = unwrap(written);
  const name = node.type === "CallExpression" ? calleeName(node) : dottedPath(node)?.join(".");
  return (
    name !== undefined &&
    /auth|protect|guard|jwt|token|log(?:ged)?_?in|permission|admin/iu.test(name)
  );
}

function isNextUsed(file: SourceFile, { params, range }: FunctionNode): boolean {
  const next = params[2];
  // The context of a resolver is taken apart as it comes, and `next` never is.
  if (next?.type === "ObjectPattern") return false;
  if (next?.type !== "Identifier") return true;
  return (file.index.called.get(next.name) ?? []).some(
    (call) =>
      call.range[0] > range[0] &&
      call.range[1] < range[1] &&
      call.arguments.length === 0 &&
      !isBehindAnswer(call),
  );
}

/** `res.send({ token }); return next();`, as restify has it: whoever asks has his answer. */
function isBehindAnswer(call: CallNode): boolean {
  const statement = parentOf(call);
  const block = statement === undefined ? undefined : parentOf(statement);
  if (block?.type !== "BlockStatement") return false;
  return block.body.some(
    (one) =>
      one.type === "ExpressionStatement" &&
      one.range[1] < call.range[0] &&
      isAnswering(responseCalls(one.expression)),
  );
}

/** Methods that give a handler to a framework. */
const ROUTES = /^(?:get|post|put|patch|all|route|handle)$/u;

/** The call of a framework that is given a handler, perhaps inside of a function that catches its errors. */
function routeOf(handler: Node): CallNode | undefined {
  let inner = handler;
  for (let at = parentOf(inner); at?.type === "CallExpression"; at = parentOf(at)) {
    if (at.callee === inner) return undefined;
    const callee = unwrap(at.callee);
    if (callee.type === "MemberExpression" && ROUTES.test(memberName(callee) ?? "")) return at;
    if (at.arguments.length > 1) return undefined;
    inner = at;
  }
  return undefined;
}

/** Is it the one handler of a route whose path asks for nothing, and does what stands before it ask nobody? */
function isAlone(analysis: Analysis, route: CallNode, handler: Node, name?: string): boolean {
  return route.arguments.every(
    (one) =>
      isLiteral(one) ||
      contains(one, handler) ||
      isFormOfRoute(one) ||
      (name !== undefined && dottedPath(unwrap(one))?.at(-1) === name) ||
      asksNobody(analysis, one),
  );
}
