import type { TSESTree } from "@typescript-eslint/utils";
import type { Core } from "../core.ts";
import { calledName } from "../files/source-file.ts";
import { initOf } from "../files/variables.ts";
import { operationsAt } from "../operations/operations.ts";
import {
  dottedPath,
  enclosingFunction,
  isFunction,
  memberName,
  parentOf,
  textOf,
  unwrap,
  wrapped,
} from "../syntax.ts";
import type { CallNode, Node } from "../syntax.ts";
import { possibilities } from "../values/value.ts";
import { actionInputs } from "./action-inputs.ts";
import { isTakenOut } from "./cleaning.ts";
import { databaseCall, savedRecord } from "./database-calls.ts";
import type { DatabaseCall } from "./database-calls.ts";
import { classFields, modelFields, typeFields } from "./model-fields.ts";
import { isTakenForId } from "./new-ids.ts";
import { originOf } from "./origins.ts";
import type { Origin } from "./origins.ts";
import { secretRead } from "./secret-reads.ts";
import { isRecordSecret, MAY_NAME_PASSWORDS, namesPeople } from "./sensitive-names.ts";
import { givesFewFields } from "./strategy-users.ts";

/** A record that is put into something as a whole. */
export interface WholeRecord {
  /** What it is called, for a message. */
  readonly name: string;
  /** A secret that is known to be among its fields. */
  readonly secret: string | undefined;
}

/** What one look at a record says: what it is, that it is harmless, or nothing. */
type Answer = WholeRecord | "harmless" | undefined;

/**
 * Is the expression a whole record of the program's database, such as a user with all columns?
 *
 * A name is no evidence. It counts where the record comes from (a call of an object mapper, a
 * `SELECT *`), what its type or model declares, and what else the program reads off it: where
 * `user.password` is compared, `user` holds a password. Whoever takes a field out of a record knows
 * what is in it, and so does whoever picks fields: such records are no finding.
 *
 * @param until the call that the record is given to
 */
export function wholeRecord(core: Core, expression: Node, until?: Node): WholeRecord | undefined {
  // `user = { id: user.id }`: which of its values a variable has where it is used is not known.
  if (possibilities(core.evaluate(expression)).some((one) => one.type === "object"))
    return undefined;
  let found: WholeRecord | undefined;
  const steps = originOf(core, expression);
  for (const step of steps) {
    if (isTakenOut(core, step.node, until)) return undefined;
    const answer = lookAt(core, step, steps);
    if (answer === "harmless") return undefined;
    if (answer !== undefined && found?.secret === undefined) found = answer;
  }
  return found;
}

function lookAt(core: Core, { node, isCopyOfDocument }: Origin, steps: readonly Origin[]): Answer {
  const name = lastName(node) ?? "record";
  const declared = declaredFields(core, node);
  if (declared !== undefined) return declared;
  const read = secretRead(core, node);
  if (read !== undefined) return { name, secret: read };
  if (node.type === "CallExpression") return ofCall(core, node, steps);
  if (node.type === "NewExpression") {
    const saved = ofRecord(core, savedRecord(core, node));
    // One that is made without a secret says nothing of others that the same name stands for.
    return saved === "harmless" ? undefined : saved;
  }
  if (isSignUpForm(core, node)) return { name, secret: "password" };
  if (isSignedInHere(core, node)) return { name, secret: undefined };
  // `user.toJSON()`, `user._doc`: only documents of a database have these.
  return isCopyOfDocument && namesPeople(documentName(node))
    ? { name: documentName(node), secret: undefined }
    : undefined;
}

/** `users` of `users[0]`: a position says nothing. */
function lastName(node: Node): string | undefined {
  return dottedPath(node)?.findLast((name) => !/^\d+$/u.test(name));
}

function ofCall(core: Core, call: TSESTree.CallExpression, steps: readonly Origin[]): Answer {
  const one = databaseCall(core, call);
  if (one === undefined) return elementOf(core, call);
  return isId(core, one, steps) ? undefined : ofRecord(core, one, heldAs(call));
}

/** The `create` of a model that stands out of sight may give an id, and is taken for one. */
function isId(core: Core, one: DatabaseCall, steps: readonly Origin[]): boolean {
  if (one.mayGiveId !== true || !isTakenForId(core, steps)) return false;
  return one.expression === undefined || modelFields(core, one.expression) === undefined;
}

/** `user` of `const user = await Keeper.findOne(…)`: what the program takes the record for. */
function heldAs(call: Node): string {
  const holder = parentOf(wrapped(call));
  return holder?.type === "VariableDeclarator" && holder.id.type === "Identifier"
    ? holder.id.name
    : "";
}

