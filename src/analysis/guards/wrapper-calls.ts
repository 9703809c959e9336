import type { Core } from "../core.ts";
import { inside } from "../files/inside.ts";
import { enclosingFunction, isFunction, unwrap } from "../syntax.ts";
import type { CallNode, FunctionNode, Node } from "../syntax.ts";

/**
 * The calls by which a function that is put around another one goes on with it, given what it is given itself:
 * `(handler) => async (req, res) => { …; return handler(req, res); }`, `return resolve(parent, args, context, info)` of a
 * guard of resolvers, `return action(...args)`.
 */
export function handsOn(core: Core, owner: FunctionNode): CallNode[] {
  const file = core.fileOf(owner);
  const ownerOf = (name: Node): Node | undefined => {
    const [definition] = name.type === "Identifier" ? (file.variableOf(name)?.defs ?? []) : [];
    return definition?.type === "Parameter" ? definition.node : undefined;
  };
  return inside(file.index.calls, owner).filter((call) => {
    const from = ownerOf(unwrap(call.callee));
    const [first, ...more] = call.arguments;
    if (!isFunction(from) || first === undefined || enclosingFunction(call) !== owner) return false;
    const isAll = first.type === "SpreadElement" || more.length > 0;
    return (
      isAll &&
      call.arguments.every(
        (one) => ownerOf(unwrap(one.type === "SpreadElement" ? one.argument : one)) === owner,
      )
    );
  });
}
