import type { TSESTree } from "@typescript-eslint/utils";
import type { Analysis } from "../analysis.ts";
import type { Core } from "../core.ts";
import type { SourceFile } from "../files/source-file.ts";
import { initOf, isUndeclared } from "../files/variables.ts";
import { givesNextRequest } from "../network/next-request.ts";
import {
  dottedPath,
  isFunction,
  isNullish,
  memberName,
  propertyValue,
  staticKey,
  unwrap,
} from "../syntax.ts";
import type { CallNode, Node } from "../syntax.ts";
import { table } from "../table.ts";
import { asksForDevelopment } from "../trust/environments.ts";
import { madeBy, madeHere } from "../values/made-by.ts";
import { isUndefined, must, possibilities, stringOf } from "../values/value.ts";
import type { Value } from "../values/value.ts";
import { writtenCookies } from "./cookie-texts.ts";

/** A cookie that a server sets. */
export interface CookieWrite {
  readonly node: Node;
  /** How the code calls it, such as `res.cookie`. */
  readonly setter: string;
  readonly name: string | undefined;
  readonly value: Node | undefined;
  /** Whatever name and value say. */
  readonly holdsToken?: true;
  readonly httpOnly: Flag;
  readonly secure: Flag;
}

/** Is the flag on the cookie? Unknown where the options are out of sight. */
export type Flag = "on" | "off" | "unknown";

/** What a setter does, as its package was seen to do it. */
interface Setter {
  /** Positions of name, value and options. */
  readonly at: readonly [name: number, value: number, options: number];
  /** The flags that it sets by itself. */
  readonly defaults: { readonly httpOnly: boolean; readonly secure: boolean };
  /** The option names. */
  readonly keys?: { readonly httpOnly: string; readonly secure: string };
  /** Where the cookie may come as one object behind which nothing stands: `set({ name, value, httpOnly })`. */
  readonly object?: number;
}

const NONE = { httpOnly: false, secure: false };
const KOA = { httpOnly: true, secure: true };
const ALL = { httpOnly: true, secure: true };

/** Setters that a package exports, by specifier and name. */
const FUNCTIONS: Readonly<Record<string, Readonly<Record<string, Setter>>>> = table({
  "hono/cookie": {
    setCookie: { at: [1, 2, 3], defaults: NONE },
    setSignedCookie: { at: [1, 2, 4], defaults: NONE },
  },
  h3: { setCookie: { at: [1, 2, 3], defaults: NONE } },
  "#imports": { setCookie: { at: [1, 2, 3], defaults: NONE } },
  cookie: {
    serialize: { at: [0, 1, 2], defaults: NONE },
    stringifySetCookie: { at: [0, 1, 2], defaults: NONE },
  },
  nookies: { setCookie: { at: [1, 2, 3], defaults: NONE }, set: { at: [1, 2, 3], defaults: NONE } },
  "cookies-next": { setCookie: { at: [0, 1, 2], defaults: NONE } },
  "cookies-next/server": { setCookie: { at: [0, 1, 2], defaults: NONE } },
});

const EXPRESS: Setter = { at: [0, 1, 2], defaults: NONE };
const NEXT: Setter = { at: [0, 1, 2], defaults: NONE, object: 0 };
/** `setCookie(headers, { name, value })` */
const DENO: Setter = { at: [1, 1, 1], defaults: NONE, object: 1 };
const DENO_COOKIES = /(?:^|[/:@$])std(?:@[^/]+)?\/http(?:@[^/]+)?\/cookie(?:\.ts)?$/u;
const HAPI: Setter = {
  at: [0, 1, 2],
  defaults: ALL,
  keys: { httpOnly: "isHttpOnly", secure: "isSecure" },
};

/** Names of what a handler answers with. */
const RESPONSE = /^(?:_?res|_?response|reply|rep|resp)$/u;

function setterNamed(specifier: string, name: string): Setter | undefined {
  if (name === "setCookie" && DENO_COOKIES.test(specifier)) return DENO;
  const setters = FUNCTIONS[specifier];
  return setters !== undefined && Object.hasOwn(setters, name) ? setters[name] : undefined;
}

