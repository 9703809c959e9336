import type { Core } from "../core.ts";
import { enclosingClass, unwrap } from "../syntax.ts";
import type { CallNode, ClassNode, FunctionNode } from "../syntax.ts";
import { candidatesOf } from "./candidates.ts";
import type { Operation } from "./operations.ts";
import { broughtInto } from "./wrappers.ts";

/**
 * `new Tokens(process.env.KEY || "key")` of a class of another file: the operations of its methods, for which the
 * constructor keeps what it is given. It makes no token and looks at none, so it is none of them itself.
 */
export function constructedOperations(core: Core): Operation[] {
  const { calls } = candidatesOf(core, core.file);
  return core.file.index.calls.flatMap((call) => {
    const owner = calls.has(call) ? constructedBy(core, call) : undefined;
    const constructor = owner === undefined ? undefined : constructorOf(owner);
    if (owner === undefined || constructor === undefined || core.fileOf(owner) === core.file)
      return [];
    return broughtInto(core, call, constructor, owner);
  });
}

/** The class of `new Tokens()`, or of `super()` in one that extends it. */
function constructedBy(core: Core, call: CallNode): ClassNode | undefined {
  const callee = unwrap(call.callee);
  if (callee.type === "Super") {
    const extended = enclosingClass(call)?.superClass;
    const parent = extended == null ? undefined : core.evaluate(extended);
    return parent?.type === "class" ? parent.node : undefined;
  }
  const made = call.type === "NewExpression" ? core.evaluate(callee) : undefined;
  return made?.type === "class" ? made.node : undefined;
}

function constructorOf({ body }: ClassNode): FunctionNode | undefined {
  for (const member of body.body)
    if (
      member.type === "MethodDefinition" &&
      member.kind === "constructor" &&
      member.value.type === "FunctionExpression"
    )
      return member.value;
  return undefined;
}
