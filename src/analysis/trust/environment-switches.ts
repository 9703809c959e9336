import type { TSESTree } from "@typescript-eslint/utils";
import type { Core } from "../core.ts";
import { initOf } from "../files/variables.ts";
import { dottedPath, isLiteral, rootOf, textOf, unwrap } from "../syntax.ts";
import type { Node } from "../syntax.ts";
import { wordsInEnglish } from "../languages.ts";
import { must } from "../values/value.ts";
import { importSource } from "../values/whole-files.ts";
import { asksForDevelopment, asksForTests, isBuildFlag, isBuilt } from "./environments.ts";

/**
 * Does a test hold where a program is told to do without its authentication (true), or where it is told to have it
 * (false): `NODE_ENV !== "production"`, `isDevelopment`, `process.env.DISABLE_AUTH === "true"`? Test runs are nobody's
 * production, and a framework that builds a program sets the variable in each build.
 */
export function saysWithout(core: Core, written: Node, hops = MAX_NAMES): boolean | undefined {
  const test = unwrap(written);
  if (test.type === "UnaryExpression" && test.operator === "!")
    return negated(saysWithout(core, test.argument, hops));
  if (test.type === "LogicalExpression") {
    // `isDevelopment || isTest`, and `!isDevelopment && !isTest`
    const isWithout = test.operator === "||";
    const sides = [test.left, test.right].filter((side) => asksForTests(core, side) !== isWithout);
    const isSo = sides.every((side) => saysWithout(core, side, hops) === isWithout);
    return isSo && sides.length > 0 ? isWithout : undefined;
  }
  if (asksForTests(core, test) !== undefined) return undefined;
  if (test.type === "BinaryExpression") {
    if (isModeWithout(core, test)) return !test.operator.startsWith("!");
    const flag = comparedFlag(test);
    if (flag !== undefined) {
      const said = saysWithout(core, flag.asked, hops);
      return flag.isOn ? said : negated(said);
    }
  }
  const init = test.type === "Identifier" ? initOf(core.fileOf(test), test) : undefined;
  if (init !== undefined && hops > 0) {
    const said = saysWithout(core, init, hops - 1);
    if (said !== undefined || isOfBundler(core, init)) return said;
  }
  if (isOfBundler(core, test)) return undefined;
  return switchOf(core, test) ?? developmentOf(core, test);
}

/** Through how many constants a test is followed. */
const MAX_NAMES = 3;

function negated(said: boolean | undefined): boolean | undefined {
  return said === undefined ? undefined : !said;
}

/** `… === "true"`, `… !== false` */
function comparedFlag({
  operator,
  left,
  right,
}: TSESTree.BinaryExpression): { readonly asked: Node; readonly isOn: boolean } | undefined {
  if (!/^[!=]==?$/u.test(operator)) return undefined;
  const written = [left, right].find((side) => isLiteral(side));
  if (written === undefined) return undefined;
  const node = unwrap(written);
  const text = node.type === "Literal" ? String(node.value) : (textOf(node) ?? "");
  const isTrue = /^(?:true|1|yes|on)$/iu.test(text);
  if (!isTrue && !/^(?:false|0|no|off)$/iu.test(text)) return undefined;
  return { asked: written === left ? right : left, isOn: isTrue !== operator.startsWith("!") };
}

/** `AUTH_MODE === "none"`, `config.authMode !== "local"`: how somebody signs in, in a mode in which nobody does. */
function isModeWithout(core: Core, { operator, left, right }: TSESTree.BinaryExpression): boolean {
  if (!/^[!=]==?$/u.test(operator)) return false;
  const written = [left, right].find((side) => isLiteral(side));
  const asked = written === left ? right : left;
  const mode = written === undefined ? undefined : textOf(written);
  const words = wordsInEnglish(dottedPath(asked)?.at(-1) ?? "");
  return (
    WITHOUT_SIGN_IN.test(mode ?? "") &&
    words.at(-1) === "mode" &&
    words.some((word) => AUTHENTICATION.test(word)) &&
    isOfProgram(core, asked)
  );
}

