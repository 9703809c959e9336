import type { TSESTree } from "@typescript-eslint/utils";
import type { Analysis } from "../analysis.ts";
import { inside } from "../files/inside.ts";
import {
  dottedPath,
  enclosingClass,
  isClass,
  isFunction,
  isLiteral,
  memberName,
  rootOf,
  staticKey,
  unwrap,
} from "../syntax.ts";
import type { CallNode, ClassNode, FunctionNode, Node } from "../syntax.ts";
import { argumentsAt } from "../values/call-sites.ts";
import { returnArguments } from "../values/classes.ts";

/**
 * Which expressions of the file have become a key? It is followed back from the operation that it is used
 * in, through encodings, the fields of a class, and functions of the file:
 * `constructor(word) { this.key = Buffer.from(word); } make() { return jwt.sign(claims, this.key); }`.
 */

/** How many expressions one key is followed back through. */
const MAX_STEPS = 40;

/** An expression, and the call by which the function that it stands in was entered. */
interface Step {
  readonly node: Node;
  readonly via: Entered | undefined;
}

interface Entered {
  readonly call: CallNode;
  readonly owner: FunctionNode;
  readonly outer: Entered | undefined;
}

/** The names and members that a key is made of by nothing but encodings, without the expression itself. */
export function keyOrigins(analysis: Analysis, key: Node): Node[] {
  const start = unwrap(key);
  const seen = new Set<Node>();
  const queue: Step[] = [{ node: start, via: undefined }];
  for (const { node: written, via } of queue) {
    const node = unwrap(written);
    if (seen.has(node) || seen.size >= MAX_STEPS) continue;
    if (analysis.fileOf(node) !== analysis.file) continue;
    seen.add(node);
    queue.push(...before(analysis, node, via));
  }
  seen.delete(start);
  return [...seen].filter(({ type }) => type === "Identifier" || type === "MemberExpression");
}

function before(analysis: Analysis, node: Node, via: Entered | undefined): Step[] {
  const same = (nodes: readonly Node[]): Step[] => nodes.map((one) => ({ node: one, via }));
  switch (node.type) {
    case "Identifier":
      return beforeName(analysis, node, via);
    case "MemberExpression":
      return same(writtenToField(analysis, node));
    case "LogicalExpression":
      return same(node.operator === "&&" ? [node.right] : [node.left, node.right]);
    case "ConditionalExpression":
      return same([node.consequent, node.alternate]);
    case "TemplateLiteral":
      return same(node.quasis.every(({ value }) => value.raw === "") ? node.expressions : []);
    case "CallExpression":
    case "NewExpression": {
      const encoded = encodedBy(analysis, node);
      return encoded === undefined ? returnedBy(analysis, node, via) : same([encoded]);
    }
    default:
      return [];
  }
}

function beforeName(
  analysis: Analysis,
  name: TSESTree.Identifier,
  via: Entered | undefined,
): Step[] {
  const variable = analysis.file.variableOf(name);
  const [definition] = variable?.defs ?? [];
  const holder = definition?.node as Node | undefined;
  if (holder?.type === "VariableDeclarator") {
    if (holder.id.type !== "Identifier") return [];
    const given = (variable?.references ?? []).flatMap(({ writeExpr }) => writeExpr ?? []);
    // `let key = path; key = readFileSync(key)` is one thing after the other.
    return given.length === 1 ? given.map((node) => ({ node, via })) : [];
  }
  if (!isFunction(holder)) return [];
  const at = holder.params.findIndex((one) => parameterOf(one) === definition?.name);
  if (via?.owner === holder) {
    const argument = via.call.arguments[at];
    return argument === undefined ? [] : [{ node: argument, via: via.outer }];
  }
  return at === -1 ? [] : argumentsAt(analysis.core, holder, at).map((node) => ({ node, via }));
}

/** The name of `key`, of `key = "…"` and of `private readonly key`. */
function parameterOf(parameter: TSESTree.Parameter): Node {
  const written = parameter.type === "TSParameterProperty" ? parameter.parameter : parameter;
  return written.type === "AssignmentPattern" ? written.left : written;
}

/** What a class gives to its field `this.key`, `Signer.key`: where it is declared, in methods, by its constructor. */
function writtenToField({ file }: Analysis, member: TSESTree.MemberExpression): Node[] {
  const name = memberName(member);
  const path = dottedPath(member);
  const owner = path?.length === 2 ? classOf(file, rootOf(member)) : undefined;
  if (name === undefined || owner === undefined) return [];
  const assigned = inside(file.index.assignments, owner).filter(
    ({ left, operator }) =>
      /^(?:\?\?|\|\|)?=$/u.test(operator) && dottedPath(left)?.join(".") === path?.join("."),
  );
  const declared = owner.body.body.flatMap((one): Node[] => {
    if (one.type === "PropertyDefinition")
      return one.value !== null && staticKey(one.key, one.computed) === name ? [one.value] : [];
    const isConstructor = one.type === "MethodDefinition" && one.kind === "constructor";
    return (isConstructor ? one.value.params : []).flatMap((parameter) => {
      const target = parameter.type === "TSParameterProperty" ? parameterOf(parameter) : undefined;
      return target?.type === "Identifier" && target.name === name ? [target] : [];
    });
  });
  return [...declared, ...assigned.map(({ right }) => right)];
}

function classOf(file: Analysis["file"], root: Node): ClassNode | undefined {
  if (root.type === "ThisExpression") return enclosingClass(root);
  const [definition] = file.variableOf(root)?.defs ?? [];
  const holder = definition?.node as Node | undefined;
  return isClass(holder) ? holder : undefined;
}

/** Functions that write a text in another way, or make the key of it that the library takes. */
const ENCODES =
  /^(?:Buffer(?:\.from)?|String|atob|btoa|(?:jose\.)?base64url(?:\.(?:encode|decode|toBuffer))?|(?:crypto\.)?create(?:Secret|Private)Key|(?:jose\.)?import(?:PKCS8|JWK))$/u;

/** Methods that do, of the text itself. */
const WRITES_OTHERWISE = /^(?:toString|trim|normalize|replace|replaceAll)$/u;

/** What a call writes in another way: `key` of `Buffer.from(key)`, `new TextEncoder().encode(key)`, `key.trim()`. */
function encodedBy(analysis: Analysis, call: CallNode): Node | undefined {
  const [first] = call.arguments;
  if (ENCODES.test(dottedPath(call.callee)?.join(".") ?? "")) return first;
  const callee = unwrap(call.callee);
  if (callee.type !== "MemberExpression") return undefined;
  const name = memberName(callee) ?? "";
  if (WRITES_OTHERWISE.test(name)) {
    // `frame.replace("KEY", key)` is another text.
    return call.arguments.every((one) => isLiteral(one)) ? callee.object : undefined;
  }
  if (name === "export") return callee.object;
  if (name !== "encode") return undefined;
  const encoder = analysis.evaluate(callee.object);
  return encoder.type === "global" && encoder.path[0] === "TextEncoder#" ? first : undefined;
}

/** What a function of the file gives, entered by this call. */
function returnedBy(analysis: Analysis, call: CallNode, outer: Entered | undefined): Step[] {
  const called = analysis.evaluate(call.callee);
  if (called.type !== "function") return [];
  const owner = called.node;
  const via: Entered = { call, owner, outer };
  return returnArguments(analysis.core, owner).map((node) => ({ node, via }));
}
