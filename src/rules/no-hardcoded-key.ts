import type { ReportSuggestionArray } from "@typescript-eslint/utils/ts-eslint";
import { analyze } from "../analysis/analysis.ts";
import { isPublic, isWritten, textOf } from "../analysis/keys/keys.ts";
import type { KeyMaterial } from "../analysis/keys/keys.ts";
import { isOfKnownParts } from "../analysis/keys/known-parts.ts";
import type { Node } from "../analysis/syntax.ts";
import { isForDevelopment } from "../analysis/trust/environments.ts";
import { isRequiredVariable } from "../analysis/trust/guards.ts";
import { isPreset } from "../analysis/values/setting-schemas.ts";
import { stringOf } from "../analysis/values/value.ts";
import type { EnvironmentValue, Value } from "../analysis/values/value.ts";
import type { JwtRule } from "../types.ts";
import { createRule } from "./kit/create-rule.ts";
import { dropFallback, fallbackOf, readVariable, untext, variableFor } from "./kit/key-edits.ts";
import type { Fallback } from "./kit/key-edits.ts";
import { checksWithPublicKey, keyUses, namedKeyUses } from "./kit/key-uses.ts";
import type { KeyUse } from "./kit/key-uses.ts";
import { named, placeOf } from "./kit/mention.ts";
import { oncePerNode } from "./kit/once.ts";
import { isApart, isStopped, laterFallback } from "./kit/stopped.ts";

type MessageIds =
  | "hardcodedKey"
  | "knownParts"
  | "fallbackKey"
  | "developmentKey"
  | "undefinedText"
  | "readVariable"
  | "dropFallback"
  | "useVariable";

