import type { TSESTree } from "@typescript-eslint/utils";
import type { Scope } from "@typescript-eslint/utils/ts-eslint";
import type { Core } from "../core.ts";
import { initOf, objectAt, readsOf } from "../files/variables.ts";
import { readFrom } from "../network/forms.ts";
import { isSaidByClient, saidByClient } from "../network/request.ts";
import { isSavedRecord } from "../payloads/database-calls.ts";
import {
  calleeName,
  dottedPath,
  isFunction,
  isLiteral,
  isNullish,
  memberName,
  parentOf,
  rootOf,
  staticKey,
  unwrap,
  wrapped,
} from "../syntax.ts";
import type { CallNode, Node } from "../syntax.ts";
import { insideCall } from "../values/call-context.ts";
import { returnArguments } from "../values/classes.ts";
import { importSource } from "../values/whole-files.ts";
import { hasWithin } from "../within.ts";
import { choiceOf, chosenBy, namedInChoice } from "./lists.ts";
import { isChange, selectsBy, statementOf, tableOf } from "./statements.ts";
import { isLookUp } from "./data-access.ts";
import { changedBy, updateOf } from "./record-updates.ts";

/**
 * Records that are found by nothing but what the request names: `User.findOne({ email: req.body.email })`,
 * `db.query("SELECT * FROM users WHERE email = ?", [email])`. Whoever knows an address can name it; a password, a
 * code or a secret among the conditions would be a proof.
 */

/** What the request names, where a name holds such a record, or one that is made. */
export function askedFor(core: Core, name: Node): Node | undefined {
  const sources = sourcesOf(core, name).filter(({ node }) => !isLiteral(node) && !isNullish(node));
  const said = sources.map((one) => {
    const asked = askedIn(one.core, one.node);
    return asked === undefined ? undefined : (one.handed ?? asked);
  });
  const isKnown = sources.every((one, at) => said[at] !== undefined || isMade(one.core, one.node));
  return isKnown ? said.find((one) => one !== undefined) : undefined;
}

/** An expression, in the call that its function is looked at for. */
interface Source {
  readonly core: Core;
  readonly node: Node;
  /** What the request says, as it is handed to the function that looks the record up. */
  readonly handed?: Node;
}

/** How many names a record has on its way. */
const MAX_NAMES = 4;

/** Where drivers put the rows that they have found. */
export const PLACES = /^(?:rows|recordset|data|\d+)$/u;

/** What drivers call the identifier of a row that has just been made. */
const MADE_IDS = /^(?:last_?(?:insert_?)?(?:row_?)?id|insert(?:ed)?_?id)$/iu;

/** `id` of `id = user.id`: it says whom the record is about, as the record does. */
function isPartOfRecord(name: string): boolean {
  return PLACES.test(name) || NAMES.test(name) || MADE_IDS.test(name);
}

/** Methods that give the record on which they are called. */
const SAME_RECORD = /^(?:save|reload|refresh|populate|exec|lean|toObject|toJSON)$/u;

/** The expressions that give what a name holds. */
function sourcesOf(core: Core, written: Node, hops = MAX_NAMES): Source[] {
  const node = unwrap(written);
  if (hops === 0) return [{ core, node }];
  const ways =
    node.type === "LogicalExpression"
      ? [node.left, node.right]
      : node.type === "ConditionalExpression"
        ? [node.consequent, node.alternate]
        : [];
  if (ways.length > 0) return ways.flatMap((one) => sourcesOf(core, one, hops - 1));
  if (node.type === "MemberExpression" && isPartOfRecord(memberName(node) ?? ""))
    return sourcesOf(core, node.object, hops - 1);
  const variable = node.type === "Identifier" ? core.fileOf(node).variableOf(node) : undefined;
  const given = variable === undefined ? [] : writtenTo(variable);
  if (given.length > 0) return given.flatMap((one) => sourcesOf(core, one, hops - 1));
  const method = node.type === "CallExpression" ? unwrap(node.callee) : undefined;
  // `saved` of `const saved = await user.save()`
  if (method?.type === "MemberExpression" && SAME_RECORD.test(memberName(method) ?? ""))
    return sourcesOf(core, method.object, hops - 1);
  const changed = node.type === "CallExpression" ? changedBy(core.fileOf(node), node) : undefined;
  if (changed !== undefined) return sourcesOf(core, changed, hops - 1);
  const returned = node.type === "CallExpression" ? returnedBy(core, node, hops) : [];
  return returned.length === 0 ? [{ core, node }] : returned;
}

