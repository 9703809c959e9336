/**
 * A framework of a user's own: the controls of a house standard, with the rules that bear on them.
 *
 * The form is published as schemas/framework.schema.json. It is read by hand rather than with that
 * schema: a schema says that a text matches no pattern, and people need to hear what would.
 */
import { readFileSync } from "node:fs";
import { strongest, strengthOn } from "./bearing.ts";
import { controlOf, findControlId, findFramework, nearestFramework } from "./find.ts";
import { isRuleName, ruleNames } from "./findings.ts";
import type { RuleName } from "./findings.ts";
import { frameworks as builtIn } from "./frameworks/index.ts";
import { join, Problems } from "./problems.ts";
import type { Json } from "./problems.ts";
import { didYouMean } from "./suggest.ts";
import type { Control, Framework, Strength } from "./types.ts";
import { describeUnknownControl } from "./unknown-control.ts";

const STRENGTHS = ["direct", "supporting", "process"] as const satisfies readonly Strength[];

/** Reads a framework from a file. Throws a `ComplianceFileError` that names all that is wrong. */
export function loadFramework(file: string): Framework {
  return readFramework(readFileSync(file, "utf8"), file);
}

export function readFramework(json: string, file: string): Framework {
  const problems = new Problems(file);
  const document = problems.parse(json);
  problems.keys(
    document,
    "",
    ["id", "name", "controls"],
    ["$schema", "aliases", "title", "edition", "publisher", "url", "unit", "notes"],
  );
  const id = problems.text(document, "id", "") ?? "";
  const name = problems.text(document, "name", "") ?? id;
  if (id !== "" && !/^[a-z0-9][a-z0-9.-]*$/u.test(id)) {
    problems.add("id", "It is made of small letters, digits, dots and hyphens.");
  }
  const clash = findFramework(id);
  if (clash !== undefined) {
    problems.add("id", `${JSON.stringify(id)} already stands for ${clash.name}. Choose another.`);
  }
  const url = problems.text(document, "url", "");
  const controls = readControls(document, problems);
  const framework: Framework = {
    id,
    aliases: problems.texts(document, "aliases", ""),
    name,
    title: problems.text(document, "title", "") ?? name,
    edition: problems.text(document, "edition", "") ?? "",
    publisher: problems.text(document, "publisher", "") ?? "",
    ...(url === undefined ? {} : { url }),
    unit: problems.text(document, "unit", "") ?? "control",
    titles: "publisher",
    idPattern: /^.+$/u,
    catalogue: controls.map((control) => control.id),
    controls,
    notes: problems.texts(document, "notes", ""),
  };
  problems.done();
  return framework;
}

function readControls(document: Json, problems: Problems): Control[] {
  const seen = new Set<string>();
  const objects = problems.objects(document, "controls", "");
  if (Array.isArray(document.controls) && document.controls.length === 0) {
    problems.add("controls", "The list is empty. A framework has at least one control.");
  }
  return objects.map(([object, path]) => {
    const control = readControl(object, path, problems);
    if (seen.has(control.id)) {
      problems.add(`${path}.id`, `${JSON.stringify(control.id)} stands here a second time.`);
    }
    if (control.id !== "") seen.add(control.id);
    return control;
  });
}

function readControl(object: Json, path: string, problems: Problems): Control {
  problems.keys(
    object,
    path,
    ["id", "title"],
    ["qualifier", "strength", "rules", "contributing", "like", "why"],
  );
  const id = problems.text(object, "id", path) ?? "";
  const qualifier = problems.text(object, "qualifier", path);
  const like = readLike(object, path, problems);
  const isLike = Array.isArray(object.like) && object.like.length > 0;
  if (object.rules === undefined && !isLike) {
    problems.add(
      path,
      'It has neither rules nor like. Name the rules that bear on it ("rules": ["no-none-algorithm"] or "rules": "all"), or a control that it is like ("like": ["iso27001 A.8.24"]).',
    );
  } else if (object.why === undefined && !isLike) {
    problems.add(`${path}.why`, "It is missing. Say in a sentence why the rules bear on it.");
  }

  const strength =
    problems.choice(object, "strength", path, STRENGTHS) ??
    strongest(like.map((control) => control.strength)) ??
    "direct";
  const own = readRules(object, "rules", path, problems);
  const contributing = readRules(object, "contributing", path, problems);
  if (contributing === "all") {
    problems.add(`${path}.contributing`, 'A list of rules is needed here, not "all".');
  }
  const why = problems.text(object, "why", path) ?? like.map((control) => control.why).join(" ");
  return {
    id,
    title: problems.text(object, "title", path) ?? "",
    ...(qualifier === undefined ? {} : { qualifier }),
    strength,
    ...spread(own, contributing === "all" ? [] : contributing, like, strength),
    why,
  };
}

/** The rules that are named, and those of the controls that this one is like. */
function spread(
  own: readonly RuleName[] | "all",
  contributing: readonly RuleName[],
  like: readonly Control[],
  strength: Strength,
): Pick<Control, "rules" | "contributing"> {
  if (own === "all" || like.some(({ rules }) => rules === "all")) return { rules: "all" };
  const rules: RuleName[] = [];
  const supporting: RuleName[] = [];
  for (const rule of ruleNames) {
    const borrowed = strongest(like.flatMap((control) => strengthOn(control, rule) ?? []));
    // A rule that only supports the other control is no direct counter-evidence here.
    const isWeaker = strength === "direct" && borrowed === "supporting";
    if (own.includes(rule) || (borrowed !== undefined && !isWeaker)) rules.push(rule);
    else if (contributing.includes(rule) || isWeaker) supporting.push(rule);
  }
  return { rules, ...(supporting.length === 0 ? {} : { contributing: supporting }) };
}

function readRules(
  object: Json,
  key: string,
  path: string,
  problems: Problems,
): readonly RuleName[] | "all" {
  if (object[key] === "all") return "all";
  return problems.texts(object, key, path).flatMap((text, index) => {
    const rule = text.replace(/^jwt-audit\//u, "");
    if (isRuleName(rule)) return [rule];
    problems.add(
      `${join(path, key)}[${index}]`,
      `${JSON.stringify(text)} is no rule.${didYouMean(rule, ruleNames)}`,
    );
    return [];
  });
}

/** Controls of the frameworks that the package brings, written as `iso27001 A.8.24`. */
function readLike(object: Json, path: string, problems: Problems): Control[] {
  return problems.texts(object, "like", path).flatMap((text, index) => {
    const where = `${path}.like[${index}]`;
    const [, name = "", written = ""] = /^(.*?)[\s/]+([^\s/].*)$/u.exec(text.trim()) ?? [];
    const framework = findFramework(name);
    if (framework === undefined) {
      const meant = nearestFramework(name === "" ? text : name);
      const hint = meant === undefined ? "" : ` Did you mean ${JSON.stringify(meant)}?`;
      problems.add(
        where,
        name === ""
          ? `${JSON.stringify(text)} names no framework. Write it as "iso27001 A.8.24".`
          : `${JSON.stringify(name)} is no framework. Known are ${builtIn.map(({ id }) => id).join(", ")}.${hint}`,
      );
      return [];
    }
    const id = findControlId(framework, written);
    const control = id === undefined ? undefined : controlOf(framework, id);
    if (control !== undefined) return [control];
    problems.add(
      where,
      id === undefined
        ? describeUnknownControl(framework, written)
        : `No rule bears on ${id} of ${framework.name}, so there is nothing to take over.`,
    );
    return [];
  });
}
