import type { Core } from "../core.ts";
import { AFTERWARDS, chainOf, methodsOf } from "../values/call-chains.ts";
import { initOf } from "../files/variables.ts";
import { byName } from "../memo.ts";
import { saidByClient } from "../network/request.ts";
import { calleeName, isFunction, memberName, parentOf, unwrap, wrapped } from "../syntax.ts";
import type { CallNode, Node } from "../syntax.ts";
import { hasWithin } from "../within.ts";
import { isMail } from "./mails.ts";
import { isOnlyWho, mayAskByName } from "./told-only-who.ts";

/**
 * `await cache.setEx(id, 600, ticket);`, `bus.emit("entered", { userId });`: what only writes something down, sends it or
 * tells of it, and whose answer nobody reads, asks nothing of whoever sends the request, before the signature or behind it.
 * So does a part of the way to such a call: `db.ref("visits").child(userId)` of `….set({ at })`.
 *
 * Not what is told something that may be the proof, since it may refuse the wrong one (`links.delete({ where: { token } })`),
 * nor a function in sight, which says itself what it does.
 */
export function isMereWrite(core: Core, node: Node): boolean {
  if (node.type !== "CallExpression") return false;
  if (isRenewal(core, node)) return true;
  const call = chainOf(node).at(-1) ?? node;
  const verbs = methodsOf(node);
  const verb = verbs.find(writes);
  if (verb === undefined || verbs.some((one) => OF_HTTP.test(one)) || !isUnread(call)) return false;
  const callee = unwrap(call.callee);
  const { text } = core.fileOf(call);
  if (mayAskByName(text.slice(...callee.range)) || core.evaluate(callee).type === "function")
    return false;
  // The first step of a proof that is asked for later: `mailer.send({ to: email, html })`, `cache.set(email, code)`
  if (isMail(call) || call.arguments.some((one) => OF_STEPS.test(text.slice(...one.range))))
    return false;
  // Of what is taken away, the right name may be all that is asked for.
  const isTold = TAKES_AWAY.test(verb)
    ? call.arguments.every((one) => isOnlyWho(core, one))
    : call.arguments.every((one) => !mayAnswer(one));
  return isTold && !hasWithin(core, call, (part) => mayProve(core, part));
}

/** `await accounts.renewNonce(address);` makes what the next one is asked for; a session that is renewed has to be there. */
function isRenewal(core: Core, call: CallNode): boolean {
  return (
    RENEWS.test(calleeName(call).split(".").at(-1) ?? "") &&
    isUnread(call) &&
    call.arguments.every((one) => isOnlyWho(core, one))
  );
}

const RENEWS = /^(?:renew|rotate|regenerate|refresh|reset)\w*(?:Nonce|Challenge|Otp|OTP|Code)$/u;

const OF_STEPS = /otp|\bpin\b|code|magic|\blink|challenge|nonce|verif/iu;

/** What methods do that give their answer to nobody; `post` and `patch` of a client ask another server. */
const WRITES =
  /^(?:create|insert|add|upsert|save|store|persist|[hm]?set(?:ex|nx)?|[lr]push|push|append|[sz]add|send|emit|publish|broadcast|notify|enqueue|log|track|record|h?incr(?:by|ement)?|expire|touch|delete|del|remove|destroy|invalidate|clear)(?![a-z])/u;

/** `await superagent.post(url).send({ userId })` fails where the other server says no. */
const OF_HTTP = /^(?:get|post|put|patch|query)$/u;

const TAKES_AWAY = /^(?:del|remove|destroy|invalidate|clear)/u;

/** `sendRequest(…)` waits for an answer, and `addOrThrow(…)` refuses. */
const ASKS = /request|command|query|rpc|(?:Or|If|And)[A-Z]/u;

const writes = byName((name): boolean => WRITES.test(name) && !ASKS.test(name));

/** Does nobody read what a call answers, by itself or among others: `await Promise.all([notify(id), log(id)]);`? */
function isUnread(call: CallNode): boolean {
  const node = wrapped(call);
  const by = parentOf(node);
  switch (by?.type) {
    case "ExpressionStatement":
      return true;
    case "UnaryExpression":
      return by.operator === "void";
    case "ArrayExpression":
      return isOfAll(parentOf(by));
    case "ArrowFunctionExpression": {
      // `Promise.all(people.map((one) => channel.add(one)))`
      const mapped = parentOf(by);
      const isMapped = mapped?.type === "CallExpression" && calleeName(mapped).endsWith(".map");
      return isMapped && isOfAll(parentOf(mapped));
    }
    case "MemberExpression": {
      const outer = parentOf(by);
      if (outer?.type !== "CallExpression" || outer.callee !== by) return false;
      const [then] = outer.arguments;
      const isReadThere =
        memberName(by) === "then" &&
        (then === undefined || !isFunction(then) || then.params.length > 0);
      return AFTERWARDS.test(memberName(by) ?? "") && !isReadThere && isUnread(outer);
    }
    default:
      return false;
  }
}

function isOfAll(all: Node | undefined): boolean {
  return (
    all?.type === "CallExpression" &&
    /^Promise\.all(?:Settled)?$/u.test(calleeName(all)) &&
    isUnread(all)
  );
}

/** A callback that is given more than an error reads what comes back: `bus.emit("ask", id, (answer) => …)` */
function mayAnswer(argument: Node): boolean {
  const node = unwrap(argument);
  if (!isFunction(node)) return false;
  const [error, ...more] = node.params;
  return more.length > 0 || (error?.type === "Identifier" && !/^_?e(?:rr\w*)?$/u.test(error.name));
}

/** The request, all that it says, or what of it may be a proof, also in a name that is made of it. */
function mayProve(core: Core, part: Node, isWritten = true): boolean {
  const by = parentOf(part);
  // Of `req.body.email` the whole is looked at.
  if (by?.type === "MemberExpression" && by.object === part) return false;
  if (part.type !== "Identifier" && part.type !== "MemberExpression") return false;
  const said = saidByClient(core, part);
  if (said !== undefined) return TOLD_PROOF.test(said.split(".").at(-1) ?? "");
  if (part.type !== "Identifier") return false;
  const file = core.fileOf(part);
  if (REQUEST.test(part.name) && file.variableOf(part)?.defs[0]?.type === "Parameter") return true;
  const init = isWritten ? initOf(file, part) : undefined;
  return (
    init !== undefined &&
    unwrap(init).type === "CallExpression" &&
    hasWithin(core, init, (one) => mayProve(core, one, false))
  );
}

const REQUEST = /^_?(?:req|request|ctx|context|event)$/u;

const TOLD_PROOF =
  /pass|pwd|\bpin\b|otp|code|secret|key|token|jwt|verif|hash|sign|proof|captcha|credential|answer|response|challenge|ticket|assertion|(?:^|\.)(?:body|query|params|data|input|payload)$/iu;
