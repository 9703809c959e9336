#!/usr/bin/env node
/** The command `eslint-plugin-jwt-audit`. */
import process from "node:process";

/** As of a wrong option. Node itself ends with 1 when it fails, which here would say something else. */
const COULD_NOT_ASSESS = 2;

/** By convention 128 and the number of the signal. */
const SIGNALS = { SIGINT: 130, SIGTERM: 143 } as const;

let isWriting = false;
let interrupted: number | undefined;

for (const [signal, code] of Object.entries(SIGNALS)) {
  process.on(signal, () => {
    // Files are written beside their targets and renamed: that moment is waited for.
    if (!isWriting || interrupted !== undefined) process.exit(code);
    interrupted = code;
  });
}

// Whoever reads the output may stop reading: `| head`.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
});

process.on("uncaughtException", (error) => {
  process.stderr.write(`${error.stack ?? error.message}\n`);
  process.exit(COULD_NOT_ASSESS);
});

try {
  // Loaded late: what is not installed has to be said in words.
  const { main } = await import("./cli/main.ts");
  process.exitCode = await main(process.argv.slice(2), {
    cwd: process.cwd(),
    env: process.env,
    stdin: process.stdin,
    stdout: process.stdout,
    stderr: process.stderr,
    writing: (state) => {
      isWriting = state;
      if (!state && interrupted !== undefined) process.exit(interrupted);
    },
  });
} catch (error) {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code !== "ERR_MODULE_NOT_FOUND") throw error;
  const [, name = "a package"] = /package '([^']+)'/u.exec(message) ?? [];
  process.stderr.write(
    `eslint-plugin-jwt-audit: ${name} is not installed. Install it with npm install --save-dev ${name}.\n`,
  );
  process.exitCode = COULD_NOT_ASSESS;
}
