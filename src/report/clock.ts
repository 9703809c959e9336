/** Points in time and days. All days are UTC days, and the last day of a waiver still counts. */

const DAY = 24 * 60 * 60 * 1000;

/**
 * The time of the report. `SOURCE_DATE_EPOCH` (seconds) stands in for the clock, so that the same
 * input gives the same bytes.
 *
 * @throws TypeError if the variable is set to something else than seconds
 */
export function now(env: NodeJS.ProcessEnv): Date {
  const fixed = env.SOURCE_DATE_EPOCH;
  if (fixed === undefined || fixed === "") return new Date();
  if (!/^\d{1,11}$/u.test(fixed)) {
    throw new TypeError(`SOURCE_DATE_EPOCH must be a number of seconds, but is "${fixed}".`);
  }
  return new Date(Number(fixed) * 1000);
}

export function toDay(date: Date): string {
  return date.toISOString().slice(0, 10);
}

/** To the second: milliseconds say nothing to an auditor. */
export function toInstant(date: Date): string {
  return date.toISOString().replace(/\.\d+Z$/u, "Z");
}

/** Whether the text is a day of the calendar, `YYYY-MM-DD`. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/u.test(text)) return false;
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && toDay(date) === text;
}

/** Days from one day to another; negative if the second is earlier. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / DAY);
}
