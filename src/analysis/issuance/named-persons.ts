import type { Core } from "../core.ts";
import { initOf, objectAt } from "../files/variables.ts";
import { readFrom } from "../network/forms.ts";
import { isSaidByClient, saidByClient } from "../network/request.ts";
import {
  calleeName,
  dottedPath,
  isLiteral,
  propertyValue,
  rootOf,
  staticKey,
  unwrap,
} from "../syntax.ts";
import type { CallNode, Node } from "../syntax.ts";
import { askedFor } from "../data/asked-records.ts";
import { saysWho } from "../data/names.ts";
import { isMadeUnlike } from "./drawn-names.ts";
import type { SignedToken, SigningFile } from "./signed-tokens.ts";

/** Whom a token is signed for, where the request says it. */

/** Claims that say what somebody may, or hold who he is. */
const RIGHTS = /^(?:user|role(?:s|_?type)?|is_?(?:admin|host)|moderator|payload|data)$/iu;

/** What the request names of what is signed: a claim itself, or what the record of a claim is found by. */
export function namedBy(view: SigningFile, token: SignedToken): Node | undefined {
  return namedIn(view, token) ?? namedByRecord(view.core, token);
}

/** The part of what is signed that names somebody, and is what the client says. */
function namedIn(view: SigningFile, { claims, isChosen }: SignedToken): Node | undefined {
  const said = claims.map(({ nodes }) => firstOf(nodes, (one) => saidIn(view, one)));
  const [subject] = said.filter((_, at) => claims[at]?.isSubject === true);
  if (subject !== undefined) return subject;
  // `{ id: randomUUID(), name: req.body.name }`: a new one, who may be called as he likes.
  const isOfVisitor = claims.some(
    ({ name }, at) => name !== undefined && IDENTIFIES.test(name) && said[at] === undefined,
  );
  if (isChosen || isOfVisitor) return undefined;
  return firstOf(claims, ({ name }, at) => {
    const node = said[at];
    const path = node === undefined ? undefined : saidByClient(view.core, node);
    const called = name ?? path?.split(".").at(-1);
    return saysWho(called ?? "") || RIGHTS.test(called ?? "") ? node : undefined;
  });
}

const IDENTIFIES = /^(?:sub|_?id|uid)$|(?:_i|I)d$/u;

/** What the request names, of the record that is signed: `user` of `{ id: user._id }`. */
function namedByRecord(core: Core, { claims }: SignedToken): Node | undefined {
  const names = claims
    .flatMap(({ nodes }) => nodes)
    .flatMap((one) => readFrom(core.fileOf(one), one))
    .filter((node) => node.type === "Identifier");
  return firstOf(names, (name) => askedFor(core, name));
}

/**
 * What the request names, of a record that is made of it and signed: `profile.email` of
 * `user = new User({ email: profile.email })` and `{ id: user.id }`. As whom somebody signs up he may say himself, but not
 * where another has said it already.
 */
export function namedByNew({ core }: SigningFile, { claims }: SignedToken): Node | undefined {
  return firstOf(
    claims.flatMap(({ nodes }) => nodes),
    (node) => {
      const root = rootOf(node);
      const file = core.fileOf(root);
      const made = root.type === "Identifier" ? initOf(file, root) : undefined;
      const fields = made === undefined || !isMade(made) ? undefined : made.arguments[0];
      const written = objectAt(file, fields);
      // `prisma.user.create({ data: { … } })`
      const object = objectAt(file, written && propertyValue(written, "data")) ?? written;
      return firstOf(object?.properties ?? [], (one) => {
        const key = one.type === "Property" ? staticKey(one.key, one.computed) : undefined;
        const isWho = key !== undefined && key !== "name" && saysWho(key);
        return one.type === "Property" && isWho && isSaidByClient(core, one.value)
          ? one.value
          : undefined;
      });
    },
  );
}

/** `new User({ … })`, `User.create({ … })` */
function isMade(node: Node): node is CallNode {
  return (
    node.type === "NewExpression" ||
    (node.type === "CallExpression" && calleeName(node).endsWith(".create"))
  );
}

function firstOf<One>(
  all: readonly One[],
  find: (one: One, at: number) => Node | undefined,
): Node | undefined {
  for (const [at, one] of all.entries()) {
    const found = find(one, at);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** One field of what the client sends, or a text that begins or ends with it; the body as a whole is another finding. */
function saidIn(view: SigningFile, written: Node): Node | undefined {
  const { core, file } = view;
  if (core.fileOf(written) !== file) return undefined;
  const name = unwrap(written);
  const init = initOf(file, name);
  const node = init !== undefined && JOINS.test(init.type) ? init : name;
  const parts = partsOf(node);
  const [part, ...others] = parts.filter((one) => !isLiteral(one));
  // `"user:" + req.body.id`
  if (parts.length > 0)
    return part === undefined || others.length > 0 ? undefined : saidIn(view, part);
  // `kind === "owner" ? `owner-${id}` : randomUUID()`
  if (node.type === "ConditionalExpression")
    return firstOf([node.consequent, node.alternate], (one) => saidIn(view, one));
  if (!isSaidByClient(core, written) || isMadeUnlike(core, name)) return undefined;
  return /\.(?:headers|cookies)(?:\.|$)/u.test(dottedPath(node)?.join(".") ?? "")
    ? undefined
    : node;
}

/** What a name holds that is put together, or chosen. */
const JOINS = /^(?:TemplateLiteral|BinaryExpression|ConditionalExpression)$/u;

/** What a text is joined of. */
function partsOf(node: Node): readonly Node[] {
  if (node.type === "TemplateLiteral") return node.expressions;
  return node.type === "BinaryExpression" && node.operator === "+" ? [node.left, node.right] : [];
}
