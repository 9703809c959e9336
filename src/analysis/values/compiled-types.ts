import type { SourceFile } from "../files/source-file.ts";
import { dottedPath, isClass, isFunction, parentOf, textOf, unwrap } from "../syntax.ts";
import type { ClassNode, Node } from "../syntax.ts";

/**
 * Which type had a constructor's parameter before it was compiled? TypeScript writes it down for
 * frameworks that inject by type: `Service = __decorate([__metadata("design:paramtypes",
 * [jwt_1.JwtService])], Service)`.
 */
export function compiledType(file: SourceFile, parameter: Node): Node | undefined {
  const owner = parentOf(parameter);
  const member = isFunction(owner) ? owner.parent : undefined;
  if (!isFunction(owner) || member?.type !== "MethodDefinition" || member.kind !== "constructor") {
    return undefined;
  }
  const written = parentOf(member)?.parent;
  if (!isClass(written)) return undefined;
  const position = owner.params.findIndex((one) => one === parameter);
  return typesOf(file, nameOf(written))[position];
}

/** The calls that TypeScript makes, and how it names its helper. */
const DECORATE = /^(?:tslib\w*\.)?__decorate$/u;
const METADATA = /^(?:tslib\w*\.)?__metadata$/u;

function typesOf(file: SourceFile, name: string | undefined): readonly Node[] {
  if (name === undefined) return [];
  for (const helper of file.index.names.get("__metadata") ?? []) {
    const callee = helper.parent?.type === "MemberExpression" ? helper.parent : helper;
    const call = callee.parent;
    if (call?.type !== "CallExpression" || !METADATA.test(dottedPath(call.callee)?.join(".") ?? ""))
      continue;
    const [key, types] = call.arguments;
    if (textOf(key) !== "design:paramtypes") continue;
    if (types?.type !== "ArrayExpression" || decorated(call) !== name) continue;
    return types.elements.flatMap((type) => (type === null ? [] : [unwrap(type)]));
  }
  return [];
}

/** The class that `__decorate([…], Service)` is called for. */
function decorated(metadata: Node): string | undefined {
  const list = parentOf(metadata);
  const call = list === undefined ? undefined : parentOf(list);
  if (call?.type !== "CallExpression" || !DECORATE.test(dottedPath(call.callee)?.join(".") ?? ""))
    return undefined;
  const target = call.arguments[1];
  return target?.type === "Identifier" ? target.name : undefined;
}

/** `let Service = class Service {}` */
function nameOf(node: ClassNode): string | undefined {
  if (node.parent.type === "VariableDeclarator" && node.parent.id.type === "Identifier") {
    return node.parent.id.name;
  }
  return node.id?.name;
}
