import type { TSESTree } from "@typescript-eslint/utils";
import type { Analysis } from "../analysis.ts";
import { inside } from "../files/inside.ts";
import type { SourceFile } from "../files/source-file.ts";
import { objectAt } from "../files/variables.ts";
import { byName, byObject } from "../memo.ts";
import { dottedPath, functionName, isNullish, staticKey, unwrap } from "../syntax.ts";
import type { FunctionNode, Node } from "../syntax.ts";
import { hasNoTokens } from "../tokens/oauth-answers.ts";
import { returnArguments } from "../values/classes.ts";

/** What a session has that no script of the page may read. */
export interface SessionMember {
  readonly node: Node;
  /** Where it comes from, such as `token.refreshToken`. */
  readonly name: string;
}

/**
 * What the callback `session` of Auth.js (next-auth 4 and 5, @auth/core) puts into the session is what its
 * endpoint answers every script of the page with: a refresh token has no business there, nor have the
 * claims or the account that it is in. An access token may be meant for the page.
 */
export function sessionMembers(analysis: Analysis): SessionMember[] {
  const { core, file } = analysis;
  if (!/next-auth|@auth\//u.test(file.text)) return [];
  return file.index.functions.flatMap((owner) => {
    const names = namesIn(owner);
    const session = names.get("session");
    if (functionName(owner) !== "session" || session === undefined) return [];
    const assigned = inside(file.index.assignments, owner).flatMap((one) => {
      const [root, ...path] = dottedPath(one.left) ?? [];
      return root === session && path.length > 0
        ? membersOf(file, one, path.at(-1), one.right)
        : [];
    });
    const returned = returnArguments(core, owner).flatMap((one) =>
      objectAt(file, one) === undefined ? [] : membersOf(file, one, undefined, one),
    );
    return [...assigned, ...returned].flatMap(({ node, under, path }) =>
      isUnreadable(under) || isUnreadable(path.at(-1)) || isWhole(file, path, names.get("token"))
        ? [{ node, name: path.join(".") }]
        : [],
    );
  });
}

/** What the callback calls the parts of its message. */
function namesIn({ params: [message] }: FunctionNode): ReadonlyMap<string | undefined, string> {
  const properties = message?.type === "ObjectPattern" ? message.properties : [];
  return new Map(
    properties.flatMap((one) =>
      one.type === "Property" && one.value.type === "Identifier"
        ? [[staticKey(one.key, one.computed), one.value.name] as const]
        : [],
    ),
  );
}

interface Member {
  readonly node: Node;
  readonly under: string | undefined;
  readonly path: readonly string[];
}

/** How deep objects are taken apart; one may be spread into itself. */
const MAX_NESTING = 5;

/**
 * What is put under a name, taken apart: `{ ...session, user: { ...session.user, refreshToken: token.refreshToken } }`,
 * also where such an object is made first (`const user = { … }; session.user = user`).
 */
function membersOf(
  file: SourceFile,
  node: Node,
  under: string | undefined,
  written: Node,
  nesting = MAX_NESTING,
): Member[] {
  const value = unwrap(written);
  const object = nesting === 0 ? undefined : objectAt(file, value);
  if (object !== undefined)
    return object.properties.flatMap((one) => {
      if (one.type === "Property")
        return membersOf(file, one, staticKey(one.key, one.computed), one.value, nesting - 1);
      return isCleaned(object) ? [] : membersOf(file, one, undefined, one.argument, nesting - 1);
    });
  switch (value.type) {
    case "ConditionalExpression":
      return [value.consequent, value.alternate].flatMap((one) =>
        membersOf(file, node, under, one),
      );
    case "LogicalExpression":
      return [value.left, value.right].flatMap((one) => membersOf(file, node, under, one));
    default: {
      const path = isNullish(value) ? undefined : dottedPath(value);
      return path === undefined ? [] : [{ node, under, path }];
    }
  }
}

/** `{ ...token, refreshToken: undefined }` */
function isCleaned({ properties }: TSESTree.ObjectExpression): boolean {
  return properties.some(
    (one) =>
      one.type === "Property" &&
      isUnreadable(staticKey(one.key, one.computed)) &&
      isNullish(one.value),
  );
}

const isSecret = byName((name) => /(?:refresh_?tokens?|client_?secret)$/iu.test(name));

function isUnreadable(name: string | undefined): boolean {
  return name !== undefined && isSecret(name);
}

/** The claims as a whole or the account of the provider in them, where the file puts something into it that is secret. */
function isWhole(
  file: SourceFile,
  [root, member, ...more]: readonly string[],
  token?: string,
): boolean {
  if (token === undefined || root !== token || more.length > 0) return false;
  const kept = keptInClaims(file);
  const hasAccount = kept.has("account") && !hasNoTokens(file);
  if (member !== undefined) return member === "account" && hasAccount;
  return hasAccount || [...kept].some(isSecret);
}

/** The names under which the file keeps something in the claims: `token.refreshToken = …`, `{ ...token, account }`. */
const keptInClaims = byObject(({ index }: SourceFile): ReadonlySet<string> => {
  const assigned = index.assignments.flatMap(({ left }) => {
    const path = dottedPath(left);
    return path?.length === 2 && path[0] === "token" ? path.slice(1) : [];
  });
  const laidOver = index.objects
    .filter(isOverClaims)
    .flatMap(({ properties }) =>
      properties.flatMap((one) =>
        one.type === "Property" ? (staticKey(one.key, one.computed) ?? []) : [],
      ),
    );
  return new Set([...assigned, ...laidOver]);
});

function isOverClaims({ properties }: TSESTree.ObjectExpression): boolean {
  return properties.some(
    (one) => one.type === "SpreadElement" && dottedPath(one.argument)?.join(".") === "token",
  );
}
