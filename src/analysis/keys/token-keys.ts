import { possibilities } from "../values/value.ts";
import type { ClaimsValue, Value } from "../values/value.ts";

/**
 * Which parts of an unverified token pick the key? A `jwk` or `x5c` is the key wherever it goes; an
 * address picks it only where it names the server: in `https://keys.example/${claims.tenant}` it
 * does not.
 */
export interface ChosenClaims {
  readonly claims: ClaimsValue;
  /** The header field or claim: `jwk`, `jku`, `iss`. */
  readonly field: string;
  /** The key itself, or the address of one. */
  readonly how: "value" | "address";
}

const KEY_FIELDS: ReadonlySet<string> = new Set(["jwk", "x5c"]);
const ADDRESS_FIELDS: ReadonlySet<string> = new Set(["jku", "x5u", "jwks_uri", "iss"]);

const KEY_PARTS: readonly string[] = ["n", "x", "x5c"];

/** How deep values are looked into. */
const MAX_NESTING = 10;

export function chosenClaims(value: Value): ChosenClaims[] {
  return [...addresses(value, 0), ...keys(value, 0)];
}

/** Claims that an address begins with, or that it is. */
function addresses(value: Value, depth: number): ChosenClaims[] {
  if (depth > MAX_NESTING) return [];
  const inside = (inner: Value | undefined): ChosenClaims[] =>
    inner === undefined ? [] : addresses(inner, depth + 1);
  switch (value.type) {
    case "choice":
      return possibilities(value).flatMap((one) => inside(one));
    case "template":
      return inside(value.parts[0]);
    case "derived":
      // `new URL(path, base)`.
      if (value.how === "url") return inside(value.from[1] ?? value.from[0]);
      return value.how === "response" ? inside(value.from[0]) : [];
    case "key":
      return inside(value.of);
    case "array":
      return value.elements.flatMap((one) => inside(one));
    case "object":
      // A JWK put together again, by its parts (RFC 7518 section 6).
      return KEY_PARTS.flatMap((name) => inside(value.properties.get(name)?.value));
    case "claims":
      return isUnverified(value, ADDRESS_FIELDS) ? [found(value, ADDRESS_FIELDS, "address")] : [];
    default:
      return [];
  }
}

/** Claims that are the key, whatever it is decoded from or put together with. */
function keys(value: Value, depth: number): ChosenClaims[] {
  if (depth > MAX_NESTING) return [];
  const inside = (inner: Value): ChosenClaims[] => keys(inner, depth + 1);
  switch (value.type) {
    case "choice":
      return possibilities(value).flatMap((one) => inside(one));
    case "template":
      return value.parts.flatMap((one) => inside(one));
    case "bytes":
      return inside(value.of);
    case "key":
      return value.of === undefined ? [] : inside(value.of);
    case "array":
      return value.elements.flatMap((one) => inside(one));
    case "claims":
      return value.part !== "payload" || value.path[0] === "header"
        ? isUnverified(value, KEY_FIELDS)
          ? [found(value, KEY_FIELDS, "value")]
          : []
        : [];
    default:
      return [];
  }
}

function isUnverified({ verified, path }: ClaimsValue, fields: ReadonlySet<string>): boolean {
  return !verified && path.some((name) => fields.has(name));
}

function found(
  claims: ClaimsValue,
  fields: ReadonlySet<string>,
  how: ChosenClaims["how"],
): ChosenClaims {
  return { claims, how, field: claims.path.find((name) => fields.has(name)) ?? "" };
}
