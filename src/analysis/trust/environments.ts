import type { TSESTree } from "@typescript-eslint/utils";
import { importsOf } from "../client.ts";
import type { Core } from "../core.ts";
import type { SourceFile } from "../files/source-file.ts";
import { initOf, readsOf } from "../files/variables.ts";
import { conditionsAt } from "../flow/conditions.ts";
import { byObject } from "../memo.ts";
import {
  calleeName,
  dottedPath,
  enclosingFunction,
  isCompared,
  isFunction,
  isNullish,
  memberName,
  parentOf,
  statementsIn,
  staticKey,
  textOf,
  unwrap,
  wrapped,
} from "../syntax.ts";
import type { FunctionNode, Node } from "../syntax.ts";
import { importSource } from "../values/whole-files.ts";
import { must, possibilities, stringOf, truthiness, variableNamed } from "../values/value.ts";
import type { EnvironmentValue } from "../values/value.ts";
import { stops } from "./guards.ts";

/**
 * Does the program come to a text only where it is not in production: in a branch for its tests, or
 * behind a stop in the same function?
 */
export function isOutsideProduction(core: Core, written: Node): boolean {
  if (isElsewhere(core, written)) return true;
  // `const DEVELOPMENT_KEY = "…"` counts where it is read, and not where it is refused.
  const reads = readsOfConstant(core, written).filter((read) => !isCompared(read));
  return reads.length > 0 && reads.every((read) => isElsewhere(core, read));
}

export function isElsewhere(core: Core, node: Node): boolean {
  return isForTests(core, node) || isBehindStop(core, node) || isBesideNothing(core, node);
}

/** The reads of a constant that nobody else can read. */
export function readsOfConstant(core: Core, written: Node): readonly Node[] {
  const declarator = parentOf(wrapped(written));
  if (declarator?.type !== "VariableDeclarator" || declarator.id.type !== "Identifier") return [];
  const isHere = declarator.parent.parent.type !== "ExportNamedDeclaration";
  return isHere ? readsOf(core.fileOf(written), declarator.id) : [];
}

const DEVELOPMENT =
  /^(?:(?:process|import\.meta)\.(?:env\.DEV|dev)|__DEV__|(?:\w+\.)*is_?dev(?:elopment)?(?:Mode|Env(?:ironment)?|Runtime|Build)?)$/iu;

const DEVELOPMENT_NAMES = ["dev", "development", "local"];

const PRODUCTION =
  /^(?:(?:process|import\.meta)\.env\.PROD|(?:\w+\.)*is_?prod(?:uction)?(?:Mode|Env(?:ironment)?|Runtime|Build)?)$/iu;

/** The variable of the environment that a name or a member stands for, as it is. */
export function settingAt(core: Core, node: Node): EnvironmentValue | undefined {
  if (node.type !== "Identifier" && node.type !== "MemberExpression") return undefined;
  const [only, ...more] = possibilities(core.evaluate(node));
  return only?.type === "environment" && more.length === 0 ? only : undefined;
}

/** `isProduction`, and `isProduction()` of whichever file. */
function askedName(test: Node): string {
  const isCall = test.type === "CallExpression" && test.arguments.length === 0;
  return dottedPath(isCall ? unwrap(test.callee) : test)?.join(".") ?? "";
}

/**
 * Does the program come there in development alone: `if (__DEV__)`, `NODE_ENV !== "production"`? A constant
 * counts where it is read.
 */
export function isForDevelopment(core: Core, written: Node): boolean {
  const isSo = (node: Node): boolean =>
    conditionsAt(node).some(
      ({ test, holds }) =>
        asksForDevelopment(core, test) === holds || (holds && isOnlyOutside(core, test)),
    );
  const reads = readsOfConstant(core, written);
  return (
    isSo(written) ||
    (reads.length > 0 && reads.every((read) => isSo(read))) ||
    isUsedSo(core, written, isSo)
  );
}

/**
 * `NODE_ENV === "test" || NODE_ENV === "development"`, `const isOpen = E2E === "1" && VERCEL_ENV !== "production"`. Where one
 * of several is enough, each has to name what it holds in: of two variables that are not `"production"` one is mostly not
 * set, and what is called `isDev` may be a field of the request.
 */
