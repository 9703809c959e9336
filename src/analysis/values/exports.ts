import type { TSESTree } from "@typescript-eslint/utils";
import type { Core } from "../core.ts";
import type { SourceFile } from "../files/source-file.ts";
import { isOwnFile } from "../files/specifiers.ts";
import { dottedPath, staticKey } from "../syntax.ts";
import type { Node } from "../syntax.ts";
import { table } from "../table.ts";
import { memberOf, namespaceOf } from "./bindings.ts";
import { propertyOf } from "./members.ts";
import { merged } from "./objects.ts";
import { timeByName } from "./time-names.ts";
import { choice, literal, map, unknown } from "./value.ts";
import type { PropertyValue, Value } from "./value.ts";

/** How many re-exports one name is followed through. */
const MAX_HOPS = 4;

/** Modules whose members are known to the analysis by the global name they also have. */
const SAME_AS_GLOBAL: Readonly<Record<string, string>> = table({ buffer: "", process: "process" });

/** `import * as x`, `require("x")` of a module that is not a described library. */
export function moduleNamespace(core: Core, node: Node, source: TSESTree.StringLiteral): Value {
  const file = core.resolve(core.fileOf(node), source);
  if (file !== undefined) return namespaceObject(core, file, node, MAX_HOPS);
  return packageNamespace(node, source.value);
}

export function defaultExport(core: Core, node: Node, source: TSESTree.StringLiteral): Value {
  const file = core.resolve(core.fileOf(node), source);
  return file === undefined ? packageNamespace(node, source.value) : exportsOf(core, file, node);
}

export function namedExport(
  core: Core,
  node: Node,
  source: TSESTree.StringLiteral,
  name: string,
): Value {
  const file = core.resolve(core.fileOf(node), source);
  if (file === undefined) {
    const time = timeByName(name);
    if (time !== undefined) return literal(node, time);
    const namespace = packageNamespace(node, source.value);
    return namespace.type === "unknown" ? namespace : propertyOf(core, namespace, name, node);
  }
  return exported(core, file, name, node, MAX_HOPS) ?? unknown(node, "unresolved export");
}

function packageNamespace(node: Node, written: string): Value {
  const specifier = written.replace(/^node:/u, "");
  if (isOwnFile(specifier)) return unknown(node, "unresolved import");
  const known = SAME_AS_GLOBAL[specifier];
  if (known !== undefined) return { type: "global", node, path: known === "" ? [] : [known] };
  return { type: "module", node, specifier, path: [] };
}

/** What `require` gives of a file: its default export, or everything that it exports. */
export function exportsOf(core: Core, file: SourceFile, node: Node): Value {
  return (
    exported(core, file, "default", node, MAX_HOPS) ?? namespaceObject(core, file, node, MAX_HOPS)
  );
}

/** Everything a file exports, as one object. */
function namespaceObject(core: Core, file: SourceFile, node: Node, hops: number): Value {
  if (hops === 0) return unknown(node, "too many re-exports");
  const whole = commonJsExport(core, file, node);
  if (whole !== undefined) return whole;
  const properties = new Map<string, PropertyValue>();
  let open = false;
  for (const statement of file.statements) {
    if (statement.type === "ExportAllDeclaration" && statement.exported === null) open = true;
    for (const name of exportedNames(statement)) {
      const value = exported(core, file, name, node, hops);
      if (value !== undefined) properties.set(name, { value, node: statement, certain: true });
    }
  }
  return { type: "object", node, properties, open };
}

function exportedNames(statement: TSESTree.ProgramStatement): string[] {
  if (statement.type === "ExportDefaultDeclaration") return ["default"];
  if (statement.type !== "ExportNamedDeclaration") return [];
  return statement.declaration === null
    ? statement.specifiers.map((specifier) => nameOf(specifier.exported))
    : declaredNames(statement.declaration).map(({ name }) => name);
}

/** The names that a declaration declares. */
export function declaredNames(declaration: Node): TSESTree.Identifier[] {
  if (declaration.type === "VariableDeclaration") {
    return declaration.declarations.flatMap((one) => boundNames(one.id));
  }
  return "id" in declaration && declaration.id?.type === "Identifier" ? [declaration.id] : [];
}

/** One export of an ES or CommonJS module. */
function exported(
  core: Core,
  file: SourceFile,
  name: string,
  node: Node,
  hops: number,
): Value | undefined {
  if (hops === 0) return unknown(node, "too many re-exports");
  const stars: TSESTree.ExportAllDeclaration[] = [];
  for (const statement of file.statements) {
    if (statement.type === "ExportAllDeclaration") {
      if (statement.exported === null) stars.push(statement);
      else if (statement.exported.name === name)
        return moduleNamespace(core, statement, statement.source);
    } else if (statement.type === "ExportDefaultDeclaration" && name === "default") {
      return core.evaluate(statement.declaration);
    } else if (statement.type === "ExportNamedDeclaration") {
      const value = exportedBy(core, statement, name, hops);
      if (value !== undefined) return value;
    } else if (statement.type === "TSExportAssignment" && name === "default") {
      return core.evaluate(statement.expression);
    }
  }
  for (const star of stars) {
    const value = reexported(core, star, star.source, name, hops);
    if (value !== undefined && value.type !== "unknown") return value;
  }
  const own = name === "default" ? undefined : commonJsMember(core, file, name);
  if (own !== undefined) return own;
  const whole = commonJsExport(core, file, node);
  if (whole === undefined) return undefined;
  return name === "default" && !(whole.type === "object" && whole.properties.has("default"))
    ? whole
    : map(whole, (one) => propertyOf(core, one, name, node));
}

