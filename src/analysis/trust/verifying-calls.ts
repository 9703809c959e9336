import type { TSESTree } from "@typescript-eslint/utils";
import type { Core } from "../core.ts";
import { inside } from "../files/inside.ts";
import { calledName } from "../files/source-file.ts";
import { initOf } from "../files/variables.ts";
import { runsAllTheSame } from "../failures/beside-callback.ts";
import { inEnglish } from "../languages.ts";
import { isKeyedHash } from "../operations/keyed-hashes.ts";
import type { Operation } from "../operations/operations.ts";
import {
  bases,
  contains,
  dottedPath,
  enclosingFunction,
  functionName,
  isFunction,
  parentOf,
  unwrap,
  wrapped,
} from "../syntax.ts";
import type { CallNode, Node } from "../syntax.ts";
import { makerName } from "../tokens/words.ts";
import { isLookUp } from "../data/data-access.ts";
import { isAcceptedElsewhere } from "./accepted-elsewhere.ts";
import { isInBackground } from "./in-background.ts";
import { heldBy } from "./cut-parts.ts";
import { isIdleCheck } from "./idle-checks.ts";
import { areOtherTokens } from "./other-tokens.ts";
import { isSessionOfCookie } from "./supabase-sessions.ts";

/** Functions that verify, out of sight, by their name; a signature that is made anew is compared. */
const VERIFIER_CALL =
  /verif|validat|authentic|introspect|guard$|check_?token|check_?auth|timingSafeEqual|hmac|createVerify|require_?(?:valid|jwt|token|auth|session|user|login)|ensure_?(?:valid|jwt|token|auth|login)|subtle\.sign|\.auth\.get(?:User|Claims)$|(?:get|read|load|resolve|fetch)_?(?:Server)?_?Session/iu;

/** How many functions of the file a verification is looked for in. */
const MAX_HOPS = 2;

/**
 * Does the function that is called verify the token that an operation reads? What it does tells in this
 * file, elsewhere its name and what it is given.
 */
export function verifiesByCall(
  core: Core,
  call: CallNode,
  operation: Operation,
  operations: readonly Operation[],
  hops = MAX_HOPS,
): boolean {
  if (hops === 0 || operations.some((one) => one.node === call)) return false;
  const target = core.evaluate(call.callee);
  if (target.type === "function" && core.fileOf(target.node) === core.fileOf(call)) {
    return (
      operations.some(
        (one) =>
          isVerification(one) &&
          contains(target.node, one.node) &&
          !(
            contains(target.node, operation.node) && isIdleBeside(core, one, operation, operations)
          ) &&
          !areOtherTokens(core, { ...one, node: call }, operation),
      ) ||
      inside(core.fileOf(call).index.calls, target.node).some(
        (inner) =>
          verifiesByCall(core, inner, operation, operations, hops - 1) ||
          isAcceptedElsewhere(core, inner, operation),
      )
    );
  }
  const name = nameOf(call);
  if (isIdleCheck(core, call, heldBy(core, operation, operation.node))) return false;
  // A hash with the secret in it says as much as an HMAC does.
  if (isKeyedHash(core, call)) return !isInMaker(call);
  if (name !== undefined && isLeftToThrow(core, call, name, operation)) return true;
  if (name !== undefined && USER_INFO.test(name))
    return call.arguments.some((argument) => isOfToken(core, argument, operation));
  return (
    name !== undefined &&
    VERIFIER_CALL.test(inEnglish(name)) &&
    !isOtherCheck(name) &&
    !isSessionOfCookie(core, call) &&
    !isForMaking(call, name) &&
    !isWithoutToken(core, call, name, operation)
  );
}

/** `fetchUserInfo(config, token, sub)` of openid-client 6, `client.userinfo(token)` of 5 */
const USER_INFO = /(?:^|\.)(?:(?:fetch|request)_?User_?Info|userinfo)$/iu;

/**
 * `await checkSecurityContext(token, settings)`: what is given the very token, and whose answer nobody takes,
 * is called for what it throws.
 */
function isLeftToThrow(core: Core, call: CallNode, name: string, operation: Operation): boolean {
  const by = parentOf(wrapped(call));
  const isAwaited = parentOf(call)?.type === "AwaitExpression";
  if (!isAwaited || by?.type !== "ExpressionStatement") return false;
  const said = name.split(".").at(-1) ?? "";
  if (!CHECKS.test(said) || CHECKS_LESS.test(said)) return false;
  return call.arguments.some((argument) => isOfToken(core, argument, operation));
}

const CHECKS = /^(?:check|assert|ensure|require)(?![a-z])/u;

