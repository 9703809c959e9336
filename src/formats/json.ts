import type { Format } from "./types.ts";

/** The report itself, from which every other format can be written later. */
export const json: Format = {
  name: "json",
  description: "The whole report; the source of the others.",
  render: (report) => `${JSON.stringify(report, undefined, 2)}\n`,
};
