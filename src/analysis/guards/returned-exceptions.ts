import type { Core } from "../core.ts";
import { calleeName, enclosingClass, functionName, unwrap } from "../syntax.ts";
import type { ClassNode, Node } from "../syntax.ts";
import { returnArguments } from "../values/classes.ts";
import { givenBy } from "../values/settled.ts";

/**
 * Exceptions that are given back in place of being thrown: `return new UnauthorizedException()` in `validate` of a strategy
 * of passport, `handleRequest` of a guard that is made of one, or `canActivate`. An object is true, so it is the user of the
 * request, or says that the guard lets pass (@nestjs/passport 11.0.5, @nestjs/core 11.1.6).
 */
export function returnedExceptions(core: Core): Node[] {
  const { file } = core;
  if (
    !/(?:return |resolve\()new \w*(?:Exception|Error)\b/u.test(file.text) ||
    !file.text.includes("@nestjs/")
  )
    return [];
  return file.index.functions.flatMap((method) => {
    const made = MADE_OF.get(functionName(method) ?? "");
    const owner = enclosingClass(method);
    if (made === undefined || owner === undefined || !made.test(madeOf(owner))) return [];
    if (method.parent.type !== "MethodDefinition") return [];
    return returnArguments(core, method).filter((given) => isException(given));
  });
}

/** What the class of a method has to be made of. */
const MADE_OF: ReadonlyMap<string, RegExp> = new Map([
  ["validate", /^PassportStrategy$/u],
  ["handleRequest", /^AuthGuard$/u],
  ["canActivate", /^(?:AuthGuard|CanActivate)$/u],
]);

/** `AuthGuard` of `extends AuthGuard("jwt")`, `CanActivate` of `implements CanActivate` */
function madeOf(owner: ClassNode): string {
  const made = owner.superClass === null ? undefined : unwrap(owner.superClass);
  if (made?.type === "CallExpression") return calleeName(made);
  // Only a parser of TypeScript says what a class implements.
  const types = owner.implements as ClassNode["implements"] | undefined;
  const isGuard = types?.some(({ expression }) => isCalled(expression, "CanActivate")) === true;
  return isGuard ? "CanActivate" : "";
}

function isCalled(node: Node, name: string): boolean {
  return node.type === "Identifier" && node.name === name;
}

function isException(given: Node): boolean {
  const node = givenBy(given);
  return node.type === "NewExpression" && /(?:Exception|Error)$/u.test(calleeName(node));
}
