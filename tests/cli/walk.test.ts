/** Which files are found, and what is said about the others. */
import { execFileSync } from "node:child_process";
import { symlinkSync } from "node:fs";
import path from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { findFiles } from "../../src/cli/walk.ts";
import type { Found } from "../../src/cli/walk.ts";
import { addFiles, folderWith, removeFolders } from "../kit/cli.ts";

afterAll(removeFolders);

function names({ files }: Found, folder: string): string[] {
  return files.map((file) => path.relative(folder, file.path).replaceAll("\\", "/"));
}

function find(folder: string, paths: readonly string[] = ["."], ignored?: string[]): string[] {
  return names(findFiles(paths, folder, ignored), folder);
}

describe("finding files", () => {
  it("takes JavaScript and TypeScript in any folder, sorted, with slashes", () => {
    const folder = folderWith({
      "b/z.ts": "",
      "b/a.tsx": "",
      "a.js": "",
      "B.mjs": "",
      "a/x.cts": "",
      "a/y.mts": "",
      "c.jsx": "",
      "d.cjs": "",
      "e.JS": "",
      "readme.md": "",
      "data.json": "",
      ".hidden/f.js": "",
    });
    expect(find(folder)).toEqual([
      ".hidden/f.js",
      "B.mjs",
      "a.js",
      "a/x.cts",
      "a/y.mts",
      "b/a.tsx",
      "b/z.ts",
      "c.jsx",
      "d.cjs",
      "e.JS",
    ]);
  });

  it("takes each file once, whatever was named", () => {
    const folder = folderWith({ "src/a.js": "", "src/b.js": "" });
    expect(find(folder, ["src", "src/a.js", "./src/../src", "."])).toEqual([
      "src/a.js",
      "src/b.js",
    ]);
  });

  it("passes over what tools install, and says so", () => {
    const folder = folderWith({
      "a.js": "",
      "node_modules/b/index.js": "",
      "deep/node_modules/c.js": "",
      ".yarn/releases/yarn.cjs": "",
      ".pnp.cjs": "",
      "types.d.ts": "",
      "style.d.css.ts": "",
    });
    const found = findFiles(["."], folder);
    expect(names(found, folder)).toEqual(["a.js"]);
    expect(found.leftOut).toEqual([
      ".pnp.cjs .yarn node_modules",
      "*.d.ts: 2 files with types and no code",
    ]);
    expect(find(folder, ["node_modules/b"])).toEqual(["node_modules/b/index.js"]);
  });

  it("follows no link, and no circle of links", () => {
    const folder = folderWith({ "src/a.js": "" });
    symlinkSync("../src", path.join(folder, "src/loop"));
    symlinkSync("self.js", path.join(folder, "self.js"));
    symlinkSync("nowhere.js", path.join(folder, "broken.js"));
    symlinkSync("src/a.js", path.join(folder, "again.js"));
    const found = findFiles(["."], folder);
    expect(names(found, folder)).toEqual(["src/a.js"]);
    expect(found.leftOut).toEqual(["symbolic links: 4 links, not followed"]);
    expect(find(folder, ["again.js"])).toEqual(["again.js"]);
    expect(() => findFiles(["self.js"], folder)).toThrow('There is no file or folder "self.js".');
  });

  it.skipIf(process.platform === "win32")("opens no pipe", () => {
    const folder = folderWith({ "a.js": "" });
    execFileSync("mkfifo", [path.join(folder, "pipe.js")]);
    const found = findFiles(["."], folder);
    expect(names(found, folder)).toEqual(["a.js"]);
    expect(found.leftOut).toEqual(["pipes, sockets and devices: 1"]);
  });

  it("says what may have been meant by a path that is not there", () => {
    const folder = folderWith({ "source/a.js": "", "source/index.js": "" });
    const message = (name: string): string => {
      try {
        findFiles([name], folder);
        return "";
      } catch (error) {
        return (error as Error).message;
      }
    };
    expect(message("sorce")).toBe('There is no file or folder "sorce". Did you mean "source"?');
    expect(message("source/idnex.js")).toBe(
      'There is no file or folder "source/idnex.js". Did you mean "source/index.js"?',
    );
    expect(message("no/where")).toBe('There is no file or folder "no/where".');
    expect(message("a\u001B[31m\nb")).toBe('There is no file or folder "a\\u001b[31m\\nb".');
  });

  it("says that a named file is no script", () => {
    const folder = folderWith({ "notes.md": "" });
    const found = findFiles(["notes.md"], folder);
    expect(found.files).toEqual([]);
    expect(found.leftOut).toEqual(["1 named file without a script"]);
  });

  it("leaves out what the configuration names", () => {
    const folder = folderWith({ "a.js": "", "vendor/b.js": "", "src/vendor/c.js": "" });
    expect(find(folder, ["."], ["/vendor/"])).toEqual(["a.js", "src/vendor/c.js"]);
    expect(find(folder, ["."], ["*.js", "!a.js"])).toEqual(["a.js"]);
    expect(findFiles(["vendor/b.js"], folder, ["vendor"]).leftOut).toEqual([
      "ignores of the configuration: vendor",
    ]);
  });
});

