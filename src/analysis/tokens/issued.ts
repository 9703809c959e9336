import type { Core } from "../core.ts";
import { declaratorOf, readsOf } from "../files/variables.ts";
import { keyMaterials } from "../keys/keys.ts";
import { kindInEnglish } from "../languages.ts";
import type { Argument } from "../operations/arguments.ts";
import { importedOperations, madeThrough } from "../operations/made-tokens.ts";
import type { MadeToken } from "../operations/made-tokens.ts";
import type { Operation } from "../operations/operations.ts";
import {
  boundName,
  dottedPath,
  enclosingFunction,
  functionName,
  isFunction,
  rootOf,
  staticKey,
  wrapped,
} from "../syntax.ts";
import type { Node } from "../syntax.ts";
import { requiredSpecifier } from "../values/bindings.ts";
import { possibilities } from "../values/value.ts";
import type { Value } from "../values/value.ts";
import { kindOf } from "./kinds.ts";
import type { IssuedToken } from "./kinds.ts";

/**
 * Which tokens does the program sign with the key of a verification?
 */

/** The tokens that the file, and the files it imports, make with the key of a verification. */
export function issuedWithKeyOf(
  core: Core,
  verification: Operation,
  operations: readonly Operation[],
): IssuedToken[] {
  const known = keyIdentity(core, verification);
  if (known === undefined && !isOfRefresh(verification)) return [];
  const issued = issuedTokens(core, operations);
  const key = known ?? keyOfRefresh(issued);
  return key === undefined ? [] : issued.filter(({ identity }) => identity === key);
}

/** All tokens that the file and those it imports make, and whose kind is known. */
export function issuedTokens(core: Core, operations: readonly Operation[]): KeyedToken[] {
  return madeTokens(core, operations).flatMap((made) => {
    const kind = kindOf(core, made);
    return kind === undefined
      ? []
      : [{ ...made, kind, identity: keyIdentity(core, made.operation, made.key) }];
  });
}

/** All tokens that the file and those it imports make with one key, whatever they are for. */
export function madeWithKey(
  core: Core,
  operations: readonly Operation[],
  identity: string,
): MadeToken[] {
  return madeTokens(core, operations).filter(
    ({ operation, key }) => keyIdentity(core, operation, key) === identity,
  );
}

function madeTokens(core: Core, operations: readonly Operation[]): MadeToken[] {
  return [...operations, ...importedOperations(core)]
    .filter(({ kind, wrapper }) => kind === "sign" && wrapper === undefined)
    .flatMap((operation) => madeWith(core, operation));
}

/** `verify(req.body.refreshToken, options.secret)`, with a key that nobody can tell from another. */
export function isOfRefresh({ key, token }: Operation): boolean {
  if (key === undefined || token === undefined) return false;
  const name = kindInEnglish(dottedPath(token.node)?.at(-1) ?? "");
  // `tokenDeRefresco`
  return /refresh_?(?:token|jwt)$|^token_?(?:de_?)?refresh$/iu.test(name);
}

/**
 * `jwt.sign({ username: claims.username }, KEY)` of `claims = jwt.verify(refreshToken, KEY)`: does a token carry on,
 * under the same name, what was read from the one that is verified? Then it would be taken in that one's place.
 */
export function carriesOn({ payload }: IssuedToken, verification: Operation): boolean {
  return (payload === undefined ? [] : possibilities(payload.value)).some(
    (one) =>
      one.type === "object" &&
      [...one.properties].some(
        ([name, { value }]) =>
          value.type === "claims" &&
          value.call === verification.node &&
          value.path.join(".") === name,
      ),
  );
}

/**
 * The one key by which a program signs its refresh tokens: what takes them would let none of them in if it had
 * another.
 */
function keyOfRefresh(issued: readonly KeyedToken[]): string | undefined {
  const keys = new Set(
    issued.flatMap(({ kind, identity }) => (kind === "refresh" ? [identity] : [])),
  );
  const [key, ...others] = keys;
  return others.length === 0 ? key : undefined;
}

export interface KeyedToken extends IssuedToken {
  /** The same text for the same key; undefined where nobody can tell. */
  readonly identity: string | undefined;
}

/**
 * The tokens of one call that signs. A function that is called for no kind (`generateToken`) and gives
 * what it signs makes one for each of its calls, with what the call brings.
 */
function madeWith(core: Core, operation: Operation): MadeToken[] {
  const { node, payload, key } = operation;
  const own: MadeToken = { operation, node, payload, key };
  const owner = enclosingFunction(node);
  if (owner === undefined || !isGeneral(core, own, functionName(owner)) || !isReturned(core, node))
    return [own];
  const made = madeThrough(core, operation);
  return made.length === 0 ? [own] : made;
}

/** `generateToken` may make any token, `generateAccessToken` makes one kind. */
function isGeneral(core: Core, own: MadeToken, name = ""): boolean {
  const kind = kindOf(core, own);
  return kind === undefined || (kind === "access" && !/access/iu.test(kindInEnglish(name)));
}

