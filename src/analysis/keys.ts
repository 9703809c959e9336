import type { Core } from "./core.ts";
import { returnArguments } from "./classes.ts";
import { contains, unwrap } from "./syntax.ts";
import type { FunctionNode, Node } from "./syntax.ts";
import { possibilities, stringOf } from "./value.ts";
import type { KeyKind, ObjectValue, Value } from "./value.ts";

/** One thing that a key may be made of, after imports, encodings and resolvers are looked through. */
export interface KeyMaterial {
  /** What kind of key it is, or undefined when nothing says. A name never does. */
  readonly kind: KeyKind | undefined;
  /** The innermost value: a literal, an environment variable, something generated, a file … */
  readonly value: Value;
  /** The encodings it is decoded with, the outermost first. */
  readonly encodings: readonly string[];
  /** A KeyObject or CryptoKey rather than text or bytes. */
  readonly typed: boolean;
  /** Bits of a generated key or of a modulus, where known. */
  readonly bits: number | undefined;
}

/** How deep keys are nested in imports and encodings. */
const MAX_NESTING = 8;

/** Everything a key can be made of. */
export function keyMaterials(core: Core, value: Value): KeyMaterial[] {
  return possibilities(value).flatMap((one) => materialsOf(core, one, EMPTY, 0));
}

interface Outer {
  readonly kind: KeyKind | undefined;
  readonly encodings: readonly string[];
  readonly typed: boolean;
  readonly bits: number | undefined;
}

const EMPTY: Outer = { kind: undefined, encodings: [], typed: false, bits: undefined };

function materialsOf(core: Core, value: Value, outer: Outer, depth: number): KeyMaterial[] {
  if (depth > MAX_NESTING) return [];
  const inside = (inner: Value, next: Outer): KeyMaterial[] =>
    possibilities(inner).flatMap((one) => materialsOf(core, one, next, depth + 1));
  switch (value.type) {
    case "bytes":
      return inside(value.of, { ...outer, encodings: [...outer.encodings, value.encoding] });
    case "key": {
      const next = {
        ...outer,
        kind: outer.kind ?? value.kind,
        typed: outer.typed || value.typed,
        bits: outer.bits ?? value.bits,
      };
      return value.of === undefined ? [{ ...next, value }] : inside(value.of, next);
    }
    case "function":
      return resolvedKeys(core, value.node).flatMap((node) => inside(core.evaluate(node), outer));
    case "array":
      // A ring of keys that are tried in turn.
      return value.elements.flatMap((element) => inside(element, outer));
    case "object":
      return ofObject(value, outer, inside);
    case "literal":
    case "template": {
      const kind = outer.kind ?? kindOfText(textOf(value));
      return [{ ...outer, kind, value }];
    }
    default:
      return [{ ...outer, value }];
  }
}

function ofObject(
  value: ObjectValue,
  outer: Outer,
  inside: (inner: Value, next: Outer) => KeyMaterial[],
): KeyMaterial[] {
  const read = (name: string): Value | undefined => value.properties.get(name)?.value;
  const kty = read("kty");
  if (kty !== undefined) return [jwkMaterial(value, outer)];
  // `{ key, passphrase }`, and the pair of keys that some libraries take.
  const inner = read("key") ?? read("private") ?? read("privateKey") ?? read("secret");
  const publicPart = read("public") ?? read("publicKey");
  if (inner === undefined && publicPart === undefined) {
    const keys = read("keys");
    return keys === undefined ? [{ ...outer, value }] : inside(keys, { ...outer, kind: outer.kind ?? "set" });
  }
  return inner === undefined ? [{ ...outer, value }] : inside(inner, outer);
}

/** A JSON Web Key (RFC 7517): `k` is a secret, `d` a private exponent, neither is public. */
function jwkMaterial(value: ObjectValue, outer: Outer): KeyMaterial {
  const secret = value.properties.get("k");
  const secretPart = secret ?? value.properties.get("d");
  if (secretPart === undefined) {
    return { ...outer, kind: outer.kind ?? (value.open ? undefined : "public"), value };
  }
  return {
    ...outer,
    kind: secret === undefined ? "private" : "secret",
    value: secretPart.value,
    encodings: [...outer.encodings, "base64url"],
  };
}

/** What a function that finds keys returns or hands to its callback. */
function resolvedKeys(core: Core, owner: FunctionNode): Node[] {
  const found = [...returnArguments(core, owner)];
  const last = owner.params.at(-1);
  if (last?.type === "Identifier") {
    const callback = core.fileOf(owner).variableOf(last);
    for (const reference of callback?.references ?? []) {
      const call = (reference.identifier as Node).parent;
      if (call?.type !== "CallExpression" || !contains(owner, call)) continue;
      if (unwrap(call.callee) !== reference.identifier) continue;
      const [, key] = call.arguments;
      if (key !== undefined && key.type !== "SpreadElement") found.push(key);
    }
  }
  return found;
}

/** The known text of a literal or template, with unknown parts left out. */
export function textOf(value: Value): string {
  if (value.type === "literal") return String(value.value ?? "");
  if (value.type !== "template") return "";
  return value.parts.map((part) => stringOf(part) ?? "").join("");
}

/** PEM headers (RFC 7468) decide. */
export function kindOfText(text: string): KeyKind | undefined {
  if (/-----BEGIN [A-Z ]*PRIVATE KEY-----/u.test(text)) return "private";
  if (/-----BEGIN [A-Z ]*PUBLIC KEY-----/u.test(text)) return "public";
  if (/-----BEGIN (?:X509 |TRUSTED )?CERTIFICATE-----/u.test(text)) return "certificate";
  if (/^ssh-(?:rsa|ed25519) |^ecdsa-sha2-/u.test(text)) return "public";
  return undefined;
}

/** Is it key material that anybody may have? */
export function isPublic(material: KeyMaterial): boolean {
  return material.kind === "public" || material.kind === "certificate";
}

/** Does the text stand in the program, so that whoever reads the program has the key? */
export function isWritten(material: KeyMaterial): boolean {
  const { value } = material;
  if (value.type === "literal") return typeof value.value === "string" && value.value !== "";
  return false;
}

/**
 * The length of a literal secret in bits, after decoding: hexadecimal digits count 4 bits,
 * base64 digits 6.
 */
export function secretBits(material: KeyMaterial): number | undefined {
  const text = stringOf(material.value);
  if (text === undefined) return undefined;
  const [encoding] = material.encodings.filter((one) => one !== "utf8" && one !== "utf-8");
  if (encoding === undefined) return Buffer.byteLength(text, "utf8") * 8;
  return Buffer.isEncoding(encoding) ? Buffer.from(text, encoding).length * 8 : undefined;
}
