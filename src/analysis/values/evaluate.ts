import type { TSESTree } from "@typescript-eslint/utils";
import { MAX_CHOICES, MAX_DEPTH, MAX_STEPS } from "../core.ts";
import type { Core } from "../core.ts";
import { isFunction, memberName, unwrap } from "../syntax.ts";
import type { Node } from "../syntax.ts";
import { assignedMember } from "./assigned-members.ts";
import { namespaceOf, requiredOf, requiredSpecifier } from "./bindings.ts";
import { settingAt } from "./config-files.ts";
import { evaluateCall } from "./calls.ts";
import { inUnit } from "./dates.ts";
import { moduleNamespace, namedExport } from "./exports.ts";
import { propertyOf } from "./members.ts";
import { valueOfName, valueOfThis } from "./names.ts";
import { valueOfArray, valueOfObject } from "./objects.ts";
import {
  asNumber,
  choice,
  isUndefined,
  mayBeMissing,
  present,
  literal,
  map,
  numberOf,
  truthiness,
  unknown,
} from "./value.ts";
import type { TimeValue, Value } from "./value.ts";
import { wholeFile } from "./whole-files.ts";
import { writtenVariable } from "./written-variables.ts";

/** What can this expression be? Memoised; cycles and limits end in unknown. */
export function evaluate(core: Core, expression: Node): Value {
  const node = unwrap(expression);
  const known = core.values.get(node);
  if (known !== undefined) return known;
  const { budget } = core;
  if (budget.depth >= MAX_DEPTH || budget.steps >= MAX_STEPS) return unknown(node, "too deep");
  core.values.set(node, unknown(node, "cyclic"));
  budget.depth += 1;
  budget.steps += 1;
  try {
    const value = compute(core, node);
    const bounded =
      value.type === "choice" && value.options.length > MAX_CHOICES
        ? unknown(node, "too many choices")
        : value;
    core.values.set(node, bounded);
    return bounded;
  } finally {
    budget.depth -= 1;
  }
}

/** What generators write where a value comes in later: `<%= secret %>`, `{{ secret }}`. */
const PLACEHOLDER = /<%[^%]*%>|\{\{[^}]*\}\}/u;

function compute(core: Core, node: Node): Value {
  switch (node.type) {
    case "Literal":
      if ("regex" in node) return { type: "regexp", node };
      return typeof node.value === "string" && PLACEHOLDER.test(node.value)
        ? unknown(node, "hole of a template file")
        : literal(node, node.value);
    case "TemplateLiteral":
      return joined(node, templateParts(core, node));
    case "Identifier":
      return node.name === "undefined" ? literal(node, undefined) : valueOfName(core, node);
    case "ThisExpression":
      return valueOfThis(core, node);
    case "MemberExpression":
      return valueOfMember(core, node);
    case "ObjectExpression":
      return valueOfObject(core, node);
    case "ArrayExpression":
      return valueOfArray(core, node);
    case "LogicalExpression":
      return valueOfLogical(core, node);
    case "ConditionalExpression": {
      const test = truthiness(core.evaluate(node.test));
      if (test !== undefined) return core.evaluate(test ? node.consequent : node.alternate);
      return choice(node, [core.evaluate(node.consequent), core.evaluate(node.alternate)]);
    }
    case "BinaryExpression":
      return valueOfBinary(core, node);
    case "UnaryExpression":
      return valueOfUnary(core, node);
    case "AssignmentExpression":
      return node.operator === "="
        ? core.evaluate(node.right)
        : unknown(node, "compound assignment");
    case "CallExpression":
    case "NewExpression": {
      const specifier = requiredSpecifier(node);
      return specifier === undefined ? evaluateCall(core, node) : required(core, node, specifier);
    }
    case "ImportExpression": {
      const specifier = requiredSpecifier(node);
      return specifier === undefined
        ? unknown(node, "dynamic specifier")
        : (namespaceOf(core.libraries, node, specifier.value) ??
            moduleNamespace(core, node, specifier));
    }
    case "MetaProperty":
      return { type: "global", node, path: ["import.meta"] };
    case "ClassExpression":
    case "ClassDeclaration":
      return { type: "class", node };
    default:
      return isFunction(node) ? { type: "function", node } : unknown(node, node.type);
  }
}

function required(core: Core, node: Node, specifier: TSESTree.StringLiteral): Value {
  return (
    requiredOf(core.libraries, node, specifier.value) ?? moduleNamespace(core, node, specifier)
  );
}

