import ms from "ms";
import type { TimeGrammar } from "../libraries/types.ts";
import type { Core } from "./core.ts";
import type { Setting } from "./operations/options.ts";
import { calleeName, dottedPath, textOf, unwrap } from "./syntax.ts";
import type { CallNode, Node } from "./syntax.ts";
import { numberOf, possibilities } from "./values/value.ts";
import type { Value } from "./values/value.ts";
import { wordsOf } from "./words.ts";

/** How long a token lives, or what is wrong with what was written. */
export type Lifetime =
  | { readonly kind: "seconds"; readonly seconds: number }
  /** The date lies so far in the future that the token never expires. */
  | { readonly kind: "never"; readonly why: "milliseconds" | "divided" | "epoch" | "infinite" }
  /** The date lies in the past. */
  | { readonly kind: "born-expired"; readonly why: "relative-as-epoch" | "zero" | "past" }
  /** A string of digits alone, which the `ms` package reads as milliseconds. */
  | { readonly kind: "bare-number"; readonly seconds: number; readonly text: string }
  /** The library refuses it, or writes a claim that no verifier accepts. */
  | { readonly kind: "invalid"; readonly text: string }
  /** A date written as a number: epoch seconds. */
  | { readonly kind: "date"; readonly at: number }
  | { readonly kind: "unknown" };

/** Epoch seconds below this are before 2001; as a lifetime they would be over 31 years. */
const EPOCH_FLOOR = 1_000_000_000;

/** Epoch seconds above this are after the year 5138; as milliseconds they are after 1973. */
const EPOCH_CEILING = 100_000_000_000;

const UNKNOWN: Lifetime = { kind: "unknown" };

/** Every lifetime that a setting may give. */
export function lifetimesOf(setting: Setting): { lifetime: Lifetime; value: Value }[] {
  const { grammar } = setting;
  if (grammar === undefined) return [];
  return possibilities(setting.value).map((value) => ({
    lifetime: lifetimeOf(value, grammar),
    value,
  }));
}

export function lifetimeOf(value: Value, grammar: TimeGrammar): Lifetime {
  switch (grammar) {
    case "seconds-or-ms-string":
      return relative(value, 1);
    case "milliseconds-or-ms-string":
      return relative(value, 1000);
    case "seconds":
    case "milliseconds": {
      const perSecond = grammar === "seconds" ? 1 : 1000;
      return value.type === "literal" && typeof value.value === "number"
        ? seconds(value.value / perSecond)
        : UNKNOWN;
    }
    case "jose-duration":
      if (value.type !== "literal") return UNKNOWN;
      if (typeof value.value === "number") return seconds(value.value);
      return typeof value.value === "string" ? joseText(value.value) : UNKNOWN;
    case "jose-expiration":
      if (value.type === "literal" && typeof value.value === "string") return joseText(value.value);
      return value.type === "time" && value.date === true
        ? absolute(value, "ms")
        : absolute(value, "s");
    case "epoch-seconds":
      return value.type === "time" && value.date === true
        ? { kind: "invalid", text: "a Date object" }
        : absolute(value, "s");
    case "epoch-milliseconds":
      return absolute(value, "ms");
  }
}

function seconds(count: number): Lifetime {
  if (count === Number.POSITIVE_INFINITY) return { kind: "never", why: "infinite" };
  if (Number.isNaN(count)) return { kind: "invalid", text: "NaN" };
  if (count === 0) return { kind: "born-expired", why: "zero" };
  if (count < 0) return { kind: "born-expired", why: "past" };
  return { kind: "seconds", seconds: count };
}

/** A number in units of a second, or a text of the `ms` package. */
function relative(value: Value, perSecond: number): Lifetime {
  if (value.type === "time") {
    // The libraries take numbers and texts.
    if (value.date === true) return { kind: "invalid", text: "a Date object" };
    // `expiresIn: Date.now() + …`: a date where a lifetime is read.
    return { kind: "never", why: value.unit === "ms" ? "milliseconds" : "epoch" };
  }
  if (value.type !== "literal") return UNKNOWN;
  if (typeof value.value === "number") {
    // A date written in digits; what is multiplied up is a long time.
    if (perSecond === 1 && value.value >= EPOCH_FLOOR && value.node.type === "Literal") {
      return { kind: "never", why: value.value >= EPOCH_CEILING ? "milliseconds" : "epoch" };
    }
    // jsonwebtoken and its family take whole numbers only.
    if (!Number.isInteger(value.value)) return { kind: "invalid", text: String(value.value) };
    return seconds(value.value / perSecond);
  }
  if (typeof value.value !== "string") return UNKNOWN;
  const text = value.value;
  const parsed = text.length > 0 && text.length <= 100 ? ms(text as ms.StringValue) : undefined;
  if (parsed === undefined || Number.isNaN(parsed)) return { kind: "invalid", text };
  if (/^-?\d+(?:\.\d+)?$/u.test(text)) return { kind: "bare-number", seconds: parsed / 1000, text };
  return seconds(parsed / 1000);
}

