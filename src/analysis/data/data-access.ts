import type { TSESTree } from "@typescript-eslint/utils";
import type { Core } from "../core.ts";
import { calledName } from "../files/source-file.ts";
import type { Carrier, Use } from "../flow/use.ts";
import { prepared } from "./statements.ts";
import { isAskedItem, isPutItem } from "./dynamodb.ts";
import { isDocumentPath } from "./firestore.ts";
import { databaseCall, isSavedLater, isSavedRecord } from "../payloads/database-calls.ts";
import {
  calleeName,
  contains,
  dottedPath,
  isFunction,
  memberName,
  parentOf,
  rootOf,
  unwrap,
} from "../syntax.ts";
import type { CallNode, Node } from "../syntax.ts";
import { possibilities } from "../values/value.ts";
import { importSource } from "../values/whole-files.ts";
import { wordsOf } from "../words.ts";

/** What a use of a value does to data: it chooses the records, or says whose a new one is. */
export type DataAccess = "selects" | "owns";

/** Functions that look data up or change it. */
const DATA =
  /(?:^|\.)(?:find\w*|get(?:User|Account|Member|Customer|Profile|By)\w*|load\w*|fetch(?:User|Account|Profile)\w*|query|select|where|andWhere|orWhere|aggregate|update\w*|delete\w*|remove\w*|insert\w*|upsert\w*|(?:get|create)Or(?:Create|Get|Insert|Update)\w*|lookup\w*|\w*By(?:Id|Email|UserId|UserName|Username|Sub)|(?:get|list|read|count|search)\w*(?:By|For|Of)\w*(?:I[dD]|Email|Sub|Owner|Account|Member|User|User[nN]ame))$/u;

/** Methods of database drivers that run a statement with parameters. */
const STATEMENTS =
  /(?:^|\.)(?:query|execute|exec|run|raw|all|get|one|oneOrNone|none|any|many|manyOrNone|result|\$queryRawUnsafe|\$executeRawUnsafe)$/u;

const SQL = /^\s*(?:select|insert|update|delete|with|call|merge|replace)\b/iu;

/** Filters of query builders, which follow what says the table: `from("users").eq("id", id)`. */
const FILTERS = /^\.(?:eq|match|filter|contains|in|is|or|whereEqualTo|whereIn)$/u;

/** Boxes in which a condition stands: `{ where: [{ id }] }`, `[{ $match: { id } }]`. */
const CONDITIONS = /^(?:where|filter|query|\$(?:or|and|in|eq|match))$/u;

/** Boxes in which stands what is written, and calls that take it beside the conditions or alone. */
const WRITTEN =
  /^(?:data|values|body|payload|defaults|create|update|variables|\$\w*set\w*|\$push)$/iu;
const WRITES = /(?:^|\.)(?:insert|upsert)\w*$|update/iu;

/**
 * Does the value stand in a condition by its name: `find({ owner: id })`, `updateMany({ where: { owner: id } })`?
 * What is written to records chooses none.
 */
export function isCondition(use: Use): boolean {
  const { boxes, by, node } = use;
  if (boxes.length === 0 || boxes.some((box) => WRITTEN.test(box))) return false;
  if (boxes.some((box) => CONDITIONS.test(box))) return true;
  if (by.type !== "CallExpression" || !WRITES.test(calleeName(by))) return true;
  const [conditions, ...more] = by.arguments;
  return conditions !== undefined && more.length > 0 && contains(conditions, node);
}

/** `findByOrcid(claims.orcid)`: the name of the look-up says by what. */
export function isNamedAfter({ by }: Use, claim: string): boolean {
  const [, named = ""] =
    /By([A-Z]\w*)$/u.exec(by.type === "CallExpression" ? calleeName(by) : "") ?? [];
  return named.toLowerCase() === claim.toLowerCase().replaceAll("_", "");
}

/** Tables in memory that are named for the people in them: `users.get(id)`, `accountsById[id]`. */
const TABLE =
  /(?:^|\.)_?(?:users?|accounts?|members?|customers?|profiles?|players?|employees?|students?|clients)(?:Map|Store|Table|Cache|Model|Dao|DAO|Repo|Repository|Service|ById|ByEmail|ByName|Db|DB)?$/u;

