import type { TSESTree } from "@typescript-eslint/utils";
import { handmade } from "../../libraries/handmade.ts";
import type { Core } from "../core.ts";
import { memberName, staticKey, unwrap, wrapped } from "../syntax.ts";
import type { Node } from "../syntax.ts";
import { entityValue, requiredSpecifier } from "./bindings.ts";
import type { EntityValue } from "./value.ts";

/**
 * Functions of modules out of sight whose name is the one that decoders go by: `parseJwt`,
 * `decodeJwt`, `jwtDecode`. Such a name says what the function does and what it does not. `decodeToken`
 * says less: many of these verify.
 */
const DECODER =
  /^(?:(?:decode|parse)_?jwt(?:_?(?:payload|claims|body|token|unsafe|unverified))?|jwt_?(?:decode|parse)|unsafe_?decode_?jwt)$/iu;

/** The description of these among those of code without a library. */
const ENTITY = "named";

/** Is it known by its name alone that a call decodes? */
export function isByName({ library, path }: Pick<EntityValue, "library" | "path">): boolean {
  return library.name === handmade.name && path === ENTITY;
}

/** Does a declaration import something by such a name? */
export function importsDecoder({ specifiers }: TSESTree.ImportDeclaration): boolean {
  return specifiers.some((one) => DECODER.test(importedName(one)));
}

/** Does a call that loads a module give something by such a name? */
export function loadsDecoder(call: Node): boolean {
  const { parent } = wrapped(call);
  if (parent?.type !== "VariableDeclarator") return false;
  const { id } = parent;
  if (id.type === "Identifier") return DECODER.test(id.name);
  return id.type === "ObjectPattern" && id.properties.some((one) => DECODER.test(keyOf(one) ?? ""));
}

export function importedDecoder(
  core: Core,
  node: TSESTree.ImportSpecifier | TSESTree.ImportDefaultSpecifier,
): EntityValue | undefined {
  return namedDecoder(core, node.local, importedName(node));
}

/** @param local the name that a declaration gives to what a module exports, or to a part of it */
export function loadedDecoder(
  core: Core,
  { id, init }: TSESTree.VariableDeclarator,
  local: TSESTree.Identifier,
): EntityValue | undefined {
  const loaded = init === null ? undefined : unwrap(init);
  if (loaded === undefined || requiredSpecifier(loaded) === undefined) return undefined;
  if (id.type === "Identifier") return namedDecoder(core, local, local.name);
  const property =
    id.type === "ObjectPattern" ? id.properties.find((one) => one.value === local) : undefined;
  const name = property === undefined ? undefined : keyOf(property);
  return name === undefined ? undefined : namedDecoder(core, local, name);
}

/**
 * A verification needs a key, or time to fetch one: what is given the token alone and answers at once,
 * wherever the file calls it, only decodes.
 */
function namedDecoder(
  core: Core,
  local: TSESTree.Identifier,
  exported: string,
): EntityValue | undefined {
  if (!DECODER.test(exported)) return undefined;
  const uses = (core.fileOf(local).variableOf(local)?.references ?? [])
    .map(({ identifier }): Node => identifier)
    .filter((use) => use !== local);
  const isPlain = uses.length > 0 && uses.every(isCalledPlainly);
  return isPlain ? entityValue(local, handmade, ENTITY) : undefined;
}

function isCalledPlainly(use: Node): boolean {
  const call = use.parent;
  if (call?.type !== "CallExpression" || unwrap(call.callee) !== use) return false;
  const { parent } = call;
  return (
    call.arguments.length === 1 &&
    parent.type !== "AwaitExpression" &&
    !(parent.type === "MemberExpression" && /^(?:then|catch)$/u.test(memberName(parent) ?? ""))
  );
}

function importedName(node: TSESTree.ImportClause): string {
  if (node.type === "ImportNamespaceSpecifier") return "";
  return node.type === "ImportSpecifier" && node.imported.type === "Identifier"
    ? node.imported.name
    : node.local.name;
}

function keyOf(one: TSESTree.Property | TSESTree.RestElement): string | undefined {
  return one.type === "Property" ? staticKey(one.key, one.computed) : undefined;
}
