import type { Analysis } from "../analysis.ts";
import { calledName } from "../files/source-file.ts";
import { declaratorOf } from "../files/variables.ts";
import { dottedPath, isFunction, memberName, parentOf, unwrap, wrapped } from "../syntax.ts";
import type { CallNode, FunctionNode, Node } from "../syntax.ts";
import { verifierName } from "./words.ts";

/**
 * Is a name what a verification gives, as `jwt.verify(header, key, (error, token) => …)` hands it on? Those are the claims,
 * whatever they are called. What the core sees of a library says so by its value; here are the callbacks, and what
 * verifies by its name.
 */
export function isReadFromToken(analysis: Analysis, name: Node): boolean {
  const declarator = declaratorOf(analysis.file, name);
  // `const token = await this.jwtService.verifyAsync(header)`
  if (declarator !== undefined)
    return declarator.id.type === "Identifier" && isOfService(unwrap(declarator.init));
  const [definition] = analysis.file.variableOf(name)?.defs ?? [];
  const owner = definition?.node as Node | undefined;
  if (definition?.type !== "Parameter" || !isFunction(owner)) return false;
  if (owner.params[0] === definition.name) return isOfService(awaitedBy(owner));
  return owner.params[1] === definition.name && isCalledByVerifier(analysis, owner);
}

/** `fastify.jwt.verify(header)` */
function isOfService(node: Node | undefined): boolean {
  if (node?.type !== "CallExpression") return false;
  return (
    /^(?:verify|decode)(?:Async)?$/u.test(calledName(node) ?? "") &&
    /jwt/iu.test(dottedPath(node.callee)?.at(-2) ?? "")
  );
}

/** `verify(header)` of `verify(header).then((token) => …)` */
function awaitedBy(owner: FunctionNode): Node | undefined {
  const call = parentOf(wrapped(owner));
  if (call?.type !== "CallExpression" || call.callee.type !== "MemberExpression") return undefined;
  const isFirst = call.arguments[0] === owner && memberName(call.callee) === "then";
  return isFirst ? unwrap(call.callee.object) : undefined;
}

function isCalledByVerifier(analysis: Analysis, owner: FunctionNode): boolean {
  const isOfLibrary = analysis.operations.some(
    ({ kind, callback }) => kind === "verify" && callback?.function === owner,
  );
  const call = parentOf(wrapped(owner));
  return isOfLibrary || (call?.type === "CallExpression" && isVerifier(call, owner));
}

/** `verifyAccessToken(header, (error, token) => …)`; `authenticate(form, (error, token) => …)` gives one out. */
function isVerifier(call: CallNode, callback: FunctionNode): boolean {
  const name = calledName(call) ?? "";
  return (
    call.arguments.at(-1) === callback &&
    (isOfService(call) || (verifierName(name) !== undefined && !/^authenticate$/iu.test(name)))
  );
}
