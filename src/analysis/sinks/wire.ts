import type { Analysis } from "../analysis.ts";
import { named } from "../files/source-file.ts";
import { dottedPath, parentOf, staticKey } from "../syntax.ts";
import type { Node } from "../syntax.ts";
import { madeBy } from "../values/made-by.ts";
import type { Value } from "../values/value.ts";
import { tokenUses } from "../tokens/uses.ts";
import { addressPart } from "./addresses.ts";
import type { OpenWire } from "./open-wire.ts";
import { plainAddresses } from "./plain-addresses.ts";
import { postedTokens } from "./posted-tokens.ts";
import { switches } from "./switches.ts";
import { tokenAddresses } from "./token-requests.ts";

export function openWires(analysis: Analysis): OpenWire[] {
  const wires = [
    ...keyAddresses(analysis),
    ...tokenAddresses(analysis),
    ...addressesWithToken(analysis),
    ...switches(analysis),
  ];
  return [
    ...wires.filter(({ cause }) => !isForDevelopment(analysis, cause)),
    ...postedTokens(analysis),
  ];
}

/**
 * `` res.redirect(`http://shop.example.net/in?token=${token}`) ``, an address that is answered or shown in a frame:
 * the program connects to nobody, and has the browser send the token.
 */
function addressesWithToken(analysis: Analysis): OpenWire[] {
  if (!/http:\/\//iu.test(analysis.file.text)) return [];
  return tokenUses(analysis).flatMap((use) =>
    (use.held === "token" || use.held === "header") && addressPart(analysis, use) !== undefined
      ? plainAddresses(analysis, analysis.evaluate(use.by)).map((cause): OpenWire => ({
          cause,
          effect: use.by,
          kind: "address",
          name: "",
        }))
      : [],
  );
}

/** How far up a condition is looked for. */
const MAX_PARENTS = 12;

/** Does it stand in a branch that is only for development, or for a switch of the user's own? */
function isForDevelopment(analysis: Analysis, cause: Node): boolean {
  const { text } = analysis.fileOf(cause);
  let node = cause;
  for (let depth = 0; depth < MAX_PARENTS; depth += 1) {
    const parent = parentOf(node);
    if (parent === undefined) return false;
    if (
      (parent.type === "IfStatement" || parent.type === "ConditionalExpression") &&
      parent.test !== node
    ) {
      if (CONDITION.test(text.slice(...parent.test.range))) return true;
    } else if (
      parent.type === "LogicalExpression" &&
      parent.right === node &&
      parent.operator === "&&"
    ) {
      if (CONDITION.test(text.slice(...parent.left.range))) return true;
    }
    node = parent;
  }
  return false;
}

const CONDITION =
  /NODE_ENV|NODE_TLS|development|production|isDev|isProd|__DEV__|insecure|unsafe|selfSigned|self_signed|unauthori[sz]ed|localhost|local|test|(?:disable|skip|ignore|trust|verify|strict|check|validate|reject)_?\w*(?:ssl|tls|cert)|(?:ssl|tls|cert)\w*_?(?:verif|check|valid|error|strict)/iu;

/** Names of options that hold the address of keys, of a token endpoint, or of a discovery document. */
const ADDRESS_OPTIONS =
  /^(?:jwksUri|jwks_uri|jwksUrl|jwksURL|jwks_url|issuerBaseURL|introspection_?[eE]ndpoint|introspectionUrl|introspection_?[uU]ri|token_?[eE]ndpoint|tokenURL|tokenUrl|tokenUri|token_?uri|authorizationURL|authorization_endpoint|userInfoURL|userinfo_endpoint|discoveryUrl|discoveryURL|wellKnown|identityMetadata)$/u;

function keyAddresses(analysis: Analysis): OpenWire[] {
  const found: OpenWire[] = [];
  const add = (value: Value, effect: Node, name: string): void => {
    for (const cause of plainAddresses(analysis, value))
      found.push({ cause, effect, kind: "keys", name });
  };
  for (const operation of analysis.operations) {
    if (operation.kind !== "key-set" || operation.key === undefined) continue;
    add(operation.key.value, operation.key.node, operation.name);
  }
  for (const object of analysis.file.index.objects) {
    for (const property of object.properties) {
      if (property.type !== "Property") continue;
      const name = staticKey(property.key, property.computed);
      if (name !== undefined && ADDRESS_OPTIONS.test(name) && !isDescription(object))
        add(analysis.evaluate(property.value), property.value, name);
    }
  }
  for (const call of named(analysis.file.index.called, (name) => /^discover(?:y)?$/u.test(name))) {
    const path = dottedPath(call.callee);
    const [first, second] = call.arguments;
    if (path === undefined || first === undefined) continue;
    // openid-client: `Issuer.discover(address)`, `discovery(new URL(address), …)`.
    if (path.join(".").endsWith("Issuer.discover"))
      add(analysis.evaluate(first), first, path.join("."));
    else if (
      path.at(-1) === "discovery" &&
      second !== undefined &&
      madeBy(analysis.core, call.callee)?.specifier === "openid-client"
    ) {
      add(analysis.evaluate(first), first, path.join("."));
    }
  }
  return found;
}

/** The flows of a security scheme in an OpenAPI document: nobody connects to them. */
function isDescription(object: Node): boolean {
  let node: Node | undefined = object;
  for (let depth = 0; node !== undefined && depth < MAX_PARENTS; depth += 1) {
    if (
      node.type === "Property" &&
      /^(?:flows|securitySchemes|securityDefinitions)$/u.test(
        staticKey(node.key, node.computed) ?? "",
      )
    ) {
      return true;
    }
    node = parentOf(node);
  }
  return false;
}
