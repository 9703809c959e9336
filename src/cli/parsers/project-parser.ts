/** The TypeScript parser that the project has installed, if it has one that loads. */
import { createRequire } from "node:module";
import path from "node:path";
import { pathToFileURL } from "node:url";
import type { Linter } from "eslint";
import { satisfies } from "semver";

export type Parser = Linter.Parser;

const NAME = "@typescript-eslint/parser";

/** Looked for once a folder, and loaded once a place. */
export class ProjectParsers {
  readonly #byFolder = new Map<string, string | undefined>();
  readonly #loaded = new Map<string, Promise<Parser | undefined>>();

  /** @param file the file that is to be parsed */
  async for(file: string): Promise<Parser | undefined> {
    const folder = path.dirname(file);
    if (!this.#byFolder.has(folder)) this.#byFolder.set(folder, resolve(folder));
    const place = this.#byFolder.get(folder);
    if (place === undefined) return undefined;
    const known = this.#loaded.get(place) ?? load(place);
    this.#loaded.set(place, known);
    return known;
  }
}

/** Directly, or as what `typescript-eslint` brings. */
function resolve(folder: string): string | undefined {
  const here = createRequire(path.join(folder, "file.js"));
  try {
    return here.resolve(NAME);
  } catch {
    // Strict package managers hide what only another package depends on.
  }
  try {
    return createRequire(here.resolve("typescript-eslint")).resolve(NAME);
  } catch {
    return undefined;
  }
}

async function load(place: string): Promise<Parser | undefined> {
  if (!fitsTypeScript(place)) return undefined;
  try {
    const module = (await import(pathToFileURL(place).href)) as {
      readonly default?: unknown;
    };
    const found = [module, module.default].find(isParser);
    return found;
  } catch {
    return undefined;
  }
}

/** With a TypeScript that is too new for it, it complains on standard error and throws. */
function fitsTypeScript(place: string): boolean {
  try {
    const require = createRequire(place);
    const { peerDependencies = {} } = require(`${NAME}/package.json`) as {
      readonly peerDependencies?: Readonly<Record<string, string>>;
    };
    const { version } = require("typescript/package.json") as { readonly version: string };
    return satisfies(version, peerDependencies.typescript ?? "*", { includePrerelease: true });
  } catch {
    // Where that cannot be known, loading it will show.
    return true;
  }
}

function isParser(module: unknown): module is Parser {
  return (
    typeof module === "object" &&
    module !== null &&
    "parseForESLint" in module &&
    typeof module.parseForESLint === "function"
  );
}
