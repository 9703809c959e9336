import type { TSESTree } from "@typescript-eslint/utils";
import type { Core } from "../core.ts";
import { readsOf } from "../files/variables.ts";
import { dottedPath, isWritten, memberName, parentOf, rootOf, wrapped } from "../syntax.ts";
import type { Node } from "../syntax.ts";
import { importSource } from "../values/whole-files.ts";
import { saidByClient } from "../network/request.ts";
import { isTwilioEvent } from "../network/twilio-functions.ts";
import { isJarWritten } from "./written-cookies.ts";

/** Does a handler look at who the server has found out to be there? */

/** `req.user`, `const { session } = req`: what a server has found out about who sends a request */
export function readsWhoAsks(core: Core, node: Node): boolean {
  if (node.type === "MemberExpression")
    return (
      !isWrittenInto(node) &&
      !isHeaderWritten(node) &&
      ((KNOWS.test(memberName(node) ?? "") && isOfParameter(core, node)) ||
        isOfContext(core, node)) &&
      !isNamedByClient(core, node) &&
      !(memberName(node) === "cookies" && isJarWritten(core, node))
    );
  return (
    node.type === "Property" &&
    node.parent.type === "ObjectPattern" &&
    KNOWS.test(dottedPath(node.key)?.join(".") ?? "") &&
    !isOfClient(core, node.parent) &&
    !isOnlyWritten(core, node)
  );
}

/** `req.user` of `req.user = found`, and `ctx.state` of `ctx.state.user = { name }`: what the handler puts there itself. */
function isWrittenInto(node: Node): boolean {
  let at = node;
  for (
    let by = parentOf(wrapped(at));
    by?.type === "MemberExpression";
    by = parentOf(wrapped(at))
  ) {
    if (by.object !== wrapped(at)) return false;
    at = by;
  }
  return isWritten(at);
}

/** `res.header("x-auth-token", token)`: a name alone reads what the request brings. */
function isHeaderWritten(member: TSESTree.MemberExpression): boolean {
  const by = parentOf(wrapped(member));
  return (
    memberName(member) === "header" && by?.type === "CallExpression" && by.arguments.length === 2
  );
}

/** `cookies` of `async ({ request, cookies }) => { …; cookies.set("session", token); }` */
function isOnlyWritten(core: Core, { key, value }: TSESTree.Property): boolean {
  return (
    dottedPath(key)?.join(".") === "cookies" &&
    value.type === "Identifier" &&
    readsOf(core.fileOf(value), value).every((read) => isJarWritten(core, read))
  );
}

/** `const { user } = req.body`, `= await request.json()`, `= credentials` of Auth.js, `const { identity } = event` of a function of Twilio */
function isOfClient(core: Core, pattern: Node): boolean {
  const holder = parentOf(pattern);
  if (holder?.type !== "VariableDeclarator" || holder.init === null) return false;
  const { init } = holder;
  return (
    IS_SAID.test(saidByClient(core, init) ?? "") ||
    /\.(?:body|query|params)$/u.test(dottedPath(init)?.join(".") ?? "") ||
    isTwilioEvent(core.fileOf(init), init)
  );
}

/** All that a request says, whatever the variable is called; headers and cookies may be a proof. */
const IS_SAID = /^(?:body|form|query|credentials)$|\.json$/u;

/**
 * `req.body.user` is what the client calls so, unless a middleware of the file puts somebody there, and `event.identity` where
 * Twilio puts all that it says into one event. So is `credentials.user` that `authorize` of Auth.js is given.
 */
function isNamedByClient(core: Core, node: Node): boolean {
  const path = dottedPath(node)?.join(".") ?? "";
  const root = rootOf(node);
  if (isTwilioEvent(core.fileOf(root), root)) return !path.startsWith("event.request.");
  if (saidByClient(core, node)?.startsWith("credentials.") === true) return true;
  if (!/\.(?:body|query|params)\./u.test(path)) return false;
  const { assignments } = core.fileOf(node).index;
  return !assignments.some(({ left }) => dottedPath(left)?.join(".") === path);
}

function isOfParameter(core: Core, node: Node): boolean {
  const root = rootOf(node);
  return core.fileOf(root).variableOf(root)?.defs[0]?.type === "Parameter";
}

/** `viewer.can.actFor[userId]` of an imported `viewer`: a module that keeps the request of the moment gives who asks. */
function isOfContext(core: Core, node: Node): boolean {
  const root = rootOf(node);
  return (
    root.type === "Identifier" &&
    /^(?:viewer|caller|principal|(?:current|request)(?:User|Session|Context))$/u.test(root.name) &&
    importSource(core.fileOf(root).variableOf(root)) !== undefined
  );
}

/** What a server has found out about a request before, or where it is told a key. */
const KNOWS =
  /^(?:user|currentUser|auth|session|identity|claims|principal|partner|member|account|viewer|caller|tenant|staff|locals|state|rooms|authorizer|requestContext|headers?|cookies|signedCookies|ip|socket|client|cf|isAuth\w*|isLoggedIn)$/u;