const WITHOUT_SIGN_IN = /^(?:none|off|disabled|no-?auth|dev|development|local|mock|bypass)$/iu;

/** What a bundler puts in is never so in what it has built. */
function isOfBundler(core: Core, node: Node): boolean {
  const path = dottedPath(node)?.join(".") ?? "";
  return (
    /^(?:(?:process|import\.meta)\.env\.(?:DEV|PROD)|__DEV__)$/u.test(path) ||
    isBuildFlag(core, node)
  );
}

function developmentOf(core: Core, test: Node): boolean | undefined {
  if (isBuilt(core.fileOf(test))) return undefined;
  const path = dottedPath(test);
  const isMode = DEVELOPER_MODE.test(path?.at(-1) ?? "");
  return (isMode && isOfProgram(core, test)) || asksForDevelopment(core, test);
}

const DEVELOPER_MODE = /^(?:is_?)?(?:dev|developer|development)_?(?:mode|auth)$/iu;

/** `DISABLE_AUTH`, `authDisabled`, `BYPASS_LOGIN`, `AUTH_ENABLED` */
function switchOf(core: Core, test: Node): boolean | undefined {
  const words = wordsInEnglish(dottedPath(test)?.at(-1) ?? "");
  const name = words.slice(words.findIndex((word) => SWITCH.test(word) || SIGN_IN.test(word)));
  const isAbout = (about: RegExp): boolean =>
    name.some((word) => about.test(word)) &&
    name.every((word) => SWITCH.test(word) || about.test(word) || CHECK.test(word));
  if (name.some((word) => OFF.test(word))) {
    const isOff = isAbout(AUTHENTICATION) || isAbout(SIGN_IN) || isCheckOfToken(name);
    return isOff && isOfProgram(core, test) ? true : undefined;
  }
  if (!isAbout(AUTHENTICATION) && !isRequiredToken(words)) return undefined;
  // Whether there is any is asked of settings wherever a program offers both.
  return isOfEnvironment(core, test) ? false : undefined;
}

const OFF = /^(?:disabled?|skip|bypass|no|without|ignore|off)$/u;

const SWITCH =
  /^(?:disabled?|skip|bypass|no|without|ignore|off|enabled?|required?|on|use|auth\w*|jwt)$/u;

const AUTHENTICATION = /^(?:auth|authn|authentication|authorization|jwt)$/u;

/** What is switched off alone: whether somebody may sign in at all is another setting. */
const SIGN_IN = /^(?:login|signin|session)$/u;

/** `SKIP_TOKEN_CHECK` */
function isCheckOfToken(name: readonly string[]): boolean {
  return (
    name.every((word) => SWITCH.test(word) || CHECK.test(word)) &&
    name.includes("token") &&
    name.some((word) => word !== "token" && CHECK.test(word))
  );
}

/** Tokens that are asked for beside a session, or are none of somebody. */
const OF_ANOTHER = /^(?:csrf|xsrf|push|invit|captcha|download|upload|device|metrics|webhook)/u;

/** `SHOP_TOKEN_REQUIRED`, `JETON_OBLIGATOIRE`, `REQUIRE_TOKEN` */
function isRequiredToken(words: readonly string[]): boolean {
  if (words.some((word) => OF_ANOTHER.test(word))) return false;
  return /(?:^| )(?:token (?:required|mandatory)|(?:require|enforce) token)$/u.test(
    words.join(" "),
  );
}

const CHECK = /^(?:checks?|guards?|middlewares?|verif(?:y|ication)|validat(?:e|ion)|tokens?)$/u;

function isOfEnvironment(core: Core, node: Node): boolean {
  return must(core.evaluate(node), (one) => one.type === "environment");
}

/** A variable of the environment, or a setting of an imported file: what a request or a route says is another thing. */
function isOfProgram(core: Core, node: Node): boolean {
  if (isOfEnvironment(core, node)) return true;
  const root = rootOf(node);
  return (
    root.type === "Identifier" && importSource(core.fileOf(root).variableOf(root)) !== undefined
  );
}
