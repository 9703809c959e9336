import { analyze } from "../analysis/analysis.ts";
import type { Operation } from "../analysis/operations/operations.ts";
import type { IgnoredOption, Setting } from "../analysis/operations/options.ts";
import { lifetimeAmongClaims } from "../analysis/payloads/option-claims.ts";
import { initOf } from "../analysis/files/variables.ts";
import { staticKey, unwrap } from "../analysis/syntax.ts";
import type { Node } from "../analysis/syntax.ts";
import { may, possibilities, stringOf, truthiness } from "../analysis/values/value.ts";
import type { Value } from "../analysis/values/value.ts";
import type { OptionRole } from "../libraries/types.ts";
import type { JwtRule } from "../types.ts";
import { createRule } from "./kit/create-rule.ts";
import { replaceWith } from "./kit/edits.ts";
import { named, placeOf, placeOfSetting } from "./kit/mention.ts";
import { oncePerNode } from "./kit/once.ts";
import { moveOption, moveToOptions, renameOption } from "./kit/rename.ts";

type Options = [{ readonly checkPossiblyUndefined?: boolean }];
type MessageIds =
  | "misnamedCheck"
  | "misnamed"
  | "unread"
  | "madeClaim"
  | "emptyCheck"
  | "textCheck"
  | "patternCheck"
  | "textNumber"
  | "possiblyUndefined"
  | "rename"
  | "move"
  | "useNumber";

