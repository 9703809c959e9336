/** The options of the command, as data: the reader and the help are made of it. */
import { FAIL_ON } from "../report/index.ts";

export const COMMANDS = ["audit", "report", "merge"] as const;

export type Command = (typeof COMMANDS)[number];

export interface OptionSpec {
  readonly type: "boolean" | "string";
  readonly short?: string;
  /** May be given several times. */
  readonly multiple?: true;
  /** What stands for the value in the help. */
  readonly value?: string;
  /** An example of a value, for the message about a missing one. */
  readonly example?: string;
  readonly help: string;
  /** Where it means something; everywhere if not given. */
  readonly commands?: readonly Command[];
}

/** By the headings of the help. */
export const OPTION_GROUPS = {
  "What is read": {
    preset: {
      type: "string",
      value: "name",
      example: "strict",
      help: "Which rules: recommended, strict, all, iso27001, soc2, asvs, pci-dss or nist-800-53. By default those of the frameworks asked for; strict if none is.",
      commands: ["audit"],
    },
    "use-eslint-config": {
      type: "boolean",
      help: "Lint with the project's own eslint.config.js instead.",
      commands: ["audit"],
    },
    config: {
      type: "string",
      short: "c",
      value: "file",
      example: "jwt-audit.config.json",
      help: "Options in a file; jwt-audit.config.js, .mjs or .json by default.",
    },
    root: {
      type: "string",
      value: "folder",
      example: "/builds/shop",
      help: "Where the files of eslint.json were when it was written, if not here.",
      commands: ["report"],
    },
  },
  "What is written": {
    framework: {
      type: "string",
      multiple: true,
      value: "id or file",
      example: "soc2",
      help: "Repeatable. Against which controls is reported, and by default with whose rules. Where none is named: ISO/IEC 27001:2022 with the rules of strict. all is every one.",
    },
    format: {
      type: "string",
      short: "f",
      multiple: true,
      value: "name[:file]",
      example: "html:report.html",
      help: "Repeatable. terminal, json, html, markdown, csv, sarif, sarif-full, junit, gitlab-sast, oscal, cyclonedx. terminal goes to standard output unless another does.",
    },
    project: {
      type: "string",
      value: "name",
      example: "shop",
      help: "What the report calls the project; the name in package.json by default.",
    },
    baseline: {
      type: "string",
      value: "file",
      example: "last-report.json",
      help: "Compare with an earlier report in the format json.",
    },
    color: { type: "boolean", help: "Colours, even where it is no terminal." },
    "no-color": { type: "boolean", help: "No colours. NO_COLOR and FORCE_COLOR count too." },
    quiet: {
      type: "boolean",
      short: "q",
      help: "No report in the terminal: files and the exit code say it.",
    },
  },
  "When the gate fails": {
    "fail-on": {
      type: "string",
      value: "level",
      example: "high",
      help: `${FAIL_ON.join(", ")}; error by default.`,
    },
    "max-warnings": {
      type: "string",
      value: "number",
      example: "0",
      help: "More warnings than that fail it.",
    },
    "min-coverage": {
      type: "string",
      value: "percent",
      example: "95",
      help: "Less of the files analysed: exit code 2.",
    },
    "new-only": { type: "boolean", help: "With a baseline: judge new findings alone." },
  },
  "What waivers need": {
    "max-age": {
      type: "string",
      value: "days",
      example: "180",
      help: "The longest that a waiver may run.",
    },
    "require-justification": { type: "boolean", help: "A reason; on by default." },
    "require-ticket": { type: "boolean", help: "A ticket, such as SEC-123." },
    "require-approver": { type: "boolean", help: "approved-by @name." },
    "require-expiry": { type: "boolean", help: "expires YYYY-MM-DD." },
  },
  "What can be asked": {
    explain: {
      type: "string",
      value: "control or rule",
      example: "A.8.24",
      help: "What bears on a control and why; on which controls a rule bears.",
    },
    "list-frameworks": { type: "boolean", help: "Which frameworks there are." },
    "list-rules": { type: "boolean", help: "Which rules there are, and in which preset." },
    version: { type: "boolean", short: "v", help: "Print the version." },
    help: { type: "boolean", short: "h", help: "Print this." },
  },
} as const satisfies Readonly<Record<string, Readonly<Record<string, OptionSpec>>>>;

type Groups = typeof OPTION_GROUPS;
type Specs = UnionToIntersection<Groups[keyof Groups]>;
type UnionToIntersection<Union> = (Union extends unknown ? (each: Union) => void : never) extends (
  all: infer All,
) => void
  ? All
  : never;

type OptionName = keyof Specs;

type ValueOf<Spec> = Spec extends { multiple: true }
  ? string[]
  : Spec extends { type: "boolean" }
    ? boolean
    : string;

/** What was given; nothing stands for what was not. */
export type Flags = { [Name in OptionName]?: ValueOf<Specs[Name]> };

export const OPTIONS: ReadonlyMap<string, OptionSpec> = new Map(
  Object.values(OPTION_GROUPS).flatMap((group) => Object.entries<OptionSpec>(group)),
);
