import type { TSESTree } from "@typescript-eslint/utils";
import type { Core } from "../core.ts";
import { setsPasswordIn } from "../data/password-changes.ts";
import { isOnRecord } from "../data/recorded-tokens.ts";
import type { MadeToken } from "../operations/made-tokens.ts";
import type { Operation } from "../operations/operations.ts";
import { enclosingFunction, parentOf, textOf } from "../syntax.ts";
import type { FunctionNode } from "../syntax.ts";
import { issuedWithKeyOf } from "../tokens/issued.ts";
import { KIND_CLAIMS, WHO } from "../tokens/kinds.ts";
import { possibilities } from "../values/value.ts";
import { hasWithin } from "../within.ts";
import { isAskedAbout, isHandedOn } from "./looked-up.ts";
import { speaksOf } from "./told-tokens.ts";

/**
 * `const { email, type } = jwt.verify(token, KEY); if (type !== "reset") throw …; user.password = hash;`, where the file
 * signs the link as `jwt.sign({ email, type: "reset" }, KEY)`: nothing of what the link says changes with the password, and
 * nobody remembers that it was used, so it sets the password as often as it comes.
 *
 * Only where all of it is in sight: what is signed, that it is for this, and that nothing else is asked for.
 */
export function isReusableLink(
  core: Core,
  operation: Operation,
  operations: readonly Operation[],
): boolean {
  const owner = enclosingFunction(operation.node);
  if (operation.kind !== "verify" || owner === undefined || !setsPasswordIn(core, owner))
    return false;
  if (speaksOf(core, owner.body, BOUND) || isAskedAbout(core, operation, owner)) return false;
  // Who is given all claims may compare them with the last change, and what stands before the handler may burn the token.
  if (isHandedOn(core, operation) || isBehindAnother(owner)) return false;
  if (isOnRecord(core, operation)) return false;
  const links = issuedWithKeyOf(core, operation, operations).filter(
    ({ kind }) => kind === "password reset",
  );
  return (
    links.length > 0 &&
    links.every((link) => isUnbound(link)) &&
    links.some((link) =>
      marksOf(link).some((mark) => hasWithin(core, owner.body, (part) => textOf(part) === mark)),
    )
  );
}

/** `router.post("/reset/:token", once(tokenOf), async (req, res) => …)` */
function isBehindAnother(owner: FunctionNode): boolean {
  const route = parentOf(owner);
  return (
    route?.type === "CallExpression" &&
    route.arguments.slice(0, route.arguments.indexOf(owner as TSESTree.Expression)).length > 1
  );
}

/** What a link is bound to, or that it was used: a number, a version, the time of the last change, a code. */
const BOUND =
  /jti|nonce|version|chang(?:ed|e)_?(?:at|on|time)|updated_?at|\biat\b|issued|used|revo[kc]|(?:black|deny|block)_?list|finger_?print|stamp|pending|\btake\b|redeem|consum|attempt|otp|(?:reset|verification)_?code|compare/iu;

/** Is all that it says whom it is about, what for and when? A key that holds something of the user is none that is known. */
function isUnbound({ operation, payload }: MadeToken): boolean {
  if (payload === undefined || operation.option("jti").state !== "absent") return false;
  return possibilities(payload.value).every(
    (value) =>
      value.type === "object" &&
      !value.open &&
      [...value.properties.keys()].every((name) => WHO.test(name) || KIND_CLAIMS.includes(name)),
  );
}

/** `"reset"` of `{ type: "reset" }` */
function marksOf({ payload }: MadeToken): string[] {
  return (payload === undefined ? [] : possibilities(payload.value)).flatMap((value) =>
    value.type === "object"
      ? KIND_CLAIMS.flatMap((name) => {
          const mark = value.properties.get(name)?.value;
          return mark?.type === "literal" && typeof mark.value === "string" ? [mark.value] : [];
        })
      : [],
  );
}
