import type { Library } from "../../libraries/types.ts";
import type { CallNode, ClassNode, FunctionNode, Node } from "../syntax.ts";

/**
 * What an expression can be. Every value carries the node where it was written, which may stand in
 * another file.
 */
export type Value =
  | LiteralValue
  | TemplateValue
  | RegExpValue
  | ObjectValue
  | ArrayValue
  | EnvironmentValue
  | BytesValue
  | KeyValue
  | GeneratedValue
  | TimeValue
  | FileValue
  | FunctionValue
  | ClassValue
  | InstanceValue
  | EntityValue
  | ModuleValue
  | GlobalValue
  | ClaimsValue
  | TokenValue
  | DerivedValue
  | ChoiceValue
  | UnknownValue;

interface At {
  /** Where the value was written. */
  readonly node: Node;
}

/** `undefined` is a literal too: it is what an uninitialised variable or a missing property holds. */
export interface LiteralValue extends At {
  readonly type: "literal";
  readonly value: string | number | boolean | bigint | null | undefined;
}

/** A string made of parts of which at least one is not known. */
export interface TemplateValue extends At {
  readonly type: "template";
  readonly parts: readonly Value[];
}

interface RegExpValue extends At {
  readonly type: "regexp";
}

export interface PropertyValue {
  readonly value: Value;
  /** The property, assignment or pattern element that writes it. */
  readonly node: Node;
  /** False when it is written on some paths only. */
  readonly certain: boolean;
}

export interface ObjectValue extends At {
  readonly type: "object";
  readonly properties: ReadonlyMap<string, PropertyValue>;
  /** Keys that are not listed may exist: a spread or a mutation that nobody can see into. */
  readonly open: boolean;
}

export interface ArrayValue extends At {
  readonly type: "array";
  readonly elements: readonly Value[];
  readonly open: boolean;
}

/** A value that comes from outside the program: environment or a configuration service. */
export interface EnvironmentValue extends At {
  readonly type: "environment";
  /** Undefined for the whole environment. */
  readonly name: string | undefined;
  /** Something else stands in for it where it is not set: `process.env.KEY || ""`. */
  readonly isSet?: true;
  readonly source: "process" | "import.meta" | "config";
}

interface BytesValue extends At {
  readonly type: "bytes";
  readonly of: Value;
  readonly encoding: string;
}

export type KeyKind = "secret" | "private" | "public" | "certificate" | "set" | "embedded";

export interface KeyValue extends At {
  readonly type: "key";
  readonly kind: KeyKind | undefined;
  /** What the key was made of, or undefined when it was generated. */
  readonly of: Value | undefined;
  readonly bits?: number;
  /** The algorithm that the import binds the key to. */
  readonly algorithm?: Value;
  /** True for a KeyObject or CryptoKey, which libraries tell apart by kind; false for raw text. */
  readonly typed: boolean;
  readonly library?: Library;
}

interface GeneratedValue extends At {
  readonly type: "generated";
  /** Entropy in bits where it is known. */
  readonly bits: number | undefined;
  readonly generator: string;
  readonly strong: boolean;
}

/** A point in time: the current time plus an offset, in seconds or milliseconds. */
export interface TimeValue extends At {
  readonly type: "time";
  readonly unit: "s" | "ms";
  /** Undefined where it is not known how far from now. */
  readonly offset: number | undefined;
  /** A Date object rather than a number. */
  readonly date?: true;
  /** A point in time was added to now, which is decades or millennia ahead. */
  readonly isAddedToNow?: true;
  /** Its milliseconds were divided by this, which gives no seconds: `Date.now() / 100`. */
  readonly dividedBy?: number;
}

interface FileValue extends At {
  readonly type: "file";
  readonly path: Value | undefined;
}

interface FunctionValue extends At {
  readonly type: "function";
  readonly node: FunctionNode;
}

interface ClassValue extends At {
  readonly type: "class";
  readonly node: ClassNode;
}

/** An instance of a class of the program's own. */
interface InstanceValue extends At {
  readonly type: "instance";
  readonly of: ClassNode;
}

/** A member of a library that is described in `libraries/`, or what one of them made. */
export interface EntityValue extends At {
  readonly type: "entity";
  readonly library: Library;
  readonly path: string;
  readonly promisified: boolean;
  /** What a namespace stands for where it is called itself, as CommonJS lets it. */
  readonly called?: string | undefined;
  /** Called through a member of its own, `verify.call(this, …)`, or by another: `Q.ninvoke(jwt, "verify", …)`. */
  readonly via?: "apply" | "call" | "invoke";
  /** Arguments fixed by `.bind`. */
  readonly bound: readonly Node[];
  /** The call that made an instance, for arguments that stand there. */
  readonly made: CallNode | undefined;
}

/** A member of a package that is not described in `libraries/`. */
export interface ModuleValue extends At {
  readonly type: "module";
  readonly specifier: string;
  readonly path: readonly string[];
}

export interface GlobalValue extends At {
  readonly type: "global";
  readonly path: readonly string[];
}

/** What was read from a token. */
export interface ClaimsValue extends At {
  readonly type: "claims";
  readonly verified: boolean;
  /** The call that read the token. */
  readonly call: Node;
  readonly token: Node | undefined;
  readonly part: "payload" | "header" | "whole";
  readonly path: readonly string[];
}

/** The result of a sign operation. */
interface TokenValue extends At {
  readonly type: "token";
  readonly call: CallNode;
}

/** Something computed from others by a call: a hash, a response, a path that was joined. */
export interface DerivedValue extends At {
  readonly type: "derived";
  readonly how: "hash" | "kdf" | "response" | "path" | "url" | "query" | "call";
  readonly from: readonly Value[];
}

