/**
 * The report: what an auditor reads, as data. Published as `schemas/report.schema.json`; whatever
 * changes the meaning of a field raises `SCHEMA_VERSION`.
 *
 * It says what was seen and what was not. It never says that a control is met: a finding is
 * counter-evidence, a clean run is evidence about the files, rules and commit it names.
 */
import type { Severity } from "../types.ts";

export const SCHEMA_VERSION = "1.0.0";

export interface Report {
  readonly schemaVersion: string;
  readonly header: Header;
  readonly verdict: Verdict;
  readonly summary: Summary;
  readonly frameworks: readonly FrameworkReport[];
  /** Every rule of the plugin, and those of other plugins that reported something. */
  readonly rules: readonly RuleReport[];
  readonly findings: readonly Finding[];
  readonly waivers: readonly Waiver[];
  readonly coverage: Coverage;
  readonly policy: PolicyInForce;
  /** What has to be shown by other means. */
  readonly manual: readonly ManualEntry[];
  /** Against the report of an earlier run, where one was given. */
  readonly changes?: Changes;
  /** The reports that this one was made of, where it was merged. */
  readonly parts?: readonly Part[];
  readonly method: Method;
  /** Of everything above, serialised as in the JSON format without this field. */
  readonly integrity: { readonly algorithm: "sha256"; readonly digest: string };
}

/** The only place of the report that holds points in time other than dates of waivers. */
export interface Header {
  readonly project: string;
  readonly commit?: string;
  /** Whether the working tree had changes that are in no commit. */
  readonly dirty?: boolean;
  readonly branch?: string;
  readonly repository?: string;
  readonly run?: { readonly provider: string; readonly url?: string; readonly actor?: string };
  readonly tool: {
    readonly name: string;
    readonly version: string;
    readonly eslint: string;
    readonly node: string;
  };
  readonly digests: { readonly configuration?: string; readonly mapping: string };
  /** Which rules ran; several where reports were merged. */
  readonly ruleSets: readonly RuleSet[];
  readonly started: string;
  readonly finished: string;
  /** Through which door the run came, and what could not be known there. */
  readonly door: "formatter" | "command" | "merge";
  readonly unknown: readonly string[];
}

export type RuleSet =
  | {
      readonly source: "presets";
      readonly presets: readonly string[];
      /** Rules that the configuration file of this package set itself. */
      readonly changed: readonly string[];
    }
  | { readonly source: "eslint-config" };

export type VerdictStatus = "passed" | "failed" | "unknown";

export interface Verdict {
  readonly status: VerdictStatus;
  /** 0 passed, 1 failed, 2 could not assess. */
  readonly exitCode: 0 | 1 | 2;
  /** What decided first, then whatever else would have. */
  readonly reasons: readonly VerdictReason[];
  /** What the verdict says, and what it does not. */
  readonly meaning: string;
}

export interface VerdictReason {
  readonly rule: GateRule;
  readonly text: string;
}

type GateRule =
  | "findings"
  | "warnings"
  | "nothing-linted"
  | "not-analysed"
  | "coverage"
  | "rules-off"
  | "inline-config"
  | "passed";

export interface Summary {
  readonly findings: FindingCounts;
  readonly bySeverity: Readonly<Record<Severity, number>>;
  readonly waivers: Readonly<Record<WaiverState, number>>;
  readonly operations: number;
  readonly files: number;
}

/** Before waivers all count; after them the active ones. */
export interface FindingCounts {
  readonly beforeWaivers: number;
  readonly afterWaivers: number;
  readonly errors: number;
  readonly warnings: number;
  readonly waived: number;
}

export type Status =
  | "fail"
  | "warn"
  | "no-findings"
  | "partial"
  | "waived"
  | "not-assessed"
  | "manual"
  | "not-applicable"
  | "evidence";

type Strength = "direct" | "supporting" | "process";

