import type { TSESTree } from "@typescript-eslint/utils";
import type { Library, OptionsType } from "../../libraries/types.ts";
import type { Core } from "../core.ts";
import { holds } from "../files/versions.ts";
import { byObject } from "../memo.ts";
import { isClass, isFunction, parentOf, propertyValue, staticKey, unwrap } from "../syntax.ts";
import type { Node } from "../syntax.ts";
import { describe } from "../values/bindings.ts";
import { returnArguments } from "../values/classes.ts";
import { importSource } from "../values/whole-files.ts";
import type { Operation } from "./operations.ts";
import { readOptions } from "./options.ts";
import { groupByRole } from "./settings.ts";

/** What says how to do something with JWTs: an operation, or options that are declared for one. */
export interface Instructions extends Pick<
  Operation,
  "entity" | "key" | "kind" | "library" | "name" | "options" | "payload" | "settings" | "version"
> {
  readonly node: Node;
}

/**
 * Options whose type says what they are for, wherever the library is given them:
 * `const options: JwtModuleOptions = { … }`, a class that `implements JwtOptionsFactory`. What they
 * leave out may be added there, so they say nothing of what is missing.
 */
export function declaredOptions(core: Core): Instructions[] {
  const { names } = core.file.index;
  return [
    ...[...typesOf(core.libraries.libraries)].flatMap((name) =>
      (names.get(name) ?? []).flatMap((node) => declaredBy(core, node)),
    ),
    ...shownByLists(core),
    ...shownByNames(core),
  ];
}

const withNames = byObject((libraries: readonly Library[]) =>
  libraries.flatMap((library) => {
    const { optionsUnder: told } = library;
    return told === undefined ? [] : [{ library, told }];
  }),
);

const withLists = byObject((libraries: readonly Library[]) =>
  libraries.flatMap((library) => {
    const { optionsList: told } = library;
    return told === undefined ? [] : [{ library, told }];
  }),
);

/** `{ "users-permissions": { config: { jwtSecret } } }` in the settings of a program. */
function shownByNames(core: Core): Instructions[] {
  const { file, libraries } = core;
  return withNames(libraries.libraries).flatMap(({ library, told }) => {
    if (!file.text.includes(told.names[0])) return [];
    const [outer, inner] = told.names;
    return file.index.objects.flatMap((object) => {
      const holder = propertyValue(object, outer);
      const options =
        holder?.type === "ObjectExpression" ? propertyValue(holder, inner) : undefined;
      return options === undefined ? [] : (instructions(core, library, told, options) ?? []);
    });
  });
}

/** `{ providers: [GitHub({ … })], secret }` in JavaScript, handed to next-auth by another file. */
function shownByLists(core: Core): Instructions[] {
  const { file, libraries } = core;
  return withLists(libraries.libraries).flatMap(({ library, told }) => {
    if (!file.text.includes(told.from)) return [];
    const isFrom = (node: Node | null): boolean => {
      const made = node === null ? undefined : unwrap(node);
      const maker = made?.type === "CallExpression" ? unwrap(made.callee) : made;
      const variable = maker === undefined ? undefined : file.variableOf(maker);
      return importSource(variable)?.value.startsWith(told.from) === true;
    };
    return file.index.objects.flatMap((object) => {
      const list = propertyValue(object, told.list);
      if (list?.type !== "ArrayExpression" || !list.elements.some(isFrom)) return [];
      return instructions(core, library, told, object) ?? [];
    });
  });
}

const typesOf = byObject(
  (libraries: readonly Library[]): ReadonlySet<string> =>
    new Set(libraries.flatMap(({ optionsTypes = {} }) => Object.keys(optionsTypes))),
);

function declaredBy(core: Core, name: Node): Instructions[] {
  const written = typeAround(name);
  if (written === undefined) return [];
  const type = core.evaluate(name);
  const told = type.type === "entity" ? type.library.optionsTypes?.[type.path] : undefined;
  if (type.type !== "entity" || told === undefined) return [];
  return expressionsOf(core, written, told).flatMap((expression) => {
    const one = instructions(core, type.library, told, expression);
    return one === undefined ? [] : [one];
  });
}

/** The annotation, cast or clause that the name of a type stands in: itself, or what a promise gives. */
function typeAround(name: Node): Node | undefined {
  const reference = parentOf(name);
  if (reference?.type === "TSClassImplements") return reference;
  if (reference?.type !== "TSTypeReference") return undefined;
  const list = parentOf(reference);
  const promise = list?.type === "TSTypeParameterInstantiation" ? parentOf(list) : undefined;
  if (promise === undefined) return list;
  const isPromise =
    promise.type === "TSTypeReference" &&
    promise.typeName.type === "Identifier" &&
    promise.typeName.name === "Promise";
  return isPromise ? parentOf(promise) : undefined;
}

/** The expressions of which the type is said. */
function expressionsOf(core: Core, written: Node, told: OptionsType): readonly Node[] {
  switch (written.type) {
    case "TSAsExpression":
    case "TSSatisfiesExpression":
    case "TSTypeAssertion":
      return told.madeBy === undefined ? [written.expression] : [];
    case "TSClassImplements":
      return madeBy(core, written, told);
    case "TSTypeAnnotation":
      return told.madeBy === undefined ? annotated(core, written) : [];
    default:
      return [];
  }
}

function annotated(core: Core, annotation: TSESTree.TSTypeAnnotation): readonly Node[] {
  const holder = parentOf(annotation);
  if (isFunction(holder)) {
    return holder.returnType === annotation ? returnArguments(core, holder) : [];
  }
  if (holder?.type === "PropertyDefinition") return holder.value === null ? [] : [holder.value];
  const declarator = holder === undefined ? undefined : parentOf(holder);
  return declarator?.type === "VariableDeclarator" && declarator.init !== null
    ? [declarator.init]
    : [];
}

/** What the method returns for which a class implements an interface. */
function madeBy(
  core: Core,
  clause: TSESTree.TSClassImplements,
  { madeBy: method }: OptionsType,
): readonly Node[] {
  const owner = parentOf(clause);
  if (!isClass(owner) || method === undefined) return [];
  return owner.body.body.flatMap((member) =>
    member.type === "MethodDefinition" &&
    member.value.type === "FunctionExpression" &&
    staticKey(member.key, member.computed) === method
      ? returnArguments(core, member.value)
      : [],
  );
}

function instructions(
  core: Core,
  library: Library,
  { path }: Pick<OptionsType, "path">,
  expression: Node,
): Instructions | undefined {
  const version = core.versionOf(library, path);
  const entity = describe({ library, path }, version);
  if (entity?.options === undefined) return undefined;
  const value = core.evaluate(expression);
  const source = readOptions(value, entity.options, (range) => holds(version, range));
  const byRole = groupByRole([source]);
  return {
    entity,
    kind: entity.kind,
    library,
    version,
    // Nothing is called here: the package reads them.
    name: library.name,
    node: expression,
    key: undefined,
    payload: undefined,
    options: { node: expression, value },
    settings: (role) => byRole.get(role) ?? [],
  };
}
