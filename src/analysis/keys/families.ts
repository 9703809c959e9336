import type { Core } from "../core.ts";
import type { Operation } from "../operations/operations.ts";
import { propertyOf } from "../values/members.ts";
import { isUndefined, map, must, stringOf } from "../values/value.ts";
import type { Value } from "../values/value.ts";
import { familyOf, isAsymmetric, namedAlgorithms } from "./algorithms.ts";

/**
 * Does an operation take or make tokens with a shared secret, with a key pair, or with both? A
 * public key is harmless in the one case and a password that everybody knows in the other.
 */
export type AcceptedFamilies = "hmac" | "asymmetric" | "both" | "any";

/** What the list lets pass, `any` where there is none; undefined where nobody can see. */
export function acceptedFamilies(operation: Operation): AcceptedFamilies | undefined {
  const { state } = operation.option("algorithms");
  if (state === "unknown") return undefined;
  if (state === "absent") return "any";
  const families = operation
    .settings("algorithms")
    .flatMap(({ value }) => namedAlgorithms(value).map(({ family }) => family));
  if (families.length === 0) return undefined;
  if (!families.includes("hmac")) return "asymmetric";
  return families.some((family) => isAsymmetric(family)) ? "both" : "hmac";
}

/** Is an HMAC algorithm certainly what it signs with? */
export function signsHmac(core: Core, operation: Operation): boolean {
  const headers = operation
    .settings("header")
    .map(({ value, node }) => map(value, (header) => propertyOf(core, header, "alg", node)));
  const named = operation.settings("algorithm").map(({ value }) => value);
  const isHmac = (value: Value): boolean =>
    must(value, (one) => familyOf(stringOf(one) ?? "") === "hmac");
  const written = [...named, ...headers.filter((value) => !must(value, isUndefined))];
  if (written.length > 0) return written.every(isHmac);
  const { defaultAlgorithm } = operation.entity;
  return (
    operation.option("algorithm", "call").state === "absent" &&
    familyOf(defaultAlgorithm ?? "") === "hmac"
  );
}
