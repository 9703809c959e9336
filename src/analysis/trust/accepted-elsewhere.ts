import type { TSESTree } from "@typescript-eslint/utils";
import type { Core } from "../core.ts";
import { leaves } from "../answers/results.ts";
import { readsOf } from "../files/variables.ts";
import { httpCall } from "../network/http.ts";
import type { Operation } from "../operations/operations.ts";
import { dottedPath, memberName, parentOf, staticKey, unwrap, wrapped } from "../syntax.ts";
import type { CallNode, Node } from "../syntax.ts";
import { hasWithin } from "../within.ts";
import { bearerIn } from "./asked-issuers.ts";

/**
 * Does another server get the very token as the bearer of a request, and is nothing done where it refuses:
 * ``const answer = await fetch(profile, { headers: { Authorization: `Bearer ${token}` } }); if (!answer.ok) return …``?
 * Whoever asks for a bearer verifies it. So does whoever says in an answer whether a token is `active` (RFC 7662).
 */
export function isAcceptedElsewhere(core: Core, call: CallNode, operation: Operation): boolean {
  const path = operation.token === undefined ? undefined : dottedPath(operation.token.node);
  if (path === undefined) return false;
  const isToken = (node: Node): boolean => dottedPath(node)?.join(".") === path.join(".");
  const isBearer = (part: Node): boolean => {
    const bearer = bearerIn(part);
    return bearer !== undefined && isToken(bearer);
  };
  const sends = (test: (part: Node) => boolean): boolean =>
    call.arguments.some((one) => hasWithin(core, one, test));
  const isRequest = httpCall(core.fileOf(call), call) !== undefined && sends(isBearer);
  if (!isRequest && !sends(isToken)) return false;
  const asked = partsOfAnswer(core, call, isRequest ? OUTCOME : /^active$/u);
  return asked.some((part) => isRefusedWithout(core, part));
}

const OUTCOME = /^(?:ok|status|statusCode|active)$/u;

/** `answer.ok`, `answer.data.active`, `active` of `const { active } = await …` */
function partsOfAnswer(core: Core, call: CallNode, name: RegExp): Node[] {
  const declarator = parentOf(wrapped(call));
  if (declarator?.type !== "VariableDeclarator") return [];
  const file = core.fileOf(call);
  if (declarator.id.type === "Identifier")
    return readsOf(file, declarator.id).flatMap((read) => memberOf(read, name) ?? []);
  if (declarator.id.type !== "ObjectPattern") return [];
  return declarator.id.properties.flatMap((one) => {
    if (one.type !== "Property") return [];
    const key = staticKey(one.key, one.computed) ?? "";
    const reads = readsOf(file, one.value);
    if (name.test(key)) return reads;
    return key === "data" ? reads.flatMap((read) => memberOf(read, name) ?? []) : [];
  });
}

function memberOf(read: Node, name: RegExp): Node | undefined {
  const member = parentOf(wrapped(read));
  if (member?.type !== "MemberExpression" || unwrap(member.object) !== read) return undefined;
  const key = memberName(member) ?? "";
  if (name.test(key)) return member;
  return key === "data" ? memberOf(member, name) : undefined;
}

/** `if (!answer.ok) return …;`, `if (answer.status !== 200) throw …`, `return answer.status === 200;` */
function isRefusedWithout(core: Core, part: Node): boolean {
  const by = parentOf(wrapped(part));
  if (by?.type === "ReturnStatement") return true;
  if (by?.type === "UnaryExpression") return by.operator === "!" && turnsAway(core, by);
  if (by?.type !== "BinaryExpression") return false;
  return parentOf(wrapped(by))?.type === "ReturnStatement" || (saysNo(by) && turnsAway(core, by));
}

/** `status !== 200`, `status === 401`, `status >= 400` */
function saysNo({ operator, right }: TSESTree.BinaryExpression): boolean {
  const code = right.type === "Literal" && typeof right.value === "number" ? right.value : 0;
  if (operator.startsWith("!")) return code >= 200 && code < 300;
  return code >= 300 && !operator.startsWith("<");
}

function turnsAway(core: Core, test: Node): boolean {
  let at = parentOf(wrapped(test));
  while (at?.type === "LogicalExpression" && at.operator === "||") at = parentOf(wrapped(at));
  return at?.type === "IfStatement" && leaves(core, at.consequent);
}
