import type { TSESTree } from "@typescript-eslint/utils";
import type { Core } from "../core.ts";
import { conditionsAt } from "../flow/conditions.ts";
import { initOf, readsOf } from "../files/variables.ts";
import { formOf } from "../network/forms.ts";
import { isSaidByClient, saidByClient } from "../network/request.ts";
import {
  calleeName,
  contains,
  dottedPath,
  enclosingFunction,
  isFunction,
  isLiteral,
  isNullish,
  memberName,
  parentOf,
  rootOf,
  textOf,
  unwrap,
  wrapped,
} from "../syntax.ts";
import type { Node } from "../syntax.ts";
import { hasWithin } from "../within.ts";
import { askedFor } from "../data/asked-records.ts";
import { isInLeavingBranch, isOnAnotherWay } from "./other-ways.ts";
import { isRefusedInPassing } from "./passing-refusals.ts";
import { isAskedWhereSet } from "./unset-gates.ts";

/**
 * Is it asked for a proof only where the request brings one: `if (password) { … compare … }`,
 * `if (hash && !isSigned(data, hash)) return refuse();`, or only where the record of whom it names has one:
 * `if (user.passwordHash) { … compare … }`? Whoever has signed up without a password has none. Or only where a setting
 * is made that says the proof, or with a refusal that ends nothing, or unless the request says that none is needed:
 * `if (!isGoogle) { … compare … }`. Not where something refuses a request without it, and not where the answer decides
 * later.
 *
 * @param signed where the token is signed
 */
export function isLeftOut(core: Core, node: Node, signed: Node): boolean {
  // Whoever has called another function decides by its answer.
  const owner = enclosingFunction(node);
  const isHere = core.fileOf(node) === core.fileOf(signed);
  if (owner === undefined || !isHere || !contains(owner, signed)) return false;
  if (isRefusedInPassing(core, node, signed) || isOnAnotherWay(core, node, signed)) return true;
  if (isInLeavingBranch(core, node, signed)) return true;
  for (let at = parentOf(node), from: Node = node; at !== undefined; from = at, at = parentOf(at)) {
    if (isFunction(at)) return false;
    if (at.type === "LogicalExpression" && from === at.right && isNeverAsked(core, at)) return true;
    const tests =
      at.type === "IfStatement"
        ? branchTests(core, at, from, signed)
        : at.type === "LogicalExpression" && at.operator === "&&" && from === at.right
          ? refusalTests(at, signed)
          : [];
    const mayBeMissing = (test: Node): boolean => isSaid(core, test) || isOfRecord(core, test);
    if (tests.some((test) => mayBeMissing(test) && !isRefusedWithout(core, test))) return true;
    if (tests.some((test) => isWaived(core, test))) return true;
    if (tests.some((test) => isAskedWhereSet(core, test, node))) return true;
  }
  return false;
}

function isSaid(core: Core, test: Node): boolean {
  if (test.type !== "Identifier" && test.type !== "MemberExpression") return false;
  const parsed = initOf(core.fileOf(test), rootOf(test));
  // A schema out of sight may refuse a request without it.
  if (parsed?.type === "CallExpression" && isParsed(core, parsed)) return false;
  return isSaidByClient(core, test);
}

/** `schema.parse(req.body)`, `await readValidatedBody(event, schema.parse)` */
function isParsed(core: Core, call: TSESTree.CallExpression): boolean {
  return formOf(core.fileOf(call), call) !== undefined || calleeName(call) === "readValidatedBody";
}

/**
 * `!isGoogle` of a field of the request: whoever sends it waives the proof. Not where anything else looks at the field, which
 * may refuse a request with it, or ask for another proof.
 */
function isWaived(core: Core, test: Node): boolean {
  const field = waivedBy(test);
  const owner = field === undefined ? undefined : enclosingFunction(field);
  if (field === undefined || owner === undefined || !isSaid(core, field)) return false;
  const said = saidByClient(core, field);
  // `req.body.isGoogle = false;` of what stands before: the program says it itself.
  const isWritten = core
    .fileOf(field)
    .index.assignments.some(
      ({ left }) => left.type === "MemberExpression" && saidByClient(core, left) === said,
    );
  if (isWritten) return false;
  const reads = new Set(readsOf(core.fileOf(field), field));
  const isRead = (one: Node): boolean =>
    one.type === "MemberExpression" ? saidByClient(core, one) === said : reads.has(one);
  return !hasWithin(core, owner.body, (one) => isRead(one) && !isSkippedWith(one));
}

