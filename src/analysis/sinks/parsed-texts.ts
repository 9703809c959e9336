import type { Analysis } from "../analysis.ts";
import type { SourceFile } from "../files/source-file.ts";
import { readsOf } from "../files/variables.ts";
import { conditionsAt } from "../flow/conditions.ts";
import {
  calleeName,
  contains,
  enclosingFunction,
  memberName,
  parentOf,
  staticKey,
  unwrap,
  wrapped,
} from "../syntax.ts";
import type { CallNode, Node } from "../syntax.ts";

/** A text that is parsed, out of which the program takes a token. */
export interface ParsedText {
  readonly text: Node;
  readonly parse: CallNode;
  /** The program makes a text of it first: as it is it may be bytes. */
  readonly isConverted: boolean;
}

/** Which names are those of tokens, and which expressions are verified or decoded. */
interface Tokens {
  readonly file: SourceFile;
  readonly isKnown: (name: string) => boolean;
  readonly verified: ReadonlySet<Node>;
}

/**
 * `raw` of `const { token } = JSON.parse(raw)`, which is the message of a socket, the body of an event, or the text of a
 * request: it carries the token that is taken out of what it is parsed to.
 *
 * @param isKnown is a property of this name a token?
 */
export function parsedTexts(
  { file, operations }: Analysis,
  isKnown: (name: string) => boolean,
): ParsedText[] {
  const verified = new Set(
    operations.flatMap(({ token }) => (token === undefined ? [] : [unwrap(token.node)])),
  );
  return (file.index.called.get("parse") ?? []).flatMap((parse) => {
    const [given] = parse.arguments;
    if (given === undefined || calleeName(parse) !== "JSON.parse") return [];
    const written = orNothing(unwrap(given));
    const text = converted(written) ?? written;
    if (text.type !== "Identifier" && text.type !== "MemberExpression") return [];
    if (!isGivenOnce(file, text) || !givesToken({ file, isKnown, verified }, parse)) return [];
    return [{ text, parse, isConverted: text !== written }];
  });
}

/** Or is a variable given something else on the way: `raw = inflate(raw)`? */
function isGivenOnce(file: SourceFile, text: Node): boolean {
  const references = file.variableOf(text)?.references ?? [];
  return references.every((one) => !one.isWrite() || one.init === true);
}

/** `body` of `body ?? "{}"` */
function orNothing(node: Node): Node {
  return node.type === "LogicalExpression" && node.operator !== "&&" ? unwrap(node.left) : node;
}

/** `raw` of `raw.toString()` and `String(raw)` */
function converted(node: Node): Node | undefined {
  if (node.type !== "CallExpression") return undefined;
  const callee = unwrap(node.callee);
  const [given] = node.arguments;
  if (calleeName(node) === "String") return given === undefined ? undefined : unwrap(given);
  return callee.type === "MemberExpression" && memberName(callee) === "toString"
    ? unwrap(callee.object)
    : undefined;
}

/** How many variables and properties stand between what is parsed and the token. */
const MAX_STEPS = 4;

/** Is a token taken out of what an expression gives, or is it one itself? */
function givesToken(tokens: Tokens, node: Node, steps = MAX_STEPS): boolean {
  if (steps === 0) return false;
  if (tokens.verified.has(node)) return true;
  const outer = wrapped(node);
  const by = parentOf(outer);
  if (by?.type === "MemberExpression" && by.object === outer) {
    const call = parentOf(by);
    if (call?.type === "CallExpression" && call.callee === by) return false;
    return tokens.isKnown(memberName(by) ?? "") || givesToken(tokens, by, steps - 1);
  }
  return by?.type === "VariableDeclarator" && by.init === outer
    ? isTokenIn(tokens, by.id, steps - 1)
    : false;
}

/** Does a variable hold one, or a pattern take one out, also of a part: `{ kind, data: { token } }`? */
function isTokenIn(tokens: Tokens, declared: Node, steps: number): boolean {
  if (declared.type === "Identifier")
    return readsOf(tokens.file, declared).some((read) => givesToken(tokens, read, steps));
  if (declared.type === "AssignmentPattern") return isTokenIn(tokens, declared.left, steps);
  if (declared.type !== "ObjectPattern") return false;
  return declared.properties.some(
    (one) =>
      one.type === "Property" &&
      (tokens.isKnown(staticKey(one.key, one.computed) ?? "") ||
        isTokenIn(tokens, one.value, steps)),
  );
}

/**
 * Does what is read at a place hold the token, as far as can be seen? Messages of other kinds come the same way:
 * `if (kind === "chat") log(raw)`. What could not be parsed holds nothing.
 */
export function isWholeAt({ parse }: ParsedText, read: Node): boolean {
  const owner = enclosingFunction(read);
  if (owner !== enclosingFunction(parse)) return false;
  const asked = new Set(conditionsAt(parse, owner).map(({ test }) => test));
  if (conditionsAt(read, owner).some(({ test }) => !asked.has(test))) return false;
  for (let at = parentOf(read); at !== undefined && at !== owner; at = parentOf(at)) {
    if (/^(?:SwitchCase|CatchClause)$/u.test(at.type) && !contains(at, parse)) return false;
  }
  return true;
}
