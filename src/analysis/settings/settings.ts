import { libraries as described } from "../../libraries/index.ts";
import type { Library } from "../../libraries/types.ts";
import { mapOf, matching, meant, objectOf } from "./checked-data.ts";
import type { Check } from "./checked-data.ts";
import { readLibraries } from "./library-settings.ts";
import { ownNames } from "./own-libraries.ts";

/** `settings["jwt-audit"]` of an ESLint configuration. */
export interface Settings {
  /**
   * Whether values are followed into other files: `"auto"` follows relative imports, and others
   * where the TypeScript parser knows the program; `"off"` stays in the linted file.
   */
  readonly crossFile: "auto" | "off";
  /** Releases in use, by package name, such as `{ jsonwebtoken: "8.5.1" }`. */
  readonly versions: Readonly<Record<string, string>>;
  /** Libraries that the program describes itself. */
  readonly libraries: readonly Library[];
  /** What they are imported by. */
  readonly names: readonly string[];
}

const KEY = "jwt-audit";

/** ESLint gives all files of one configuration the same settings object. */
const checked = new WeakMap<object, Settings>();

/** @throws TypeError that names the entry, what was written and what would be right */
export function readSettings(all: Readonly<Record<string, unknown>>): Settings {
  const known = checked.get(all);
  if (known !== undefined) return known;
  const settings = validate(all[KEY]);
  checked.set(all, settings);
  return settings;
}

const NONE: Settings = { crossFile: "auto", versions: {}, libraries: [], names: [] };

const check = objectOf({
  crossFile: matching(/^(?:auto|off)$/u, '"auto" or "off"'),
  versions: mapOf(matching(/\d/u, 'a version such as "9.0.3"')),
  // Looked at where they are read.
  libraries: () => undefined,
} satisfies Readonly<Record<Exclude<keyof Settings, "names">, Check>>);

/** A release of a package that nobody describes changes nothing: the name is written wrong. */
function checkPackages(written: readonly string[], own: readonly Library[], at: string): void {
  const known = [...described, ...own].flatMap(({ name, compatible = [] }) => [
    name,
    ...compatible,
  ]);
  for (const name of written) {
    if (!known.includes(name))
      throw new TypeError(
        `${at} names the package ${JSON.stringify(name)}, which no description is of.${meant(name, known)}`,
      );
  }
}

function validate(written: unknown): Settings {
  if (written === undefined) return NONE;
  const at = `settings["${KEY}"]`;
  check(written, at);
  const { crossFile = "auto", versions = {}, libraries: own } = written as Partial<Settings>;
  const libraries = readLibraries(own, `${at}.libraries`);
  checkPackages(Object.keys(versions), libraries, `${at}.versions`);
  return { crossFile, versions, libraries, names: ownNames(libraries) };
}
