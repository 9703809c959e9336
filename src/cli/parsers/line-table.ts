/** Lines count from one and columns from zero, as in ESTree; both count UTF-16 units. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

export interface Location {
  readonly start: Position;
  readonly end: Position;
}

const LINE_BREAK = /\r\n|[\n\r\u2028\u2029]/gu;

/** Where the lines of a text begin. */
export class LineTable {
  readonly #starts: readonly number[];

  constructor(text: string) {
    const breaks = Array.from(text.matchAll(LINE_BREAK), ({ 0: end, index }) => index + end.length);
    this.#starts = [0, ...breaks];
  }

  positionOf(offset: number): Position {
    const starts = this.#starts;
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: offset - (starts[low] ?? 0) };
  }

  locationOf(start: number, end: number): Location {
    return { start: this.positionOf(start), end: this.positionOf(end) };
  }
}
