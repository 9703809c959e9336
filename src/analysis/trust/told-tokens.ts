import type { Core } from "../core.ts";
import { isLogCall } from "../logging.ts";
import { responseCalls } from "../answers/response-calls.ts";
import { calleeName, parentOf, textOf, walk } from "../syntax.ts";
import type { CallNode, Node } from "../syntax.ts";

/**
 * Does code do something with a token, or does it only tell of it? What stands in the text of a log, of
 * an error or of an answer says nothing of what is asked or compared.
 */

/** `new UnauthorizedException("no refresh token")`, `createError(401)` */
const MAKES_ANSWER =
  /(?:Error|Exception|Response)$|(?:^|\.)(?:Next)?Response\.(?:json|redirect)$|^c\.(?:json|text|html)$/u;

/** What only says what has happened: a log, an error, an answer. */
function isTelling(call: CallNode): boolean {
  return isLogCall(call) || responseCalls(call).length > 0 || MAKES_ANSWER.test(calleeName(call));
}

/** Is what a call is given called as an expression is written, as a whole or in part of a name? */
export function isGiven(core: Core, call: CallNode, written: Node): boolean {
  const { text } = core.fileOf(written);
  const wanted = text.slice(...written.range);
  return (
    !isTelling(call) &&
    call.arguments.some((argument) =>
      holds(core, argument, (part) =>
        part.type === "Identifier"
          ? part.name.includes(wanted)
          : part.type === written.type && text.slice(...part.range) === wanted,
      ),
    )
  );
}

/** Is it part of a statement of SQL, or of an object or text that a variable holds? */
export function isPutIn(part: Node): boolean {
  for (let at: Node | undefined = part; at !== undefined; at = parentOf(at)) {
    if (at.type === "TaggedTemplateExpression") return true;
    if (at.type === "VariableDeclarator") return at !== part;
    if (!/^(?:Property|(?:Object|Array)Expression|TemplateLiteral)$/u.test(at.type)) return false;
  }
  return false;
}

/** Does what a function does speak of something, by its names and by the keys it asks for? */
export function speaksOf(core: Core, body: Node, word: RegExp): boolean {
  return holds(core, body, (part) => word.test(wordsOf(part)));
}

function wordsOf(part: Node): string {
  if (part.type === "Identifier") return part.name;
  return part.type === "TemplateElement" ? part.value.raw : (textOf(part) ?? "");
}

function holds(core: Core, within: Node, isMeant: (part: Node) => boolean): boolean {
  let isFound = false;
  walk(within, core.fileOf(within).visitorKeys, (part) => {
    const isCall = part.type === "CallExpression" || part.type === "NewExpression";
    if (isFound || (isCall && isTelling(part))) return false;
    isFound = isMeant(part);
    return !isFound;
  });
  return isFound;
}
