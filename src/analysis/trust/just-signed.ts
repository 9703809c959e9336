import type { Operation } from "../operations/operations.ts";
import { enclosingFunction } from "../syntax.ts";
import { must } from "../values/value.ts";

/**
 * Is the token that is verified one that the program has just signed: `verify(sign(claims, key), key)`, or
 * `verify(makeToken(user), key)` by a function of the file? Then nobody else's token comes in, and what the
 * verification leaves out lets nobody in.
 */
export function isJustSigned({ token, node }: Operation): boolean {
  const owner = enclosingFunction(node);
  return (
    token !== undefined &&
    owner !== undefined &&
    must(token.value, (one) => one.type === "token" && enclosingFunction(one.call) !== undefined)
  );
}