function ofRecord(core: Core, one: DatabaseCall | undefined, holder = ""): Answer {
  if (one === undefined) return undefined;
  if (one.fields.secret !== undefined) return { name: one.model, secret: one.fields.secret };
  if (one.fields.kind !== "all") return one.fields.kind === "some" ? "harmless" : undefined;
  const fields = one.expression === undefined ? undefined : modelFields(core, one.expression);
  if (fields !== undefined) {
    return fields.secret === undefined ? "harmless" : { name: one.model, secret: fields.secret };
  }
  return namesPeople(one.model) || namesPeople(holder)
    ? { name: one.model, secret: undefined }
    : undefined;
}

/** Strategies that ask another service who somebody is, and look up or make his record then. */
const OAUTH_STRATEGY =
  /^(?:google|facebook|github|gitlab|twitter|linkedin|microsoft|azure|apple|discord|spotify|auth0|oauth2?|saml)/iu;

/** Strategies of passport that look a person up by what a form holds, by their usual names. */
const FORM_STRATEGY = /^(?:local|log-?in|sign-?(?:in|up)|register)/iu;

/**
 * `passport.authenticate("local", (error, user) => …)`, and `req.user` in a handler behind such a strategy:
 * the record that it has found.
 */
function isSignedInHere(core: Core, node: Node): boolean {
  if (node.type === "MemberExpression") return isBehindStrategy(node);
  if (node.type !== "Identifier") return false;
  const [definition] = core.fileOf(node).variableOf(node)?.defs ?? [];
  const owner = definition?.node as Node | undefined;
  if (!isFunction(owner) || owner.params[1] !== definition?.name) return false;
  const call = parentOf(owner);
  if (call?.type !== "CallExpression" || calledName(call) !== "authenticate") return false;
  const strategy = strategyOf(call) ?? "";
  return FORM_STRATEGY.test(strategy) && !givesFewFields(core.fileOf(node), strategy);
}

/**
 * `req.body` of somebody who signs up: what is verified later becomes a new account as a whole (`new User(claims)`), in a
 * file that speaks of passwords. What a schema lets through, and what is put into its place, may be without one.
 */
function isSignUpForm(core: Core, node: Node): boolean {
  if (node.type !== "MemberExpression" || memberName(node) !== "body") return false;
  const { code, index } = core.fileOf(node);
  if (!MAY_NAME_PASSWORDS.test(code)) return false;
  const path = dottedPath(node)?.join(".") ?? "?";
  const isBody = (written: Node | undefined): boolean =>
    (written === undefined ? undefined : dottedPath(written)?.join("."))?.startsWith(path) === true;
  const isLookedAt =
    index.assignments.some(({ left }) => isBody(left)) ||
    ["parse", "safeParse", "validate", "validateAsync"].some((method) =>
      (index.called.get(method) ?? []).some(({ arguments: [given] }) => isBody(given)),
    );
  return !isLookedAt && index.calls.some((call) => makesAccount(core, call));
}

/** `new User(claims)`, `User.create(claims)` of all that a token says */
function makesAccount(core: Core, call: CallNode): boolean {
  const path = dottedPath(call.callee) ?? [];
  const isMaking = call.type === "NewExpression" || path.at(-1) === "create";
  const model = call.type === "NewExpression" ? path.at(-1) : path.at(-2);
  const [given] = call.arguments;
  if (!isMaking || given === undefined || !namesPeople(model ?? "")) return false;
  return isAllClaims(core, given);
}

/** What a verification gives, or hands to its callback: `(error, claims) => …` */
function isAllClaims(core: Core, written: Node, hops = 1): boolean {
  const isWhole = possibilities(core.evaluate(written)).some(
    (one) => one.type === "claims" && one.path.length === 0,
  );
  if (isWhole || written.type !== "Identifier") return isWhole;
  const file = core.fileOf(written);
  const init = hops > 0 ? initOf(file, written) : undefined;
  if (init !== undefined) return isAllClaims(core, unwrap(init), hops - 1);
  const definition = file.variableOf(written)?.defs[0];
  const owner = definition?.node as Node | undefined;
  const call =
    isFunction(owner) && owner.params[1] === definition?.name ? parentOf(owner) : undefined;
  return (
    call?.type === "CallExpression" &&
    operationsAt(core, call).some(
      ({ kind, callback }) => kind === "verify" && callback?.function === owner,
    )
  );
}

/** The name in `passport.authenticate("local", …)`. */
function strategyOf(written: Node): string | undefined {
  const call = unwrap(written);
  if (call.type !== "CallExpression" || calledName(call) !== "authenticate") return undefined;
  const [strategy] = call.arguments;
  return /passport/iu.test(dottedPath(call.callee)?.[0] ?? "") ? textOf(strategy) : undefined;
}

/** `router.get("/callback", passport.authenticate("google"), (req, res) => … req.user …)` */
function isBehindStrategy(node: TSESTree.MemberExpression): boolean {
  if (!/^_?req(?:uest)?\.user$/u.test(dottedPath(node)?.join(".") ?? "")) return false;
  const owner = enclosingFunction(node);
  const route = owner === undefined ? undefined : parentOf(owner);
  return (
    route?.type === "CallExpression" &&
    route.arguments.some((argument) => {
      const strategy = strategyOf(argument) ?? "";
      return FORM_STRATEGY.test(strategy) || OAUTH_STRATEGY.test(strategy);
    })
  );
}

