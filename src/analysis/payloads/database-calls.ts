import type { TSESTree } from "@typescript-eslint/utils";
import type { Core } from "../core.ts";
import { calleeName, dottedPath, memberName, parentOf, unwrap } from "../syntax.ts";
import type { CallNode, Node } from "../syntax.ts";
import { possibilities } from "../values/value.ts";
import { importSource } from "../values/whole-files.ts";
import { wordsOf } from "../words.ts";
import {
  ALL,
  SOME,
  choiceOfArguments,
  choiceOfCreation,
  choiceOfSelect,
  narrower,
} from "./field-choice.ts";
import type { FieldChoice } from "./field-choice.ts";
import { modelName } from "./model-fields.ts";

/** A call that gives a record of a database. */
export interface DatabaseCall {
  /** What the model or table is called. */
  readonly model: string;
  /** The expression of the model, where there is one to look at. */
  readonly expression: Node | undefined;
  readonly fields: FieldChoice;
  /** It makes a record, and may give no more than its id where the program wrote it itself. */
  readonly mayGiveId?: boolean;
}

interface Link {
  readonly name: string;
  readonly call: TSESTree.CallExpression;
}

/** Methods of object mappers that give one record, or those of which one is taken then. */
const FINDERS =
  /^(?:find|findOne|findById|findByPk|findByPrimary|findUnique|findUniqueOrThrow|findFirst|findFirstOrThrow|findOneOrFail|findOneBy|findOneByOrFail|findOneAndUpdate|findByIdAndUpdate|findOrCreate|findOneOrCreate|create|save|upsert|first|firstOrFail|findBy[A-Z]\w*)$/u;

/** Those that make one. */
const CREATES = /^(?:create|save|upsert)$/u;

/** Methods that only prisma, drizzle and their like have. */
const SURE_FINDERS = /^(?:findUnique|findFirst)(?:OrThrow)?$|^find(?:OneBy|ByPk)/u;

/** Methods that a model is given by the program: their arguments are values to look for. */
const OWN_FINDER = /^findBy(?!Id|Pk|Primary)[A-Z]/u;

/** The first argument is an identifier or a record, not a set of options. */
const TAKES_NO_OPTIONS = /^(?:findBy(?:Id|Pk|Primary)|findOneBy|first)/u;

/** Links of a chain that leave the fields of the record as they are. */
const NEUTRAL =
  /^(?:where|andWhere|orWhere|limit|sort|orderBy|lean|exec|orFail|populate|session|collation|cache|first|returning|unscoped|query|innerJoin|leftJoin|catch|toPromise|read|setOptions|maxTimeMS|hint)$/u;

const NAMES_MODEL = /^(?:get\w*Repository|getModel|model|collection|from|table|into)$/u;

/** What a call on a database gives, if it is a record. */
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
    if (table !== undefined) return { model: table, expression: undefined, fields: ALL };
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
  if (finder === undefined || (finder.name === "find" && !takesFilter(core, finder)))
    return undefined;
  const model = modelOf(core, chain, at, finder);
  if (model === undefined) return undefined;
  let fields = ALL;
  for (const [place, link] of links.entries()) {
    if (place === at) {
      fields = narrower(fields, choiceOf(core, finder, model.expression));
    } else if (link.name === "select") {
      fields = narrower(fields, choiceOfSelect(core, link.call));
    } else if (NARROWS.test(link.name)) {
      fields = narrower(fields, SOME);
    } else if (place > at && !NEUTRAL.test(link.name) && !NAMES_MODEL.test(link.name)) {
      return undefined;
    }
  }
  const isOwn = !dottedPath(chain.root)?.some((part) => /prisma/iu.test(part));
  return { ...model, fields, mayGiveId: isOwn && CREATES.test(finder.name) };
}

/** `User.find({ email })`: of what a list is asked with, `find(byEmail)`, nothing may be in sight. */
function takesFilter(core: Core, { call: { arguments: given } }: Link): boolean {
  const [filter] = given;
  return filter === undefined || core.evaluate(filter).type === "object";
}

