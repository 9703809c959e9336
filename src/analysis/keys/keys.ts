import type { Core } from "../core.ts";
import { contains, unwrap } from "../syntax.ts";
import type { FunctionNode, Node } from "../syntax.ts";
import { returnArguments } from "../values/classes.ts";
import { possibilities, stringOf } from "../values/value.ts";
import type { DerivedValue, KeyKind, ObjectValue, TemplateValue, Value } from "../values/value.ts";

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
  /** The key is a hash of the value, or derived from it as from a password. */
  readonly derived: "hash" | "kdf" | undefined;
}

/** How deep keys are nested in imports and encodings. */
const MAX_NESTING = 8;

/** How many texts a template with alternatives in it may be. */
const MAX_COMBINATIONS = 16;

/** Everything a key can be made of. A value is of one lint run, and several rules ask about keys. */
export function keyMaterials(core: Core, value: Value): readonly KeyMaterial[] {
  let known = answers.get(value);
  if (known === undefined) {
    known = possibilities(value).flatMap((one) => materialsOf(core, one, EMPTY, 0));
    answers.set(value, known);
  }
  return known;
}

const answers = new WeakMap<Value, readonly KeyMaterial[]>();

interface Outer {
  readonly kind: KeyKind | undefined;
  readonly encodings: readonly string[];
  readonly typed: boolean;
  readonly bits: number | undefined;
  readonly derived: KeyMaterial["derived"];
}

const EMPTY: Outer = {
  kind: undefined,
  encodings: [],
  typed: false,
  bits: undefined,
  derived: undefined,
};

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
      return [{ ...outer, kind: outer.kind ?? kindOfText(textOf(value)), value }];
    case "template":
      // `${process.env.KEY || "key"}` is the written text on one of its paths.
      return combinations(value.parts).map((parts) => {
        const one = chosenText(value, parts);
        return { ...outer, kind: outer.kind ?? kindOfText(textOf(one)), value: one };
      });
    case "derived":
      return ofDerived(value, outer, inside);
    default:
      return [{ ...outer, value }];
  }
}

/** Every way to choose one possibility for each part; the parts as they are beyond the limit. */
function combinations(parts: readonly Value[]): Value[][] {
  let found: Value[][] = [[]];
  for (const part of parts) {
    const options = possibilities(part);
    if (found.length * options.length > MAX_COMBINATIONS) return [[...parts]];
    found = found.flatMap((before) => options.map((option) => [...before, option]));
  }
  return found;
}

function writtenText(parts: readonly Value[]): string | undefined {
  const texts = parts.map((part) =>
    part.type === "literal" && part.value !== undefined ? String(part.value) : undefined,
  );
  return texts.every((text) => text !== undefined) ? texts.join("") : undefined;
}

/** One of the texts that a template with alternatives in it may be. */
function chosenText(whole: TemplateValue, parts: readonly Value[]): Value {
  const [only] = parts;
  const text = writtenText(parts);
  if (parts.length === 1 && only !== undefined && whole.parts[0]?.type === "choice") {
    // Where there is something else to fall back on, the alternative is there when it is chosen.
    return text === undefined ? only : { type: "literal", node: only.node, value: text };
  }
  return text === undefined
    ? { ...whole, parts }
    : { type: "literal", node: whole.node, value: text };
}

/** A hash or derived key is as secret as what goes into it; salts and the like do not count. */
function ofDerived(
  value: DerivedValue,
  outer: Outer,
  inside: (inner: Value, next: Outer) => KeyMaterial[],
): KeyMaterial[] {
  const { how } = value;
  if (how !== "hash" && how !== "kdf") return [{ ...outer, value }];
  const next: Outer = { ...outer, derived: outer.derived ?? how, encodings: [] };
  const parts = how === "kdf" ? value.from.slice(0, 1) : value.from;
  const [only] = parts;
  if (only === undefined) return [{ ...next, value }];
  if (parts.length === 1) return inside(only, next);
  return combinations(parts).flatMap((combined) => {
    const [first] = combined;
    return first !== undefined && writtenText(combined) !== undefined
      ? inside(first, next)
      : [{ ...next, value: { ...value, from: combined } }];
  });
}

function ofObject(
  value: ObjectValue,
  outer: Outer,
  inside: (inner: Value, next: Outer) => KeyMaterial[],
): KeyMaterial[] {
  const read = (name: string): Value | undefined => value.properties.get(name)?.value;
  const kty = read("kty");
  if (kty !== undefined) return jwkMaterials(value, outer, inside);
  // `{ key, passphrase }`, and the pair of keys that some libraries take.
  const inner = read("key") ?? read("private") ?? read("privateKey") ?? read("secret");
  const publicPart = read("public") ?? read("publicKey");
  if (inner === undefined && publicPart === undefined) {
    const keys = read("keys");
    return keys === undefined
      ? [{ ...outer, value }]
      : inside(keys, { ...outer, kind: outer.kind ?? "set" });
  }
  return inner === undefined ? [{ ...outer, value }] : inside(inner, outer);
}

/** A JSON Web Key (RFC 7517): `k` is a secret, `d` a private exponent, neither is public. */
function jwkMaterials(
  value: ObjectValue,
  outer: Outer,
  inside: (inner: Value, next: Outer) => KeyMaterial[],
): KeyMaterial[] {
  const secret = value.properties.get("k");
  const secretPart = secret ?? value.properties.get("d");
  if (secretPart === undefined) {
    return [{ ...outer, kind: outer.kind ?? (value.open ? undefined : "public"), value }];
  }
  return inside(secretPart.value, {
    ...outer,
    kind: secret === undefined ? "private" : "secret",
    encodings: [...outer.encodings, "base64url"],
  });
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
      // What the callback gives back is nothing.
      if (found.includes(call)) found.splice(found.indexOf(call), 1);
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
  // What a library fetches a set of keys from is an address.
  if (material.kind === "set" && material.typed) return false;
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
