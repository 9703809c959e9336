import type { Analysis } from "../analysis.ts";
import { declaratorOf, readsOf } from "../files/variables.ts";
import { dottedPath, memberName, rootOf, unwrap } from "../syntax.ts";
import type { Node } from "../syntax.ts";
import { gotAlike } from "./same.ts";
import type { Source } from "./source.ts";
import { tokenName } from "./words.ts";

/**
 * Which objects hold a token that the program uses as one? To hand them on whole is to hand it on.
 */

/**
 * What holds a token that the program uses as one: every read of `answer` for `answer.data.token`, and
 * for `const { token } = answer`.
 */
export function ofHolder(analysis: Analysis, token: Node): Source[] {
  return holdersBehind(analysis, token).flatMap((behind) => {
    const holder = inOtherWords(behind) ?? behind;
    const alike = gotAlike(analysis, holder);
    if (alike.length > 0) {
      return alike.map((node): Source => ({ node, held: "response", certain: false, tokenIn: [] }));
    }
    const [name, ...tokenIn] = dottedPath(holder) ?? [];
    const root = rootOf(holder);
    const [definition] = name === undefined ? [] : (analysis.file.variableOf(root)?.defs ?? []);
    if (definition === undefined || definition.type === "ImportBinding") return [];
    return readsOf(analysis.file, root)
      .filter((read) => mayHold(read, tokenIn) && !isWrittenBetween(analysis, root, read))
      .map((node): Source => ({ node, held: "response", certain: false, tokenIn }));
  });
}

/** What a text is made of, or what is made of a text: `data` of `querystring.parse(data)`. */
export function inOtherWords(written: Node): Node | undefined {
  const node = unwrap(written);
  if (node.type !== "CallExpression") return undefined;
  const [value] = node.arguments;
  return value !== undefined && IN_OTHER_WORDS.test(dottedPath(node.callee)?.join(".") ?? "")
    ? unwrap(value)
    : undefined;
}

const IN_OTHER_WORDS =
  /^(?:JSON\.(?:stringify|parse)|(?:qs|querystring|queryString)\.(?:parse|decode))$/u;

/** `answer = await axios.get(profile);` between two reads: what is read of it behind is another answer. */
function isWrittenBetween({ file }: Analysis, one: Node, other: Node): boolean {
  const [from, to] = [one, other].map(({ range }) => range[0]).sort((a, b) => a - b);
  return (
    from !== undefined &&
    to !== undefined &&
    (file.variableOf(one)?.references ?? []).some((reference) => {
      const [at] = (reference.identifier as Node).range;
      return reference.isWrite() && at > from && at < to;
    })
  );
}

/** Is a read of the object one of all of it, of what holds the token, or of a token in that? */
function mayHold(read: Node, tokenIn: readonly string[]): boolean {
  let node = read;
  for (const name of tokenIn) {
    const { parent } = node;
    if (parent?.type !== "MemberExpression" || parent.object !== node) return true;
    if (memberName(parent) !== name) return false;
    node = parent;
  }
  const { parent } = node;
  if (parent?.type !== "MemberExpression" || parent.object !== node) return true;
  return tokenName(memberName(parent) ?? "") !== undefined;
}

/** Is it no answer, but what a program is set up with, by its name? */
export function isSetup(name: string): boolean {
  return SETUP.test(name);
}

const SETUP = /conf|env|setting|option|opts|argv|^args$|state|store|props|params/iu;

/** What the program verifies or reads a token from: `req.cookies.token`. */
export function readTokens(analysis: Analysis): Node[] {
  return analysis.operations.flatMap(({ kind, token }) =>
    token !== undefined &&
    (kind === "verify" || kind === "decode") &&
    analysis.fileOf(token.node) === analysis.file
      ? [token.node]
      : [],
  );
}

/** `answer.data` of `answer.data.token`, and of a variable that was taken from it. */
function holdersBehind(analysis: Analysis, written: Node, hops = 2): Node[] {
  const token = unwrap(written);
  if (token.type === "MemberExpression") return [unwrap(token.object)];
  if (token.type === "LogicalExpression") {
    return [token.left, token.right].flatMap((side) => holdersBehind(analysis, side, hops));
  }
  if (token.type !== "Identifier" || hops === 0) return [];
  const declarator = declaratorOf(analysis.file, token);
  if (declarator === undefined) return [];
  const init = unwrap(declarator.init);
  if (declarator.id.type !== "ObjectPattern") {
    return init.type === "Identifier" ? [] : holdersBehind(analysis, init, hops - 1);
  }
  const variable = analysis.file.variableOf(token);
  const isPlain = declarator.id.properties.some(
    (property) =>
      property.type === "Property" && analysis.file.variableOf(property.value) === variable,
  );
  return isPlain ? [init] : [];
}
