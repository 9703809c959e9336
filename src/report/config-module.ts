/** The configuration as a module: code of the user's own, whose mistakes are told as such. */
import { pathToFileURL } from "node:url";
import type { Problems } from "../compliance/problems.ts";
import { mask } from "./mask.ts";

const RIGHT = "The file is a module with `export default { … }`, or JSON in jwt-audit.config.json.";

/**
 * @returns the default export of the module, as JSON
 * @throws ComplianceFileError with the original error, if the module cannot be loaded
 */
export async function loadModule(file: string, problems: Problems): Promise<string> {
  const address = pathToFileURL(file).href;
  let module: { readonly default?: unknown };
  try {
    module = (await import(address)) as { readonly default?: unknown };
  } catch (error) {
    problems.add("", `It cannot be loaded: ${describe(error, address)} ${RIGHT}`);
    problems.done();
    throw error;
  }
  const { default: value } = module;
  if (value === undefined) problems.add("", `It has no default export. ${RIGHT}`);
  else if (typeof value === "function") {
    problems.add("", `Its default export is a function, which is not called. ${RIGHT}`);
  }
  problems.done();
  return serialise(value, problems);
}

function serialise(value: unknown, problems: Problems): string {
  try {
    return JSON.stringify(value);
  } catch (error) {
    problems.add("", `Its default export cannot be written as JSON: ${describe(error)}`);
    problems.done();
    throw error;
  }
}

/** The first line of the error, and the line of the file where the stack names one. */
function describe(error: unknown, address?: string): string {
  if (!(error instanceof Error)) return `it throws ${mask(String(error))}.`;
  const [message = ""] = error.message.split("\n", 1);
  const text = mask(`${error.name}: ${message}`).replace(/[.!?]$/u, "");
  const [, place = ""] = address === undefined ? [] : (error.stack ?? "").split(`${address}:`, 2);
  const line = /^\d+/u.exec(place)?.[0];
  return line === undefined ? `${text}.` : `${text}, in line ${line}.`;
}
