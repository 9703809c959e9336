import type { TSESTree } from "@typescript-eslint/utils";
import type { SourceFile } from "../files/source-file.ts";
import { byObject } from "../memo.ts";
import type { Node } from "../syntax.ts";
import { requiredSpecifier } from "./bindings.ts";

/** A call that loads a module, and the text that names it. */
interface Required {
  readonly node: Node;
  readonly source: TSESTree.StringLiteral;
}

/** What a file loads by calls: `require("x")`, `module.require("x")`, `import("x")`. */
export const requiredBy = byObject(({ index }: SourceFile): readonly Required[] => {
  const named = index.names.get("require") ?? [];
  const loading = [...named.flatMap(callOf), ...index.imports];
  return loading.flatMap((node) => {
    const source = requiredSpecifier(node);
    return source === undefined ? [] : [{ node, source }];
  });
});

/** The call of a function by its name, alone or as a member. */
function callOf(name: Node): Node[] {
  const parent = name.parent?.type === "MemberExpression" ? name.parent.parent : name.parent;
  return parent?.type === "CallExpression" ? [parent] : [];
}
