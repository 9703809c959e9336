import type { Analysis } from "../analysis.ts";
import { dottedPath } from "../syntax.ts";
import type { Node } from "../syntax.ts";
import { isForDevelopment, isOutsideProduction } from "../trust/environments.ts";
import { possibilities, stringOf } from "../values/value.ts";
import type { Value } from "../values/value.ts";

/** Where an address that begins with `http:` or `ws:` was written, unless it stays on the machine. */
export function plainAddresses(analysis: Analysis, value: Value): Node[] {
  return possibilities(value).flatMap((one): Node[] => {
    if (one.type === "derived" && one.how === "url") {
      const base = one.from[1] ?? one.from[0];
      return base === undefined ? [] : plainAddresses(analysis, base);
    }
    const first = one.type === "template" ? one.parts[0] : one;
    if (first?.type === "choice") return plainAddresses(analysis, first);
    const text = first === undefined ? undefined : stringOf(first);
    if (text === undefined || first === undefined) return [];
    const isOfPage = one.type === "template" && isHostOfPage(analysis, one.parts);
    const isOneOfSeveral = one.type === "template" && isAnyHostPlain(analysis, one.parts);
    return isOfPage || isOneOfSeveral || isPlain(text, one.type === "template")
      ? [beginningOf(analysis, first.node)]
      : [];
  });
}

/**
 * `ws://${location.host}`: the page comes from there over the network, unless a program that knows the
 * other scheme chooses between them.
 */
function isHostOfPage({ file }: Analysis, [scheme, host]: readonly Value[]): boolean {
  const text = scheme === undefined ? undefined : stringOf(scheme);
  return (
    host !== undefined &&
    /^\s*(?:http|ws):\/\/$/iu.test(text ?? "") &&
    /(?:^|\.)location\.host(?:name)?$/u.test(dottedPath(host.node)?.join(".") ?? "") &&
    !/\bwss\b|["'`]https:["'`]|location\.protocol|isSecureContext/u.test(file.code)
  );
}

/** `ws://${HOST}`: the host is one of several, of which users come to one that is not on the machine. */
function isAnyHostPlain({ core }: Analysis, [scheme, host, ...rest]: readonly Value[]): boolean {
  const text = scheme === undefined ? undefined : stringOf(scheme);
  if (text === undefined || host?.type !== "choice") return false;
  const [after] = rest;
  const path = after === undefined ? "" : stringOf(after);
  const isOpen = path === undefined || rest.length > 1;
  return possibilities(host).some((one) => {
    const name = stringOf(one);
    return (
      name !== undefined &&
      isPlain(text + name + (path ?? ""), isOpen) &&
      !isForDevelopment(core, one.node) &&
      !isOutsideProduction(core, one.node)
    );
  });
}

/** Of a text that is put together the part that it begins with, where that was written. */
function beginningOf(analysis: Analysis, node: Node): Node {
  if (node.type === "TemplateElement") return beginningOf(analysis, node.parent);
  let first: Node | undefined;
  if (node.type === "BinaryExpression") first = node.left;
  else if (node.type === "TemplateLiteral" && node.quasis[0]?.value.raw === "")
    [first] = node.expressions;
  if (first === undefined) return node;
  const value = analysis.evaluate(first);
  return stringOf(value) === undefined ? node : beginningOf(analysis, value.node);
}

/** @param isOpen more of the address follows that nobody knows */
function isPlain(text: string, isOpen: boolean): boolean {
  const match = /^\s*(?:http|ws):\/\/(?:[^/@\s]*@)?([^/:?#\s]*)(.?)/iu.exec(text);
  if (match === null) return false;
  const [, host = "", after = ""] = match;
  // `http://${host}`: which host it is decides.
  if (host === "" || (isOpen && after === "" && /(?:^[^.]*|[.-])$/u.test(host))) return false;
  return !isLocal(host.toLowerCase());
}

/** Hosts that are this machine, a private network, a container, or reserved for tests. */
function isLocal(host: string): boolean {
  return (
    !host.includes(".") ||
    /^(?:127\.|10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|169\.254\.|0\.0\.0\.0$)/u.test(host) ||
    /\.(?:localhost|local|test|invalid|example|internal|intranet|lan|home|svc|svc\.cluster\.local|docker\.internal|localdomain)$/u.test(
      host,
    ) ||
    host.startsWith("[")
  );
}
