/** Each way to waive a finding, through the real ESLint. */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { ESLint } from "eslint";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import plugin from "../../src/index.ts";
import { DEFAULT_GATE } from "../../src/report/gate.ts";
import { DEFAULT_WAIVER_POLICY } from "../../src/report/policy.ts";
import type { Report, WaiverPolicy } from "../../src/report/types.ts";
import { lintAndReport, report, rulesMeta } from "../kit/report.ts";
import type { LintedOptions } from "../kit/report.ts";

const RULE = "no-none-algorithm";
const BAD = 'import jwt from "jsonwebtoken";\njwt.sign({ sub }, "", { algorithm: "none" });\n';

function disabled(justification: string): string {
  const [first, second] = BAD.split("\n") as [string, string];
  return `${first}\n// eslint-disable-next-line jwt-audit/${RULE}${justification}\n${second}\n`;
}

function audit(code: string, more: LintedOptions = {}): Promise<Report> {
  return lintAndReport({ "a.js": code }, { rules: { [`jwt-audit/${RULE}`]: "error" }, ...more });
}

function policy(waivers: Partial<WaiverPolicy>): LintedOptions {
  return { policy: { gate: DEFAULT_GATE, waivers: { ...DEFAULT_WAIVER_POLICY, ...waivers } } };
}

describe("a comment in the code", () => {
  it("waives when it gives a reason", async () => {
    const { findings, waivers, verdict, summary } = await audit(
      disabled(" -- SEC-1; test double; approved-by @alice; expires 2027-06-30"),
    );
    expect(findings).toMatchObject([{ status: "waived", waiver: waivers[0]?.id }]);
    expect(waivers).toMatchObject([
      {
        source: "directive",
        rule: RULE,
        path: "a.js",
        reason: "test double",
        ticket: "SEC-1",
        approver: "@alice",
        expires: "2027-06-30",
        daysLeft: 216,
        state: "valid",
        problems: [],
        findings: 1,
      },
    ]);
    expect(verdict.status).toBe("passed");
    expect(summary.findings).toEqual({
      beforeWaivers: 1,
      afterWaivers: 0,
      errors: 0,
      warnings: 0,
      waived: 1,
    });
  });

  it("waives nothing without a reason, and says so", async () => {
    const { findings, waivers, verdict } = await audit(disabled(""));
    expect(findings).toMatchObject([
      { status: "active", waiver: waivers[0]?.id, note: "The waiver gives no reason." },
    ]);
    expect(waivers).toMatchObject([{ state: "unjustified", findings: 1 }]);
    expect(verdict.status).toBe("failed");
  });

  it.each([
    ["2026-11-25", "expired"],
    ["2026-11-26", "expiring"],
    ["2026-12-26", "expiring"],
    ["2026-12-27", "valid"],
  ])("that ends on %s is %s on 2026-11-26", async (day, state) => {
    const { findings, waivers } = await audit(disabled(` -- known; expires ${day}`));
    expect(waivers).toMatchObject([{ state }]);
    expect(findings).toMatchObject([{ status: state === "expired" ? "active" : "waived" }]);
  });

  it("counts the last day in UTC, whole", async () => {
    const finished = new Date("2026-11-26T23:59:59Z");
    const last = await audit(disabled(" -- known; expires 2026-11-26"), { finished });
    expect(last.waivers).toMatchObject([{ state: "expiring", daysLeft: 0 }]);
    const next = new Date("2026-11-27T00:00:00Z");
    const after = await audit(disabled(" -- known; expires 2026-11-26"), { finished: next });
    expect(after.waivers).toMatchObject([{ state: "expired", daysLeft: -1 }]);
    expect(after.findings).toMatchObject([{ note: "The waiver expired on 2026-11-26." }]);
  });

  it("for a whole file is one waiver of all its findings", async () => {
    const code = `/* eslint-disable jwt-audit/${RULE} -- known since long */\n${BAD}jwt.sign(a, "", { algorithm: "none" });\n`;
    const { findings, waivers } = await audit(code);
    expect(findings.map(({ status }) => status)).toEqual(["waived", "waived"]);
    expect(waivers).toMatchObject([{ state: "valid", findings: 2 }]);
  });

  it("that disables nothing is listed as unused", async () => {
    const code = `// eslint-disable-next-line jwt-audit/${RULE} -- was needed once\nconst a = 1;\n`;
    const { waivers } = await audit(code);
    expect(waivers).toMatchObject([
      {
        source: "directive",
        rule: RULE,
        path: "a.js",
        line: 1,
        state: "unused",
        problems: [expect.stringContaining("disables nothing")],
      },
    ]);
  });

  it.each<[Partial<WaiverPolicy>, string, string]>([
    [{ requireTicket: true }, "known", "The waiver names no ticket."],
    [{ requireApprover: true }, "known", "The waiver does not say who approved it."],
    [{ requireExpiry: true }, "known", "The waiver has no last day."],
    [{ maxDays: 90 }, "known; expires 2027-11-26", "The waiver runs for 365 days from today"],
    [
      { maxDays: 90 },
      "known; created 2026-11-01; expires 2027-02-01",
      "The waiver runs for 92 days; at most 90 are allowed.",
    ],
    [{}, "known; expires 31.12.2026", '"31.12.2026" is no day.'],
  ])("has to meet the policy %o", async (waivers, text, problem) => {
    const found = await audit(disabled(` -- ${text}`), policy(waivers));
    expect(found.waivers).toMatchObject([{ state: "unjustified" }]);
    expect(found.findings).toMatchObject([
      { status: "active", note: expect.stringContaining(problem) as string },
    ]);
  });

  it("needs no reason where the policy asks for none", async () => {
    const found = await audit(disabled(""), policy({ requireJustification: false }));
    expect(found.waivers).toMatchObject([{ state: "valid" }]);
  });

  it("that has expired can be said without failing the gate", async () => {
    const found = await audit(disabled(" -- known; expires 2026-01-01"), {
      policy: {
        gate: { ...DEFAULT_GATE, expiredWaivers: "warn" },
        waivers: DEFAULT_WAIVER_POLICY,
      },
    });
    expect(found.findings).toMatchObject([{ status: "active" }]);
    expect(found.verdict.status).toBe("passed");
  });

  it("that turns the rule off for the file is seen, although ESLint does not tell", async () => {
    const code = `/* eslint jwt-audit/${RULE}: "off" */\n${BAD}`;
    const { findings, coverage, frameworks } = await audit(code);
    expect(findings).toEqual([]);
    expect(coverage.inlineConfig).toEqual({
      allowed: true,
      changes: [
        {
          file: "a.js",
          line: 1,
          rule: RULE,
          level: "off",
          options: [],
          configured: { level: "error", options: [] },
          waiver: expect.any(String) as string,
        },
      ],
    });
    expect(coverage.rules.find(({ rule }) => rule === RULE)).toMatchObject({ on: 0, of: 1 });
    const control = frameworks[0]?.controls.find(({ id }) => id === "A.8.24");
    expect(control?.status).toBe("not-assessed");
  });
});

