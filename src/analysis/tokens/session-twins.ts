import type { Core } from "../core.ts";
import { kindInEnglish, saying } from "../languages.ts";
import type { Operation } from "../operations/operations.ts";
import { boundName, enclosingFunction, functionName, wrapped } from "../syntax.ts";
import { possibilities } from "../values/value.ts";
import type { KeyedToken } from "./issued.ts";
import { isOfSignIn } from "./kinds-by-use.ts";
import { NUMBER, saysOnlyWho } from "./kinds.ts";
import { areToldAlike, isKeyChosen, isOnRecord, verifiedElsewhere } from "./told-apart.ts";

/**
 * `accessToken = sign({ id: user.id, email }, KEY)` and `confirmationToken = sign({ id: user.id }, KEY)`: the link that is
 * mailed opens a session, wherever those are verified, since it is signed with their key and says no more than whom it is
 * about, as they do.
 */
export function sessionTwins(core: Core, operations: readonly Operation[]): KeyedToken[] {
  if (!SPEAKS_OF_OTHERS.test(core.file.text)) return [];
  const issued = verifiedElsewhere(core, operations);
  return issued.filter(
    (other) =>
      OTHERS.has(other.kind) &&
      // `loginToken` of `sendInvite` is meant to sign in.
      !OF_SESSION.test(kindInEnglish(boundAs(other) ?? "")) &&
      core.fileOf(other.node) === core.file &&
      saysOnlyWho(other) &&
      issued.some((one) => isSession(core, one) && isAlike(core, one, other)),
  );
}

const SPEAKS_OF_OTHERS = new RegExp(
  `${saying("reset", "recovery", "confirmation", "invitation")}|forg[eo]t|invit|verif|confirm|activat|mail|mfa|2fa|factor|pre_?auth`,
  "iu",
);

/** What a link to sign in is for is a session. */
const OTHERS: ReadonlySet<string> = new Set([
  "password reset",
  "invitation",
  "confirmation",
  "second factor",
]);

/** Any token may be called `token`; one of a session is called so, or is given where somebody signs in. */
function isSession(core: Core, one: KeyedToken): boolean {
  const { kind, node } = one;
  const owner = enclosingFunction(node);
  const said = [boundAs({ node }), owner && functionName(owner)];
  const isSaid = said.some((name) => name !== undefined && OF_SESSION.test(kindInEnglish(name)));
  return kind === "access" && (isSaid || isOfSignIn(core, one));
}

/** The name that a token is given. */
function boundAs({ node }: Pick<KeyedToken, "node">): string | undefined {
  const { parent } = wrapped(node);
  return parent && boundName(parent);
}

const OF_SESSION = /access|session|auth|log_?in|sign_?in/iu;

function isAlike(core: Core, session: KeyedToken, other: KeyedToken): boolean {
  const names = numbersOf(session);
  return (
    session.identity === other.identity &&
    !isKeyChosen(session, other) &&
    saysOnlyWho(session) &&
    numbersOf(other).some((name) => names.includes(name)) &&
    areToldAlike(core, [session, other]) &&
    !isOnRecord(core, session)
  );
}

function numbersOf({ payload }: KeyedToken): string[] {
  return (payload === undefined ? [] : possibilities(payload.value)).flatMap((one) =>
    one.type === "object" ? [...one.properties.keys()].filter((name) => NUMBER.test(name)) : [],
  );
}