/** What a function of the program gives that looks somebody up, where the call itself does not say so. */
function returnedBy(core: Core, call: TSESTree.CallExpression, hops: number): Source[] {
  const handed = handedTo(core, call);
  if (handed === undefined || askedIn(core, call) !== undefined || isMade(core, call)) return [];
  const target = core.evaluate(call.callee);
  const owner = target.type === "function" ? target.node : undefined;
  const inner = owner === undefined ? undefined : insideCall(core, owner, call);
  if (owner === undefined || inner === undefined) return [];
  return returnArguments(inner, owner)
    .flatMap((node) => sourcesOf(inner, node, hops - 1))
    .map((one) => ({ ...one, handed }));
}

/** The first part of what a call brings that is what the client says. */
export function handedTo(core: Core, call: CallNode): Node | undefined {
  return call.arguments
    .flatMap((one): Node[] =>
      one.type === "ObjectExpression"
        ? one.properties.map((part) => (part.type === "Property" ? part.value : part.argument))
        : [one],
    )
    .find((one) => isSaidByClient(core, one));
}

/** All that a variable is given, and the look-up whose callback it is a parameter of. */
function writtenTo({ defs, references }: Scope.Variable): Node[] {
  const owner = defs[0]?.type === "Parameter" ? (defs[0].node as Node) : undefined;
  const given = references.flatMap(({ writeExpr }) => (writeExpr ? [writeExpr] : []));
  if (!isFunction(owner)) return given;
  // The first of several is the error.
  const isError = owner.params.length > 1 && owner.params[0] === defs[0]?.name;
  const call = isError ? undefined : parentOf(wrapped(owner));
  return call?.type === "CallExpression" ? [call, ...given] : given;
}

/** What says whom a record is about, and what others know of him as well. */
export const NAMES =
  /^(?:_?id|uid|sub|user_?id|user_?(?:name|e?mail)|login|e_?mail(?:_?address)?|mail|name|phone(?:_?(?:number|no))?|mobile(?:_?(?:number|no))?|account(?:_?(?:id|name|no))?|(?:user_?)?identity|wallet(?:_?address)?|(?:public_?)?(?:address|key)|(?:google|facebook|apple|github|twitter|linkedin|social|provider|external|oauth|sns|firebase|telegram|tg|discord|kakao|naver|line|wechat)_?(?:id|uid|sub))$/iu;

/** Boxes of conditions, and what joins them. */
const CONDITIONS = /^(?:where|filter|\$or|\$and|OR|AND)$/u;

/** What a look-up is told beside its conditions. */
const OPTIONS =
  /^(?:select|include|attributes|relations|populate|projection|raw|lean|transaction|defaults|create|update)$/u;

/**
 * `{ email, isDeleted: false }`, `{ providerId, provider }`: which kind of records is looked through is no proof of whose
 * one is. What a record says of an earlier step (`isVerified: true`) may be.
 */
function isSameForAll(key: string, value: Node): boolean {
  if (PROVIDERS.test(key)) return true;
  return isLiteral(unwrap(value)) && !OF_STEPS.test(key) && !PROOF.test(key) && !NAMES.test(key);
}

const PROVIDERS =
  /^(?:(?:auth|oauth|login|social)_?)?(?:provider|platform|method)$|^(?:login|auth|social)_?type$/iu;

const OF_STEPS =
  /log|sign|auth|valid|confirm|approv|allow|grant|status|state|step|pending|used|session|link|expire|challenge|check|proof|proven/iu;

/** The field that the request names, of a call that looks up by nothing else. */
function askedIn(core: Core, written: Node): Node | undefined {
  const call = unwrap(written);
  const statement = statementOf(core, call);
  if (statement !== undefined) {
    const { given } = statement;
    const isAsked =
      !IS_PROOF.test(tableOf(statement)) && selectsBy(statement, (name) => NAMES.test(name));
    return isAsked && given.every((one) => isSaidByClient(core, one)) ? given[0] : undefined;
  }
  if (call.type !== "CallExpression") return undefined;
  const callee = unwrap(call.callee);
  const inner = callee.type === "MemberExpression" ? askedIn(core, callee.object) : undefined;
  // `User.findOne({ email }).select("name")`; in `.where({ email }).andWhere({ code })` the code is a proof.
  if (inner !== undefined) {
    return call.arguments.some((one) => isMadeOfSaid(core, one)) ? undefined : inner;
  }
  const name = calleeName(call);
  const choice = choiceOf(call);
  if (choice === undefined && !isLookUp(core, call) && !SAYS_WHETHER.test(name)) return undefined;
  if ([PROOF, IS_PROOF, MAKES, OF_ASKER].some((one) => one.test(name))) return undefined;
  if (choice !== undefined) return namedInChoice(core, choice, isNameInList);
  const [conditions, ...more] = call.arguments;
  if (conditions === undefined) return undefined;
  // What a record is changed into asks for nothing.
  if (!CHANGES_FOUND.test(name) && more.some((one) => isMadeOfSaid(core, one))) return undefined;
  return namedInConditions(core, conditions, /create|upsert/iu.test(name));
}

