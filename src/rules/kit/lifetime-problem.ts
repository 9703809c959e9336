import type { Analysis } from "../../analysis/analysis.ts";
import type { Instructions } from "../../analysis/operations/declared.ts";
import type { Setting } from "../../analysis/operations/options.ts";
import {
  isCalledMilliseconds,
  isMilliseconds,
  isProductOfMilliseconds,
  isSeconds,
  spell,
} from "../../analysis/time.ts";
import type { Lifetime } from "../../analysis/time.ts";
import { calleeName, isLiteral } from "../../analysis/syntax.ts";
import { numberOf, possibilities, stringOf } from "../../analysis/values/value.ts";
import type { Value } from "../../analysis/values/value.ts";

export type ProblemId =
  | "milliseconds"
  | "productInMilliseconds"
  | "secondsAsMilliseconds"
  | "dateInMilliseconds"
  | "dateInOtherUnit"
  | "dateAsLifetime"
  | "issuedInMilliseconds"
  | "issuedInMillisecondsExtends"
  | "bareNumber"
  | "minutes"
  | "lifetimeAsDate"
  | "bornExpired"
  | "refused";

type Edit = (written: string, quote: (text: string) => string) => string;

/** What is wrong with a lifetime, and what could stand there instead. */
export interface Problem {
  readonly messageId: ProblemId;
  readonly data: Readonly<Record<string, string>>;
  readonly edits?: readonly Edit[];
}

export function problemOf(
  analysis: Analysis,
  setting: Setting,
  lifetime: Lifetime,
  value: Value,
): Problem | undefined {
  const option = setting.name;
  if (setting.grammar === "seconds-or-ms-string" || setting.grammar === "seconds") {
    const count = numberOf(value);
    if (count !== undefined && isMilliseconds(analysis.core, value)) {
      const edits = [
        count % 1000 === 0 && value.node.type === "Literal" ? () => String(count / 1000) : divided,
      ];
      return { messageId: "milliseconds", data: { option, lifetime: spell(count) }, edits };
    }
    if (
      isProductOfMilliseconds(analysis.core, value) ||
      isCalledMilliseconds(setting.valueNode, value)
    ) {
      return { messageId: "productInMilliseconds", data: { option }, edits: [divided] };
    }
  }
  if (setting.grammar === "milliseconds-or-ms-string") {
    const count = lifetime.kind === "bare-number" ? Number(lifetime.text) : numberOf(value);
    if (count !== undefined && isSeconds(count)) {
      const edits: Edit[] = [(_, quote) => quote(`${String(count)}s`), () => String(count * 1000)];
      const data = { option, lifetime: spell(count / 1000) };
      return { messageId: "secondsAsMilliseconds", data, edits };
    }
    if (lifetime.kind === "bare-number") return undefined;
  }
  switch (lifetime.kind) {
    case "never":
      return ofEndless(setting, lifetime.why, value);
    case "born-expired":
      return ofBornExpired(setting, lifetime.why, value);
    case "bare-number": {
      // `String(MONTH_IN_MS)`: a number of milliseconds, made the text that counts them.
      if (!isLiteral(value.node) && lifetime.seconds >= 60) return undefined;
      const data = { lifetime: spell(lifetime.seconds) };
      if (lifetime.seconds <= 0) return { messageId: "bornExpired", data: {} };
      const edits: Edit[] = [() => lifetime.text, (_, quote) => quote(`${lifetime.text}ms`)];
      return { messageId: "bareNumber", data, edits };
    }
    case "invalid":
      // `process.env.LIFE || ""`: where the variable is not set nothing is signed at all.
      if (isEmptyFallback(setting, value)) return undefined;
      return { messageId: "refused", data: { option, form: formOf(setting) } };
    case "seconds":
      return ofMinutes(lifetime.seconds, value);
    default:
      return undefined;
  }
}

function isEmptyFallback(setting: Setting, value: Value): boolean {
  return (
    stringOf(value) === "" && possibilities(setting.value).some((one) => one.type === "environment")
  );
}

function ofEndless(
  { name: option, via }: Setting,
  why: Extract<Lifetime, { kind: "never" }>["why"],
  value: Value,
): Problem {
  if (why === "infinite")
    return { messageId: "refused", data: { option, form: "a number of seconds" } };
  if (via === "option") {
    return { messageId: "dateAsLifetime", data: { option }, edits: [lifetimeOfDate(value)] };
  }
  if (value.type === "time" && value.isAddedToNow === true) {
    const called = value.node.type === "CallExpression" ? calleeName(value.node) : option;
    return { messageId: "dateAsLifetime", data: { option: `The number in ${called}` } };
  }
  if (why === "divided" && value.type === "time") {
    const divisor = String(value.dividedBy);
    return { messageId: "dateInOtherUnit", data: { option, divisor } };
  }
  return {
    messageId: "dateInMilliseconds",
    data: { option },
    edits: [(written) => `Math.floor((${written}) / 1000)`],
  };
}

/** What was added to the current time, in seconds. */
function lifetimeOfDate(value: Value): Edit {
  const time = value.type === "time" ? value : undefined;
  const offset = (time?.offset ?? 0) / (time?.unit === "ms" ? 1000 : 1);
  return offset >= 60 ? () => String(Math.floor(offset)) : (_, quote) => quote("1h");
}

function ofBornExpired(
  setting: Setting,
  why: "relative-as-epoch" | "zero" | "past",
  value: Value,
): Problem | undefined {
  const count = numberOf(value);
  if (why === "relative-as-epoch" && count !== undefined && count > 0) {
    const edits: Edit[] =
      setting.grammar === "jose-expiration"
        ? [(_, quote) => quote(`${String(count)}s`)]
        : [(written) => `Math.floor(Date.now() / 1000) + ${written}`];
    return { messageId: "lifetimeAsDate", data: { option: setting.name }, edits };
  }
  // One of several writes may be the start of a sum.
  const isCertain = possibilities(setting.value).length === 1;
  return isCertain ? { messageId: "bornExpired", data: {} } : undefined;
}

/** `"1M"` is one minute in the `ms` package and in jose. */
function ofMinutes(seconds: number, value: Value): Problem | undefined {
  const months = /^ ?(1|2|3|6|12) ?M$/u.exec(stringOf(value) ?? "")?.[1];
  if (months === undefined) return undefined;
  return {
    messageId: "minutes",
    data: { lifetime: spell(seconds) },
    edits: [(_, quote) => quote(`${String(Number(months) * 30)}d`)],
  };
}

const divided: Edit = (written) =>
  /^[\w.]+(?:\(.*\))?$/u.test(written) ? `${written} / 1000` : `(${written}) / 1000`;

function formOf({ grammar }: Setting): string {
  switch (grammar) {
    case "epoch-seconds":
      return "a date as a number of seconds since 1970";
    case "jose-expiration":
    case "jose-duration":
      return "a text with one unit, such as 90m";
    default:
      return "a whole number of seconds or a text with one unit, such as 90m";
  }
}

export function isMillisecondDate(value: Value): boolean {
  if (value.type === "time")
    return value.unit === "ms" && value.date !== true && value.dividedBy === undefined;
  return (numberOf(value) ?? 0) > 100_000_000_000;
}

/** Most libraries add a lifetime to the `iat` of the payload. */
export function issuedProblem(operation: Instructions): Problem {
  const counts =
    operation.entity.countsFromClock !== true && operation.settings("lifetime").length > 0;
  return { messageId: counts ? "issuedInMillisecondsExtends" : "issuedInMilliseconds", data: {} };
}
