import type { Core } from "../core.ts";
import type { Entity } from "../../libraries/types.ts";
import { dottedPath, isClass, memberName, unwrap } from "../syntax.ts";
import type { CallNode, Node } from "../syntax.ts";
import { argumentAt, mayBeGiven } from "./arguments.ts";
import { calledTarget, describe } from "./bindings.ts";
import { returnedTo } from "./call-context.ts";
import { returned } from "./classes.ts";
import { decoratedCall } from "./decorations.ts";
import { propertyOf } from "./members.ts";
import { evaluatePlatformCall } from "./platform.ts";
import { invokedBy } from "./promisified.ts";
import { unverifiedBy } from "./unverified.ts";
import { map, numberOf, stringOf, unknown } from "./value.ts";
import type { EntityValue, KeyValue, Value } from "./value.ts";

/** What a call or `new` expression gives. */
export function evaluateCall(core: Core, node: CallNode): Value {
  const callee = unwrap(node.callee);
  if (callee.type === "MemberExpression") {
    const adapted = adaptedFunction(core, node, callee);
    if (adapted !== undefined) return adapted;
  }
  // Compiled TypeScript and Babel wrap `require` for default imports, some by tslib's helpers.
  const [wrapped] = node.arguments;
  if (wrapped !== undefined && INTEROP.test(dottedPath(callee)?.at(-1) ?? "")) {
    return core.evaluate(wrapped);
  }
  const target = invokedBy(core, node) ?? core.evaluate(callee);
  return map(target, (one) => resultOf(core, one, node, callee));
}

const INTEROP = /^(?:__importDefault|__importStar|__toESM|_interop\w+)$/u;

function resultOf(core: Core, target: Value, node: CallNode, callee: Node): Value {
  switch (target.type) {
    case "entity":
      return resultOfEntity(core, calledTarget(target), node);
    case "function":
      return returnedTo(core, target.node, node);
    case "class":
      return isClass(target.node) && node.type === "NewExpression"
        ? { type: "instance", node, of: target.node }
        : unknown(node, "class called");
    default:
      return (
        evaluatePlatformCall(core, target, node, callee) ??
        decoratedCall(core, node) ??
        outOfSight(core, node)
      );
  }
}

/**
 * The result of a function that nobody can see into is unknown, but it rests on what the function is
 * given: a key that is fetched from the address in a token's header comes from the token.
 */
function outOfSight(core: Core, node: CallNode): Value {
  return {
    ...unknown(node, "result of a call out of sight"),
    madeFrom: () => {
      const callee = unwrap(node.callee);
      const receiver = callee.type === "MemberExpression" ? [callee.object] : [];
      return [...receiver, ...node.arguments].flatMap((given) =>
        given.type === "SpreadElement" ? [] : [core.evaluate(given)],
      );
    },
  };
}

/** `verify.bind(jwt, …)`, `fn.call(this, …)` and members that hand on what they are called on. */
function adaptedFunction(
  core: Core,
  node: CallNode,
  callee: Extract<Node, { type: "MemberExpression" }>,
): Value | undefined {
  const name = memberName(callee);
  if (name === "bind" || name === "unless") {
    const base = core.evaluate(callee.object);
    if (base.type === "entity") {
      const bound = name === "bind" ? node.arguments.slice(1) : [];
      return { ...base, bound: [...base.bound, ...bound] };
    }
    return base.type === "function" ? base : undefined;
  }
  if ((name === "then" || name === "catch" || name === "finally") && node.arguments.length > 0) {
    // The promise of a key or a token is what it resolves to, and what a handler makes of it.
    const handler = node.arguments[0];
    if (name !== "then" || handler === undefined) return core.evaluate(callee.object);
    const then = core.evaluate(handler);
    return then.type === "function" ? returned(core, then.node, node) : undefined;
  }
  return undefined;
}

