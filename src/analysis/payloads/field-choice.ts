import type { TSESTree } from "@typescript-eslint/utils";
import type { Core } from "../core.ts";
import type { CallNode } from "../syntax.ts";
import { possibilities, truthiness } from "../values/value.ts";
import type { ObjectValue, Value } from "../values/value.ts";
import { isRecordSecret } from "./sensitive-names.ts";

/** Which of its fields a record is read with. */
export interface FieldChoice {
  readonly kind: "all" | "some" | "unknown";
  /** A secret that is asked for by its name. */
  readonly secret: string | undefined;
}

export const ALL: FieldChoice = { kind: "all", secret: undefined };
export const SOME: FieldChoice = { kind: "some", secret: undefined };
const UNKNOWN: FieldChoice = { kind: "unknown", secret: undefined };

/** The narrower of two choices. */
export function narrower(one: FieldChoice, other: FieldChoice): FieldChoice {
  const kinds = [one.kind, other.kind];
  const kind = kinds.includes("some") ? "some" : kinds.includes("unknown") ? "unknown" : "all";
  return { kind, secret: one.secret ?? other.secret };
}

/** `.select()`, `.select("*")`, `.select("+password")`, `.select("id name")`, `.select("-password")`. */
export function choiceOfSelect(core: Core, call: TSESTree.CallExpression): FieldChoice {
  const [first] = call.arguments;
  if (first === undefined) return ALL;
  if (first.type === "SpreadElement") return UNKNOWN;
  const value = core.evaluate(first);
  if (value.type === "literal" && typeof value.value === "string") return choiceOfText(value.value);
  return value.type === "object" ? choiceOfFields(value) : SOME;
}

/** mongoose reads names of fields from a text: `"+"` adds one that is left out otherwise. */
function choiceOfText(text: string): FieldChoice {
  const names = text.trim().split(/[\s,]+/u);
  if (text.trim() === "*") return ALL;
  const asked = names.filter((name) => !name.startsWith("-")).map((name) => name.replace("+", ""));
  const secret = asked.find((name) => isRecordSecret(name));
  return { kind: names.every((name) => name.startsWith("+")) ? "all" : "some", secret };
}

/** `{ id: true, password: true }`, `{ password: 0 }` */
function choiceOfFields(fields: ObjectValue): FieldChoice {
  for (const [name, { value }] of fields.properties) {
    if (isRecordSecret(name) && truthiness(value) === true) return { kind: "some", secret: name };
  }
  return SOME;
}

/** Options by which mappers choose fields. */
const CHOICES = /^(?:select|attributes|columns|omit|projection|fields|transform)$/u;

/**
 * What the arguments of `findOne` and its like say.
 *
 * @param isFirstPlain the first argument is an identifier or a record, not a filter or options
 */
export function choiceOfArguments(
  core: Core,
  given: readonly TSESTree.CallExpressionArgument[],
  isFirstPlain: boolean,
): FieldChoice {
  let choice = ALL;
  for (const [at, argument] of given.entries()) {
    if (argument.type === "SpreadElement") return UNKNOWN;
    if (at === 0 && isFirstPlain) continue;
    for (const one of possibilities(core.evaluate(argument))) {
      choice = narrower(choice, at === 0 ? choiceOfFilter(one) : choiceOfProjection(one));
    }
  }
  return choice;
}

/** A filter, or options that hold one: an id, a text, `{ email }`, `{ where: { email }, select }`. */
function choiceOfFilter(value: Value): FieldChoice {
  if (/^(?:unknown|instance|module|global|class)$/u.test(value.type)) return UNKNOWN;
  if (value.type !== "object") return ALL;
  for (const [name, { value: given }] of value.properties) {
    if (!CHOICES.test(name)) continue;
    // The others name what stays, these what goes.
    if (name === "omit" || name === "transform") return SOME;
    return given.type === "object" ? choiceOfFields(given) : SOME;
  }
  return value.open ? UNKNOWN : ALL;
}

/** What stands after the filter: names of fields, `{ password: 0 }`, options, a callback. */
function choiceOfProjection(value: Value): FieldChoice {
  if (value.type === "function") return ALL;
  if (value.type === "literal") {
    if (truthiness(value) === false) return ALL;
    return typeof value.value === "string" ? choiceOfText(value.value) : UNKNOWN;
  }
  if (value.type !== "object") return UNKNOWN;
  const isProjection = [...value.properties.values()].some(
    ({ value: given }) => given.type === "literal" && typeof given.value === "number",
  );
  return isProjection ? choiceOfFields(value) : choiceOfFilter(value);
}

/** A new record has the fields that it is made with, where all are in sight. */
export function choiceOfCreation(core: Core, call: CallNode): FieldChoice {
  const [first] = call.arguments;
  if (first === undefined || first.type === "SpreadElement") return ALL;
  const value = core.evaluate(first);
  if (value.type !== "object") return ALL;
  // prisma's `create({ data, select })`
  const data = value.properties.get("data")?.value;
  const chosen = data === undefined ? ALL : choiceOfFilter(value);
  if (chosen.kind === "some") return chosen;
  const fields = data ?? value;
  if (fields.type !== "object") return ALL;
  const secret = [...fields.properties.keys()].find((name) => isRecordSecret(name));
  return { kind: fields.open || secret !== undefined ? "all" : "some", secret };
}
