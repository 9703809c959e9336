/**
 * The rules that a report knows: every rule of the plugin, and those rules of other plugins that
 * reported something and name a CWE.
 */
import { isRuleName } from "../compliance/findings.ts";
import type { RuleName } from "../compliance/findings.ts";
import { strengthOn } from "../compliance/bearing.ts";
import type { Control, Framework } from "../compliance/types.ts";
import { NAMESPACE } from "../configs/index.ts";
import { rules as ownRules } from "../rules/index.ts";
import { packageName } from "../package-info.ts";
import type { JwtRule, Severity } from "../types.ts";
import type { ControlRef, RuleReport } from "./types.ts";

const own: Readonly<Record<string, JwtRule>> = ownRules;

/** Rules that exist, in alphabetical order. */
export const availableRules: readonly RuleName[] = Object.keys(own).filter(isRuleName);

/** From the worst to the mildest. */
export const SEVERITIES: readonly Severity[] = ["critical", "high", "medium", "low", "policy"];

/** What ESLint hands over about a rule that reported something. */
export type RulesMeta = Readonly<
  Record<string, { readonly docs?: unknown; readonly type?: unknown }>
>;

/** A rule as a report sees it. */
export type KnownRule =
  | { readonly kind: "own"; readonly name: RuleName; readonly rule: JwtRule }
  | {
      readonly kind: "other";
      readonly id: string;
      readonly cwe: readonly string[];
      readonly docs: OtherDocs;
    };

interface OtherDocs {
  readonly description: string;
  readonly url?: string;
}

/**
 * Which rule an id stands for. The namespace is the user's choice, so that the address of the
 * documentation decides where ESLint hands it over, and the usual namespace where it does not.
 */
export function identify(ruleId: string, rulesMeta: RulesMeta): KnownRule | undefined {
  const docs = record(rulesMeta[ruleId]?.docs);
  const slash = ruleId.lastIndexOf("/");
  const name = ruleId.slice(slash + 1);
  const rule = Object.hasOwn(own, name) ? own[name] : undefined;
  const url = typeof docs.url === "string" ? docs.url : undefined;
  const isOurs =
    url === undefined ? ruleId.slice(0, slash) === NAMESPACE : url.includes(`/${packageName}/`);
  if (rule !== undefined && isRuleName(name) && isOurs) return { kind: "own", name, rule };
  const cwe = readCwe(docs.cwe);
  if (cwe.length === 0) return undefined;
  const description = typeof docs.description === "string" ? docs.description : "";
  return {
    kind: "other",
    id: ruleId,
    cwe,
    docs: { description, ...(url === undefined ? {} : { url }) },
  };
}

/** `"CWE-347"`, `347`, `"cwe347"`, or a list of them. */
function readCwe(written: unknown): string[] {
  const found = [written].flat().flatMap((one) => {
    const text = typeof one === "number" || typeof one === "string" ? String(one) : "";
    const number = /^(?:CWE[-_ ]?)?(\d{1,4})$/iu.exec(text.trim())?.[1];
    return number === undefined ? [] : [`CWE-${number}`];
  });
  return [...new Set(found)];
}

/** The options of a rule where nobody gives any. */
export function defaultOptionsOf(name: RuleName): readonly unknown[] {
  return own[name]?.meta.defaultOptions ?? [];
}

export function describeOwn(name: RuleName, frameworks: readonly Framework[]): RuleReport {
  const docs = own[name]?.meta.docs;
  return {
    id: name,
    description: docs?.description ?? "",
    group: docs?.group ?? "handling",
    cwe: docs?.cwe ?? [],
    rfc: docs?.rfc ?? [],
    ...(docs === undefined ? {} : { url: docs.url }),
    severity: worst(Object.values(docs?.messages ?? {})),
    mappedByCwe: false,
    controls: refs(frameworks, (control) => bears(control, name)),
  };
}

export function describeOther(
  { id, cwe, docs }: Extract<KnownRule, { kind: "other" }>,
  frameworks: readonly Framework[],
): RuleReport {
  return {
    id,
    description: docs.description,
    group: "other",
    cwe,
    rfc: [],
    ...(docs.url === undefined ? {} : { url: docs.url }),
    severity: "medium",
    mappedByCwe: true,
    controls: controlsOfWeakness(cwe, frameworks),
  };
}

function bears(control: Control, name: RuleName): boolean {
  return control.strength !== "process" && strengthOn(control, name) !== undefined;
}

/**
 * A weakness bears on the controls that every rule of ours about it bears on: what holds for all of
 * them holds for the weakness itself. A rule is about the first weakness it names.
 */
function controlsOfWeakness(
  cwe: readonly string[],
  frameworks: readonly Framework[],
): ControlRef[] {
  const found = new Map<string, ControlRef>();
  for (const weakness of cwe) {
    const alike = availableRules.filter((name) => own[name]?.meta.docs.cwe[0] === weakness);
    for (const ref of refs(
      frameworks,
      (control) =>
        (alike.length > 0 && alike.every((name) => bears(control, name))) ||
        control.id === weakness,
    )) {
      found.set(JSON.stringify(ref), ref);
    }
  }
  return [...found.values()];
}

function refs(
  frameworks: readonly Framework[],
  belongs: (control: Control) => boolean,
): ControlRef[] {
  return frameworks.flatMap(({ id, controls }) =>
    controls.filter(belongs).map((control) => ({ framework: id, control: control.id })),
  );
}

function worst(severities: readonly Severity[]): Severity {
  return SEVERITIES.find((severity) => severities.includes(severity)) ?? "policy";
}

/** The severity of a message, which hangs on its id. */
export function severityOf(
  rule: KnownRule,
  messageId: string | undefined,
  level: number,
): Severity {
  if (rule.kind === "other") return level === 2 ? "high" : "medium";
  const { messages } = rule.rule.meta.docs;
  return (
    (messageId === undefined ? undefined : messages[messageId]) ?? worst(Object.values(messages))
  );
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  return value !== null && typeof value === "object" ? (value as Record<string, unknown>) : {};
}
