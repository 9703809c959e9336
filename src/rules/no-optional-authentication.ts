import { analyze } from "../analysis/analysis.ts";
import { asksForClaims } from "../analysis/guards/asked-behind.ts";
import { droppedErrors } from "../analysis/guards/called-middleware.ts";
import { isRefusedBehind } from "../analysis/guards/next-in-chain.ts";
import { skippedVerification } from "../analysis/guards/skipped-verification.ts";
import type { Operation } from "../analysis/operations/operations.ts";
import type { Setting } from "../analysis/operations/options.ts";
import { isVerification } from "../analysis/trust/verifying-calls.ts";
import { lenientGuards } from "../analysis/trust/strategy-guards.ts";
import type { LenientGuard } from "../analysis/trust/strategy-guards.ts";
import { switchedGuards } from "../analysis/trust/switched-guards.ts";
import { unsetChoices } from "../analysis/trust/unset-choices.ts";
import { unsetGuards } from "../analysis/trust/unset-guards.ts";
import { must, truthiness } from "../analysis/values/value.ts";
import type { Value } from "../analysis/values/value.ts";
import type { Leniency } from "../libraries/types.ts";
import type { JwtRule } from "../types.ts";
import { createRule } from "./kit/create-rule.ts";
import { removeFromList } from "./kit/edits.ts";
import { named, placeOfSetting } from "./kit/mention.ts";
import { oncePerNode } from "./kit/once.ts";

type MessageIds =
  | "forgedPasses"
  | "missingPasses"
  | "anonymousPasses"
  | "errorDropped"
  | "listedPasses"
  | "switchedOff"
  | "guardLetsAll"
  | "optionalGuardLetsForged"
  | "removeOption";

interface Options {
  /** Whether to report what a program says itself: an option of a library, a guard by its name. */
  readonly declared: boolean;
}

