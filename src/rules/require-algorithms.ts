import { analyze } from "../analysis/analysis.ts";
import type { Analysis } from "../analysis/analysis.ts";
import { holds } from "../analysis/files/versions.ts";
import {
  ALGORITHMS_OF,
  boundAlgorithm,
  isPublicMaterial,
  keyTypeOf,
} from "../analysis/keys/key-types.ts";
import { conditionsAt } from "../analysis/flow/conditions.ts";
import { keyMaterials } from "../analysis/keys/keys.ts";
import type { KeyMaterial } from "../analysis/keys/keys.ts";
import { isKeyResolver } from "../analysis/operations/key-resolvers.ts";
import type { Operation } from "../analysis/operations/operations.ts";
import { dottedPath } from "../analysis/syntax.ts";
import type { Node } from "../analysis/syntax.ts";
import { isRequiredVariable } from "../analysis/trust/guards.ts";
import { isJustSigned } from "../analysis/trust/just-signed.ts";
import { possibilities, variableNamed } from "../analysis/values/value.ts";
import type { JwtRule } from "../types.ts";
import { createRule } from "./kit/create-rule.ts";
import { addOption, quotedList, replaceWith } from "./kit/edits.ts";
import { listed, placeOf } from "./kit/mention.ts";
import { oncePerNode } from "./kit/once.ts";

type Finding =
  "unlistedByHeader" | "unlistedByText" | "unlisted" | "unlistedKnownKey" | "unlistedTypedKey";
type MessageIds = Finding | "addAlgorithms";

const rule: JwtRule = createRule<[{ readonly typedKeys?: boolean }], MessageIds>({
  name: "require-algorithms",
  meta: {
    type: "problem",
    docs: {
      description: "Require a list of accepted algorithms wherever tokens are verified",
      group: "algorithms",
      recommended: "recommended",
      messages: {
        unlistedByHeader: "high",
        unlistedByText: "high",
        unlisted: "medium",
        unlistedKnownKey: "low",
        unlistedTypedKey: "policy",
        addAlgorithms: "medium",
      },
      cwe: ["CWE-347", "CWE-757"],
      rfc: ["RFC 8725 section 3.1"],
      inTests: "off",
    },
    fixable: "code",
    hasSuggestions: true,
    messages: {
      unlistedByHeader:
        "Without a list, {{name}} takes the algorithm that the header of the token names, so whoever writes the token chooses it. Name the algorithms that tokens are signed with.{{origin}}",
      unlistedByText:
        "Without a list of algorithms, {{library}} {{version}} takes those that the text of the key suggests, and unsigned tokens where the key is missing. Add the algorithms that tokens are signed with.{{origin}}",
      unlisted:
        "Without a list, {{name}} accepts every algorithm that fits the key. Add the algorithms that tokens are signed with.{{origin}}",
      unlistedKnownKey:
        "Without a list, {{name}} accepts {{algorithms}} alike. Add the algorithms that tokens are signed with.{{origin}}",
      unlistedTypedKey:
        "Without a list, {{name}} accepts every algorithm that fits the type of the key. Add the algorithms that tokens are signed with.{{origin}}",
      addAlgorithms: "Add `{{option}}`.",
    },
    schema: [
      {
        type: "object",
        properties: {
          typedKeys: {
            type: "boolean",
            description:
              "Also report verifications whose key has a type, such as a KeyObject, an imported key, a key set or, for jose, any key.",
          },
        },
        additionalProperties: false,
      },
    ],
    defaultOptions: [{ typedKeys: false }],
  },
  create(context) {
    return {
      Program() {
        const analysis = analyze(context);
        const { sourceCode } = context;
        const [{ typedKeys = false }] = context.options;
        const isNew = oncePerNode();
        for (const operation of analysis.operations) check(operation);

        function check(operation: Operation): void {
          if (!isUnlisted(operation) || isJustSigned(operation)) return;
          const messageId = findingOf(analysis, operation);
          if (messageId === "unlistedTypedKey" && !typedKeys) return;
          const state = operation.option("algorithms");
          const written = state.state === "absent" ? state.written?.node : undefined;
          const effect = (operation.registration ?? operation.node).callee;
          const { node, origin } = placeOf(analysis, written ?? effect, effect, context.cwd);
          if (!isNew(node)) return;

          const edit = (names: readonly string[]) => {
            if (operation.registration !== undefined) return undefined;
            // The list that stands under another name is renamed by no-ineffective-option.
            if (operation.ignored.some(({ role }) => role === "algorithms")) return undefined;
            // Elsewhere the list has another name or place, or is no list.
            const model = [operation.entity.options?.algorithms].flat()[0];
            if (model?.role !== "algorithms" || model.ignored !== undefined) return undefined;
            const list = quotedList(sourceCode, names);
            if (written === undefined)
              return addOption(sourceCode, operation, `algorithms: ${list}`);
            const isPlain = written.type === "Property" && !written.shorthand && origin === "";
            return isPlain ? replaceWith(written.value, list) : undefined;
          };
          const same = equalList(analysis, operation);
          // An object that other calls may share is changed by hand only.
          const isInline = [undefined, "ObjectExpression"].includes(operation.options?.node.type);
          const fix = same === undefined || !isInline ? undefined : edit(same);
          const { library, name, version } = operation;
          context.report({
            node,
            messageId,
            data: {
              name,
              origin,
              library: library.name,
              version,
              algorithms: listed(acceptedBy(analysis, operation) ?? []),
            },
            // The list names what is accepted already: the same tokens pass.
            ...(fix === undefined || written !== undefined ? {} : { fix }),
            suggest: choicesFor(analysis, operation).flatMap((algorithm) => {
              const suggestion = edit([algorithm]);
              const option = `algorithms: ${quotedList(sourceCode, [algorithm])}`;
              return suggestion === undefined
                ? []
                : [{ messageId: "addAlgorithms" as const, data: { option }, fix: suggestion }];
            }),
          });
        }
      },
    };
  },
});

