/** Reads the text of a file, whatever it turns out to be. */
import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { isUtf8 } from "node:buffer";

/** Longer files are not parsed, in bytes: they are generated, and cost more than they tell. */
const MAX_SIZE = 1024 * 1024;

/** Longer files are not even searched for words. */
const MAX_SEARCHED = 64 * 1024 * 1024;

/** How much of a file is looked at for bytes that no text has. */
const PROBED = 8000;

export type ReadText =
  | { readonly kind: "text"; readonly text: string; readonly isLatin1: boolean }
  /** `text` is missing where there is none to search. */
  | { readonly kind: "unread"; readonly reason: string; readonly text?: string };

export function readText(file: string): ReadText {
  let bytes: Buffer;
  try {
    const opened = openSync(file, "r");
    try {
      const { size } = fstatSync(opened);
      if (size > MAX_SEARCHED) return { kind: "unread", reason: tooLarge(size) };
      bytes = readBytes(opened, size);
    } finally {
      closeSync(opened);
    }
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return { kind: "unread", reason: `It cannot be read: ${code ?? String(error)}.` };
  }
  const { text, isLatin1 } = decode(bytes);
  if (text.slice(0, PROBED).includes("\0")) {
    return { kind: "unread", reason: "It is no text, whatever its name says.", text };
  }
  if (bytes.length > MAX_SIZE) return { kind: "unread", reason: tooLarge(bytes.length), text };
  return { kind: "text", text, isLatin1 };
}

/** One file after the other is read into the same memory: thousands of buffers keep it busy. */
const shared = Buffer.allocUnsafeSlow(MAX_SIZE);

function readBytes(opened: number, size: number): Buffer {
  const bytes = size <= shared.length ? shared : Buffer.allocUnsafeSlow(size);
  let length = 0;
  while (length < size) {
    const count = readSync(opened, bytes, length, size - length, null);
    if (count === 0) break;
    length += count;
  }
  return bytes.subarray(0, length);
}

function decode(bytes: Buffer): { readonly text: string; readonly isLatin1: boolean } {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return utf16(bytes);
  if (first === 0xfe && second === 0xff) {
    return utf16(Buffer.from(bytes.subarray(0, bytes.length & ~1)).swap16());
  }
  // What has bytes beyond UTF-8 is of an older encoding; its words are the same in all of them.
  return isUtf8(bytes)
    ? { text: bytes.toString("utf8"), isLatin1: false }
    : { text: bytes.toString("latin1"), isLatin1: true };
}

function utf16(bytes: Buffer): { readonly text: string; readonly isLatin1: boolean } {
  return { text: bytes.toString("utf16le"), isLatin1: false };
}

function tooLarge(size: number): string {
  const megabytes = (size / MAX_SIZE).toFixed(1);
  return `It has ${megabytes} MB, and files above 1 MB are not parsed. Audit what it was made from, or name it in "ignores" of jwt-audit.config.js.`;
}
