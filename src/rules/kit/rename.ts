import type { ReportFixFunction, SourceCode } from "@typescript-eslint/utils/ts-eslint";
import type { Operation } from "../../analysis/operations/operations.ts";
import type { IgnoredOption } from "../../analysis/operations/options.ts";
import { enclosingFunction, unwrap } from "../../analysis/syntax.ts";
import type { Node } from "../../analysis/syntax.ts";
import { addOption, addProperty, both, removeFromList, replaceWith } from "./edits.ts";

type Source = Readonly<SourceCode>;

/**
 * Gives an option that the library does not read the name that it reads in the same object.
 *
 * @returns undefined where the right name belongs elsewhere, or no edit is sure to be right
 */
export function renameOption(
  source: Source,
  { node, name, role, value }: IgnoredOption,
  meant: string,
): ReportFixFunction | undefined {
  if (holderOf(name) !== holderOf(meant)) return undefined;
  const right = meant.slice(holderOf(meant).length);
  const isOne = role === "algorithms" && value.type !== "array";
  if (node.type === "AssignmentExpression") {
    const { left } = node;
    const isPlain = left.type === "MemberExpression" && !left.computed && !isOne;
    return isPlain ? replaceWith(left.property, right) : undefined;
  }
  if (node.type !== "Property" || node.computed) return undefined;
  if (!node.shorthand && !isOne) return replaceWith(node.key, right);
  if (source.getCommentsInside(node).length > 0) return undefined;
  const written = source.getText(node.value);
  // A list of algorithms where one was written.
  return replaceWith(node, `${right}: ${isOne ? `[${written}]` : written}`);
}

/** Moves an option that is read at the top level only to the top level. */
export function moveOption(
  source: Source,
  { options }: Operation,
  { node, name }: IgnoredOption,
  meant: string,
): ReportFixFunction | undefined {
  const top = options === undefined ? undefined : unwrap(options.node);
  if (holderOf(meant) !== "" || holderOf(name) === "" || top?.type !== "ObjectExpression")
    return undefined;
  if (node.type !== "Property" || node.parent.type !== "ObjectExpression") return undefined;
  const out = removeFromList(source, node);
  return out === undefined ? undefined : both(out, addProperty(source, top, source.getText(node)));
}

/** Moves a property of a payload that is written in the call to the options of the call. */
export function moveToOptions(
  source: Source,
  operation: Operation,
  property: Node,
): ReportFixFunction | undefined {
  if (property.type !== "Property" || property.parent.type !== "ObjectExpression") return undefined;
  // What it is written with may be out of reach elsewhere.
  if (enclosingFunction(property) !== enclosingFunction(operation.node)) return undefined;
  const out = removeFromList(source, property);
  const into = addOption(source, operation, source.getText(property));
  return out === undefined || into === undefined ? undefined : both(out, into);
}

/** `"verifyOptions."` of `"verifyOptions.aud"`. */
function holderOf(name: string): string {
  return name.slice(0, name.lastIndexOf(".") + 1);
}
