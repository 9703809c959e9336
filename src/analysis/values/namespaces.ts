import type { TSESTree } from "@typescript-eslint/utils";
import type { Scope } from "@typescript-eslint/utils/ts-eslint";
import type { Core } from "../core.ts";
import type { Node } from "../syntax.ts";
import { declaredNames } from "./exports.ts";
import { propertyOf } from "./members.ts";
import { map, unknown } from "./value.ts";
import type { PropertyValue, Value } from "./value.ts";

/**
 * What a TypeScript namespace exports, as one object. All blocks of one name in a file are one
 * namespace; what is only declared has its value elsewhere.
 */
export function namespaceValue(core: Core, variable: Scope.Variable, use: Node): Value {
  const properties = new Map<string, PropertyValue>();
  let open = false;
  for (const { node } of variable.defs) {
    const block = node as Node;
    if (block.type !== "TSModuleDeclaration" || block.declare || !hasBody(block)) {
      open = true;
      continue;
    }
    for (const statement of block.body.body) {
      if (statement.type !== "ExportNamedDeclaration" || statement.declaration === null) continue;
      for (const identifier of declaredNames(statement.declaration)) {
        properties.set(identifier.name, {
          value: core.evaluate(identifier),
          node: statement,
          certain: true,
        });
      }
    }
  }
  // A class or function of the same name has members of its own.
  return { type: "object", node: use, properties, open };
}

function hasBody(
  block: TSESTree.TSModuleDeclaration,
): block is TSESTree.TSModuleDeclaration & { readonly body: TSESTree.TSModuleBlock } {
  return (block as { readonly body?: Node }).body?.type === "TSModuleBlock";
}

/** `import Keys = Settings.Keys` */
export function aliased(core: Core, name: TSESTree.EntityName): Value {
  if (name.type === "Identifier") return core.evaluate(name);
  if (name.type !== "TSQualifiedName") return unknown(name, "namespace alias");
  return map(aliased(core, name.left), (one) => propertyOf(core, one, name.right.name, name));
}
