import type { TSESTree } from "@typescript-eslint/utils";
import type { Core } from "../core.ts";
import { objectAt } from "../files/variables.ts";
import {
  isFunction,
  isLiteral,
  memberName,
  propertyValue,
  rootOf,
  textOf,
  unwrap,
} from "../syntax.ts";
import type { Node } from "../syntax.ts";
import { possibilities } from "../values/value.ts";

/**
 * Statements of SQL, with what they are given: `db.query("… WHERE email = ?", [email])`,
 * `db.prepare("…").get(email)`, `` sql`… WHERE email = ${email}` ``.
 */
export interface Statement {
  /** A `?` stands for what is put into the text itself. */
  readonly text: string;
  readonly given: readonly Node[];
}

const SQL = /^\s*(?:select|insert|update|delete|with)\b/iu;

export function statementOf(core: Core, written: Node): Statement | undefined {
  const node = unwrap(written);
  if (node.type === "TaggedTemplateExpression") return ofText(core, node.quasi, []);
  if (node.type !== "CallExpression") return undefined;
  const [first, second] = node.arguments;
  const direct = first === undefined ? undefined : ofText(core, first, valuesOf(second));
  return direct ?? ofObject(core, first) ?? prepared(core, node);
}

/** `{ text: "… WHERE email = $1", values: [email] }` of pg, `{ sql, values }` of mysql2, `{ sql, args }` of libSQL */
function ofObject(core: Core, written: Node | undefined): Statement | undefined {
  const object = written === undefined ? undefined : objectAt(core.fileOf(written), written);
  if (object === undefined || written === undefined || isAddedTo(core, written)) return undefined;
  const text = propertyValue(object, "text") ?? propertyValue(object, "sql");
  const given = propertyValue(object, "values") ?? propertyValue(object, "args");
  return text === undefined ? undefined : ofText(core, text, valuesOf(given));
}

/** `query.text += " AND pin = $2"; query.values.push(pin);`: what is asked for, the object alone does not say. */
function isAddedTo(core: Core, written: Node): boolean {
  const file = core.fileOf(written);
  const variable = file.variableOf(written);
  const isOfIt = (node: Node): boolean =>
    unwrap(node).type === "MemberExpression" && file.variableOf(rootOf(node)) === variable;
  return (
    variable !== undefined &&
    (file.index.assignments.some(({ left }) => isOfIt(left)) ||
      (file.index.called.get("push") ?? []).some(({ callee }) => isOfIt(callee)))
  );
}

/** Methods that hand values to a statement, and run it. */
const RUNS = /^(?:bind|get|all|first|run|raw|values|iterate|pluck|execute|each)$/u;

/** Methods that make one of a text; `query` is Bun's. */
const PREPARES = /^(?:prepare|query)$/u;

/**
 * `db.prepare(text).get(email)`, `db.prepare(text).bind(email).first()`, `byEmail.get(email)`
 *
 * @param run the last call of the chain, or one of those before it
 */
export function prepared(core: Core, run: TSESTree.CallExpression): Statement | undefined {
  const given: Node[] = [];
  for (let call = run, links = 0; links < MAX_LINKS; links += 1) {
    const callee = unwrap(call.callee);
    if (callee.type !== "MemberExpression") return undefined;
    const name = memberName(callee) ?? "";
    const [text] = call.arguments;
    if (PREPARES.test(name) && call !== run)
      return text === undefined ? undefined : ofText(core, text, given);
    const inner = RUNS.test(name) ? callBehind(core, callee.object) : undefined;
    if (inner === undefined) return undefined;
    given.push(...call.arguments.flatMap((one) => valuesOf(one)));
    call = inner;
  }
  return undefined;
}

/** `prepare(…).bind(…).raw().first()`, and no chain that begins with itself. */
const MAX_LINKS = 6;

/** The call that made what stands here, by a name as well: `const byEmail = db.prepare("…")`. */
function callBehind(core: Core, written: Node): TSESTree.CallExpression | undefined {
  const node = unwrap(written);
  if (node.type === "CallExpression") return node;
  const [first] = possibilities(core.evaluate(node));
  const made = first === undefined ? undefined : unwrap(first.node);
  return made?.type === "CallExpression" ? made : undefined;
}

function ofText(core: Core, written: Node, given: readonly Node[]): Statement | undefined {
  const node = unwrap(written);
  const parts = partsOf(node);
  const isJoined = parts.some((part) => typeof part !== "string");
  const [known] = isJoined ? [] : possibilities(core.evaluate(node));
  const text = isJoined
    ? parts.map((part) => (typeof part === "string" ? part : "?")).join("")
    : known?.type === "literal"
      ? String(known.value)
      : "";
  const joined = parts.flatMap((part) => (typeof part === "string" ? [] : [part]));
  return SQL.test(text) ? { text, given: [...joined, ...given] } : undefined;
}

