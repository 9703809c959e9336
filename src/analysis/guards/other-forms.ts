import type { TSESTree } from "@typescript-eslint/utils";
import type { Core } from "../core.ts";
import { inside } from "../files/inside.ts";
import { isStandIn } from "../files/stand-ins.ts";
import { initOf } from "../files/variables.ts";
import { conditionsAt } from "../flow/conditions.ts";
import type { Operation } from "../operations/operations.ts";
import {
  calleeName,
  contains,
  dottedPath,
  enclosingFunction,
  memberName,
  parentOf,
  unwrap,
} from "../syntax.ts";
import type { CallNode, FunctionNode, Node } from "../syntax.ts";
import { asksForClaims, asksForKept } from "./asked-behind.ts";
import { nextBehind, statementsBehind } from "../answers/behind.ts";
import { isOptionalByName, refuses } from "../answers/function-roles.ts";
import { isLogCall } from "../logging.ts";
import { responseCalls } from "../answers/response-calls.ts";

/** Other ways to say who somebody is, which may be asked for out of sight. */
const OTHER_SCHEMES = /\bbasic\b|api[-_ ]?key|hmac|digest|\bsigned|signature/iu;

/**
 * `if (header.startsWith("Bearer ")) { verify(token); } next();` where no header at all is refused: a guard that
 * nobody passes as nobody, and everybody with a header of another form. What is optional on purpose lets the
 * missing header pass as well.
 *
 * @returns what lets the other forms pass
 */
export function otherFormPasses(core: Core, operation: Operation): Node | undefined {
  const { node: call } = operation;
  const owner = enclosingFunction(call);
  const file = core.fileOf(call);
  if (owner === undefined || file !== core.file || !/["'`/^]bearer/iu.test(file.code))
    return undefined;
  const branch = branchOfForm(core, owner, call);
  const next = branch === undefined ? undefined : nextBehind(core, branch);
  if (branch === undefined || next === undefined) return undefined;
  const refusal = refusalOfMissing(core, owner, branch);
  const isOpen =
    refusal === undefined ||
    OTHER_SCHEMES.test(file.code) ||
    isOptionalByName(core, owner) ||
    isStandIn(file) ||
    asksForClaims(file) ||
    asksForKept(file, operation) ||
    inside(file.index.calls, owner).some(
      (one) => !isWithin(one, [branch, refusal]) && !isKnown(owner, one),
    );
  return isOpen ? undefined : next;
}

/** The branch for headers that begin with `Bearer`, where there is no other. */
function branchOfForm(
  core: Core,
  owner: FunctionNode,
  call: Node,
): TSESTree.IfStatement | undefined {
  for (let at = parentOf(call); at !== undefined && at !== owner; at = parentOf(at)) {
    if (at.type === "IfStatement" && at.alternate === null && contains(at.consequent, call))
      return askedForm(core, at.test) === undefined ? undefined : at;
  }
  return undefined;
}

/** `header` of `header.startsWith("Bearer ")`, `/^Bearer /.test(header)`, `header.split(" ")[0] === "Bearer"` */
function askedForm(core: Core, written: Node): Node | undefined {
  const test = unwrap(written);
  if (test.type === "LogicalExpression" && test.operator === "&&")
    return askedForm(core, test.right);
  if (!/["'`/^]bearer\b/iu.test(core.fileOf(test).text.slice(...test.range))) return undefined;
  if (test.type === "BinaryExpression" && /^={2,3}$/u.test(test.operator)) return test.left;
  return test.type === "CallExpression" ? test : undefined;
}

/** What turns those away who bring no header: in front of the branch, or around it. */
function refusalOfMissing(
  core: Core,
  owner: FunctionNode,
  branch: TSESTree.IfStatement,
): Node | undefined {
  const form = askedForm(core, branch.test);
  const subjects = form === undefined ? [] : subjectsOf(core, form);
  for (const { test } of conditionsAt(branch, owner)) {
    if (!subjects.includes(dottedPath(test)?.join(".") ?? "")) continue;
    const other = otherBranch(test, branch);
    if (other !== undefined && refuses(core, other)) return other;
  }
  return undefined;
}

/** `if (!header) …` in front of a place, `if (header) { … } else …` around it, or what stands behind that */
function otherBranch(test: Node, place: Node): Node | undefined {
  let at = parentOf(test);
  while (at !== undefined && at.type !== "IfStatement") at = parentOf(at);
  if (at === undefined) return undefined;
  if (!contains(at, place)) return at.consequent;
  return at.alternate ?? statementsBehind(at)[0];
}

/** What a text was cut out of: `header`, and `req.headers.authorization` of that. */
function subjectsOf(core: Core, written: Node): string[] {
  const node = unwrap(written);
  if (node.type === "CallExpression") {
    const callee = unwrap(node.callee);
    if (callee.type !== "MemberExpression") return [];
    const [given] = node.arguments;
    const isPattern = memberName(callee) === "test" && given !== undefined;
    return subjectsOf(core, isPattern ? given : callee.object);
  }
  if (node.type === "MemberExpression" && unwrap(node.object).type === "CallExpression")
    return subjectsOf(core, node.object);
  const init = node.type === "Identifier" ? initOf(core.file, node) : undefined;
  return [
    dottedPath(node)?.join(".") ?? [],
    init === undefined ? [] : subjectsOf(core, init),
  ].flat();
}

const OF_TEXT =
  /^(?:startsWith|includes|indexOf|match|test|split|trim|toLowerCase|slice|substr(?:ing)?|replace)$/u;

function isWithin(node: Node, branches: readonly (Node | undefined)[]): boolean {
  let at = parentOf(node);
  while (at !== undefined && at.type !== "CatchClause") at = parentOf(at);
  return at !== undefined || branches.some((one) => one !== undefined && contains(one, node));
}

/** Does a call look at the request only, so that nobody else verifies what it brings? */
function isKnown({ params: [request] }: FunctionNode, call: CallNode): boolean {
  const callee = unwrap(call.callee);
  if (isLogCall(call) || calleeName(call) === "next" || responseCalls(call).length > 0) return true;
  if (callee.type !== "MemberExpression") return false;
  const name = memberName(callee) ?? "";
  const [root] = dottedPath(callee.object) ?? [];
  const isOfRequest = request?.type === "Identifier" && root === request.name;
  return OF_TEXT.test(name) || (isOfRequest && /^(?:get|header)$/u.test(name));
}
