import type { Analysis } from "../analysis.ts";
import type { Core } from "../core.ts";
import type { SourceFile } from "../files/source-file.ts";
import { initOf, readsOf } from "../files/variables.ts";
import { conditionsAt } from "../flow/conditions.ts";
import { promiseFate } from "../flow/promise-fate.ts";
import {
  calleeName,
  dottedPath,
  enclosingFunction,
  isFunction,
  memberName,
  parentOf,
  propertyValue,
  rootOf,
  staticKey,
  unwrap,
} from "../syntax.ts";
import type { CallNode, Node } from "../syntax.ts";
import { importSource } from "../values/whole-files.ts";
import { hasWithin } from "../within.ts";
import { signedTokens } from "./signed-tokens.ts";
import type { UnawaitedProof } from "./unawaited-proofs.ts";

/**
 * Somebody is looked up by his password before a token is signed, and nobody waits for whom that finds:
 * `const user = User.findOne({ where: { name, password } }); if (!user) return refuse();`: a promise is always there. Only of
 * calls that certainly give one, and of what is asked for nothing but whether it is there: a program that goes on to read
 * `user.id` has a store which answers at once, or it would not work for anybody.
 */
export function unawaitedLookups(analysis: Analysis): UnawaitedProof[] {
  const { core, file } = analysis;
  if (!SPEAKS_OF_PASSWORDS.test(file.text) || ANSWERS_AT_ONCE.test(file.text)) return [];
  return signedTokens(analysis).flatMap((token) => {
    const owner = enclosingFunction(token.node);
    return conditionsAt(token.node, owner).flatMap(({ test, holds }) => {
      const node = holds ? givenAs(file, test) : undefined;
      if (node === undefined) return [];
      const call = lookUpIn(node);
      const isOpen = asksByPassword(core, call) && givesPromise(core, call) && !isUsed(core, node);
      return isOpen ? [{ node, name: calleeName(call), signedBy: token.name }] : [];
    });
  });
}

/** Asked before anything else is. */
const SPEAKS_OF_PASSWORDS = /pass|pwd|pin\b/iu;

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

/** `{ where: { password: hash } }`, `findAccount(name, password)`; `select: { password: true }` is no condition. */
function asksByPassword(core: Core, call: CallNode): boolean {
  return call.arguments.some(
    (given) =>
      PASSWORD.test(dottedPath(given)?.at(-1) ?? "") ||
      hasWithin(
        core,
        given,
        (part) =>
          part.type === "Property" &&
          PASSWORD.test(staticKey(part.key, part.computed) ?? "") &&
          unwrap(part.value).type !== "Literal",
      ),
  );
}

/** Methods that only mappers have, which give promises, or queries that have to be awaited as well … */
const OF_MAPPERS =
  /^(?:findByPk|findUnique|findUniqueOrThrow|findFirstOrThrow|findOneByOrFail|findOneOrFail|findOneAndUpdate|findByIdAndUpdate|countDocuments)$/u;

/** … and those that other stores have as well, whose answer may be there at once. */
const OF_OTHERS = /^(?:findOne|findOneBy|findFirst|findById|findAll)$/u;

const MAPPERS =
  /["'](?:mongoose|sequelize(?:-typescript)?|typeorm|@nestjs\/(?:mongoose|sequelize|typeorm)|@mikro-orm\/[\w-]+)["']/u;

/** `../models`, `./models/user`, `@/entities/user.entity`, `./user.model` */
const OF_MODELS = /(?:^|[/._-])(?:models?|entit(?:y|ies)|schemas?)(?:[/.]|$)/iu;

function givesPromise(core: Core, call: CallNode): boolean {
  // A callback takes the answer.
  if (call.arguments.some((one) => isFunction(unwrap(one)))) return false;
  const target = core.evaluate(call.callee);
  if (target.type === "function") return target.node.async;
  const callee = unwrap(call.callee);
  const method = callee.type === "MemberExpression" ? (memberName(callee) ?? "") : "";
  if (OF_MAPPERS.test(method)) return true;
  if (!OF_OTHERS.test(method)) return false;
  const file = core.fileOf(call);
  const source = importSource(file.variableOf(rootOf(call.callee)))?.value ?? "";
  const [conditions] = call.arguments;
  const isOfMapper =
    conditions?.type === "ObjectExpression" && propertyValue(conditions, "where") !== undefined;
  return (
    (MAPPERS.test(file.text) && (isOfMapper || enclosingFunction(call)?.async === true)) ||
    (OF_MODELS.test(source) && isOfMapper)
  );
}

/** Is it waited for, handed on or read, wherever it is held? */
function isUsed(core: Core, call: CallNode): boolean {
  if (promiseFate(core, call).kind !== "used-as-result") return true;
  const holder = parentOf(call);
  return (
    holder?.type === "VariableDeclarator" &&
    readsOf(core.fileOf(call), holder.id).some(
      (read) => parentOf(read)?.type === "MemberExpression",
    )
  );
}
