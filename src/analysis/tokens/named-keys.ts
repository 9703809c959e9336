import type { TSESTree } from "@typescript-eslint/utils";
import type { Analysis } from "../analysis.ts";
import { isSettingOfModule } from "../files/settings-modules.ts";
import { calledName, named } from "../files/source-file.ts";
import type { SourceFile } from "../files/source-file.ts";
import { readsOf } from "../files/variables.ts";
import { byName } from "../memo.ts";
import {
  dottedPath,
  isCompared,
  isLiteral,
  memberName,
  parentOf,
  propertyValue,
  staticKey,
  textOf,
  unwrap,
  wrapped,
} from "../syntax.ts";
import type { Node } from "../syntax.ts";
import { asksForSetting } from "../values/configuration.ts";
import { wordsOf } from "../words.ts";
import { ABOUT, isForTokens, isSeed } from "./key-settings.ts";
import { keyName } from "./words.ts";

/**
 * Which settings are keys of tokens by their names, wherever they are used? A module of settings signs
 * nothing itself: `jwtSecret: process.env.JWT_SECRET || "changeme"`.
 */

/** An expression that gives a key, and what the program calls it. */
export interface NamedKey {
  readonly name: string;
  readonly node: Node;
}

export function namedKeys(analysis: Analysis): NamedKey[] {
  return [
    ...fallbacks(analysis),
    ...defaults(analysis),
    ...written(analysis),
    ...ofStrategies(analysis),
    ...bound(analysis),
  ];
}

/** The keys of the services of `@loopback/authentication-jwt` (0.16), as they are written, and their texts. */
const BOUND =
  /^(?:TokenServiceBindings\.TOKEN_SECRET|RefreshTokenServiceBindings\.REFRESH_SECRET)$/u;
const BOUND_TEXT = /^authentication\.jwt\.(?:refresh\.)?secret$/u;

/** `app.bind(TokenServiceBindings.TOKEN_SECRET).to("…")` */
function bound({ file }: Analysis): NamedKey[] {
  return (file.index.called.get("to") ?? []).flatMap(({ callee, arguments: [node] }) => {
    const method = unwrap(callee);
    const bind = method.type === "MemberExpression" ? unwrap(method.object) : undefined;
    if (node === undefined || bind?.type !== "CallExpression" || calledName(bind) !== "bind")
      return [];
    const [key] = bind.arguments;
    const path = (key === undefined ? undefined : dottedPath(key)) ?? [];
    const isKeyOfTokens = BOUND.test(path.join(".")) || BOUND_TEXT.test(textOf(key) ?? "");
    return isKeyOfTokens ? [{ name: path.at(-1) ?? textOf(key) ?? "", node }] : [];
  });
}

/** The option of passport-jwt that holds the key, and the one that tells it from other options. */
const STRATEGY_KEY = "secretOrKey";
const STRATEGY_SOURCE = "jwtFromRequest";

/** Options of passport-jwt that another file gives to its strategy: `module.exports = { jwtFromRequest, secretOrKey: … }`. */
function ofStrategies({ file }: Analysis): NamedKey[] {
  const { names, objects, assignments } = file.index;
  if (!names.has(STRATEGY_SOURCE)) return [];
  const inObjects = objects.flatMap((object) => {
    const node = propertyValue(object, STRATEGY_KEY);
    const isOptions = node !== undefined && propertyValue(object, STRATEGY_SOURCE) !== undefined;
    return isOptions ? [node] : [];
  });
  const filled = (name: string): { holder: string; node: Node }[] =>
    assignments.flatMap(({ left, right }) => {
      const path = dottedPath(left) ?? [];
      return path.at(-1) === name ? [{ holder: path.slice(0, -1).join("."), node: right }] : [];
    });
  const sources = new Set(filled(STRATEGY_SOURCE).map(({ holder }) => holder));
  const assigned = filled(STRATEGY_KEY)
    .filter(({ holder }) => sources.has(holder))
    .map(({ node }) => node);
  return [...inObjects, ...assigned].map((node) => ({ name: STRATEGY_KEY, node }));
}

const isKey = byName((name) => keyName(name) && !wordsOf(name).some((word) => ABOUT.has(word)));

