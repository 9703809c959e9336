import { minimumHmacBits, familyOf } from "../analysis/algorithms.ts";
import { analyze } from "../analysis/analysis.ts";
import { describe } from "../analysis/bindings.ts";
import { MIN_RSA_BITS, randomnessOf, rsaBits } from "../analysis/key-size.ts";
import { isPublic, secretBits } from "../analysis/keys.ts";
import type { KeyMaterial } from "../analysis/keys.ts";
import type { Operation } from "../analysis/operations.ts";
import { guessable } from "../analysis/secret-strength.ts";
import { dottedPath, staticKey, unwrap } from "../analysis/syntax.ts";
import type { Node } from "../analysis/syntax.ts";
import { possibilities, stringOf, truthiness } from "../analysis/value.ts";
import { holds } from "../analysis/versions.ts";
import type { Checks } from "../libraries/types.ts";
import type { JwtRule } from "../types.ts";
import { createRule } from "./kit/create-rule.ts";
import { removeFromList, replaceWith } from "./kit/edits.ts";
import { checksWithPublicKey, keyUses, mayBeHmac } from "./kit/key-uses.ts";
import type { KeyUse } from "./kit/key-uses.ts";
import { named, placeOf } from "./kit/mention.ts";
import { oncePerNode } from "./kit/once.ts";

type MessageIds =
  | "guessableKey"
  | "shortKey"
  | "predictableKey"
  | "shortRsaKey"
  | "emptyKey"
  | "allowsWeakKeys"
  | "lengthen"
  | "removeOption";

/** What a check found wrong with one key. */
interface Weakness {
  readonly messageId: MessageIds;
  readonly data?: Record<string, string>;
}

const rule: JwtRule = createRule<[], MessageIds>({
  name: "no-weak-key",
  meta: {
    type: "problem",
    docs: {
      description: "Disallow keys that are short, guessable or predictable",
      group: "keys",
      recommended: "recommended",
      messages: {
        guessableKey: "high",
        shortKey: "medium",
        predictableKey: "high",
        shortRsaKey: "high",
        emptyKey: "critical",
        allowsWeakKeys: "medium",
        lengthen: "medium",
        removeOption: "medium",
      },
      cwe: ["CWE-326", "CWE-521", "CWE-338", "CWE-1391"],
      rfc: ["RFC 7518 section 3.2", "RFC 7518 section 3.3", "RFC 8725 section 3.5"],
      inTests: "off",
    },
    hasSuggestions: true,
    messages: {
      guessableKey:
        "The key of {{name}} is made of {{what}}, so whoever has one token can find the key and forge others. Generate at least {{bytes}} random bytes.{{origin}}",
      shortKey:
        "The key of {{name}} has {{bits}} bits, and {{algorithm}} needs {{minimum}} or more. Generate at least {{bytes}} random bytes.{{origin}}",
      predictableKey:
        "{{generator}} can be predicted, and with it the key of {{name}}. Generate the key with crypto.randomBytes.{{origin}}",
      shortRsaKey:
        "An RSA key of {{bits}} bits is too short to be safe. Use one of 2048 bits or more.{{origin}}",
      emptyKey:
        "The key of {{name}} can be empty, so everybody can forge tokens. Stop at start-up where there is no key.{{origin}}",
      allowsWeakKeys:
        "{{option}} lets {{name}} work with keys that are too short or of the wrong kind. Remove the option and replace the key.{{origin}}",
      lengthen: "Replace {{from}} with {{to}}.",
      removeOption: "Remove {{option}}.",
    },
    schema: [],
  },
  create(context) {
    return {
      Program() {
        const analysis = analyze(context);
        const isFirst = oncePerNode();
        for (const use of keyUses(analysis)) {
          for (const material of use.materials) {
            const weakness = weaknessOf(use, material);
            if (weakness !== undefined) report(use, material, weakness);
          }
        }
        for (const operation of analysis.operations) {
          for (const setting of operation.settings("allowWeakKeys")) {
            if (truthiness(setting.value) !== true) continue;
            const { node, origin } = placeOf(analysis, setting.node, operation.node, context.cwd);
            if (!isFirst(node)) continue;
            const isListed = origin === "" && node.type === "Property";
            const fix = isListed ? removeFromList(context.sourceCode, node) : undefined;
            const option = setting.name.replace(/^.*\./u, "");
            context.report({
              node,
              messageId: "allowsWeakKeys",
              data: { option, name: named(operation.name), origin },
              suggest:
                fix === undefined ? [] : [{ messageId: "removeOption", data: { option }, fix }],
            });
          }
        }

        function report(use: KeyUse, { value }: KeyMaterial, weakness: Weakness): void {
          const { node, origin } = placeOf(analysis, value.node, use.node, context.cwd);
          if (!isFirst(node)) return;
          const { messageId, data } = weakness;
          const number = origin === "" ? lengthIn(node, weakness) : undefined;
          context.report({
            node,
            messageId,
            data: { ...data, name: named(use.name), origin },
            suggest:
              number === undefined
                ? []
                : [
                    {
                      messageId: "lengthen",
                      data: { from: number.from, to: number.to },
                      fix: replaceWith(number.node, number.to),
                    },
                  ],
          });
        }
      },
    };
  },
});

