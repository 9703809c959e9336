import type { TSESTree } from "@typescript-eslint/utils";
import type { Core } from "../core.ts";
import { initOf } from "../files/variables.ts";
import { calleeName, dottedPath, expressionIn, memberName, unwrap } from "../syntax.ts";
import type { Node } from "../syntax.ts";

/**
 * `const { request } = event.Records[0].cf; return request;`, `callback(null, request)`: CloudFront goes on with
 * the request that it is given back, and answers with a response.
 */
export function givesRequestBack(core: Core, statement: Node): boolean {
  const given = statement.type === "ReturnStatement" ? statement.argument : expressionIn(statement);
  const node = given == null ? undefined : unwrap(given);
  if (node?.type !== "CallExpression") return node !== undefined && isEdgeRequest(core, node);
  const [error, answer] = node.arguments;
  return (
    /^(?:callback|cb)$/u.test(calleeName(node)) &&
    error?.type === "Literal" &&
    answer !== undefined &&
    isEdgeRequest(core, unwrap(answer))
  );
}

/** Is it the answer that a function of Lambda@Edge gives in place of the request? */
export function isEdgeAnswer(core: Core, node: Node): boolean {
  const isEdge = core.fileOf(node).index.membersNamed.get("cf")?.some(isOfRecord) === true;
  return isEdge && !isEdgeRequest(core, node);
}

/** `event.Records[0].cf` */
function isOfRecord({ object }: TSESTree.MemberExpression): boolean {
  const record = unwrap(object);
  return record.type === "MemberExpression" && dottedPath(record.object)?.at(-1) === "Records";
}

/** `event.Records[0].cf.request`, and the names for it, or for a part of what it stands in. */
function isEdgeRequest(core: Core, node: Node): boolean {
  const held = node.type === "Identifier" ? initOf(core.fileOf(node), node) : node;
  if (held?.type !== "MemberExpression") return false;
  // `{ request } = event.Records[0].cf`
  const cf = memberName(held) === "request" ? unwrap(held.object) : held;
  return cf.type === "MemberExpression" && memberName(cf) === "cf" && isOfRecord(cf);
}
