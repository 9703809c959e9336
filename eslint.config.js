import { existsSync } from "node:fs";
import js from "@eslint/js";
import { defineConfig, globalIgnores } from "eslint/config";
import eslintPlugin from "eslint-plugin-eslint-plugin";
import globals from "globals";
import tseslint from "typescript-eslint";

/** The rooms of src/, in the order in which data flows. */
const ROOMS = [
  "libraries",
  "analysis",
  "rules",
  "compliance",
  "configs",
  "report",
  "formats",
  "formatter",
  "cli",
];

/**
 * The block that says what one room may import.
 *
 * @param {string} name
 * @param {readonly string[]} above the other rooms it may import
 * @param {readonly object[]} patterns what else is closed to it
 * @param {readonly string[]} files
 */
function room(name, above, patterns = [], files = [`src/${name}/**/*.ts`, `src/${name}.ts`]) {
  const closed = ROOMS.filter((other) => other !== name && !above.includes(other));
  return {
    name: `rooms/${name}`,
    files,
    rules: {
      "@typescript-eslint/no-restricted-imports": [
        "error",
        {
          patterns: [
            {
              regex: `^(?:\\.\\.?/)+(?:${closed.join("|")})(?:/|\\.ts$)`,
              message: `${name} may import only the rooms above it: ${above.join(", ") || "none"}.`,
            },
            { regex: "^(?:\\.\\./)+index\\.ts$", message: "src/index.ts is the way out." },
            ...patterns,
          ],
        },
      ],
    },
  };
}

/** The rooms of src/analysis/: a question is answered from those before it. */
const QUESTIONS = [
  "files",
  "values",
  "flow",
  "network",
  "operations",
  "keys",
  "payloads",
  "tokens",
  "answers",
  "guards",
  "failures",
  "data",
  "trust",
  "issuance",
  "sinks",
];

/**
 * The block that says what a room of the analysis may import.
 *
 * @param {string} name
 * @param {number} at its place in the order
 */
function question(name, at) {
  const later = QUESTIONS.slice(at + 1);
  const before = QUESTIONS.slice(0, at);
  const order = {
    // What words a name is made of anybody may ask.
    regex: `^\\.\\./(?!tokens/words\\.ts$)(?:${later.join("|")})/`,
    message: `${name} may import only the rooms before it: ${before.join(", ") || "none"}.`,
  };
  const files = [`src/analysis/${name}/**/*.ts`];
  return {
    ...room("analysis", ["libraries"], later.length === 0 ? [] : [order], files),
    name: `rooms/analysis/${name}`,
  };
}

const NO_ESLINT = {
  regex: "^(?:eslint|@typescript-eslint)(?:/|$)",
  message: "A format knows the report, never ESLint.",
};

const dogfood = existsSync(new URL("./dist/index.js", import.meta.url))
  ? (await import("./dist/index.js")).default.configs.recommended
  : [];

export default defineConfig([
  globalIgnores(["dist/", "coverage/", "demo-report/", "examples/", "bench/*/", "tests/fixtures/"]),
  { linterOptions: { reportUnusedDisableDirectives: "error" } },
  js.configs.recommended,
  { files: ["**/*.js"], languageOptions: { globals: globals.nodeBuiltin } },
  {
    files: ["src/**/*.ts", "tests/**/*.ts", "*.config.ts"],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      "@typescript-eslint/consistent-type-exports": "error",
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/no-unused-vars": ["error", { ignoreRestSiblings: true }],
      // Node types are compared with plain strings: @typescript-eslint/utils is types only.
      "@typescript-eslint/no-unsafe-enum-comparison": "off",
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "@typescript-eslint/switch-exhaustiveness-check": [
        "error",
        { considerDefaultExhaustiveForUnions: true },
      ],
      eqeqeq: ["error", "always", { null: "ignore" }],
    },
  },
  {
    files: ["src/**/*.ts"],
    rules: {
      "@typescript-eslint/no-restricted-imports": [
        "error",
        {
          patterns: [
            {
              regex: "^(?:@typescript-eslint/|typescript$)",
              allowTypeImports: true,
              message: "Types only: users must not load it because of us.",
            },
          ],
        },
      ],
      "no-console": "error",
    },
  },
  {
    files: ["src/rules/*.ts"],
    extends: [eslintPlugin.configs["all-type-checked"]],
    rules: {
      "eslint-plugin/meta-property-ordering": [
        "error",
        ["type", "docs", "fixable", "hasSuggestions", "messages", "schema", "defaultOptions"],
      ],
      // A sentence; {{origin}} may add another.
      "eslint-plugin/report-message-format": ["error", "^[^a-z].*\\.(\\{\\{\\w+\\}\\})?$"],
      "eslint-plugin/require-meta-docs-description": [
        "error",
        { pattern: "^(Enforce|Require|Disallow) .+[^. ]$" },
      ],
      "eslint-plugin/require-meta-docs-recommended": ["error", { allowNonBoolean: true }],
      // A rule that declares its language breaks configurations that also lint JSON or Markdown.
      "eslint-plugin/require-meta-languages": "off",
      // Filled in by createRule.
      "eslint-plugin/require-meta-docs-url": "off",
      "eslint-plugin/require-meta-default-options": "off",
    },
  },
  {
    // Callbacks of vitest and of ESLint's visitors.
    files: ["tests/**/*.ts"],
    rules: { "@typescript-eslint/no-empty-function": "off" },
  },
  {
    // The libraries ask for functions that give promises, and hand out methods that need no `this`.
    files: ["tests/libraries/**/*.ts"],
    rules: {
      "@typescript-eslint/require-await": "off",
      "@typescript-eslint/unbound-method": "off",
    },
  },
  {
    files: ["tests/formats/**/*.ts"],
    rules: { "@typescript-eslint/no-non-null-assertion": "off" },
  },
  room(
    "libraries",
    [],
    [
      {
        regex: "^(?!\\./(?:types|shared|fast-jwt)\\.ts$)",
        message:
          "A library is data: it imports nothing but ./types.ts, ./shared.ts and the library it is made of.",
      },
    ],
    ["src/libraries/!(index|types).ts"],
  ),
  {
    ...room("libraries", [], [], ["src/libraries/{index,types}.ts"]),
    name: "rooms/libraries/index",
  },
  room("analysis", ["libraries"]),
  ...QUESTIONS.map(question),
  room("rules", ["analysis", "libraries"], [], ["src/rules/{index,kit/**/*}.ts"]),
  {
    ...room(
      "rules",
      ["analysis", "libraries"],
      [
        {
          regex: "^\\./(?!kit/)",
          message: "A rule never imports another rule. Share through ./kit or the analysis.",
        },
      ],
      ["src/rules/!(index).ts"],
    ),
    name: "rooms/rules/rule",
  },
  room(
    "compliance",
    ["rules"],
    [
      {
        regex: "^(?:\\.\\./)+rules/",
        allowTypeImports: true,
        message: "A framework knows the names of rules, as a type.",
      },
    ],
  ),
  room("configs", ["rules", "compliance"]),
  room("report", ["libraries", "analysis", "rules", "compliance", "configs"]),
  room("formats", ["report"], [NO_ESLINT]),
  room("formatter", ["formats", "report"]),
  room("cli", ["analysis", "rules", "compliance", "configs", "report", "formats"]),
  dogfood,
]);
