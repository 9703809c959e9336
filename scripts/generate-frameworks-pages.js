/**
 * Writes docs/frameworks/: a page a framework, the page on the two articles, and the list of both.
 *
 * `--check` writes nothing and fails if a page is not what it would be.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { format } from "prettier";
import {
  articles,
  checklist,
  checklistOf,
  frameworks,
  predecessorsOf,
  rulesOf,
  statements,
  successorsOf,
} from "../dist/compliance.js";
import plugin from "../dist/index.js";

const FOLDER = "docs/frameworks";

/** Written by hand. */
const MANUAL = ["custom.md"];

const prettierOptions = JSON.parse(readFileSync(fromRoot(".prettierrc.json"), "utf8"));
const pages = new Map([
  ["README.md", overview()],
  ["articles.md", articlesPage()],
  ...frameworks.map((framework) => [`${framework.id}.md`, frameworkPage(framework)]),
]);

const check = process.argv.includes("--check");
let wrong = 0;
mkdirSync(fromRoot(FOLDER), { recursive: true });
for (const [name, content] of pages) {
  const path = `${FOLDER}/${name}`;
  const text = await format(content, { ...prettierOptions, parser: "markdown" });
  const current = existsSync(fromRoot(path)) ? readFileSync(fromRoot(path), "utf8") : "";
  if (current === text) continue;
  if (check) {
    console.error(`${path} is out of date.`);
    wrong++;
  } else {
    writeFileSync(fromRoot(path), text);
    console.log(path);
  }
}
for (const name of readdirSync(fromRoot(FOLDER))) {
  if (pages.has(name) || MANUAL.includes(name)) continue;
  console.error(`${FOLDER}/${name} belongs to no framework.`);
  wrong++;
}
if (wrong > 0) {
  if (check) console.error("Run npm run docs.");
  process.exitCode = 1;
}

function overview() {
  return page(
    "Frameworks",
    paragraph(
      "Which controls the rules bear on. A finding of a _direct_ rule is counter-evidence against the control; a finding of a _supporting_ one weakens it, and other measures may make up for that; a control marked _process_ is served by the run itself. No run shows that an organisation meets a framework: a clean one is evidence about the files, the rules and the commit that it names.",
    ),
    table(
      ["Framework", "Edition", "Publisher", "Mapped", "Preset"],
      frameworks.map((framework) => [
        `[${framework.name}](./${framework.id}.md)`,
        framework.edition,
        framework.publisher,
        mappedCount(framework),
        framework.preset === undefined ? "" : code(framework.preset.name),
      ]),
    ),
    paragraph(
      "[The two articles](./articles.md) goes through the articles that the package started from, statement by statement. [A framework of your own](./custom.md) says how to bring one, or a statement of applicability.",
    ),
    paragraph(
      "Only identifiers, short titles and words of our own are given. The standards belong to their publishers, who have no part in this.",
    ),
  );
}

function frameworkPage(framework) {
  const {
    title,
    edition,
    publisher,
    url,
    unit,
    titles,
    controls,
    notes,
    notMapped = {},
  } = framework;
  const left = checklistOf(framework.id);
  return page(
    framework.name,
    paragraph(
      `${url === undefined ? title : `[${title}](${url})`}. Edition ${edition}, published by ${publisher}. On the command line it is ${code(framework.id)}${framework.aliases.length > 0 ? `, or ${framework.aliases.map(code).join(", ")}` : ""}. ${mappedCount(framework)} mapped; ${titles === "publisher" ? "the titles are the publisher's" : "the titles are ours"}.`,
    ),
    list(notes),
    ...presetSection(framework),
    heading(2, plural(unit)),
    table(
      [capital(unit), "Title", "Strength", "Rules", "Why", ...editionColumn(framework)],
      controls.map((control) => [
        control.id,
        control.title + (control.qualifier === undefined ? "" : ` (${control.qualifier})`),
        control.strength,
        rulesCell(control),
        control.why,
        ...editionCell(framework, control.id),
      ]),
    ),
    ...(Object.keys(notMapped).length === 0
      ? []
      : [
          heading(2, "Not mapped"),
          table(
            [capital(unit), "Why no rule bears on it"],
            Object.entries(notMapped).map(([id, why]) => [id, why]),
          ),
        ]),
    ...(left.length === 0
      ? []
      : [
          heading(2, "Left to people"),
          paragraph("What no reading of code answers, with what can be filed as the answer."),
          table(
            [plural(unit), "Question", "Evidence", "Usually known by"],
            left.map(({ controls: ids, question, evidence, owner }) => [
              ids[framework.id].join(", "),
              question,
              evidence,
              owner,
            ]),
          ),
        ]),
  );
}

