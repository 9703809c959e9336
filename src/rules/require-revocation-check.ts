import type { ReportFixFunction } from "@typescript-eslint/utils/ts-eslint";
import { analyze } from "../analysis/analysis.ts";
import { endsSessionAnyway } from "../analysis/failures/sign-outs.ts";
import { byObject } from "../analysis/memo.ts";
import type { Operation } from "../analysis/operations/operations.ts";
import type { OptionState, Setting } from "../analysis/operations/options.ts";
import { readsClaim } from "../analysis/trust/claim-reads.ts";
import { userFinder } from "../analysis/operations/user-finders.ts";
import { isReusableLink } from "../analysis/trust/reusable-links.ts";
import { asksNobody, faultyHook } from "../analysis/trust/revocation-hooks.ts";
import type { HookFault } from "../analysis/trust/revocation-hooks.ts";
import type { Entity, OptionModel } from "../libraries/types.ts";
import type { JwtRule } from "../types.ts";
import { createRule } from "./kit/create-rule.ts";
import { replaceWith } from "./kit/edits.ts";
import { placeOfSetting } from "./kit/mention.ts";
import { oncePerNode } from "./kit/once.ts";

type MessageIds =
  | "neverRefuses"
  | "answersTooLate"
  | "neverAnswers"
  | "failsOpen"
  | "missingHook"
  | "notLookedUp"
  | "notAsked"
  | "sessionNotAsked"
  | "reusable"
  | "ask";

const FAULTS: Readonly<Record<HookFault, MessageIds>> = {
  "never-refuses": "neverRefuses",
  "answers-too-late": "answersTooLate",
  "never-answers": "neverAnswers",
  "fails-open": "failsOpen",
};

