import type { Core } from "../core.ts";
import {
  contains,
  decoratorsOf,
  dottedPath,
  enclosingFunction,
  functionName,
  memberName,
  parentOf,
  unwrap,
  walk,
} from "../syntax.ts";
import type { Node } from "../syntax.ts";
import { madeOf, may, must, stringOf, truthiness, variableNamed } from "../values/value.ts";
import type { ClaimsValue, TemplateValue, Value } from "../values/value.ts";
import { isLooseTest } from "./address-tests.ts";

/**
 * Is a value looked at before the program relies on it? A variable of the environment without which
 * the program stops has no fallback, and a claim that is compared with something known is no longer
 * the attacker's choice. Whether the comparison is a good one is not asked, but for addresses: it may be.
 */

/**
 * Does the file stop, by an exception or an exit, where the variable is not set or where its
 * fallback is still in use?
 *
 * @param names several where one stands in for another: `process.env.KEY || process.env.OLD_KEY`
 * @param place where the variable is used: what another method asks for itself stops nobody there
 */
export function isRequiredVariable(
  core: Core,
  names: readonly string[],
  fallback: Value | undefined,
  place: Node,
): boolean {
  const isVariable = (value: Value): boolean => names.includes(variableNamed(value) ?? "");
  const isAny = (value: Value): boolean => value.type === "environment" && value.name === "*";
  const written = names.map((name) => name.replaceAll(/\W/gu, "\\$&")).join("|");
  const isListed = new RegExp(`["'\`](?:${written})["'\`]`, "u");
  const listsIt = isListed.test(core.file.text);
  const text = fallback === undefined ? undefined : stringOf(fallback);
  return some(core, core.file.ast, (node) => {
    if (node.type === "IfStatement") {
      return (
        stops(core, node.consequent) &&
        some(core, node.test, (part) => decides(part)) &&
        runsBefore(core, node, place)
      );
    }
    if (node.type === "CallExpression" && node.parent.type === "ExpressionStatement") {
      const [subject] = node.arguments;
      const callee = unwrap(node.callee);
      const called = callee.type === "Identifier" ? callee.name : memberOf(callee);
      return (
        subject !== undefined &&
        /^(?:assert|ok|invariant|ensure|check|require[A-Z]\w*)$/u.test(called ?? "") &&
        decides(subject) &&
        runsBefore(core, node, place)
      );
    }
    // `names.filter((name) => !process.env[name])`, and a throw if any is left.
    return (
      node.type === "UnaryExpression" &&
      node.operator === "!" &&
      listsIt &&
      must(core.evaluate(node.argument), isAny)
    );
  });

  function decides(part: Node): boolean {
    if (part.type === "Identifier" || part.type === "MemberExpression") {
      const value = core.evaluate(part);
      // `process.env.KEY || ""`, which is asked for as the variable is.
      const isOrNothing = (one: Value): boolean => isVariable(one) || truthiness(one) === false;
      return (
        (may(value, isVariable) && must(value, isOrNothing)) || (listsIt && must(value, isAny))
      );
    }
    if (part.type !== "BinaryExpression" || text === undefined) return false;
    const sides = [part.left, part.right].map((side) => core.evaluate(side));
    return (
      sides.some((side) => stringOf(side) === text) && sides.some((side) => may(side, isVariable))
    );
  }
}

/**
 * May what asks for a setting have run when a place is come to? It may where it stands around or beside the place, where
 * it belongs to the start of the program, by its name or who calls it, and where the file calls it at all. The method of a
 * class, or a handler, that asks for what it needs itself has not: `refresh() { if (!process.env.KEY) throw … }` beside `login()`.
 */
function runsBefore(core: Core, guard: Node, place: Node): boolean {
  const owner = enclosingFunction(guard);
  if (owner === undefined || core.fileOf(place) !== core.fileOf(guard) || contains(owner, place))
    return true;
  const name = functionName(owner) ?? "";
  const { called } = core.fileOf(guard).index;
  const [first] = owner.params;
  const isOfRequest = first?.type === "Identifier" && /^_?(?:req|request|ctx)$/u.test(first.name);
  const method = parentOf(owner);
  const isMethod = method?.type === "MethodDefinition";
  if (!isOfRequest && !isMethod) return true;
  if (AT_START.test(name) || called.has(name)) return true;
  // A getter is read and not called; `@PostConstruct()` has a container call the method first.
  return (
    isMethod &&
    (method.kind === "get" ||
      decoratorsOf(method).some(({ expression }) =>
        AFTER_MAKING.test(core.fileOf(guard).text.slice(...expression.range)),
      ))
  );
}

/** Methods that run before others, and such as are there to ask for settings. */
const AT_START =
  /^(?:constructor|on\w*Init|on\w*Bootstrap|init\w*|setup\w*|start\w*|boot\w*|configure\w*|validate\w*|check\w*|assert\w*|ensure\w*|require\w*|load\w*|get\w*|register)$/u;

const AFTER_MAKING = /construct|init|^before|start|boot/iu;

function memberOf(callee: Node): string | undefined {
  return callee.type === "MemberExpression" ? memberName(callee) : undefined;
}

export function stops(core: Core, consequent: Node): boolean {
  return some(core, consequent, (node) => {
    if (node.type === "ThrowStatement") return true;
    if (node.type !== "CallExpression") return false;
    const callee = core.evaluate(node.callee);
    return callee.type === "global" && callee.path.join(".") === "process.exit";
  });
}

/** Methods that look a value up among known ones or test its form. */
const LOOKUPS =
  /^(?:includes|has|get|indexOf|find|findOne|findUnique|findFirst|findBy\w+|some|every|test|exec|match|startsWith|endsWith|equals)$/u;

