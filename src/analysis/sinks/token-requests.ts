import type { Analysis } from "../analysis.ts";
import { named } from "../files/source-file.ts";
import { initOf } from "../files/variables.ts";
import { usesOf } from "../flow/flow.ts";
import { addressText, httpCall, isHttpName } from "../network/http.ts";
import { connectionOf, isSocketName } from "../network/sockets.ts";
import { contains, dottedPath, isNullish, parentOf, unwrap } from "../syntax.ts";
import type { CallNode, Node } from "../syntax.ts";
import { headerWrites } from "../tokens/headers.ts";
import type { HeaderWrite } from "../tokens/headers.ts";
import { isMissingAt } from "../tokens/missing.ts";
import { isCalledToken, tokenUses } from "../tokens/uses.ts";
import { AUTH_ADDRESS, tokenName } from "../tokens/words.ts";
import { possibilities } from "../values/value.ts";
import type { Value } from "../values/value.ts";
import type { OpenWire } from "./open-wire.ts";
import { plainAddresses } from "./plain-addresses.ts";

/** Requests and sockets that carry a token, or bring one, over a connection that is not encrypted. */
export function tokenAddresses(analysis: Analysis): OpenWire[] {
  const found: OpenWire[] = [];
  const writes = headerWrites(analysis);
  const carries = (call: CallNode): boolean =>
    writes.some(({ node, value }) => contains(call, node) && !hasOtherScheme(value)) ||
    hasDefault(call, writes) ||
    hasAuthOptions(analysis, call) ||
    bringsToken(analysis, call) ||
    sendsToken(analysis, call);
  for (const call of named(analysis.file.index.called, mayConnect)) {
    const name = dottedPath(call.callee)?.join(".") ?? "This request";
    const http = httpCall(analysis.file, call);
    if (http?.address !== undefined) {
      // Few addresses are plain ones: only then it is asked what the request carries.
      const causes = plainAddresses(analysis, analysis.evaluate(http.address));
      if (causes.length === 0 || !(carries(call) || isWrittenInto(analysis, http.address)))
        continue;
      for (const cause of causes) found.push({ cause, effect: http.address, kind: "token", name });
    } else if (CLIENT_MAKERS.test(name)) {
      const base = baseAddress(analysis, call);
      if (base === undefined || writes.length === 0) continue;
      for (const cause of plainAddresses(analysis, base.value))
        found.push({ cause, effect: base.node, kind: "token", name });
    }
  }
  found.push(...socketAddresses(analysis, writes));
  if (writes.length === 0) return found;
  for (const assignment of analysis.file.index.assignments) {
    const name = dottedPath(assignment.left)?.join(".") ?? "";
    if (!/(?:^|\.)defaults\.baseURL$/u.test(name)) continue;
    for (const cause of plainAddresses(analysis, analysis.evaluate(assignment.right)))
      found.push({ cause, effect: assignment.right, kind: "token", name });
  }
  return found;
}

/** Of axios, ky and got, of RTK Query, and the links of Apollo. */
const CLIENT_MAKERS =
  /^axios\.create$|^(?:ky|got)\.(?:create|extend)$|^(?:fetchBaseQuery|HttpLink|create(?:Http|Upload)Link)$/u;

function mayConnect(name: string): boolean {
  return isHttpName(name) || /^(?:create|extend)$/u.test(name) || CLIENT_MAKERS.test(name);
}

/** Is the answer of the request one that the program reads a token from? */
function bringsToken(analysis: Analysis, call: CallNode): boolean {
  const address = httpCall(analysis.file, call)?.address;
  if (address === undefined || !AUTH_ADDRESS.test(addressText(analysis.core, address)))
    return false;
  return usesOf(analysis.core, call).some(
    (use) => use.path.some((name) => tokenName(name) !== undefined) || isCalledToken(use),
  );
}

/** Is a header set for every request of the client that makes this one: `axios.defaults.headers…`? */
function hasDefault(call: CallNode, writes: readonly HeaderWrite[]): boolean {
  const [client] = dottedPath(call.callee) ?? [];
  return (
    client !== undefined &&
    writes.some(({ node }) => {
      const path = node.type === "AssignmentExpression" ? dottedPath(node.left) : undefined;
      return path?.[0] === client && path[1] === "defaults";
    })
  );
}

