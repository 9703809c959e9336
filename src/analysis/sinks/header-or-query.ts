import type { Analysis } from "../analysis.ts";
import { readsOf } from "../files/variables.ts";
import {
  dottedPath,
  enclosingFunction,
  isFunction,
  isLiteral,
  isNullish,
  memberName,
  parentOf,
  staticKey,
  unwrap,
  wrapped,
} from "../syntax.ts";
import type { FunctionNode, Node } from "../syntax.ts";
import { ofRequests } from "../tokens/incoming-headers.ts";
import { isAuthHeader, tokenName } from "../tokens/words.ts";
import { isQueryRead, parameterName, TEXT_METHODS } from "./query-reads.ts";
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
    .filter((read) => !isQueryRead(analysis, unwrap(read)) && isOfRequest(read))
    .flatMap((read) => beside(analysis, read, seen))
    .filter((read) => tokenName(parameterName(read) ?? "") !== undefined);
}

/** Parameters have a method `get`, too. */
function isOfRequest(read: Node): boolean {
  const callee = read.type === "CallExpression" ? unwrap(read.callee) : undefined;
  if (callee?.type !== "MemberExpression" || memberName(callee) !== "get") return true;
  const holder = unwrap(callee.object);
  // `headers().get(…)` of Next
  const named = holder.type === "CallExpression" ? holder.callee : holder;
  return /^(?:\w*[hH]eaders?|_?req(?:uest)?|ctx|c)$/u.test(dottedPath(named)?.at(-1) ?? "");
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
  const reads = readsOf(analysis.file, place);
  // What is compared with a secret of the program's own stands for nobody: a webhook's.
  if (reads.some(isComparedWithSecret)) return [];
  return [
    ...queryReads(analysis, place),
    ...reads.flatMap((later) => beside(analysis, later, seen)),
  ];
}

/** `given !== process.env.HOOK_SECRET`, and not whether there is anything. */
function isComparedWithSecret(read: Node): boolean {
  const by = parentOf(wrapped(read));
  if (by?.type !== "BinaryExpression" || !/^[!=]==?$/u.test(by.operator)) return false;
  const other = by.left === wrapped(read) ? by.right : by.left;
  return !isNullish(other) && !isLiteral(other);
}

/**
 * The variable that holds the value of an expression or a part of its text, the function that gives it,
 * or the choice that it is one side of: `find(header || req.query.token)`.
 */
function placeOf(read: Node): FunctionNode | Node | undefined {
  let choice: Node | undefined;
  for (let from = wrapped(read); ;) {
    const parent = parentOf(from);
    switch (parent?.type) {
      case "VariableDeclarator":
        return nameIn(parent.id);
      case "AssignmentExpression":
        return parent.right === from ? (nameIn(parent.left) ?? choice) : undefined;
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
        if (parent.callee !== from || !isTextMethod(from)) return choice;
        break;
      case "LogicalExpression":
        choice = parent;
        break;
      case "Property":
      case "TemplateLiteral":
        return choice;
      // Whether there is one of them is asked of both.
      default:
        return undefined;
    }
    from = wrapped(parent);
  }
}

function isTextMethod(callee: Node): boolean {
  return callee.type === "MemberExpression" && TEXT_METHODS.test(memberName(callee) ?? "");
}

/** `token`, and that of `[, token]`. */
function nameIn(target: Node): Node | undefined {
  if (target.type === "Identifier") return target;
  const last = target.type === "ArrayPattern" ? target.elements.at(-1) : undefined;
  return last?.type === "Identifier" ? last : undefined;
}
