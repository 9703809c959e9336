import type { Analysis } from "../analysis.ts";
import { conditionsAt } from "../flow/conditions.ts";
import {
  dottedPath,
  isWritten,
  memberName,
  parentOf,
  staticKey,
  textOf,
  wrapped,
} from "../syntax.ts";
import type { Node } from "../syntax.ts";
import { authJsHandlers, readsOfMember } from "./oauth-answers.ts";
import type { Source } from "./source.ts";
import { isTextMember } from "./typed-responses.ts";
import { isTokenLabel } from "./words.ts";

/**
 * The `user` that Auth.js (next-auth 4 and 5) hands to its callbacks of a sign-in is what `authorize` or the profile of
 * a provider has given. It holds tokens where the file declares so, `declare module "next-auth" { interface User {
 * accessToken: string } }`, or where one of the callbacks reads one: `token.jwt = user.jwt`.
 */
export function authJsUsers({ file }: Analysis): Source[] {
  if (HAS_PROVIDERS.test(file.text) && !OF_SERVER.test(file.text)) return [];
  const users = authJsHandlers(file).flatMap(({ params: [message] }) =>
    message?.type === "ObjectPattern" ? readsOfMember(file, message, "user") : [],
  );
  // What a callback itself puts into the user is not there before.
  const written = new Set(users.flatMap((user) => writtenMember(user) ?? []));
  const read = users.flatMap((user) => memberOf(user) ?? []).filter((name) => !written.has(name));
  if (!holdTokens(read) && !holdTokens(declaredMembers(file))) return [];
  return users
    .filter((user) => !isOfProvider(user))
    .map((node) => ({ node, held: "response", certain: false, tokenIn: [] }));
}

/** What others have made a profile of holds no token, unless the file says so. */
const HAS_PROVIDERS = /(?:next-auth|@auth\/[\w-]+)\/providers\/\w/u;

const OF_SERVER = /credentials|declare module/iu;

/**
 * `account.provider === "google"`, `account.type !== "credentials"`: that user is made of a profile, and the tokens are in
 * the account.
 */
function isOfProvider(user: Node): boolean {
  return conditionsAt(user).some(({ test, holds }) => {
    if (test.type !== "BinaryExpression" || !/^[!=]==?$/u.test(test.operator)) return false;
    if (!/^(?:provider|type)$/u.test(dottedPath(test.left)?.at(-1) ?? "")) return false;
    const isCredentials = textOf(test.right) === "credentials";
    return (test.operator.startsWith("=") === holds) !== isCredentials;
  });
}

/** The name of a token, or `access` beside `refresh`, as many servers answer them. */
function holdTokens(names: readonly string[]): boolean {
  return names.some(isTokenLabel) || (names.includes("access") && names.includes("refresh"));
}

function memberOf(read: Node): string | undefined {
  const outer = wrapped(read);
  const parent = parentOf(outer);
  return parent?.type === "MemberExpression" && parent.object === outer && !isWritten(parent)
    ? memberName(parent)
    : undefined;
}

/** `accessToken` of `user.accessToken = data.token` */
function writtenMember(user: Node): string | undefined {
  const parent = parentOf(wrapped(user));
  return parent?.type === "MemberExpression" && isWritten(parent) ? memberName(parent) : undefined;
}

/** The texts that the file adds to the type `User` of the package. */
function declaredMembers({ statements }: Analysis["file"]): string[] {
  return statements.flatMap((statement) => {
    if (statement.type !== "TSModuleDeclaration" || statement.id.type !== "Literal") return [];
    if (!/^(?:next-auth|@auth\/core\/types)$/u.test(statement.id.value)) return [];
    return (statement.body?.body ?? []).flatMap((one) => {
      const declared = one.type === "ExportNamedDeclaration" ? one.declaration : one;
      if (declared?.type !== "TSInterfaceDeclaration" || declared.id.name !== "User") return [];
      return declared.body.body.flatMap((member) =>
        member.type === "TSPropertySignature" && isTextMember(member)
          ? (staticKey(member.key, member.computed) ?? [])
          : [],
      );
    });
  });
}
