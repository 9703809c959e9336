import type { TSESTree } from "@typescript-eslint/utils";
import type { Core } from "../core.ts";
import { decoratorsOf, dottedPath, staticKey, textOf, unwrap } from "../syntax.ts";
import type { ClassNode, Node } from "../syntax.ts";
import { possibilities, stringOf } from "../values/value.ts";
import type { ObjectValue, Value } from "../values/value.ts";
import { isRecordSecret } from "./sensitive-names.ts";

/**
 * What is known of the fields that records of a model have: the name of a secret among them, that
 * there is none (or none that leaves the database), or nothing.
 */
export type ModelFields = { readonly secret: string } | { readonly secret: undefined } | undefined;

const HARMLESS = { secret: undefined } as const;

/**
 * Code by which a model leaves fields out of every copy that is made of a record; to call `user.toJSON()` does
 * not.
 */
const LEAVES_OUT =
  /(?:(?:(?<!\.)|(?:methods|prototype)\.)to(?:JSON|Object)|defaultScope)["'`\]]*\s*[:=(,]|serializeWith|\$hidden|hidden\s*[:=]/u;

/** The fields of a model: mongoose, sequelize, drizzle, TypeORM, or a class of the program's own. */
export function modelFields(core: Core, expression: Node): ModelFields {
  for (const one of possibilities(core.evaluate(expression))) {
    const found = one.type === "class" ? classFields(core, one.node) : schemaFields(core, one);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** `model("User", new Schema({ … }))`, `define("User", { … })`, `pgTable("users", { … })`. */
function schemaFields(core: Core, value: Value): ModelFields {
  if (value.type !== "unknown") return undefined;
  const call = unwrap(value.node);
  if (call.type !== "CallExpression") return undefined;
  const name = dottedPath(call.callee)?.at(-1) ?? "";
  const [, described] = call.arguments;
  if (described === undefined || !/^(?:model|define|\w*Table)$/u.test(name)) return undefined;
  for (const one of possibilities(core.evaluate(described))) {
    const fields = one.type === "object" ? one : fieldsOfSchema(core, one);
    if (fields === undefined) continue;
    const { text } = core.fileOf(fields.node);
    return LEAVES_OUT.test(text) ? HARMLESS : fieldsIn(fields);
  }
  return undefined;
}

function fieldsOfSchema(core: Core, value: Value): ObjectValue | undefined {
  const made = unwrap(value.node);
  if (made.type !== "NewExpression" || dottedPath(made.callee)?.at(-1) !== "Schema")
    return undefined;
  const [first] = made.arguments;
  const fields = first === undefined ? undefined : core.evaluate(first);
  return fields?.type === "object" ? fields : undefined;
}

/** Fields marked `select: false` stay in the database unless they are asked for. */
function fieldsIn(fields: ObjectValue): ModelFields {
  for (const [name, { value }] of fields.properties) {
    if (!isRecordSecret(name)) continue;
    const select = value.type === "object" ? value.properties.get("select")?.value : undefined;
    if (select?.type === "literal" && select.value === false) continue;
    return { secret: name };
  }
  return fields.open ? undefined : HARMLESS;
}

/** The fields that a class declares. */
export function classFields(core: Core, owner: ClassNode): ModelFields {
  const names: string[] = [];
  for (const member of owner.body.body) {
    if (member.type === "MethodDefinition") {
      if (staticKey(member.key, member.computed) === "toJSON") return HARMLESS;
      if (member.kind === "constructor") names.push(...parameterProperties(member.value));
    }
    if (member.type !== "PropertyDefinition" || member.static) continue;
    const name = staticKey(member.key, member.computed);
    if (name !== undefined && !isLeftOut(core, member)) names.push(name);
  }
  const secret = names.find((name) => isRecordSecret(name));
  if (secret !== undefined) return { secret };
  return owner.superClass === null && names.length > 0 ? HARMLESS : undefined;
}

function parameterProperties(method: Node): string[] {
  if (method.type !== "FunctionExpression") return [];
  return method.params.flatMap((parameter) => {
    if (parameter.type !== "TSParameterProperty") return [];
    const { parameter: written } = parameter;
    const target: Node = written.type === "AssignmentPattern" ? written.left : written;
    return target.type === "Identifier" ? [target.name] : [];
  });
}

/** `@Exclude()`, `@Column({ select: false })`, `@Prop({ select: false })`, `#password`. */
function isLeftOut(core: Core, member: TSESTree.PropertyDefinition): boolean {
  if (member.key.type === "PrivateIdentifier") return true;
  const { text } = core.fileOf(member);
  return decoratorsOf(member).some((decorator) =>
    /^@(?:Exclude|Hide)|select\s*:\s*false|hidden\s*:\s*true/u.test(text.slice(...decorator.range)),
  );
}

/** How many names a type is followed through: `type A = B; type B = A` is an error that parses. */
const MAX_NAMES = 8;

/** The fields of the type that a variable is declared with, where the type is declared in its file. */
export function typeFields(
  core: Core,
  type: TSESTree.TypeNode,
  isKept: (name: string) => boolean = () => true,
  names = MAX_NAMES,
): ModelFields {
  if (names === 0) return undefined;
  if (type.type === "TSTypeLiteral") return membersOf(type.members, isKept);
  if (type.type !== "TSTypeReference" || type.typeName.type !== "Identifier") return undefined;
  const [of, keys] = type.typeArguments?.params ?? [];
  const picked = of === undefined ? undefined : keptBy(type.typeName.name, keys);
  // Whoever writes such a type knows what is left out, where that is out of sight.
  if (of !== undefined && picked !== undefined)
    return typeFields(core, of, (name) => picked(name) && isKept(name), names - 1) ?? HARMLESS;
  if (type.typeName.name === "Record") return HARMLESS;
  const declared = core.fileOf(type).variableOf(type.typeName)?.defs[0]?.node as Node | undefined;
  if (declared?.type === "TSInterfaceDeclaration") {
    const fields = membersOf(declared.body.body, isKept);
    return fields?.secret === undefined && declared.extends.length > 0 ? undefined : fields;
  }
  return declared?.type === "TSTypeAliasDeclaration"
    ? typeFields(core, declared.typeAnnotation, isKept, names - 1)
    : undefined;
}

/** Which members a utility type keeps: `Omit<User, "password" | "salt">`. */
function keptBy(
  utility: string,
  keys: TSESTree.TypeNode | undefined,
): ((name: string) => boolean) | undefined {
  if (/^(?:Partial|Readonly|Required|NonNullable)$/u.test(utility)) return () => true;
  if (keys === undefined || (utility !== "Omit" && utility !== "Pick")) return undefined;
  const named = (keys.type === "TSUnionType" ? keys.types : [keys]).map((one) =>
    one.type === "TSLiteralType" ? textOf(one.literal) : undefined,
  );
  // Of keys that are out of sight, each may be the one.
  const isNamed = (name: string): boolean => named.includes(name);
  if (utility === "Pick") return isNamed;
  return (name) => !isNamed(name) && !named.includes(undefined);
}

function membersOf(
  members: readonly TSESTree.TypeElement[],
  isKept: (name: string) => boolean,
): ModelFields {
  for (const member of members) {
    if (member.type !== "TSPropertySignature") continue;
    const name = staticKey(member.key, member.computed);
    const isFlag = member.typeAnnotation?.typeAnnotation.type === "TSBooleanKeyword";
    if (name !== undefined && !isFlag && isKept(name) && isRecordSecret(name))
      return { secret: name };
  }
  return HARMLESS;
}

/** The name of a model that is given by a text, a class or a variable. */
export function modelName(core: Core, argument: Node): string | undefined {
  return stringOf(core.evaluate(argument)) ?? dottedPath(argument)?.at(-1);
}