/** Functions of the program's own whose name says that they look at what they are given. */
const CHECKS =
  /(?:^|_)(?:is|assert|ensure|check|validate|verify|allow|accept|trust|known|lookup)(?:[A-Z_]|$)|(?:Valid|Allowed|Trusted|Known|Chain)/u;

/**
 * Is a claim compared with something, looked up, or given to a function that checks it, anywhere in
 * its file?
 */
export function isCheckedClaim(core: Core, claims: ClaimsValue): boolean {
  const isSame = (value: Value): boolean =>
    value.type === "claims" &&
    value.call === claims.call &&
    value.part === claims.part &&
    value.path.length > 0 &&
    isPrefix(value.path, claims.path);
  // What was fetched from an address says nothing about the address.
  const holds = (node: Node): boolean => {
    const value = core.evaluate(node);
    return madeOf(value, isSame) && !isResponse(value) && !isLooseTest(core, node, claims);
  };
  // `conf.issuer` of what was fetched from there as well: whoever runs that server says what he likes.
  const tells = (side: Node): boolean => {
    const value = core.evaluate(side);
    return !isNothing(value) && !(isResponse(value) && madeOf(value, isSame));
  };
  /** The claim itself or a part of its address, not a text that it was put into. */
  const isClaim = (node: Node): boolean =>
    holds(node) && !may(core.evaluate(node), (one) => one.type === "template" && hasText(one));
  return some(core, core.fileOf(claims.node).ast, (node) => {
    switch (node.type) {
      case "BinaryExpression":
        return (
          /^(?:[!=]==?|in)$/u.test(node.operator) &&
          ((holds(node.left) && tells(node.right)) || (holds(node.right) && tells(node.left)))
        );
      case "SwitchStatement":
        return holds(node.discriminant);
      case "MemberExpression":
        // `TRUSTED[issuer]`.
        return (
          node.computed &&
          core.evaluate(node.object).type !== "claims" &&
          isClaim(node.property) &&
          !isFilled(core, node.object)
        );
      case "CallExpression":
        return isCheck(node) && !isLooseTest(core, node, claims);
      default:
        return false;
    }
  });

  function isCheck(call: Extract<Node, { type: "CallExpression" }>): boolean {
    const callee = unwrap(call.callee);
    const given = call.arguments.some(
      (argument) => argument.type !== "SpreadElement" && (isClaim(argument) || isRead(argument)),
    );
    if (callee.type === "MemberExpression") {
      const name = memberName(callee) ?? "";
      // `axios.get(address)` looks nothing up.
      if (core.evaluate(callee).type === "entity" || isResponse(core.evaluate(call))) return false;
      // `Object.hasOwn(KEYS, kid)`, `KEYS.hasOwnProperty(kid)`, `Object.prototype.hasOwnProperty.call(KEYS, kid)`
      if (dottedPath(callee)?.join(".").includes("hasOwn") === true) {
        const [listed] = call.arguments;
        const list = call.arguments.length === 2 && listed !== undefined ? listed : callee.object;
        return given && !isFilled(core, list);
      }
      // `readdirSync(KEYS).includes(kid + ".pem")`
      const [sought] = call.arguments;
      if (name === "includes" && sought !== undefined && holds(sought)) return true;
      if (LOOKUPS.test(name))
        return (given && !isFilled(core, callee.object)) || isClaim(callee.object);
      return given && CHECKS.test(name);
    }
    return (
      callee.type === "Identifier" &&
      given &&
      CHECKS.test(callee.name) &&
      core.evaluate(callee).type !== "entity"
    );
  }

  /** `issuers.find((one) => one.url === issuer)` compares inside; `{ where: { issuer } }` looks up. */
  function isRead(argument: Node): boolean {
    return (
      argument.type === "ObjectExpression" &&
      some(
        core,
        argument,
        (part) => (part.type === "Identifier" || part.type === "MemberExpression") && isClaim(part),
      )
    );
  }
}

/** A cache is filled with whatever comes along: what is in it is not known beforehand. */
function isFilled(core: Core, object: Node): boolean {
  const name = dottedPath(object)?.join(".");
  if (name === undefined) return false;
  const { calls, assignments } = core.fileOf(object).index;
  return (
    calls.some(
      (call) =>
        /^(?:set|add|put)$/u.test(memberOf(unwrap(call.callee)) ?? "") &&
        dottedPath(call.callee)?.slice(0, -1).join(".") === name,
    ) ||
    assignments.some(
      ({ left }) =>
        left.type === "MemberExpression" &&
        left.computed &&
        dottedPath(left.object)?.join(".") === name,
    )
  );
}

/** `x5c` and `x5c.0` are about the same thing. */
function isPrefix(one: readonly string[], other: readonly string[]): boolean {
  const length = Math.min(one.length, other.length);
  return one.slice(0, length).join(".") === other.slice(0, length).join(".");
}

/** `String(claim)` is the claim; a text with more in it is another. */
function hasText({ parts }: TemplateValue): boolean {
  return parts.some((part) => part.type === "literal" && part.value !== "");
}

/** What was fetched, and a key that was imported from it. */
function isResponse(value: Value): boolean {
  return may(
    value,
    (one) =>
      (one.type === "derived" && one.how === "response") ||
      (one.type === "key" && one.of !== undefined && isResponse(one.of)),
  );
}

function isNothing(value: Value): boolean {
  return (
    value.type === "literal" &&
    (value.value == null || value.value === "" || value.value === "undefined")
  );
}

/** Is there a node in the tree of which the test holds? */
function some(core: Core, root: Node, test: (node: Node) => boolean): boolean {
  let found = false;
  walk(root, core.fileOf(root).visitorKeys, (node) => {
    found ||= test(node);
    return !found;
  });
  return found;
}
