import type { Analysis } from "../analysis.ts";
import { MAX_SOURCES } from "../core.ts";
import { isChosenInLoop } from "../flow/conditions.ts";
import { usesOf } from "../flow/flow.ts";
import type { FlowRules, Use } from "../flow/use.ts";
import { declaratorOf, objectAt } from "../files/variables.ts";
import { byObject } from "../memo.ts";
import { dottedPath, memberName, propertyValue, staticKey, unwrap, wrapped } from "../syntax.ts";
import type { CallNode, Node } from "../syntax.ts";
import { carriersOf } from "./carriers.ts";
import { isEmptyAsJson } from "./fetch-headers.ts";
import { inOtherWords } from "./holders.ts";
import { hides } from "./masking.ts";
import { namedTokens } from "./named.ts";
import { UNNAMED, isMeantFor } from "./source.ts";
import type { Held, Source } from "./source.ts";
import { findSources } from "./sources.ts";
import { isThinned } from "./thinned.ts";
import { isAuthHeader, tokenName } from "./words.ts";

/**
 * Which expressions hold a token, a key or an Authorization header, and what becomes of them. The
 * places that must not have them (logs, addresses, web storage) are described in `sinks/`.
 */
export interface TokenUse extends Use {
  readonly source: Source;
  /** What is held here, which for a response may be all of it or only the token in it. */
  readonly held: Held;
  /** Of a response: the paths below it of what the program reads a token from. */
  readonly tokensIn?: readonly (readonly string[])[];
}

/** Every use of a token, a key or a header in the file, in source order. */
export const tokenUses: (analysis: Analysis) => readonly TokenUse[] = byObject(findUses);

/** The uses of what is only called a token. */
export function namedTokenUses(analysis: Analysis): readonly TokenUse[] {
  return followed(analysis, namedTokens(analysis)).flatMap((node) => {
    const source: Source = { node, held: "token", certain: false };
    const uses = usesOf(analysis.core, node, rulesFor(analysis, source));
    // `token[constants.AUDIENCE]` is no part of a text.
    return heldUses(analysis, source, uses).filter(({ path }) => !path.includes("?"));
  });
}

function followed<Found>({ core }: Analysis, sources: readonly Found[]): readonly Found[] {
  core.budget.sources = Math.max(core.budget.sources, sources.length);
  return sources.slice(0, MAX_SOURCES);
}

function findUses(analysis: Analysis): TokenUse[] {
  const sources = followed(analysis, findSources(analysis));
  const found = new Map<string, TokenUse>();
  for (const source of sources) {
    const uses = usesOf(analysis.core, source.node, rulesFor(analysis, source));
    for (const use of heldUses(analysis, source, uses)) {
      // A text may hold a token and a key.
      const place = `${use.held === "key" ? "key" : ""}:${use.kind}:${String(use.node.range[0])}:${String(use.node.range[1])}:${String(use.by.range[0])}:${use.boxes.join(".")}`;
      const known = found.get(place);
      if (known === undefined || (use.source.certain && !known.source.certain))
        found.set(place, use);
    }
  }
  return [...found.values()].sort((a, b) => a.node.range[0] - b.node.range[0]);
}

function rulesFor(analysis: Analysis, source: Source): FlowRules {
  return {
    endsAt: (call, value) =>
      hides(call, value, source.held) ||
      (source.held === "headers" && choosesHeaders(call, value)) ||
      (/^(?:headers|response)$/u.test(source.held) &&
        isEmptyAsJson(analysis, source.node, call, value)) ||
      (source.isList === true && methodOf(call, value) !== undefined),
    // OpenID Connect sends an old ID token along at sign-out, in the address.
    isMeantFor: (property) => isMeantFor(analysis, source, property),
    fillsParameters: true,
    carriers: (call, argument) => carriersOf(analysis, call, argument, source),
  };
}

/** `headers.get(name)` is one header; those that matter are sources of their own. A filter chooses some. */
function choosesHeaders(call: CallNode, value: Node): boolean {
  return /^(?:get|has|filter)$/u.test(methodOf(call, value) ?? "");
}

/** The method of a value that a call calls. */
function methodOf({ callee: written }: CallNode, value: Node): string | undefined {
  const callee = unwrap(written);
  return callee.type === "MemberExpression" && unwrap(callee.object) === unwrap(value)
    ? memberName(callee)
    : undefined;
}

/** Which of the uses still hold it: a property of a text is not the text. */
function heldUses(analysis: Analysis, source: Source, uses: readonly Use[]): TokenUse[] {
  const as = (use: Use, held: Held): TokenUse => ({ ...use, source, held });
  switch (source.held) {
    case "token":
    case "header":
      return uses.filter(({ path }) => isHeldIn(path)).map((use) => as(use, source.held));
    case "key":
      return uses
        .filter(({ path }) => path.every(isElement))
        .map((use) =>
          as(use, source.isTokenAsText === true && use.form === "joined" ? "token" : "key"),
        );
    case "headers":
      return uses.flatMap((use) => {
        const [name, ...rest] = use.path;
        if (name === undefined) {
          if (use.form === "joined") return [];
          return use.without?.some((taken) => isAuthHeader(taken)) === true
            ? []
            : [as(use, "headers")];
        }
        // The value of each, where nothing chooses among them.
        if (name === "*" && (rest.length === 0 || rest.join() === "1"))
          return isChosenInLoop(use.by) ? [] : [as(use, "headers")];
        return isAuthHeader(name) && isHeldIn(rest) ? [as(use, "header")] : [];
      });
    case "response":
      return ofResponse(analysis, source, uses);
    default:
      return [];
  }
}

