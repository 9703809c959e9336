import { handmade } from "../../libraries/handmade.ts";
import type { Core } from "../core.ts";
import { inside } from "../files/inside.ts";
import { holds } from "../files/versions.ts";
import {
  contains,
  dottedPath,
  enclosingFunction,
  propertyValue,
  rootOf,
  staticKey,
  unwrap,
} from "../syntax.ts";
import type { CallNode, FunctionNode, Node } from "../syntax.ts";
import type { Argument } from "./arguments.ts";
import { keepsFields, keepsGiven, namedIn } from "./kept-fields.ts";
import { operationsAt } from "./operations.ts";
import { propertyAlong } from "../values/members.ts";
import { must, possibilities } from "../values/value.ts";
import type { Value } from "../values/value.ts";
import type { Operation } from "./operations.ts";
import { readClaims, readOptions } from "./options.ts";
import type { Setting } from "./options.ts";

/** How many wrappers deep a call is looked through. */
const MAX_LEVELS = 2;

/** How many operations one wrapper may stand for. */
const MAX_OPERATIONS = 8;

/**
 * The operations that a call makes through a function of another file: what the call brings (a key,
 * a token) is the call's, what the function fixes is the function's and judged where it stands.
 *
 * Functions of the same file need none of this: their parameters are the arguments of their calls.
 */
export function wrapperOperations(
  core: Core,
  call: CallNode,
  owner: FunctionNode,
  level = 1,
): Operation[] {
  return level > MAX_LEVELS ? [] : broughtInto(core, call, owner, owner, level);
}

/** The operations that stand in a function, class or member of one, as far as a call brings something for them by the parameters of `owner`. */
export function broughtInto(
  core: Core,
  call: CallNode,
  owner: FunctionNode,
  scope: Node,
  level = 1,
): Operation[] {
  return operationsInside(core, scope, level).flatMap((operation) => {
    const brought = broughtBy(core, operation, call, owner);
    return brought === undefined ? [] : [brought];
  });
}

function operationsInside(core: Core, scope: Node, level: number): readonly Operation[] {
  const known = core.wrapped.get(scope);
  if (known !== undefined) return known;
  // A function that calls itself finds nothing the second time.
  core.wrapped.set(scope, []);
  const found: Operation[] = [];
  for (const inner of inside(core.fileOf(scope).index.calls, scope)) {
    if (found.length >= MAX_OPERATIONS) break;
    found.push(...operationsAt(core, inner, level + 1));
  }
  core.wrapped.set(scope, found);
  return found;
}

function broughtBy(
  core: Core,
  operation: Operation,
  call: CallNode,
  owner: FunctionNode,
): Operation | undefined {
  const given = (argument: Argument | undefined): Argument | undefined =>
    broughtTo(core, owner, call, argument);
  const token = given(operation.token);
  const key = given(operation.key) ?? madeOfFields(core, operation, owner, given);
  const payload = given(operation.payload);
  const options = given(operation.options);
  if ([token, key, payload, options].every((one) => one === undefined)) return undefined;
  return {
    ...operation,
    node: call,
    token,
    key,
    payload,
    callback: undefined,
    options: undefined,
    promise: owner.async,
    wrapper: owner,
    open: true,
    option: () => ({ state: "unknown" }),
    settings: (role) => [
      ...operation.settings(role).flatMap((one) => settingFrom(one, given) ?? []),
      ...toldBy(operation, payload, options).filter((one) => one.role === role),
    ],
    ignored: [],
  };
}

/** What a call brings for something that its function only hands on; undefined for what is the function's own. */
export function broughtTo(
  core: Core,
  owner: FunctionNode,
  call: CallNode,
  argument: Argument | undefined,
): Argument | undefined {
  const place = argument === undefined ? undefined : placeOf(core, owner, argument.node);
  if (place === undefined || call.arguments.some((one) => one.type === "SpreadElement"))
    return undefined;
  const node = call.arguments[place.position];
  return node === undefined ? undefined : partOf(core, node, place.path);
}

/** `new TextEncoder().encode(this.secret)` of what a constructor is given, where a method makes a key of it. */
function madeOfFields(
  core: Core,
  { key, node }: Operation,
  owner: FunctionNode,
  given: (argument: Argument) => Argument | undefined,
): Argument | undefined {
  return contains(owner, node) || keepsFields(core, owner, enclosingFunction(node))
    ? keyMadeOf(key, given)
    : undefined;
}

/** `new TextEncoder().encode(secret)`: the function makes a key of what the call brings. */
function keyMadeOf(
  key: Argument | undefined,
  given: (argument: Argument) => Argument | undefined,
): Argument | undefined {
  return key === undefined ? undefined : madeOfGiven(key.value, given);
}

/** The value with what the call brings in the innermost of its encodings and imports. */
function madeOfGiven(
  value: Value,
  given: (argument: Argument) => Argument | undefined,
): Argument | undefined {
  for (const one of possibilities(value)) {
    if (one.type === "unknown") {
      const brought = given({ node: one.node, value: one });
      if (brought !== undefined) return brought;
    }
    if ((one.type !== "bytes" && one.type !== "key") || one.of === undefined) continue;
    const inner = madeOfGiven(one.of, given);
    if (inner !== undefined) return { node: inner.node, value: { ...one, of: inner.value } };
  }
  return undefined;
}

