import { analyze } from "../analysis/analysis.ts";
import { isRuledOut } from "../analysis/flow/conditions.ts";
import type { Instructions } from "../analysis/operations/declared.ts";
import type { Setting } from "../analysis/operations/options.ts";
import { contains } from "../analysis/syntax.ts";
import { lifetimesOf } from "../analysis/time.ts";
import { possibilities } from "../analysis/values/value.ts";
import type { Value } from "../analysis/values/value.ts";
import type { JwtRule } from "../types.ts";
import { createRule } from "./kit/create-rule.ts";
import { quoted, replaceWith } from "./kit/edits.ts";
import { isMillisecondDate, issuedProblem, problemOf } from "./kit/lifetime-problem.ts";
import type { Problem, ProblemId } from "./kit/lifetime-problem.ts";
import { placeOfSetting } from "./kit/mention.ts";
import { oncePerNode } from "./kit/once.ts";

type MessageIds = ProblemId | "replace";

const rule: JwtRule = createRule<[], MessageIds>({
  name: "no-invalid-lifetime",
  meta: {
    type: "problem",
    docs: {
      description: "Disallow lifetimes in a unit or form that the library reads differently",
      group: "issuance",
      recommended: "recommended",
      messages: {
        milliseconds: "high",
        productInMilliseconds: "high",
        secondsAsMilliseconds: "low",
        dateInMilliseconds: "high",
        dateInOtherUnit: "high",
        dateAsLifetime: "high",
        issuedInMillisecondsExtends: "high",
        issuedInMilliseconds: "medium",
        bareNumber: "medium",
        minutes: "low",
        lifetimeAsDate: "low",
        bornExpired: "low",
        refused: "low",
        replace: "medium",
      },
      cwe: ["CWE-613", "CWE-682"],
      rfc: ["RFC 7519 section 4.1.4", "RFC 7519 section 2"],
      inTests: "off",
    },
    hasSuggestions: true,
    messages: {
      milliseconds:
        "{{option}} counts seconds, so this number of milliseconds gives a lifetime of {{lifetime}}. Divide it by 1000.{{origin}}",
      productInMilliseconds:
        "{{option}} counts seconds, and this is a number of milliseconds, so the token lives a thousand times as long as it should. Divide it by 1000.{{origin}}",
      secondsAsMilliseconds:
        "{{option}} counts milliseconds, so this number of seconds gives a lifetime of {{lifetime}}. Multiply it by 1000, or write a text with a unit.{{origin}}",
      dateInMilliseconds:
        "{{option}} counts seconds, and in milliseconds this date lies thousands of years ahead, so the token never expires. Divide it by 1000.{{origin}}",
      dateInOtherUnit:
        "{{option}} counts seconds, and milliseconds divided by {{divisor}} lie centuries ahead, so the token never expires. Divide them by 1000.{{origin}}",
      dateAsLifetime:
        "{{option}} is counted from the time of signing, so with a date in it the token never expires. Set the lifetime alone, such as 1h.{{origin}}",
      issuedInMillisecondsExtends:
        "The iat claim counts seconds, and the lifetime is counted from it, so in milliseconds the token never expires. Leave iat to the library.{{origin}}",
      issuedInMilliseconds:
        "The iat claim counts seconds, and in milliseconds it lies thousands of years ahead, so checks of the token's age are wrong. Leave iat to the library.{{origin}}",
      bareNumber:
        "A text without a unit counts milliseconds, so this token lives {{lifetime}}. Write the number without quotes for seconds, or add a unit.{{origin}}",
      minutes:
        "The unit M stands for minutes here, so this token lives {{lifetime}}. Count months in days.{{origin}}",
      lifetimeAsDate:
        "{{option}} takes a number as a date in seconds since 1970, so this token has expired before it is signed. Write a text with a unit, or add the current time.{{origin}}",
      bornExpired: "The token has expired as soon as it is signed. Set a time ahead.{{origin}}",
      refused:
        "{{option}} cannot be read here, so signing fails or no verifier accepts the token. Write {{form}}.{{origin}}",
      replace: "Replace it with {{edit}}.",
    },
    schema: [],
  },
  create(context) {
    return {
      Program() {
        const analysis = analyze(context);
        const isFirst = oncePerNode();
        for (const operation of [...analysis.operations, ...analysis.declared]) {
          if (operation.kind !== "sign" && operation.kind !== "module") continue;
          for (const role of ["lifetime", "expiresAt"] as const) {
            for (const setting of operation.settings(role)) {
              for (const { lifetime, value } of lifetimesOf(setting)) {
                if (value.type === "literal" && isRuledOut(setting.valueNode, value.value))
                  continue;
                report(operation, setting, value, problemOf(analysis, setting, lifetime, value));
              }
            }
          }
          for (const setting of operation.settings("issuedAt")) {
            for (const value of possibilities(setting.value)) {
              if (isMillisecondDate(value))
                report(operation, setting, value, issuedProblem(operation));
            }
          }
        }

        function report(
          operation: Instructions,
          setting: Setting,
          value: Value,
          problem: Problem | undefined,
        ): void {
          if (problem === undefined) return;
          // A constant in milliseconds is right where it is written and wrong where it is used.
          const isInPlace = contains(setting.valueNode, value.node);
          const isRight =
            problem.messageId === "milliseconds" ||
            // A name says it, and where it comes from is out of sight.
            (problem.messageId === "productInMilliseconds" && value.node.type === "Identifier");
          const cause = isRight && !isInPlace ? setting.valueNode : value.node;
          const { node, origin } = placeOfSetting(analysis, operation, setting, cause, context.cwd);
          if (!isFirst(node)) return;
          const { messageId, data, edits = [] } = problem;
          // A constant may have other readers: the edit belongs where the library reads it.
          const isEditable = contains(setting.valueNode, node) && origin === "";
          context.report({
            node,
            messageId,
            data: { ...data, origin },
            suggest: (isEditable ? edits : []).map((make) => {
              const edit = make(context.sourceCode.getText(node), (text) =>
                quoted(context.sourceCode, text),
              );
              return {
                messageId: "replace",
                data: { edit },
                fix: replaceWith(node, edit),
              };
            }),
          });
        }
      },
    };
  },
});

export default rule;
