import type { TSESTree } from "@typescript-eslint/utils";
import type { Core } from "../core.ts";
import type { Operation } from "../operations/operations.ts";
import { dottedPath, parentOf, staticKey, textOf, unwrap } from "../syntax.ts";
import type { CallNode, Node } from "../syntax.ts";
import { must } from "../values/value.ts";
import { areOtherTokens } from "./other-tokens.ts";

/**
 * Is it the address at which a service says whether the token is good (RFC 7662, OpenID Connect Core section 5.3)? What
 * is sent there is that token, as far as anybody can tell.
 */
export function asksIssuer(
  core: Core,
  text: TSESTree.Literal | TSESTree.TemplateLiteral,
  operation: Operation,
): boolean {
  const written =
    text.type === "Literal"
      ? String(text.value)
      : text.quasis.map(({ value }) => value.raw).join("");
  return ASKS.test(written) && !isOfOther(core, text, operation);
}

const ASKS =
  /\/(?:introspect(?:ion)?|user-?info|tokeninfo)\b|\/(?:me|auth\/v1\/user|authorize|(?:verify|validate|check)(?:[-_]?(?:token|jwt|auth|session))?)$/iu;

/** `fetch(process.env.INTROSPECTION_URL, …)`, `axios.post(config.userInfoEndpoint, …)`: the address is a setting. */
export function asksAtSetting({ arguments: given }: CallNode): boolean {
  return given.some((one) => SETTING.test(dottedPath(one)?.at(-1) ?? ""));
}

const SETTING = /introspect|(?:user|token)_?info_?(?:url|uri|end_?point|address)/iu;

/**
 * ``http.get("https://id.example/validate", { headers: { Authorization: `Bearer ${access}` } })`` beside
 * `decode(idToken)`, where a client sends the two in places of their own: a good one says nothing of the other. Whatever
 * else the request carries may hold it.
 */
function isOfOther(core: Core, address: Node, operation: Operation): boolean {
  const call = parentOf(address);
  const { token } = operation;
  if (call?.type !== "CallExpression" || token === undefined) return false;
  const sent = sentBeside(core, call, address);
  return (
    sent !== undefined &&
    sent.length > 0 &&
    sent.every((node) =>
      areOtherTokens(core, { ...operation, node: call, token: { ...token, node } }, operation),
    )
  );
}

/** What a request carries as its bearer, or undefined where it carries what is not known. */
function sentBeside(core: Core, call: CallNode, address: Node): Node[] | undefined {
  const sent: Node[] = [];
  const isKnown = call.arguments.every(
    (argument) => argument === address || collect(core, argument, sent),
  );
  return isKnown ? sent : undefined;
}

/** Adds the bearers of an expression that holds nothing else but what is written and configured. */
function collect(core: Core, written: Node, sent: Node[]): boolean {
  const node = unwrap(written);
  if (node.type === "ObjectExpression") {
    return node.properties.every(
      (one) =>
        one.type === "Property" &&
        staticKey(one.key, one.computed) !== undefined &&
        collect(core, one.value, sent),
    );
  }
  const bearer = bearerIn(node);
  if (bearer !== undefined) sent.push(bearer);
  return (
    bearer !== undefined ||
    dottedPath(node)?.[0] === "this" ||
    must(core.evaluate(node), ({ type }) => type === "literal" || type === "environment")
  );
}

/** `access` of `` `Bearer ${access}` `` and of `"Bearer " + access` */
export function bearerIn(node: Node): Node | undefined {
  if (node.type === "BinaryExpression" && node.operator === "+")
    return /^Bearer $/iu.test(textOf(node.left) ?? "") ? node.right : undefined;
  if (node.type !== "TemplateLiteral" || node.expressions.length > 1) return undefined;
  return /^Bearer $/iu.test(node.quasis[0]?.value.raw ?? "") ? node.expressions[0] : undefined;
}
