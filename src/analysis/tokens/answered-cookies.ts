import type { Analysis } from "../analysis.ts";
import { initOf } from "../files/variables.ts";
import { addressText, httpCall } from "../network/http.ts";
import { isWritten, memberName, rootOf, textOf, unwrap } from "../syntax.ts";
import type { Node } from "../syntax.ts";
import { AUTH_ADDRESS } from "./words.ts";

/**
 * `answer.headers.get("set-cookie")`: the cookies that a server sets when it signs somebody in, or renews
 * what he has, are as good as the token in them. Only a server reads them; browsers show them to nobody.
 */
export function answeredCookies(analysis: Analysis): Node[] {
  const { called, membersNamed } = analysis.file.index;
  const asked = [
    ...(called.get("get") ?? []).filter(({ arguments: [name] }) => isSetCookie(textOf(name))),
    ...(called.get("getSetCookie") ?? []),
  ];
  const read = [...membersNamed].flatMap(([name, members]) => (isSetCookie(name) ? members : []));
  return [
    ...asked.filter(({ callee }) => {
      const method = unwrap(callee);
      return method.type === "MemberExpression" && isOfSignIn(analysis, method.object);
    }),
    ...read.filter((member) => !isWritten(member) && isOfSignIn(analysis, member.object)),
  ];
}

function isSetCookie(name: string | undefined): boolean {
  return name?.toLowerCase() === "set-cookie";
}

/** Are these the headers of what such an address has answered? */
function isOfSignIn({ core, file }: Analysis, written: Node): boolean {
  const headers = unwrap(written);
  if (headers.type !== "MemberExpression" || memberName(headers) !== "headers") return false;
  const answer = initOf(file, rootOf(headers));
  const address = answer?.type === "CallExpression" ? httpCall(file, answer)?.address : undefined;
  const text = address === undefined ? "" : addressText(core, address);
  return AUTH_ADDRESS.test(text) && !/csrf|xsrf/iu.test(text);
}
