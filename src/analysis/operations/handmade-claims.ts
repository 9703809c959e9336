import type { Analysis } from "../analysis.ts";
import { dottedPath, isFunction, memberName, unwrap } from "../syntax.ts";
import type { Node } from "../syntax.ts";
import { givenTo } from "../values/given.ts";
import { possibilities } from "../values/value.ts";
import type { Argument } from "./arguments.ts";
import { readClaims, stateOf } from "./options.ts";
import type { Setting, SettingSource } from "./options.ts";
import type { Operation } from "./operations.ts";
import { partsOf } from "./token-parts.ts";

/** How many calls and variables a part is traced back through to the object that it encodes. */
const MAX_HOPS = 8;

/**
 * What the operation that signs `header.payload` by hand issues: its claims are those of the object that
 * the second part encodes, `encode(JSON.stringify({ sub }))`. Undefined where that is out of sight.
 */
export function issuing(
  analysis: Analysis,
  operation: Operation,
  text: Node,
): Operation | undefined {
  const [first, second] = partsOf(analysis, text) ?? [];
  const payload = second === undefined ? undefined : encodedBy(analysis, second, MAX_HOPS);
  if (payload === undefined) return undefined;
  const header = first === undefined ? undefined : encodedBy(analysis, first, MAX_HOPS);
  const { claims = {}, grammar } = operation.entity;
  const told: SettingSource[] = [readClaims(payload.value, claims, grammar)];
  const settings = [...told.flatMap((source) => source.settings), ...headerOf(header)];
  return {
    ...operation,
    payload,
    open: false,
    option: (role, where) => (where === "call" ? { state: "absent" } : stateOf(told, role)),
    settings: (role) => [
      ...operation.settings(role),
      ...settings.filter((setting) => setting.role === role),
    ],
  };
}

function headerOf(header: Argument | undefined): Setting[] {
  if (header === undefined) return [];
  const { node, value } = header;
  return [
    {
      role: "header",
      name: "header",
      value,
      node,
      valueNode: node,
      via: "argument",
      grammar: undefined,
      model: undefined,
      certain: true,
    },
  ];
}

/** The object in `Buffer.from(JSON.stringify(claims)).toString("base64url")`, whatever encodes it. */
function encodedBy(analysis: Analysis, written: Node, hops: number): Argument | undefined {
  const node = unwrap(written);
  if (hops === 0 || analysis.fileOf(node) !== analysis.file) return undefined;
  const value = analysis.evaluate(node);
  if (possibilities(value).every(({ type }) => type === "object")) return { node, value };
  const inside = (nodes: readonly Node[]): Argument | undefined => {
    for (const one of nodes) {
      const found = encodedBy(analysis, one, hops - 1);
      if (found !== undefined) return found;
    }
    return undefined;
  };
  if (node.type === "Identifier") return inside(givenTo(analysis.core, node));
  if (node.type !== "CallExpression" && node.type !== "NewExpression") return undefined;
  const callee = unwrap(node.callee);
  const isOfText =
    callee.type === "MemberExpression" &&
    /^(?:toString|replace(?:All)?|trim|slice|substring|split|join)$/u.test(
      memberName(callee) ?? "",
    );
  if (isOfText) return inside([callee.object]);
  // A signature holds no claims.
  if (/hmac|sign|digest|random/iu.test(dottedPath(callee)?.join(".") ?? "")) return undefined;
  return inside(node.arguments.filter((argument) => !isFunction(argument)));
}
