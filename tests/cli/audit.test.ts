/** The audit without any configuration: what it reads, how, and what it says of the rest. */
import { chmodSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { NAMESPACE } from "../../src/configs/index.ts";
import plugin from "../../src/index.ts";
import type { Report } from "../../src/report/types.ts";
import { addFiles, audit, BAD, folderWith, GOOD, PLAIN, removeFolders, run } from "../kit/cli.ts";

afterAll(removeFolders);

function found(report: Report): string[] {
  return report.findings.map(({ rule, file, line }) => `${rule} ${file}:${line}`);
}

function operations(report: Report): number {
  return report.coverage.operations.reduce((sum, { count }) => sum + count, 0);
}

/** The one file that was not analysed. */
function left(report: Report): Report["coverage"]["notAnalysed"][number] | undefined {
  expect(report.coverage.notAnalysed.length).toBeLessThan(2);
  return report.coverage.notAnalysed[0];
}

describe("the exit code", () => {
  it("is 0 where nothing speaks against the code, 1 where something does", async () => {
    const good = await audit(folderWith({ "a.js": GOOD, "b.js": PLAIN }));
    expect(good).toMatchObject({ code: 0, report: { verdict: { status: "passed" } } });
    const bad = await audit(folderWith({ "a.js": GOOD, "b.js": BAD }));
    expect(bad).toMatchObject({ code: 1, report: { verdict: { status: "failed" } } });
    expect(found(bad.report)).toContain("no-none-algorithm b.js:3");
  });

  it("is 2 where there is nothing, or nothing could be read", async () => {
    const empty = await audit(folderWith({}));
    expect(empty.code).toBe(2);
    expect(empty.report.verdict.reasons.map(({ rule }) => rule)).toEqual(["nothing-linted"]);
    const broken = await audit(
      folderWith({ "a.js": "jwt.verify(", "b.ts": 'import jwt from "jsonwebtoken"; const = ;' }),
    );
    expect(broken.code).toBe(2);
    expect(broken.report.verdict).toMatchObject({
      status: "unknown",
      reasons: [
        {
          rule: "not-analysed",
          text: "2 files that may use tokens could not be analysed: a.js and b.ts.",
        },
      ],
    });
  });

  it("is 1, not 2, where something bad is known and something else is not", async () => {
    const { code, report } = await audit(folderWith({ "a.js": BAD, "b.js": "jwt.verify(" }));
    expect(code).toBe(1);
    expect(report.verdict.reasons.map(({ rule }) => rule)).toEqual(["findings", "not-analysed"]);
  });

  it("is that of the gate, whatever the format and the verbosity", async () => {
    const folder = folderWith({ "a.js": BAD });
    for (const args of [[], ["--quiet"], ["-f", "sarif"], ["-f", "json:r.json", "-q"]]) {
      expect((await run(folder, args)).code).toBe(1);
    }
    expect((await run(folder, ["--fail-on", "none"])).code).toBe(0);
    expect((await run(folder, ["--fail-on", "none", "--min-coverage", "100"])).code).toBe(0);
  });

  it("follows --fail-on and --max-warnings", async () => {
    const folder = folderWith({
      "a.js":
        'import jwt from "jsonwebtoken";\nexport const f = (t) => jwt.sign({ sub: t }, process.env.KEY, { algorithm: "RS256", expiresIn: "5m", audience: "a", issuer: "i" });\n',
      "jwt-audit.config.json": '{ "rules": { "require-jti": "warn" } }',
    });
    const { code, report } = await audit(folder);
    expect(found(report)).toEqual(["require-jti a.js:2"]);
    expect(code).toBe(0);
    expect((await audit(folder, ["--fail-on", "warn"])).code).toBe(1);
    expect((await audit(folder, ["--max-warnings", "0"])).code).toBe(1);
    expect((await audit(folder, ["--max-warnings", "1"])).code).toBe(0);
    expect((await audit(folder, ["--fail-on", "critical"])).code).toBe(0);
  });

  it("follows --min-coverage, in files that need not mention tokens", async () => {
    const folder = folderWith({ "a.js": GOOD, "lib/b.min.js": "x=1" });
    expect((await audit(folder)).code).toBe(0);
    const { code, report } = await audit(folder, ["--min-coverage", "90%"]);
    expect(code).toBe(2);
    expect(report.verdict.reasons[0]?.text).toBe(
      "50.0 % of the files were analysed; at least 90 % are asked for.",
    );
  });
});

describe("the files", () => {
  it("are passed over where no rule has anything to look at, and counted", async () => {
    const { report } = await audit(
      folderWith({ "a.js": GOOD, "b.ts": "not even TypeScript", "b.test.js": PLAIN, "c.js": "" }),
    );
    expect(report.coverage.files).toEqual({ linted: 4, production: 3, test: 1, withoutJwt: 3 });
    expect(report.coverage.notAnalysed).toEqual([]);
    const none = report.coverage.rules.find(({ rule }) => rule === "no-none-algorithm");
    expect(none).toMatchObject({ on: 3, of: 3 });
  });

  it("count as looked at by all rules where none was worth parsing", async () => {
    const { code, report } = await audit(folderWith({ "a.js": PLAIN, "b.js": PLAIN }));
    expect(code).toBe(0);
    const on = report.coverage.rules.filter((rule) => rule.on === 2 && rule.of === 2);
    expect(on.length).toBeGreaterThan(20);
    expect(report.coverage.source).toBe("configuration");
  });

  it("need no word about JWTs where a package or a setting makes them worth parsing", async () => {
    const code =
      'import { OAuth2Client } from "google-auth-library";\nexport const c = new OAuth2Client();\nc.verifyIdToken({});\n';
    const google = await audit(folderWith({ "a.js": code }));
    expect(google.report.coverage.files.withoutJwt).toBe(0);
    const entities = { issue: { kind: "sign", parameters: { payload: "0", options: "1" } } };
    const use = 'import { issue } from "@acme/auth";\nexport const a = issue({ sub: "1" }, {});\n';
    const plain = await audit(folderWith({ "a.js": use }));
    expect(plain.report.coverage.files.withoutJwt).toBe(1);
    const own = await audit(
      folderWith({
        "a.js": use,
        "jwt-audit.config.json": JSON.stringify({
          settings: { libraries: { "@acme/auth": { entities } } },
        }),
      }),
    );
    expect(own.report.coverage.files.withoutJwt).toBe(0);
    expect(own.report.coverage.operations).toEqual([
      { kind: "sign", library: "@acme/auth", count: 1, files: 1 },
    ]);
  });

  it("of tests are judged by their own block", async () => {
    const { code, report } = await audit(
      folderWith({
        "tests/a.js": 'import jwt from "jsonwebtoken";\njwt.sign({ sub: 1 }, "short");\n',
        "b.js": GOOD,
      }),
    );
    expect(found(report)).toEqual([]);
    expect(code).toBe(0);
    expect(report.coverage.files.test).toBe(1);
  });

  it("are modules or scripts as Node and their syntax say", async () => {
    const cjs =
      'const jwt = require("jsonwebtoken");\nif (!jwt) return;\nexports.f = (t) => jwt.verify(t, "", { algorithms: ["none"] });\n';
    const { report } = await audit(
      folderWith({
        "a.js": cjs,
        "b.mjs": `${BAD}await 1;\n`,
        "c.cjs": cjs,
        "esm/package.json": '{ "type": "module" }',
        "esm/d.js": `${BAD}await 1;\n`,
        "esm/legacy.js": cjs,
        "bundled/e.js": BAD,
        "f.mts": BAD,
        "g.cts":
          'import jwt = require("jsonwebtoken");\njwt.verify("t", "", { algorithms: ["none"] });\n',
        "broken/package.json": "{ nothing",
        "broken/h.js": cjs,
      }),
    );
    expect(report.coverage.notAnalysed).toEqual([]);
    const files = report.findings
      .filter(({ rule }) => rule === "no-none-algorithm")
      .map(({ file }) => file);
    expect(files).toEqual([
      "a.js",
      "b.mjs",
      "broken/h.js",
      "bundled/e.js",
      "c.cjs",
      "esm/d.js",
      "esm/legacy.js",
      "f.mts",
      "g.cts",
    ]);
  });

  it("may hold elements, types, decorators, and types in JavaScript", async () => {
    const use = 'jwt.verify("t", "", { algorithms: ["none"] });\n';
    const { report } = await audit(
      folderWith({
        "a.jsx": `import jwt from "jsonwebtoken";\nexport const A = () => <p>{${use.trim().slice(0, -1)}}</p>;\n`,
        "b.tsx": `import jwt from "jsonwebtoken";\nexport const B = (p: { a?: 1 }) => <p {...p}>{${use.trim().slice(0, -1)}}</p>;\n`,
        "c.ts": `import jwt from "jsonwebtoken";\nconst a = <string>"x";\n${use}`,
        "d.js": `import jwt from "jsonwebtoken";\n@Injectable() class D {}\n${use}`,
        "e.js": `// @flow\nimport jwt from "jsonwebtoken";\ntype T = { a: string };\n${use}`,
      }),
    );
    expect(report.coverage.notAnalysed).toEqual([]);
    const files = report.findings
      .filter(({ rule }) => rule === "no-none-algorithm")
      .map(({ file }) => file);
    expect(files).toEqual(["a.jsx", "b.tsx", "c.ts", "d.js", "e.js"]);
  });
});

describe("a file that is not as its name says", () => {
  it.each<
    [what: string, name: string, content: string | Uint8Array, reason: string, relevant: boolean]
  >([
    [
      "binary",
      "a.js",
      Buffer.from("jwt\0\0\u0001"),
      "It is no text, whatever its name says.",
      true,
    ],
    [
      "binary without a word",
      "a.js",
      Buffer.from([0, 1, 2, 0xff]),
      "It is no text, whatever its name says.",
      false,
    ],
    [
      "large",
      "a.js",
      `${GOOD}//${"x".repeat(1_100_000)}\n`,
      'It has 1.0 MB, and files above 1 MB are not parsed. Audit what it was made from, or name it in "ignores" of jwt-audit.config.js.',
      true,
    ],
    [
      "large without a word",
      "a.js",
      `//${"x".repeat(1_200_000)}\n`,
      'It has 1.1 MB, and files above 1 MB are not parsed. Audit what it was made from, or name it in "ignores" of jwt-audit.config.js.',
      false,
    ],
    ["minified", "jwt.min.js", "var jwt=1", "It is minified. Audit what it was made from.", true],
    [
      "minified without a word",
      "jquery-min.js",
      "var token=1",
      "It is minified. Audit what it was made from.",
      false,
    ],
    [
      "nested deeper than a parser can",
      "a.ts",
      `const token = ${"[".repeat(30_000)}${"]".repeat(30_000)};`,
      "",
      true,
    ],
    [
      "broken",
      "a.js",
      '\nimport jwt from "jsonwebtoken"\nconst = 1;',
      "Line 3: Parsing error: Unexpected token =",
      true,
    ],
  ])("is said to be %s", async (_, name, content, reason, relevant) => {
    const { code, report } = await audit(folderWith({ [name]: content, "good.js": GOOD }));
    expect(left(report)).toMatchObject({ file: name, relevant });
    expect(left(report)?.reason).toContain(reason);
    expect(code).toBe(relevant ? 2 : 0);
    expect(operations(report)).toBe(1);
  });

  it.each([
    [60_000, 2],
    [600, 0],
  ])("says where the analysis stopped at its limit: %d numbers", async (count, exit) => {
    const many = `import jwt from "jsonwebtoken";\njwt.sign({ sub: "1", list: [${"1,".repeat(count)}] }, process.env.KEY, { algorithm: "HS256", expiresIn: "15m", issuer: "a", audience: "b", jwtid: "c" });\n`;
    const { code, report } = await audit(folderWith({ "a.js": many }));
    expect(code).toBe(exit);
    expect(report.coverage.notAnalysed).toEqual(
      exit === 0
        ? []
        : [
            {
              file: "a.js",
              reason: expect.stringContaining("limit of 60000 steps") as string,
              relevant: true,
            },
          ],
    );
  });

  it.each([
    [410, ["limit of 400 places that hold tokens"]],
    [190, []],
  ])("says where there are more tokens than it follows: %d of them", async (count, reasons) => {
    const options = `{ algorithm: "HS256", expiresIn: "15m", issuer: "a", audience: "b", jwtid: "c" }`;
    const line = `send(jwt.sign({ sub: "1" }, process.env.KEY, ${options}));\n`;
    const text = `import jwt from "jsonwebtoken";\n${line.repeat(count)}export const log = () => console.log("sent");\n`;
    const { report } = await audit(folderWith({ "a.js": text }));
    expect(report.coverage.notAnalysed).toEqual(
      reasons.map((reason) => ({
        file: "a.js",
        reason: expect.stringContaining(reason) as string,
        relevant: true,
      })),
    );
  });

  it.each<[what: string, content: string | Uint8Array]>([
    ["UTF-8 with a mark", `\uFEFF${BAD}`],
    ["UTF-16, little end first", Buffer.from(`\uFEFF${BAD}`, "utf16le")],
    ["UTF-16, big end first", Buffer.from(`\uFEFF${BAD}`, "utf16le").swap16()],
    ["Latin-1", Buffer.from(`// Schlüssel\n${BAD}`, "latin1")],
    ["lines of Windows", BAD.replaceAll("\n", "\r\n")],
    ["lines of old Macs", BAD.replaceAll("\n", "\r")],
    ["a line for the shell", `#!/usr/bin/env node\n${BAD}`],
  ])("is read in %s", async (what, content) => {
    for (const name of ["a.js", "a.ts"]) {
      const { code, report } = await audit(folderWith({ [name]: content }));
      expect(report.coverage.notAnalysed).toEqual([]);
      const shift = /Latin|shell/u.test(what) ? 4 : 3;
      expect(found(report)).toContain(`no-none-algorithm ${name}:${shift}`);
      expect(code).toBe(1);
      expect(report.header.unknown).toEqual([
        ...(what === "Latin-1" ? [`Not UTF-8, and read as Latin-1: ${name}.`] : []),
        expect.stringContaining("Which commit"),
      ]);
    }
  });

  it.skipIf(process.getuid?.() === 0)("is said to be closed", async () => {
    const folder = folderWith({ "a.js": GOOD, "b.js": BAD, "c/d.js": BAD });
    chmodSync(path.join(folder, "b.js"), 0);
    chmodSync(path.join(folder, "c"), 0);
    const { code, report } = await audit(folder);
    chmodSync(path.join(folder, "c"), 0o700);
    expect(report.coverage.notAnalysed.map(({ file, reason }) => `${file}: ${reason}`)).toEqual([
      "b.js: It cannot be read: EACCES.",
      "c: It cannot be read: EACCES.",
    ]);
    expect(code).toBe(2);
  });

  it.skipIf(process.platform === "win32")("may have any name", async () => {
    const names = [
      "<img src=x onerror=alert(1)>.js",
      "=cmd|' /C calc'!A0.js",
      "a\u001B[31m\nb.js",
      'it\'s "quoted" | piped.js',
      "-f.js",
      "*.js",
      "[x]{y}.js",
      "ünï😀.js",
      "__proto__.js",
    ];
    const folder = folderWith(Object.fromEntries(names.map((name) => [name, BAD])));
    const { report } = await audit(folder);
    expect(new Set(report.findings.map(({ file }) => file))).toEqual(new Set(names));
    const { out } = await run(folder, []);
    expect(out).not.toContain("\u001B");
  });
});

describe("the parser", () => {
  it("is the project's own where it has one that works, else ours", async () => {
    const install = (code: string): Record<string, string> => ({
      "node_modules/@typescript-eslint/parser/package.json": '{ "main": "index.js" }',
      "node_modules/@typescript-eslint/parser/index.js": code,
      "a.ts": BAD,
    });
    const works = folderWith(
      install(
        'exports.parseForESLint = () => { throw Object.assign(new SyntaxError("own parser"), { lineNumber: 7, column: 1 }); };',
      ),
    );
    // Its word is not the last one: a release of long ago may not know the syntax.
    expect((await audit(works)).code).toBe(1);
    const asked = folderWith(
      install(
        'const fs = require("fs"), path = require("path"); exports.parseForESLint = () => { fs.writeFileSync(path.join(__dirname, "asked"), ""); throw new SyntaxError("no"); };',
      ),
    );
    await audit(asked);
    expect(readdirSync(path.join(asked, "node_modules/@typescript-eslint/parser"))).toContain(
      "asked",
    );
    const tooNew = folderWith({
      ...install(
        'console.error("complains"); require("fs").writeFileSync(__dirname + "/asked", "");',
      ),
      "node_modules/@typescript-eslint/parser/package.json":
        '{ "name": "@typescript-eslint/parser", "main": "index.js", "exports": { ".": "./index.js", "./package.json": "./package.json" }, "peerDependencies": { "typescript": ">=4.8.4 <6.1.0" } }',
      "node_modules/typescript/package.json": '{ "version": "7.0.2" }',
    });
    expect((await audit(tooNew)).code).toBe(1);
    expect(readdirSync(path.join(tooNew, "node_modules/@typescript-eslint/parser"))).not.toContain(
      "asked",
    );
    const throws = folderWith(install('throw new Error("needs another TypeScript");'));
    const { code, report } = await audit(throws);
    expect({ code, left: report.coverage.notAnalysed }).toEqual({ code: 1, left: [] });
  });
});

describe("the rules", () => {
  it("are those of the preset: of the frameworks asked for, else strict", async () => {
    const folder = folderWith({ "a.js": GOOD });
    const on = async (...args: string[]): Promise<string[]> => {
      const { report } = await audit(folder, args);
      return report.coverage.rules.filter((rule) => rule.on > 0).map(({ rule }) => rule);
    };
    const of = (...names: (keyof typeof plugin.configs)[]): string[] => [
      ...new Set(
        names.flatMap((name) =>
          Object.keys(plugin.configs[name][0]?.rules ?? {}).map((id) =>
            id.replace(`${NAMESPACE}/`, ""),
          ),
        ),
      ),
    ];
    expect(await on()).toEqual(of("strict"));
    for (const name of ["recommended", "strict", "all", "pci-dss"] as const) {
      expect(await on("--preset", name)).toEqual(of(name));
    }
    expect(await on("--framework", "soc2")).toEqual(of("soc2"));
    expect(await on("--framework", "cwe")).toEqual(of("strict"));
    const both = await on("--framework", "soc2", "--framework", "asvs");
    expect(both.sort()).toEqual(of("soc2", "asvs").sort());
    expect((await on("--framework", "soc2", "--preset", "recommended")).sort()).toEqual(
      of("recommended").sort(),
    );
  });

  it("can be set in the configuration file; a level alone keeps the options", async () => {
    const folder = folderWith({
      "a.js": BAD,
      "jwt-audit.config.json": JSON.stringify({
        preset: "asvs",
        rules: { "jwt-audit/no-none-algorithm": "off", "no-disallowed-algorithm": "warn" },
        ignores: ["old/"],
      }),
      "old/b.js": BAD,
    });
    const { report } = await audit(folder);
    expect(found(report)).not.toContain("no-none-algorithm a.js:3");
    expect(report.coverage.files.linted).toBe(1);
    expect(report.coverage.ignored).toEqual(["ignores of the configuration: old/"]);
    const changed = report.coverage.rules.find(({ rule }) => rule === "no-disallowed-algorithm");
    const asvs = plugin.configs.asvs[0]?.rules?.["jwt-audit/no-disallowed-algorithm"];
    const [, options] = asvs as [string, object];
    expect(Object.keys(options)).not.toEqual([]);
    expect(changed?.settings).toMatchObject([{ level: "warn", options: [options], files: 1 }]);
  });

  it("stop the run where they are configured wrongly", async () => {
    const folder = folderWith({ "a.js": GOOD });
    const config = path.join(folder, "jwt-audit.config.json");
    const say = async (content: object): Promise<string> => {
      writeFileSync(config, JSON.stringify(content));
      const { code, err } = await run(folder, []);
      expect(code).toBe(2);
      return err;
    };
    expect(await say({ rules: { "no-nonce": "error" } })).toContain(
      "rules.no-nonce: There is no such rule.",
    );
    expect(await say({ rules: { "require-jti": "on" } })).toContain(
      'rules.require-jti: It is "off", "warn" or "error"',
    );
    expect(await say({ rules: { "no-long-lifetime": ["error", { maximum: 1 }] } })).toMatch(
      /The rules cannot be used so\. .*no-long-lifetime/u,
    );
    expect(await say({ preset: "stict" })).toContain('Did you mean "strict"?');
    expect(await say({ settings: { crossfile: "off" } })).toMatch(/settings\["jwt-audit"\]/u);
    expect(await say({ settings: 3 })).toContain("settings: An object is needed here.");
    expect(await say({ ignore: [] })).toContain(
      'ignore: There is no such key. Did you mean "ignores"?',
    );
  });
});

describe("the report", () => {
  it("is written in several formats by one run", async () => {
    const folder = folderWith({ "a.js": BAD });
    const names = [
      "json",
      "html",
      "markdown",
      "csv",
      "sarif",
      "sarif-full",
      "junit",
      "gitlab-sast",
      "oscal",
      "cyclonedx",
      "terminal",
    ];
    const args = names.flatMap((name) => ["--format", `${name}:out/deep/${name}.txt`]);
    const { code, out } = await run(folder, args, { env: { FORCE_COLOR: "1" } });
    expect(code).toBe(1);
    expect(out).toContain("JWT audit of");
    expect(readdirSync(path.join(folder, "out/deep")).sort()).toEqual(
      names.map((name) => `${name}.txt`).sort(),
    );
    const saved = readFileSync(path.join(folder, "out/deep/terminal.txt"), "utf8");
    expect(saved).not.toContain("\u001B");
    expect(out).toContain("\u001B[");
    expect(await run(folder, [...args, "--quiet"])).toMatchObject({ code: 1, out: "", err: "" });
    const { out: shown } = await run(folder, ["-f", "markdown", "-f", "json:x.json"]);
    expect(shown).toMatch(/^## JWT audit of/u);
  });

  it("has the same bytes in every run, from any order of paths", async () => {
    const folder = folderWith({ "b/c.js": BAD, "a.ts": BAD, "b/a.js": GOOD, "z.js": "jwt(" });
    const once = await run(folder, ["-f", "json", "b", "a.ts", "z.js"]);
    expect(once.out).toBe((await run(folder, ["-f", "json"])).out);
    expect(once.out).toBe((await run(folder, ["-f", "json", "z.js", "b/c.js", "a.ts", "b"])).out);
    expect(once.out).not.toContain(folder);
  });

  it("has colours where they are wanted", async () => {
    const folder = folderWith({ "a.js": BAD });
    const hasColour = async (args: string[], env: NodeJS.ProcessEnv, isTTY: boolean) =>
      (await run(folder, args, { env, isTTY })).out.includes("\u001B[");
    expect(await hasColour([], {}, true)).toBe(true);
    expect(await hasColour([], {}, false)).toBe(false);
    expect(await hasColour([], { NO_COLOR: "1" }, true)).toBe(false);
    expect(await hasColour([], { TERM: "dumb" }, true)).toBe(false);
    expect(await hasColour([], { FORCE_COLOR: "1" }, false)).toBe(true);
    expect(await hasColour([], { FORCE_COLOR: "0" }, true)).toBe(false);
    expect(await hasColour(["--no-color"], { FORCE_COLOR: "1" }, true)).toBe(false);
    expect(await hasColour(["--color"], { NO_COLOR: "1" }, false)).toBe(true);
  });

  it("is named by --project, the configuration, package.json or the folder", async () => {
    const folder = folderWith({ "a.js": GOOD });
    const name = async (...args: string[]) => (await audit(folder, args)).report.header.project;
    expect(await name()).toBe(path.basename(folder));
    addFiles(folder, { "package.json": '{ "name": "shop" }' });
    expect(await name()).toBe("shop");
    addFiles(folder, { "other.json": '{ "project": "Store" }' });
    expect(await name("-c", "other.json")).toBe("Store");
    expect(await name("-c", "other.json", "--project", "Mall")).toBe("Mall");
  });

  it("compares with a baseline, and judges what is new", async () => {
    const folder = folderWith({ "a.js": BAD });
    expect((await run(folder, ["-q", "-f", "json:last.json"])).code).toBe(1);
    const same = await audit(folder, ["--baseline", "last.json", "--new-only"]);
    expect(same.code).toBe(0);
    expect(same.report.changes).toMatchObject({ new: 0, fixed: [] });
    addFiles(folder, { "b.js": BAD });
    const more = await audit(folder, ["--baseline", "last.json", "--new-only"]);
    expect(more.code).toBe(1);
    expect(more.report.changes?.new).toBeGreaterThan(0);
    expect((await audit(folder, ["--baseline", "last.json"])).code).toBe(1);
  });

  it("speaks of every framework that is asked for", async () => {
    const folder = folderWith({ "a.js": BAD });
    const ids = async (...args: string[]) =>
      (await audit(folder, args)).report.frameworks.map(({ id }) => id);
    expect(await ids()).toEqual(["iso27001-2022"]);
    expect(await ids("--framework", "soc2", "--framework", "cwe")).toEqual(["soc2", "cwe"]);
    expect((await ids("--framework", "all")).length).toBeGreaterThan(12);
  });
});

describe("waivers", () => {
  const waived = (reason: string): string =>
    BAD.replace(
      "  jwt",
      `  // eslint-disable-next-line jwt-audit/no-none-algorithm, jwt-audit/no-weak-key, jwt-audit/no-hardcoded-key, jwt-audit/no-disallowed-algorithm${reason}\n  jwt`,
    );

  it.each<[flags: string[], reason: string, code: number]>([
    [[], "", 1],
    [["--require-justification"], "", 1],
    [[], " -- not used", 0],
    [["--require-ticket"], " -- not used", 1],
    [["--require-ticket"], " -- SEC-1; not used", 0],
    [["--require-approver"], " -- SEC-1; not used", 1],
    [["--require-approver"], " -- not used; approved-by @ann", 0],
    [["--require-expiry"], " -- not used", 1],
    [["--require-expiry"], " -- not used; expires 2099-01-01", 0],
    [["--max-age", "30"], " -- not used; expires 2099-01-01", 1],
    [["--max-age", "60"], " -- not used; expires 2026-12-31", 0],
    [[], " -- not used; expires 2020-01-01", 1],
  ])("%j with a comment that says %j", async (flags, reason, code) => {
    const folder = folderWith({ "a.js": waived(reason) });
    const ran = await audit(folder, ["--preset", "recommended", ...flags]);
    expect(ran.code).toBe(code);
    expect(ran.report.waivers.length).toBeGreaterThan(0);
  });

  it("that waive nothing are listed", async () => {
    const { report } = await audit(
      folderWith({
        "a.js": `${GOOD}// eslint-disable-next-line jwt-audit/no-none-algorithm -- x\n`,
      }),
    );
    expect(report.waivers.map(({ state }) => state)).toEqual(["unused"]);
    // The rule is none of the preset: the comment is for whoever turns it on.
    const other = await audit(
      folderWith({ "a.js": `${GOOD}// eslint-disable-next-line jwt-audit/require-jti -- x\n` }),
    );
    expect(other.report.waivers).toEqual([]);
  });

  it("leave comments about other plugins alone", async () => {
    const { code, report } = await audit(
      folderWith({
        "a.js": `/* eslint import/no-cycle: "error" */\n// eslint-disable-next-line security/detect-x\n${GOOD}`,
      }),
    );
    expect({ code, waivers: report.waivers, findings: report.findings }).toEqual({
      code: 0,
      waivers: [],
      findings: [],
    });
  });

  it("in the shape of a comment that changes a rule are named, and need what waivers need", async () => {
    const off = '/* eslint jwt-audit/no-none-algorithm: "off"';
    const folder = folderWith({ "a.js": `${off} */\n${BAD}` });
    const strict = ["--require-ticket", "--require-approver", "--require-expiry"];
    const { code, report } = await audit(folder, strict);
    expect(code).toBe(2);
    expect(report.coverage.inlineConfig.changes).toMatchObject([
      { file: "a.js", line: 1, rule: "no-none-algorithm", level: "off" },
    ]);
    expect((await run(folder, strict)).out).toContain(
      "Changed by a comment: no-none-algorithm in a.js:1: off instead of error.",
    );
    expect((await run(folder, [...strict, "-f", "markdown"])).out).toContain(
      "| `a.js:1` | `no-none-algorithm` | off instead of error |",
    );
    expect((await run(folder, [...strict, "-f", "html"])).out).toContain("off instead of error");
    addFiles(folder, {
      "a.js": `${off} -- SEC-1; a double; approved-by @a; expires 2027-03-31 */\n${BAD}`,
    });
    expect((await audit(folder, strict)).code).toBe(0);
  });

  it("in one script of a component count for the component", async () => {
    const off = '/* eslint jwt-audit/no-none-algorithm: "off" -- known */';
    const script = (text: string): string => `<script>\n${text}\n</script>\n`;
    const { report } = await audit(
      folderWith({
        "a.vue": `${script(GOOD)}${script(`${off}\n${BAD}`).replace("<script>", "<script setup>")}`,
      }),
    );
    const rule = report.coverage.rules.find((one) => one.rule === "no-none-algorithm");
    expect(rule).toMatchObject({ on: 0, of: 1 });
  });
});