/** What holds for something that a function hands on, where a call leaves it out. */
export function leftOutOf(
  core: Core,
  owner: FunctionNode,
  argument: Argument | undefined,
): Argument | undefined {
  const place = argument === undefined ? undefined : placeOf(core, owner, argument.node);
  const parameter = place === undefined ? undefined : owner.params[place.position];
  return place === undefined || parameter?.type !== "AssignmentPattern"
    ? undefined
    : partOf(core, parameter.right, place.path);
}

/** `expiresIn: lifetime`, where `lifetime` is what the call brings. */
function settingFrom(
  setting: Setting,
  given: (argument: Argument) => Argument | undefined,
): Setting | undefined {
  const brought = given({ node: setting.valueNode, value: setting.value });
  // What the call leaves out is the function's default.
  if (brought === undefined || must(brought.value, isUndefined)) return undefined;
  return { ...setting, value: brought.value, node: brought.node, valueNode: brought.node };
}

function isUndefined(value: Value): boolean {
  return value.type === "literal" && value.value === undefined;
}

/** What the payload and the options say that the call brings as a whole. */
function toldBy(
  { entity, version }: Operation,
  payload: Argument | undefined,
  options: Argument | undefined,
): readonly Setting[] {
  const { claims, grammar, options: models } = entity;
  return [
    ...(options === undefined || models === undefined
      ? []
      : readOptions(options.value, models, (range) => holds(version, range)).settings),
    ...(payload === undefined || claims === undefined
      ? []
      : readClaims(payload.value, claims, grammar).settings),
  ];
}

/** A parameter, or what stands under names in one: `options.key`, `key` of `({ key }) => …`. */
interface Place {
  readonly position: number;
  readonly path: readonly string[];
}

/** Where among its parameters a function is given what an expression is, without a change on the way. */
function placeOf(core: Core, owner: FunctionNode, written: Node): Place | undefined {
  const node = unwrap(written);
  const root = rootOf(node);
  const [, ...path] = dottedPath(node) ?? [];
  if (root.type === "ThisExpression") return placeOfField(core, owner, path);
  if (root.type !== "Identifier" || (path.length === 0 && node !== root)) return undefined;
  const variable = core.fileOf(root).variableOf(root);
  if (
    variable === undefined ||
    variable.references.some((one) => one.isWrite() && one.init !== true)
  ) {
    return undefined;
  }
  // `options.key = process.env.KEY`: what the call brought is no longer there.
  const isChanged = core
    .fileOf(root)
    .index.assignments.some(
      ({ left }) =>
        left.type === "MemberExpression" && core.fileOf(root).variableOf(rootOf(left)) === variable,
    );
  if (isChanged) return undefined;
  for (const [position, parameter] of owner.params.entries()) {
    const written = parameter.type === "TSParameterProperty" ? parameter.parameter : parameter;
    const target = written.type === "AssignmentPattern" ? written.left : written;
    if (target.type === "Identifier" && variable.identifiers.includes(target)) {
      return { position, path };
    }
    const properties = target.type === "ObjectPattern" ? target.properties : [];
    for (const property of properties) {
      if (property.type !== "Property") continue;
      const name = staticKey(property.key, property.computed);
      const { value } = property;
      const inner = value.type === "AssignmentPattern" ? value.left : value;
      if (name !== undefined && variable.identifiers.some((one) => one === inner)) {
        return { position, path: [name, ...path] };
      }
    }
  }
  return undefined;
}

/** `this.options.key` where a constructor keeps what it is given: `constructor(private options) {}`, `this.options = options;` */
function placeOfField(
  core: Core,
  owner: FunctionNode,
  [field, ...path]: readonly string[],
): Place | undefined {
  const position = owner.params.findIndex(
    (one) => one.type === "TSParameterProperty" && namedIn(one.parameter) === field,
  );
  if (field === undefined) return undefined;
  if (position !== -1)
    return keepsGiven(core, owner, [field, ...path], undefined) ? { position, path } : undefined;
  for (const { left, operator, right } of inside(core.fileOf(owner).index.assignments, owner)) {
    if (operator !== "=" || dottedPath(left)?.join(".") !== `this.${field}`) continue;
    const place = placeOf(core, owner, right);
    if (place === undefined) continue;
    return keepsGiven(core, owner, [field, ...path], left)
      ? { ...place, path: [...place.path, ...path] }
      : undefined;
  }
  return undefined;
}

/** What an argument holds under names; it is shown where it is written in the call. */
function partOf(core: Core, argument: Node, path: readonly string[]): Argument {
  const value = propertyAlong(core, core.evaluate(argument), path, argument);
  let node = unwrap(argument);
  for (const name of path) {
    const inner = node.type === "ObjectExpression" ? propertyValue(node, name) : undefined;
    if (inner === undefined) return { node: argument, value };
    node = unwrap(inner);
  }
  return { node: path.length === 0 ? argument : node, value };
}

/** A hand-made decode as an operation. */
export function handmadeOperation(
  call: CallNode,
  token: Node,
  core: Core,
  part: "header" | "payload",
): Operation {
  const entity = handmade.entities[part];
  if (entity === undefined) throw new Error(`The hand-made description has no ${part}.`);
  return {
    kind: entity.kind,
    library: handmade,
    version: handmade.current,
    path: part,
    entity,
    name: "This code",
    node: call,
    token: { node: token, value: core.evaluate(token) },
    key: undefined,
    payload: undefined,
    callback: undefined,
    promise: false,
    wrapper: undefined,
    open: false,
    option: () => ({ state: "absent" }),
    settings: () => [],
    ignored: [],
    options: undefined,
  };
}
