import type { TSESTree } from "@typescript-eslint/utils";
import type { SourceFile } from "../files/source-file.ts";
import { enclosingClass, memberName, staticKey, unwrap } from "../syntax.ts";
import type { Node } from "../syntax.ts";

/**
 * The type that a member of a class is declared with, as it is written there: `LocalStorageService` of
 * `this.storage`, where a field or a parameter of the constructor says so.
 */
export function declaredType(written: Node): TSESTree.Identifier | undefined {
  const node = unwrap(written);
  if (node.type !== "MemberExpression" || node.object.type !== "ThisExpression") return undefined;
  const name = memberName(node);
  for (const member of enclosingClass(node)?.body.body ?? []) {
    if (member.type === "PropertyDefinition") {
      if (staticKey(member.key, member.computed) === name && member.typeAnnotation !== undefined)
        return referenceOf(member.typeAnnotation.typeAnnotation);
    } else if (member.type === "MethodDefinition" && member.kind === "constructor") {
      for (const parameter of member.value.params) {
        if (parameter.type !== "TSParameterProperty") continue;
        const { parameter: inner } = parameter;
        if (inner.type === "Identifier" && inner.name === name)
          return referenceOf(inner.typeAnnotation?.typeAnnotation);
      }
    }
  }
  return undefined;
}

/** The type that a variable or a parameter is declared with: `KeyObject` of `key: KeyObject`. */
export function declaredTypeOfName(
  file: SourceFile,
  written: Node,
): TSESTree.Identifier | undefined {
  const [definition] = file.variableOf(unwrap(written))?.defs ?? [];
  const name = definition?.name as Node | undefined;
  return name?.type === "Identifier" ? referenceOf(name.typeAnnotation?.typeAnnotation) : undefined;
}

/** `Storage`, and `Storage | null` */
function referenceOf(type: Node | undefined): TSESTree.Identifier | undefined {
  if (type?.type === "TSUnionType") {
    const [one, ...more] = type.types.filter(
      ({ type: kind }) => kind !== "TSNullKeyword" && kind !== "TSUndefinedKeyword",
    );
    return more.length === 0 ? referenceOf(one) : undefined;
  }
  return type?.type === "TSTypeReference" && type.typeName.type === "Identifier"
    ? type.typeName
    : undefined;
}
