import type { Core } from "../core.ts";
import { askedFor } from "../data/asked-records.ts";
import { leaves } from "../answers/results.ts";
import { initOf } from "../files/variables.ts";
import { contains, dottedPath, isFunction, parentOf, unwrap } from "../syntax.ts";
import type { Node } from "../syntax.ts";

/**
 * `if (!env.DB) { … return { token: jwt.sign({ sub: email }, key) }; } return login(event, env.DB);`: what is asked on the
 * way that the surroundings have not chosen is no proof on this one. Nor is it where all that chooses the way is whether
 * there is an account: `if (user) { … return { token }; } … await createUser({ email, password });`. Of other branches the
 * test may be the proof itself.
 */
export function isOnAnotherWay(core: Core, node: Node, signed: Node): boolean {
  for (let from = signed, at = parentOf(from); at !== undefined; from = at, at = parentOf(at)) {
    if (isFunction(at)) return false;
    if (at.type !== "IfStatement" || !isNoProof(core, at.test)) continue;
    const other = from === at.consequent ? at.alternate : at.consequent;
    if (other !== null && contains(other, node)) return true;
    if (leaves(core, from) && node.range[0] > at.range[1]) return true;
  }
  return false;
}

/**
 * `if (!user) { … return register(email); }`: what stands in a branch that leaves the function is not done on the way
 * to what stands behind it, whatever the branch asks before.
 */
export function isInLeavingBranch(core: Core, node: Node, signed: Node): boolean {
  for (let from = node, at = parentOf(from); at !== undefined; from = at, at = parentOf(at)) {
    if (isFunction(at) || contains(from, signed)) return false;
    if (at.type === "IfStatement" && leaves(core, from)) return true;
  }
  return false;
}

function isNoProof(core: Core, written: Node): boolean {
  let test = unwrap(written);
  while (test.type === "UnaryExpression" && test.operator === "!") test = unwrap(test.argument);
  return (
    asksSurroundings(core, test) ||
    (test.type === "Identifier" && askedFor(core, test) !== undefined)
  );
}

/** `process.env.DATABASE_URL`, `db` of `const db = event.context.cloudflare?.env?.DB` */
function asksSurroundings(core: Core, test: Node): boolean {
  const read = test.type === "Identifier" ? initOf(core.fileOf(test), test) : test;
  return read !== undefined && dottedPath(read)?.includes("env") === true;
}