function setterOf(analysis: Analysis, call: CallNode): Setter | undefined {
  const callee = unwrap(call.callee);
  if (callee.type === "Identifier") {
    if (isAutoImported(analysis, call, callee)) return setterNamed("h3", callee.name);
    const maker = madeHere(analysis.core, callee);
    return maker === undefined || maker.call !== undefined
      ? undefined
      : setterNamed(maker.specifier, maker.path.at(-1) ?? "");
  }
  if (callee.type !== "MemberExpression") return undefined;
  const method = memberName(callee);
  if (method === undefined || !/^(?:cookie|setCookie|set|serialize|state)$/u.test(method))
    return undefined;
  const receiver = unwrap(callee.object);
  if (method === "cookie" || method === "setCookie") {
    // `res.status(200).cookie(…)`, `res.cookie(…).cookie(…)`.
    if (isResponse(analysis, receiver)) return EXPRESS;
    if (method === "cookie") return undefined;
  }
  const maker = madeBy(analysis.core, receiver);
  if (maker !== undefined) {
    if (givesNextRequest(maker.specifier) && method === "set") return NEXT;
    if (maker.specifier === "next/server" && method === "set") return NEXT;
    if (maker.specifier === "cookies" && method === "set") return { at: [0, 1, 2], defaults: KOA };
    return maker.call === undefined ? setterNamed(maker.specifier, method) : undefined;
  }
  if (method === "setCookie")
    return isLikeOfH3(analysis, call) ? setterNamed("h3", method) : undefined;
  if (method === "state") {
    return isToolkit(receiver) && call.arguments.length > 1 ? HAPI : undefined;
  }
  if (method !== "set") return undefined;
  // `answer.cookies` of `const answer = NextResponse.json(…)`
  if (receiver.type === "MemberExpression" && memberName(receiver) === "cookies") {
    const owner = madeBy(analysis.core, receiver.object);
    if (owner?.specifier === "next/server") return NEXT;
  }
  if (isUndeclaredStore(analysis.file, receiver) || isElysiaCookie(analysis, receiver)) return NEXT;
  return ofJar(analysis, receiver);
}