/** `process.env.JWT_SECRET || "changeme"`, `const { JWT_SECRET = "changeme" } = process.env`, `env("JWT_SECRET", "changeme")` */
function fallbacks({ file }: Analysis): NamedKey[] {
  const read = named(file.index.membersNamed, isKey).flatMap((member): NamedKey[] => {
    const name = memberName(member) ?? "";
    const whole = chainFrom(member);
    return whole !== undefined && isEnvironment(member.object) ? [{ name, node: whole }] : [];
  });
  const taken = file.index.patterns.flatMap((pattern) => {
    const { parent } = pattern;
    const isOfEnvironment =
      parent.type === "VariableDeclarator" && parent.init !== null && isEnvironment(parent.init);
    return (isOfEnvironment ? pattern.properties : []).flatMap((one): NamedKey[] => {
      const name = one.type === "Property" ? staticKey(one.key, one.computed) : undefined;
      return one.type === "Property" &&
        one.value.type === "AssignmentPattern" &&
        name !== undefined &&
        isKey(name)
        ? [{ name, node: one.value.right }]
        : [];
    });
  });
  const asked = file.index.calls.flatMap((call): NamedKey[] => {
    const [first, second] = call.arguments;
    const name = textOf(first);
    if (name === undefined || !isKey(name)) return [];
    const isAsked = /^get(?:OrThrow)?$/u.test(calledName(call) ?? "") || asksForSetting(call);
    if (!isAsked) return [];
    const whole = chainFrom(call);
    if (whole !== undefined) return [{ name, node: whole }];
    const fallback = textOf(second);
    const isFallback = fallback !== undefined && mayBeKey(fallback, name);
    return isFallback ? [{ name, node: call }] : [];
  });
  const found = [...read, ...taken, ...asked];
  // Two variables of one chain have one fallback.
  return found.filter((one, at) => found.findIndex(({ node }) => node === one.node) === at);
}

/** The whole of `A || B || "changeme"`, in which an expression is not the last. */
function chainFrom(expression: Node): Node | undefined {
  let whole: Node = wrapped(expression);
  let isLast = true;
  for (let at = parentOf(whole); at?.type === "LogicalExpression" && at.operator !== "&&";) {
    isLast &&= at.right === whole;
    whole = wrapped(at);
    at = parentOf(whole);
  }
  return isLast ? undefined : whole;
}

/** `jwtSecret: z.string().default("changeme")`, `str({ default: "changeme" })` of a schema of settings. */
function defaults({ file }: Analysis): NamedKey[] {
  const called = (file.index.called.get("default") ?? []).flatMap(
    (call) => call.arguments[0] ?? [],
  );
  const described = file.index.literals.filter(
    ({ parent }) =>
      parent.type === "Property" && staticKey(parent.key, parent.computed) === "default",
  );
  return [...called, ...described].flatMap((value): NamedKey[] => {
    const text = textOf(value);
    if (text === undefined) return [];
    const name = settingOf(value);
    return name !== undefined && isSecret(name) && mayBeKey(text, name)
      ? [{ name, node: value }]
      : [];
  });
}

/** The setting that a default is one of, through the calls that describe it. */
function settingOf(value: Node): string | undefined {
  for (let from = value, at = parentOf(value); at !== undefined; from = at, at = parentOf(at)) {
    if (at.type === "Property" && at.value === from) {
      const name = staticKey(at.key, at.computed);
      if (name !== "default") return name;
    } else if (!/^(?:Member|Call|Object)Expression$/u.test(at.type)) return undefined;
  }
  return undefined;
}

/** `process.env`, `import.meta.env`, `c.env` of a worker. */
function isEnvironment(node: Node): boolean {
  return dottedPath(node)?.at(-1) === "env";
}

/** `export const JWT_SECRET = "changeme"`, `jwt: { secret: "changeme" }` at the top of a module. */
function written({ file }: Analysis): NamedKey[] {
  return file.index.literals.flatMap((literal): NamedKey[] => {
    const text = textOf(literal);
    if (text === undefined) return [];
    const name = holderOf(file, literal);
    const isTop = name !== undefined && (isSettingOfModule(literal) || isLocalKey(literal, name));
    if (!isTop || isForDevelopers(literal)) return [];
    if (!mayBeKey(text, name) && !isPassphrase(literal, text, name)) return [];
    return isNeverKey(file, literal) ? [] : [{ name, node: literal }];
  });
}

/** `const JWT_SECRET = "…"` says it wherever it stands. */
function isLocalKey(literal: Node, name: string): boolean {
  return parentOf(wrapped(literal))?.type === "VariableDeclarator" && /jwt/iu.test(name);
}

/** The name of the constant or the property that holds a text, if that is one of a key. */
function holderOf(file: SourceFile, literal: Node): string | undefined {
  const value = lastOf(wrapped(literal));
  const holder = parentOf(value);
  if (holder?.type === "VariableDeclarator") {
    const name = dottedPath(holder.id)?.at(-1);
    return name !== undefined && (isSecret(name) || isSeed(file, name)) ? name : undefined;
  }
  if (holder?.type === "AssignmentExpression") {
    const [name, ...path] = dottedPath(holder.left)?.toReversed() ?? [];
    const isExport = /^(?:exports|exports\.module)$/u.test(path.join("."));
    // Without a variable beside it, that is how tests are set up.
    const isFallback = holder.operator !== "=" || value !== wrapped(literal);
    const isGiven = isExport || (isFallback && path.join(".") === "env.process");
    return isGiven && name !== undefined && (isSecret(name) || isSeed(file, name))
      ? name
      : undefined;
  }
  if (holder?.type !== "Property" || holder.value !== value) return undefined;
  const name = staticKey(holder.key, holder.computed);
  if (name === undefined || isSecret(name) || isSeed(file, name)) return name;
  const isOfTokens =
    /^(?:secret|secret_?key|private_?key)$/iu.test(name) && isForTokens(file, holder.parent);
  return isOfTokens ? name : undefined;
}

