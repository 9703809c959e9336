import type { RuleContext } from "@typescript-eslint/utils/ts-eslint";
import { analyze } from "../analysis/analysis.ts";
import type { Operation } from "../analysis/operations/operations.ts";
import { possibilities } from "../analysis/values/value.ts";
import type { JwtRule } from "../types.ts";
import { createRule } from "./kit/create-rule.ts";
import { missingClaims } from "./kit/issued-claims.ts";

type MessageIds = "missing" | "textPayload" | "addIdentifier";

const WANTED = {
  role: "jti",
  claim: "jti",
  value: "crypto.randomUUID()",
  setter: "setJti",
} as const;

const rule: JwtRule = createRule<[], MessageIds>({
  name: "require-jti",
  meta: {
    type: "suggestion",
    docs: {
      description: "Require tokens to have an identifier of their own",
      group: "issuance",
      recommended: false,
      messages: { missing: "policy", textPayload: "policy", addIdentifier: "policy" },
      cwe: ["CWE-294"],
      rfc: ["RFC 7519 section 4.1.7"],
      inTests: "off",
    },
    hasSuggestions: true,
    messages: {
      missing:
        "The token has no identifier, so it can neither be revoked on its own nor noticed when it is used again. Add a unique one with {{remedy}}.",
      textPayload:
        "The token has no identifier, and a payload that is a text cannot carry one. Sign an object, and add a unique one with {{remedy}}.",
      addIdentifier: "Add {{edit}}.",
    },
    schema: [],
  },
  create(context) {
    return {
      Program() {
        for (const finding of missingClaims(analyze(context), context.sourceCode, WANTED)) {
          const { operation, isText, remedy, edit, fix } = finding;
          if (hasOwnIdentifier(operation)) continue;
          const isOffered = fix !== undefined && isCryptoHere(context);
          context.report({
            node: operation.node,
            messageId: isText ? "textPayload" : "missing",
            data: { remedy },
            suggest: isOffered ? [{ messageId: "addIdentifier", data: { edit }, fix }] : [],
          });
        }
      },
    };
  },
});

/** Claims under which programs keep an identifier of the token or of the session that it stands for. */
const OWN_IDENTIFIER =
  /^(?:sid|tid|nonce|(?:session|token|jwt|refresh_?token|family)_?id|session)$/iu;

function hasOwnIdentifier({ payload }: Operation): boolean {
  if (payload === undefined) return false;
  return possibilities(payload.value).some(
    (one) =>
      one.type === "object" && [...one.properties.keys()].some((name) => OWN_IDENTIFIER.test(name)),
  );
}

/** Does `crypto` stand for the platform's: the global one, or Node's module? */
function isCryptoHere({
  sourceCode,
}: Readonly<RuleContext<MessageIds, readonly unknown[]>>): boolean {
  const variable = sourceCode.scopeManager?.scopes
    .flatMap((scope) => scope.variables)
    .find((one) => one.name === "crypto" && one.defs.length > 0);
  if (variable === undefined) return true;
  const [definition] = variable.defs;
  const declaration = definition?.parent ?? definition?.node;
  return (
    declaration !== undefined && /["'](?:node:)?crypto["']/u.test(sourceCode.getText(declaration))
  );
}

export default rule;
