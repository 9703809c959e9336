import type { Analysis } from "../analysis.ts";
import { objectAt } from "../files/variables.ts";
import { dottedPath, propertyValue, unwrap } from "../syntax.ts";
import type { CallNode, Node } from "../syntax.ts";
import { may } from "../values/value.ts";
import type { TokenUse } from "../tokens/uses.ts";

/**
 * Which texts does an error carry to logs and to whoever asked: `` new Error(`Invalid ${token}`) ``,
 * `` createError({ statusCode: 401, message: `Invalid ${token}` }) ``, `` error(401, `Invalid ${token}`) ``?
 */

/** Members of an object that an error is made of which are its text; others, `data`, may be what was asked for. */
const TEXTS = /^(?:message|statusMessage|description|error)$/u;

/** Packages all of whose functions make errors of a text. */
const MAKERS = /^(?:@hapi\/boom|boom|http-errors)$/u;

/** The text with the token in it, joined on the spot; a token alone may be what the error keeps for its handler. */
export function errorText(analysis: Analysis, use: TokenUse): Node | undefined {
  const call = use.by as CallNode;
  const at = call.arguments.findIndex((argument) => argument === use.node);
  const [box, ...inner] = use.boxes;
  const object = box === undefined ? undefined : objectAt(analysis.file, use.node);
  const text = object === undefined ? use.node : propertyValue(object, box ?? "");
  if (text?.type !== "TemplateLiteral" && text?.type !== "BinaryExpression") return undefined;
  if (inner.length > 0 || (box !== undefined && !TEXTS.test(box))) return undefined;
  return makesError(analysis, call, at, object !== undefined) ? text : undefined;
}

function makesError(analysis: Analysis, call: CallNode, at: number, isObject: boolean): boolean {
  const path = dottedPath(unwrap(call.callee)) ?? [];
  const name = path.at(-1) ?? "";
  if (at !== 0 && !(at === 1 && isStatus(call.arguments[0]))) return false;
  if (/(?:Error|Exception)$/u.test(name)) {
    // `this.showError(…)` makes none, and `showError({ message })` draws what its page knows.
    const isClass = /^[A-Z]/u.test(name);
    return isClass || name === "createError" || (path.length === 1 && !isObject);
  }
  // `fastify.httpErrors.unauthorized(text)` of @fastify/sensible
  if (path.at(-2) === "httpErrors") return true;
  return may(analysis.evaluate(call.callee), (one) => {
    if (one.type !== "module") return false;
    return (
      MAKERS.test(one.specifier) || (one.specifier === "@sveltejs/kit" && one.path[0] === "error")
    );
  });
}

/** `new ApiError(401, text)`, `new ApiError(StatusCodes.UNAUTHORIZED, text)`. */
function isStatus(argument: Node | undefined): boolean {
  if (argument?.type === "Literal") return typeof argument.value === "number";
  return (
    argument?.type === "MemberExpression" &&
    /^[A-Z][A-Z_]+$/u.test(dottedPath(argument)?.at(-1) ?? "")
  );
}
