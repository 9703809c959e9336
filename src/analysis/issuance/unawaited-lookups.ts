import type { Analysis } from "../analysis.ts";
import type { Core } from "../core.ts";
import { responseCalls } from "../answers/response-calls.ts";
import { pendingLookUp } from "../data/pending-records.ts";
import type { Pending } from "../data/pending-records.ts";
import type { SourceFile } from "../files/source-file.ts";
import { initOf, readsOf } from "../files/variables.ts";
import { conditionsAt } from "../flow/conditions.ts";
import { promiseFate } from "../flow/promise-fate.ts";
import { isPasswordName, MAY_NAME_PASSWORDS } from "../payloads/sensitive-names.ts";
import {
  calleeName,
  dottedPath,
  enclosingFunction,
  memberName,
  parentOf,
  staticKey,
  unwrap,
} from "../syntax.ts";
import type { CallNode, Node } from "../syntax.ts";
import { hasWithin } from "../within.ts";
import { signedTokens } from "./signed-tokens.ts";
import type { SignedToken } from "./signed-tokens.ts";
import type { UnawaitedProof } from "./unawaited-proofs.ts";

/**
 * Somebody is looked up by his password before a token is signed, and nobody waits for whom that finds:
 * `const user = User.findOne({ where: { name, password } }); if (!user) return refuse();`: a promise is always there. Only of
 * calls that give one, and of what is asked for nothing but whether it is there: a program that goes on to read `user.id`
 * has a store which answers at once, or it would not work for anybody. Where the model is known to give promises, it does
 * not work: what is signed says nothing, and passes all the same.
 */
export function unawaitedLookups(analysis: Analysis): UnawaitedProof[] {
  const { core, file } = analysis;
  if (
    !(MAY_NAME_PASSWORDS.test(file.text) || /secret/iu.test(file.text)) ||
    ANSWERS_AT_ONCE.test(file.text)
  )
    return [];
  return signedTokens(analysis).flatMap((token) => {
    const owner = enclosingFunction(token.node);
    return conditionsAt(token.node, owner).flatMap(({ test, holds }) => {
      const node = holds ? givenAs(file, test) : undefined;
      if (node === undefined) return [];
      const call = lookUpIn(node);
      const pending = asksByPassword(core, call) ? pendingLookUp(core, call) : undefined;
      const isOpen = pending !== undefined && !isUsed(core, node, pending, token);
      return isOpen ? [{ node, name: calleeName(call), signedBy: token.name }] : [];
    });
  });
}

/** Packages whose look-ups answer at once, by names that others have as well. */
const ANSWERS_AT_ONCE = /["'](?:better-sqlite3|lowdb|lokijs|node:sqlite|meteor\/)/u;

/** The call whose answer a test asks for. */
function givenAs(file: SourceFile, test: Node): CallNode | undefined {
  const node = unwrap(test);
  const given = node.type === "Identifier" ? initOf(file, node) : node;
  return given?.type === "CallExpression" ? given : undefined;
}

/** Methods of a query that give the query, or what it finds. */
const OF_QUERY = /^(?:exec|lean|select|populate|orFail)$/u;

/** `User.findOne(…)` of `User.findOne(…).lean().exec()` */
function lookUpIn(call: CallNode): CallNode {
  const callee = unwrap(call.callee);
  const inner = callee.type === "MemberExpression" ? unwrap(callee.object) : undefined;
  const isOfQuery =
    callee.type === "MemberExpression" &&
    inner?.type === "CallExpression" &&
    OF_QUERY.test(memberName(callee) ?? "");
  return isOfQuery ? lookUpIn(inner) : call;
}

const PASSWORD = /^(?:\w*pass(?:word|wd|phrase|code)?|pwd|\w*_?pin)$/iu;

/** `row.password === client.password`, `row.secret === given.clientSecret` */
const isSecret = (name: string | undefined): boolean =>
  name !== undefined && (isPassword(name) || /secret$/iu.test(name));

const isPassword = (name: string | undefined): boolean =>
  name !== undefined && (PASSWORD.test(name) || isPasswordName(name));

/**
 * `{ where: { password: hash } }`, `findAccount(name, password)`, and `isKnownClient(client)` whose body compares one;
 * `select: { password: true }` is no condition.
 */
function asksByPassword(core: Core, call: CallNode): boolean {
  if (comparesPassword(core, call)) return true;
  return call.arguments.some(
    (given) =>
      isPassword(dottedPath(given)?.at(-1)) ||
      hasWithin(
        core,
        given,
        (part) =>
          part.type === "Property" &&
          isPassword(staticKey(part.key, part.computed)) &&
          unwrap(part.value).type !== "Literal",
      ),
  );
}

function comparesPassword(core: Core, { callee }: CallNode): boolean {
  const asked = core.evaluate(callee);
  return (
    asked.type === "function" &&
    asked.node.async &&
    hasWithin(
      core,
      asked.node.body,
      (part) =>
        part.type === "BinaryExpression" &&
        /^===?$/u.test(part.operator) &&
        [part.left, part.right].every((side) => dottedPath(side) !== undefined) &&
        [part.left, part.right].some((side) => isSecret(dottedPath(side)?.at(-1))),
    )
  );
}

/** Is it waited for, handed on or read, wherever it is held? What only the token says of it changes nothing. */
function isUsed(core: Core, call: CallNode, pending: Pending, { node }: SignedToken): boolean {
  if (promiseFate(core, call).kind !== "used-as-result") return true;
  const holder = parentOf(call);
  return (
    holder?.type === "VariableDeclarator" &&
    readsOf(core.fileOf(call), holder.id).some((read) => {
      const member = parentOf(read);
      return (
        member?.type === "MemberExpression" &&
        !(pending === "for-sure" && isSaid(core, member, node))
      );
    })
  );
}

/**
 * `jwt.sign({ id: user.id }, key)`, `res.json({ token, name: user.name })`. To call a method of it would throw, and so would
 * to read on in what is not there; what is asked of it refuses.
 */
function isSaid(core: Core, member: Node, token: CallNode): boolean {
  let at = member;
  for (
    let by = parentOf(at);
    /^Property$|^ObjectExpression$/u.test(by?.type ?? "");
    by = parentOf(at)
  )
    at = by ?? at;
  const by = parentOf(at);
  // `const claims = { id: user.id }; jwt.sign(claims, key)`
  const places =
    by?.type === "VariableDeclarator" && by.id.type === "Identifier"
      ? readsOf(core.fileOf(by), by.id)
      : [at];
  return (
    at !== member &&
    places.every((place) => {
      const call = parentOf(place);
      return call === token
        ? token.arguments[0] === place
        : call !== undefined && responseCalls(call).length > 0;
    })
  );
}
