import type { TSESTree } from "@typescript-eslint/utils";
import type { Core } from "../core.ts";
import { dottedPath, memberName, unwrap } from "../syntax.ts";
import type { Node } from "../syntax.ts";
import { possibilities, truthiness } from "../value.ts";
import type { Value } from "../value.ts";
import { modelName } from "./model-fields.ts";
import { isRecordSecret, wordsOf } from "./sensitive-names.ts";

/** A call that gives a record of a database, with all of its fields. */
export interface DatabaseCall {
  /** What the model or table is called. */
  readonly model: string;
  /** The expression of the model, where there is one to look at. */
  readonly expression: Node | undefined;
  /** A secret field that the call asks for, or that it writes. */
  readonly asked: string | undefined;
  /** Every field of a new record is in sight, and none of them is a secret. */
  readonly isHarmless?: boolean;
}

interface Link {
  readonly name: string;
  readonly call: TSESTree.CallExpression;
}

/** Methods of object mappers that give one record. */
const FINDERS =
  /^(?:findOne|findById|findByPk|findByPrimary|findUnique|findUniqueOrThrow|findFirst|findFirstOrThrow|findOneOrFail|findOneBy|findOneByOrFail|findOneAndUpdate|findByIdAndUpdate|findOrCreate|findOneOrCreate|create|save|upsert|first|firstOrFail|findBy[A-Z]\w*)$/u;

/** Methods that only prisma, drizzle and their like have. */
const SURE_FINDERS = /^(?:findUnique|findFirst)(?:OrThrow)?$|^find(?:OneBy|ByPk)/u;

/** The first argument is an identifier or a record, not a set of options. */
const TAKES_NO_OPTIONS = /^(?:findById|findByPk|findOneBy|create|save|first|findBy[A-Z])/u;

/** Links of a chain that leave the fields of the record as they are. */
const NEUTRAL =
  /^(?:where|andWhere|orWhere|limit|sort|orderBy|lean|exec|orFail|populate|session|collation|cache|first|returning|unscoped|query|innerJoin|leftJoin|catch|toPromise|read|setOptions|maxTimeMS|hint)$/u;

const NAMES_MODEL = /^(?:get\w*Repository|getModel|model|collection|from|table|into)$/u;

/** What a call on a database gives, if it is a whole record. */
export function databaseCall(core: Core, call: TSESTree.CallExpression): DatabaseCall | undefined {
  const chain = chainOf(call);
  return sqlRow(core, chain) ?? mapperCall(core, chain);
}

function chainOf(call: TSESTree.CallExpression): { root: Node; links: Link[] } {
  const links: Link[] = [];
  let node: Node = call;
  while (node.type === "CallExpression") {
    const callee = unwrap(node.callee);
    if (callee.type !== "MemberExpression") break;
    links.unshift({ name: memberName(callee) ?? "", call: node });
    node = unwrap(callee.object);
  }
  return { root: node, links };
}

