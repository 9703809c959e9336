import type { Analysis } from "../analysis.ts";
import { promiseFate } from "../flow/promise-fate.ts";
import { calleeName, contains, enclosingFunction, rootOf } from "../syntax.ts";
import type { CallNode } from "../syntax.ts";
import { importSource } from "../values/whole-files.ts";
import { signedTokens } from "./signed-tokens.ts";

/** A password is compared before a token is signed, and nobody waits for the answer: a promise is always truthy. */
export interface UnawaitedProof {
  readonly node: CallNode;
  /** What compares. */
  readonly name: string;
  /** What signs the token behind it. */
  readonly signedBy: string;
}

/** Packages whose comparisons give a promise, unless they are given a callback. */
const PACKAGES = /^(?:bcrypt|bcryptjs|bcrypt-ts|argon2|@node-rs\/(?:bcrypt|argon2))$/u;

const COMPARED = ["compare", "verify"];

export function unawaitedProofs(analysis: Analysis): UnawaitedProof[] {
  const { core, file } = analysis;
  const compared = COMPARED.flatMap((name) => file.index.called.get(name) ?? []).filter(
    (call) =>
      PACKAGES.test(importSource(file.variableOf(rootOf(call.callee)))?.value ?? "") &&
      promiseFate(core, call).kind === "used-as-result",
  );
  if (compared.length === 0) return [];
  const signed = signedTokens(analysis);
  return compared.flatMap((node) => {
    const owner = enclosingFunction(node);
    const token = signed.find(
      (one) =>
        owner !== undefined && contains(owner, one.node) && one.node.range[0] > node.range[0],
    );
    return token === undefined ? [] : [{ node, name: calleeName(node), signedBy: token.name }];
  });
}
