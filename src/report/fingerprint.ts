/**
 * What tells a finding apart from others, and stays the same when lines above it come and go.
 *
 * It is made of the rule, the kind of message, the file and the text of the line without its
 * spaces; the second such finding in a file is number two. String contents do not count, so that
 * nothing can be learnt about a key from the fingerprint of its finding.
 */
import { createHash } from "node:crypto";

const STRINGS = /(["'`])(?:\\.|(?!\1).)*(?:\1|$)/gu;

export interface Place {
  readonly rule: string;
  readonly messageId: string | undefined;
  readonly message: string;
  readonly file: string;
  /** The text of the line, where the source was at hand. */
  readonly text: string | undefined;
  readonly line: number;
}

export class Fingerprints {
  readonly #seen = new Map<string, number>();

  /** Findings have to come in the order of the file: the number tells like ones apart. */
  of({ rule, messageId, message, file, text, line }: Place): string {
    const kind = messageId ?? message.replaceAll(/\d+/gu, "0");
    const where =
      text === undefined
        ? `line ${String(line)}`
        : text.replaceAll(STRINGS, "$1$1").replaceAll(/\s+/gu, "");
    const key = JSON.stringify([rule, kind, file, where]);
    const count = (this.#seen.get(key) ?? 0) + 1;
    this.#seen.set(key, count);
    return sha256(`${key}#${String(count)}`).slice(0, 32);
  }
}

export function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