/** The first word of `Bearer …` is the scheme, and the first part of a token its header. */
function isHeldIn(path: readonly string[]): boolean {
  return path.every(isElement) && path[0] !== "0";
}

function isElement(name: string): boolean {
  return /^(?:[*?]|\d+)$/u.test(name);
}

/** Wrappers round what a server answers. */
const ENVELOPE =
  /^(?:data|body|result|results|response|payload|json|user|value|tokens|session|auth|[*?]|\d+)$/u;

/**
 * The token in it, and the whole once the program reads a token from it. What else it makes of the
 * answer, such as the text of an error, is not the whole.
 */
function ofResponse(analysis: Analysis, source: Source, uses: readonly Use[]): TokenUse[] {
  const tokens: TokenUse[] = [];
  const proven = new Map<unknown, (readonly string[])[]>();
  for (const use of uses) {
    if (source.showsSent === true && use.path[0] !== "config") continue;
    const at = use.path.findIndex((name) => tokenName(name) !== undefined && name !== "tokens");
    if (at !== -1) {
      // What a method makes of it, such as `token.length`, is no longer it.
      if (use.path.slice(at + 1).some((name) => !isElement(name))) continue;
      const holder = holderOf(analysis, unboxed(analysis, use));
      proven.set(holder, [...(proven.get(holder) ?? []), use.path.slice(0, at)]);
      tokens.push({ ...use, source, held: "token" });
    } else if (isCalledToken(use)) {
      tokens.push({ ...use, source, held: "token" });
    }
  }
  for (const use of uses) {
    if (isNamedToken(use.node)) continue;
    const { tokenIn } = source;
    const isTaken = (name: string): boolean =>
      tokenName(name) !== undefined || name === tokenIn?.[0] || tokenIn?.[0] === UNNAMED;
    if (use.without?.some(isTaken) === true) continue;
    if (use.form === "joined") continue;
    if (isThinned(analysis.core, use.node)) continue;
    const paths = tokenIn === undefined ? provenFor(analysis, use, proven) : [tokenIn];
    const tokensIn = paths
      .filter((path) => isWhole(use.path, path))
      .map((path) => path.slice(use.path.length));
    if (tokensIn.length > 0) tokens.push({ ...use, source, held: "response", tokensIn });
  }
  return tokens;
}

/**
 * Where the program reads tokens from what an expression holds: of the same variable, or of what the same part of an
 * answer is elsewhere, `console.log(answer.data); return answer.data;` beside `const { token } = await ask();`. The
 * answer itself may be something else there: what `fetch` gives has no body in it.
 */
function provenFor(
  analysis: Analysis,
  use: Use,
  proven: ReadonlyMap<unknown, readonly (readonly string[])[]>,
): readonly (readonly string[])[] {
  if (use.path.length > 0) return [...proven.values()].flat();
  const held = unboxed(analysis, use);
  // `{ message: answer.message }` of `answer = { message: text }` is not what the token is read from.
  const isPart = held !== use.node && held.type === "MemberExpression";
  return isPart ? [] : (proven.get(holderOf(analysis, held)) ?? []);
}

/** How many objects deep what is printed goes: Node's `util.inspect` leaves out the rest. */
const MAX_DEPTH = 2;

function isWhole(path: readonly string[], proven: readonly string[]): boolean {
  return (
    path.length <= proven.length &&
    proven.length - path.length <= MAX_DEPTH &&
    path.every((name, index) => proven[index] === name)
  );
}

/** `answer` of `console.log({ answer })`, and `answer.token` of `setSession({ token: answer.token })`: what was put in. */
function unboxed({ file }: Analysis, { node, boxes }: Use): Node {
  let held = node;
  for (const box of boxes.toReversed()) {
    const object = objectAt(file, held);
    const value = object === undefined ? undefined : propertyValue(object, box);
    if (value === undefined) return held;
    held = value;
  }
  return held;
}

/** The variable that an expression reads, or that its destructured name was taken from. */
function holderOf(analysis: Analysis, node: Node): unknown {
  let root = unwrap(node);
  for (;;) {
    const next = root.type === "MemberExpression" ? root.object : inOtherWords(root);
    if (next === undefined) break;
    root = unwrap(next);
  }
  if (root.type !== "Identifier") return root;
  const declarator = declaratorOf(analysis.file, root);
  if (declarator?.id.type === "ObjectPattern") return holderOf(analysis, declarator.init);
  return analysis.file.variableOf(root) ?? root;
}

/** `const token = answer.data`: what is answered, without what it comes in, goes by the name of a token. */
export function isCalledToken({ path, node }: Use): boolean {
  return path.every((name) => ENVELOPE.test(name)) && isNamedToken(node);
}

/** `const token = await login(…)`. */
function isNamedToken(node: Node): boolean {
  const name = dottedPath(node)?.at(-1);
  return name !== undefined && tokenName(name) !== undefined && name !== "tokens";
}

/** Does this expression hold a token, and which one? */
export function heldAt(analysis: Analysis, expression: Node): TokenUse | undefined {
  const node = unwrap(expression);
  const outer = wrapped(node);
  const { parent } = outer;
  const property = parent?.type === "Property" && parent.value === outer ? parent : undefined;
  return tokenUses(analysis).find((use) => {
    const holder = unwrap(use.node);
    if (holder === node || (use.kind === "text" && use.by === node)) return true;
    // A property is seen once the object is used.
    if (property?.parent !== holder) return false;
    return use.boxes.at(-1) === staticKey(property.key, property.computed);
  });
}

export type { Held } from "./source.ts";