export interface FrameworkReport {
  readonly id: string;
  readonly name: string;
  readonly title: string;
  readonly edition: string;
  readonly publisher: string;
  readonly url?: string;
  /** What its entries are called. */
  readonly unit: string;
  /** Whether titles are the publisher's own or ours. */
  readonly titles: "publisher" | "ours";
  /** How many entries the framework has, where that is known. */
  readonly size?: number;
  readonly notes: readonly string[];
  readonly counts: Readonly<Record<Status, number>>;
  readonly controls: readonly ControlReport[];
}

export interface ControlReport {
  readonly id: string;
  readonly title: string;
  readonly qualifier?: string;
  readonly strength: Strength;
  readonly status: Status;
  /** Why the status is what it is: one or two sentences. */
  readonly reason: string;
  readonly beforeWaivers: number;
  readonly afterWaivers: number;
  readonly waived: number;
  /** Names of the rules that bear on it. */
  readonly rules: readonly string[];
  /** Those whose findings only support it, whatever its strength. */
  readonly contributing: readonly string[];
  /** Rules of other plugins, mapped by their CWE. */
  readonly mapped: readonly string[];
  readonly why: string;
}

export interface RuleReport {
  /** The name in this plugin, or the whole id of another plugin's rule. */
  readonly id: string;
  readonly description: string;
  readonly group: string;
  readonly cwe: readonly string[];
  readonly rfc: readonly string[];
  readonly url?: string;
  /** The worst of its messages. */
  readonly severity: Severity;
  /** Of another plugin: its findings are mapped by their CWE alone. */
  readonly mappedByCwe: boolean;
  readonly controls: readonly ControlRef[];
}

export interface ControlRef {
  readonly framework: string;
  readonly control: string;
}

export interface Finding {
  /** Stays the same when lines move. */
  readonly fingerprint: string;
  /** The hash by which GitHub tells alerts apart, where the source was at hand. */
  readonly lineHash?: string;
  /** An id of `rules`. */
  readonly rule: string;
  /** As ESLint names it, which depends on the namespace in the configuration. */
  readonly ruleId: string;
  readonly messageId?: string;
  readonly level: "error" | "warn";
  readonly severity: Severity;
  readonly message: string;
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  /** Whether the file is test code. */
  readonly test: boolean;
  /** The edits that the rule offers, in words. */
  readonly suggestions: readonly string[];
  readonly status: "active" | "waived";
  /** The id of the waiver that covers it, or would if it were in order. */
  readonly waiver?: string;
  /** Why a waiver does not count. */
  readonly note?: string;
  readonly change?: "new" | "unchanged";
}

export type WaiverState = "valid" | "expiring" | "expired" | "unjustified" | "unused";

export interface Waiver {
  readonly id: string;
  /**
   * A comment that disables a rule, one that gives it another level or other options, ESLint's bulk
   * suppressions, or the waiver file.
   */
  readonly source: "directive" | "inline" | "bulk" | "file";
  readonly rule: string;
  /** A file, or the pattern of a waiver file. */
  readonly path: string;
  readonly line?: number;
  readonly fingerprint?: string;
  readonly reason?: string;
  readonly owner?: string;
  readonly approver?: string;
  readonly ticket?: string;
  readonly created?: string;
  /** The last day on which it counts, in UTC. */
  readonly expires?: string;
  readonly daysLeft?: number;
  readonly state: WaiverState;
  /** What is wrong with it, as sentences. */
  readonly problems: readonly string[];
  /** How many findings it is about; nobody knows how many a comment of the source `inline` hides. */
  readonly findings: number;
}

