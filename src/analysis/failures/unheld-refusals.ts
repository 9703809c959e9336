import type { TSESTree } from "@typescript-eslint/utils";
import type { Core } from "../core.ts";
import type { Operation } from "../operations/operations.ts";
import { calleeName, dottedPath, enclosingFunction, unwrap, walk } from "../syntax.ts";
import type { CallNode, Node } from "../syntax.ts";
import { must, possibilities } from "../values/value.ts";
import type { Value } from "../values/value.ts";
import { nextBehind } from "./goes-on.ts";
import { saysSuccess } from "./refusals.ts";
import { responseCalls } from "./response-calls.ts";
import { leaves } from "./results.ts";

/**
 * Refusals behind a verification that hold nobody: `if (claims.role !== "admin") next(error);` with
 * `next()` behind it. The token is genuine, and the handler runs for those who were refused, too.
 *
 * @returns the statements that refuse
 */
export function unheldRefusals(core: Core, operation: Operation): TSESTree.ExpressionStatement[] {
  const owner = enclosingFunction(operation.node);
  if (owner === undefined || operation.kind !== "verify") return [];
  const found: TSESTree.ExpressionStatement[] = [];
  walk(owner.body, core.fileOf(owner).visitorKeys, (node) => {
    if (node.type === "IfStatement" && node.range[0] > operation.node.range[0]) {
      const refusal = unheldIn(core, node);
      if (refusal !== undefined) found.push(refusal);
    }
    return true;
  });
  return found;
}

function unheldIn(
  core: Core,
  branch: TSESTree.IfStatement,
): TSESTree.ExpressionStatement | undefined {
  const { consequent, alternate, parent } = branch;
  if (alternate !== null || parent.type !== "BlockStatement" || leaves(core, consequent))
    return undefined;
  // What a verification has given is there, or it has thrown.
  if (must(core.evaluate(nameIn(branch.test)), isWhole)) return undefined;
  const statements = consequent.type === "BlockStatement" ? consequent.body : [consequent];
  if (!statements.every((one) => /^(?:Expression|Variable)/u.test(one.type))) return undefined;
  const refusal = statements.findLast(
    (one): one is TSESTree.ExpressionStatement =>
      one.type === "ExpressionStatement" && refuses(core, one.expression),
  );
  return refusal !== undefined && nextBehind(parent.body, branch) !== undefined
    ? refusal
    : undefined;
}

/** All claims of a token, and not one of them. */
function isWhole(value: Value): boolean {
  return value.type === "claims" && value.verified && value.path.length === 0;
}

/** `claims` of `!claims` */
function nameIn(test: Node): Node {
  return test.type === "UnaryExpression" ? test.argument : test;
}

/** `next(error)`, `res.status(403).json(…)`, `res.redirect("/login")`, `ctx.status = 401` */
function refuses(core: Core, expression: Node): boolean {
  const node = unwrap(expression);
  if (node.type === "AssignmentExpression") {
    return (
      /^(?:ctx|context)\.(?:response\.)?status$/u.test(dottedPath(node.left)?.join(".") ?? "") &&
      isFailure(core, node.right)
    );
  }
  if (node.type !== "CallExpression") return false;
  if (calleeName(node) === "next") {
    // `next("route")` goes to the next route.
    const [error, ...more] = node.arguments;
    return error !== undefined && more.length === 0 && error.type !== "Literal";
  }
  return refusesByAnswer(core, node);
}

function refusesByAnswer(core: Core, answer: CallNode): boolean {
  const calls = responseCalls(answer);
  const isSent = calls.some(({ name }) => SENDS.test(name));
  return isSent && calls.some(({ name, given }) => saysNo(core, name, given));
}

const SENDS = /^(?:json|jsonp|send|sendStatus|end|redirect|render)$/u;

function saysNo(core: Core, method: string, given: Node | undefined): boolean {
  if (method === "redirect") return true;
  if (given === undefined) return false;
  return /^(?:status|sendStatus|code)$/u.test(method)
    ? isFailure(core, given)
    : saysFailure(core, given);
}

/** A status of HTTP for failures. */
function isFailure(core: Core, status: Node): boolean {
  const values = possibilities(core.evaluate(status));
  return values.every(
    (one) => one.type === "literal" && typeof one.value === "number" && one.value >= 400,
  );
}

function saysFailure(core: Core, body: Node): boolean {
  return possibilities(core.evaluate(body)).every(
    (one) => one.type === "object" && saysSuccess(one) === false,
  );
}