/** What a value that is given to a call, or put into a text, does to the data of the program. */
export function dataAccess(core: Core, use: Use): DataAccess | undefined {
  if (use.kind === "text")
    return isTaggedStatement(use.by) || isDocumentPath(core, use) ? "selects" : undefined;
  if (use.kind === "assign") return isSavedField(core, use.by) ? "owns" : undefined;
  if (use.kind === "index") {
    const { by } = use;
    return by.type === "MemberExpression" && isTable(by.object) ? "selects" : undefined;
  }
  const call = use.by;
  if (use.kind !== "argument") return undefined;
  if (isPutItem(core, use) || isNewAccount(use)) return "owns";
  if (isAskedItem(core, use) || isDocumentPath(core, use)) return "selects";
  if (call.type !== "CallExpression" && call.type !== "NewExpression") return undefined;
  if (use.boxes.length > 0 && isSavedRecord(core, call)) return "owns";
  if (call.type === "NewExpression") return undefined;
  const name = calleeName(call);
  if (/^(?:redis|cache)/iu.test(name) || WITHDRAWN.test(name)) return undefined;
  if (isDigested(call, name)) return undefined;
  const statement = statementGiven(core, call, use);
  if (statement !== undefined)
    return OF_WITHDRAWN.test(statement) || NOTES.test(statement) ? undefined : "selects";
  if (use.boxes.includes("*") && !use.boxes.some((box) => CONDITIONS.test(box))) return undefined;
  if (name.endsWith(".get") && TABLE.test(name.slice(0, -".get".length))) return "selects";
  if (DATA.test(name) || (FILTERS.test(name) && isQuery(call))) return "selects";
  if (SERVICE.test(name) && isAnswered(call)) return "selects";
  if (isOfDataModule(core, call) && isUsed(call)) return "selects";
  return /(?:^|\.)(?:create|save|insert\w*)$/u.test(name) && databaseCall(core, call) !== undefined
    ? "owns"
    : undefined;
}

/** A service of the program's own that is asked for something; others tell somebody, or make a token. */
const SERVICE =
  /(?:^|\.)\w*(?:service|repository|repo|dao)\.(?!\w*(?:log|track|audit|send|mail|notif|emit|publish|sign|token|decode|verif|valid|check|auth))\w+$/iu;

