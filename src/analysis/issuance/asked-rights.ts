import type { TSESTree } from "@typescript-eslint/utils";
import type { Analysis } from "../analysis.ts";
import type { Core } from "../core.ts";
import { isLogCall } from "../logging.ts";
import { responseCalls } from "../answers/response-calls.ts";
import { initOf, objectAt, readsOf } from "../files/variables.ts";
import { byObject } from "../memo.ts";
import { handlerOf } from "../network/request-handlers.ts";
import { mayReadRequest, saidByClient } from "../network/request.ts";
import {
  calleeName,
  isFunction,
  isNullish,
  memberName,
  parentOf,
  propertyValue,
  textOf,
  unwrap,
  wrapped,
} from "../syntax.ts";
import type { CallNode, FunctionNode, Node } from "../syntax.ts";
import { hasWithin } from "../within.ts";
import { statementOf } from "../data/statements.ts";
import { openRoute } from "./sign-in-routes.ts";
import { signedTokens } from "./signed-tokens.ts";
import type { SignedToken } from "./signed-tokens.ts";
import { asksNothing } from "./unasked.ts";
import { readsWhoAsks } from "./who-asks.ts";

/** A token says that somebody may what he has asked for himself. */
export interface AskedRights {
  /** Where the request says it, or where the record is read that was made of it. */
  readonly node: Node;
  /** What signs it. */
  readonly name: string;
  readonly isByName: boolean;
  readonly claim: string;
  /** Where the request says it: `body.role` */
  readonly said: string;
}

/**
 * `jwt.sign({ sub: user.id, role: req.body.role }, key)`, also of a record that has just been made of what the
 * request says: `new User(req.body)`, whose `role` is signed then. Only handlers that anybody reaches are told, and
 * only where nothing there looks at what is asked for: a role that is compared with anything may have been refused.
 */
export const askedRights = byObject((analysis: Analysis): readonly AskedRights[] => {
  const { file } = analysis;
  if (!mayReadRequest(file)) return [];
  return signedTokens(analysis).flatMap((signed) => {
    const found = signed.claims.flatMap((claim) => inClaim(analysis, signed, claim) ?? []);
    return found.slice(0, 1);
  });
});

/** Nobody but who runs a program is one of these. */
const FLAGS = /^(?:is_?)?(?:(?:super_?)?admin(?:istrator)?|user_?is_?admin|staff)$/iu;

/** … or leads a meeting. */
const LEADS = /^(?:is_?)?(?:room_?admin|moderator)$/iu;

/** What says what somebody may, of whom there are others than administrators. */
const ROLES = /^(?:user_?)?(?:roles?|types?|permissions?|privileges?|access_?level)$/iu;

