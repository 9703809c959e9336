import type { Analysis } from "../analysis.ts";
import type { Core } from "../core.ts";
import { isLogCall } from "../logging.ts";
import { declaratorOf } from "../files/variables.ts";
import { handlerOf } from "../network/request-handlers.ts";
import { saidByClient } from "../network/request.ts";
import {
  calleeName,
  dottedPath,
  memberName,
  parentOf,
  textOf,
  unwrap,
  wrapped,
} from "../syntax.ts";
import type { FunctionNode, Node } from "../syntax.ts";
import { LINK } from "../tokens/address-parameters.ts";
import { openRoute } from "../issuance/sign-in-routes.ts";
import { joinedParts } from "../values/joined-texts.ts";
import { hasWithin } from "../within.ts";
import { isMailed } from "../network/mailed.ts";

/** A mailed link with a token, whose host whoever asks for the mail chooses. */
export interface AskedHost {
  readonly node: Node;
  /** What of the request says it, for a message: `the header origin`. */
  readonly said: string;
}

/**
 * `` sendMail({ to: email, text: `${req.headers.origin}/reset?token=${token}` }) ``: asked for in the name of somebody else,
 * the link hands his token to whichever host the request has named. Not where something looks at the host, or at who
 * asks.
 */
export function askedHosts(analysis: Analysis): AskedHost[] {
  const { file } = analysis;
  if (!MAILS.test(file.text) || !HOSTS.test(file.text) || ALLOWS.test(file.code)) return [];
  const texts = new Set(file.index.literals.map((literal) => wholeText(literal)));
  return [...texts].flatMap((text) => inText(analysis, text));
}

const MAILS = /mail|sendgrid|postmark|resend\b/iu;

const HOSTS = /host|origin|referr?er|ur[il]|domain/iu;

/** Whoever keeps a list of hosts may look at it elsewhere. */
const ALLOWS =
  /allow(?:ed)?_?(?:list|origin|host|domain|url|redirect)|(?:white|safe)_?list|trusted|permitted|is_?(?:valid|known|safe|own)_?(?:origin|host|url|domain)/iu;

/** The whole of a text that is put together: the end of the chain of `+`, or the template around it. */
function wholeText(literal: Node): Node {
  let whole = literal;
  for (let at = parentOf(wrapped(whole)); at !== undefined; at = parentOf(wrapped(whole))) {
    const isSum = at.type === "BinaryExpression" && at.operator === "+";
    if (!isSum && at.type !== "TemplateLiteral") break;
    whole = at;
  }
  return whole;
}

function inText(analysis: Analysis, text: Node): AskedHost[] {
  const { core } = analysis;
  const parts = joinedParts(text);
  const at = parts.findIndex(
    (part, index) =>
      typeof part !== "string" && startsLink(parts, index) && leadsToToken(parts, index),
  );
  const node = parts[at];
  if (node === undefined || typeof node === "string") return [];
  const host = hostIn(core, node);
  if (host === undefined || !isMailed(core, text)) return [];
  const { said } = host;
  const handler = handlerOf(analysis.file, host.node);
  if (handler === undefined) return [];
  if (hasWithin(core, handler.body, (one) => looksAtHost(core, one) || knowsWho(one))) return [];
  const isOpen = mayBeAnyone(analysis, handler, { said, parts });
  return isOpen ? [{ node, said: calledSo(said) }] : [];
}

/** `req.user`, `await getServerSession()`: whoever is signed in has links sent of his own. */
function knowsWho(node: Node): boolean {
  if (node.type === "CallExpression")
    return /^auth$|(?:get(?:Server)?Session|currentUser)$/u.test(calleeName(node));
  return (
    node.type === "MemberExpression" &&
    /^(?:user|session|auth|locals|state|userId)$/u.test(memberName(node) ?? "") &&
    /^(?:_?req(?:uest)?|res|ctx|c|context|event)$/u.test(dottedPath(node)?.[0] ?? "")
  );
}

/**
 * Does anybody reach the handler: by its link, which is for who cannot sign in, or by where it stands? A field may have been
 * looked at by a schema or another handler before this one.
 */
function mayBeAnyone(
  analysis: Analysis,
  handler: FunctionNode,
  { said, parts }: { readonly said: string; readonly parts: readonly (string | Node)[] },
): boolean {
  const isHeader = said.startsWith("headers.");
  if (isHeader && parts.some((part) => typeof part === "string" && LINK.test(part))) return true;
  const route = openRoute(analysis, handler);
  return route !== undefined && (isHeader || route.paths.length > 0);
}

