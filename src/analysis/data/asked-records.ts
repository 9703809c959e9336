import type { TSESTree } from "@typescript-eslint/utils";
import type { Scope } from "@typescript-eslint/utils/ts-eslint";
import type { Core } from "../core.ts";
import { initOf } from "../files/variables.ts";
import { isSaidByClient, saidByClient } from "../network/request.ts";
import { isSavedRecord } from "../payloads/database-calls.ts";
import {
  calleeName,
  isFunction,
  isLiteral,
  isNullish,
  memberName,
  parentOf,
  rootOf,
  unwrap,
  wrapped,
} from "../syntax.ts";
import type { CallNode, Node } from "../syntax.ts";
import { insideCall } from "../values/call-context.ts";
import { returnArguments } from "../values/classes.ts";
import { hasWithin } from "../within.ts";
import { choiceOf, chosenBy, namedInChoice } from "./lists.ts";
import { isChange, selectsBy, statementOf, tablesOf } from "./statements.ts";
import { isLookUp } from "./data-access.ts";
import { namedInKey } from "./keyed-look-ups.ts";
import { roleAsked } from "./asked-roles.ts";
import {
  comparedBy,
  comparesGroup,
  isOperator,
  isSaidOpenly,
  namedInConditions,
} from "./named-conditions.ts";
import { IS_PROOF, saysGroup, saysWho, PROOF } from "./names.ts";
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
  return PLACES.test(name) || saysWho(name) || MADE_IDS.test(name);
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
  if (call?.type !== "CallExpression") return given;
  // `User.findById(id).then((user) => …)`: what the handler does with it looks nobody up.
  const callee = unwrap(call.callee);
  const isThen = callee.type === "MemberExpression" && memberName(callee) === "then";
  return [isThen && call.arguments[0] === owner ? callee.object : call, ...given];
}

/** The field that the request names, of a call that looks up by nothing else. */
function askedIn(core: Core, written: Node): Node | undefined {
  const call = unwrap(written);
  const statement = statementOf(core, call);
  if (statement !== undefined) {
    const { given } = statement;
    const isAsked =
      !tablesOf(statement).some((table) => IS_PROOF.test(table)) &&
      selectsBy(statement, (name) => saysWho(name) || saysGroup(name)) &&
      !selectsBy(statement, (name) => !saysWho(name) && saysGroup(name));
    return isAsked && given.every((one) => isSaidByClient(core, one))
      ? (given.find((one) => saysWho(fieldOf(core, one))) ?? given[0])
      : undefined;
  }
  if (call.type !== "CallExpression") return undefined;
  const callee = unwrap(call.callee);
  const inner = callee.type === "MemberExpression" ? askedIn(core, callee.object) : undefined;
  // `User.findOne({ email }).select("name")`; in `.where({ email }).andWhere({ code })` the code is a proof.
  if (inner !== undefined) {
    return call.arguments.some((one) => isMadeOfSaid(core, one)) ? undefined : inner;
  }
  const keyed = namedInKey(core, call);
  if (keyed !== undefined) return keyed;
  const name = calleeName(call);
  const choice = choiceOf(call);
  if (choice === undefined && !isLookUp(core, call) && !SAYS_WHETHER.test(name)) return undefined;
  if ([PROOF, IS_PROOF, MAKES, OF_ASKER].some((one) => one.test(name))) return undefined;
  if (choice !== undefined)
    return namedInChoice(core, choice, isNameInList) ?? roleAsked(core, call);
  const [conditions, ...more] = call.arguments;
  if (conditions === undefined) return undefined;
  // What a record is changed into asks for nothing.
  const isAskedMore = more.some(
    (one) => isMadeOfSaid(core, one) && !(isSaidOpenly(core, one) && saysGroup(fieldOf(core, one))),
  );
  if (!CHANGES_FOUND.test(name) && isAskedMore) return undefined;
  return namedInConditions(core, conditions, /create|upsert/iu.test(name)) ?? roleAsked(core, call);
}

/** `email` of `req.body.email` */
function fieldOf(core: Core, said: Node): string {
  return saidByClient(core, said)?.split(".").at(-1) ?? "";
}

/** `Member.exists({ email })`: that there is an account says nothing of who asks. What a cache holds may. */
const SAYS_WHETHER =
  /^(?:\w+\.)*(?:[A-Z]\w*|(?:prisma|db)\.\w+|\w+(?:Model|Repo(?:sitory)?))\.(?:exists?|count(?:Documents)?)$/u;

/** Of what a program keeps in a list, a key is no address of a wallet. */
function isNameInList(field: string): boolean {
  return saysWho(field) && field !== "key";
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

/** `loadOwnMember(id)`, `findMyTeam(id)`: what looks nobody up but for who asks. */
const OF_ASKER = /[a-z](?:Own|My)(?=[A-Z])/u;

/** What is made for somebody who is let in already. */
const OF_SIGNED_IN = /(?:^|\.)(?:\w*session|device)\.create$/iu;

/** What a record gives of itself. */
const OF_ITSELF = /\.(?:toObject|toJSON|get|select|populate|lean|exec|then|catch)$/u;

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
      if (isOperator(core, node))
        return comparedBy(core, node) !== undefined || comparesGroup(core, node);
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
