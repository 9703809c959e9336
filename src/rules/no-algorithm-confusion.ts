import { analyze } from "../analysis/analysis.ts";
import type { Analysis } from "../analysis/analysis.ts";
import { isAsymmetric, listOptions, mixedFamilies } from "../analysis/keys/algorithms.ts";
import type { AlgorithmList, Family } from "../analysis/keys/algorithms.ts";
import { acceptedFamilies, signsHmac } from "../analysis/keys/families.ts";
import { algorithmFromHeader, picksByAlgorithm } from "../analysis/keys/header-algorithm.ts";
import { isPublicMaterial, keyTypeOf, passesAsSecret } from "../analysis/keys/key-types.ts";
import { keyMaterials } from "../analysis/keys/keys.ts";
import type { KeyMaterial } from "../analysis/keys/keys.ts";
import { isKeyResolver } from "../analysis/operations/key-resolvers.ts";
import type { Operation } from "../analysis/operations/operations.ts";
import type { Setting } from "../analysis/operations/options.ts";
import type { JwtRule } from "../types.ts";
import { createRule } from "./kit/create-rule.ts";
import { keepInList, quotedList, replaceWith } from "./kit/edits.ts";
import { listed, placeOf } from "./kit/mention.ts";
import { oncePerNode } from "./kit/once.ts";

type MessageIds =
  | "mixesFamilies"
  | "mixesFamiliesGuarded"
  | "publicKeyAsSecret"
  | "publicKeyRefused"
  | "signsWithPublicKey"
  | "headerDecides"
  | "headerDecidesGuarded"
  | "keepOnly"
  | "replaceWith";

const rule: JwtRule = createRule<[], MessageIds>({
  name: "no-algorithm-confusion",
  meta: {
    type: "problem",
    docs: {
      description:
        "Disallow verifications in which a public key can pass as an HMAC secret or the token chooses its algorithm",
      group: "algorithms",
      recommended: "recommended",
      messages: {
        mixesFamilies: "high",
        mixesFamiliesGuarded: "low",
        publicKeyAsSecret: "critical",
        publicKeyRefused: "low",
        signsWithPublicKey: "critical",
        headerDecides: "critical",
        headerDecidesGuarded: "medium",
        keepOnly: "medium",
        replaceWith: "medium",
      },
      cwe: ["CWE-347", "CWE-757", "CWE-327"],
      rfc: ["RFC 8725 section 2.1", "RFC 8725 section 3.1"],
      inTests: "off",
    },
    hasSuggestions: true,
    messages: {
      mixesFamilies:
        "With {{hmac}} and {{asymmetric}} in one list, {{name}} accepts tokens that anybody signed with the text of a public key as the secret. List the algorithms of one kind of key.{{origin}}",
      mixesFamiliesGuarded:
        "With {{hmac}} and {{asymmetric}} in one list, nothing but the check of the key's type keeps out tokens signed with a public key as the secret. List the algorithms of one kind of key.{{origin}}",
      publicKeyAsSecret:
        "{{name}} takes this public key for an HMAC secret, so anybody who has it can write a token that passes. Pass it as a public key and list its own algorithms, such as RS256.{{origin}}",
      publicKeyRefused:
        "The list names HMAC algorithms and this key is public: this release refuses it, older ones accept what anybody signed with it. List the algorithms of the key.{{origin}}",
      signsWithPublicKey:
        "{{name}} signs with a public key as an HMAC secret, so anybody who has it can sign. Sign with the private key and an algorithm such as RS256.{{origin}}",
      headerDecides:
        "The algorithm is read from the header of the token that is verified, so whoever writes the token chooses it. List the algorithms that tokens are signed with.{{origin}}",
      headerDecidesGuarded:
        "The algorithm is read from the header of the token that is verified, so this list excludes nothing. List the algorithms that tokens are signed with.{{origin}}",
      keepOnly: "Keep only {{algorithms}} in the list.",
      replaceWith: "Replace it with `{{list}}`.",
    },
    schema: [],
  },
  create(context) {
    return {
      Program() {
        const analysis = analyze(context);
        const { sourceCode, cwd } = context;
        const isNew = oncePerNode();
        for (const operation of analysis.operations) {
          const isHeaderLed = operation
            .settings("algorithms")
            .some((setting) => checkHeader(operation, setting));
          if (isHeaderLed || checkKey(operation)) continue;
          for (const setting of operation.settings("algorithms")) checkMixture(operation, setting);
        }

        function checkHeader(operation: Operation, setting: Setting): boolean {
          const claims = algorithmFromHeader(analysis.core, setting.value, setting.valueNode);
          if (claims === undefined) return false;
          const { node, origin } = placeOf(analysis, setting.valueNode, operation.node.callee, cwd);
          if (!isNew(node)) return true;
          const isPlain =
            origin === "" && setting.node.type === "Property" && !setting.node.shorthand;
          context.report({
            node,
            messageId: isConfusable(operation) ? "headerDecides" : "headerDecidesGuarded",
            data: { origin },
            suggest: (isPlain ? ["HS256", "RS256"] : []).map((algorithm) => {
              const list = quotedList(sourceCode, [algorithm]);
              return { messageId: "replaceWith", data: { list }, fix: replaceWith(node, list) };
            }),
          });
          return true;
        }

        function checkMixture(operation: Operation, setting: Setting): void {
          for (const list of listOptions(setting.value)) {
            const mixed = mixedFamilies(list);
            if (mixed === undefined) continue;
            const messageId = mixtureOf(analysis, operation);
            if (messageId === undefined) continue;
            const { node, origin } = placeOf(analysis, list.value.node, setting.valueNode, cwd);
            if (!isNew(node)) continue;
            context.report({
              node,
              messageId,
              data: { ...mixed, name: operation.name, origin },
              suggest: choicesFor(analysis, operation, list).flatMap((algorithms) => {
                const fix = keepInList(sourceCode, node, algorithms);
                const data = { algorithms: listed(algorithms) };
                return fix === undefined ? [] : [{ messageId: "keepOnly" as const, data, fix }];
              }),
            });
          }
        }

        function checkKey(operation: Operation): boolean {
          const { key, name } = operation;
          if (key === undefined) return false;
          const found = keyMaterials(analysis.core, key.value)
            .filter((material) => isPublicMaterial(material) && passesAsSecret(material))
            .map((material) => publicKeyFinding(analysis, operation, material))
            .find((finding) => finding !== undefined);
          if (found === undefined) return false;
          const { node, origin } = placeOf(analysis, key.node, operation.node.callee, cwd);
          if (isNew(node)) context.report({ node, messageId: found, data: { name, origin } });
          return true;
        }
      },
    };
  },
});

