import { readFileSync } from "node:fs";
import path from "node:path";
import { Ajv } from "ajv";
import addFormats from "ajv-formats";
import { describe, expect, it } from "vitest";
import { readReport } from "../../src/report/changes.ts";
import { DEFAULT_GATE } from "../../src/report/gate.ts";
import { isIntact } from "../../src/report/integrity.ts";
import { mergeReports } from "../../src/report/merge.ts";
import { DEFAULT_WAIVER_POLICY } from "../../src/report/policy.ts";
import type { Gate, Report } from "../../src/report/types.ts";
import {
  configWith,
  frameworks,
  lintAndReport,
  message,
  report,
  result,
  rulesMeta,
} from "../kit/report.ts";

const schema = JSON.parse(
  readFileSync(path.join(import.meta.dirname, "../../schemas/report.schema.json"), "utf8"),
) as object;
const ajv = new Ajv({ allErrors: true, allowUnionTypes: true });
addFormats.default(ajv);
const validate = ajv.compile(schema);

function expectValid(value: Report): void {
  validate(JSON.parse(JSON.stringify(value)));
  expect(validate.errors ?? []).toEqual([]);
}

function gate(more: Partial<Gate>): { policy: Report["policy"] } {
  return { policy: { gate: { ...DEFAULT_GATE, ...more }, waivers: DEFAULT_WAIVER_POLICY } };
}

const FILES = {
  "server/sign.js":
    'import jwt from "jsonwebtoken";\nexport const make = (sub) => jwt.sign({ sub }, "hunter2hunter2");\n',
  "server/verify.js":
    'import jwt from "jsonwebtoken";\nexport const check = (token, key, options) => [\n  jwt.verify(token, key, { algorithms: ["HS256"], audience: "me", issuer: "us" }),\n  jwt.verify(token, key, { algorithms: ["HS256"], issuer: "us" }),\n  jwt.verify(token, key, options),\n];\n',
  "server/plain.js": "export const answer = 42;\n",
  "tests/a.test.js": 'import jwt from "jsonwebtoken";\njwt.sign({}, "x", { expiresIn: "1h" });\n',
};

describe("a report", () => {
  it("is what its schema says", async () => {
    expectValid(await lintAndReport(FILES));
    expectValid(await report([]));
  });

  it("has a method and limits, and never the word that promises", async () => {
    const text = JSON.stringify(await lintAndReport(FILES));
    expect(text).not.toMatch(/compliant|certified/iu);
  });

  it("prints no secret", async () => {
    expect(JSON.stringify(await lintAndReport(FILES))).not.toContain("hunter2");
  });

  it("gives no hash of a line that may hold a key", async () => {
    const { findings } = await lintAndReport(FILES);
    for (const { file, lineHash } of findings) {
      if (file === "server/sign.js") expect(lineHash).toBeUndefined();
      if (file === "server/verify.js") expect(lineHash).toMatch(/^[0-9a-f]+:\d+$/u);
    }
  });

  it("is the same byte for byte, in whatever order the results come", async () => {
    const results = [
      result("b.js", [message("jwt-audit/no-weak-key", { messageId: "shortKey" })], "sign(a)"),
      result("a.js", [
        message("jwt-audit/no-weak-key", { line: 9 }),
        message("jwt-audit/require-algorithms", { line: 2 }),
      ]),
    ];
    const first = JSON.stringify(await report(results));
    expect(JSON.stringify(await report(results.toReversed()))).toBe(first);
  });

  it("can be told from one that was changed", async () => {
    const original = await lintAndReport(FILES);
    expect(isIntact(original)).toBe(true);
    expect(isIntact(readReport(JSON.stringify(original), "report.json"))).toBe(true);
    expect(isIntact({ ...original, findings: [] })).toBe(false);
  });

  it("has fingerprints that survive moved lines", async () => {
    const moved = Object.fromEntries(
      Object.entries(FILES).map(([file, code]) => [file, `// One\n\n// two\n${code}`]),
    );
    const fingerprints = ({ findings }: Report): string[] =>
      findings.map(({ fingerprint }) => fingerprint);
    const before = fingerprints(await lintAndReport(FILES));
    expect(before.length).toBeGreaterThan(3);
    expect(fingerprints(await lintAndReport(moved))).toEqual(before);
  });
});

