import type { Analysis } from "../analysis.ts";
import { readsOf } from "../files/variables.ts";
import { httpCall } from "../network/http.ts";
import {
  calleeName,
  dottedPath,
  memberName,
  parentOf,
  staticKey,
  textOf,
  unwrap,
} from "../syntax.ts";
import type { Node } from "../syntax.ts";
import { headerWrites } from "../tokens/headers.ts";
import { tokenUses } from "../tokens/uses.ts";
import { madeBy } from "../values/made-by.ts";
import type { OpenWire } from "./open-wire.ts";

/** Options that turn the check of certificates or of `https` off, by the call that takes them. */
export function switches(analysis: Analysis): OpenWire[] {
  const found: OpenWire[] = [];
  const { objects, assignments, calls } = analysis.file.index;
  const add = (node: Node, kind: OpenWire["kind"], name = "allowInsecureRequests"): void => {
    found.push({ cause: node, effect: node, kind, name });
  };
  const handlesTokens = (): boolean =>
    analysis.operations.length > 0 ||
    // A client's secret is sent, and a token answered (RFC 6749 section 2.3).
    /\bgrant_type\b|\/oauth2?\/token\b/u.test(analysis.file.text) ||
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
        isBoolean(value, false) &&
        ((isForHttp(analysis, object) && handlesTokens()) ||
          (isForSession(analysis, object) && headerWrites(analysis).length > 0))
      ) {
        add(property, "certificate");
      } else if (name !== undefined && isSwitch(analysis, object, name, value)) {
        add(property, "switch", name);
      } else if (
        name === undefined &&
        property.computed &&
        isAllower &&
        isAllowed(analysis, property.key) &&
        isBoolean(value, true)
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
      return isBoolean(value, true) && /auth0|oauth|openid/iu.test(analysis.file.text);
    case "requireHttps":
      return isBoolean(value, false) && /angular-oauth2-oidc|OAuth|oidc/u.test(analysis.file.text);
    case "disableHttpsCheck":
      return isBoolean(value, true) && /okta/iu.test(analysis.file.text);
    case "strictSsl":
      return isBoolean(value, false) && /jwks/iu.test(analysis.file.text) && isArgument(object);
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
        httpCall(analysis.file, parent) !== undefined
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

/**
 * `http2.connect(url, { rejectUnauthorized: false })`: the requests of the session carry what the file puts into headers.
 * Options in a variable may be those of something else as well.
 */
function isForSession({ core, file }: Analysis, object: Node): boolean {
  const { parent } = object;
  const used =
    parent?.type === "VariableDeclarator" ? readsOf(file, parent.id).map(parentOf) : [parent];
  return used.some((call) => {
    if (call?.type !== "CallExpression" || !calleeName(call).endsWith("connect")) return false;
    const maker = madeBy(core, call.callee);
    return /^(?:node:)?http2$/u.test(maker?.specifier ?? "") && maker?.path.at(-1) === "connect";
  });
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
      httpCall(analysis.file, parent) !== undefined
    );
  });
}

function isBoolean(node: Node, value: boolean): boolean {
  return node.type === "Literal" && node.value === value;
}

function literalOf(node: Node): unknown {
  const current = unwrap(node);
  return current.type === "Literal" ? current.value : (textOf(current) ?? Number.NaN);
}
