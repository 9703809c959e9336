import { timeByName } from "../../src/analysis/values/time-names.ts";
import { describe, expect, it } from "vitest";
import { lifetimeOf, spell } from "../../src/analysis/time.ts";
import type { TimeGrammar } from "../../src/libraries/types.ts";
import { withAnalysis } from "../kit/analyze.ts";

function lifetime(expression: string, grammar: TimeGrammar): string {
  return withAnalysis(`(${expression})`, (analysis) => {
    const [statement] = analysis.file.ast.body;
    if (statement?.type !== "ExpressionStatement") throw new Error("no expression");
    const found = lifetimeOf(analysis.evaluate(statement.expression), grammar);
    switch (found.kind) {
      case "seconds":
        return String(found.seconds);
      case "never":
      case "born-expired":
        return `${found.kind}: ${found.why}`;
      case "bare-number":
        return `bare ${String(found.seconds)}`;
      default:
        return found.kind;
    }
  });
}

describe("a lifetime", () => {
  it.each([
    // jsonwebtoken: numbers are seconds, texts are the ms package's.
    ["3600", "seconds-or-ms-string", "3600"],
    ["60 * 60 * 24 * 7", "seconds-or-ms-string", "604800"],
    ["'1h'", "seconds-or-ms-string", "3600"],
    ["'7' + 'd'", "seconds-or-ms-string", "604800"],
    ["'2.5 hrs'", "seconds-or-ms-string", "9000"],
    ["'1y'", "seconds-or-ms-string", "31557600"],
    ["'1M'", "seconds-or-ms-string", "60"],
    ["'3600'", "seconds-or-ms-string", "bare 3.6"],
    ["'1mo'", "seconds-or-ms-string", "invalid"],
    ["'1h30m'", "seconds-or-ms-string", "invalid"],
    ["''", "seconds-or-ms-string", "invalid"],
    ["0", "seconds-or-ms-string", "born-expired: zero"],
    ["Infinity", "seconds-or-ms-string", "invalid"],
    ["1999999999", "seconds-or-ms-string", "never: epoch"],
    ["Math.floor(Date.now() / 1000) + 3600", "seconds-or-ms-string", "never: epoch"],
    ["Date.now() + 3600000", "seconds-or-ms-string", "never: milliseconds"],
    ["lifetime", "seconds-or-ms-string", "unknown"],
    ["process.env.LIFETIME", "seconds-or-ms-string", "unknown"],
    // The exp claim: absolute, in seconds.
    ["Math.floor(Date.now() / 1000) + 3600", "epoch-seconds", "3600"],
    ["Math.floor(Date.now() / 1000) - 30", "epoch-seconds", "born-expired: past"],
    ["Date.now() + 3600", "epoch-seconds", "never: milliseconds"],
    ["Date.now() / 1000 + 60", "epoch-seconds", "60"],
    ["3600", "epoch-seconds", "born-expired: relative-as-epoch"],
    ["'1h'", "epoch-seconds", "invalid"],
    ["1999999999", "epoch-seconds", "date"],
    // jose's setExpirationTime: numbers absolute, texts relative.
    ["'2h'", "jose-expiration", "7200"],
    ["'2 hours from now'", "jose-expiration", "7200"],
    ["'1h ago'", "jose-expiration", "born-expired: past"],
    ["3600", "jose-expiration", "born-expired: relative-as-epoch"],
    ["Date.now() + 3600000", "jose-expiration", "never: milliseconds"],
    ["'3600'", "jose-expiration", "invalid"],
    ["'1mo'", "jose-expiration", "invalid"],
    ["3600", "milliseconds-or-ms-string", "3.6"],
  ] as const)("%s in %s is %s", (expression, grammar, expected) => {
    expect(lifetime(expression, grammar)).toBe(expected);
  });

  it.each([
    [1, "1 second"],
    [90, "90 seconds"],
    [3600, "1 hour"],
    [86_400 * 30, "30 days"],
    [31_536_000, "1 year"],
    [3.6, "3.6 seconds"],
  ])("of %s seconds is spelt %s", (count, expected) => {
    expect(spell(count)).toBe(expected);
  });
});

describe("constants that are named for a time", () => {
  it.each([
    ["ONE_YEAR_MS", 31_536_000_000],
    ["DAY_IN_SECONDS", 86_400],
    ["TEN_MINUTES_MS", 600_000],
    ["SOME_DAYS_MS", undefined],
    ["ONE_YEAR", undefined],
  ])("%s", (name, count) => {
    expect(timeByName(name)).toBe(count);
  });
});