/** `isGoogle` of `!isGoogle`, `isGoogle !== true` and `isGoogle === false`, `provider` of `provider !== "google"` */
function waivedBy(test: Node): Node | undefined {
  if (test.type === "UnaryExpression" && test.operator === "!") return unwrap(test.argument);
  if (test.type !== "BinaryExpression" || !/^[!=]==?$/u.test(test.operator)) return undefined;
  const isDenied = test.operator.startsWith("!");
  const other = unwrap(test.right);
  const isFlag = other.type === "Literal" && other.value === isDenied;
  return isFlag || (isDenied && Boolean(textOf(other))) ? unwrap(test.left) : undefined;
}

/** `if (!isGoogle && !password) return refuse();`: a branch that is not gone into with it, and has no other one. */
function isSkippedWith(read: Node): boolean {
  const denial = parentOf(wrapped(read));
  if (denial === undefined || waivedBy(denial) !== unwrap(read)) return false;
  let test = wrapped(denial);
  let by = parentOf(test);
  for (; by?.type === "LogicalExpression"; by = parentOf(test)) test = wrapped(by);
  return by?.type === "IfStatement" && by.alternate === null;
}

/** The password of a record that is found by nothing but what the request names. */
function isOfRecord(core: Core, test: Node): boolean {
  return (
    test.type === "MemberExpression" &&
    PASSWORD.test(memberName(test) ?? "") &&
    askedFor(core, rootOf(test)) !== undefined
  );
}

const PASSWORD = /pass(?!port)|pwd|hash|\bpin\b/iu;

/** `!!user || user.matches(password)`: once somebody is found, nothing more is asked. */
function isNeverAsked(core: Core, { operator, left }: TSESTree.LogicalExpression): boolean {
  let test = unwrap(left);
  let isFound = true;
  while (test.type === "UnaryExpression" && test.operator === "!") {
    test = unwrap(test.argument);
    isFound = !isFound;
  }
  return (
    operator === (isFound ? "||" : "&&") &&
    test.type === "Identifier" &&
    askedFor(core, test) !== undefined
  );
}

/** What has to hold for a branch that refuses by itself. */
function branchTests(core: Core, at: TSESTree.IfStatement, from: Node, signed: Node): Node[] {
  if (from !== at.consequent || at.alternate !== null || contains(at, signed)) return [];
  const isKept = hasWithin(
    core,
    at.consequent,
    (one) => one.type === "AssignmentExpression" && one.left.type === "Identifier",
  );
  return isKept ? [] : joined(at.test);
}

/** What has to hold before the rest of a test is asked, of one that leaves the function where it holds. */
function refusalTests(both: TSESTree.LogicalExpression, signed: Node): Node[] {
  const isRefusal = conditionsAt(signed).some(({ test, holds }) => !holds && contains(test, both));
  return isRefusal ? joined(both.left) : [];
}

/** `a`, `b` and `c` of `a && b && c` */
function joined(written: Node): Node[] {
  const test = unwrap(written);
  return test.type === "LogicalExpression" && test.operator === "&&"
    ? [...joined(test.left), ...joined(test.right)]
    : [test];
}

/** Does something ask whether it is missing? */
function isRefusedWithout(core: Core, said: Node): boolean {
  const file = core.fileOf(said);
  const path = dottedPath(said)?.join(".");
  const owner = enclosingFunction(said);
  const isSame = (node: Node): boolean =>
    dottedPath(node)?.join(".") === path &&
    file.variableOf(rootOf(node)) === file.variableOf(rootOf(said));
  return (
    owner === undefined ||
    hasWithin(core, owner.body, (node) => {
      if (node.type === "UnaryExpression") return node.operator !== "-" && isSame(node.argument);
      if (node.type !== "BinaryExpression") return false;
      // `password == null`, `password === ""`, `password.length < 8`; with anything else it is compared itself.
      const isOfPart = [node.left, node.right].some(
        (side) => side.type === "MemberExpression" && isSame(side.object),
      );
      const isWith = [node.left, node.right].some((side) => isLiteral(side) || isNullish(side));
      return isOfPart || (isWith && [node.left, node.right].some((side) => isSame(unwrap(side))));
    })
  );
}
