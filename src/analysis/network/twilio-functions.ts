import type { SourceFile } from "../files/source-file.ts";
import { dottedPath, isFunction, parentOf, wrapped } from "../syntax.ts";
import type { FunctionNode, Node } from "../syntax.ts";

/**
 * Is it what Twilio Functions call for whoever asks: `exports.handler = function (context, event, callback) { … }`
 * (@twilio/runtime-handler 2.1.0)? Lambda, whose handlers are exported so as well, gives them the event first. Who comes to
 * a file that is called `….protected.js` has signed his request with the account's key, and nobody comes to a private one.
 */
export function isTwilioHandler({ path = "" }: SourceFile, owner: FunctionNode): boolean {
  const [context, event, callback] = owner.params;
  const holder = parentOf(wrapped(owner));
  return (
    callback !== undefined &&
    /^_?(?:context|ctx)$/u.test(nameOf(context)) &&
    nameOf(event) === "event" &&
    holder?.type === "AssignmentExpression" &&
    /^(?:module\.)?exports\.handler$/u.test(nameOf(holder.left)) &&
    !/\.(?:protected|private)\.[cm]?[jt]s$/u.test(path)
  );
}

function nameOf(node: Node | undefined): string {
  return node === undefined ? "" : (dottedPath(node)?.join(".") ?? "");
}

/** Does a name stand for the event of such a function, which holds what the query and the body of a request say? */
export function isTwilioEvent(file: SourceFile, name: Node): boolean {
  if (nameOf(name) !== "event") return false;
  const owner = file.variableOf(name)?.defs[0]?.node as Node | undefined;
  return isFunction(owner) && isTwilioHandler(file, owner);
}
