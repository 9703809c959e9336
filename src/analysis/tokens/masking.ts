import { dottedPath, memberName, parentOf, textOf, unwrap, wrapped } from "../syntax.ts";
import type { CallNode, Node } from "../syntax.ts";
import { wordsOf } from "../words.ts";
import type { Held } from "./source.ts";

/**
 * What ends the flow of a secret: a hash, a mask, a few characters of it, its parts, an answer
 * about it. What is left does not sign anybody in.
 */
export function hides(call: CallNode, value: Node, held: Held): boolean {
  const callee = unwrap(call.callee);
  if (callee.type === "MemberExpression" && unwrap(callee.object) === unwrap(value)) {
    return hidesReceiver(call, memberName(callee), held);
  }
  const name = dottedPath(callee)?.at(-1);
  if (name === undefined) return false;
  if (ABOUT.test(dottedPath(callee)?.join(".") ?? "")) return true;
  // A replacer can leave out what it likes.
  if (name === "stringify" && call.arguments.length > 1) {
    const replacer = call.arguments[1];
    return (
      replacer?.type !== "Literal" &&
      !(replacer?.type === "Identifier" && replacer.name === "undefined")
    );
  }
  return wordsOf(name).some((word) => HIDING.test(word));
}

/** Functions whose answer is about the value. */
const ABOUT = /^(?:Number|Boolean|parseInt|parseFloat|Object\.keys|Promise\.race)$/u;

/** Names of functions that leave nothing of use. */
const HIDING =
  /^(?:redact(?:ed|or)?|mask(?:ed)?|saniti[sz]e[dr]?|hash(?:ed|es)?|sha\d*|md5|digest|hmac|truncate[d]?|preview|obfuscate[d]?|obscure|censor|scrub(?:bed)?|hide|hidden|anonymi[sz]e[d]?|fingerprint|shorten(?:ed)?|encrypt(?:ed)?|seal|omit|abbreviate|bcrypt)$/u;

/** More characters than this are more than a hint. */
const MAX_HINT = 24;

/** `-----BEGIN RSA PRIVATE KEY-----` */
const MAX_KIND = 31;

/** A token begins with its header, which is no secret. */
const MAX_BEGINNING = 50;

function hidesReceiver(call: CallNode, name: string | undefined, held: Held): boolean {
  const [from, to] = call.arguments;
  switch (name) {
    case "slice":
    case "substring":
    case "substr": {
      const start = numberOf(from);
      const end = numberOf(to);
      if (start !== undefined && start < 0) return end !== undefined || start >= -MAX_HINT;
      const beginning = held !== "key" ? MAX_BEGINNING : isPem(call) ? MAX_KIND : MAX_HINT;
      const most = start === 0 ? beginning : MAX_HINT;
      return end !== undefined && end - (name === "substr" ? 0 : (start ?? 0)) <= most;
    }
    case "split":
      // Header, payload and signature, of which the first two are no secret.
      if (textOf(from) === ".") return true;
      // The lines of a PEM text, of which the first says what it is.
      if (held === "key" && /^\r?\n$/u.test(textOf(from) ?? ""))
        return isPem(call) && isFirstTaken(call);
      // The cookies of a header, of which one is chosen then.
      return /^;\s?$/u.test(textOf(from) ?? "") && !isGiven(call);
    case "replace":
    case "replaceAll": {
      // `.replace(/client_assertion=[^&]+/, "")`
      if (from?.type === "Literal" && "regex" in from && OF_PARAMETER.test(from.regex.pattern))
        return true;
      const by = to === undefined ? undefined : unwrap(to);
      const text = textOf(by);
      if (text !== undefined)
        return text.trim() !== "" && /[*x•….]|redact|hidden|mask/iu.test(text);
      return by?.type === "ArrowFunctionExpression" || by?.type === "TemplateLiteral";
    }
    case "filter":
      // `[...form].filter(([name]) => name !== "client_assertion")`; what is filtered by something else is still there.
      return from !== undefined && leavesOut(unwrap(from));
    case "charAt":
    case "at":
    case "indexOf":
    case "lastIndexOf":
    case "search":
    case "localeCompare":
      return true;
    default:
      return name !== undefined && wordsOf(name).some((word) => HIDING.test(word));
  }
}

/** `([name]) => name !== "client_assertion"`, `(one) => !HIDDEN.has(one)` */
function leavesOut(asked: Node): boolean {
  if (asked.type !== "ArrowFunctionExpression") return false;
  const { body } = asked;
  return (
    (body.type === "BinaryExpression" || body.type === "UnaryExpression") &&
    body.operator.startsWith("!")
  );
}

const OF_PARAMETER = /(?:assertion|token)\)?=/iu;

/** `process.env.JWT_PRIVATE_KEY`, `pem`: by its name a text of several lines; a secret may be shown whole by its first. */
function isPem({ callee }: CallNode): boolean {
  const method = unwrap(callee);
  const path = method.type === "MemberExpression" ? dottedPath(method.object) : undefined;
  return /pem|private|public|cert|rsa/iu.test(path?.join(".") ?? "");
}

/** `pem.split("\n")[0]`, `const [first] = pem.split("\n")` */
function isFirstTaken(call: CallNode): boolean {
  const outer = wrapped(call);
  const by = parentOf(outer);
  if (by?.type === "VariableDeclarator")
    return by.id.type === "ArrayPattern" && by.id.elements.length === 1;
  return (
    by?.type === "MemberExpression" &&
    by.object === outer &&
    by.property.type === "Literal" &&
    by.property.value === 0
  );
}

/** Is what a call gives handed on as it is? */
function isGiven(call: CallNode): boolean {
  const outer = wrapped(call);
  const by = parentOf(outer);
  return by?.type === "CallExpression" && by.callee !== outer;
}

function numberOf(node: Node | undefined): number | undefined {
  if (node?.type === "UnaryExpression" && node.operator === "-") {
    const number = numberOf(node.argument);
    return number === undefined ? undefined : -number;
  }
  // `token.substring(token.length - 4)`
  if (node?.type === "BinaryExpression" && node.operator === "-") {
    const { left } = node;
    const number =
      left.type === "MemberExpression" && memberName(left) === "length"
        ? numberOf(node.right)
        : undefined;
    return number === undefined ? undefined : -number;
  }
  return node?.type === "Literal" && typeof node.value === "number" ? node.value : undefined;
}
