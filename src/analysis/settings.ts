import type { Library } from "../libraries/types.ts";
import { isRecord, spelled } from "./checked-data.ts";
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

const KNOWN = ["crossFile", "versions", "libraries"];

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

function validate(written: unknown): Settings {
  if (written === undefined) return NONE;
  if (!isRecord(written)) {
    throw new TypeError(`settings["${KEY}"] must be an object, but is ${spelled(written)}.`);
  }
  for (const name of Object.keys(written)) {
    if (!KNOWN.includes(name)) {
      throw new TypeError(
        `settings["${KEY}"] has the unknown key "${name}". Known keys: ${KNOWN.join(", ")}.`,
      );
    }
  }
  const crossFile = written.crossFile ?? "auto";
  if (crossFile !== "auto" && crossFile !== "off") {
    throw new TypeError(
      `settings["${KEY}"].crossFile must be "auto" or "off", but is ${spelled(crossFile)}.`,
    );
  }
  const libraries = readLibraries(written.libraries, `settings["${KEY}"].libraries`);
  const versions = versionsOf(written.versions ?? {});
  return { crossFile, versions, libraries, names: ownNames(libraries) };
}

function versionsOf(written: unknown): Settings["versions"] {
  if (!isRecord(written)) {
    throw new TypeError(
      `settings["${KEY}"].versions must be an object of package names and versions, but is ${spelled(written)}.`,
    );
  }
  const versions: Record<string, string> = {};
  for (const [name, version] of Object.entries(written)) {
    if (typeof version !== "string" || !/\d/u.test(version)) {
      throw new TypeError(
        `settings["${KEY}"].versions["${name}"] must be a version such as "9.0.3", but is ${spelled(version)}.`,
      );
    }
    versions[name] = version;
  }
  return versions;
}
