/** Reports that a format has to survive: names and messages chosen to break out of it, and extremes. */
import type { ESLint } from "eslint";
import type { Report } from "../../src/report/types.ts";
import { frameworks, lintAndReport, message, report, result } from "./report.ts";

const HOSTILE_FILES = [
  "<img src=x onerror=alert(1)>.js",
  'a"onmouseover="alert(1).js',
  "=cmd|' /C calc'!A0.js",
  "x|y`z`.js",
  "[click](javascript:alert(1)).js",
  "\u001B[31mred\u001B[0m\u0007.js",
  "right\u202Eto left.js",
  "line\nbreak.js",
  "lone \uD800 surrogate.js",
  "]]><!--.js",
  "-x.js",
  "@everyone.js",
  "日本 語.js",
];

const HOSTILE_MESSAGES = [
  "</td></table><script>alert(1)</script> & <b>bold</b>",
  "| a | b |\n| - | - |\n\n# Heading\n\n![x](http://evil.example/x.png) @team https://evil.example",
  '=HYPERLINK("http://evil.example","click")',
  "\u001B]8;;http://evil.example\u0007link\u001B]8;;\u0007 \u001B[2J",
  "${{ secrets.TOKEN }} ``` ]]> --> %{x} \u0000 \uFFFE \u2028 \u200B",
  "<details><summary>x</summary>",
];

const JUSTIFICATION =
  "<script>alert(2)</script> | =1+1 \u001B[31m; approved-by @a<b>; expires 2027-01-01";

function hostileResults(): ESLint.LintResult[] {
  return HOSTILE_FILES.map((file, index) =>
    result(
      file,
      HOSTILE_MESSAGES.flatMap((text, line) => [
        message("jwt-audit/no-weak-key", { messageId: "shortKey", message: text, line: line + 1 }),
        message("evil/<b>|`rule`", { message: text, line: line + 1, severity: 1 }),
        message("jwt-audit/no-hardcoded-key", {
          message: text,
          line: line + 1,
          suppressions: [{ kind: "directive", justification: `${JUSTIFICATION} ${index}` }],
        }),
      ]).concat(message(null, { message: `Unexpected <${file}>`, fatal: true })),
      'import jwt from "jsonwebtoken"; jwt.sign(',
    ),
  );
}

export const cases: Readonly<Record<string, () => Promise<Report>>> = {
  "an ordinary run": () =>
    lintAndReport({
      "src/sign.js":
        'import jwt from "jsonwebtoken";\nexport const a = (sub) => jwt.sign({ sub }, "hunter2hunter2");\n// eslint-disable-next-line jwt-audit/no-none-algorithm -- SEC-1; test double; expires 2026-12-01\nexport const b = jwt.sign({}, "", { algorithm: "none" });\n// eslint-disable-next-line jwt-audit/no-none-algorithm -- was due; expires 2026-01-01\nexport const c = jwt.sign({}, "", { algorithm: "none" });\n',
      "src/verify.js":
        'import jwt from "jsonwebtoken";\nexport const c = (t, k) => jwt.verify(t, k, { algorithms: ["HS256"] });\n',
      "src/plain.js": "export const d = 1;\n",
    }),
  "hostile names and messages": () =>
    report(hostileResults(), {
      rulesMeta: {
        "evil/<b>|`rule`": {
          docs: {
            description: "<script>alert(3)</script> | =2+2",
            url: "javascript:alert(1)",
            cwe: ["CWE-347"],
          },
        },
      },
      context: {
        project: "<script>alert(4)</script>|=3+3\u001B[31m",
        branch: "feature/<img src=x>|`x`",
        commit: "0123456789abcdef",
        dirty: true,
        repository: "javascript:alert(1)",
        run: { provider: "<b>CI</b>", url: "javascript:alert(1)", actor: "\u202Eeve" },
      },
    }),
  "no finding": () =>
    lintAndReport(
      {
        "a.js":
          'import jwt from "jsonwebtoken";\nexport const a = (p, k) => jwt.sign(p, k, { expiresIn: "1h" });\n',
      },
      { rules: { "jwt-audit/no-none-algorithm": "error" } },
    ),
  "no file": () => report([]),
  "only parse errors": () =>
    report(
      ["a.js", "b.js"].map((file) =>
        result(file, [message(null, { message: "Unexpected token", fatal: true })], "jwt ("),
      ),
    ),
};

/** As large as a report gets. */
export function huge(): Promise<Report> {
  const messages = Array.from({ length: 1_000 }, (_, index) =>
    message("jwt-audit/no-weak-key", {
      messageId: "shortKey",
      message: "The key of jwt.sign has 64 bits, and HS256 needs 256 or more.",
      line: index + 1,
    }),
  );
  const results = Array.from({ length: 100 }, (_, index) =>
    result(`src/file${index}.js`, messages),
  );
  return report(results, { frameworks: frameworks.slice(0, 1) });
}
