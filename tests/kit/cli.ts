/** Runs the command in folders that are made for a test. */
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { main } from "../../src/cli/main.ts";
import type { Report } from "../../src/report/types.ts";

/** The bytes of a file by its name. */
export type Files = Readonly<Record<string, string | Uint8Array>>;

const made: string[] = [];

/** A folder with these files, outside of every project. */
export function folderWith(files: Files): string {
  const folder = realpathSync(mkdtempSync(path.join(tmpdir(), "jwt-audit-cli-")));
  made.push(folder);
  addFiles(folder, files);
  return folder;
}

export function addFiles(folder: string, files: Files): void {
  for (const [name, content] of Object.entries(files)) {
    const file = path.join(folder, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, content);
  }
}

/** To be called after the tests of a file. */
export function removeFolders(): void {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true });
}

export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

export interface RunOptions {
  readonly env?: NodeJS.ProcessEnv;
  readonly stdin?: string;
  /** Standard output and error are a terminal. */
  readonly isTTY?: boolean;
}

/** One second for all runs, so that reports can be compared. */
const ENV: NodeJS.ProcessEnv = { SOURCE_DATE_EPOCH: "1795668000" };

/** In this process, with streams of its own. */
export async function run(
  cwd: string,
  args: readonly string[],
  { env = {}, stdin = "", isTTY = false }: RunOptions = {},
): Promise<Ran> {
  const out: string[] = [];
  const err: string[] = [];
  const code = await main(args, {
    cwd,
    env: { ...ENV, ...env },
    stdin: (async function* () {
      yield await Promise.resolve(stdin);
    })(),
    stdout: { isTTY, write: (text) => out.push(text) },
    stderr: { isTTY, write: (text) => err.push(text) },
  });
  return { code, out: out.join(""), err: err.join("") };
}

/** The report of an audit in the format json, and the exit code. */
export async function audit(
  cwd: string,
  args: readonly string[] = [],
  options: RunOptions = {},
): Promise<{ readonly code: number; readonly report: Report }> {
  const { code, out, err } = await run(cwd, ["--format", "json", ...args], options);
  if (out === "") throw new Error(`The command gave no report: ${err}`);
  return { code, report: JSON.parse(out) as Report };
}

/** A file that no preset lets pass, of one finding by `no-none-algorithm`. */
export const BAD =
  'import jwt from "jsonwebtoken";\nexport const read = (token) =>\n  jwt.verify(token, "", { algorithms: ["none"], audience: "a", issuer: "i" });\n';

/** A file with an operation and nothing to report. */
export const GOOD =
  'import jwt from "jsonwebtoken";\nexport const read = (token) =>\n  jwt.verify(token, process.env.JWT_PUBLIC_KEY, { algorithms: ["RS256"], audience: "shop", issuer: "https://id.example" });\n';

/** A file that no rule looks at. */
export const PLAIN = "export const one = 1;\n";
