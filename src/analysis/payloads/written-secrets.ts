import type { TSESTree } from "@typescript-eslint/utils";
import type { Core } from "../core.ts";
import { contains, dottedPath, enclosingFunction, memberName, unwrap } from "../syntax.ts";
import type { Node } from "../syntax.ts";
import { isEmptied, rootOf } from "./cleaning.ts";
import { isHarmless } from "./harmless.ts";
import { sensitivityOf } from "./sensitive-names.ts";

/** A secret, and the assignment that puts it somewhere or the member that reads it. */
export interface FoundSecret {
  readonly name: string;
  readonly node: Node;
}

/**
 * Which secrets does a function write to a thing out of sight that it then signs as a whole?
 * `req.body.password_hash = await hash(password); jwt.sign(req.body, key)`.
 *
 * @param until the call that reads it
 */
export function writtenSecrets(core: Core, payload: Node, until: Node): FoundSecret[] {
  const thing = unwrap(payload);
  const path = dottedPath(thing)?.join(".");
  const root = rootOf(thing);
  if (path === undefined || root?.type !== "Identifier") return [];
  const file = core.fileOf(thing);
  const variable = file.variableOf(root);
  return file.index.assignments.flatMap((node) => {
    const { right, operator } = node;
    const left = unwrap(node.left);
    if (left.type !== "MemberExpression" || operator !== "=") return [];
    const name = memberName(left);
    if (name === undefined || sensitivityOf(name) !== "secret") return [];
    if (dottedPath(left.object)?.join(".") !== path || isEmptied(core, left)) return [];
    const holder = rootOf(left);
    if (holder === undefined || file.variableOf(holder) !== variable) return [];
    // What is called back later comes behind it, too.
    const owner = enclosingFunction(left);
    if (owner === undefined || !contains(owner, until)) return [];
    if (left.range[1] > until.range[0]) return [];
    const isNone = isHarmless(right, core.evaluate(right), name) || isReplaced(core, left, until);
    return isNone ? [] : [{ name, node }];
  });
}

/** `delete req.body.password`, `req.body = pick(req.body, "id")` on the way from one to the other. */
function isReplaced(core: Core, written: TSESTree.MemberExpression, until: Node): boolean {
  const [field, whole] = [written, unwrap(written.object)].map((one) => dottedPath(one)?.join("."));
  const { index } = core.fileOf(written);
  const isBetween = ({ range }: Node): boolean =>
    range[0] > written.range[1] && range[1] < until.range[0];
  const isGone = (index.membersNamed.get(memberName(written) ?? "") ?? []).some(
    (member) =>
      isBetween(member) && dottedPath(member)?.join(".") === field && isEmptied(core, member),
  );
  return (
    isGone ||
    index.assignments.some(({ left }) => isBetween(left) && dottedPath(left)?.join(".") === whole)
  );
}
