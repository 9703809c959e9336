import type { TSESTree } from "@typescript-eslint/utils";
import type { Core } from "../core.ts";
import { declaratorOf } from "../files/variables.ts";
import type { Operation } from "../operations/operations.ts";
import {
  dottedPath,
  enclosingFunction,
  isFunction,
  memberName,
  staticKey,
  unwrap,
} from "../syntax.ts";
import type { CallNode, Node } from "../syntax.ts";
import { returnArguments } from "../values/classes.ts";
import { must } from "../values/value.ts";
import type { Value } from "../values/value.ts";
import { asksForClaims, asksForKept } from "./asked-behind.ts";
import { isOptionalByName } from "../answers/function-roles.ts";
import { passesBefore } from "./open-prefixes.ts";
import { catchOf } from "../answers/results.ts";
import { isChosen, passesAsGuard } from "./said-passes.ts";
import { partsOf } from "./said-tests.ts";

/** A test that anything in the query of an address passes, in front of a verification. */
export interface SearchedAddress {
  readonly node: Node;
  /** What is searched, as the code calls it: `req.url`. */
  readonly address: string;
}

/**
 * `if (req.url.includes("/login")) return next();`, `if (OPEN.test(req.originalUrl)) return next();` with
 * `/\/login|\/public/`: the address holds the query as well, so `/orders?x=/login` passes without a token. What holds
 * the path alone (`req.path`, `new URL(req.url).pathname`), and what is asked from its beginning, is another question.
 */
export function searchedAddresses(core: Core, operation: Operation): SearchedAddress[] {
  const { kind, node } = operation;
  if (kind !== "verify" || !ADDRESS.test(core.file.code)) return [];
  const owner = enclosingFunction(node);
  if (owner !== undefined && isOptionalByName(core, owner)) return [];
  // A verification that nobody catches refuses by its error.
  if (catchOf(node) !== undefined && !REFUSES.test(core.file.code)) return [];
  if (cutsAddress(core)) return [];
  const found = passesBefore(core, node).flatMap((branch) =>
    passesAsGuard(core, branch) && !isChosen(core, branch)
      ? searchedIn(core, branch.test, MAX_CALLS)
      : [],
  );
  // Who has passed without claims may be refused behind it.
  return found.length > 0 && (asksForClaims(core.file) || asksForKept(core.file, operation))
    ? []
    : found;
}

