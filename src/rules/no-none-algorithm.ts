import { analyze } from "../analysis/analysis.ts";
import { unsignedTokens } from "../analysis/sinks/unsigned-tokens.ts";
import { holds } from "../analysis/files/versions.ts";
import { namedAlgorithms } from "../analysis/keys/algorithms.ts";
import { mayChooseNone } from "../analysis/keys/header-algorithm.ts";
import type { Argument } from "../analysis/operations/arguments.ts";
import { isKeyResolver } from "../analysis/operations/key-resolvers.ts";
import type { Operation } from "../analysis/operations/operations.ts";
import type { Setting } from "../analysis/operations/options.ts";
import { isFromStorage, isKept } from "../analysis/storage.ts";
import { propertyOf } from "../analysis/values/members.ts";
import { map, may, must, truthiness } from "../analysis/values/value.ts";
import type { Value } from "../analysis/values/value.ts";
import type { JwtRule } from "../types.ts";
import { unsignedJoins } from "../analysis/operations/unsigned-joins.ts";
import { createRule } from "./kit/create-rule.ts";
import { removeFromList } from "./kit/edits.ts";
import { placeOf } from "./kit/mention.ts";
import { oncePerNode } from "./kit/once.ts";

type MessageIds =
  | "signsUnsecured"
  | "unsignedSession"
  | "acceptsUnsecured"
  | "acceptsWhateverTheKey"
  | "listsNone"
  | "removeNone";

const rule: JwtRule = createRule<[], MessageIds>({
  name: "no-none-algorithm",
  meta: {
    type: "problem",
    docs: {
      description: "Disallow tokens without a signature, the algorithm `none`",
      group: "algorithms",
      recommended: "recommended",
      messages: {
        signsUnsecured: "critical",
        unsignedSession: "critical",
        acceptsUnsecured: "critical",
        acceptsWhateverTheKey: "critical",
        listsNone: "medium",
        removeNone: "medium",
      },
      cwe: ["CWE-347", "CWE-327"],
      rfc: ["RFC 8725 section 3.2", "RFC 7518 section 3.6"],
      gate: "token",
      inTests: "off",
    },
    fixable: "code",
    hasSuggestions: true,
    messages: {
      signsUnsecured:
        "{{name}} makes a token without a signature, which anybody can change. Sign with an algorithm such as EdDSA, ES256 or HS256.{{origin}}",
      unsignedSession:
        "This token says whose it is in base64 and nothing else, so anybody can write one and be anyone. Sign it with a library such as jose, or keep a random identifier of a stored session.",
      acceptsUnsecured:
        "{{name}} accepts tokens without a signature, so anybody can write one. Verify a signature with a key and a list of algorithms.{{origin}}",
      acceptsWhateverTheKey:
        "{{library}} {{version}} accepts tokens without a signature whatever key it is given, so anybody can write one. Verify with a library that does not, such as jose.",
      listsNone:
        "The algorithm none in this list accepts tokens without a signature where no key is found. List only the algorithms that tokens are signed with.{{origin}}",
      removeNone: "Remove none from the list.",
    },
    schema: [],
  },
  create(context) {
    return {
      Program() {
        const analysis = analyze(context);
        const isNew = oncePerNode();
        for (const operation of analysis.operations) check(operation);
        for (const node of unsignedJoins(analysis)) {
          const data = { name: "This code", origin: "" };
          context.report({ node, messageId: "signsUnsecured", data });
        }
        for (const node of unsignedTokens(analysis))
          context.report({ node, messageId: "unsignedSession" });

        function check(operation: Operation): void {
          const { kind, name, node } = operation;
          // What a wrapper of another file fixes is reported there.
          if (operation.wrapper !== undefined) return;
          if (kind === "unsecured-sign") {
            if (isKept(analysis.core, node)) return;
            context.report({ node, messageId: "signsUnsecured", data: { name, origin: "" } });
          } else if (kind === "unsecured-verify") {
            if (operation.token !== undefined && isFromStorage(analysis.core, operation.token.node))
              return;
            context.report({ node, messageId: "acceptsUnsecured", data: { name, origin: "" } });
          } else if (isUnsignedByDefault(operation)) {
            context.report({ node, messageId: "signsUnsecured", data: { name, origin: "" } });
          } else if (kind === "sign" || kind === "module") {
            for (const setting of operation.settings("algorithm"))
              report(operation, setting, setting.value);
            for (const setting of operation.settings("header")) {
              const algorithm = map(setting.value, (header) =>
                propertyOf(analysis.core, header, "alg", setting.node),
              );
              report(operation, setting, algorithm);
            }
          }
          for (const setting of operation.settings("algorithms")) {
            report(operation, setting, setting.value);
            reportChosen(operation, setting);
          }
          if (kind === "verify" && operation.entity.checks?.none === "always" && isNew(node)) {
            const data = { library: operation.library.name, version: operation.version };
            context.report({ node, messageId: "acceptsWhateverTheKey", data });
          }
        }

        /** With no key in hand only an unsigned token passes, and the list is what the token says. */
        function reportChosen(operation: Operation, setting: Setting): void {
          if (isHarmless(operation, true) || !hasNoKey(operation)) return;
          if (!mayChooseNone(analysis.core, setting.value, setting.valueNode)) return;
          const { node, origin } = placeOf(
            analysis,
            setting.valueNode,
            operation.node.callee,
            context.cwd,
          );
          const data = { name: operation.name, origin };
          if (isNew(node)) context.report({ node, messageId: "acceptsUnsecured", data });
        }

        function report(operation: Operation, setting: Setting, value: Value): void {
          for (const algorithm of namedAlgorithms(value)) {
            if (algorithm.family !== "none") continue;
            const verifies = setting.role === "algorithms";
            if (isHarmless(operation, verifies)) continue;
            const { node, origin } = placeOf(
              analysis,
              algorithm.value.node,
              setting.valueNode,
              context.cwd,
            );
            if (!isNew(node)) continue;
            const others = namedAlgorithms(value).some((other) => other.family !== "none");
            const isGuarded =
              verifies && mayHaveKey(operation) && operation.entity.checks?.none !== "when-listed";
            const edit =
              verifies && others && origin === "" && node.parent?.type === "ArrayExpression"
                ? removeFromList(context.sourceCode, node)
                : undefined;
            const isEqual =
              edit !== undefined && hasKey(operation) && isShownEqual(operation, algorithm.name);
            context.report({
              node,
              messageId: verifies
                ? isGuarded
                  ? "listsNone"
                  : "acceptsUnsecured"
                : "signsUnsecured",
              data: isGuarded ? { origin } : { name: operation.name, origin },
              // With a key in hand the library refuses unsigned tokens anyway: the same are accepted.
              ...(isEqual ? { fix: edit } : {}),
              suggest:
                edit === undefined || isEqual ? [] : [{ messageId: "removeNone", fix: edit }],
            });
          }
        }
      },
    };
  },
});

