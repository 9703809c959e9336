import type { SourceFile } from "../files/source-file.ts";
import {
  calleeName,
  decoratorsOf,
  memberName,
  parentOf,
  staticKey,
  unwrap,
  wrapped,
} from "../syntax.ts";
import type { CallNode, FunctionNode, Node } from "../syntax.ts";

/**
 * Does a framework send what a function returns to whoever asks? Nest does for `@Post("login") login(@Body() dto)`, Fastify
 * and Elysia for the handlers of their routes, h3 for `defineEventHandler(…)`, Firebase for `onCall(…)`, hapi for
 * `(request, h) => …`, and GraphQL for resolvers. Express sends nothing of it.
 */
export function isReturnedToClient(file: SourceFile, owner: FunctionNode): boolean {
  const holder = parentOf(wrapped(owner));
  switch (holder?.type) {
    case "MethodDefinition":
      return decoratorsOf(holder).length > 0 && !isGivenResponse(owner);
    case "CallExpression":
      return isReturnedBy(file, holder, owner);
    case "Property":
      return isOfToolkit(owner) || isResolver(holder);
    default:
      return false;
  }
}

/** `@Res() res`: Nest leaves the answer to the method then, unless it is told `{ passthrough: true }`. */
function isGivenResponse({ params }: FunctionNode): boolean {
  return params.some((parameter) =>
    decoratorsOf(parameter).some(({ expression }) => {
      if (!/^(?:Res|Response|Next)$/u.test(nameOf(expression))) return false;
      const [options] = expression.type === "CallExpression" ? expression.arguments : [];
      return options?.type !== "ObjectExpression";
    }),
  );
}

function nameOf(decorator: Node): string {
  return decorator.type === "CallExpression" ? calleeName(decorator) : "";
}

const METHODS = /^(?:get|post|put|patch|delete|all)$/u;

function isReturnedBy({ text }: SourceFile, call: CallNode, { params }: FunctionNode): boolean {
  const name = calleeName(call);
  if (/^(?:define)?(?:Cached)?EventHandler$/iu.test(name)) return true;
  if (/(?:^|\.)onCall$/u.test(name)) return text.includes("firebase");
  const callee = unwrap(call.callee);
  if (callee.type !== "MemberExpression" || !METHODS.test(memberName(callee) ?? "")) return false;
  const [, second] = params;
  return (
    /["']elysia["']/u.test(text) ||
    (second?.type === "Identifier" ? second.name === "reply" : /["']fastify["']/u.test(text))
  );
}

/** `handler: (request, h) => …` of hapi, `handler: async (request, reply) => …` of Fastify */
function isOfToolkit({ params: [, second] }: FunctionNode): boolean {
  return second?.type === "Identifier" && /^(?:h|reply)$/u.test(second.name);
}

/** `Mutation: { forgotPassword: async (_, { email }) => … }` */
function isResolver(field: Node): boolean {
  const fields = parentOf(field);
  const type = fields === undefined ? undefined : parentOf(fields);
  return (
    type?.type === "Property" &&
    /^(?:Query|Mutation)$/u.test(staticKey(type.key, type.computed) ?? "")
  );
}
