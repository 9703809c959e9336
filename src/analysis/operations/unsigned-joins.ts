import type { TSESTree } from "@typescript-eslint/utils";
import type { Analysis } from "../analysis.ts";
import { isClientFile } from "../client.ts";
import { isStandIn, isStandInName } from "../files/stand-ins.ts";
import { usesOf } from "../flow/flow.ts";
import { byObject } from "../memo.ts";
import {
  calleeName,
  dottedPath,
  enclosingFunction,
  functionName,
  memberName,
  parentOf,
  unwrap,
} from "../syntax.ts";
import type { CallNode, Node } from "../syntax.ts";
import { givenTo } from "../values/given.ts";
import { isFullStop, isHeader } from "./token-parts.ts";

/** The three parts of a token; an empty signature is none. */
interface Joined {
  readonly node: Node;
  readonly header: Node;
  readonly signature: Node | undefined;
}

/**
 * Tokens that are put together by hand, and whose third part no key has made: it is empty, written in the code or random.
 * `${encode({ alg: "none" })}.${encode(claims)}.`, and with `btoa(Math.random())` behind it, whatever the header says.
 */
export const unsignedJoins = byObject((analysis: Analysis): readonly Node[] => {
  const { file } = analysis;
  if (!HEADER.test(file.text) || isStandIn(file) || isClientFile(file)) return [];
  return joined(analysis)
    .filter(
      ({ node, header, signature }) =>
        (signature === undefined
          ? !isGoneOn(analysis, node)
          : isNoSignature(analysis, signature, MAX_HOPS)) &&
        isHeader(analysis, header) &&
        !isMeantSo(node),
    )
    .map(({ node }) => node);
});

/** `text += await hsm.sign(…)`, `${prefix}${signature}`, `signer.fill(text)`: what is signed gets its third part later. */
function isGoneOn({ core, file }: Analysis, joined: Node): boolean {
  const holder = parentOf(joined);
  const variable = holder?.type === "VariableDeclarator" ? file.variableOf(holder.id) : undefined;
  const isAddedTo = (variable?.references ?? []).some((one) => one.isWrite() && one.init !== true);
  return (
    isAddedTo ||
    usesOf(core, joined).some(
      ({ kind, by }) =>
        kind === "text" ||
        (by.type === "CallExpression" && /sign|fill|seal|concat|complete/iu.test(calleeName(by))),
    )
  );
}

/** What no header of a token is without, as it is written or encoded */
const HEADER = /\balg\b|\btyp\b|eyJ/u;

/** How many names, calls and texts a third part goes through. */
const MAX_HOPS = 6;

function joined({ file: { index } }: Analysis): Joined[] {
  return [
    ...index.literals.flatMap((literal) => [
      ...(literal.type === "TemplateLiteral" ? inTemplate(literal) : []),
      ...inSum(literal),
    ]),
    ...(index.called.get("join") ?? []).flatMap((call) => inList(call)),
  ];
}

/** `${header}.${payload}.${signature}`, `${header}.${payload}.` */
function inTemplate(node: TSESTree.TemplateLiteral): Joined[] {
  const between = node.quasis.map(({ value }) => value.raw).join("|");
  const [header, , signature] = node.expressions;
  return header !== undefined && /^\|\.\|\.(?:\||[\w-]*)$/u.test(between)
    ? [{ node, header, signature }]
    : [];
}

/** `header + "." + payload + "." + signature`, by the second full stop */
function inSum(literal: Node): Joined[] {
  const sum = parentOf(literal);
  const before = isFullStop(literal) && isSum(sum) ? sum.left : undefined;
  const first = isSum(before) ? before.left : undefined;
  if (!isSum(sum) || !isSum(first) || !isFullStop(first.right)) return [];
  const whole = parentOf(sum);
  const isBehind = isSum(whole) && whole.left === sum;
  return [
    {
      node: isBehind ? whole : sum,
      header: first.left,
      signature: isBehind ? whole.right : undefined,
    },
  ];
}

function isSum(node: Node | undefined): node is TSESTree.BinaryExpression {
  return node?.type === "BinaryExpression" && node.operator === "+";
}

/** `[header, payload, signature].join(".")` */
function inList(call: CallNode): Joined[] {
  const list = call.callee.type === "MemberExpression" ? unwrap(call.callee.object) : undefined;
  if (list?.type !== "ArrayExpression" || !isFullStop(call.arguments[0])) return [];
  const [header, payload, signature, ...more] = list.elements;
  return header == null || payload == null || signature == null || more.length > 0
    ? []
    : [{ node: call, header, signature }];
}

/** Functions that draw something, whatever they are told of it. */
const DRAWS =
  /(?:^|\.)(?:Math\.random|Date\.now|random(?:Bytes|UUID|String|Hex)|uuid(?:v4)?|nanoid)$/u;

/** Functions that write what they are given another way. */
const WRITES =
  /(?:^|\.)(?:btoa|String|Buffer\.from|(?:\w*[eE]ncode\w*|enc|\w*[bB](?:ase)?64\w*))$/u;

/** Methods that give a part of a text or number, or write it another way. */
const METHODS = /^(?:toString|substring|substr|slice|replace|replaceAll|padEnd|repeat|trim)$/u;

/** Is everything that a third part is made of written in the code or drawn? */
function isNoSignature(analysis: Analysis, written: Node, hops: number): boolean {
  const node = unwrap(written);
  const all = (nodes: readonly Node[]): boolean =>
    hops > 0 && nodes.every((one) => isNoSignature(analysis, one, hops - 1));
  switch (node.type) {
    case "Literal":
      return true;
    case "TemplateLiteral":
      return all(node.expressions);
    case "BinaryExpression":
      return all([node.left, node.right]);
    case "Identifier": {
      const given = givenTo(analysis.core, node);
      return given.length > 0 && all(given);
    }
    case "CallExpression": {
      const name = calleeName(node);
      if (DRAWS.test(name)) return true;
      const callee = unwrap(node.callee);
      if (callee.type === "MemberExpression" && METHODS.test(memberName(callee) ?? ""))
        return all([callee.object]);
      return WRITES.test(name) && node.arguments.length > 0 && all(node.arguments);
    }
    default:
      return false;
  }
}

/** Whose name says that it is so: requests of OpenID Connect, emulators, and what stands in for another. */
const UNSIGNED =
  /unsigned|unsecured?|^dev_?(?:el)?|insecure|emulat|example|sample|placeholder|forged|fake|probe|request_?object|alg_?none|test|attack|exploit/iu;

function isMeantSo(node: Node): boolean {
  const by = parentOf(node);
  const bound = by?.type === "VariableDeclarator" ? (dottedPath(by.id)?.[0] ?? "") : "";
  const names = [bound];
  for (let at = enclosingFunction(node); at !== undefined; at = enclosingFunction(at))
    names.push(functionName(at) ?? "");
  return names.some((name) => UNSIGNED.test(name) || isStandInName(name));
}