/** `return jwt.sign(…)`, `(id) => jwt.sign(…)`, `const token = jwt.sign(…); return token`, `return { token }` */
function isReturned(core: Core, call: Node): boolean {
  const { parent } = wrapped(call);
  if (parent?.type === "VariableDeclarator")
    return readsOf(core.fileOf(call), parent.id).some((read) => isGivenBack(read));
  return isGivenBack(call);
}

function isGivenBack(given: Node): boolean {
  const { parent } = wrapped(given);
  // What stands under a name of its own is that kind of token: `{ accessToken, refreshToken }`.
  if (parent?.type === "Property")
    return /^(?:token|jwt)$/iu.test(boundName(parent) ?? "") && isGivenBack(parent.parent);
  return parent?.type === "ReturnStatement" || isFunction(parent);
}

/** The same text for the same key; undefined where nobody can tell. */
export function keyIdentity(
  core: Core,
  operation: Operation,
  key: Argument | undefined = operation.key,
): string | undefined {
  const { entity, library, node, options, registration } = operation;
  const isOfModule =
    registration !== undefined || (entity.inherits !== undefined && entity.inherits !== false);
  if (key === undefined) return isOfModule ? moduleKey() : undefined;
  const parts = keyMaterials(core, key.value).map(({ kind, derived, value }) => {
    if (kind === "public" || kind === "certificate" || kind === "set") return undefined;
    // Of one secret, a salt or a purpose makes many keys: what is derived is the same only where it has one name.
    return derived === "kdf" ? namedIdentity(core, key.node) : partIdentity(core, key.node, value);
  });
  if (parts.length === 0 || parts.includes(undefined)) return undefined;
  return [...new Set(parts)].sort().join(" ");

  /** The key of the module, for calls on one instance that are certainly given none of their own. */
  function moduleKey(): string | undefined {
    const isTold =
      options !== undefined &&
      possibilities(options.value).some((one) => one.type !== "object" || one.open);
    // Whatever it is called on, the one registration of the file holds the key.
    if (!isTold && registration !== undefined)
      return `registration:${String(registration.range[0])}`;
    // The one plugin of an application, on whichever of its objects: `app.jwt`, `reply.jwtSign`, `request.jwtVerify`.
    if (typeof entity.inherits === "object" && !isTold) return `${library.name}:`;
    const instance =
      node.callee.type === "MemberExpression" ? dottedPath(node.callee.object) : undefined;
    return isTold || instance === undefined ? undefined : `${library.name}:${instance.join(".")}`;
  }
}

function partIdentity(core: Core, written: Node, value: Value): string | undefined {
  if (value.type === "environment")
    return value.name === undefined ? undefined : `env:${value.name}`;
  if (value.type === "literal") {
    return typeof value.value === "string" ? `text:${value.value}` : undefined;
  }
  if (value.type !== "unknown") return undefined;
  const path = dottedPath(written);
  if (path?.[0] === "this") return `this:${path.join(".")}`;
  return namedIdentity(core, written);
}

/** How many names of names are followed. */
const MAX_NAMES = 4;

/**
 * `config.secret` of a module out of sight: the same name of the same variable, whether it is read there or was
 * taken out before (`const { secret } = config`).
 */
function namedIdentity(core: Core, written: Node): string | undefined {
  const file = core.fileOf(written);
  let root = rootOf(written);
  let path = dottedPath(written)?.slice(1);
  for (let hop = 0; hop < MAX_NAMES && path !== undefined; hop += 1) {
    const declarator = declaratorOf(file, root);
    const taken = declarator === undefined ? undefined : takenBy(declarator.id, root);
    const from = declarator === undefined ? undefined : dottedPath(declarator.init);
    // `const config = require("../config.json")` in each function is the same module.
    const required = declarator === undefined ? undefined : requiredSpecifier(declarator.init);
    if (required !== undefined && taken !== undefined && path.length + taken.length > 0)
      return `${required.value}:${[...taken, ...path].join(".")}`;
    if (declarator === undefined || taken === undefined || from === undefined) break;
    path = [...from.slice(1), ...taken, ...path];
    root = rootOf(declarator.init);
  }
  const variable = file.variableOf(root);
  const [definition] = variable?.identifiers ?? [];
  return path === undefined || definition === undefined || variable?.defs[0]?.type === "Parameter"
    ? undefined
    : `${String(definition.range[0])}:${path.join(".")}`;
}

/** The name under which a declaration takes a variable out of its value: none for `name = value`. */
function takenBy(declared: Node, name: Node): readonly string[] | undefined {
  if (name.type !== "Identifier") return undefined;
  if (declared.type === "Identifier") return [];
  if (declared.type !== "ObjectPattern") return undefined;
  for (const property of declared.properties) {
    const isName =
      property.type === "Property" &&
      property.value.type === "Identifier" &&
      property.value.name === name.name;
    const key = isName ? staticKey(property.key, property.computed) : undefined;
    if (key !== undefined) return [key];
  }
  return undefined;
}
