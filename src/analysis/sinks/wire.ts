import type { Analysis } from "../analysis.ts";
import { named } from "../files/source-file.ts";
import { usesOf } from "../flow/flow.ts";
import { addressText, httpCall, isHttpName } from "../http.ts";
import { contains, dottedPath, memberName, staticKey, unwrap, parentOf } from "../syntax.ts";
import type { CallNode, Node } from "../syntax.ts";
import { headerWrites } from "../tokens/headers.ts";
import type { HeaderWrite } from "../tokens/headers.ts";
import { tokenUses } from "../tokens/uses.ts";
import { AUTH_ADDRESS, tokenName } from "../tokens/words.ts";
import { madeBy } from "../values/made-by.ts";
import { possibilities } from "../values/value.ts";
import type { Value } from "../values/value.ts";
import { plainAddresses } from "./plain-addresses.ts";

/** Something that lets others read or replace what travels. */
export interface OpenWire {
  /** The cause: the address or the switch. */
  readonly cause: Node;
  /** What uses it, in the linted file. */
  readonly effect: Node;
  readonly kind: "keys" | "token" | "certificate" | "process" | "switch";
  readonly name: string;
}

export function openWires(analysis: Analysis): OpenWire[] {
  return [...keyAddresses(analysis), ...tokenAddresses(analysis), ...switches(analysis)].filter(
    ({ cause }) => !isForDevelopment(analysis, cause),
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
  /NODE_ENV|NODE_TLS|development|production|isDev|isProd|__DEV__|insecure|selfSigned|self_signed|localhost|local|test/iu;

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

/** Requests that carry a token, or bring one, over plain http. */
function tokenAddresses(analysis: Analysis): OpenWire[] {
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
    const http = httpCall(call);
    if (http?.address !== undefined) {
      // Few addresses are plain ones: only then it is asked what the request carries.
      const causes = plainAddresses(analysis, analysis.evaluate(http.address));
      if (causes.length === 0 || !carries(call)) continue;
      for (const cause of causes) found.push({ cause, effect: http.address, kind: "token", name });
    } else if (CLIENT_MAKERS.test(name)) {
      const base = baseAddress(analysis, call);
      if (base === undefined || writes.length === 0) continue;
      for (const cause of plainAddresses(analysis, base.value))
        found.push({ cause, effect: base.node, kind: "token", name });
    }
  }
  if (writes.length === 0) return found;
  for (const assignment of analysis.file.index.assignments) {
    const name = dottedPath(assignment.left)?.join(".") ?? "";
    if (!/(?:^|\.)defaults\.baseURL$/u.test(name)) continue;
    for (const cause of plainAddresses(analysis, analysis.evaluate(assignment.right)))
      found.push({ cause, effect: assignment.right, kind: "token", name });
  }
  return found;
}

const CLIENT_MAKERS = /^axios\.create$|^(?:ky|got)\.(?:create|extend)$/u;

function mayConnect(name: string): boolean {
  return isHttpName(name) || name === "create" || name === "extend";
}

/** Is the answer of the request one that the program reads a token from? */
function bringsToken(analysis: Analysis, call: CallNode): boolean {
  const address = httpCall(call)?.address;
  if (address === undefined || !AUTH_ADDRESS.test(addressText(analysis.core, address)))
    return false;
  return usesOf(analysis.core, call).some(({ path }) =>
    path.some((name) => tokenName(name) !== undefined),
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

/** Does a token travel in the body: `axios.post(address, { refreshToken })`? */
function sendsToken(analysis: Analysis, call: CallNode): boolean {
  return tokenUses(analysis).some(
    ({ kind, held, by, boxes }) =>
      kind === "argument" && held === "token" && by === call && boxes.length > 0,
  );
}

/** `Basic …` and keys of another form are no tokens. */
function hasOtherScheme(value: Node): boolean {
  let node = unwrap(value);
  while (node.type === "BinaryExpression") node = unwrap(node.left);
  let text: unknown;
  if (node.type === "TemplateLiteral") text = node.quasis[0]?.value.cooked;
  else if (node.type === "Literal") text = node.value;
  return typeof text === "string" && /^(?!Bearer|JWT|Token|DPoP)[\w-]+[ =]/iu.test(text);
}

/** Options in a variable that hold an Authorization header. */
function hasAuthOptions(analysis: Analysis, call: CallNode): boolean {
  return call.arguments.slice(1).some((argument) =>
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
  const base =
    value.type === "object"
      ? (value.properties.get("baseURL") ?? value.properties.get("prefixUrl"))
      : undefined;
  return base === undefined ? undefined : { value: base.value, node: base.node };
}

/** Options that turn the check of certificates or of `https` off, by the call that takes them. */
function switches(analysis: Analysis): OpenWire[] {
  const found: OpenWire[] = [];
  const { objects, assignments, calls } = analysis.file.index;
  const add = (node: Node, kind: OpenWire["kind"], name = "allowInsecureRequests"): void => {
    found.push({ cause: node, effect: node, kind, name });
  };
  const handlesTokens = (): boolean =>
    analysis.operations.length > 0 ||
    headerWrites(analysis).length > 0 ||
    tokenUses(analysis).length > 0;
  const isAllower = analysis.file.text.includes("allowInsecureRequests");
  for (const object of objects) {
    for (const property of object.properties) {
      if (property.type !== "Property") continue;
      const name = staticKey(property.key, property.computed);
      const value = unwrap(property.value);
      if (
        name === "rejectUnauthorized" &&
        isLiteral(value, false) &&
        isForHttp(analysis, object) &&
        handlesTokens()
      ) {
        add(property, "certificate");
      } else if (name !== undefined && isSwitch(analysis, object, name, value)) {
        add(property, "switch", name);
      } else if (
        name === undefined &&
        property.computed &&
        isAllower &&
        isAllowed(analysis, property.key) &&
        isLiteral(value, true)
      ) {
        add(property, "switch");
      }
    }
  }
  for (const { left, right } of assignments) {
    if (left.type !== "MemberExpression") continue;
    const path = dottedPath(left)?.join(".");
    if (
      path === "process.env.NODE_TLS_REJECT_UNAUTHORIZED" &&
      // Node compares with this text; `false` changes nothing.
      String(literalOf(right)) === "0"
    ) {
      add(left.parent, "process");
    }
  }
  if (!isAllower) return found;
  for (const call of calls) {
    for (const argument of call.arguments) {
      if (argument.type === "Identifier" && isAllowed(analysis, argument)) {
        add(argument, "switch");
      }
    }
    if (call.arguments.length === 1 && isAllowed(analysis, call.callee)) {
      add(call, "switch");
    }
  }
  for (const property of executed(objects)) {
    if (isAllowed(analysis, property)) add(property, "switch");
  }
  return found;
}

/** `{ execute: [allowInsecureRequests] }` */
function executed(objects: Analysis["file"]["index"]["objects"]): Node[] {
  return objects.flatMap((object) =>
    object.properties.flatMap((property) => {
      if (property.type !== "Property" || staticKey(property.key, property.computed) !== "execute")
        return [];
      const value = unwrap(property.value);
      return value.type === "ArrayExpression"
        ? value.elements.filter((element) => element !== null)
        : [];
    }),
  );
}

/** `allowInsecureRequests` of openid-client, under whatever name it is imported. */
function isAllowed(analysis: Analysis, node: Node): boolean {
  const current = unwrap(node);
  if (current.type !== "Identifier" && current.type !== "MemberExpression") return false;
  const maker = madeBy(analysis.core, current);
  return (
    maker?.call === undefined &&
    /^(?:openid-client|oauth4webapi)$/u.test(maker?.specifier ?? "") &&
    maker?.path.at(-1) === "allowInsecureRequests"
  );
}

function isSwitch(analysis: Analysis, object: Node, name: string, value: Node): boolean {
  switch (name) {
    case "allowInsecureRequests":
      return isLiteral(value, true) && /auth0|oauth|openid/iu.test(analysis.file.text);
    case "requireHttps":
      return isLiteral(value, false) && /angular-oauth2-oidc|OAuth|oidc/u.test(analysis.file.text);
    case "disableHttpsCheck":
      return isLiteral(value, true) && /okta/iu.test(analysis.file.text);
    case "strictSsl":
      return isLiteral(value, false) && /jwks/iu.test(analysis.file.text) && isArgument(object);
    default:
      return false;
  }
}

function isArgument(node: Node): boolean {
  return node.parent?.type === "CallExpression" || node.parent?.type === "NewExpression";
}

/** Options of an https agent or request; a database's `ssl` or a mail server's `tls` carries no token. */
function isForHttp(analysis: Analysis, object: Node): boolean {
  let node = object;
  for (let depth = 0; depth < 3; depth += 1) {
    const { parent } = node;
    if (parent?.type === "CallExpression" || parent?.type === "NewExpression") {
      const name = dottedPath(parent.callee)?.join(".") ?? "";
      return (
        /^(?:(?:https?|node_https|tls|undici)\.)?(?:Agent|ProxyAgent|HttpsProxyAgent)$|^https\.(?:request|get)$/u.test(
          name,
        ) ||
        name.endsWith("Agent") ||
        httpCall(parent) !== undefined
      );
    }
    if (parent?.type !== "Property" || parent.parent.type !== "ObjectExpression") {
      if (parent?.type !== "VariableDeclarator") return false;
      return isUsedForHttp(analysis, parent.id);
    }
    if (
      !/^(?:connect|https|agentOptions|options|requestTls)$/u.test(
        staticKey(parent.key, parent.computed) ?? "",
      )
    )
      return false;
    node = parent.parent;
  }
  return false;
}

/** `const options = { rejectUnauthorized: false }; https.request(options)`. */
function isUsedForHttp(analysis: Analysis, name: Node): boolean {
  const references = analysis.file.variableOf(name)?.references ?? [];
  return references.some(({ identifier }) => {
    const { parent } = identifier as Node;
    if (parent?.type !== "CallExpression" && parent?.type !== "NewExpression") return false;
    const path = dottedPath(parent.callee);
    const callee = unwrap(parent.callee);
    return (
      /^https\.(?:request|get)$/u.test(path?.join(".") ?? "") ||
      (path?.at(-1) ?? "").endsWith("Agent") ||
      (callee.type === "MemberExpression" && /^(?:request)$/u.test(memberName(callee) ?? "")) ||
      httpCall(parent) !== undefined
    );
  });
}

function isLiteral(node: Node, value: boolean): boolean {
  return node.type === "Literal" && node.value === value;
}

function literalOf(node: Node): unknown {
  const current = unwrap(node);
  return current.type === "Literal" ? current.value : Number.NaN;
}