describe("coverage", () => {
  it("says how many operations a rule looked at, and how many passed", async () => {
    const { coverage, summary } = await lintAndReport(FILES);
    expect(coverage.files).toEqual({ linted: 4, production: 3, test: 1, withoutJwt: 1 });
    expect(summary.operations).toBe(5);
    expect(coverage.operations).toEqual([
      { kind: "sign", library: "jsonwebtoken", count: 2, files: 2 },
      { kind: "verify", library: "jsonwebtoken", count: 3, files: 1 },
    ]);
    expect(coverage.checks.find(({ rule }) => rule === "require-audience-check")).toEqual({
      rule: "require-audience-check",
      looked: 3,
      withoutFinding: 1,
      withFinding: 1,
      undecided: 1,
    });
    expect(coverage.checks.find(({ rule }) => rule === "no-hardcoded-key")).toMatchObject({
      looked: 4,
      withFinding: 1,
    });
  });

  it.each([
    // The key, what no-hardcoded-key says of it, and what no-weak-key does.
    ['"correct horse battery staple 1"', "withFinding", "withFinding"],
    ["process.env.JWT_KEY", "withoutFinding", "undecided"],
    ['readFileSync("key.pem")', "withoutFinding", "undecided"],
    ["randomBytes(32)", "withoutFinding", "withoutFinding"],
    ['vault.get("k")', "undecided", "undecided"],
    ["given", "undecided", "undecided"],
    ['given ?? "correct horse battery staple 1"', "withFinding", "withFinding"],
    ["given ?? process.env.JWT_KEY", "undecided", "undecided"],
    ["`${process.env.JWT_KEY}-${given}`", "undecided", "undecided"],
  ] as const)("calls undecided what the key %s does not show", async (key, written, weak) => {
    const { coverage } = await lintAndReport({
      "a.js": `import jwt from "jsonwebtoken";\nimport { randomBytes } from "node:crypto";\nimport { readFileSync } from "node:fs";\nimport { vault } from "a-vault";\nexport const a = (p, given) => jwt.sign(p, ${key}, { algorithm: "HS256", expiresIn: "1h" });\n`,
    });
    const of = (name: string): unknown => coverage.checks.find(({ rule }) => rule === name);
    expect(of("no-hardcoded-key")).toMatchObject({ looked: 1, [written]: 1 });
    expect(of("no-weak-key")).toMatchObject({ looked: 1, [weak]: 1 });
  });

  it.each([
    [
      "",
      "jose.jwtVerify(t, new TextEncoder().encode(process.env.KEY))",
      "withoutFinding",
      "withoutFinding",
    ],
    ["", "jose.jwtVerify(t, given)", "undecided", "withoutFinding"],
    [
      "",
      "jose.jwtVerify(t, await jose.importJWK(jose.decodeProtectedHeader(t).jwk))",
      "withFinding",
      "withoutFinding",
    ],
    ['"use client";', "jose.jwtVerify(t, given)", "undecided", "undecided"],
    [
      '"use client";',
      'jose.jwtVerify(t, await jose.importSPKI(PEM, "RS256"))',
      "withoutFinding",
      "withoutFinding",
    ],
  ] as const)("calls undecided whose key nobody sees: %s %s", async (head, call, trust, client) => {
    const { coverage } = await lintAndReport({
      "a.js": `${head}import * as jose from "jose";\nconst PEM = \`-----BEGIN PUBLIC KEY-----\`;\nexport const a = async (t, given) => ${call};\n`,
    });
    const of = (name: string): unknown => coverage.checks.find(({ rule }) => rule === name);
    expect(of("no-untrusted-key")).toMatchObject({ [trust]: 1 });
    expect(of("no-client-side-key")).toMatchObject({ looked: 1, [client]: 1 });
  });

  it.each([
    ['jwt.verify(t, k, { algorithms: ["RS256"] })', "withoutFinding"],
    ['jwt.verify(t, k, { algorithms: ["none"] })', "withFinding"],
    ["jwt.verify(t, k, { algorithms: given })", "undecided"],
    ['jwt.verify(t, k, { algorithms: ["RS256", given] })', "undecided"],
    ["jwt.verify(t, k, { algorithms: [process.env.ALGORITHM] })", "undecided"],
    ["jwt.verify(t, k, given)", "undecided"],
    ["jwt.verify(t, k)", "withoutFinding"],
    ['jwt.sign(t, k, { algorithm: "HS256" })', "withoutFinding"],
    ["jwt.sign(t, k, { algorithm: given })", "undecided"],
    ["jwt.sign(t, k, { header: { alg: given } })", "undecided"],
  ])("calls undecided what the algorithm does not show: %s", async (call, state) => {
    const { coverage } = await lintAndReport({
      "a.js": `import jwt from "jsonwebtoken";\nexport const a = (t, k, given) => ${call};\n`,
    });
    const of = (name: string): unknown => coverage.checks.find(({ rule }) => rule === name);
    expect(of("no-none-algorithm")).toMatchObject({ looked: 1, [state]: 1 });
    if (state === "withFinding") return;
    expect(of("no-disallowed-algorithm")).toMatchObject({ looked: 1, [state]: 1 });
  });

  it("counts a finding at a shared key for each call that uses it", async () => {
    const { coverage } = await lintAndReport({
      "a.js":
        'import jwt from "jsonwebtoken";\nconst key = "hunter2hunter2";\nexport const a = (p) => jwt.sign(p, key, { expiresIn: "1h" });\nexport const b = (p) => jwt.sign(p, key, { expiresIn: "1h" });\nexport const c = (p, other) => jwt.sign(p, other, { expiresIn: "1h" });\n',
    });
    expect(coverage.checks.find(({ rule }) => rule === "no-hardcoded-key")).toMatchObject({
      looked: 3,
      withFinding: 2,
      undecided: 1,
    });
  });

  it("says in how many files a rule was on, and how", async () => {
    const { coverage } = await lintAndReport(FILES, {
      rules: { "jwt-audit/no-weak-key": "warn", "jwt-audit/no-none-algorithm": "off" },
    });
    const of = (name: string): unknown => coverage.rules.find(({ rule }) => rule === name);
    expect(of("no-weak-key")).toMatchObject({
      on: 3,
      of: 3,
      onInTests: 1,
      settings: [{ level: "warn", files: 4 }],
    });
    expect(of("no-none-algorithm")).toMatchObject({ on: 0, of: 3, settings: [] });
  });

  it("names files that could not be read, and whether they matter", async () => {
    const { coverage, verdict } = await lintAndReport({
      "broken.js": 'import jwt from "jsonwebtoken"; jwt.sign(',
      "other.js": "const = 1;",
    });
    expect(coverage.notAnalysed).toMatchObject([
      { file: "broken.js", relevant: true },
      { file: "other.js", relevant: false },
    ]);
    expect(verdict).toMatchObject({ status: "unknown", exitCode: 2 });
    expect(verdict.reasons[0]?.rule).toBe("not-analysed");
  });

  it("says when it knows no configuration", async () => {
    const found = await report([result("a.js", [], "const a = 1;")], {
      configFor: () => Promise.resolve(undefined),
    });
    expect(found.coverage).toMatchObject({ source: "unknown", rules: [], checks: [] });
    expect(found.coverage.inlineConfig.allowed).toBe("unknown");
    expectValid(found);
  });
});

