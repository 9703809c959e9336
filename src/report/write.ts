/**
 * Writes files so that nobody ever sees half of one: the text goes into a file beside the target,
 * which then takes its name. Several outputs are all written before the first takes its name.
 */
import { mkdir, realpath, rename, rm, stat, writeFile } from "node:fs/promises";
import path from "node:path";

export interface Output {
  readonly file: string;
  readonly text: string;
  /** What the name of the file is relative to. */
  readonly cwd?: string;
}

let count = 0;

/** @throws the system's error, with nothing left behind and no target touched, if one cannot be written */
export async function writeOutputs(outputs: readonly Output[]): Promise<void> {
  const written: { readonly from: string; readonly to: string }[] = [];
  const special: { readonly to: string; readonly text: string }[] = [];
  try {
    for (const { file, text, cwd = "." } of outputs) {
      const named = path.resolve(cwd, file);
      await mkdir(path.dirname(named), { recursive: true });
      const to = await targetOf(named);
      if (to === undefined) {
        special.push({ to: named, text });
        continue;
      }
      const from = path.join(
        path.dirname(to),
        `.${path.basename(to)}.${String(process.pid)}.${String(++count)}.tmp`,
      );
      written.push({ from, to });
      await writeFile(from, text);
    }
    for (const { to, text } of special) await writeFile(to, text);
    for (const { from, to } of written) await rename(from, to);
  } catch (error) {
    await Promise.all(written.map(({ from }) => rm(from, { force: true })));
    throw error;
  }
}

/** What a link points to, so that the link stays; nothing for devices and pipes, which stay as well. */
async function targetOf(file: string): Promise<string | undefined> {
  try {
    const target = await realpath(file);
    const found = await stat(target);
    return found.isFile() || found.isDirectory() ? target : undefined;
  } catch {
    // Not there yet.
    return file;
  }
}
