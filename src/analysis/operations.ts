import type { Entity, Kind, Library, OptionRole, ParameterRole } from "../libraries/types.ts";
import { findAt, argumentsOf } from "./arguments.ts";
import { describe } from "./bindings.ts";
import { builderSettings } from "./builders.ts";
import { candidatesOf } from "./candidates.ts";
import type { Core } from "./core.ts";
import { handmadeDecode } from "./handmade.ts";
import { claimsMember } from "./members.ts";
import { byName, byObject } from "./memo.ts";
import { NOTHING, OUT_OF_SIGHT, readClaims, readOptions, stateOf } from "./options.ts";
import type { IgnoredOption, OptionState, Setting, SettingSource } from "./options.ts";
import { pluginsOf, registrationsOf } from "./registrations.ts";
import type { Registered } from "./registrations.ts";
import { mayNameScheme, schemeOf } from "./schemes.ts";
import { dottedPath, isFunction, parentOf, staticKey, unwrap } from "./syntax.ts";
import type { CallNode, FunctionNode, Node } from "./syntax.ts";
import { unverifiedBy } from "./unverified.ts";
import type { Unverified } from "./unverified.ts";
import { choice, may, must, possibilities } from "./value.ts";
import type { ClaimsValue, EntityValue, Value } from "./value.ts";
import { holds } from "./versions.ts";
import { handmadeOperation, wrapperOperations } from "./wrappers.ts";

/** An argument of an operation with what it can be. */
export interface Argument {
  readonly node: Node;
  readonly value: Value;
}

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
   * not
   */
  option(role: OptionRole, where?: "call" | "payload"): OptionState;
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
    const operation = toOperation(core, one, node, undefined);
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
    targets.push(...possibilities(target));
  }
  if (given.has(node)) targets.push(...pluginsOf(core, node));
  const scheme = schemeOf(core, node);
  return scheme === undefined ? targets : [...targets, scheme];
}

function superClass(core: Core, node: Node): Value {
  for (let current = node.parent; current !== undefined; current = parentOf(current)) {
    if (current.type === "ClassDeclaration" || current.type === "ClassExpression") {
      return current.superClass === null ? core.evaluate(node) : core.evaluate(current.superClass);
    }
  }
  return core.evaluate(node);
}

function toOperation(
  core: Core,
  target: EntityValue,
  node: CallNode,
  wrapper: FunctionNode | undefined,
): Operation | undefined {
  const { library } = target;
  const version = core.versionOf(library, target.path);
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
    name:
      dottedPath(node.callee)?.join(".") ?? target.path.replaceAll("#", "").replace(/^.*\./u, ""),
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
      const told = sources().filter(
        (source) => where === undefined || (source.claims === true) === (where === "payload"),
      );
      return stateOf(told, role);
    },
    settings: (role) => byRole().get(role) ?? [],
    get ignored() {
      return sources().flatMap((source) => source.ignored);
    },
  };
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

