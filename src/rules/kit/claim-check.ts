import type { Analysis } from "../../analysis/analysis.ts";
import { inside } from "../../analysis/files/inside.ts";
import { keyMaterials } from "../../analysis/keys/keys.ts";
import { isPersonalKey } from "../../analysis/keys/personal-keys.ts";
import type { Operation } from "../../analysis/operations/operations.ts";
import type { OptionState } from "../../analysis/operations/options.ts";
import { dottedPath, enclosingFunction } from "../../analysis/syntax.ts";
import type { Node } from "../../analysis/syntax.ts";
import { isEchoed } from "../../analysis/trust/echoed-claims.ts";
import { readsClaim } from "../../analysis/trust/claim-reads.ts";
import { isJustSigned } from "../../analysis/trust/just-signed.ts";
import { isOfPublicProvider } from "../../analysis/trust/public-providers.ts";
import { must, possibilities, stringOf } from "../../analysis/values/value.ts";
import type { Value } from "../../analysis/values/value.ts";
import { oncePerNode } from "./once.ts";

interface Check {
  readonly role: "audience" | "issuer";
  readonly claim: "aud" | "iss";
  /** The placeholder, in quotes. */
  readonly value: string;
}

interface Unchecked {
  readonly operation: Operation;
  /** Where the settings are that leave it unchecked: the call, or the registration of the library. */
  readonly node: Node;
  /** It is compared, but a token without the claim passes. */
  readonly isIfPresent: boolean;
  /** What is expected is what the token says itself. */
  readonly isEchoed: boolean;
  /** Someone else signs: an identity provider does for many audiences. */
  readonly isKeyOfOthers: boolean;
  /** … and it does for everybody. */
  readonly isPublicProvider: boolean;
  /** What the library calls the option. */
  readonly option: string;
  /** The option as source text, with a placeholder for the value. */
  readonly edit: string;
}

/** The verifications that let a token of any audience, or of any issuer, in. */
export function unchecked(analysis: Analysis, { role, claim, value }: Check): Unchecked[] {
  const isFirst = oncePerNode();
  return analysis.operations.flatMap((operation) => {
    const { entity, kind, wrapper, key } = operation;
    if (kind !== "verify" && kind !== "middleware" && kind !== "strategy") return [];
    if (wrapper !== undefined || isJustSigned(operation)) return [];
    if (key !== undefined && isPersonalKey(analysis.core, key.node)) return [];
    // A name that the library ignores, or a value for which it skips the check, leaves it unchecked.
    const isOfOthers = isKeyOfOthers(analysis, operation);
    const isPublicProvider = isOfPublicProvider(analysis, operation, isOfOthers);
    const state = stateOf(operation, role, isPublicProvider);
    const isIfPresent = passesWithout(operation, state, claim);
    const isOwn = isEchoed(analysis.core, operation, state, claim);
    if (state.state !== "absent" && !isIfPresent && !isOwn) return [];
    const rest = entity.checks?.[role];
    // Where the library asks for the check, only a value that switches it off leaves it out.
    const isOff = rest === "required" && state.state === "absent" && state.written !== undefined;
    if (rest !== "option" && !isOff) return [];
    if (!isOwn && comparesClaim(analysis, operation, claim)) return [];
    const { name: option, isList } = optionOf(operation, role);
    const node = operation.registration ?? operation.node;
    if (!isFirst(node)) return [];
    return [
      {
        operation,
        node,
        isIfPresent: isIfPresent && !isOwn,
        isEchoed: isOwn,
        isKeyOfOthers: isOfOthers,
        isPublicProvider,
        option,
        edit: isIfPresent
          ? `${requiredClaimsOf(operation) ?? ""}: [${quoteOf(value)}${claim}${quoteOf(value)}]`
          : `${option}: ${isList ? `[${value}]` : value}`,
      },
    ];
  });
}

/**
 * What a module says out of sight is for the tokens of its own key: it would refuse those of a provider
 * whose key the call brings.
 */
function stateOf(
  operation: Operation,
  role: Check["role"],
  isPublicProvider: boolean,
): OptionState {
  const state = operation.option(role);
  const isForAnother = state.state === "unknown" && isPublicProvider && operation.key !== undefined;
  return isForAnother ? operation.option(role, "here") : state;
}

/** Is the claim compared where a token has it, and not asked for? */
function passesWithout(operation: Operation, state: OptionState, claim: string): boolean {
  if (state.state !== "set" || state.setting.model?.missingClaimPasses !== claim) return false;
  const required = operation.option("requiredClaims");
  if (required.state === "unknown") return false;
  return (
    required.state === "absent" ||
    must(
      required.setting.value,
      (list) =>
        list.type === "array" &&
        !list.open &&
        list.elements.every((one) => {
          const name = stringOf(one);
          return name !== undefined && name !== claim;
        }),
    )
  );
}

function requiredClaimsOf({ entity }: Operation): string | undefined {
  return Object.entries(entity.options ?? {}).find(([, models]) =>
    [models].flat().some((one) => one.role === "requiredClaims"),
  )?.[0];
}

function quoteOf(value: string): string {
  return value.startsWith("'") ? "'" : '"';
}

/** Does the call ask for claims of its own, so that one more is added by hand? */
export function asksForClaims(operation: Operation): boolean {
  return operation.option("requiredClaims").state !== "absent";
}

/** The app that a token was made for may stand in `azp` beside its audience, and does as well. */
function comparesClaim(analysis: Analysis, operation: Operation, claim: Check["claim"]): boolean {
  const claims = claim === "aud" ? [claim, "azp"] : [claim];
  return [operation, ...readsOfSame(analysis, operation)].some((one) =>
    claims.some((name) => readsClaim(analysis.core, one, name)),
  );
}

/** `if (decode(token).aud !== APP) return refuse(); verify(token, KEY);`: what else the function reads it by. */
function readsOfSame({ operations }: Analysis, { node, token }: Operation): Operation[] {
  const path = token === undefined ? undefined : dottedPath(token.node)?.join(".");
  const owner = enclosingFunction(node);
  if (path === undefined || owner === undefined) return [];
  return operations.filter(
    (one) =>
      one.kind === "decode" &&
      enclosingFunction(one.node) === owner &&
      one.token !== undefined &&
      dottedPath(one.token.node)?.join(".") === path,
  );
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
 * Is the key looked up where someone else keeps his? An identity provider signs tokens for many
 * audiences. A single key, also a public one, may be the program's own: of that nothing is said.
 */
function isKeyOfOthers(analysis: Analysis, operation: Operation): boolean {
  const { entity, key } = operation;
  const materials = key === undefined ? [] : keyMaterials(analysis.core, key.value);
  return (
    entity.issuedBy !== undefined ||
    operation.settings("jwksUri").length > 0 ||
    materials.some(({ kind, value }) => kind === "set" || comesFromKeySet(analysis, value.node)) ||
    (key !== undefined && possibilities(key.value).some((one) => looksUpKeys(analysis, one)))
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
  return value.type === "entity" && value.library.looksUpKeys === true;
}

/** A function that asks a key set for the key of a token. */
function looksUpKeys(analysis: Analysis, value: Value): boolean {
  if (value.type !== "function") return false;
  const { index } = analysis.fileOf(value.node);
  return inside(index.calls, value.node).some((call) => comesFromKeySet(analysis, call));
}
