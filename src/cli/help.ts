import { OPTION_GROUPS } from "./options.ts";
import type { OptionSpec } from "./options.ts";
import { entry } from "./text.ts";

const NAME = "eslint-plugin-jwt-audit";
const COLUMN = 27;

export function help(): string {
  return `${[
    "Finds misuse of JSON Web Tokens and reports it against security controls.",
    "",
    "Usage",
    `  npx ${NAME} [options] [paths...]`,
    `  npx ${NAME} report [options] eslint.json`,
    `  npx ${NAME} merge [options] a.json b.json ...`,
    "",
    ...entry("  paths", "Files and folders to audit; this folder by default.", COLUMN),
    ...entry("  report", "Make reports of what eslint -f json wrote; - is standard input.", COLUMN),
    ...entry("  merge", "Make one report of several in the format json.", COLUMN),
    ...Object.entries<Readonly<Record<string, OptionSpec>>>(OPTION_GROUPS).flatMap(
      ([title, options]) => [
        "",
        title,
        ...Object.entries(options).flatMap(([name, spec]) =>
          entry(signature(name, spec), spec.help, COLUMN),
        ),
      ],
    ),
    "",
    "Exit codes",
    "  0  passed",
    "  1  failed: code speaks against controls",
    "  2  could not assess: a wrong option, files that could not be analysed",
    "",
    "Examples",
    `  npx ${NAME}`,
    `  npx ${NAME} src --framework soc2 --format html:report.html`,
    `  npx ${NAME} --format sarif:jwt.sarif --fail-on high`,
    `  npx ${NAME} --baseline last.json --new-only`,
    `  npx eslint -f json . | npx ${NAME} report -`,
    `  npx ${NAME} --explain A.8.24`,
  ].join("\n")}\n`;
}

function signature(name: string, { short, value }: OptionSpec): string {
  const letter = short === undefined ? "    " : `-${short}, `;
  return `  ${letter}--${name}${value === undefined ? "" : ` <${value}>`}`;
}
