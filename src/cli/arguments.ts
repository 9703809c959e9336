/** Reads the command line, and says what is wrong with it in terms of what would be right. */
import { parseArgs } from "node:util";
import { didYouMean } from "../compliance/suggest.ts";
import { COMMANDS, OPTIONS } from "./options.ts";
import type { Command, Flags, OptionSpec } from "./options.ts";
import { UsageError } from "./usage-error.ts";

export interface Arguments {
  readonly command: Command;
  /** Paths to audit, or the files to read. */
  readonly operands: readonly string[];
  readonly flags: Flags;
}

/** @throws UsageError */
export function readArguments(args: readonly string[]): Arguments {
  const { tokens } = parseArgs({
    args: [...args],
    allowPositionals: true,
    strict: false,
    tokens: true,
    options: Object.fromEntries(
      [...OPTIONS].map(([name, { type, short, multiple = false }]) => [
        name,
        { type, multiple, ...(short === undefined ? {} : { short }) },
      ]),
    ),
  });
  const operands: string[] = [];
  const flags: Record<string, string | boolean | string[]> = {};
  let isPath = false;
  let command: Command = "audit";
  for (const token of tokens) {
    if (token.kind === "option-terminator") isPath = true;
    else if (token.kind === "positional") {
      const word = COMMANDS.find((each) => each === token.value);
      const isCommand = operands.length === 0 && command === "audit" && word !== undefined;
      if (isCommand && word !== "audit" && !isPath) command = word;
      else operands.push(token.value);
    } else {
      const spec = specOf(token.rawName, token.name);
      const value = valueOf(token, spec);
      const known = flags[token.name];
      if (spec.multiple === true) {
        flags[token.name] = [...(Array.isArray(known) ? known : []), String(value)];
      } else if (known !== undefined && known !== value) {
        throw new UsageError(`${token.rawName} is given twice. Give it once.`);
      } else flags[token.name] = value;
    }
  }
  const misplaced = Object.keys(flags).find(
    (name) => OPTIONS.get(name)?.commands?.includes(command) === false,
  );
  if (misplaced !== undefined) {
    const where = OPTIONS.get(misplaced)?.commands?.map(nameOf).join(" and ") ?? "";
    throw new UsageError(
      `--${misplaced} means nothing to ${nameOf(command)}. It belongs to ${where}.`,
    );
  }
  if (flags.color === true && flags["no-color"] === true) {
    throw new UsageError("--color and --no-color are both given. Give one of them.");
  }
  return { command, operands, flags: flags };
}

function nameOf(command: Command): string {
  return command === "audit" ? "the audit of paths" : `the command ${command}`;
}

function specOf(written: string, name: string): OptionSpec {
  const spec = OPTIONS.get(name);
  if (spec !== undefined) return spec;
  const names = [...OPTIONS.keys()];
  const hint = didYouMean(
    written,
    names.map((each) => `--${each}`),
  );
  throw new UsageError(
    `There is no option ${written}.${hint === "" ? " --help lists those that there are." : hint}`,
  );
}

function valueOf(
  {
    rawName,
    value,
    inlineValue,
  }: {
    readonly rawName: string;
    readonly value: string | undefined;
    readonly inlineValue: boolean | undefined;
  },
  { type, example = "value" }: OptionSpec,
): string | boolean {
  if (type === "boolean") {
    if (value === undefined) return true;
    throw new UsageError(`${rawName} takes no value, but got ${JSON.stringify(value)}.`);
  }
  // `-f=json`, which the reader of Node takes for the value "=json".
  if (value?.startsWith("=") === true && !rawName.startsWith("--")) return value.slice(1);
  if (value === undefined || value === "") {
    throw new UsageError(`${rawName} needs a value, such as ${rawName} ${example}.`);
  }
  if (inlineValue !== true && value.startsWith("-")) {
    throw new UsageError(
      `${rawName} needs a value, such as ${rawName} ${example}. If ${value} is meant, write ${rawName}=${value}.`,
    );
  }
  return value;
}
