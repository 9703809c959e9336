import type { TSESTree } from "@typescript-eslint/utils";
import type { Core } from "../core.ts";
import { inside } from "../files/inside.ts";
import { byName } from "../memo.ts";
import { isSaidByClient, saidByClient } from "../network/request.ts";
import type { Operation } from "../operations/operations.ts";
import {
  contains,
  dottedPath,
  enclosingFunction,
  isNullish,
  parentOf,
  statementsIn,
  staticKey,
  unwrap,
} from "../syntax.ts";
import type { FunctionNode, Node } from "../syntax.ts";
import { isLogStatement } from "../logging.ts";
import { leaves } from "../answers/results.ts";
import { asksFor, isMissing, passing } from "./skipped-verification.ts";

/**
 * `if (!token) { req.tenant = req.query.tenant; return next(); } req.tenant = verify(token).tenant;`, or the same behind
 * `if (token) { … return next(); }`: who brings no token says himself what a token would say of him. Only what is put
 * down as it is counts: what is looked up by it, or asked for beside it, may be another proof.
 *
 * @returns what the request says
 */
export function saidInstead(core: Core, operation: Operation): Node | undefined {
  const owner = enclosingFunction(operation.node);
  if (owner === undefined || BEHIND_ANOTHER.test(core.file.text.slice(...owner.range)))
    return undefined;
  return putInstead(core, operation, owner, ({ right }) => saidIn(core, right));
}

/**
 * `if (!token) { req.isAuthenticated = true; return next(); } … verify(token); req.isAuthenticated = true;`: who brings no token
 * has signed in as well as who brings a good one.
 *
 * @returns the assignment
 */
export function markedInstead(core: Core, operation: Operation): Node | undefined {
  const owner = enclosingFunction(operation.node);
  if (owner === undefined) return undefined;
  return putInstead(core, operation, owner, (assignment) => {
    const { left, right } = assignment;
    const block = parentOf(parentOf(assignment) ?? assignment);
    if (block !== undefined && AS_NOBODY.test(core.file.text.slice(...block.range)))
      return undefined;
    const isMark = SIGNED_IN.test(dottedPath(left)?.at(-1) ?? "");
    return isMark && right.type === "Literal" && right.value === true ? assignment : undefined;
  });
}

/** `req.user = null; req.public = true`: the same branch says that it is nobody, or a guest. */
const AS_NOBODY = /guest|anonym|public|visitor|=\s*(?:null|undefined)\b/iu;

/** What says that somebody has signed in, or that his token is good. */
const SIGNED_IN =
  /^(?:is_?)?(?:auth(?:enticated|ori[sz]ed|ed)|logged_?in|signed_?in|verified|valid(?:_?token)?)$/iu;

/** What a branch for those without a token puts down where the claims of a token go otherwise, and goes on. */
function putInstead(
  core: Core,
  { kind, node: call }: Operation,
  owner: FunctionNode,
  putBy: (assignment: TSESTree.AssignmentExpression) => Node | undefined,
): Node | undefined {
  if (kind !== "verify" || core.fileOf(call) !== core.file) return undefined;
  const assigned = inside(core.file.index.assignments, owner);
  const before = branchesBefore(core, call).map((branch) => ({ branch, within: branch }));
  for (const { branch, within } of [...before, ...branchesBehind(core, call)]) {
    const told = assigned.filter((one) => one.range[1] > call.range[0] && !contains(branch, one));
    const places = new Set(told.map(({ left }) => placeOf(left)));
    for (const assignment of inside(assigned, branch)) {
      const place = placeOf(assignment.left);
      if (place === undefined || !places.has(place) || !isOnlyIfThere(core, assignment, within))
        continue;
      const put = putBy(assignment);
      if (put !== undefined && passes(owner, assignment)) return put;
    }
  }
  return undefined;
}

/** What a gateway has asked it may say in a header, which it takes from everybody else. */
const BEHIND_ANOTHER = /gateway|proxy|proxies|ingress|\bmesh\b|upstream/iu;

interface Branch {
  readonly branch: Node;
  /** What its own test stands in, where that is to be looked at as well. */
  readonly within: Node;
}

/** `req.session` of `req.session` and of `req.session.shop` */
function placeOf(left: Node): string | undefined {
  const path = dottedPath(left) ?? [];
  return path.length > 1 ? path.slice(0, 2).join(".") : undefined;
}

/** The branches for requests without a token that stand before a verification, around it or beside it. */
function branchesBefore(core: Core, call: Node): Node[] {
  const found: Node[] = [];
  const owner = enclosingFunction(call);
  for (let from = call, at = parentOf(from); at !== undefined; from = at, at = parentOf(at)) {
    if (at.type === "IfStatement" && at.alternate === from && isMissing(core, at.test))
      found.push(at.consequent);
    for (const one of statementsIn(at) ?? []) {
      if (one === from) break;
      if (one.type === "IfStatement" && isMissing(core, one.test)) found.push(one.consequent);
    }
    if (at === owner) break;
  }
  return found;
}

/**
 * The branches behind `if (token) { try { … return next(); } catch {} }`: whoever brings a good token never comes there.
 */