/**
 * One member of what a CommonJS module exports, where it can be told from the others without looking
 * at them: they may rest on files of their own.
 */
function commonJsMember(core: Core, file: SourceFile, name: string): Value | undefined {
  const found: TSESTree.Expression[] = [];
  for (const { target, value } of commonJsAssignments(file)) {
    if (target === name) found.push(value);
    if (target !== "") continue;
    if (value.type !== "ObjectExpression") return undefined;
    for (const property of value.properties) {
      const key =
        property.type === "Property" ? staticKey(property.key, property.computed) : undefined;
      if (property.type !== "Property" || key === undefined) return undefined;
      if (key === name) found.push(property.value as TSESTree.Expression);
    }
  }
  const [only, ...more] = found;
  return only === undefined || more.length > 0 ? undefined : core.evaluate(only);
}

interface CommonJsAssignment {
  /** The name that is exported; empty for `module.exports` as a whole. */
  readonly target: string;
  readonly value: TSESTree.Expression;
  readonly node: Node;
}

const assigned = new WeakMap<SourceFile, readonly CommonJsAssignment[]>();

/** `module.exports = …`, `module.exports.x = …` and `exports.x = …` in source order. */
function commonJsAssignments(file: SourceFile): readonly CommonJsAssignment[] {
  let found = assigned.get(file);
  if (found !== undefined) return found;
  found = file.index.assignments.flatMap((node) => {
    if (node.operator !== "=") return [];
    const path = dottedPath(node.left)?.join(".") ?? "";
    const target = /^(?:module\.)?exports(?:\.([^.]+))?$/u.exec(path);
    // `exports = …` changes a variable.
    if (target === null || path === "exports") return [];
    return [{ target: target[1] ?? "", value: node.right, node }];
  });
  assigned.set(file, found);
  return found;
}

function exportedBy(
  core: Core,
  statement: TSESTree.ExportNamedDeclaration,
  name: string,
  hops: number,
): Value | undefined {
  for (const specifier of statement.specifiers) {
    if (nameOf(specifier.exported) !== name) continue;
    const local = nameOf(specifier.local);
    return statement.source === null
      ? core.evaluate(specifier.local)
      : reexported(core, statement, statement.source, local, hops);
  }
  const { declaration } = statement;
  if (declaration === null) return undefined;
  const identifier = declaredNames(declaration).find((id) => id.name === name);
  return identifier === undefined ? undefined : core.evaluate(identifier);
}

function reexported(
  core: Core,
  statement: Node,
  source: TSESTree.StringLiteral,
  name: string,
  hops: number,
): Value | undefined {
  const library = namespaceOf(core.libraries, statement, source.value);
  if (library?.type === "entity") return memberOf(library, statement, name);
  const file = core.resolve(core.fileOf(statement), source);
  if (file !== undefined) return exported(core, file, name, statement, hops - 1);
  const namespace = packageNamespace(statement, source.value);
  return namespace.type === "unknown" ? undefined : propertyOf(core, namespace, name, statement);
}

/** `module.exports = …`, `exports.x = …` and `exports.default = …` together. */
function commonJsExport(core: Core, file: SourceFile, node: Node): Value | undefined {
  const wholes: Value[] = [];
  const properties = new Map<string, PropertyValue>();
  for (const assignment of commonJsAssignments(file)) {
    const value = core.evaluate(assignment.value);
    if (assignment.target === "") wholes.push(value);
    else properties.set(assignment.target, { value, node: assignment.node, certain: true });
  }
  if (wholes.length === 0 && properties.size === 0) return undefined;
  const own: Value = { type: "object", node, properties, open: false };
  if (wholes.length === 0) return own;
  const whole = choice(node, wholes);
  return properties.size > 0 && whole.type === "object" ? merged(node, [whole, own]) : whole;
}

function nameOf(node: TSESTree.Identifier | TSESTree.StringLiteral): string {
  return node.type === "Identifier" ? node.name : node.value;
}

export function boundNames(pattern: Node): TSESTree.Identifier[] {
  switch (pattern.type) {
    case "Identifier":
      return [pattern];
    case "ObjectPattern":
      return pattern.properties.flatMap((property) =>
        boundNames(property.type === "RestElement" ? property.argument : property.value),
      );
    case "ArrayPattern":
      return pattern.elements.flatMap((element) => (element === null ? [] : boundNames(element)));
    case "AssignmentPattern":
      return boundNames(pattern.left);
    case "RestElement":
      return boundNames(pattern.argument);
    default:
      return [];
  }
}
