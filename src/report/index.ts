/** The report: build one, merge several, read one again. */
export { assemble, isIntact } from "./assemble.ts";
export { buildReport } from "./build.ts";
export type { ReportInput } from "./build.ts";
export { readReport } from "./changes.ts";
export { now } from "./clock.ts";
export { loadConfig, readConfig } from "./config.ts";
export type { ReportConfig } from "./config.ts";
export { readContext } from "./context.ts";
export { FAIL_ON } from "./gate.ts";
export { mentionsTokens } from "./inspect.ts";
export { mergeReports } from "./merge.ts";
export { resolveConfig } from "./resolve.ts";
export type { Resolved } from "./resolve.ts";
export type * from "./types.ts";
export { WAIVER_FILE } from "./waiver-file.ts";
export { writeOutputs } from "./write.ts";
export type { Output } from "./write.ts";
