import type { Core } from "../core.ts";
import { isFunction, parentOf, staticKey } from "../syntax.ts";
import type { Node } from "../syntax.ts";

/**
 * `jwt: { encode: ({ token, secret }) => jwt.sign(token, secret) }` among the options of Auth.js: whoever writes `encode`
 * himself is given claims without `exp` and beside them the `maxAge` of the session, which only the library's own
 * `encode` puts into the token (next-auth 4.24.15). The callback `jwt` may add one.
 *
 * @param claims what is signed
 */
export function isGivenToEncode(core: Core, claims: Node): boolean {
  if (claims.type !== "Identifier") return false;
  const { text } = core.fileOf(claims);
  if (!AUTH_JS.test(text) || OUT_OF_SIGHT.test(text)) return false;
  const definition = core.fileOf(claims).variableOf(claims)?.defs[0];
  const owner = definition?.node as Node | undefined;
  if (definition?.type !== "Parameter" || !isFunction(owner)) return false;
  const [given] = owner.params;
  const isToken =
    given?.type === "ObjectPattern" &&
    given.properties.some(
      (one) =>
        one.type === "Property" &&
        one.value === definition.name &&
        staticKey(one.key, one.computed) === "token",
    );
  return isToken && isUnder(owner, "encode") && isUnder(parentOf(parentOf(owner) ?? owner), "jwt");
}

const AUTH_JS = /next-auth|@auth\//u;

/** Callbacks of another file: `callbacks,`, `callbacks: shared`, `...options` */
const OUT_OF_SIGHT = /\bcallbacks(?:\s*[,}]|:\s*[^\s{])|\.\.\.\w*(?:[oO]ptions|[cC]onfig)/u;

function isUnder(node: Node | undefined, name: string): boolean {
  const property = node === undefined ? undefined : parentOf(node);
  return property?.type === "Property" && staticKey(property.key, property.computed) === name;
}
