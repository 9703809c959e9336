/** Reads ESLint's results: findings, disable comments that disable nothing, files that failed. */
import path from "node:path";
import type { ESLint, Linter } from "eslint";
import { isTestFile } from "../configs/test-files.ts";
import { identify, severityOf } from "./catalogue.ts";
import type { KnownRule, RulesMeta } from "./catalogue.ts";
import { Fingerprints } from "./fingerprint.ts";
import { lineHashes } from "./line-hash.ts";
import { mask } from "./mask.ts";
import type { NotAnalysed } from "./types.ts";
import type { RawFinding, Suppression, UnusedDirective } from "./waivers.ts";

export interface Collected {
  readonly findings: readonly RawFinding[];
  readonly unused: readonly UnusedDirective[];
  readonly files: readonly CollectedFile[];
  /** Rules of other plugins that reported something and name a CWE. */
  readonly others: readonly Extract<KnownRule, { kind: "other" }>[];
}

export interface CollectedFile {
  readonly file: string;
  readonly path: string;
  readonly source: string | undefined;
  readonly test: boolean;
  readonly problem:
    (Omit<NotAnalysed, "file" | "relevant"> & { readonly fatal: boolean }) | undefined;
}

type Message = Linter.LintMessage & { readonly suppressions?: readonly Suppression[] };

/** How far from the start of a line GitHub's hash of it can reach, in lines. */
const HASHED_LINES = 4;

/**
 * @param results as ESLint gives them to a formatter or writes with `-f json`
 * @param cwd what the names of files are relative to
 */
export function collect(
  results: readonly ESLint.LintResult[],
  rulesMeta: RulesMeta,
  cwd: string,
): Collected {
  const findings: RawFinding[] = [];
  const unused: UnusedDirective[] = [];
  const files: CollectedFile[] = [];
  const others = new Map<string, Extract<KnownRule, { kind: "other" }>>();
  const known = new Map<string, KnownRule | undefined>();
  const ruleOf = (id: string): KnownRule | undefined => {
    if (!known.has(id)) known.set(id, identify(id, rulesMeta));
    return known.get(id);
  };

  const named = results.map((result) => ({ result, file: relativeName(cwd, result.filePath) }));
  for (const { result, file } of named.toSorted((a, b) => compare(a.file, b.file))) {
    const { messages, suppressedMessages, source } = result;
    files.push({
      file,
      path: result.filePath,
      source,
      test: isTestFile(file),
      problem: problemOf(messages),
    });
    for (const message of messages) unused.push(...unusedDirective(message, file, ruleOf));
    const all: Message[] = [...messages, ...((suppressedMessages as Message[] | undefined) ?? [])];
    const reported = all.flatMap((message) => {
      const rule =
        message.ruleId == null || message.fatal === true ? undefined : ruleOf(message.ruleId);
      if (rule?.kind === "other") others.set(rule.id, rule);
      return rule === undefined ? [] : [{ message, rule }];
    });
    findings.push(...toFindings(reported.toSorted(byPosition), file, source));
  }
  return {
    findings,
    unused,
    files,
    others: [...others.values()].toSorted((a, b) => compare(a.id, b.id)),
  };
}

interface Reported {
  readonly message: Message;
  readonly rule: KnownRule;
}

function toFindings(
  reported: readonly Reported[],
  file: string,
  source: string | undefined,
): RawFinding[] {
  if (reported.length === 0) return [];
  const fingerprints = new Fingerprints();
  const lines = source?.split(/\r\n|[\n\r\u2028\u2029]/u);
  const hashes = source === undefined ? undefined : lineHashes(source, hashable(reported));
  return reported.map(({ message, rule }) => {
    const { line, column, endLine, endColumn, messageId } = message;
    const text = mask(message.message);
    const id = rule.kind === "own" ? rule.name : rule.id;
    const lineHash = hashes?.get(line);
    return {
      finding: {
        fingerprint: fingerprints.of({
          rule: id,
          messageId,
          message: text,
          file,
          text: lines?.[line - 1],
          line,
        }),
        ...(lineHash === undefined ? {} : { lineHash }),
        rule: id,
        ruleId: message.ruleId ?? id,
        ...(messageId === undefined ? {} : { messageId }),
        level: message.severity === 2 ? "error" : "warn",
        severity: severityOf(rule, messageId, message.severity),
        message: text,
        file,
        line: Math.max(1, line),
        column: Math.max(1, column),
        endLine: Math.max(1, line, endLine ?? line),
        endColumn: Math.max(1, endColumn ?? column),
        test: isTestFile(file),
        suggestions: (message.suggestions ?? []).map(({ desc }) => mask(desc)),
      },
      suppressions: message.suppressions ?? [],
    };
  });
}

/**
 * Lines that may be hashed. The hash covers what a line says, and whoever knows the code could try
 * keys until it fits: lines in which a rule saw a key get none.
 */
function hashable(reported: readonly Reported[]): Set<number> {
  const lines = new Set(reported.map(({ message }) => message.line));
  for (const { message, rule } of reported) {
    if (rule.kind === "own" && !holdsSecret(rule)) continue;
    for (
      let line = message.line - HASHED_LINES;
      line <= (message.endLine ?? message.line);
      line++
    ) {
      lines.delete(line);
    }
  }
  return lines;
}

function holdsSecret({ name, rule }: Extract<KnownRule, { kind: "own" }>): boolean {
  return rule.meta.docs.group === "keys" || name === "no-hardcoded-token";
}

function problemOf(messages: readonly Message[]): CollectedFile["problem"] {
  const fatal = messages.find((message) => message.fatal === true);
  if (fatal !== undefined) {
    return { reason: `Line ${fatal.line}: ${mask(fatal.message)}`, fatal: true };
  }
  const ignored = messages.find(
    ({ ruleId, message }) => ruleId === null && message.startsWith("File ignored"),
  );
  return ignored === undefined
    ? undefined
    : { reason: "The configuration ignores it.", fatal: false };
}

function unusedDirective(
  { ruleId, message, line }: Message,
  file: string,
  ruleOf: (id: string) => KnownRule | undefined,
): UnusedDirective[] {
  if (ruleId !== null || !/^Unused (?:eslint-disable|inline)/u.test(message)) return [];
  const rules = [...message.matchAll(/'([^']+)'/gu)].flatMap(([, id = ""]) => {
    const rule = ruleOf(id);
    return rule?.kind === "own" ? [rule.name] : [];
  });
  return rules.length === 0 ? [] : [{ file, line, rules }];
}

/**
 * How a report names a file: with slashes on every system; one outside of the folder keeps its whole
 * path.
 */
export function relativeName(cwd: string, file: string): string {
  const found = path.relative(cwd, file);
  const isInside = found !== "" && !found.startsWith("..") && !path.isAbsolute(found);
  return (isInside ? found : file).replaceAll("\\", "/");
}

function byPosition({ message: a, rule: r }: Reported, { message: b, rule: s }: Reported): number {
  return (
    a.line - b.line ||
    a.column - b.column ||
    compare(nameOf(r), nameOf(s)) ||
    compare(a.messageId ?? "", b.messageId ?? "") ||
    compare(a.message, b.message)
  );
}

function nameOf(rule: KnownRule): string {
  return rule.kind === "own" ? rule.name : rule.id;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