function presetSection({ preset }) {
  if (preset === undefined) return [];
  const [{ rules }] = plugin.configs[preset.name];
  const policy = Object.entries(preset.policy).filter(([rule]) => plugin.rules[rule] !== undefined);
  return [
    heading(2, "Preset"),
    `\`\`\`js
import { defineConfig } from "eslint/config";
import jwtAudit from "eslint-plugin-jwt-audit";

export default defineConfig([{ extends: [jwtAudit.configs${member(preset.name)}] }]);
\`\`\``,
    table(
      ["Rule", "Level"],
      Object.entries(rules).map(([id, entry]) => [
        ruleLink(id.replace(/^.*\//u, "")),
        Array.isArray(entry) ? entry[0] : entry,
      ]),
    ),
    paragraph(
      "Beside the rules of `recommended`, a rule whose findings are direct counter-evidence is an error, one that only supports a control a warning. In test code the rules are off or milder, as in every preset.",
    ),
    ...policy.map(([rule, { options, why }]) =>
      paragraph(
        `${ruleLink(rule)} is set by policy, with the options ${code(inline(options))}. ${why}`,
      ),
    ),
  ];
}

function articlesPage() {
  return page(
    "The two articles",
    paragraph(
      "The package started from two articles of hoop.dev, on JWTs for ISO 27001 and for SOC 2. Their checklists are the least that it looks at. Each statement is here in short, with what is precise about it, the rules that show it in code, and the questions that remain for people.",
    ),
    paragraph(
      "Both articles are right about the list of things to do: algorithms, lifetimes, revocation, claims, TLS, keys, logs. They are imprecise about numbers of controls, and some of what they say about tokens is wrong: a signature keeps nothing private, a bearer token is not safe from replay, and HS256 is not a weak algorithm.",
    ),
    ...Object.entries(articles).flatMap(([id, article]) => [
      heading(2, article.title),
      statementsTable(statements.filter((statement) => statement.article === id)),
    ]),
    heading(2, "HS256 and RS256"),
    paragraph(
      "The first article calls HS256 weaker than RS256. The sources disagree with it, and in part with each other:",
    ),
    table(
      ["Source", "HS256", "RS256"],
      [
        ["RFC 7518 section 3.1", "required to implement", "recommended"],
        ["RFC 9068 section 2.1", "allowed; key pairs recommended", "must be supported"],
        ["Strength", "256 bits with a random key of 256 bits", "112 bits with 2048, 128 with 3072"],
        ["OWASP ASVS 5.0, appendix C", "approved", "disallowed"],
        ["OWASP cheat sheet on JWTs", "recommended", "not recommended"],
        ["NIST SP 800-63C-4 section 3.13.2", "allowed", "allowed"],
        [
          "RFC 7518 section 8.10",
          "every verifier can make tokens",
          "the verifying key can be public",
        ],
      ],
    ),
    paragraph(
      `What differs is who holds the key. HS256 suits a single party that signs and verifies, with a key of 256 random bits. Where another party verifies, a key pair keeps it from signing, and PS256, ES256 and EdDSA are better choices than RS256. So ${ruleLink("no-disallowed-algorithm")} leaves HS256 alone by default, the preset ${code("iso27001")} warns about it, and the preset ${code("asvs")} forbids RS256. Reports name the policy that judged.`,
    ),
    heading(2, "Numbers of controls"),
    paragraph(
      "A.9.1, A.9.2, A.10.1 and A.12.4 are headings in the edition of 2013, not controls, and the captions in the article are not the standard's. In the edition of 2022:",
    ),
    table(
      ["In the article", "Heading in 2013", "Controls in 2022"],
      [
        ["A.9.1 Access Control", "Business requirements of access control", "A.5.15"],
        [
          "A.9.2 Secure Authentication",
          "User access management",
          "A.5.16, A.5.17, A.5.18, A.8.2. Authentication was A.9.4.2 and is A.8.5",
        ],
        ["A.10.1 Data Integrity", "Cryptographic controls", "A.8.24"],
        [
          "A.12.4 Audit Logs",
          "Logging and monitoring",
          "A.8.15, A.8.17. Monitoring is A.8.16, new",
        ],
      ],
    ),
    heading(2, "Left to people"),
    paragraph("The questions that the tables refer to."),
    ...checklist.flatMap(({ title, question, evidence, owner }) => [
      heading(3, title),
      paragraph(question),
      list([`Evidence: ${evidence}`, `Usually known by: ${owner}`]),
    ]),
  );
}

function statementsTable(rows) {
  const byId = new Map(checklist.map((entry) => [entry.id, entry]));
  return table(
    ["", "The article says", "Precisely", "Controls", "Shown by", "Left to people"],
    rows.map((statement) => [
      statement.id,
      statement.claim,
      `${statement.verdict === "right" ? "" : `_${capital(statement.verdict)}._ `}${statement.precise}`,
      Object.entries(statement.controls)
        .map(([id, ids]) => `${ids.join(", ")}${id === "iso27001-2013" ? " (2013)" : ""}`)
        .join("; "),
      statement.rules === "all" ? "the run" : statement.rules.map(ruleLink).join(", "),
      statement.checklist
        .map((id) => `[${byId.get(id).title}](#${anchor(byId.get(id).title)})`)
        .join(", "),
    ]),
  );
}

function rulesCell(control) {
  if (control.rules === "all") return "all rules";
  return rulesOf(control)
    .map(({ rule, strength }) =>
      strength === control.strength ? ruleLink(rule) : `${ruleLink(rule)} (supporting)`,
    )
    .join(", ");
}

/** A link for a rule that exists, a name for one that is still to come. */
function ruleLink(rule) {
  return plugin.rules[rule] === undefined ? code(rule) : `[${rule}](../rules/${rule}.md)`;
}

function editionColumn({ id, controls }) {
  if (controls.some((control) => successorsOf(id, control.id).length > 0)) return ["Now"];
  if (controls.some((control) => predecessorsOf(id, control.id) !== undefined)) return ["Before"];
  return [];
}

function editionCell(framework, id) {
  const [column] = editionColumn(framework);
  if (column === undefined) return [];
  if (column === "Now") return [successorsOf(framework.id, id).join(", ")];
  const before = predecessorsOf(framework.id, id);
  return [before === undefined ? "" : before.length === 0 ? "new" : before.join(", ")];
}

function mappedCount({ controls, catalogue, unit }) {
  return catalogue === undefined
    ? `${controls.length} ${plural(unit).toLowerCase()}`
    : `${controls.length} of ${catalogue.length} ${plural(unit).toLowerCase()}`;
}

function page(title, ...parts) {
  return [`# ${title}`, ...parts].join("\n\n") + "\n";
}

function heading(level, text) {
  return `${"#".repeat(level)} ${text}`;
}

function paragraph(text) {
  return text;
}

function list(items) {
  return items.map((item) => `- ${item}`).join("\n");
}

function table(head, rows) {
  const line = (cells) => `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}

function code(text) {
  return `\`${text}\``;
}

function member(name) {
  return /^\w+$/u.test(name) ? `.${name}` : `["${name}"]`;
}

function inline(options) {
  const entries = Object.entries(options).map(([key, value]) => `${key}: ${JSON.stringify(value)}`);
  return `{ ${entries.join(", ").replaceAll(",", ", ").replaceAll(",  ", ", ")} }`;
}

function capital(text) {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function plural(unit) {
  const words = { criterion: "criteria", weakness: "weaknesses" };
  return capital(words[unit] ?? `${unit}s`);
}

function anchor(title) {
  return title
    .toLowerCase()
    .replaceAll(/[^\w\s-]/gu, "")
    .replaceAll(" ", "-");
}

function fromRoot(path) {
  return fileURLToPath(new URL(`../${path}`, import.meta.url));
}
