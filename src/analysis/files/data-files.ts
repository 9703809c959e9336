import { createRequire } from "node:module";
import type * as Yaml from "yaml";

/**
 * Files that hold data, as programs that export it. What stands on a line there stands on the same line
 * here, so that a finding can name it.
 */

const JSON_FILE = /\.json5?$/u;
const YAML_FILE = /\.ya?ml$/u;

export function isDataFile(file: string): boolean {
  return JSON_FILE.test(file) || YAML_FILE.test(file);
}

/** @throws {Error} where the text is not in the language that its name says */
export function programOf(file: string, text: string): string {
  // JSON is an expression; in parentheses it is a program that exports it.
  if (JSON_FILE.test(file)) return `module.exports=(${text}\n)`;
  return YAML_FILE.test(file) ? ofYaml(text) : text;
}

const require = createRequire(import.meta.url);

function ofYaml(text: string): string {
  // Few programs have settings in it: those that have none do not wait for it.
  const { LineCounter, isMap, isScalar, isSeq, parseDocument } = require("yaml") as typeof Yaml;
  const lines = new LineCounter();
  const { contents, errors } = parseDocument(text, { lineCounter: lines });
  const [problem] = errors;
  if (problem !== undefined) throw problem;
  let program = "module.exports=(";
  let line = 1;

  /** The text of a scalar, on its line; anything else, such as an alias, holds what nobody can see. */
  function write(node: unknown, value: unknown): void {
    const at = isScalar(node) ? lines.linePos(node.range?.[0] ?? 0).line : line;
    program += "\n".repeat(Math.max(0, at - line));
    program += value === undefined ? "undefined" : JSON.stringify(value);
    line = Math.max(line, at);
  }

  function visit(node: unknown): void {
    if (isMap(node)) {
      program += "{";
      for (const { key, value } of node.items) {
        write(key, isScalar(key) ? String(key.value) : "");
        program += ":";
        visit(value);
        program += ",";
      }
      program += "}";
    } else if (isSeq(node)) {
      program += "[";
      for (const item of node.items) {
        visit(item);
        program += ",";
      }
      program += "]";
    } else {
      write(node, isScalar(node) ? node.value : undefined);
    }
  }

  visit(contents);
  return `${program}\n)`;
}
