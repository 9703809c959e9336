/**
 * Which findings are waived, and whether the waivers are in order. A waiver that has expired or
 * lacks what the policy asks for waives nothing here, although ESLint goes on to hide the message.
 */
import { daysBetween } from "./clock.ts";
import { sha256 } from "./fingerprint.ts";
import { matchesGlob } from "./glob.ts";
import { readJustification } from "./justification.ts";
import type { Justification } from "./justification.ts";
import { mayHide } from "./inline-comments.ts";
import type { SeenChange } from "./inline-comments.ts";
import type { Finding, InlineChange, Waiver, WaiverPolicy, WaiverState } from "./types.ts";
import type { FiledWaiver } from "./waiver-file.ts";

/** How ESLint says that it hides a message. */
export interface Suppression {
  readonly kind: string;
  readonly justification: string;
}

/** A finding before anybody asked whether it is waived. */
export interface RawFinding {
  readonly finding: Omit<Finding, "status" | "waiver" | "note" | "change">;
  readonly suppressions: readonly Suppression[];
}

/** A disable comment that disables nothing. */
export interface UnusedDirective {
  readonly file: string;
  readonly line: number;
  readonly rules: readonly string[];
}

type Terms = Omit<Justification, "malformed"> & { readonly malformed?: readonly string[] };

interface Entry {
  readonly waiver: Omit<Waiver, "findings">;
  findings: number;
  /** It accounts for a comment that may hide findings nobody can count. */
  hides: boolean;
}

/** @param today the UTC day of the report */
export class WaiverRegister {
  readonly #entries = new Map<string, Entry>();
  readonly #filed: readonly { readonly filed: FiledWaiver; readonly key: string }[];
  readonly #policy: WaiverPolicy;
  readonly #today: string;

