import type { SourceCode } from "@typescript-eslint/utils/ts-eslint";
import { analyze } from "../analysis/analysis.ts";
import type { Operation } from "../analysis/operations/operations.ts";
import type { Setting } from "../analysis/operations/options.ts";
import { truthiness } from "../analysis/values/value.ts";
import type { JwtRule } from "../types.ts";
import { createRule } from "./kit/create-rule.ts";
import { removeFromList } from "./kit/edits.ts";
import { missingClaims } from "./kit/issued-claims.ts";
import { placeOfSetting } from "./kit/mention.ts";
import { oncePerNode } from "./kit/once.ts";

type MessageIds = "missing" | "textPayload" | "switchedOff" | "addTime" | "removeOption";

const WANTED = {
  role: "issuedAt",
  claim: "iat",
  value: "Math.floor(Date.now() / 1000)",
  setter: "setIssuedAt",
  argument: "",
} as const;

const rule: JwtRule = createRule<[], MessageIds>({
  name: "require-issued-at",
  meta: {
    type: "suggestion",
    docs: {
      description: "Require tokens to say when they were issued",
      group: "issuance",
      recommended: "strict",
      messages: {
        missing: "policy",
        textPayload: "policy",
        switchedOff: "policy",
        addTime: "policy",
        removeOption: "policy",
      },
      cwe: ["CWE-613"],
      rfc: ["RFC 7519 section 4.1.6"],
      inTests: "off",
    },
    hasSuggestions: true,
    messages: {
      missing:
        "The token does not say when it was issued, so neither a limit on its age nor a sign-out of all earlier tokens can work. Add the time with {{remedy}}.",
      textPayload:
        "The token does not say when it was issued, and a payload that is a text cannot. Sign an object, to which the time can be added.",
      switchedOff:
        "With {{option}} the token does not say when it was issued, so neither a limit on its age nor a sign-out of all earlier tokens can work. Leave the option out.{{origin}}",
      addTime: "Add {{edit}}.",
      removeOption: "Remove {{option}}.",
    },
    schema: [],
  },
  create(context) {
    return {
      Program() {
        const { sourceCode, cwd } = context;
        const analysis = analyze(context);
        const isFirst = oncePerNode();
        for (const { operation, isText, remedy, edit, fix } of missingClaims(
          analysis,
          sourceCode,
          WANTED,
        )) {
          // Only of some libraries is it known whether they add the time by themselves.
          if (operation.entity.adds === undefined) continue;
          context.report({
            node: operation.node,
            messageId: isText ? "textPayload" : "missing",
            data: isText ? {} : { remedy },
            suggest: fix === undefined ? [] : [{ messageId: "addTime", data: { edit }, fix }],
          });
        }
        for (const operation of analysis.operations) {
          for (const setting of switches(operation)) {
            const { node, origin } = placeOfSetting(
              analysis,
              operation,
              setting,
              setting.node,
              cwd,
            );
            if (!isFirst(node)) continue;
            const { name: option } = setting;
            const fix = node === setting.node ? removal(sourceCode, setting) : undefined;
            context.report({
              node,
              messageId: "switchedOff",
              data: { option, origin },
              suggest:
                fix === undefined ? [] : [{ messageId: "removeOption", data: { option }, fix }],
            });
          }
        }
      },
    };
  },
});

/** Options that are certain to leave the time out: `noTimestamp: true`, jose's former `iat: false`. */
function switches(operation: Operation): Setting[] {
  const { kind, entity } = operation;
  if (kind !== "module" && !(kind === "sign" && entity.adds?.includes("issuedAt") === true))
    return [];
  return [
    ...operation.settings("noTimestamp").filter(({ value }) => truthiness(value) === true),
    ...operation
      .settings("issuedAt")
      .filter(({ via, value }) => via === "option" && truthiness(value) === false),
  ].filter(({ certain }) => certain);
}

function removal(
  source: Readonly<SourceCode>,
  { node }: Setting,
): ReturnType<typeof removeFromList> {
  return node.type === "Property" ? removeFromList(source, node) : undefined;
}

export default rule;
