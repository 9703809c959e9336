import type { Core } from "../core.ts";
import { initOf } from "../files/variables.ts";
import { conditionsAt } from "../flow/conditions.ts";
import { dottedPath, textOf, unwrap } from "../syntax.ts";
import type { Node } from "../syntax.ts";

/**
 * Does the program come there only where a setting of its own says that it is being tested, or shown before it is published:
 * `process.env.E2E_TESTS ? [Credentials(…)] : []`, `PLAYWRIGHT === "1"`, `VERCEL_ENV === "preview"`? Such a setting is made by
 * whoever runs the tests, so this is less than `NODE_ENV === "test"`, and asked only of what is there for them: a way to sign in.
 */
export function isForTestRun(core: Core, written: Node): boolean {
  return conditionsAt(written).some(({ test, holds }) => holds && saysTestRun(core, test));
}

function saysTestRun(core: Core, written: Node, hops = 1): boolean {
  const test = unwrap(written);
  if (test.type === "LogicalExpression") {
    const sides = [test.left, test.right];
    return test.operator === "&&"
      ? sides.some((side) => saysTestRun(core, side, hops))
      : sides.every((side) => saysTestRun(core, side, hops));
  }
  if (test.type === "BinaryExpression") {
    if (!/^===?$/u.test(test.operator)) return false;
    const texts = [test.left, test.right].map((side) => textOf(side));
    const names = [test.left, test.right].map((side) => settingName(side));
    const isPreview = names.some((name) => MODES.test(name)) && texts.includes("preview");
    const isOn = texts.some((text) => text !== undefined && !OFF.test(text));
    return isPreview || (isOn && names.some((name) => TEST_RUNS.test(name)));
  }
  if (TEST_RUNS.test(settingName(test))) return true;
  const init = test.type === "Identifier" ? initOf(core.fileOf(test), test) : undefined;
  return init !== undefined && hops > 0 && saysTestRun(core, init, hops - 1);
}

/** `E2E_TESTS` of `process.env.E2E_TESTS`, `import.meta.env` and of an `env` of the program. */
function settingName(node: Node): string {
  const path = dottedPath(unwrap(node)) ?? [];
  return /^(?:env|config|settings)$/iu.test(path.at(-2) ?? "") ? (path.at(-1) ?? "") : "";
}

const MODES = /^(?:VERCEL_ENV|CONTEXT|(?:APP|DEPLOY)_ENV)$/u;

const OFF = /^(?:0|false|off|no|)$/iu;

/** Named for what runs the tests; what is called `TEST_MODE` or `DEMO` is shown to people as well. */
const TEST_RUNS = /(?:^|_)(?:E2E|PLAYWRIGHT|CYPRESS|VITEST|JEST)(?:_|$)/u;