describe("a comment that changes a rule for its file", () => {
  const LONG = "no-long-lifetime";
  const SIGN =
    'import jwt from "jsonwebtoken";\nexport const a = (p, k) => jwt.sign(p, k, { expiresIn: "2y" });\n';
  const CONFIGURED = { maximum: "1h", refreshMaximum: "90d" };
  const rules: NonNullable<LintedOptions["rules"]> = {
    [`jwt-audit/${LONG}`]: ["error", { maximum: "1h" }],
  };

  function long(comment: string, more: LintedOptions = {}): Promise<Report> {
    return lintAndReport(
      { "a.js": `${comment}\n${SIGN}`, "b.js": "const jwt = 1;\n" },
      {
        rules,
        ...more,
      },
    );
  }

  function waiverOf({ waivers }: Report): Report["waivers"][number] | undefined {
    return waivers.find(({ source }) => source === "inline");
  }

  it("counts with the options that it gives, and not as fully on", async () => {
    const found = await long(`/* eslint jwt-audit/${LONG}: ["error", { "maximum": "100y" }] */`);
    expect(found.findings).toEqual([]);
    const given = { maximum: "100y", refreshMaximum: "90d" };
    expect(found.coverage.inlineConfig.changes).toMatchObject([
      { options: [given], configured: { level: "error", options: [CONFIGURED] } },
    ]);
    expect(found.coverage.rules.find(({ rule }) => rule === LONG)).toEqual({
      rule: LONG,
      on: 2,
      of: 2,
      onInTests: 0,
      reconfigured: 1,
      settings: [
        { level: "error", options: [given], files: 1 },
        { level: "error", options: [CONFIGURED], files: 1 },
      ],
    });
    const house = { ...found.policy.gate, requireRules: [LONG] };
    const asked = await long(
      `/* eslint jwt-audit/${LONG}: ["error", { "maximum": "100y" }] -- known */`,
      { policy: { ...found.policy, gate: house } },
    );
    expect(asked.verdict).toMatchObject({
      status: "unknown",
      reasons: [
        { rule: "rules-off", text: `In some files with other options by a comment: ${LONG}.` },
      ],
    });
  });

  it("makes a control partial by other options, and not by the same", async () => {
    const statusWith = async (maximum: string): Promise<string | undefined> => {
      const code = `/* eslint jwt-audit/${LONG}: ["error", { "maximum": "${maximum}" }] */\n${SIGN}`;
      const { frameworks: found } = await lintAndReport(
        { "a.js": code.replace("2y", "5m") },
        {
          rules,
          frameworks: [
            {
              id: "house",
              aliases: [],
              name: "House",
              title: "House",
              edition: "",
              publisher: "",
              unit: "control",
              titles: "publisher",
              idPattern: /^.+$/u,
              notes: [],
              controls: [{ id: "D", title: "D", strength: "direct", rules: [LONG], why: "Why." }],
            },
          ],
        },
      );
      return found[0]?.controls[0]?.status;
    };
    expect(await statusWith("1h")).toBe("no-findings");
    expect(await statusWith("100y")).toBe("partial");
  });

  it.each([`"off"`, `"warn"`, `["error", { "maximum": "100y" }]`])(
    "needs a waiver where it says %s",
    async (setting) => {
      const open = await long(`/* eslint jwt-audit/${LONG}: ${setting} */`, policy({}));
      expect(waiverOf(open)).toMatchObject({
        source: "inline",
        rule: LONG,
        path: "a.js",
        line: 1,
        state: "unjustified",
        problems: ["The waiver gives no reason."],
      });
      expect(open.verdict).toMatchObject({ status: "unknown", exitCode: 2 });
      expect(open.verdict.reasons).toContainEqual({
        rule: "inline-config",
        text: `1 comment changes a rule in a way that may hide findings, without what a waiver needs: ${LONG} in a.js:1.`,
      });
      const accepted = await long(`/* eslint jwt-audit/${LONG}: ${setting} -- known */`);
      expect(waiverOf(accepted)).toMatchObject({ state: "valid", reason: "known" });
      expect(accepted.verdict.status).toBe("passed");
    },
  );

  it.each([`"error"`, `["error", { "maximum": "1h" }]`])(
    "needs none where it says %s, as the configuration does",
    async (setting) => {
      const found = await long(`/* eslint jwt-audit/${LONG}: ${setting} */`);
      expect(found.waivers).toEqual([]);
      expect(found.coverage.inlineConfig.changes[0]).not.toHaveProperty("waiver");
      expect(found.coverage.rules.find(({ rule }) => rule === LONG)?.reconfigured).toBe(0);
    },
  );

  it("needs none where it switches a rule on", async () => {
    const found = await long(`/* eslint jwt-audit/require-jti: "warn" */`);
    expect(found.waivers).toEqual([]);
    expect(found.coverage.inlineConfig.changes).toMatchObject([{ level: "warn" }]);
  });

  it("is read as ESLint reads it: the first about a rule counts", async () => {
    const code = `/* eslint jwt-audit/${LONG}: "error" */\n/* eslint jwt-audit/${LONG}: "off" */`;
    const found = await long(code);
    expect(found.findings).toMatchObject([{ rule: LONG }]);
    expect(found.coverage.inlineConfig.changes).toMatchObject([{ level: "error", line: 1 }]);
  });

  it.each([
    ["known; approved-by @a; expires 2027-01-01", "The waiver names no ticket."],
    ["SEC-1; known; expires 2027-01-01", "The waiver does not say who approved it."],
    ["SEC-1; known; approved-by @a", "The waiver has no last day."],
    ["SEC-1; known; approved-by @a; expires 2026-01-01", "The waiver expired on 2026-01-01."],
  ])("has to meet the policy as any waiver: %s", async (text, problem) => {
    const strict = policy({ requireTicket: true, requireApprover: true, requireExpiry: true });
    const off = `/* eslint jwt-audit/${LONG}: "off" --`;
    const open = await long(`${off} ${text} */`, strict);
    expect(waiverOf(open)?.problems).toEqual([problem]);
    expect(open.verdict.status).toBe("unknown");
    const accepted = await long(
      `${off} SEC-1; known; approved-by @a; expires 2027-06-30 */`,
      strict,
    );
    expect(waiverOf(accepted)?.state).toBe("valid");
    expect(accepted.verdict.status).toBe("passed");
  });

  it("is accounted for by the waiver file, too", async () => {
    const off = `/* eslint jwt-audit/${LONG}: "off" */`;
    const waiver = { rule: LONG, path: "a.js", reason: "legacy" };
    const found = await long(off, { waivers: [waiver] });
    expect(found.verdict.status).toBe("passed");
    expect(found.waivers.map(({ source, state }) => [source, state])).toEqual([
      ["file", "valid"],
      ["inline", "unjustified"],
    ]);
    const elsewhere = await long(off, { waivers: [{ ...waiver, path: "b.js" }] });
    expect(elsewhere.verdict.status).toBe("unknown");
  });

  it("of the baseline is not new, unless it says something else now", async () => {
    const newOnly = {
      policy: { gate: { ...DEFAULT_GATE, newOnly: true }, waivers: DEFAULT_WAIVER_POLICY },
    };
    const before = await long(`/* eslint jwt-audit/${LONG}: ["error", { "maximum": "1y" }] */`);
    const moved = `\n\n/* eslint jwt-audit/${LONG}: ["error", { "maximum": "1y" }] */`;
    const same = await long(moved, { ...newOnly, baseline: before });
    expect(same.verdict.reasons.map(({ rule }) => rule)).not.toContain("inline-config");
    const other = `/* eslint jwt-audit/${LONG}: "off" */`;
    const found = await long(other, { ...newOnly, baseline: before });
    expect(found.verdict.reasons).toMatchObject([{ rule: "inline-config" }]);
  });

  it("does nothing where the configuration allows none", async () => {
    const found = await long(`/* eslint jwt-audit/${LONG}: "off" */`, {
      linterOptions: { noInlineConfig: true },
    });
    expect(found.findings).toMatchObject([{ rule: LONG }]);
    expect(found.coverage.inlineConfig).toEqual({ allowed: false, changes: [] });
    expect(found.waivers).toEqual([]);
  });
});

