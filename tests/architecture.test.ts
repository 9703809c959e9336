import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";

const ROOT = path.resolve(import.meta.dirname, "..");

/** The modules that a row of a table names: `room/module.ts`, and `module.ts` of the room named before it. */
function modulesIn(row: string): string[] {
  let room = "";
  return [...row.matchAll(/`([\w/-]+\.ts)`/gu)].map(([, named = ""]) => {
    if (named.includes("/")) room = path.dirname(named);
    const own = path.join(room, path.basename(named));
    return named.includes("/") || !existsSync(path.join(ROOT, "src/analysis", named)) ? own : named;
  });
}

describe("docs/architecture.md", () => {
  const rows = readFileSync(path.join(ROOT, "docs/architecture.md"), "utf8")
    .split("\n")
    .filter((line) => line.startsWith("|"))
    .flatMap((line) => modulesIn(line));

  it("names many modules", () => {
    expect(rows.length).toBeGreaterThan(200);
  });

  it("names modules that are there", () => {
    const missing = rows.filter(
      (module) =>
        !existsSync(path.join(ROOT, "src/analysis", module)) &&
        !existsSync(path.join(ROOT, "src", module)),
    );
    expect(missing).toEqual([]);
  });
});
