/**
 * Which files Git leaves out: every `.gitignore` from the root of the repository down, the deeper
 * one deciding. Not those of the machine (`core.excludesFile`, `.git/info/exclude`): the same
 * repository must give the same report everywhere.
 */
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import ignore from "ignore";
import type { Ignore } from "ignore";

/** The rules that hold in one folder: its own, then those of the folders above. */
export class GitIgnore {
  readonly #folder: string;
  readonly #own: Ignore | undefined;
  readonly #above: GitIgnore | undefined;

  private constructor(folder: string, above: GitIgnore | undefined) {
    this.#folder = folder;
    this.#above = above;
    const text = readIfThere(path.join(folder, ".gitignore"));
    this.#own = text === undefined ? undefined : ignore({ allowRelativePaths: true }).add(text);
  }

  /**
   * For a folder, with the folders above it up to the one that holds `.git`, if there is one. Whoever
   * names a folder that Git leaves out wants it read: then the rules above do not count.
   */
  static forNamed(folder: string): GitIgnore {
    const parent = path.dirname(folder);
    const isLeftOut = parent !== folder && GitIgnore.#at(parent).ignores(folder, true);
    return isLeftOut ? new GitIgnore(folder, undefined) : GitIgnore.#at(folder);
  }

  static #at(folder: string): GitIgnore {
    const chain: string[] = [];
    let root = folder;
    while (!existsSync(path.join(root, ".git"))) {
      const parent = path.dirname(root);
      if (parent === root) return new GitIgnore(folder, undefined);
      chain.push(root);
      root = parent;
    }
    return chain.reduceRight((above, each) => above.below(each), new GitIgnore(root, undefined));
  }

  /** For a folder in this one. */
  below(folder: string): GitIgnore {
    return new GitIgnore(folder, this);
  }

  /** @param isFolder patterns that end in a slash mean folders alone */
  ignores(file: string, isFolder: boolean): boolean {
    if (this.#own !== undefined) {
      const name = path.relative(this.#folder, file).replaceAll("\\", "/");
      const { ignored, unignored } = this.#own.test(isFolder ? `${name}/` : name);
      if (ignored || unignored) return ignored;
    }
    return this.#above?.ignores(file, isFolder) ?? false;
  }
}

function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch {
    // Not there, a folder, or closed to us: no rules.
    return undefined;
  }
}
