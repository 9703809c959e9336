import type { TSESTree } from "@typescript-eslint/utils";
import type { Analysis } from "../analysis.ts";
import { calledName, named } from "../files/source-file.ts";
import type { SourceFile } from "../files/source-file.ts";
import { readsOf } from "../files/variables.ts";
import { dottedPath, memberName, staticKey, textOf, unwrap } from "../syntax.ts";
import type { CallNode, Node } from "../syntax.ts";
import { may, possibilities } from "../values/value.ts";
import { isTokenLabel, makerName, speaksOfTokens, tokenName } from "./words.ts";

/**
 * Values that stand in an address under the name of a token, and are called one themselves. Both names
 * have to agree: the code of a link that is mailed is called `token` as well.
 */
export function tokensInAddresses({ core, file }: Analysis): Node[] {
  if (!MENTIONS.test(file.text)) return [];
  return [
    ...file.index.literals.flatMap((literal) => inText(file, literal)),
    ...file.index.objects.flatMap((object) => inObject(object)),
    ...named(file.index.called, (name) => name === "set" || name === "append").flatMap((call) =>
      inCall(call),
    ),
  ].flatMap(({ parameter, value, isSocket }) => {
    const plain = withoutEncoding(value);
    if (!isToken(parameter, plain, isSocket)) return [];
    // The program's own random code, which stands for a session that it keeps; a text for everybody.
    return possibilities(core.evaluate(plain)).every(({ type }) =>
      /^(?:generated|literal)$/u.test(type),
    )
      ? []
      : [plain];
  });
}

/**
 * Codes of links that people are sent, `/reset-password?token=${token}`: whoever reads one in a log can
 * use it in their place.
 */
export function codesInLinks({ core, file }: Analysis): Node[] {
  if (!MENTIONS.test(file.text)) return [];
  return file.index.literals.flatMap((literal) =>
    LINK.test(file.text.slice(...literal.range))
      ? inText(file, literal)
          .filter(({ parameter, value }) => CODE.test(parameter) && CODE.test(nameOf(value) ?? ""))
          .map(({ value }) => value)
          .filter((value) => !may(core.evaluate(value), ({ type }) => type === "literal"))
      : [],
  );
}

/** Links that let somebody in; one that confirms an address does not. */
export const LINK = /reset|forgot|recover|magic|passw|log-?in|sign-?in/iu;

const CODE = /^(?:(?:(?:password_?)?reset|recover\w*|magic\w*|login)[-_]?)?token$/iu;

const MENTIONS = /token|jwt|auth/iu;

interface Parameter {
  readonly parameter: string;
  readonly value: Node;
  /** A socket has no headers of its own: what it is given as a token is one. */
  readonly isSocket: boolean;
}

/** Of the query string (RFC 6750 section 2.3), and of Firebase's database (`auth`). */
const STRONG = /^(?:access_token|id_token|jwt|auth)$/u;
const ANY = /^(?:(?:access|auth|id|jwt|user|bearer)[_-]?)?(?:token|jwt)$/iu;

function isToken(parameter: string, value: Node, isSocket: boolean): boolean {
  const name = nameOf(value);
  // `access_token=${localStorage.getItem("tokenId")}`: the parameter says it, the value says nothing else.
  const isForTokens =
    /^(?:access|id)_token$/u.test(parameter) ||
    (isSocket && /token$/iu.test(parameter) && speaksOfTokens(parameter));
  if (isForTokens && speaksOfTokens(name ?? keyOf(value))) return true;
  if (name === undefined) return false;
  if (STRONG.test(parameter)) return isTokenLabel(name);
  return ANY.test(parameter) && (isSocket ? isTokenLabel(name) : tokenName(name) === "strong");
}

/** Under which name a call asks for a value: `localStorage.getItem("tokenId")`, `getTokenFromStorage()`. */
function keyOf(value: Node): string {
  if (value.type !== "CallExpression") return "";
  const [key] = value.arguments;
  return textOf(key) ?? calledName(value) ?? "";
}

/** What a value is called, or what gives it: `getAccessToken()`. */
function nameOf(value: Node): string | undefined {
  if (value.type === "MemberExpression") return memberName(value);
  if (value.type !== "CallExpression") return dottedPath(value)?.at(-1);
  const name = calledName(value);
  const isGiven = name !== undefined && (/^getToken$/u.test(name) || makerName(name) === "strong");
  return isGiven ? name.replace(/^get/u, "") : undefined;
}

