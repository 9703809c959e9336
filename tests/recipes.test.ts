/** The recipes of the documentation, read out of the pages and run. */
import { execFileSync, spawnSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { parse } from "yaml";
import { readArguments } from "../src/cli/arguments.ts";
import { readConfig } from "../src/report/config.ts";
import { readWaiverFile } from "../src/report/waiver-file.ts";
import type { Report } from "../src/report/types.ts";
import { addFiles, BAD, folderWith, GOOD, PLAIN, removeFolders } from "./kit/cli.ts";
import type { Files } from "./kit/cli.ts";

const root = path.join(import.meta.dirname, "..");
const built = existsSync(path.join(root, "dist/cli.js"));

afterAll(removeFolders);

function page(name: string): string {
  return readFileSync(path.join(root, name), "utf8");
}

interface Block {
  readonly language: string;
  readonly text: string;
}

/** The blocks of code under a heading, or of the whole page. */
function blocks(name: string, heading?: string): Block[] {
  const text = page(name);
  const start = heading === undefined ? 0 : text.indexOf(`\n## ${heading}\n`);
  if (start === -1) throw new Error(`${name} has no heading ${heading ?? ""}.`);
  const end = heading === undefined ? -1 : text.indexOf("\n## ", start + 1);
  const part = text.slice(start, end === -1 ? undefined : end);
  return [...part.matchAll(/^```(\w+)\n([^]*?)^```$/gmu)].map(
    ([, language = "", content = ""]) => ({
      language,
      text: content,
    }),
  );
}

function block(language: string, heading: string, index = 0): string {
  const found = blocks("docs/gate.md", heading).filter((one) => one.language === language)[index];
  if (found === undefined) throw new Error(`There is no ${language} under ${heading}.`);
  return found.text;
}

/** A repository in which the package is installed, and in which `npm` does nothing. */
function project(files: Files): { readonly folder: string; readonly env: NodeJS.ProcessEnv } {
  const folder = folderWith({
    "package.json": '{ "name": "shop", "type": "module" }',
    ".gitignore": "node_modules\ntools\n",
    ...files,
  });
  const modules = path.join(folder, "node_modules");
  mkdirSync(path.join(modules, ".bin"), { recursive: true });
  symlinkSync(root, path.join(modules, "eslint-plugin-jwt-audit"));
  symlinkSync(path.join(root, "node_modules/eslint"), path.join(modules, "eslint"));
  symlinkSync(path.join(root, "dist/cli.js"), path.join(modules, ".bin/eslint-plugin-jwt-audit"));
  symlinkSync(
    path.join(root, "node_modules/eslint/bin/eslint.js"),
    path.join(modules, ".bin/eslint"),
  );
  addFiles(folder, {
    // Without the network: the command that is installed, as npx would find it.
    "tools/npx": `#!/bin/sh\nwhile [ "\${1#-}" != "$1" ]; do shift; done\nname="$1"; shift\nexec "${modules}/.bin/$name" "$@"\n`,
    "tools/npm": "#!/bin/sh\nexit 0\n",
  });
  for (const tool of ["npx", "npm"]) chmodSync(path.join(folder, "tools", tool), 0o755);
  const PATH = [path.join(folder, "tools"), path.join(modules, ".bin"), process.env.PATH].join(":");
  const env = { ...process.env, PATH, SOURCE_DATE_EPOCH: "1795668000" };
  execFileSync("git", ["init", "--quiet"], { cwd: folder });
  return { folder, env };
}

type Project = ReturnType<typeof project>;

/** As a shell of a pipeline runs it: it stops at the first command that fails. */
function shell({ folder, env }: Project, script: string, more: NodeJS.ProcessEnv = {}) {
  const { status, stdout, stderr } = spawnSync("sh", ["-e", "-c", script], {
    cwd: folder,
    encoding: "utf8",
    env: { ...env, ...more },
  });
  return { status, stdout, stderr };
}

function reportOf({ folder }: Project, name: string): Report {
  return JSON.parse(readFileSync(path.join(folder, name), "utf8")) as Report;
}

const BAD_SHOP = { "src/bad.js": BAD, "src/good.js": GOOD, "src/plain.js": PLAIN };
const GOOD_SHOP = { "src/good.js": GOOD, "src/plain.js": PLAIN };

describe.skipIf(!built || process.platform === "win32")("the recipe", () => {
  it("for ESLint fails where there is a finding", () => {
    const config = {
      "eslint.config.mjs": block("js", "In ESLint"),
      "src/menu.jsx": "export const Menu = () => <nav />;\n",
    };
    const bad = shell(project({ ...BAD_SHOP, ...config }), "npx eslint .");
    expect(bad.stdout).toContain("jwt-audit/no-none-algorithm");
    expect(bad.status).toBe(1);
    expect(shell(project({ ...GOOD_SHOP, ...config }), "npx eslint .")).toMatchObject({
      status: 0,
      stderr: "",
    });
  });

  it("for lint-staged fails for a staged file with a finding", () => {
    const { "lint-staged": tasks } = JSON.parse(block("json", "Before a commit")) as {
      "lint-staged": Record<string, string>;
    };
    const [[pattern, command] = ["", ""]] = Object.entries(tasks);
    const [, extensions = ""] = /^\*\.\{(.+)\}$/u.exec(pattern) ?? [];
    expect(extensions.split(",").sort()).toEqual([
      "cjs",
      "cts",
      "js",
      "jsx",
      "mjs",
      "mts",
      "ts",
      "tsx",
    ]);
    const shop = project(BAD_SHOP);
    const staged = (name: string): string => `${command} '${path.join(shop.folder, name)}'`;
    expect(shell(shop, staged("src/bad.js")).status).toBe(1);
    expect(shell(shop, staged("src/good.js")).status).toBe(0);
    expect(shell(shop, staged("src/plain.js")).status).toBe(0);
  });

  it("for pre-commit fails for a staged file with a finding", () => {
    const { repos } = parse(block("yaml", "Before a commit")) as {
      repos: { repo: string; hooks: Record<string, unknown>[] }[];
    };
    const [hook = {}] = repos[0]?.hooks ?? [];
    expect(repos[0]?.repo).toBe("local");
    for (const key of ["id", "name", "language", "entry"]) expect(hook[key]).toBeTypeOf("string");
    const shop = project(BAD_SHOP);
    const run = (files: string) => shell(shop, `${String(hook.entry)} ${files}`).status;
    expect(run("src/bad.js src/good.js")).toBe(1);
    expect(run("src/good.js src/plain.js")).toBe(0);
  });

  interface Step {
    readonly name?: string;
    readonly uses?: string;
    readonly run?: string;
    readonly if?: string;
    readonly with?: Readonly<Record<string, string | number>>;
  }

  it.each([
    ["findings", BAD_SHOP, 1],
    ["none", GOOD_SHOP, 0],
  ] as const)("for GitHub with %s uploads, sums up and ends as the gate does", (_, files, code) => {
    const workflow = parse(block("yaml", "GitHub")) as {
      jobs: Record<string, { steps: readonly Step[] }>;
      permissions: Record<string, string>;
    };
    expect(workflow.permissions).toEqual({ contents: "read", "security-events": "write" });
    const shop = project(files);
    const summary = path.join(shop.folder, "summary.md");
    writeFileSync(summary, "before\n");
    let outcome = 0;
    for (const step of workflow.jobs["jwt-audit"]?.steps ?? []) {
      if (outcome !== 0 && step.if === undefined) continue;
      if (step.run !== undefined) {
        const { status, stderr } = shell(shop, step.run, { GITHUB_STEP_SUMMARY: summary });
        expect(stderr).toBe("");
        outcome ||= status ?? 3;
      }
      const named = step.with?.sarif_file ?? step.with?.path;
      if (named !== undefined) {
        expect(existsSync(path.join(shop.folder, String(named)))).toBe(true);
      }
    }
    expect(outcome).toBe(code);
    expect(readFileSync(summary, "utf8")).toMatch(/^before\n## JWT audit of shop/u);
    const sarif = JSON.parse(
      readFileSync(path.join(shop.folder, "reports/jwt-audit.sarif"), "utf8"),
    ) as { runs: { results: unknown[] }[] };
    expect(sarif.runs[0]?.results.length === 0).toBe(code === 0);
  });

  it.each([
    ["findings", BAD_SHOP, 1],
    ["none", GOOD_SHOP, 0],
  ] as const)("for GitLab with %s leaves the artifacts that it names", (_, files, code) => {
    const { "jwt-audit": job } = parse(block("yaml", "GitLab")) as {
      "jwt-audit": {
        script: readonly string[];
        artifacts: { when: string; reports: Record<string, string>; paths: readonly string[] };
      };
    };
    const shop = project(files);
    expect(shell(shop, job.script.join("\n"))).toMatchObject({ status: code, stderr: "" });
    expect(job.artifacts.when).toBe("always");
    for (const file of [...Object.values(job.artifacts.reports), ...job.artifacts.paths]) {
      expect(existsSync(path.join(shop.folder, file)), file).toBe(true);
    }
  });

  it("for a code base with findings fails for new ones alone", () => {
    const [first = "", second = ""] = block("sh", "For a code base with findings").split("\n");
    const shop = project(BAD_SHOP);
    expect(shell(shop, first)).toMatchObject({ status: 0, stdout: "" });
    expect(shell(shop, second).status).toBe(0);
    addFiles(shop.folder, { "src/new.ts": BAD });
    const { status, stdout } = shell(shop, second);
    expect(status).toBe(1);
    expect(stdout).toContain("src/new.ts");
  });

  it("for several repositories joins their reports", () => {
    const shop = project({});
    for (const [name, code] of [
      ["shop", BAD],
      ["bank", GOOD],
    ] as const) {
      addFiles(shop.folder, {
        [`${name}/package.json`]: `{ "name": "${name}" }`,
        [`${name}/a.js`]: code,
      });
    }
    expect(shell(shop, block("sh", "For several repositories"))).toMatchObject({
      status: 1,
      stderr: "",
    });
    expect(readdirSync(shop.folder)).toContain("organisation.html");
    expect(reportOf(shop, "bank.json").verdict.status).toBe("passed");
  });

  it("for a stricter policy is one that the command takes", () => {
    const { status, stderr } = shell(project(BAD_SHOP), block("sh", "For a stricter policy"));
    expect({ status, stderr }).toEqual({ status: 1, stderr: "" });
  });

  it("for the output of ESLint makes the report", () => {
    const shop = project({ ...BAD_SHOP, "eslint.config.js": block("js", "In ESLint") });
    const [pipe = ""] = blocks("docs/report.md", "From the output of ESLint").map(
      ({ text }) => text,
    );
    const { status, stdout, stderr } = shell(shop, pipe);
    expect({ status, stderr }).toEqual({ status: 1, stderr: "" });
    expect(stdout).toContain("no-none-algorithm");
  });
});

describe("the pages", () => {
  const PAGES = ["README.md", "docs/report.md", "docs/gate.md"];

  it.each(PAGES)("name only options that the command has: %s", (name) => {
    const commands = blocks(name)
      .filter(({ language }) => language === "sh")
      .flatMap(({ text }) => [...text.matchAll(/npx eslint-plugin-jwt-audit *([^)|\n]*)/gu)])
      .map(([, args = ""]) => args.split(" ").filter((word) => word !== ""));
    expect(commands.length).toBeGreaterThan(0);
    for (const args of commands) expect(() => readArguments(args)).not.toThrow();
    const named = page(name).match(/`--[a-z-]+/gu) ?? [];
    const others = ["--cache", "--fix"];
    for (const option of named.map((one) => one.slice(1)).filter((one) => !others.includes(one))) {
      const value =
        ["--use-eslint-config", "--new-only", "--help"].includes(option) ||
        option.startsWith("--require")
          ? []
          : ["1"];
      expect(() =>
        readArguments([...(option === "--root" ? ["report"] : []), option, ...value]),
      ).not.toThrow();
    }
  });

  it("show a configuration and waivers that are read without complaint", () => {
    const [config = ""] = blocks("docs/report.md", "The configuration file").map(
      ({ text }) => text,
    );
    expect(readConfig(JSON.parse(config) as Record<string, unknown>, "page")).toMatchObject({
      project: "Shop",
      audit: { preset: "strict" },
    });
    const waivers = blocks("docs/report.md", "Waivers").find(({ language }) => language === "json");
    expect(readWaiverFile(waivers?.text ?? "")).toHaveLength(1);
  });
});
