import type { SourceFile } from "../files/source-file.ts";
import { dottedPath, parentOf, rootOf, staticKey, wrapped } from "../syntax.ts";
import type { Node } from "../syntax.ts";

/**
 * The part of an answer that an assignment says, where a framework takes it from the context when the handler is done:
 * `ctx.status = 401` and `ctx.response.body = { token }` of Koa, `context.response.status = 401` of Oak, and
 * `response.body = { token }` where its handlers take the context apart. It sends nothing and ends nothing, and what is
 * assigned later takes its place.
 */
export function assignedAnswer(file: SourceFile, node: Node): "status" | "body" | undefined {
  if (node.type !== "AssignmentExpression") return undefined;
  const path = dottedPath(node.left) ?? [];
  const part = path.pop();
  if (part !== "status" && part !== "body") return undefined;
  const isOfContext = /^(?:ctx|context)(?:\.response)?$/u.test(path.join("."));
  return isOfContext || (path.length === 1 && isTakenApart(file, rootOf(node.left)))
    ? part
    : undefined;
}

/**
 * `ctx.unauthorized("no")` of Strapi, which assigns status and body like that and throws nothing (3.6.11 and 4.15.5 were
 * read): the name of the status, or `send`. A method of that name in another program of Koa may throw.
 */
export function calledAnswer(file: SourceFile, node: Node): string | undefined {
  if (node.type !== "CallExpression") return undefined;
  const path = dottedPath(node.callee) ?? [];
  const name = path.pop() ?? "";
  const isOfContext = /^(?:ctx|context)(?:\.response)?$/u.test(path.join("."));
  return isOfContext && STRAPI_ANSWERS.test(name) && /\bstrapi\b/u.test(file.text)
    ? name
    : undefined;
}

const STRAPI_ANSWERS = /^(?:send|badRequest|unauthorized|forbidden|notFound)$/u;

/** `response` of `({ request, response }) => …`, and of `const { response } = ctx;` */
function isTakenApart(file: SourceFile, name: Node): boolean {
  const definition = file.variableOf(name)?.defs[0];
  const field = definition === undefined ? undefined : parentOf(wrapped(definition.name));
  if (field?.type !== "Property" || staticKey(field.key, field.computed) !== "response")
    return false;
  const holder = parentOf(field.parent);
  if (holder?.type !== "VariableDeclarator") return true;
  return (
    holder.init !== null && /^(?:ctx|context)$/u.test(dottedPath(holder.init)?.join(".") ?? "")
  );
}
