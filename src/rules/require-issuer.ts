import { analyze } from "../analysis/analysis.ts";
import type { JwtRule } from "../types.ts";
import { createRule } from "./kit/create-rule.ts";
import { quoted } from "./kit/edits.ts";
import { missingClaims } from "./kit/issued-claims.ts";

type MessageIds = "missing" | "textPayload" | "addIssuer";

const PLACEHOLDER = "https://issuer.example.com";

const rule: JwtRule = createRule<[], MessageIds>({
  name: "require-issuer",
  meta: {
    type: "suggestion",
    docs: {
      description: "Require tokens to say who issued them",
      group: "issuance",
      recommended: "strict",
      messages: { missing: "policy", textPayload: "policy", addIssuer: "policy" },
      cwe: ["CWE-345", "CWE-346"],
      rfc: ["RFC 8725 section 3.8", "RFC 7519 section 4.1.1"],
      inTests: "off",
    },
    hasSuggestions: true,
    messages: {
      missing:
        "The token does not say who issued it, so a service that trusts several issuers cannot tell which key and rules it falls under. Name this service with {{remedy}}.",
      textPayload:
        "The token does not say who issued it, and a payload that is a text cannot. Sign an object, and name this service with {{remedy}}.",
      addIssuer: "Add {{edit}}, with the right value in its place.",
    },
    schema: [],
  },
  create(context) {
    return {
      Program() {
        const { sourceCode } = context;
        const wanted = {
          role: "issuer",
          claim: "iss",
          value: quoted(sourceCode, PLACEHOLDER),
          setter: "setIssuer",
        } as const;
        for (const finding of missingClaims(analyze(context), sourceCode, wanted)) {
          const { operation, isText, remedy, edit, fix } = finding;
          context.report({
            node: operation.node,
            messageId: isText ? "textPayload" : "missing",
            data: { remedy },
            suggest: fix === undefined ? [] : [{ messageId: "addIssuer", data: { edit }, fix }],
          });
        }
      },
    };
  },
});

export default rule;
