import type { TSESTree } from "@typescript-eslint/utils";
import type { Core } from "../core.ts";
import { inside } from "../files/inside.ts";
import type { SourceFile } from "../files/source-file.ts";
import { initOf, readsOf } from "../files/variables.ts";
import type { Operation } from "../operations/operations.ts";
import {
  contains,
  enclosingFunction,
  expressionIn,
  isNullish,
  parentOf,
  rootOf,
  textOf,
  unwrap,
} from "../syntax.ts";
import type { FunctionNode, Node } from "../syntax.ts";
import { hasWithin } from "../within.ts";
import { answers } from "../answers/behind.ts";
import { writeIn } from "../answers/endpoint-writes.ts";
import { refuses } from "../answers/function-roles.ts";
import { isLogged, isLogStatement } from "../logging.ts";
import { catchOf } from "../answers/results.ts";

/**
 * `let viewer; try { viewer = verify(token).sub; } catch {} … if (viewer && post.owner !== viewer) return forbid();`: whoever
 * has no good token stays unknown, and only who is known is asked whose the record is. So a good token gets less
 * than none. Whatever else the function does with the name may be the question that is missing here.
 *
 * @returns what asks whether he is known
 */
export function checkedIfKnown(core: Core, { node: call }: Operation): Node | undefined {
  const attempt = catchOf(call)?.parent;
  const owner = enclosingFunction(call);
  const file = core.fileOf(call);
  if (attempt === undefined || owner === undefined) return undefined;
  if (!attempt.handler?.body.body.every((one) => isLogStatement(one))) return undefined;
  if (isBesideOthers(owner)) return undefined;
  // A record may be there for everybody, or for whoever knows its address.
  if (FOR_ALL.test(file.text.slice(attempt.range[1], owner.range[1]))) return undefined;
  for (const { left, range } of inside(file.index.assignments, attempt.block)) {
    if (left.type !== "Identifier" || range[1] <= call.range[0]) continue;
    if (!isSetThereOnly(file, left, attempt)) continue;
    const found = onlyIfKnown(core, left, owner);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** `requireUser` of `router.get("/posts/:id", requireUser, handler)`, which may have refused before. */
function isBesideOthers(handler: Node): boolean {
  const by = parentOf(handler);
  return (
    by?.type === "CallExpression" &&
    (by.arguments.some((one) => one !== handler && textOf(one) === undefined) || isBesideOthers(by))
  );
}

const FOR_ALL = /public|publish|visib|privat|share|unlisted|invit|guest|anonym|demo/iu;

/** `let viewer = null;`, and nothing but the attempt writes it. */
function isSetThereOnly(file: SourceFile, name: Node, { block }: TSESTree.TryStatement): boolean {
  const variable = file.variableOf(name);
  const declared = variable?.defs[0]?.node as Node | undefined;
  return (
    declared?.type === "VariableDeclarator" &&
    (declared.init === null || isNullish(declared.init)) &&
    variable?.references.every(
      (one) => !one.isWrite() || one.init === true || contains(block, one.identifier),
    ) === true
  );
}

function onlyIfKnown(core: Core, name: Node, owner: FunctionNode): Node | undefined {
  const file = core.fileOf(name);
  const reads = readsOf(file, name).filter((read) => !isLogged(read));
  const branches = new Set<TSESTree.IfStatement>();
  let found: Node | undefined;
  for (const read of reads) {
    const refusal = branchOf(read);
    if (refusal === undefined || !refusesOthers(core, read, refusal, owner)) continue;
    for (const branch of [refusal, ...branchesAround(refusal)]) {
      const known = conjunctsOf(branch.test).find((one) => reads.includes(knownIn(one)));
      if (known === undefined) continue;
      found ??= known;
      branches.add(refusal).add(branch);
    }
  }
  // `if (!viewer) …`, `find(id, viewer)`: what is done for the unknown is another question.
  const isAll = reads.every((read) => {
    const branch = branchOf(read);
    if (branch === undefined) return isTold(core, read, owner);
    return branches.has(branch) && branch.alternate === null;
  });
  return isAll ? found : undefined;
}

/** `viewer` of `viewer`, `viewer.id` and `viewer !== null` */
function knownIn(written: Node): Node {
  const test = unwrap(written);
  const isThere =
    test.type === "BinaryExpression" && /^!==?$/u.test(test.operator) && isNullish(test.right);
  return rootOf(isThere ? test.left : test);
}

function conjunctsOf(written: Node): Node[] {
  const test = unwrap(written);
  return test.type === "LogicalExpression" && test.operator === "&&"
    ? [...conjunctsOf(test.left), ...conjunctsOf(test.right)]
    : [test];
}

/** The `if` whose test an expression is a part of. */
function branchOf(expression: Node): TSESTree.IfStatement | undefined {
  let at = parentOf(expression);
  while (at !== undefined && !/Statement$|Function|Declarat/u.test(at.type)) at = parentOf(at);
  return at?.type === "IfStatement" ? at : undefined;
}

/** Those in whose branch it stands: `if (viewer) { if (post.owner !== viewer) … }` */
function branchesAround(inner: Node): TSESTree.IfStatement[] {
  const block = parentOf(inner);
  const outer = block?.type === "BlockStatement" ? parentOf(block) : block;
  return outer?.type === "IfStatement" ? [outer, ...branchesAround(outer)] : [];
}

const REFUSED = /\b40[134]\b|\bthrow\b|forbid|unauthori[sz]ed|denied/iu;

/** Is who is not the owner of the record refused, and does the function go on with that where it refuses nobody? */
function refusesOthers(
  core: Core,
  read: Node,
  refusal: TSESTree.IfStatement,
  owner: FunctionNode,
): boolean {
  const file = core.fileOf(read);
  const { consequent, range } = refusal;
  const asked = comparisonOf(read, refusal);
  if (asked === undefined || !refuses(core, consequent)) return false;
  if (!REFUSED.test(file.text.slice(...consequent.range))) return false;
  return hasWithin(core, asked, (name) => {
    if (name.type !== "Identifier") return false;
    const found = initOf(file, name);
    return (
      found?.type === "CallExpression" &&
      !BY_PROOF.test(file.text.slice(...found.range)) &&
      readsOf(file, name).some((one) => one.range[0] > range[1] && isPassedOn(core, one, owner))
    );
  });
}

/** How a record is found that whoever has the code may see. */
const BY_PROOF = /token|code|secret|hash|key|signature|otp|nonce|ticket/iu;

/** `post.owner !== viewer`, `!post.owner.equals(viewer)`, `!post.editors.includes(viewer)` */
function comparisonOf(read: Node, refusal: Node): Node | undefined {
  for (let at = parentOf(read); at !== undefined && at !== refusal; at = parentOf(at))
    if ("operator" in at && at.operator.startsWith("!")) return at;
  return undefined;
}

/** `!known`, `post.owner !== viewer` and what is made of such alone. */
function isVerdict(node: Node): boolean {
  if (node.type === "UnaryExpression") return node.operator === "!";
  if (node.type === "BinaryExpression") return /^[!=]==?$/u.test(node.operator);
  return node.type === "LogicalExpression" && isVerdict(node.left) && isVerdict(node.right);
}

/** `res.json({ ...post, canEdit: viewer === post.owner })`: who is known is told more, and gets no more. */
function isTold(core: Core, read: Node, owner: FunctionNode): boolean {
  let at = parentOf(read);
  while (at !== undefined && at.type !== "Property" && !at.type.endsWith("Statement"))
    at = parentOf(at);
  return at?.type === "Property" && isVerdict(unwrap(at.value)) && isPassedOn(core, at, owner);
}

/** `res.json(post)`, `return post`, `await Post.deleteOne({ id: post.id })` */
function isPassedOn(core: Core, read: Node, owner: FunctionNode): boolean {
  let at: Node | undefined = read;
  while (at !== undefined && at !== owner && !/Statement$|Declaration$/u.test(at.type))
    at = parentOf(at);
  if (at === undefined || at === owner) return false;
  const said = expressionIn(at);
  return (
    at.type === "ReturnStatement" ||
    (said !== undefined && answers(core, said)) ||
    writeIn(at) !== undefined
  );
}