/** Words of which one stands where anybody is refused. */
const REFUSES = /40[13]|[uU]nauthor|[fF]orbidden|\bthrow\b|redirect|next\(\s*\w|boom/u;

/** `req.url = req.url.split("?")[0];` */
function cutsAddress({ file }: Core): boolean {
  return file.index.assignments.some(
    ({ left }) => left.type === "MemberExpression" && memberName(left) === "url",
  );
}

/** How many functions a test is looked for in: `const isOpen = (req) => OPEN.test(req.url)`. */
const MAX_CALLS = 2;

const ADDRESS = /\b(?:url|originalUrl|rawUrl|href)\b/u;

function searchedIn(core: Core, written: Node, hops: number): SearchedAddress[] {
  return partsOf(core, written).flatMap((part) => {
    const search = searchOf(part);
    const searched = search === undefined ? undefined : searchedBy(core, search);
    if (searched !== undefined) return [{ node: part, address: searched }];
    const inner = part.type === "CallExpression" && hops > 0 ? answerOf(core, part) : undefined;
    const [first] = inner === undefined ? [] : searchedIn(core, inner, hops - 1);
    return first === undefined ? [] : [{ node: part, address: first.address }];
  });
}

/** `url.indexOf("/login")` of `url.indexOf("/login") > -1`, `url.match(OPEN)` of `url.match(OPEN) !== null` */
function searchOf(part: Node): TSESTree.CallExpression | undefined {
  if (part.type === "CallExpression")
    return /^(?:indexOf|search)$/u.test(methodOf(part) ?? "") ? undefined : part;
  if (part.type !== "BinaryExpression") return undefined;
  const call = unwrap(part.left);
  if (call.type !== "CallExpression") return undefined;
  const limit = unwrap(part.right);
  const isNegative = limit.type === "UnaryExpression" && limit.operator === "-";
  const isZero = limit.type === "Literal" && limit.value === 0;
  const isFound =
    (isNegative && /^(?:>|!==?)$/u.test(part.operator)) || (isZero && part.operator === ">=");
  const name = methodOf(call) ?? "";
  if (/^(?:indexOf|search)$/u.test(name)) return isFound ? call : undefined;
  return /^(?:match|exec)$/u.test(name) && part.operator.startsWith("!") ? call : undefined;
}

function methodOf({ callee }: CallNode): string | undefined {
  const method = unwrap(callee);
  return method.type === "MemberExpression" ? memberName(method) : undefined;
}

/** What of a request is searched as a whole by a call. */
function searchedBy(core: Core, call: TSESTree.CallExpression): string | undefined {
  const callee = unwrap(call.callee);
  const [given] = call.arguments;
  if (callee.type !== "MemberExpression" || given === undefined) return undefined;
  switch (memberName(callee)) {
    case "includes":
    case "indexOf":
      return wholeAddress(core, callee.object);
    case "match":
    case "search":
      return isLoose(core, given) ? wholeAddress(core, callee.object) : undefined;
    case "test":
    case "exec":
      return isLoose(core, callee.object) ? wholeAddress(core, given) : undefined;
    case "some": {
      // `OPEN.some((one) => req.url.includes(one))`
      const answer = isFunction(given) ? onlyAnswer(core, given) : undefined;
      const search = answer === undefined ? undefined : searchOf(unwrap(answer));
      return search === undefined ? undefined : searchedBy(core, search);
    }
    default:
      return undefined;
  }
}

/** What a function of the program that is called answers: `OPEN.test(req.url)` of `isOpen(req)`. */
function answerOf(core: Core, call: CallNode): Node | undefined {
  const target = core.evaluate(call.callee);
  return target.type === "function" ? onlyAnswer(core, target.node) : undefined;
}

function onlyAnswer(core: Core, owner: Parameters<typeof returnArguments>[1]): Node | undefined {
  const [answer, ...others] = returnArguments(core, owner);
  return others.length === 0 ? answer : undefined;
}

/** What holds path and query, by what frameworks call a request. */
const WHOLE =
  /^(?:_?req|_?request|ctx|context|c|event)(?:\.(?:req|request|raw|nextUrl))?\.(?:url|originalUrl|rawUrl|href)$/u;

/** `req.url`, `req.originalUrl.toLowerCase()`, `url` of `const { url } = req` */
function wholeAddress(core: Core, written: Node): string | undefined {
  const node = unwrap(written);
  if (node.type === "CallExpression") {
    const callee = unwrap(node.callee);
    const isSame = /^(?:to(?:Lower|Upper)Case|trim)$/u.test(methodOf(node) ?? "");
    return isSame && callee.type === "MemberExpression"
      ? wholeAddress(core, callee.object)
      : undefined;
  }
  if (node.type === "Identifier") {
    const declarator = declaratorOf(core.fileOf(node), node);
    if (declarator === undefined) return undefined;
    const { id, init } = declarator;
    if (id.type === "Identifier") return wholeAddress(core, init);
    const field = id.type === "ObjectPattern" ? fieldOf(id, node.name) : undefined;
    return field === undefined ? undefined : named(`${dottedPath(init)?.join(".") ?? ""}.${field}`);
  }
  return named(dottedPath(node)?.join(".") ?? "");
}

function named(path: string): string | undefined {
  return WHOLE.test(path) ? path : undefined;
}

function fieldOf({ properties }: TSESTree.ObjectPattern, name: string): string | undefined {
  const property = properties.find(
    (one) => one.type === "Property" && one.value.type === "Identifier" && one.value.name === name,
  );
  return property?.type === "Property" ? staticKey(property.key, property.computed) : undefined;
}

/** Is it a pattern that says of one of its alternatives neither where it begins nor where it ends? */
function isLoose(core: Core, pattern: Node): boolean {
  return must(core.evaluate(pattern), (one) => isLoosePattern(one));
}

function isLoosePattern({ type, node }: Value): boolean {
  if (type !== "regexp" || node.type !== "Literal" || !("regex" in node)) return false;
  // `[^/]` says nothing of where it stands, and `\$` is a dollar.
  const plain = node.regex.pattern.replaceAll(/\\.|\[(?:\\.|[^\]\\])*\]/gu, "_");
  return alternativesOf(plain).some((one) => !/[$^]/u.test(one));
}

/** The parts between the bars that no bracket is around. */
function alternativesOf(pattern: string): string[] {
  let depth = 0;
  let current = "";
  const found: string[] = [];
  for (const character of pattern) {
    if (character === "(") depth += 1;
    if (character === ")") depth -= 1;
    if (character === "|" && depth === 0) {
      found.push(current);
      current = "";
    } else current += character;
  }
  return [...found, current];
}
