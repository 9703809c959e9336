/**
 * The hash by which GitHub recognises an alert: a rolling hash over the hundred characters from the
 * start of a line, spaces left out. Its upload action computes the same from the checked-out
 * source; an upload by other ways has to bring it along, or alerts double.
 *
 * The algorithm is that of `src/fingerprints.ts` in github/codeql-action.
 */

const BLOCK = 100;
const MODULUS = 37n;
const FIRST = power(MODULUS, BLOCK);

const TAB = 9;
const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;
const SPACE = 32;
const END = 65_535;

/** The hashes of the lines asked for, by number. Reading ends after the last of them. */
export function lineHashes(source: string, wanted: ReadonlySet<number>): Map<number, string> {
  const hashes = new Map<number, string>();
  const counts = new Map<string, number>();
  const window = new Array<number>(BLOCK).fill(0);
  const lines = new Array<number>(BLOCK).fill(-1);
  const last = Math.max(0, ...wanted);
  let hash = 0n;
  let index = 0;
  let line = 0;
  let isLineStart = true;
  let isAfterReturn = false;

  function output(): void {
    const at = lines[index] ?? -1;
    if (at === -1) return;
    const value = hash.toString(16);
    const count = (counts.get(value) ?? 0) + 1;
    counts.set(value, count);
    if (wanted.has(at)) hashes.set(at, `${value}:${String(count)}`);
    lines[index] = -1;
  }

  function push(code: number): void {
    const leaving = window[index] ?? 0;
    window[index] = code;
    hash = BigInt.asUintN(64, MODULUS * hash + BigInt(code) - FIRST * BigInt(leaving));
    index = (index + 1) % BLOCK;
  }

  function read(code: number): void {
    if (code === SPACE || code === TAB || (isAfterReturn && code === LINE_FEED)) {
      isAfterReturn = false;
      return;
    }
    isAfterReturn = code === CARRIAGE_RETURN;
    const character = isAfterReturn ? LINE_FEED : code;
    output();
    if (isLineStart) {
      isLineStart = false;
      line++;
      lines[index] = line;
    }
    if (character === LINE_FEED) isLineStart = true;
    push(character);
  }

  for (let at = 0; at < source.length; at++) {
    // Every line that was asked for has left the window.
    if (line > last && hashes.size === wanted.size) return hashes;
    read(source.charCodeAt(at));
  }
  read(END);
  for (let count = 0; count < BLOCK; count++) {
    output();
    push(0);
  }
  return hashes;
}

function power(base: bigint, exponent: number): bigint {
  let result = 1n;
  for (let count = 0; count < exponent; count++) result = BigInt.asUintN(64, result * base);
  return result;
}
