import type { Analysis } from "../analysis.ts";
import { named } from "../files/source-file.ts";
import { declaratorOf, readsOf } from "../files/variables.ts";
import { addressText, httpCall } from "../network/http.ts";
import {
  dottedPath,
  enclosingFunction,
  functionName,
  isFunction,
  memberName,
  parentOf,
  rootOf,
  staticKey,
  unwrap,
  wrapped,
} from "../syntax.ts";
import type { CallNode, Node } from "../syntax.ts";
import { isWritten } from "./incoming-headers.ts";
import { gotAlike } from "./same.ts";
import type { Source } from "./source.ts";
import { AUTH_ADDRESS, isTokenLabel, signsIn, tokenName } from "./words.ts";

/**
 * Which objects hold a token that the program uses as one? To hand them on whole is to hand it on.
 */

/**
 * What holds a token that the program uses as one: every read of `answer` for `answer.data.token`, and
 * for `const { token } = answer`.
 */
export function ofHolder(analysis: Analysis, token: Node): Source[] {
  return holdersBehind(analysis, token).flatMap((behind) => {
    const holder = inOtherWords(behind) ?? behind;
    const alike = gotAlike(analysis, holder);
    if (alike.length > 0) {
      return alike.map((node): Source => ({ node, held: "response", certain: false, tokenIn: [] }));
    }
    const [name, ...tokenIn] = dottedPath(holder) ?? [];
    const root = rootOf(holder);
    const [definition] = name === undefined ? [] : (analysis.file.variableOf(root)?.defs ?? []);
    if (definition === undefined || definition.type === "ImportBinding") return [];
    return readsOf(analysis.file, root)
      .filter((read) => mayHold(read, tokenIn))
      .map((node): Source => ({ node, held: "response", certain: false, tokenIn }));
  });
}

/** What a text is made of, or what is made of a text: `data` of `querystring.parse(data)`. */
export function inOtherWords(written: Node): Node | undefined {
  const node = unwrap(written);
  if (node.type !== "CallExpression") return undefined;
  const [value] = node.arguments;
  return value !== undefined && IN_OTHER_WORDS.test(dottedPath(node.callee)?.join(".") ?? "")
    ? unwrap(value)
    : undefined;
}

const IN_OTHER_WORDS =
  /^(?:JSON\.(?:stringify|parse)|(?:qs|querystring|queryString)\.(?:parse|decode))$/u;

/** Is a read of the object one of all of it, of what holds the token, or of a token in that? */
function mayHold(read: Node, tokenIn: readonly string[]): boolean {
  let node = read;
  for (const name of tokenIn) {
    const { parent } = node;
    if (parent?.type !== "MemberExpression" || parent.object !== node) return true;
    if (memberName(parent) !== name) return false;
    node = parent;
  }
  const { parent } = node;
  if (parent?.type !== "MemberExpression" || parent.object !== node) return true;
  return tokenName(memberName(parent) ?? "") !== undefined;
}

/** Is it no answer, but what a program is set up with, by its name? */
export function isSetup(name: string): boolean {
  return SETUP.test(name);
}

const SETUP = /conf|env|setting|option|opts|argv|^args$|state|store|props|params/iu;

/**
 * Tokens that the program takes out of what a call out of sight has given, by a name that leaves no
 * doubt: `answer.AuthenticationResult.AccessToken`, `const { refresh_token } = answer.data`; where the
 * call signs somebody in, by any name of a token.
 */
export function takenOut(analysis: Analysis): Node[] {
  const { membersNamed, patterns } = analysis.file.index;
  const isTaken = (name: string, root: Node): boolean => {
    if (!isTokenLabel(name)) return false;
    const call = answeringCall(analysis, root);
    return call !== undefined && (tokenName(name) === "strong" || asksToSignIn(analysis, call));
  };
  const members = named(membersNamed, isTokenLabel).filter(
    (member) =>
      !isWritten(member) && !isCalled(member) && isTaken(memberName(member) ?? "", rootOf(member)),
  );
  const picked = patterns.flatMap((pattern) => {
    const { parent } = pattern;
    if (parent.type !== "VariableDeclarator" || parent.init === null) return [];
    const root = rootOf(parent.init);
    return pattern.properties.flatMap((one) =>
      one.type === "Property" && isTaken(staticKey(one.key, one.computed) ?? "", root)
        ? [one.value]
        : [],
    );
  });
  return [...members, ...picked];
}

