import type { TSESTree } from "@typescript-eslint/utils";
import type { Core } from "../core.ts";
import { leaves } from "../answers/results.ts";
import { initOf, readsOf } from "../files/variables.ts";
import { addressText, httpCall, isHttpName } from "../network/http.ts";
import { isSaidByClient } from "../network/request.ts";
import type { Operation } from "../operations/operations.ts";
import {
  calleeName,
  contains,
  dottedPath,
  memberName,
  parentOf,
  staticKey,
  textOf,
  unwrap,
  wrapped,
} from "../syntax.ts";
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
  const request = httpCall(core.fileOf(call), call);
  const address = request?.address;
  if (address !== undefined && isNamedByOthers(core, beginningOf(address), operation)) return false;
  const isAsked = address !== undefined && sends(isBearer) && asksWho(core, call, address);
  const isTold = (request !== undefined || isAboutTokens(call)) && sends(isToken);
  if (!isAsked && !isTold) return false;
  const asked = partsOfAnswer(core, call, isAsked ? OUTCOME : /^active$/u);
  return asked.some((part) => isRefusedWithout(core, part));
}

const OUTCOME = /^(?:ok|status|statusCode|active)$/u;

/** `introspect(token)`, `authServer.post("/status", { token })`: what others give may be a record that is active as well. */
function isAboutTokens({ callee }: CallNode): boolean {
  const [name = "", receiver = ""] = (dottedPath(callee) ?? []).slice(-2).toReversed();
  return CHECKS.test(name) || (isHttpName(name) && SERVERS.test(receiver));
}

const CHECKS = /introspect|active|valid|verif|check/iu;

const SERVERS = /auth|identity|idp|sso/iu;

/** Does a request ask for who somebody is? What is public answers everybody. */
function asksWho(core: Core, call: CallNode, address: Node): boolean {
  const said = [
    calleeName(call),
    core.fileOf(address).text.slice(...address.range),
    addressText(core, address),
  ].join(" ");
  return WHO.test(said.replaceAll(/(?<=[a-z])(?=[A-Z])/gu, " ")) && !OPEN.test(said);
}

const WHO =
  /(?:user|profile|account|auth|session|token|introspect|verif|validate|whoami|identity)|(?<![a-z])me(?![a-z])/iu;

const OPEN = /\/(?:public|health\w*|ping|ready|live)(?![a-z])/iu;

/** The part of an address that says which server is asked, as far as it is not written. */
function beginningOf(address: Node): Node | undefined {
  const node = unwrap(address);
  if (node.type === "TemplateLiteral")
    return SERVER.test(node.quasis[0]?.value.raw ?? "") ? undefined : node.expressions[0];
  if (node.type === "NewExpression") return node.arguments.at(-1);
  if (node.type !== "BinaryExpression") return node;
  const text = textOf(node.left);
  if (text !== undefined) return SERVER.test(text) ? undefined : node.right;
  return beginningOf(node.left);
}

/** `https://id.example.com/`, `/api/me` */
const SERVER = /^(?:\w+:\/\/[^/]+)?\//u;

/** Does the client or the very token say which server it is? Whoever has made up the token answers there for it. */
function isNamedByOthers(
  core: Core,
  server: Node | undefined,
  operation: Operation,
  hops = MAX_NAMES,
): boolean {
  if (server === undefined || hops === 0) return false;
  return hasWithin(core, server, (part) => {
    if (part.type !== "Identifier" && part.type !== "MemberExpression") return false;
    if (isSaidByClient(core, part)) return true;
    const init = initOf(core.fileOf(part), part);
    if (init === undefined) return false;
    return contains(init, operation.node) || isNamedByOthers(core, init, operation, hops - 1);
  });
}

/** How many names an address goes through: `const { iss } = claims; const url = …` */
const MAX_NAMES = 3;

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
  // `return answer.status;` says how it went, and 401 is as good as 200 to who only waits for it.
  if (by?.type === "ReturnStatement") return !(dottedPath(part)?.at(-1) ?? "").startsWith("status");
  if (by?.type === "UnaryExpression") return by.operator === "!" && turnsAway(core, by);
  if (by?.type !== "BinaryExpression") return false;
  return parentOf(wrapped(by))?.type === "ReturnStatement" || (saysNo(by) && turnsAway(core, by));
}

/** `status !== 200`, `status === 401`, `status >= 400`, and not `status === 404` or `status >= 500`, which are no refusal */
function saysNo({ operator, right }: TSESTree.BinaryExpression): boolean {
  const code = right.type === "Literal" && typeof right.value === "number" ? right.value : 0;
  if (operator.startsWith("!")) return code >= 200 && code < 300;
  if (operator.startsWith(">")) return code >= 299 && code <= UNAUTHORIZED;
  return operator.startsWith("=") && code === UNAUTHORIZED;
}

const UNAUTHORIZED = 401;

function turnsAway(core: Core, test: Node): boolean {
  let at = parentOf(wrapped(test));
  while (at?.type === "LogicalExpression" && at.operator === "||") at = parentOf(wrapped(at));
  return at?.type === "IfStatement" && leaves(core, at.consequent);
}
