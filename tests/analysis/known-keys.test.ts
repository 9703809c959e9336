import rule from "../../src/rules/no-token-logging.ts";
import { marked } from "../kit/marked.ts";
import { testRule } from "../kit/test-rule.ts";

/** Keys that a program has found to be no secret where it shows them, and parts that every key has. */

const show = (body: string): string =>
  `import jwt from "jsonwebtoken"; const secret = process.env.KEY; export const make = (sub) => jwt.sign({ sub }, secret, options); export function check(other) { ${body} }`;

const showPem = (body: string): string => show(body).replaceAll(/\bsecret\b/gu, "privateKey");

testRule("no-token-logging: keys that are known", rule, {
  valid: [
    'if (secret === "changeme") console.log(secret);',
    'if (["secret", "changeme"].includes(secret)) console.log(secret);',
    'if (secret.trim() === "") console.log(secret);',
    "if (!secret.trim()) console.log(secret);",
    'const defaults = { secret: "changeme" }; if (secret === defaults.secret) console.log(secret);',
  ]
    .map(show)
    .concat(
      [
        "console.log(privateKey.slice(0, 27));",
        'console.log(privateKey.split("\\n")[0]);',
        'const [first] = privateKey.split("\\n"); console.log(first);',
      ].map(showPem),
    ),
  invalid: [
    // Of what is no PEM text, the first line may be all.
    "console.log(«secret.slice(0, 27)»);",
    'console.log(«secret.split("\\n")[0]»);',
    'if (secret !== "changeme") console.log(«secret»);',
    "if (secret === other) console.log(«secret»);",
    "const defaults = { secret: process.env.OTHER }; if (secret === defaults.secret) console.log(«secret»);",
    'const defaults = { secret: process.env.OTHER ?? "changeme" }; if (secret === defaults.secret) console.log(«secret»);',
    'const defaults = { secret: "changeme" }; if (secret !== defaults.secret) console.log(«secret»);',
    'if (!["secret", "changeme"].includes(secret)) console.log(«secret»);',
    'if (["secret", other].includes(secret)) console.log(«secret»);',
    'if (secret.trim() !== "") console.log(«secret»);',
  ]
    .map(show)
    .concat(
      ["console.log(«privateKey.slice(0, 60)»);", 'console.log(«privateKey.split("\\n")[1]»);'].map(
        showPem,
      ),
    )
    .map((code) => marked(code, { messageId: "key", data: { name: "console.log" } })),
});
