import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { format } from "prettier";
import plugin from "./dist/index.js";

const prettierOptions = JSON.parse(
  readFileSync(new URL(".prettierrc.json", import.meta.url), "utf8"),
);

const GROUPS = {
  algorithms: "Algorithms",
  keys: "Keys",
  verification: "Verification",
  issuance: "Issuance",
  handling: "Handling",
};

const PRESETS = ["recommended", "strict"];

const RULE_HEADER_END = "<!-- end auto-generated rule header -->";

/** The generator speaks in signs; the pages speak in words. */
const WORDS = [
  // Notices of a rule's page.
  [/^(?:📝|💼|🔧|💡|❌)+ /gmu, ""],
  [/(`\w+`) \1/gu, "$1"],
  // The rule list: its legend, column headers and cells.
  [/(?<=<!-- begin auto-generated rules list -->\n)(?:(?!<!-- end)[^])*?\n(?=\n### )/u, ""],
  [/(?<=\|\s*)💼(?=\s*\|)/gu, "Presets"],
  [/(?<=\|\s*)💡(?=\s*\|)/gu, "Suggests an edit"],
];

/** @type {import("eslint-doc-generator").GenerateOptions} */
export default {
  // What a framework's preset holds is on the page of the framework.
  ignoreConfig: Object.keys(plugin.configs).filter((name) => !PRESETS.includes(name)),
  configEmoji: [
    ["recommended", "`recommended`"],
    ["strict", "`strict`"],
  ],
  ruleDocTitleFormat: "name",
  ruleDocNotices: ["deprecated", "description", "configs", "fixable", "hasSuggestions"],
  ruleListColumns: ["name", "description", "configsError"],
  ruleListSplit: (rules) =>
    Object.entries(GROUPS)
      .map(([group, title]) => ({
        title,
        rules: rules.filter(([, { meta }]) => meta.docs.group === group),
      }))
      .filter((list) => list.rules.length > 0),
  urlConfigs: "https://github.com/eslint-plugin-jwt-audit/eslint-plugin-jwt-audit#presets",
  postprocess(content, path) {
    const worded = WORDS.reduce((text, [sign, word]) => text.replace(sign, word), content);
    const { docs } = plugin.rules[basename(path, ".md")]?.meta ?? {};
    const page = docs === undefined ? worded : withBasis(worded, docs);
    return format(page, { ...prettierOptions, parser: "markdown" });
  },
};

/** Adds to the header of a rule's page what the rule rests on. */
function withBasis(page, { cwe, rfc }) {
  const weaknesses = cwe.map(
    (id) => `[${id}](https://cwe.mitre.org/data/definitions/${id.replace("CWE-", "")}.html)`,
  );
  const basis = [...weaknesses, ...rfc].join(", ");
  return page.replace(RULE_HEADER_END, `Based on ${basis}.\n\n${RULE_HEADER_END}`);
}
