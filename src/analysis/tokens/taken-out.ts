import type { Analysis } from "../analysis.ts";
import { named } from "../files/source-file.ts";
import { declaratorOf } from "../files/variables.ts";
import { addressText, httpCall } from "../network/http.ts";
import {
  dottedPath,
  enclosingFunction,
  functionName,
  isFunction,
  isWritten,
  memberName,
  parentOf,
  rootOf,
  staticKey,
  unwrap,
  wrapped,
} from "../syntax.ts";
import type { CallNode, Node } from "../syntax.ts";
import { isSetup } from "./holders.ts";
import { AUTH_ADDRESS, isOfOtherTrade, isTokenLabel, signsIn, tokenName } from "./words.ts";

/**
 * Tokens that the program takes out of what a call out of sight has given, by a name that leaves no
 * doubt: `answer.AuthenticationResult.AccessToken`, `const { refresh_token } = answer.data`; where the
 * call signs somebody in, by any name of a token.
 */
export function takenOut(analysis: Analysis): Node[] {
  const { membersNamed, patterns } = analysis.file.index;
  const isOther = isOfOtherTrade(analysis.file);
  const isTaken = (name: string, root: Node): boolean => {
    if (!isTokenLabel(name)) return false;
    const call = answeringCall(analysis, root);
    if (call === undefined) return false;
    return tokenName(name) === "strong" || (!isOther && asksToSignIn(analysis, call));
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
export function answeringCall({ file }: Analysis, root: Node): CallNode | undefined {
  if (root.type !== "Identifier" || isSetup(root.name)) return undefined;
  const declarator = declaratorOf(file, root);
  if (declarator !== undefined) {
    const { init } = declarator;
    const call = unwrap(init);
    const isAnswer = init.type === "AwaitExpression";
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
export function asksToSignIn(analysis: Analysis, call: CallNode): boolean {
  const path = dottedPath(call.callee) ?? [];
  if (signsIn(path.at(-1) ?? "") || path.some((part) => /^[aA]uth(?:$|[A-Z_])/u.test(part)))
    return true;
  const http = httpCall(analysis.file, call);
  const address = http?.address;
  if (address !== undefined && AUTH_ADDRESS.test(addressText(analysis.core, address))) return true;
  const owner = enclosingFunction(call);
  return owner !== undefined && signsIn(functionName(owner) ?? "");
}
