import type { Analysis } from "../analysis.ts";
import type { SourceFile } from "../files/source-file.ts";
import { promiseFate } from "../flow/promise-fate.ts";
import { byObject } from "../memo.ts";
import { calleeName, contains, enclosingFunction, parentOf, rootOf, wrapped } from "../syntax.ts";
import type { CallNode } from "../syntax.ts";
import { importSource } from "../values/whole-files.ts";
import { signedTokens } from "./signed-tokens.ts";
import { unawaitedLookups } from "./unawaited-lookups.ts";

/**
 * A password is compared, or somebody is looked up by it, and nobody waits for the answer: a promise is always truthy.
 */
export interface UnawaitedProof {
  readonly node: CallNode;
  /** What compares, or looks up. */
  readonly name: string;
  /** What signs the token behind it. */
  readonly signedBy: string;
}

/** … also where another function of the file signs. */
type UnawaitedComparison = Omit<UnawaitedProof, "signedBy"> & {
  readonly signedBy: string | undefined;
};

/** Packages whose comparisons give a promise, unless they are given a callback. */
const PACKAGES = /^(?:bcrypt|bcryptjs|bcrypt-ts|argon2|@node-rs\/(?:bcrypt|argon2))$/u;

const COMPARED = ["compare", "verify"];

/** The calls by which a file compares passwords with their hashes. */
export const passwordComparisons = byObject((file: SourceFile): readonly CallNode[] =>
  [...COMPARED, ...COMPARED.map((name) => `${name}Sync`)]
    .flatMap((name) => file.index.called.get(name) ?? [])
    .filter((call) =>
      PACKAGES.test(importSource(file.variableOf(rootOf(call.callee)))?.value ?? ""),
    ),
);

export function unawaitedProofs(analysis: Analysis): UnawaitedComparison[] {
  return [...unawaitedComparisons(analysis), ...unawaitedLookups(analysis)];
}

function unawaitedComparisons(analysis: Analysis): UnawaitedComparison[] {
  const { core, file } = analysis;
  return passwordComparisons(file).flatMap((node) => {
    if (calleeName(node).endsWith("Sync")) return [];
    if (promiseFate(core, node).kind !== "used-as-result") return [];
    const asking = enclosingFunction(node);
    // What a list is asked by is a part of the function that asks.
    const isAnswer = asking !== undefined && isAnswered(node);
    const owner = isAnswer ? enclosingFunction(asking) : asking;
    const tokens = signedTokens(analysis);
    const token = tokens.find(
      (one) =>
        owner !== undefined && contains(owner, one.node) && one.node.range[0] > node.range[0],
    );
    // Of a program without tokens nothing is said.
    return tokens.length === 0 ? [] : [{ node, name: calleeName(node), signedBy: token?.name }];
  });
}

/** `(one) => compare(code, one.hash)`, `async (one) => await compare(code, one.hash)` */
function isAnswered(call: CallNode): boolean {
  return /^(?:ArrowFunctionExpression|ReturnStatement)$/u.test(parentOf(wrapped(call))?.type ?? "");
}
