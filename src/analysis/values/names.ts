import type { TSESTree } from "@typescript-eslint/utils";
import type { Scope } from "@typescript-eslint/utils/ts-eslint";
import type { Core } from "../core.ts";
import { contains, enclosingClass, isClass, parentOf, staticKey } from "../syntax.ts";
import type { FunctionNode, Node } from "../syntax.ts";
import { defaultOf, entityValue, globalOf, memberOf, namespaceOf, requiredOf } from "./bindings.ts";
import { callSites } from "./call-sites.ts";
import { handedTo } from "./callbacks.ts";
import { compiledType } from "./compiled-types.ts";
import { configuredType, injectedSettings } from "./configuration.ts";
import { defaultExport, moduleNamespace, namedExport } from "./exports.ts";
import { propertyOf } from "./members.ts";
import { importedDecoder, loadedDecoder } from "./named-decoders.ts";
import { aliased, namespaceValue } from "./namespaces.ts";
import { withMutations } from "./objects.ts";
import { elementsOf, takeApart, valueOfWrite } from "./patterns.ts";
import { choice, isUndefined, literal, unknown } from "./value.ts";
import type { Value } from "./value.ts";
import { wholeFile } from "./whole-files.ts";
import { unseenAt } from "./writes.ts";
import type { Giver } from "./writes.ts";

/** What an identifier can be: the choice of everything that its variable is given. */
export function valueOfName(core: Core, node: TSESTree.Identifier): Value {
  const variable = core.fileOf(node).variableOf(node);
  if (variable === undefined || variable.defs.length === 0) {
    if (node.name === "NaN") return literal(node, Number.NaN);
    if (node.name === "Infinity") return literal(node, Number.POSITIVE_INFINITY);
    return globalOf(core.libraries, node, node.name) ?? { type: "global", node, path: [node.name] };
  }
  return valueOfVariable(core, variable, node);
}

/**
 * A variable that a place sees everything of holds the same wherever else that is so, and is looked at
 * once. What nobody can see is said of the place that asks.
 */
function valueOfVariable(core: Core, variable: Scope.Variable, use: Node): Value {
  const unseen = unseenAt(variable, use);
  if (unseen.size > 0) return computeVariable(core, variable, use, unseen);
  const known = core.variables.get(variable);
  if (known === undefined) {
    const value = computeVariable(core, variable, use, unseen);
    core.variables.set(variable, { value, use });
    return value;
  }
  return known.value.node === known.use ? ({ ...known.value, node: use } as Value) : known.value;
}

/** @param unseen what does not count where the variable is read */
function computeVariable(
  core: Core,
  variable: Scope.Variable,
  use: Node,
  unseen: ReadonlySet<Giver>,
): Value {
  const values: Value[] = [];
  for (const definition of variable.defs) {
    if (unseen.has(definition)) continue;
    const value = valueOfDefinition(core, variable, definition, use);
    if (value !== undefined) values.push(value);
  }
  for (const reference of variable.references) {
    // Declarations with an initialiser are their own definition, seen above.
    if (!reference.isWrite() || reference.init === true || unseen.has(reference)) continue;
    values.push(valueOfWrite(core, reference));
  }
  // `let secret; … secret = x`: uninitialised is what it is before, not what is used.
  const written = values.length > 1 ? values.filter((value) => !isUndefined(value)) : values;
  const value = choice(use, written.length > 0 ? written : values);
  return withMutations(core, variable, value);
}

function valueOfDefinition(
  core: Core,
  variable: Scope.Variable,
  definition: Scope.Definition,
  use: Node,
): Value | undefined {
  const node = definition.node as Node;
  switch (node.type) {
    case "ImportSpecifier":
    case "ImportDefaultSpecifier":
    case "ImportNamespaceSpecifier":
      return valueOfImport(core, node);
    case "TSImportEqualsDeclaration": {
      const reference = node.moduleReference;
      if (reference.type !== "TSExternalModuleReference") return aliased(core, reference);
      const source = reference.expression;
      return requiredOf(core.libraries, node, source.value) ?? moduleNamespace(core, node, source);
    }
    case "VariableDeclarator":
      return valueOfDeclarator(core, variable, node);
    case "ClassDeclaration":
    case "ClassExpression":
      return { type: "class", node };
    case "TSModuleDeclaration": {
      const first = variable.defs.find(({ node: one }) => (one as Node).type === node.type);
      return definition === first ? namespaceValue(core, variable, use) : undefined;
    }
    case "TSEnumDeclaration":
      return enumValue(core, node);
    case "TSEnumMember":
      return node.initializer === undefined
        ? unknown(node, "enum")
        : core.evaluate(node.initializer);
    case "FunctionDeclaration":
    case "FunctionExpression":
    case "ArrowFunctionExpression":
      if ((definition.type as string) === "Parameter") {
        const name = variable.identifiers[0];
        return name === undefined ? unknown(use, "parameter") : valueOfParameter(core, name, node);
      }
      return { type: "function", node };
    default:
      return unknown(use, definition.type);
  }
}

