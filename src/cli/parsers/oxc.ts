/**
 * A parser of TypeScript for projects that bring none.
 *
 * `oxc-parser` gives a tree in the shape of typescript-eslint, without `loc` and without tokens,
 * which ESLint asks of a parser; both are added here. Scopes are analysed as typescript-eslint does
 * it. None of it depends on the `typescript` package, so that it works beside every release of it.
 */
import { analyze } from "@typescript-eslint/scope-manager";
import { visitorKeys } from "@typescript-eslint/visitor-keys";
import { parseSync } from "oxc-parser";
import type { ParserOptions as OxcOptions } from "oxc-parser";
import { LineTable } from "./line-table.ts";
import { isTooDeep } from "./nesting.ts";
import { Landmarks, tokenize } from "./tokens.ts";
import type { PlacedNode } from "./walk-tree.ts";
import { walk } from "./walk-tree.ts";

/** What ESLint hands a parser; the rest of it does not matter here. */
interface Options {
  readonly filePath?: string;
  readonly sourceType?: string;
  readonly ecmaFeatures?: { readonly jsx?: boolean };
}

type Language = NonNullable<OxcOptions["lang"]>;

const LANGUAGES: Readonly<Record<string, Language>> = { ts: "ts", mts: "ts", cts: "ts" };

/** JSX and types together: what a JavaScript file has that ESLint's own parser does not read. */
const ANY: Language = "tsx";

/** What answers a request for an Astro page is a function, of which the page's file holds the body. */
const BODY = /\.astro$/iu;
const RETURN_AT_TOP = "'return' statement can only be used within a function";

/** @throws SyntaxError with `lineNumber`, `column` and `index`, as ESLint expects it */
export function parseForESLint(text: string, options: Options = {}) {
  const { filePath = "file.ts", sourceType, ecmaFeatures } = options;
  const extension = /\.([^./\\]+)$/u.exec(filePath)?.[1]?.toLowerCase() ?? "";
  const lines = new LineTable(text);
  if (isTooDeep(text)) {
    throw syntaxError("It nests deeper than the parser can follow.", 0, lines);
  }
  const isModule = sourceType === undefined || sourceType === "module";
  const { program, comments, errors } = parseSync(filePath, text, {
    astType: "ts",
    range: true,
    preserveParens: false,
    // Names of components say nothing about their scripts.
    lang: LANGUAGES[extension] ?? (ecmaFeatures?.jsx === false ? "ts" : ANY),
    sourceType: isModule ? "module" : sourceType === "commonjs" ? "commonjs" : "script",
  });
  const [error] = errors.filter(
    ({ severity, message }) =>
      severity === "Error" && !(BODY.test(filePath) && message.includes(RETURN_AT_TOP)),
  );
  if (error !== undefined) {
    throw syntaxError(error.message, error.labels[0]?.start ?? 0, lines);
  }

  const ast = program as unknown as PlacedNode;
  const placed = comments.map(({ type, value, start, end }) => ({
    type,
    value,
    range: [start, end] as [number, number],
    loc: lines.locationOf(start, end),
  }));
  const landmarks = new Landmarks();
  walk(ast, visitorKeys, (node) => {
    const [start, end] = node.range;
    node.loc = lines.locationOf(start, end);
    landmarks.note(node);
  });
  const tokens = tokenize(text, landmarks, placed, lines);
  const whole = Object.assign(ast, { comments: placed, tokens });
  const scopeManager = analyze(whole as never, {
    sourceType: isModule ? "module" : "script",
    globalReturn: sourceType === "commonjs",
  });
  return { ast: whole, scopeManager, visitorKeys, services: {} };
}

export const meta = { name: "eslint-plugin-jwt-audit/oxc", version: "1" };

function syntaxError(message: string, index: number, lines: LineTable): SyntaxError {
  const { line, column } = lines.positionOf(index);
  return Object.assign(new SyntaxError(message), { lineNumber: line, column: column + 1, index });
}
