import type { Entity, Kind, Library, OptionRole, ParameterRole } from "../../libraries/types.ts";
import type { Core } from "../core.ts";
import { holds } from "../files/versions.ts";
import { dottedPath, isFunction, parentOf, unwrap } from "../syntax.ts";
import type { CallNode, FunctionNode, Node } from "../syntax.ts";
import { findAt, argumentsOf } from "../values/arguments.ts";
import { calledTarget, describe } from "../values/bindings.ts";
import { handmadeDecode } from "../values/handmade.ts";
import { invokedBy } from "../values/promisified.ts";
import { unverifiedBy } from "../values/unverified.ts";
import type { Unverified } from "../values/unverified.ts";
import { must, possibilities } from "../values/value.ts";
import type { EntityValue, Value } from "../values/value.ts";
import { argument } from "./arguments.ts";
import type { Argument } from "./arguments.ts";
import { candidatesOf } from "./candidates.ts";
import { registerKeyResolver } from "./key-resolvers.ts";
import { stateOf } from "./options.ts";
import type { IgnoredOption, OptionState, Setting } from "./options.ts";
import { pluginsOf } from "./registrations.ts";
import { mayNameScheme, schemeOf } from "./schemes.ts";
import { groupByRole, registrationOf, sourcesOf } from "./settings.ts";
import { handmadeOperation, wrapperOperations } from "./wrappers.ts";

/** Something the program does with JWTs, normalised over all libraries. */
export interface Operation {
  readonly kind: Kind;
  readonly library: Library;
  readonly version: string;
  readonly path: string;
  readonly entity: Entity;
  /** How the code calls it, such as `jwt.verify`. */
  readonly name: string;
  readonly node: CallNode;
  readonly token: Argument | undefined;
  readonly key: Argument | undefined;
  readonly payload: Argument | undefined;
  readonly callback:
    { readonly node: Node; readonly function: FunctionNode | undefined } | undefined;
  /** The call gives a promise. */
  readonly promise: boolean;
  /** The function through which the call is made, when it is a wrapper of the program's own. */
  readonly wrapper: FunctionNode | undefined;
  /** What tells the library to leave the signature out. */
  readonly unverified?: Unverified | undefined;
  /** Where the library is registered in the same file, with the settings that hold for this call. */
  readonly registration?: CallNode | undefined;
  /** An argument stands out of sight, so nothing can be said to be missing. */
  readonly open: boolean;
  /**
   * @param where only what the call says (options and setters), or only what the payload says: a
   * payload that nobody can see leaves `option("expiresAt")` unknown, `option("expiresAt", "call")`
   * not; or all but what it inherits
   */
  option(role: OptionRole, where?: "call" | "payload" | "here"): OptionState;
  /** All settings of a role, the nearest first. */
  settings(role: OptionRole): readonly Setting[];
  readonly ignored: readonly IgnoredOption[];
  /** Where an option would be written: the options object, or undefined when there is none yet. */
  readonly options: Argument | undefined;
}

/** Kinds that are operations; the rest are parts of one. */
const OPERATIONS: ReadonlySet<Kind> = new Set<Kind>([
  "sign",
  "verify",
  "decode",
  "header",
  "unsecured-sign",
  "unsecured-verify",
  "middleware",
  "strategy",
  "module",
  "key-set",
  "extractor",
]);

/** Every JWT operation in the linted file, in source order. */
export function findOperations(core: Core): Operation[] {
  const { calls, given } = candidatesOf(core, core.file);
  if (calls.size === 0 && given.size === 0 && !mayNameScheme(core.libraries, core.file.text))
    return [];
  const known = core.parameters.size;
  const operations = core.file.index.calls.flatMap((node) => operationsAt(core, node));
  if (core.parameters.size === known) return operations;
  // What key resolvers receive was learnt on the way, perhaps after it was asked for.
  core.values.clear();
  core.variables.clear();
  return core.file.index.calls.flatMap((node) => operationsAt(core, node));
}