/** Milliseconds divided by this are ten times the seconds: a date of the 26th century. */
const MOST_DIVIDED = 100;

/** A point in time (RFC 7519 section 2, NumericDate): seconds since 1970. */
function absolute(value: Value, unit: "s" | "ms"): Lifetime {
  if (value.type === "time") {
    if (value.dividedBy !== undefined) {
      return unit === "s" && value.dividedBy <= MOST_DIVIDED
        ? { kind: "never", why: "divided" }
        : UNKNOWN;
    }
    if (value.isAddedToNow === true) return { kind: "never", why: "epoch" };
    if (value.unit === unit) {
      if (value.offset === undefined) return UNKNOWN;
      return seconds(unit === "s" ? value.offset : value.offset / 1000);
    }
    return value.unit === "ms"
      ? { kind: "never", why: "milliseconds" }
      : { kind: "born-expired", why: "relative-as-epoch" };
  }
  if (value.type !== "literal") return UNKNOWN;
  if (typeof value.value === "string") return { kind: "invalid", text: value.value };
  if (typeof value.value !== "number") return UNKNOWN;
  const at = unit === "s" ? value.value : value.value / 1000;
  if (Number.isNaN(at)) return { kind: "invalid", text: "NaN" };
  if (at < EPOCH_FLOOR) return { kind: "born-expired", why: "relative-as-epoch" };
  if (at >= EPOCH_CEILING)
    return { kind: "never", why: at === Number.POSITIVE_INFINITY ? "infinite" : "milliseconds" };
  // A date written as a number says nothing about when the token is signed.
  return { kind: "date", at };
}

const JOSE_UNITS: Readonly<Record<string, number>> = {
  s: 1,
  m: 60,
  h: 3600,
  d: 86_400,
  w: 604_800,
  y: 31_557_600,
};

/** jose's own grammar (4 to 6): a number, a unit, and perhaps "ago" or "from now". */
function joseText(text: string): Lifetime {
  const match =
    /^([+-])? ?(\d+|\d+\.\d+) ?(s|secs?|seconds?|m|mins?|minutes?|h|hrs?|hours?|d|days?|w|weeks?|y|yrs?|years?)(?: (ago|from now))?$/iu.exec(
      text,
    );
  if (match === null) return { kind: "invalid", text };
  const [, sign, amount, unit, direction] = match;
  const size = JOSE_UNITS[(unit ?? "s").charAt(0).toLowerCase()] ?? 1;
  const total = Math.round(Number(amount) * size);
  return seconds(sign === "-" || direction === "ago" ? -total : total);
}

/** Minutes, hours and days in which people count, in milliseconds. */
const ROUND_MILLISECONDS = new Set(
  [
    ...[5, 10, 15, 20, 30, 45].map((minutes) => minutes * 60),
    ...[1, 2, 3, 4, 6, 8, 10, 12].map((hours) => hours * 3600),
    ...[1, 2, 3, 5, 7, 10, 14, 15, 28, 30, 60, 90, 180, 360, 365].map((days) => days * 86_400),
  ].map((count) => count * 1000),
);

/** Less than a minute in milliseconds is as likely to be meant as seconds. */
const LEAST_MILLISECONDS = 60_000;

/**
 * Is a number that is read as seconds one of milliseconds? It is when a factor of 1000 is written in
 * it, or when it is a round time in milliseconds and none in seconds.
 */
export function isMilliseconds(core: Core, value: Value): boolean {
  const count = numberOf(value);
  if (count === undefined || count < LEAST_MILLISECONDS || countsSeconds(value.node)) return false;
  return ROUND_MILLISECONDS.has(count) || hasThousand(core, value.node, 0);
}

/** `moment.duration(1000, "hours").asSeconds()`, `hoursToSeconds(1000)` */
function countsSeconds(node: Node): boolean {
  return node.type === "CallExpression" && /(?:^|\.)(?:as|\w+To)Seconds$/u.test(calleeName(node));
}

