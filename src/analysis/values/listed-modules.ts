import type { TSESTree } from "@typescript-eslint/utils";
import type { Core } from "../core.ts";
import type { SourceFile } from "../files/source-file.ts";
import { isUndeclared } from "../files/variables.ts";
import { byObject } from "../memo.ts";
import { isFunction, parentOf, textOf, unwrap } from "../syntax.ts";
import type { CallNode, FunctionNode, Node } from "../syntax.ts";
import { requiredOf } from "./bindings.ts";
import { moduleNamespace } from "./exports.ts";
import type { Value } from "./value.ts";

/** A parameter that receives a module, and the text that names it. */
interface Listed {
  readonly parameter: Node;
  readonly source: TSESTree.StringLiteral;
}

const LOADERS = ["define", "require", "requirejs"] as const;

/** What AMD modules load by lists: `define(["jsonwebtoken"], function (jwt) { … })`, `require([…], …)`. */
export const listedIn = byObject((file: SourceFile): readonly Listed[] =>
  LOADERS.flatMap((name) =>
    (file.index.called.get(name) ?? []).flatMap((call) => listedBy(file, call)),
  ),
);

/** The module that a function is handed where it is called with those of a list. */
export function listedModule(core: Core, owner: FunctionNode, position: number): Value | undefined {
  const call = parentOf(owner);
  if (call?.type !== "CallExpression" || call.callee.type !== "Identifier") return undefined;
  const parameter = owner.params[position];
  const listed = listedIn(core.fileOf(owner)).find((one) => one.parameter === parameter);
  if (listed === undefined) return undefined;
  const { source } = listed;
  return requiredOf(core.libraries, source, source.value) ?? moduleNamespace(core, source, source);
}

function listedBy(file: SourceFile, { callee, arguments: given }: CallNode): Listed[] {
  // `define("name", ["jsonwebtoken"], function (jwt) { … })`
  const at = given.findIndex(({ type }) => type === "ArrayExpression");
  const list = given[at];
  const owner = given[at + 1];
  if (list?.type !== "ArrayExpression" || !isFunction(owner) || !isUndeclared(file, unwrap(callee)))
    return [];
  return list.elements.flatMap((element, position) => {
    const parameter = owner.params[position];
    const isNamed = element?.type === "Literal" && textOf(element) !== undefined;
    return parameter === undefined || !isNamed
      ? []
      : [{ parameter, source: element as TSESTree.StringLiteral }];
  });
}