/** The texts and the values of `… ${email}` and of `"…" + email`. */
export function partsOf(node: Node): (Node | string)[] {
  if (node.type === "TemplateLiteral")
    return node.quasis.flatMap(({ value }, at) => {
      const hole = node.expressions[at];
      return hole === undefined ? [value.raw] : [value.raw, hole];
    });
  if (node.type === "BinaryExpression" && node.operator === "+")
    return [...partsOf(unwrap(node.left)), ...partsOf(unwrap(node.right))];
  const text = textOf(node);
  return text === undefined && node.type !== "Identifier" ? [node] : [text ?? node];
}

/** `[email]`, `{ email }`, `email`; a callback is none of them. */
function valuesOf(argument: Node | undefined): readonly Node[] {
  if (argument === undefined) return [];
  const node = unwrap(argument);
  if (node.type === "ArrayExpression") return node.elements.filter((one) => one !== null);
  if (node.type === "ObjectExpression")
    return node.properties.map((one) => (one.type === "Property" ? one.value : one.argument));
  return isFunction(node) || isLiteral(node) ? [] : [node];
}

/** `users`, `links` of `SELECT … FROM users u JOIN links l …`, and those of `INSERT INTO users …` and `UPDATE users …` */
export function tablesOf({ text }: Statement): string[] {
  return [...text.matchAll(/\b(?:from|into|update|join)\s+(?<table>["'`[\]\w.]+)/giu)].map(
    ({ groups }) => groups?.table ?? "",
  );
}

const WHERE =
  /^\s*select\b(?<chosen>[\s\S]*?)\bwhere\b(?<conditions>[\s\S]*?)(?:\border\s+by\b|\blimit\b|\bgroup\s+by\b|\bfor\s+update\b|;|$)/iu;

const CONDITION =
  /^[\s(]*(?:(?:lower|upper|trim)\s*\(\s*)?(?<column>["'`[\]\w.]+)\s*\)?\s*(?<operator>=|(?:i?like|is|in)\b)\s*(?<value>[\s\S]+)$/iu;

const PLACEHOLDER = /\?|\$\d|[:@]\w/u;

/**
 * Is each condition of a `SELECT` that is given a value one of these columns?
 *
 * @returns false also for conditions that nobody can read
 */
export function selectsBy({ text }: Statement, isColumn: (name: string) => boolean): boolean {
  const { chosen = "", conditions: joined = "" } = WHERE.exec(text)?.groups ?? {};
  const conditions = joined.split(/\b(?:and|or)\b/iu);
  const given = conditions.filter((one) => PLACEHOLDER.test(one));
  return (
    given.length > 0 &&
    // `SELECT password = crypt($2, password) AS ok` asks as well.
    !PLACEHOLDER.test(chosen) &&
    conditions.every((one) => CONDITION.test(one)) &&
    given.every((one) => isColumn(columnOf(one)))
  );
}

/** `email` of `LOWER(u."email") = ?` */
function columnOf(condition: string): string {
  return bare(CONDITION.exec(condition)?.groups?.column ?? "");
}

/** `email` of `u."email"` */
function bare(column: string): string {
  return (
    column
      .replaceAll(/["'`[\]]/gu, "")
      .split(".")
      .at(-1) ?? ""
  );
}

/** `INSERT` and `UPDATE`; a condition of theirs may be a proof. */
export function isChange({ text }: Statement, isProof: (conditions: string) => boolean): boolean {
  const [, ...conditions] = text.split(/\bwhere\b/iu);
  return /^\s*(?:insert|update)\b/iu.test(text) && !isProof(conditions.join(" "));
}

/** What an `UPDATE` writes, and of which rows. */
interface Change {
  readonly columns: readonly string[];
  /** The value is undefined where the statement fixes it, or where nobody sees which one it is. */
  readonly conditions: readonly { readonly column: string; readonly value: Node | undefined }[];
}

const UPDATE =
  /^\s*update\b[\s\S]*?\bset\b(?<written>[\s\S]*?)\bwhere\b(?<conditions>[\s\S]*?)(?:\breturning\b|;|$)/iu;

/** @returns undefined also for conditions that nobody can read */
export function changeOf({ text, given }: Statement): Change | undefined {
  const found = UPDATE.exec(text);
  const { written, conditions: joined } = found?.groups ?? {};
  if (found === null || written === undefined || joined === undefined) return undefined;
  const conditions = joined.split(/\b(?:and|or)\b/iu);
  if (!conditions.every((one) => CONDITION.test(one))) return undefined;
  const values = [...given];
  const valueOf = (place: string): Node | undefined => {
    const [, number] = /^[?$](\d+)$/u.exec(place) ?? [];
    return number === undefined ? values.shift() : given[Number(number) - 1];
  };
  placesOf(text.slice(0, text.indexOf(joined, found[0].indexOf(written)))).forEach(valueOf);
  return {
    columns: [...written.matchAll(/(?<column>["'`[\]\w.]+)\s*=/gu)].map(([, name = ""]) =>
      bare(name),
    ),
    conditions: conditions.map((one) => ({
      column: columnOf(one),
      value: placesOf(one).map(valueOf)[0],
    })),
  };
}

function placesOf(text: string): string[] {
  return text.match(/\?\d*|\$\d+/gu) ?? [];
}
