import type { Core } from "../core.ts";
import { roleName } from "../answers/function-roles.ts";
import { inside } from "../files/inside.ts";
import type { SourceFile } from "../files/source-file.ts";
import { initOf } from "../files/variables.ts";
import type { Operation } from "../operations/operations.ts";
import {
  contains,
  dottedPath,
  enclosingFunction,
  isLiteral,
  isNullish,
  unwrap,
} from "../syntax.ts";
import type { FunctionNode, Node } from "../syntax.ts";
import { isGeneralKey, nameOfKey } from "../tokens/general-keys.ts";
import { issuedWithKeyOf } from "../tokens/issued.ts";
import { saysOnlyWho } from "../tokens/kinds.ts";
import { hasWithin } from "../within.ts";
import { setsPasswordAt } from "../data/password-changes.ts";
import { isKeptForPurpose, isOnRecord } from "../data/recorded-tokens.ts";
import { isGiven, speaksOf } from "./told-tokens.ts";

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
  if (keepsSessions(core, file) || isOfRequest(core, operation)) return undefined;
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

/**
 * Sessions of another kind: `app.use(session(…))` of express-session, `req.login(user)`, `req.session.user`,
 * `lucia.createSession(id)`.
 */
function keepsSessions(core: Core, { text, index }: SourceFile): boolean {
  return (
    /\b(?:express|cookie|iron)-session\b/u.test(text) ||
    (index.called.get("createSession") ?? []).some(
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

/** What a request brings along wherever it goes is the token of a session, and meant to be one. */
function isOfRequest(core: Core, { token }: Operation): boolean {
  if (token === undefined) return false;
  const file = core.fileOf(token.node);
  const held = unwrap(token.node);
  const made = held.type === "Identifier" ? initOf(file, held) : undefined;
  return [held, made].some(
    (one) =>
      one !== undefined &&
      /authorization|cookie|header|bearer/iu.test(file.text.slice(...one.range)),
  );
}

function setsPasswordIn(core: Core, owner: FunctionNode): boolean {
  return hasWithin(core, owner.body, (one) => setsPasswordAt(core, one));
}

/** The old password, a code or a second factor: a proof beside the token. */
const PROOFS =
  /old_?pass|current_?pass|\botp|_otp|totp|passcode|pin_?code|(?:reset|verification)_?code|\bcode\b|compare/iu;

/** `Ticket.findOne({ userId, token })`, `assertUnused(token)`, `kept !== token`: the token is asked about once more. */
function isAskedAbout(core: Core, { node, token }: Operation, owner: FunctionNode): boolean {
  const held = token === undefined ? undefined : unwrap(token.node);
  if (held === undefined) return false;
  const written = core.fileOf(held).text.slice(...held.range);
  return (
    inside(core.fileOf(node).index.calls, owner).some(
      (call) => !contains(call, node) && isGiven(core, call, held),
    ) || hasWithin(core, owner.body, (one) => isComparedWith(core, one, written))
  );
}

/** `kept !== req.body.token`: only the one on record will do. */
function isComparedWith(core: Core, node: Node, written: string): boolean {
  return (
    node.type === "BinaryExpression" &&
    /^[!=]==?$/u.test(node.operator) &&
    [node.left, node.right].some(
      (side) => core.fileOf(side).text.slice(...side.range) === written,
    ) &&
    ![node.left, node.right].some((side) => isNullish(side) || isLiteral(side))
  );
}
