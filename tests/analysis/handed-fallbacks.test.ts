import path from "node:path";
import rule from "../../src/rules/no-hardcoded-key.ts";
import { marked } from "../kit/marked.ts";
import { testRule } from "../kit/test-rule.ts";
import type { InvalidCase } from "../kit/test-rule.ts";

/** Helpers that are handed the text which stands in for a setting, and give it outside of production or anywhere. */

const PRODUCTION = 'process.env.NODE_ENV === "production"';

const helper = (body: string, key = '"of-my-machine-alone"', parameter = "fallback"): string =>
  `import jwt from "jsonwebtoken"; function required(name, ${parameter}) { const value = process.env[name]; ${body} } jwt.verify(token, required("JWT_KEY", ${key}), { algorithms: ["HS256"] });`;

const found = (body: string, ...more: string[]): InvalidCase =>
  marked(helper(body, '«"of-my-machine-alone"»', ...more), {
    messageId: "fallbackKey",
    data: { name: "jwt.verify", origin: "", variable: "JWT_KEY" },
    suggestions: [
      {
        messageId: "dropFallback",
        data: { variable: "JWT_KEY" },
        output: helper(body, "", ...more).replace('"JWT_KEY", )', '"JWT_KEY")'),
      },
    ],
  });

const filename = path.join(import.meta.dirname, "../fixtures/handed-fallbacks/use.js");

const using = (name: string, key = name): string =>
  `import jwt from "jsonwebtoken"; import { ${name} } from "./env.js"; jwt.verify(token, ${key}, { algorithms: ["HS256"] });`;

const elsewhere = (name: string, line: number): InvalidCase =>
  marked(
    using(name, `«${name}»`),
    {
      messageId: "fallbackKey",
      data: {
        name: "jwt.verify",
        origin: ` It is written in tests/fixtures/handed-fallbacks/env.js:${String(line)}.`,
        variable: "JWT_KEY",
      },
    },
    { filename },
  );

testRule("no-hardcoded-key", rule, {
  valid: [
    `if (!value) { if (${PRODUCTION}) { throw new Error("no key"); } return fallback; } return value;`,
    `if (!value) { if (${PRODUCTION}) throw new Error("no key"); warn(name); return fallback; } return value;`,
    `if (${PRODUCTION} && !value) throw new Error("no key"); return value ?? fallback;`,
    `if (value === undefined && ${PRODUCTION}) { process.exit(1); } return value || fallback;`,
    `if (!value) { if (${PRODUCTION}) throw new Error("no key"); } return value || fallback;`,
    `if (value) return value; if (${PRODUCTION}) throw new Error("no key"); return fallback;`,
    `if (value) return value; if (!fallback || ${PRODUCTION}) throw new Error("no key"); return fallback;`,
    `if (value) return value; if (process.env.NODE_ENV !== "production") return fallback; throw new Error("no key");`,
    `if (value) return value; return process.env.NODE_ENV === "test" ? fallback : stop();`,
  ]
    .map((body): string | { code: string; filename: string } => helper(body))
    .concat(
      { code: using("kept"), filename },
      // A constant, and a helper that hands it on
      helper(
        `if (value) return value; if (${PRODUCTION}) throw new Error("no key"); return fallback;`,
        "MINE",
      ).replace("function", 'const MINE = "of-my-machine-alone"; function'),
      helper("return value ?? local(name, fallback);").replace(
        "function",
        `function local(name, text) { if (${PRODUCTION}) throw new Error("no key"); return text; } function`,
      ),
    ),
  invalid: [
    found("return value ?? fallback;"),
    // Helpers of another file: they only warn, stop elsewhere, behind it, or for something else.
    ...[
      "warned",
      "stoppedInTests",
      "stoppedBehind",
      "stoppedForOther",
      "stoppedWithValue",
      "oneOfTwo",
      "onlyCalled",
      "stoppedForOthers",
    ].map((name, at) => elsewhere(name, 5 + at)),
  ],
});
