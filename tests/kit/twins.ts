import { describe, expect, it } from "vitest";
import plugin from "../../src/index.ts";
import { lint } from "./lint.ts";
import type { LintOptions } from "./lint.ts";

/** A misuse beside the code nearest to it that is right. */
export interface Twin {
  readonly rule: string;
  readonly messageId: string;
  readonly vulnerable: string;
  readonly safe: string;
  /** The line of the vulnerable code that is reported; the first if not given. */
  readonly line?: number;
  readonly settings?: Record<string, unknown>;
  /** What both begin with, where it is not the library's import. */
  readonly preamble?: string;
}

export interface TwinOptions extends LintOptions {
  /** One line that both halves of a twin begin with: imports. */
  readonly preamble: string;
}

const PREFIX = "jwt-audit/";

/** Every finding in the code, as `rule messageId line`. */
export function findingsIn(code: string, options: LintOptions = {}): string[] {
  return lint(code, options).map(({ ruleId, messageId, line, message }) =>
    ruleId === null ? message : `${ruleId.replace(PREFIX, "")} ${messageId ?? ""} ${String(line)}`,
  );
}

/** One test for each twin: the rule reports the one half where it says, and nothing in the other. */
export function testTwins(
  twins: readonly Twin[],
  { preamble: common, ...options }: TwinOptions,
): void {
  describe.each(twins)("$rule $messageId", (twin) => {
    const { rule, messageId, vulnerable, safe, line = 1, settings = {}, preamble = common } = twin;
    const judged = (code: string): string[] =>
      findingsIn(`${preamble}\n${code}`, { ...options, settings: { "jwt-audit": settings } });

    it(`reports ${vulnerable}`, () => {
      expect(judged(vulnerable)).toContain(`${rule} ${messageId} ${String(line + 1)}`);
    });

    it(`lets pass ${safe}`, () => {
      const own = judged(safe).filter((finding) => finding.startsWith(`${rule} `));
      expect(own).toEqual([]);
    });
  });
}

/** The rules of the presets; the others ask for what a policy may want or not. */
const PRESET_RULES = Object.fromEntries(
  Object.entries(plugin.rules)
    .filter(([, { meta }]) => meta.docs.recommended !== false)
    .map(([name]) => [name, "error" as const]),
);

/** A file as people write it, with nothing to report by any rule of the presets. */
export function testRealistic(name: string, code: string, options: LintOptions = {}): void {
  it(`finds nothing in ${name}`, () => {
    expect(findingsIn(code, { rules: PRESET_RULES, ...options })).toEqual([]);
  });
}
