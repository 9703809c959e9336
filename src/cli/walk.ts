/** Finds the files to audit, in an order that is the same everywhere. */
import { readdirSync, statSync } from "node:fs";
import type { Dirent } from "node:fs";
import path from "node:path";
import ignore from "ignore";
import { didYouMean } from "../compliance/suggest.ts";
import { isOfTools, kindOf } from "./file-kinds.ts";
import type { FileKind } from "./file-kinds.ts";
import { GitIgnore } from "./gitignore.ts";
import { UsageError } from "./usage-error.ts";

export interface FoundFile {
  readonly path: string;
  readonly kind: Exclude<FileKind, "declarations" | "other">;
}

export interface Found {
  /** Sorted by path; each once. */
  readonly files: readonly FoundFile[];
  /** Folders that could not be read, with the reason. */
  readonly closed: readonly { readonly path: string; readonly reason: string }[];
  /** What was left out and why, as sentences without full stop. */
  readonly leftOut: readonly string[];
}

/** How deep folders are followed. */
const MAX_DEPTH = 200;

/**
 * @param paths as typed, relative to `cwd`
 * @param ignored patterns as in `.gitignore`, relative to `cwd`
 * @throws UsageError if a path does not exist
 */
export function findFiles(
  paths: readonly string[],
  cwd: string,
  ignored: readonly string[] = [],
): Found {
  const walk = new Walk(cwd, ignored);
  for (const written of paths) walk.start(written);
  return walk.found();
}

type Reason = "git" | "patterns" | "tools" | "declarations" | "links" | "special" | "unknown";

class Walk {
  readonly #cwd: string;
  readonly #patterns: readonly string[];
  readonly #ignored: (name: string) => boolean;
  readonly #files = new Map<string, FoundFile>();
  readonly #folders = new Set<string>();
  readonly #closed = new Map<string, string>();
  readonly #leftOut = new Map<Reason, Set<string>>();

  constructor(cwd: string, patterns: readonly string[]) {
    this.#cwd = cwd;
    this.#patterns = patterns;
    const own = ignore({ allowRelativePaths: true }).add([...patterns]);
    this.#ignored = (name) => own.ignores(name);
  }

  start(written: string): void {
    const target = path.resolve(this.#cwd, written);
    const stat = statOf(target);
    if (stat === undefined) throw new UsageError(noSuchPath(written, target));
    if (stat.isDirectory()) this.#enter(target, GitIgnore.forNamed(target), 0);
    else if (stat.isFile()) this.#add(target);
    else throw new UsageError(`${written} is neither a file nor a folder.`);
  }

  found(): Found {
    return {
      files: [...this.#files.values()].toSorted((a, b) => compare(a.path, b.path)),
      closed: [...this.#closed].map(([file, reason]) => ({ path: file, reason })),
      leftOut: this.#describe(),
    };
  }

  #enter(folder: string, rules: GitIgnore, depth: number): void {
    if (this.#folders.has(folder)) return;
    this.#folders.add(folder);
    if (depth > MAX_DEPTH) {
      this.#closed.set(folder, `It is more than ${MAX_DEPTH} folders deep.`);
      return;
    }
    let entries: Dirent[];
    try {
      entries = readdirSync(folder, { withFileTypes: true });
    } catch (error) {
      this.#closed.set(folder, `It cannot be read: ${codeOf(error)}.`);
      return;
    }
    for (const entry of entries.toSorted((a, b) => compare(a.name, b.name))) {
      this.#visit(path.join(folder, entry.name), entry, rules, depth);
    }
  }

  #visit(file: string, entry: Dirent, rules: GitIgnore, depth: number): void {
    const isFolder = entry.isDirectory();
    const isLink = entry.isSymbolicLink();
    const leadsToFolder = isLink && statOf(file)?.isDirectory() === true;
    if (!isFolder && !leadsToFolder && kindOf(entry.name) === "other") return;
    if (isOfTools(entry.name)) this.#leave("tools", file);
    else if (rules.ignores(file, isFolder)) this.#leave("git", file);
    else if (this.#matches(file, isFolder)) this.#leave("patterns", file);
    // What a link points to is found where it stands; a circle of links has no end.
    else if (isLink) this.#leave("links", file);
    else if (isFolder) this.#enter(file, rules.below(file), depth + 1);
    else if (entry.isFile()) this.#add(file);
    else this.#leave("special", file);
  }

  #add(file: string): void {
    const kind = kindOf(file);
    if (this.#matches(file, false)) this.#leave("patterns", file);
    else if (kind === "other") this.#leave("unknown", file);
    else if (kind === "declarations") this.#leave("declarations", file);
    else this.#files.set(file, { path: file, kind });
  }

  #matches(file: string, isFolder: boolean): boolean {
    if (this.#patterns.length === 0) return false;
    const name = path.relative(this.#cwd, file).replaceAll("\\", "/");
    return name !== "" && !name.startsWith("..") && this.#ignored(isFolder ? `${name}/` : name);
  }

  #leave(reason: Reason, file: string): void {
    const known = this.#leftOut.get(reason) ?? new Set();
    this.#leftOut.set(reason, known.add(file));
  }

  #describe(): string[] {
    const size = (reason: Reason): number => this.#leftOut.get(reason)?.size ?? 0;
    const tools = new Set([...(this.#leftOut.get("tools") ?? [])].map((one) => path.basename(one)));
    const sentences: (readonly [Reason, string])[] = [
      ["git", `.gitignore: ${some(size("git"), "file or folder", "files and folders")}`],
      ["patterns", `ignores of the configuration: ${this.#patterns.join(" ")}`],
      ["tools", [...tools].sort().join(" ")],
      ["declarations", `*.d.ts: ${some(size("declarations"), "file")} with types and no code`],
      ["links", `symbolic links: ${some(size("links"), "link")}, not followed`],
      ["special", `pipes, sockets and devices: ${size("special")}`],
      ["unknown", `${some(size("unknown"), "named file")} without a script`],
    ];
    return sentences.flatMap(([reason, text]) => (size(reason) === 0 ? [] : [text]));
  }
}

function noSuchPath(written: string, target: string): string {
  const [, folder = ""] = /^(.*[\\/])?/u.exec(written) ?? [];
  let names: string[] = [];
  try {
    names = readdirSync(path.dirname(target));
  } catch {
    // The folder does not exist either.
  }
  const hint = didYouMean(
    written,
    names.map((name) => `${folder}${name}`),
  );
  return `There is no file or folder ${JSON.stringify(written)}.${hint}`;
}

function statOf(file: string): ReturnType<typeof statSync> {
  try {
    return statSync(file, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}

function codeOf(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? String(error);
}

function some(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
