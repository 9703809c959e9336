/** What waivers have to say, where nothing else is asked for. */
import type { WaiverPolicy } from "./types.ts";

export const DEFAULT_WAIVER_POLICY: WaiverPolicy = {
  requireJustification: true,
  requireTicket: false,
  requireApprover: false,
  requireExpiry: false,
  warnDays: 30,
};
