import type { Analysis } from "../analysis.ts";
import { unwrap } from "../syntax.ts";
import type { Node } from "../syntax.ts";
import { possibilities, stringOf } from "../values/value.ts";
import type { Value } from "../values/value.ts";
import { headerWrites } from "./headers.ts";

/** A scheme that takes a token, and one that is no JWT: those can be read, and are looked at by themselves. */
const OPAQUE = /^(?:Bearer|Token|Bot)\s+(?!eyJ)([\w.~+/:=-]{20,400})$/u;

/** What stands in for a credential in documentation and in code that was not filled in. */
const STAND_IN =
  /your|token|example|sample|dummy|placeholder|secret|insert|replace|change|redacted|fake|mock|x{4}|\.{3}|1234567|abcdef/iu;

/** How many different characters a drawn text of that length has at least. */
const MIN_DISTINCT = 10;

/**
 * Opaque tokens (RFC 6750 section 1.2) that the code itself sends in an Authorization header.
 *
 * @returns where they are written
 */
export function writtenCredentials(analysis: Analysis): Node[] {
  return headerWrites(analysis).flatMap(({ value }) =>
    possibilities(analysis.evaluate(value))
      .flatMap(written)
      .flatMap(({ text, node }) => {
        const [, credential] = OPAQUE.exec(text) ?? [];
        if (credential === undefined || !isDrawn(credential)) return [];
        return [analysis.fileOf(node) === analysis.file ? node : unwrap(value)];
      }),
  );
}

/** The text of a value; of `Bearer ${process.env.TOKEN || "…"}` each that it may be. */
function written(value: Value): { text: string; node: Node }[] {
  const text = stringOf(value);
  if (text !== undefined) return [{ text, node: value.node }];
  const [scheme, given, ...more] = value.type === "template" ? value.parts : [];
  const start = scheme === undefined ? undefined : stringOf(scheme);
  if (start === undefined || given === undefined || more.length > 0) return [];
  return possibilities(given).flatMap((one) => {
    const end = stringOf(one);
    return end === undefined ? [] : [{ text: start + end, node: one.node }];
  });
}

/** Letters and digits in no order that somebody would type. */
function isDrawn(text: string): boolean {
  return (
    /[a-z]/iu.test(text) &&
    /\d/u.test(text) &&
    !STAND_IN.test(text) &&
    new Set(text.toLowerCase()).size >= MIN_DISTINCT
  );
}