/** `Member.exists({ email })`: that there is an account says nothing of who asks. What a cache holds may. */
const SAYS_WHETHER =
  /^(?:\w+\.)*(?:[A-Z]\w*|(?:prisma|db)\.\w+|\w+(?:Model|Repo(?:sitory)?))\.(?:exists?|count(?:Documents)?)$/u;

/** Of what a program keeps in a list, a key is no address of a wallet. */
function isNameInList(field: string): boolean {
  return NAMES.test(field) && field !== "key";
}

/** `hash` of `const hash = await hashPassword(req.body.password)` */
function isMadeOfSaid(core: Core, written: Node): boolean {
  return hasWithin(core, written, (part) => {
    const init = part.type === "Identifier" ? initOf(core.fileOf(part), part) : undefined;
    return (
      isSaidByClient(core, part) ||
      (init?.type === "CallExpression" && init.arguments.some((one) => isSaidByClient(core, one)))
    );
  });
}

/** The conditions that an argument is, or that its variable holds as they were written. */
function conditionsOf(core: Core, written: Node): Node {
  const file = core.fileOf(written);
  const object = objectAt(file, written);
  // `find(conditions)`, `find({ where: conditions })`
  const isAsWritten = readsOf(file, unwrap(written)).every((read) =>
    /^(?:CallExpression|Property)$/u.test(parentOf(wrapped(read))?.type ?? ""),
  );
  return object !== undefined && isAsWritten ? object : unwrap(written);
}

/**
 * What the request names, of conditions that ask for nothing else.
 *
 * @param mayHoldMore whether what is named stands beside what else a new record is given
 */
export function namedInConditions(
  core: Core,
  conditions: Node,
  mayHoldMore = false,
): Node | undefined {
  const node = conditionsOf(core, conditions);
  if (node.type === "ArrayExpression") return allNamed(core, node.elements);
  if (node.type === "CallExpression" && isOperator(core, node)) return comparedBy(core, node);
  if (node.type !== "ObjectExpression") {
    const said = saidByClient(core, node);
    if (said === undefined) return undefined;
    const names = [
      said.split("."),
      ...readFrom(core.fileOf(node), node).map((base) => dottedPath(base)),
    ];
    return names.some((path) => NAMES.test(path?.at(-1) ?? "")) ? node : undefined;
  }
  const parts = node.properties.flatMap((property) => {
    if (property.type !== "Property") return [null];
    const key = staticKey(property.key, property.computed) ?? "";
    if (CONDITIONS.test(key)) return [namedInConditions(core, property.value) ?? null];
    const isNamed = NAMES.test(key) && isSaidByClient(core, property.value);
    return OPTIONS.test(key) ||
      isSameForAll(key, property.value) ||
      (mayHoldMore && !isNamed && !PROOF.test(key))
      ? []
      : [isNamed ? property.value : null];
  });
  return allNamed(core, parts);
}

/** `eq(users.email, email)` and `and(…)` of drizzle */
function isOperator(core: Core, node: TSESTree.CallExpression): boolean {
  if (node.callee.type !== "Identifier") return false;
  const source = importSource(core.fileOf(node).variableOf(node.callee))?.value ?? "";
  return /^drizzle-orm(?:\/|$)/u.test(source);
}

/** What the request names, of a column that is compared with it, or of several of them. */
function comparedBy(core: Core, call: TSESTree.CallExpression): Node | undefined {
  const { arguments: given } = call;
  const name = calleeName(call);
  if (/^(?:and|or)$/u.test(name))
    return allNamed(
      core,
      given.map((one) => namedInConditions(core, one) ?? null),
    );
  const [column, value] = given;
  if (!/^(?:eq|i?like)$/u.test(name) || column === undefined || value === undefined)
    return undefined;
  const path = dottedPath(column)?.join(".") ?? "";
  const isNamed =
    NAMES.test(path.split(".").at(-1) ?? "") &&
    // `sessions.id`: nobody else knows it.
    !IS_PROOF.test(path) &&
    !PROOF.test(path) &&
    isSaidByClient(core, value);
  return isNamed ? value : undefined;
}

/** The first of them, where each is named by the request; conditions that are none decide something else. */
function allNamed(core: Core, parts: readonly (Node | null)[]): Node | undefined {
  const said = parts.map((part) => {
    if (part === null) return undefined;
    const node = unwrap(part);
    return node.type === "ObjectExpression" || node.type === "ArrayExpression"
      ? namedInConditions(core, node)
      : part;
  });
  return said.every((one) => one !== undefined) ? said[0] : undefined;
}

/** Finds a record by its first argument, and writes the second into it. */
const CHANGES_FOUND = /\.find(?:One|ById)And(?:Update|Replace)$/u;

