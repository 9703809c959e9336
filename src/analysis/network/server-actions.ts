import type { SourceFile } from "../files/source-file.ts";
import { byObject } from "../memo.ts";
import type { FunctionNode, Node } from "../syntax.ts";

/**
 * Functions of Next.js that a page calls over the network: those that a file with the directive `"use server"` exports, and
 * those that begin with it. Whoever sends such a request says what they are given.
 */
export function isServerAction(file: SourceFile, owner: FunctionNode): boolean {
  if (!file.text.includes("use server")) return false;
  if (owner.body.type === "BlockStatement" && saysServer(owner.body.body)) return true;
  return isOfServer(file) && isExported(file, owner);
}

const isOfServer = byObject(({ statements }: SourceFile): boolean => saysServer(statements));

/** Parsers tell directives from texts that stand behind something else. */
function saysServer(statements: readonly Node[]): boolean {
  return statements.some(
    (one) => one.type === "ExpressionStatement" && one.directive === "use server",
  );
}

/** `export async function login() {}`, `export const login = async () => {}`, `export { login }` */
function isExported({ statements }: SourceFile, owner: FunctionNode): boolean {
  const holder = owner.parent;
  const declared = holder.type === "VariableDeclarator" ? holder.parent.parent : holder;
  if (/^Export(?:Named|Default)Declaration$/u.test(declared.type)) return true;
  const name = holder.type === "VariableDeclarator" ? holder.id : owner.id;
  return (
    name?.type === "Identifier" &&
    statements.some(
      (one) =>
        one.type === "ExportNamedDeclaration" &&
        one.source === null &&
        one.specifiers.some(({ local }) => local.name === name.name),
    )
  );
}
