import type { TSESTree } from "@typescript-eslint/utils";
import { boundName, dottedPath, parentOf, unwrap, wrapped } from "../syntax.ts";
import type { Node } from "../syntax.ts";
import { possibilities } from "../values/value.ts";
import type { Value } from "../values/value.ts";
import { isTypedIn, plainName } from "./sensitive-names.ts";

/**
 * Is what stands under a name that sounds like a secret none: a switch, a date, an id, a random
 * number that only the token knows, a text that was encrypted or masked?
 */
export function isHarmless(expression: Node, value: Value, name: string): boolean {
  return (
    isAnswer(expression) ||
    isOwnHandle(expression, name) ||
    possibilities(value).every((one) => isNoSecret(one, expression, name))
  );
}

function isNoSecret(value: Value, expression: Node, name: string): boolean {
  switch (value.type) {
    case "literal":
      return typeof value.value === "string"
        ? /^(?:$|[*•x.]{2,}$|\[|<)/iu.test(value.value)
        : !(typeof value.value === "number" && isTypedIn(name) && value.value >= MIN_TYPED);
    // Its own parts are looked at.
    case "object":
    case "array":
    case "function":
    case "class":
    case "time":
    case "regexp":
      return true;
    case "generated":
      // `{ refreshToken: randomUUID() }` names this very token, and so does what is put under `jti`, whatever
      // else it is called; a one-time code is a secret.
      return name === "jti" || plainName(name).endsWith("token");
    case "token":
      return false;
    case "derived":
      return value.how === "hash" && !/pass|pwd/u.test(plainName(name));
    case "unknown":
      return (
        isOther(expression) ||
        isAnswer(value.node) ||
        isFlag(value.node) ||
        (isCode(name) && comesFromRequest(value.node))
      );
    default:
      return isOther(expression);
  }
}

/** A smaller number is a count, a version or a switch. */
const MIN_TYPED = 100;

/**
 * `const refreshJwt = sign({ user, refreshToken })`: a refresh token that carries the handle of its own
 * session gives nobody more than it is itself.
 */
function isOwnHandle(expression: Node, name: string): boolean {
  if (plainName(name) !== "refreshtoken") return false;
  let at = parentOf(expression);
  while (at !== undefined && at.type !== "CallExpression") {
    if (!/^(?:Property|ObjectExpression)$/u.test(at.type)) return false;
    at = parentOf(at);
  }
  const holder = at === undefined ? undefined : parentOf(wrapped(at));
  return holder !== undefined && /refresh/iu.test(boundName(holder) ?? "");
}

/** A comparison, a negation, `Boolean(x)`: an answer about the secret. */
function isAnswer(expression: Node): boolean {
  const node = unwrap(expression);
  if (node.type === "UnaryExpression") return node.operator === "!" || node.operator === "typeof";
  if (node.type === "BinaryExpression")
    return /^(?:[=!]==?|[<>]=?|in|instanceof)$/u.test(node.operator);
  return node.type === "CallExpression" && dottedPath(node.callee)?.join(".") === "Boolean";
}

/** `otp: boolean`: whether there is one. */
function isFlag(node: Node): boolean {
  if (node.type !== "Identifier") return false;
  const type = node.typeAnnotation?.typeAnnotation;
  const types = type?.type === "TSUnionType" ? type.types : [type];
  return types.some((one) => one?.type === "TSBooleanKeyword") && types.every(isAnswerType);
}

function isAnswerType(type: TSESTree.TypeNode | undefined): boolean {
  return /^TS(?:Boolean|Undefined|Null)Keyword$/u.test(type?.type ?? "");
}

/** `apiKey.id`, `encrypt(token)`: something else than the secret itself. */
function isOther(expression: Node): boolean {
  const node = unwrap(expression);
  if (node.type === "CallExpression" || node.type === "NewExpression") {
    const name = dottedPath(node.callee)?.at(-1) ?? "";
    return /encrypt|cipher|seal|mask|redact|fingerprint|thumbprint|truncate/iu.test(name);
  }
  const last = dottedPath(node)?.at(-1);
  return (
    node.type === "MemberExpression" &&
    last !== undefined &&
    /^(?:_?id|uuid|length|name|type|version|prefix|expires?\w*|created\w*|updated\w*|enabled)$/iu.test(
      last,
    )
  );
}

/** A one-time code, which is a secret from the one who is to type it in, and no longer after that. */
function isCode(name: string): boolean {
  return /(?:otp|codes?)$/u.test(plainName(name));
}

/** `req.query.otp`, `const { otp } = req.body`: whoever gets the token has sent it. */
function comesFromRequest(node: Node): boolean {
  const pattern = node.type === "Property" ? node.parent : undefined;
  const from = pattern?.parent.type === "VariableDeclarator" ? pattern.parent.init : node;
  const path = from === null ? undefined : dottedPath(from);
  return path?.some((part) => /^(?:body|query|params|headers|cookies)$/u.test(part)) === true;
}
