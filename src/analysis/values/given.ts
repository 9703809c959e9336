import type { Core } from "../core.ts";
import { isFunction, unwrap } from "../syntax.ts";
import type { Node } from "../syntax.ts";
import { argumentsAt } from "./call-sites.ts";

/** What a name was given: its first value, later ones, and the arguments of a parameter. */
export function givenTo(core: Core, name: Node): Node[] {
  const variable = core.fileOf(name).variableOf(name);
  const origins: Node[] = [];
  for (const { node: definition } of (variable?.defs ?? []) as readonly { node: Node }[]) {
    if (definition.type === "VariableDeclarator" && definition.init !== null) {
      origins.push(unwrap(definition.init));
    } else if (isFunction(definition)) {
      const position = definition.params.findIndex((parameter) =>
        variable?.identifiers.includes(parameter as never),
      );
      origins.push(...argumentsAt(core, definition, position).map((argument) => unwrap(argument)));
    }
  }
  for (const reference of variable?.references ?? []) {
    const write = reference.writeExpr;
    if (reference.isWrite() && reference.init !== true && write != null) origins.push(write);
  }
  return origins;
}
