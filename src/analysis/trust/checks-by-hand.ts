import type { Core } from "../core.ts";
import { inside } from "../files/inside.ts";
import { readsOf } from "../files/variables.ts";
import { byObject } from "../memo.ts";
import { httpCall } from "../network/http.ts";
import { isKeyedHash } from "../operations/keyed-hashes.ts";
import { calleeName, dottedPath, parentOf, unwrap, wrapped } from "../syntax.ts";
import type { CallNode, FunctionNode, Node } from "../syntax.ts";
import { finished } from "../values/call-chains.ts";
import { hasWithin } from "../within.ts";
import { comparisonsOf, heldWithin, holdsPart, isLastPart, isToken } from "./cut-parts.ts";
import type { Held } from "./cut-parts.ts";
import { isUnheeded } from "./idle-checks.ts";

/** How many functions further a check is looked for. */
const MAX_HOPS = 1;

/**
 * Is a token verified by what a call does, whatever its name: by a function of another file in which a signature is compared, by
 * the comparison of its last part with what is given for the others, or by something out of sight that is asked whether it is
 * genuine?
 */
export function isCheckedByHand(core: Core, call: CallNode, held: Held, hops = MAX_HOPS): boolean {
  if (call.arguments.length === 0 || !call.arguments.some((one) => holdsPart(core, one, held)))
    return false;
  const target = core.evaluate(call.callee);
  const owner = target.type === "function" ? target.node : undefined;
  const isElsewhere = owner !== undefined && core.fileOf(owner) !== core.fileOf(call);
  if (owner !== undefined && !isElsewhere && hops > 0 && isHeeded(core, call, owner)) {
    const given = heldWithin(core, call, owner, held);
    const { calls } = core.fileOf(owner).index;
    if (inside(calls, owner).some((one) => isCheckedByHand(core, one, given, hops - 1)))
      return true;
  }
  return (
    (isElsewhere && isHeeded(core, call, owner) && holdsCheck(core, owner)) ||
    isMadeAnew(core, call, held, owner) ||
    ((owner === undefined || (isElsewhere && asksOthers(core, owner))) &&
      isAskedWhether(core, call, held))
  );
}

/** The answer of the function decides something, or it throws. */
function isHeeded(core: Core, call: CallNode, owner: FunctionNode): boolean {
  return parentOf(wrapped(call))?.type === "ExpressionStatement"
    ? throws(core, owner)
    : !isUnheeded(core, call);
}

function throws(core: Core, owner: FunctionNode, hops = MAX_HOPS): boolean {
  return (
    hasWithin(core, owner.body, ({ type }) => type === "ThrowStatement") ||
    calledIn(core, owner).some((one) => hops > 0 && throws(core, one, hops - 1))
  );
}

function calledIn(core: Core, owner: FunctionNode): FunctionNode[] {
  return inside(core.fileOf(owner).index.calls, owner).flatMap((call) => {
    const target = core.evaluate(call.callee);
    return target.type === "function" && target.node !== owner ? target.node : [];
  });
}

const checksOf = byObject<Core, Map<FunctionNode, boolean>>(() => new Map());

/** Does a function compare a signature, itself or in another one that it calls? */
function holdsCheck(core: Core, owner: FunctionNode, hops = MAX_HOPS): boolean {
  const known = hops === MAX_HOPS ? checksOf(core).get(owner) : undefined;
  if (known !== undefined) return known;
  const found =
    inside(core.fileOf(owner).index.calls, owner).some((call) => isCheck(core, call)) ||
    (hops > 0 && calledIn(core, owner).some((one) => holdsCheck(core, one, hops - 1)));
  if (hops === MAX_HOPS) checksOf(core).set(owner, found);
  return found;
}

/** `timingSafeEqual(…)`, `createVerify(…)`, `ed.verifyAsync(…)`, and an HMAC that is compared. */
function isCheck(core: Core, call: CallNode): boolean {
  if (CHECKS.test(calleeName(call))) return !isUnheeded(core, call);
  return (
    comparisonsOf(core, wrapped(finished(call))).some(({ node }) => !isUnheeded(core, node)) &&
    makesMac(core, call)
  );
}

