import type { TSESTree } from "@typescript-eslint/utils";
import type { Core } from "../core.ts";
import { calledName } from "../files/source-file.ts";
import type { SourceFile } from "../files/source-file.ts";
import { decoratorsOf, dottedPath, memberName, textOf, unwrap } from "../syntax.ts";
import type { CallNode, FunctionNode, Node } from "../syntax.ts";
import { wordsOf } from "../words.ts";
import { returned } from "./classes.ts";
import { propertyAlong, propertyOf } from "./members.ts";
import { choice, isUndefined, must, possibilities, stringOf, truthiness } from "./value.ts";
import type { ModuleValue, Value } from "./value.ts";

/**
 * What a configuration service is asked for comes from outside the program, unless the file shows the
 * function that the service takes it from: `ConfigModule.forRoot({ load: [settings] })`,
 * `registerAs("auth", () => ({ secret }))`, `@Inject(settings.KEY)`.
 */

const PACKAGE = "@nestjs/config";

/** Packages whose look-ups come from outside the program. */
const CONFIGURATION =
  /^(?:config|nconf|@nestjs\/config|envalid|env-var|env-sanitized|dotenv|convict|getenv|@t3-oss\/env-\w+)(?:\.|$)/u;

export function isConfiguration(value: Value): boolean {
  return value.type === "module" && CONFIGURATION.test(value.specifier);
}

/** What a service gives for a name, with what the call says for when there is nothing. */
export function lookup(core: Core, node: CallNode, given: readonly Value[]): Value {
  const [name, second] = given;
  const path = name === undefined ? undefined : stringOf(name);
  const read: Value = (path === undefined ? undefined : loadedSetting(core, node, path)) ?? {
    type: "environment",
    node,
    name: name === undefined ? undefined : (path ?? "*"),
    source: "config",
  };
  const fallback = second?.type === "object" || second?.type === "function" ? undefined : second;
  const isSure = must(read, (one) => truthiness(one) === true);
  return fallback === undefined || isSure ? read : choice(node, [read, fallback]);
}

/** Words of what gives settings, by the names of its path: `env.str(…)`, `this.configService.get(…)`. */
const GIVES_SETTINGS =
  /^(?:env|envs|environ|environment|getenv|config|configs|configuration|conf|cfg|settings?)$/u;

/** First words of what does something else with a setting. */
const CHANGES_SETTINGS =
  /^(?:set|put|stub|mock|define|write|save|assign|register|update|replace|has|is|delete|remove|unset|throw|log)$/u;

/** `JWT_SECRET`, `jwt.secret`: a second text beside `"jwt"` would be a part of the name. */
const SETTING = /^[a-z]\w*_\w+$|^[\w-]+(?:[.:][\w-]+)+$|^\w*(?:secret|key)\w*$/iu;

/** A second text may say what kind of value is wanted, or in which form. */
const KIND = /^(?:string|text|secret|required|optional|utf-?8|base64|hex)$/iu;

/**
 * Does a function give a setting by its name, wherever it comes from: `env("JWT_SECRET", "changeme")`,
 * `settings.get("jwt.secret")`?
 */
export function asksForSetting({ callee, arguments: [first] }: CallNode): boolean {
  if (!SETTING.test(textOf(first) ?? "")) return false;
  const path = dottedPath(callee) ?? [];
  const [method = ""] = wordsOf(path.at(-1) ?? "");
  return (
    !CHANGES_SETTINGS.test(method) &&
    path.some((name) => wordsOf(name).some((word) => GIVES_SETTINGS.test(word)))
  );
}

/** What such a call gives. */
export function namedSetting(
  core: Core,
  node: CallNode,
  given: () => readonly Value[],
): Value | undefined {
  if (!asksForSetting(node)) return undefined;
  const [name, second] = given();
  const isFallback = second !== undefined && !KIND.test(stringOf(second) ?? "");
  return lookup(core, node, name === undefined ? [] : isFallback ? [name, second] : [name]);
}

/** A function that makes a part of the configuration. */
interface Factory {
  /** The first name of its settings; empty where they are asked for without one. */
  readonly namespace: string;
  readonly owner: FunctionNode;
}

/** The setting of a dotted name that a factory in sight gives. */
function loadedSetting(core: Core, node: Node, path: string): Value | undefined {
  const values = factoriesOf(core, core.fileOf(node)).flatMap(({ namespace, owner }) => {
    const names = path.split(".");
    if (namespace !== "" && names.shift() !== namespace) return [];
    const value = propertyAlong(core, returned(core, owner, node), names, node);
    return isUndefined(value) || value.type === "unknown" ? [] : [value];
  });
  return values.length === 0 ? undefined : choice(node, values);
}

