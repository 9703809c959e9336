import type { TSESTree } from "@typescript-eslint/utils";
import type { Core } from "../core.ts";
import type { SourceFile } from "../files/source-file.ts";
import { calleeName, enclosingFunction, functionName, parentOf, wrapped } from "../syntax.ts";
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

/** `+page.server.ts`, `+layout.js` */
const PAGE = /\+(?:page|layout)(?:\.server)?\.[jt]s$/u;

/** `return { menu: { … } }`, `return json({ … })`, `() => ({ … })` */
function isGiven(field: Node, owner: FunctionNode): boolean {
  let at: Node | undefined = parentOf(field);
  for (; at !== undefined; at = parentOf(wrapped(at))) {
    if (at === owner || at.type === "ReturnStatement") return true;
    const isAnswer = at.type === "CallExpression" && /^(?:json|data|defer)$/u.test(calleeName(at));
    if (!isAnswer && at.type !== "ObjectExpression" && at.type !== "Property") return false;
  }
  return false;
}
