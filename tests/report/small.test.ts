import { ESLint } from "eslint";
import type { Linter } from "eslint";
import { describe, expect, it } from "vitest";
import { daysBetween, isDay, now } from "../../src/report/clock.ts";
import { Fingerprints } from "../../src/report/fingerprint.ts";
import { matchesGlob } from "../../src/report/glob.ts";
import { lineHashes } from "../../src/report/line-hash.ts";
import { mask } from "../../src/report/mask.ts";
import { isTestFile, testFiles } from "../../src/configs/test-files.ts";

describe("clock", () => {
  it("takes SOURCE_DATE_EPOCH for the time", () => {
    expect(now({ SOURCE_DATE_EPOCH: "0" }).toISOString()).toBe("1970-01-01T00:00:00.000Z");
    expect(() => now({ SOURCE_DATE_EPOCH: "tomorrow" })).toThrow(/number of seconds/u);
  });

  it("knows the days of the calendar", () => {
    expect(isDay("2028-02-29")).toBe(true);
    expect(isDay("2027-02-29")).toBe(false);
    expect(isDay("2027-2-9")).toBe(false);
    expect(daysBetween("2026-12-31", "2027-01-01")).toBe(1);
    expect(daysBetween("2027-01-01", "2026-12-31")).toBe(-1);
  });
});

describe("mask", () => {
  const token =
    "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U";

  it.each([
    `A token ${token} is here`,
    "-----BEGIN RSA PRIVATE KEY-----\nMIIEow\n-----END RSA PRIVATE KEY-----",
    "-----BEGIN PRIVATE KEY----- cut off",
    "postgres://user:s3cr3t@host/db",
    "Authorization: Bearer abcdef123456",
    'secret = "correct horse battery"',
    "password: hunter2hunter2",
    "found aB3xZ9qL7mN2pR5tV8wY",
    "key 0123456789abcdef0123456789abcdef",
    "ghp_abcdefghijklmnop",
  ])("hides the secret in %s", (text) => {
    const masked = mask(text);
    expect(masked).toContain("***");
    for (const secret of [token, "MIIEow", "cut off", "s3cr3t", "abcdef123456", "horse"]) {
      expect(masked).not.toContain(secret);
    }
  });

  it.each([
    "The key is written in config/auth/AuthController2/handlers.js:12.",
    "Use RS256, ES256 or EdDSA instead of HS256.",
    "Set audience in passport-jwt's jsonWebTokenOptions.",
    "jwt-audit/no-hardcoded-key",
    "https://example.org/a/b?c=d",
  ])("leaves %s alone", (text) => {
    expect(mask(text)).toBe(text);
  });
});

describe("glob", () => {
  it.each([
    ["src/a.js", "src/a.js", true],
    ["src/a.js", "src/*.js", true],
    ["src/b/a.js", "src/*.js", false],
    ["src/b/a.js", "src/**", true],
    ["src/b/a.js", "src", true],
    ["a.js", "**/*.js", true],
    ["src/b/a.js", "**/a.js", true],
    ["src/ab.js", "src/a?.js", true],
    ["src/a+b.js", "src/a+b.js", true],
    ["source/a.js", "src/**", false],
  ])("%s and %s: %s", (path, pattern, matches) => {
    expect(matchesGlob(path, pattern)).toBe(matches);
  });
});

describe("lineHashes", () => {
  it("computes what GitHub's upload action computes", () => {
    const all = (text: string, count: number): string[] => [
      ...lineHashes(text, new Set(Array.from({ length: count }, (_, index) => index + 1))).values(),
    ];
    expect(all("", 1)).toEqual(["c129715d7a2bc9a3:1"]);
    expect(all(" a\nb\n  \t\tc\n d", 4)).toEqual([
      "271789c17abda88f:1",
      "54703d4cd895b18:1",
      "180aee12dab6264:1",
      "a23a3dc5e078b07b:1",
    ]);
    for (const end of ["\n", "\r", "\r\n"]) {
      expect(
        all([" hello; \t", "world!!!", "", "", "  \t\tGreetings", " End", ""].join(end), 7),
      ).toEqual([
        "e9496ae3ebfced30:1",
        "fb7c023a8b9ccb3f:1",
        "ce8ba1a563dcdaca:1",
        "e20e36e16fcb0cc8:1",
        "b3edc88f2938467e:1",
        "c8e28b0b4002a3a0:1",
        "c129715d7a2bc9a3:1",
      ]);
    }
    expect(all("Lorem ipsum dolor sit amet.\n".repeat(10), 7)).toEqual([
      "a7f2ff13bc495cf2:1",
      "a7f2ff13bc495cf2:2",
      "a7f2ff13bc495cf2:3",
      "a7f2ff13bc495cf2:4",
      "a7f2ff13bc495cf2:5",
      "a7f2ff13bc495cf2:6",
      "a7f2ff1481e87703:1",
    ]);
  });

  it("reads no further than it has to", () => {
    const text = `first\n${"x".repeat(50)}\n`.repeat(200);
    expect(lineHashes(text, new Set([3]))).toEqual(
      new Map([[3, lineHashes(text, new Set([1, 2, 3, 300])).get(3)]]),
    );
  });
});

describe("Fingerprints", () => {
  const place = {
    rule: "no-weak-key",
    messageId: "shortKey",
    message: "Short.",
    file: "a.js",
    text: "  sign(payload, 'key-one')",
    line: 7,
  };
  const one = (more: Partial<typeof place> = {}): string =>
    new Fingerprints().of({ ...place, ...more });

  it("stay when lines move, are indented, or the text of a string changes", () => {
    expect(one({ line: 90 })).toBe(one());
    expect(one({ text: "sign( payload, 'key-two' )" })).toBe(one());
  });

  it("differ by rule, kind, file and code", () => {
    const all = [
      one(),
      one({ rule: "no-hardcoded-key" }),
      one({ messageId: "emptyKey" }),
      one({ file: "b.js" }),
      one({ text: "verify(token, 'key-one')" }),
    ];
    expect(new Set(all).size).toBe(all.length);
  });

  it("tell like findings of a file apart", () => {
    const fingerprints = new Fingerprints();
    expect(fingerprints.of(place)).not.toBe(fingerprints.of({ ...place, line: 8 }));
  });
});

describe("isTestFile", () => {
  const tests = [
    "src/a.test.ts",
    "tests/a.js",
    "src/__mocks__/a.js",
    "a/b_spec.js",
    "e2e/x/y.ts",
    "vitest.config.ts",
    "jest.setup.js",
    "src/setupTests.ts",
  ];
  const production = [
    "src/a.ts",
    "src/latest.js",
    "src/contest/a.js",
    "test.js",
    "src/spectrum.ts",
  ];

  it.each(tests)("%s is test code", (file) => {
    expect(isTestFile(file)).toBe(true);
  });

  it.each(production)("%s is not", (file) => {
    expect(isTestFile(file)).toBe(false);
  });

  it("asks the same as the patterns of the presets", async () => {
    const eslint = new ESLint({
      overrideConfigFile: true,
      overrideConfig: [
        { files: ["**/*.{js,ts}"], rules: { eqeqeq: "error" } },
        { files: [...testFiles], rules: { eqeqeq: "off" } },
      ],
    });
    for (const file of [...tests, ...production]) {
      const config = (await eslint.calculateConfigForFile(file)) as Linter.Config | undefined;
      const [level] = config?.rules?.eqeqeq as [number];
      expect([file, level === 0]).toEqual([file, isTestFile(file)]);
    }
  });
});