const rule: JwtRule = createRule<[Options], MessageIds>({
  name: "no-optional-authentication",
  meta: {
    type: "problem",
    docs: {
      description: "Disallow settings and guards that let requests through without a valid token",
      group: "verification",
      recommended: "strict",
      recommendedOptions: [{ declared: false }],
      messages: {
        forgedPasses: "medium",
        missingPasses: "low",
        anonymousPasses: "medium",
        errorDropped: "medium",
        listedPasses: "high",
        switchedOff: "medium",
        guardLetsAll: "high",
        optionalGuardLetsForged: "low",
        removeOption: "medium",
      },
      cwe: ["CWE-287", "CWE-306", "CWE-636"],
      rfc: ["RFC 7519 section 7.2", "RFC 8725 section 3.1"],
      inTests: "off",
      gate: "token",
    },
    hasSuggestions: true,
    messages: {
      forgedPasses:
        "With {{option}} set to {{value}}, {{name}} lets requests through whose token is forged or expired, without claims. Leave it out, and put routes for everybody outside of this middleware.{{origin}}",
      missingPasses:
        "With {{option}} set to {{value}}, {{name}} lets requests without a token through, without claims. Leave it out, or make sure that each handler behind it refuses requests without claims.{{origin}}",
      anonymousPasses:
        "{{guard}} lets requests without a token through here, and {{name}} is not called for them. Refuse them with 401, or say in the name of the guard that a token is optional.",
      errorDropped:
        "{{name}} tells this callback when a token is forged or expired, and it does not listen, so such requests go on like those without a token. Take the error as its first parameter, and hand it on.",
      listedPasses:
        "For a token on this list {{name}} is not called, and {{guard}} lets the request through all the same. Refuse it with 401.",
      switchedOff:
        "The environment decides here whether tokens are verified at all, so one wrong or missing setting lets every request through. Verify them everywhere, and sign tokens for development.",
      guardLetsAll:
        "{{method}} of {{guard}} does not throw when a token is {{tokens}}, so requests with such a token pass this guard. Throw an UnauthorizedException where there is no user.",
      optionalGuardLetsForged:
        "{{method}} of {{guard}} lets requests whose token is {{tokens}} through like those without a token. Throw an UnauthorizedException where a token is there and no user.",
      removeOption: "Remove {{option}}, so that a valid token is required.",
    },
    schema: [
      {
        type: "object",
        properties: {
          declared: {
            type: "boolean",
            description:
              "Whether to report authentication that is optional because the program says so, by an option of a library or by the name of a guard.",
          },
        },
        additionalProperties: false,
      },
    ],
    defaultOptions: [{ declared: true }],
  },
  create(context) {
    const [{ declared = true } = {}] = context.options as Partial<[Options]>;
    return {
      Program() {
        const analysis = analyze(context);
        const isNew = oncePerNode();
        for (const operation of analysis.operations) {
          if (operation.wrapper !== undefined || !declared) continue;
          for (const setting of operation.settings("optional")) check(operation, setting);
        }
        for (const operation of analysis.operations)
          for (const { kind, node } of droppedErrors(analysis.core, operation))
            if (kind === "anonymous")
              context.report({ node, messageId: "errorDropped", data: { name: operation.name } });
        for (const guard of lenientGuards(analysis.core)) reportGuard(guard);
        for (const node of [
          ...switchedGuards(analysis.core, analysis.operations),
          ...unsetGuards(analysis.core),
          ...unsetChoices(analysis.core, analysis.operations),
        ])
          if (isNew(node)) context.report({ node, messageId: "switchedOff" });
        for (const operation of analysis.operations) {
          const skipped = isVerification(operation)
            ? skippedVerification(analysis.core, operation)
            : undefined;
          if (skipped === undefined || !isNew(skipped.node)) continue;
          const { kind, node, guard } = skipped;
          if (kind === "anonymous" && isRefusedBehind(analysis.core, operation)) continue;
          context.report({
            node,
            messageId: kind === "anonymous" ? "anonymousPasses" : "listedPasses",
            data: { guard: named(guard), name: named(operation.name) },
          });
        }

        function check(operation: Operation, setting: Setting): void {
          const leniency = leniencyOf(setting);
          if (leniency === undefined || asksForClaims(analysis.file)) return;
          const { name: option, value } = setting;
          const { node, origin } = placeOfSetting(
            analysis,
            operation,
            setting,
            value.node,
            context.cwd,
          );
          if (!isNew(node)) return;
          const removal =
            origin === "" && setting.node.type === "Property"
              ? removeFromList(context.sourceCode, setting.node)
              : undefined;
          context.report({
            node,
            messageId: leniency.whom === "forged" ? "forgedPasses" : "missingPasses",
            data: { name: operation.name, option, value: String(leniency.when), origin },
            suggest:
              removal === undefined
                ? []
                : [{ messageId: "removeOption", data: { option }, fix: removal }],
          });
        }
      },
    };

    function reportGuard({ guard, method, tokens }: LenientGuard): void {
      const name = guard.id?.name;
      const isOptional = name !== undefined && OPTIONAL.test(name);
      if (isOptional && !declared) return;
      context.report({
        node: method.key,
        messageId: isOptional ? "optionalGuardLetsForged" : "guardLetsAll",
        data: {
          method: context.sourceCode.getText(method.key),
          guard: name === undefined ? "this guard" : named(name),
          tokens: tokens.join(" or "),
        },
      });
    }
  },
});

/** Names of guards that are there to let people in who have no token. */
const OPTIONAL =
  /optional|maybe|anonym|guest|public|soft|lenient|permissive|unauthenticated|(?:^|[a-z])Try(?:[A-Z]|$)|ifPresent|allow/iu;

/** Whom the switch certainly lets through. A switch that the environment sets is nobody's mistake. */
function leniencyOf({ certain, model, value }: Setting): Leniency | undefined {
  if (!certain) return undefined;
  return model?.lets?.find(({ when }) => must(value, (one) => isSetTo(one, when)));
}

function isSetTo(value: Value, when: string | boolean): boolean {
  if (typeof when === "string") return value.type === "literal" && value.value === when;
  if (value.type === "literal" && value.value === undefined) return false;
  return truthiness(value) === when;
}

export default rule;