function templateParts(core: Core, node: TSESTree.TemplateLiteral): Value[] {
  return node.quasis.flatMap((quasi, index) => {
    const text = literal(quasi, quasi.value.cooked ?? quasi.value.raw);
    const hole = node.expressions[index];
    return hole === undefined ? [text] : [text, core.evaluate(hole)];
  });
}

/** One string where every part is known, else the template. */
function joined(node: Node, parts: readonly Value[]): Value {
  const known = parts.every((part) => part.type === "literal" && typeof part.value !== "bigint");
  if (known) {
    return literal(node, parts.map((part) => String((part as { value: unknown }).value)).join(""));
  }
  const told = parts.filter((part) => !(part.type === "literal" && part.value === ""));
  return { type: "template", node, parts: told };
}

function valueOfMember(core: Core, node: TSESTree.MemberExpression): Value {
  const written = memberName(node);
  const source = written === undefined ? undefined : wholeFile(core, node.object);
  if (written !== undefined && source !== undefined)
    return namedExport(core, node, source, written);
  const object = core.evaluate(node.object);
  const name = written ?? computedName(core, node);
  if (name === undefined) {
    // An element picked by a name nobody knows may be any of those that are written.
    return map(object, (one) => elementOf(one, node));
  }
  const value = map(object, (one) => propertyOf(core, one, name, node));
  if (value.type === "module") return settingAt(core, value) ?? value;
  const isOutOfSight = value.type === "unknown" || value.type === "global";
  if (!isOutOfSight && value.type !== "environment") return value;
  const assigned = isOutOfSight ? assignedMember(core, node) : undefined;
  return assigned ?? writtenVariable(core, node, value) ?? value;
}

function computedName(core: Core, node: TSESTree.MemberExpression): string | undefined {
  if (!node.computed) return undefined;
  const key = core.evaluate(node.property);
  if (key.type !== "literal") return undefined;
  return typeof key.value === "string" || typeof key.value === "number"
    ? String(key.value)
    : undefined;
}

function elementOf(value: Value, node: Node): Value {
  if (value.type === "environment") return { ...value, node, name: value.name ?? "*" };
  if (value.type === "array" && value.elements.length > 0) {
    return choice(node, [...value.elements, unknown(node, "element")]);
  }
  if (value.type === "object" && value.properties.size > 0) {
    const written = [...value.properties.values()].map((property) => property.value);
    return choice(node, [...written, unknown(node, "element")]);
  }
  if (value.type === "claims") return { ...value, node, path: [...value.path, "*"] };
  if (value.type === "derived" && value.how === "response") return { ...value, node };
  return unknown(node, "computed property");
}

function valueOfLogical(core: Core, node: TSESTree.LogicalExpression): Value {
  const left = core.evaluate(node.left);
  const right = core.evaluate(node.right);
  if (node.operator === "&&") {
    const test = truthiness(left);
    if (test !== undefined) return test ? right : left;
    return choice(node, [unknown(node.left, "condition"), right]);
  }
  const passes = (value: Value): boolean => {
    if (node.operator === "??") {
      return value.type !== "literal" || (value.value !== null && value.value !== undefined);
    }
    return truthiness(value) !== false;
  };
  const stays = (value: Value): boolean =>
    node.operator === "??" ? !mayBeMissing(value) && passes(value) : truthiness(value) === true;
  const options = left.type === "choice" ? left.options : [left];
  if (options.every(stays)) return left;
  return choice(node, [...options.filter(passes).map(present), right]);
}

function valueOfBinary(core: Core, node: TSESTree.BinaryExpression): Value {
  if (node.left.type === "PrivateIdentifier") return unknown(node, "private name test");
  const left = core.evaluate(node.left);
  const right = core.evaluate(node.right);
  const combine = (a: Value, b: Value): Value => combined(node, node.operator, a, b);
  return map(left, (a) => map(right, (b) => combine(a, b)));
}

