import type { Analysis } from "../analysis.ts";
import { readsOf } from "../files/variables.ts";
import {
  enclosingFunction,
  isFunction,
  memberName,
  parentOf,
  staticKey,
  unwrap,
  wrapped,
} from "../syntax.ts";
import type { FunctionNode, Node } from "../syntax.ts";
import { ofRequests } from "../tokens/incoming-headers.ts";
import { isAuthHeader, tokenName } from "../tokens/words.ts";
import { isQueryRead, parameterName } from "./query-reads.ts";
import { queryReads, queryReadsOf } from "./query-tokens.ts";

/**
 * What a program takes from the query string where the Authorization header brings nothing:
 * `headerToken ?? req.query.token`, a function that gives the one or the other. Whatever becomes of it,
 * it stands for the token of the header.
 */
export function insteadOfHeader(analysis: Analysis): Node[] {
  if (!/quer|searchParams/iu.test(analysis.file.text)) return [];
  const seen = new Set<Node>();
  return ofRequests(analysis)
    .flatMap(({ node, held }) => (held === "header" ? [node] : ofHeaders(analysis, node)))
    .filter((read) => !isQueryRead(analysis, unwrap(read)))
    .flatMap((read) => beside(analysis, read, seen))
    .filter((read) => tokenName(parameterName(read) ?? "") !== undefined);
}

/** `req.headers.authorization`, `const { authorization } = req.headers` */
function ofHeaders({ file }: Analysis, headers: Node): Node[] {
  const parent = parentOf(wrapped(headers));
  if (parent?.type === "MemberExpression" && isAuthHeader(memberName(parent))) return [parent];
  if (parent?.type !== "VariableDeclarator" || parent.id.type !== "ObjectPattern") return [];
  return parent.id.properties.flatMap((one) =>
    one.type === "Property" && isAuthHeader(staticKey(one.key, one.computed))
      ? readsOf(file, one.value)
      : [],
  );
}

/** The query's reads among what stands in the same place as a read of the header. */
function beside(analysis: Analysis, read: Node, seen: Set<Node>): Node[] {
  const place = placeOf(read);
  if (place === undefined || seen.has(place)) return [];
  seen.add(place);
  if (isFunction(place)) return queryReadsOf(analysis, place);
  return [
    ...queryReads(analysis, place),
    ...readsOf(analysis.file, place).flatMap((later) => beside(analysis, later, seen)),
  ];
}

/** The variable that holds the value of an expression or a part of its text, or the function that gives it. */
function placeOf(read: Node): FunctionNode | Node | undefined {
  for (let from = wrapped(read); ;) {
    const parent = parentOf(from);
    switch (parent?.type) {
      case "VariableDeclarator":
        return nameIn(parent.id);
      case "AssignmentExpression":
        return parent.right === from ? nameIn(parent.left) : undefined;
      case "ArrowFunctionExpression":
        return parent.body === from ? parent : undefined;
      case "ReturnStatement":
        return enclosingFunction(parent);
      case "ConditionalExpression":
        if (parent.test === from) return undefined;
        break;
      case "MemberExpression":
        if (parent.object !== from) return undefined;
        break;
      case "CallExpression":
        // `header.split(" ")`
        if (parent.callee !== from || !isTextMethod(from)) return undefined;
        break;
      case "LogicalExpression":
        break;
      default:
        return undefined;
    }
    from = wrapped(parent);
  }
}

const TEXT_METHOD = /^(?:split|trim|replace|slice|substring|substr|pop|toString|at)$/u;

function isTextMethod(callee: Node): boolean {
  return callee.type === "MemberExpression" && TEXT_METHOD.test(memberName(callee) ?? "");
}

/** `token`, and that of `[, token]`. */
function nameIn(target: Node): Node | undefined {
  if (target.type === "Identifier") return target;
  const last = target.type === "ArrayPattern" ? target.elements.at(-1) : undefined;
  return last?.type === "Identifier" ? last : undefined;
}
