import type { RuleTester } from "eslint";
import type { InvalidCase } from "./test-rule.ts";

interface Place {
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

interface Finding {
  readonly messageId: string;
  readonly data?: Record<string, string>;
  readonly suggestions?: RuleTester.SuggestionOutput[];
}

/**
 * An invalid case whose code marks what is reported: `const c = «jwt.decode(t)»;`. The marks are
 * taken out, and the places between them become the errors' positions, in order.
 */
export function marked(
  code: string,
  findings: Finding | readonly Finding[],
  extras: Omit<InvalidCase, "code" | "errors"> = {},
): InvalidCase {
  const places: Place[] = [];
  let plain = "";
  let start: { line: number; column: number } | undefined;
  for (const character of code) {
    if (character === "«") start = positionAfter(plain);
    else if (character === "»") {
      if (start === undefined) throw new Error(`A mark is closed that is not open: ${code}`);
      const { line, column } = positionAfter(plain);
      places.push({ ...start, endLine: line, endColumn: column });
    } else plain += character;
  }
  const all = [findings].flat();
  if (all.length !== places.length) {
    throw new Error(`${String(places.length)} marks and ${String(all.length)} findings: ${code}`);
  }
  const errors = all.map((finding, index) => ({ ...finding, ...places[index] }));
  return { ...extras, code: plain, errors };
}

function positionAfter(text: string): { line: number; column: number } {
  const lines = text.split("\n");
  return { line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1 };
}
