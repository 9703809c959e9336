import { byName } from "../memo.ts";

/** `ONE_YEAR_MS`, `30_DAYS`-like names with what is counted at their end: `THIRTY_DAYS_IN_SECONDS`, `DAY_MS`. */
const CALLED =
  /^(?:(?<count>[A-Z]+|\d+)_)?(?<size>MINUTE|HOUR|DAY|WEEK|MONTH|YEAR)S?_(?:IN_)?(?<unit>MS|MILLIS(?:ECONDS)?|S|SECS?|SECONDS)$/u;

const COUNTS: ReadonlyMap<string, number> = new Map([
  ["ONE", 1],
  ["A", 1],
  ["TWO", 2],
  ["THREE", 3],
  ["SEVEN", 7],
  ["TEN", 10],
  ["FOURTEEN", 14],
  ["THIRTY", 30],
  ["SIXTY", 60],
  ["NINETY", 90],
]);

const SECONDS: ReadonlyMap<string, number> = new Map([
  ["MINUTE", 60],
  ["HOUR", 3600],
  ["DAY", 86_400],
  ["WEEK", 604_800],
  ["MONTH", 2_592_000],
  ["YEAR", 31_536_000],
]);

/**
 * The number that a constant out of sight holds, where its name says how long a time it is, and in which unit:
 * 31,536,000,000 for `import { ONE_YEAR_MS } from "@shared/const"`.
 */
export const timeByName = byName((name): number | undefined => {
  const { count = "ONE", size = "", unit = "" } = CALLED.exec(name)?.groups ?? {};
  const seconds = SECONDS.get(size);
  const times = COUNTS.get(count) ?? Number(count);
  if (seconds === undefined || Number.isNaN(times)) return undefined;
  return times * seconds * (unit.startsWith("M") ? 1000 : 1);
});
