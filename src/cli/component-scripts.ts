/** The code that stands in a component of Vue, Svelte or Astro. */
import path from "node:path";

interface Script {
  /** As long as the component, with spaces for all that is not this script: places stay the same. */
  readonly text: string;
  /** Of a file that would hold such a script. */
  readonly extension: ".mjs" | ".ts" | ".tsx";
}

export interface ComponentScripts {
  readonly scripts: readonly Script[];
  /** Do expressions around them send tokens or keep them, as far as words tell? */
  readonly handlesTokens: boolean;
  /** Languages of scripts that are not read, such as `coffee`. */
  readonly foreign: readonly string[];
}

interface Block {
  readonly start: number;
  readonly end: number;
  readonly extension: Script["extension"] | undefined;
  readonly language: string;
}

const EXTENSIONS: ReadonlyMap<string, Script["extension"]> = new Map([
  ["js", ".mjs"],
  ["javascript", ".mjs"],
  ["jsx", ".mjs"],
  ["babel", ".mjs"],
  ["ts", ".ts"],
  ["typescript", ".ts"],
  ["tsx", ".tsx"],
] as const);

/** Types of `<script>` that hold code: others hold data, or templates. */
const CODE =
  /^(?:module|(?:text|application)\/(?:x-)?(?:java|type|ecma)script|text\/babel|[jt]sx?)$/iu;

/**
 * In Vue and Svelte all scripts are one module, as the compilers make of them. In Astro what stands
 * between the fences runs on the server, and each script by itself in the browser.
 */
export function scriptsOf(file: string, text: string): ComponentScripts {
  const isAstro = path.extname(file).toLowerCase() === ".astro";
  const fence = isAstro ? frontmatter(text) : undefined;
  const blocks = [
    ...(fence === undefined ? [] : [fence]),
    ...elements(text, fence?.end ?? 0, isAstro ? "ts" : "js"),
  ];
  const read = blocks.filter(({ extension }) => extension !== undefined);
  const groups = isAstro ? read.map((block) => [block]) : read.length === 0 ? [] : [read];
  return {
    scripts: groups.map((group) => toScript(text, group)),
    handlesTokens: HANDLES.test(without(text, blocks)),
    foreign: blocks.flatMap(({ extension, language }) =>
      extension === undefined ? [language] : [],
    ),
  };
}

/** A class or a slot may be called a token as well. */
const HANDLES =
  /[?&]\w*(?:token|jwt)=|\b(?:local|session)Storage\b|\bBearer\b|access_?token|\bjwt\b/iu;

function toScript(text: string, blocks: readonly Block[]): Script {
  let code = "";
  for (const { start, end } of blocks) {
    code += blank(text.slice(code.length, start)) + text.slice(start, end);
  }
  const extensions = blocks.map(({ extension }) => extension);
  return {
    text: code + blank(text.slice(code.length)),
    extension: ([".tsx", ".ts"] as const).find((one) => extensions.includes(one)) ?? ".mjs",
  };
}

function without(text: string, blocks: readonly Block[]): string {
  let rest = "";
  let last = 0;
  for (const { start, end } of blocks) {
    rest += text.slice(last, start);
    last = end;
  }
  return rest + text.slice(last);
}

/** Line ends stay, all four that JavaScript knows. */
function blank(text: string): string {
  return text.replaceAll(/[^\n\r\u2028\u2029]/g, " ");
}

const FENCE = /^\s*---[^\n]*\n/u;

/** @returns undefined where there is none, or where it is not closed */
function frontmatter(text: string): Block | undefined {
  const [opening] = FENCE.exec(text) ?? [];
  if (opening === undefined) return undefined;
  const end = text.indexOf("\n---", opening.length - 1);
  if (end === -1) return undefined;
  return {
    start: opening.length,
    end: Math.max(end, opening.length),
    extension: ".ts",
    language: "ts",
  };
}

const COMMENT_OR_SCRIPT = /<!--|<script(?=[\s>])/giu;
const CLOSING = /<\/script(?=[\s/>])/giu;
/** The rest of an opening tag. */
const ATTRIBUTES = /(?:[^"'>]|"[^"]*"|'[^']*')*>/uy;

function* elements(text: string, from: number, usual: "js" | "ts"): Generator<Block> {
  let at = from;
  for (;;) {
    const opening = matchFrom(COMMENT_OR_SCRIPT, text, at);
    if (opening === undefined) return;
    if (opening[0] === "<!--") {
      const end = text.indexOf("-->", opening.index);
      if (end === -1) return;
      at = end;
      continue;
    }
    const tag = matchFrom(ATTRIBUTES, text, opening.index + opening[0].length);
    if (tag === undefined) return;
    const start = tag.index + tag[0].length;
    at = start;
    if (tag[0].endsWith("/>")) continue;
    const closing = matchFrom(CLOSING, text, start);
    if (closing === undefined) return;
    at = closing.index;
    const language = languageOf(tag[0], usual);
    if (language === undefined) continue;
    yield { start, end: closing.index, extension: EXTENSIONS.get(language), language };
  }
}

function matchFrom(pattern: RegExp, text: string, at: number): RegExpExecArray | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text) ?? undefined;
}

/** @returns undefined for a script that is no code */
function languageOf(attributes: string, usual: "js" | "ts"): string | undefined {
  const type = attribute(attributes, "type");
  if (type !== undefined && type !== "" && !CODE.test(type)) return undefined;
  const written = attribute(attributes, "lang");
  if (written !== undefined && written !== "") return written.toLowerCase();
  return /ts|type/iu.test(type ?? "") ? "ts" : usual;
}

function attribute(attributes: string, name: string): string | undefined {
  const found = new RegExp(`\\s${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)'|([^\\s"'>]+))`, "iu").exec(
    attributes,
  );
  return found === null ? undefined : (found[1] ?? found[2] ?? found[3])?.trim();
}
