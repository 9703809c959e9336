import type { TSESTree } from "@typescript-eslint/utils";
import type { SourceFile } from "./files/source-file.ts";
import { byObject } from "./memo.ts";
import { dottedPath, enclosingFunction, functionName, textOf } from "./syntax.ts";
import type { Node } from "./syntax.ts";
import { requiredBy } from "./values/required.ts";

/**
 * Does the file run in a browser or on a device? What it decides is for display: whoever holds the
 * device can decide otherwise, and the server has to check again.
 */
export const isClientFile = byObject(decide);

/** Packages whose code runs where the user is. */
const CLIENT_PACKAGES =
  /^(?:react-dom|react-native|react-router(?:-dom)?|react-redux|@reduxjs\/toolkit(?:\/.+)?|@react-oauth\/.+|@react-native-async-storage\/.+|redux-saga(?:\/.+)?|redux-persist(?:\/.+)?|vue|vue-router|vuex|pinia|@vueuse\/core|@angular\/(?:core|router|common)|svelte|solid-js|preact|@ionic\/.+|expo(?:-.+)?|@react-navigation\/.+|react-cookie|js-cookie|universal-cookie|localforage|next\/navigation|next\/router|wouter|zustand|mobx-react(?:-lite)?|@tanstack\/react-.+)$/u;

/** Packages that never run there. */
const SERVER_PACKAGES =
  /^(?:node:.+|express|koa|fastify|@nestjs\/.+|@hapi\/.+|http|https|fs|fs\/promises|net|mongoose|pg|mysql2?|knex|sequelize|typeorm|@prisma\/client|next\/server|next\/headers|jsonwebtoken|passport(?:-.+)?|ioredis|redis|socket\.io|ws|apollo-server.*|@apollo\/server)$/u;

function decide(file: SourceFile): boolean {
  const directive = file.statements[0];
  if (directive?.type === "ExpressionStatement" && directive.directive !== undefined) {
    if (directive.directive === "use client") return true;
    if (directive.directive === "use server") return false;
  }
  // Whatever package it also imports.
  if (isComponentFile(file)) return true;
  const specifiers = importsOf(file);
  if (specifiers.some((specifier) => SERVER_PACKAGES.test(specifier))) return false;
  if (specifiers.some((specifier) => CLIENT_PACKAGES.test(specifier))) return true;
  const usesReact = specifiers.includes("react");
  if (usesReact && (/<[A-Z]?[\w.]*[\s/>]/u.test(file.text) || /\buse[A-Z]\w*\(/u.test(file.text))) {
    return true;
  }
  const isReader = specifiers.some((specifier) => READERS.test(specifier));
  if (isReader && (specifiers.some((one) => ROUTER.test(one)) || commits(file))) return true;
  return handlesEvents(file) || dispatches(file) || usesBrowser(file);
}

/** Does the file import what runs on a server alone? */
export function isServerFile(file: SourceFile): boolean {
  return importsOf(file).some((specifier) => SERVER_PACKAGES.test(specifier));
}

/** Packages that read tokens where these cannot be verified. */
export const READERS = /^(?:jwt-decode|react-jwt|vue-jwt-decode|@kinde\/jwt-decoder)$/u;

/** The router of an application that lives in a page: `import router from "../router"`. */
const ROUTER = /^(?:[.@~].*\/)(?:router|routes|navigation|history)(?:\/index)?(?:\.\w+)?$/u;

/** `store.commit("setUser", claims)` of Vuex. */
function commits({ index }: SourceFile): boolean {
  return (index.called.get("commit") ?? []).some(
    ({ callee, arguments: [mutation] }) =>
      /(?:^|\.)\$?store\.commit$/u.test(dottedPath(callee)?.join(".") ?? "") &&
      textOf(mutation) !== undefined,
  );
}

/** `<button onClick={…}>` */
function handlesEvents({ text }: SourceFile): boolean {
  return /<[\w.]+\s[^<]*\bon(?:Click|Submit|Change|Press|Success|Load|Input)=\{/u.test(text);
}

/** `(form) => async (dispatch) => …`, `onQueryStarted(_, { dispatch })`: actions of a store in a client. */
function dispatches({ index }: SourceFile): boolean {
  if (index.called.get("dispatch") === undefined) return false;
  return index.functions.some(({ params }) =>
    params.some((parameter) =>
      parameter.type === "ObjectPattern"
        ? parameter.properties.some((one) => one.type === "Property" && isDispatch(one.value))
        : isDispatch(parameter),
    ),
  );
}

function isDispatch(node: Node): boolean {
  return node.type === "Identifier" && node.name === "dispatch";
}

/** Compilers make of these what a page runs, whatever they render on the server first. */
const COMPONENT = /\.(?:vue|svelte)$/iu;

/** Does the file say itself that it is for the browser, or hold a component with state? */
export function isComponentFile(file: SourceFile): boolean {
  if (file.path !== undefined && COMPONENT.test(file.path)) return true;
  const [first] = file.statements;
  const isMarked = first?.type === "ExpressionStatement" && first.directive === "use client";
  return isMarked || file.statements.some((statement) => importsHook(statement));
}

const HOOK = /^use(?:State|Effect|LayoutEffect|Reducer|Context|Ref|Callback|Transition)$/u;

function importsHook(statement: TSESTree.ProgramStatement): boolean {
  return (
    statement.type === "ImportDeclaration" &&
    (statement.source.value === "react" || statement.source.value === "preact/hooks") &&
    statement.specifiers.some(
      (one) =>
        one.type === "ImportSpecifier" &&
        one.imported.type === "Identifier" &&
        HOOK.test(one.imported.name),
    )
  );
}

/** Functions of a page that frameworks run on the server and keep out of the bundle. */
const SERVER_FUNCTIONS =
  /^(?:getServerSideProps|getStaticProps|getStaticPaths|getServerData|loader|action|serverLoader)$/u;

/** Does a node of a client file run on the server nevertheless? */
export function runsOnServer(node: Node): boolean {
  for (let owner = enclosingFunction(node); owner !== undefined; owner = enclosingFunction(owner)) {
    if (SERVER_FUNCTIONS.test(functionName(owner) ?? "")) return true;
    const [first] = owner.body.type === "BlockStatement" ? owner.body.body : [];
    if (first?.type === "ExpressionStatement" && first.directive === "use server") return true;
  }
  return false;
}

/** The packages and files that a file loads, as it names them. */
export function importsOf(file: SourceFile): string[] {
  const specifiers: string[] = [];
  for (const statement of file.statements) {
    if (statement.type === "ImportDeclaration") specifiers.push(statement.source.value);
  }
  for (const { source } of requiredBy(file)) specifiers.push(source.value);
  return specifiers;
}

/** Names that only a browser has, used as globals. */
const BROWSER_GLOBALS = new Set([
  "window",
  "document",
  "localStorage",
  "sessionStorage",
  "navigator",
  "XMLHttpRequest",
]);

function usesBrowser(file: SourceFile): boolean {
  for (const scope of file.scopeManager.scopes) {
    for (const reference of scope.references) {
      const { name } = reference.identifier as { name?: string };
      if (name === undefined || !BROWSER_GLOBALS.has(name)) continue;
      if (reference.resolved === null || reference.resolved.defs.length === 0) return true;
    }
  }
  return false;
}