/** … in a program that has some. */
const ADMINISTRATORS =
  /["'`](?:ROLE_)?(?:super[-_ ]?)?admin(?:istrator)?s?["'`]|\bis_?admin|\badmin_?only/iu;

/** What Zoom calls the right to be the host: 1 in both of its kits. */
const ROLES_IN_MEETING = /^role(?:_type)?$/u;

/**
 * The signature by which somebody enters a meeting of Zoom: `{ sdkKey, mn, role }` of its Meeting SDK, `{ app_key, tpc,
 * role_type }` of its Video SDK.
 */
function isForMeeting({ claims }: SignedToken): boolean {
  const names = claims.map(({ name }) => name ?? "");
  return (
    names.some((one) => /^(?:sdkKey|appKey|app_key)$/u.test(one)) &&
    names.some((one) => /^(?:mn|tpc)$/u.test(one))
  );
}

function inClaim(
  analysis: Analysis,
  signed: SignedToken,
  { name: claim = "", nodes }: SignedToken["claims"][number],
): AskedRights | undefined {
  const { core, file, operations } = analysis;
  const { node: token, name: called, isByName = false } = signed;
  const isHarmless = (_: Core, node: Node): boolean =>
    node === token || (node.type === "CallExpression" && isCast(node));
  const isOfMeeting = LEADS.test(claim) || (ROLES_IN_MEETING.test(claim) && isForMeeting(signed));
  const isOfProgram = FLAGS.test(claim) || (ROLES.test(claim) && ADMINISTRATORS.test(file.code));
  if (!isOfMeeting && !isOfProgram) return undefined;
  for (const written of nodes) {
    const said = saidIn(core, askedIn(core, unwrap(written)), { token, claim });
    const handler = said === undefined ? undefined : handlerOf(file, said.node);
    if (said === undefined || handler === undefined) continue;
    const route = openRoute(analysis, handler);
    if (route === undefined || asksMore(core, handler, isOfProgram ? ASKS : HAS_SECRET)) continue;
    // Who has signed in somewhere else may well lead one, and so may who brings its code.
    if (!isOfProgram && !(route.isOwn && asksNothing(core, handler, { operations, isHarmless })))
      continue;
    if (isLookedAt(core, handler, { token, path: said.path })) continue;
    return { node: said.signed, name: called, isByName, claim, said: said.path };
  }
  return undefined;
}

/** What is asked for: `req.query.moderator` of `const isHost = req.query.moderator === "true"` and `Boolean(…)` or `Number(…)` of it. */
function askedIn(core: Core, node: Node): Node {
  const init = node.type === "Identifier" ? initOf(core.fileOf(node), node) : undefined;
  const asked = init === undefined ? node : unwrap(init);
  if (asked.type === "BinaryExpression" && asked.operator.startsWith("==")) {
    // What is compared with anything else has been looked at.
    const side = [asked.left, asked.right].find((one) => !saysYes(one));
    return side === undefined ? node : unwrap(side);
  }
  if (asked.type === "UnaryExpression" && asked.operator === "!") {
    const { argument } = asked;
    return argument.type === "UnaryExpression" && argument.operator === "!"
      ? unwrap(argument.argument)
      : node;
  }
  const [given] = asked.type === "CallExpression" && isCast(asked) ? asked.arguments : [];
  return given === undefined ? node : unwrap(given);
}

function isCast(call: CallNode): boolean {
  return /^(?:Boolean|Number|(?:Number\.)?parseInt)$/u.test(calleeName(call));
}

function saysYes(node: Node): boolean {
  const written = node.type === "Literal" ? String(node.value) : textOf(node);
  return /^(?:true|yes|on|1)$/u.test(written ?? "");
}

/** A field of what the request says. */
interface Said {
  /** What reads it, or the request as a whole. */
  readonly node: Node;
  /** `req.body.role` */
  readonly path: string;
}

function saidIn(
  core: Core,
  node: Node,
  { token, claim }: { readonly token: CallNode; readonly claim: string },
): (Said & { readonly signed: Node }) | undefined {
  const path = core.fileOf(node) === core.file ? saidByClient(core, node) : undefined;
  if (path !== undefined) return IS_WHOLE.test(path) ? undefined : { node, path, signed: node };
  const part = node.type === "MemberExpression" ? node : undefined;
  // `tokenFor(user)`, whose parts the function that signs takes by their names.
  const isGiven = token.arguments.some((one) => unwrap(one) === node);
  const record = part === undefined ? (isGiven ? node : undefined) : atCall(core, part, token);
  const field = part === undefined ? claim : (memberName(part) ?? "");
  if (record?.type !== "Identifier" || isSet(core, record, field)) return undefined;
  const given = givenToMake(core, record);
  const said = given === undefined ? undefined : fieldOf(core, given, field);
  return said && { ...said, signed: record === part?.object ? part : record };
}

/** What the call that signs is given for a parameter of the function that it calls: `user` of `tokenFor(user)`. */
function atCall(core: Core, part: TSESTree.MemberExpression, token: CallNode): Node | undefined {
  const name = unwrap(part.object);
  const file = core.fileOf(name);
  const [definition] = file.variableOf(name)?.defs ?? [];
  const owner = definition?.node as Node | undefined;
  const target = isFunction(owner) ? core.evaluate(token.callee) : undefined;
  if (!isFunction(owner) || target?.type !== "function" || target.node !== owner)
    return file === core.file ? name : undefined;
  const given = token.arguments[owner.params.findIndex((one) => one === definition?.name)];
  return given === undefined ? undefined : unwrap(given);
}

/** `user.role = "user"` */
function isSet(core: Core, record: Node, field: string): boolean {
  const file = core.fileOf(record);
  const variable = file.variableOf(record);
  return file.index.assignments.some(
    ({ left }) =>
      left.type === "MemberExpression" &&
      memberName(left) === field &&
      file.variableOf(left.object) === variable,
  );
}

const IS_WHOLE = /(?:^|[.])(?:body|json|args)$/u;

/** What a record is made of: `req.body` of `const user = await User.create(req.body)` */
function givenToMake(core: Core, name: Node): Node | undefined {
  const made = initOf(core.fileOf(name), name);
  const call = made === undefined ? undefined : makingIn(made);
  return call?.arguments[0];
}

const MAKES = /(?:^|\.)(?:create|insert|insertOne|save|build)$/u;

/** `users.insert({ … })` of `users.insert({ … }).select().single()` */
function makingIn(written: Node): CallNode | undefined {
  const node = unwrap(written);
  if (node.type === "NewExpression") return node;
  if (node.type !== "CallExpression") return undefined;
  if (MAKES.test(calleeName(node))) return node;
  const callee = unwrap(node.callee);
  return callee.type === "MemberExpression" ? makingIn(callee.object) : undefined;
}

function fieldOf(core: Core, written: Node, field: string): Said | undefined {
  const given = objectAt(core.fileOf(written), written) ?? unwrap(written);
  if (given.type !== "ObjectExpression") return ofWhole(core, given, field);
  const value = propertyValue(given, field);
  if (value !== undefined) {
    const path = saidByClient(core, value);
    return path === undefined || IS_WHOLE.test(path) ? undefined : { node: value, path };
  }
  // `prisma.user.create({ data: { … } })`
  const data = propertyValue(given, "data");
  if (data !== undefined) return fieldOf(core, data, field);
  for (const one of given.properties) {
    const copied = one.type === "SpreadElement" ? ofWhole(core, one.argument, field) : undefined;
    if (copied !== undefined) return copied;
  }
  return undefined;
}

/** `req.body`, of which no field has been taken out */
function ofWhole(core: Core, written: Node, field: string): Said | undefined {
  const node = unwrap(written);
  const path = saidByClient(core, node);
  const [declared] = core.fileOf(node).variableOf(node)?.identifiers ?? [];
  const isRest = declared !== undefined && parentOf(declared)?.type === "RestElement";
  return path !== undefined && IS_WHOLE.test(path) && !isRest
    ? { node, path: `${path}.${field}` }
    : undefined;
}

/**
 * What looks at the form of a request may know the roles that it lets through, and who brings a secret or is signed
 * in may choose some.
 */
const HAS_SECRET =
  /secret_?(?:key|code)|(?:admin|invit\w*|sign_?up|regist\w*|master)_?(?:secret|key|code|token|pass)/iu;

/** … and which roles there are in a meeting everybody knows, so what looks at those alone lets the host through as well. */
const ASKS = new RegExp(
  String.raw`valid|schema|safeParse|(?<!JSON)\.parse(?:Async)?\b|attempt|assert|check\w*Body|\benum\b|\ballow|\bpermit|whitelist|${HAS_SECRET.source}`,
  "iu",
);

function asksMore(core: Core, handler: FunctionNode, asks: RegExp): boolean {
  const route = parentOf(wrapped(handler));
  const { range } = route?.type === "CallExpression" ? route : handler;
  return (
    asks.test(core.fileOf(handler).text.slice(...range)) ||
    hasWithin(core, handler.body, (node) => readsWhoAsks(core, node))
  );
}

interface Asked {
  readonly token: CallNode;
  readonly path: string;
}

/** Is what is asked for anything but written down, answered and signed? */
function isLookedAt(core: Core, handler: FunctionNode, { token, path }: Asked): boolean {
  return hasWithin(
    core,
    handler.body,
    (node) =>
      (node.type === "Identifier" || node.type === "MemberExpression") &&
      saidByClient(core, node) === path &&
      !isHandedOn(core, node, token),
  );
}

function isHandedOn(core: Core, written: Node, token: CallNode): boolean {
  const node = wrapped(written);
  const by = parentOf(node);
  switch (by?.type) {
    case "Property":
    case "SpreadElement":
    case "ObjectExpression":
    case "ArrayExpression":
    case "LogicalExpression":
      return isHandedOn(core, by, token);
    case "ConditionalExpression":
      return by.test !== node && isHandedOn(core, by, token);
    case "TemplateLiteral":
      return parentOf(by)?.type === "CallExpression" && isHandedOn(core, by, token);
    case "MemberExpression":
      // `role.trim()` says what `role` does.
      return by.object === node && saidByClient(core, by) === saidByClient(core, node);
    case "AssignmentExpression":
      return by.right === node;
    case "UnaryExpression":
      return by.operator !== "delete";
    case "BinaryExpression":
      return (
        [by.left, by.right].some(isNullish) ||
        ([by.left, by.right].some(saysYes) && isKept(core, by, token))
      );
    case "CallExpression":
    case "NewExpression":
      if (isCast(by)) return isKept(core, by, token);
      return by.callee === node ? isHandedOn(core, by, token) : isKeeping(core, by, token);
    case "SwitchStatement":
      return false;
    default:
      return true;
  }
}

/** How many names a yes or no is followed through: `var a = b; var b = a;` never ends. */
const MAX_NAMES = 3;

/** Is a yes or no only put somewhere, and so is the name that it is given? */
function isKept(core: Core, node: Node, token: CallNode, names = MAX_NAMES): boolean {
  const by = parentOf(node);
  if (by?.type === "VariableDeclarator")
    return (
      names > 0 &&
      readsOf(core.fileOf(node), by.id).every((read) => isKept(core, read, token, names - 1))
    );
  return by?.type === "Property" && isHandedOn(core, by, token);
}

function isKeeping(core: Core, call: CallNode, token: CallNode): boolean {
  if (call === token || call.type === "NewExpression") return true;
  if (isLogCall(call) || responseCalls(call).length > 0) return true;
  const statement = statementOf(core, call);
  if (statement !== undefined) return /^\s*insert\b/iu.test(statement.text);
  const name = calleeName(call);
  return MAKES.test(name) || /(?:^JSON\.stringify|Response\.json|\.push)$/u.test(name);
}