function branchesBehind(core: Core, call: Node): Branch[] {
  const owner = enclosingFunction(call);
  let isLeft = false;
  const found: Branch[] = [];
  for (
    let from = call, at = parentOf(from);
    at !== undefined && at !== owner;
    from = at, at = parentOf(at)
  ) {
    const statements = statementsIn(at);
    if (statements !== undefined) {
      const behind = statements.slice(statements.findIndex((one) => one === from) + 1);
      if (isLeft) {
        const first = firstOf(core, behind);
        found.push(...first.map((branch) => ({ branch, within: at })));
        if (first.length < behind.length) return found;
      }
      isLeft ||= behind.some((one) => leaves(core, one));
    } else if (at.type === "TryStatement") {
      if (at.block !== from || at.handler === null || leaves(core, at.handler.body)) return found;
    } else if (at.type === "IfStatement") {
      if (at.alternate !== null || asksFor(core, at.test) !== "anonymous") return found;
    }
  }
  return found;
}

/** The statements that come first, up to what may ask something or is the end. */
function firstOf(core: Core, statements: readonly Node[]): readonly Node[] {
  const end = statements.findIndex((one) =>
    one.type === "IfStatement"
      ? one.alternate !== null || !leaves(core, one.consequent)
      : one.type !== "VariableDeclaration" && !isLogStatement(one),
  );
  return end < 0 ? statements : statements.slice(0, end);
}

/** Who is let in for a test, in development or as a guest says so. */
const MEANT =
  /env\b|dev|test|mock|debug|local|demo|guest|anonym|visitor|public|key|secret|internal|forwarded/iu;

/** Is nothing asked on the way but whether the request says something? */
function isOnlyIfThere(core: Core, assignment: Node, branch: Node): boolean {
  for (let at = parentOf(assignment); at !== undefined && at !== branch; at = parentOf(at)) {
    if (at.type !== "IfStatement") continue;
    const test = unwrap(at.test);
    const path = dottedPath(test)?.join(".");
    if (path === undefined || MEANT.test(path) || !isSaidByClient(core, test)) return false;
  }
  return !isAskedBefore(core, assignment, branch);
}

/** `if (!(await matches(login, password))) return res.sendStatus(401);` in front of it, or a call that may throw */
function isAskedBefore(core: Core, assignment: Node, branch: Node): boolean {
  for (let from = assignment, at = parentOf(from); at !== undefined; from = at, at = parentOf(at)) {
    const before = statementsIn(at) ?? [];
    for (const one of before.slice(
      0,
      Math.max(
        0,
        before.findIndex((each) => each === from),
      ),
    )) {
      if (one.type === "IfStatement" && leaves(core, one.consequent)) {
        const test = unwrap(one.test);
        const asked = test.type === "UnaryExpression" ? unwrap(test.argument) : test;
        if (dottedPath(asked) === undefined || !isSaidByClient(core, asked)) return true;
      } else if (one.type === "ExpressionStatement" && !isLogStatement(one)) {
        if (unwrap(one.expression).type !== "AssignmentExpression") return true;
      }
    }
    if (at === branch) return false;
  }
  return false;
}

function saidIn(core: Core, written: Node): Node | undefined {
  const node = unwrap(written);
  if (node.type !== "ObjectExpression") return isPlain(core, node) ? node : undefined;
  const { text } = core.fileOf(node);
  if (MEANT.test(text.slice(...node.range))) return undefined;
  const persons = node.properties.flatMap((one) =>
    one.type === "Property" && ofPerson(staticKey(one.key, one.computed) ?? "") ? [one.value] : [],
  );
  // `{ user: null, page: req.query.page }` says that nobody is signed in.
  if (persons.some((value) => isNullish(value) || isFalse(value))) return undefined;
  return persons.find((value) => isPlain(core, value));
}

/** What says who somebody is, or where he belongs. */
const ofPerson = byName((name): boolean =>
  /^(?:_?id|uid|sub|name|login|e?_?mail|phone)$|(?:user|account|tenant|org(?:ani[sz]ation)?|company|workspace|shop|store|vendor|seller|customer|member|admin|role|scope|logged_?in)(?:s|_?(?:id|name|e?mail))?$/iu.test(
    name,
  ),
);

function isFalse(value: Node): boolean {
  const node = unwrap(value);
  return node.type === "Literal" && node.value === false;
}

/** `shop` of `const shop = req.get("x-shop") || req.query.shop`, and no key or token. */
function isPlain(core: Core, value: Node): boolean {
  const said = saidByClient(core, value);
  return said !== undefined && !PROOF.test(said.split(".").at(-1) ?? "");
}

/** What proves something by its name, or is looked at by another guard. */
export const PROOF =
  /key|token|secret|signature|\bsig\b|hmac|hash|jwt|auth|bearer|session|cookie|password|passwd|pwd|code|otp|nonce|ticket|credential|cert|licen[cs]e/iu;

/** Does the request go on behind it, in the same branch? */
function passes(owner: FunctionNode, assignment: TSESTree.AssignmentExpression): boolean {
  const statement = parentOf(assignment);
  const block = statement === undefined ? undefined : parentOf(statement);
  const statements = (block && statementsIn(block)) ?? [];
  return statements
    .slice(statements.findIndex((one) => one === statement) + 1)
    .some((one) => passing(owner, one) !== undefined);
}
