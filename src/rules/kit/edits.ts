import type { TSESTree } from "@typescript-eslint/utils";
import type {
  ReportFixFunction,
  RuleFix,
  RuleFixer,
  SourceCode,
} from "@typescript-eslint/utils/ts-eslint";
import type { Operation } from "../../analysis/operations/operations.ts";
import { programOf, staticKey, textOf, unwrap } from "../../analysis/syntax.ts";
import type { Node } from "../../analysis/syntax.ts";
import { may, stringOf } from "../../analysis/values/value.ts";

type Source = Readonly<SourceCode>;

/**
 * Writes an option into the options of an operation: into the object literal that is there, into a
 * new one in the right argument, or over a spread of what a variable holds.
 *
 * @param option the property as source text, such as `algorithms: ["HS256"]`; where its name has a dot,
 *   it goes into the object of the name before that
 * @returns undefined where no edit is sure to land in the right place
 */
export function addOption(
  source: Source,
  operation: Operation,
  option: string,
): ReportFixFunction | undefined {
  if (operation.open) return undefined;
  const { options } = operation;
  if (options === undefined) {
    const isNested = option.split(":")[0]?.includes(".") === true;
    return isNested ? undefined : addOptionsArgument(operation, option);
  }
  const written = unwrap(options.node);
  if (option.split(":")[0]?.includes(".") === true) {
    return written.type === "ObjectExpression" ? addNested(source, written, option) : undefined;
  }
  if (written.type === "ObjectExpression") return addProperty(source, written, option);
  if (written.type === "Identifier" && options.value.type === "object") {
    // The object stands elsewhere in the file: it is what the author would change.
    const literal = options.value.node;
    if (literal.type === "ObjectExpression" && programOf(literal) === source.ast) {
      return addProperty(source, literal, option);
    }
  }
  if (written.type === "Identifier" && written.name === "undefined") {
    return (fixer) => fixer.replaceText(written, `{ ${option} }`);
  }
  // The name of an algorithm may stand in the place of the options, and is no object to spread.
  const isText = may(
    options.value,
    (one) => one.type === "template" || stringOf(one) !== undefined,
  );
  const isName = written.type === "Identifier" || written.type === "MemberExpression";
  if (isName && !isText && !isReturned(operation)) {
    return (fixer) => fixer.replaceText(written, `{ ...${source.getText(written)}, ${option} }`);
  }
  return undefined;
}

/** What stands in the place of the options is a function or class that makes them. */
function isReturned({ entity }: Operation): boolean {
  return [entity.parameters?.options ?? []].flat().some((position) => position.endsWith("()"));
}

/** `verifyOptions.audience: x` becomes `verifyOptions: { audience: x }`, or goes into what is there. */
function addNested(
  source: Source,
  object: TSESTree.ObjectExpression,
  option: string,
): ReportFixFunction | undefined {
  const dot = option.indexOf(".");
  const [holder, rest] = [option.slice(0, dot), option.slice(dot + 1)];
  const isDeeper = rest.split(":")[0]?.includes(".") === true;
  if (isDeeper || object.properties.some((property) => property.type === "SpreadElement"))
    return undefined;
  const there = object.properties.find(
    (property) =>
      property.type === "Property" && staticKey(property.key, property.computed) === holder,
  );
  if (there === undefined) return addProperty(source, object, `${holder}: { ${rest} }`);
  const inner = there.type === "Property" ? unwrap(there.value) : undefined;
  return inner?.type === "ObjectExpression" ? addProperty(source, inner, rest) : undefined;
}

/** Positions such as `"2"`; a nested one has no argument of its own to add. */
function addOptionsArgument(operation: Operation, option: string): ReportFixFunction | undefined {
  const position = [operation.entity.parameters?.options ?? []].flat()[0];
  if (position === undefined || !/^\d+$/u.test(position)) return undefined;
  const { node } = operation;
  const before = node.arguments[Number(position) - 1];
  if (before === undefined || node.arguments.length < Number(position)) return undefined;
  const after = node.arguments[Number(position)];
  // Between the key and a callback, or at the end.
  return after === undefined || after === operation.callback?.node
    ? (fixer) => fixer.insertTextAfter(before, `, { ${option} }`)
    : undefined;
}