function combined(node: Node, operator: string, left: Value, right: Value): Value {
  const a = numberOf(left);
  const b = numberOf(right);
  if (a !== undefined && b !== undefined) {
    const result = arithmetic(operator, a, b);
    if (result !== undefined) return literal(node, result);
  }
  if (left.type === "literal" && right.type === "literal" && EQUALITY.test(operator)) {
    const areEqual = left.value === right.value;
    const areAlike = typeof left.value === typeof right.value || operator.length === 3;
    return areAlike
      ? literal(node, areEqual === operator.startsWith("="))
      : unknown(node, "comparison of unlike values");
  }
  if (left.type === "time" || right.type === "time") {
    const moved = moveTime(node, operator, left, right);
    if (moved !== undefined) return moved;
  }
  if (operator === "+") {
    const text = (value: Value): boolean =>
      value.type === "template" || (value.type === "literal" && typeof value.value === "string");
    // Random numbers are joined as the texts they are made into.
    const isRandom = left.type === "generated" && right.type === "generated";
    if (text(left) || text(right) || isRandom || isHeaderText(left) || isHeaderText(right)) {
      const flat = [left, right].flatMap((part) =>
        part.type === "template" ? part.parts : [part],
      );
      return joined(node, flat);
    }
  }
  // `process.env.KEY | "text"`: a slip for `||`. The text was written to be the fallback.
  if (operator === "|" && left.type === "environment" && right.type === "literal") {
    return choice(node, [left, right]);
  }
  return unknown(node, operator);
}

const EQUALITY = /^[!=]==?$/u;

/** Those members of a header that are texts (RFC 7515 section 4.1): `process.env.DIR + header.kid`. */
const HEADER_TEXT = /^(?:kid|jku|x5u|x5t)$/u;

function isHeaderText(value: Value): boolean {
  return value.type === "claims" && HEADER_TEXT.test(value.path.at(-1) ?? "");
}

function arithmetic(operator: string, a: number, b: number): number | undefined {
  switch (operator) {
    case "+":
      return a + b;
    case "-":
      return a - b;
    case "*":
      return a * b;
    case "/":
      return a / b;
    case "%":
      return a % b;
    case "**":
      return a ** b;
    case "|":
      return a | b;
    case "<<":
      return a << b;
    default:
      return undefined;
  }
}

/** `Date.now() / 1000 + 3600` and its kin: the unit changes by 1000, the offset adds up. */
function moveTime(node: Node, operator: string, left: Value, right: Value): TimeValue | undefined {
  if (left.type === "time") {
    const by = numberOf(right);
    const number = asNumber(left, node);
    if (by === undefined) {
      // Who adds to a time has a later one; what is taken away may be a time, too.
      const isLater =
        operator === "+" && left.date !== true && /^(?:unknown|global)$/u.test(right.type);
      return isLater ? { ...number, offset: undefined } : undefined;
    }
    const { offset } = left;
    const movedBy = (distance: number): TimeValue => ({
      ...number,
      offset: offset === undefined ? undefined : offset + distance,
    });
    // A Date object and a number make a text.
    if (operator === "+" && left.date !== true) return movedBy(by);
    if (operator === "-") return movedBy(-by);
    if (operator === "|" && by === 0) return number;
    if (left.unit === "ms" && (operator === "/" || (operator === "*" && by === 0.001))) {
      const divisor = (left.dividedBy ?? 1) * (operator === "/" ? by : 1000);
      if (divisor === 1000) return inUnit(node, left, "s");
      return divisor > 0 ? { ...number, offset: undefined, dividedBy: divisor } : undefined;
    }
    if (left.unit === "s" && operator === "*" && by === 1000) {
      return inUnit(node, left, "ms");
    }
    return undefined;
  }
  return right.type === "time" && operator === "+"
    ? moveTime(node, operator, right, left)
    : undefined;
}

function valueOfUnary(core: Core, node: TSESTree.UnaryExpression): Value {
  const argument = core.evaluate(node.argument);
  switch (node.operator) {
    case "void":
      return literal(node, undefined);
    case "!": {
      const test = truthiness(argument);
      return test === undefined ? unknown(node, "condition") : literal(node, !test);
    }
    case "~":
      // `~~(Date.now() / 1000)` cuts the fraction off.
      return map(argument, (one) => {
        if (one.type === "time") return { ...one, node };
        const number = numberOf(one);
        return number === undefined ? unknown(node, "number") : literal(node, ~number);
      });
    case "-":
    case "+": {
      const sign = node.operator === "-" ? -1 : 1;
      return map(argument, (one) => {
        if (one.type === "time")
          return node.operator === "+" ? asNumber(one, node) : unknown(node, "negated");
        if (one.type !== "literal" || isUndefined(one)) return unknown(node, "number");
        return literal(node, sign * Number(one.value));
      });
    }
    default:
      return unknown(node, node.operator);
  }
}
