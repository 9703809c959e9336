import type { Core } from "../core.ts";
import { may, possibilities, stringOf } from "../values/value.ts";
import type { Value } from "../values/value.ts";
import { keyMaterials, kindOfText, textOf } from "./keys.ts";
import type { KeyMaterial } from "./keys.ts";

/**
 * Which signature algorithms can a key be used with at all? Libraries that are given no list of
 * algorithms take all of those, so whoever writes the list out changes nothing.
 */
export type KeyType = "secret" | "rsa" | "ec";

/** Everything that jsonwebtoken and jose take for a key of the type when no list is given. */
export const ALGORITHMS_OF: Readonly<Record<KeyType, readonly string[]>> = {
  secret: ["HS256", "HS384", "HS512"],
  rsa: ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512"],
  ec: ["ES256", "ES384", "ES512"],
};

/**
 * The one type that a key certainly has, or undefined.
 *
 * @param takesText whether the library reads PEM from texts and bytes; one that does not takes all
 *   bytes for a secret
 */
export function keyTypeOf(core: Core, key: Value, takesText: boolean): KeyType | undefined {
  const types = new Set(
    possibilities(key).map((one) =>
      !takesText && (one.type === "bytes" || one.type === "generated")
        ? "secret"
        : singleType(core, one),
    ),
  );
  return types.size === 1 ? [...types][0] : undefined;
}

function singleType(core: Core, key: Value): KeyType | undefined {
  // A ring of keys or a function that finds one may hold what nobody sees.
  if (key.type === "function" || key.type === "array" || key.type === "object") return undefined;
  const types = new Set(keyMaterials(core, key).map((material) => typeOf(material)));
  return types.size === 1 ? [...types][0] : undefined;
}

function typeOf(material: KeyMaterial): KeyType | undefined {
  const { value, kind } = material;
  if (kind === "secret" || value.type === "generated") return "secret";
  const text = stringOf(value);
  if (text === undefined || text === "") return undefined;
  if (kind === "public") return typeOfPem(text);
  return kind === undefined && !material.typed ? "secret" : undefined;
}

/** Object identifiers of public keys (RFC 3279 section 2.3), as they stand in DER. */
const IDENTIFIERS: readonly (readonly [hex: string, type: KeyType])[] = [
  ["2a864886f70d010101", "rsa"],
  ["2a8648ce3d0201", "ec"],
];

/** Base64 characters that hold the identifier of the key's algorithm. */
const HEAD = 64;

function typeOfPem(text: string): KeyType | undefined {
  const match = /-----BEGIN ([A-Z ]*)PUBLIC KEY-----([\w+/=\s]*)/u.exec(text);
  if (match === null) return undefined;
  if (match[1] === "RSA ") return "rsa";
  const head = Buffer.from(
    (match[2] ?? "").replaceAll(/\s/gu, "").slice(0, HEAD),
    "base64",
  ).toString("hex");
  return IDENTIFIERS.find(([hex]) => head.includes(hex))?.[1];
}

/** The algorithm that `importSPKI(pem, "RS256")` binds a public key to. */
export function boundAlgorithm(key: Value): string | undefined {
  const isBound = key.type === "key" && key.kind === "public" && key.algorithm !== undefined;
  return isBound ? stringOf(key.algorithm) : undefined;
}

/** Files that hold what is meant to be handed out: `id_rsa.pub`, `public.pem`, `server.crt`. */
const PUBLIC_FILE =
  /(?:\.pub|\.crt|\.cer|(?:^|[/\\._-])(?:public|pub|cert|certificate)(?:[._-]?key)?\.\w+)$/iu;

/** Is it a key that anybody may have, whatever the program makes of it? */
export function isPublicMaterial(material: KeyMaterial): boolean {
  const { value, kind } = material;
  if (kind === "public" || kind === "certificate") return true;
  if (kind === "private" || kind === "set" || kind === "embedded") return false;
  if (value.type === "file") {
    return (
      value.path !== undefined &&
      may(value.path, (path) => PUBLIC_FILE.test(textOf(lastPart(path))))
    );
  }
  const written = kindOfText(textOf(value));
  return written === "public" || written === "certificate";
}

/** The end of a path: a template of which the first parts are folders nobody knows. */
function lastPart(path: Value): Value {
  return path.type === "template" ? (path.parts.at(-1) ?? path) : path;
}

/**
 * Does a library see no more than a text, bytes or a secret, although the material is public? Then
 * the key works as an HMAC secret. A KeyObject or CryptoKey of the right kind does not.
 */
export function passesAsSecret({ typed, kind, value }: KeyMaterial): boolean {
  // A JSON Web Key names its type itself.
  return (!typed || kind === "secret") && value.type !== "object";
}
