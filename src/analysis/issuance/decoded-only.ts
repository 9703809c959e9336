import type { Analysis } from "../analysis.ts";
import type { Core } from "../core.ts";
import { isLogged } from "../logging.ts";
import { inside } from "../files/inside.ts";
import { isStandIn } from "../files/stand-ins.ts";
import { objectAt, readsOf } from "../files/variables.ts";
import type { Operation } from "../operations/operations.ts";
import { calleeName, enclosingFunction, unwrap } from "../syntax.ts";
import type { CallNode, FunctionNode, Node } from "../syntax.ts";
import { isForDevelopment } from "../trust/environments.ts";
import { setsPassword } from "../data/password-changes.ts";
import { asksNothing, isUnread } from "./unasked.ts";

/** A password that is set for a token which nobody has verified. */
export interface DecodedOnly {
  readonly operation: Operation;
  /** Where the password is set. */
  readonly change: Node;
}

/**
 * `async resetPassword(token, dto) { const claims = decode(token); log(claims); await users.updatePassword(id, hash); }`:
 * a function is given the token of a link, only decodes it, and sets a password all the same. Its claims go nowhere,
 * so it is the verification that is missing, and nothing else is asked for.
 */
export function decodedOnly({ core, file, operations }: Analysis): DecodedOnly[] {
  if (!/pass|pwd/iu.test(file.text) || isStandIn(file)) return [];
  return operations.flatMap((operation) => {
    const { kind, node, token } = operation;
    const owner = kind === "decode" ? enclosingFunction(node) : undefined;
    if (owner === undefined || token === undefined || !isUnread(core, operation)) return [];
    if (!isOnlyGiven(core, owner, token.node) || isForDevelopment(core, owner)) return [];
    const change = inside(file.index.calls, owner).find(
      (call) => call.range[0] > node.range[1] && setsOne(core, call),
    );
    if (change === undefined) return [];
    const isHarmless = (_: Core, one: Node): boolean => one === node || one === change;
    return asksNothing(core, owner, { operations, isHarmless }) ? [{ operation, change }] : [];
  });
}

/** Parameters by which a function is told who has been found out to ask, or what he proves it with. */
const PROVES =
  /^_?(?:req|request|ctx|context|session|auth)|user|account|member|old|current|code|otp|id$/iu;

/** Is the token a parameter, which is only decoded and logged, beside others that prove nothing? */
function isOnlyGiven(core: Core, owner: FunctionNode, written: Node): boolean {
  const token = unwrap(written);
  const { params } = owner;
  const parameter = params.find((one) => one.type === "Identifier" && one.name === nameOf(token));
  return (
    parameter !== undefined &&
    /token|jwt|link/iu.test(nameOf(token)) &&
    readsOf(core.fileOf(owner), parameter).every((read) => read === token || isLogged(read)) &&
    params.every((one) => one === parameter || !PROVES.test(nameOf(one)))
  );
}

function nameOf(node: Node): string {
  return node.type === "Identifier" ? node.name : "";
}

/** `users.updatePassword(id, hash)`, `User.update({ password: hash }, …)` */
function setsOne(core: Core, call: CallNode): boolean {
  const name = calleeName(call);
  if (
    /(?:^|\.)(?:update|set|change|reset|save|store)_?(?:user|new)?_?(?:password|passwd|pwd)$/iu.test(
      name,
    )
  )
    return call.arguments.length > 1;
  return (
    /(?:^|\.)(?:update\w*|findBy\w*AndUpdate|findOneAndUpdate|save)$/u.test(name) &&
    call.arguments.some((one) => {
      const object = objectAt(core.fileOf(one), one);
      return object !== undefined && setsPassword(core, object);
    })
  );
}
