import type { TSESTree } from "@typescript-eslint/utils";
import type { Core } from "../core.ts";
import type { SourceFile } from "../files/source-file.ts";
import { readsOf } from "../files/variables.ts";
import { saidByClient } from "../network/request.ts";
import {
  calleeName,
  dottedPath,
  parentOf,
  propertyValue,
  staticKey,
  unwrap,
  wrapped,
} from "../syntax.ts";
import type { CallNode, FunctionNode, Node } from "../syntax.ts";
import { hasWithin } from "../within.ts";
import { isTokenCallback } from "../trust/session-updates.ts";

/**
 * Whoever has signed in elsewhere brings the token of it to a provider for credentials of Auth.js, and the services
 * behind verify it.
 */

/** `credentials.idToken`, `({ token }) => …`, `{ token: credentials.held }`; a token that is signed here proves nothing. */
export function bringsToken(core: Core, authorize: FunctionNode): boolean {
  return (
    authorize.params.some((one) => hasWithin(core, one, (part) => isToken(dottedPath(part)))) ||
    hasWithin(core, authorize.body, (part) => {
      const said = saidByClient(core, part)?.split(".");
      const box = said === undefined ? undefined : parentOf(wrapped(part));
      return isToken(said) || (box?.type === "Property" && isToken(dottedPath(box.key)));
    })
  );
}

function isToken(path: readonly string[] | undefined): boolean {
  return /token|jwt/iu.test(path?.at(-1) ?? "");
}

/**
 * May a token stand in credentials that are given back as a whole, of which the function shows no part? None does where
 * the form of the provider says what is typed in, or the callbacks what of it is kept, and nothing there speaks of one.
 */
export function mayBringToken(
  file: SourceFile,
  provider: CallNode,
  options: TSESTree.ObjectExpression,
): boolean {
  const { membersNamed, patterns } = file.index;
  const form = propertyValue(options, "credentials");
  const typed = form?.type === "ObjectExpression" ? keysOf(form) : [];
  // `token` is what each callback is handed.
  const read = patterns.flatMap(keysOf).filter((name) => name !== "token");
  if ([...membersNamed.keys(), ...typed, ...read].some((name) => isToken([name]))) return true;
  return typed.length === 0 && !isKeptByParts(file, provider);
}

function keysOf({ properties }: TSESTree.ObjectExpression | TSESTree.ObjectPattern): string[] {
  return properties.flatMap((one) =>
    one.type === "Property" ? (staticKey(one.key, one.computed) ?? []) : [],
  );
}

/** `NextAuth({ providers: [provider], callbacks: { jwt({ token, user }) { if (user) token.id = user.id; return token; } } })` */
function isKeptByParts(file: SourceFile, provider: CallNode): boolean {
  const list = parentOf(wrapped(provider));
  const field = list === undefined ? undefined : parentOf(wrapped(list));
  const settings = field === undefined ? undefined : parentOf(field);
  if (settings?.type !== "ObjectExpression") return false;
  if (settings.properties.some(({ type }) => type === "SpreadElement")) return false;
  const callbacks = propertyValue(settings, "callbacks");
  if (callbacks === undefined) {
    // Auth.js itself keeps the id, the name, the address and the picture.
    const by = parentOf(wrapped(settings));
    return by?.type === "CallExpression" && calleeName(by) === "NextAuth";
  }
  const keeps = file.index.functions.filter((one) => isTokenCallback(one));
  return keeps.length > 0 && keeps.every((one) => isReadByParts(file, one));
}

/** `token.id = user.id` behind `if (user)`, and no `{ ...token, ...user }` or `token.user = user` */
function isReadByParts(file: SourceFile, { params: [given] }: FunctionNode): boolean {
  if (given?.type !== "ObjectPattern") return false;
  const users = given.properties.flatMap((one) =>
    one.type === "Property" && staticKey(one.key, one.computed) === "user" ? one.value : [],
  );
  return users.every((name) => readsOf(file, name).every((read) => isPartOrTest(read)));
}

function isPartOrTest(read: Node): boolean {
  const by = parentOf(wrapped(read));
  return (
    (by?.type === "MemberExpression" && unwrap(by.object) === read) ||
    (by?.type === "IfStatement" && by.test === wrapped(read))
  );
}
