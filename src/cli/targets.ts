/** Where the formats of a run go. */
import path from "node:path";
import { didYouMean } from "../compliance/suggest.ts";
import { formats, readTarget } from "../formats/index.ts";
import type { Format } from "../formats/index.ts";
import { writeOutputs } from "../report/index.ts";
import type { Report } from "../report/index.ts";
import type { Flags } from "./options.ts";
import { wantsColour } from "./streams.ts";
import type { Streams } from "./streams.ts";
import { UsageError } from "./usage-error.ts";

export interface Targets {
  readonly files: readonly { readonly format: Format; readonly file: string }[];
  /** What goes to standard output. */
  readonly shown: Format | undefined;
}

/** @throws UsageError for a format that does not exist, and for two that go to the same place */
export function readTargets(written: readonly string[], quiet: boolean): Targets {
  const targets = written.map(read);
  const shown = targets.flatMap(({ format, file }) => (file === undefined ? [format] : []));
  const files = targets.flatMap(({ format, file }) =>
    file === undefined ? [] : [{ format, file }],
  );
  if (shown.length > 1) {
    const [one, other] = shown.map(({ name }) => name);
    throw new UsageError(
      `${one} and ${other} both go to standard output. Give one of them a file, such as ${other}:report.${other}.`,
    );
  }
  const places = files.map(({ file }) => path.resolve(file));
  const twice = files.find((_, index) => places.indexOf(places[index] ?? "") !== index);
  if (twice !== undefined) {
    throw new UsageError(`Two formats go to ${twice.file}. Give each a file of its own.`);
  }
  const [standard] = formats;
  return { files, shown: shown[0] ?? (quiet ? undefined : standard) };
}

function read(written: string): ReturnType<typeof readTarget> {
  try {
    return readTarget(written);
  } catch (error) {
    const [name = ""] = written.split(":", 1);
    const hint = didYouMean(
      name,
      formats.map((format) => format.name),
    );
    throw new UsageError(`${error instanceof Error ? error.message : String(error)}${hint}`);
  }
}

/** Writes all files, then shows what is to be shown. */
export async function writeReport(
  report: Report,
  { files, shown }: Targets,
  flags: Pick<Flags, "color" | "no-color">,
  streams: Streams,
): Promise<void> {
  const { cwd, stdout, writing } = streams;
  const outputs = files.map(({ format, file }) => ({ file, text: format.render(report), cwd }));
  writing?.(true);
  try {
    await writeOutputs(outputs);
  } catch (error) {
    const { code, path: place } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    throw new UsageError(`The report cannot be written to ${place ?? "its file"}: ${code}.`);
  } finally {
    writing?.(false);
  }
  if (shown === undefined) return;
  const flag = flags["no-color"] === true ? false : flags.color;
  stdout.write(shown.render(report, { colour: wantsColour(streams, flag) }));
}
