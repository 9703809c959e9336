import type { TSESTree } from "@typescript-eslint/utils";
import type { Core } from "../core.ts";
import type { SourceFile } from "../files/source-file.ts";
import { byObject } from "../memo.ts";
import { dottedPath, isFunction, parentOf, rootOf, textOf, unwrap } from "../syntax.ts";
import type { CallNode, Node } from "../syntax.ts";
import { choice, madeOf, unknown } from "./value.ts";
import type { Value } from "./value.ts";

/**
 * A text, or a number that can be guessed, that a file writes to a variable of the environment and reads there again: `process.env.KEY = "…"`, and
 * what a worker is given for it: `c.env.KEY = "…"` of Hono, `env.KEY = "…"`. One that stands in where the
 * variable is not set is told by what it stands beside.
 */
export function writtenVariable(
  core: Core,
  node: TSESTree.MemberExpression,
  value: Value,
): Value | undefined {
  const file = core.fileOf(node);
  const writes = writesOf(file);
  const name = writes.size === 0 ? undefined : variableName(file, node);
  const written = (name === undefined ? [] : (writes.get(name) ?? [])).filter(
    (one) => textOf(one) !== undefined || isGuessed(core, one),
  );
  if (written.length === 0) return undefined;
  // What is written in a branch alone may stand in for what the variable holds elsewhere.
  const others = written.some(isInBranch) ? value : unknown(node, "written");
  return choice(node, [...written.map((text) => core.evaluate(text)), others]);
}

/** `process.env.KEY = Math.random().toString(36)` */
function isGuessed(core: Core, written: Node): boolean {
  return madeOf(core.evaluate(written), (one) => one.type === "generated" && !one.strong);
}

function isInBranch(written: Node): boolean {
  for (let at = parentOf(written); at !== undefined && !isFunction(at); at = parentOf(at)) {
    if (/^(?:IfStatement|SwitchCase|(?:Conditional|Logical)Expression)$/u.test(at.type))
      return true;
  }
  return false;
}

/** Words of a text that is written for tests. */
const FOR_TESTS = /(?:^|[\W_])(?:tests?|testing|mock|dummy|fake)(?:$|[\W_])/iu;

/** What else may be written to a variable is drawn. */
const DRAWS = /random|uuid/u;

/** Functions of which a file that tests something calls one. */
const TESTS = ["describe", "it", "test", "suite", "beforeAll", "beforeEach"];

const writesOf = byObject((file: SourceFile): ReadonlyMap<string, readonly Node[]> => {
  const writes = new Map<string, Node[]>();
  if (TESTS.some((name) => file.index.called.get(name)?.some(isPlainCall))) return writes;
  for (const { left, operator, right } of file.index.assignments) {
    const target = unwrap(left);
    if (target.type !== "MemberExpression" || operator !== "=") continue;
    const text = textOf(right) ?? (DRAWS.test(file.code) ? "random" : "");
    const name = text === "" || FOR_TESTS.test(text) ? undefined : variableName(file, target);
    if (name !== undefined) writes.set(name, [...(writes.get(name) ?? []), right]);
  }
  return writes;
});

/** `test("…", run)`, rather than `/…/u.test(text)`. */
function isPlainCall({ callee }: CallNode): boolean {
  return callee.type === "Identifier";
}

/** `process.env.KEY`, which all of a program has, or `env.KEY` of what its functions are given. */
function variableName(file: SourceFile, member: TSESTree.MemberExpression): string | undefined {
  const path = dottedPath(member);
  const name = path?.at(-1);
  if (path === undefined || name === undefined || path.at(-2) !== "env") return undefined;
  const definitions = file.variableOf(rootOf(member))?.defs ?? [];
  if (definitions.length === 0) return path.join(".");
  const isGiven = definitions.every(({ type }) => type === "Parameter");
  return isGiven && path.length <= 3 ? `env.${name}` : undefined;
}
