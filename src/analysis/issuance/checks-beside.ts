import type { Core } from "../core.ts";
import { calleeName, enclosingFunction } from "../syntax.ts";
import type { FunctionNode, Node } from "../syntax.ts";
import { saidByClient } from "../network/request.ts";
import { hasWithin } from "../within.ts";
import { comparesProof } from "./comparisons.ts";
import { mayProve } from "./told-only-who.ts";

/**
 * `exports.checkCredentials = async (req, res, next) => { … compare(req.body.password, user.hash) …; next(); };` beside
 * `exports.login = (req, res) => …`: the one is mounted before the other, in a file that nobody has seen. A guard that asks
 * for a token stands before other handlers.
 */
export function isBesideCheck(core: Core, handler: FunctionNode): boolean {
  const passing = (core.fileOf(handler).index.called.get("next") ?? []).filter(
    (call) => call.arguments.length === 0,
  );
  return passing.some((call) => {
    const check = givenNext(call);
    return check !== undefined && readsProof(core, check) && compares(core, check);
  });
}

/** The function whose third parameter is called. */
function givenNext(call: Node): FunctionNode | undefined {
  let owner = enclosingFunction(call);
  while (owner !== undefined && owner.params.length < 3) owner = enclosingFunction(owner);
  return owner;
}

function readsProof(core: Core, { body }: FunctionNode): boolean {
  return hasWithin(core, body, (part) => {
    const said = saidByClient(core, part) ?? "";
    return said.includes("body") && mayProve(said.split(".").at(-1) ?? "");
  });
}

/** To ask how long a password is, and to make its hash for a new account, is no check; `user.otp !== req.body.otp` is one. */
function compares(core: Core, { body }: FunctionNode): boolean {
  return hasWithin(
    core,
    body,
    (part) =>
      (part.type === "CallExpression" && COMPARES.test(calleeName(part))) ||
      (part.type === "BinaryExpression" &&
        /^[!=]==?$/u.test(part.operator) &&
        comparesProof(core, [part.left, part.right], false)),
  );
}

const COMPARES =
  /(?:^|\.)(?:compare|verify|match(?:es)?|timingSafeEqual|check_?password|validate_?password|is_?valid_?password)\w*$/iu;
