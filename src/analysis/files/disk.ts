import { readFileSync, statSync } from "node:fs";
import type { Stats } from "node:fs";

/** What a file was when it was looked at: it has changed when one of the two has. */
export interface Stat {
  readonly mtimeMs: number;
  readonly size: number;
}

/**
 * For how many milliseconds an answer of the disk holds. A lint run asks the same of it for one file
 * after the other; an editor, which keeps the process alive, asks anew after every pause.
 */
const FRESH = 1000;

/** How many answers are kept at once. */
const MAX_ANSWERS = 20_000;

/** @returns the map, emptied when what it holds may no longer be so */
export function shortLived<Key, Answer>(): () => Map<Key, Answer> {
  const answers = new Map<Key, Answer>();
  let since = Number.NEGATIVE_INFINITY;
  return () => {
    const now = performance.now();
    if (now - since > FRESH || answers.size > MAX_ANSWERS) {
      answers.clear();
      since = now;
    }
    return answers;
  };
}

const stats = shortLived<string, Stat | undefined>();

/** @returns undefined for what is not there or is no file */
export function statOf(file: string): Stat | undefined {
  const known = stats();
  const answer = known.get(file);
  if (answer !== undefined || known.has(file)) return answer;
  const found = ask(file);
  const stat = found?.isFile() === true ? { mtimeMs: found.mtimeMs, size: found.size } : undefined;
  known.set(file, stat);
  return stat;
}

/** A specifier can be anything: too long for a path, with a NUL in it, or behind a closed folder. */
function ask(entry: string): Stats | undefined {
  try {
    return statSync(entry, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}

const folders = shortLived<string, boolean>();

/** One question that spares a dozen: what is in a folder that is not there is not there either. */
export function isFolder(directory: string): boolean {
  const known = folders();
  const answer = known.get(directory);
  if (answer !== undefined) return answer;
  const is = ask(directory)?.isDirectory() === true;
  known.set(directory, is);
  return is;
}

/** Without the mark of the byte order, which ESLint takes off, too. */
export function readText(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8").replace(/^\uFEFF/u, "");
  } catch {
    return undefined;
  }
}
