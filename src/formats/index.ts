import { csv } from "./csv.ts";
import { cyclonedx } from "./cyclonedx.ts";
import { gitlabSast } from "./gitlab-sast.ts";
import { htmlFormat } from "./html.ts";
import { json } from "./json.ts";
import { junit } from "./junit.ts";
import { markdown } from "./markdown.ts";
import { oscal } from "./oscal.ts";
import { sarif, sarifFull } from "./sarif.ts";
import { terminal } from "./terminal.ts";
import type { Format } from "./types.ts";

export type { Format } from "./types.ts";

/** Every way to write a report down; the first is the default. */
export const formats: readonly Format[] = [
  terminal,
  json,
  htmlFormat,
  markdown,
  csv,
  sarif,
  sarifFull,
  junit,
  gitlabSast,
  oscal,
  cyclonedx,
];

/** Where a format goes: to a file, or to standard output. */
export interface Target {
  readonly format: Format;
  readonly file?: string;
}

/**
 * Reads `html:out/report.html`, or `json` for standard output.
 *
 * @throws RangeError that says which formats there are
 */
export function readTarget(text: string): Target {
  const [, name = "", file = ""] = /^([^:]*):?(.*)$/su.exec(text) ?? [];
  const format = formats.find((one) => one.name === name.toLowerCase());
  if (format === undefined) {
    const known = formats.map((one) => one.name).join(", ");
    throw new RangeError(`${JSON.stringify(name)} is no format. Known are ${known}.`);
  }
  return file === "" ? { format } : { format, file };
}
