/** A framework as data: what a set of rules means in the numbering of a standard. */
import type { RuleName } from "./findings.ts";

/**
 * How a finding bears on a control.
 *
 * - `direct`: the code does what the control is there to prevent. A finding is counter-evidence.
 * - `supporting`: the finding weakens the control; other measures may make up for it.
 * - `process`: no finding bears on it. That the run happened, when and on what, is the evidence.
 */
export type Strength = "direct" | "supporting" | "process";

export interface Control {
  /** As the publisher writes it: `A.8.24`, `CC6.1`. */
  readonly id: string;
  readonly title: string;
  /** What the publisher says of its reach: a level, a baseline, `addressable`. */
  readonly qualifier?: string;
  readonly strength: Strength;
  /** The rules whose findings bear on it with that strength; `all` for every rule there is. */
  readonly rules: readonly RuleName[] | "all";
  /** Rules whose findings only support it, whatever its strength. */
  readonly contributing?: readonly RuleName[];
  /** What connects the rules with the control: one sentence, not the standard's. */
  readonly why: string;
}

/** One rule's setting in the preset of a framework that asks for more than the rule's defaults. */
export interface Policy {
  readonly level: "error" | "warn";
  readonly options: Readonly<Record<string, unknown>>;
  /** What in the framework asks for it. */
  readonly why: string;
}

/** The preset of ESLint that is computed from a framework. */
export interface FrameworkPreset {
  readonly name: string;
  readonly policy: Readonly<Partial<Record<RuleName, Policy>>>;
}

export interface Framework {
  readonly id: string;
  /** Other names by which people ask for it. */
  readonly aliases: readonly string[];
  /** Short, with the edition: `ISO/IEC 27001:2022`. */
  readonly name: string;
  readonly title: string;
  readonly edition: string;
  readonly publisher: string;
  readonly url?: string;
  /** What its entries are called: control, criterion, requirement, section. */
  readonly unit: string;
  /** Whether the titles of its controls are the publisher's, or ours where there are none. */
  readonly titles: "publisher" | "ours";
  /** The form of an id. */
  readonly idPattern: RegExp;
  /** Every id of the framework, mapped or not, where the list is short enough to be known. */
  readonly catalogue?: readonly string[];
  readonly controls: readonly Control[];
  /** Controls that somebody may look for, and why no rule bears on them. */
  readonly notMapped?: Readonly<Record<string, string>>;
  /** What a reader should know before quoting it. */
  readonly notes: readonly string[];
  readonly preset?: FrameworkPreset;
}
