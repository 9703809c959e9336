import type { SourceFile } from "./files/source-file.ts";
import { byObject } from "./memo.ts";
import { dottedPath } from "./syntax.ts";
import { requiredBy } from "./values/required.ts";

/** Packages by which a program asks whoever runs it, or reads what he wrote behind its name. */
const PACKAGES =
  /^(?:(?:node:)?readline(?:\/promises)?|commander|yargs(?:\/.+)?|minimist|meow|cac|inquirer|@inquirer\/.+|prompts|promptly|enquirer|@clack\/prompts|@oclif\/.+)$/u;

/** Where the parts of such a program are kept, which it puts together elsewhere. */
const FOLDERS = /[/\\](?:bin|cli|commands?)[/\\]/u;

/** What runs for as long as others ask: a server may read its port from its arguments. */
const SERVES = ["listen", "createServer", "serve"];

/**
 * Is the file a program for the command line, whose printed text is its result? It says so in its first
 * line, or it reads its arguments or asks for input, and gives nothing to other files or to clients; or
 * it lies among the commands of one.
 */
export const isCommandLine = byObject((file: SourceFile): boolean => {
  if (file.text.startsWith("#!")) return true;
  const { statements, index } = file;
  const isExporting =
    statements.some((statement) => statement.type.startsWith("Export")) ||
    index.assignments.some(({ left }) => /^(?:module\.)?exports\b/u.test(pathOf(left)));
  const imported = statements.some(
    (statement) => statement.type === "ImportDeclaration" && PACKAGES.test(statement.source.value),
  );
  if (SERVES.some((name) => index.called.has(name))) return false;
  if (isExporting) return imported && FOLDERS.test(file.path ?? "");
  const readsArguments = (index.membersNamed.get("argv") ?? []).some(
    (member) => pathOf(member) === "process.argv",
  );
  return (
    imported ||
    readsArguments ||
    requiredBy(file).some(({ source }) => PACKAGES.test(source.value)) ||
    isForOneRun(file)
  );
});

/** What hands over functions that run when others ask for it. */
const WAITS =
  /^(?:use|on|once|all|post|put|patch|delete|route|register|subscribe|watch|cron|schedule|setInterval|addEventListener|addHook|command|task)$/u;

/** What such functions are given. */
const GIVEN = /^(?:_?req|_?request|_?res|_?response|ctx|context|event|socket|next|msg|message)$/u;

/** Where a page or another server is asked, what is printed may be anybody's. */
const ASKS = /\b(?:fetch|axios|got|document|window|navigator|localStorage|sessionStorage)\b/u;

/**
 * A script that signs or draws once, such as a client secret for Sign in with Apple or a token to try a
 * server with, and prints what it made: nothing in it waits for anybody.
 */
function isForOneRun({ index, text }: SourceFile): boolean {
  if (!MAKES.every((call) => call.test(text)) || ASKS.test(text)) return false;
  return (
    ![...index.called.keys()].some((name) => WAITS.test(name)) &&
    !index.functions.some(({ params }) =>
      params.some((one) => one.type === "Identifier" && GIVEN.test(one.name)),
    )
  );
}

const MAKES = [
  /\bconsole\.log\(/u,
  /\bsign(?:Async|Sync|Jwt|JWT)?\(|\brandom(?:Bytes|UUID)\(|\bcreateCustomToken\(|\bgenerate(?:Key(?:Pair)?(?:Sync)?|Secret)\(|\bcreateKey\(/u,
];

function pathOf(node: Parameters<typeof dottedPath>[0]): string {
  return dottedPath(node)?.join(".") ?? "";
}
