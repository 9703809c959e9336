/**
 * The public types. They reach nothing but ESLint's own, so that whoever type-checks against the
 * plugin needs no other package.
 */
import type { ESLint, Linter, Rule } from "eslint";

/** What a rule is about; the chapters of the rule list. */
export type RuleGroup = "algorithms" | "keys" | "verification" | "issuance" | "handling";

/**
 * How bad one kind of finding is. `policy` is for findings that break a house rule rather than a
 * defence.
 */
export type Severity = "critical" | "high" | "medium" | "low" | "policy";

/** The lowest preset that turns the rule on; `false` is `all` only. */
export type Recommended = false | "recommended" | "strict";

/** What a rule says about itself. Presets, the documentation and the report are computed from it. */
export interface RuleDocs<MessageIds extends string = string> {
  readonly description: string;
  readonly group: RuleGroup;
  readonly recommended: Recommended;
  /** With these options, a rule that `strict` turns on is part of `recommended` as well. */
  readonly recommendedOptions?: readonly unknown[];
  /** The severity of each message. */
  readonly messages: Readonly<Record<MessageIds, Severity>>;
  readonly cwe: readonly `CWE-${number}`[];
  /** Sections of standards, such as `RFC 8725 section 3.1`. */
  readonly rfc: readonly string[];
  /** Which words a file has to contain before the rule looks at it; `jwt` if not given. */
  readonly gate?: "jwt" | "token";
  /** What becomes of the rule in test code; `off` if not given. */
  readonly inTests?: "off" | "warn" | "same";
  /** The page of the rule in the version that ran. */
  readonly url: string;
}

/** A rule of this plugin, as ESLint sees it. */
export interface JwtRule extends Rule.RuleModule {
  readonly meta: Rule.RuleMetaData & {
    readonly type: "problem" | "suggestion";
    readonly docs: RuleDocs;
    readonly messages: Record<string, string>;
  };
}

/** A preset: a block for all files, then a block for test code. */
export type JwtConfig = Linter.Config[];

/** A preset that is computed from a framework of controls. */
export type FrameworkPresetName = "asvs" | "iso27001" | "nist-800-53" | "pci-dss" | "soc2";

export type PresetName = "all" | "recommended" | "strict" | FrameworkPresetName;

export interface JwtAuditPlugin extends ESLint.Plugin {
  readonly meta: { readonly name: string; readonly version: string; readonly namespace: string };
  readonly rules: Record<string, JwtRule>;
  readonly configs: Record<PresetName, JwtConfig>;
}
