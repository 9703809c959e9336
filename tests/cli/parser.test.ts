/** Our parser of TypeScript gives what that of typescript-eslint gives, where it matters. */
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import * as typescript from "@typescript-eslint/parser";
import { Linter } from "eslint";
import { describe, expect, it } from "vitest";
import * as own from "../../src/cli/parsers/oxc.ts";
import { isTooDeep } from "../../src/cli/parsers/nesting.ts";
import plugin from "../../src/index.ts";

const root = path.join(import.meta.dirname, "../..");

const FOLDERS = ["examples", "src", "tests/analysis", "tests/kit", "tests/rules"];

const FILES = FOLDERS.flatMap((folder) =>
  readdirSync(path.join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => /\.[cm]?[jt]sx?$/u.test(name))
    .map((name) => path.posix.join(folder, name.replaceAll("\\", "/"))),
).sort();

const EXAMPLES = FILES.filter((file) => file.startsWith("examples"));

const rules: Linter.RulesRecord = Object.fromEntries(
  Object.keys(plugin.rules).map((name) => [`jwt-audit/${name}`, "error"]),
);

function read(file: string): string {
  return readFileSync(path.join(root, file), "utf8").replace(/^#!/u, "//");
}

type Parser = typeof own | typeof typescript;

function lint(parser: Parser, text: string, file: string): Linter.LintMessage[] {
  return new Linter({ cwd: root }).verify(
    text,
    [
      {
        files: ["**"],
        plugins: { "jwt-audit": plugin },
        rules,
        languageOptions: {
          parser: parser,
          parserOptions: { ecmaFeatures: { jsx: true } },
        },
      },
    ],
    { filename: path.join(root, file) },
  );
}

/** Tokens and comments with all that ESLint reads of them. */
function pieces(parser: Parser, text: string, file: string): object {
  const { ast } = parser.parseForESLint(text, {
    filePath: path.join(root, file),
    sourceType: "module",
    range: true,
    loc: true,
    tokens: true,
    comment: true,
    ecmaFeatures: { jsx: true },
  } as never) as { ast: { tokens: Piece[]; comments: Piece[] } };
  const show = ({ value, range, loc }: Piece): unknown => [value, range, loc.start, loc.end];
  return { tokens: ast.tokens.map(show), comments: ast.comments.map(show) };
}

interface Piece {
  readonly value: string;
  readonly range: readonly [number, number];
  readonly loc: { readonly start: object; readonly end: object };
}

describe("the parser for projects without one", () => {
  it("has examples to be compared on", () => {
    expect(EXAMPLES.length).toBeGreaterThan(60);
    expect(EXAMPLES.filter((file) => /\.tsx?$/u.test(file)).length).toBeGreaterThan(10);
    expect(FILES.length).toBeGreaterThan(400);
  });

  it.each(EXAMPLES)("gives all rules the same findings and edits in %s", (file) => {
    const text = read(file);
    expect(lint(own, text, file)).toEqual(lint(typescript, text, file));
  });

  it("gives the same tokens and comments, in all files of the project", () => {
    for (const file of FILES) {
      const text = read(file);
      expect(pieces(own, text, file), file).toEqual(pieces(typescript, text, file));
    }
  });

  it.each([
    ["lists of types that end at once", "const a: Map<string, Array<Set<number>>>= new Map();"],
    ["a generic function among types", "f<<T>(x: T) => void>(g);"],
    ["shifts and comparisons", "a >>>= b >> c; d = e < f > g;"],
    ["templates in templates", "`a${`b${c}` + /[`}]/u}d` ;"],
    ["types made of templates", "type A = `x${string}`;"],
    ["elements with text that looks like code", '<a b="//c" d-e={1}>{/* f */} if (g) `= </a>;'],
    ["private names", "class A { #b = 1; c() { return #b in this && this.#b; } }"],
    ["decorators and modifiers", "class A { constructor(@B() private readonly c?: D) {} }"],
    ["numbers", "1_000n + .5 + 0x1f + a?.5:b ? a?.[0] : a!;"],
    ["names with escapes", "var \\u0061b = { \\u{61}: 1 };"],
  ])("splits %s", (_, code) => {
    expect(pieces(own, code, "file.tsx")).toEqual(pieces(typescript, code, "file.tsx"));
  });

  it("counts columns as ESLint does, behind characters outside of the basic plane", () => {
    const code =
      'import jwt from "jsonwebtoken";\r\n/* 😀😀 */ const a: string = "😀é"; jwt.verify(a, "", { algorithms: ["none"] });\r\n';
    const found = lint(own, code, "src/file.ts");
    expect(found.length).toBeGreaterThan(0);
    expect(found).toEqual(lint(typescript, code, "src/file.ts"));
    const at = found.find(({ ruleId }) => ruleId === "jwt-audit/no-none-algorithm");
    expect(at).toMatchObject({ line: 2, column: code.indexOf('"none"') - 32 });
  });

  it("says where a mistake is", () => {
    const [message] = lint(own, "const a: string = 1;\nconst 😀;", "src/file.ts");
    expect(message).toMatchObject({ fatal: true, ruleId: null, line: 2 });
  });

  it("reads chains that are as long as people write them", () => {
    const code = `import jwt from "jsonwebtoken"; a${".b()".repeat(500)};`;
    expect(() => own.parseForESLint(code, { filePath: "a.ts" })).not.toThrow();
  });

  const NESTS: Readonly<Record<string, (depth: number) => string>> = {
    lists: (n) => `${"[".repeat(n)}${"]".repeat(n)}`,
    parentheses: (n) => `${"(".repeat(n)}1${")".repeat(n)}`,
    objects: (n) => `x=${"{a:".repeat(n)}1${"}".repeat(n)}`,
    functions: (n) => `${"(function(){".repeat(n)}${"})".repeat(n)}`,
    classes: (n) => `x=${"class{a=".repeat(n)}1${"}".repeat(n)}`,
    blocks: (n) => `${"{".repeat(n)}${"}".repeat(n)}`,
    conditions: (n) => `if(a){}${"else if(a){}".repeat(n)}`,
    loops: (n) => `${"for(;;)".repeat(n)};`,
    labels: (n) => `${Array.from({ length: n }, (_, index) => `l${index}:`).join("")};`,
    arrows: (n) => `${"a=>".repeat(n)}a`,
    assignments: (n) => `a${"=a".repeat(n)}`,
    choices: (n) => `a${"?a:a".repeat(n)}`,
    powers: (n) => `1${"**1".repeat(n)}`,
    negations: (n) => `${"!".repeat(n)}1`,
    templates: (n) => `${"`${".repeat(n)}1${"}`".repeat(n)}`,
    elements: (n) => `${"<a>".repeat(n)}${"</a>".repeat(n)}`,
    types: (n) => `type A=${"B<".repeat(n)}C${">".repeat(n)}`,
    "brackets that strings seem to close": (n) => `${'["]",'.repeat(n)}${"]".repeat(n)}`,
  };

  it.each(Object.keys(NESTS))("refuses %s that nest too deeply, instead of ending", (name) => {
    const code = NESTS[name]?.(30_000) ?? "";
    expect(() => own.parseForESLint(code, { filePath: "a.tsx" })).toThrow(/nests deeper/u);
  });

  it("takes every file of the project for shallow", () => {
    for (const file of FILES) expect(isTooDeep(read(file)), file).toBe(false);
  });
});
