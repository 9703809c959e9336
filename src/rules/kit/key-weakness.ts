import type { Analysis } from "../../analysis/analysis.ts";
import { isRuledOut } from "../../analysis/flow/conditions.ts";
import { familyOf, minimumHmacBits } from "../../analysis/keys/algorithms.ts";
import { MIN_RSA_BITS, randomnessOf, rsaBits } from "../../analysis/keys/key-size.ts";
import { isPublic, secretBits } from "../../analysis/keys/keys.ts";
import type { KeyMaterial } from "../../analysis/keys/keys.ts";
import { isPassword } from "../../analysis/keys/passwords.ts";
import { guessable } from "../../analysis/keys/secret-strength.ts";
import type { Instructions } from "../../analysis/operations/declared.ts";
import type { Node } from "../../analysis/syntax.ts";
import { describe } from "../../analysis/values/bindings.ts";
import { possibilities, stringOf } from "../../analysis/values/value.ts";
import type { Checks } from "../../libraries/types.ts";
import { checksWithPublicKey, mayBeHmac } from "./key-uses.ts";
import type { KeyUse } from "./key-uses.ts";

/** What makes a key weak, by the message that says so and what goes into it. */
export interface Weakness {
  readonly messageId:
    "guessableKey" | "shortKey" | "predictableKey" | "passwordKey" | "shortRsaKey" | "emptyKey";
  readonly data?: Readonly<Record<string, string>>;
}

/** `nanoid(32)` is a text of 256 bits, as long as RFC 7518 section 3.2 asks for, and draws 6 of the 8 of each character. */
const DRAWN_PER_BIT = 6 / 8;

/** What is wrong with one thing that a key may be made of; undefined where nothing can be shown. */
export function weaknessOf(
  analysis: Analysis,
  use: KeyUse,
  material: KeyMaterial,
): Weakness | undefined {
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
    const drawn = random.generator.endsWith("nanoid") ? minimum * DRAWN_PER_BIT : minimum;
    return isShort(random.bits, drawn)
      ? {
          messageId: "shortKey",
          // `randomBytes(16).toString("hex")` is 32 characters long.
          data: {
            bits: `${String(random.bits)} random`,
            algorithm,
            minimum: String(minimum),
            bytes,
          },
        }
      : undefined;
  }
  if (isPassword(analysis, material.value)) return { messageId: "passwordKey", data: { bytes } };
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
  if (isRuledOut(use.node, "")) return false;
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
function checksOf({ library, version, entity }: Instructions): Checks {
  if (entity.checks?.emptyKey !== undefined) return entity.checks;
  for (const path of Object.keys(library.entities)) {
    const described = describe({ library, path }, version);
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
