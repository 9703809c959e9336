import type { Core } from "../core.ts";
import { inside } from "../files/inside.ts";
import { isStandIn } from "../files/stand-ins.ts";
import { conditionsAt } from "../flow/conditions.ts";
import type { Operation } from "../operations/operations.ts";
import { contains, dottedPath, enclosingFunction, unwrap } from "../syntax.ts";
import type { FunctionNode, Node } from "../syntax.ts";
import { saidByClient } from "../network/request.ts";
import { sentIn } from "../network/sent-in.ts";
import { isRefusedWithout } from "../answers/refused-without.ts";
import { stringOf } from "../values/value.ts";
import { wordsOf } from "../words.ts";
import { isChosen } from "./said-passes.ts";
import { partsOf } from "./said-tests.ts";
import { passedBeside, saysNoToken } from "./written-tokens.ts";
import type { WrittenToken } from "./written-tokens.ts";

/** Asked of the text before anything else is. */
const COMPARES = /===?\s*["'`\w]/u;

/**
 * A key that stands in the code, which a request may bring in place of the token: `if (req.get("x-job-key") === "…")
 * return next();`, or a branch that says the same as the one behind the verification, `isKnown = true`, of which it is asked
 * then. What is compared with a setting is known to whoever has set it.
 */
export function writtenKey(core: Core, { kind, node }: Operation): WrittenToken | undefined {
  const { file } = core;
  if (kind !== "verify" || core.fileOf(node) !== file) return undefined;
  if (!COMPARES.test(file.code) || isStandIn(file)) return undefined;
  const owner = outermost(node);
  for (const branch of owner === undefined ? [] : inside(file.index.ifs, owner.body)) {
    if (owner === undefined || contains(branch.consequent, node)) continue;
    for (const part of partsOf(core, branch.test)) {
      const key = keyIn(core, part);
      if (key === undefined || isChosen(core, branch)) continue;
      const passed = passedBeside(core, key.said, node);
      if (passed !== undefined) return passed;
      if (!isBesideMore(branch, owner) && setsSame(core, owner, branch.consequent, node))
        return { text: key.text, pass: branch, tellsWho: true };
    }
  }
  return undefined;
}

/** The verification may stand in a callback. */
function outermost(node: Node): FunctionNode | undefined {
  let owner = enclosingFunction(node);
  for (let outer = owner; outer !== undefined; outer = enclosingFunction(outer)) owner = outer;
  return owner;
}

/** `x-api-key`, `x-job-secret`, `password`; that a request calls something an `auth-type` proves nothing, nor does a `bypass`. */
const KEY = /^(?:api)?(?:key|secret|token|pass(?:word|wd|phrase|code)?|pwd)$/u;

/** `req.headers["x-job-secret"] === "…"`, and a constant that holds the text */
function keyIn(
  core: Core,
  written: Node,
): { readonly said: Node; readonly text: Node } | undefined {
  const test = unwrap(written);
  if (test.type !== "BinaryExpression" || !/^===?$/u.test(test.operator)) return undefined;
  for (const [said, text] of [
    [test.left, test.right],
    [test.right, test.left],
  ] as const) {
    const [place = saidByClient(core, said)] = sentIn(core, said) ?? [];
    const [, name = ""] = /(?:headers|query|body)\.([\w-]+)$/u.exec(place ?? "") ?? [];
    const given = KEY.test(wordsOf(name).at(-1) ?? "") ? stringOf(core.evaluate(text)) : undefined;
    if (given !== undefined && !saysNoToken(given)) return { said, text };
  }
  return undefined;
}

/** Is something else asked around a branch, which the key is beside? */
function isBesideMore(branch: Node, owner: FunctionNode): boolean {
  return conditionsAt(branch, owner).some(({ holds }) => holds);
}

/** Does a branch set what the verified token sets, and is whoever has nothing of it turned away behind both? */
function setsSame(core: Core, owner: FunctionNode, branch: Node, verification: Node): boolean {
  const assigned = inside(core.file.index.assignments, owner.body);
  const told = new Set(
    assigned
      .filter((one) => one.range[0] > verification.range[0] && !contains(branch, one))
      .map(({ left }) => dottedPath(left)?.join(".")),
  );
  return inside(assigned, branch).some(({ left, right }) => {
    const name = dottedPath(left)?.join(".");
    const isYes = right.type === "Literal" && right.value === true;
    return (
      name !== undefined && isYes && told.has(name) && isRefusedWithout(core, owner, name, branch)
    );
  });
}
