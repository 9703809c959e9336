import type { Core } from "../core.ts";
import { isCondition } from "../data/data-access.ts";
import { inside } from "../files/inside.ts";
import { named } from "../files/source-file.ts";
import type { Use } from "../flow/use.ts";
import type { Operation } from "../operations/operations.ts";
import { calleeName, dottedPath, enclosingFunction, propertyValue, unwrap } from "../syntax.ts";
import type { Node } from "../syntax.ts";
import { isLookedUpWhole } from "./own-tokens.ts";

/**
 * Does a claim alone choose the session that is ended: `jwtr.destroy(claims.jti)`, `sessions.deleteOne({ sid })`?
 * Whoever names that of somebody else signs him out. What is only noted as withdrawn, and what another condition or
 * the token itself narrows down, is left alone.
 */
export function endsSession(core: Core, operation: Operation, use: Use, claim: string): boolean {
  const { by, boxes, kind, node } = use;
  if (kind !== "argument" || by.type !== "CallExpression" || !SESSION.test(claim)) return false;
  const name = calleeName(by);
  if (!ENDS.test(name) || !OF_SESSIONS.test(name) || ELSEWHERE.test(name)) return false;
  if (mayBeOwn(core, by)) return false;
  const isChosen = boxes.length === 0 ? by.arguments[0] === node : isOnlyCondition(use);
  return isChosen && !isLookedUpWhole(core, operation, use);
}

/** Who is signed in may be asked, or the hash of the token be compared with the one that is kept. */
function mayBeOwn(core: Core, call: Node): boolean {
  const owner = enclosingFunction(call);
  if (owner === undefined) return false;
  const { called, membersNamed } = core.fileOf(owner).index;
  const kept = ["user", "auth", "session", "state"].flatMap((name) => membersNamed.get(name) ?? []);
  return (
    inside(kept, owner).some(({ object }) =>
      OF_REQUEST.test(dottedPath(object)?.join(".") ?? ""),
    ) ||
    inside(
      named(called, (name) => HASHES.test(name)),
      owner,
    ).length > 0
  );
}

const OF_REQUEST = /^(?:req|request|ctx|context|c)$/u;

const HASHES = /hash|digest|sha\d/iu;

const SESSION = /^(?:jti|sid|session_?id)$/iu;

const ENDS =
  /(?:^|\.)(?:delete|remove|destroy|terminate)(?:One|Many|First)?(?:(?:Session|(?:Refresh|Access)?Token)s?)?(?:By(?:Id|Jti|Sid|SessionId))?$/iu;

/** What a store is called that keeps them; anything else has a `delete` as well. */
const OF_SESSIONS = /session|token|jwt|login|sign_?in|refresh|device|auth/iu;

/** Lists of withdrawn tokens, and copies that are made again. */
const ELSEWHERE = /(?:den(?:y|ied)|black|block)_?list|revoked|invalidated|cache/iu;

/** `{ jti }`, `{ where: { jti } }`, with nothing beside it */
function isOnlyCondition(use: Use): boolean {
  if (!isCondition(use)) return false;
  let object: Node = unwrap(use.node);
  for (const box of use.boxes.toReversed()) {
    if (object.type !== "ObjectExpression") return false;
    const inner = propertyValue(object, box);
    if (inner === undefined || object.properties.length > 1) return false;
    object = unwrap(inner);
  }
  return true;
}
