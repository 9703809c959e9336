import type { Core } from "../core.ts";
import { isStandIn } from "../files/stand-ins.ts";
import { conditionsAt } from "../flow/conditions.ts";
import type { Operation } from "../operations/operations.ts";
import { calleeName, contains, parentOf, textOf, unwrap } from "../syntax.ts";
import type { CallNode, FunctionNode, Node } from "../syntax.ts";
import { stringOf, truthiness } from "../values/value.ts";
import { deniesMissing, isAboutToken } from "./presence-only.ts";
import { responseCalls } from "../answers/response-calls.ts";
import { handlesToken } from "./unhandled-tokens.ts";
import { refuses } from "./unheld-refusals.ts";

/** Words of which one stands in every answer that is looked for; asked before anything else is. */
const WORDS = /authenticated|authori[sz]ed|logged|signed_?in|valid/iu;

/**
 * `if (!req.cookies.jwt) res.sendStatus(401); else res.json({ authenticated: true });`: a route says that somebody is
 * signed in who brings any token, and hands it to nothing that could verify it. What stands in front of the route,
 * in its list or for all of them, may have done so.
 *
 * @param operations of the file: what is verified there may be the same token
 * @returns the answers
 */
export function presenceAnswers(core: Core, operations: readonly Operation[]): Node[] {
  const { file } = core;
  if (operations.some(({ kind }) => kind === "verify" || kind === "middleware")) return [];
  if (!WORDS.test(file.code) || isStandIn(file) || /proxy/iu.test(file.code)) return [];
  if ((file.index.called.get("use") ?? []).some((call) => isGuarded(core, call))) return [];
  return file.index.functions.flatMap((owner) => {
    const isMeant = operations.length > 0 || /jwt/iu.test(file.text.slice(...owner.range));
    if (!isMeant || !isAloneOnRoute(owner) || !deniesMissing(core, owner)) return [];
    const answers = file.index.calls.filter((call) => isYes(core, owner, call));
    return answers.length === 0 || handlesToken(core, owner) ? [] : answers;
  });
}

const GUARDS = /auth|verif|guard|protect|jwt|token|passport|session/iu;

function isGuarded(core: Core, call: CallNode): boolean {
  return call.arguments.some((one) => GUARDS.test(core.file.text.slice(...one.range)));
}

/** `router.get("/me", (req, res) => …)` */
function isAloneOnRoute(owner: FunctionNode): boolean {
  const call = parentOf(owner);
  if (call?.type !== "CallExpression") return false;
  const [path, handler] = call.arguments;
  return (
    handler === owner && textOf(path) !== undefined && /\.(?:get|post|all)$/u.test(calleeName(call))
  );
}

/** Is it answered behind the presence of a token alone that somebody is signed in? */
function isYes(core: Core, owner: FunctionNode, call: CallNode): boolean {
  if (!contains(owner, call)) return false;
  const [answer] = responseCalls(call);
  if (answer?.given === undefined || !/^(?:json|send|end)$/u.test(answer.name)) return false;
  return (
    conditionsAt(call, owner).every(({ test }) => isAboutToken(core, test)) &&
    saysSignedIn(core, answer.given) &&
    !refuses(core, call)
  );
}

const YES = /\b(?:is )?(?:authenticated|authori[sz]ed|logged[- ]?in|signed[- ]?in)\b/iu;

const NO = /\b(?:not|un\w+|no|already|log ?out)\b|n't\b/iu;

const FLAG =
  /^(?:is_?)?(?:user_?)?(?:authenticated|authori[sz]ed|logged_?in|signed_?in|valid(?:_?token)?)$/iu;

/** `"User is authenticated"`, `{ loggedIn: true }`, `{ message: "Authorized" }` */
function saysSignedIn(core: Core, given: Node): boolean {
  const value = core.evaluate(unwrap(given));
  const isText = (text: string | undefined): boolean =>
    text !== undefined && YES.test(text) && !NO.test(text);
  if (value.type !== "object") return isText(stringOf(value));
  return [...value.properties].some(
    ([name, one]) =>
      isText(stringOf(one.value)) || (FLAG.test(name) && truthiness(one.value) === true),
  );
}