describe("the status of a control", () => {
  const rules = ["no-none-algorithm", "no-weak-key"] as const;
  const framework = {
    id: "house",
    aliases: [],
    name: "House",
    title: "House standard",
    edition: "",
    publisher: "",
    unit: "control",
    titles: "publisher" as const,
    idPattern: /^.+$/u,
    notes: [],
    controls: [
      { id: "D", title: "Direct", strength: "direct" as const, rules, why: "Why." },
      { id: "S", title: "Supporting", strength: "supporting" as const, rules, why: "Why." },
      {
        id: "P",
        title: "Process",
        strength: "process" as const,
        rules: "all" as const,
        why: "Why.",
      },
    ],
  };
  const clean =
    'import jwt from "jsonwebtoken";\nexport const a = (p, k) => jwt.sign(p, k, { expiresIn: "1h" });\n';
  const on = { "jwt-audit/no-none-algorithm": "error", "jwt-audit/no-weak-key": "error" } as const;

  function statuses(found: Report): string[] {
    return found.frameworks[0]?.controls.map(({ status }) => status) ?? [];
  }

  async function judge(
    ...[messages, more]: [Parameters<typeof result>[1], Parameters<typeof report>[1]?]
  ): Promise<string[]> {
    const found = await report([result("a.js", messages, clean)], {
      frameworks: [framework],
      configFor: () => Promise.resolve(configWith(on)),
      ...more,
    });
    expectValid(found);
    return statuses(found);
  }

  it("is fail, warn or waived with findings", async () => {
    const rule = "jwt-audit/no-weak-key";
    expect(await judge([message(rule)])).toEqual(["fail", "fail", "evidence"]);
    expect(await judge([message(rule, { severity: 1 })])).toEqual(["warn", "warn", "evidence"]);
    const suppressions = [{ kind: "directive", justification: "known" }];
    expect(await judge([message(rule, { suppressions })])).toEqual([
      "waived",
      "waived",
      "evidence",
    ]);
  });

  it("says that there are none only where all was looked at, and never for a supporting one", async () => {
    expect(await judge([])).toEqual(["no-findings", "manual", "evidence"]);
  });

  it("is partial where a rule was off, a file not read or the configuration unknown", async () => {
    const off = {
      configFor: () => Promise.resolve(configWith({ ...on, "jwt-audit/no-weak-key": "off" })),
    };
    expect(await judge([], off)).toEqual(["partial", "manual", "evidence"]);
    expect(await judge([], { configFor: () => Promise.resolve(undefined) })).toEqual([
      "partial",
      "manual",
      "evidence",
    ]);
    const broken = result(
      "b.js",
      [message(null, { fatal: true })],
      "import jwt from 'jsonwebtoken' (",
    );
    const found = await report([result("a.js", [], clean), broken], {
      frameworks: [framework],
      configFor: () => Promise.resolve(configWith(on)),
    });
    expect(statuses(found)).toEqual(["partial", "manual", "evidence"]);
  });

  it("is not assessed where no rule was on or no file was linted", async () => {
    const none = { configFor: () => Promise.resolve(configWith({})) };
    expect(await judge([], none)).toEqual(["not-assessed", "not-assessed", "evidence"]);
    expect(statuses(await report([], { frameworks: [framework] }))).toEqual([
      "not-assessed",
      "not-assessed",
      "not-assessed",
    ]);
  });

  it("is not applicable without any use of a JWT library, or by the statement", async () => {
    const found = await report([result("a.js", [], "const a = 1;")], { frameworks: [framework] });
    expect(statuses(found)).toEqual(["not-applicable", "not-applicable", "evidence"]);
    const exclusions = new Map([["house", new Map([["D", { justification: "No tokens." }]])]]);
    expect(await judge([message("jwt-audit/no-weak-key")], { exclusions })).toEqual([
      "not-applicable",
      "fail",
      "evidence",
    ]);
  });
});