/** `process.env.SECRET || "changeme"`: what is there where nothing else is. */
function lastOf(literal: Node): Node {
  const parent = parentOf(literal);
  const isFallback =
    parent?.type === "LogicalExpression" && parent.operator !== "&&" && parent.right === literal;
  return isFallback ? wrapped(parent) : literal;
}

/** `JWT_KEY` may be the name of an entry of a storage. */
export const isSecret = byName((name) => isKey(name) && /secret|private/iu.test(name));

/** Words of what stands in for a setting on the machine of a developer, or in a test. */
const DEVELOPERS =
  /^(?:dev|development|local|tests?|testing|mocks?|fake|dummy|examples?|sample|insecure|weak|placeholder|refused|forbidden)$/u;

/**
 * Is it laid down for developers or tests by the name of what holds it (`DEV_JWT_SECRET`, `devFallbacks`,
 * `test: { env }`), or by what stands beside it (`NODE_ENV: "test"`)?
 */
function isForDevelopers(literal: Node): boolean {
  for (let at = parentOf(literal); at !== undefined; at = parentOf(at)) {
    if (at.type === "ObjectExpression" && namesEnvironment(at)) return true;
    const name =
      at.type === "Property"
        ? staticKey(at.key, at.computed)
        : at.type === "VariableDeclarator" && at.id.type === "Identifier"
          ? at.id.name
          : undefined;
    if (name !== undefined && wordsOf(name).some((word) => DEVELOPERS.test(word))) return true;
  }
  return false;
}

function namesEnvironment(object: TSESTree.ObjectExpression): boolean {
  const value = propertyValue(object, "NODE_ENV");
  return /^(?:dev|development|test)$/u.test(textOf(value) ?? "");
}

/**
 * `if (key === DEFAULT_JWT_SECRET) throw …`: a text that is only refused; or `JWT_SECRET + user.password`,
 * the beginning of one that nobody knows; or `form[jwtSecret]`, the name of a field.
 */
function isNeverKey(file: SourceFile, literal: Node): boolean {
  const holder = parentOf(wrapped(literal));
  const reads = holder?.type === "VariableDeclarator" ? readsOf(file, holder.id) : [];
  return reads.length > 0 && [isCompared, isMixed, isIndex].some((is) => reads.every(is));
}

function isIndex(read: Node): boolean {
  const parent = parentOf(wrapped(read));
  return parent?.type === "MemberExpression" && parent.computed && unwrap(parent.property) === read;
}

/** Is it put together with something that is no text of the source? */
function isMixed(read: Node): boolean {
  const parent = parentOf(wrapped(read));
  if (parent?.type === "BinaryExpression" && parent.operator === "+") {
    const other = unwrap(parent.left) === read ? parent.right : parent.left;
    return !isLiteral(other);
  }
  return parent?.type === "TemplateLiteral" && parent.expressions.length > 1;
}

/** Words of which the name of a key is made that says nothing else: `JWT_SECRET_KEY`, but not `JWT_SECRET_HINT`. */
const OF_KEY =
  /^(?:jwt|jws|tokens?|access|refresh|auth|session|user|admin|sign|signing|app|my|default|secret|private|key|secretkey|jwtsecret)$/u;

/** `const JWT_SECRET = "correct horse battery"`: as a property it may be what a label or an error says. */
function isPassphrase(literal: Node, text: string, name: string): boolean {
  return (
    parentOf(lastOf(wrapped(literal)))?.type === "VariableDeclarator" &&
    wordsOf(name).every((word) => OF_KEY.test(word)) &&
    text.includes(" ") &&
    mayBeKey(text.replaceAll(/[^!-~\n]/gu, ""), name)
  );
}

/** The shortest text that is taken for a key where nothing but a name says that it is one. */
const MIN_LENGTH = 4;

/**
 * May a text be a key rather than the name of something: of a variable (`"JWT_SECRET"`), a setting
 * (`"jwt.secret"`), a field of a form, a type, a file or a secret in a store; or a mark that is shown
 * in the place of one (`"****"`, `"[hidden]"`)?
 */
function mayBeKey(text: string, name: string): boolean {
  const isName =
    /^[A-Z][A-Z\d_]*$/u.test(text) ||
    /^[\w-]+(?:\.[a-zA-Z]\w*)+$/u.test(text) ||
    wordsOf(text).join("") === wordsOf(name).join("") ||
    /^(?:string|required|optional|password|text|secret-?text|hidden|any|unknown)$/u.test(text);
  const isMark = /^[*•.xX-]+$|^\[.*\]$|^\(.*\)$|redact|masked/iu.test(text);
  return (
    text.length >= MIN_LENGTH &&
    !isName &&
    !isMark &&
    !/\s|[^\x20-\x7e]|^[./~<{$%]|^(?:arn|https?|file|projects|vault|op):?\/?|\/secrets?\//u.test(
      text,
    )
  );
}
