/** Folders whose files are test code, at any depth. */
const FOLDERS = [
  "__fixtures__",
  "__mocks__",
  "__tests__",
  "cypress",
  "e2e",
  "example",
  "examples",
  "fixture",
  "fixtures",
  "mock",
  "mocks",
  "playwright",
  "spec",
  "specs",
  "stories",
  "test",
  "test-utils",
  "testing",
  "tests",
];

/** What stands before the extension in the name of a file that is test code. */
const SUFFIXES = [
  "cy",
  "e2e",
  "e2e-spec",
  "example",
  "fixture",
  "fixtures",
  "mock",
  "mocks",
  "spec",
  "stories",
  "story",
  "test",
];

/**
 * Which files are test code.
 *
 * ESLint lints whatever a pattern of `files` matches, unless the pattern is universal: ends in
 * `/**` or starts with `!`. A plain `**\/*.test.*` in a preset would make it parse TypeScript tests
 * with the JavaScript parser in projects that never asked for it. Hence the double negation.
 */
export const testFiles: readonly string[] = [
  ...FOLDERS.map((folder) => `**/${folder}/**`),
  `!**/!(${SUFFIXES.map((suffix) => `*[._-]${suffix}.*`).join("|")})`,
];

const folders = new Set(FOLDERS);
const suffix = new RegExp(`[._-](?:${SUFFIXES.join("|")})\\.[^/]*$`, "u");

/** The same question without ESLint. */
export function isTestFile(path: string): boolean {
  const names = path.split(/[\\/]/u);
  return names.slice(0, -1).some((name) => folders.has(name)) || suffix.test(names.at(-1) ?? "");
}
