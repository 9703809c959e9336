import type { TSESTree } from "@typescript-eslint/utils";
import type { SourceFile } from "../files/source-file.ts";
import { dottedPath, isFunction, parentOf, staticKey } from "../syntax.ts";
import { FROM_REQUEST } from "./asked-values.ts";

/** What a pattern takes out of a request. */
export interface TakenOut {
  /** The variable that it declares. */
  readonly name: TSESTree.Identifier;
  /** `["req", "user"]` */
  readonly path: readonly string[];
}

/** `const { user } = req`, `({ user }, res) => …`, `({ ctx: { user } }) => …` */
export function takenOut(file: SourceFile): TakenOut[] {
  return file.index.patterns.flatMap((pattern) => {
    const from = pathOf(pattern);
    if (from === undefined) return [];
    return pattern.properties.flatMap((property): TakenOut[] => {
      if (property.type !== "Property") return [];
      const { value } = property;
      const name = value.type === "AssignmentPattern" ? value.left : value;
      const key = staticKey(property.key, property.computed);
      if (name.type !== "Identifier" || key === undefined) return [];
      return [{ name, path: [...from, key] }];
    });
  });
}

/** Where what it takes apart comes from, if that is a request. */
function pathOf(pattern: TSESTree.ObjectPattern): string[] | undefined {
  const by = parentOf(pattern);
  if (by?.type === "VariableDeclarator") {
    const path = by.init === null ? undefined : dottedPath(by.init);
    return path !== undefined && FROM_REQUEST.test(path[0] ?? "") ? path : undefined;
  }
  if (by?.type === "Property" && by.parent.type === "ObjectPattern") {
    const outer = pathOf(by.parent);
    const key = staticKey(by.key, by.computed);
    return outer === undefined || key === undefined ? undefined : [...outer, key];
  }
  // A handler is given more than the request: `({ user }) => …` may take any record apart.
  return isFunction(by) && by.params.length > 1 ? ["request"] : undefined;
}