/** Appends a property to an object literal, keeping comments and a trailing comma. */
export function addProperty(
  source: Source,
  object: TSESTree.ObjectExpression,
  property: string,
): ReportFixFunction {
  const last = object.properties.at(-1);
  if (last === undefined) {
    return (fixer) =>
      source.getCommentsInside(object).length > 0
        ? fixer.insertTextAfterRange([object.range[0], object.range[0] + 1], ` ${property}, `)
        : fixer.replaceText(object, `{ ${property} }`);
  }
  const multiline = last.loc.start.line !== object.loc.start.line;
  const indent = multiline ? `\n${" ".repeat(last.loc.start.column)}` : " ";
  return (fixer) => fixer.insertTextAfter(last, `,${indent}${property}`);
}

/** Replaces the text of a node. */
export function replaceWith(node: Node, text: string): ReportFixFunction {
  return (fixer) => fixer.replaceText(node, text);
}

/**
 * Takes an element out of a list of properties, elements or arguments together with its comma.
 *
 * @returns undefined when a comment would go with it
 */
export function removeFromList(source: Source, node: Node): ReportFixFunction | undefined {
  const before = source.getTokenBefore(node);
  const after = source.getTokenAfter(node);
  if (before === null || after === null) return undefined;
  let [start, end] = node.range;
  if (after.value === ",") {
    [, end] = after.range;
    const next = source.getTokenAfter(after, { includeComments: true });
    if (next !== null && next.loc.start.line === after.loc.end.line) [end] = next.range;
  } else if (before.value === ",") {
    [start] = before.range;
  }
  const isCommented = source
    .getAllComments()
    .some((comment) => comment.range[0] >= start && comment.range[1] <= end);
  if (isCommented) return undefined;
  return (fixer) => fixer.removeRange([start, end]);
}

/**
 * Cuts an array of plain names down to some of them.
 *
 * @returns undefined when it holds anything but names, or a comment
 */
export function keepInList(
  source: Source,
  node: Node,
  names: readonly string[],
): ReportFixFunction | undefined {
  if (node.type !== "ArrayExpression" || source.getCommentsInside(node).length > 0)
    return undefined;
  const kept: string[] = [];
  for (const element of node.elements) {
    const name = textOf(element);
    if (element === null || name === undefined) return undefined;
    if (names.includes(name)) kept.push(source.getText(element));
  }
  // All of them: what else the list holds is added elsewhere.
  if (kept.length === 0 || kept.length === node.elements.length) return undefined;
  return (fixer) => fixer.replaceText(node, `[${kept.join(", ")}]`);
}

/**
 * Adds a setter to a builder before the call that ends it:
 * `new SignJWT(p).sign(k)` becomes `new SignJWT(p).setExpirationTime("1h").sign(k)`.
 */
export function addSetter(operation: Operation, setter: string): ReportFixFunction | undefined {
  const callee = unwrap(operation.node.callee);
  if (callee.type !== "MemberExpression") return undefined;
  const { object } = callee;
  const isSplit = object.loc.end.line !== callee.property.loc.start.line;
  const indent = isSplit
    ? `\n${" ".repeat(Math.max(0, callee.property.loc.start.column - 1))}`
    : "";
  return (fixer) => fixer.insertTextAfter(object, `${indent}.${setter}`);
}

/** Both edits in one. */
export function both(first: ReportFixFunction, second: ReportFixFunction): ReportFixFunction {
  return (fixer: RuleFixer) => {
    const edits: RuleFix[] = [];
    for (const edit of [first(fixer), second(fixer)]) {
      if (edit === null) continue;
      if (Symbol.iterator in edit) edits.push(...edit);
      else edits.push(edit);
    }
    return edits;
  };
}

/** A string literal in the quotes that the file uses. */
export function quoted(source: Source, text: string): string {
  const quote = /(['"])(?:use strict|[\w@./-]+)\1/u.exec(source.text)?.[1] ?? '"';
  return `${quote}${text.replaceAll("\\", "\\\\").replaceAll(quote, `\\${quote}`)}${quote}`;
}

/** `["HS256", "HS384"]` in the quotes that the file uses. */
export function quotedList(source: Source, names: readonly string[]): string {
  return `[${names.map((name) => quoted(source, name)).join(", ")}]`;
}
