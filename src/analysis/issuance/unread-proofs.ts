import type { Analysis } from "../analysis.ts";
import type { Core } from "../core.ts";
import { isLogStatement, isLogged } from "../logging.ts";
import { readsOf } from "../files/variables.ts";
import {
  calleeName,
  contains,
  enclosingFunction,
  isFunction,
  parentOf,
  statementsIn,
  unwrap,
  wrapped,
} from "../syntax.ts";
import type { CallNode, Node } from "../syntax.ts";
import { must } from "../values/value.ts";
import { isOneWay } from "./new-records.ts";
import { signedTokens } from "./signed-tokens.ts";
import { passwordComparisons } from "./unawaited-proofs.ts";
import type { UnawaitedProof } from "./unawaited-proofs.ts";

/**
 * A password is compared before a token is signed, and nothing looks at the answer: `await compare(password, hash);`
 * as a statement, or `compare(password, hash, (error, same) => { if (error) return refuse(); … })`. A wrong password
 * is no error (bcrypt 6.0.0, bcryptjs 3.0.3, argon2 0.45.1). Not where the file also compares and looks: the other one then only
 * takes the time that a password takes.
 */
export function unreadProofs(analysis: Analysis): UnawaitedProof[] {
  const { core, file } = analysis;
  const compared = passwordComparisons(file);
  return compared.flatMap((node) => {
    const answered = answeredIn(core, node);
    if (answered === undefined || isForTime(core, node)) return [];
    const { owner, isInside } = answered;
    const isOther = (one: CallNode): boolean => one !== node && contains(owner, one);
    if (compared.some(isOther)) return [];
    const token = signedTokens(analysis).find(
      (one) =>
        contains(owner, one.node) &&
        one.node.range[0] > node.range[0] &&
        (isInside || !isOneWay(node, one.node)),
    );
    return token === undefined ? [] : [{ node, name: calleeName(node), signedBy: token.name }];
  });
}

interface Answered {
  /** The function that goes on whatever the answer is. */
  readonly owner: Node;
  /** It is the callback, which is called with the answer. */
  readonly isInside: boolean;
}

/** @returns undefined where something looks at the answer, or may */
function answeredIn(core: Core, call: CallNode): Answered | undefined {
  const last = call.arguments.at(-1);
  const callback = last === undefined ? undefined : unwrap(last);
  if (isFunction(callback)) {
    const [error, answer] = callback.params;
    const isUnread =
      error?.type === "Identifier" &&
      (answer === undefined || (answer.type === "Identifier" && isOnlyLogged(core, answer)));
    return isUnread ? { owner: callback, isInside: true } : undefined;
  }
  const owner = enclosingFunction(call);
  // A callback in a variable, or one of several arguments
  if (owner === undefined || call.arguments.length !== 2) return undefined;
  const holder = parentOf(wrapped(call));
  const isUnread =
    holder?.type === "ExpressionStatement" ||
    (holder?.type === "VariableDeclarator" && isOnlyLogged(core, holder.id));
  return isUnread ? { owner, isInside: false } : undefined;
}

function isOnlyLogged(core: Core, name: Node): boolean {
  return readsOf(core.fileOf(name), name).every((read) => isLogged(read) || isLoggedFor(read));
}

/** `if (!same) console.log("wrong password");`: it is written down, and nobody is turned away. */
function isLoggedFor(read: Node): boolean {
  const not = parentOf(wrapped(read));
  const isDenied = not?.type === "UnaryExpression" && not.operator === "!";
  const by = parentOf(wrapped(isDenied ? not : read));
  if (by?.type !== "IfStatement" || by.alternate !== null) return false;
  return (statementsIn(by.consequent) ?? [by.consequent]).every(isLogStatement);
}

/** `await compare(password, DUMMY_HASH);`, so that an answer takes as long for a name that nobody has. */
function isForTime(core: Core, call: CallNode): boolean {
  return call.arguments.some(
    (one) =>
      must(core.evaluate(one), ({ type }) => type === "literal") ||
      /dummy|fake|decoy|timing|placeholder/iu.test(core.fileOf(one).text.slice(...one.range)),
  );
}
