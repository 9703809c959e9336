/** What the command reads and writes; tests hand in their own. */
export interface Streams {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  readonly stdin: AsyncIterable<Uint8Array | string>;
  readonly stdout: Sink;
  readonly stderr: Sink;
  /** Told before files take their names and after: what stands between must not be interrupted. */
  readonly writing?: (isWriting: boolean) => void;
}

export interface Sink {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

/** The flags decide, then FORCE_COLOR and NO_COLOR, then whether it is a terminal that can. */
export function wantsColour(
  { stdout, env }: Pick<Streams, "stdout" | "env">,
  flag: boolean | undefined,
): boolean {
  if (flag !== undefined) return flag;
  const { FORCE_COLOR: force, NO_COLOR: none, TERM: terminal } = env;
  if (force !== undefined && force !== "") return force !== "0" && force !== "false";
  if (none !== undefined && none !== "") return false;
  return stdout.isTTY === true && terminal !== "dumb";
}

/** The whole of standard input, as UTF-8. */
export async function readAll(stdin: Streams["stdin"]): Promise<string> {
  const pieces: Uint8Array[] = [];
  for await (const piece of stdin) {
    pieces.push(typeof piece === "string" ? Buffer.from(piece) : piece);
  }
  return Buffer.concat(pieces).toString("utf8");
}