/** What a module holds that is called for data: `../models/queries`, `./db/orders.js` */
const DATA_MODULE =
  /^[.@~#].*\/(?:models?|quer(?:y|ies)|daos?|repositor(?:y|ies)|db|database)(?:\/[\w.-]+)?$/iu;

/** What functions of such a module do beside giving data. */
const DOES_OTHER =
  /^(?:log(?:s|in|out|ged)?|track|audit|send|e?mail|notif\w*|emit|publish|sign\w*|token\w*|jwt|decode\w*|verif\w*|valid\w*|check\w*|auth\w*|revo[kc]\w*|(?:black|deny|block)(?:list)?\w*|sessions?|connect\w*|hash|key|secret|is|has)$/u;

/** A function that is imported from where the program keeps its data: `showCart` of `../models/queries`. */
function isOfDataModule(core: Core, { callee }: TSESTree.CallExpression): boolean {
  const path = dottedPath(callee);
  const root = rootOf(unwrap(callee));
  if (path === undefined || path.length > 2 || root.type !== "Identifier") return false;
  const source = importSource(core.fileOf(root).variableOf(root))?.value ?? "";
  return (
    DATA_MODULE.test(source) && !wordsOf(path.at(-1) ?? "").some((word) => DOES_OTHER.test(word))
  );
}

/** Is something done with what the call gives: by a callback, or with what is waited for? */
function isUsed(call: TSESTree.CallExpression): boolean {
  const callback = call.arguments.at(-1);
  if (callback !== undefined && isFunction(callback)) return callback.params.length > 1;
  const outer = parentOf(call);
  const holder = outer?.type === "AwaitExpression" ? parentOf(outer) : outer;
  const isChained = outer?.type === "MemberExpression" && memberName(outer) === "then";
  return isChained || holder?.type === "VariableDeclarator" || isAnswered(call);
}

/** `return service.results(id)`, `res.json(await service.results(id))` */
function isAnswered(call: TSESTree.CallExpression): boolean {
  for (let at = parentOf(call); at !== undefined; at = parentOf(at)) {
    if (at.type === "ReturnStatement") return true;
    if (at.type === "CallExpression") return /\.(?:json|send|end)$/u.test(calleeName(at));
    if (!/^(?:AwaitExpression|Property|ObjectExpression|TSAsExpression)$/u.test(at.type))
      return false;
  }
  return false;
}

/** Does the call give what is known of somebody: `users.findOne({ email })`? */
export function isLookUp(core: Core, call: TSESTree.CallExpression): boolean {
  return DATA.test(calleeName(call)) || databaseCall(core, call) !== undefined;
}

/** `createHash("sha256").update(id)` */
function isDigested(call: TSESTree.CallExpression, name: string): boolean {
  if (!/(?:^|\.)update$/u.test(name)) return false;
  const maker = rootOf(unwrap(call.callee));
  return (
    /^(?:\w*hash|hmac|md5|sha\d*|cipher|sign(?:er)?)\.update$/iu.test(name) ||
    (maker.type === "CallExpression" && /^create[A-Z]/u.test(calledName(maker) ?? ""))
  );
}

/** `getAuth().createUser({ email })` of Firebase, `client.auth.admin.createUser({ phone })` of Supabase. */
function isNewAccount({ by, boxes }: Use): boolean {
  const callee = by.type === "CallExpression" ? unwrap(by.callee) : undefined;
  if (callee?.type !== "MemberExpression" || memberName(callee) !== "createUser") return false;
  const owner = unwrap(callee.object);
  const name = owner.type === "CallExpression" ? calleeName(owner) : dottedPath(owner)?.join(".");
  const isField = boxes.length === 1 && /^(?:email|phone|uid|id)$/u.test(boxes[0] ?? "");
  return isField && /auth(?:\.admin)?$/iu.test(name ?? "");
}

/** What is put on a list of withdrawn tokens is withdrawn, whoever it names. */
const WITHDRAWN = /(?:den(?:y|ied)|black|block)_?list|revoked|invalidated/iu;

/** Of tables: that a row is not revoked may be a condition on any. */
const OF_WITHDRAWN = new RegExp(
  String.raw`\b(?:into|from|update)\s+["'\x60\w.]*(?:${WITHDRAWN.source}|blocked|banned)`,
  "iu",
);

/** What is only noted of whoever comes chooses nothing either. */
const NOTES =
  /\b(?:into|update|delete\s+from)\s+["'\x60\w.]*(?:audit|logs?\b|visits?\b|events?\b|metrics|analytics|last_?seen|attempts|failed_?log|cache)/iu;

/** The text of a statement of which the value takes a place: `pool.query("… where id = $1", [id])`, `db.prepare("…").get(id)` */
function statementGiven(core: Core, call: TSESTree.CallExpression, use: Use): string | undefined {
  const [written, given] = call.arguments;
  const { node, boxes } = use;
  const isAsked = boxes.length < 2 || (boxes.length === 2 && boxes.some((box) => GIVEN.test(box)));
  if (!isAsked) return undefined;
  if (!STATEMENTS.test(calleeName(call)) || given !== node) return prepared(core, call)?.text;
  const starts = possibilities(core.evaluate(written ?? given)).map((one) =>
    one.type === "template" ? one.parts[0] : one,
  );
  return starts
    .map((one) => (one?.type === "literal" ? String(one.value) : ""))
    .find((text) => SQL.test(text));
}

/** What holds the values among other options: `sequelize.query(text, { replacements: { id } })` */
const GIVEN = /^(?:replacements|bind|params|parameters|values|args)$/u;

/** `` prisma.$queryRaw`… ${id}` ``, `` sql`… ${id}` `` */
function isTaggedStatement(text: Node): boolean {
  const tagged = parentOf(text);
  if (tagged?.type !== "TaggedTemplateExpression" || tagged.quasi !== text) return false;
  const tag = unwrap(tagged.tag);
  const name = tag.type === "MemberExpression" ? memberName(tag) : dottedPath(tag)?.at(-1);
  return /^(?:sql|\$(?:query|execute)Raw)$/u.test(name ?? "");
}

export function isTable(node: Node): boolean {
  return TABLE.test(dottedPath(node)?.join(".") ?? "");
}

/** Does a call stand at the end of a chain that names a table? */
function isQuery(call: TSESTree.CallExpression): boolean {
  let node: Node = unwrap(call.callee);
  for (;;) {
    if (node.type === "MemberExpression") node = unwrap(node.object);
    else if (node.type === "CallExpression") {
      const name = calleeName(node);
      if (/(?:^|\.)(?:from|select|update|delete|insert)$/u.test(name)) return true;
      node = unwrap(node.callee);
    } else return false;
  }
}

/** `post.owner = id; await post.save()` */
function isSavedField(core: Core, assignment: Node): boolean {
  if (assignment.type !== "AssignmentExpression") return false;
  const { left } = assignment;
  return left.type === "MemberExpression" && isSavedLater(core, unwrap(left.object));
}

/** Calls that only put a value into the form that a query wants. */
const FORMS =
  /(?:^|\.)(?:ObjectId|ObjectID|toObjectId|BigInt|UUID|eq|ne|inArray|and|or|Equal|In|Like|ILike|Not)$/u;

/** `eq(users.id, id)`, `new ObjectId(id)`, `path.join(folder, id)`: the value is what the query, or the path, has then. */
export function queryForms(call: CallNode): Carrier[] {
  const name = dottedPath(call.callee)?.join(".");
  return name !== undefined && (FORMS.test(name) || /^path\.(?:join|resolve)$/u.test(name))
    ? [{ node: call, boxes: [] }]
    : [];
}