export interface Coverage {
  readonly files: {
    /** Given to ESLint. */
    readonly linted: number;
    readonly production: number;
    readonly test: number;
    /** Contain no word that any rule looks at. */
    readonly withoutJwt: number;
  };
  readonly notAnalysed: readonly NotAnalysed[];
  /** Where the knowledge about rules and options comes from. */
  readonly source: "configuration" | "unknown";
  /** What was left out without being looked at: patterns, or what they left out in words. */
  readonly ignored: readonly string[];
  readonly rules: readonly RuleCoverage[];
  readonly operations: readonly OperationCount[];
  readonly checks: readonly Check[];
  /** In how many files comments can switch rules off, and in which they do. */
  readonly inlineConfig: {
    readonly allowed: boolean | "unknown";
    readonly changes: readonly InlineChange[];
  };
}

export interface NotAnalysed {
  readonly file: string;
  readonly reason: string;
  /** Whether it contains a word that a rule looks at, as far as it could be read. */
  readonly relevant: boolean;
}

export interface RuleCoverage {
  readonly rule: string;
  /** Files of production code in which the rule was on, of all there are. */
  readonly on: number;
  readonly of: number;
  readonly onInTests: number;
  /** Of those in which it was on, the files in which a comment gave it other options. */
  readonly reconfigured: number;
  readonly settings: readonly RuleSetting[];
}

export interface RuleSetting {
  readonly level: "error" | "warn";
  readonly options: readonly unknown[];
  readonly files: number;
}

export interface InlineChange {
  readonly file: string;
  readonly line: number;
  readonly rule: string;
  readonly level: RuleLevel;
  /** Those in force in the file, where the rule is on. */
  readonly options: readonly unknown[];
  /** What the configuration says, and the comment overrides. */
  readonly configured: { readonly level: RuleLevel; readonly options: readonly unknown[] };
  /** The id of the waiver that accounts for it, where it may hide something. */
  readonly waiver?: string;
}

type RuleLevel = "off" | "warn" | "error";

export interface OperationCount {
  readonly kind: string;
  readonly library: string;
  readonly count: number;
  readonly files: number;
}

/** How many operations a rule looked at, in files where it was on, and what it found. */
export interface Check {
  readonly rule: string;
  readonly looked: number;
  readonly withoutFinding: number;
  readonly withFinding: number;
  /** What decides stands out of sight: the rule says nothing about these. */
  readonly undecided: number;
}

export interface PolicyInForce {
  readonly gate: Gate;
  readonly waivers: WaiverPolicy;
}

export type FailOn = "error" | "warn" | "none" | Severity;

export interface Gate {
  readonly failOn: FailOn;
  readonly maxWarnings?: number;
  /** Percentage of production files that must have been analysed. */
  readonly minCoverage?: number;
  /** With a baseline: judge new findings alone. */
  readonly newOnly: boolean;
  /** Whether a finding whose waiver has expired fails the gate, or is only said. */
  readonly expiredWaivers: "fail" | "warn";
  /** Rules that must be on in all production files. */
  readonly requireRules: readonly string[];
}

export interface WaiverPolicy {
  readonly requireJustification: boolean;
  readonly requireTicket: boolean;
  readonly requireApprover: boolean;
  readonly requireExpiry: boolean;
  readonly maxDays?: number;
  /** How long before its end a waiver is listed as expiring. */
  readonly warnDays: number;
}

export interface ManualEntry {
  readonly id: string;
  readonly title: string;
  readonly question: string;
  /** What answers it, and can be filed. */
  readonly evidence: string;
  readonly owner: string;
  readonly controls: readonly ControlRef[];
}

export interface Changes {
  readonly baseline: { readonly commit?: string; readonly finished: string };
  readonly new: number;
  readonly unchanged: number;
  readonly newlyWaived: readonly string[];
  readonly fixed: readonly Pick<Finding, "fingerprint" | "rule" | "file" | "line" | "message">[];
}

export interface Part {
  readonly project: string;
  readonly commit?: string;
  readonly branch?: string;
  readonly finished: string;
  readonly verdict: VerdictStatus;
  readonly files: number;
  readonly operations: number;
  readonly findings: FindingCounts;
  readonly notAnalysed: number;
}

export interface Method {
  readonly statements: readonly string[];
  readonly limits: readonly string[];
}
