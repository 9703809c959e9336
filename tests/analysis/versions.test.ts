import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { findVersion, holds } from "../../src/analysis/files/versions.ts";
import { jsonwebtoken } from "../../src/libraries/jsonwebtoken.ts";

const folder = mkdtempSync(path.join(tmpdir(), "jwt-audit-versions-"));
let count = 0;

afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** A project with these files, and the path of a source file in it. */
function project(files: Record<string, unknown>): string {
  count += 1;
  const root = path.join(folder, String(count));
  for (const [name, content] of Object.entries({ "a/b/none.txt": "", ...files })) {
    const file = path.join(root, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, typeof content === "string" ? content : JSON.stringify(content));
  }
  return path.join(root, "a/b/file.js");
}

describe("the release in use", () => {
  it.each([
    ["a range's lowest", { "package.json": { dependencies: { jsonwebtoken: "^8.2.0" } } }, "8.2.0"],
    [
      "a development dependency",
      { "package.json": { devDependencies: { jsonwebtoken: "7.4.3" } } },
      "7.4.3",
    ],
    [
      "a peer dependency",
      { "package.json": { peerDependencies: { jsonwebtoken: "8 || 9" } } },
      "8.0.0",
    ],
    [
      "the nearest manifest",
      {
        "a/package.json": { dependencies: { jsonwebtoken: "9.0.0" } },
        "package.json": { dependencies: { jsonwebtoken: "7.0.0" } },
      },
      "9.0.0",
    ],
    [
      "the workspace root",
      { "a/package.json": {}, "package.json": { dependencies: { jsonwebtoken: "8.5.1" } } },
      "8.5.1",
    ],
    [
      "what is installed",
      {
        "package.json": { dependencies: { jsonwebtoken: "^8.0.0" } },
        "node_modules/jsonwebtoken/package.json": { version: "8.5.1" },
      },
      "8.5.1",
    ],
    [
      "an alias",
      { "package.json": { dependencies: { jsonwebtoken: "npm:jsonwebtoken@8.5.1" } } },
      "8.5.1",
    ],
    [
      "any release: unknown",
      { "package.json": { dependencies: { jsonwebtoken: "*" } } },
      undefined,
    ],
    ["a tag: unknown", { "package.json": { dependencies: { jsonwebtoken: "latest" } } }, undefined],
    ["a broken manifest: unknown", { "package.json": "{" }, undefined],
    ["no manifest: unknown", {}, undefined],
  ] as const)("%s", (_, files, expected) => {
    expect(findVersion(project(files), jsonwebtoken, {})).toBe(expected);
  });

  it("is what the settings say first", () => {
    const file = project({ "package.json": { dependencies: { jsonwebtoken: "9.0.0" } } });
    expect(findVersion(file, jsonwebtoken, { jsonwebtoken: "7" })).toBe("7.0.0");
    expect(findVersion(undefined, jsonwebtoken, { jsonwebtoken: "^8.5.1" })).toBe("8.5.1");
  });
});

it("a prerelease is of its range", () => {
  expect(holds("9.0.0-beta.1", ">=9.0.0-0")).toBe(true);
  expect(holds("8.5.1", "<9")).toBe(true);
});
