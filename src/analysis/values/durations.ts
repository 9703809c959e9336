import type { Core } from "../core.ts";
import { unwrap } from "../syntax.ts";
import type { CallNode, Node } from "../syntax.ts";
import { table } from "../table.ts";
import { distanceOf, sizeOf } from "./dates.ts";
import { literal, map, numberOf, stringOf } from "./value.ts";
import type { Value } from "./value.ts";

/**
 * Lengths of time of moment 2.31.0, dayjs 1.11.23, luxon 3.7.2 and date-fns 4.4.0. A month counts 30 days and a year
 * 365: what the packages make of them differs by less than a hundredth or two.
 */

/** What makes one; a number that is given alone counts milliseconds. */
const BUILDERS: ReadonlySet<string> = new Set([
  "moment.duration",
  "moment-timezone.duration",
  "dayjs.duration",
  "luxon.Duration.fromObject",
  "luxon.Duration.fromMillis",
]);

/** The methods that count one, and the unit in which they do. */
const COUNTED: Readonly<Record<string, string | undefined>> = table({
  asMilliseconds: "ms",
  asSeconds: "s",
  asMinutes: "m",
  asHours: "h",
  asDays: "d",
  toMillis: "ms",
  valueOf: "ms",
});

/** `dayjs.duration(100, "year").asSeconds()`, `Duration.fromObject({ years: 10 }).as("seconds")` */
export function countedDuration(
  core: Core,
  receiver: Value,
  name: string,
  node: Node,
  given: () => readonly Value[],
): Value | undefined {
  if (name !== "as" && COUNTED[name] === undefined) return undefined;
  const made = unwrap(receiver.node);
  const distance = made.type === "CallExpression" ? lengthOf(core, made) : undefined;
  if (distance === undefined) return undefined;
  const [asked] = name === "as" ? given() : [];
  const unit = asked === undefined ? COUNTED[name] : stringOf(asked);
  const size = unit === undefined ? undefined : sizeOf(unit);
  return size === undefined ? undefined : literal(node, distance / size);
}

/** How long the time is that a call makes, in milliseconds. */
function lengthOf(core: Core, { callee, arguments: written }: CallNode): number | undefined {
  const maker = core.evaluate(callee);
  if (maker.type !== "module") return undefined;
  if (!BUILDERS.has([maker.specifier, ...maker.path].join("."))) return undefined;
  return distanceOf(written.map((one) => core.evaluate(one)));
}

type Handler = (call: {
  readonly node: CallNode;
  readonly given: readonly Value[];
}) => Value | undefined;

const times =
  (factor: number): Handler =>
  ({ node, given: [count] }) =>
    count === undefined
      ? undefined
      : map(count, (one) => {
          const number = numberOf(one);
          return number === undefined ? one : literal(node, number * factor);
        });

const CONVERSIONS: Readonly<Record<string, Handler>> = {
  hoursToMinutes: times(60),
  hoursToSeconds: times(3600),
  hoursToMilliseconds: times(3_600_000),
  minutesToSeconds: times(60),
  minutesToMilliseconds: times(60_000),
  secondsToMilliseconds: times(1000),
  milliseconds: ({ node, given: [duration] }) => {
    const distance = duration?.type === "object" ? distanceOf([duration]) : undefined;
    return distance === undefined ? undefined : literal(node, distance);
  },
};

/** `hoursToSeconds(24)`, `milliseconds({ days: 7 })` of date-fns. */
export const DURATION_FUNCTIONS: Readonly<Record<string, Handler>> = Object.fromEntries(
  Object.entries(CONVERSIONS).flatMap(([name, handler]) => [
    [`date-fns.${name}`, handler],
    [`date-fns/${name}`, handler],
  ]),
);