/** `client.getAccessToken()` is no part of the client. */
function isCalled(member: Node): boolean {
  const callee = wrapped(member);
  const call = parentOf(callee);
  return call?.type === "CallExpression" && call.callee === callee;
}

/**
 * The call whose answer a variable holds: `const answer = await client.send(command)`, and the
 * parameter of what is called with it, `.then((answer) => …)`, `.subscribe((answer) => …)`.
 */
function answeringCall({ file }: Analysis, root: Node): CallNode | undefined {
  if (root.type !== "Identifier" || isSetup(root.name)) return undefined;
  const declarator = declaratorOf(file, root);
  if (declarator !== undefined) {
    const { id, init } = declarator;
    const call = unwrap(init);
    const isAnswer = id.type === "Identifier" && init.type === "AwaitExpression";
    return isAnswer && call.type === "CallExpression" ? firstOf(call) : undefined;
  }
  const [definition] = file.variableOf(root)?.defs ?? [];
  if (definition?.type !== "Parameter" || !isFunction(definition.node)) return undefined;
  const handler = definition.node;
  const isFirst = handler.params[0] === definition.name;
  const later = isFirst ? parentOf(wrapped(handler)) : undefined;
  if (later?.type !== "CallExpression" || later.callee.type !== "MemberExpression")
    return undefined;
  const name = memberName(later.callee);
  const asked = unwrap(later.callee.object);
  return (name === "then" || name === "subscribe") && asked.type === "CallExpression"
    ? firstOf(asked)
    : undefined;
}

/** `axios.post(address)` of `axios.post(address).then(read).pipe(share)` */
function firstOf(call: CallNode): CallNode {
  let first = call;
  for (;;) {
    const { callee } = first;
    if (callee.type !== "MemberExpression" || !CHAINED.test(memberName(callee) ?? "")) return first;
    const before = unwrap(callee.object);
    if (before.type !== "CallExpression") return first;
    first = before;
  }
}

const CHAINED = /^(?:then|catch|finally|pipe|unwrap|toPromise|json)$/u;

/** `axios.post("/login", form)`, `authService.login(form)`, and any call in a function that signs in. */
function asksToSignIn(analysis: Analysis, call: CallNode): boolean {
  const path = dottedPath(call.callee) ?? [];
  if (signsIn(path.at(-1) ?? "") || path.some((part) => /^[aA]uth(?:$|[A-Z_])/u.test(part)))
    return true;
  const http = httpCall(analysis.file, call);
  const address = http?.address;
  if (address !== undefined && AUTH_ADDRESS.test(addressText(analysis.core, address))) return true;
  const owner = enclosingFunction(call);
  return owner !== undefined && signsIn(functionName(owner) ?? "");
}

/** What the program verifies or reads a token from: `req.cookies.token`. */
export function readTokens(analysis: Analysis): Node[] {
  return analysis.operations.flatMap(({ kind, token }) =>
    token !== undefined &&
    (kind === "verify" || kind === "decode") &&
    analysis.fileOf(token.node) === analysis.file
      ? [token.node]
      : [],
  );
}

/** `answer.data` of `answer.data.token`, and of a variable that was taken from it. */
function holdersBehind(analysis: Analysis, written: Node, hops = 2): Node[] {
  const token = unwrap(written);
  if (token.type === "MemberExpression") return [unwrap(token.object)];
  if (token.type === "LogicalExpression") {
    return [token.left, token.right].flatMap((side) => holdersBehind(analysis, side, hops));
  }
  if (token.type !== "Identifier" || hops === 0) return [];
  const declarator = declaratorOf(analysis.file, token);
  if (declarator === undefined) return [];
  const init = unwrap(declarator.init);
  if (declarator.id.type !== "ObjectPattern") {
    return init.type === "Identifier" ? [] : holdersBehind(analysis, init, hops - 1);
  }
  const variable = analysis.file.variableOf(token);
  const isPlain = declarator.id.properties.some(
    (property) =>
      property.type === "Property" && analysis.file.variableOf(property.value) === variable,
  );
  return isPlain ? [init] : [];
}
