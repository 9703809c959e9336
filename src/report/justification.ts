/**
 * What people write after the `--` of an `eslint-disable` comment:
 *
 *     // eslint-disable-next-line jwt-audit/no-hardcoded-key -- SEC-123; test double only; approved-by @alice; expires 2027-03-31
 *
 * Read leniently: the parts may stand in any order, between semicolons, commas or full stops.
 */
import { isDay } from "./clock.ts";
import { mask } from "./mask.ts";

export interface Justification {
  /** What is left when the other parts are taken out. */
  readonly reason?: string;
  readonly ticket?: string;
  readonly approver?: string;
  readonly owner?: string;
  readonly expires?: string;
  readonly created?: string;
  /** Dates that are none, as they were written. */
  readonly malformed: readonly string[];
}

/** Names of standards and algorithms that have the form of a ticket. */
const NO_TICKET =
  /^(?:AES|ASVS|BCP|CAPEC|CCPA|CVE|CWE|ECDSA|ECMA|EN|ES|FIPS|GDPR|GHSA|HS|ISO|JWA|JWE|JWK|JWS|JWT|MD|NIST|OWASP|PCI|PS|RFC|RS|RSA|SHA|SOC|SP|TLS|UTF|X)-/u;

const TICKET = /(?<![\w/-])(?:[A-Z][A-Z0-9_]*-\d+|(?:[\w.-]+\/[\w.-]+)?#\d+)\b/gu;
const ADDRESS = /https?:\/\/[^\s;,)]+/u;
const PERSON = String.raw`[:=]?\s*(@?[\p{L}\p{N}_][\p{L}\p{N}_.+/-]*(?:@[\w.-]+)?)`;
const APPROVER = new RegExp(String.raw`\bapproved[\s-]?by\b${PERSON}`, "iu");
const OWNER = new RegExp(String.raw`\bowner\b${PERSON}`, "iu");
const EXPIRES =
  /\b(?:expires?|expiry|until|valid[\s-]until)\b(?:\s*[:=]|\s+on\b)?\s*(\d[\d./-]*\d)/iu;
const CREATED = /\b(?:created|since|added)\b(?:\s*[:=]|\s+on\b)?\s*(\d[\d./-]*\d)/iu;

export function readJustification(text: string): Justification {
  let rest = text;
  const malformed: string[] = [];

  const take = (pattern: RegExp): string | undefined => {
    const match = pattern.exec(rest);
    if (match === null) return undefined;
    rest = `${rest.slice(0, match.index)} ; ${rest.slice(match.index + match[0].length)}`;
    return (match[1] ?? match[0]).replace(/[.,;]+$/u, "");
  };
  const takeDay = (pattern: RegExp): string | undefined => {
    const written = take(pattern);
    if (written === undefined) return undefined;
    if (isDay(written)) return written;
    malformed.push(written);
    return undefined;
  };

  const expires = takeDay(EXPIRES);
  const created = takeDay(CREATED);
  const approver = take(APPROVER);
  const owner = take(OWNER);
  const ticket = take(ADDRESS) ?? takeTicket();
  const reason = tidy(rest);

  function takeTicket(): string | undefined {
    for (const match of rest.matchAll(TICKET)) {
      if (NO_TICKET.test(match[0])) continue;
      rest = `${rest.slice(0, match.index)} ; ${rest.slice(match.index + match[0].length)}`;
      return match[0];
    }
    return undefined;
  }

  return {
    ...(reason === "" ? {} : { reason: mask(reason) }),
    ...(ticket === undefined ? {} : { ticket: mask(ticket) }),
    ...(approver === undefined ? {} : { approver }),
    ...(owner === undefined ? {} : { owner }),
    ...(expires === undefined ? {} : { expires }),
    ...(created === undefined ? {} : { created }),
    malformed,
  };
}

/** The pieces between separators that say something. */
function tidy(text: string): string {
  return text
    .split(/\s*;\s*/u)
    .map((piece) => piece.replace(/^[\s,.:()-]+|[\s,:(-]+$/gu, "").replaceAll(/\s+/gu, " "))
    .filter((piece) => /\p{L}/u.test(piece))
    .join("; ");
}
