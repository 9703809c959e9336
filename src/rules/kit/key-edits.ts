import type { TSESTree } from "@typescript-eslint/utils";
import type { ReportFixFunction, SourceCode } from "@typescript-eslint/utils/ts-eslint";
import type { Analysis } from "../../analysis/analysis.ts";
import { dottedPath, staticKey, wrapped } from "../../analysis/syntax.ts";
import type { Node } from "../../analysis/syntax.ts";
import { possibilities, variableNamed } from "../../analysis/values/value.ts";
import type { KeyKind } from "../../analysis/values/value.ts";
import { removeFromList } from "./edits.ts";
import { holderName } from "./key-uses.ts";
import { listed } from "./mention.ts";

type Source = Readonly<SourceCode>;

/** A value that stands in for another where that one is not there. */
export interface Fallback {
  /** What becomes of the program's text without it: an expression in place of another, or no argument. */
  readonly without:
    { readonly whole: Node; readonly kept: Node } | { readonly argument: Node } | undefined;
  /** How the code calls what it stands in for, if it does. */
  readonly name: string;
  readonly isNamed: boolean;
  /** The environment variable it stands in for. */
  readonly variable: string | undefined;
}

/** The fallback that a written value is, or undefined. */
export function fallbackOf(analysis: Analysis, written: Node): Fallback | undefined {
  const node = wrapped(written);
  const { parent } = node;
  switch (parent?.type) {
    case "LogicalExpression":
    case "BinaryExpression": {
      const { left, right, operator } = parent;
      const isFallback =
        right === node && (operator === "||" || operator === "??" || operator === "|");
      return isFallback
        ? { ...describe(analysis, left), without: { whole: parent, kept: left } }
        : undefined;
    }
    case "AssignmentPattern": {
      const described = describe(analysis, parent.left);
      // A parameter without its default is a different interface.
      const isRead = described.variable !== undefined && parent.parent.type === "Property";
      return { ...described, without: isRead ? { whole: parent, kept: parent.left } : undefined };
    }
    case "AssignmentExpression":
      return parent.operator === "||=" || parent.operator === "??="
        ? describe(analysis, parent.left)
        : undefined;
    case "ConditionalExpression": {
      const other = parent.consequent === node ? parent.alternate : parent.consequent;
      const described = describe(analysis, other);
      return described.variable === undefined ? undefined : described;
    }
    case "CallExpression": {
      // `config.get("JWT_SECRET", "key")`.
      const described = describe(analysis, parent);
      const isDefault = parent.arguments.indexOf(node as TSESTree.CallExpressionArgument) > 0;
      return isDefault && described.variable !== undefined
        ? { ...described, without: { argument: node } }
        : undefined;
    }
    default:
      return undefined;
  }
}

function describe(analysis: Analysis, primary: Node): Fallback {
  const variables = possibilities(analysis.evaluate(primary)).flatMap(
    (one) => variableNamed(one) ?? [],
  );
  const [variable] = variables;
  const name =
    variable === undefined ? dottedPath(primary)?.join(".") : listed([...new Set(variables)]);
  return { without: undefined, name: name ?? "the key", isNamed: name !== undefined, variable };
}

/** @returns undefined where nothing can be cut out, or a comment would go with it */
export function dropFallback(source: Source, { without }: Fallback): ReportFixFunction | undefined {
  if (without === undefined) return undefined;
  if ("argument" in without) return removeFromList(source, without.argument);
  return isMadeText(without.whole) ? undefined : replaceBy(source, without.whole, without.kept);
}

/** An unset variable would become the text "undefined". */
function isMadeText(node: Node): boolean {
  const { parent } = wrapped(node);
  if (parent?.type === "TemplateLiteral") return true;
  if (parent?.type === "BinaryExpression") return parent.operator === "+";
  return parent?.type === "CallExpression" && dottedPath(parent.callee)?.join(".") === "String";
}

/** `process.env.JWT_SECRET` in place of a written key. */
export function readVariable(
  source: Source,
  node: Node,
  variable: string,
): ReportFixFunction | undefined {
  const { parent } = node;
  const isText =
    node.type === "Literal" || node.type === "TemplateLiteral" || node.type === "BinaryExpression";
  if (!isText || parent === undefined || source.getCommentsInside(node).length > 0)
    return undefined;
  const isConstant =
    parent.type === "TSEnumMember" ||
    parent.type === "TSLiteralType" ||
    parent.type === "TaggedTemplateExpression" ||
    (parent.type === "TSAsExpression" && source.getText(parent.typeAnnotation) === "const");
  // A member of a JSON Web Key is no key of its own.
  const isMember =
    parent.type === "Property" && /^(?:k|d)$/u.test(staticKey(parent.key, parent.computed) ?? "");
  // `process.env.KEY = "…"` would be given itself.
  const isVariable =
    parent.type === "AssignmentExpression" && dottedPath(parent.left)?.at(-2) === "env";
  return isConstant || isMember || isVariable || isMadeText(node)
    ? undefined
    : (fixer) => fixer.replaceText(node, `process.env.${variable}`);
}

/** Names that say no more than that it is a key. */
const GENERIC =
  /^(?:APP_|MY_)?(?:JWT_)?(?:SECRETS?|KEYS?|SECRET_?KEY|PRIVATE_?KEY|SECRET_OR_(?:PRIVATE_)?KEY)(?:_PROVIDER)?$/u;

/** The environment variable in which a key would be looked for: by the name the code gives it. */
export function variableFor(written: Node, kind: KeyKind | undefined): string {
  const fallback = kind === "private" ? "JWT_PRIVATE_KEY" : "JWT_SECRET";
  const name = holderName(written);
  if (name === undefined) return fallback;
  const upper = name
    .replaceAll(/([a-z\d])([A-Z])/gu, "$1_$2")
    .replaceAll(/\W/gu, "_")
    .toUpperCase();
  return /SECRET|KEY/u.test(upper) && !GENERIC.test(upper) && /^[A-Z]/u.test(upper)
    ? upper
    : fallback;
}

/** `process.env.KEY` in place of `${process.env.KEY}` and its kin. */
export function untext(source: Source, node: Node): ReportFixFunction | undefined {
  if (node.type === "TemplateLiteral") return replaceBy(source, node, node.expressions[0]);
  if (node.type === "CallExpression") {
    const [argument] = node.arguments;
    return argument?.type === "SpreadElement" ? undefined : replaceBy(source, node, argument);
  }
  if (node.type === "BinaryExpression") {
    const isLeftEmpty = node.left.type === "Literal" || node.left.type === "TemplateLiteral";
    return replaceBy(source, node, isLeftEmpty ? node.right : node.left);
  }
  return undefined;
}

function replaceBy(
  source: Source,
  whole: Node,
  part: Node | undefined,
): ReportFixFunction | undefined {
  if (part === undefined) return undefined;
  const kept = source.getCommentsInside(part).length;
  if (source.getCommentsInside(whole).length > kept) return undefined;
  return (fixer) => fixer.replaceText(whole, source.getText(part));
}
