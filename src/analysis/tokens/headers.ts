import type { TSESTree } from "@typescript-eslint/utils";
import type { Analysis } from "../analysis.ts";
import { named } from "../files/source-file.ts";
import type { NodeIndex } from "../files/source-file.ts";
import { byName } from "../memo.ts";
import {
  dottedPath,
  enclosingFunction,
  memberName,
  parentOf,
  rootOf,
  staticKey,
  textOf,
  unwrap,
  wrapped,
} from "../syntax.ts";
import type { Node } from "../syntax.ts";
import { isAuthHeader } from "./words.ts";

/** Expressions that a program puts into an Authorization header, without the scheme. */
export function headerValues(analysis: Analysis): Node[] {
  const values: Node[] = [];
  for (const { value } of headerWrites(analysis)) {
    const token = withoutScheme(value);
    if (token !== undefined) values.push(token);
  }
  return values;
}

export interface HeaderWrite {
  /** The property, assignment or call that writes it. */
  readonly node: Node;
  readonly value: Node;
}

/** Where the file sets an Authorization header or one of its kin. */
export function headerWrites(analysis: Analysis): HeaderWrite[] {
  const { index } = analysis.file;
  const { objects, assignments, called, literals } = index;
  const found: HeaderWrite[] = [];
  if (namesHeader(index)) {
    for (const object of objects) {
      for (const property of object.properties) {
        if (property.type !== "Property") continue;
        const key = staticKey(property.key, property.computed);
        if (key === undefined) continue;
        if (isHeaderName(key) || (TOKEN_HEADER.test(key) && isHeaders(object)))
          found.push({ node: property, value: property.value });
      }
    }
  }
  for (const assignment of assignments) {
    const { left } = assignment;
    if (left.type === "MemberExpression" && isHeader(left)) {
      found.push({ node: assignment, value: assignment.right });
    }
  }
  for (const call of named(called, (name) => SETTERS.test(name))) {
    const [name, value] = call.arguments;
    if (value === undefined) continue;
    if (unwrap(call.callee).type !== "MemberExpression") continue;
    if (isHeaderName(textOf(name) ?? "")) found.push({ node: call, value });
  }
  // Of the headers of axios
  for (const call of called.get("setAuthorization") ?? []) {
    const [value] = call.arguments;
    if (value !== undefined && call.callee.type === "MemberExpression")
      found.push({ node: call, value });
  }
  // Wherever it is put in the end: a scheme in front of something makes a header of it.
  for (const literal of literals) {
    if (literal.type === "TemplateLiteral") {
      if (SCHEME.test(literal.quasis[0]?.value.raw ?? "") && literal.expressions.length === 1) {
        found.push({ node: literal, value: literal });
      }
    } else if (typeof literal.value === "string" && SCHEME.test(literal.value)) {
      const { parent } = literal;
      if (
        parent.type === "BinaryExpression" &&
        parent.operator === "+" &&
        parent.left === literal
      ) {
        found.push({ node: parent, value: parent });
      }
    }
  }
  return found;
}

/**
 * `config.headers` and `config` behind `config.headers.Authorization = …`: what is read of them in the
 * same function holds the header as well.
 */
export function headersWritten(analysis: Analysis): Node[] {
  const { file } = analysis;
  return file.index.assignments.flatMap((assignment) => {
    const { left } = assignment;
    if (left.type !== "MemberExpression" || !isHeader(left)) return [];
    const root = rootOf(left);
    const owner = enclosingFunction(assignment);
    const headers = dottedPath(left.object);
    if (root.type !== "Identifier" || owner === undefined || headers?.[1] !== "headers") return [];
    const later = (file.variableOf(root)?.references ?? [])
      .map(({ identifier }) => identifier as Node)
      .filter(({ range }) => range[0] > assignment.range[1] && range[1] < owner.range[1]);
    return later.flatMap((read) => {
      const whole = wrapped(read);
      const { parent } = whole;
      if (parent?.type === "CallExpression") return [read];
      return parent?.type === "MemberExpression" &&
        parent.object === whole &&
        memberName(parent) === "headers" &&
        parentOf(wrapped(parent))?.type === "CallExpression"
        ? [parent]
        : [];
    });
  });
}

/** `{ accessToken }` in a body is no header: there only the names with a hyphen count. */
const isHeaderName = byName((name) => /^authorization$|-/iu.test(name) && isAuthHeader(name));

/** What services call their header that do not use Authorization. */
const TOKEN_HEADER = /^token$/iu;

/** `config.headers.Authorization`, `config.headers.token` */
function isHeader(member: TSESTree.MemberExpression): boolean {
  const name = memberName(member) ?? "";
  if (isHeaderName(name)) return true;
  return TOKEN_HEADER.test(name) && /^headers$/iu.test(dottedPath(member.object)?.at(-1) ?? "");
}

/** Is an object what a property called `headers` is set to? */
function isHeaders({ parent }: TSESTree.ObjectExpression): boolean {
  return parent.type === "Property" && staticKey(parent.key, parent.computed) === "headers";
}

/** Names without which no object holds one: the one that needs no quotes, and what holds the rest. */
const WITHOUT_HYPHEN = ["authorization", "Authorization", "AUTHORIZATION", "headers"];

/** Most files name none, and their objects are not looked through. */
function namesHeader({ names, texts }: NodeIndex): boolean {
  if (WITHOUT_HYPHEN.some((name) => names.has(name))) return true;
  for (const text of texts) if (isHeaderName(text)) return true;
  return false;
}

const SETTERS = /^(?:set|append|setRequestHeader|setHeader|header)$/u;

const SCHEME = /^(?:Bearer|JWT) +$/iu;

/** `` `Bearer ${token}` `` and `"Bearer " + token` give `token`. */
function withoutScheme(value: Node): Node | undefined {
  const node = unwrap(value);
  if (node.type === "TemplateLiteral") {
    const [hole] = node.expressions;
    return hole !== undefined &&
      node.expressions.length === 1 &&
      SCHEME.test(node.quasis[0]?.value.raw ?? "")
      ? unwrap(hole)
      : undefined;
  }
  if (node.type === "BinaryExpression") {
    const { left, right } = node;
    return SCHEME.test(textOf(left) ?? "") ? unwrap(right) : undefined;
  }
  if (node.type === "ConditionalExpression") {
    return withoutScheme(node.consequent) ?? withoutScheme(node.alternate);
  }
  if (node.type === "LogicalExpression") return withoutScheme(node.right);
  return node.type === "Identifier" || node.type === "MemberExpression" ? node : undefined;
}