/** Makes a record. */
const MAKES = /(?:^|\.)(?:create\w*|save|insert\w*)$/u;

/** … or changes one. */
const CHANGES = /(?:^|\.)(?:update\w*|upsert)$/u;

function isMaking(name: string): boolean {
  return MAKES.test(name) || CHANGES.test(name);
}

function isMade(core: Core, written: Node): boolean {
  const node = unwrap(written);
  const statement = statementOf(core, node);
  if (statement !== undefined) return isChange(statement, (conditions) => PROOF.test(conditions));
  return (
    // `user = { id: randomUUID(), email }`, which is written down then
    node.type === "ObjectExpression" ||
    node.type === "NewExpression" ||
    (node.type === "CallExpression" && isMaking(calleeName(node)))
  );
}

/** Records of which nobody but whom they were made for knows the identifier. */
export const IS_PROOF =
  /link|invit|session|challenge|nonce|ticket|request|magic|grant|attempt|device|pending|recover/iu;

/** `loadOwnMember(id)`, `findMyTeam(id)`: what looks nobody up but for who asks. */
const OF_ASKER = /[a-z](?:Own|My)(?=[A-Z])/u;

/** … of which one is made for somebody who is let in already. */
const OF_SIGNED_IN = /(?:^|\.)(?:\w*session|device)\.create$/iu;

/** What a record gives of itself. */
const OF_ITSELF = /\.(?:toObject|toJSON|get|select|populate|lean|exec|then|catch)$/u;

/** What a record is asked for, changed by, or told apart by, beside what might be a proof. */
export const PROOF = /pass|pwd|\bpin\b|otp|code|secret|\bkey|token|verif|hash/iu;

/** `db("users")` of `db("users").where({ email })`, `db.select()` of `db.select().from(users).where(…)` */
function isTable(core: Core, call: CallNode): boolean {
  const method = parentOf(wrapped(call));
  const outer = method?.type === "MemberExpression" ? parentOf(method) : undefined;
  if (outer?.type !== "CallExpression" || outer.callee !== method) return false;
  return (
    askedIn(core, outer) !== undefined || (CHOOSES.test(calleeName(call)) && isTable(core, outer))
  );
}

/** What says which columns and tables are asked. */
const CHOOSES = /\.(?:select|from|\w+Join)$/u;

/** Is it a call or a comparison that has to do with such a record, and is no proof of whose it is? */
export function isOfRecord(core: Core, node: Node): boolean {
  const file = core.fileOf(node);
  const isRecord = (one: Node): boolean => askedFor(core, rootOf(one)) !== undefined;
  switch (node.type) {
    case "NewExpression":
      return isSavedRecord(core, node) || isHeldAsRecord(core, node);
    case "TaggedTemplateExpression":
      return askedIn(core, node) !== undefined || isMade(core, node);
    case "CallExpression": {
      const name = calleeName(node);
      if (askedIn(core, node) !== undefined || isTable(core, node)) return true;
      if (isOperator(core, node)) return comparedBy(core, node) !== undefined;
      if (statementOf(core, node) !== undefined) return isMade(core, node);
      if (isRecord(node.callee)) return isMaking(name) || OF_ITSELF.test(name);
      const [conditions, ...more] = node.arguments;
      if (conditions === undefined) return isMaking(name);
      // What chooses the record that is changed may be a proof.
      if (updateOf(file, node) !== undefined) return false;
      // What a new record is given asks for nothing.
      if (name.endsWith(".create") && unwrap(conditions).type === "ObjectExpression")
        return !PROOF.test(name) && (!IS_PROOF.test(name) || OF_SIGNED_IN.test(name));
      return (
        isMaking(name) &&
        !PROOF.test(file.text.slice(...conditions.range)) &&
        !more.some((one) => bringsProof(core, one))
      );
    }
    case "BinaryExpression": {
      const by = chosenBy(node);
      if (by !== undefined && askedIn(core, by) !== undefined) return true;
      // `user.role === "admin"`, whoever asks
      return [node.left, node.right].every(
        (side) =>
          isLiteral(side) || (isRecord(side) && !PROOF.test(file.text.slice(...side.range))),
      );
    }
    default:
      return false;
  }
}

function bringsProof(core: Core, written: Node): boolean {
  return hasWithin(core, written, (one) => PROOF.test(saidByClient(core, one) ?? ""));
}

/** `user = new User({ email })`, where a look-up is the other way to it. */
function isHeldAsRecord(core: Core, made: Node): boolean {
  const holder = parentOf(wrapped(made));
  const name =
    holder?.type === "VariableDeclarator"
      ? holder.id
      : holder?.type === "AssignmentExpression"
        ? holder.left
        : undefined;
  return name?.type === "Identifier" && askedFor(core, name) !== undefined;
}
