import type { Core } from "../core.ts";
import { asksForFailure, passes } from "../answers/function-roles.ts";
import { leaves } from "../answers/results.ts";
import { declaratorOf, readsOf } from "../files/variables.ts";
import type { Operation } from "../operations/operations.ts";
import {
  calleeName,
  contains,
  enclosingFunction,
  functionName,
  parentOf,
  unwrap,
  wrapped,
} from "../syntax.ts";
import type { CallNode, FunctionNode, Node } from "../syntax.ts";
import { callSites } from "../values/call-sites.ts";
import { returnArguments } from "../values/classes.ts";
import { renews } from "./renewal.ts";
import { isVerifiedElsewhere } from "./guarded.ts";

/**
 * `if (!isSignedIn(token)) return redirect("/login"); return next();`: which guard asks a function that
 * only reads the token, and answers yes or no?
 *
 * @returns the call by which it asks
 */
export function askedByGuard(
  core: Core,
  operation: Operation,
  operations: readonly Operation[],
): CallNode | undefined {
  const owner = enclosingFunction(operation.node);
  if (owner === undefined || !saysYesOrNo(core, owner)) return undefined;
  const isNegative = asksForFailure(functionName(owner));
  return callSites(core, owner).calls.find((call) => {
    const guard = core.fileOf(call) === core.file ? enclosingFunction(call) : undefined;
    return (
      guard !== undefined &&
      isOfRequest(guard) &&
      passes(core, guard).length > 0 &&
      // Where a token is renewed in time, the time decides nothing else.
      !renews(core, guard) &&
      testsOf(core, call).some((test) => decides(core, guard, test, isNegative)) &&
      !isVerifiedElsewhere(core, { ...operation, node: call }, call, operations)
    );
  });
}

function isOfRequest({ params: [first] }: FunctionNode): boolean {
  return (
    first?.type === "Identifier" && /^_?(?:req|request|ctx|context|c|event)$/u.test(first.name)
  );
}

function saysYesOrNo(core: Core, owner: FunctionNode): boolean {
  const answers = returnArguments(core, owner);
  return answers.length > 0 && answers.every((answer) => isYesOrNo(answer));
}

function isYesOrNo(written: Node): boolean {
  const node = unwrap(written);
  switch (node.type) {
    case "Literal":
      return typeof node.value === "boolean";
    case "UnaryExpression":
      return node.operator === "!";
    case "BinaryExpression":
      return /^[!=]==?$|^[<>]=?$/u.test(node.operator);
    case "LogicalExpression":
      return isYesOrNo(node.right);
    case "CallExpression":
      return calleeName(node) === "Boolean";
    default:
      return false;
  }
}

/** The call itself, or the reads of the variable that its answer is put into. */
function testsOf(core: Core, call: CallNode): Node[] {
  const holder = parentOf(wrapped(call));
  if (holder?.type !== "VariableDeclarator" || holder.id.type !== "Identifier") return [call];
  const file = core.fileOf(call);
  return declaratorOf(file, holder.id) === holder ? readsOf(file, holder.id) : [];
}

/** Does the answer choose between going on and turning the request away? */
function decides(core: Core, guard: FunctionNode, asked: Node, isNegative: boolean): boolean {
  let isTurned = isNegative;
  let at = wrapped(asked);
  for (let parent = parentOf(at); parent !== undefined && parent !== guard; parent = parentOf(at)) {
    if (parent.type === "IfStatement") {
      if (parent.test !== at || enclosingFunction(parent) !== guard) return false;
      if (isTurned) return leaves(core, parent.consequent);
      return passes(core, guard).every((next) => contains(parent.consequent, next));
    }
    if (parent.type === "UnaryExpression" && parent.operator === "!") isTurned = !isTurned;
    else if (parent.type !== "LogicalExpression") return false;
    at = wrapped(parent);
  }
  return false;
}
