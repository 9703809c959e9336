import type { Core } from "../core.ts";
import { isWriteCall } from "../answers/endpoint-writes.ts";
import { leaves } from "../answers/results.ts";
import { askedFor } from "../data/asked-records.ts";
import { saysWho } from "../data/names.ts";
import { inside } from "../files/inside.ts";
import type { Use } from "../flow/use.ts";
import { isSaidByClient } from "../network/request.ts";
import { bases, contains, dottedPath, enclosingFunction, isFunction, parentOf } from "../syntax.ts";
import type { Node } from "../syntax.ts";
import { wordsOf } from "../words.ts";

/**
 * `if (claims.skipperId !== req.params.id) return res.sendStatus(403);`, the same with the record that the request
 * names, and `if (claims.skipperId === skipper.id) await skipper.save();`: both sides are written by whoever asks, so that
 * nothing is asked of him. Whatever the claim is called, it says whose the record is.
 */
export function isComparedWithAsked(core: Core, { by, node }: Use, claim: string): boolean {
  if (by.type !== "BinaryExpression" || !saysWhose(claim)) return false;
  const other = contains(by.left, node) ? by.right : by.left;
  if (!decides(core, by, by.operator) || isKnownAlready(core, by)) return false;
  return bases(other).some(
    (base) => isSaidByClient(core, base) || askedFor(core, base) !== undefined,
  );
}

/** Which request, device or event it is about, and not whose. */
const BESIDE =
  /^(?:request|trace|correlation|span|message|event|log|device|session|socket|connection|job|key|template|build|version|trans(?:action)?|csrf|xsrf)$/u;

/** `skipperId`, `member_no`: what belongs to whom that names */
function saysWhose(claim: string): boolean {
  const words = wordsOf(claim);
  return saysWho(claim) || (words.at(-1) === "id" && !words.some((word) => BESIDE.test(word)));
}

/** Is somebody turned away who is another one, or is something written for nobody else? */
function decides(core: Core, comparison: Node, operator: string): boolean {
  const branch = branchOf(comparison);
  if (branch === undefined) return false;
  if (/^!==?$/u.test(operator)) return leaves(core, branch.consequent);
  const { index } = core.fileOf(comparison);
  return (
    /^===?$/u.test(operator) &&
    inside(index.calls, branch.consequent).some((one) => isWriteCall(one))
  );
}

function branchOf(comparison: Node) {
  for (let at = parentOf(comparison); at !== undefined && !isFunction(at); at = parentOf(at))
    if (at.type === "IfStatement") return contains(at.test, comparison) ? at : undefined;
  return undefined;
}

/** Who asks was found out before, as what is read of the request says: `req.user`, `res.locals.user`, `ctx.state.user` */
const KNOWN =
  /^(?:req(?:uest)?\.(?:user|auth|account|session)|res\.locals|(?:ctx|c)\.state)(?:\.|$)/u;

function isKnownAlready(core: Core, comparison: Node): boolean {
  const owner = enclosingFunction(comparison);
  const { membersNamed } = core.fileOf(comparison).index;
  return (
    owner !== undefined &&
    ["user", "auth", "account", "session", "locals", "state"]
      .flatMap((name) => inside(membersNamed.get(name) ?? [], owner))
      .some((member) => KNOWN.test(dottedPath(member)?.join(".") ?? ""))
  );
}