/** The operations that a call is: one, or more where the callee is chosen at run time. */
export function operationsAt(core: Core, node: CallNode, level = 1): Operation[] {
  return targetsOf(core, node).flatMap((one) => {
    if (one.type === "function" && core.fileOf(one.node) !== core.fileOf(node)) {
      return wrapperOperations(core, node, one.node, level);
    }
    if (one.type === "global" && one.path.join(".") === "JSON.parse") {
      const decoded = handmadeDecode(core, node);
      return decoded === undefined
        ? []
        : [handmadeOperation(node, decoded.token, core, decoded.part)];
    }
    if (one.type !== "entity") return [];
    const operation = toOperation(core, calledTarget(one), node, undefined);
    return operation === undefined ? [] : [operation];
  });
}

/** What a call may stand for: what it calls, and what a framework calls for it. */
function targetsOf(core: Core, node: CallNode): Value[] {
  const { calls, given } = candidatesOf(core, core.fileOf(node));
  const targets: Value[] = [];
  if (calls.has(node)) {
    const callee = unwrap(node.callee);
    // `super({...})` in a class made by a mixin, such as PassportStrategy(Strategy).
    const target = callee.type === "Super" ? superClass(core, node) : core.evaluate(callee);
    // `jwt = jwt.setIssuer(…)`: a builder comes to its call in more than one way.
    targets.push(
      ...possibilities(target).filter(
        (one, at, all) => all.findIndex((other) => isSameTarget(one, other)) === at,
      ),
    );
  }
  if (given.has(node)) {
    const invoked = invokedBy(core, node);
    targets.push(...(invoked === undefined ? pluginsOf(core, node) : [invoked]));
  }
  const scheme = schemeOf(core, node);
  return scheme === undefined ? targets : [...targets, scheme];
}

function isSameTarget(one: Value, other: Value): boolean {
  if (one === other) return true;
  return (
    one.type === "entity" &&
    other.type === "entity" &&
    one.library === other.library &&
    one.path === other.path &&
    one.made === other.made &&
    one.bound.length === 0 &&
    other.bound.length === 0
  );
}

function superClass(core: Core, node: Node): Value {
  for (let current = node.parent; current !== undefined; current = parentOf(current)) {
    if (current.type === "ClassDeclaration" || current.type === "ClassExpression") {
      return current.superClass === null ? core.evaluate(node) : core.evaluate(current.superClass);
    }
  }
  return core.evaluate(node);
}

/** As the code calls it; a plugin is called by its framework: `app.register(plugin, options)`. */
function nameOf(
  { library, path }: EntityValue,
  { callee }: CallNode,
  { pluginOf }: Entity,
): string {
  const written = dottedPath(callee);
  const method = written?.at(-1);
  if (method !== undefined && pluginOf?.includes(method) === true) return library.name;
  if (written !== undefined) return written.join(".");
  // `require("koa-jwt")({ … })` is called by the name of its package.
  const own = path.replaceAll("#", "").replace(/^.*\./u, "");
  return own === "" || own === "default" ? library.name : own;
}

