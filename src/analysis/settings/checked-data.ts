/**
 * Checks of data that a user has written, with errors that say what is wrong, where, and what would
 * be right. A check gets the value and the place it stands at, as one would write it to reach it.
 */
export type Check = (value: unknown, at: string) => void;

/** @throws TypeError always */
export function refuse(at: string, needed: string, value: unknown, hint = ""): never {
  throw new TypeError(`${at} must be ${needed}, but is ${spelled(value)}.${hint}`);
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return value !== null && typeof value === "object" && !Array.isArray(value);
}

function spelled(value: unknown): string {
  if (typeof value === "function") return "a function";
  const text = JSON.stringify(value) as string | undefined;
  return text ?? String(value);
}

/** `at.key` or `at["a key"]`. */
export function inside(at: string, key: string): string {
  return /^[A-Za-z_$][\w$]*$/u.test(key) ? `${at}.${key}` : `${at}[${JSON.stringify(key)}]`;
}

export const text: Check = (value, at) => {
  if (typeof value !== "string" || value === "") refuse(at, "a text", value);
};

export const flag: Check = (value, at) => {
  if (typeof value !== "boolean") refuse(at, "true or false", value);
};

export const amount: Check = (value, at) => {
  if (typeof value !== "number" || !Number.isFinite(value)) refuse(at, "a number", value);
};

export const primitive: Check = (value, at) => {
  if (value !== null && !["string", "number", "boolean"].includes(typeof value)) {
    refuse(at, "a text, a number, true, false or null", value);
  }
};

export function matching(form: RegExp, needed: string): Check {
  return (value, at) => {
    if (typeof value !== "string" || !form.test(value)) refuse(at, needed, value);
  };
}

/** One of the texts that are the keys of `allowed`. */
export function oneOf(allowed: Readonly<Record<string, true>>): Check {
  const names = Object.keys(allowed);
  return (value, at) => {
    if (typeof value === "string" && Object.hasOwn(allowed, value)) return;
    refuse(at, `one of ${names.join(", ")}`, value, meant(value, names));
  };
}

export function listOf(check: Check): Check {
  return (value, at) => {
    if (!Array.isArray(value)) refuse(at, "a list", value);
    for (const [index, one] of value.entries()) check(one, `${at}[${String(index)}]`);
  };
}

export function oneOrMore(check: Check): Check {
  const list = listOf(check);
  return (value, at) => {
    (Array.isArray(value) ? list : check)(value, at);
  };
}

/** An object whose keys are the user's own. */
export function mapOf(check: Check): Check {
  return (value, at) => {
    if (!isRecord(value)) refuse(at, "an object", value);
    for (const [key, one] of Object.entries(value)) check(one, inside(at, key));
  };
}

/** An object whose keys are known; those of `required` have to be there. */
export function objectOf(
  fields: Readonly<Record<string, Check>>,
  required: readonly string[] = [],
): Check {
  const names = Object.keys(fields);
  return (value, at) => {
    if (!isRecord(value)) refuse(at, "an object", value);
    for (const [key, one] of Object.entries(value)) {
      const check = Object.hasOwn(fields, key) ? fields[key] : undefined;
      if (check === undefined) {
        const hint = meant(key, names);
        throw new TypeError(
          `${at} has the unknown key "${key}".${hint} Known keys: ${names.join(", ")}.`,
        );
      }
      if (one !== undefined) check(one, inside(at, key));
    }
    for (const key of required) {
      if (value[key] === undefined) throw new TypeError(`${at} needs the key "${key}".`);
    }
  };
}

/** How many edits a slip may be from what was meant. */
const MAX_EDITS = 3;

/** ` Did you mean "x"?`, or nothing. */
export function meant(written: unknown, names: readonly string[]): string {
  if (typeof written !== "string") return "";
  let best: { readonly name: string; readonly edits: number } | undefined;
  for (const name of names) {
    const edits = editsBetween(written.toLowerCase(), name.toLowerCase());
    const isClose = edits <= Math.min(MAX_EDITS, Math.ceil(name.length / 3));
    if (isClose && edits < (best?.edits ?? Number.POSITIVE_INFINITY)) best = { name, edits };
  }
  return best === undefined ? "" : ` Did you mean "${best.name}"?`;
}

/** Levenshtein's distance. */
function editsBetween(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (const [line, letter] of Array.from(one).entries()) {
    const next = [line + 1];
    for (const [column, match] of Array.from(other).entries()) {
      const replaced = (row[column] ?? 0) + (letter === match ? 0 : 1);
      next.push(Math.min(replaced, (row[column + 1] ?? 0) + 1, (next[column] ?? 0) + 1));
    }
    row = next;
  }
  return row[other.length] ?? 0;
}
