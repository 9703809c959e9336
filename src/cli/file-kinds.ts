/** What the name of a file says about what can be done with it. */

export type FileKind =
  | "script"
  /** Types without code. */
  | "declarations"
  /** Made by a program from something that is worth reading instead. */
  | "minified"
  /** Holds scripts among markup. */
  | "component"
  | "other";

const SCRIPT = /\.(?:[cm]?[jt]s|[jt]sx)$/iu;
const DECLARATIONS = /\.d\.(?:[^./\\]+\.)?[cm]?ts$/iu;
const MINIFIED = /[.-]min\.[cm]?js$/iu;
const COMPONENT = /\.(?:vue|svelte|astro)$/iu;

export function kindOf(name: string): FileKind {
  if (DECLARATIONS.test(name)) return "declarations";
  if (MINIFIED.test(name)) return "minified";
  if (SCRIPT.test(name)) return "script";
  return COMPONENT.test(name) ? "component" : "other";
}

/** Folders and files of tools, which hold other people's code: never entered unless named. */
const OF_TOOLS = new Set([
  ".git",
  ".hg",
  ".svn",
  ".yarn",
  ".pnp.cjs",
  ".pnp.js",
  ".pnp.loader.mjs",
  "node_modules",
]);

export function isOfTools(name: string): boolean {
  return OF_TOOLS.has(name);
}
