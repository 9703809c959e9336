import { analyze } from "../analysis/analysis.ts";
import { passedExpired } from "../analysis/failures/passed-expired.ts";
import { renewedExpired } from "../analysis/failures/renewed-expired.ts";
import type { Operation } from "../analysis/operations/operations.ts";
import type { Setting } from "../analysis/operations/options.ts";
import { spell } from "../analysis/time.ts";
import { isOnRecord } from "../analysis/data/recorded-tokens.ts";
import { readsClaim } from "../analysis/trust/claim-reads.ts";
import {
  isExpiryKept,
  isLimitedByHand,
  isOneOfPair,
  leniencyOf,
  toleranceOf,
} from "../analysis/trust/expiry-leniency.ts";
import { isSignedByProvider } from "../analysis/trust/public-providers.ts";
import { looksAtTime, restsOnSignatureAlone } from "../analysis/trust/signature-only.ts";
import { isVerifiedAgain } from "../analysis/trust/verified-again.ts";
import { possibilities, truthiness } from "../analysis/values/value.ts";
import type { Value } from "../analysis/values/value.ts";
import type { JwtRule } from "../types.ts";
import { createRule } from "./kit/create-rule.ts";
import { removeFromList, replaceWith } from "./kit/edits.ts";
import { placeOfSetting } from "./kit/mention.ts";
import { oncePerNode } from "./kit/once.ts";
import { isRenewal } from "./kit/purpose.ts";

type Options = [{ readonly maxClockTolerance?: number }];
type MessageIds =
  | "ignored"
  | "ignoredForRenewal"
  | "endlessTolerance"
  | "longTolerance"
  | "stoppedClock"
  | "expiredHandler"
  | "renewedAnyway"
  | "goesOn"
  | "signatureOnly"
  | "removeOption"
  | "useNumber";

/** Five minutes: clocks of servers differ by less. */
const DEFAULT_TOLERANCE = 300;