/** `moment.duration(1, "day").asMilliseconds()`, `.as("milliseconds")`, `hoursToMilliseconds(1)` */
function countsMilliseconds(call: CallNode): boolean {
  const name = calleeName(call).split(".").at(-1) ?? "";
  if (name === "as") return /^m(?:illi)?s(?:econds?)?$/u.test(textOf(call.arguments[0]) ?? "");
  return /^(?:asMilliseconds|toMillis|\w+ToMilliseconds)$/u.test(name);
}

/**
 * Is a product of which one factor is not known a number of milliseconds? It is when the others make
 * up a minute, an hour or more in milliseconds: `days * 24 * 60 * 60 * 1000`.
 */
export function isProductOfMilliseconds(core: Core, value: Value): boolean {
  if (value.type !== "unknown") return false;
  const factors = factorsOf(core, value.node, 0);
  if (factors === undefined) return false;
  const known = factors.known.reduce((product, one) => product * one.count, 1);
  return (
    known >= LEAST_MILLISECONDS &&
    (ROUND_MILLISECONDS.has(known) ||
      factors.known.some(({ count, node }) => count === 1000 || hasThousand(core, node, 0)))
  );
}

/** `lifetimeMs`, `config.ttlMilliseconds`: a number out of sight whose name says what it counts. */
export function isCalledMilliseconds(written: Node, value: Value): boolean {
  const name = dottedPath(written)?.at(-1);
  if (value.type !== "unknown" || name === undefined) return false;
  return /^(?:ms|msecs?|millis|milliseconds?)$/u.test(wordsOf(name).at(-1) ?? "");
}

interface Factors {
  readonly known: readonly { readonly count: number; readonly node: Node }[];
  readonly unknown: number;
}

/** Undefined for what is no product of numbers, or has more than one unknown in it. */
function factorsOf(core: Core, written: Node, depth: number): Factors | undefined {
  const node = unwrap(written);
  if (depth > MAX_ARITHMETIC) return undefined;
  if (node.type === "BinaryExpression") {
    if (node.operator !== "*") return undefined;
    const left = factorsOf(core, node.left, depth + 1);
    const right = factorsOf(core, node.right, depth + 1);
    if (left === undefined || right === undefined || left.unknown + right.unknown > 1)
      return undefined;
    return { known: [...left.known, ...right.known], unknown: left.unknown + right.unknown };
  }
  const count = numberOf(core.evaluate(node));
  return count === undefined ? { known: [], unknown: 1 } : { known: [{ count, node }], unknown: 0 };
}

/** Is a number that is read as milliseconds a round time in seconds, and none in milliseconds? */
export function isSeconds(count: number): boolean {
  return ROUND_MILLISECONDS.has(count * 1000) && !ROUND_MILLISECONDS.has(count);
}

/** How deep an arithmetic expression is read. */
const MAX_ARITHMETIC = 12;

function hasThousand(core: Core, written: Node, depth: number): boolean {
  if (depth > MAX_ARITHMETIC) return false;
  const node = unwrap(written);
  const inside = (inner: Node): boolean => hasThousand(core, inner, depth + 1);
  switch (node.type) {
    case "BinaryExpression": {
      const sides = [node.left, node.right];
      if (node.operator === "*" && sides.some((side) => isThousand(core, side))) return true;
      return (node.operator === "*" || node.operator === "+") && sides.some(inside);
    }
    case "Identifier":
    case "MemberExpression": {
      const origin = core.evaluate(node);
      return origin.type === "literal" && origin.node !== node && inside(origin.node);
    }
    case "CallExpression": {
      if (countsMilliseconds(node)) return true;
      const callee = core.evaluate(node.callee);
      // The `ms` package gives milliseconds.
      return callee.type === "module" && callee.specifier === "ms";
    }
    default:
      return false;
  }
}

function isThousand(core: Core, node: Node): boolean {
  return node.type !== "PrivateIdentifier" && numberOf(core.evaluate(node)) === 1000;
}

/** A duration for a message: `30 days`, `1 hour`, `90 seconds`. */
export function spell(count: number): string {
  const units: readonly [number, string][] = [
    // The year of the `ms` package and of jose has a quarter of a day more.
    [31_557_600, "year"],
    [31_536_000, "year"],
    [86_400, "day"],
    [3600, "hour"],
    [60, "minute"],
  ];
  for (const [size, name] of units) {
    if (count >= size && (count % size === 0 || count >= size * 10)) {
      const rounded = Math.round(count / size);
      return `${String(rounded)} ${name}${rounded === 1 ? "" : "s"}`;
    }
  }
  const rounded = Math.round(count * 10) / 10;
  return `${String(rounded)} second${rounded === 1 ? "" : "s"}`;
}
