import type { Core } from "../core.ts";
import { isStandIn, isStandInName } from "../files/stand-ins.ts";
import type { Operation } from "../operations/operations.ts";
import {
  calleeName,
  contains,
  functionName,
  memberName,
  parentOf,
  textOf,
  walk,
  wrapped,
} from "../syntax.ts";
import type { FunctionNode, Node } from "../syntax.ts";
import { areAlike, isAside } from "./alike.ts";
import { passes } from "../answers/function-roles.ts";

/**
 * `verifyAdmin` that does what `verifyToken` beside it does: it asks the token for nothing more than to be good, so
 * whoever is signed in passes as an administrator.
 */
export interface AlikeGuard {
  /** Where the function gets its name. */
  readonly node: Node;
  readonly guard: string;
  /** The guard that it does the same as. */
  readonly other: string;
}

export function alikeGuards(core: Core, operations: readonly Operation[]): AlikeGuard[] {
  const { file } = core;
  if (!/admin/iu.test(file.code) || isStandIn(file) || asksForRights(core)) return [];
  const guards = guardsOf(core, operations);
  return guards.flatMap(({ name, owner, verification }): AlikeGuard[] => {
    if (!ADMIN.test(name) || ELSE.test(name) || isStandInName(name)) return [];
    if (!isPlain(core, owner, verification) || isBesideAnother(core, name)) return [];
    const other = guards.find((one) => !RIGHTS.test(one.name) && areAlike(file, owner, one.owner));
    return other === undefined ? [] : [{ node: nameOf(owner), guard: name, other: other.name }];
  });
}

const ADMIN = /admin/iu;

/** Guards that let others in as well, and what else has to do with administrators. */
const ELSE = /[a-z]Or(?:[A-Z]|$)|_or_|[nN]o[tn]_?[aA]dmin|[lL]og_?[iI]n|[sS]ign|[rR]egist/u;

/** What says what somebody may do. */
const RIGHTS =
  /admin|role|scope|perm|privil|rights?\b|grant|group|level|staff|super|owner|type|abilit|polic|authorit/iu;

interface Guard {
  readonly name: string;
  readonly owner: FunctionNode;
  readonly verification: Operation;
}

/** The functions with a name that verify a token, and call `next()`. */
function guardsOf(core: Core, operations: readonly Operation[]): Guard[] {
  const own = operations.filter(
    ({ kind, node }) => kind === "verify" && core.fileOf(node) === core.file,
  );
  return core.file.index.functions.flatMap((owner): Guard[] => {
    const name = functionName(owner);
    const verification = own.find(({ node }) => contains(owner, node));
    if (name === undefined || verification === undefined) return [];
    const callback = verification.callback?.function;
    const going = callback === undefined ? [owner] : [owner, callback];
    return going.some((one) => passes(core, one).length > 0) ? [{ name, owner, verification }] : [];
  });
}

/** Calls that cut a token out of a text or read it from a request. */
const CUTS = /\.(?:split|slice|substring|substr|replace|trim|at|get|header|startsWith)$/u;

/** Nothing in it has to do with what somebody may do, and no call could ask for it. */
function isPlain(core: Core, owner: FunctionNode, { node: verification }: Operation): boolean {
  let isFound = false;
  walk(owner.body, core.file.visitorKeys, (node) => {
    if (isFound || isAside(node) || node.type === "ThrowStatement") return false;
    if (node.type === "NewExpression") isFound = true;
    if (node.type === "CallExpression") {
      const name = calleeName(node);
      const isKnown =
        node === verification ||
        contains(verification.callee, node) ||
        CUTS.test(name) ||
        name === "next";
      isFound ||= !isKnown;
    }
    const word = node.type === "Identifier" ? node.name : textOf(node);
    isFound ||= word !== undefined && RIGHTS.test(word);
    return !isFound;
  });
  return !isFound;
}

/** Does the file ask anywhere for what somebody may do: `req.user.role !== "admin"`? */
function asksForRights({ file }: Core): boolean {
  return file.index.members.some((member) => {
    if (!RIGHTS.test(memberName(member) ?? "")) return false;
    const by = parentOf(wrapped(member));
    return (
      /^(?:If|Conditional|Logical|Binary|Unary|Member)/u.test(by?.type ?? "") ||
      (by?.type === "CallExpression" && by.arguments.includes(member))
    );
  });
}

/** `router.get("/", verifyAdmin, hasRole("admin"), list)`, `[verifyAdmin, checkPermission]` */
function isBesideAnother({ file }: Core, name: string): boolean {
  return (file.index.names.get(name) ?? []).some((use) => {
    const by = parentOf(wrapped(use));
    const list =
      by?.type === "CallExpression"
        ? by.arguments
        : by?.type === "ArrayExpression"
          ? by.elements
          : [];
    return list.some(
      (one) => one !== null && one !== use && GUARDS.test(file.text.slice(...one.range)),
    );
  });
}

/** What stands beside a guard and asks for what somebody may do, by its name. */
const GUARDS = /[rR]ole|[pP]erm|[sS]cope|[aA]uthori[sz]|\b(?:can|has)[A-Z]/u;

/** `verifyAdmin` of `const verifyAdmin = (req, res, next) => …` */
function nameOf(owner: FunctionNode): Node {
  if (owner.type !== "ArrowFunctionExpression" && owner.id !== null) return owner.id;
  const holder = parentOf(wrapped(owner));
  switch (holder?.type) {
    case "VariableDeclarator":
      return holder.id;
    case "Property":
    case "MethodDefinition":
    case "PropertyDefinition":
      return holder.key;
    case "AssignmentExpression":
      return holder.left;
    default:
      return owner;
  }
}
