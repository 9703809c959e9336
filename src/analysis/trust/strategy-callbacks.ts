import { isRefusedBehind } from "../guards/next-in-chain.ts";
import {
  isGuardByName,
  isMeantOpen,
  isOptionalByName,
  roleName,
} from "../answers/function-roles.ts";
import type { Core } from "../core.ts";
import { isStandIn } from "../files/stand-ins.ts";
import { calleeName, enclosingFunction, isFunction, textOf, unwrap } from "../syntax.ts";
import type { CallNode, FunctionNode, Node } from "../syntax.ts";
import { endOfRefused, REFUSALS } from "./refused-runs.ts";

/** A guard that goes on whatever passport tells it. */
export interface DeafCallback {
  /** The parameter that says whether there is a user, or the callback. */
  readonly node: Node;
  /** The guard, by its name. */
  readonly guard: string;
}

/**
 * `passport.authenticate("jwt", options, (error, user) => { req.user = user; next(); })(req, res, next)` in a guard that by
 * its name nobody passes without a token: whoever is given a callback decides himself, and is called with `(null, false, info)`
 * where the token is missing, forged or expired (passport 0.7). Without such a name it may only find out who is there.
 */
export function deafCallbacks(core: Core): DeafCallback[] {
  const { file } = core;
  const calls = (file.index.called.get("authenticate") ?? []).filter((call) => isForTokens(call));
  // Resolvers of GraphQL ask for the user themselves.
  if (calls.length === 0 || isStandIn(file) || /graphql|apollo|\bgql\b/iu.test(file.code))
    return [];
  return calls.flatMap((call) => {
    const callback = callbackOf(core, call);
    const owner = namedAround(core, call);
    if (callback === undefined || owner === undefined || !isClosed(core, owner)) return [];
    if (!REFUSALS.every((refusal) => goesOn(core, callback, refusal))) return [];
    const node = callback.params[1] ?? callback.params[0] ?? callback;
    return isRefusedBehind(core, { node: call }, owner)
      ? []
      : [{ node, guard: roleName(core, owner) ?? "" }];
  });
}

/** Of several strategies each may find the user; `anonymous` lets everybody pass, and means to. */
function isForTokens(call: CallNode): boolean {
  const [strategy] = call.arguments;
  const isOfPassport = /passport\w*\.authenticate$/iu.test(calleeName(call));
  if (!isOfPassport || strategy === undefined) return false;
  const written = unwrap(strategy);
  const names = written.type === "ArrayExpression" ? written.elements : [written];
  return names.every((one) => /jwt|bearer|token/iu.test((one && textOf(one)) ?? ""));
}

/** What is given last, where it stands or is declared in the file. */
function callbackOf(core: Core, { arguments: given }: CallNode): FunctionNode | undefined {
  const last = given.at(-1);
  const written = last === undefined ? undefined : unwrap(last);
  if (written === undefined || isFunction(written)) return written;
  const value = core.evaluate(written);
  return value.type === "function" && core.fileOf(value.node) === core.file
    ? value.node
    : undefined;
}

/** The function around it that has a name: `const requireUser = () => (req, res, next) => …` */
function namedAround(core: Core, call: Node): FunctionNode | undefined {
  let owner = enclosingFunction(call);
  while (owner !== undefined && roleName(core, owner) === undefined)
    owner = enclosingFunction(owner);
  return owner;
}

function isClosed(core: Core, owner: FunctionNode): boolean {
  return (
    isGuardByName(core, owner) &&
    !isOptionalByName(core, owner) &&
    !isMeantOpen(roleName(core, owner) ?? "")
  );
}

/** Does it come to `next()` where the token is refused? What is handed to anything else may be asked there. */
function goesOn(core: Core, callback: FunctionNode, refusal: (typeof REFUSALS)[number]): boolean {
  const [error, user, info] = callback.params;
  const rest = error?.type === "RestElement" ? nameOf(error.argument) : undefined;
  const falsy = rest === undefined ? [nameOf(error), nameOf(user)] : [`${rest}.0`, `${rest}.1`];
  const scenario = {
    ...refusal,
    falsy: new Set(falsy.filter((name) => name !== undefined)),
    info: nameOf(info),
  };
  const end = endOfRefused(core, callback.body, scenario, {
    passes: (expression, truthOf) =>
      expression.type === "CallExpression" &&
      calleeName(expression) === "next" &&
      // Of a failure the error is `null`.
      expression.arguments.every((one) => truthOf(one) === false),
    returned: () => "stops",
  });
  return end === "lets-through";
}

function nameOf(parameter: Node | undefined): string | undefined {
  return parameter?.type === "Identifier" ? parameter.name : undefined;
}
