import { createRequire } from "node:module";
import type * as Zxcvbn from "@zxcvbn-ts/core";
import type * as Common from "@zxcvbn-ts/language-common";

/**
 * Can a written secret be guessed?
 *
 * An HMAC key is attacked offline: whoever holds one token can try billions of keys a second, and
 * lists of keys from tutorials are tried first. zxcvbn finds passwords, repeats, sequences and
 * keyboard rows; it takes a sentence such as `my-super-secret-jwt-key` for strong, so sentences are
 * looked for apart.
 */
export type Guessable = "a common word or pattern" | "words that can be guessed";

/** Random texts of 32 characters count 94 bits and more with zxcvbn, patterns 50 and fewer. */
const MIN_BITS = 64;

/** A text with a pattern in it takes less than this share of the guesses of a random one. */
const MAX_SHARE = 0.75;

/** zxcvbn takes time that grows with the length; a longer text is as weak as its beginning. */
const MAX_LENGTH = 64;

/** The part of a text that words have to make up to call it a sentence. */
const MIN_COVERAGE = 0.75;

/** Sentences of more words than this are as strong as a random key of 128 bits. */
const MAX_WORDS = 10;

const answers = new Map<string, Guessable | undefined>();

export function guessable(secret: string): Guessable | undefined {
  const text = secret.slice(0, MAX_LENGTH);
  if (answers.has(text)) return answers.get(text);
  const answer = isPattern(text)
    ? "a common word or pattern"
    : isSentence(text)
      ? "words that can be guessed"
      : undefined;
  answers.set(text, answer);
  return answer;
}

interface Judge {
  bits(text: string): number;
  readonly words: ReadonlySet<string>;
}

let judge: Judge | undefined;

/** The word lists take a tenth of a second to load: only files with a written key pay for them. */
function loadJudge(): Judge {
  const load = createRequire(import.meta.url);
  const { zxcvbn, zxcvbnOptions } = load("@zxcvbn-ts/core") as typeof Zxcvbn;
  const { dictionary, adjacencyGraphs } = load("@zxcvbn-ts/language-common") as typeof Common;
  zxcvbnOptions.setOptions({ dictionary, graphs: adjacencyGraphs, l33tMaxSubstitutions: 10 });
  const words = new Set(
    Object.values(dictionary)
      .flat()
      .map(String)
      .filter((word) => /^[a-z]{4,}$/u.test(word)),
  );
  for (const word of TRADE) words.add(word);
  return { bits: (text) => zxcvbn(text).guessesLog10 * Math.log2(10), words };
}

/** Words of the trade and short ones, which general lists leave out. */
const TRADE =
  "jwt jws key keys api app dev env hmac sha rsa auth token tokens secret secrets access refresh signing sign signed private server service backend frontend admin user prod production development local localhost default example sample demo test testing temp placeholder random string long enough chars characters char bytes bits bit minimum least please change changeme changed replace must should need here this that the your our for with and not use used only very super ultra mega top highly secure secured unsafe insecure encryption json web node express nest nestjs at in is it me my of on or to do be we you key1 password passphrase value some any insert set session cookie project company website config".split(
    " ",
  );

function isPattern(text: string): boolean {
  judge ??= loadJudge();
  // A short random text is short, not a pattern: zxcvbn counts ten guesses for each character.
  const random = text.length * Math.log2(10);
  return judge.bits(text) < Math.min(MIN_BITS, random * MAX_SHARE);
}

/** Two words or more and little else: digits at the end of a word count as part of it. */
function isSentence(text: string): boolean {
  const letters = text.replaceAll(/[^a-z]/giu, "").length;
  const chunks = text
    .replaceAll(/([a-z])([A-Z])/gu, "$1 $2")
    .toLowerCase()
    .split(/[^a-z]+/u)
    .filter((chunk) => chunk !== "");
  let covered = 0;
  let words = 0;
  for (const chunk of chunks) {
    const found = wordsIn(chunk);
    covered += found.length;
    words += found.count;
  }
  const others = text.replaceAll(/[a-z\W_]/giu, "").length;
  return words >= 2 && words <= MAX_WORDS && covered >= letters * MIN_COVERAGE && others <= letters;
}

interface Cover {
  readonly length: number;
  readonly count: number;
}

/** The most letters of a chunk that words cover, the fewest words that do. */
function wordsIn(chunk: string): Cover {
  judge ??= loadJudge();
  const best: Cover[] = [{ length: 0, count: 0 }];
  for (let end = 1; end <= chunk.length; end += 1) {
    let cover = best[end - 1] ?? { length: 0, count: 0 };
    for (let start = Math.max(0, end - MAX_WORD); start <= end - 2; start += 1) {
      // Two letters are a word only where they stand alone.
      if (end - start < MIN_WORD && (start > 0 || end < chunk.length)) continue;
      if (!judge.words.has(chunk.slice(start, end))) continue;
      const before = best[start] ?? { length: 0, count: 0 };
      const next = { length: before.length + end - start, count: before.count + 1 };
      if (
        next.length > cover.length ||
        (next.length === cover.length && next.count < cover.count)
      ) {
        cover = next;
      }
    }
    best.push(cover);
  }
  return best[chunk.length] ?? { length: 0, count: 0 };
}

const MIN_WORD = 3;
const MAX_WORD = 14;
