/**
 * Does a text nest so deeply that a parser in native code could exhaust its stack? That would end
 * the process, with no error to catch. The limits are far above what people and bundlers write, and
 * below half of what was seen to be too much. Only characters are counted, so that nothing here can
 * be exhausted itself.
 */

/** Brackets that are open at once, with strings and comments left out, and with all that is there. */
const MAX_OPEN = 900;
const MAX_OPEN_ANYWHERE = 1500;

/** Of what nests without brackets, in one file. */
const MAX_STATEMENTS = 3000;
const MAX_TEMPLATES = 2000;
const MAX_ELEMENTS = 5000;

/** Characters without any bracket, comma or semicolon: chains of operators. */
const MAX_STRETCH = 16_000;

const NO_CODE =
  /\/\*[^]*?(?:\*\/|$)|\/\/[^\n\r]*|"(?:\\[^]|[^"\\\n])*"|'(?:\\[^]|[^'\\\n])*'|`(?:\\[^]|[^`\\])*(?:`|$)/gu;

const CHAINS: readonly (readonly [pattern: RegExp, most: number])[] = [
  [/\b(?:else|if|for|while|with|do|try)\b/gu, MAX_STATEMENTS],
  [/\$\{/gu, MAX_TEMPLATES],
  [/<\//gu, MAX_ELEMENTS],
  // Types in types.
  [/\w\s*<\s*(?=[\w$]+\s*<)/gu, MAX_STATEMENTS],
];

export function isTooDeep(text: string): boolean {
  const code = text.replaceAll(NO_CODE, '""');
  return (
    mostOpen(text) > MAX_OPEN_ANYWHERE ||
    mostOpen(code) > MAX_OPEN ||
    longestStretch(code) > MAX_STRETCH ||
    CHAINS.some(([pattern, most]) => (text.match(pattern)?.length ?? 0) > most)
  );
}

function mostOpen(text: string): number {
  let open = 0;
  let most = 0;
  for (const [bracket] of text.matchAll(/[()[\]{}]/gu)) {
    if ("([{".includes(bracket)) most = Math.max(most, ++open);
    // More are closed than were opened: what opened them was no code.
    else open = Math.max(0, open - 1);
  }
  return most;
}

function longestStretch(code: string): number {
  let longest = 0;
  let last = 0;
  for (const { index } of code.matchAll(/[()[\]{},;]/gu)) {
    longest = Math.max(longest, index - last);
    last = index;
  }
  return Math.max(longest, code.length - last);
}