  constructor(filed: readonly FiledWaiver[], policy: WaiverPolicy, today: string) {
    this.#policy = policy;
    this.#today = today;
    this.#filed = filed.map((one, index) => ({ filed: one, key: `file ${String(index)}` }));
    for (const { filed: one, key } of this.#filed) {
      const { rule, path, fingerprint, ...terms } = one;
      this.#add(key, terms, {
        source: "file",
        rule,
        path: path ?? "**",
        ...(fingerprint === undefined ? {} : { fingerprint }),
      });
    }
  }

  /** Settles whether a finding counts. */
  settle({ finding, suppressions }: RawFinding): Finding {
    const entries = [
      ...suppressions.map((one) => this.#written(finding, one)),
      ...this.#matching(finding),
    ];
    for (const entry of entries) entry.findings++;
    const first = best(entries);
    if (first === undefined) return { ...finding, status: "active" };
    const { id, state, problems } = first.waiver;
    if (state === "valid" || state === "expiring")
      return { ...finding, status: "waived", waiver: id };
    return { ...finding, status: "active", waiver: id, note: problems.join(" ") };
  }

  /** Settles which waiver accounts for a comment that may hide findings: its own, or a filed one. */
  settleChange({ justification, ...seen }: SeenChange, file: string): InlineChange {
    const change: InlineChange = { file, ...seen };
    if (!mayHide(change)) return change;
    const { line, rule, level, options } = change;
    const about = { source: "inline", rule, path: file } as const;
    const set = level === "off" ? { level } : { level, options };
    const key = JSON.stringify([about, set, justification]);
    const entries = [
      this.#add(key, readJustification(justification), about, { line, set }),
      ...this.#matching({ rule, file }),
    ];
    for (const entry of entries) entry.hides = true;
    const first = best(entries);
    return first === undefined ? change : { ...change, waiver: first.waiver.id };
  }

  addUnused({ file, line, rules }: UnusedDirective): void {
    for (const rule of rules) {
      const about = { source: "directive", rule, path: file, line } as const;
      const waiver: Omit<Waiver, "findings"> = {
        id: sha256(JSON.stringify(about)).slice(0, 12),
        ...about,
        state: "unused",
        problems: ["The comment disables nothing: remove it."],
      };
      this.#entries.set(JSON.stringify(about), { waiver, findings: 0, hides: false });
    }
  }

  /** In the order of the files, unused ones as such. */
  list(): Waiver[] {
    return [...this.#entries.values()]
      .map(({ waiver, findings, hides }): Waiver => {
        if (findings > 0 || hides || waiver.state === "unused") return { ...waiver, findings };
        const problems = [...waiver.problems, "It matches no finding of this run: remove it."];
        return { ...waiver, state: "unused", problems, findings };
      })
      .toSorted((a, b) => compare(sortKey(a), sortKey(b)));
  }

  #written(finding: RawFinding["finding"], { kind, justification }: Suppression): Entry {
    const source = kind === "file" ? "bulk" : "directive";
    const key = JSON.stringify([source, finding.file, finding.rule, justification]);
    return this.#add(key, readJustification(justification), {
      source,
      rule: finding.rule,
      path: finding.file,
    });
  }

  #matching({
    rule,
    file,
    fingerprint,
  }: Pick<RawFinding["finding"], "rule" | "file"> & { readonly fingerprint?: string }): Entry[] {
    return this.#filed.flatMap(({ filed, key }) => {
      const isMatch =
        filed.rule === rule &&
        (filed.path === undefined || matchesGlob(file, filed.path)) &&
        (filed.fingerprint === undefined || filed.fingerprint === fingerprint);
      const entry = this.#entries.get(key);
      return isMatch && entry !== undefined ? [entry] : [];
    });
  }

  #add(
    key: string,
    { malformed, ...terms }: Terms,
    about: Pick<Waiver, "source" | "rule" | "path"> & Partial<Pick<Waiver, "fingerprint">>,
    { line, set }: { readonly line?: number; readonly set?: unknown } = {},
  ): Entry {
    const before = this.#entries.get(key);
    if (before !== undefined) return before;
    const problems = problemsOf(terms, malformed ?? [], about.source, this.#policy, this.#today);
    const daysLeft =
      terms.expires === undefined ? undefined : daysBetween(this.#today, terms.expires);
    const entry: Entry = {
      waiver: {
        // Without the line, which moves.
        id: sha256(JSON.stringify([about, terms, ...(set === undefined ? [] : [set])])).slice(
          0,
          12,
        ),
        ...about,
        ...(line === undefined ? {} : { line }),
        ...terms,
        ...(daysLeft === undefined ? {} : { daysLeft }),
        state: stateOf(problems, daysLeft, this.#policy),
        problems,
      },
      findings: 0,
      hides: false,
    };
    this.#entries.set(key, entry);
    return entry;
  }
}

const RANK: Readonly<Record<WaiverState, number>> = {
  valid: 0,
  expiring: 1,
  expired: 2,
  unjustified: 3,
  unused: 4,
};

/** Of several, one that is in order is enough. */
function best(entries: readonly Entry[]): Entry | undefined {
  return entries.toSorted((a, b) => RANK[a.waiver.state] - RANK[b.waiver.state])[0];
}

function stateOf(
  problems: readonly string[],
  daysLeft: number | undefined,
  { warnDays }: WaiverPolicy,
): WaiverState {
  if (daysLeft !== undefined && daysLeft < 0) return "expired";
  if (problems.length > 0) return "unjustified";
  return daysLeft !== undefined && daysLeft <= warnDays ? "expiring" : "valid";
}

function problemsOf(
  terms: Omit<Terms, "malformed">,
  malformed: readonly string[],
  source: Waiver["source"],
  policy: WaiverPolicy,
  today: string,
): string[] {
  const problems: string[] = [];
  const { reason, ticket, approver, created, expires } = terms;
  if (expires !== undefined && expires < today) problems.push(`The waiver expired on ${expires}.`);
  for (const written of malformed) {
    problems.push(`"${written}" is no day. Write it as 2027-03-31.`);
  }
  if (policy.requireJustification && reason === undefined && ticket === undefined) {
    problems.push(
      source === "bulk"
        ? "ESLint's bulk suppressions hold no reason. Give one in the waiver file."
        : "The waiver gives no reason.",
    );
  }
  if (policy.requireTicket && ticket === undefined) problems.push("The waiver names no ticket.");
  if (policy.requireApprover && approver === undefined) {
    problems.push("The waiver does not say who approved it.");
  }
  if (policy.requireExpiry && expires === undefined && malformed.length === 0) {
    problems.push("The waiver has no last day.");
  }
  if (policy.maxDays !== undefined && expires !== undefined) {
    const days = daysBetween(created ?? today, expires);
    if (days > policy.maxDays) {
      problems.push(
        `The waiver runs for ${String(days)} days${created === undefined ? " from today" : ""}; at most ${String(policy.maxDays)} are allowed.`,
      );
    }
  }
  return problems;
}

function sortKey({ path, rule, line, source, id }: Waiver): string {
  return JSON.stringify([path, rule, String(line ?? 0).padStart(7, "0"), source, id]);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
