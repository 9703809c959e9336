import type { TSESTree } from "@typescript-eslint/utils";
import type { Analysis } from "../analysis.ts";
import type { Core } from "../core.ts";
import { roleName } from "../answers/function-roles.ts";
import { inside } from "../files/inside.ts";
import { isStandIn } from "../files/stand-ins.ts";
import { isSaidByClient, saidByClient } from "../network/request.ts";
import type { Operation } from "../operations/operations.ts";
import { contains, enclosingFunction, isFunction, rootOf, staticKey, unwrap } from "../syntax.ts";
import type { FunctionNode, Node } from "../syntax.ts";
import { hasWithin } from "../within.ts";
import { askedFor, isOfRecord } from "../data/asked-records.ts";
import { isForDevelopment } from "../trust/environments.ts";
import { isIdentityTarget } from "../trust/identity-targets.ts";
import { isToldOnlyWho } from "./told-only-who.ts";
import { isHeaderRead, isTokenName } from "./header-reads.ts";
import { asksNothing, isUnread } from "./unasked.ts";

/** Somebody is taken for signed in whom the request names beside a verified token that nobody reads. */
export interface OtherIdentity {
  /** What the request names. */
  readonly node: Node;
  /** What verifies the token. */
  readonly name: string;
}

/**
 * `jwt.verify(token, key); req.user = { id: req.headers["x-user-id"] };`: the token may be anybody's, and the header
 * says who he is. Only functions that are known whole are told: nothing in them may ask for another proof.
 */
export function otherIdentities(analysis: Analysis): OtherIdentity[] {
  const { file, operations } = analysis;
  if (isStandIn(file) || operations.every(({ kind }) => kind !== "verify")) return [];
  return file.index.assignments.flatMap((one) => ofAssignment(analysis, one) ?? []);
}

function ofAssignment(
  { core, operations, file }: Analysis,
  assignment: TSESTree.AssignmentExpression,
): OtherIdentity | undefined {
  const { left, right } = assignment;
  if (!isIdentityTarget(assignment)) return undefined;
  const handler = takerOf(core, rootOf(left));
  const node = handler === undefined ? undefined : namedIn(core, right);
  if (handler === undefined || node === undefined || isForDevelopment(core, assignment))
    return undefined;
  const name = roleName(core, handler) ?? "";
  if (ACTS_FOR.test(name) || ACTS_FOR.test(file.text.slice(...handler.range))) return undefined;
  const verified = operations.find((one) => isVerifiedIn(core, handler, one));
  if (verified === undefined) return undefined;
  const isHarmless = (inner: Core, one: Node): boolean =>
    isOfRecord(inner, one) ||
    isToldOnlyWho(inner, one) ||
    isHeaderRead(one, isKnownName) ||
    contains(left, one) ||
    isOfTokenAlone(inner, one, operations);
  return asksNothing(core, handler, { operations, isHarmless })
    ? { node, name: verified.name }
    : undefined;
}

/** Services, and those who are let do things for others, say for whom they ask. */
const ACTS_FOR =
  /service|internal|gateway|proxy|machine|m2m|s2s|impersonat|behalf|admin|staff|webhook|cron|worker|system|peer/iu;

/** The function that is given what a name holds. */
function takerOf(core: Core, name: Node): FunctionNode | undefined {
  const [definition] = name.type === "Identifier" ? (core.file.variableOf(name)?.defs ?? []) : [];
  const owner = definition?.node as Node | undefined;
  return definition?.type === "Parameter" && isFunction(owner) ? owner : undefined;
}

/** Whom the request names, of what somebody is put down as: itself, a part of it, or the record that is found by it. */
function namedIn(core: Core, written: Node): Node | undefined {
  const node = unwrap(written);
  if (node.type === "ObjectExpression") {
    for (const one of node.properties) {
      if (one.type !== "Property") continue;
      const isWho = WHO.test(staticKey(one.key, one.computed) ?? "");
      if (isWho && isSaidByClient(core, one.value)) return one.value;
    }
    return undefined;
  }
  const said = saidByClient(core, node);
  if (said !== undefined) return WHO.test(said.split(".").at(-1) ?? "") ? node : undefined;
  return node.type === "Identifier" ? askedFor(core, node) : undefined;
}

/** What says who somebody is, also as a header: `x-user-id`, `x-authenticated-email` */
const WHO =
  /^(?!.*token)(?:_?id|sub|uid|(?:x-)?(?:\w+[-_])*(?:auth)?(?:user|account|member|customer|e?mail|login|identity|principal)(?:[-_]?(?:id|uid|name|e?mail))?)$/iu;

function isKnownName(name: string): boolean {
  return isTokenName(name) || WHO.test(name);
}

/** Is the token verified in the function itself, or in one of the file that it calls? */
function isVerifiedIn(core: Core, handler: FunctionNode, { kind, node }: Operation): boolean {
  if (kind !== "verify") return false;
  if (contains(handler, node)) return true;
  const owner = enclosingFunction(node);
  return inside(core.file.index.calls, handler).some((call) => {
    const target = core.evaluate(call.callee);
    return target.type === "function" && target.node === owner;
  });
}

/**
 * `if (!(await isGood(token, ISSUER))) return refuse();`: a function that verifies a token and reads nothing of it has
 * nothing to compare with who is named, where it is given no more of the request.
 */
function isOfTokenAlone(core: Core, call: Node, operations: readonly Operation[]): boolean {
  if (call.type !== "CallExpression") return false;
  const target = core.evaluate(call.callee);
  if (target.type !== "function") return false;
  const verified = operations.filter(
    ({ kind, node }) => kind === "verify" && enclosingFunction(node) === target.node,
  );
  return (
    verified.length > 0 &&
    verified.every((one) => isUnread(core, one)) &&
    call.arguments.every((one) => isTokenOrOwn(core, one))
  );
}

function isTokenOrOwn(core: Core, written: Node): boolean {
  const said = saidByClient(core, written);
  if (said !== undefined) return isTokenName(said.split(".").at(-1) ?? "");
  return !hasWithin(core, written, (part) => takerOf(core, part) !== undefined);
}
