import type { Analysis } from "../analysis.ts";
import type { Core } from "../core.ts";
import { roleName } from "../answers/function-roles.ts";
import { isStandIn, isStandInName } from "../files/stand-ins.ts";
import { enclosingClass, functionName, parentOf, unwrap } from "../syntax.ts";
import type { FunctionNode, Node } from "../syntax.ts";
import { callSites } from "../values/call-sites.ts";
import { returnArguments } from "../values/classes.ts";
import { must } from "../values/value.ts";
import { isForDevelopment } from "./environments.ts";

/** A function that finds out nothing. */
export interface UnreadToken {
  readonly node: Node;
  readonly name: string;
}

/**
 * Functions that by their names find out whose a token is, never look at it, and answer with somebody whom the
 * program names: `async authenticateUser(token) { return { id: "somebody", role: "USER" }; }`.
 */
export function unreadTokens({ core, file }: Analysis): UnreadToken[] {
  if (isStandIn(file)) return [];
  return file.index.functions.flatMap((owner) => {
    const name = roleName(core, owner);
    if (name === undefined || !FINDS_OUT.test(name) || FOR_EVERYBODY.test(name)) return [];
    if (isOfStandIn(owner) || isForDevelopment(core, owner)) return [];
    const answers = returnArguments(core, owner).filter((one) => !isNothing(one));
    const isFound =
      isUnread(core, owner) &&
      answers.length > 0 &&
      answers.every((one) => isMadeUp(core, one)) &&
      // What others only inherit may be a place to fill.
      callSites(core, owner).calls.length > 0;
    return isFound ? [{ node: nameNode(owner), name }] : [];
  });
}

/** Where a function is given its name. */
function nameNode(owner: FunctionNode): Node {
  if (owner.type !== "ArrowFunctionExpression" && owner.id !== null) return owner.id;
  const holder = parentOf(owner);
  switch (holder?.type) {
    case "MethodDefinition":
    case "Property":
    case "PropertyDefinition":
      return holder.key;
    case "VariableDeclarator":
      return holder.id;
    default:
      return owner;
  }
}

const FINDS_OUT =
  /^(?:verify|validate|authenticate|authorize)_?(?:\w*(?:token|jwt|user|session|client|socket|request|connection))?$/iu;

const FOR_EVERYBODY = /guest|anonym|public|format|shape/iu;

function isOfStandIn(owner: FunctionNode): boolean {
  const holder = enclosingClass(owner);
  const names = [functionName(owner), holder?.id?.name];
  return names.some((name) => name !== undefined && isStandInName(name));
}

/** Has it one parameter for the token, which nothing in it reads? */
function isUnread(core: Core, { params }: FunctionNode): boolean {
  const token = params.find(
    (one) => one.type === "Identifier" && /^\w*(?:token|jwt)$/iu.test(one.name),
  );
  if (token === undefined || params.length > 1) return false;
  return core.fileOf(token).variableOf(token)?.references.length === 0;
}

function isNothing(written: Node): boolean {
  const node = unwrap(written);
  return node.type === "Literal" && (node.value === null || node.value === false);
}

/** `{ id: "somebody", role: "USER" }`, of which the program has written each part */
function isMadeUp(core: Core, written: Node): boolean {
  const value = core.evaluate(written);
  if (value.type !== "object" || value.open) return false;
  const parts = [...value.properties];
  return (
    parts.some(([name]) => WHO.test(name)) &&
    parts.every(([, part]) => must(part.value, (one) => one.type === "literal"))
  );
}

const WHO = /^(?:_?id|sub|uid|user_?(?:id|name)|e?mail|roles?)$/iu;
