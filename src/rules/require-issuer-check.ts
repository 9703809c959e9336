import { analyze } from "../analysis/analysis.ts";
import type { JwtRule } from "../types.ts";
import { asksForClaims, isWritten, unchecked } from "./kit/claim-check.ts";
import { createRule } from "./kit/create-rule.ts";
import { addOption, quoted } from "./kit/edits.ts";

type MessageIds = "missing" | "missingWithOwnKey" | "passesWithout" | "addOption";

/** A text rather than an environment variable: where that is not set, nothing would be checked. */
const PLACEHOLDER = "https://issuer.example.com";

const rule: JwtRule = createRule<[], MessageIds>({
  name: "require-issuer-check",
  meta: {
    type: "problem",
    docs: {
      description: "Require verification to check the issuer of a token",
      group: "verification",
      recommended: "strict",
      messages: {
        missing: "medium",
        missingWithOwnKey: "policy",
        passesWithout: "low",
        addOption: "medium",
      },
      cwe: ["CWE-345", "CWE-287"],
      rfc: ["RFC 8725 section 3.8", "RFC 7519 section 4.1.1"],
      inTests: "off",
    },
    hasSuggestions: true,
    messages: {
      missing:
        "{{name}} accepts tokens of every issuer whose key it finds. Set {{option}} to the one that is trusted.",
      missingWithOwnKey:
        "{{name}} accepts every token of this key, whoever made it. Set {{option}} to the service that signs.",
      passesWithout:
        "{{option}} is compared only where a token has the claim, so one without iss passes. Name iss among the required claims.",
      addOption: "Add {{edit}}, with the right value in its place.",
    },
    schema: [],
  },
  create(context) {
    return {
      Program() {
        const analysis = analyze(context);
        const value = quoted(context.sourceCode, PLACEHOLDER);
        for (const finding of unchecked(analysis, { role: "issuer", claim: "iss", value })) {
          const { operation, node, isIfPresent, isKeyOfOthers, option, edit } = finding;
          // What stands there without effect is mended by no-ineffective-option, and what the token says by hand.
          const isMendedElsewhere =
            operation.registration !== undefined ||
            finding.isEchoed ||
            (isIfPresent ? asksForClaims(operation) : isWritten(operation, "issuer"));
          const fix = isMendedElsewhere
            ? undefined
            : addOption(context.sourceCode, operation, edit);
          context.report({
            node,
            messageId: isIfPresent
              ? "passesWithout"
              : isKeyOfOthers
                ? "missing"
                : "missingWithOwnKey",
            data: isIfPresent ? { option } : { name: operation.name, option },
            suggest: fix === undefined ? [] : [{ messageId: "addOption", data: { edit }, fix }],
          });
        }
      },
    };
  },
});

export default rule;