function isOnlyOutside(core: Core, written: Node): boolean {
  const test = behindConstant(core, unwrap(written));
  if (test.type !== "LogicalExpression")
    return asksForDevelopment(core, test) === true || asksForTests(core, test) === true;
  const sides = [test.left, test.right];
  return test.operator === "&&"
    ? sides.some((side) => isOnlyOutside(core, side))
    : test.operator === "||" && sides.every((side) => namesOtherMode(core, side));
}

function namesOtherMode(core: Core, written: Node): boolean {
  const test = behindConstant(core, unwrap(written));
  if (test.type === "LogicalExpression" && test.operator === "||")
    return [test.left, test.right].every((side) => namesOtherMode(core, side));
  return (
    test.type === "BinaryExpression" &&
    (namesDevelopment(core, test) === true || asksForTests(core, test) === true) &&
    [test.left, test.right].some((side) => settingAt(core, unwrap(side)) !== undefined)
  );
}

/** Is each use of a function that a node stands in so: `if (isDevelopment) app.post("/sign", devSign);`? */
function isUsedSo(core: Core, node: Node, isSo: (use: Node) => boolean): boolean {
  for (let at = enclosingFunction(node); at !== undefined; at = enclosingFunction(at)) {
    const uses = usesOfFunction(core, at);
    if (uses.length > 0 && uses.every((one) => isSo(one))) return true;
  }
  return false;
}

/** Where a function is named that no other file can name. */
function usesOfFunction(core: Core, owner: FunctionNode): readonly Node[] {
  if (owner.type !== "FunctionDeclaration") return readsOfConstant(core, owner);
  const isHere = !owner.parent.type.startsWith("Export");
  return isHere && owner.id !== null ? readsOf(core.fileOf(owner), owner.id) : [];
}

/**
 * The same where development or a test run is named: `NODE_ENV !== "production"` also holds where nobody has set the
 * variable, and in whatever else is called neither. A framework that builds a program sets it in each of its builds.
 */
export function isNamedDevelopment(core: Core, written: Node): boolean {
  if (isForTests(core, written)) return true;
  if (isBuilt(core.fileOf(written))) return isForDevelopment(core, written);
  return conditionsAt(written).some(({ test, holds }) => namesDevelopment(core, test) === holds);
}

/** Is a file of a framework that sets the variable in each of its builds? */
export const isBuilt = byObject((file: SourceFile) =>
  importsOf(file).some((one) => SETS_ENVIRONMENT.test(one)),
);

/** Next, Nuxt, Remix and what is only run through a bundler. */
const SETS_ENVIRONMENT = /^(?:next|nuxt|@remix-run|react|vue|svelte|solid-js|@sveltejs)(?:\/|$)/u;

/** Does the test hold in development alone (true), or in production alone (false)? */
export function asksForDevelopment(core: Core, written: Node): boolean | undefined {
  const test = unwrap(written);
  if (test.type === "BinaryExpression" && isAskedFor(core, test, "production"))
    return test.operator.startsWith("!");
  if (PRODUCTION.test(askedName(test))) return false;
  return namesDevelopment(core, test);
}

/** `NODE_ENV === "production"`, and with `!==` */
function isAskedFor(core: Core, test: TSESTree.BinaryExpression, name: string): boolean {
  if (!/^[!=]==?$/u.test(test.operator)) return false;
  const sides = [test.left, test.right];
  return (
    sides.some((side) => isEnvironmentName(core, side)) &&
    sides.some((side) => stringOf(core.evaluate(side)) === name)
  );
}

/** Does the test hold in development alone (true), or everywhere else (false)? */
function namesDevelopment(core: Core, written: Node): boolean | undefined {
  const test = unwrap(written);
  if (test.type === "BinaryExpression") {
    const isAsked = DEVELOPMENT_NAMES.some((name) => isAskedFor(core, test, name));
    return isAsked ? !test.operator.startsWith("!") : undefined;
  }
  const isListed = asksWhether(core, test, (name) => isDevelopmentName(name) || isTestName(name));
  if (isListed !== undefined) return isListed;
  return DEVELOPMENT.test(askedName(test)) || isBuildFlag(core, test) ? true : undefined;
}

