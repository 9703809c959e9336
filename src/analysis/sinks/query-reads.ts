import type { TSESTree } from "@typescript-eslint/utils";
import type { Analysis } from "../analysis.ts";
import type { SourceFile } from "../files/source-file.ts";
import { declaratorOf, initOf } from "../files/variables.ts";
import { saidByClient } from "../network/request.ts";
import {
  bases,
  calleeName,
  decoratorsOf,
  dottedPath,
  isElement,
  isFunction,
  memberName,
  staticKey,
  textOf,
  unwrap,
} from "../syntax.ts";
import type { Node } from "../syntax.ts";
import { isIncoming } from "../tokens/incoming-headers.ts";
import { tokenName } from "../tokens/words.ts";
import { argumentsAt } from "../values/call-sites.ts";
import { returnArguments } from "../values/classes.ts";
import { stringOf } from "../values/value.ts";

/** Which expressions read a token from the query string of a request that comes in? */

/** `@Query("token") token`, `@QueryParam("token") token`: a handler is given it from the address. */
export function isQueryParameter(parameter: Node): boolean {
  const [name] = queryDecorator(parameter)?.arguments ?? [];
  return isTokenParameter(textOf(name));
}

function queryDecorator(parameter: Node | undefined): TSESTree.CallExpression | undefined {
  if (parameter === undefined || !("decorators" in parameter)) return undefined;
  return decoratorsOf(parameter)
    .map(({ expression }) => expression)
    .find(
      (one) =>
        one.type === "CallExpression" &&
        /^(?:Query|QueryParams?|QueryString)$/u.test(dottedPath(one.callee)?.at(-1) ?? ""),
    ) as TSESTree.CallExpression | undefined;
}

/** `@Query() query`: the whole of it. */
function isQueryObject(analysis: Analysis, name: Node): boolean {
  const [definition] = analysis.file.variableOf(name)?.defs ?? [];
  const owner = definition?.node as Node | undefined;
  if (!isFunction(owner)) return false;
  const decorator = queryDecorator(owner.params.find((one) => one === definition?.name));
  return decorator !== undefined && textOf(decorator.arguments[0]) === undefined;
}

/** `const params = Object.assign({}, req.query, req.body)`, `{ ...req.query, ...req.body }` */
function isMergedQuery(analysis: Analysis, name: Node): boolean {
  const declarator = declaratorOf(analysis.file, name);
  if (declarator?.id.type !== "Identifier") return false;
  const made = unwrap(declarator.init);
  const parts =
    made.type === "CallExpression" && dottedPath(made.callee)?.join(".") === "Object.assign"
      ? made.arguments
      : made.type === "ObjectExpression"
        ? made.properties.flatMap((one) => (one.type === "SpreadElement" ? [one.argument] : []))
        : [made];
  return parts.some((part) => part.type === "MemberExpression" && isQuery(analysis, part));
}

export function isQueryRead(analysis: Analysis, node: Node): boolean {
  if (node.type === "MemberExpression") {
    if (!isQuery(analysis, node.object)) return false;
    const name = memberName(node) ?? stringOf(analysis.evaluate(node.property));
    return isTokenParameter(name);
  }
  if (node.type !== "CallExpression") return false;
  if (isCutOut(node)) return true;
  const callee = unwrap(node.callee);
  const [first] = node.arguments;
  if (callee.type !== "MemberExpression" || !isTokenParameter(textOf(first))) return false;
  const receiver = lastName(callee.object);
  if (memberName(callee) === "query") return receiver === "req";
  // Express looks in the path, the body and the query string; Hono's `c.req.param()` in the path.
  if (memberName(callee) === "param") return dottedPath(callee)?.join(".") === "req.param";
  if (memberName(callee) !== "get") return false;
  return (
    receiver === "searchParams" ||
    receiver === "queryParamMap" ||
    isOfHook(analysis, callee.object) ||
    isSearch(analysis, callee.object)
  );
}

/** The name of the parameter that such a read asks for. */
export function parameterName(read: Node): string | undefined {
  if (read.type === "Property") return staticKey(read.key, read.computed);
  if (read.type === "MemberExpression") return memberName(read);
  const [name] = read.type === "CallExpression" ? read.arguments : [];
  return textOf(name);
}

