import type { Analysis } from "../analysis.ts";
import { initOf, readsOf } from "../files/variables.ts";
import { byObject } from "../memo.ts";
import { addressText, httpCall } from "../network/http.ts";
import { isWritten, memberName, parentOf, rootOf, textOf, unwrap, wrapped } from "../syntax.ts";
import type { Node } from "../syntax.ts";
import { AUTH_ADDRESS } from "./words.ts";

/**
 * `answer.headers.get("set-cookie")`: the cookies that a server sets when it signs somebody in, or renews
 * what he has, are as good as the token in them. Only a server reads them; browsers show them to nobody.
 */
export function answeredCookies(analysis: Analysis): Node[] {
  return cookieReads(analysis).map(({ node }) => node);
}

/** The headers themselves, which print with all cookies among them: `console.log(answer.headers)`. */
export function answeredHeaders(analysis: Analysis): Node[] {
  const { file } = analysis;
  const members = file.index.membersNamed.get("headers") ?? [];
  return cookieReads(analysis).flatMap(({ headers }) => {
    const held = unwrap(headers);
    const answer = held.type === "Identifier" ? (initOf(file, held) ?? held) : held;
    const root = file.variableOf(rootOf(answer));
    const alike = members.filter(
      (one) => root !== undefined && file.variableOf(one.object) === root && !isNamed(one),
    );
    return [...(held.type === "Identifier" ? readsOf(file, held) : []), ...alike].filter(
      (one) => !isTakenApart(one),
    );
  });
}

/** `const headers = answer.headers` */
function isNamed(member: Node): boolean {
  return parentOf(wrapped(member))?.type === "VariableDeclarator";
}

function isTakenApart(read: Node): boolean {
  const outer = wrapped(read);
  const by = parentOf(outer);
  return by?.type === "MemberExpression" && by.object === outer;
}

interface CookieRead {
  readonly node: Node;
  readonly headers: Node;
}

const cookieReads = byObject((analysis: Analysis): readonly CookieRead[] => {
  const { called, membersNamed } = analysis.file.index;
  const asked = [
    ...(called.get("get") ?? []).filter(({ arguments: [name] }) => isSetCookie(textOf(name))),
    ...(called.get("getSetCookie") ?? []),
  ];
  const read = [...membersNamed].flatMap(([name, members]) => (isSetCookie(name) ? members : []));
  return [
    ...asked.flatMap((node) => {
      const method = unwrap(node.callee);
      return method.type === "MemberExpression" ? [{ node, headers: method.object }] : [];
    }),
    ...read.filter((member) => !isWritten(member)).map((node) => ({ node, headers: node.object })),
  ].filter(({ headers }) => isOfSignIn(analysis, headers));
});

function isSetCookie(name: string | undefined): boolean {
  return name?.toLowerCase() === "set-cookie";
}

/** Are these the headers of what such an address has answered? */
function isOfSignIn({ core, file }: Analysis, written: Node): boolean {
  const headers = initOf(file, unwrap(written)) ?? unwrap(written);
  if (headers.type !== "MemberExpression" || memberName(headers) !== "headers") return false;
  const answer = initOf(file, rootOf(headers));
  const address = answer?.type === "CallExpression" ? httpCall(file, answer)?.address : undefined;
  const text = address === undefined ? "" : addressText(core, address);
  return AUTH_ADDRESS.test(text) && !/csrf|xsrf/iu.test(text);
}