/** What only handlers and actions of Next.js write, where `cookies` has lost its import. */
const IN_NEXT =
  /\bNextRe(?:quest|sponse)\b|\bnew Response\(|\bResponse\.json\(|["'](?:use server|next\/[^"']+)["']/u;

/** `cookies().set("token", token)` of a file that declares `cookies` nowhere, also by a name: nothing else is called so */
function isUndeclaredStore(file: SourceFile, receiver: Node): boolean {
  if (!IN_NEXT.test(file.text)) return false;
  const made = unwrap(initOf(file, receiver) ?? receiver);
  if (made.type !== "CallExpression" || made.arguments.length > 0) return false;
  const { callee } = made;
  return callee.type === "Identifier" && callee.name === "cookies" && isUndeclared(file, callee);
}

/** Nuxt and Nitro give the functions of h3 to every file of a server without an import. */
function isAutoImported(
  { file }: Analysis,
  { arguments: [event] }: CallNode,
  callee: Extract<Node, { type: "Identifier" }>,
): boolean {
  if (file.variableOf(callee) !== undefined || setterNamed("h3", callee.name) === undefined)
    return false;
  return dottedPath(event ?? callee)?.at(-1) === "event";
}

/**
 * `jar.setCookie(event, "token", token, { secure })`: a service that is given what h3's function of that name is. It may
 * set flags by itself, unless another of its calls sets httpOnly: whoever writes that has to.
 */
function isLikeOfH3({ file }: Analysis, call: CallNode): boolean {
  const [event, , , options, ...more] = call.arguments;
  const setter = dottedPath(call.callee)?.join(".");
  return (
    setter !== undefined &&
    dottedPath(event ?? call)?.at(-1) === "event" &&
    options?.type === "ObjectExpression" &&
    more.length === 0 &&
    (file.index.called.get("setCookie") ?? []).some(
      ({ callee, arguments: [, , , others] }) =>
        dottedPath(callee)?.join(".") === setter &&
        others?.type === "ObjectExpression" &&
        propertyValue(others, "httpOnly") !== undefined,
    )
  );
}

/** `({ cookie: { auth } }) => auth.set({ value, httpOnly: true })` */
function isElysiaCookie({ file }: Analysis, receiver: Node): boolean {
  if (receiver.type !== "Identifier" || !/["']elysia["']/u.test(file.text)) return false;
  const [declared] = file.variableOf(receiver)?.identifiers ?? [];
  const pattern = declared?.parent.parent;
  const holder = pattern?.type === "ObjectPattern" ? pattern.parent : undefined;
  return holder?.type === "Property" && staticKey(holder.key, holder.computed) === "cookie";
}

/** `ctx.cookies.set` of Koa, `response.cookies.set` of Next, `cookies.set` of SvelteKit. */
function ofJar(analysis: Analysis, receiver: Node): Setter | undefined {
  const path = dottedPath(receiver);
  const jar = path?.at(-1);
  // `req.universalCookies` (universal-cookie-express 8.1) hands on to `res.cookie`.
  if (jar === "universalCookies") return EXPRESS;
  if (path === undefined || !/^cookies$|^cookieStore$/u.test(jar ?? "")) return undefined;
  const holder = path.at(-2);
  const { text } = analysis.file;
  if (holder !== undefined && RESPONSE.test(holder))
    return text.includes("next/server") ? NEXT : undefined;
  if (holder === "ctx" || holder === "context" || holder === "this" || holder === "c") {
    if (isAstro(text)) return EXPRESS;
    return { at: [0, 1, 2], defaults: KOA };
  }
  if (/^astro$/iu.test(holder ?? "") || (holder === undefined && isAstro(text))) return EXPRESS;
  if (IN_SVELTE_KIT.test(text)) return { at: [0, 1, 2], defaults: ALL };
  return undefined;
}

/** What no file outside of SvelteKit imports, in a module of a route: `$env/static/private`, `./$types`, `$lib/server/db`. */
const IN_SVELTE_KIT = /@sveltejs\/kit|["'](?:\.\/\$types|\$(?:env|app)\/[^"']+|\$lib\/[^"']+)["']/u;

function isAstro(text: string): boolean {
  return /["']astro(?::|["'])|APIContext|APIRoute|defineMiddleware/u.test(text);
}

function isResponse(analysis: Analysis, node: Node): boolean {
  const root = chainRoot(node);
  const name = dottedPath(root ?? node)?.at(-1) ?? "";
  return RESPONSE.test(name) || (root?.type === "Identifier" && isBesideRequest(analysis, root));
}

/** What a handler is given behind the request, whatever it is called: `(req, rsp) => …` */
function isBesideRequest({ file }: Analysis, name: TSESTree.Identifier): boolean {
  const [definition] = file.variableOf(name)?.defs ?? [];
  const owner = definition?.node as Node | undefined;
  if (definition?.type !== "Parameter" || !isFunction(owner)) return false;
  const [request, response] = owner.params;
  return (
    response === definition.name &&
    request?.type === "Identifier" &&
    /^_?req(?:uest)?$/u.test(request.name)
  );
}

/** `h.state(…)`, `h.response(…).state(…)` of hapi. */
function isToolkit(node: Node): boolean {
  return dottedPath(chainRoot(node) ?? node)?.at(-1) === "h";
}

/** What a chain of calls begins with. */
function chainRoot(node: Node): Node | undefined {
  let current = unwrap(node);
  while (current.type === "CallExpression") {
    const callee = unwrap(current.callee);
    if (callee.type !== "MemberExpression") return undefined;
    current = unwrap(callee.object);
  }
  return current;
}

/** Every cookie that the file sets on a server. */
export function cookieWrites(analysis: Analysis): CookieWrite[] {
  const { calls } = analysis.file.index;
  return [
    ...calls.flatMap((call) => {
      const setter = setterOf(analysis, call);
      return setter === undefined ? [] : ofSetter(analysis, call, setter);
    }),
    ...writtenCookies(analysis),
  ];
}

function ofSetter(analysis: Analysis, call: CallNode, setter: Setter): CookieWrite[] {
  if (call.arguments.some((argument) => argument.type === "SpreadElement")) return [];
  const [nameAt, valueAt, optionsAt] = setter.at;
  const name = call.arguments[nameAt];
  const setterName = shortName(call);
  // nookies is given no context in a browser: what it sets there is a script's cookie.
  const [context] = call.arguments;
  const isInBrowser = nameAt > 0 && context !== undefined && isNullish(context);
  if (name === undefined || isInBrowser) return [];
  const [whole] = setter.object === undefined ? [] : call.arguments.slice(setter.object);
  if (whole !== undefined && call.arguments.at(-1) === whole) {
    const cookie = analysis.evaluate(whole);
    if (cookie.type !== "object") return [];
    const value = cookie.properties.get("value");
    const called = cookie.properties.get("name");
    return [
      {
        node: call,
        setter: setterName,
        name: called === undefined ? undefined : stringOf(called.value),
        value: value?.node.type === "Property" ? value.node.value : undefined,
        ...flagsOf(analysis.core, cookie, setter),
      },
    ];
  }
  const given = call.arguments[valueAt];
  if (given !== undefined && areOptions(analysis.evaluate(given))) return [];
  const options = call.arguments[optionsAt] ?? definitionOf(analysis, setter, name);
  const flags =
    options === undefined ? undefined : flagsOf(analysis.core, analysis.evaluate(options), setter);
  return [
    {
      node: call,
      setter: setterName,
      name: stringOf(analysis.evaluate(name)) ?? constantName(analysis, name),
      value: given,
      ...(flags ?? {
        httpOnly: setter.defaults.httpOnly ? "on" : "off",
        secure: setter.defaults.secure ? "on" : "off",
      }),
    },
  ];
}

/** `res.cookie("token", { maxAge, httpOnly: true })`: the value was forgotten, and what stands in its place holds no token. */
function areOptions(value: Value): boolean {
  return must(
    value,
    (one) =>
      one.type === "object" &&
      !one.open &&
      [...one.properties.keys()].every((name) => OPTIONS.has(name)),
  );
}

/** What packages take beside the value of a cookie. */
const OPTIONS: ReadonlySet<string> = new Set(
  "maxAge expires httpOnly secure sameSite path domain signed overwrite priority partitioned encode".split(
    " ",
  ),
);

/** `server.state("jwt", { isSecure: false })` of hapi: how the cookie of that name is set from then on. */
function definitionOf(analysis: Analysis, setter: Setter, written: Node): Node | undefined {
  const name = setter === HAPI ? stringOf(analysis.evaluate(written)) : undefined;
  if (name === undefined) return undefined;
  const defined = (analysis.file.index.called.get("state") ?? []).find(
    ({ callee, arguments: [key] }) =>
      key !== undefined &&
      /server$/iu.test(dottedPath(callee)?.at(-2) ?? "") &&
      stringOf(analysis.evaluate(key)) === name,
  );
  return defined?.arguments[1];
}

/** `ACCESS_TOKEN_COOKIE`: the name of a constant that is out of sight; of a parameter it says nothing. */
function constantName({ file }: Analysis, node: Node): string | undefined {
  const [definition] = file.variableOf(unwrap(node))?.defs ?? [];
  if (isFunction(definition?.node)) return undefined;
  return dottedPath(node)
    ?.at(-1)
    ?.replace(/_?cookie(?:_?name)?$/iu, "");
}

function shortName(call: CallNode): string {
  const callee = unwrap(call.callee);
  const path = dottedPath(callee);
  if (path !== undefined) return path.join(".");
  return callee.type === "MemberExpression" ? (memberName(callee) ?? "This call") : "This call";
}

export function flagsOf(
  core: Core,
  options: Value,
  setter: Pick<Setter, "defaults" | "keys">,
): Pick<CookieWrite, "httpOnly" | "secure"> {
  const keys = setter.keys ?? { httpOnly: "httpOnly", secure: "secure" };
  return {
    httpOnly: flagOf(core, options, keys.httpOnly, setter.defaults.httpOnly),
    secure: flagOf(core, options, keys.secure, setter.defaults.secure),
  };
}

/**
 * Off only where every possibility leaves it off: one that depends on the environment is right, unless it
 * is on in development alone.
 */
function flagOf(core: Core, options: Value, key: string, isDefault: boolean): Flag {
  const answers = new Set(
    possibilities(options).map((one): Flag => {
      if (one.type === "literal" && (one.value === undefined || one.value === null))
        return isDefault ? "on" : "off";
      if (one.type !== "object") return "unknown";
      const property = one.properties.get(key);
      if (property === undefined) return one.open ? "unknown" : isDefault ? "on" : "off";
      if (!property.certain) return "unknown";
      if (isUndefined(property.value)) return isDefault ? "unknown" : "off";
      if (property.value.type === "literal") return isTruthy(property.value.value) ? "on" : "off";
      // `NODE_ENV === "development"`, the wrong way round.
      return asksForDevelopment(core, property.value.node) === true ? "off" : "unknown";
    }),
  );
  const [only] = answers;
  return answers.size === 1 && only !== undefined ? only : "unknown";
}

function isTruthy(value: unknown): boolean {
  return Boolean(value);
}
