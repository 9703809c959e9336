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

/** Parameters of a header (RFC 7515, 7516, 7797, RFC 7519 section 5.3), which say how a token is to be read. */
const HEADER_PARAMETERS =
  /^(?:alg|kid|jku|jwk|typ|cty|crit|enc|zip|b64|iss|sub|aud|epk|apu|apv|x5.*|p2.|iv|tag|url|nonce)$/u;

/**
 * The path of what the header says beside its parameters. Nobody has verified it either: `[payload]` of
 * `const [payload] = decode(token)` is the header, where a library gives that first.
 */
export function headerPath(
  operation: Operation,
  path: readonly string[],
): readonly string[] | undefined {
  const { headerAt = "header" } = operation.entity;
  const [first, ...rest] = path[0] === "decoded" ? path.slice(1) : path;
  const [name] = rest;
  return first === headerAt && name !== undefined && !HEADER_PARAMETERS.test(name)
    ? rest
    : undefined;
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
