/**
 * Takes secrets out of text that other people wrote: messages of other plugins, reasons of waivers,
 * addresses with credentials. The messages of this plugin never hold one. What is doubtful is
 * masked; a report is filed and sent around, and can not be called back.
 */

const MASK = "***";

const PATTERNS: readonly RegExp[] = [
  // A JWT, or a part of one long enough to be of use.
  /\beyJ[\w-]{8,}(?:\.[\w-]*){0,4}/gu,
  /-----BEGIN [A-Z0-9 ]+-----[\s\S]*?(?:-----END [A-Z0-9 ]+-----|$)/gu,
  // Tokens of well-known issuers.
  /\b(?:gh[oprsu]_|github_pat_|glpat-|sk_live_|sk_test_|rk_live_|xox[abprs]-|AKIA|ASIA|AIza|npm_)[\w-]{8,}/gu,
  /\b(?:Bearer|Basic)\s+[\w.~+/=-]{8,}/giu,
  /\b[0-9a-f]{32,}\b/giu,
];

/** `https://user:password@host` */
const CREDENTIALS = /\b([a-z][a-z0-9+.-]*:\/\/)[^\s/@]+@/giu;

/** What follows `password: ` or `secret=`, in quotes or without. */
const ASSIGNED =
  /\b((?:api[_-]?key|pass(?:word|wd|phrase)?|pwd|secret|private[_-]?key|signing[_-]?key)["'`]?\s*[:=]\s*)(?:(["'`])(?:(?!\2).)+\2?|[^\s"'`,;)]{4,})/giu;

const RUN = /[A-Za-z0-9+/_=-]{20,}/gu;

export function mask(text: string): string {
  let masked = text.replace(CREDENTIALS, `$1${MASK}@`);
  for (const pattern of PATTERNS) masked = masked.replace(pattern, MASK);
  masked = masked.replace(ASSIGNED, `$1$2${MASK}$2`);
  return masked.replace(RUN, (run) => (looksRandom(run) ? MASK : run));
}

/**
 * Letters of both cases and digits, changing more often than words or paths do: `aB3x…` but not
 * `src/AuthController2/handlers`.
 */
function looksRandom(run: string): boolean {
  if (!/\d/u.test(run) || !/[a-z]/u.test(run) || !/[A-Z]/u.test(run)) return false;
  let changes = 0;
  for (let index = 1; index < run.length; index++) {
    if (kindOf(run.charAt(index)) !== kindOf(run.charAt(index - 1))) changes++;
  }
  return changes / run.length > 0.3;
}

function kindOf(character: string): "digit" | "lower" | "upper" | "other" {
  if (/\d/u.test(character)) return "digit";
  if (/[a-z]/u.test(character)) return "lower";
  return /[A-Z]/u.test(character) ? "upper" : "other";
}