/** What can be checked of a token that anybody could have written, and what a list of them says. */
const CHECKS_LESS =
  /format|shape|structure|syntax|length|size|expir|exists|present|unused|revo|black|block|den[iy]|limit|rate|quota|type|scope|role|perm|user|account|tenant|database|table|record/iu;

/** Is it the token, or cut out of what holds it: `parts[1]` of `const parts = header.split(" ")`? */
function isOfToken(core: Core, argument: Node, { token }: Operation): boolean {
  const path = token === undefined ? undefined : dottedPath(token.node)?.join(".");
  return path !== undefined && isCutOf(core, argument, path, MAX_NAMES);
}

/** How many names the parts of a header go through. */
const MAX_NAMES = 3;

function isCutOf(core: Core, written: Node, path: string, hops: number): boolean {
  return bases(written).some((base) => {
    if (dottedPath(base)?.join(".") === path) return true;
    const init = base.type === "Identifier" ? initOf(core.fileOf(base), base) : undefined;
    return init !== undefined && hops > 0 && isCutOf(core, init, path, hops - 1);
  });
}

/** In `makeToken(claims)` a signature is made for another token. */
function isForMaking(call: CallNode, name: string): boolean {
  return /hmac|subtle\.sign/iu.test(name) && isInMaker(call);
}

function isInMaker(call: CallNode): boolean {
  const owner = enclosingFunction(call);
  const made = owner === undefined ? undefined : functionName(owner);
  return made !== undefined && makerName(made) !== undefined && !/^_?(?:get|new)/u.test(made);
}

/** Of `validatorFor(realm)(token)` the name of what gave the function. */
function nameOf(call: CallNode): string | undefined {
  const callee = unwrap(call.callee);
  return (
    dottedPath(callee)?.join(".") ??
    calledName(call) ??
    (callee.type === "CallExpression" ? nameOf(callee) : undefined)
  );
}

/** `validateAccount(user)`: what is given only the claims, or who was looked up by them, sees no signature. */
function isWithoutToken(core: Core, call: CallNode, name: string, operation: Operation): boolean {
  return (
    call.arguments.length > 0 &&
    /(?:verify|validate)(?:user|account|login|member|customer|input|data|payload|profile)\w*$/iu.test(
      name,
    ) &&
    call.arguments.every((argument) => saysNothing(core, argument, operation, MAX_HOPS))
  );
}

/** Is it claims of the token, or a record, or a constant? A request or a token may be in anything else. */
function saysNothing(core: Core, written: Node, operation: Operation, hops: number): boolean {
  const node = unwrap(written);
  const inner = (one: Node): boolean => hops > 0 && saysNothing(core, one, operation, hops - 1);
  switch (node.type) {
    case "Literal":
      return true;
    case "TemplateLiteral":
      return node.expressions.every(inner);
    case "ObjectExpression":
      return node.properties.every((one) => one.type === "Property" && inner(one.value));
    case "MemberExpression":
      return inner(node.object);
    case "CallExpression":
      return node === operation.node || isLookUp(core, node);
    case "Identifier": {
      const init = initOf(core.fileOf(node), node);
      return init === undefined ? isOtherParameter(core, node, operation) : inner(init);
    }
    default:
      return false;
  }
}

/** A parameter of a function that the token is not in, and that is named for nothing of the kind. */
function isOtherParameter(core: Core, name: TSESTree.Identifier, { node }: Operation): boolean {
  const [definition] = core.fileOf(name).variableOf(name)?.defs ?? [];
  const owner = definition?.node as Node | undefined;
  return (
    isFunction(owner) &&
    !contains(owner, node) &&
    !/token|jwt|^_?req|ctx|context|event|credential|authori|^auth$/iu.test(name.name)
  );
}

/**
 * Input checks of frameworks look at shapes, not at signatures, and `h.authenticated` of hapi at nothing;
 * `getVerifier()` gives what could.
 */
function isOtherCheck(name: string): boolean {
  return /validationResult|validateBody|validateSync|validateRequest|schema|joi|isValidObjectId|validator\.is|validateEmail|validatePassword|(?:^|\.)(?:un)?authenticated$|(?:^|\.)(?:get|create|make|build|load|init)\w*(?:verifier|validator)$/iu.test(
    name,
  );
}

/** Is it another token that is verified, or is this one read whatever comes of it? */
export function isIdleBeside(
  core: Core,
  verification: Operation,
  read: Operation,
  operations: readonly Operation[],
): boolean {
  return (
    areOtherTokens(core, verification, read) ||
    runsAllTheSame(core, verification, read.node, operations) ||
    isInBackground(core, verification.node, read.node)
  );
}

export function isVerification(operation: Operation): boolean {
  return operation.kind === "verify" || operation.kind === "middleware";
}