/** No algorithm is named, and none is what the library then takes. */
function isUnsignedByDefault(operation: Operation): boolean {
  const isNone = operation.kind === "sign" && operation.entity.defaultAlgorithm === "none";
  return isNone && operation.option("algorithm").state === "absent";
}

/** Where the library refuses `none` whatever it is told, the entry is dead, not a hole. */
function isHarmless({ entity }: Operation, verifies: boolean): boolean {
  return verifies ? entity.checks?.none === "never" : entity.refusesNone === true;
}

/** A key that is certainly there; a resolver may find none. */
function hasKey({ key }: Operation): boolean {
  return key !== undefined && !isResolver(key) && truthiness(key.value) === true;
}

/** `verify(token, null, …)`, which takes tokens without a signature in each release that takes any (jsonwebtoken 7.4.3 to 9.0.3). */
function hasNoKey({ kind, key }: Operation): boolean {
  return (
    kind === "verify" &&
    key !== undefined &&
    must(key.value, (value) => value.type === "literal" && !value.value)
  );
}

/** A key that is there unless the environment or a caller leaves it out. */
function mayHaveKey({ kind, key }: Operation): boolean {
  // Of a module each call may bring its own key.
  if (key === undefined) return kind === "module";
  return !isResolver(key) && !may(key.value, (value) => truthiness(value) === false);
}

/** A function or a set in which keys are looked up, which gives none for a token without a signature. */
function isResolver(key: Argument): boolean {
  return (
    isKeyResolver(key) || may(key.value, (value) => value.type === "key" && value.kind === "set")
  );
}

function isShownEqual({ entity, version }: Operation, name: string): boolean {
  const releases = entity.shownEqual?.withoutNone;
  return releases !== undefined && holds(version, releases) && name === "none";
}

export default rule;
