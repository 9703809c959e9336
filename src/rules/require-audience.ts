import { analyze } from "../analysis/analysis.ts";
import type { JwtRule } from "../types.ts";
import { createRule } from "./kit/create-rule.ts";
import { quoted } from "./kit/edits.ts";
import { missingClaims } from "./kit/issued-claims.ts";

type MessageIds = "missing" | "textPayload" | "addAudience";

const PLACEHOLDER = "https://api.example.com";

const rule: JwtRule = createRule<[], MessageIds>({
  name: "require-audience",
  meta: {
    type: "suggestion",
    docs: {
      description: "Require tokens to say for which service they are",
      group: "issuance",
      recommended: "strict",
      messages: { missing: "policy", textPayload: "policy", addAudience: "policy" },
      cwe: ["CWE-346"],
      rfc: ["RFC 8725 section 3.9", "RFC 7519 section 4.1.3"],
      inTests: "off",
    },
    hasSuggestions: true,
    messages: {
      missing:
        "The token does not say for which service it is, so no service can refuse one that was made for another. Name the service with {{remedy}}.",
      textPayload:
        "The token does not say for which service it is, and a payload that is a text cannot. Sign an object, and name the service with {{remedy}}.",
      addAudience: "Add {{edit}}, with the right value in its place.",
    },
    schema: [],
  },
  create(context) {
    return {
      Program() {
        const { sourceCode } = context;
        const wanted = {
          role: "audience",
          claim: "aud",
          value: quoted(sourceCode, PLACEHOLDER),
          setter: "setAudience",
        } as const;
        for (const finding of missingClaims(analyze(context), sourceCode, wanted)) {
          const { operation, isText, remedy, edit, fix } = finding;
          context.report({
            node: operation.node,
            messageId: isText ? "textPayload" : "missing",
            data: { remedy },
            suggest: fix === undefined ? [] : [{ messageId: "addAudience", data: { edit }, fix }],
          });
        }
      },
    };
  },
});

export default rule;