/** Constants that a bundler sets when it builds: SvelteKit 2, esm-env 1.2.2. */
const BUILD_FLAGS = ["$app/environment#dev", "$app/env#dev", "esm-env#DEV"];

/** `dev` of `import { dev } from "$app/environment"` */
export function isBuildFlag(core: Core, test: Node): boolean {
  const [definition] = core.fileOf(test).variableOf(test)?.defs ?? [];
  const specifier = definition?.node as Node | undefined;
  if (specifier?.type !== "ImportSpecifier") return false;
  const source = importSource(core.fileOf(test).variableOf(test))?.value ?? "";
  return BUILD_FLAGS.includes(`${source}#${dottedPath(specifier.imported)?.[0] ?? ""}`);
}

/** `NODE_ENV === "test" ? "key" : process.env.KEY`, in whatever way it is asked. */
function isForTests(core: Core, written: Node): boolean {
  return conditionsAt(written).some(({ test, holds }) => asksForTests(core, test) === holds);
}

/** Does the test hold in test runs alone (true), or everywhere else (false)? */
export function asksForTests(core: Core, written: Node): boolean | undefined {
  const test = behindConstant(core, unwrap(written));
  if (test.type === "BinaryExpression" && /^[!=]==?$/u.test(test.operator)) {
    const sides = [test.left, test.right];
    const isAsked =
      sides.some((side) => isEnvironmentName(core, side)) &&
      sides.some((side) => isTestName(stringOf(core.evaluate(side))));
    return isAsked ? !test.operator.startsWith("!") : undefined;
  }
  // The runner says so itself, and a page that is not run by it has no such name.
  if (/^(?:window\.)?Cypress$/u.test(dottedPath(test)?.join(".") ?? "")) return true;
  return asksWhether(core, test, isTestName);
}

/** What a constant asks: `const isTest = NODE_ENV === "test"`, also where it is said once more, `… ? true : false`. */
function behindConstant(core: Core, test: Node): Node {
  const file = core.fileOf(test);
  const init = isFixed(file, test) ? initOf(file, test) : undefined;
  if (init?.type !== "ConditionalExpression") return init ?? test;
  const { consequent, alternate } = init;
  const isSaidAgain =
    truthiness(core.evaluate(consequent)) === true &&
    truthiness(core.evaluate(alternate)) === false;
  return isSaidAgain ? unwrap(init.test) : test;
}

/** Is a name written once, where it is declared? */
function isFixed(file: SourceFile, name: Node): boolean {
  const variable = name.type === "Identifier" ? file.variableOf(name) : undefined;
  return variable?.references.every((one) => one.init === true || !one.isWrite()) === true;
}

/** `["test", "ci"].includes(process.env.NODE_ENV)`, where each name on the list is such a one. */
function asksWhether(
  core: Core,
  test: Node,
  isName: (name: string | undefined) => boolean,
): true | undefined {
  if (test.type !== "CallExpression") return undefined;
  const callee = unwrap(test.callee);
  const [asked] = test.arguments;
  if (callee.type !== "MemberExpression" || memberName(callee) !== "includes") return undefined;
  const list = core.evaluate(callee.object);
  const isListed =
    list.type === "array" && !list.open && list.elements.every((one) => isName(stringOf(one)));
  return isListed && asked !== undefined && isEnvironmentName(core, asked) ? true : undefined;
}

function isTestName(name: string | undefined): boolean {
  return name !== undefined && /^(?:test(?:ing)?(?:[_-]\w+)?|ci)$/u.test(name);
}

function isDevelopmentName(name: string | undefined): boolean {
  return name !== undefined && DEVELOPMENT_NAMES.includes(name);
}

/** `process.env.NODE_ENV`, and `Env.NODE_ENV` of an object out of sight. */
function isEnvironmentName(core: Core, node: Node): boolean {
  const inner = unwrap(node);
  const value = core.evaluate(inner);
  if (must(value, (one) => ENVIRONMENT.test(variableNamed(one) ?? ""))) {
    return true;
  }
  return (
    value.type === "unknown" &&
    inner.type === "MemberExpression" &&
    ENVIRONMENT.test(memberName(inner) ?? "")
  );
}

