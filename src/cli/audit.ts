/**
 * Audits files without any configuration of ESLint: finds them, passes over those without a word
 * about tokens, lints the others, and keeps of each no more than the report needs.
 */
import { setImmediate } from "node:timers/promises";
import type { ESLint } from "eslint";
import { isTestFile } from "../configs/test-files.ts";
import { mentionsJwt, mentionsTokens, relativeName } from "../report/index.ts";
import type { CoverageExtras, FileFacts, Inspection } from "../report/index.ts";
import { scriptsOf } from "./component-scripts.ts";
import { lintScripts } from "./lint-component.ts";
import { FileLinter } from "./lint-file.ts";
import type { LintedFile } from "./lint-file.ts";
import type { Progress } from "./progress.ts";
import { readText } from "./read-text.ts";
import type { RuleLevels } from "./rule-levels.ts";
import { findFiles } from "./walk.ts";
import type { FoundFile } from "./walk.ts";

export interface AuditInput {
  readonly paths: readonly string[];
  readonly cwd: string;
  readonly levels: RuleLevels;
  /** As of ESLint: by the name of the plugin. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** Patterns as in `.gitignore`. */
  readonly ignores: readonly string[];
  readonly progress: Progress;
}

export interface Audited {
  readonly results: readonly ESLint.LintResult[];
  readonly inspections: ReadonlyMap<string, Inspection>;
  readonly extras: CoverageExtras;
  /** What could not be known, as sentences. */
  readonly unknown: readonly string[];
}

/** How long no one else gets a turn, in milliseconds: an interruption has to be heard. */
const TURN = 50;

/** @throws UsageError if a path does not exist or a rule is configured wrongly */
export async function audit(input: AuditInput): Promise<Audited> {
  const { cwd, levels, settings, progress } = input;
  const linter = await FileLinter.create({ levels, settings, cwd });
  const { files, closed, leftOut } = findFiles(input.paths, cwd, input.ignores);
  const run = new Run(linter, input);
  for (const { path: folder, reason } of closed) run.leave(folder, reason, true);
  let turn = performance.now();
  for (const [index, file] of files.entries()) {
    await run.take(file);
    if (performance.now() - turn < TURN) continue;
    progress.say(`${index + 1} of ${files.length} files read, ${run.linted} of them analysed`);
    await setImmediate();
    turn = performance.now();
  }
  progress.done();
  return run.end(leftOut);
}

class Run {
  readonly #linter: FileLinter;
  readonly #input: AuditInput;
  readonly #results: ESLint.LintResult[] = [];
  readonly #inspections = new Map<string, Inspection>();
  readonly #unread: FileFacts[] = [];
  readonly #skipped = { production: 0, test: 0 };
  readonly #latin1: string[] = [];
  /** Components with words about tokens beside their scripts. */
  readonly #markup: string[] = [];

  constructor(linter: FileLinter, input: AuditInput) {
    this.#linter = linter;
    this.#input = input;
  }

  get linted(): number {
    return this.#results.length;
  }

  async take({ path: file, kind }: FoundFile): Promise<void> {
    const read = readText(file);
    if (kind === "minified") {
      const isRelevant = read.text === undefined || mentionsJwt(read.text);
      this.leave(file, "It is minified. Audit what it was made from.", isRelevant);
    } else if (read.kind === "unread") {
      this.leave(file, read.reason, read.text === undefined || this.#mentions(read.text));
    } else if (this.#mentions(read.text)) {
      if (kind === "component") await this.#lintComponent(file, read.text);
      else
        this.#keep(file, read.text, await this.#linter.lint(file, read.text, this.#isTest(file)));
      if (read.isLatin1) this.#latin1.push(this.#name(file));
    } else this.#skip(file);
  }

  /** @param relevant whether it may hold something that a rule looks at */
  leave(file: string, reason: string, relevant: boolean): void {
    const name = this.#name(file);
    this.#unread.push({ file: name, test: isTestFile(name), notAnalysed: { reason, relevant } });
  }

  end(leftOut: readonly string[]): Audited {
    const { production, test } = this.#skipped;
    return {
      results: this.#results,
      inspections: this.#inspections,
      extras: {
        skipped: [
          { count: production, test: false, rules: this.#linter.rulesFor(false) },
          { count: test, test: true, rules: this.#linter.rulesFor(true) },
        ],
        unread: this.#unread,
        ignored: leftOut,
      },
      unknown: [
        ...say("Not UTF-8, and read as Latin-1", this.#latin1),
        ...say("Tokens are mentioned outside of the scripts, where nothing is read", this.#markup),
      ],
    };
  }

  async #lintComponent(file: string, text: string): Promise<void> {
    const component = scriptsOf(file, text);
    if (component.handlesTokens) this.#markup.push(this.#name(file));
    const outcome = await lintScripts(this.#linter, file, component, this.#isTest(file));
    if (outcome === undefined) this.#skip(file);
    else this.#keep(file, text, outcome);
  }

  #skip(file: string): void {
    this.#skipped[this.#isTest(file) ? "test" : "production"]++;
  }

  #keep(file: string, text: string, outcome: LintedFile): void {
    if (outcome.kind === "failed") {
      this.leave(file, outcome.reason, true);
      return;
    }
    const { messages, suppressed, inspection } = outcome;
    this.#inspections.set(file, inspection);
    const errors = messages.filter(({ severity }) => severity === 2).length;
    this.#results.push({
      filePath: file,
      messages,
      suppressedMessages: suppressed,
      errorCount: errors,
      fatalErrorCount: 0,
      warningCount: messages.length - errors,
      fixableErrorCount: 0,
      fixableWarningCount: 0,
      usedDeprecatedRules: [],
      // Only lines with findings are looked at again.
      ...(messages.length + suppressed.length > 0 ? { source: text } : {}),
    });
  }

  #mentions(text: string): boolean {
    return mentionsTokens(text, this.#input.settings);
  }

  #isTest(file: string): boolean {
    return isTestFile(this.#name(file));
  }

  /** As the report names it. */
  #name(file: string): string {
    return relativeName(this.#input.cwd, file);
  }
}

function say(what: string, files: readonly string[]): string[] {
  return files.length === 0 ? [] : [`${what}: ${files.join(", ")}.`];
}
