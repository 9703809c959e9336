import type { Report } from "../report/types.ts";

interface RenderOptions {
  /** ANSI colours, for a terminal that shows them. */
  readonly colour?: boolean;
  /** The most characters that the text may have, where the format has a limit. */
  readonly maxLength?: number;
}

export interface Format {
  readonly name: string;
  readonly description: string;
  render(report: Report, options?: RenderOptions): string;
}