const rule: JwtRule = createRule<Options, MessageIds>({
  name: "no-ineffective-option",
  meta: {
    type: "problem",
    docs: {
      description:
        "Disallow options that the library does not read, and values that switch a check off",
      group: "verification",
      recommended: "recommended",
      messages: {
        misnamedCheck: "high",
        misnamed: "low",
        unread: "low",
        madeClaim: "medium",
        emptyCheck: "medium",
        textCheck: "high",
        patternCheck: "high",
        textNumber: "high",
        possiblyUndefined: "low",
        rename: "high",
        move: "high",
        useNumber: "high",
      },
      cwe: ["CWE-345", "CWE-1286"],
      rfc: ["RFC 8725 section 3.8", "RFC 8725 section 3.9", "RFC 8725 section 3.1"],
      inTests: "off",
    },
    hasSuggestions: true,
    messages: {
      misnamedCheck:
        "{{library}} does not read {{option}} here, so the check that it asks for is not made. Use {{meant}}.{{origin}}",
      misnamed: "{{library}} does not read {{option}} here. Use {{meant}}.{{origin}}",
      unread: "{{why}} {{library}} does not read {{option}} here.{{origin}}",
      madeClaim:
        "{{option}} stands in the payload, where it becomes a claim that no verifier looks at, so it does not limit the life of the token. Write it in the options of {{name}}.{{origin}}",
      textCheck:
        "{{library}} reads {{option}} as a {{form}} only, so a text checks nothing. Write a {{form}}.{{origin}}",
      emptyCheck:
        "{{option}} is {{value}} here, so {{library}} skips the check. Set the value that tokens must have.{{origin}}",
      patternCheck:
        "{{library}} ignores a regular expression as {{option}}, so nothing is checked. Use a text or a list of texts.{{origin}}",
      textNumber:
        "{{library}} adds the text {{option}} to the expiry instead of counting with it, so no token ever expires. Write the number {{number}}.{{origin}}",
      possiblyUndefined:
        "{{library}} skips the check where {{option}} is undefined. Make sure at start-up that it is set.{{origin}}",
      rename: "Rename it to {{meant}}.",
      move: "Move it to {{meant}}.",
      useNumber: "Write the number {{number}}.",
    },
    schema: [
      {
        type: "object",
        properties: {
          checkPossiblyUndefined: {
            type: "boolean",
            description:
              "Whether to report checks whose value may be undefined, such as an environment variable.",
          },
        },
        additionalProperties: false,
      },
    ],
    defaultOptions: [{ checkPossiblyUndefined: false }],
  },
  create(context) {
    const [{ checkPossiblyUndefined = false } = {}] = context.options as Partial<Options>;
    return {
      Program() {
        const analysis = analyze(context);
        const isFirst = oncePerNode();
        for (const operation of analysis.operations) {
          for (const ignored of operation.ignored) checkName(operation, ignored);
          checkPayload(operation);
          for (const role of CHECKS) checkValue(operation, role);
          for (const setting of operation.settings("clockTolerance"))
            checkNumber(operation, setting);
        }

        function checkName(operation: Operation, ignored: IgnoredOption): void {
          const { role, meant, value } = ignored;
          // `aud: undefined` asks for nothing; beside the right name the wrong one does no harm.
          if (truthiness(value) === false) return;
          // A key that is registered is the very one that is not to be used here.
          const where = role === "key" ? "here" : undefined;
          const state = meant === undefined ? undefined : operation.option(role, where);
          if (state?.state === "set" || isShared(operation, ignored)) return;
          const cause = ignored.node;
          const { node, origin } = placeOf(
            analysis,
            nameOf(cause),
            operation.options?.node ?? operation.node,
            context.cwd,
          );
          if (!isFirst(node)) return;
          const option = ignored.name;
          const library = operation.library.name;
          if (meant === undefined) {
            const data = { library, option, why: ignored.why ?? "It has no effect.", origin };
            context.report({ node, messageId: "unread", data });
            return;
          }
          // A name that `sign` does not read leaves a claim out; nothing is checked there.
          const isOfSigning = operation.kind === "sign" || /^sign(?:Options)?\./u.test(option);
          const isCheck = !isOfSigning && SECURITY.has(role);
          const messageId = isCheck ? "misnamedCheck" : "misnamed";
          context.report({
            node,
            messageId,
            data: { library, option, meant, origin },
            suggest:
              origin === "" && state?.state === "absent"
                ? suggestName(operation, ignored, meant)
                : [],
          });
        }

        function checkPayload(operation: Operation): void {
          const found = lifetimeAmongClaims(operation);
          if (found === undefined) return;
          const { name: option, property } = found;
          const place = operation.payload?.node ?? operation.node;
          const { node, origin } = placeOf(analysis, nameOf(property.node), place, context.cwd);
          if (!isFirst(node)) return;
          // Beside a text the library refuses it.
          const move =
            operation.payload?.isText === true
              ? undefined
              : moveToOptions(context.sourceCode, operation, property.node);
          context.report({
            node,
            messageId: "madeClaim",
            data: { option, name: named(operation.name), origin },
            suggest:
              origin === "" && move !== undefined
                ? [
                    {
                      messageId: "move",
                      data: { meant: `the options of ${operation.name}` },
                      fix: move,
                    },
                  ]
                : [],
          });
        }

        function suggestName(operation: Operation, ignored: IgnoredOption, meant: string) {
          const { sourceCode } = context;
          const rename = renameOption(sourceCode, ignored, meant);
          const move =
            rename === undefined ? moveOption(sourceCode, operation, ignored, meant) : undefined;
          const data = { meant };
          if (rename !== undefined) return [{ messageId: "rename" as const, data, fix: rename }];
          return move === undefined ? [] : [{ messageId: "move" as const, data, fix: move }];
        }

        function checkValue(operation: Operation, role: OptionRole): void {
          const state = operation.option(role);
          if (state.state === "set" && state.mayBeEmpty && checkPossiblyUndefined) {
            reportValue(operation, state.setting, "possiblyUndefined");
          }
          if (state.state !== "absent" || state.written === undefined) return;
          // What is switched off in so many words is meant so.
          if (state.written.model?.offWhen !== undefined) return;
          reportValue(
            operation,
            state.written,
            may(state.written.value, isPattern)
              ? "patternCheck"
              : isText(state.written)
                ? "textCheck"
                : "emptyCheck",
          );
        }

        /** `clockTolerance: "60"`: a text where a number is added. */
        function checkNumber(operation: Operation, setting: Setting): void {
          if (setting.model?.stringBreaks !== "never-expires") return;
          for (const value of possibilities(setting.value)) {
            const text = stringOf(value);
            if (text === undefined || text.trim() === "" || Number.isNaN(Number(text))) continue;
            const number = String(Number(text));
            const { node, origin } = placeOfSetting(
              analysis,
              operation,
              setting,
              value.node,
              context.cwd,
            );
            if (!isFirst(node)) continue;
            context.report({
              node,
              messageId: "textNumber",
              data: { library: operation.library.name, option: setting.name, number, origin },
              suggest:
                origin === ""
                  ? [{ messageId: "useNumber", data: { number }, fix: replaceWith(node, number) }]
                  : [],
            });
          }
        }

        function reportValue(
          operation: Operation,
          setting: Setting,
          messageId: "emptyCheck" | "patternCheck" | "possiblyUndefined" | "textCheck",
        ): void {
          const { value, name: option } = setting;
          const { node, origin } = placeOfSetting(
            analysis,
            operation,
            setting,
            setting.valueNode,
            context.cwd,
          );
          if (!isFirst(node)) return;
          const data = { library: operation.library.name, option, origin };
          context.report({
            node,
            messageId,
            data:
              messageId === "emptyCheck"
                ? { ...data, value: spelled(value) }
                : messageId === "textCheck"
                  ? { ...data, form: setting.model?.grammar === undefined ? "list" : "number" }
                  : data,
          });
        }

        /**
         * One object with the options of signing and verifying: the name is read when signing, by the library or by the
         * program itself (`{ expiresIn: settings.expiresIn }`).
         */
        function isShared(operation: Operation, { role, name }: IgnoredOption): boolean {
          const object = operation.options?.value.node;
          if (role !== "lifetime" || object === undefined) return false;
          const { file } = analysis;
          return (
            analysis.operations.some(
              (other) =>
                other !== operation &&
                other.kind === "sign" &&
                other.options?.value.node === object,
            ) ||
            (file.index.membersNamed.get(name) ?? []).some(
              ({ object: read }) => initOf(file, unwrap(read)) === object,
            )
          );
        }
      },
    };
  },
});

/** What is checked of a token, so that a wrong name or an empty value lets other tokens in. */
const SECURITY: ReadonlySet<OptionRole> = new Set<OptionRole>([
  "algorithms",
  "audience",
  "issuer",
  "jti",
  "maxAge",
  "subject",
]);

const CHECKS: readonly OptionRole[] = ["audience", "issuer", "subject", "jti", "maxAge", "type"];

/** A text where the library reads lists alone. */
function isText({ model, value }: Setting): boolean {
  return (
    model?.skippedWhen?.includes("text") === true && may(value, (one) => truthiness(one) !== false)
  );
}

function isPattern(value: Value): boolean {
  return value.type === "regexp";
}

/** `undefined`, `null`, an empty text or 0, as a message names them. */
function spelled(value: Value): string {
  const [first] = possibilities(value);
  if (first?.type !== "literal") return "no text";
  return first.value === "" ? "an empty text" : String(first.value);
}

/** The name in `name: value`, or the whole where there is none. */
function nameOf(node: Node): Node {
  if (node.type === "Property" && staticKey(node.key, node.computed) !== undefined) return node.key;
  return node.type === "AssignmentExpression" ? node.left : node;
}

export default rule;