describe("what Git leaves out", () => {
  it("is left out by every .gitignore from the root down, the deeper one deciding", () => {
    const folder = folderWith({
      ".git/HEAD": "",
      ".gitignore": "# made\n/dist/\n*.gen.js\n\n!keep.gen.js\n",
      "a.js": "",
      "a.gen.js": "",
      "keep.gen.js": "",
      "dist/out.js": "",
      "pkg/.gitignore": "!*.gen.js\nlocal.js\n/only-here.js\n",
      "pkg/dist/in.js": "",
      "pkg/b.gen.js": "",
      "pkg/local.js": "",
      "pkg/only-here.js": "",
      "pkg/deep/only-here.js": "",
      "pkg/deep/local.js": "",
    });
    const expected = [
      "a.js",
      "keep.gen.js",
      "pkg/b.gen.js",
      "pkg/deep/only-here.js",
      "pkg/dist/in.js",
    ];
    expect(find(folder)).toEqual(expected);
    expect(findFiles(["."], folder).leftOut[0]).toBe(".gitignore: 5 files and folders");
    // From a folder below, the rules above hold as well.
    const inside = path.join(folder, "pkg");
    expect(names(findFiles(["."], inside), folder)).toEqual(expected.slice(2));
  });

  it("is what Git itself leaves out", () => {
    const patterns = [
      "build*/\n!build-tools/\n",
      "**/tmp/**\n",
      "a/**/z.js\n",
      "\\!literal.js\n",
      "with space.js  \n",
      "x/*\n!x/keep/\n",
      "[ab].js\n",
    ];
    const files = [
      "build/a1.js",
      "build-tools/a2.js",
      "src/buildings/a3.js",
      "src/tmp/b.js",
      "tmp/c/d.js",
      "a/z.js",
      "a/b/c/z.js",
      "b/z.js",
      "!literal.js",
      "with space.js",
      "x/drop.js",
      "x/keep/me.js",
      "x/other/not.js",
      "a.js",
      "c.js",
    ];
    const folder = folderWith(Object.fromEntries(files.map((file) => [file, ""])));
    addFiles(folder, { ".gitignore": patterns.join("") });
    const git = (...args: string[]): string =>
      execFileSync("git", ["-c", "core.excludesFile=/dev/null", ...args], {
        cwd: folder,
        encoding: "utf8",
      });
    git("init", "--quiet");
    const expected = git("ls-files", "--others", "--exclude-standard", "-z", "*.js")
      .split("\0")
      .filter((name) => name !== "")
      .sort();
    expect(expected.length).toBeGreaterThan(3);
    expect(find(folder)).toEqual(expected);
  });

  it("is read where it is named", () => {
    const folder = folderWith({
      ".git/HEAD": "",
      ".gitignore": "dist\n*.log.js\n",
      "dist/a.js": "",
      "dist/sub/b.js": "",
      "b.log.js": "",
    });
    expect(find(folder, ["dist"])).toEqual(["dist/a.js", "dist/sub/b.js"]);
    expect(find(folder, ["b.log.js"])).toEqual(["b.log.js"]);
  });

  it("ends at the root of the repository, and counts where there is none", () => {
    const folder = folderWith({
      ".gitignore": "*.js\n",
      "repo/.git/HEAD": "",
      "repo/a.js": "",
      "loose/.gitignore": "x.js\n",
      "loose/x.js": "",
      "loose/y.ts": "",
    });
    expect(find(path.join(folder, "repo"))).toEqual(["a.js"]);
    expect(find(path.join(folder, "loose"))).toEqual(["y.ts"]);
  });
});
