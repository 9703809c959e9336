/** Reads JSON that a person wrote, and says everything that is wrong with it at once. */
import { didYouMean } from "./suggest.ts";

/** A file that cannot be used, with each place and what would be right there. */
export class ComplianceFileError extends Error {
  readonly file: string;
  readonly problems: readonly string[];

  constructor(file: string, problems: readonly string[]) {
    const count = problems.length === 1 ? "1 problem" : `${problems.length} problems`;
    super(`${file} has ${count}:\n${problems.map((problem) => `  ${problem}`).join("\n")}`);
    this.name = "ComplianceFileError";
    this.file = file;
    this.problems = problems;
  }
}

export type Json = Readonly<Record<string, unknown>>;

/** Collects problems while a document is read. Paths look like `controls[3].rules[0]`. */
export class Problems {
  readonly #file: string;
  readonly #found: string[] = [];

  constructor(file: string) {
    this.#file = file;
  }

  add(path: string, message: string): void {
    this.#found.push(path === "" ? message : `${path}: ${message}`);
  }

  /** Throws if anything was wrong. */
  done(): void {
    if (this.#found.length > 0) throw new ComplianceFileError(this.#file, this.#found);
  }

  /** The document; throws if it is no JSON object, as nothing else can be said then. */
  parse(text: string): Json {
    let value: unknown;
    try {
      value = JSON.parse(text.replace(/^\uFEFF/u, ""));
    } catch (error) {
      throw new ComplianceFileError(this.#file, [describeSyntaxError(text, error)]);
    }
    if (isObject(value)) return value;
    throw new ComplianceFileError(this.#file, [`The file holds ${kind(value)}, not an object.`]);
  }

  /** Reports keys that mean nothing, and keys that are missing. */
  keys(object: Json, path: string, required: readonly string[], optional: readonly string[]): void {
    const known = [...required, ...optional];
    for (const key of Object.keys(object)) {
      if (known.includes(key)) continue;
      const hint = didYouMean(key, known) || ` Known are ${known.join(", ")}.`;
      this.add(join(path, key), `There is no such key.${hint}`);
    }
    for (const key of required) {
      if (object[key] === undefined) this.add(join(path, key), "It is missing.");
    }
  }

  /** A text that says something; `undefined`, and a problem, if there is anything else. */
  text(object: Json, key: string, path: string): string | undefined {
    const value = object[key];
    if (value === undefined) return undefined;
    if (typeof value === "string" && value.trim() !== "") return value;
    const found = typeof value === "string" ? "an empty text" : kind(value);
    this.add(join(path, key), `A text is needed here, not ${found}.`);
    return undefined;
  }

  /** One of a few words. */
  choice<T extends string>(
    object: Json,
    key: string,
    path: string,
    choices: readonly T[],
  ): T | undefined {
    const value = object[key];
    if (value === undefined) return undefined;
    const choice = choices.find((each) => each === value);
    if (choice !== undefined) return choice;
    const hint = typeof value === "string" ? didYouMean(value, choices) : "";
    const listed = choices.map((each) => JSON.stringify(each)).join(", ");
    this.add(join(path, key), `It is one of ${listed}.${hint}`);
    return undefined;
  }

  /** A list of texts. */
  texts(object: Json, key: string, path: string): readonly string[] {
    const list = this.list(object, key, path);
    return list.filter((item, index): item is string => {
      if (typeof item === "string" && item.trim() !== "") return true;
      this.add(`${join(path, key)}[${index}]`, `A text is needed here, not ${kind(item)}.`);
      return false;
    });
  }

  list(object: Json, key: string, path: string): readonly unknown[] {
    const value = object[key];
    if (value === undefined) return [];
    if (Array.isArray(value)) return value;
    this.add(join(path, key), `A list is needed here, not ${kind(value)}.`);
    return [];
  }

  /** The objects of a list, with their paths. */
  objects(object: Json, key: string, path: string): readonly (readonly [Json, string])[] {
    return this.list(object, key, path).flatMap((item, index) => {
      const where = `${join(path, key)}[${index}]`;
      if (isObject(item)) return [[item, where] as const];
      this.add(where, `An object is needed here, not ${kind(item)}.`);
      return [];
    });
  }
}

export function join(path: string, key: string): string {
  return path === "" ? key : `${path}.${key}`;
}

function isObject(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function kind(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "a list";
  return typeof value === "object" ? "an object" : `a ${typeof value}`;
}

function describeSyntaxError(text: string, error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  const position = /at position (\d+)/u.exec(message)?.[1];
  if (position === undefined) return `It is no JSON: ${message}.`;
  const before = text.slice(0, Number(position)).split("\n");
  const column = (before.at(-1) ?? "").length + 1;
  const what = message.replace(/ in JSON at position .*$/u, "");
  return `It is no JSON: ${what} at line ${before.length}, column ${column}.`;
}