/** Links of a chain by which fields are chosen. */
const NARROWS =
  /^(?:scope|column|columns|project|projection|omit|pick|attributes|pluck|addSelect)$/u;

function choiceOf(core: Core, { name, call }: Link, model: Node | undefined): FieldChoice {
  if (name === "select" || OWN_FINDER.test(name)) return ALL;
  if (/^(?:create|save)$/u.test(name)) return choiceOfCreation(core, call);
  const given = call.arguments;
  // `em.findOne(User, filter)`
  const isNamed = model !== undefined && given[0] === model;
  return choiceOfArguments(core, isNamed ? given.slice(1) : given, TAKES_NO_OPTIONS.test(name));
}

/** `.select()` and `.select("*")`. */
function isAll(core: Core, { call }: Link): boolean {
  return choiceOfSelect(core, call).kind === "all";
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
  if (root.type === "NewExpression") {
    const model = finder.name === "save" ? dottedPath(root.callee)?.at(-1) : undefined;
    return model === undefined ? undefined : { model, expression: root.callee };
  }
  const path = dottedPath(root);
  const tail = path?.at(-1);
  if (path === undefined || tail === undefined) return undefined;
  if (at > 0) {
    return asksObjection(core, root, links) ? { model: tail, expression: root } : undefined;
  }
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

/** `User.query().findOne(filter)`. The models of Lucid, asked the same way, keep their secrets back. */
function asksObjection(core: Core, root: Node, [first]: readonly Link[]): boolean {
  if (root.type !== "Identifier" || !/^[A-Z]/u.test(root.name)) return false;
  if (first?.name !== "query" || first.call.arguments.length > 0) return false;
  const source = importSource(core.fileOf(root).variableOf(root))?.value;
  return source === undefined || !/^(?:App\/|#models\/)/u.test(source);
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

/** A record that is put together first, and saved then: `new User(fields)`. */
export function savedRecord(core: Core, made: TSESTree.NewExpression): DatabaseCall | undefined {
  const model = dottedPath(made.callee)?.at(-1);
  if (model === undefined || !isSavedRecord(core, made)) return undefined;
  return { model, expression: made.callee, fields: choiceOfCreation(core, made) };
}

/**
 * `const post = new Post({ … }); await post.save()`, `new Post({ … }).save()`, and one that is made of it.
 * The models of mongoose can be called without `new`.
 */
export function isSavedRecord(core: Core, made: CallNode): boolean {
  if (made.type === "CallExpression" && !/^[A-Z]\w*$/u.test(calleeName(made))) return false;
  const { parent } = made;
  if (parent.type === "MemberExpression") return isSaving(parent);
  if (parent.type === "NewExpression" && parent.callee !== made) return isSavedRecord(core, parent);
  return parent.type === "VariableDeclarator" && isSavedLater(core, parent.id);
}

/** Is `save` called on what the name stands for, or something called that saves what it is given: `Post.create(post)`? */
export function isSavedLater(core: Core, name: Node): boolean {
  if (name.type !== "Identifier") return false;
  const references = core.fileOf(name).variableOf(name)?.references ?? [];
  return references.some(({ identifier }) => {
    const around = parentOf(identifier);
    return isSaving(around) || (around?.type === "CallExpression" && saves(around, identifier));
  });
}

function saves({ callee, arguments: [record] }: TSESTree.CallExpression, given: Node): boolean {
  return (
    record === given &&
    /^(?!Object\.).*\.(?:create|insert|insertOne|save|persist)$/u.test(
      dottedPath(callee)?.join(".") ?? "",
    )
  );
}

function isSaving(member: Node | undefined): boolean {
  return (
    member?.type === "MemberExpression" &&
    memberName(member) === "save" &&
    member.parent.type === "CallExpression" &&
    member.parent.callee === member
  );
}
