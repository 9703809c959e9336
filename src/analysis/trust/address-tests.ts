import type { Core } from "../core.ts";
import { initOf } from "../files/variables.ts";
import { calleeName, memberName, unwrap } from "../syntax.ts";
import type { Node } from "../syntax.ts";
import { must, possibilities, stringOf } from "../values/value.ts";
import type { ClaimsValue, Value } from "../values/value.ts";

/** Claims and header parameters that hold an address (RFC 7519 section 4.1.1, RFC 7515 4.1.2 and 4.1.5). */
const ADDRESSES: ReadonlySet<string> = new Set(["iss", "jku", "x5u"]);

/** A scheme, a host and the slash behind it: what follows cannot change the host any more. */
const WHOLE_HOST = /^\w+:\/\/[^/]+\//u;

/** The same in a regular expression, where a slash is often escaped. */
const WHOLE_HOST_PATTERN = /^\^\(?(?:\?:)?\w+\??:(?:\\?\/){2}(?:[^/\\]|\\[^/])+(?:\\?\/|\$)/u;

/**
 * Does a call test the text of an address so that the addresses of other servers pass, too?
 * `iss.includes("login.example.com")` holds of `https://evil.example/login.example.com`, and
 * `iss.startsWith("https://login.example.com")` of `https://login.example.com.evil.example`.
 *
 * @param claims what is tested, itself and not its host alone
 */
export function isLooseTest(core: Core, call: Node, claims: ClaimsValue): boolean {
  if (call.type !== "CallExpression" || !ADDRESSES.has(claims.path.at(-1) ?? "")) return false;
  const callee = unwrap(call.callee);
  const [argument] = call.arguments;
  if (callee.type !== "MemberExpression" || argument === undefined) return false;
  if (argument.type === "SpreadElement") return false;
  const isAddress = (node: Node): boolean =>
    must(
      core.evaluate(node),
      (one) => one.type === "claims" && one.path.at(-1) === claims.path.at(-1),
    );
  const name = memberName(callee);
  if (name === "test" || name === "exec")
    return isAddress(argument) && isLoosePattern(core, callee.object);
  if (!isAddress(callee.object)) return false;
  switch (name) {
    case "includes":
    case "indexOf":
    case "endsWith":
      return isFixed(core, argument);
    case "startsWith":
      return (
        isFixed(core, argument) &&
        !possibilities(core.evaluate(argument)).every((one) => WHOLE_HOST.test(stringOf(one) ?? ""))
      );
    case "match":
    case "search":
      return isLoosePattern(core, argument);
    default:
      return false;
  }
}

/** @returns the name of the method by which the address is tested so, `includes` say */
export function looseTestOf(core: Core, claims: ClaimsValue): string | undefined {
  const { calls } = core.fileOf(claims.node).index;
  const loose = calls.find((call) => isLooseTest(core, call, claims));
  const callee = loose === undefined ? undefined : unwrap(loose.callee);
  return callee?.type === "MemberExpression" ? memberName(callee) : undefined;
}

/** A text of the source. What comes from elsewhere may be a whole address. */
function isFixed(core: Core, node: Node): boolean {
  return must(core.evaluate(node), (one) => stringOf(one) !== undefined);
}

function isLoosePattern(core: Core, node: Node): boolean {
  const written = unwrap(node);
  const made = initOf(core.fileOf(written), written) ?? written;
  if (made.type === "NewExpression" && calleeName(made) === "RegExp") {
    const [pattern] = made.arguments;
    return pattern !== undefined && must(core.evaluate(pattern), isLooseText);
  }
  return must(
    core.evaluate(node),
    ({ type, node: literal }) =>
      type === "regexp" &&
      literal.type === "Literal" &&
      "regex" in literal &&
      !WHOLE_HOST_PATTERN.test(literal.regex.pattern),
  );
}

/** Of an address that is put into a pattern nobody asks where it begins, unless `^` stands before it. */
function isLooseText(pattern: Value): boolean {
  if (pattern.type === "template") {
    const [first, second] = pattern.parts.map((part) => stringOf(part));
    return first === undefined ? second?.startsWith("/") === true : !first.startsWith("^");
  }
  const text = stringOf(pattern);
  return text !== undefined && !WHOLE_HOST_PATTERN.test(text);
}