interface ChoiceValue extends At {
  readonly type: "choice";
  readonly options: readonly Value[];
}

export interface UnknownValue extends At {
  readonly type: "unknown";
  readonly reason: string;
  /** What a call out of sight is given, evaluated when somebody asks. */
  readonly madeFrom?: () => readonly Value[];
}

export const unknown = (node: Node, reason: string): UnknownValue => ({
  type: "unknown",
  node,
  reason,
});

export const literal = (node: Node, value: LiteralValue["value"]): LiteralValue => ({
  type: "literal",
  node,
  value,
});

/** Flat, without doubles; one option is itself. */
export function choice(node: Node, options: readonly Value[]): Value {
  const [only] = options;
  if (options.length === 1 && only !== undefined && only.type !== "choice") return only;
  const flat = new Set(options.flatMap((option) => possibilities(option)));
  const [first] = flat;
  if (first === undefined) return unknown(node, "nothing");
  return flat.size === 1 ? first : { type: "choice", node, options: [...flat] };
}

/** Every value that it may be. */
export function possibilities(value: Value): readonly Value[] {
  return value.type === "choice" ? value.options : [value];
}

/** May it be so? The known branches are enough. */
export function may(value: Value, test: (value: Value) => boolean): boolean {
  return possibilities(value).some(test);
}

/** Must it be so? An unknown branch answers no, unless the test says that unknown is so. */
export function must(value: Value, test: (value: Value) => boolean): boolean {
  return possibilities(value).every(test);
}

/** Applies to each possibility. */
export function map(value: Value, change: (value: Value) => Value): Value {
  if (value.type !== "choice") return change(value);
  return choice(
    value.node,
    value.options.map((option) => change(option)),
  );
}

/** The value where something else stands in for it when it is missing. */
export function present(value: Value): Value {
  const isVariable = value.type === "environment" && value.name !== undefined;
  return isVariable ? { ...value, isSet: true } : value;
}

export function isUndefined(value: Value): boolean {
  return value.type === "literal" && value.value === undefined;
}

/**
 * Modules whose `env` holds the variables of the environment, as `process.env` does (@sveltejs/kit 2.70,
 * @cloudflare/workers-types 5). What `$env/static/private` gives is there, or the build fails.
 */
const HOLD_VARIABLES = /^(?:\$env\/dynamic\/(?:private|public)|cloudflare:workers)$/u;

/** The name of the one variable of the environment that a value is, if it is one. */
export function variableNamed(value: Value): string | undefined {
  if (value.type === "environment") return value.name === "*" ? undefined : value.name;
  if (value.type !== "module" || !HOLD_VARIABLES.test(value.specifier)) return undefined;
  const [holder, name] = value.path;
  return holder === "env" ? name : undefined;
}

/** What bytes and keys are made of: the variable of `new TextEncoder().encode(process.env.KEY)`. Themselves where nobody knows. */
export function materials(value: Value): readonly Value[] {
  return possibilities(value).flatMap((one) => {
    const of = one.type === "bytes" || one.type === "key" ? one.of : undefined;
    return of === undefined ? [one] : materials(of);
  });
}

/** May nothing be there, so that what stands in for it is taken: `process.env.KEY ?? "key"`? */
export function mayBeMissing(value: Value): boolean {
  return /^(?:unknown|environment|claims)$/u.test(value.type) || variableNamed(value) !== undefined;
}

/** true, false, or undefined when it is not known. */
export function truthiness(value: Value): boolean | undefined {
  switch (value.type) {
    case "literal":
      return Boolean(value.value);
    case "choice": {
      const answers = new Set(value.options.map((option) => truthiness(option)));
      return answers.size === 1 ? [...answers][0] : undefined;
    }
    case "template":
      return value.parts.some((part) => part.type === "literal" && part.value !== "")
        ? true
        : undefined;
    case "object":
    case "array":
    case "regexp":
    case "bytes":
    case "key":
    case "generated":
    case "function":
    case "class":
    case "instance":
    case "time":
    case "token":
      return true;
    default:
      return undefined;
  }
}

/** The string that it certainly is, or undefined. */
export function stringOf(value: Value): string | undefined {
  return value.type === "literal" && typeof value.value === "string" ? value.value : undefined;
}

export function numberOf(value: Value): number | undefined {
  return value.type === "literal" && typeof value.value === "number" ? value.value : undefined;
}

/** The number that a Date object turns into. */
export function asNumber(value: TimeValue, node: Node): TimeValue {
  const { unit, offset, dividedBy } = value;
  return { type: "time", node, unit, offset, ...(dividedBy === undefined ? {} : { dividedBy }) };
}

/** How deep values are looked into. */
const MAX_NESTING = 12;

/**
 * Is something in what the value is made of so? Looks into texts, bytes, keys, arrays and what calls
 * compute from others, not into objects: a property says nothing about its neighbours.
 */
export function madeOf(
  value: Value,
  test: (value: Value) => boolean,
  depth = 0,
  seen = new Set<Value>(),
): boolean {
  if (test(value)) return true;
  if (depth > MAX_NESTING || seen.has(value)) return false;
  seen.add(value);
  const inside = (inner: Value): boolean => madeOf(inner, test, depth + 1, seen);
  switch (value.type) {
    case "choice":
      return value.options.some(inside);
    case "template":
      return value.parts.some(inside);
    case "array":
      return value.elements.some(inside);
    case "derived":
      return value.from.some(inside);
    case "bytes":
      return inside(value.of);
    case "key":
      return value.of !== undefined && inside(value.of);
    case "file":
      return value.path !== undefined && inside(value.path);
    case "unknown":
      return value.madeFrom?.().some(inside) ?? false;
    default:
      return false;
  }
}
