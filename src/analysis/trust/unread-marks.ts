import type { Core } from "../core.ts";
import { isKeptForPurpose, isOnRecord } from "../data/recorded-tokens.ts";
import { usesIn, usesOf } from "../flow/flow.ts";
import type { Use } from "../flow/use.ts";
import type { MadeToken } from "../operations/made-tokens.ts";
import type { Operation } from "../operations/operations.ts";
import { enclosingFunction } from "../syntax.ts";
import { isGeneralKey, nameOfKey } from "../tokens/general-keys.ts";
import { keyIdentity, madeWithKey } from "../tokens/issued.ts";
import { isMarked, NUMBER } from "../tokens/kinds.ts";
import { possibilities } from "../values/value.ts";
import { claimPath, isNullCheck } from "./claim-path.ts";
import { isJustSigned } from "./just-signed.ts";
import { isLookedUp } from "./looked-up.ts";
import { speaksOf } from "./told-tokens.ts";

/**
 * `app.jwt.sign({ sub: admin.id, type: "ADMIN" })`, and in the same file `const { sub } = app.jwt.verify(token);
 * admins.getById(sub)`: the program marks its tokens, since its key signs others as well, and nobody reads the mark. Gives
 * the claim that holds it.
 *
 * That there are others is seen where the file signs them, or goes by the mark and the name of the key: nobody marks the
 * tokens of administrators, or those of a link, with the key of all who have signed in, where there are no others. Tokens
 * that are marked as those of sessions may be the only ones.
 */
export function unreadMark(
  core: Core,
  operation: Operation,
  operations: readonly Operation[],
): string | undefined {
  if (operation.kind !== "verify") return undefined;
  const identity = keyIdentity(core, operation);
  const owner = enclosingFunction(operation.node);
  if (identity === undefined || owner === undefined) return undefined;
  const made = madeWithKey(core, operations, identity);
  // Asked first, as it costs less than to follow the claims.
  if (!made.some((one) => isMarked(one))) return undefined;
  const taken = identityClaims(core, operation);
  const claim = MARKS.find((name) => isUnreadMark(operation, made, { name, taken }));
  if (claim === undefined || isJustSigned(operation) || isLookedUp(core, operation, operations))
    return undefined;
  if (isOnRecord(core, operation) || isKeptForPurpose(core, operation)) return undefined;
  return speaksOf(core, owner.body, ASKS_FURTHER) ? undefined : claim;
}

/** Claims in which programs write what kind of token it is; others say what its user may do. */
const MARKS: readonly string[] = [
  "type",
  "typ",
  "token_type",
  "tokenType",
  "token_use",
  "tokenUse",
  "tokenKind",
  "kind",
  "purpose",
];

/** What the tokens of sessions are marked with. */
const ORDINARY = /access|session|bearer|log_?in|sign_?in|^(?:auth\w*|jwt|user|id|token|api|web)$/iu;

/** `if (user.role !== "admin")`, `findOne({ id, isAdmin: true })`: the record says what the mark would. */
const ASKS_FURTHER =
  /role|type|kind|purpose|scope|permission|privilege|^is_?[a-z]*(?:admin|staff|super)/iu;

interface Asked {
  readonly name: string;
  /** The claims by which the verification takes whom the token is about. */
  readonly taken: readonly string[];
}

function isUnreadMark(
  operation: Operation,
  made: readonly MadeToken[],
  { name, taken }: Asked,
): boolean {
  const marks = new Set<string>();
  for (const { payload } of made) {
    for (const one of payload === undefined ? [] : possibilities(payload.value)) {
      if (one.type !== "object") continue;
      const mark = one.properties.get(name)?.value;
      // `type: user.type` is said of the user.
      if (mark !== undefined && mark.type !== "literal") return false;
      const isMeant = taken.some((claim) => one.properties.has(claim));
      if (isMeant && mark !== undefined) marks.add(String(mark.value));
      else if (isMeant && !one.open) marks.add("");
    }
  }
  const [only = "", ...others] = marks;
  if (others.length > 0) return true;
  const key = nameOfKey(operation);
  // An application has one plugin and its key; a service of Nest may have been given one of its own module.
  const isGeneral =
    key === undefined ? typeof operation.entity.inherits === "object" : isGeneralKey(key);
  return (
    only !== "" && !ORDINARY.test(only) && taken.some((claim) => NUMBER.test(claim)) && isGeneral
  );
}

/**
 * None where the claims are handed on as a whole, or one of them is compared: that may tell the tokens apart. So may the
 * number of the token, which tokens of other kinds do not have on record.
 */
function identityClaims(core: Core, operation: Operation): readonly string[] {
  const claims = new Set<string>();
  const tested = new Set<string>();
  for (const use of usesOfClaims(core, operation)) {
    const path = claimPath(operation, use.path);
    if (path === undefined) continue;
    const [claim] = path;
    if (use.kind === "test") {
      if (claim !== undefined) tested.add(claim);
      continue;
    }
    if (claim === undefined || /^(?:[*?]|jti)$/u.test(claim)) return [];
    if (use.kind === "compare" && !isNullCheck(use)) return [];
    if (use.kind !== "compare") claims.add(claim);
  }
  // `if (!claims.isAdmin) …`, where `if (!claims.sub) …` asks whether it is there.
  return [...tested].every((claim) => claims.has(claim)) ? [...claims] : [];
}

function usesOfClaims(core: Core, { node, callback }: Operation): readonly Use[] {
  if (callback === undefined) return usesOf(core, node);
  const claims = callback.function?.params[1];
  return claims === undefined ? [] : usesIn(core, claims);
}
