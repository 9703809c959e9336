import type { TSESTree } from "@typescript-eslint/utils";
import type { Analysis } from "../analysis.ts";
import { initOf } from "../files/variables.ts";
import { usesOf } from "../flow/flow.ts";
import type { Use } from "../flow/use.ts";
import { httpCall, isCalledClient, textsOf } from "../network/http.ts";
import { connectionOf } from "../network/sockets.ts";
import {
  calleeName,
  contains,
  dottedPath,
  enclosingFunction,
  isFunction,
  memberName,
  parentOf,
  staticKey,
  textOf,
  unwrap,
  wrapped,
} from "../syntax.ts";
import type { CallNode, Node } from "../syntax.ts";
import { isMeantFor, isSigned } from "../tokens/source.ts";
import type { TokenUse } from "../tokens/uses.ts";
import { madeBy } from "../values/made-by.ts";

/** Where in an address a value stands. */
export type Part = "query" | "path";

/**
 * Does this use put the value into an address: behind a question mark, in a path, or among the
 * parameters that an HTTP client appends?
 */
export function addressPart(analysis: Analysis, use: TokenUse): Part | undefined {
  switch (use.kind) {
    case "text":
      return inText(analysis, use);
    case "argument":
      return inCall(analysis, use, use.by as CallNode) ? "query" : undefined;
    case "assign":
      return isParameterOfConfig(use) || areParametersOfConfig(use) || isSearch(analysis, use)
        ? "query"
        : undefined;
    default:
      return undefined;
  }
}

/** Services that take a token in the query alone, or are documented so: who calls them has no choice. */
const BY_QUERY =
  /\b(?:graph\.(?:facebook|instagram|threads)|api\.(?:instagram|mapbox|vk|weixin|dingtalk)|qyapi\.weixin|oapi\.dingtalk|openapi\.naver|oauth2\.googleapis\.com\/tokeninfo)|(?:FACEBOOK|INSTAGRAM|META|GRAPH|MAPBOX|WECHAT|WEIXIN)(?:_\w+)?_(?:URL|API|BASE|HOST|ENDPOINT)\b/u;

/**
 * Is it the address of such a service, as far as it can be seen? They take tokens of their own, and none that
 * the program has signed.
 */
export function isForQueryService(analysis: Analysis, { by, source }: TokenUse): boolean {
  if (isSigned(analysis, source)) return false;
  // What parameters are put together for is said where they are sent.
  const place = by.type === "CallExpression" ? (enclosingFunction(by) ?? by) : by;
  const { text, code } = analysis.fileOf(by);
  // `const client = axios.create({ baseURL: "https://…" })` says where `client(config)` goes.
  const client = by.type === "CallExpression" ? initOf(analysis.fileOf(by), by.callee) : undefined;
  const near = [place, ...(client === undefined ? [] : [client])]
    .map(({ range }) => text.slice(...range))
    .concat(textsOf(analysis.evaluate(by)))
    .join(" ");
  // A host that is set elsewhere may be the one that the file speaks of.
  return BY_QUERY.test(near) || (!KNOWN_HOST.test(near) && BY_QUERY.test(code));
}

/** What an address is opened as, with which browsers send no header: a socket, or a stream of events. */
export function openedAs({ core }: Analysis, { by }: Use): "socket" | "stream" | undefined {
  const [opened] = [by, ...usesOf(core, by).map((use) => use.by)].flatMap((node) =>
    node.type === "CallExpression" || node.type === "NewExpression"
      ? (connectionOf(core, node) ?? [])
      : [],
  );
  if (opened === undefined) return undefined;
  return opened.isStream ? "stream" : "socket";
}

/** `res.redirect(address)`, `location.href = address`, `fetch(address)`: nobody is sent it to open it later. */
export function isFollowedAtOnce({ core }: Analysis, { by }: Use): boolean {
  return [by, ...usesOf(core, by).map((use) => use.by)].some((node) => {
    for (let at: Node | undefined = node; at !== undefined; at = parentOf(at)) {
      if (at.type === "CallExpression") return FOLLOWS.test(calleeName(at));
      if (at.type === "AssignmentExpression")
        return /(?:^|\.)(?:location|href|src)$/u.test(dottedPath(at.left)?.join(".") ?? "");
      if (isFunction(at) || at.type.endsWith("Statement")) return false;
    }
    return false;
  });
}

const FOLLOWS =
  /(?:^|\.)(?:redirect|navigate|navigateTo|push|replace|assign|open|fetch|axios|get|post|put|patch|delete|request|writeHead|setHeader)$/u;

