/** What bears on a control, and why; on which controls a rule bears; what a framework is. */
import { controlsOf, rulesOf } from "./bearing.ts";
import { checklistOf } from "./checklist.ts";
import type { ChecklistEntry } from "./checklist.ts";
import { predecessorsOf, successorsOf } from "./correspondence.ts";
import { controlOf, findControlId, findFramework, findGroup, idsOf } from "./find.ts";
import { findings, isRuleName, ruleNames } from "./findings.ts";
import type { RuleName } from "./findings.ts";
import { frameworks as builtIn } from "./frameworks/index.ts";
import { nearest } from "./suggest.ts";
import type { Control, Framework, Strength } from "./types.ts";

export interface ControlExplanation {
  readonly framework: Framework;
  readonly id: string;
  /** Absent if no rule bears on it. */
  readonly control?: Control;
  /** Why no rule bears on it, where somebody thought about it. */
  readonly notMapped?: string;
  /** The rules, those with more weight first, and what a finding of each shows. */
  readonly rules: readonly { rule: RuleName; strength: Strength; finding: string }[];
  /** What people have to answer. */
  readonly checklist: readonly ChecklistEntry[];
  /** Where it went in the edition that followed. */
  readonly successors: readonly string[];
  /** Where it came from; empty if it is new in its edition, absent if not known. */
  readonly predecessors?: readonly string[];
}

export type Explanation =
  | { readonly kind: "control"; readonly controls: readonly ControlExplanation[] }
  | {
      readonly kind: "rule";
      readonly rule: RuleName;
      readonly finding: string;
      readonly frameworks: readonly {
        readonly framework: Framework;
        readonly controls: readonly { control: Control; strength: Strength }[];
      }[];
    }
  | { readonly kind: "framework"; readonly framework: Framework }
  | { readonly kind: "unknown"; readonly query: string; readonly suggestion?: string };

/**
 * Explains a control (`A.8.24`, `CC6.1`, `asvs 9.1.2`), a heading of controls (`A.9.1`), a rule or
 * a framework. An id that several frameworks use is explained in each of them, unless the query
 * names one.
 */
export function explain(query: string, frameworks: readonly Framework[] = builtIn): Explanation {
  const text = query.trim();
  const rule = text.replace(/^jwt-audit\//u, "").toLowerCase();
  if (isRuleName(rule)) return explainRule(rule, frameworks);
  const framework = findFramework(text, frameworks);
  if (framework !== undefined) return { kind: "framework", framework };

  const qualified = splitQuery(text, frameworks);
  const where = qualified === undefined ? frameworks : [qualified.framework];
  const id = qualified?.id ?? text;
  const found = where.flatMap((each) => explainControls(each, id));
  const mapped = found.filter(({ control, notMapped }) => (control ?? notMapped) !== undefined);
  // That an id has the form of a framework's ids says little where another one maps it.
  const controls = mapped.length > 0 ? mapped : found;
  if (controls.length > 0) return { kind: "control", controls };

  const suggestion = nearest(id, [...where.flatMap(idsOf), ...ruleNames]);
  return { kind: "unknown", query: text, ...(suggestion === undefined ? {} : { suggestion }) };
}

function explainRule(rule: RuleName, frameworks: readonly Framework[]): Explanation {
  return {
    kind: "rule",
    rule,
    finding: findings[rule],
    frameworks: frameworks
      .map((framework) => ({ framework, controls: controlsOf(framework, rule) }))
      .filter(({ controls }) => controls.length > 0),
  };
}

function explainControls(framework: Framework, text: string): ControlExplanation[] {
  const id = findControlId(framework, text);
  const ids = id === undefined ? findGroup(framework, text) : [id];
  return ids.map((each) => explainControl(framework, each));
}

export function explainControl(framework: Framework, id: string): ControlExplanation {
  const control = controlOf(framework, id);
  const notMapped = framework.notMapped?.[id];
  const predecessors = predecessorsOf(framework.id, id);
  return {
    framework,
    id,
    ...(control === undefined ? {} : { control }),
    ...(notMapped === undefined ? {} : { notMapped }),
    rules: control === undefined ? [] : rulesOf(control).map(withFinding),
    checklist: checklistOf(framework.id, id),
    successors: successorsOf(framework.id, id),
    ...(predecessors === undefined ? {} : { predecessors }),
  };
}

function withFinding({ rule, strength }: { rule: RuleName; strength: Strength }) {
  return { rule, strength, finding: findings[rule] };
}

/** `iso27001:2013:A.9.4.2` and `RFC 8725 section 3.1`: the longest beginning that is a framework. */
function splitQuery(
  text: string,
  frameworks: readonly Framework[],
): { framework: Framework; id: string } | undefined {
  const ends = [...text.matchAll(/[\s:/]+/gu)].reverse();
  for (const { 0: separator, index } of ends) {
    const framework = findFramework(text.slice(0, index), frameworks);
    if (framework !== undefined) return { framework, id: text.slice(index + separator.length) };
  }
  return undefined;
}
