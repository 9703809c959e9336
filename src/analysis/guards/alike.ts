import type { Scope } from "@typescript-eslint/utils/ts-eslint";
import type { SourceFile } from "../files/source-file.ts";
import { calleeName } from "../syntax.ts";
import type { FunctionNode, Node } from "../syntax.ts";
import { isLogCall, isLogStatement } from "../logging.ts";
import { isAnswering, responseCalls } from "../answers/response-calls.ts";

/**
 * Do two functions do the same? What their variables are called, which types they have, what they log and what they
 * say where they refuse or throw may differ: all else is written alike.
 */
export function areAlike(file: SourceFile, one: FunctionNode, other: FunctionNode): boolean {
  const pairs = new Map<Scope.Variable, Scope.Variable>();
  return areAllAlike(one.params, other.params) && isAlike(one.body, other.body);

  function isAlike(left: Node, right: Node): boolean {
    if (left.type !== right.type) return false;
    if (left.type === "Identifier" && right.type === "Identifier") return isSameName(left, right);
    if (left.type === "ThrowStatement" || (isAside(left) && isAside(right))) return true;
    if (PARTS.some((part) => valueOf(left, part) !== valueOf(right, part))) return false;
    return (file.visitorKeys[left.type] ?? []).every((key) => {
      if (TYPES.test(key)) return true;
      return areAllAlike(nodesOf(left, key), nodesOf(right, key));
    });
  }

  function areAllAlike(left: readonly (Node | null)[], right: readonly (Node | null)[]): boolean {
    const [first, second] = [left, right].map((all) =>
      all.filter((node) => node === null || !isLogStatement(node)),
    );
    return (
      first?.length === second?.length &&
      first?.every((node, at) => {
        const match = second?.[at];
        return node == null || match == null ? node === match : isAlike(node, match);
      }) === true
    );
  }

  /** Each variable of the one stands for one of the other; all other names are the same. */
  function isSameName(left: Node & { name: string }, right: Node & { name: string }): boolean {
    const [first, second] = [file.variableOf(left), file.variableOf(right)];
    if (first === undefined || second === undefined || first === second)
      return first === second && left.name === right.name;
    if (!isWithin(first, one) || !isWithin(second, other)) return false;
    if (!pairs.has(first)) pairs.set(first, second);
    return pairs.get(first) === second;
  }
}

/** What a node says beside the nodes that it holds. */
const PARTS = ["operator", "computed", "raw"] as const;

function valueOf(node: Node, part: (typeof PARTS)[number]): unknown {
  if (node.type === "TemplateElement") return node.value.raw;
  return (node as unknown as Record<string, unknown>)[part];
}

const TYPES = /^(?:typeAnnotation|returnType|type(?:Arguments|Parameters))$/u;

function nodesOf(node: Node, key: string): readonly (Node | null)[] {
  const child = (node as unknown as Record<string, unknown>)[key];
  return (Array.isArray(child) ? child : [child ?? null]) as readonly (Node | null)[];
}

/** `res.status(401).json({ error: "…" })`, `console.warn("…")`, `new AuthError("…")` */
export function isAside(node: Node): boolean {
  if (node.type === "NewExpression") return /(?:Error|Exception)$/u.test(calleeName(node));
  if (node.type !== "CallExpression") return false;
  return isLogCall(node) || isAnswering(responseCalls(node));
}

function isWithin({ scope }: Scope.Variable, owner: FunctionNode): boolean {
  for (let at: Scope.Scope | null = scope; at !== null; at = at.upper)
    if (at.block === owner) return true;
  return false;
}
