import { calledName } from "./source-file.ts";
import { dottedPath, enclosingFunction, parentOf, textOf, wrapped } from "../syntax.ts";
import type { FunctionNode, Node } from "../syntax.ts";

/**
 * Does an expression stand in what a module gives as its settings: at the top of the file, or in what the function
 * returns that it exports or registers: `export default () => ({ … })`, `module.exports = ({ env }) => ({ … })`,
 * `registerAs("jwt", () => ({ … }))`?
 */
export function isSettingOfModule(node: Node): boolean {
  const owner = enclosingFunction(node);
  return owner === undefined || (isReturned(owner, node) && givesSettings(owner));
}

/** What a function is registered as, where it gives a part of the settings. */
export function registeredAs(owner: FunctionNode): string | undefined {
  const call = parentOf(owner);
  return call?.type === "CallExpression" && calledName(call) === "registerAs"
    ? textOf(call.arguments[0])
    : undefined;
}

function isReturned(owner: FunctionNode, node: Node): boolean {
  let at = wrapped(node);
  for (;;) {
    const parent = parentOf(at);
    switch (parent?.type) {
      case "Property":
      case "ObjectExpression":
      case "LogicalExpression":
        at = wrapped(parent);
        break;
      case "ReturnStatement":
        return enclosingFunction(parent) === owner;
      default:
        return parent === owner && owner.body === at;
    }
  }
}

function givesSettings(owner: FunctionNode): boolean {
  const holder = parentOf(owner);
  switch (holder?.type) {
    case "ExportDefaultDeclaration":
      return true;
    case "AssignmentExpression":
      return /^(?:module\.exports|exports\.default)$/u.test(
        dottedPath(holder.left)?.join(".") ?? "",
      );
    case "CallExpression":
      return registeredAs(owner) !== undefined;
    default:
      return false;
  }
}
