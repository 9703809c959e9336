import { createPrivateKey, createPublicKey, X509Certificate } from "node:crypto";
import type { KeyObject } from "node:crypto";
import { possibilities } from "../values/value.ts";
import type { ObjectValue, Value } from "../values/value.ts";
import { textOf } from "./keys.ts";
import type { KeyMaterial } from "./keys.ts";

/**
 * How long is an RSA key, and how many bits does a generated secret have? PEM texts are read by
 * Node's own parser; what it does not read has no length that anybody could show.
 */

/** RFC 7518 section 3.3. */
export const MIN_RSA_BITS = 2048;

/** Longer texts hold more than a key. */
const MAX_PEM = 20_000;

/** The modulus of an RSA key in bits, or undefined for other keys and where nothing tells. */
export function rsaBits(material: KeyMaterial): number | undefined {
  const { value } = material;
  if (value.type === "key") return material.bits;
  if (value.type === "object") return modulusOfJwk(value);
  const text = textOf(value);
  if (value.type !== "literal" || text.length > MAX_PEM) return undefined;
  const pem = text.replaceAll("\\n", "\n").trim();
  const key = parse(pem);
  return key?.asymmetricKeyType === "rsa" ? key.asymmetricKeyDetails?.modulusLength : undefined;
}

function parse(pem: string): KeyObject | undefined {
  if (!pem.startsWith("-----BEGIN ")) return undefined;
  try {
    if (/^-----BEGIN (?:X509 |TRUSTED )?CERTIFICATE/u.test(pem))
      return new X509Certificate(pem).publicKey;
    return /^-----BEGIN [A-Z ]*PRIVATE/u.test(pem) ? createPrivateKey(pem) : createPublicKey(pem);
  } catch {
    // Encrypted, cut short or made up.
    return undefined;
  }
}

/** The length of `n` in a public RSA key in JSON (RFC 7518 section 6.3.1.1). */
function modulusOfJwk(jwk: ObjectValue): number | undefined {
  const read = (name: string): string | undefined => {
    const value = jwk.properties.get(name)?.value;
    return value?.type === "literal" && typeof value.value === "string" ? value.value : undefined;
  };
  const modulus = read("kty") === "RSA" ? read("n") : undefined;
  // Shorter than any key that was ever in use: made up.
  return modulus === undefined || modulus.length < 80
    ? undefined
    : Buffer.from(modulus, "base64url").length * 8;
}

/** What is random in a value: bits where they are known, and whether the source can be predicted. */
export interface Randomness {
  readonly bits: number | undefined;
  readonly strong: boolean;
  readonly generator: string;
}

/** What a text is put together of: `` `key-${date.format("YYYY")}` `` is made of texts itself. */
function partsOf(value: Value): Value[] {
  return value.type === "template"
    ? value.parts.flatMap((part) => possibilities(part).flatMap((one) => partsOf(one)))
    : [value];
}

/**
 * The randomness that a text or key consists of; undefined where something is part of it that may be
 * a secret of its own. The time is known to everybody.
 */
export function randomnessOf(value: Value): Randomness | undefined {
  const parts = partsOf(value);
  const random = parts.filter((part) => part.type === "generated");
  const hasTime = parts.some((part) => part.type === "time");
  // What was added to a time and is not known may be a secret.
  const isKnown = parts.every(
    (part) =>
      /^(?:generated|literal)$/u.test(part.type) ||
      (part.type === "time" && part.offset !== undefined),
  );
  if (!isKnown || (random.length === 0 && !hasTime)) return undefined;
  const bits = random.reduce<number | undefined>(
    (sum, one) => (sum === undefined || one.bits === undefined ? undefined : sum + one.bits),
    0,
  );
  const strong = random.some((one) => one.strong);
  return { bits, strong, generator: random[0]?.generator ?? "The time" };
}
