/** Wrong arguments: what was wrong, what would be right, exit code 2. */
import { Linter } from "eslint";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { readArguments } from "../../src/cli/arguments.ts";
import { OPTIONS } from "../../src/cli/options.ts";
import { formats } from "../../src/formats/index.ts";
import { PRESET_NAMES } from "../../src/configs/index.ts";
import { folderWith, GOOD, removeFolders, run } from "../kit/cli.ts";

let folder = "";

beforeAll(() => {
  folder = folderWith({ "a.js": GOOD, "r.json": "{}", "broken.json": "{ nothing" });
});

afterAll(removeFolders);

describe("a wrong argument", () => {
  it.each<[args: string[], message: string]>([
    [["--fromat", "json"], 'There is no option --fromat. Did you mean "--format"?'],
    [["-x"], "There is no option -x. --help lists those that there are."],
    [["--format"], "--format needs a value, such as --format html:report.html."],
    [
      ["--format", "--quiet"],
      "--format needs a value, such as --format html:report.html. If --quiet is meant, write --format=--quiet.",
    ],
    [["--config="], "--config needs a value, such as --config jwt-audit.config.json."],
    [["--quiet=yes"], '--quiet takes no value, but got "yes".'],
    [["--baseline", "a", "--baseline", "b"], "--baseline is given twice. Give it once."],
    [["--color", "--no-color"], "--color and --no-color are both given. Give one of them."],
    [
      ["--root", "x", "a.js"],
      "--root means nothing to the audit of paths. It belongs to the command report.",
    ],
    [
      ["report", "--preset", "all", "x.json"],
      "--preset means nothing to the command report. It belongs to the audit of paths.",
    ],
    [
      ["--format", "htlm"],
      `"htlm" is no format. Known are ${formats.map(({ name }) => name).join(", ")}. Did you mean "html"?`,
    ],
    [
      ["-f", "json", "-f", "csv"],
      "json and csv both go to standard output. Give one of them a file, such as csv:report.csv.",
    ],
    [
      ["-f", "json:out.txt", "-f", "csv:./out.txt"],
      "Two formats go to ./out.txt. Give each a file of its own.",
    ],
    [
      ["--preset", "strickt"],
      `--preset does not take "strickt". It takes ${PRESET_NAMES.join(", ")}. Did you mean "strict"?`,
    ],
    [
      ["--fail-on", "errors"],
      '--fail-on does not take "errors". It takes error, warn, critical, high, medium, low, policy, none. Did you mean "error"?',
    ],
    [["--max-warnings", "few"], '--max-warnings takes a whole number from 0, not "few".'],
    [["--max-warnings", "1.5"], '--max-warnings takes a whole number from 0, not "1.5".'],
    [["--max-age", "1y"], '--max-age takes a whole number from 0, not "1y".'],
    [["--min-coverage", "101"], '--min-coverage takes a percentage from 0 to 100, not "101".'],
    [["--min-coverage", "most"], '--min-coverage takes a percentage from 0 to 100, not "most".'],
    [
      ["--new-only"],
      "--new-only compares with an earlier report. Name it with --baseline last-report.json.",
    ],
    [
      ["--use-eslint-config", "--preset", "all"],
      "--preset and --use-eslint-config exclude each other. The configuration of ESLint says which rules run.",
    ],
    [["b.js"], 'There is no file or folder "b.js". Did you mean "a.js"?'],
    [["--", "--quiet"], 'There is no file or folder "--quiet".'],
    [["merge"], "The command merge takes two or more reports in the format json."],
    [
      ["report"],
      "The command report takes one file that eslint -f json wrote, or - for standard input. Reports are joined by the command merge.",
    ],
    [["report", "none.json"], 'There is no file "none.json".'],
    [["report", "r.json"], "r.json is no output of eslint -f json."],
    [["report", "broken.json"], "broken.json is no output of eslint -f json: it is no JSON."],
    [["report", "-"], "Standard input is no output of eslint -f json: it is empty."],
    [["merge", "none.json", "r.json"], 'There is no file "none.json".'],
    [
      ["--explain", "require-jtti"],
      '"require-jtti" is no control, rule or framework. Did you mean "require-jti"?',
    ],
    [["--format", "html:a.js/report.html"], "The report cannot be written to"],
  ])("%j is answered with the right one", async (args, message) => {
    const { code, out, err } = await run(folder, args);
    expect(err).toContain(`eslint-plugin-jwt-audit: ${message}`);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).not.toContain("    at ");
  });

  it.each<[args: string[], message: RegExp]>([
    [["--framework", "soc3"], /"soc3" is no framework\. Did you mean "soc2"\? Known are /u],
    [["--framework", "mine.json"], /mine\.json has 1 problem:\n {2}There is no such file\./u],
    [["--baseline", "none.json"], /none\.json has 1 problem:\n {2}There is no such file\./u],
    [["--baseline", "r.json"], /r\.json has 1 problem:\n {2}It is no report of this package\./u],
    [["--config", "none.json"], /none\.json has 1 problem:\n {2}There is no such file\./u],
    [["--config", "broken.json"], /broken\.json has 1 problem:\n {2}It is no JSON: /u],
    [
      ["merge", "r.json", "r.json"],
      /r\.json has 1 problem:\n {2}It is no report of this package\./u,
    ],
  ])("%j is answered with what is wrong in the file", async (args, message) => {
    const { code, out, err } = await run(folder, args);
    expect(err).toMatch(message);
    expect({ code, out }).toEqual({ code: 2, out: "" });
  });

  it("is an ESLint that is too old", async () => {
    const version = vi.spyOn(Linter, "version", "get").mockReturnValue("8.57.1");
    const { code, out, err } = await run(folder, []);
    version.mockRestore();
    expect(err).toBe(
      "eslint-plugin-jwt-audit: ESLint 8.57.1 is installed, and >=9.15.0 is needed. Install it with npm install --save-dev eslint@latest.\n",
    );
    expect({ code, out }).toEqual({ code: 2, out: "" });
  });

  it("is one of the environment as well", async () => {
    const { code, err } = await run(folder, [], { env: { SOURCE_DATE_EPOCH: "tomorrow" } });
    expect(err).toBe(
      'eslint-plugin-jwt-audit: SOURCE_DATE_EPOCH must be a number of seconds, but is "tomorrow".\n',
    );
    expect(code).toBe(2);
  });
});

