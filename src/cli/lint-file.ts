/** Lints one file with the rules of the audit, and notes for the report what it holds. */
import path from "node:path";
import { ESLint } from "eslint";
import type { Linter, Rule } from "eslint";
import { createProbe } from "../report/index.ts";
import type { Inspection, Probe } from "../report/index.ts";
import { attempts } from "./parsers/attempts.ts";
import type { Attempt } from "./parsers/attempts.ts";
import { PackageTypes } from "./parsers/package-type.ts";
import { ProjectParsers } from "./parsers/project-parser.ts";
import { plugin } from "./plugin.ts";
import type { RuleLevels } from "./rule-levels.ts";
import { NAMESPACE } from "../configs/index.ts";
import { UsageError } from "./usage-error.ts";

export type LintedFile =
  | {
      readonly kind: "linted";
      readonly messages: Linter.LintMessage[];
      readonly suppressed: Linter.SuppressedLintMessage[];
      readonly inspection: Inspection;
    }
  | { readonly kind: "failed"; readonly reason: string };

interface Settings {
  readonly levels: RuleLevels;
  /** As of ESLint: by the name of the plugin. */
  readonly settings: Readonly<Record<string, unknown>>;
  readonly cwd: string;
}

/** ESLint leaves these out by itself; whoever names them wants them read. */
const NOTHING_IGNORED: Linter.Config = { ignores: ["!**/node_modules/", "!**/.git/"] };

/** A file of production code or of tests, in a folder, read in one way: ESLint with its configuration. */
interface Place {
  readonly folder: string;
  readonly test: boolean;
  readonly attempt: Attempt;
}

export class FileLinter {
  readonly #settings: Settings;
  readonly #types = new PackageTypes();
  readonly #parsers = new ProjectParsers();
  /** Kept: a configuration costs as much as a small file. */
  readonly #instances = new Map<Attempt, Map<string, ESLint>>();
  #probe: Probe | undefined;

  private constructor(settings: Settings) {
    this.#settings = settings;
  }

  /** @throws UsageError if a rule is configured in a way that it does not take */
  static async create({ levels, ...settings }: Settings): Promise<FileLinter> {
    try {
      const [production, test] = await Promise.all(
        [levels.production, levels.test].map((rules) => inForce(rules, settings.cwd)),
      );
      return new FileLinter({ ...settings, levels: { production, test } as RuleLevels });
    } catch (error) {
      throw new UsageError(`The rules cannot be used so. ${firstLines(error)}`);
    }
  }

  /** The rules that run in production code, or in tests. */
  rulesFor(test: boolean): Inspection["rules"] {
    return createProbe("", this.#config(test)).finish().rules;
  }

  /** @param as a name that says what kind of script the text is, where that of the file does not */
  async lint(file: string, text: string, test: boolean, as = file): Promise<LintedFile> {
    let failure: string | undefined;
    try {
      for await (const attempt of attempts(as, text, this.#types, this.#parsers)) {
        const place = { folder: this.#folderOf(file), test, attempt };
        const outcome = await this.#lintAs(file, text, place);
        if (outcome.kind === "linted") return outcome;
        // What the most likely reading says is the most useful.
        failure ??= outcome.reason;
      }
    } catch (error) {
      failure ??= `It could not be analysed: ${firstLine(error)}`;
    }
    return { kind: "failed", reason: failure ?? "It could not be parsed." };
  }

  async #lintAs(file: string, text: string, place: Place): Promise<LintedFile> {
    const config = this.#config(place.test);
    const probe = createProbe(text, config);
    this.#probe = probe;
    const [result] = await this.#eslintFor(place).lintText(text, { filePath: file });
    if (result === undefined) return { kind: "failed", reason: "ESLint leaves it out." };
    const fatal = result.messages.find((message) => message.fatal === true);
    if (fatal !== undefined) {
      return { kind: "failed", reason: `Line ${fatal.line}: ${fatal.message}` };
    }
    return {
      kind: "linted",
      messages: result.messages.filter(
        (message) => !isAboutRulesThatAreOff(message, config.rules ?? {}),
      ),
      suppressed: result.suppressedMessages,
      inspection: probe.finish("It could not be looked at for the report."),
    };
  }

  #eslintFor({ folder, test, attempt }: Place): ESLint {
    const byFolder = this.#instances.get(attempt) ?? new Map<string, ESLint>();
    this.#instances.set(attempt, byFolder);
    const key = `${String(test)} ${folder}`;
    const known = byFolder.get(key) ?? this.#createEslint({ folder, test, attempt });
    byFolder.set(key, known);
    return known;
  }

  #createEslint({ folder, test, attempt }: Place): ESLint {
    const probe: Rule.RuleModule = { create: (context) => this.#probe?.rule.create(context) ?? {} };
    const coverage = `${NAMESPACE}-coverage`;
    return new ESLint({
      cwd: folder,
      overrideConfigFile: true,
      overrideConfig: [
        NOTHING_IGNORED,
        { ...this.#config(test), languageOptions: attempt },
        {
          files: ["**"],
          plugins: { [coverage]: { rules: { probe } } },
          rules: { [`${coverage}/probe`]: "error" },
        },
      ],
    });
  }

  #config(test: boolean): Linter.Config {
    const { levels, settings } = this.#settings;
    return {
      files: ["**"],
      plugins: { [NAMESPACE]: plugin },
      rules: test ? levels.test : levels.production,
      settings: { ...settings },
      // Comments that disable nothing are listed with the waivers.
      linterOptions: { reportUnusedDisableDirectives: "warn" },
    };
  }

  /** Messages name other files relative to the folder of ESLint, which has to hold the file. */
  #folderOf(file: string): string {
    const { cwd } = this.#settings;
    const name = path.relative(cwd, file);
    return name.startsWith("..") || path.isAbsolute(name) ? path.dirname(file) : cwd;
  }
}

/** With the options that the rules have by default, as ESLint adds them. */
async function inForce(rules: Linter.RulesRecord, cwd: string): Promise<Linter.RulesRecord> {
  const eslint = new ESLint({
    cwd,
    overrideConfigFile: true,
    overrideConfig: [{ files: ["**"], plugins: { [NAMESPACE]: plugin }, rules }],
  });
  const config = (await eslint.calculateConfigForFile(path.join(cwd, "file.js"))) as Linter.Config;
  return config.rules as Linter.RulesRecord;
}

/** That a comment disables a rule which this run leaves off says nothing about the comment. */
function isAboutRulesThatAreOff(
  { ruleId, message }: Linter.LintMessage,
  rules: Partial<Linter.RulesRecord>,
): boolean {
  if (ruleId !== null || !message.startsWith("Unused eslint-disable")) return false;
  const named = [...message.matchAll(/'([^']+)'/gu)].map(([, id = ""]) => id);
  return named.length > 0 && named.every((id) => [rules[id] ?? 0].flat()[0] === 0);
}

function firstLine(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text.split("\n", 1)[0] ?? "";
}

function firstLines(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "")
    .join(" ");
}
