import type { TSESTree } from "@typescript-eslint/utils";
import type { Core } from "../core.ts";
import type { SourceFile } from "../files/source-file.ts";
import { enclosingClass, parentOf, staticKey, unwrap, wrapped } from "../syntax.ts";
import type { CallNode, ClassNode, FunctionNode, Node } from "../syntax.ts";
import { materials, stringOf, variableNamed } from "../values/value.ts";
import type { Value } from "../values/value.ts";
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
    return runBy(call, owner).flatMap((member) =>
      broughtInto(core, call, constructor, member).filter(
        ({ key }) => key === undefined || !speaksOf(core.fileOf(owner), key.value),
      ),
    );
  });
}

/** The members of a class as far as an instance has them: `super("key")` makes one of a class that may have a `sign()` of its own. */
function runBy(call: CallNode, { body }: ClassNode): readonly Node[] {
  const extending = unwrap(call.callee).type === "Super" ? enclosingClass(call) : undefined;
  const own = new Set((extending?.body.body ?? []).map((one) => nameOf(one)));
  return body.body.filter((one) => nameOf(one) === "constructor" || !own.has(nameOf(one)));
}

function nameOf(member: TSESTree.ClassElement): string | undefined {
  return "key" in member ? staticKey(member.key, member.computed) : undefined;
}

/** `new Tokens(process.env.KEY || "change-me")`, where the class refuses what it is given then. */
export function isKnownToClass(core: Core, node: Node): boolean {
  const call = parentOf(wrapped(node));
  const owner = call?.type === "NewExpression" ? constructedBy(core, call) : undefined;
  return owner !== undefined && speaksOf(core.fileOf(owner), core.evaluate(node));
}

/**
 * Does the file of the class know the very text, such as one that it refuses, or the variable that the text stands in for?
 * `if (process.env.NODE_ENV === "production" && !process.env.KEY) throw …`
 */
function speaksOf({ code, index }: SourceFile, given: Value): boolean {
  return materials(given).some((one) => {
    const [text, variable] = [stringOf(one), variableNamed(one)];
    if (text !== undefined) return index.texts.has(text);
    return (
      variable !== undefined &&
      new RegExp(`\\b${variable.replaceAll(/\W/gu, "\\$&")}\\b`, "u").test(code)
    );
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
