import type { CallNode, Node } from "../syntax.ts";
import { table } from "../table.ts";
import { asNumber, numberOf, stringOf } from "./value.ts";
import type { TimeValue, Value } from "./value.ts";

/**
 * Dates of the platform and of moment, dayjs, date-fns and luxon: points in time near now, whose unit
 * matters more than how far they are moved.
 */
type DateHandler = (call: {
  readonly node: CallNode;
  readonly given: readonly Value[];
}) => Value | undefined;

/** Milliseconds by the name of a unit, as the date libraries spell them. */
const UNITS: Readonly<Record<string, number>> = table({
  millisecond: 1,
  ms: 1,
  second: 1000,
  s: 1000,
  minute: 60_000,
  m: 60_000,
  hour: 3_600_000,
  h: 3_600_000,
  day: 86_400_000,
  d: 86_400_000,
  week: 604_800_000,
  w: 604_800_000,
  month: 2_592_000_000,
  M: 2_592_000_000,
  year: 31_536_000_000,
  y: 31_536_000_000,
});

/** Milliseconds by the name of a unit: `days`, `d`. */
export function sizeOf(unit: string): number | undefined {
  return UNITS[unit] ?? UNITS[unit.toLowerCase().replace(/s$/u, "")];
}

function dateAt(node: Node, offset: number | undefined): TimeValue {
  return { type: "time", node, unit: "ms", offset, date: true };
}

/** `Date.now()` */
const currentTime: DateHandler = ({ node }) => ({
  type: "time",
  node,
  unit: "ms",
  offset: 0,
});

/** `new Date()`, `moment()`: now, or the point in time that is given, whichever it is. */
const currentDate: DateHandler = ({ node, given: [at, ...more] }) => {
  if (at === undefined) return dateAt(node, 0);
  const isTime = at.type === "time" && at.unit === "ms" && more.length === 0;
  return dateAt(node, isTime ? at.offset : undefined);
};

/** `addDays(date, 7)` of date-fns. */
const addition =
  (unit: string, sign: 1 | -1): DateHandler =>
  ({ node, given: [date, amount] }) =>
    date === undefined ? undefined : moved(node, date, distanceOf([amount], unit), sign);

/** `add(date, { days: 7 })` of date-fns. */
const additionOf =
  (sign: 1 | -1): DateHandler =>
  ({ node, given: [date, duration] }) =>
    date === undefined ? undefined : moved(node, date, distanceOf([duration]), sign);

const numberFrom =
  (unit: "s" | "ms"): DateHandler =>
  ({ node, given: [date] }) =>
    date?.type === "time" ? inUnit(node, date, unit) : undefined;

const DATE_FNS: Readonly<Record<string, DateHandler>> = {
  ...Object.fromEntries(
    ["Milliseconds", "Seconds", "Minutes", "Hours", "Days", "Weeks", "Months", "Years"].flatMap(
      (unit) => [
        [`add${unit}`, addition(unit, 1)],
        [`sub${unit}`, addition(unit, -1)],
      ],
    ),
  ),
  add: additionOf(1),
  sub: additionOf(-1),
  getTime: numberFrom("ms"),
  getUnixTime: numberFrom("s"),
};

/** `getNumericDate(60 * 60)` of djwt: so many seconds from now, or a Date. */
const numericDate: DateHandler = ({ node, given: [from] }) => {
  if (from?.type === "time") {
    return from.date === true
      ? inUnit(node, from, "s")
      : { type: "time", node, unit: from.unit, offset: undefined, isAddedToNow: true };
  }
  const seconds = from === undefined ? undefined : numberOf(from);
  return { type: "time", node, unit: "s", offset: seconds };
};