/** Does the part behind a space, a quote or a scheme begin an address? */
function startsLink(parts: readonly (string | Node)[], index: number): boolean {
  const before = parts[index - 1] ?? "";
  // `${req.protocol}://${req.get("host")}`
  return typeof before === "string" && /(?:^|[\s"'(>])(?:(?:https?)?:\/\/)?$/u.test(before);
}

/** Is the rest of the address a path or a query that ends in a token? */
function leadsToToken(parts: readonly (string | Node)[], index: number): boolean {
  let before = "";
  for (const part of parts.slice(index + 1)) {
    if (typeof part === "string") {
      before += part;
      if (!/^(?:$|[/?#])/u.test(before) || /[\s"'<>]/u.test(before)) return false;
    } else if (isToken(part, before)) return true;
  }
  return false;
}

const TOKEN = /token|jwt|secret|otp|hash/iu;

function isToken(part: Node, before: string): boolean {
  const node = unwrap(part);
  const name = node.type === "CallExpression" ? calleeName(node) : (dottedPath(node)?.at(-1) ?? "");
  const given =
    node.type === "CallExpression"
      ? node.arguments.flatMap((one) => dottedPath(one)?.at(-1) ?? [])
      : [];
  return (
    /[?&#]\w*(?:token|jwt)=$/iu.test(before) || [name, ...given].some((one) => TOKEN.test(one))
  );
}

/** How many names and texts a host goes through. */
const MAX_HOPS = 3;

interface Host {
  /** The read of it … */
  readonly node: Node;
  /** … and where the request says it: `headers.origin`, `body.redirectUrl` */
  readonly said: string;
}

/** What of the request gives a host or an origin as it is, and is its first choice. */
function hostIn(core: Core, written: Node, hops = MAX_HOPS): Host | undefined {
  const node = unwrap(written);
  if (hops === 0) return undefined;
  if (node.type === "LogicalExpression" && node.operator !== "&&")
    return hostIn(core, node.left, hops);
  if (node.type === "Identifier") {
    const file = core.fileOf(node);
    const declarator = declaratorOf(file, node);
    const writes = file.variableOf(node)?.references.filter((one) => one.isWrite()) ?? [];
    if (declarator === undefined || writes.length !== 1) return undefined;
    // `const { origin } = req.headers`
    return declarator.id.type === "Identifier"
      ? hostIn(core, declarator.init, hops - 1)
      : readAt(core, node);
  }
  if (node.type === "MemberExpression" || node.type === "CallExpression") return readAt(core, node);
  const parts = joinedParts(node);
  const last = parts.findLastIndex((part) => part !== "");
  const host = parts[last];
  return typeof host === "object" && startsLink(parts, last)
    ? hostIn(core, host, hops - 1)
    : undefined;
}

function readAt(core: Core, node: Node): Host | undefined {
  const said = readOfHost(core, node);
  return said === undefined ? undefined : { node, said };
}

/** Headers that say where a request comes from or goes to. */
const HEADERS = /^(?:origin|host|referr?er|x-forwarded-host|x-original-host)$/iu;

/** Fields in which a page says where it is to be found. */
const FIELDS = /(?:ur[il]|origin|host|domain)$/iu;

function readOfHost(core: Core, node: Node): string | undefined {
  if (node.type === "CallExpression") {
    const name = textOf(node.arguments[0])?.toLowerCase() ?? "";
    const by = calleeName(node);
    const isOfRequest = /^(?:_?req(?:uest)?|ctx|c\.req|ctx\.req(?:uest)?)\.(?:get|header)$/u.test(
      by,
    );
    // What serves fetch-style requests often answers for its own hosts alone.
    const isOfHeaders =
      /(?:^|\.)headers(?:List)?\.get$/u.test(by) && /^(?:origin|referr?er)$/u.test(name);
    if ((isOfRequest || isOfHeaders) && HEADERS.test(name)) return `headers.${name}`;
  }
  const path = dottedPath(node)?.join(".") ?? "";
  const own =
    /^(?:_?req(?:uest)?\.(?:hostname|host)|ctx(?:\.request)?\.(?:hostname|host|origin))$/u;
  if (own.test(path)) return "headers.host";
  const [, place, name = ""] =
    /(?:^|\.)(headers|body|query|json)\.([\w-]+)$/u.exec(saidByClient(core, node) ?? "") ?? [];
  if (place === "headers") return HEADERS.test(name) ? `headers.${name}` : undefined;
  return place !== undefined && FIELDS.test(name) ? `${place}.${name}` : undefined;
}

function calledSo(said: string): string {
  const [place = "", name = ""] = said.split(".");
  return `${place === "headers" ? "the header" : "the field"} ${name}`;
}

/** Is the host compared, looked up or handed to a function: `HOSTS.includes(origin)`, `new URL(origin)`, `SITES[origin]`? */
function looksAtHost(core: Core, node: Node): boolean {
  const isHost = (one: Node): boolean => hostIn(core, one) !== undefined;
  switch (node.type) {
    case "CallExpression":
    case "NewExpression": {
      const callee = unwrap(node.callee);
      if (callee.type === "MemberExpression" && isHost(callee.object)) return true;
      return !isLogCall(node) && node.arguments.some(isHost);
    }
    case "BinaryExpression":
      return /^(?:[!=]==?|in)$/u.test(node.operator) && [node.left, node.right].some(isHost);
    case "SwitchStatement":
      return isHost(node.discriminant);
    case "MemberExpression":
      return node.computed && isHost(node.property);
    default:
      return false;
  }
}