const known = new WeakMap<Core, Map<SourceFile, readonly Factory[]>>();

/** The factories that a file loads, imports or holds itself. */
function factoriesOf(core: Core, file: SourceFile): readonly Factory[] {
  let answers = known.get(core);
  if (answers === undefined) known.set(core, (answers = new Map<SourceFile, readonly Factory[]>()));
  const answer = answers.get(file);
  if (answer !== undefined) return answer;
  // They may ask for settings themselves.
  answers.set(file, []);
  const found = new Map<FunctionNode, Factory>();
  for (const value of loadedBy(core, file)) {
    if (value.type !== "function" || found.has(value.node)) continue;
    found.set(value.node, registered(core, value) ?? { namespace: "", owner: value.node });
  }
  for (const node of namesOfFactories(core, file)) {
    for (const value of possibilities(core.evaluate(node))) {
      const factory = registered(core, value);
      if (factory !== undefined) found.set(factory.owner, factory);
    }
  }
  const factories = [...found.values()];
  answers.set(file, factories);
  return factories;
}

/** `ConfigModule.forRoot({ load: [settings] })` */
function loadedBy(core: Core, file: SourceFile): readonly Value[] {
  return (file.index.called.get("forRoot") ?? []).flatMap((call) => {
    const callee = core.evaluate(call.callee);
    const [options] = call.arguments;
    if (!isOfPackage(callee) || options?.type !== "ObjectExpression") return [];
    const list = propertyOf(core, core.evaluate(options), "load", options);
    return list.type === "array" ? list.elements.flatMap((one) => possibilities(one)) : [];
  });
}

/** What a file imports as settings, and what it registers as such. */
function namesOfFactories(core: Core, file: SourceFile): readonly Node[] {
  const { statements, index } = file;
  const imported = statements.flatMap((statement) =>
    statement.type === "ImportDeclaration" &&
    /conf|setting|env|option/iu.test(statement.source.value) &&
    core.isOwn(file, statement.source.value)
      ? statement.specifiers.map(({ local }) => local)
      : [],
  );
  return [...imported, ...(index.called.get("registerAs") ?? [])];
}

/** The call of `registerAs` that a function is given to says under which name. */
function registered(core: Core, value: Value): Factory | undefined {
  if (value.type !== "function") return undefined;
  for (const call of core.fileOf(value.node).index.called.get("registerAs") ?? []) {
    const [name, factory] = call.arguments;
    if (name === undefined || factory === undefined) continue;
    const given = core.evaluate(factory);
    if (given.type !== "function" || given.node !== value.node) continue;
    const namespace = stringOf(core.evaluate(name));
    const isRegistration = isOfPackage(core.evaluate(call.callee));
    return namespace === undefined || !isRegistration
      ? undefined
      : { namespace, owner: value.node };
  }
  return undefined;
}

function isOfPackage(value: Value): value is ModuleValue {
  return value.type === "module" && value.specifier === PACKAGE;
}

/** What the type of a parameter says: `ConfigService`, `ConfigType<typeof settings>`. */
export function configuredType(
  core: Core,
  named: ModuleValue,
  type?: TSESTree.TSTypeReference,
): Value | undefined {
  if (named.specifier !== PACKAGE) return undefined;
  const name = named.path.join(".");
  if (name === "ConfigService") return { ...named, path: ["ConfigService#"] };
  const [query] = type?.typeArguments?.params ?? [];
  if (name !== "ConfigType" || query?.type !== "TSTypeQuery") return undefined;
  if (query.exprName.type !== "Identifier") return undefined;
  return settingsOf(core, core.evaluate(query.exprName), query);
}

/** `@Inject(settings.KEY) private readonly options` */
export function injectedSettings(
  core: Core,
  parameter: { readonly decorators?: readonly TSESTree.Decorator[] },
): Value | undefined {
  for (const { expression } of decoratorsOf(parameter)) {
    if (expression.type !== "CallExpression" || calledName(expression) !== "Inject") continue;
    const [written] = expression.arguments;
    const token = written === undefined ? undefined : unwrap(written);
    if (token?.type !== "MemberExpression" || memberName(token) !== "KEY") continue;
    return settingsOf(core, core.evaluate(token.object), token);
  }
  return undefined;
}

function settingsOf(core: Core, value: Value, node: Node): Value | undefined {
  const factory = registered(core, value);
  return factory === undefined ? undefined : returned(core, factory.owner, node);
}

/** `settings.asProvider()` gives what asynchronous modules take. */
export function asProvider(core: Core, receiver: Value, node: Node): Value | undefined {
  if (registered(core, receiver) === undefined) return undefined;
  const useFactory = { value: receiver, node, certain: true };
  return { type: "object", node, properties: new Map([["useFactory", useFactory]]), open: true };
}
