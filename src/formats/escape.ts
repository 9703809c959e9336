/**
 * Every format writes names of files and messages that somebody else chose. What a text could do to
 * a reader, a terminal, a browser or a spreadsheet is taken out here and nowhere else.
 */

/**
 * Control characters, and those that reorder or hide text. A terminal obeys the first, a reader is
 * fooled by the second.
 */
const UNSAFE =
  // eslint-disable-next-line no-control-regex -- They are what this is about.
  /[\u0000-\u001F\u007F-\u009F\u00AD\u061C\u200B-\u200F\u2028-\u202E\u2060-\u2069\uFEFF\uFFFE\uFFFF]|\p{Surrogate}/gu;

/** One line of text that shows what it holds: `\u001B` instead of the character. */
export function plain(text: string): string {
  return text.replaceAll(/[\t\n\r]+/gu, " ").replaceAll(UNSAFE, toEscape);
}

function toEscape(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  return `\\u${code.toString(16).toUpperCase().padStart(4, "0")}`;
}

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** For text and quoted attributes of HTML and XML. */
export function escapeMarkup(text: string): string {
  return plain(text).replaceAll(/[&<>"']/gu, (character) => ENTITIES[character] ?? "");
}

/** Text in Markdown: nothing in it is a link, an image, HTML, a mention or the end of a cell. */
export function escapeMarkdown(text: string): string {
  return plain(text)
    .replaceAll(/[\\`*_{}[\]()#|~!$^]/gu, String.raw`\$&`)
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll("@", "&#64;")
    .replaceAll(/\b(https?|ftp):/giu, "$1&#58;")
    .replaceAll(/\bwww\./giu, "www&#46;")
    .replace(/^(\s*)([-+=]|\d+\.)/u, String.raw`$1\$2`);
}

/** Code in a table of Markdown. */
export function markdownCode(text: string): string {
  const safe = plain(text).replaceAll("|", String.raw`\|`);
  const longest = Math.max(0, ...[...safe.matchAll(/`+/gu)].map(([run]) => run.length));
  const fence = "`".repeat(longest + 1);
  const gap = safe.startsWith("`") || safe.endsWith("`") ? " " : "";
  return `${fence}${gap}${safe}${gap}${fence}`;
}

/**
 * A cell of RFC 4180. Spreadsheets run what begins like a formula, so that such a text gets an
 * apostrophe in front, which they take for "this is text".
 */
export function csvCell(value: string | number | boolean): string {
  if (typeof value !== "string") return String(value);
  const text = plain(value);
  const guarded = /^\s*[=+\-@|%\uFF0B\uFF0D\uFF1D\uFF20]/u.test(text) ? `'${text}` : text;
  return /[",\r\n]/u.test(guarded) ? `"${guarded.replaceAll('"', '""')}"` : guarded;
}

/** An address that may be linked to, or nothing. */
export function safeUrl(url: string | undefined): string | undefined {
  if (url === undefined || !URL.canParse(url)) return undefined;
  const { protocol, href } = new URL(url);
  return protocol === "https:" || protocol === "http:" ? href : undefined;
}

/** A path as part of an address: `a file.js` is `a%20file.js`. */
export function pathToUri(path: string): string {
  const uri = path
    .replaceAll(/\p{Surrogate}/gu, "\uFFFD")
    .split("/")
    .map((part) => encodeURIComponent(part))
    .join("/");
  if (path.startsWith("/")) return `file://${uri}`;
  return /^[A-Za-z]%3A/u.test(uri) ? `file:///${uri.replace("%3A", ":")}` : uri;
}

/** For the strings of JSON formats: what is no character of a text becomes visible. */
export function jsonText(text: string): string {
  return text
    .split("\n")
    .map((line) => plain(line))
    .join("\n");
}

/** Never ends within a character that takes two places. */
export function truncate(text: string, length: number): string {
  if (text.length <= length) return text;
  return `${text.slice(0, length - 1).replace(/[\uD800-\uDBFF]$/u, "")}…`;
}
