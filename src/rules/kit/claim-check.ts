import { isAsymmetric, namedAlgorithms } from "../../analysis/algorithms.ts";
import type { Analysis } from "../../analysis/analysis.ts";
import { readsClaim } from "../../analysis/claim-reads.ts";
import { keyMaterials } from "../../analysis/keys.ts";
import type { Operation } from "../../analysis/operations.ts";
import { contains } from "../../analysis/syntax.ts";
import type { Node } from "../../analysis/syntax.ts";
import { possibilities } from "../../analysis/value.ts";
import type { Value } from "../../analysis/value.ts";

interface Check {
  readonly role: "audience" | "issuer";
  readonly claim: "aud" | "iss";
  /** The placeholder, in quotes. */
  readonly value: string;
}

interface Unchecked {
  readonly operation: Operation;
  /** Someone else signs: an identity provider does for many audiences. */
  readonly isKeyOfOthers: boolean;
  /** What the library calls the option. */
  readonly option: string;
  /** The option as source text, with a placeholder for the value. */
  readonly edit: string;
}

/** The verifications that let a token of any audience, or of any issuer, in. */
export function unchecked(analysis: Analysis, { role, claim, value }: Check): Unchecked[] {
  return analysis.operations.flatMap((operation) => {
    const { entity, kind, wrapper } = operation;
    if (kind !== "verify" && kind !== "middleware" && kind !== "strategy") return [];
    if (wrapper !== undefined) return [];
    // A name that the library ignores, or a value for which it skips the check, leaves it unchecked.
    const state = operation.option(role);
    if (state.state !== "absent") return [];
    const rest = entity.checks?.[role];
    // Where the library asks for the check, only a value that switches it off leaves it out.
    const isOff = rest === "required" && state.written !== undefined;
    if ((rest !== "option" && !isOff) || readsClaim(analysis.core, operation, claim)) return [];
    const { name: option, isList } = optionOf(operation, role);
    return [
      {
        operation,
        isKeyOfOthers: isKeyOfOthers(analysis, operation),
        option,
        edit: `${option}: ${isList ? `[${value}]` : value}`,
      },
    ];
  });
}

/** The option that the library reads for the check. */
function optionOf({ entity }: Operation, role: Check["role"]): { name: string; isList: boolean } {
  for (const [name, models] of Object.entries(entity.options ?? {})) {
    const model = [models].flat().find((one) => one.role === role && one.ignored === undefined);
    if (model !== undefined) return { name, isList: model.listOnly === true };
  }
  return { name: role, isList: false };
}

/** Does the call name the check, in words or with a value that have no effect? */
export function isWritten(operation: Operation, role: Check["role"]): boolean {
  const state = operation.option(role);
  return (
    (state.state === "absent" && state.written !== undefined) ||
    operation.ignored.some((ignored) => ignored.role === role)
  );
}

/**
 * Is the key a public one, so that someone else signs? An identity provider signs tokens for many
 * audiences; whoever holds a secret signs its own.
 */
function isKeyOfOthers(analysis: Analysis, operation: Operation): boolean {
  const { entity, key } = operation;
  const materials = key === undefined ? [] : keyMaterials(analysis.core, key.value);
  return (
    entity.issuedBy !== undefined ||
    materials.some(
      ({ kind, value }) =>
        kind === "public" ||
        kind === "certificate" ||
        kind === "set" ||
        comesFromKeySet(analysis, value.node),
    ) ||
    (key !== undefined && possibilities(key.value).some((one) => looksUpKeys(analysis, one))) ||
    operation
      .settings("algorithms")
      .some(({ value }) => namedAlgorithms(value).some(({ family }) => isAsymmetric(family)))
  );
}

/** `key.getPublicKey()` and `key.publicKey` of what a key set gave. */
function comesFromKeySet(analysis: Analysis, node: Node): boolean {
  const from =
    node.type === "CallExpression"
      ? node.callee
      : node.type === "MemberExpression"
        ? node.object
        : node;
  const value = analysis.evaluate(from);
  return value.type === "entity" && value.library.name === "jwks-rsa";
}

/** A function that asks a key set for the key of a token. */
function looksUpKeys(analysis: Analysis, value: Value): boolean {
  if (value.type !== "function") return false;
  const { index } = analysis.fileOf(value.node);
  return index.calls.some((call) => contains(value.node, call) && comesFromKeySet(analysis, call));
}
