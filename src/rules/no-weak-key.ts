import { analyze } from "../analysis/analysis.ts";
import { MIN_RSA_BITS } from "../analysis/keys/key-size.ts";
import type { KeyMaterial } from "../analysis/keys/keys.ts";
import { dottedPath, staticKey, unwrap } from "../analysis/syntax.ts";
import type { Node } from "../analysis/syntax.ts";
import { isForDevelopment } from "../analysis/trust/environments.ts";
import { truthiness } from "../analysis/values/value.ts";
import type { JwtRule } from "../types.ts";
import { createRule } from "./kit/create-rule.ts";
import { removeFromList, replaceWith } from "./kit/edits.ts";
import { fallbackOf } from "./kit/key-edits.ts";
import { keyUses, namedKeyUses } from "./kit/key-uses.ts";
import type { KeyUse } from "./kit/key-uses.ts";
import { weaknessOf } from "./kit/key-weakness.ts";
import type { Weakness } from "./kit/key-weakness.ts";
import { named, placeOf } from "./kit/mention.ts";
import { oncePerNode } from "./kit/once.ts";
import { isStopped, laterFallback } from "./kit/stopped.ts";

type MessageIds =
  | Weakness["messageId"]
  | "guessableFallback"
  | "shortFallback"
  | "allowsWeakKeys"
  | "lengthen"
  | "removeOption";

/** What is said of a key that only stands in for another. */
const FALLBACKS: Partial<Record<MessageIds, "guessableFallback" | "shortFallback">> = {
  guessableKey: "guessableFallback",
  shortKey: "shortFallback",
};

const rule: JwtRule = createRule<[], MessageIds>({
  name: "no-weak-key",
  meta: {
    type: "problem",
    docs: {
      description: "Disallow keys that are short, guessable or predictable",
      group: "keys",
      recommended: "recommended",
      messages: {
        guessableKey: "high",
        shortKey: "medium",
        predictableKey: "high",
        passwordKey: "medium",
        shortRsaKey: "high",
        guessableFallback: "high",
        shortFallback: "medium",
        emptyKey: "critical",
        allowsWeakKeys: "medium",
        lengthen: "medium",
        removeOption: "medium",
      },
      cwe: ["CWE-326", "CWE-521", "CWE-338", "CWE-1391"],
      rfc: ["RFC 7518 section 3.2", "RFC 7518 section 3.3", "RFC 8725 section 3.5"],
      inTests: "off",
    },
    hasSuggestions: true,
    messages: {
      guessableKey:
        "The key of {{name}} is made of {{what}}, so whoever has one token can find the key and forge others. Generate at least {{bytes}} random bytes.{{origin}}",
      shortKey:
        "The key of {{name}} has {{bits}} bits, and {{algorithm}} needs {{minimum}} or more. Generate at least {{bytes}} random bytes.{{origin}}",
      predictableKey:
        "{{generator}} can be predicted, and with it the key of {{name}}. Generate the key with crypto.randomBytes.{{origin}}",
      passwordKey:
        "The key of {{name}} is a password, so whoever has one token can try out passwords until one fits. Generate at least {{bytes}} random bytes for the key.{{origin}}",
      shortRsaKey:
        "An RSA key of {{bits}} bits is too short to be safe. Use one of 2048 bits or more.{{origin}}",
      guessableFallback:
        "Without {{variable}}, the key of {{name}} is made of {{what}}, so whoever has one token can find the key and forge others. Stop at start-up where there is no other.{{origin}}",
      shortFallback:
        "Without {{variable}}, the key of {{name}} has {{bits}} bits, and {{algorithm}} needs {{minimum}} or more. Stop at start-up where there is no other.{{origin}}",
      emptyKey:
        "The key of {{name}} can be empty, so everybody can forge tokens. Stop at start-up where there is no key.{{origin}}",
      allowsWeakKeys:
        "{{option}} lets {{name}} work with keys that are too short or of the wrong kind. Remove the option and replace the key.{{origin}}",
      lengthen: "Replace {{from}} with {{to}}.",
      removeOption: "Remove {{option}}.",
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
            const weakness = weaknessOf(analysis, use, material);
            if (weakness === undefined || isStopped(analysis, use, material.value)) continue;
            // What is only used in development is no-hardcoded-key's.
            if (!isForDevelopment(analysis.core, material.value.node))
              report(use, material, weakness);
          }
        }
        for (const operation of analysis.operations) {
          for (const setting of operation.settings("allowWeakKeys")) {
            if (truthiness(setting.value) !== true) continue;
            const { node, origin } = placeOf(analysis, setting.node, operation.node, context.cwd);
            if (!isFirst(node)) continue;
            const isListed = origin === "" && node.type === "Property";
            const fix = isListed ? removeFromList(context.sourceCode, node) : undefined;
            const option = setting.name.replace(/^.*\./u, "");
            context.report({
              node,
              messageId: "allowsWeakKeys",
              data: { option, name: named(operation.name), origin },
              suggest:
                fix === undefined ? [] : [{ messageId: "removeOption", data: { option }, fix }],
            });
          }
        }

        function report(use: KeyUse, { value }: KeyMaterial, weakness: Weakness): void {
          const { node, origin } = placeOf(analysis, value.node, use.node, context.cwd);
          if (!isFirst(node)) return;
          const { messageId, data } = weakness;
          const number = origin === "" ? lengthIn(node, weakness) : undefined;
          const other =
            fallbackOf(analysis, value.node) ?? laterFallback(analysis, use, value.node);
          // One that is drawn anew is to be longer; one that is written is to be gone.
          const inPlace =
            value.type === "literal" && other?.isNamed === true ? FALLBACKS[messageId] : undefined;
          context.report({
            node,
            messageId: inPlace ?? messageId,
            data: {
              ...data,
              name: named(use.name),
              origin,
              ...(inPlace === undefined ? {} : { variable: named(other?.name ?? "") }),
            },
            suggest:
              number === undefined
                ? []
                : [
                    {
                      messageId: "lengthen",
                      data: { from: number.from, to: number.to },
                      fix: replaceWith(number.node, number.to),
                    },
                  ],
          });
        }
      },
    };
  },
});

