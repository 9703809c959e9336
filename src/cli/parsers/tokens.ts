/**
 * The tokens of a parsed text. The tree says where literals and texts stand, and where a `>` ends a
 * list of types or a tag: all that is hard about splitting JavaScript. What lies between are words
 * and punctuation.
 */
import type { LineTable, Location } from "./line-table.ts";
import type { PlacedNode } from "./walk-tree.ts";

export interface Token {
  readonly type: string;
  readonly value: string;
  readonly range: [start: number, end: number];
  readonly loc: Location;
}

/** What the tree says about where tokens stand. */
export class Landmarks {
  readonly leaves = new Map<number, { readonly type: string; readonly end: number }>();
  /** Punctuation of one character, whatever follows. */
  readonly singles = new Set<number>();

  /** To be called for every node. */
  note(node: PlacedNode): void {
    const [start, end] = node.range;
    const type = leafType(node);
    if (type !== undefined && end > start) this.leaves.set(start, { type, end });
    else if (/^TSTypeParameter(?:Inst|Decl)/u.test(node.type)) {
      this.singles.add(start).add(end - 1);
    } else if (/^JSX(?:Opening|Closing)/u.test(node.type)) this.singles.add(end - 1);
  }
}

const SPACE = /[\s\uFEFF]+/uy;
const WORD = /(?:[$_\u200C\u200D\p{ID_Continue}]|\\u\{[\da-fA-F]+\}|\\u[\da-fA-F]{4})+/uy;
const PUNCTUATION =
  />>>=|\.{3}|[!=]==|\*\*=|<<=|>>=|>>>|&&=|\|\|=|\?\?=|=>|[!=<>+\-*/%&|^]=|&&|\|\||\?\?|\?\.(?!\d)|\+\+|--|<<|>>|\*\*/uy;

const KEYWORDS = new Set(
  "break case catch class const continue debugger default delete do else enum export extends finally for function if import in instanceof new return super switch this throw try typeof var void while with".split(
    " ",
  ),
);

const WORD_TYPES: Readonly<Record<string, string>> = {
  true: "Boolean",
  false: "Boolean",
  null: "Null",
};

export function tokenize(
  text: string,
  { leaves, singles }: Landmarks,
  comments: readonly { readonly range: readonly [start: number, end: number] }[],
  lines: LineTable,
): Token[] {
  const commentEnds = new Map(comments.map(({ range: [start, end] }) => [start, end]));
  const tokens: Token[] = [];
  let at = 0;
  const push = (type: string, end: number): void => {
    // The `#` of a private name is in its place, but not in its value.
    const value = text.slice(type === "PrivateIdentifier" ? at + 1 : at, end);
    tokens.push({ type, value, range: [at, end], loc: lines.locationOf(at, end) });
    at = end;
  };
  while (at < text.length) {
    const leaf = leaves.get(at);
    if (leaf !== undefined) {
      push(leaf.type, leaf.end);
      continue;
    }
    const blank = commentEnds.get(at) ?? endOf(SPACE, text, at);
    if (blank !== undefined) {
      at = blank;
      continue;
    }
    const word = endOf(WORD, text, at);
    if (word !== undefined) push(typeOfWord(text.slice(at, word)), word);
    else {
      const longest = singles.has(at) ? undefined : endOf(PUNCTUATION, text, at);
      push("Punctuator", longest ?? at + 1);
    }
  }
  return tokens;
}

function leafType(node: PlacedNode): string | undefined {
  switch (node.type) {
    case "TemplateElement":
      return "Template";
    case "JSXText":
    case "JSXIdentifier":
    case "PrivateIdentifier":
      return node.type;
    case "Literal":
      return typeOfLiteral(node);
    default:
      // The place of a name includes the type that is written after it.
      return undefined;
  }
}

function typeOfLiteral(literal: object): string | undefined {
  const { value, regex, bigint } = literal as Readonly<Record<string, unknown>>;
  if (regex != null) return "RegularExpression";
  if (bigint != null) return "Numeric";
  if (typeof value === "string") return "String";
  return typeof value === "number" ? "Numeric" : undefined;
}

function typeOfWord(word: string): string {
  return (
    (Object.hasOwn(WORD_TYPES, word) ? WORD_TYPES[word] : undefined) ??
    (KEYWORDS.has(word) ? "Keyword" : "Identifier")
  );
}

function endOf(pattern: RegExp, text: string, at: number): number | undefined {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : undefined;
}
