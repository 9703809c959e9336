/** The digest at the end of a report, by which one that was changed can be told. */
import { sha256 } from "./fingerprint.ts";
import type { Report } from "./types.ts";

/** Ends a report with the digest of all that it says. */
export function seal(report: Omit<Report, "integrity">): Report {
  return {
    ...report,
    integrity: { algorithm: "sha256", digest: sha256(JSON.stringify(report)) },
  };
}

/** Whether a report is as it was written; one without a digest is not. */
export function isIntact({ integrity, ...rest }: Partial<Report>): boolean {
  return integrity?.digest === sha256(JSON.stringify(rest));
}
