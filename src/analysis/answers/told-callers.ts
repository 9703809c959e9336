import type { Core } from "../core.ts";
import { contains, expressionIn, isFunction, unwrap } from "../syntax.ts";
import type { FunctionNode, Node } from "../syntax.ts";
import { callSites } from "../values/call-sites.ts";
import { possibilities } from "../values/value.ts";

/**
 * Is whoever called told of a failure, by a function that he has handed in: `onFail(error)`, `errorData({ status: 500 })`,
 * `reject(error)`? That is an answer as `res.sendStatus(401)` is one, and leaves nothing.
 *
 * @param verification stands in the function that was given it
 */
export function tellsCaller(core: Core, step: Node, verification: Node): boolean {
  const call = expressionIn(step) ?? unwrap(step);
  if (call.type !== "CallExpression") return false;
  const callee = unwrap(call.callee);
  if (callee.type !== "Identifier" || !TELLS.test(callee.name)) return false;
  const [definition] = core.fileOf(callee).variableOf(callee)?.defs ?? [];
  const owner = definition?.node as Node | undefined;
  return (
    definition !== undefined &&
    isFunction(owner) &&
    contains(owner, verification) &&
    !isThrowing(
      core,
      owner,
      owner.params.indexOf(definition.name as FunctionNode["params"][number]),
    )
  );
}

/** Names of what is called where something has failed; `setError` of a component shows it. */
const TELLS =
  /^(?!set[A-Z])(?:\w*(?:err(?:or)?|fail|reject|refus|den(?:y|ied)|forbid|unauthori[sz]ed|invalid)\w*|cb|callback|done|fn)$/iu;

/** Whoever hands in `(error) => { throw error; }` is left all the same. */
function isThrowing(core: Core, owner: FunctionNode, at: number): boolean {
  return callSites(core, owner).calls.some(({ arguments: given }) => {
    const handed = given[at];
    return (
      handed !== undefined &&
      possibilities(core.evaluate(handed)).some(
        (one) =>
          one.type === "function" &&
          /\bthrow\b/u.test(core.fileOf(one.node).text.slice(...one.node.range)),
      )
    );
  });
}
