import type { Core } from "../core.ts";
import { initOf } from "../files/variables.ts";
import { conditionsAt } from "../flow/conditions.ts";
import { isSaidByClient } from "../network/request.ts";
import { isNextHeaders } from "../tokens/incoming-headers.ts";
import {
  calleeName,
  dottedPath,
  enclosingFunction,
  memberName,
  rootOf,
  unwrap,
} from "../syntax.ts";
import type { FunctionNode, Node } from "../syntax.ts";
import { may, must } from "../values/value.ts";
import { hasWithin } from "../within.ts";

/**
 * `if (req.get("x-api-key") !== process.env.API_KEY) return refuse();` before a token is signed: who asks is another
 * service that shares a secret with this one, and what it says about others it may say.
 */
export function isAskedForSharedSecret(core: Core, place: Node, owner: FunctionNode): boolean {
  return (
    conditionsAt(place).some(({ test, holds }) => isProof(core, test, holds)) ||
    hasWithin(core, owner.body, (one) => one.range[0] < place.range[0] && isCheck(core, one))
  );
}

/** What a shared secret is called, where it is sent or where it is kept. */
const SECRETS = /key|secret|token|pass|auth|sign|hmac|credential|\bpin\b/iu;

function isProof(core: Core, written: Node, holds: boolean): boolean {
  const test = unwrap(written);
  const isEqual = test.type !== "BinaryExpression" || !test.operator.startsWith("!");
  return holds === isEqual && compares(core, test);
}

/** `req.body.secret === config.secret`, `KEYS.includes(req.get("x-api-key"))`, `timingSafeEqual(sent, kept)` */
function compares(core: Core, node: Node): boolean {
  if (node.type === "BinaryExpression")
    return /^[!=]==?$/u.test(node.operator) && areSentAndKept(core, [node.left, node.right]);
  if (node.type !== "CallExpression") return false;
  const callee = unwrap(node.callee);
  const isOfList = callee.type === "MemberExpression" && LOOKS_IN.test(memberName(callee) ?? "");
  return areSentAndKept(core, isOfList ? [callee.object, ...node.arguments] : node.arguments);
}

const LOOKS_IN = /^(?:includes|has|equals)$/u;

function areSentAndKept(core: Core, [one, other]: readonly Node[]): boolean {
  if (one === undefined || other === undefined) return false;
  const [left, right] = [valueOf(core, one), valueOf(core, other)];
  const isSo = (sent: Node, kept: Node): boolean => isSent(core, sent) && isKept(core, kept);
  return (
    [left, right].some((side) => SECRETS.test(core.fileOf(side).text.slice(...side.range))) &&
    (isSo(left, right) || isSo(right, left))
  );
}

/** What the request brings, also in another form: `Buffer.from(req.get("x-api-key"))` */
function isSent(core: Core, node: Node): boolean {
  return hasWithin(core, node, (one) => isSaidByClient(core, one) || isHeader(core, one));
}

/** `key` of `const key = req.get("x-api-key")` */
function valueOf(core: Core, written: Node): Node {
  const node = unwrap(written);
  return (node.type === "Identifier" ? initOf(core.fileOf(node), node) : undefined) ?? node;
}

/** `req.get("x-api-key")`, `request.headers.get("x-api-key")`, `(await headers()).get("x-api-key")` */
function isHeader(core: Core, node: Node): boolean {
  return (
    node.type === "CallExpression" &&
    (HEADER.test(calleeName(node)) || isNextHeaders(core.fileOf(node), node.callee))
  );
}

const HEADER = /^(?:_?req(?:uest)?|ctx|c\.req|ctx\.req(?:uest)?)\.(?:get|header)$|\bheaders\.get$/u;

/** A setting of the program, and neither a text that is written there nor what is found for the one who asks. */
function isKept(core: Core, node: Node): boolean {
  return hasWithin(core, node, (one) => isSetting(core, one));
}

function isSetting(core: Core, node: Node): boolean {
  if (node.type !== "Identifier" && node.type !== "MemberExpression") return false;
  const value = core.evaluate(node);
  if (may(value, (one) => one.type === "environment")) return true;
  const root = rootOf(node);
  const [definition] = core.fileOf(root).variableOf(root)?.defs ?? [];
  const isOfFile = definition !== undefined && enclosingFunction(definition.name) === undefined;
  return (
    (isOfFile || root.type === "ThisExpression") &&
    SECRETS.test(pathOf(node)) &&
    !must(value, (one) => one.type === "literal")
  );
}

/** `assertApiKey(req)`, `if (!hasValidSignature(req)) …`, by what it does or, where nobody can see that, by its name */
function isCheck(core: Core, node: Node): boolean {
  if (node.type !== "CallExpression" || !node.arguments.some((one) => REQUEST.test(pathOf(one))))
    return false;
  const target = core.evaluate(node.callee);
  if (target.type !== "function") return CHECKS.test(calleeName(node));
  return hasWithin(core, target.node.body, (one) => compares(core, one));
}

function pathOf(written: Node): string {
  return dottedPath(written)?.join(".") ?? "";
}

const REQUEST = /^_?(?:req(?:uest)?|ctx|c|event)(?:\.headers(?:\.|$)|$)/u;

const CHECKS =
  /(?:api|service|internal|shared|webhook|server)_?(?:key|secret|token|request|caller|signature)|signature/iu;
