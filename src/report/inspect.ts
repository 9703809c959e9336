/**
 * Looks at one linted file for the report: which rules were on, which JWT operations it has.
 *
 * The report does this by itself. What rules could note while they run is lost with worker threads
 * and with ESLint's cache, and a report that depends on either is no evidence.
 */
import path from "node:path";
import { Linter } from "eslint";
import type { Rule } from "eslint";
import type { RuleContext } from "@typescript-eslint/utils/ts-eslint";
import { analyze, isWorthAsking } from "../analysis/analysis.ts";
import type { Analysis } from "../analysis/analysis.ts";
import { MAX_SOURCES, MAX_STEPS } from "../analysis/core.ts";
import { gateOf, mentionsJwt } from "../analysis/gate.ts";
import type { Operation } from "../analysis/operations/operations.ts";
import { readSettings } from "../analysis/settings/settings.ts";
import type { Node } from "../analysis/syntax.ts";
import type { RuleName } from "../compliance/findings.ts";
import { packageName } from "../package-info.ts";
import { availableRules } from "./catalogue.ts";
import { concerns } from "./concerns.ts";
import { hasOtherOptions, inlineChanges } from "./inline-comments.ts";
import type { SeenChange } from "./inline-comments.ts";
import { isOutOfSight } from "./out-of-sight.ts";
import { readRuleState } from "./rule-state.ts";
import type { RuleState, RuleStates } from "./rule-state.ts";

/** From line and column to line and column; both count from one. */
export type Range = readonly [line: number, column: number, endLine: number, endColumn: number];

export interface SeenOperation {
  readonly kind: string;
  readonly library: string;
  readonly range: Range;
  /** Where its key, its options and the like are written. */
  readonly parts: readonly Range[];
  /** Rules that can say nothing about it, as what decides stands out of sight. */
  readonly undecided: readonly RuleName[];
}

export interface Inspection {
  readonly passesGate: boolean;
  readonly operations: readonly SeenOperation[];
  /** As they are in force in the file, after its comments. */
  readonly rules: RuleStates;
  readonly inlineChanges: readonly SeenChange[];
  readonly allowsInlineConfig: boolean;
  /** Why the file could not be looked at, though its configuration is known. */
  readonly failure?: string;
}

/** What of ESLint's configuration of a file is looked at. */
interface FileConfig {
  readonly rules?: Readonly<Record<string, unknown>>;
  readonly plugins?: Readonly<Record<string, { readonly meta?: { readonly name?: string } }>>;
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly languageOptions?: Linter.LanguageOptions & { readonly sourceType?: unknown };
  readonly linterOptions?: { readonly noInlineConfig?: boolean };
}

/**
 * Whether the text has any word that a rule looks at. It is not parsed: a file that passes here may
 * still have nothing for a rule, and one that does not has nothing for any.
 *
 * @param settings those of ESLint, which may name libraries of the program's own
 */
export function mentionsTokens(
  text: string,
  settings: Readonly<Record<string, unknown>> = {},
): boolean {
  const names = (): readonly string[] => readSettings(settings).names;
  return gateOf({ text, ast: {} }, names).token || mentionsJwt(text);
}

/** Whether the text names JWTs or a package that verifies them, beyond words such as `token`. */
export { mentionsJwt };

/** A rule that reports nothing, and notes what it sees of the one file that it runs on. */
export interface Probe {
  readonly rule: Rule.RuleModule;
  /** What was seen; without an argument, if the rule was never run, why not. */
  finish(failure?: string): Inspection;
}

/** @returns what the analysis of the file stopped at, if it did not come to its end */
function limitOf(budget: Analysis["core"]["budget"]): string | undefined {
  if (budget.steps >= MAX_STEPS) return `${MAX_STEPS} steps`;
  return budget.sources > MAX_SOURCES ? `${MAX_SOURCES} places that hold tokens` : undefined;
}

/** @param config what `ESLint#calculateConfigForFile` says about the file */
export function inspect(text: string, filename: string, config: unknown): Inspection {
  const { languageOptions, settings = {} } = config as FileConfig;
  const probe = createProbe(text, config);
  // JSON, Markdown and CSS have no modules.
  if (!mentionsTokens(text, settings) || languageOptions?.sourceType === undefined) {
    return probe.finish();
  }
  const [problem] = run(text, filename, probe.rule, languageOptions, settings);
  return probe.finish(problem ?? "It could not be analysed.");
}

