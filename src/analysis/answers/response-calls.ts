import { memberName, unwrap } from "../syntax.ts";
import type { Node } from "../syntax.ts";

/** A call of a chain: its method, and what that is given first. */
interface ResponseCall {
  readonly name: string;
  readonly given: Node | undefined;
}

const RESPONSE = /^(?:res|resp|response|reply)$/u;

/**
 * The calls that an expression makes on a response, the last one first: `json` and `status` of
 * `res.status(403).json(…)`. None where it is something else.
 */
export function responseCalls(expression: Node): readonly ResponseCall[] {
  const calls: ResponseCall[] = [];
  let node = unwrap(expression);
  while (node.type === "CallExpression" || node.type === "MemberExpression") {
    if (node.type === "CallExpression") {
      const callee: Node = unwrap(node.callee);
      const name = callee.type === "MemberExpression" ? memberName(callee) : undefined;
      calls.push({ name: name ?? "", given: node.arguments[0] });
      node = callee;
    } else node = unwrap(node.object);
  }
  return node.type === "Identifier" && RESPONSE.test(node.name) ? calls : [];
}

/** Methods that prepare an answer, and send none. */
const PREPARES =
  /^(?:clearCookie|cookie|setCookie|set|setHeader|header|append|vary|removeHeader|type|links|on|once)$/u;

/** Is the request answered, or told how it will be? */
export function isAnswering(calls: readonly ResponseCall[]): boolean {
  return calls.some(({ name }) => !PREPARES.test(name));
}
