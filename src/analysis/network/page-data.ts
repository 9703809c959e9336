import type { TSESTree } from "@typescript-eslint/utils";
import type { Core } from "../core.ts";
import type { SourceFile } from "../files/source-file.ts";
import {
  calleeName,
  contains,
  enclosingFunction,
  functionName,
  parentOf,
  staticKey,
  wrapped,
} from "../syntax.ts";
import type { FunctionNode, Node } from "../syntax.ts";

/**
 * Is a property part of what a page is given by the function that loads its data: `load` of SvelteKit, `loader` of Remix
 * beside the component of its route, `getServerSideProps` of Next.js? The page of who asks shows it, and nobody else reads it.
 */
export function isPageData(core: Core, field: TSESTree.Property): boolean {
  const owner = enclosingFunction(field);
  return owner !== undefined && loadsPage(core.fileOf(owner), owner) && isGiven(field, owner);
}

function loadsPage(file: SourceFile, owner: FunctionNode): boolean {
  const name = functionName(owner) ?? "";
  if (name === "load") return PAGE.test(file.path ?? "");
  if (name === "loader")
    return file.statements.some(({ type }) => type === "ExportDefaultDeclaration");
  return name === "getServerSideProps";
}

/** `+page.server.ts`, and not `+layout.server.ts`, whose data the functions of the pages below ask for by `await parent()` */
const PAGE = /\+page(?:\.server)?\.[jt]s$/u;

/**
 * `return { menu: { … } }`, `return json({ … })`, `() => ({ … })`: of Next.js what stands under `props`, as `notFound` and
 * `redirect` beside it decide whether there is a page, and of a call what it is given first, as headers come second.
 */
function isGiven(field: Node, owner: FunctionNode): boolean {
  const isOfNext = functionName(owner) === "getServerSideProps";
  let last: Node = field;
  for (let at = parentOf(field); at !== undefined; at = parentOf(wrapped(at))) {
    if (at === owner || at.type === "ReturnStatement")
      return !isOfNext || (last.type === "Property" && isProps(last) && last !== field);
    if (at.type === "CallExpression") {
      const [first] = at.arguments;
      if (!/^(?:json|data|defer)$/u.test(calleeName(at)) || first === undefined) return false;
      if (!contains(first, field)) return false;
    } else if (at.type === "Property") last = at;
    else if (at.type !== "ObjectExpression") return false;
  }
  return false;
}

function isProps({ key, computed }: TSESTree.Property): boolean {
  return staticKey(key, computed) === "props";
}
