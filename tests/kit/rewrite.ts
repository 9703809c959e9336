import * as typescript from "@typescript-eslint/parser";
import type { TSESTree } from "@typescript-eslint/utils";
import { textOf, walk } from "../../src/analysis/syntax.ts";
import type { Node } from "../../src/analysis/syntax.ts";

interface Edit {
  readonly range: TSESTree.Range;
  readonly text: string;
}

/**
 * The same program written another way, line by line: texts in backticks, members in brackets, `let`
 * for `const`. Nothing that a rule says may depend on any of it.
 *
 * @returns undefined for code that cannot be parsed
 */
export function rewrite(code: string, filePath: string): string | undefined {
  let parsed;
  try {
    parsed = typescript.parseForESLint(code, {
      filePath,
      range: true,
      sourceType: "module",
      ecmaFeatures: { jsx: true },
    });
  } catch {
    return undefined;
  }
  const edits: Edit[] = [];
  walk(parsed.ast, parsed.visitorKeys as Keys, (node, parent) => {
    // `@Roles(Role.admin)`: what a decorator may be is narrower than an expression.
    if (node.type === "Decorator") return false;
    edits.push(...editsOf(code, node, parent));
    return true;
  });
  return applied(code, edits);
}

type Keys = Readonly<Record<string, readonly string[]>>;

function editsOf(code: string, node: Node, parent: Node | undefined): Edit[] {
  switch (node.type) {
    case "Literal": {
      const text = textOf(node);
      const isPlain = text !== undefined && !/[`\\$\n]/u.test(node.raw);
      return isPlain && mayBeTemplate(node, parent)
        ? [{ range: node.range, text: `\`${text}\`` }]
        : [];
    }
    case "MemberExpression": {
      const { object, property } = node;
      const between = code.slice(object.range[1], property.range[0]);
      if (node.computed || property.type !== "Identifier" || !/^\??\.$/u.test(between)) return [];
      if (isCalled(node, parent)) return [];
      const text = `${node.optional ? "?." : ""}["${property.name}"]`;
      return [{ range: [object.range[1], property.range[1]], text }];
    }
    case "VariableDeclaration": {
      const [start] = node.range;
      const isEdited = node.kind === "const" && !node.declare;
      return isEdited ? [{ range: [start, start + "const".length], text: "let" }] : [];
    }
    default:
      return [];
  }
}

/** Methods are never written in brackets; properties are where TypeScript is told to ask for that. */
function isCalled(node: Node, parent: Node | undefined): boolean {
  return (
    (parent?.type === "CallExpression" || parent?.type === "NewExpression") &&
    parent.callee === node
  );
}

/** The grammar wants a string literal for sources, keys, attributes, directives and types; `require` gets one. */
function mayBeTemplate(node: Node, parent: Node | undefined): boolean {
  switch (parent?.type) {
    case undefined:
    case "ImportDeclaration":
    case "ImportAttribute":
    case "ImportSpecifier":
    case "ExportNamedDeclaration":
    case "ExportAllDeclaration":
    case "ExportSpecifier":
    case "ExpressionStatement":
    case "JSXAttribute":
    case "TSLiteralType":
    case "TSEnumMember":
    case "TSExternalModuleReference":
    case "TSModuleDeclaration":
    case "TSImportType":
      return false;
    case "CallExpression":
      return parent.callee.type !== "Identifier" || parent.callee.name !== "require";
    case "Property":
    case "MethodDefinition":
    case "PropertyDefinition":
      return parent.computed || parent.key !== node;
    default:
      return true;
  }
}

function applied(code: string, edits: readonly Edit[]): string {
  let at = 0;
  let written = "";
  for (const { range, text } of edits.toSorted((one, other) => one.range[0] - other.range[0])) {
    written += code.slice(at, range[0]) + text;
    at = range[1];
  }
  return written + code.slice(at);
}
