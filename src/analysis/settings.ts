/** `settings["jwt-audit"]` of an ESLint configuration. */
export interface Settings {
  /**
   * Whether values are followed into other files: `"auto"` follows relative imports, and others
   * where the TypeScript parser knows the program; `"off"` stays in the linted file.
   */
  readonly crossFile: "auto" | "off";
  /** Releases in use, by package name, such as `{ jsonwebtoken: "8.5.1" }`. */
  readonly versions: Readonly<Record<string, string>>;
}

const KEY = "jwt-audit";

const KNOWN = ["crossFile", "versions"];

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

function validate(written: unknown): Settings {
  if (written === undefined) return { crossFile: "auto", versions: {} };
  if (!isRecord(written)) {
    throw new TypeError(`settings["${KEY}"] must be an object, but is ${describe(written)}.`);
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
      `settings["${KEY}"].crossFile must be "auto" or "off", but is ${describe(crossFile)}.`,
    );
  }
  return { crossFile, versions: versionsOf(written.versions ?? {}) };
}

function versionsOf(written: unknown): Settings["versions"] {
  if (!isRecord(written)) {
    throw new TypeError(
      `settings["${KEY}"].versions must be an object of package names and versions, but is ${describe(written)}.`,
    );
  }
  const versions: Record<string, string> = {};
  for (const [name, version] of Object.entries(written)) {
    if (typeof version !== "string" || !/\d/u.test(version)) {
      throw new TypeError(
        `settings["${KEY}"].versions["${name}"] must be a version such as "9.0.3", but is ${describe(version)}.`,
      );
    }
    versions[name] = version;
  }
  return versions;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return value !== null && typeof value === "object" && !Array.isArray(value);
}

function describe(value: unknown): string {
  return typeof value === "function" ? "a function" : JSON.stringify(value);
}