/** `users.find((user) => …)` of a list that stands in the code. */
function elementOf(core: Core, call: TSESTree.CallExpression): Answer {
  const callee = unwrap(call.callee);
  if (callee.type !== "MemberExpression" || memberName(callee) !== "find") return undefined;
  for (const list of possibilities(core.evaluate(callee.object))) {
    if (list.type !== "array") continue;
    for (const element of list.elements) {
      if (element.type !== "object") continue;
      const secret = [...element.properties.keys()].find((name) => isRecordSecret(name));
      if (secret !== undefined) return { name: lastName(callee.object) ?? "record", secret };
    }
  }
  return undefined;
}

/** What the class or the declared type of a variable says. */
function declaredFields(core: Core, node: Node): Answer {
  const name = lastName(node) ?? "record";
  for (const one of possibilities(core.evaluate(node))) {
    if (one.type !== "instance") continue;
    const fields = classFields(core, one.of);
    if (fields !== undefined)
      return fields.secret === undefined ? "harmless" : { name, secret: fields.secret };
  }
  if (node.type !== "Identifier") return undefined;
  const inputs = actionInputs(core, node);
  if (inputs !== undefined) {
    const secret = inputs.find((one) => isRecordSecret(one));
    return secret === undefined ? "harmless" : { name, secret };
  }
  const [declaration] = core.fileOf(node).variableOf(node)?.identifiers ?? [];
  const type = declaration?.typeAnnotation?.typeAnnotation;
  if (type === undefined) return undefined;
  const fields = typeFields(core, type);
  if (fields !== undefined)
    return fields.secret === undefined ? "harmless" : { name, secret: fields.secret };
  return isDocumentType(core, type) ? { name, secret: undefined } : undefined;
}

/**
 * Where the types of records stand: classes of TypeORM and MikroORM (`"./entities/user.entity"`), tables of
 * drizzle (`"@/db/schema"`). A folder of models may hold anything.
 */
const ENTITIES =
  /(?:^|[./-])entit(?:y|ies)(?:[./]|$)|(?:^|\/)(?:db|database|drizzle)\/schemas?(?:\/|\.[jt]s$|$)/iu;

/** Prisma's client, also where it is generated into the program. */
const PRISMA = /^@?\.?prisma\/client|generated\/(?:prisma|client)|prisma\/generated/u;

/**
 * `UserDocument`, `HydratedDocument<User>`, `User` of prisma's client or of a module of entities or tables:
 * a record with all columns.
 */
function isDocumentType(core: Core, type: TSESTree.TypeNode): boolean {
  if (isSelected(type)) return true;
  if (type.type !== "TSTypeReference" || type.typeName.type !== "Identifier") return false;
  const { name } = type.typeName;
  if (name === "HydratedDocument") {
    const [of] = type.typeArguments?.params ?? [];
    return of !== undefined && namesPeople(core.fileOf(of).text.slice(...of.range));
  }
  if (!namesPeople(name)) return false;
  if (/(?:Document|Entity)$/u.test(name)) return true;
  const declared = core.fileOf(type).variableOf(type.typeName)?.defs[0]?.parent;
  return (
    declared?.type === "ImportDeclaration" &&
    (PRISMA.test(declared.source.value) ||
      (ENTITIES.test(declared.source.value) &&
        !/jwt|token|payload|claim|auth|session/iu.test(name)))
  );
}

/** `typeof users.$inferSelect`, `InferSelectModel<typeof users>` of drizzle: a row with all columns. */
function isSelected(type: TSESTree.TypeNode): boolean {
  if (type.type === "TSTypeQuery" && type.exprName.type === "TSQualifiedName") {
    const { left, right } = type.exprName;
    return right.name === "$inferSelect" && left.type === "Identifier" && namesPeople(left.name);
  }
  if (type.type !== "TSTypeReference" || type.typeName.type !== "Identifier") return false;
  const [table] = type.typeArguments?.params ?? [];
  return (
    type.typeName.name === "InferSelectModel" &&
    table?.type === "TSTypeQuery" &&
    table.exprName.type === "Identifier" &&
    namesPeople(table.exprName.name)
  );
}

/** What a document is called; `this` goes by its schema: `userSchema.methods.token = function () {…}`. */
function documentName(node: Node): string {
  if (node.type !== "ThisExpression") return lastName(node) ?? "";
  for (let current = parentOf(node); current !== undefined; current = parentOf(current)) {
    if (current.type === "AssignmentExpression") return dottedPath(current.left)?.[0] ?? "";
    if (current.type === "ClassDeclaration") return current.id?.name ?? "";
  }
  return "";
}
