import type { Analysis } from "../analysis.ts";
import { isLogCall } from "../logging.ts";
import { inside } from "../files/inside.ts";
import { named } from "../files/source-file.ts";
import type { SourceFile } from "../files/source-file.ts";
import { handlerOf } from "../network/request-handlers.ts";
import { mayReadRequest, saidByClient } from "../network/request.ts";
import { isPasswordName } from "../payloads/sensitive-names.ts";
import { calleeName, isWritten, parentOf, staticKey, unwrap } from "../syntax.ts";
import type { FunctionNode, Node } from "../syntax.ts";
import { isForDevelopment } from "../trust/environments.ts";
import { logCall } from "./logs.ts";

/** A password that whoever asks for a token has sent, and that a log is given. */
export interface LoggedPassword {
  readonly node: Node;
  /** What writes it, such as `console.log`. */
  readonly name: string;
}

/**
 * `console.log(password)` of `const { email, password } = req.body`, and `console.log(req.body)` where the same handler
 * takes a password out of it.
 */
export function loggedPasswords(analysis: Analysis): LoggedPassword[] {
  const { file } = analysis;
  if (!mayReadRequest(file) || named(file.index.names, isPasswordName).length === 0) return [];
  return file.index.calls.flatMap((call) => {
    if (!isLogCall(call)) return [];
    const log = logCall(analysis, call);
    if (log === undefined || isForDevelopment(analysis.core, call)) return [];
    return call.arguments
      .filter((argument) => log.writes(argument, []))
      .flatMap((argument) => partsOf(argument))
      .filter((part) => isPassword(analysis, part) || isBodyWithPassword(analysis, part))
      .slice(0, 1)
      .map((node) => ({ node, name: log.name }));
  });
}

/** What is written as it is: the holes of a text, the fields of an object, what is made a text of. */
function partsOf(written: Node): Node[] {
  const node = unwrap(written);
  switch (node.type) {
    case "TemplateLiteral":
      return node.expressions.flatMap((one) => partsOf(one));
    case "BinaryExpression":
      return node.operator === "+" ? [node.left, node.right].flatMap((one) => partsOf(one)) : [];
    case "ObjectExpression": {
      const isReplaced = node.properties.some(
        (one) => one.type === "Property" && isPasswordName(staticKey(one.key, one.computed) ?? ""),
      );
      // `{ ...req.body, password: "***" }`
      return node.properties.flatMap((one) =>
        one.type === "Property" ? partsOf(one.value) : isReplaced ? [] : partsOf(one.argument),
      );
    }
    case "CallExpression": {
      const [given] = node.arguments;
      return given !== undefined && SHOWS.test(calleeName(node)) ? partsOf(given) : [];
    }
    case "Identifier":
    case "MemberExpression":
      return [node];
    default:
      return [];
  }
}

const SHOWS = /^(?:JSON\.stringify|(?:util\.)?inspect|String)$/u;

function isPassword({ core }: Analysis, part: Node): boolean {
  return isPasswordName(saidByClient(core, part)?.split(".").at(-1) ?? "");
}

const BODY = /(?:^|\.)(?:body|json)$/u;

/** Is it all that the client says, where its handler takes a password out of that, and takes none away? */
function isBodyWithPassword(analysis: Analysis, part: Node): boolean {
  const { core, file } = analysis;
  const said = saidByClient(core, part);
  if (said === undefined || !BODY.test(said) || isRest(file, part)) return false;
  const handler = handlerOf(file, part);
  return (
    handler !== undefined && takesPassword(analysis, handler) && !isLeftOut(file, handler, part)
  );
}

/** `rest` of `const { password, ...rest } = req.body` */
function isRest(file: SourceFile, part: Node): boolean {
  const [name] = file.variableOf(part)?.identifiers ?? [];
  return name !== undefined && parentOf(name)?.type === "RestElement";
}

function takesPassword({ core, file }: Analysis, handler: FunctionNode): boolean {
  const { membersNamed, patterns } = file.index;
  if (
    inside(named(membersNamed, isPasswordName), handler).some(
      (member) => saidByClient(core, member) !== undefined,
    )
  )
    return true;
  return inside(patterns, handler).some(
    ({ parent, properties }) =>
      parent.type === "VariableDeclarator" &&
      parent.init !== null &&
      BODY.test(saidByClient(core, parent.init) ?? "") &&
      properties.some(
        (one) => one.type === "Property" && isPasswordName(staticKey(one.key, one.computed) ?? ""),
      ),
  );
}

/** `delete req.body.password`, `req.body.password = undefined` before it is written */
function isLeftOut(file: SourceFile, handler: FunctionNode, part: Node): boolean {
  return inside(named(file.index.membersNamed, isPasswordName), handler).some(
    (member) =>
      member.range[0] < part.range[0] &&
      (isWritten(member) ||
        (member.parent.type === "UnaryExpression" && member.parent.operator === "delete")),
  );
}
