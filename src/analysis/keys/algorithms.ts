import { possibilities, stringOf } from "../values/value.ts";
import type { Value } from "../values/value.ts";

/** Families of JWS algorithms (RFC 7518 section 3, RFC 8037, RFC 8812). */
export type Family = "hmac" | "rsa" | "ecdsa" | "eddsa" | "none" | "other";

export function familyOf(name: string): Family {
  if (/^none$/iu.test(name)) return "none";
  if (/^HS\d{3}$/u.test(name)) return "hmac";
  if (/^[RP]S\d{3}$/u.test(name)) return "rsa";
  if (/^ES\d{3}K?$/u.test(name)) return "ecdsa";
  if (/^(?:EdDSA|Ed25519|Ed448)$/u.test(name)) return "eddsa";
  return "other";
}

export function isAsymmetric(family: Family): boolean {
  return family === "rsa" || family === "ecdsa" || family === "eddsa";
}

/** The HMAC key length that RFC 7518 section 3.2 asks for: the size of the hash, in bits. */
export function minimumHmacBits(algorithm: string | undefined): number {
  const size = /^HS(\d{3})$/u.exec(algorithm ?? "")?.[1];
  return size === undefined ? 256 : Number(size);
}

/** An algorithm that a list names, with the place where it is written. */
export interface NamedAlgorithm {
  readonly name: string;
  readonly family: Family;
  readonly value: Value;
}

/** The algorithms that a list or a single name may hold. */
export function namedAlgorithms(value: Value): NamedAlgorithm[] {
  return listOptions(value).flatMap((list) => list.named);
}

/** One of the lists that a value may be. */
export interface AlgorithmList {
  readonly named: readonly NamedAlgorithm[];
  readonly open: boolean;
  readonly value: Value;
}

/** Each list that the value may be, apart: `a ? ["HS256"] : ["RS256"]` never mixes. */
export function listOptions(value: Value): AlgorithmList[] {
  return possibilities(value).map((one) => {
    const elements = elementsOf(one).flatMap((element) => possibilities(element));
    const named = elements.flatMap((element) => {
      const name = stringOf(element);
      return name === undefined ? [] : [{ name, family: familyOf(name), value: element }];
    });
    return {
      named,
      open: named.length < elements.length || (one.type === "array" && one.open),
      value: one,
    };
  });
}

function elementsOf(value: Value): readonly Value[] {
  return value.type === "array" ? value.elements : [value];
}

/**
 * An HMAC and a public-key algorithm that certainly stand in one list together:
 * `[isLocal ? "HS256" : "RS256"]` holds one or the other.
 */
export function mixedFamilies(
  list: AlgorithmList,
): { hmac: string; asymmetric: string } | undefined {
  const first = (test: (family: Family) => boolean): string | undefined => {
    const element = elementsOf(list.value).find((one) =>
      possibilities(one).every((name) => test(familyOf(stringOf(name) ?? ""))),
    );
    const [name] = element === undefined ? [] : possibilities(element);
    return name === undefined ? undefined : stringOf(name);
  };
  const hmac = first((family) => family === "hmac");
  const asymmetric = first(isAsymmetric);
  return hmac === undefined || asymmetric === undefined ? undefined : { hmac, asymmetric };
}
