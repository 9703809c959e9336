import { handmade } from "../../libraries/handmade.ts";
import type { Analysis } from "../analysis.ts";
import { dottedPath, memberName, parentOf, unwrap } from "../syntax.ts";
import type { CallNode, Node } from "../syntax.ts";
import { literal, stringOf } from "../values/value.ts";
import type { Value } from "../values/value.ts";
import { secretIn } from "./keyed-hashes.ts";
import type { Operation } from "./operations.ts";
import type { Setting } from "./options.ts";

/** What a signature is made with, where no library says so. */
export interface HandmadeKey {
  readonly node: Node;
  /** The algorithm of JWS (RFC 7518) that it comes to, or undefined where only the family is known. */
  readonly algorithm: string | undefined;
  /** How the code calls the function that takes the key. */
  readonly name: string;
  /** The function works with an empty key. */
  readonly takesEmpty: boolean;
}

/**
 * The key of a call that makes or checks a signature.
 *
 * @param maker the `createHmac(…)` or its like whose `update` the call is
 * @param text the argument that is signed
 */
export function handmadeKey(
  analysis: Analysis,
  call: CallNode,
  maker: CallNode | undefined,
  text: Node,
): HandmadeKey | undefined {
  return maker === undefined ? ofCall(analysis, call, text) : ofMaker(analysis, maker, call);
}

/** `createHmac("sha256", key)`, `createSign("RSA-SHA256").update(text).sign(key)` */
function ofMaker(analysis: Analysis, maker: CallNode, update: CallNode): HandmadeKey | undefined {
  const name = dottedPath(maker.callee)?.at(-1) ?? "";
  const [digest] = maker.arguments;
  const bits = digest === undefined ? undefined : hashBits(textOf(analysis, digest));
  if (name === "createHmac") {
    return keyAt(maker, 1, { name, algorithm: prefixed("HS", bits), takesEmpty: true });
  }
  // No MAC says how long its key has to be.
  if (name === "createHash") {
    const node = secretIn(analysis.core, update.arguments[0]);
    return node && { node, name, algorithm: undefined, takesEmpty: true };
  }
  const end = endOf(analysis, update);
  return end && keyAt(end, 0, { name, algorithm: prefixed("RS", bits ?? 256), takesEmpty: false });
}

/** The `sign(key)` or `verify(key, signature)` that follows `update(text)`. */
function endOf(analysis: Analysis, update: CallNode): CallNode | undefined {
  const object =
    update.callee.type === "MemberExpression" ? unwrap(update.callee.object) : undefined;
  const variable = object?.type === "Identifier" ? analysis.file.variableOf(object) : undefined;
  const holders: Node[] = [
    update,
    ...(variable?.references ?? []).map(({ identifier }) => identifier as Node),
  ];
  for (const holder of holders) {
    const member = parentOf(holder);
    if (member?.type !== "MemberExpression" || member.object !== holder) continue;
    const { parent } = member;
    if (!/^(?:sign|verify)$/u.test(memberName(member) ?? "")) continue;
    if (parent.type === "CallExpression" && parent.callee === member) return parent;
  }
  return undefined;
}

/** `CryptoJS.HmacSHA256(text, key)`, `crypto.sign(null, text, key)`, `subtle.sign("HMAC", key, text)` */
function ofCall(analysis: Analysis, call: CallNode, text: Node): HandmadeKey | undefined {
  const name = dottedPath(call.callee)?.join(".") ?? "";
  const [first] = call.arguments;
  const rest = { name, takesEmpty: false };
  if (/(?:^|\.)subtle\.(?:sign|verify)$/u.test(name)) {
    const algorithm = first === undefined ? undefined : subtleAlgorithm(analysis.evaluate(first));
    return algorithm && keyAt(call, 1, { ...rest, algorithm: algorithm.name });
  }
  if (name === "crypto.sign" || name === "crypto.verify") {
    return keyAt(call, 2, { ...rest, algorithm: "EdDSA" });
  }
  const bits = hashBits(name);
  // The text comes first in CryptoJS, the key in others; a hash may stand in front of both.
  const position = call.arguments.indexOf(text as never);
  const at = position === 0 ? 1 : position - 1;
  return /(?:^|\.)hmac(?:\w*|\.sign)$/iu.test(name)
    ? keyAt(call, at, { name, algorithm: prefixed("HS", bits), takesEmpty: true })
    : undefined;
}

function keyAt(
  call: CallNode,
  position: number,
  about: Omit<HandmadeKey, "node">,
): HandmadeKey | undefined {
  const node = call.arguments[position];
  return node === undefined || node.type === "SpreadElement" ? undefined : { ...about, node };
}

function textOf(analysis: Analysis, node: Node): string {
  return stringOf(analysis.evaluate(node)) ?? "";
}

/** `"sha256"`, `"RSA-SHA256"`, `"HmacSHA256"` */
function hashBits(text: string): number | undefined {
  const size = /sha-?(256|384|512)$/iu.exec(text)?.[1];
  return size === undefined ? undefined : Number(size);
}

function prefixed(family: string, bits: number | undefined): string | undefined {
  return bits === undefined ? undefined : `${family}${String(bits)}`;
}

/** What Web Crypto's name of an algorithm stands for: HMAC's hash goes by its key. */
function subtleAlgorithm(algorithm: Value): { readonly name: string | undefined } | undefined {
  const named = algorithm.type === "object" ? algorithm.properties.get("name")?.value : algorithm;
  const name = named === undefined ? "" : (stringOf(named) ?? "");
  const found = SUBTLE.find(([start]) => name.startsWith(start));
  return found && { name: found[1] };
}

const SUBTLE: readonly (readonly [start: string, algorithm: string | undefined])[] = [
  ["HMAC", undefined],
  ["RSASSA", "RS256"],
  ["RSA-PSS", "PS256"],
  ["ECDSA", "ES256"],
  ["Ed25519", "EdDSA"],
];

/** A signature made by hand as an operation, of which nothing but the key is known. */
export function keyOperation(
  analysis: Analysis,
  call: CallNode,
  kind: "sign" | "verify",
  { node, algorithm: algorithmName, name, takesEmpty }: HandmadeKey,
): Operation {
  const algorithm = algorithmName === undefined ? undefined : algorithmSetting(call, algorithmName);
  const path = takesEmpty ? `${kind}Mac` : kind;
  const entity = handmade.entities[path];
  if (entity === undefined) throw new Error(`The hand-made description has no ${path}.`);
  return {
    kind,
    library: handmade,
    version: handmade.current,
    path,
    entity,
    name,
    node: call,
    token: undefined,
    key: { node, value: analysis.evaluate(node) },
    payload: undefined,
    callback: undefined,
    promise: false,
    wrapper: undefined,
    open: true,
    option: () => ({ state: "unknown" }),
    settings: (role) => (role === "algorithm" && algorithm !== undefined ? [algorithm] : []),
    ignored: [],
    options: undefined,
  };
}

/** The function that is called is the choice of an algorithm. */
function algorithmSetting(call: CallNode, name: string): Setting {
  return {
    role: "algorithm",
    name: "algorithm",
    value: literal(call, name),
    node: call,
    valueNode: call,
    via: "argument",
    grammar: undefined,
    model: undefined,
    certain: true,
  };
}