describe("reading arguments", () => {
  it("takes the words report and merge for commands only at the beginning", () => {
    expect(readArguments(["report", "report"])).toMatchObject({
      command: "report",
      operands: ["report"],
    });
    expect(readArguments(["src", "merge"])).toMatchObject({
      command: "audit",
      operands: ["src", "merge"],
    });
    expect(readArguments(["./report"])).toMatchObject({ command: "audit", operands: ["./report"] });
    expect(readArguments(["--", "report"])).toMatchObject({
      command: "audit",
      operands: ["report"],
    });
  });

  it("takes options before, between and after, in every spelling", () => {
    const { operands, flags } = readArguments([
      "-q",
      "a",
      "-f=json",
      "-fcsv:x.csv",
      "--format=html:y.html",
      "b",
      "--framework",
      "soc2",
      "-c",
      "x.json",
    ]);
    expect(operands).toEqual(["a", "b"]);
    expect(flags).toEqual({
      quiet: true,
      format: ["json", "csv:x.csv", "html:y.html"],
      framework: ["soc2"],
      config: "x.json",
    });
  });
});

describe("the help", () => {
  it("names every option, in 80 columns", async () => {
    const { code, out } = await run(folder, ["--help"]);
    expect(code).toBe(0);
    for (const name of OPTIONS.keys()) expect(out).toContain(`--${name}`);
    expect(out.split("\n").filter((line) => line.length > 80)).toEqual([]);
    for (const { name } of formats) expect(out).toContain(name);
    for (const name of PRESET_NAMES) expect(out).toContain(name);
    expect(out).toMatch(/Exit codes\n {2}0 .*\n {2}1 .*\n {2}2 /u);
  });

  it("shows examples that the command takes", async () => {
    const { out } = await run(folder, ["-h"]);
    const examples = out.slice(out.indexOf("Examples")).matchAll(/jwt-audit ?(.*)$/gmu);
    const read = [...examples].map(([, args = ""]) =>
      readArguments(args.split(" ").filter((word) => word !== "")),
    );
    expect(read.length).toBeGreaterThan(4);
  });
});
