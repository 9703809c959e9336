import { analyze } from "../analysis/analysis.ts";
import { propertyOf } from "../analysis/members.ts";
import type { Operation } from "../analysis/operations.ts";
import { payloadExpiry } from "../analysis/payload.ts";
import type { PayloadExpiry } from "../analysis/payload.ts";
import { map, possibilities, stringOf } from "../analysis/value.ts";
import type { Core } from "../analysis/core.ts";
import type { JwtRule } from "../types.ts";
import { createRule } from "./kit/create-rule.ts";
import { addOption, addSetter, quoted } from "./kit/edits.ts";

type MessageIds = "missing" | "missingInOptions" | "textPayload" | "addLifetime";

const MESSAGES = { text: "textPayload", absent: "missing", hidden: "missingInOptions" } as const;

const rule: JwtRule = createRule<[], MessageIds>({
  name: "require-expiration",
  meta: {
    type: "problem",
    docs: {
      description: "Require tokens to expire",
      group: "issuance",
      recommended: "recommended",
      messages: {
        missing: "high",
        missingInOptions: "medium",
        textPayload: "high",
        addLifetime: "high",
      },
      cwe: ["CWE-613"],
      rfc: ["RFC 7519 section 4.1.4", "RFC 8725 section 3.10"],
      inTests: "off",
    },
    hasSuggestions: true,
    messages: {
      missing:
        "The token never expires, so a stolen one works forever. Limit its life with {{remedy}}.",
      missingInOptions:
        "{{name}} is told no lifetime, so unless the payload brings an exp claim of its own, the token never expires. Set a lifetime with {{remedy}}.",
      textPayload:
        "The token never expires, and a payload that is a text cannot carry an exp claim. Sign an object, and limit its life with {{remedy}}.",
      addLifetime: "Add {{edit}}.",
    },
    schema: [],
  },
  create(context) {
    return {
      Program() {
        const analysis = analyze(context);
        for (const operation of analysis.operations) {
          if (isEndless(analysis.core, operation))
            report(operation, payloadExpiry(analysis.core, operation));
        }

        function report(operation: Operation, payload: PayloadExpiry): void {
          if (payload === "possible") return;
          const { node, name } = operation;
          const option = lifetimeOption(operation);
          const remedy = option ?? "setExpirationTime";
          const hour = quoted(context.sourceCode, "1h");
          const edit = option === undefined ? `setExpirationTime(${hour})` : `${option}: ${hour}`;
          const fix =
            option === undefined
              ? addSetter(operation, edit)
              : addOption(context.sourceCode, operation, edit);
          context.report({
            node,
            messageId: MESSAGES[payload],
            data: payload === "hidden" ? { name, remedy } : { remedy },
            // A lifetime beside a text payload makes the library throw.
            suggest:
              fix === undefined || payload === "text"
                ? []
                : [{ messageId: "addLifetime", data: { edit }, fix }],
          });
        }
      },
    };
  },
});

/** Signs claims, and is certainly told neither a lifetime nor a date. */
function isEndless(core: Core, operation: Operation): boolean {
  const { kind, entity, wrapper } = operation;
  if (kind !== "sign" || entity.claims === undefined || wrapper !== undefined) return false;
  return (
    operation.option("lifetime", "call").state === "absent" &&
    operation.option("expiresAt", "call").state === "absent" &&
    !isTimelessByStandard(core, operation)
  );
}

/**
 * Proofs and events that a standard makes without `exp`: DPoP (RFC 9449 section 4.2), key binding,
 * credential proofs, security events (RFC 8417 section 2.2), verifiable credentials.
 */
function isTimelessByStandard(core: Core, operation: Operation): boolean {
  const { payload } = operation;
  const claims = payload === undefined ? [] : possibilities(payload.value);
  return (
    claims.some((value) => value.type === "object" && value.properties.has("events")) ||
    operation
      .settings("header")
      .some((setting) =>
        possibilities(
          map(setting.value, (header) => propertyOf(core, header, "typ", setting.node)),
        ).some((type) =>
          /^(?:application\/)?(?:dpop|kb|secevent|openid4vci-proof|vc|vp|dc|ppt|passport)\b/iu.test(
            stringOf(type) ?? "",
          ),
        ),
      )
  );
}

/** What the library calls the option, where it has one. */
function lifetimeOption({ entity }: Operation): string | undefined {
  return Object.entries(entity.options ?? {}).find(([, model]) =>
    [model].flat().some((one) => one.role === "lifetime" && one.ignored === undefined),
  )?.[0];
}

export default rule;
