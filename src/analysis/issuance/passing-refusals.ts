import type { TSESTree } from "@typescript-eslint/utils";
import type { Core } from "../core.ts";
import { isLogStatement } from "../logging.ts";
import { responseCalls } from "../answers/response-calls.ts";
import { readsOf } from "../files/variables.ts";
import { assignedAnswer } from "../network/assigned-answers.ts";
import { calleeName, expressionIn, parentOf, wrapped } from "../syntax.ts";
import type { Node } from "../syntax.ts";

/**
 * `if (password !== user.password) { ctx.body = { error: "wrong" }; }  ctx.body = { token: jwt.sign(…) };`: the branch
 * says no, ends nothing, and the token is the answer after all. Not where the refusal is sent at once: Express throws
 * at a second `res.json()`, and nobody is given the token.
 *
 * @param proof what asks for the proof
 * @param signed where the token is signed, in the same function
 */
export function isRefusedInPassing(core: Core, proof: Node, signed: Node): boolean {
  const asked = answersOf(core, proof);
  return (
    asked.length > 0 &&
    asked.every((branch) => {
      // Before the branch it may be what the branch gives.
      return branch !== undefined && isInPassing(core, branch) && signed.range[0] > branch.range[1];
    })
  );
}

/** How many names an answer has on its way: `recovered`, and `isSame` of `isSame = recovered.toLowerCase() === address` */
const MAX_NAMES = 2;

/**
 * The branches that what a proof says chooses, by itself or by the names that hold it and nothing else; undefined for
 * another use of it.
 */
function answersOf(
  core: Core,
  proof: Node,
  hops = MAX_NAMES,
): readonly (TSESTree.IfStatement | undefined)[] {
  const whole = asWhole(proof);
  const holder = parentOf(whole);
  if (holder?.type === "IfStatement") return [holder.test === whole ? holder : undefined];
  if (holder?.type !== "VariableDeclarator" || hops === 0) return [undefined];
  const file = core.fileOf(proof);
  const given = file.variableOf(holder.id)?.references.filter((one) => one.isWrite()) ?? [];
  if (given.length !== 1) return [undefined];
  // `await record.deleteOne();` is asked about by itself.
  const reads = readsOf(file, holder.id).filter((read) => !isOwner(read));
  return reads.flatMap((read) => answersOf(core, read, hops - 1));
}

/** What a proof says, joined with others, compared, or put into another form: `recovered.toLowerCase() !== address` */
function asWhole(proof: Node): Node {
  let node = wrapped(proof);
  for (let by = parentOf(node); by !== undefined && isForm(by, node); by = parentOf(node))
    node = wrapped(by);
  return node;
}

function isForm(by: Node, part: Node): boolean {
  switch (by.type) {
    case "UnaryExpression":
    case "LogicalExpression":
    case "BinaryExpression":
      return true;
    case "MemberExpression":
      return by.object === part;
    case "CallExpression":
      return by.callee === part && OF_TEXTS.test(calleeName(by));
    default:
      return false;
  }
}

const OF_TEXTS = /\.(?:trim|toLowerCase|toUpperCase|toString|equals)$/u;

/** `record` of `await record.deleteOne();` */
function isOwner(read: Node): boolean {
  const member = parentOf(wrapped(read));
  const call = member?.type === "MemberExpression" ? parentOf(wrapped(member)) : undefined;
  return (
    call?.type === "CallExpression" &&
    call.callee === member &&
    parentOf(wrapped(call))?.type === "ExpressionStatement"
  );
}

/** Does a branch do nothing but say an answer that whatever comes behind it takes the place of? */
function isInPassing(core: Core, { consequent, alternate }: TSESTree.IfStatement): boolean {
  if (alternate !== null) return false;
  const statements = consequent.type === "BlockStatement" ? consequent.body : [consequent];
  const others = statements.filter((one) => !isLogStatement(one));
  return others.length > 0 && others.every((one) => isUnsentAnswer(core, one));
}

function isUnsentAnswer(core: Core, statement: Node): boolean {
  const node = statement.type === "ExpressionStatement" ? expressionIn(statement) : undefined;
  if (node?.type === "AssignmentExpression")
    return assignedAnswer(core.fileOf(node), node) !== undefined;
  if (node?.type !== "CallExpression") return false;
  const calls = responseCalls(node);
  return (
    // `res.status(401)`, and `Response.json(…)` that nobody returns
    (calls.length > 0 && calls.every(({ name }) => name === "status")) ||
    /^(?:c\.(?:json|text|status)|(?:Next)?Response\.json)$/u.test(calleeName(node))
  );
}