describe("rules of other plugins", () => {
  it("are mapped by their CWE, and marked", async () => {
    const meta = {
      ...rulesMeta,
      "secrets/no-secrets": { docs: { description: "Disallow secrets", cwe: "CWE-798" } },
      "style/semi": { docs: { description: "Semicolons" } },
    };
    const found = await report(
      [
        result("a.js", [
          message("secrets/no-secrets", { message: 'Found "aB3xZ9qL7mN2pR5tV8wY".' }),
          message("style/semi"),
        ]),
      ],
      { rulesMeta: meta },
    );
    expectValid(found);
    expect(found.findings).toMatchObject([
      { rule: "secrets/no-secrets", message: 'Found "***".', severity: "high" },
    ]);
    const rule = found.rules.find(({ id }) => id === "secrets/no-secrets");
    expect(rule).toMatchObject({ mappedByCwe: true, cwe: ["CWE-798"] });
    expect(rule?.controls.map(({ control }) => control)).toContain("CWE-798");
    const cwe = found.frameworks.find(({ id }) => id === "cwe");
    expect(cwe?.controls.find(({ id }) => id === "CWE-798")).toMatchObject({
      mapped: ["secrets/no-secrets"],
      afterWaivers: 1,
    });
  });

  it("are not taken for ours because of their name", async () => {
    const meta = { "other/no-weak-key": { docs: { url: "https://example.org/no-weak-key" } } };
    const found = await report([result("a.js", [message("other/no-weak-key")])], {
      rulesMeta: meta,
    });
    expect(found.findings).toEqual([]);
  });

  it("do not hide ours under another namespace", async () => {
    const meta = { "tokens/no-weak-key": rulesMeta["jwt-audit/no-weak-key"] ?? {} };
    const found = await report([result("a.js", [message("tokens/no-weak-key")])], {
      rulesMeta: meta,
    });
    expect(found.findings).toMatchObject([{ rule: "no-weak-key", ruleId: "tokens/no-weak-key" }]);
  });
});