function toOperation(
  core: Core,
  target: EntityValue,
  node: CallNode,
  wrapper: FunctionNode | undefined,
): Operation | undefined {
  const { library } = target;
  const version = releaseOf(core, target, node);
  const inRange = (range: string): boolean => holds(version, range);
  const described = describe(target, version);
  if (described === undefined || !OPERATIONS.has(described.kind)) return undefined;
  const unverified = unverifiedBy(core, target, node, described);
  const entity = asAsked(withDefaults(core, target, node, described), unverified);
  if (entity.onlyMadeHere === true && target.made === undefined) return undefined;
  const find = (role: ParameterRole): Argument | undefined =>
    argument(core, target, node, entity, role);
  const options = find("options");
  const token = find("token");
  const key = find("key");
  const callback = callbackOf(core, target, node, entity, [options?.node, key?.node]);
  const isCallbackInPlace = callback !== undefined && options?.node === callback.node;
  const list = argumentsOf(target, node);
  const sources = lazily(() =>
    sourcesOf(core, target, node, entity, isCallbackInPlace ? undefined : options, inRange),
  );
  const byRole = lazily(() => groupByRole(sources()));
  registerKeyResolver(core, node, entity, key, token);
  return {
    kind: entity.kind,
    library,
    version,
    path: target.path,
    entity,
    name: nameOf(target, node, entity),
    node,
    token,
    // A callback may stand where the key would.
    key: callback !== undefined && key?.node === callback.node ? undefined : key,
    payload: find("payload"),
    callback,
    promise: isPromise(core, target, node, entity),
    wrapper,
    unverified,
    registration: registrationOf(core, target, entity)?.call,
    open: list.open,
    options: isCallbackInPlace ? undefined : options,
    option(role, where) {
      if (list.open) return { state: "unknown" };
      const told = sources().filter(({ claims, inherited }) => {
        if (where === "here") return inherited !== true;
        return where === undefined || (claims === true) === (where === "payload");
      });
      return stateOf(told, role);
    },
    settings: (role) => byRole().get(role) ?? [],
    get ignored() {
      return sources().flatMap((source) => source.ignored);
    },
  };
}

/** What the call itself shows comes first: a manifest may be that of another part of a workspace. */
function releaseOf(core: Core, target: EntityValue, node: CallNode): string {
  const { library, path } = target;
  const shown = library.shown?.[path];
  const isShown = shown?.at.some(
    (position) => findAt(core, target, node, position).state === "found",
  );
  return isShown === true && shown !== undefined ? shown.release : core.versionOf(library, path);
}

/** The checks that hold until options of their own replace them. */
function withDefaults(core: Core, target: EntityValue, node: CallNode, entity: Entity): Entity {
  const { without } = entity;
  if (without === undefined || findAt(core, target, node, without.at).state !== "absent") {
    return entity;
  }
  return { ...entity, checks: { ...entity.checks, ...without.checks } };
}

/** What leaves the signature out checks nothing; told so in so many words, a function reads tokens. */
function asAsked(entity: Entity, unverified: Unverified | undefined): Entity {
  if (unverified === undefined) return entity;
  const { checks: _, parameters: { key, ...parameters } = {}, ...rest } = entity;
  if (entity.kind === "verify" && unverified.isPlain)
    return { ...rest, kind: "decode", parameters };
  return { ...rest, parameters: key === undefined ? parameters : { ...parameters, key } };
}

function isPromise(core: Core, target: EntityValue, node: CallNode, { promise }: Entity): boolean {
  if (typeof promise !== "object") return promise === true || target.promisified;
  const found = findAt(core, target, node, promise.whenFunction);
  return found.state === "found" && must(found.value, (value) => value.type === "function");
}

function callbackOf(
  core: Core,
  target: EntityValue,
  node: CallNode,
  entity: Entity,
  others: readonly (Node | undefined)[],
): Operation["callback"] {
  if (target.promisified) return undefined;
  for (const position of [entity.parameters?.callback ?? []].flat()) {
    const found = findAt(core, target, node, position);
    if (found.state !== "found") continue;
    if (found.value.type === "function") return { node: found.node, function: found.value.node };
    if (isFunction(unwrap(found.node)))
      return { node: found.node, function: unwrap(found.node) as FunctionNode };
    if (!others.includes(found.node)) return { node: found.node, function: undefined };
    // An argument may be a key, options or a callback; a name tells in code that follows Node's habit.
    const name = found.node.type === "Identifier" ? found.node.name : "";
    if (
      /^(?:unknown|global)$/u.test(found.value.type) &&
      /^(?:cb|callback|done|next|fn)$/iu.test(name)
    ) {
      return { node: found.node, function: undefined };
    }
  }
  return undefined;
}

function lazily<Result>(make: () => Result): () => Result {
  let made: { readonly result: Result } | undefined;
  return () => (made ??= { result: make() }).result;
}
