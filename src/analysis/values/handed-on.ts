import type { TSESTree } from "@typescript-eslint/utils";
import type { Core } from "../core.ts";
import { calleeName, isWritten, memberName, wrapped } from "../syntax.ts";
import type { FunctionNode, Node } from "../syntax.ts";
import { wordsOf } from "../words.ts";

/** May a call change an object that it is given? */

/** Functions that only read the object they are given. */
const READS_ONLY =
  /^(?:console|JSON|Object\.(?:keys|values|entries|freeze|isFrozen)|Array\.isArray|structuredClone|String|Boolean|expect|assert|debug|log(?:ger)?)(?:$|\.)/u;

/** Does the callee see the object and could it add keys? Described libraries and readers do not. */
export function mayBeChangedBy(
  core: Core,
  call: TSESTree.CallExpression | TSESTree.NewExpression,
  argument: Node,
  depth = MAX_HANDED_ON,
): boolean {
  if (call.callee === argument) return false;
  const callee = core.evaluate(call.callee);
  if (callee.type === "entity") return false;
  if (callee.type === "global") {
    if (callee.path.join(".") === "Object.assign") return call.arguments[0] === argument;
    return !READS_ONLY.test(callee.path.join(".")) && mayWrite(call);
  }
  if (callee.type === "function")
    return writesParameter(core, callee.node, call.arguments.indexOf(argument as never), depth);
  if (callee.type === "class") return false;
  // Packages leave what they are given alone, unless that is what they are for: `merge(options, more)`.
  return callee.type === "module" ? saysItWrites(call) : mayWrite(call);
}

/** Words in the names of functions that change what they are given, though they answer something. */
const WRITING = new Set(
  "add append apply assign attach augment build clean complete decorate default defaults enrich exp expire expires expiration expiry extend fill fix init inject insert merge mutate normalize patch populate prepare process put sanitize set setup stamp timestamp transform update with".split(
    " ",
  ),
);

/**
 * Whoever calls a function for what it answers counts on what they hand it to stay as it is, unless
 * the name says otherwise: `token = generateToken(user)` reads, `addExpiry(payload)` and calls whose
 * answer nobody takes may write.
 */
function mayWrite(call: TSESTree.CallExpression | TSESTree.NewExpression): boolean {
  return !isReader(call.callee) && (!isAnswerTaken(call) || saysItWrites(call));
}

function saysItWrites(call: TSESTree.CallExpression | TSESTree.NewExpression): boolean {
  const name = calleeName(call).split(".").at(-1) ?? "";
  return name === "" || wordsOf(name).some((word) => WRITING.has(word));
}

function isAnswerTaken(call: Node): boolean {
  const { parent } = wrapped(call);
  if (parent?.type === "UnaryExpression") return parent.operator !== "void";
  return parent?.type !== "ExpressionStatement";
}

/** How many functions an object is followed through that hand it on. */
const MAX_HANDED_ON = 2;

/**
 * A function of the program's own adds keys when it assigns to members of that parameter, or hands it to
 * something that may.
 */
function writesParameter(
  core: Core,
  owner: FunctionNode,
  position: number,
  depth: number,
): boolean {
  const parameter = owner.params[position];
  if (parameter?.type !== "Identifier") return false;
  const variable = core.fileOf(owner).variableOf(parameter);
  return (variable?.references ?? []).some((reference) => {
    const use = wrapped(reference.identifier);
    const { parent } = use;
    if (parent?.type === "CallExpression" || parent?.type === "NewExpression")
      return depth === 0 || mayBeChangedBy(core, parent, use, depth - 1);
    return parent?.type === "MemberExpression" && parent.object === use && isWritten(parent);
  });
}

function isReader(callee: Node): boolean {
  // Of h3, which a server of Nuxt has without an import.
  if (callee.type === "Identifier") return callee.name === "setCookie";
  return (
    callee.type === "MemberExpression" &&
    /^(?:info|debug|warn|error|log|trace|send|json|use|register|push|set|stringify|cookie|clearCookie|setCookie)$/u.test(
      memberName(callee) ?? "",
    )
  );
}