function resultOfEntity(core: Core, target: EntityValue, node: CallNode): Value {
  const version = core.versionOf(target.library, target.path);
  const entity = describe(target, version);
  if (entity === undefined) {
    // Helpers beside the operations, such as jose's `base64url.decode`.
    const helper: Value = {
      type: "module",
      node: target.node,
      specifier: target.library.name,
      path: target.path.split("."),
    };
    return (
      evaluatePlatformCall(core, helper, node, unwrap(node.callee)) ??
      unknown(node, "member of a library that is not described")
    );
  }
  switch (entity.kind) {
    case "sign":
    case "unsecured-sign":
      // What makes a function that signs gives that function.
      if (entity.returns !== undefined) break;
      return { type: "token", node, call: node };
    case "verify":
    case "unsecured-verify":
    case "decode":
    case "header":
      return {
        type: "claims",
        node,
        verified:
          entity.kind === "verify" && unverifiedBy(core, target, node, entity) === undefined,
        call: node,
        token: argumentAt(core, target, node, entity.parameters?.token),
        part:
          entity.kind === "header"
            ? "header"
            : isComplete(core, target, node)
              ? "whole"
              : entity.claimsAt === undefined
                ? "payload"
                : "whole",
        path: [],
      };
    case "key":
      return keyOf(core, target, node);
    case "generate-key":
      return generatedKey(core, target, node, entity);
    case "key-set":
      if (entity.returns === undefined) {
        return {
          type: "key",
          node,
          kind: "set",
          of: mayBeGiven(core, target, node, entity.restrictedBy ?? [])
            ? undefined
            : materialOf(core, target, node),
          typed: true,
          library: target.library,
        };
      }
      break;
    case "embedded-key":
      return {
        type: "key",
        node,
        kind: "embedded",
        of: undefined,
        typed: true,
        library: target.library,
      };
    default:
      break;
  }
  if (entity.returns === undefined) return unknown(node, `${entity.kind} result`);
  return {
    type: "entity",
    node,
    library: target.library,
    path: entity.returns,
    promisified: false,
    bound: [],
    made: entity.kind === "setter" ? target.made : node,
  };
}

/** `generateKeyPair("RS256")`, `JWK.generateSync("RSA", 1024)`, `JWK.generateSync("oct", 256)` */
function generatedKey(core: Core, target: EntityValue, node: CallNode, entity: Entity): Value {
  const [type, size] = [entity.parameters?.algorithm, entity.size].map((position) => {
    const argument = argumentAt(core, target, node, position);
    return argument === undefined ? undefined : core.evaluate(argument);
  });
  const bits = size === undefined ? undefined : numberOf(size);
  const isSecret = type !== undefined && stringOf(type) === "oct";
  const isRsa = type !== undefined && stringOf(type) === "RSA";
  return {
    type: "key",
    node,
    kind: isSecret || entity.keyKind === "secret" ? "secret" : undefined,
    of: isSecret
      ? { type: "generated", node, bits, generator: target.path, strong: true }
      : undefined,
    ...(isRsa && bits !== undefined ? { bits } : {}),
    typed: true,
    library: target.library,
  };
}

function isComplete(core: Core, target: EntityValue, node: CallNode): boolean {
  const entity = target.library.entities[target.path];
  if (entity?.completeOption === undefined) return false;
  const options = argumentAt(core, target, node, entity.parameters?.options);
  if (options === undefined) return false;
  const value = core.evaluate(options);
  if (value.type !== "object") return false;
  const flag = propertyOf(core, value, entity.completeOption, options);
  return flag.type === "literal" && Boolean(flag.value);
}

function materialOf(core: Core, target: EntityValue, node: CallNode): Value | undefined {
  const entity = target.library.entities[target.path];
  const material = argumentAt(core, target, node, entity?.parameters?.key);
  return material === undefined ? undefined : core.evaluate(material);
}

function keyOf(core: Core, target: EntityValue, node: CallNode): Value {
  const entity = target.library.entities[target.path];
  const of = materialOf(core, target, node);
  const named = argumentAt(core, target, node, entity?.parameters?.algorithm);
  const kind = entity?.keyKind === "input" ? undefined : entity?.keyKind;
  const typed = entity?.keyAsText !== true;
  const key: KeyValue = { type: "key", node, kind, of, typed, library: target.library };
  return named === undefined ? key : { ...key, algorithm: core.evaluate(named) };
}