describe("the gate", () => {
  const error = message("jwt-audit/no-weak-key", { messageId: "shortKey" });
  const warning = message("jwt-audit/no-none-algorithm", {
    severity: 1,
    messageId: "signsUnsecured",
  });

  it.each<[Partial<Gate>, string, string]>([
    [{}, "failed", "findings"],
    [{ failOn: "critical" }, "failed", "findings"],
    [{ failOn: "none" }, "passed", "passed"],
    [{ failOn: "none", maxWarnings: 0 }, "failed", "warnings"],
    [{ failOn: "none", maxWarnings: 1 }, "passed", "passed"],
    [{ failOn: "none", requireRules: ["no-handmade-jwt"] }, "unknown", "rules-off"],
  ])("%o: %s", async (options, status, rule) => {
    const { verdict } = await report([result("a.js", [error, warning])], {
      ...gate(options),
      configFor: () => Promise.resolve(configWith({ "jwt-audit/no-weak-key": "error" })),
    });
    expect(verdict).toMatchObject({ status, reasons: [{ rule }] });
  });

  it("calls neither passed nor failed what could not be assessed", async () => {
    expect((await report([])).verdict).toMatchObject({
      status: "unknown",
      exitCode: 2,
      reasons: [{ rule: "nothing-linted" }],
    });
  });

  it("asks for coverage", async () => {
    const broken = result("b.js", [message(null, { fatal: true })], "const a = ;");
    const { verdict } = await report([result("a.js", []), broken], gate({ minCoverage: 60 }));
    expect(verdict).toMatchObject({ status: "unknown", reasons: [{ rule: "coverage" }] });
  });
});

