/** The built command as a process: streams, signals, the way it is installed. */
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { cpSync, existsSync, mkdirSync, readdirSync, statSync, symlinkSync } from "node:fs";
import path from "node:path";
import { setTimeout } from "node:timers/promises";
import { afterAll, describe, expect, it } from "vitest";
import { addFiles, BAD, folderWith, GOOD, removeFolders } from "../kit/cli.ts";

const root = path.join(import.meta.dirname, "../..");
const bin = path.join(root, "dist/cli.js");

afterAll(removeFolders);

describe.skipIf(!existsSync(bin))("the built command", () => {
  function start(cwd: string, ...args: string[]) {
    return spawnSync(process.execPath, [bin, ...args], { cwd, encoding: "utf8" });
  }

  it("gives each exit code, the report on standard output and mistakes on standard error", () => {
    const folder = folderWith({ "good.js": GOOD, "bad.ts": BAD });
    expect(start(folder, "good.js")).toMatchObject({ status: 0, stderr: "" });
    const bad = start(folder, "bad.ts");
    expect(bad).toMatchObject({ status: 1, stderr: "" });
    expect(bad.stdout).toContain("no-none-algorithm");
    expect(start(folder, "none.js")).toMatchObject({ status: 2, stdout: "" });
  });

  it.each([
    ["throw new RangeError('no such stage');", "RangeError: no such stage, in line 1."],
    ["export default { ;", "SyntaxError: Unexpected token ';'."],
    ["import 'no-such-package';", "Error: Cannot find package 'no-such-package' imported from "],
    [
      "module.exports = {};",
      "ReferenceError: module is not defined in ES module scope, in line 1.",
    ],
  ])("takes a mistake in the user's own configuration for one: %s", (text, problem) => {
    const folder = folderWith({
      "package.json": '{ "type": "module" }',
      "jwt-audit.config.js": text,
      "a.js": GOOD,
    });
    const { status, stdout, stderr } = start(folder);
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr).toContain(
      `eslint-plugin-jwt-audit: jwt-audit.config.js has 1 problem:\n  It cannot be loaded: ${problem}`,
    );
    expect(stderr).toMatch(/`export default \{ … \}`, or JSON in jwt-audit\.config\.json\.\n$/u);
    addFiles(folder, { "jwt-audit.config.js": "export default { project: 'shop' };" });
    expect(start(folder)).toMatchObject({ status: 0, stderr: "" });
  });

  it("can be run by itself, and through a link as package managers make it", () => {
    const folder = folderWith({ "good.js": GOOD });
    mkdirSync(path.join(folder, "node_modules/.bin"), { recursive: true });
    const link = path.join(folder, "node_modules/.bin/eslint-plugin-jwt-audit");
    symlinkSync(bin, link);
    expect(statSync(bin).mode & 0o111).not.toBe(0);
    expect(spawnSync(link, ["--version"], { encoding: "utf8" })).toMatchObject({ status: 0 });
    expect(spawnSync(link, { cwd: folder, encoding: "utf8" })).toMatchObject({ status: 0 });
  });

  it("says in words which package is missing, with the exit code for what it cannot assess", () => {
    const folder = folderWith({ "package.json": '{ "type": "module" }' });
    cpSync(path.join(root, "dist"), path.join(folder, "dist"), { recursive: true });
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [path.join(folder, "dist/cli.js")],
      { cwd: folder, encoding: "utf8" },
    );
    expect(stderr).toMatch(
      /^eslint-plugin-jwt-audit: (\S+) is not installed\. Install it with npm install --save-dev \1\.\n$/u,
    );
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
  });

  it("reads standard input, and can be chained with ESLint", () => {
    const folder = folderWith({ "a.js": GOOD });
    const { status, stderr } = spawnSync(
      "sh",
      ["-c", `echo '[]' | '${process.execPath}' '${bin}' report - -q`],
      { cwd: folder, encoding: "utf8" },
    );
    expect({ status, stderr }).toEqual({ status: 2, stderr: "" });
  });

  it("does not mind that nobody reads on", () => {
    const files = Array.from({ length: 40 }, (_, index) => [`f${index}.js`, BAD] as const);
    const folder = folderWith(Object.fromEntries(files));
    const { stdout, stderr } = spawnSync(
      "bash",
      ["-c", `'${process.execPath}' '${bin}' -f json | head -c 1; echo " \${PIPESTATUS[0]}"`],
      { cwd: folder, encoding: "utf8" },
    );
    expect(stderr).toBe("");
    expect(stdout).toBe("{ 1\n");
  });

  it.skipIf(process.platform === "win32")(
    "ends when it is interrupted, and leaves no file behind",
    async () => {
      const folder = folderWith({});
      addFiles(
        folder,
        Object.fromEntries(Array.from({ length: 3000 }, (_, index) => [`f${index}.js`, BAD])),
      );
      const child = spawn(process.execPath, [bin, "-q", "-f", "json:out/report.json"], {
        cwd: folder,
        stdio: "ignore",
      });
      const ended = once(child, "exit");
      await setTimeout(1500);
      child.kill("SIGINT");
      expect(await ended).toEqual([130, null]);
      expect(readdirSync(folder).filter((name) => !name.endsWith(".js"))).toEqual([]);
    },
  );
});
