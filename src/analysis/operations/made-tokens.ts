import type { Core } from "../core.ts";
import type { SourceFile } from "../files/source-file.ts";
import { mentionsJwt } from "../gate.ts";
import { byObject } from "../memo.ts";
import {
  calleeName,
  contains,
  enclosingFunction,
  functionName,
  parentOf,
  wrapped,
} from "../syntax.ts";
import type { CallNode, FunctionNode } from "../syntax.ts";
import { callSites } from "../values/call-sites.ts";
import { boundNames } from "../values/exports.ts";
import { requiredBy } from "../values/required.ts";
import { settledWith } from "../values/settled.ts";
import { may } from "../values/value.ts";
import type { Argument } from "./arguments.ts";
import { operationsAt } from "./operations.ts";
import type { Operation } from "./operations.ts";
import { broughtTo, leftOutOf } from "./wrappers.ts";

/**
 * Through which calls does the program make its tokens? One function often signs them all, and what each is
 * for and whose it is stands at its calls.
 */
export interface MadeToken {
  readonly operation: Operation;
  /** The call that gives it: of the library, or of a function of the program. */
  readonly node: CallNode;
  readonly payload: Argument | undefined;
  readonly key: Argument | undefined;
}

/** How many imported files are looked at. */
const MAX_FILES = 12;

/** The operations of the files that the linted file imports. */
export const importedOperations = byObject((core: Core): readonly Operation[] => {
  const files = new Set<SourceFile>();
  const sources = [
    ...core.file.statements.flatMap((one) => (one.type === "ImportDeclaration" ? one.source : [])),
    ...requiredBy(core.file).map(({ source }) => source),
  ];
  for (const source of sources) {
    if (files.size >= MAX_FILES) break;
    if (!core.mentionsJwt(core.file, source)) continue;
    const file = core.resolve(core.file, source);
    if (file !== undefined && file !== core.file && mentionsJwt(file.text)) files.add(file);
  }
  return [...files].flatMap((file) => file.index.calls.flatMap((call) => operationsAt(core, call)));
});

/** The calls of the function in which an operation stands, each with what it brings; none where nobody calls it. */
export function madeThrough(core: Core, operation: Operation): MadeToken[] {
  const { payload, key } = operation;
  const owner = giverOf(core, operation);
  if (owner === undefined) return [];
  return [...callSites(core, owner).calls, ...callsFromHere(core, owner)].map((call) => ({
    operation,
    node: call,
    payload: broughtOrOwn(core, owner, call, payload),
    key: broughtOrOwn(core, owner, call, key),
  }));
}

/**
 * The function that gives the token to its callers: the one that an operation stands in, or the one around the promise that
 * its callback settles, `(uid) => new Promise((resolve, reject) => jwt.sign({ uid }, key, (error, token) => … resolve(token)))`.
 */
export function giverOf(core: Core, { node, callback }: Operation): FunctionNode | undefined {
  const owner = enclosingFunction(node);
  const promise = owner === undefined ? undefined : parentOf(owner);
  if (promise?.type !== "NewExpression" || calleeName(promise) !== "Promise") return owner;
  const file = core.fileOf(node);
  const token = callback?.function?.params[1];
  const given = token === undefined ? undefined : file.variableOf(token);
  const isGiven = settledWith(core, promise).some(
    (one) => contains(one, node) || (given !== undefined && file.variableOf(one) === given),
  );
  return isGiven ? enclosingFunction(promise) : owner;
}

/** What a part of an operation is at a call of its function: what the call brings, or what the function fixes. */
export function broughtOrOwn<Part extends Argument | undefined>(
  core: Core,
  owner: FunctionNode,
  call: CallNode,
  part: Part,
): Argument | Part {
  return broughtTo(core, owner, call, part) ?? leftOutOf(core, owner, part) ?? part;
}

/** Where the linted file calls a function of another one, by whatever name it has imported it. */
function callsFromHere(core: Core, owner: FunctionNode): readonly CallNode[] {
  const from = core.fileOf(owner);
  if (from === core.file) return [];
  const own = functionName(owner);
  const names = new Set([...(own === undefined ? [] : [own]), ...importedFrom(core, from)]);
  return [...names]
    .flatMap((name) => core.file.index.called.get(name) ?? [])
    .filter(({ callee }) =>
      may(core.evaluate(callee), (one) => one.type === "function" && one.node === owner),
    );
}

/** The names that the linted file gives to what it imports from another one. */
function importedFrom(core: Core, from: SourceFile): string[] {
  const { file } = core;
  const imported = file.statements.flatMap((one) =>
    one.type === "ImportDeclaration" && core.resolve(file, one.source) === from
      ? one.specifiers.map(({ local }) => local.name)
      : [],
  );
  const required = requiredBy(file).flatMap(({ node, source }) => {
    const holder = core.resolve(file, source) === from ? parentOf(wrapped(node)) : undefined;
    return holder?.type === "VariableDeclarator"
      ? boundNames(holder.id).map(({ name }) => name)
      : [];
  });
  return [...imported, ...required];
}