function weaknessOf(use: KeyUse, material: KeyMaterial): Weakness | undefined {
  const rsa = rsaBits(material);
  if (rsa !== undefined && rsa < MIN_RSA_BITS)
    return { messageId: "shortRsaKey", data: { bits: String(rsa) } };
  if (isPublic(material) || material.kind === "private" || material.kind === "set")
    return undefined;
  if (use.operation === undefined && material.kind !== "secret") return undefined;
  if (use.operation?.kind === "key-set" && material.kind !== "secret") return undefined;
  if (!mayBeHmac(use) || checksWithPublicKey(use, material.value.node)) return undefined;
  const { algorithm, minimum } = leastOf(use);
  const bytes = String(minimum / 8);
  const random = randomnessOf(material.value);
  if (random !== undefined) {
    if (!random.strong)
      return { messageId: "predictableKey", data: { generator: random.generator } };
    return isShort(random.bits, minimum)
      ? {
          messageId: "shortKey",
          data: { bits: String(random.bits), algorithm, minimum: String(minimum), bytes },
        }
      : undefined;
  }
  return ofText(use, material, algorithm, minimum);
}

function ofText(
  use: KeyUse,
  material: KeyMaterial,
  algorithm: string,
  minimum: number,
): Weakness | undefined {
  const text = stringOf(material.value);
  const bits = secretBits(material);
  if (text === undefined || bits === undefined) return undefined;
  const bytes = String(minimum / 8);
  if (bits === 0) return acceptsEmpty(use, material) ? { messageId: "emptyKey" } : undefined;
  const what = guessable(text);
  if (what !== undefined) return { messageId: "guessableKey", data: { what, bytes } };
  return material.derived === undefined && isShort(bits, minimum)
    ? {
        messageId: "shortKey",
        data: { bits: String(bits), algorithm, minimum: String(minimum), bytes },
      }
    : undefined;
}

function isShort(bits: number | undefined, minimum: number): boolean {
  return bits !== undefined && bits < minimum;
}

/** The HMAC algorithm of a use that asks for the least; HS256 where none is named. */
function leastOf({ algorithms }: KeyUse): { algorithm: string; minimum: number } {
  const hmac = algorithms.filter((name) => familyOf(name) === "hmac");
  const [algorithm = "HS256"] = hmac.toSorted((a, b) => minimumHmacBits(a) - minimumHmacBits(b));
  return { algorithm, minimum: minimumHmacBits(algorithm) };
}

/** Does the library work with the empty key that this material may be? */
function acceptsEmpty(use: KeyUse, material: KeyMaterial): boolean {
  const { operation } = use;
  if (operation === undefined || isPlaceholder(use, material.value.node)) return false;
  const { emptyKey, missingKey } = checksOf(operation);
  const isText = material.encodings.length === 0 && !material.typed;
  // Before a release refused it, no key at all meant no signature at all.
  if (isText)
    return (
      emptyKey === "accepted" ||
      (missingKey === "accepted" && operation.entity.checks !== undefined)
    );
  return emptyKey === "accepted" || emptyKey === "empty-bytes-accepted";
}

/** What a library's verification accepts, its signing accepts as well. */
function checksOf({ library, version, entity }: Operation): Checks {
  if (entity.checks?.emptyKey !== undefined) return entity.checks;
  for (const path of Object.keys(library.entities)) {
    const described = describe({ library, path }, (range) => holds(version, range));
    if (described?.checks?.emptyKey !== undefined) return described.checks;
  }
  return {};
}

/** `let key = ""` that is filled later is not the key. */
function isPlaceholder({ value }: KeyUse, written: Node): boolean {
  const holder = written.parent?.type;
  const isInitial = holder === "VariableDeclarator" || holder === "PropertyDefinition";
  return isInitial && possibilities(value).length > 1;
}

/** The number to write a larger one for: `randomBytes(16)`, `modulusLength: 1024`. */
function lengthIn(written: Node, { messageId, data }: Weakness): Lengthening | undefined {
  let node = unwrap(written);
  // `randomBytes(16).toString("hex")`: the call that the methods stand on.
  while (node.type === "CallExpression" && node.callee.type === "MemberExpression") {
    const inner = unwrap(node.callee.object);
    if (inner.type !== "CallExpression") break;
    node = inner;
  }
  if (node.type !== "CallExpression") return undefined;
  const bytes = data?.bytes;
  const [first, second] = node.arguments;
  if (messageId === "shortKey" && bytes !== undefined && lastName(node.callee).endsWith("Bytes")) {
    return numberAt(first, bytes);
  }
  if (messageId !== "shortRsaKey" || second?.type !== "ObjectExpression") return undefined;
  const length = second.properties.find(
    (one) => one.type === "Property" && staticKey(one.key, one.computed) === "modulusLength",
  );
  return numberAt(length?.type === "Property" ? length.value : undefined, String(MIN_RSA_BITS));
}

interface Lengthening {
  readonly node: Node;
  readonly from: string;
  readonly to: string;
}

function numberAt(node: Node | undefined, to: string): Lengthening | undefined {
  return node?.type === "Literal" && typeof node.value === "number"
    ? { node, from: String(node.value), to }
    : undefined;
}

function lastName(callee: Node): string {
  return dottedPath(callee)?.at(-1) ?? "";
}

export default rule;
