import type { Core } from "../core.ts";
import type { SourceFile } from "../files/source-file.ts";
import { mentionsJwt } from "../gate.ts";
import { keyMaterials } from "../keys/keys.ts";
import { byObject } from "../memo.ts";
import { operationsAt } from "../operations/operations.ts";
import type { Operation } from "../operations/operations.ts";
import {
  boundName,
  dottedPath,
  enclosingFunction,
  functionName,
  rootOf,
  unwrap,
  wrapped,
} from "../syntax.ts";
import type { FunctionNode, Node } from "../syntax.ts";
import { requiredBy } from "../values/required.ts";
import { possibilities } from "../values/value.ts";
import type { ObjectValue, Value } from "../values/value.ts";

/**
 * Which kinds of tokens does the program make with one key?
 *
 * Where an access token and a refresh token are signed with the same secret, nothing but their
 * claims tells them apart: who verifies the signature alone takes one for the other. What a token is
 * for stands in the names that the program gives it, never in the names of libraries.
 */
export interface IssuedToken {
  readonly kind: string;
  readonly operation: Operation;
}

/** Claims by which programs tell their tokens apart. */
export const KIND_CLAIMS: readonly string[] = [
  "type",
  "typ",
  "token_type",
  "tokenType",
  "token_use",
  "tokenUse",
  "tokenKind",
  "purpose",
  "scope",
  "scopes",
  "scp",
  "kind",
  "usage",
  "action",
  "intent",
  "refresh",
  "isRefresh",
  "isRefreshToken",
  "isAccessToken",
];

/** What a token is for, by what it is called; the last is what a program calls most of its tokens. */
const KINDS: readonly (readonly [kind: string, name: RegExp])[] = [
  ["refresh", /refresh/iu],
  ["password reset", /reset|forgot/iu],
  ["invitation", /invit/iu],
  ["confirmation", /verification|confirmation|activation|e?mail_?token/iu],
  ["sign-in link", /magic/iu],
  ["second factor", /mfa|2fa|two_?factor|pre_?auth/iu],
  ["unsubscribe", /unsubscribe/iu],
  ["download", /download/iu],
  ["access", /access|session|auth|login|signin|jwt|token$/iu],
];

/** Functions that make a token are called for what they make; `refreshToken()` makes another one. */
const MAKES = /^_?(?:generate|create|sign|issue|make|build|get|new|gen|mint|encode)/iu;

/** Handlers that make a token only to send it. */
const SENDS = /forgot|(?:send|request)\w*(?:reset|verification|confirmation)|invite(?!d)/iu;

/** How many imported files are looked at. */
const MAX_FILES = 12;

/** The tokens that the file, and the files it imports, make with the key of a verification. */
export function issuedWithKeyOf(
  core: Core,
  verification: Operation,
  operations: readonly Operation[],
): IssuedToken[] {
  const key = keyIdentity(core, verification);
  if (key === undefined) return [];
  const signs = [...operations, ...importedOperations(core)].filter(
    ({ kind, wrapper }) => kind === "sign" && wrapper === undefined,
  );
  return signs.flatMap((operation) => {
    if (keyIdentity(core, operation) !== key) return [];
    const kind = kindOf(core, operation);
    return kind === undefined ? [] : [{ kind, operation }];
  });
}

const importedOperations = byObject((core: Core): readonly Operation[] => {
  const files = new Set<SourceFile>();
  const sources = [
    ...core.file.statements.flatMap((one) => (one.type === "ImportDeclaration" ? one.source : [])),
    ...requiredBy(core.file).map(({ source }) => source),
  ];
  for (const source of sources) {
    if (files.size >= MAX_FILES) break;
    if (!core.mentionsJwt(core.file, source)) continue;
    const file = core.resolve(core.file, source);
    if (file !== undefined && file !== core.file && mentionsJwt(file.text)) files.add(file);
  }
  return [...files].flatMap((file) => file.index.calls.flatMap((call) => operationsAt(core, call)));
});

