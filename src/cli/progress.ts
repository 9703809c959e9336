import type { Sink } from "./streams.ts";

/** Shorter runs say nothing, in milliseconds. */
const PATIENCE = 700;
const PAUSE = 100;

/** One line that is written over and over, for a person who waits; nothing where nobody does. */
export class Progress {
  readonly #sink: Sink;
  readonly #isOn: boolean;
  readonly #now: () => number;
  #next: number;
  #isShown = false;

  constructor(sink: Sink, env: NodeJS.ProcessEnv, now: () => number = Date.now) {
    this.#sink = sink;
    this.#isOn = sink.isTTY === true && env.TERM !== "dumb" && (env.CI ?? "") === "";
    this.#now = now;
    this.#next = now() + PATIENCE;
  }

  say(text: string): void {
    if (!this.#isOn || this.#now() < this.#next) return;
    this.#next = this.#now() + PAUSE;
    this.#isShown = true;
    this.#sink.write(`\r\u001B[K${text}`);
  }

  done(): void {
    if (this.#isShown) this.#sink.write("\r\u001B[K");
    this.#isShown = false;
  }
}