const rule: JwtRule = createRule<[], MessageIds>({
  name: "require-revocation-check",
  meta: {
    type: "problem",
    docs: {
      description: "Require a check whether a token was revoked, where the library offers one",
      group: "issuance",
      recommended: false,
      messages: {
        neverRefuses: "medium",
        answersTooLate: "high",
        neverAnswers: "medium",
        failsOpen: "high",
        missingHook: "policy",
        notLookedUp: "policy",
        notAsked: "policy",
        sessionNotAsked: "low",
        reusable: "medium",
        ask: "low",
      },
      cwe: ["CWE-613"],
      rfc: ["RFC 7519 section 4.1.7"],
      inTests: "off",
    },
    hasSuggestions: true,
    messages: {
      neverRefuses:
        "{{option}} lets every token pass, so a stolen one is good until it expires. Look the token up, by its jti or user, among those that were revoked.{{origin}}",
      answersTooLate:
        "{{name}} gives {{option}} no callback and takes what it returns, which is undefined here, for not revoked: revoked tokens pass. Return a promise of true or false.{{origin}}",
      neverAnswers:
        "{{name}} waits for {{option}} to call its callback, which it never does, so requests hang. Call it with an error or null, and true or false.{{origin}}",
      failsOpen:
        "Where {{option}} fails to look the token up, it lets every token pass, also that of somebody who was locked. Refuse the token here, or throw the error again.{{origin}}",
      missingHook:
        "{{name}} accepts a token until it expires, even after the user has signed out or was locked. Set {{option}} to a function that looks up whether it was revoked.",
      notLookedUp:
        "A user is made of the claims here and nothing is looked up, so a token is good until it expires, even after the user has signed out or was locked. Look up the user, or whether the token was revoked.",
      notAsked:
        "{{name}} accepts a token until it expires, even after the user was disabled or the session revoked. Pass true as the second argument.",
      sessionNotAsked:
        "{{name}} accepts a session of up to two weeks even after the user was disabled or the session revoked. Pass true as the second argument.",
      reusable:
        "Whoever finds this link later sets the password again: {{name}} takes it as often as it comes, until it expires. Make the old password's hash part of its key, or remember that it was used.",
      ask: "Pass true, so that revoked sessions are refused.",
    },
    schema: [],
  },
  create(context) {
    return {
      Program() {
        const analysis = analyze(context);
        const isNew = oncePerNode();
        for (const operation of analysis.operations) {
          if (operation.wrapper !== undefined) continue;
          const { entity, name, node } = operation;
          if (isReusableLink(analysis.core, operation, analysis.operations))
            context.report({ node, messageId: "reusable", data: { name } });
          const offered = offeredHook(entity);
          if (offered === undefined) {
            if (operation.kind === "strategy") checkStrategy(operation);
            continue;
          }
          const state = operation.option("revocation");
          if (state.state === "set") {
            checkHook(operation, state.setting);
          } else if (
            state.state === "absent" &&
            isNew(node) &&
            !endsSessionAnyway(analysis.core, operation) &&
            !readsClaim(analysis.core, operation, "jti")
          ) {
            reportAbsence(operation, offered, state);
          }
        }

        function checkStrategy(operation: Operation): void {
          const finder = userFinder(operation);
          if (finder === undefined || analysis.fileOf(finder) !== analysis.file) return;
          if (!asksNobody(analysis.core, finder)) return;
          const { parent } = finder;
          const node = parent.type === "MethodDefinition" ? parent.key : finder;
          if (isNew(node)) context.report({ node, messageId: "notLookedUp" });
        }

        function checkHook(operation: Operation, setting: Setting): void {
          const hook = setting.model?.hook;
          const faulty =
            hook === undefined ? undefined : faultyHook(analysis.core, setting.value, hook);
          if (faulty === undefined) return;
          const { cwd } = context;
          const { node, origin } = placeOfSetting(analysis, operation, setting, faulty.node, cwd);
          if (!isNew(node)) return;
          const data = { option: setting.name, origin };
          const isUnnamed = faulty.fault === "never-refuses" || faulty.fault === "fails-open";
          context.report({
            node,
            messageId: FAULTS[faulty.fault],
            data: isUnnamed ? data : { ...data, name: operation.name },
          });
        }
      },
    };

    function reportAbsence(operation: Operation, offered: Offered, state: OptionState): void {
      const { entity, kind, library, name, node } = operation;
      if (offered.position === undefined) {
        // `app.register` and `server.auth.strategy` are names of frameworks.
        const data = { name: kind === "middleware" ? name : library.name, option: offered.name };
        context.report({ node, messageId: "missingHook", data });
        return;
      }
      const fix = pass(operation, Number(offered.position), state);
      context.report({
        node,
        messageId: entity.isSession === true ? "sessionNotAsked" : "notAsked",
        data: { name },
        suggest: fix === undefined ? [] : [{ messageId: "ask", fix }],
      });
    }
  },
});

/** How the library can be made to ask. */
interface Offered {
  readonly name: string;
  /** Where the setting stands as an argument of its own. */
  readonly position?: string;
}

const offeredHook = byObject((entity: Entity): Offered | undefined => {
  const isHook = ({ role, ignored }: OptionModel): boolean =>
    role === "revocation" && ignored === undefined;
  for (const [position, model] of Object.entries(entity.arguments ?? {})) {
    if (isHook(model)) return { name: model.role, position };
  }
  for (const [name, models] of Object.entries(entity.options ?? {})) {
    if ([models].flat().some(isHook)) return { name };
  }
  return undefined;
});

/** `true` as the argument that is missing, or in place of the one that says no. */
function pass(
  { node }: Operation,
  position: number,
  state: OptionState,
): ReportFixFunction | undefined {
  const written = node.arguments[position];
  if (written !== undefined) {
    const isHere = state.state === "absent" && state.written?.valueNode === written;
    return isHere && written.type === "Literal" ? replaceWith(written, "true") : undefined;
  }
  const before = node.arguments[position - 1];
  return before === undefined || node.arguments.length !== position
    ? undefined
    : (fixer) => fixer.insertTextAfter(before, ", true");
}

export default rule;
