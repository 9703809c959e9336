import type { Core } from "../core.ts";
import { roleName } from "../answers/function-roles.ts";
import { named } from "../files/source-file.ts";
import type { SourceFile } from "../files/source-file.ts";
import { initOf } from "../files/variables.ts";
import type { Operation } from "../operations/operations.ts";
import { dottedPath, enclosingFunction, unwrap } from "../syntax.ts";
import type { FunctionNode } from "../syntax.ts";
import { isGeneralKey, nameOfKey } from "../tokens/general-keys.ts";
import { issuedWithKeyOf, keyIdentity } from "../tokens/issued.ts";
import { saysOnlyWho } from "../tokens/kinds.ts";
import { setsPasswordIn } from "../data/password-changes.ts";
import { isKeptForPurpose, isOnRecord } from "../data/recorded-tokens.ts";
import { isAskedAbout } from "./looked-up.ts";
import { speaksOf } from "./told-tokens.ts";

/**
 * `const { id } = jwt.verify(req.body.token, process.env.JWT_SECRET); user.password = hash;`, where the file signs the
 * link as `jwt.sign({ id: user.id }, process.env.JWT_SECRET)`: by its name the key is that of the sessions, and the
 * link says no more than they do. Gives the name of the key.
 *
 * The sessions themselves are signed in another file, so all of it has to agree: the name of the key, claims that say
 * who it is about and nothing else, and a password that is set where nothing but the token is asked for.
 */
export function sessionKeyOfLink(
  core: Core,
  operation: Operation,
  operations: readonly Operation[],
): string | undefined {
  const file = core.fileOf(operation.node);
  if (operation.kind !== "verify" || !SPEAKS_OF_RESET.test(file.text)) return undefined;
  const name = nameOfKey(operation);
  const owner = enclosingFunction(operation.node);
  if (name === undefined || owner === undefined || !isGeneralKey(name)) return undefined;
  if (keepsSessions(core, file) || isOfRequest(core, operation, operations)) return undefined;
  if (isHandedIn(core, operation, owner)) return undefined;
  if (!setsPasswordIn(core, owner) || speaksOf(core, owner.body, PROOFS)) return undefined;
  if (isOnRecord(core, operation) || isKeptForPurpose(core, operation)) return undefined;
  if (isAskedAbout(core, operation, owner)) return undefined;
  const links = issuedWithKeyOf(core, operation, operations).filter(
    ({ kind }) => kind === "password reset",
  );
  return links.length > 0 && links.every((one) => saysOnlyWho(one)) ? name : undefined;
}

const SPEAKS_OF_RESET = /forg[eo]t|reset/iu;

/** What a store of sessions is told: `lucia.invalidateUserSessions(userId)` */
const KEPT = /^(?:create|invalidate|revoke|delete|destroy)(?:All|User|Other)*Sessions?$/u;

/**
 * Sessions of another kind: `app.use(session(…))` of express-session, `req.login(user)`, `req.session.user`,
 * `lucia.createSession(id)`.
 */
function keepsSessions(core: Core, { text, index }: SourceFile): boolean {
  return (
    /\b(?:express|cookie|iron)-session\b/u.test(text) ||
    named(index.called, (name) => KEPT.test(name)).some(
      ({ callee }) => core.evaluate(callee).type !== "function",
    ) ||
    ["session", "login", "logIn"].some((name) =>
      index.membersNamed
        .get(name)
        ?.some(({ object }) => /^(?:req|request|ctx)$/u.test(dottedPath(object)?.join(".") ?? "")),
    )
  );
}

/**
 * `change(token, password)`: what a function is handed may be the token of a session, and meant to be one, unless its name
 * says that it is for those who have forgotten their passwords.
 */
function isHandedIn(core: Core, { token }: Operation, owner: FunctionNode): boolean {
  const name = token === undefined ? undefined : dottedPath(token.node)?.join(".");
  const isParameter = owner.params.some((one) => one.type === "Identifier" && one.name === name);
  return isParameter && !/reset|forg[eo]t|recover/iu.test(roleName(core, owner) ?? "");
}

/**
 * What a request brings along wherever it goes is the token of a session, and meant to be one. Where a page has been opened
 * with the link, and that was looked at, the page sends it on in a header.
 */
function isOfRequest(core: Core, operation: Operation, operations: readonly Operation[]): boolean {
  const source = sourceOf(core, operation);
  if (/cookie/iu.test(source)) return true;
  return (
    /authorization|header|bearer/iu.test(source) &&
    !operations.some(
      (one) =>
        /\b(?:params|query)\b/u.test(sourceOf(core, one)) &&
        keyIdentity(core, one) === keyIdentity(core, operation) &&
        isOfReset(core, one),
    )
  );
}

/** `redirectPasswordChange(req, res) { jwt.verify(req.params.token, …) }` */
function isOfReset(core: Core, { node }: Operation): boolean {
  const owner = enclosingFunction(node);
  return (
    owner !== undefined &&
    /pass(?:word|wd)?|pwd|reset|forg[eo]t/iu.test(roleName(core, owner) ?? "")
  );
}

/** How the token is written, and what the variable that holds it was given. */
function sourceOf(core: Core, { token }: Operation): string {
  if (token === undefined) return "";
  const file = core.fileOf(token.node);
  const held = unwrap(token.node);
  const made = held.type === "Identifier" ? initOf(file, held) : undefined;
  return [held, made]
    .map((one) => (one === undefined ? "" : file.text.slice(...one.range)))
    .join(" ");
}

/** The old password, a code or a second factor: a proof beside the token. */
const PROOFS =
  /old_?pass|current_?pass|\botp|_otp|totp|passcode|pin_?code|(?:reset|verification)_?code|\bcode\b|compare/iu;
