import { Linter, RuleTester } from "eslint";
import { describe, expect, it } from "vitest";
import type { JwtRule } from "../../src/types.ts";
import { espreeReads, languageOptions, type ParserName, type SourceType } from "./parsers.ts";
import { rewrite } from "./rewrite.ts";

RuleTester.describe = describe;
RuleTester.it = it;
RuleTester.itOnly = it.only;

interface CaseExtras {
  /** The code is TypeScript: ESLint's own parser cannot read it. */
  readonly ts?: true;
}

type ValidCase = string | (RuleTester.ValidTestCase & CaseExtras);
export type InvalidCase = RuleTester.InvalidTestCase & CaseExtras;

export interface RuleCases {
  readonly valid: readonly ValidCase[];
  readonly invalid: readonly InvalidCase[];
}

interface Variant {
  readonly parser: ParserName;
  readonly sourceType: SourceType;
}

const VARIANTS: readonly Variant[] = [
  { parser: "typescript", sourceType: "module" },
  { parser: "espree", sourceType: "module" },
  { parser: "espree", sourceType: "commonjs" },
];

/**
 * Ignored by ESLint 9. That every output and suggestion parses is what RuleTester itself asserts,
 * with the parser of the case.
 */
const ASSERTIONS = {
  requireMessage: "messageId",
  requireLocation: true,
  requireData: true,
} as const;

/**
 * Runs each case with every parser and module system that can read it. An espree run without
 * `import` and `export` is repeated as CommonJS.
 */
export function testRule(name: string, rule: JwtRule, { valid, invalid }: RuleCases): void {
  describe(name, () => {
    for (const variant of VARIANTS) {
      const cases = {
        valid: valid
          .map(toObject)
          .filter((test) => isFor(test, variant))
          .map(withoutExtras),
        invalid: invalid.filter((test) => isFor(test, variant)).map(withoutExtras),
        assertionOptions: ASSERTIONS,
      };
      if (cases.valid.length + cases.invalid.length === 0) continue;

      const tester = new RuleTester({
        languageOptions: languageOptions(variant.parser, variant.sourceType),
      });
      tester.run(`${variant.parser}, ${variant.sourceType}`, rule, cases);
    }

    it.each(sayableOtherwise([...valid.map(toObject), ...invalid]))(
      "finds the same in other words: $code",
      (test) => {
        expect(found(rule, test, test.otherwise), test.otherwise).toEqual(
          found(rule, test, test.code),
        );
      },
    );
  });
}

/** The cases whose code can be written another way, with that. */
function sayableOtherwise(cases: readonly AnyCase[]): (AnyCase & { readonly otherwise: string })[] {
  return cases.flatMap((test) => {
    const otherwise = rewrite(test.code, test.filename ?? "file.tsx");
    return otherwise === undefined || otherwise === test.code ? [] : [{ ...test, otherwise }];
  });
}

/** @returns what the rule says and on which line, with the parser of TypeScript */
function found(rule: JwtRule, test: AnyCase, code: string): unknown[] {
  const config: Linter.Config = {
    files: ["**"],
    plugins: { tested: { rules: { rule } } },
    languageOptions: languageOptions("typescript", "module"),
    rules: { "tested/rule": ["error", ...((test.options ?? []) as unknown[])] },
    settings: test.settings ?? {},
  };
  const messages = new Linter().verify(code, [config], { filename: test.filename });
  return messages.map(({ line, messageId, message, fatal }) => [line, fatal ? message : messageId]);
}

type AnyCase = (RuleTester.ValidTestCase | RuleTester.InvalidTestCase) & CaseExtras;

function isFor(test: AnyCase, { parser, sourceType }: Variant): boolean {
  if (parser === "typescript") return !hasExtension(test, [".cjs"]);
  if (test.ts === true || hasExtension(test, [".ts", ".tsx", ".mts", ".cts"])) return false;
  if (sourceType === "commonjs") {
    return !hasExtension(test, [".mjs"]) && espreeReads(test.code, "commonjs");
  }
  if (hasExtension(test, [".cjs"])) return false;
  // Code that neither can read stays, so that RuleTester shows the error.
  return espreeReads(test.code, "module") || !espreeReads(test.code, "commonjs");
}

function hasExtension({ filename }: AnyCase, extensions: readonly string[]): boolean {
  return filename !== undefined && extensions.some((extension) => filename.endsWith(extension));
}

function toObject(test: ValidCase): RuleTester.ValidTestCase & CaseExtras {
  return typeof test === "string" ? { code: test } : test;
}

function withoutExtras<Case extends CaseExtras>(test: Case): Omit<Case, "ts"> {
  const { ts, ...rest } = test;
  return rest;
}