function valueOfImport(
  core: Core,
  node:
    TSESTree.ImportSpecifier | TSESTree.ImportDefaultSpecifier | TSESTree.ImportNamespaceSpecifier,
): Value {
  const { source } = node.parent as TSESTree.ImportDeclaration;
  const { libraries } = core;
  if (node.type === "ImportNamespaceSpecifier") {
    return namespaceOf(libraries, node, source.value) ?? moduleNamespace(core, node, source);
  }
  const name =
    node.type === "ImportDefaultSpecifier"
      ? "default"
      : node.imported.type === "Identifier"
        ? node.imported.name
        : node.imported.value;
  const described =
    name === "default"
      ? defaultOf(libraries, node, source.value)
      : libraryMember(core, node, source, name);
  if (described !== undefined) return described;
  const value =
    name === "default" ? defaultExport(core, node, source) : namedExport(core, node, source, name);
  return (isOutOfSight(value) ? importedDecoder(core, node) : undefined) ?? value;
}

function libraryMember(
  core: Core,
  node: Node,
  source: TSESTree.StringLiteral,
  name: string,
): Value | undefined {
  const namespace = namespaceOf(core.libraries, node, source.value);
  return namespace?.type === "entity" ? memberOf(namespace, node, name) : undefined;
}

function valueOfDeclarator(
  core: Core,
  variable: Scope.Variable,
  node: TSESTree.VariableDeclarator,
): Value | undefined {
  const name = variable.identifiers.find((identifier) => contains(node.id, identifier));
  if (node.init === null) {
    const loop = node.parent.parent;
    if (loop.type === "ForOfStatement" && loop.left === node.parent) {
      return name === undefined
        ? undefined
        : takeApart(core, node.id, name, elementsOf(core.evaluate(loop.right), node));
    }
    if (loop.type === "ForInStatement") return unknown(node, "loop variable");
    const typed = name === undefined ? undefined : typedInstance(core, name);
    return typed ?? literal(node, undefined);
  }
  if (name === undefined) return undefined;
  const picked = pickedExport(core, node, name);
  const value = picked ?? takeApart(core, node.id, name, core.evaluate(node.init));
  const decoder = isOutOfSight(value) ? loadedDecoder(core, node, name) : undefined;
  if (decoder !== undefined || picked !== undefined) return decoder ?? picked;
  return value.type === "unknown" ? (typedInstance(core, name) ?? value) : value;
}

function isOutOfSight({ type }: Value): boolean {
  return type === "unknown" || type === "module";
}

/** `const { secret } = require("./config")` */
function pickedExport(
  core: Core,
  { id, init }: TSESTree.VariableDeclarator,
  name: Node,
): Value | undefined {
  if (id.type !== "ObjectPattern" || init === null) return undefined;
  const source = wholeFile(core, init);
  const property = id.properties.find((one) => contains(one, name));
  if (source === undefined || property?.type !== "Property") return undefined;
  const key = staticKey(property.key, property.computed);
  if (key === undefined) return undefined;
  return takeApart(core, property.value, name, namedExport(core, property, source, key));
}

function valueOfParameter(core: Core, name: Node, owner: FunctionNode): Value {
  const told = core.parameters.get(name);
  if (told !== undefined) return told;
  const typed = typedInstance(core, name);
  if (typed !== undefined) return typed;
  const position = owner.params.findIndex((parameter) => contains(parameter, name));
  const parameter = owner.params[position];
  if (parameter === undefined) return unknown(name, "parameter");
  const injected = injectedSettings(core, parameter);
  const pattern = parameter.type === "TSParameterProperty" ? parameter.parameter : parameter;
  if (injected !== undefined) return takeApart(core, pattern, name, injected);
  if (pattern.type === "RestElement") return unknown(name, "rest parameter");
  const resolved = handedTo(core, owner, position);
  if (resolved !== undefined) return takeApart(core, pattern, name, resolved);
  const asked = core.calls.get(owner);
  const sites = asked === undefined ? callSites(core, owner) : { calls: [asked], open: false };
  const given: Value[] = sites.calls.map((call) => {
    const spread = call.arguments.findIndex((argument) => argument.type === "SpreadElement");
    if (spread !== -1 && spread <= position) return unknown(name, "spread argument");
    const argument = call.arguments[position];
    return argument === undefined ? literal(call, undefined) : core.evaluate(argument);
  });
  if (sites.open) given.push(unknown(name, "parameter"));
  return takeApart(core, pattern, name, choice(name, given));
}

