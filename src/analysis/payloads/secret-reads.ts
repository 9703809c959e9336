import type { TSESTree } from "@typescript-eslint/utils";
import type { Scope } from "@typescript-eslint/utils/ts-eslint";
import type { Core } from "../core.ts";
import { ByPlace } from "../files/by-place.ts";
import type { Place } from "../files/by-place.ts";
import type { SourceFile } from "../files/source-file.ts";
import { named } from "../files/source-file.ts";
import { byObject } from "../memo.ts";
import { dottedPath, enclosingClass, memberName, staticKey, wrapped } from "../syntax.ts";
import type { ClassNode, Node } from "../syntax.ts";
import { isSameAt } from "../values/writes.ts";
import { isEmptied, rootOf } from "./cleaning.ts";
import { isRecordSecret } from "./sensitive-names.ts";

/** Which secrets does the program read off a thing, wherever in the file it does? */

/**
 * A secret that the program reads off the same thing elsewhere, or writes to it:
 * `bcrypt.compare(given, user.password)`, `const { password } = req.body`.
 */
export function secretRead(core: Core, node: Node): string | undefined {
  const file = core.fileOf(node);
  const at = placeOf(file, node);
  if (at === undefined) return undefined;
  const { members, taken } = secretsOf(file);
  for (const member of members.at(at)) {
    if (!isSameThing(at.holder, node, member)) continue;
    const name = memberName(member) ?? "";
    const field = isCalled(member) ? COMPARES.exec(name)?.[1]?.toLowerCase() : name;
    if (field !== undefined && !isEmptied(core, member)) return field;
  }
  return taken.at(at).find(({ from }) => isSameThing(at.holder, node, from))?.name;
}

/** A method that looks at the password that is stored with the record. */
const COMPARES = /^(?:compare|check|match|matches|authenticate|test)_?(password|passwd|pwd)$/iu;

function isCalled(member: TSESTree.MemberExpression): boolean {
  const outer = wrapped(member);
  return outer.parent?.type === "CallExpression" && outer.parent.callee === outer;
}

type Holder = Scope.Variable | ClassNode | undefined;

function placeOf(file: SourceFile, node: Node): Place<Holder> | undefined {
  const path = dottedPath(node)?.join(".");
  const root = rootOf(node);
  if (path === undefined || root === undefined) return undefined;
  if (root.type === "ThisExpression") return { path, holder: enclosingClass(root) };
  const holder = file.variableOf(root);
  return holder === undefined ? undefined : { path, holder };
}

/** Does the variable hold the same row at both places? Fields of a class are given once, as far as one can see. */
function isSameThing(holder: Holder, one: Node, other: Node): boolean {
  if (holder === undefined || !("references" in holder)) return true;
  const [root, otherRoot] = [rootOf(one), rootOf(other)];
  return root !== undefined && otherRoot !== undefined && isSameAt(holder, root, otherRoot);
}

interface Secrets {
  /** `user.password`, by what stands before the secret. */
  readonly members: ByPlace<Holder, TSESTree.MemberExpression>;
  /** What `const { password } = user` takes, by what it is taken from. */
  readonly taken: ByPlace<Holder, { readonly name: string; readonly from: Node }>;
}

/** By place, since each record of a file is asked for. */
const secretsOf = byObject((file: SourceFile): Secrets => {
  const members: Secrets["members"] = new ByPlace();
  for (const member of named(file.index.membersNamed, isRecordSecret)) {
    const place = placeOf(file, member.object);
    if (place !== undefined) members.add(place, member);
  }
  const taken: Secrets["taken"] = new ByPlace();
  for (const { parent, properties } of file.index.patterns) {
    const from = parent.type === "VariableDeclarator" ? parent.init : null;
    const place = from === null ? undefined : placeOf(file, from);
    if (from === null || place === undefined) continue;
    for (const property of properties) {
      const name =
        property.type === "Property" ? staticKey(property.key, property.computed) : undefined;
      if (name !== undefined && isRecordSecret(name)) taken.add(place, { name, from });
    }
  }
  return { members, taken };
});
