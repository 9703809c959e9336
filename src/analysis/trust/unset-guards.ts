import type { Core } from "../core.ts";
import { passes } from "../answers/function-roles.ts";
import { isStandIn } from "../files/stand-ins.ts";
import { conditionsAt } from "../flow/conditions.ts";
import { isAboutToken } from "../guards/presence-only.ts";
import { answersDenied } from "../guards/unheld-refusals.ts";
import { unwrap } from "../syntax.ts";
import type { FunctionNode, Node } from "../syntax.ts";
import { hasWithin } from "../within.ts";
import { isNamedInText, settingAt } from "./environments.ts";
import { saysWithout } from "./environment-switches.ts";
import { isRequiredVariable } from "./guards.ts";
import { branchOf, doesNothing } from "./nothing-asked.ts";

/** Asked before anything else is: `!process.env.JWT_SECRET`, `!SECRET`. */
const ASKS_FOR_NONE = /![\w.[\]"'`]*(?:secret|password|passwd|token|key)\b/iu;

/** What tells people from programs, or the pages of a site from those of others, and signs nobody in. */
const NO_SIGN_IN = /captcha|turnstile|csrf|xsrf/iu;

/** What a guard compares or verifies with. */
const SECRET = /(?:^|_)(?:secret|password|passwd|token|key)$/iu;

/**
 * Guards that let everybody pass where nobody has set what they ask for:
 * `if (!process.env.JWT_SECRET) { next(); return; }` in a function that refuses whoever brings no token. Whoever forgets
 * the setting has a service without a sign-in, and nothing tells him. Not where the file refuses to run without it.
 *
 * @returns what is asked of the environment
 */
export function unsetGuards(core: Core): Node[] {
  const { file } = core;
  if (!ASKS_FOR_NONE.test(file.text) || isStandIn(file)) return [];
  const found = new Set<Node>();
  for (const owner of file.index.functions) {
    for (const way of passes(core, owner)) {
      const test = unsetAt(core, owner, way);
      if (test === undefined || !isTokenGuard(core, owner)) continue;
      if (doesNothing(core, branchOf(way, owner), owner)) found.add(test);
    }
  }
  return [...found];
}

/** Does it read what a request brings its token in, and answer some of them with 401 or 403? */
function isTokenGuard(core: Core, { body }: FunctionNode): boolean {
  return (
    /authorization|token|cookies/iu.test(core.file.text.slice(...body.range)) &&
    hasWithin(core, body, (node) => answersDenied(core, node))
  );
}

/** The test by which alone a place is reached where a secret is not set. */
function unsetAt(core: Core, owner: FunctionNode, way: Node): Node | undefined {
  const conditions = conditionsAt(way, owner);
  const unset = conditions.find(
    ({ test, holds }) => openWhere(core, test, holds) && unsetIn(core, test, holds).length > 0,
  );
  if (unset === undefined) return undefined;
  const others = conditions.filter((one) => one !== unset);
  const isAlone = others.every(
    ({ test, holds }) => openWhere(core, test, holds) || isAboutToken(core, test),
  );
  const names = unsetIn(core, unset.test, unset.holds);
  return isAlone &&
    !names.some((name) => isNamedInText(core.file, name)) &&
    !isRequiredVariable(core, names, undefined, unset.test)
    ? unset.test
    : undefined;
}

/** `NODE_ENV === "development" || !process.env.JWT_SECRET`: each part lets in for a setting alone. */
function openWhere(core: Core, written: Node, holds: boolean): boolean {
  const test = unwrap(written);
  if (test.type === "UnaryExpression" && test.operator === "!")
    return openWhere(core, test.argument, !holds);
  if (test.type === "LogicalExpression" && test.operator === "||" && holds)
    return [test.left, test.right].every((side) => openWhere(core, side, holds));
  if (saysWithout(core, test) === holds) return true;
  return !holds && secretSetting(core, test) !== undefined;
}

/** The names of the secrets that are missing where a test comes out so. */
function unsetIn(core: Core, written: Node, holds: boolean): string[] {
  const test = unwrap(written);
  if (test.type === "UnaryExpression" && test.operator === "!")
    return unsetIn(core, test.argument, !holds);
  if (test.type === "LogicalExpression")
    return [test.left, test.right].flatMap((side) => unsetIn(core, side, holds));
  const name = holds ? undefined : secretSetting(core, test);
  return name === undefined ? [] : [name];
}

/** The variable of the environment that an expression gives as it is, where that is a secret. */
function secretSetting(core: Core, node: Node): string | undefined {
  const setting = settingAt(core, node);
  if (setting === undefined || setting.source === "config") return undefined;
  const name = setting.name ?? "";
  return SECRET.test(name) && !NO_SIGN_IN.test(name) ? name : undefined;
}