/** Parameters that are named for a token, or for signing in. */
export function isTokenParameter(name: string | undefined): boolean {
  return (
    name !== undefined &&
    (tokenName(name) !== undefined || /^(?:t|auth|access|key|ticket|sid|session|sso)$/iu.test(name))
  );
}

/** `req.query`, `socket.handshake.query`, `event.queryStringParameters`, `getQuery(event)`. */
export function isQuery(analysis: Analysis, node: Node): boolean {
  const current = unwrap(node);
  if (current.type === "Identifier") {
    return (
      isQueryObject(analysis, current) ||
      isMergedQuery(analysis, current) ||
      isObjectOfSearch(analysis, current) ||
      isSplitSearch(analysis, current) ||
      isTakenOut(analysis, current)
    );
  }
  if (current.type === "MemberExpression") {
    return /^(?:query|queryStringParameters)$/u.test(memberName(current) ?? "");
  }
  if (current.type !== "CallExpression") return false;
  return /^(?:getQuery|getValidatedQuery)$/u.test(dottedPath(current.callee)?.at(-1) ?? "");
}

/** `Object.fromEntries(new URLSearchParams(location.search))` */
function isObjectOfSearch(analysis: Analysis, name: Node): boolean {
  const made = initOf(analysis.file, name);
  const [given] = made?.type === "CallExpression" ? made.arguments : [];
  return (
    made?.type === "CallExpression" &&
    dottedPath(made.callee)?.join(".") === "Object.fromEntries" &&
    given !== undefined &&
    isSearch(analysis, given)
  );
}

/** `query` of `location.search.slice(1).split("&").forEach((item) => { …; query[pair[0]] = pair[1]; })` */
export function isSplitSearch({ file }: Analysis, name: Node): boolean {
  const made = initOf(file, name);
  if (made?.type !== "ObjectExpression" || !splitsSearch(file)) return false;
  return file.index.assignments.some(
    ({ left }) =>
      left.type === "MemberExpression" &&
      memberName(left) === undefined &&
      file.variableOf(left.object) === file.variableOf(name),
  );
}

/** How many members, calls and variables stand between the text of an address and what is done with it. */
const MAX_STEPS = 12;

/** `location.search.slice(1).split("&")`, in place or from a variable */
function splitsSearch(file: SourceFile): boolean {
  return (file.index.called.get("split") ?? []).some(({ callee, arguments: [mark] }) => {
    if (textOf(mark) !== "&") return false;
    let text: Node = unwrap(callee);
    for (let step = 0; step < MAX_STEPS; step += 1) {
      if (text.type !== "MemberExpression" && text.type !== "CallExpression") return false;
      if (dottedPath(text)?.join(".").endsWith("location.search") === true) return true;
      const inner = unwrap(text.type === "CallExpression" ? text.callee : text.object);
      text = initOf(file, inner) ?? inner;
    }
    return false;
  });
}

/** `const { query } = url.parse(req.url, true)`, `const { query } = req` */
function isTakenOut(analysis: Analysis, name: TSESTree.Identifier): boolean {
  const declarator = declaratorOf(analysis.file, name);
  if (declarator?.id.type !== "ObjectPattern") return false;
  const isNamed = declarator.id.properties.some(
    (one) =>
      one.type === "Property" &&
      staticKey(one.key, one.computed) === "query" &&
      (one.value.type === "AssignmentPattern" ? one.value.left : one.value) ===
        analysis.file.variableOf(name)?.identifiers[0],
  );
  if (!isNamed) return false;
  const from = unwrap(declarator.init);
  if (from.type !== "CallExpression") return isIncoming(dottedPath(from) ?? []);
  const [address] = from.arguments;
  return (
    /(?:^|\.)parse$/u.test(calleeName(from)) &&
    address !== undefined &&
    isRequested(analysis, address)
  );
}

/** `req.originalUrl`, in a variable, or as what a function of the file is called with. */
function isRequested({ core, file }: Analysis, written: Node): boolean {
  const address = initOf(file, written) ?? unwrap(written);
  const [definition] = file.variableOf(address)?.defs ?? [];
  const owner = definition?.node as Node | undefined;
  if (!isFunction(owner)) return isAddress(address);
  const position = owner.params.findIndex((one) => one === definition?.name);
  return argumentsAt(core, owner, position).some((given) =>
    isAddress(initOf(file, given) ?? unwrap(given)),
  );
}

