import type { Core } from "../core.ts";
import { named } from "../files/source-file.ts";
import { byName } from "../memo.ts";
import {
  boundName,
  dottedPath,
  enclosingFunction,
  parentOf,
  rootOf,
  staticKey,
  textOf,
  unwrap,
  wrapped,
} from "../syntax.ts";
import type { CallNode, Node } from "../syntax.ts";
import { may } from "../values/value.ts";
import { hasWithin } from "../within.ts";
import { isOnRecord, mayChange } from "./told-apart.ts";

/**
 * `accessToken = await makeToken(user, config.secret, config.accessLife)` and `refreshToken = await makeToken(user,
 * config.secret, config.refreshLife)`: whatever signs there out of sight, it is given the same claims and the same key for
 * both, and nothing but the time says which is which. Gives the calls that make such refresh tokens.
 */
export function namedTwins(core: Core): CallNode[] {
  if (!/refresh/iu.test(core.file.text)) return [];
  const made = named(core.file.index.called, isMaker).filter((call) => isOutOfSight(core, call));
  return made.filter(
    (refresh) =>
      /refresh/iu.test(nameOf(refresh)) &&
      made.some(
        (access) =>
          OF_ACCESS.test(nameOf(access)) &&
          enclosingFunction(access) === enclosingFunction(refresh) &&
          areGivenAlike(core, access, refresh) &&
          !isOnRecord(core, { node: access }),
      ),
  );
}

/** What is called for one kind, `generateRefreshToken`, may say so in the token. */
const isMaker = byName((name) =>
  /^_?(?:generate|create|sign|issue|make|build|encode|gen|mint)_?(?:jwt_?)?(?:token|jwt)$/iu.test(
    name,
  ),
);

const OF_ACCESS = /access|^(?:auth_?|session_?)?(?:token|jwt)$/iu;

function nameOf(call: CallNode): string {
  const { parent } = wrapped(call);
  return (parent && boundName(parent)) ?? "";
}

/** What functions of the program do is seen where they do it. */
function isOutOfSight(core: Core, { callee }: CallNode): boolean {
  return !may(core.evaluate(callee), ({ type }) => type === "function" || type === "entity");
}

/** The same claims and the same key, and nothing that differs but how long the token lives. */
function areGivenAlike(core: Core, access: CallNode, refresh: CallNode): boolean {
  const [first, second] = [access, refresh].map((call) => call.arguments.map((one) => unwrap(one)));
  if (first === undefined || second === undefined) return false;
  const longer = first.length > second.length ? first : second;
  const different = [...longer.keys()].filter(
    (at) => writtenAt(core, first, at) !== writtenAt(core, second, at),
  );
  const same = longer.filter((_, at) => !different.includes(at));
  const [claims, ...others] = same;
  return (
    different.every((at) =>
      [first[at], second[at]].every((one) => one === undefined || isLifetime(one)),
    ) &&
    claims !== undefined &&
    others.some((one) => isKey(one)) &&
    isSameTwice(core, claims, [access, refresh])
  );
}

function writtenAt(core: Core, given: readonly Node[], at: number): string {
  const node = given[at];
  return node === undefined ? "" : core.fileOf(node).text.slice(...node.range);
}

/** `config.jwt.secret`, `JWT_KEY` */
function isKey(node: Node): boolean {
  return /secret|key/iu.test(dottedPath(node)?.at(-1) ?? "");
}

const OF_TIME =
  /life|expir|ttl|duration|validity|(?:^|_)exp$|Exp$|age$|minutes|hours|days|(?:^|_)time$|Time$/u;

/** `"15m"`, `60 * 15`, `config.accessLife`, `{ expiresIn: "7d" }` */
function isLifetime(node: Node): boolean {
  if (node.type === "ObjectExpression")
    return node.properties.every(
      (one) => one.type === "Property" && OF_TIME.test(staticKey(one.key, one.computed) ?? ""),
    );
  if (node.type === "Literal" && typeof node.value === "number") return true;
  const text = textOf(node);
  if (text !== undefined) return /^\d+\s*[a-z]*$/iu.test(text);
  if (node.type === "BinaryExpression")
    return [node.left, node.right].every((side) => isLifetime(unwrap(side)));
  const name = dottedPath(node)?.at(-1) ?? "";
  return OF_TIME.test(name) || OF_TIME.test(name.toLowerCase());
}

/** Are the claims the same for both: is nothing drawn anew for each, and nothing written to them in between? */
function isSameTwice(
  core: Core,
  claims: Node,
  [first, second]: readonly [CallNode, CallNode],
): boolean {
  if (claims.type === "ObjectExpression")
    return !hasWithin(core, claims, (part) => part.type === "CallExpression" || isNumbered(part));
  if (dottedPath(claims) === undefined) return false;
  const [from, to] = [first, second].map(({ range }) => range[0]).toSorted((a, b) => a - b);
  const references = core.fileOf(claims).variableOf(rootOf(claims))?.references ?? [];
  return references.every(({ identifier }) => {
    const [at] = identifier.range;
    if (at < Number(from) || at > Number(to)) return true;
    const by = parentOf(wrapped(identifier));
    return by === first || by === second || (by?.type === "MemberExpression" && !mayChange(by));
  });
}

/** A number of its own may be looked up. */
function isNumbered(part: Node): boolean {
  return part.type === "Property" && staticKey(part.key, part.computed) === "jti";
}
