/** A token written out as text, read as far as anybody can read it. */
export interface WrittenToken {
  readonly text: string;
  readonly header: Readonly<Record<string, unknown>>;
  /** Undefined for an encrypted token. */
  readonly claims: Readonly<Record<string, unknown>> | undefined;
  /** There is a signature, or the token is encrypted. */
  readonly isSigned: boolean;
}

/** A compact JWS or JWE, alone or behind a scheme. */
const COMPACT =
  /^\s*(?:(?:Bearer|JWT|Token) +)?(eyJ[\w-]{8,})\.([\w-]*)\.([\w-]*)(?:\.([\w-]+)\.([\w-]+))?\s*$/iu;

/** Longer texts are no tokens but data. */
const MAX_LENGTH = 16_000;

/** @returns the token that a text is, or undefined when it is none */
export function readToken(text: string): WrittenToken | undefined {
  if (text.length > MAX_LENGTH || !text.includes("eyJ")) return undefined;
  const match = COMPACT.exec(text);
  if (match === null) return undefined;
  const [, first = "", second = "", third = "", fourth] = match;
  const header = jsonOf(first);
  if (header === undefined || typeof header.alg !== "string") return undefined;
  if (fourth !== undefined) {
    if (typeof header.enc !== "string") return undefined;
    return { text, header, claims: undefined, isSigned: true };
  }
  const claims = jsonOf(second);
  if (claims === undefined) return undefined;
  const isSigned = third.length > 10 && !/^none$/iu.test(header.alg);
  return { text, header, claims, isSigned };
}

function jsonOf(part: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, "base64url").toString("utf8"));
    return typeof value === "object" && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}

/** Why a written token gives nobody anything. */
export type Harmless =
  /** Nobody signed it. */
  | "unsigned"
  /** The sample of jwt.io and of every tutorial since. */
  | "sample"
  /** Made to be in browsers, such as the anonymous key of Supabase. */
  | "public"
  | "expired";

/** Signatures cut off with dots or filled with letters, as documentation has them. */
const FILLER = /^(.)\1+$|signature|your|example|xxx/iu;

export function harmless(
  { text, header, claims, isSigned }: WrittenToken,
  now: number,
): Harmless | undefined {
  if (!isSigned) return "unsigned";
  if (claims === undefined) return undefined;
  const signature = text.trim().split(".")[2] ?? "";
  if (FILLER.test(signature)) return "sample";
  const { sub, name, role, iss } = claims;
  const exp = expiryOf({ header, claims });
  if (sub === "1234567890" && (name === undefined || typeof name === "string")) return "sample";
  if (
    header.kid === "test" ||
    /^(?:joe|https?:\/\/(?:[\w-]+\.)*example\.(?:com|org|net)\/?)$/u.test(
      typeof iss === "string" ? iss : "",
    )
  ) {
    return "sample";
  }
  if (
    iss === "supabase-demo" ||
    (role === "anon" &&
      (iss === undefined || (typeof iss === "string" && iss.includes("supabase"))))
  )
    return "public";
  if (exp === undefined && isForMaps(claims)) return "public";
  return exp !== undefined && exp * 1000 < now ? "expired" : undefined;
}

/**
 * When a token expires, in seconds since the epoch, if it says so: among its claims, or in its header, where
 * encrypted tokens repeat claims (RFC 7519 section 5.3) and some issuers write what they check.
 */
export function expiryOf({
  header,
  claims,
}: Pick<WrittenToken, "header" | "claims">): number | undefined {
  return [claims?.exp, header.exp].find((one) => typeof one === "number");
}

/** Keys of Mapbox and Cesium name who pays for the map, and nobody's rights. */
function isForMaps(claims: Readonly<Record<string, unknown>>): boolean {
  const names = Object.keys(claims).filter((name) => name !== "iat" && name !== "scopes");
  return /^(?:a,u|id,jti)$/u.test(names.sort().join(","));
}
