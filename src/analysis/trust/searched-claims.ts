import type { Core } from "../core.ts";
import { isAuthenticating } from "../answers/function-roles.ts";
import type { Use } from "../flow/use.ts";
import {
  contains,
  dottedPath,
  enclosingFunction,
  memberName,
  parentOf,
  textOf,
  unwrap,
} from "../syntax.ts";
import type { Node } from "../syntax.ts";
import { choiceOf } from "../data/lists.ts";
import { isTable } from "../data/data-access.ts";
import { isGate } from "./gates.ts";

/** Methods that look for a part of a text. */
const SEARCHES = /^(?:includes|indexOf|match|search)$/u;

/** Parts of the form of JSON, which say nothing of what a claim holds: `"null"`, `"{"`. */
const OF_FORM = /^(?:null|undefined|[\s{}[\]":,]*)$/u;

/**
 * `JSON.stringify(claims).includes("reports:read")`, `/admin/.test(JSON.stringify(claims))`: a guard that searches
 * the text of all claims decides by them, whichever claim holds what it looks for.
 */
export function isSearched(core: Core, use: Use): boolean {
  const { by, form, boxes, path } = use;
  if (form !== "shown" || boxes.length > 0 || path.length > 0) return false;
  if (!isAuthenticating(core, enclosingFunction(by))) return false;
  const asked = askedIn(use);
  if (asked?.isOfValue !== true) return asked !== undefined && isPattern(core, asked);
  const [sought] = asked.given;
  return (
    SEARCHES.test(asked.method) && sought !== undefined && !OF_FORM.test(textOf(sought) ?? "?")
  );
}

/** Claims of which a guard has a list. */
const LISTED =
  /^(?:sub|uid|user_?id|user_?name|login|e?mail|preferred_username|role\w*|scopes?|perm\w*|groups?)$/iu;

/** Lists of those who may not, by their names: who is on one is no longer let in, whatever else he shows. */
const DENIES = /den(?:y|ied)|black|block|revoked|banned|disabled|suspended/iu;

/** `["admin", "editor"].includes(claims.role)`, `ADMINS.has(claims.sub)`, `/admin/.test(claims.role)` */
export function isLookedFor(core: Core, use: Use, claim: string): boolean {
  const { by, boxes } = use;
  const owner = enclosingFunction(by);
  if (boxes.length > 0 || owner === undefined || !LISTED.test(claim)) return false;
  const asked = askedIn(use);
  if (asked === undefined) return false;
  if (!isListOfAllowed(asked) && !isPattern(core, asked)) return false;
  return isAuthenticating(core, owner) && isGate(core, owner, by);
}

/** `allowed.includes(claims.role)`: is the claim looked for in a list of those who may? */
export function isOnList(use: Use): boolean {
  const asked = use.kind === "argument" ? askedIn(use) : undefined;
  return asked !== undefined && isListOfAllowed(asked);
}

function isListOfAllowed({ object, method }: Asked): boolean {
  return (
    /^(?:includes|has|indexOf)$/u.test(method) && !DENIES.test(dottedPath(object)?.join(".") ?? "")
  );
}

/**
 * `users.find((one) => one.orcid === claims.orcid)`: is somebody chosen from a list of people by what the use
 * compares? Whatever the claim is called, it tells them apart.
 */
export function choosesPerson({ by, node }: Use): boolean {
  const choice = enclosingFunction(by);
  const call = choice === undefined ? undefined : parentOf(choice);
  if (by.type !== "BinaryExpression" || !by.operator.startsWith("==")) return false;
  if (call?.type !== "CallExpression" || choiceOf(call) !== choice) return false;
  const callee = unwrap(call.callee);
  if (callee.type !== "MemberExpression" || !isTable(callee.object)) return false;
  const other = unwrap(contains(by.left, node) ? by.right : by.left);
  const [entry] = choice?.params ?? [];
  return (
    other.type === "MemberExpression" &&
    entry?.type === "Identifier" &&
    dottedPath(other)?.[0] === entry.name
  );
}

interface Asked {
  readonly object: Node;
  readonly method: string;
  readonly given: readonly Node[];
  /** Is the method one of the value, or is the value given to that of something else? */
  readonly isOfValue: boolean;
}

function askedIn({ by, node }: Use): Asked | undefined {
  const callee = by.type === "CallExpression" ? unwrap(by.callee) : undefined;
  if (by.type !== "CallExpression" || callee?.type !== "MemberExpression") return undefined;
  const object = unwrap(callee.object);
  const method = memberName(callee) ?? "";
  return { object, method, given: by.arguments, isOfValue: object === unwrap(node) };
}

/** `/admin/.test(…)` */
function isPattern(core: Core, { object, method }: Asked): boolean {
  if (!/^(?:test|exec)$/u.test(method)) return false;
  return core.evaluate(object).type === "regexp";
}
