import type { TSESTree } from "@typescript-eslint/utils";
import type { Core } from "../core.ts";
import { isLogStatement } from "../answers/logging.ts";
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
    asked.every((one) => {
      const branch = branchOf(one);
      // Before the branch it may be what the branch gives.
      return branch !== undefined && isInPassing(core, branch) && signed.range[0] > branch.range[1];
    })
  );
}

/** The proof where it is looked at: itself, or the reads of the name that holds what it says and nothing else. */
function answersOf(core: Core, proof: Node): readonly Node[] {
  const holder = parentOf(wrapped(proof));
  if (holder?.type !== "VariableDeclarator") return [proof];
  const file = core.fileOf(proof);
  const given = file.variableOf(holder.id)?.references.filter((one) => one.isWrite()) ?? [];
  return given.length === 1 ? readsOf(file, holder.id) : [];
}

/** The `if` that asks it, alone or beside others. */
function branchOf(asked: Node): TSESTree.IfStatement | undefined {
  let at = parentOf(wrapped(asked));
  while (at?.type === "UnaryExpression" || at?.type === "LogicalExpression")
    at = parentOf(wrapped(at));
  return at?.type === "IfStatement" ? at : undefined;
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