/** Does a token travel in the body: `axios.post(address, { refreshToken })`, or with all headers of a request? */
function sendsToken(analysis: Analysis, call: CallNode): boolean {
  return tokenUses(analysis).some((use) => {
    const { kind, held, by, boxes } = use;
    if (kind !== "argument" || by !== call || boxes.length === 0) return false;
    return held === "token" || (held === "headers" && !isMissingAt(analysis, use));
  });
}

/** `Basic …` and keys of another form are no tokens, and nothing is none. */
function hasOtherScheme(value: Node): boolean {
  if (isNullish(unwrap(value))) return true;
  let node = unwrap(value);
  while (node.type === "BinaryExpression") node = unwrap(node.left);
  let text: unknown;
  if (node.type === "TemplateLiteral") text = node.quasis[0]?.value.cooked;
  else if (node.type === "Literal") text = node.value;
  return typeof text === "string" && /^(?!Bearer|JWT|Token|DPoP)[\w-]+[ =]/iu.test(text);
}

/** Options in a variable that hold an Authorization header. */
function hasAuthOptions(analysis: Analysis, call: CallNode): boolean {
  return call.arguments.some((argument) =>
    possibilities(analysis.evaluate(argument)).some((value) => {
      const headers = value.type === "object" ? value.properties.get("headers")?.value : undefined;
      return (
        headers?.type === "object" &&
        [...headers.properties].some(
          ([key, property]) =>
            /^authorization$/iu.test(key) && !hasOtherScheme(property.value.node),
        )
      );
    }),
  );
}

function baseAddress(analysis: Analysis, call: CallNode): { value: Value; node: Node } | undefined {
  const [options] = call.arguments;
  if (options === undefined) return undefined;
  const value = analysis.evaluate(options);
  if (value.type !== "object") return undefined;
  const [base] = ["baseURL", "baseUrl", "prefixUrl", "uri"].flatMap(
    (name) => value.properties.get(name) ?? [],
  );
  return base === undefined ? undefined : { value: base.value, node: base.node };
}

/** Is a token part of the address, or of the text that the address is declared with? */
function isWrittenInto(analysis: Analysis, address: Node): boolean {
  const text = initOf(analysis.file, address) ?? address;
  return tokenUses(analysis).some(
    ({ held, kind, by }) => held !== "key" && kind === "text" && contains(text, by),
  );
}

/** `new WebSocket("ws://…?token=" + token)`, `io("http://…", { auth: { token } })`, `socket.send(token)`. */
function socketAddresses(analysis: Analysis, writes: readonly HeaderWrite[]): OpenWire[] {
  return named(analysis.file.index.called, isSocketName).flatMap((call) => {
    const connection = connectionOf(analysis.core, call);
    if (connection === undefined) return [];
    const { address } = connection;
    const causes = plainAddresses(analysis, analysis.evaluate(address));
    if (causes.length === 0) return [];
    const carries =
      writes.some(({ node, value }) => contains(call, node) && !hasOtherScheme(value)) ||
      isWrittenInto(analysis, address) ||
      tokenUses(analysis).some(
        ({ held, kind, by }) =>
          held !== "key" &&
          kind === "argument" &&
          (by === call || isSentBy(analysis, call, by as CallNode)),
      );
    const name = dottedPath(call.callee)?.join(".") ?? "This connection";
    return carries
      ? causes.map((cause): OpenWire => ({ cause, effect: address, kind: "socket", name }))
      : [];
  });
}

/** Is this `socket.send(…)` or `socket.emit(…)` of the connection that a call opens? */
function isSentBy({ file }: Analysis, connection: CallNode, sender: CallNode): boolean {
  const path = dottedPath(sender.callee);
  if (!/^(?:send|emit|emitWithAck|sendJsonMessage)$/u.test(path?.at(-1) ?? "")) return false;
  const callee = unwrap(sender.callee);
  if (callee.type !== "MemberExpression") return false;
  if (initOf(file, callee.object) === connection) return true;
  // `this.socket = new WebSocket(…)`, `ref.current = io(…)`
  const holder = parentOf(connection);
  return (
    holder?.type === "AssignmentExpression" &&
    holder.right === connection &&
    dottedPath(holder.left)?.join(".") === path?.slice(0, -1).join(".")
  );
}
