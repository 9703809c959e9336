import rule from "../../src/rules/no-token-logging.ts";
import { marked } from "../kit/marked.ts";
import { testRule } from "../kit/test-rule.ts";

/** Keys that a program has found to be no secret where it shows them, and parts that every key has. */

const show = (body: string): string =>
  `import jwt from "jsonwebtoken"; const secret = process.env.KEY; export const make = (sub) => jwt.sign({ sub }, secret, options); export function check(other) { ${body} }`;

testRule("no-token-logging: keys that are known", rule, {
  valid: [
    'if (secret === "changeme") console.log(secret);',
    'if (["secret", "changeme"].includes(secret)) console.log(secret);',
    'if (secret.trim() === "") console.log(secret);',
    "if (!secret.trim()) console.log(secret);",
    "console.log(secret.slice(0, 27));",
    'console.log(secret.split("\\n")[0]);',
    'const [first] = secret.split("\\n"); console.log(first);',
  ].map(show),
  invalid: [
    'if (secret !== "changeme") console.log(«secret»);',
    "if (secret === other) console.log(«secret»);",
    'if (!["secret", "changeme"].includes(secret)) console.log(«secret»);',
    'if (["secret", other].includes(secret)) console.log(«secret»);',
    'if (secret.trim() !== "") console.log(«secret»);',
  ].map((body) => marked(show(body), { messageId: "key", data: { name: "console.log" } })),
});