describe("the waiver file", () => {
  const waiver = { rule: RULE, path: "**/*.js", reason: "legacy", expires: "2027-06-30" };

  it("waives by path", async () => {
    const { findings, waivers } = await audit(BAD, { waivers: [waiver] });
    expect(findings).toMatchObject([{ status: "waived" }]);
    expect(waivers).toMatchObject([{ source: "file", state: "valid", findings: 1 }]);
  });

  it("waives by fingerprint", async () => {
    const [finding] = (await audit(BAD)).findings;
    const fingerprint = finding?.fingerprint ?? "";
    const moved = `\n\n${BAD}`;
    const found = await audit(moved, { waivers: [{ rule: RULE, fingerprint, reason: "known" }] });
    expect(found.findings).toMatchObject([{ status: "waived", line: 4 }]);
  });

  it("counts no longer after its last day", async () => {
    const { findings } = await audit(BAD, { waivers: [{ ...waiver, expires: "2026-11-25" }] });
    expect(findings).toMatchObject([
      { status: "active", note: "The waiver expired on 2026-11-25." },
    ]);
  });

  it("is told about entries that match nothing", async () => {
    const { findings, waivers } = await audit(BAD, {
      waivers: [{ ...waiver, path: "elsewhere/**" }],
    });
    expect(findings).toMatchObject([{ status: "active" }]);
    expect(waivers).toMatchObject([{ state: "unused", findings: 0 }]);
  });
});

