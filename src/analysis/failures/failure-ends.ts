import type { TSESTree } from "@typescript-eslint/utils";
import type { Core } from "../core.ts";
import { dottedPath, isFunction, memberName, unwrap, walk } from "../syntax.ts";
import type { Node } from "../syntax.ts";
import { truthiness } from "../values/value.ts";
import { handlingOf } from "../answers/results.ts";

/**
 * Where does code that deals with a failure end, and does it leave a trace on the way?
 *
 * It leaves none only where it calls nothing but `next()` and its like, hands the error to nobody and
 * writes nothing down. Anything else may be a trace, and is taken for one.
 */
export type End =
  /** The code goes on as if there had been no token. */
  | "goes-on"
  /** Nothing, `null` or `false` is given, and the reason is lost. */
  | "gives-nothing"
  /** The request is refused, and no log says so. */
  | "unlogged-answer"
  | "leaves-trace";

/** What a block that deals with a failure does, at the most telling. */
export function endOf(core: Core, block: Node): End {
  let end: End = "goes-on";
  let isHandedOn = false;
  walk(block, core.fileOf(block).visitorKeys, (node) => {
    if (end === "leaves-trace" || isFunction(node)) return false;
    const at = endAt(core, node);
    if (at === "goes-on") isHandedOn = true;
    // `next(); return;`
    if (isHandedOn && node.type === "ReturnStatement" && node.argument === null) return true;
    if (at !== undefined && (end === "goes-on" || at === "leaves-trace")) end = at;
    return true;
  });
  return end;
}

function endAt(core: Core, node: Node): End | undefined {
  switch (node.type) {
    case "ThrowStatement":
    case "YieldExpression":
    case "BreakStatement":
    case "ContinueStatement":
    case "IfStatement":
    case "SwitchStatement":
    case "NewExpression":
    case "UpdateExpression":
      return "leaves-trace";
    case "CallExpression":
      return endOfCall(core, node);
    case "AssignmentExpression":
      // To forget the user is no trace, to note a failure is one.
      return truthiness(core.evaluate(node.right)) === false && !FLAG.test(nameOf(node.left))
        ? undefined
        : "leaves-trace";
    case "ReturnStatement":
      return node.argument === null ? "gives-nothing" : returnEnd(core, node.argument);
    default:
      return undefined;
  }
}

/** `ok = false` says that something has failed; `isAuth = false` is so without a token, too. */
const FLAG = /valid|ok$|success|status|error|fail/iu;

function returnEnd(core: Core, argument: Node): End | undefined {
  const given = unwrap(argument);
  // What a call says is said where the walk comes to it: `return void res.sendStatus(401)`.
  const isMadeHere =
    given.type === "CallExpression" ||
    argument.type === "SequenceExpression" ||
    (given.type === "UnaryExpression" &&
      given.operator === "void" &&
      unwrap(given.argument).type === "CallExpression");
  return isMadeHere ? undefined : valueEnd(core, argument);
}

export function expressionEnd(core: Core, expression: Node): End {
  const given = unwrap(expression);
  // `catch(() => void res.sendStatus(401))`
  const written =
    given.type === "UnaryExpression" && given.operator === "void" ? unwrap(given.argument) : given;
  return written.type === "CallExpression" ? endOf(core, written) : valueEnd(core, written);
}

/** `null`, `false`, `{ user: null }`. */
function valueEnd(core: Core, expression: Node): End {
  const value = core.evaluate(expression);
  if (value.type === "literal") return value.value ? "leaves-trace" : "gives-nothing";
  if (value.type !== "object" || value.open) return "leaves-trace";
  const verdict = value.properties.get("isAuthorized");
  // What an authorizer answers, which API Gateway makes 403.
  if (verdict !== undefined && truthiness(verdict.value) === false) return "unlogged-answer";
  const isEmpty = [...value.properties.values()].every((one) => truthiness(one.value) === false);
  return isEmpty ? "gives-nothing" : "leaves-trace";
}

/** Calls that hand a request on or give an answer to whoever asked. */
const GOES_ON = /(?:^|\.)next$/u;
const GIVES = /(?:^|\.)(?:done|cb|callback|resolve|verified)$/u;

/** Calls that refuse a request. */
const ANSWERS =
  /(?:^|\.)(?:status|sendStatus|send|json|end|code|header|headers|type|redirect|writeHead|unauthorized|forbidden|disconnect|close|destroy|terminate)$/u;

function endOfCall(core: Core, call: TSESTree.CallExpression): End | undefined {
  const name = nameOf(call.callee);
  const isEmpty = call.arguments.every(
    (argument) =>
      argument.type !== "SpreadElement" && truthiness(core.evaluate(argument)) === false,
  );
  if (GOES_ON.test(name)) return isEmpty ? "goes-on" : "leaves-trace";
  if (GIVES.test(name)) {
    if (!isEmpty) return "leaves-trace";
    // `done(null, false)`: passport answers with 401.
    return call.arguments.length > 1 ? "unlogged-answer" : "gives-nothing";
  }
  return ANSWERS.test(name) ? "unlogged-answer" : "leaves-trace";
}

function nameOf(target: Node): string {
  const written = unwrap(target);
  const path = dottedPath(written);
  if (path !== undefined) return path.join(".");
  return written.type === "MemberExpression" ? `.${memberName(written) ?? ""}` : "";
}

/** The request is refused, and nothing is called but what refuses it. */
export function answersUnlogged(core: Core, block: Node): boolean {
  if (handlingOf(core, block).kind !== "answers") return false;
  let isSilent = true;
  walk(block, core.fileOf(block).visitorKeys, (node) => {
    if (isFunction(node)) return false;
    if (node.type === "CallExpression" && !ANSWERS.test(nameOf(node.callee))) isSilent = false;
    return isSilent;
  });
  return isSilent;
}
