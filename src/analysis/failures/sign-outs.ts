import type { Core } from "../core.ts";
import { inside } from "../files/inside.ts";
import { usesOf } from "../flow/flow.ts";
import type { Use } from "../flow/use.ts";
import type { Operation } from "../operations/operations.ts";
import {
  calleeName,
  contains,
  dottedPath,
  enclosingFunction,
  isFunction,
  memberName,
  parentOf,
  statementsIn,
  staticKey,
  unwrap,
  wrapped,
} from "../syntax.ts";
import type { CallNode, Node } from "../syntax.ts";
import { hasWithin } from "../within.ts";

/**
 * Does a verification only find out whose sessions are ended, where the cookie is taken away whatever it says:
 * `cookies().delete("session"); try { await revoke((await verify(cookie)).sub); } catch {}`? A token that is refused
 * there gains nothing.
 */
export function endsSessionAnyway(core: Core, { node }: Operation): boolean {
  const owner = enclosingFunction(node);
  if (owner === undefined) return false;
  const { called } = core.fileOf(node).index;
  const clears = ["delete", "clearCookie"].flatMap((name) => inside(called.get(name) ?? [], owner));
  return (
    clears.some((call) => clearsCookie(call) && isAnyway(call, node)) &&
    usesOf(core, node).every(endsOnly)
  );
}

/** `res.clearCookie("session")`, `cookies().delete("session")`, `(await cookies()).delete("session")` */
function clearsCookie({ callee }: CallNode): boolean {
  const method = unwrap(callee);
  if (method.type !== "MemberExpression") return false;
  if (memberName(method) === "clearCookie") return true;
  const jar = unwrap(method.object);
  const name = jar.type === "CallExpression" ? calleeName(jar) : dottedPath(jar)?.at(-1);
  return /cookies?(?:Store|Jar)?$/iu.test(name ?? "");
}

/** Does it run on the way to the verification, or behind the attempt whatever comes of that? */
function isAnyway(call: Node, verification: Node): boolean {
  let statement = call;
  let block = parentOf(statement);
  while (block !== undefined && statementsIn(block) === undefined && !isFunction(block))
    [statement, block] = [block, parentOf(block)];
  if (block === undefined || !contains(block, verification)) return false;
  const beside = statementsIn(block)?.find((one) => contains(one, verification));
  return statement.range[1] <= verification.range[0] || beside?.type === "TryStatement";
}

/** `revokeRefreshTokens(claims.sub)`; whether there are claims may be asked before. */
function endsOnly({ kind, by }: Use): boolean {
  if (kind === "argument")
    return (
      by.type === "CallExpression" &&
      /(?:^|\.)(?:revoke|invalidate|log_?out|sign_?out)\w*$/iu.test(calleeName(by))
    );
  return kind === "test";
}

/**
 * `claims = decode(token); if (claims?.jti) await sessions.revoke(claims.jti, token);` where the token was refused: nothing
 * comes of it but that something is ended, for which the very token has to be there. By a claim alone anybody could end
 * what belongs to others.
 */
export function endsByToken(core: Core, { node, token }: Operation): boolean {
  const path = token === undefined ? undefined : dottedPath(token.node)?.join(".");
  if (path === undefined) return false;
  const ends = (part: Node): boolean =>
    part.type === "CallExpression" &&
    ENDS.test(calleeName(part)) &&
    part.arguments.some((one) => isAskedBy(one));
  // `{ by: token }` and a text with it ask for nothing.
  const isAskedBy = (given: Node): boolean => {
    const asked = unwrap(given);
    if (asked.type !== "ObjectExpression") return dottedPath(asked)?.join(".") === path;
    return asked.properties.some(
      (one) =>
        one.type === "Property" &&
        (/(?:token|hash)$/iu.test(staticKey(one.key, one.computed) ?? "")
          ? hasWithin(core, one.value, (inner) => dottedPath(inner)?.join(".") === path)
          : staticKey(one.key, one.computed) === "where" && isAskedBy(one.value)),
    );
  };
  return usesOf(core, node).every(({ kind, by, node: at }) =>
    kind === "argument" ? ends(by) : kind === "test" && choosesOnly(at, ends),
  );
}

/** What is thrown away has to be a session or a token itself. */
const ENDS =
  /(?:^|\.)(?:revoke|invalidate|log_?out|sign_?out)\w*$|(?:session|token)s?\.(?:delete|destroy|remove)\w*$|(?:delete|destroy|remove)_?(?:\w*_?)?(?:session|token)$/iu;

/** `if (claims) await end(claims);`, and nothing beside it */
function choosesOnly(asked: Node, ends: (call: Node) => boolean): boolean {
  const branch = parentOf(wrapped(asked));
  if (branch?.type !== "IfStatement" || branch.alternate !== null) return false;
  return (statementsIn(branch.consequent) ?? [branch.consequent]).every(
    (one) => one.type === "ExpressionStatement" && ends(unwrap(one.expression)),
  );
}
