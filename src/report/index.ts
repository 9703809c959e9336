/** The report: build one, merge several, read one again. */
export { buildReport } from "./build.ts";
export type { ReportInput } from "./build.ts";
export { readReport } from "./changes.ts";
export { now } from "./clock.ts";
export { relativeName } from "./collect.ts";
export { loadConfig } from "./config.ts";
export type { ReportConfig } from "./config.ts";
export type { CoverageExtras, FileFacts } from "./coverage.ts";
export { readContext } from "./context.ts";
export { FAIL_ON } from "./gate.ts";
export { createProbe, mentionsJwt, mentionsTokens } from "./inspect.ts";
export type { Inspection, Probe } from "./inspect.ts";
export { mergeReports } from "./merge.ts";
export { milderOf } from "./rule-state.ts";
export { resolveConfig } from "./resolve.ts";
export type { Resolved } from "./resolve.ts";
export type * from "./types.ts";
export { writeOutputs } from "./write.ts";
