import { inside } from "../files/inside.ts";
import type { SourceFile } from "../files/source-file.ts";
import { dottedPath, isFunction, isNullish, parentOf, unwrap, wrapped } from "../syntax.ts";
import type { CallNode, Node } from "../syntax.ts";

/**
 * What stands behind a refusal, and rests on what is nothing there, because only a good token would have set it. It may
 * fail of that, or ask for it: `order.owner = user.id`, `const account = await Accounts.findById(userId); if (!account) …`
 */
export interface Unset {
  /** Does a statement fail, or may a function do so that is given it? What is looked up by it is as little there. */
  failsIn(statement: Node): boolean;
  /** The names of what was looked up, as far as statements have been read. */
  readonly found: ReadonlySet<string>;
}

/** @param paths `user`, `req.user` */
export function unsetReads(file: SourceFile, paths: readonly string[]): Unset {
  const found = new Set<string>();
  return {
    found,
    failsIn(statement) {
      const reads = [...paths, ...found].flatMap((path) => readsIn(file, statement, path));
      const name = reads.length > 0 ? lookedUpIn(statement) : undefined;
      if (name !== undefined) found.add(name);
      // `ensureKnown(req.session)` may ask for `req.session.userId`.
      const held = paths.flatMap((path) => {
        const holder = path.split(".").slice(0, -1);
        return holder.length > 1 ? readsIn(file, statement, holder.join(".")) : [];
      });
      return (
        reads.some((read) => isReadFrom(read) || isAskedAbout(file, read)) ||
        held.some((read) => isAskedAbout(file, read))
      );
    },
  };
}

/**
 * What is assigned in a node, as in the callback of a verification: `user = claims;`, `req.user = claims;`,
 * `({ user } = claims);`
 */
export function assignedIn({ index }: SourceFile, node: Node): string[] {
  return inside(index.assignments, node).flatMap(({ left }) =>
    targetsOf(left).flatMap((target) => dottedPath(target)?.join(".") ?? []),
  );
}

function targetsOf(pattern: Node): Node[] {
  switch (pattern.type) {
    case "ObjectPattern":
      return pattern.properties.flatMap((one) =>
        one.type === "Property" ? targetsOf(one.value) : [],
      );
    case "ArrayPattern":
      return pattern.elements.flatMap((one) => (one === null ? [] : targetsOf(one)));
    case "AssignmentPattern":
      return targetsOf(pattern.left);
    default:
      return [pattern];
  }
}

/** What is nothing where a branch is taken: `claims` of `if (!claims)`, and of `if (claims === null)` */
export function nothingBy(test: Node): string[] {
  const asked =
    test.type === "UnaryExpression"
      ? test.argument
      : test.type === "BinaryExpression" && isNullish(test.right)
        ? test.left
        : undefined;
  const path = asked === undefined ? undefined : dottedPath(asked);
  return path === undefined ? [] : [path.join(".")];
}

/** Where a path such as `user` or `req.user` is read. */
function readsIn({ index }: SourceFile, statement: Node, path: string): Node[] {
  const parts = path.split(".");
  const list = (parts.length === 1 ? index.names : index.membersNamed).get(parts.at(-1) ?? "");
  return inside<Node>(list ?? [], statement).filter((node) => dottedPath(node)?.join(".") === path);
}

/** `const account = await Accounts.findById(userId)`: of nobody it is nothing, while `new Order({ owner })` is something. */
function lookedUpIn(statement: Node): string | undefined {
  if (statement.type !== "VariableDeclaration") return undefined;
  const [{ id, init }] = statement.declarations;
  const isCalled = init !== null && unwrap(init).type === "CallExpression";
  return isCalled && id.type === "Identifier" ? id.name : undefined;
}

/** `user.id`, `const { id } = user`: not of `undefined`. */
function isReadFrom(read: Node): boolean {
  const outer = wrapped(read);
  const by = parentOf(outer);
  if (by?.type === "MemberExpression") return by.object === outer && !by.optional;
  return by?.type === "VariableDeclarator" && by.id.type === "ObjectPattern";
}

/** `await ensureOwner(userId);` as a statement of its own is there to throw, and so is `find(requireId(userId))`. */
function isAskedAbout(file: SourceFile, read: Node): boolean {
  const call = parentOf(read);
  if (call?.type !== "CallExpression" || call.callee === read) return false;
  return parentOf(wrapped(call))?.type === "ExpressionStatement" || throws(file, call);
}

/** By its name, or in sight: `const requireId = (id) => { if (!id) throw …; return id; }` */
function throws(file: SourceFile, { callee }: CallNode): boolean {
  const name = unwrap(callee);
  if (name.type !== "Identifier") return false;
  if (/^(?:require|assert|ensure|must)(?=[A-Z_]|$)/u.test(name.name)) return true;
  const node = file.variableOf(name)?.defs[0]?.node as Node | undefined;
  const owner = node?.type === "VariableDeclarator" ? node.init : node;
  return isFunction(owner) && /\bthrow\b/u.test(file.text.slice(...owner.range));
}
