/** `--explain`: what bears on a control and why, on which controls a rule bears. */
import { explain } from "../compliance/index.ts";
import type { ControlExplanation, Explanation, Framework } from "../compliance/index.ts";
import { frameworks as builtIn } from "../compliance/index.ts";
import { ruleModules } from "./plugin.ts";
import { entry, wrap } from "./text.ts";
import { UsageError } from "./usage-error.ts";

const COLUMN = 34;

/**
 * @param own frameworks that are not built in
 * @throws UsageError if there is nothing of that name
 */
export function explainCommand(query: string, own: readonly Framework[]): string {
  const others = own.filter((framework) => !builtIn.includes(framework));
  const explanation = explain(query, [...builtIn, ...others]);
  return `${say(explanation).join("\n")}\n`;
}

function say(explanation: Explanation): string[] {
  switch (explanation.kind) {
    case "control":
      return explanation.controls.flatMap((control, index) => [
        ...(index === 0 ? [] : ["", ""]),
        ...sayControl(control),
      ]);
    case "rule":
      return sayRule(explanation);
    case "framework":
      return sayFramework(explanation.framework);
    case "unknown": {
      const { query, suggestion } = explanation;
      const hint =
        suggestion === undefined
          ? " --list-frameworks and --list-rules say what there is."
          : ` Did you mean ${JSON.stringify(suggestion)}?`;
      throw new UsageError(`${JSON.stringify(query)} is no control, rule or framework.${hint}`);
    }
  }
}

function sayControl(explanation: ControlExplanation): string[] {
  const { framework, id, control, notMapped, rules, checklist, successors } = explanation;
  const { predecessors = [] } = explanation;
  const facts = [framework.name, framework.unit, control?.strength, control?.qualifier];
  return [
    control === undefined ? id : `${id}  ${control.title}`,
    facts.filter((fact) => fact !== undefined).join(" · "),
    ...(control === undefined
      ? ["", ...wrap(notMapped ?? "No rule bears on it.")]
      : ["", ...wrap(control.why)]),
    ...(rules.length === 0 ? [] : ["", "Rules, and what a finding of each shows"]),
    ...rules.flatMap(({ rule, strength, finding }) => [
      `  ${rule} (${strength})`,
      ...wrap(finding, 4),
    ]),
    ...(checklist.length === 0 ? [] : ["", "What reading code cannot answer"]),
    ...checklist.flatMap(({ question, evidence, owner }) => [
      ...wrap(question, 2),
      ...wrap(`Evidence: ${evidence}. Ask: ${owner}.`.replaceAll("..", "."), 4),
    ]),
    ...(predecessors.length === 0 ? [] : ["", ...wrap(`Came from ${predecessors.join(", ")}.`)]),
    ...(successors.length === 0 ? [] : ["", ...wrap(`Went to ${successors.join(", ")}.`)]),
  ];
}

function sayRule({
  rule,
  finding,
  frameworks,
}: Extract<Explanation, { readonly kind: "rule" }>): string[] {
  const docs = ruleModules[rule]?.meta.docs;
  return [
    rule,
    ...wrap(`${docs?.description ?? ""}.`),
    "",
    ...wrap(finding),
    ...(docs === undefined ? [] : ["", ...wrap([...docs.cwe, ...docs.rfc].join(", ")), docs.url]),
    ...frameworks.flatMap(({ framework, controls }) => [
      "",
      framework.name,
      ...controls.flatMap(({ control, strength }) =>
        entry(`  ${control.id} (${strength})`, control.title, COLUMN),
      ),
    ]),
  ];
}

function sayFramework({
  id,
  name,
  title,
  url,
  unit,
  controls,
  notes,
  preset,
}: Framework): string[] {
  return [
    `${name}  ${title}`,
    ...wrap(`--framework ${id}${preset === undefined ? "" : ` · preset ${preset.name}`}`),
    ...(url === undefined ? [] : [url]),
    "",
    `Every ${unit} on which a rule bears`,
    ...controls.flatMap(({ id: control, title: text, strength }) =>
      entry(`  ${control} (${strength})`, text, COLUMN),
    ),
    ...(notes.length === 0 ? [] : [""]),
    ...notes.flatMap((note) => wrap(note)),
  ];
}