const CHECKS =
  /(?:^|\.)(?:timingSafeEqual|createVerify|verify(?:Async|JWT)?|(?:compact|jwt|flattened)Verify|crypto_\w+_verify\w*)$/u;

/** Does a call make what nobody makes without the key, itself or in a function that it calls? */
function makesMac(core: Core, call: CallNode, hops = MAX_HOPS): boolean {
  if (MAKERS.test(calleeName(call)) || isKeyedHash(core, call)) return true;
  const target = core.evaluate(call.callee);
  return (
    hops >= 0 &&
    target.type === "function" &&
    inside(core.fileOf(target.node).index.calls, target.node).some((one) =>
      makesMac(core, one, hops - 1),
    )
  );
}

const MAKERS = /(?:^|\.)(?:createHmac|createSign|subtle\.sign|hmac\w*|Hmac\w+)$/u;

/**
 * `sign(head + "." + body) !== mark`: what is given for the other parts is compared with the last one. Of a function in sight
 * it shows whether there is a key in it; of others a hash by its name has none.
 */
function isMadeAnew(
  core: Core,
  call: CallNode,
  held: Held,
  owner: FunctionNode | undefined,
): boolean {
  const isCompared = comparisonsOf(core, wrapped(finished(call))).some(
    ({ node, others }) =>
      others.some((one) => isLastPart(core, one, held)) && !isUnheeded(core, node),
  );
  if (!isCompared || call.arguments.some((one) => isLastPart(core, one, held))) return false;
  if (owner !== undefined) return makesMac(core, call);
  const name = dottedPath(call.callee)?.join(".") ?? "createHash";
  return !OPEN.test(name) || /mac|sign/iu.test(name);
}

const OPEN =
  /hash|sha_?\d|md5|crc|digest|checksum|encode|decode|parse|from|stringify|slice|split|replace|join|concat/iu;

/** `authority.isGenuine(token)`, whose answer is heeded, and `signatures.check(token);`, which throws. */
function isAskedWhether(core: Core, call: CallNode, held: Held): boolean {
  const name = calleeName(call);
  const said = name.split(".").at(-1) ?? "";
  const words = name.replaceAll(/(?<=[a-z])(?=[A-Z])/gu, " ");
  if (!GENUINE.test(words) || LESS.test(said)) return false;
  if (!call.arguments.some((one) => isGivenWhole(one, held))) return false;
  return parentOf(wrapped(call))?.type === "ExpressionStatement"
    ? /^(?:check|assert|ensure|require)(?![a-z])/u.test(said)
    : isTested(core, call) && !isUnheeded(core, call);
}

/** `if (!isGenuine(token)) …`, `const { active } = await isActive(token);`: it is asked, and not made something of. */
function isTested(core: Core, answer: Node, names = MAX_HOPS): boolean {
  const node = wrapped(answer);
  const by = parentOf(node);
  switch (by?.type) {
    case "UnaryExpression":
    case "BinaryExpression":
      return isTested(core, by, names);
    case "LogicalExpression":
      return by.left === node || isTested(core, by, names);
    case "IfStatement":
    case "ConditionalExpression":
      return by.test === node;
    case "VariableDeclarator":
      return (
        by.id.type === "ObjectPattern" ||
        (names > 0 &&
          readsOf(core.fileOf(by), by.id).some((read) => isTested(core, read, names - 1)))
      );
    default:
      return false;
  }
}

const GENUINE = /(?<![a-z])(?:signed|signatures?|h?mac|integrity|genuine|active|valid)(?![a-z])/iu;

/** What can be said of a token that anybody could have written. */
const LESS = /format|shape|structure|syntax|length|expir|user|account|role|scope|type/iu;

/** `isActive(token)`, `isActive({ token })` */
function isGivenWhole(written: Node, held: Held): boolean {
  const node = unwrap(written);
  return node.type === "ObjectExpression"
    ? node.properties.some((one) => one.type === "Property" && isToken(one.value, held))
    : isToken(node, held);
}

/** Does a function of the program leave the answer to another server? */
function asksOthers(core: Core, owner: FunctionNode): boolean {
  return inside(core.fileOf(owner).index.calls, owner).some(
    (call) => httpCall(core.fileOf(call), call) !== undefined,
  );
}
