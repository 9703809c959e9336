import type { ReportFixFunction, SourceCode } from "@typescript-eslint/utils/ts-eslint";
import { analyze } from "../analysis/analysis.ts";
import { byObject } from "../analysis/memo.ts";
import type { Operation } from "../analysis/operations/operations.ts";
import { unwrap } from "../analysis/syntax.ts";
import { readsClaim } from "../analysis/trust/claim-reads.ts";
import type { Entity, OptionModel } from "../libraries/types.ts";
import type { JwtRule } from "../types.ts";
import { createRule } from "./kit/create-rule.ts";
import { addOption, quoted } from "./kit/edits.ts";

type MessageIds = "missing" | "addOption";

const rule: JwtRule = createRule<[], MessageIds>({
  name: "require-max-age",
  meta: {
    type: "problem",
    docs: {
      description: "Require verification to limit the age of a token",
      group: "verification",
      recommended: false,
      messages: { missing: "policy", addOption: "policy" },
      cwe: ["CWE-613"],
      rfc: ["RFC 7519 section 4.1.6"],
      inTests: "off",
    },
    hasSuggestions: true,
    messages: {
      missing:
        "{{name}} accepts a token however long ago it was issued, so whoever signs it decides alone how long it is good. Set {{option}} to the longest age that a token may have.",
      addOption: "Add {{edit}}, with the right age in its place.",
    },
    schema: [],
  },
  create(context) {
    return {
      Program() {
        const analysis = analyze(context);
        for (const operation of analysis.operations) {
          const { kind, name, node, wrapper } = operation;
          if (kind !== "verify" && kind !== "middleware" && kind !== "strategy") continue;
          const limit = limitOf(operation.entity);
          if (wrapper !== undefined || limit === undefined) continue;
          const state = operation.option("maxAge");
          if (state.state !== "absent" || readsClaim(analysis.core, operation, "iat")) continue;
          // What stands there without effect is mended by no-ineffective-option.
          const isWritten =
            state.written !== undefined || operation.ignored.some(({ role }) => role === "maxAge");
          const edit = isWritten ? undefined : editFor(context.sourceCode, operation, limit);
          context.report({
            node,
            messageId: "missing",
            data: { name, option: limit.name },
            suggest:
              edit === undefined
                ? []
                : [{ messageId: "addOption", data: { edit: edit.text }, fix: edit.fix }],
          });
        }
      },
    };
  },
});

interface Limit {
  readonly name: string;
  readonly grammar: OptionModel["grammar"];
}

/** The option by which the library limits the age, if it has one. */
const limitOf = byObject((entity: Entity): Limit | undefined => {
  for (const [name, models] of Object.entries(entity.options ?? {})) {
    const model = [models].flat().find((one) => one.role === "maxAge" && one.ignored === undefined);
    if (model !== undefined && model.hasDefault !== true) return { name, grammar: model.grammar };
  }
  return undefined;
});

const HOURS = 12;

function editFor(
  source: Readonly<SourceCode>,
  operation: Operation,
  { name, grammar }: Limit,
): { readonly text: string; readonly fix: ReportFixFunction } | undefined {
  const age = ageIn(source, grammar);
  const [outer, inner] = name.split(".");
  if (outer === undefined || age === undefined) return undefined;
  const text = inner === undefined ? `${outer}: ${age}` : `${outer}: { ${inner}: ${age} }`;
  // Merging into an object that is there, or may be, is left to the author.
  if (inner !== undefined && !isKnownWithout(operation, outer)) return undefined;
  const fix = addOption(source, operation, text);
  return fix === undefined ? undefined : { text, fix };
}

function ageIn(source: Readonly<SourceCode>, grammar: Limit["grammar"]): string | undefined {
  switch (grammar) {
    case "seconds-or-ms-string":
    case "jose-duration":
      return quoted(source, `${String(HOURS)}h`);
    case "seconds":
      return String(HOURS * 60 * 60);
    case "milliseconds":
    case "milliseconds-or-ms-string":
      return String(HOURS * 60 * 60 * 1000);
    default:
      return undefined;
  }
}

function isKnownWithout({ options }: Operation, name: string): boolean {
  if (options === undefined || unwrap(options.node).type !== "ObjectExpression") return false;
  return options.value.type === "object" && !options.value.properties.has(name);
}

export default rule;
