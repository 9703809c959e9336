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

/** How the names of files begin that set up tests: `vitest.config.ts`, `jest.setup.js`. */
const RUNNERS = ["jest", "playwright", "cypress", "vitest"];

/** Other names of such files. */
const SETUPS = ["setupTests", "setup-tests", "test-setup"];

/**
 * Which files are test code.
 *
 * ESLint lints whatever a pattern of `files` matches, unless the pattern is universal: ends in
 * `/**` or starts with `!`. A plain `**\/*.test.*` in a preset would make it parse TypeScript tests
 * with the JavaScript parser in projects that never asked for it. Hence the double negation.
 */
export const testFiles: readonly string[] = [
  ...FOLDERS.map((folder) => `**/${folder}/**`),
  `!**/!(${[
    ...SUFFIXES.map((suffix) => `*[._-]${suffix}.*`),
    ...RUNNERS.map((runner) => `${runner}[.-]*`),
    ...SETUPS.map((name) => `${name}.*`),
  ].join("|")})`,
];

const folders = new Set(FOLDERS);
const suffix = new RegExp(`[._-](?:${SUFFIXES.join("|")})\\.[^/]*$`, "u");
const setup = new RegExp(`^(?:(?:${RUNNERS.join("|")})[.-]|(?:${SETUPS.join("|")})\\.)`, "u");

/** The same question without ESLint. */
export function isTestFile(path: string): boolean {
  const names = path.split(/[\\/]/u);
  const name = names.at(-1) ?? "";
  return (
    names.slice(0, -1).some((one) => folders.has(one)) || suffix.test(name) || setup.test(name)
  );
}
