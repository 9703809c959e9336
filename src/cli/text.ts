/** Text for a terminal of 80 columns. */
const WIDTH = 80;

/** Lines of at most 80 columns; a word that is longer stands alone. */
export function wrap(text: string, indent = 0): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    if (line !== "" && indent + line.length + 1 + word.length > WIDTH) {
      lines.push(line);
      line = word;
    } else line = line === "" ? word : `${line} ${word}`;
  }
  lines.push(line);
  return lines.map((one) => (one === "" ? "" : " ".repeat(indent) + one));
}

/** A term in a column of its own, and what is said about it beside it. */
export function entry(term: string, text: string, column: number): string[] {
  const [first = "", ...rest] = wrap(text, column);
  return term.length < column - 1
    ? [term.padEnd(column) + first.trimStart(), ...rest]
    : [term, first, ...rest];
}
