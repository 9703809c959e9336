import type { Core } from "../core.ts";
import { memberName } from "../syntax.ts";
import type { CallNode, Node } from "../syntax.ts";
import { askedSetting } from "./config-files.ts";
import { asProvider, isConfiguration, lookup, namedSetting } from "./configuration.ts";
import { dateMethod } from "./dates.ts";
import { countedDuration } from "./durations.ts";
import { FUNCTIONS } from "./platform-functions.ts";
import { convictMethod, describedSettings, settingsOfSchema } from "./setting-schemas.ts";
import { storedValue } from "./stored.ts";
import { choice, literal, possibilities, stringOf, unknown } from "./value.ts";
import type { Value } from "./value.ts";

/**
 * What well-known functions of Node.js, the web platform and everyday packages do with values:
 * bytes, keys, randomness, files, time, objects.
 */
export function evaluatePlatformCall(
  core: Core,
  target: Value,
  node: CallNode,
  callee: Node,
): Value | undefined {
  // Most calls are none of these: their arguments are not looked at.
  const given = (): Value[] =>
    node.arguments.map((argument) =>
      argument.type === "SpreadElement" ? unknown(argument, "spread") : core.evaluate(argument),
    );
  if (target.type === "global" || target.type === "module") {
    const name = nameOf(target);
    const handler = FUNCTIONS[name] ?? FUNCTIONS[afterFirst(name)];
    const result = handler?.({ core, node, given: given(), name });
    if (result !== undefined) return result;
    if (target.type === "module") {
      const settings = describedSettings(core, target, node, given);
      if (settings !== undefined) return settings;
    }
    const setting = target.type === "module" ? askedSetting(core, target, node) : undefined;
    if (setting !== undefined) return setting;
    if (isConfiguration(target)) return lookup(core, node, given());
  }
  const result =
    callee.type === "MemberExpression" ? evaluateMethod(core, node, callee, given) : undefined;
  const isOutOfSight = /^(?:unknown|module|global)$/u.test(target.type);
  return result ?? (isOutOfSight ? namedSetting(core, node, given) : undefined);
}

/** `crypto.randomBytes` for both the global and the module; `fs/promises` members by their own. */
function nameOf(target: Extract<Value, { type: "global" | "module" }>): string {
  if (target.type === "global") {
    const [first, ...rest] = target.path;
    const isHost =
      first === "globalThis" || first === "window" || first === "self" || first === "global";
    return (isHost ? rest : target.path).join(".");
  }
  const path = target.path.filter((part) => part !== "default");
  return [inLodash(target.specifier), ...path].join(".");
}

/** `lodash/merge` and `lodash-es` hold the functions of lodash, one by one and all of them. */
function inLodash(specifier: string): string {
  return specifier.replace(/^lodash(?:-es)?(?:\/(\w+)(?:\.js)?)?$/u, (_, name?: string) =>
    name === undefined ? "lodash" : `lodash.${name}`,
  );
}

/** `webcrypto.subtle…` and `crypto.webcrypto.…` are the same functions one level down. */
function afterFirst(name: string): string {
  const dot = name.indexOf(".");
  return dot === -1 ? name : name.slice(dot + 1);
}

/** Methods that are called on texts, bytes, dates and services. */
function evaluateMethod(
  core: Core,
  node: CallNode,
  callee: Extract<Node, { type: "MemberExpression" }>,
  given: () => Value[],
): Value | undefined {
  const name = memberName(callee);
  if (name === undefined) return undefined;
  const settings = settingsOfSchema(core, node, name, callee.object);
  if (settings !== undefined) return settings;
  const receiver = core.evaluate(callee.object);
  const convict = convictMethod(core, receiver, name, node);
  if (convict !== undefined) return convict;
  if (name === "get" || name === "getOrThrow") {
    const configured = isService(callee.object, receiver)
      ? lookup(core, node, name === "get" ? given() : given().slice(0, 1))
      : undefined;
    const stored = name === "get" ? storedValue(core, callee.object, node) : undefined;
    if (stored !== undefined) {
      return configured === undefined ? stored : choice(node, [configured, stored]);
    }
    if (configured !== undefined) return configured;
  }
  const counted = countedDuration(core, receiver, name, node, given);
  if (counted !== undefined) return counted;
  if (name === "asProvider") return asProvider(core, receiver, node);
  const results = possibilities(receiver).map((one) =>
    HAS_METHODS.has(one.type) ? methodOf(one, name, node, given()) : undefined,
  );
  if (results.every((result) => result === undefined)) return undefined;
  return choice(
    node,
    results.map((result) => result ?? unknown(node, "method")),
  );
}

