/** Which controls a rule bears on, and how much. */
import { ruleNames } from "./findings.ts";
import type { RuleName } from "./findings.ts";
import type { Control, Framework, Strength } from "./types.ts";

const RANK: Readonly<Record<Strength, number>> = { process: 0, supporting: 1, direct: 2 };

/** How a finding of the rule bears on the control; `undefined` if it does not. */
export function strengthOn(control: Control, rule: RuleName): Strength | undefined {
  if (control.rules === "all" || control.rules.includes(rule)) return control.strength;
  return control.contributing?.includes(rule) === true ? "supporting" : undefined;
}

/** The rules that bear on a control, those with more weight first. */
export function rulesOf(control: Control): { rule: RuleName; strength: Strength }[] {
  return ruleNames
    .flatMap((rule) => {
      const strength = strengthOn(control, rule);
      return strength === undefined ? [] : [{ rule, strength }];
    })
    .sort((a, b) => RANK[b.strength] - RANK[a.strength]);
}

/** The controls of a framework that a rule bears on, in the framework's order. */
export function controlsOf(
  framework: Framework,
  rule: RuleName,
): { control: Control; strength: Strength }[] {
  return framework.controls.flatMap((control) => {
    const strength = strengthOn(control, rule);
    return strength === undefined ? [] : [{ control, strength }];
  });
}

/**
 * The most that a finding of the rule means in the framework, as far as a control names the rule.
 * Controls that concern every rule alike say nothing about this one.
 */
export function weightIn(framework: Framework, rule: RuleName): Strength | undefined {
  return strongest(
    framework.controls
      .filter((control) => control.rules !== "all")
      .flatMap((control) => strengthOn(control, rule) ?? []),
  );
}

export function strongest(strengths: readonly Strength[]): Strength | undefined {
  return [...strengths].sort((a, b) => RANK[b] - RANK[a])[0];
}