const rule: JwtRule = createRule<[], MessageIds>({
  name: "no-hardcoded-key",
  meta: {
    type: "problem",
    docs: {
      description: "Disallow signing keys that are written in the source",
      group: "keys",
      recommended: "recommended",
      messages: {
        hardcodedKey: "critical",
        knownParts: "high",
        fallbackKey: "high",
        developmentKey: "medium",
        undefinedText: "high",
        readVariable: "critical",
        dropFallback: "high",
        useVariable: "high",
      },
      cwe: ["CWE-798", "CWE-321"],
      rfc: ["RFC 8725 section 3.5", "RFC 7518 section 3.2"],
      inTests: "off",
    },
    hasSuggestions: true,
    messages: {
      hardcodedKey:
        "The key of {{name}} is written in the source, so everybody who can read it can forge tokens. Read the key from the environment or a secret store, and replace this one.{{origin}}",
      knownParts:
        "The key of {{name}} is put together of a text in the source and identifiers that others know, so everybody who can read the source can forge tokens. Add a secret from the environment or a secret store.{{origin}}",
      fallbackKey:
        "Without {{variable}}, {{name}} uses a key that is written in the source, with which everybody who can read it can forge tokens. Stop at start-up instead.{{origin}}",
      developmentKey:
        "In development {{name}} uses a key that is written in the source, and a server that is started in that mode takes the tokens of everybody who can read it. Read the key from the environment there, too.{{origin}}",
      undefinedText:
        "Where {{variable}} is not set, the key of {{name}} is the text undefined, with which everybody can forge tokens. Use the variable without making it a text.{{origin}}",
      readVariable: "Read the key from process.env.{{variable}}.",
      dropFallback: "Remove the fallback, so that there is no key without {{variable}}.",
      useVariable: "Use {{variable}} as it is, so that there is no key where it is not set.",
    },
    schema: [],
  },
  create(context) {
    return {
      Program() {
        const analysis = analyze(context);
        const isFirst = oncePerNode();
        for (const use of [...keyUses(analysis), ...namedKeyUses(analysis)]) {
          for (const material of use.materials) {
            if (isSecretText(material, use)) reportWritten(use, material);
            if (isOfKnownParts(analysis.core, material.value)) reportKnown(use, material);
            const variable = unsetVariable(material.value);
            if (variable !== undefined) reportText(use, material.value, variable);
          }
        }

        function reportWritten(use: KeyUse, { value, kind }: KeyMaterial): void {
          const { node, origin } = placeOf(analysis, value.node, use.node, context.cwd);
          const fallback =
            fallbackOf(analysis, value.node) ?? laterFallback(analysis, use, value.node);
          if (isStopped(analysis, use, value) || !isFirst(node)) return;
          const isOfDevelopment = isForDevelopment(analysis.core, value.node);
          const isFallback = fallback !== undefined && !isOfDevelopment;
          context.report({
            node,
            messageId: isOfDevelopment
              ? "developmentKey"
              : isFallback
                ? "fallbackKey"
                : "hardcodedKey",
            data: {
              // A setting that nothing here uses goes by its own name.
              name: use.name === fallback?.name ? "the program" : named(use.name),
              origin,
              ...(isFallback ? { variable: named(fallback.name) } : {}),
            },
            suggest:
              origin === "" ? edits(fallback, value.node, variableFor(value.node, kind)) : [],
          });
        }

        function reportKnown(use: KeyUse, { value }: KeyMaterial): void {
          const { node, origin } = placeOf(analysis, value.node, use.node, context.cwd);
          if (isStopped(analysis, use, value) || !isFirst(node)) return;
          context.report({
            node,
            messageId: "knownParts",
            data: { name: named(use.name), origin },
          });
        }

        function edits(
          fallback: Fallback | undefined,
          written: Node,
          variable: string,
        ): Suggestion[] {
          if (fallback?.without !== undefined) {
            const drop = dropFallback(context.sourceCode, fallback);
            const data = { variable: named(fallback.name) };
            return drop === undefined ? [] : [{ messageId: "dropFallback", data, fix: drop }];
          }
          if (isPreset(written)) return [];
          // What stands in for the variable is in no place where it could be read.
          if (fallback !== undefined && isApart(written)) return [];
          const fix = readVariable(context.sourceCode, written, variable);
          return fix === undefined ? [] : [{ messageId: "readVariable", data: { variable }, fix }];
        }

        function reportText(
          use: KeyUse,
          value: Value,
          { name = "the variable" }: EnvironmentValue,
        ): void {
          const { node, origin } = placeOf(analysis, value.node, use.node, context.cwd);
          if (isRequiredVariable(analysis.core, [name], undefined, value.node) || !isFirst(node))
            return;
          const fix = origin === "" ? untext(context.sourceCode, node) : undefined;
          context.report({
            node,
            messageId: "undefinedText",
            data: { name: named(use.name), origin, variable: named(name) },
            suggest:
              fix === undefined
                ? []
                : [{ messageId: "useVariable", data: { variable: named(name) }, fix }],
          });
        }
      },
    };
  },
});

type Suggestion = ReportSuggestionArray<MessageIds>[number];

/** A text that only those who make tokens may know. */
function isSecretText(material: KeyMaterial, use: KeyUse): boolean {
  if (!isWritten(material) || isPublic(material)) return false;
  if (material.kind === "private") return !textOf(material.value).includes("ENCRYPTED");
  if (use.operation?.kind === "key-set") return material.kind === "secret";
  // What `importJWK` and the like were given, unless a kind is known, may be anything.
  if (use.operation === undefined) return material.kind === "secret";
  return material.kind === "secret" || !checksWithPublicKey(use, material.value.node);
}

/** `${process.env.KEY}`, `String(process.env.KEY)`, `process.env.KEY + ""`: a text when unset, too. */
function unsetVariable(value: Value): EnvironmentValue | undefined {
  if (value.type !== "template") return undefined;
  const parts = value.parts.filter((part) => stringOf(part) !== "");
  const [part] = parts;
  const isAlone = parts.length === 1 && part?.type === "environment";
  return isAlone && part.source !== "config" && part.isSet !== true ? part : undefined;
}

export default rule;