/** Certainly without a list, be it that one is written under a name that the library ignores. */
function isUnlisted(operation: Operation): boolean {
  const { entity, kind } = operation;
  if (kind !== "verify" && kind !== "middleware" && kind !== "strategy") return false;
  const { algorithms } = entity.checks ?? {};
  if (algorithms !== "by-key" && algorithms !== "by-header") return false;
  // Where there is no list to name them in and `none` passes, no-none-algorithm says to leave the library.
  const hasList =
    entity.options?.algorithms !== undefined || entity.parameters?.algorithm !== undefined;
  if (entity.checks?.none === "always" && !hasList) return false;
  return operation.option("algorithms").state === "absent";
}

function findingOf(analysis: Analysis, operation: Operation): Finding {
  const { checks } = operation.entity;
  if (checks?.algorithms === "by-header") return "unlistedByHeader";
  if (hasTypedKey(analysis, operation)) return "unlistedTypedKey";
  if (acceptedBy(analysis, operation) !== undefined) return "unlistedKnownKey";
  const isByText =
    checks?.none === "when-no-key" ||
    (checks?.confusion === "always" && checks.missingKey !== "refused");
  return isByText && !isRefusedWithoutKey(analysis, operation) ? "unlistedByText" : "unlisted";
}

/**
 * Does nothing run without the key? express-jwt 5.3.3 throws at start where it is given none, and a program may ask before
 * it verifies: `if (!secret) throw …`. What a function is to find may be missing for each token.
 */
function isRefusedWithoutKey(
  { core }: Analysis,
  { entity, key, node, registration }: Operation,
): boolean {
  if (key === undefined) return false;
  if (entity.checks?.missingKey === "refused" && !isKeyResolver(key)) return true;
  const isThere = conditionsAt(key.node).some(
    ({ test, holds }) => isSameName(test, key.node) && holds,
  );
  const names = possibilities(key.value).flatMap((one) => variableNamed(one) ?? []);
  return (
    isThere ||
    (names.length > 0 && isRequiredVariable(core, names, undefined, registration ?? node))
  );
}

function isSameName(one: Node, other: Node): boolean {
  const path = dottedPath(one)?.join(".");
  return path !== undefined && path === dottedPath(other)?.join(".");
}

/** The type of the key decides, not its text: the library takes no text, or is given a key object. */
function hasTypedKey({ core }: Analysis, { entity, key }: Operation): boolean {
  if (entity.checks?.confusion === "bytes-only") return true;
  const materials = key === undefined ? [] : keyMaterials(core, key.value);
  return materials.length > 0 && materials.every(({ typed }) => typed);
}

/** Every algorithm that the key fits, where its type is certain. */
function acceptedBy({ core }: Analysis, { entity, key }: Operation): readonly string[] | undefined {
  if (key === undefined) return undefined;
  const type = keyTypeOf(core, key.value, entity.checks?.confusion !== "bytes-only");
  return type === undefined ? undefined : ALGORITHMS_OF[type];
}

/** The full list, where releases were shown to accept the same tokens with it. */
function equalList(analysis: Analysis, operation: Operation): readonly string[] | undefined {
  const { entity, key, version } = operation;
  const { listedByKey, listedForBoundKey, listedForSecret } = entity.shownEqual ?? {};
  const isShown = (releases?: string): boolean =>
    releases !== undefined && holds(version, releases);
  if (key === undefined || isKeyResolver(key)) return undefined;
  const bound = boundAlgorithm(key.value);
  if (bound !== undefined) return isShown(listedForBoundKey) ? [bound] : undefined;
  const accepted = acceptedBy(analysis, operation);
  const isSecret = accepted === ALGORITHMS_OF.secret;
  return isShown(listedByKey) || (isSecret && isShown(listedForSecret)) ? accepted : undefined;
}

/** One for each kind of key that it may be. */
function choicesFor(analysis: Analysis, operation: Operation): readonly string[] {
  const { key } = operation;
  const bound = key === undefined ? undefined : boundAlgorithm(key.value);
  if (bound !== undefined) return [bound];
  const [first] = acceptedBy(analysis, operation) ?? [];
  if (first !== undefined) return [first];
  const materials = key === undefined ? [] : keyMaterials(analysis.core, key.value);
  const isAsymmetric = (material: KeyMaterial): boolean =>
    isPublicMaterial(material) || (material.kind !== undefined && material.kind !== "secret");
  return materials.length > 0 && materials.every(isAsymmetric)
    ? ["RS256", "ES256"]
    : ["HS256", "RS256"];
}

export default rule;