function lastName(node: Node): string | undefined {
  const current = unwrap(node);
  if (current.type === "MemberExpression") return memberName(current);
  return current.type === "Identifier" ? current.name : undefined;
}

/** `const [params] = useSearchParams()` of React Router, `const params = useSearchParams()` of Next. */
function isOfHook(analysis: Analysis, node: Node): boolean {
  const declarator = declaratorOf(analysis.file, unwrap(node));
  const made = declarator === undefined ? undefined : unwrap(declarator.init);
  return made?.type === "CallExpression" && calleeName(made) === "useSearchParams";
}

/** `new URLSearchParams(request.url…)` in a variable or in place. */
function isSearch(analysis: Analysis, node: Node): boolean {
  let current = unwrap(node);
  if (current.type === "Identifier") {
    const init = initOf(analysis.file, current);
    if (init === undefined) return false;
    current = init;
  }
  if (current.type === "CallExpression") {
    const target = analysis.evaluate(current.callee);
    return (
      target.type === "function" &&
      returnArguments(analysis.core, target.node).some(
        (result) => lastName(result) === "searchParams",
      )
    );
  }
  // What stands behind `#` never reaches a server.
  return (
    current.type === "NewExpression" &&
    dottedPath(current.callee)?.at(-1) === "URLSearchParams" &&
    !isFragment(analysis, current) &&
    !isForm(analysis, current)
  );
}

/** `new URLSearchParams(await request.text())`, `new URLSearchParams(event.body)`: a form is written the same way. */
function isForm({ core, file }: Analysis, { arguments: [given] }: TSESTree.NewExpression): boolean {
  if (given === undefined) return false;
  const said = saidByClient(core, given);
  if (said !== undefined) return /(?:^|\.)(?:text|body)(?:\.|$)/u.test(said);
  return bases(initOf(file, given) ?? given).some(
    (base) =>
      base.type === "MemberExpression" && /^(?:text|body|rawBody)$/u.test(memberName(base) ?? ""),
  );
}

/** `location.hash.slice(1)`, `address.split("#")[1]`, in place or in a variable. */
function isFragment(analysis: Analysis, { arguments: [given] }: TSESTree.NewExpression): boolean {
  if (given === undefined) return false;
  const made = given.type === "Identifier" ? initOf(analysis.file, given) : undefined;
  const written = [given, ...(made === undefined ? [] : [made])]
    .map((node) => analysis.file.text.slice(...node.range))
    .join(" ");
  return /hash|fragment|["'`]#["'`]/iu.test(written);
}

/** Methods that give their text back, or a part of it. */
export const TEXT_METHODS =
  /^(?:split|toString|trim|replace|replaceAll|slice|substring|substr|match|matchAll|at|pop)$/u;

/** `req.url.split("token=")[1]`: the address taken apart by hand, at what stands in front of a parameter. */
function isCutOut(call: TSESTree.CallExpression): boolean {
  let node: Node = call;
  let isAtParameter = false;
  for (;;) {
    if (node.type === "CallExpression") {
      const callee = unwrap(node.callee);
      if (callee.type !== "MemberExpression" || !TEXT_METHODS.test(memberName(callee) ?? ""))
        return false;
      isAtParameter ||= node.arguments.some(namesParameter);
      node = unwrap(callee.object);
    } else if (node.type === "MemberExpression" && isElement(node)) node = unwrap(node.object);
    else break;
  }
  return isAtParameter && isAddress(node);
}

function namesParameter(argument: Node): boolean {
  const text = "regex" in argument ? argument.regex.pattern : (textOf(argument) ?? "");
  return /(?:token|jwt|auth|access)\w*=/iu.test(text);
}

/** `req.url`, and `url.parse(req.url).query`. */
function isAddress(node: Node): boolean {
  if (node.type !== "MemberExpression") return false;
  const name = memberName(node) ?? "";
  const object = unwrap(node.object);
  if (object.type === "CallExpression")
    return /^(?:query|search)$/u.test(name) && /(?:^|\.)parse$/u.test(calleeName(object));
  return /^(?:url|originalUrl)$/u.test(name) && isIncoming(dottedPath(object) ?? []);
}