/** The number to write a larger one for: `randomBytes(16)`, `modulusLength: 1024`, `generateSync("RSA", 1024)`. */
function lengthIn(written: Node, { messageId, data }: Weakness): Lengthening | undefined {
  let node = unwrap(written);
  // `randomBytes(16).toString("hex")`: the call that the methods stand on.
  while (node.type === "CallExpression" && node.callee.type === "MemberExpression") {
    const inner = unwrap(node.callee.object);
    if (inner.type !== "CallExpression") break;
    node = inner;
  }
  if (node.type !== "CallExpression") return undefined;
  const bytes = data?.bytes;
  const [first, second] = node.arguments;
  if (messageId === "shortKey" && bytes !== undefined && lastName(node.callee).endsWith("Bytes")) {
    return numberAt(first, bytes);
  }
  if (messageId !== "shortRsaKey") return undefined;
  if (second?.type !== "ObjectExpression") return numberAt(second, String(MIN_RSA_BITS));
  const length = second.properties.find(
    (one) => one.type === "Property" && staticKey(one.key, one.computed) === "modulusLength",
  );
  return numberAt(length?.type === "Property" ? length.value : undefined, String(MIN_RSA_BITS));
}

interface Lengthening {
  readonly node: Node;
  readonly from: string;
  readonly to: string;
}

function numberAt(node: Node | undefined, to: string): Lengthening | undefined {
  return node?.type === "Literal" && typeof node.value === "number"
    ? { node, from: String(node.value), to }
    : undefined;
}

function lastName(callee: Node): string {
  return dottedPath(callee)?.at(-1) ?? "";
}

export default rule;
