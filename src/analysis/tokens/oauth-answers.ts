import type { TSESTree } from "@typescript-eslint/utils";
import type { Analysis } from "../analysis.ts";
import { readsOf } from "../files/variables.ts";
import { conditionsAt } from "../flow/conditions.ts";
import {
  dottedPath,
  isFunction,
  memberName,
  parentOf,
  propertyValue,
  staticKey,
  textOf,
  unwrap,
  wrapped,
} from "../syntax.ts";
import type { CallNode, FunctionNode, Node } from "../syntax.ts";
import type { Source } from "./source.ts";

/**
 * What token endpoints answer, as the clients of OAuth and OpenID Connect hand it to a program: access,
 * refresh and ID token in one object.
 */
export function ofTokenEndpoints(analysis: Analysis): Source[] {
  return [...ofTokenSets(analysis), ...ofGoogle(analysis), ...ofNextAuth(analysis)];
}

/** The whole of it, whichever token the program then reads. */
function answer(node: Node): Source {
  return { node, held: "response", certain: false, tokenIn: [] };
}

/** What openid-client calls the answer of a token endpoint, in code that speaks of OpenID Connect. */
function ofTokenSets({ file }: Analysis): Source[] {
  if (!/openid|oidc|id_token|access_token/iu.test(file.text)) return [];
  return ["tokenSet", "tokenset"].flatMap((name) =>
    (file.index.names.get(name) ?? [])
      .filter((node) => file.variableOf(node) !== undefined)
      .map(answer),
  );
}

/**
 * The client of google-auth-library (10): `getToken` answers `{ tokens }`, by a callback the tokens
 * themselves; `setCredentials` keeps them as `credentials`, and an event gives new ones.
 */
function ofGoogle({ file }: Analysis): Source[] {
  if (!/google-auth-library|googleapis|OAuth2Client|auth\.OAuth2\b/u.test(file.text)) return [];
  const { called, membersNamed } = file.index;
  const isClient = (node: Node): boolean => /auth|client/iu.test(dottedPath(node)?.at(-1) ?? "");
  const exchanged = (called.get("getToken") ?? []).flatMap((call) =>
    isOnClient(call, isClient)
      ? [...tokensOf(file, call), ...ofHandler(file, call.arguments.at(-1), 1)]
      : [],
  );
  const kept = (called.get("setCredentials") ?? []).flatMap(({ arguments: [given] }) =>
    given?.type === "Identifier" ? readsOf(file, given) : [],
  );
  const held = (membersNamed.get("credentials") ?? []).filter(({ object }) => isClient(object));
  const renewed = (called.get("on") ?? []).flatMap(({ arguments: [event, handler] }) =>
    textOf(event) === "tokens" ? ofHandler(file, handler, 0) : [],
  );
  const assigned = held.flatMap((member) => {
    const declarator = parentOf(wrapped(member));
    return declarator?.type === "VariableDeclarator" ? readsOf(file, declarator.id) : [];
  });
  return [...exchanged, ...kept, ...held, ...assigned, ...renewed].map(answer);
}

function isOnClient(call: CallNode, isClient: (node: Node) => boolean): boolean {
  const callee = unwrap(call.callee);
  return callee.type === "MemberExpression" && isClient(callee.object);
}

type File = Analysis["file"];

/** `const { tokens } = await client.getToken(code)`, `answer.tokens` */
function tokensOf(file: File, call: CallNode): Node[] {
  const holder = parentOf(wrapped(call));
  if (holder?.type === "MemberExpression" && memberName(holder) === "tokens") return [holder];
  if (holder?.type !== "VariableDeclarator") return [];
  if (holder.id.type === "ObjectPattern") {
    return readsOfMember(file, holder.id, "tokens");
  }
  return readsOf(file, holder.id).flatMap((read) => {
    const parent = parentOf(wrapped(read));
    return parent?.type === "MemberExpression" && memberName(parent) === "tokens"
      ? [parent]
      : [read];
  });
}

/** The reads of `account` of `{ user, account }`. */
export function readsOfMember(
  file: File,
  { properties }: TSESTree.ObjectPattern,
  name: string,
): Node[] {
  return properties.flatMap((one) =>
    one.type === "Property" && staticKey(one.key, one.computed) === name
      ? readsOf(file, one.value)
      : [],
  );
}

/** The reads of a parameter of a callback in place. */
function ofHandler(file: File, written: Node | undefined, position: number): Node[] {
  const handler = written === undefined ? undefined : unwrap(written);
  const parameter = isFunction(handler) ? handler.params[position] : undefined;
  return parameter?.type === "Identifier" ? readsOf(file, parameter) : [];
}

/**
 * What next-auth (4, 5) tells its events and callbacks of a sign-in: `account` in it holds the provider's
 * tokens.
 */
function ofNextAuth({ file }: Analysis): Source[] {
  if (hasNoTokens(file)) return [];
  return authJsHandlers(file).flatMap(({ params: [message] }) => {
    if (message === undefined) return [];
    const accounts =
      message.type === "ObjectPattern" ? readsOfMember(file, message, "account") : [];
    return [
      ...readsOf(file, message).map((node): Source => ({
        ...answer(node),
        tokenIn: ["account"],
      })),
      ...accounts.filter((node) => !isOfPassword(node)).map(answer),
    ];
  });
}

/** The callbacks and events of Auth.js that are told who signs in, and with which account. */
export function authJsHandlers(file: File): FunctionNode[] {
  if (!/next-auth|@auth\//u.test(file.text)) return [];
  return file.index.objects.flatMap((object) => [
    ...handlersIn(object, "events", ["signIn", "linkAccount"]),
    ...handlersIn(object, "callbacks", ["signIn", "jwt"]),
  ]);
}

/** Whoever signs in with a password or by a link has an account without tokens: `account.type === "credentials"` */
function isOfPassword(account: Node): boolean {
  return conditionsAt(account).some(
    ({ test, holds }) =>
      test.type === "BinaryExpression" &&
      /^[!=]==?$/u.test(test.operator) &&
      test.operator.startsWith("=") === holds &&
      /^(?:credentials|email)$/u.test(textOf(test.right) ?? ""),
  );
}

/** With passwords alone there is no provider that gives a token. */
export function hasNoTokens({ text }: File): boolean {
  return (
    text.includes("providers/credentials") &&
    !/providers\/(?!credentials|email|nodemailer)/u.test(text)
  );
}

function handlersIn(
  object: TSESTree.ObjectExpression,
  group: string,
  names: readonly string[],
): FunctionNode[] {
  const written = propertyValue(object, group);
  const handlers = written === undefined ? undefined : unwrap(written);
  if (handlers?.type !== "ObjectExpression") return [];
  return names.flatMap((name) => {
    const handler = propertyValue(handlers, name);
    const owner = handler === undefined ? undefined : unwrap(handler);
    return isFunction(owner) ? [owner] : [];
  });
}