/** For whoever lints the file anyway: the rule runs beside the others. */
export function createProbe(text: string, config: unknown): Probe {
  const { rules = {}, plugins = {}, settings = {}, linterOptions } = config as FileConfig;
  const states = new Map<RuleName, RuleState>();
  const namespaces = Object.keys(plugins).filter(
    (name) => plugins[name]?.meta?.name === packageName,
  );
  for (const namespace of namespaces) {
    for (const name of availableRules) {
      const state = readRuleState(rules[`${namespace}/${name}`]);
      if (state !== undefined) states.set(name, state);
    }
  }
  const allowsInlineConfig = linterOptions?.noInlineConfig !== true;
  let seen: Pick<Inspection, "operations" | "inlineChanges"> | undefined;
  let budget: Analysis["core"]["budget"] | undefined;
  return {
    rule: {
      create: (context) => ({
        Program() {
          const changes = allowsInlineConfig ? inlineChanges(context, namespaces, states) : [];
          // Where no JWT is named, no rule that looks at operations runs.
          if (!isWorthAsking(context, "jwt")) {
            seen = { operations: [], inlineChanges: changes };
            return;
          }
          const analysis = analyze(context as unknown as RuleContext<string, readonly unknown[]>);
          ({ budget } = analysis.core);
          seen = {
            operations: analysis.operations.map((operation) => see(operation, analysis)),
            inlineChanges: changes,
          };
        },
      }),
    },
    finish(failure) {
      for (const change of seen?.inlineChanges ?? []) {
        const { rule, level, options } = change;
        const isReconfigured = hasOtherOptions(change);
        states.set(rule, { level, options, ...(isReconfigured ? { reconfigured: true } : {}) });
      }
      // The rules have asked behind the probe: only now is it known how far they came.
      const limit = budget === undefined ? undefined : limitOf(budget);
      return {
        passesGate: mentionsTokens(text, settings),
        operations: [],
        rules: states,
        inlineChanges: [],
        allowsInlineConfig,
        ...(seen ?? (failure === undefined ? {} : { failure })),
        ...(limit === undefined
          ? {}
          : {
              failure: `The analysis stopped at its limit of ${limit}, and findings beyond it may be missing: divide the file.`,
            }),
      };
    },
  };
}

/** @returns what went wrong */
function run(
  text: string,
  filename: string,
  probe: Rule.RuleModule,
  languageOptions: Linter.LanguageOptions,
  settings: Readonly<Record<string, unknown>>,
): string[] {
  const linter = new Linter({ configType: "flat", cwd: path.dirname(filename) });
  try {
    const messages = linter.verify(
      text,
      [
        {
          files: ["**"],
          plugins: { probe: { rules: { probe } } },
          rules: { "probe/probe": "error" },
          languageOptions: withoutProgram(languageOptions),
          settings,
          linterOptions: { noInlineConfig: true, reportUnusedDisableDirectives: "off" },
        },
      ],
      { filename },
    );
    return messages.map(({ message }) => message);
  } catch (error) {
    return [error instanceof Error ? (error.message.split("\n", 1)[0] ?? "") : String(error)];
  }
}

/** Types are not worth a second program of the whole project. */
function withoutProgram(options: Linter.LanguageOptions): Linter.LanguageOptions {
  const { parserOptions, ...rest } = options;
  const { project, projectService, programs, program, ...others } = parserOptions ?? {};
  return { ...rest, parserOptions: others };
}

function see(operation: Operation, analysis: Analysis): SeenOperation {
  const { token, key, payload, options } = operation;
  const parts = [token, key, payload, options]
    .flatMap((argument) => (argument === undefined ? [] : [argument.node, argument.value.node]))
    .concat(
      operation
        .settings("algorithms")
        .concat(operation.settings("algorithm"))
        .flatMap((setting) => [setting.node, setting.valueNode, setting.value.node]),
    )
    .filter((node) => analysis.fileOf(node) === analysis.file)
    .map(rangeOf);
  return {
    kind: operation.kind,
    library: operation.library.name,
    range: rangeOf(operation.node),
    parts,
    undecided: availableRules.filter((name) => {
      const concern = concerns[name];
      return concern !== undefined && isOutOfSight(concern, operation, analysis);
    }),
  };
}

function rangeOf({ loc }: Node): Range {
  return [loc.start.line, loc.start.column + 1, loc.end.line, loc.end.column + 1];
}
