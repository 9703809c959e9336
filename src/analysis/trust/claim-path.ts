import type { Use } from "../flow/use.ts";
import type { Operation } from "../operations/operations.ts";
import { dottedPath, textOf, unwrap } from "../syntax.ts";
import type { Node } from "../syntax.ts";

/** The claim's path below the payload; undefined when it is the header or the signature. */
export function claimPath(
  operation: Operation,
  path: readonly string[],
): readonly string[] | undefined {
  if (operation.kind === "header") return undefined;
  const [first, ...rest] = path;
  if (first === "decoded") return claimPath(operation, rest);
  if (first === "payload" || first === "claims" || first === "body") return rest;
  const { claimsAt, headerAt } = operation.entity;
  if (first !== undefined && first === claimsAt) return rest;
  if (first !== undefined && first === headerAt) return undefined;
  if (first === "header" || first === "signature" || first === "protectedHeader") return undefined;
  return path;
}

/** `claims.sub === undefined` asks whether it is there. */
export function isNullCheck(use: Use): boolean {
  if (use.by.type !== "BinaryExpression") return false;
  // Of what kind something is says nothing of what it holds.
  if (use.by.operator === "instanceof") return true;
  const other = unwrap(use.by.left) === unwrap(use.node) ? use.by.right : use.by.left;
  return (
    (other.type === "Literal" && other.value === null) ||
    textOf(other) === "" ||
    (other.type === "Identifier" && other.name === "undefined") ||
    (other.type === "UnaryExpression" && other.operator === "typeof") ||
    isMadeOfItself(unwrap(other), use.node)
  );
}

/** `Math.floor(id) === id`: of what kind it is, not which. */
function isMadeOfItself(other: Node, node: Node): boolean {
  const path = dottedPath(node)?.join(".");
  return (
    other.type === "CallExpression" &&
    other.arguments.some((argument) => dottedPath(argument)?.join(".") === path)
  );
}

/** `cognito:username`, `https://example.com/roles`: issuers put a namespace before names of their own. */
export function plainName(claim: string | undefined): string | undefined {
  return claim?.split(/[:/]/u).at(-1);
}