function argument(
  core: Core,
  target: EntityValue,
  node: CallNode,
  entity: Entity,
  role: ParameterRole,
): Argument | undefined {
  const positions = entity.parameters?.[role];
  if (positions === undefined) return undefined;
  for (const position of [positions].flat()) {
    const found = findAt(core, target, node, position);
    if (found.state !== "found") continue;
    const { node: at } = found;
    const expression =
      at.type === "Property" ? at.value : at.type === "AssignmentExpression" ? at.right : at;
    const isText = role === "payload" && entity.jsonText === true;
    return {
      node: expression,
      value: isText ? jsonValue(core, expression, found.value) : found.value,
    };
  }
  return undefined;
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

function sourcesOf(
  core: Core,
  target: EntityValue,
  node: CallNode,
  entity: Entity,
  options: Argument | undefined,
  inRange: (range: string) => boolean,
): SettingSource[] {
  const sources: SettingSource[] = [];
  if (entity.options !== undefined && options !== undefined) {
    sources.push(readOptions(options.value, entity.options, inRange));
  }
  const payload = argument(core, target, node, entity, "payload");
  if (entity.claims !== undefined && payload !== undefined) {
    const claims = readClaims(payload.value, entity.claims, entity.grammar);
    // A payload nobody can see may carry its own claims. Whether that counts is the rule's choice:
    // it is a source of its own, so that `open` is told from the options'.
    sources.push(claims);
  }
  if (isBuilt(target) && entity.kind !== "setter") {
    sources.push(builderSettings(core, target, node));
  }
  const algorithm = argument(core, target, node, entity, "algorithm");
  // An object in its place holds the algorithm among other options.
  if (algorithm !== undefined && !must(algorithm.value, (value) => value.type === "object")) {
    sources.push(argumentSource(algorithm, entity));
  }
  sources.push(...argumentSettings(core, target, node, entity, inRange));
  if (entity.inherits !== undefined && entity.inherits !== false) {
    sources.push(inheritedSettings(core, target, node, entity, inRange));
  }
  return sources.length === 0 ? [NOTHING] : sources;
}

function groupByRole(sources: readonly SettingSource[]): Map<OptionRole, Setting[]> {
  const groups = new Map<OptionRole, Setting[]>();
  for (const { settings } of sources) {
    for (const setting of settings) {
      const known = groups.get(setting.role);
      if (known === undefined) groups.set(setting.role, [setting]);
      else known.push(setting);
    }
  }
  return groups;
}

/** Is it the method of an instance that has setters? */
function isBuilt({ library, path }: EntityValue): boolean {
  const at = path.indexOf("#.");
  return at !== -1 && hasSetters(library)(path.slice(0, at + 2));
}

const hasSetters = byObject((library: Library) =>
  byName((prefix) =>
    Object.entries(library.entities).some(
      ([name, { kind }]) => kind === "setter" && name.startsWith(prefix),
    ),
  ),
);

/** The one registration of the file; of several nobody knows which one holds. */
function registrationOf(
  core: Core,
  { library }: EntityValue,
  { inherits }: Entity,
): Registered | undefined {
  if (typeof inherits !== "object") return undefined;
  const [registered, ...more] = registrationsOf(core, library, inherits);
  return more.length > 0 ? undefined : registered;
}

/** What the instance or factory was told where it was made; out of sight where nobody sees it made. */
function inheritedSettings(
  core: Core,
  target: EntityValue,
  node: CallNode,
  entity: Entity,
  inRange: (range: string) => boolean,
): SettingSource {
  const { inherits, options } = entity;
  if (typeof inherits === "object" && options !== undefined) {
    const registered = registrationOf(core, target, entity);
    if (registered === undefined) return OUT_OF_SIGHT;
    const told = findAt(core, registered.target, registered.call, inherits.at);
    if (told.state === "found") return readOptions(told.value, options, inRange);
    return told.state === "absent" ? NOTHING : OUT_OF_SIGHT;
  }
  if (typeof inherits !== "string" || options === undefined) return OUT_OF_SIGHT;
  const found = findAt(core, target, node, inherits);
  if (found.state === "found") return readOptions(found.value, options, inRange);
  return found.state === "absent" ? NOTHING : OUT_OF_SIGHT;
}

/** Settings that stand as arguments of their own. */
function argumentSettings(
  core: Core,
  target: EntityValue,
  node: CallNode,
  entity: Entity,
  inRange: (range: string) => boolean,
): SettingSource[] {
  return Object.entries(entity.arguments ?? {}).flatMap(([position, model]) => {
    if (model.versions !== undefined && !inRange(model.versions)) return [];
    const found = findAt(core, target, node, position);
    if (found.state === "absent") return [];
    if (found.state === "unknown") return [OUT_OF_SIGHT];
    const value = entity.jsonText === true ? jsonValue(core, found.node, found.value) : found.value;
    const { role, grammar } = model;
    const setting: Setting = {
      role,
      name: role,
      value,
      node: found.node,
      valueNode: found.node,
      via: "argument",
      grammar,
      model,
      certain: found.certain,
    };
    return [{ ...NOTHING, settings: [setting] }];
  });
}

/** What `JSON.stringify(x)` was given, where a library takes texts. */
function jsonValue(core: Core, written: Node, value: Value): Value {
  const node = unwrap(written);
  if (node.type === "CallExpression" && dottedPath(node.callee)?.join(".") === "JSON.stringify") {
    const [given] = node.arguments;
    if (given !== undefined && given.type !== "SpreadElement") return core.evaluate(given);
  }
  // A text in a variable: what made it is where the value was written.
  return value.type === "unknown" && value.node !== written && value.node.type === "CallExpression"
    ? jsonValue(core, value.node, value)
    : value;
}

/** An algorithm that stands as an argument of its own. */
function argumentSource(algorithm: Argument, entity: Entity): SettingSource {
  const role: OptionRole = entity.kind === "sign" ? "algorithm" : "algorithms";
  return {
    ...NOTHING,
    settings: [
      {
        role,
        name: "algorithm",
        value: algorithm.value,
        node: algorithm.node,
        valueNode: algorithm.node,
        via: "argument",
        grammar: undefined,
        model: undefined,
        certain: true,
      },
    ],
  };
}

/**
 * `(header, callback) => …` given as a key reads a token that nobody has verified. What each of its
 * parameters holds is the library's.
 */
function registerKeyResolver(
  core: Core,
  node: CallNode,
  entity: Entity,
  key: Argument | undefined,
  token: Argument | undefined,
): void {
  if (key === undefined) return;
  for (const one of possibilities(key.value)) {
    if (one.type !== "function") continue;
    for (const [position, part] of (entity.resolver ?? ["header"]).entries()) {
      const parameter = one.node.params[position];
      if (part === "other" || parameter === undefined) continue;
      const target = parameter.type === "AssignmentPattern" ? parameter.left : parameter;
      const claims: ClaimsValue = {
        type: "claims",
        node: target,
        verified: false,
        call: node,
        token: token?.node,
        part,
        path: [],
      };
      tellParameter(core, target, claims);
    }
  }
}

function tellParameter(core: Core, target: Node, claims: ClaimsValue): void {
  if (target.type === "ObjectPattern") {
    for (const property of target.properties) {
      if (property.type !== "Property") continue;
      const name = staticKey(property.key, property.computed);
      if (name === undefined) continue;
      const part = claimsMember(claims, name, property.value);
      tellParameter(core, property.value, part);
    }
    return;
  }
  if (target.type !== "Identifier") return;
  const before = core.parameters.get(target);
  const isTold =
    before !== undefined &&
    may(
      before,
      (one) => one.type === "claims" && one.call === claims.call && one.part === claims.part,
    );
  if (!isTold) {
    core.parameters.set(target, before === undefined ? claims : choice(target, [before, claims]));
  }
}

function lazily<Result>(make: () => Result): () => Result {
  let made: { readonly result: Result } | undefined;
  return () => (made ??= { result: make() }).result;
}

/** May the key be read as a function that finds it? */
export function isKeyResolver(key: Argument | undefined): boolean {
  return key !== undefined && may(key.value, (value) => value.type === "function");
}