/** `db.query("SELECT * FROM users …")`, in whatever way the driver is called. */
function sqlRow(core: Core, { links }: ReturnType<typeof chainOf>): DatabaseCall | undefined {
  const [first] = links.at(-1)?.call.arguments ?? [];
  if (first === undefined || first.type === "SpreadElement") return undefined;
  if (
    !/^(?:query|execute|get|one|oneOrNone|first|prepare|raw|\$queryRaw\w*)$/u.test(
      links.at(-1)?.name ?? "",
    )
  )
    return undefined;
  for (const one of possibilities(core.evaluate(first))) {
    const start = one.type === "template" ? one.parts[0] : one;
    const text = start?.type === "literal" ? String(start.value) : "";
    const table = /^\s*select\s+\*\s+from\s+["'`[]?(?:\w+\.)?(\w+)/iu.exec(text)?.[1];
    if (table !== undefined) return { model: table, expression: undefined, asked: undefined };
  }
  return undefined;
}

function mapperCall(core: Core, chain: ReturnType<typeof chainOf>): DatabaseCall | undefined {
  const { links } = chain;
  // `db.select().from(users)`: drizzle and knex select all columns where none is named.
  const selects = links.findIndex(
    (link, at) => link.name === "select" && isAll(core, link) && links[at + 1]?.name === "from",
  );
  const at = selects === -1 ? links.findIndex((link) => FINDERS.test(link.name)) : selects;
  const finder = links[at];
  if (finder === undefined) return undefined;
  const model = modelOf(core, chain, at, finder);
  if (model === undefined || links.slice(0, at).some((link) => link.name === "scope"))
    return undefined;
  let asked: string | undefined;
  for (const link of links.slice(at + 1)) {
    if (NEUTRAL.test(link.name) || NAMES_MODEL.test(link.name)) continue;
    if (link.name !== "select") return undefined;
    const added = addedFields(core, link);
    if (added === undefined) return undefined;
    asked ??= added.find((name) => isRecordSecret(name));
  }
  if (selects !== -1) return { ...model, asked };
  return fitsWhole(core, finder, model, asked);
}

/** `.select()` and `.select("*")`. */
function isAll(core: Core, { call }: Link): boolean {
  const [first] = call.arguments;
  if (first === undefined) return true;
  const value = core.evaluate(first);
  return value.type === "literal" && value.value === "*";
}

/** The fields of `.select("+password")`; undefined for a choice of fields. */
function addedFields(core: Core, link: Link): string[] | undefined {
  if (isAll(core, link)) return [];
  const [first] = link.call.arguments;
  const value = first === undefined ? undefined : core.evaluate(first);
  if (value?.type !== "literal" || typeof value.value !== "string") return undefined;
  const names = value.value.trim().split(/\s+/u);
  return names.every((name) => name.startsWith("+"))
    ? names.map((name) => name.slice(1))
    : undefined;
}

/** Does the call ask for all fields, as far as its arguments say? */
function fitsWhole(
  core: Core,
  { name, call }: Link,
  model: Pick<DatabaseCall, "model" | "expression">,
  asked: string | undefined,
): DatabaseCall | undefined {
  for (const [at, argument] of call.arguments.entries()) {
    if (argument.type === "SpreadElement") return undefined;
    const value = core.evaluate(argument);
    if (at === 0 && TAKES_NO_OPTIONS.test(name)) continue;
    if (!isWithoutChoice(value, at)) return undefined;
  }
  if (!/^(?:create|save)$/u.test(name)) return { ...model, asked };
  const written = writtenFields(core, call);
  if (written === undefined) return { ...model, asked };
  const secret = written.find((field) => isRecordSecret(field));
  return { ...model, asked: asked ?? secret, isHarmless: secret === undefined };
}

/** Options by which mappers choose fields; in mongoose's second argument the fields themselves. */
const CHOICES = /^(?:select|attributes|columns|omit|projection|fields|raw|transform|plain)$/u;

function isWithoutChoice(value: Value, at: number): boolean {
  return possibilities(value).every((one) => {
    if (one.type === "function") return true;
    if (one.type === "literal") {
      const isNothing = truthiness(one) === false;
      // A text after the filter names fields.
      return isNothing || at === 0;
    }
    if (one.type === "environment" || one.type === "claims" || one.type === "generated")
      return true;
    if (one.type === "template") return at === 0;
    if (one.type !== "object" || one.open) return false;
    return [...one.properties].every(
      ([name, { value: given }]) =>
        !CHOICES.test(name) &&
        !(at > 0 && given.type === "literal" && typeof given.value === "number"),
    );
  });
}

/** The names of the fields that a new record is made with, where all are in sight. */
function writtenFields(core: Core, call: TSESTree.CallExpression): string[] | undefined {
  const [first] = call.arguments;
  if (first === undefined || first.type === "SpreadElement") return undefined;
  let value = core.evaluate(first);
  const data = value.type === "object" ? value.properties.get("data")?.value : undefined;
  if (data !== undefined) value = data;
  return value.type === "object" && !value.open ? [...value.properties.keys()] : undefined;
}

/** What a mapper's call is about, by the model that it is called on. */
function modelOf(
  core: Core,
  { root, links }: ReturnType<typeof chainOf>,
  at: number,
  finder: Link,
): Pick<DatabaseCall, "model" | "expression"> | undefined {
  for (const link of [...links].reverse()) {
    const [named] = link.call.arguments;
    if (!NAMES_MODEL.test(link.name) || named === undefined) continue;
    const model = modelName(core, named);
    return model === undefined ? undefined : { model, expression: named };
  }
  if (root.type === "CallExpression") return modelOfCall(core, root);
  const path = dottedPath(root);
  const tail = path?.at(-1);
  if (path === undefined || tail === undefined || at > 0) return undefined;
  const [entity] = finder.call.arguments;
  if (/^(?:em|entityManager|manager)$/u.test(tail)) {
    const model = entity === undefined ? undefined : dottedPath(entity)?.at(-1);
    return model === undefined || !/^[A-Z]/u.test(model)
      ? undefined
      : { model, expression: entity };
  }
  for (const one of possibilities(core.evaluate(root))) {
    const made = one.type === "unknown" ? unwrap(one.node) : undefined;
    // `const users = getRepository(User)`, `user = new User(…)`
    if (made?.type === "CallExpression" && (made as Node) !== root) {
      const found = modelOfCall(core, made);
      if (found !== undefined) return found;
    }
    if (made?.type === "NewExpression" && finder.name === "save") {
      const model = dottedPath(made.callee)?.at(-1);
      if (model !== undefined) return { model, expression: made.callee };
    }
  }
  const isMapper =
    /^[A-Z]/u.test(tail) ||
    SURE_FINDERS.test(finder.name) ||
    path.slice(0, -1).some((part) => /prisma|^_?(?:db|database|models)$/iu.test(part));
  if (isMapper && !isService(tail)) return { model: tail, expression: root };
  return isStore(tail) ? { model: tail, expression: undefined } : undefined;
}

/** `getRepository(User)`, `mongoose.model("User")`, `knex("users")`. */
function modelOfCall(
  core: Core,
  call: TSESTree.CallExpression,
): Pick<DatabaseCall, "model" | "expression"> | undefined {
  const name = dottedPath(call.callee)?.at(-1);
  const [named] = call.arguments;
  if (name === undefined || named === undefined) return undefined;
  if (!NAMES_MODEL.test(name) && !/^(?:knex|db|trx)$/u.test(name)) return undefined;
  const model = modelName(core, named);
  // The call itself describes the model where it defines one.
  return model === undefined
    ? undefined
    : { model, expression: call.arguments.length > 1 ? call : named };
}

/** `userModel`, `usersRepository`; a service may leave fields out. */
function isStore(name: string): boolean {
  return /^(?:model|models|repo|repository|dao|collection)$/u.test(wordsOf(name).at(-1) ?? "");
}

function isService(name: string): boolean {
  return /^(?:service|client|api|controller|helper|manager|provider|cache|store|util|utils)s?$/u.test(
    wordsOf(name).at(-1) ?? "",
  );
}