/** An address whose host can be read, or one of the program's own. */
const KNOWN_HOST = /https?:\/\/\w|["'`]\/\w/u;

/**
 * Is there any place in the file where a value could become part of an address? That is told from
 * its texts alone, and spares most files the search for tokens.
 */
export function hasAddresses({ file }: Analysis): boolean {
  return PARAMETERS.test(file.text) || file.index.literals.some(isFollowed);
}

/** What holds parameters, or makes the part behind the question mark of them. */
const PARAMETERS =
  /\b(?:params|qs|query|queryParams)["'`\]]*\s*[:,}=]|\bparams["'`\]]*[.[]|[sS]earchParams\b|\b(?:qs|query[sS]tring\w*)\./u;

/** A text that ends where the value of a parameter or a part of a path begins. */
function isFollowed(literal: TSESTree.Literal | TSESTree.TemplateLiteral): boolean {
  if (literal.type === "TemplateLiteral") {
    return literal.quasis.some(({ value }) => /[=/]$/u.test(value.raw));
  }
  return typeof literal.value === "string" && /[=/]$/u.test(literal.value);
}

/** The text in front of the value, as far as it is known. */
export function textBefore(analysis: Analysis, { node, by }: Use): string | undefined {
  if (by.type === "TemplateLiteral") {
    const at = by.expressions.findIndex(
      (hole) => hole.range[0] === node.range[0] && hole.range[1] === node.range[1],
    );
    const own = by.expressions.findIndex(
      (hole) => hole.range[0] <= node.range[0] && node.range[1] <= hole.range[1],
    );
    const index = at === -1 ? own : at;
    if (index === -1) return undefined;
    return by.quasis
      .slice(0, index + 1)
      .map(
        ({ value }, part) =>
          (part === 0 ? "" : (knownText(analysis, by.expressions[part - 1]) ?? "${}")) +
          (value.cooked ?? value.raw),
      )
      .join("");
  }
  if (by.type === "BinaryExpression" && by.operator === "+" && by.right.range[0] <= node.range[0]) {
    return joinedText(analysis, by.left);
  }
  return undefined;
}

function joinedText(analysis: Analysis, node: Node): string {
  const current = unwrap(node);
  if (current.type === "BinaryExpression" && current.operator === "+") {
    return joinedText(analysis, current.left) + joinedText(analysis, current.right);
  }
  if (current.type === "TemplateLiteral") {
    return current.quasis
      .map(
        ({ value }, part) =>
          (value.cooked ?? value.raw) +
          (current.expressions[part] === undefined
            ? ""
            : (knownText(analysis, current.expressions[part]) ?? "${}")),
      )
      .join("");
  }
  return knownText(analysis, current) ?? "${}";
}

function knownText(analysis: Analysis, node: Node | undefined): string | undefined {
  if (node === undefined) return undefined;
  return textsOf(analysis.evaluate(node))[0];
}

function inText(analysis: Analysis, use: TokenUse): Part | undefined {
  const text = textBefore(analysis, use);
  if (text === undefined) return undefined;
  // `?token=`, `&jwt=`; only the last address of a text counts.
  if (use.boxes.includes("(query)")) return /\?[^\s"'#]*$/u.test(text) ? "query" : undefined;
  const [, alone] = /^(?:.*&)?([\w.-]+)=$/u.exec(text) ?? [];
  if (alone !== undefined && isQueryOfSocket(analysis, use.by))
    return isMeantFor(analysis, use.source, alone) ? undefined : "query";
  const parameter = /[?&]([\w.~[\]-]+)=$/u.exec(text);
  if (parameter !== null) {
    const isAddress = text.includes("?") || isCalledAddress(use.by);
    return isAddress && !isFragment(text) && !isMeantFor(analysis, use.source, parameter[1] ?? "")
      ? "query"
      : undefined;
  }
  if (use.boxes.length > 0) return undefined;
  return /(?:https?:\/\/|^\/|\$\{\}\/|(?:^|[>\s"'])\$\{\}(?=\w)|href=["'])[^\s"'?#<>]*\/$/u.test(
    text,
  ) &&
    !text.startsWith("data:") &&
    (/\/[\w-]+\/(?:\$\{\}\/)?$/u.test(text) || /href=["'][^\s"'?#<>]*\/$/u.test(text))
    ? "path"
    : undefined;
}

/** `io(url, { query: "token=" + token })` of Socket.IO, which puts the text behind the question mark as it is. */
function isQueryOfSocket({ core }: Analysis, text: Node): boolean {
  const property = parentOf(wrapped(text));
  if (property?.type !== "Property" || staticKey(property.key, property.computed) !== "query")
    return false;
  const call = parentOf(property.parent);
  return (
    call?.type === "CallExpression" &&
    (madeBy(core, call.callee)?.specifier ?? "").startsWith("socket.io-client")
  );
}

/** `` `${url}&token=${token}` ``; a form's body has no question mark in it either. */
function isCalledAddress(by: Node): boolean {
  let first: Node = by;
  while (first.type === "BinaryExpression") first = first.left;
  if (first.type === "TemplateLiteral" && textOf(first) === undefined) {
    const [hole] = first.expressions;
    return hole !== undefined && first.quasis[0]?.value.raw === "" && isAddressName(hole);
  }
  if (isAddressName(first)) return true;
  const { parent } = by;
  return (
    parent?.type === "AssignmentExpression" &&
    parent.operator === "+=" &&
    isAddressName(parent.left)
  );
}

function isAddressName(node: Node): boolean {
  return /(?:url|uri|href|link|endpoint|address|location)$/iu.test(dottedPath(node)?.at(-1) ?? "");
}

/** What stands behind `#` is not sent, the `?` of a router that lives there no more than the rest. */
function isFragment(text: string): boolean {
  return (text.split(/[\s"'<>]/u).at(-1) ?? "").includes("#");
}

/** Options under which HTTP clients, routers and sockets take what goes behind the question mark. */
const QUERY_OPTIONS = /^(?:params|qs|query|searchParams|queryParams)$/u;

function inCall(analysis: Analysis, use: TokenUse, call: CallNode): boolean {
  const { boxes } = use;
  const callee = unwrap(call.callee);
  const path = dottedPath(callee);
  const name =
    path?.at(-1) ?? (callee.type === "MemberExpression" ? memberName(callee) : undefined);
  if (name === undefined) return false;
  if (boxes.length >= 2 && QUERY_OPTIONS.test(boxes.at(-1) ?? "")) {
    // What is posted comes before the options.
    if (/^(?:post|put|patch)$/u.test(name) && call.arguments[1] === use.node) return false;
    if (httpCall(analysis.file, call) !== undefined || /^(?:create|extend|request)$/u.test(name))
      return name !== "create" || path?.at(-2) === "axios";
    if (/^(?:push|replace|navigate|navigateTo|redirect)$/u.test(name))
      return boxes.at(-1) === "query" || boxes.at(-1) === "queryParams";
    if (name === "useWebSocket" || isCalledClient(analysis.core, call)) return true;
    if (callee.type === "Identifier")
      return (
        (madeBy(analysis.core, callee)?.specifier ?? "").startsWith("socket.io-client") &&
        boxes.at(-1) === "query"
      );
    return false;
  }
  // `url.searchParams.set("token", token)`: an address's own parameters, not a form's.
  return (
    boxes.length === 0 &&
    /^(?:set|append)$/u.test(name) &&
    callee.type === "MemberExpression" &&
    lastName(callee.object) === "searchParams" &&
    call.arguments[1] !== undefined &&
    contains(call.arguments[1], use.node) &&
    !isMeantFor(analysis, use.source, textOf(call.arguments[0]) ?? "")
  );
}

/** `config.params.token = token`, in an interceptor of axios. */
function isParameterOfConfig({ by }: Use): boolean {
  if (by.type !== "AssignmentExpression" || by.left.type !== "MemberExpression") return false;
  const path = dottedPath(by.left.object);
  return (
    path?.length === 2 &&
    /^(?:\w*[cC]onfig|cfg|conf)$/u.test(path[0] ?? "") &&
    QUERY_OPTIONS.test(path[1] ?? "")
  );
}

/** `config.params = query`, `config.params = { ...config.params, token }`, in such an interceptor. */
function areParametersOfConfig({ boxes, by }: TokenUse): boolean {
  if (by.type !== "AssignmentExpression" || boxes.length !== 1) return false;
  const path = dottedPath(by.left);
  return (
    path?.length === 2 &&
    /^(?:\w*[cC]onfig|cfg|conf)$/u.test(path[0] ?? "") &&
    /^(?:params|searchParams)$/u.test(path[1] ?? "")
  );
}

/** `url.search = new URLSearchParams({ token }).toString()` */
function isSearch(analysis: Analysis, { boxes, by, source }: TokenUse): boolean {
  if (by.type !== "AssignmentExpression" || lastName(by.left) !== "search") return false;
  const name = boxes.find((box) => box !== "(query)") ?? "";
  return boxes.includes("(query)") && !isMeantFor(analysis, source, name);
}

function lastName(node: Node): string | undefined {
  const current = unwrap(node);
  return current.type === "MemberExpression" ? memberName(current) : undefined;
}