describe("ESLint's bulk suppressions", () => {
  let folder = "";

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "jwt-audit-"));
    await writeFile(path.join(folder, "a.js"), BAD);
    await writeFile(
      path.join(folder, "eslint-suppressions.json"),
      JSON.stringify({ "a.js": { [`jwt-audit/${RULE}`]: { count: 1 } } }),
    );
  });

  afterAll(() => rm(folder, { recursive: true }));

  async function audit(more: LintedOptions = {}): Promise<Report> {
    const eslint = new ESLint({
      cwd: folder,
      overrideConfigFile: true,
      applySuppressions: true,
      overrideConfig: [
        { plugins: { "jwt-audit": plugin }, rules: { [`jwt-audit/${RULE}`]: "error" } },
      ],
    });
    const results = await eslint.lintFiles(["a.js"]);
    expect(results[0]?.messages).toEqual([]);
    return report(results, { cwd: folder, rulesMeta, ...more });
  }

  it("hold no reason, so that they waive nothing by themselves", async () => {
    const { findings, waivers } = await audit();
    expect(findings).toMatchObject([
      { status: "active", note: expect.stringContaining("no reason") as string },
    ]);
    expect(waivers).toMatchObject([{ source: "bulk", state: "unjustified" }]);
  });

  it("are justified by the waiver file", async () => {
    const { findings } = await audit({
      waivers: [{ rule: RULE, path: "a.js", reason: "legacy", owner: "payments" }],
    });
    expect(findings).toMatchObject([{ status: "waived" }]);
  });
});
