/**
 * Lays out a new rule: `npm run new-rule -- no-something [group]`.
 *
 * Writes its three files (rule, test, page) and adds it to src/rules/index.ts.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { format } from "prettier";

const GROUPS = ["algorithms", "keys", "verification", "issuance", "handling"];

const [name, group = "verification"] = process.argv.slice(2);
if (name === undefined || !/^(?:no|require)(?:-[a-z]+)+$/u.test(name) || !GROUPS.includes(group)) {
  console.error("Usage: npm run new-rule -- <no-… or require-…> [group]");
  console.error(`Groups: ${GROUPS.join(", ")}`);
  process.exit(1);
}

const identifier = name.replace(/-(.)/gu, (_, letter) => letter.toUpperCase());
const verb = name.startsWith("no-") ? "Disallow" : "Require";
const subject = name.replace(/^(?:no|require)-/u, "").replaceAll("-", " ");

await write(
  `src/rules/${name}.ts`,
  `import type { JwtRule } from "../types.ts";
import { createRule } from "./kit/create-rule.ts";

type MessageId = "found";

const rule: JwtRule = createRule<[], MessageId>({
  name: "${name}",
  meta: {
    type: "problem",
    docs: {
      description: "${verb} ${subject}",
      group: "${group}",
      recommended: false,
      messages: { found: "medium" },
      cwe: ["CWE-345"],
      rfc: ["RFC 8725 section 3.1"],
    },
    messages: {
      found: "What follows from it. What to do instead.",
    },
    schema: [],
  },
  create() {
    return {};
  },
});

export default rule;
`,
);

await write(
  `tests/rules/${name}.test.ts`,
  `import rule from "../../src/rules/${name}.ts";
import { testRule } from "../kit/test-rule.ts";

testRule("${name}", rule, {
  valid: ['import jwt from "jsonwebtoken";'],
  invalid: [],
});
`,
);

await write(
  `docs/rules/${name}.md`,
  `<!-- end auto-generated rule header -->

Why it matters, in one paragraph: what an attacker gets, and under which condition.

## Rule details

Incorrect:

\`\`\`js
import jwt from "jsonwebtoken";
\`\`\`

Correct:

\`\`\`js
import jwt from "jsonwebtoken";
\`\`\`

## When not to use it

## Further reading
`,
);

await addToIndex();
console.log(`Next: fill in the three files, then npm run docs.`);

async function write(path, content) {
  const file = fromRoot(path);
  if (existsSync(file)) {
    console.error(`${path} is already there.`);
    process.exit(1);
  }
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, await pretty(path, content));
  console.log(path);
}

/** Keeps imports and entries in alphabetical order. */
async function addToIndex() {
  const path = "src/rules/index.ts";
  const source = readFileSync(fromRoot(path), "utf8");

  const imports = [...source.matchAll(/^import \w+ from "\.\/[\w-]+\.ts";$/gmu)].map(
    ([line]) => line,
  );
  const entries = [...source.matchAll(/^ {2}"([\w-]+)": (\w+),$/gmu)].map(([line]) => line.trim());
  imports.push(`import ${identifier} from "./${name}.ts";`);
  entries.push(`"${name}": ${identifier},`);

  const byFile = (line) => line.match(/"(?:\.\/)?([\w-]+)/u)?.[1] ?? line;
  const compare = (a, b) => (byFile(a) < byFile(b) ? -1 : 1);
  const rest = source.replace(/^import \w+ from "\.\/[\w-]+\.ts";\n/gmu, "");
  const withEntries = rest.replace(
    /(export const rules = )\{[^}]*\}/u,
    (_, head) => `${head}{\n${entries.sort(compare).join("\n")}\n}`,
  );
  const withImports = withEntries.replace(
    /^(import type .*\n)/mu,
    (line) => `${line}${imports.sort(compare).join("\n")}\n`,
  );
  writeFileSync(fromRoot(path), await pretty(path, withImports));
  console.log(path);
}

function pretty(path, content) {
  const options = JSON.parse(readFileSync(fromRoot(".prettierrc.json"), "utf8"));
  return format(content, { ...options, filepath: path });
}

function fromRoot(path) {
  return fileURLToPath(new URL(`../${path}`, import.meta.url));
}
