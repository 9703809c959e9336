import type { SourceFile } from "../files/source-file.ts";
import { initOf, onlyValueOf } from "../files/variables.ts";
import { decoratorsOf, dottedPath, isFunction, rootOf, unwrap } from "../syntax.ts";
import type { FunctionNode, Node } from "../syntax.ts";
import { readFrom } from "./forms.ts";
import { readByCall } from "./request.ts";

/** The function that is given the request which an expression reads. */
export function handlerOf(file: SourceFile, said: Node, hops = 3): FunctionNode | undefined {
  const event = readByCall(file, rootOf(said))?.event;
  for (const base of event === undefined ? readFrom(file, said) : [event]) {
    const root = rootOf(base);
    const [definition] = root.type === "Identifier" ? (file.variableOf(root)?.defs ?? []) : [];
    // A function that is called has its name for a definition.
    const owner = definition?.type === "Parameter" ? (definition.node as Node) : undefined;
    // Resolvers are given the arguments of a query behind its parent; commands have some as well.
    if (isFunction(owner)) {
      const isCommand = dottedPath(root)?.[0] === "args" && owner.params.length < 2;
      return isCommand && !owner.params.some((one) => decoratorsOf(one).length > 0)
        ? undefined
        : owner;
    }
    const init =
      definition === undefined ? undefined : (initOf(file, root) ?? onlyValueOf(file, root));
    const found = init === undefined || hops === 0 ? undefined : handlerOf(file, init, hops - 1);
    if (found !== undefined) return found;
  }
  // `copyOf(req.body)`
  const call = unwrap(said);
  const given = call.type === "CallExpression" && hops > 0 ? call.arguments : [];
  for (const one of given) {
    const found = handlerOf(file, one, hops - 1);
    if (found !== undefined) return found;
  }
  return undefined;
}