/** The values whose methods `methodOf` knows. */
const HAS_METHODS: ReadonlySet<Value["type"]> = new Set<Value["type"]>([
  "array",
  "bytes",
  "claims",
  "derived",
  "environment",
  "file",
  "generated",
  "key",
  "literal",
  "template",
  "time",
]);

/** `configService.get("JWT_SECRET", "fallback")`: NestJS and its like, by the service's name. */
function isService(object: Node, receiver: Value): boolean {
  const name =
    object.type === "MemberExpression"
      ? memberName(object)
      : object.type === "Identifier"
        ? object.name
        : undefined;
  if (receiver.type === "object" || receiver.type === "entity") return false;
  return name !== undefined && SERVICE.test(name);
}

const SERVICE = /^_?(?:config|configService|configs?ervice|env|environment|cfg|settings)$/iu;

const TEXT_METHODS = new Set([
  "trim",
  "toString",
  "toLowerCase",
  "toUpperCase",
  "repeat",
  "slice",
  "substring",
  "substr",
  "padEnd",
  "padStart",
  "concat",
  "normalize",
  "replace",
  "replaceAll",
]);

function methodOf(
  receiver: Value,
  name: string,
  node: CallNode,
  given: readonly Value[],
): Value | undefined {
  if (receiver.type === "literal" && typeof receiver.value === "string" && TEXT_METHODS.has(name)) {
    return textMethod(receiver.value, name, node, given) ?? receiver;
  }
  switch (receiver.type) {
    case "literal":
      if (name === "toString") return literal(node, String(receiver.value));
      // The default of env-var, as what it is asked for.
      return name === "asString" ? receiver : undefined;
    case "bytes":
      if (
        name === "toString" &&
        receiver.of.type === "literal" &&
        receiver.of.value !== undefined
      ) {
        return decodedText(receiver.of.value, receiver.encoding, given, node);
      }
      return TEXT_METHODS.has(name) || name === "subarray" ? receiver : undefined;
    case "environment":
      // `env.get("KEY").default("…").asString()` of env-var.
      return name === "default" && given[0] !== undefined
        ? choice(node, [receiver, given[0]])
        : receiver;
    case "template":
    case "file":
      // A response's body, a key cut out of a file, a variable trimmed: the origin stays.
      return receiver;
    case "derived":
      return name === "update" ? { ...receiver, from: [...receiver.from, ...given] } : receiver;
    case "generated":
      // `Math.random().toString(36).slice(2)`, `randomBytes(16).toString("hex")`.
      // `v4().concat(v4())` holds more than each of them.
      return name === "concat"
        ? { type: "template", node, parts: [receiver, ...given] }
        : { ...receiver, node };
    case "time":
      return dateMethod(receiver, name, node, given);
    case "key":
      return name === "export" ? receiver : undefined;
    case "array":
      return name === "join" ? { type: "template", node, parts: receiver.elements } : undefined;
    case "claims":
      return { ...receiver, node };
    default:
      return undefined;
  }
}

/** Texts longer than this are not computed. */
const MAX_TEXT = 10_000;

function textMethod(
  text: string,
  name: string,
  node: CallNode,
  given: readonly Value[],
): Value | undefined {
  const plain = given.map((one) => (one.type === "literal" ? one.value : one));
  switch (name) {
    case "trim":
    case "toLowerCase":
    case "toUpperCase":
      return literal(node, text[name]());
    case "concat":
      return plain.every((part) => typeof part === "string")
        ? literal(node, text + plain.join(""))
        : undefined;
    case "repeat": {
      const [count] = plain;
      return typeof count === "number" && count >= 0 && text.length * count <= MAX_TEXT
        ? literal(node, text.repeat(count))
        : undefined;
    }
    case "slice":
    case "substring": {
      const [from, to] = plain;
      return typeof from === "number" && (to === undefined || typeof to === "number")
        ? literal(node, text[name](from, to))
        : undefined;
    }
    case "replace":
    case "replaceAll": {
      const [what, by] = plain;
      return typeof what === "string" && typeof by === "string"
        ? literal(node, text.replaceAll(what, by))
        : undefined;
    }
    default:
      return literal(node, text);
  }
}

function decodedText(
  value: string | number | boolean | bigint | null,
  encoding: string,
  given: readonly Value[],
  node: Node,
): Value | undefined {
  if (typeof value !== "string" || value.length > MAX_TEXT) return undefined;
  const asked = given[0] === undefined ? "utf8" : stringOf(given[0]);
  if (asked === undefined || !Buffer.isEncoding(encoding) || !Buffer.isEncoding(asked))
    return undefined;
  return literal(node, Buffer.from(value, encoding).toString(asked));
}
