import { mentionsJwt } from "../gate.ts";
import { readText, shortLived, statOf } from "./disk.ts";
import type { Stat } from "./disk.ts";
import { resolveModule } from "./resolution.ts";

/**
 * What lies behind an import, told from texts that nobody parses: most files are ruled out so.
 */
export interface Reach {
  /** Whether the text of the file names JWTs; true where there is no file to read. */
  mentionsJwt(from: string, specifier: string): boolean;
  /**
   * Whether the file, or one that it imports, imports a library or takes tokens apart; true where
   * there is no file to read.
   */
  reaches(from: string, specifier: string): boolean;
}

/** Larger files are generated or bundled; nobody keeps a signing key by hand in them. */
export const MAX_BYTES = 256_000;

/** How many files one import is followed through in search of a library. */
const MAX_REACH = 40;

/** How many answers about texts are kept. */
const MAX_TEXTS = 5000;

/**
 * The same for all linted files that know the same libraries.
 *
 * @param isLibrary of a specifier that stands in one of the files
 */
export function createReach(isLibrary: (specifier: string) => boolean): Reach {
  const answers = shortLived<string, boolean>();
  const search = (start: string): boolean => {
    const reached = answers();
    const pending = [start];
    const visited = new Set<string>();
    for (let file = pending.pop(); file !== undefined; file = pending.pop()) {
      if (visited.has(file)) continue;
      visited.add(file);
      const known = reached.get(file);
      if (known === false) continue;
      const { mentions, uses, specifiers } = factsOf(file);
      if (known === undefined && !mentions) continue;
      if (known === true || uses || visited.size > MAX_REACH || specifiers.some(isLibrary)) {
        reached.set(start, true);
        return true;
      }
      for (const one of specifiers) {
        const next = resolveModule(file, one);
        if (next !== undefined) pending.push(next);
      }
    }
    for (const file of visited) reached.set(file, false);
    return false;
  };
  return {
    mentionsJwt(from, specifier) {
      const file = resolveModule(from, specifier);
      return file === undefined || factsOf(file).mentions;
    },
    reaches(from, specifier) {
      const start = resolveModule(from, specifier);
      return start === undefined || (answers().get(start) ?? search(start));
    },
  };
}

/** What the text of a file says without being parsed. */
interface TextFacts {
  /** It names JWTs. */
  readonly mentions: boolean;
  /** It calls what a framework's object carries, or takes tokens apart by hand. */
  readonly uses: boolean;
  /** What it imports. */
  readonly specifiers: readonly string[];
}

const texts = new Map<string, TextFacts & Stat>();

const NOTHING: TextFacts = { mentions: false, uses: false, specifiers: [] };

/** What cannot be read now is asked again when it is parsed. */
const UNREAD: TextFacts = { mentions: true, uses: true, specifiers: [] };

/** Bundlers are told things in comments before the specifier. */
const IMPORTED =
  /(?:\bfrom|\bimport|\brequire\s*\(|\bimport\s*\()\s*(?:\/\*[^*]*\*\/\s*)*(["'`])([^"'`\n]+)\1/gu;
const DECORATED = /[jJ]wt(?:\s*\??\.|Verify|Sign|Decode)/u;

function factsOf(file: string): TextFacts {
  const stat = statOf(file);
  if (stat === undefined || stat.size > MAX_BYTES) return NOTHING;
  const known = texts.get(file);
  if (known?.mtimeMs === stat.mtimeMs && known.size === stat.size) return known;
  const text = readText(file);
  const facts = text === undefined ? UNREAD : factsOfText(text);
  if (texts.size >= MAX_TEXTS) texts.clear();
  texts.set(file, { ...stat, ...facts });
  return facts;
}

function factsOfText(text: string): TextFacts {
  if (!mentionsJwt(text)) return NOTHING;
  return {
    mentions: true,
    uses: DECORATED.test(text) || takesApart(text),
    specifiers: importedIn(text),
  };
}

/** The modules that a text imports. */
export function importedIn(text: string): string[] {
  return [...text.matchAll(IMPORTED)].map(([, , specifier = ""]) => specifier);
}

/** What every hand-made decoder does. */
function takesApart(text: string): boolean {
  return (
    text.includes("JSON.parse") && text.includes("split(") && /atob|base64|Buffer/iu.test(text)
  );
}
