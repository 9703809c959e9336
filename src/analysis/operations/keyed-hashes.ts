import type { Core } from "../core.ts";
import { dottedPath, memberName, parentOf, unwrap } from "../syntax.ts";
import type { CallNode, Node } from "../syntax.ts";
import { givenTo } from "../values/given.ts";
import { may } from "../values/value.ts";

/**
 * Hashes of a text and a secret, which stand in for a signature: `createHash("sha256").update(data + SECRET)`. Whoever has
 * not the secret cannot make one, but it is no HMAC: a hash of the SHA-2 family goes on from where it stood (length
 * extension), so what stands behind the secret can be made longer without it.
 */

/** Names of what only the program knows. */
const SECRET =
  /secret|pepper|salt|^(?:(?:jwt|token|auth|access|refresh|sign(?:ing|ature)?|hmac|private|master|server|app)_?)?key$/iu;

/** How many names a text goes through before it is hashed. */
const MAX_HOPS = 2;

/** Does a text hold a secret at its begin or end? That secret. */
export function secretIn(core: Core, text: Node | undefined, hops = MAX_HOPS): Node | undefined {
  const node = text === undefined ? undefined : unwrap(text);
  switch (node?.type) {
    case "TemplateLiteral":
      return node.expressions.length < 2
        ? undefined
        : [node.expressions.at(-1), node.expressions[0]].find(
            (one) => one !== undefined && isSecret(core, one),
          );
    case "BinaryExpression":
      return node.operator === "+"
        ? [node.right, firstOf(node)].find((one) => isSecret(core, one))
        : undefined;
    case "Identifier": {
      const [made, ...more] = hops > 0 ? givenTo(core, node) : [];
      return more.length === 0 ? secretIn(core, made, hops - 1) : undefined;
    }
    default:
      return undefined;
  }
}

/** `SECRET` of `SECRET + header + "." + payload` */
function firstOf(sum: Extract<Node, { type: "BinaryExpression" }>): Node {
  let first: Node = sum;
  while (first.type === "BinaryExpression") first = unwrap(first.left);
  return first;
}

export function isSecret(core: Core, written: Node): boolean {
  const node = unwrap(written);
  const name = dottedPath(node)?.at(-1);
  return (
    name !== undefined &&
    (SECRET.test(name) || may(core.evaluate(node), (one) => one.type === "environment"))
  );
}

/** Is it a hash that a secret goes into: the `createHash(…)` of `createHash("sha256").update(data + SECRET)`? */
export function isKeyedHash(core: Core, maker: CallNode): boolean {
  if (dottedPath(maker.callee)?.at(-1) !== "createHash") return false;
  const update = parentOf(maker);
  const call = update?.type === "MemberExpression" ? parentOf(update) : undefined;
  return (
    update?.type === "MemberExpression" &&
    memberName(update) === "update" &&
    call?.type === "CallExpression" &&
    secretIn(core, call.arguments[0]) !== undefined
  );
}
