/** Which control a rule bears on, and why: frameworks, the checklist, the articles. */
export { loadStatementOfApplicability, readStatementOfApplicability } from "./applicability.ts";
export type { ApplicabilityEntry, StatementOfApplicability } from "./applicability.ts";
export { controlsOf, rulesOf, strengthOn, strongest, weightIn } from "./bearing.ts";
export { checklist, checklistOf } from "./checklist.ts";
export type { ChecklistEntry, ChecklistId } from "./checklist.ts";
export { correspondences, predecessorsOf, successorsOf } from "./correspondence.ts";
export { loadFramework, readFramework } from "./custom.ts";
export { explain, explainControl } from "./explain.ts";
export type { ControlExplanation, Explanation } from "./explain.ts";
export { controlOf, findControlId, findFramework, idsOf, nearestFramework } from "./find.ts";
export { findings, isRuleName, ruleNames } from "./findings.ts";
export type { RuleName } from "./findings.ts";
export { defaultFramework, frameworks } from "./frameworks/index.ts";
export { ComplianceFileError } from "./problems.ts";
export { articles, statements } from "./statements.ts";
export type { ArticleId, Statement } from "./statements.ts";
export type { Control, Framework, FrameworkPreset, Policy, Strength } from "./types.ts";