const rule: JwtRule = createRule<Options, MessageIds>({
  name: "no-ignored-expiration",
  meta: {
    type: "problem",
    docs: {
      description: "Disallow accepting tokens that have expired",
      group: "verification",
      recommended: "recommended",
      messages: {
        ignored: "high",
        ignoredForRenewal: "medium",
        endlessTolerance: "high",
        longTolerance: "medium",
        stoppedClock: "high",
        expiredHandler: "high",
        renewedAnyway: "high",
        goesOn: "high",
        signatureOnly: "high",
        removeOption: "high",
        useNumber: "high",
      },
      cwe: ["CWE-613", "CWE-298"],
      rfc: ["RFC 7519 section 4.1.4"],
      inTests: "off",
    },
    hasSuggestions: true,
    messages: {
      ignored:
        "{{name}} accepts expired tokens, so a stolen one works forever. Remove {{option}}.{{origin}}",
      ignoredForRenewal:
        "{{name}} accepts tokens however long ago they expired. Limit their age, or look the session up before it is renewed.{{origin}}",
      endlessTolerance:
        "With this {{option}} expired tokens are accepted forever. Set a number of seconds, such as 30.{{origin}}",
      longTolerance:
        "Tokens are accepted for {{lifetime}} after they expire. Allow no more than {{maximum}} for clocks that differ.{{origin}}",
      stoppedClock:
        "With a fixed {{option}} tokens never expire. Leave it to the clock of the machine.{{origin}}",
      expiredHandler:
        "The request goes on with an expired token when {{option}} returns, and audience and issuer are not checked then. Throw the error in it.{{origin}}",
      renewedAnyway:
        "Whoever brings an expired token is given a new one here, so a stolen one works forever whatever {{name}} says. Refuse it, and renew with a refresh token that can be revoked.",
      goesOn:
        "Whoever brings an expired token goes on here as if it were valid, so a stolen one works forever whatever {{name}} says. Refuse it.",
      signatureOnly:
        "{{name}} looks at the signature alone and nothing here at exp, so a token that has expired, and with it a stolen one, is still good. Verify the token with a function that checks its claims, or compare exp with the time.",
      removeOption: "Remove {{option}}.",
      useNumber: "Replace it with the number {{edit}}.",
    },
    schema: [
      {
        type: "object",
        properties: {
          maxClockTolerance: {
            type: "number",
            minimum: 0,
            description: "How many seconds after its expiry a token may be accepted.",
          },
        },
        additionalProperties: false,
      },
    ],
    defaultOptions: [{ maxClockTolerance: DEFAULT_TOLERANCE }],
  },
  create(context) {
    const [{ maxClockTolerance = DEFAULT_TOLERANCE } = {}] = context.options as Partial<Options>;
    return {
      Program() {
        const analysis = analyze(context);
        const isFirst = oncePerNode();
        for (const operation of analysis.operations) {
          for (const setting of operation.settings("ignoreExpiration"))
            checkSwitch(operation, setting);
          for (const setting of operation.settings("clockTolerance"))
            checkTolerance(operation, setting);
          for (const setting of operation.settings("clock")) checkClock(operation, setting);
          for (const setting of operation.settings("onExpired")) checkHandler(operation, setting);
          for (const node of renewedExpired(analysis.core, operation, analysis.operations)) {
            if (isFirst(node))
              context.report({ node, messageId: "renewedAnyway", data: { name: operation.name } });
          }
          const node = passedExpired(analysis.core, operation, analysis.operations);
          if (node !== undefined && isFirst(node))
            context.report({ node, messageId: "goesOn", data: { name: operation.name } });
          if (
            restsOnSignatureAlone(analysis.core, operation, analysis.operations, {
              isAsked: looksAtTime,
              isOfProvider: isSignedByProvider(analysis, operation),
            })
          )
            context.report({
              node: operation.node,
              messageId: "signatureOnly",
              data: { name: operation.name },
            });
        }

        function checkSwitch(operation: Operation, setting: Setting): void {
          const value = possibilities(setting.value).find((one) => switchesOff(setting, one));
          if (value === undefined || readsClaim(analysis.core, operation, "exp")) return;
          if (isExpiryKept(analysis.core, operation) || isOnRecord(analysis.core, operation))
            return;
          if (isOneOfPair(analysis.core, operation, analysis.operations)) return;
          if (isVerifiedAgain(analysis.core, operation)) return;
          const isOnPurpose = isRenewal(operation.node) || isRenewal(value.node);
          if (isOnPurpose && isLimitedByHand(analysis.core, operation)) return;
          const id = isOnPurpose ? "ignoredForRenewal" : "ignored";
          report(operation, setting, value, id, {});
        }

        function checkTolerance(operation: Operation, setting: Setting): void {
          for (const value of possibilities(setting.value)) {
            const tolerance = toleranceOf(setting, value);
            if (tolerance === "endless") report(operation, setting, value, "endlessTolerance", {});
            if (typeof tolerance === "number" && tolerance > maxClockTolerance) {
              reportLong(operation, setting, value, tolerance);
            }
          }
        }

        function checkClock(operation: Operation, setting: Setting): void {
          for (const value of possibilities(setting.value)) {
            const at = value.type === "literal" ? value.value : undefined;
            // 0 counts as not set.
            if (typeof at === "number" && at > 0)
              report(operation, setting, value, "stoppedClock", {});
          }
        }

        function checkHandler(operation: Operation, setting: Setting): void {
          for (const value of possibilities(setting.value)) {
            if (value.type !== "function") continue;
            const leniency = leniencyOf(analysis.core, value.node);
            if (leniency === "always") report(operation, setting, value, "expiredHandler", {});
            else if (leniency > maxClockTolerance) reportLong(operation, setting, value, leniency);
          }
        }

        function reportLong(
          operation: Operation,
          setting: Setting,
          value: Value,
          seconds: number,
        ): void {
          const data = { lifetime: spell(seconds), maximum: spell(maxClockTolerance) };
          report(operation, setting, value, "longTolerance", data);
        }

        function report(
          operation: Operation,
          setting: Setting,
          value: Value,
          messageId: MessageIds,
          data: Record<string, string>,
        ): void {
          const { node, origin } = placeOfSetting(
            analysis,
            operation,
            setting,
            value.node,
            context.cwd,
          );
          if (!isFirst(node)) return;
          const { name } = operation;
          const option = setting.name;
          const all: Record<MessageIds, Record<string, string>> = {
            ignored: { name, option },
            ignoredForRenewal: { name },
            endlessTolerance: { option },
            longTolerance: data,
            stoppedClock: { option },
            expiredHandler: { option },
            renewedAnyway: {},
            goesOn: {},
            signatureOnly: {},
            removeOption: {},
            useNumber: {},
          };
          context.report({
            node,
            messageId,
            data: { ...all[messageId], origin },
            suggest: suggestionsFor(setting, value, messageId),
          });
        }

        function suggestionsFor(setting: Setting, value: Value, messageId: MessageIds) {
          const written = setting.node;
          if (analysis.fileOf(written) !== analysis.file || written.type !== "Property") return [];
          if (messageId === "endlessTolerance" && value.node === written.value) {
            const edit = /^\d+$/u.exec(value.type === "literal" ? String(value.value) : "")?.[0];
            if (edit === undefined) return [];
            return [
              {
                messageId: "useNumber" as const,
                data: { edit },
                fix: replaceWith(value.node, edit),
              },
            ];
          }
          if (messageId !== "ignored" && messageId !== "stoppedClock") return [];
          const fix = removeFromList(context.sourceCode, written);
          const data = { option: setting.name };
          return fix === undefined ? [] : [{ messageId: "removeOption" as const, data, fix }];
        }
      },
    };
  },
});

/** Some libraries look for `true`, most take every truthy value, the text "false" among them. */
function switchesOff({ model }: Setting, value: Value): boolean {
  if (value.type !== "literal") return false;
  // `validateExp: false`: a check that is on unless it is switched off.
  if (model?.offWhen !== undefined) return model.offWhen.some((off) => off === value.value);
  return model?.anyTruthy === true ? truthiness(value) === true : value.value === true;
}

export default rule;