describe("the commit", () => {
  const NAMED = /with the rules and at the commit named here\./u;
  const NONE = /with the rules named here; at which commit is not known\./u;
  const clean = [result("a.js", [])];

  it("is named by the verdict, or said not to be known", async () => {
    const named = await report(clean);
    expect(named.verdict.meaning).toMatch(NAMED);
    expect(named.header.unknown).toEqual([]);
    const none = await report(clean, { context: { project: "sample" } });
    expect(none.verdict.meaning).toMatch(NONE);
    expect(none.header.unknown).toEqual([
      expect.stringMatching(/^Which commit the files are of: /u),
    ]);
  });

  it("of a merged report is that of each part", async () => {
    const policy = gate({}).policy;
    const part = (project: string, commit?: string): Promise<Report> =>
      report(clean, { context: { project, ...(commit === undefined ? {} : { commit }) } });
    const merged = async (commit?: string): Promise<Report> =>
      mergeReports({
        reports: [await part("api", "1a2b3c4d"), await part("web", commit)],
        frameworks,
        policy,
      });
    expect((await merged("5e6f7a8b")).verdict.meaning).toMatch(NAMED);
    expect((await merged()).verdict.meaning).toMatch(NONE);
  });
});

describe("a baseline", () => {
  it("tells what is new, fixed, unchanged and newly waived", async () => {
    const before = await report([
      result("a.js", [message("jwt-audit/no-weak-key"), message("jwt-audit/no-hardcoded-key")]),
      result("b.js", [message("jwt-audit/no-weak-key")]),
    ]);
    const suppressions = [{ kind: "directive", justification: "known" }];
    const results = [
      result("a.js", [
        message("jwt-audit/no-weak-key"),
        message("jwt-audit/no-hardcoded-key", { suppressions }),
      ]),
      result("c.js", [message("jwt-audit/no-weak-key")]),
    ];
    const after = await report(results, { baseline: before, ...gate({ newOnly: true }) });
    expectValid(after);
    expect(after.changes).toMatchObject({
      baseline: { commit: "1a2b3c4d5e6f" },
      new: 1,
      unchanged: 2,
      newlyWaived: [expect.any(String)],
      fixed: [{ file: "b.js" }],
    });
    expect(after.verdict.reasons[0]?.text).toContain("1 new finding");
  });

  it("has to be a report", () => {
    expect(() => readReport("{}", "x.json")).toThrow(/no report of this package/u);
    const later = JSON.stringify({ schemaVersion: "9.0.0", header: {}, findings: [] });
    expect(() => readReport(later, "x.json")).toThrow(/of version 9\.0\.0/u);
  });

  it("has to be as it was written, and to say so", async () => {
    const { integrity, ...rest } = await report([result("a.js", [])]);
    const file = "last.json";
    expect(readReport(JSON.stringify({ ...rest, integrity }), file).header.project).toBe("sample");
    expect(() => readReport(JSON.stringify(rest), file)).toThrow(/does not fit its digest/u);
  });
});

describe("merging", () => {
  const policy = gate({}).policy;

  it("gives for shards what one run would have given", async () => {
    const whole = await lintAndReport(FILES);
    const shards = await Promise.all(
      Object.entries(FILES).map(([file, code]) => lintAndReport({ [file]: code })),
    );
    const merged = mergeReports({ reports: shards.toReversed(), frameworks, policy });
    expectValid(merged);
    for (const part of ["findings", "frameworks", "summary", "waivers", "verdict"] as const) {
      expect(merged[part]).toEqual(whole[part]);
    }
    expect(merged.coverage).toEqual(whole.coverage);
  });

  it("keeps projects apart, with a table of them", async () => {
    const one = await lintAndReport(
      { "a.js": FILES["server/sign.js"] },
      { context: { project: "api" } },
    );
    const two = await lintAndReport(
      { "a.js": FILES["server/plain.js"] },
      { context: { project: "web" } },
    );
    const merged = mergeReports({ reports: [two, one], frameworks, policy, project: "everything" });
    expectValid(merged);
    expect(merged.header).toMatchObject({ project: "everything", door: "merge" });
    expect(merged.findings.every(({ file }) => file === "api/a.js")).toBe(true);
    expect(merged.parts).toMatchObject([
      { project: "api", verdict: "failed" },
      { project: "web", verdict: "passed" },
    ]);
  });
});
