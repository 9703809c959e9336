import type { Analysis } from "../analysis.ts";
import type { Core } from "../core.ts";
import { isStandIn } from "../files/stand-ins.ts";
import { initOf } from "../files/variables.ts";
import { handlerOf } from "../network/request-handlers.ts";
import { mayReadRequest } from "../network/request.ts";
import type { Operation } from "../operations/operations.ts";
import { calleeName, contains, enclosingFunction, parentOf, walk, wrapped } from "../syntax.ts";
import type { FunctionNode, Node } from "../syntax.ts";
import { hasWithin } from "../within.ts";
import { isMail } from "./mails.ts";
import { isOfRecord } from "../data/asked-records.ts";
import { isForDevelopment } from "../trust/environments.ts";
import { isOfNew } from "./new-records.ts";
import { chainOf } from "../values/call-chains.ts";
import { passwordSetFor } from "../data/password-changes.ts";
import { openRoute } from "./sign-in-routes.ts";
import { isToldOnlyWho } from "./told-only-who.ts";
import { aloneIn } from "./token-alone.ts";
import { asksNothing } from "./unasked.ts";

/** A password that is set for whomever the request names, for a token that may be somebody else's. */
export interface OtherAccount {
  /** What the request names. */
  readonly node: Node;
  /** What verifies the token. */
  readonly name: string;
  /** Where the password is set. */
  readonly change: Node;
}

/**
 * `jwt.verify(req.body.token, key); await User.updateOne({ email: req.body.email }, { password })`: the link of a mail
 * is the proof of one account, and the request says which one is changed. The verified claims neither choose it nor
 * are compared with it, and nothing else is asked for.
 */
export function otherAccounts(analysis: Analysis): OtherAccount[] {
  const { file, operations } = analysis;
  if (!mayReadRequest(file) || isStandIn(file)) return [];
  return operations.flatMap((operation) =>
    operation.kind === "verify" ? (inHandler(analysis, operation) ?? []) : [],
  );
}

function inHandler(analysis: Analysis, operation: Operation): OtherAccount | undefined {
  const { core, file, operations } = analysis;
  const { node: call, token, name } = operation;
  const handler = token === undefined ? undefined : handlerOf(file, token.node);
  if (handler === undefined || !contains(handler, call) || isOfStaff(analysis, handler))
    return undefined;
  if (!settingsOf(operation).every((one) => isOfProgram(core, handler, one))) return undefined;
  const found = changeIn(core, handler);
  if (found === undefined) return undefined;
  const chain: readonly Node[] =
    found.change.type === "CallExpression" ? chainOf(found.change) : [found.change];
  const isOfToken = aloneIn(core, handler, operation);
  if (isOfToken === undefined) return undefined;
  const isHarmless = (inner: Core, one: Node): boolean =>
    one === call ||
    chain.includes(one) ||
    isOfRecord(inner, one) ||
    isToldOnlyWho(inner, one) ||
    isMail(one) ||
    isThrownAway(one) ||
    (one.type === "BinaryExpression" ? [one.left, one.right].some(isOfToken) : isOfToken(one));
  return asksNothing(core, handler, { operations, isHarmless }) ? { ...found, name } : undefined;
}

/** What a verification is given beside the token: its key, and the subject that it asks for. */
function settingsOf({ node, token, key, callback }: Operation): Node[] {
  const others = node.arguments.filter((one) => one !== token?.node && one !== callback?.node);
  return key === undefined ? others : [key.node, ...others];
}

function changeIn(core: Core, handler: FunctionNode): Omit<OtherAccount, "name"> | undefined {
  const found: Omit<OtherAccount, "name">[] = [];
  walk(handler.body, core.fileOf(handler).visitorKeys, (one) => {
    const node = passwordSetFor(core, one);
    if (node !== undefined && !isOfNew(core, handler, one) && !isForDevelopment(core, one))
      found.push({ node, change: one });
  });
  return found[0];
}

/** Whoever has a token of those may change the accounts of others. */
const STAFF =
  /admin|staff|manager|moderator|super_?user|support|internal|service_?(?:key|token|secret)|owner|tenant/iu;

function isOfStaff(analysis: Analysis, handler: FunctionNode): boolean {
  const route = openRoute(analysis, handler);
  return (
    route === undefined ||
    [...route.names, analysis.file.text.slice(...handler.range)].some((one) => STAFF.test(one))
  );
}

/** How many variables are followed: `var a = b(); var b = a();` never ends. */
const MAX_NAMES = 4;

/** What the handler takes from nowhere but the program; a key that is made of the user's record is a proof. */
function isOfProgram(core: Core, handler: FunctionNode, written: Node, hops = MAX_NAMES): boolean {
  const file = core.fileOf(written);
  return !hasWithin(core, written, (part) => {
    const [definition] = part.type === "Identifier" ? (file.variableOf(part)?.defs ?? []) : [];
    if (definition === undefined || enclosingFunction(definition.name) === undefined) return false;
    const init = initOf(file, part);
    return init === undefined || hops === 0 || !isOfProgram(core, handler, init, hops - 1);
  });
}

/** `await Session.deleteMany({ userId: user.id });`: nobody looks at what it has found. */
function isThrownAway(node: Node): boolean {
  return (
    node.type === "CallExpression" &&
    parentOf(wrapped(node))?.type === "ExpressionStatement" &&
    /\.(?:delete\w*|destroy|remove|del|clearCookie)$/u.test(calleeName(node))
  );
}