/** `encodeURIComponent(token)`, `token || ""`, `token.trim()` */
function withoutEncoding(written: Node): Node {
  const node = unwrap(written);
  if (node.type === "LogicalExpression" && node.operator !== "&&")
    return withoutEncoding(node.left);
  if (node.type !== "CallExpression") return node;
  const name = calledName(node);
  if (/^(?:encodeURI(?:Component)?|escape|String)$/u.test(name ?? "")) {
    const [value] = node.arguments;
    return value === undefined ? node : withoutEncoding(value);
  }
  const callee = unwrap(node.callee);
  return callee.type === "MemberExpression" && /^(?:trim|toString)$/u.test(name ?? "")
    ? withoutEncoding(callee.object)
    : node;
}

/** `` `/me?access_token=${accessToken}` ``, `"/posts.json?auth=" + token` */
function inText(
  file: SourceFile,
  literal: TSESTree.Literal | TSESTree.TemplateLiteral,
): Parameter[] {
  const text = textOf(literal);
  if (literal.type === "TemplateLiteral" && text === undefined) {
    const start = literal.quasis[0]?.value.raw ?? "";
    return literal.expressions.flatMap((value, at) => {
      const parameter = lastParameter(literal.quasis[at]?.value.raw ?? "");
      if (parameter === undefined) return [];
      return [{ parameter, value, isSocket: isSocketAddress(file, literal, start) }];
    });
  }
  const parameter = lastParameter(text ?? "");
  const value = parameter === undefined ? undefined : addedTo(literal);
  if (parameter === undefined || value === undefined) return [];
  return [{ parameter, value, isSocket: isSocketAddress(file, literal, text ?? "") }];
}

function lastParameter(text: string): string | undefined {
  return /[?&]([\w-]+)=$/u.exec(text)?.[1];
}

/** It says so, or is given to what opens one. */
function isSocketAddress(file: SourceFile, text: Node, start: string): boolean {
  if (/^wss?:/u.test(start)) return true;
  let { parent } = text;
  while (/^(?:Binary|Conditional|Logical)Expression$/u.test(parent?.type ?? ""))
    parent = parent?.parent;
  if (parent?.type !== "VariableDeclarator") return isSocket(parent);
  return readsOf(file, parent.id).some((read) => isSocket(read.parent));
}

function isSocket(node: Node | undefined): boolean {
  return (
    node?.type === "NewExpression" &&
    /(?:WebSocket|EventSource)$/u.test(dottedPath(node.callee)?.at(-1) ?? "")
  );
}

/** `token` of `"…?auth=" + token`, and of `base + "…?auth=" + token`. */
function addedTo(text: Node): Node | undefined {
  const sum = text.parent;
  if (sum?.type !== "BinaryExpression" || sum.operator !== "+") return undefined;
  if (sum.left === text) return unwrap(sum.right);
  const { parent } = sum;
  return parent.type === "BinaryExpression" && parent.left === sum
    ? unwrap(parent.right)
    : undefined;
}

/** `params: { access_token: accessToken }`, `new URLSearchParams({ token: accessToken })` */
function inObject(object: TSESTree.ObjectExpression): Parameter[] {
  const { parent } = object;
  const isParameters =
    parent.type === "Property"
      ? /^(?:params|qs|query)$/u.test(staticKey(parent.key, parent.computed) ?? "")
      : parent.type === "NewExpression" &&
        dottedPath(parent.callee)?.at(-1) === "URLSearchParams" &&
        parent.arguments[0] === object;
  if (!isParameters) return [];
  return object.properties.flatMap((one) => {
    const parameter = one.type === "Property" ? staticKey(one.key, one.computed) : undefined;
    return one.type !== "Property" || parameter === undefined
      ? []
      : [{ parameter, value: unwrap(one.value), isSocket: false }];
  });
}

/** `url.searchParams.set("access_token", accessToken)` */
function inCall(call: CallNode): Parameter[] {
  const callee = unwrap(call.callee);
  const [name, value] = call.arguments;
  if (callee.type !== "MemberExpression" || value === undefined) return [];
  const parameter = textOf(name);
  if (parameter === undefined) return [];
  return /(?:params|query)$/iu.test(dottedPath(callee.object)?.at(-1) ?? "")
    ? [{ parameter, value, isSocket: false }]
    : [];
}