/** `private readonly jwt: JwtService`: an instance of the class that the annotation names. */
function typedInstance(core: Core, name: Node): Value | undefined {
  const annotation = "typeAnnotation" in name ? name.typeAnnotation : undefined;
  if (annotation?.type === "TSTypeAnnotation") {
    return instanceOfType(core, annotation.typeAnnotation);
  }
  const compiled = compiledType(core.fileOf(name), name);
  return compiled === undefined ? undefined : instanceOf(core, core.evaluate(compiled));
}

export function instanceOfType(core: Core, type: TSESTree.TypeNode): Value | undefined {
  if (type.type !== "TSTypeReference") return undefined;
  const { typeName } = type;
  if (typeName.type === "TSQualifiedName") {
    if (typeName.left.type !== "Identifier") return undefined;
    const namespace = core.evaluate(typeName.left);
    return namespace.type === "entity"
      ? instanceEntity(propertyOf(core, namespace, typeName.right.name, type))
      : undefined;
  }
  if (typeName.type !== "Identifier") return undefined;
  const variable = core.fileOf(typeName).variableOf(typeName);
  if (variable === undefined || variable.defs.length === 0) return undefined;
  return instanceOf(core, core.evaluate(typeName), type);
}

function instanceOf(core: Core, named: Value, type?: TSESTree.TSTypeReference): Value | undefined {
  return named.type === "module" ? configuredType(core, named, type) : instanceEntity(named);
}

/** What `new` gives of a class that a library describes. */
export function instanceEntity(value: Value): Value | undefined {
  if (value.type === "class") return { type: "instance", node: value.node, of: value.node };
  if (value.type !== "entity") return undefined;
  const path = value.library.entities[value.path]?.returns ?? `${value.path}#`;
  const isKnown =
    value.library.entities[value.path]?.returns !== undefined ||
    Object.keys(value.library.entities).some((key) => key.startsWith(`${path}.`));
  return isKnown ? entityValue(value.node, value.library, path) : undefined;
}

function enumValue(core: Core, node: TSESTree.TSEnumDeclaration): Value {
  let next: number | undefined = 0;
  const properties = new Map<string, { value: Value; node: Node; certain: boolean }>();
  for (const member of node.body.members) {
    const name = member.id.type === "Identifier" ? member.id.name : member.id.value;
    let value: Value;
    if (member.initializer === undefined) {
      value = next === undefined ? unknown(member, "enum") : literal(member, next);
      if (next !== undefined) next += 1;
    } else {
      value = core.evaluate(member.initializer);
      next =
        value.type === "literal" && typeof value.value === "number" ? value.value + 1 : undefined;
    }
    properties.set(name, { value, node: member, certain: true });
  }
  return { type: "object", node, properties, open: false };
}

/** `this` in a class is an instance of it; in a method of an object literal, that object. */
export function valueOfThis(core: Core, node: TSESTree.ThisExpression): Value {
  for (
    let current: Node | undefined = node.parent;
    current !== undefined;
    current = parentOf(current)
  ) {
    if (current.type === "PropertyDefinition" || current.type === "MethodDefinition") {
      const owner = enclosingClass(current);
      if (owner === undefined) break;
      return current.static
        ? { type: "class", node: owner }
        : { type: "instance", node, of: owner };
    }
    if (isClass(current)) break;
    if (current.type === "FunctionExpression" || current.type === "FunctionDeclaration") {
      const holder: Node = current.parent;
      if (
        holder.type === "Property" &&
        holder.value === current &&
        holder.parent.type === "ObjectExpression"
      ) {
        // Frameworks put more into it (the state of a store, the data of a component), and so do methods.
        const object = core.evaluate(holder.parent);
        return object.type === "object" ? { ...object, open: true } : object;
      }
      if (holder.type !== "MethodDefinition") return unknown(node, "this");
    }
  }
  return unknown(node, "this");
}