const ENVIRONMENT = /^(?:(?:NODE|APP|VERCEL)?_?ENV(?:IRONMENT)?|MODE)$/u;

/**
 * `NODE_ENV === "production" ? undefined : "key"`: there is no key elsewhere, and nothing is signed. A
 * function that throws in its place does the same.
 */
function isBesideNothing(core: Core, written: Node): boolean {
  return conditionsAt(written).some(({ test, holds }) => {
    const choice = parentOf(test);
    if (choice?.type !== "ConditionalExpression" || asksForDevelopment(core, test) !== holds)
      return false;
    const other = unwrap(holds ? choice.alternate : choice.consequent);
    if (other.type === "CallExpression") return endsInThrow(other.callee);
    const value = core.evaluate(other);
    return must(value, (one) => one.type === "literal" && truthiness(one) === false);
  });
}

function endsInThrow(callee: Node): boolean {
  const owner = unwrap(callee);
  return (
    isFunction(owner) &&
    owner.body.type === "BlockStatement" &&
    owner.body.body.at(-1)?.type === "ThrowStatement"
  );
}

/**
 * `if (process.env.NODE_ENV === "production") throw …` stands before it in its function or on the way
 * to it, or has it in its other branch.
 */
function isBehindStop(core: Core, written: Node): boolean {
  for (let from = written, at = parentOf(from); at !== undefined; from = at, at = parentOf(at)) {
    const [start] = from.range;
    if (at.type === "IfStatement" && from !== at.test && stopsProduction(core, at, from))
      return true;
    const isStopped = choicesIn(statementsIn(at) ?? NONE).some(
      (one) => one.range[0] < start && stopsProduction(core, one, undefined),
    );
    if (isStopped) return true;
    if (isFunction(at)) return false;
  }
  return false;
}

const NONE: readonly Node[] = [];

/** The choices of a block: what stands behind them may ask from many places. */
const choicesIn = byObject((statements: readonly Node[]) =>
  statements.filter((one) => one.type === "IfStatement"),
);

/** Does the branch for production end the program, and is it none that the node stands in? */
function stopsProduction(
  core: Core,
  { test, consequent, alternate }: TSESTree.IfStatement,
  inside: Node | undefined,
): boolean {
  const isFor = productionTest(core, test);
  if (isFor === undefined) return false;
  const branch = isFor ? consequent : alternate;
  return branch !== null && branch !== inside && stops(core, branch);
}

/** Does the test hold in production (true), or everywhere else (false)? */
export function productionTest(core: Core, written: Node): boolean | undefined {
  const test = unwrap(written);
  if (PRODUCTION.test(askedName(test))) return true;
  if (test.type !== "BinaryExpression" || !/^[!=]==?$/u.test(test.operator)) return undefined;
  const sides = [test.left, test.right];
  const isAsked =
    sides.some((side) => isEnvironmentName(core, side)) &&
    sides.some((side) =>
      possibilities(core.evaluate(side)).some((one) => stringOf(one) === "production"),
    );
  return isAsked ? !test.operator.startsWith("!") : undefined;
}

/** Does a file name a variable of the environment in a text? `process.env["GATE_SECRET"]` names it as its property does. */
export function isNamedInText({ index }: SourceFile, name: string): boolean {
  return (
    index.texts.has(name) &&
    index.literals.some(
      (one) => staticKey(one, true) === name && parentOf(one)?.type !== "MemberExpression",
    )
  );
}

/** `key === undefined`, `process.env.KEY !== ""` */
export function asksForNone(test: TSESTree.BinaryExpression): boolean {
  return (
    /^[!=]==?$/u.test(test.operator) &&
    [test.left, test.right].some((side) => isNullish(side) || textOf(side) === "")
  );
}

/** Is it asked whether what is read is there: `if (!process.env.KEY) throw …`, `assert(process.env.KEY)`? */
export function isAskedForNone(read: Node): boolean {
  const by = parentOf(wrapped(read));
  switch (by?.type) {
    case "CallExpression":
      return /assert|invariant|ensure|require/iu.test(calleeName(by));
    case "BinaryExpression":
      return asksForNone(by);
    default:
      return by?.type === "UnaryExpression";
  }
}