export const DATE_FUNCTIONS: Readonly<Record<string, DateHandler>> = {
  "djwt.getNumericDate": numericDate,
  "Date.now": currentTime,
  "Date.parse": ({ node }) => ({ type: "time", node, unit: "ms", offset: undefined }),
  Date: currentDate,
  ...Object.fromEntries(
    ["moment", "moment.utc", "moment-timezone", "dayjs", "dayjs.utc", "luxon.DateTime.now"].map(
      (name) => [name, currentDate],
    ),
  ),
  "luxon.DateTime.utc": currentDate,
  "luxon.DateTime.local": currentDate,
  ...Object.fromEntries(
    Object.entries(DATE_FNS).flatMap(([name, handler]) => [
      [`date-fns.${name}`, handler],
      [`date-fns/${name}`, handler],
    ]),
  ),
};

/** What a method of a date gives, or undefined where that is no point in time. */
export function dateMethod(
  date: TimeValue,
  name: string,
  node: CallNode,
  given: readonly Value[],
): Value | undefined {
  switch (name) {
    case "getTime":
    case "valueOf":
    case "toMillis":
      return asNumber(date, node);
    case "unix":
    case "toSeconds":
    case "toUnixInteger":
      return inUnit(node, date, "s");
    case "toDate":
    case "toJSDate":
    case "clone":
    case "utc":
    case "toUTC":
    case "local":
    case "toLocal":
    case "tz":
    case "setZone":
      return date.date === true ? { ...date, node } : undefined;
    case "add":
    case "plus":
      return moved(node, date, distanceOf(given), 1);
    case "subtract":
    case "minus":
      return moved(node, date, distanceOf(given), -1);
    case "startOf":
    case "endOf":
    case "set":
      return date.date === true ? dateAt(node, undefined) : undefined;
    default:
      if (TEXTS.test(name) && !isStamp(given)) return { type: "template", node, parts: [date] };
      // What moves a date of the platform gives the time that it is then, as a number.
      return date.date === true && SETTERS.test(name)
        ? asNumber(dateAt(node, undefined), node)
        : undefined;
  }
}

/** What writes a date down, or a part of it, for people: nobody has to guess today's. */
const TEXTS =
  /^(?:format|to(?:Locale)?(?:Date|Time|UTC|ISO|GMT)?String|toJSON|toISO(?:Date|Time)?|toFormat|toLocale|toSQL\w*|get(?:UTC)?(?:FullYear|Year|Month|Date|Day|Hours|Minutes|Week))$/u;

/** `format("X")`: the number of seconds, and `format("x")` that of milliseconds. */
function isStamp([pattern]: readonly Value[]): boolean {
  return pattern !== undefined && /^x$/iu.test(stringOf(pattern) ?? "");
}

const SETTERS = /^set(?:UTC)?(?:Date|FullYear|Hours|Milliseconds|Minutes|Month|Seconds|Time)$/u;

export function inUnit(node: Node, { unit, offset }: TimeValue, wanted: "s" | "ms"): TimeValue {
  const factor = unit === wanted ? 1 : wanted === "s" ? 0.001 : 1000;
  return {
    type: "time",
    node,
    unit: wanted,
    offset: offset === undefined ? undefined : offset * factor,
  };
}

function moved(
  node: Node,
  from: Value,
  distance: number | undefined,
  sign: 1 | -1,
): TimeValue | undefined {
  if (from.type !== "time" || from.unit !== "ms") return undefined;
  const isKnown = from.offset !== undefined && distance !== undefined;
  return dateAt(node, isKnown ? from.offset + sign * distance : undefined);
}

/** `(7, "days")`, `({ days: 7 })`, in milliseconds. */
export function distanceOf(
  [amount, named]: readonly (Value | undefined)[],
  unit = named === undefined ? "ms" : (stringOf(named) ?? ""),
): number | undefined {
  if (amount?.type === "object") {
    if (amount.open) return undefined;
    let sum = 0;
    for (const [name, { value }] of amount.properties) {
      const size = sizeOf(name);
      const count = numberOf(value);
      if (size === undefined || count === undefined) return undefined;
      sum += size * count;
    }
    return sum;
  }
  const count = amount === undefined ? undefined : numberOf(amount);
  const size = sizeOf(unit);
  return count === undefined || size === undefined ? undefined : count * size;
}