/** Does this release take the text of a public key for a secret when an HMAC algorithm is listed? */
function isConfusable({ entity }: Operation): boolean {
  return entity.checks?.confusion === "always";
}

function mixtureOf({ core }: Analysis, operation: Operation): MessageIds | undefined {
  const { key, entity } = operation;
  // jose goes by the type of the key; bytes of a public key are a finding of their own.
  if (entity.checks?.confusion === "bytes-only") return undefined;
  if (key === undefined) return "mixesFamiliesGuarded";
  if (keyTypeOf(core, key.value, true) === "secret") return undefined;
  if (isKeyResolver(key) && picksByAlgorithm(core, key.value)) return undefined;
  const isTyped = keyMaterials(core, key.value).every(({ typed }) => typed);
  return isConfusable(operation) && !isTyped ? "mixesFamilies" : "mixesFamiliesGuarded";
}

/** What a public key that passes as a secret does to an operation. */
function publicKeyFinding(
  { core }: Analysis,
  operation: Operation,
  material: KeyMaterial,
): MessageIds | undefined {
  if (operation.kind === "sign")
    return signsHmac(core, operation) ? "signsWithPublicKey" : undefined;
  if (operation.kind === "module") return undefined;
  const { confusion } = operation.entity.checks ?? {};
  const accepted = acceptedFamilies(operation);
  if (accepted === undefined) return undefined;
  // A secret KeyObject made of a public key is a secret to every library.
  if (material.typed) return accepted === "asymmetric" ? undefined : "publicKeyAsSecret";
  if (confusion === "bytes-only") {
    const isBytes = material.encodings.length > 0 || material.value.type === "file";
    return isBytes && accepted !== "asymmetric" ? "publicKeyAsSecret" : undefined;
  }
  // With no list the others tell the key by its text; a mixed list is reported as such.
  if (accepted !== "hmac") return undefined;
  return isConfusable(operation) || confusion === "hmac-list"
    ? "publicKeyAsSecret"
    : "publicKeyRefused";
}

/** The names of each kind that the key may be of, where the list can be cut down to one. */
function choicesFor(
  { core }: Analysis,
  { key }: Operation,
  { named, open }: AlgorithmList,
): string[][] {
  if (open) return [];
  const names = (test: (family: Family) => boolean): string[] =>
    named.filter(({ family }) => test(family)).map(({ name }) => name);
  const isPublic = key !== undefined && keyMaterials(core, key.value).some(isPublicMaterial);
  const asymmetric = names(isAsymmetric);
  return isPublic ? [asymmetric] : [names((family) => family === "hmac"), asymmetric];
}

export default rule;