/** The same text for the same key; undefined where nobody can tell. */
function keyIdentity(core: Core, operation: Operation): string | undefined {
  const { entity, key, library, node, options, registration } = operation;
  const isOfModule =
    registration !== undefined || entity.inherits === true || typeof entity.inherits === "string";
  if (key === undefined) return isOfModule ? moduleKey() : undefined;
  const parts = keyMaterials(core, key.value).map(({ kind, value }) =>
    kind === "public" || kind === "certificate" || kind === "set"
      ? undefined
      : partIdentity(core, key.node, value),
  );
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
  if (path === undefined) return undefined;
  if (path[0] === "this") return `this:${path.join(".")}`;
  // `config.secret` of a module out of sight: the same name of the same variable.
  const variable = core.fileOf(written).variableOf(rootOf(written));
  const [definition] = variable?.identifiers ?? [];
  return definition === undefined || variable?.defs[0]?.type === "Parameter"
    ? undefined
    : `${String(definition.range[0])}:${path.join(".")}`;
}

function kindOf(core: Core, { node, payload }: Operation): string | undefined {
  const holder = wrapped(node).parent;
  const bound = holder === undefined ? undefined : boundName(holder);
  const special = bound === undefined ? undefined : kindNamed(bound);
  if (special !== undefined && special !== "access") return special;
  const owner = enclosingFunction(node);
  const name = owner === undefined ? undefined : functionName(owner);
  if (name !== undefined && (MAKES.test(name) || SENDS.test(name) || isAllOf(owner, node))) {
    // What a function that makes several tokens is called says nothing about each of them.
    const made = kindNamed(name);
    if (made !== undefined && !(special === "access" && /access/iu.test(bound ?? ""))) return made;
  }
  for (const one of payload === undefined ? [] : possibilities(payload.value)) {
    const marked = one.type === "object" ? markOf(one) : undefined;
    const kind = marked === undefined ? undefined : kindNamed(marked);
    if (kind !== undefined) return kind;
  }
  return special;
}

/** `refreshToken: (user) => jwt.sign(…)`: what a function gives and does nothing else for, it is called for. */
function isAllOf(owner: FunctionNode | undefined, call: Node): boolean {
  const [only, ...others] = owner?.body.type === "BlockStatement" ? owner.body.body : [];
  const given =
    only?.type === "ReturnStatement" && others.length === 0 ? only.argument : owner?.body;
  return given !== null && given !== undefined && unwrap(given) === call;
}

function kindNamed(name: string): string | undefined {
  return KINDS.find(([, pattern]) => pattern.test(name))?.[0];
}

/** `{ type: "refresh" }`. */
function markOf(payload: ObjectValue): string | undefined {
  for (const name of KIND_CLAIMS) {
    const value = payload.properties.get(name)?.value;
    if (value?.type === "literal" && typeof value.value === "string") return value.value;
  }
  return undefined;
}

/** Claims that every token may have, which tell nobody whose token it is. */
const COMMON = new Set(["iat", "exp", "nbf", "iss", "jti", "aud"]);

/** Could one be taken for the other: do both say who it is about by the same claim? */
export function areAlike(one: IssuedToken, other: IssuedToken): boolean {
  const first = one.operation.payload;
  const second = other.operation.payload;
  if (first === undefined || second === undefined) return false;
  const path = dottedPath(first.node)?.join(".");
  const isSameName = path !== undefined && path === dottedPath(second.node)?.join(".");
  const isSameFunction =
    enclosingFunction(one.operation.node) === enclosingFunction(other.operation.node);
  if (isSameName && isSameFunction) return true;
  const names = claimNames(first.value);
  return [...claimNames(second.value)].some((name) => names.has(name));
}

function claimNames(payload: Value): ReadonlySet<string> {
  const names = possibilities(payload).flatMap((one) =>
    one.type === "object" ? [...one.properties.keys()] : [],
  );
  return new Set(names.filter((name) => !COMMON.has(name) && !KIND_CLAIMS.includes(name)));
}

/** Does the token say what it is for, so that somebody out of sight may look at that? */
export function isMarked({ operation }: IssuedToken): boolean {
  const { payload } = operation;
  const options = payload === undefined ? [] : possibilities(payload.value);
  return (
    options.some(
      (one) => one.type === "object" && KIND_CLAIMS.some((name) => one.properties.has(name)),
    ) ||
    operation.settings("audience").length > 0 ||
    operation.settings("subject").some(({ via }) => via === "option") ||
    operation
      .settings("header")
      .some(({ value }) =>
        possibilities(value).some((one) => one.type === "object" && one.properties.has("typ")),
      )
  );
}
