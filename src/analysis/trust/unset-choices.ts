import type { TSESTree } from "@typescript-eslint/utils";
import { isMeantOpen, passes } from "../answers/function-roles.ts";
import type { Core } from "../core.ts";
import { isStandIn } from "../files/stand-ins.ts";
import { initOf } from "../files/variables.ts";
import { conditionsAt } from "../flow/conditions.ts";
import type { Operation } from "../operations/operations.ts";
import { calleeName, contains, dottedPath, isFunction, unwrap } from "../syntax.ts";
import type { Node } from "../syntax.ts";
import { hasWithin } from "../within.ts";
import { asksAnyway, guardChoices, registers } from "./chosen-guards.ts";
import type { GuardChoice } from "./chosen-guards.ts";
import { asksForNone, isNamedInText, settingAt } from "./environments.ts";
import { isRequiredVariable } from "./guards.ts";
import { isVerification } from "./verifying-calls.ts";

/**
 * `process.env.ISSUER ? auth({ issuer: process.env.ISSUER }) : (req, res, next) => next()`: the guard is in force only where
 * somebody has set what it verifies with, and whoever forgets that has a service without a sign-in. Not where the file refuses to
 * run without it, where the choice is between two guards, or where another guard stands beside it.
 *
 * @returns what is asked of the environment
 */
export function unsetChoices(core: Core, operations: readonly Operation[]): Node[] {
  const { file } = core;
  if (!/\bnext\b/u.test(file.code) || isStandIn(file)) return [];
  const verifications = operations.filter(
    (one) => isVerification(one) && core.fileOf(one.node) === file,
  );
  return guardChoices(core, verifications).flatMap((choice) => {
    const { test, on, name = "" } = choice;
    const guards = verifications.filter(({ node }) => contains(guardAt(core, on), node));
    const names = settingsOf(core, choice);
    const isLeftOpen =
      names !== undefined &&
      goesOn(core, on, guards) &&
      // What lets somebody pass without a token is no more open without it.
      guards.every((one) => one.settings("optional").length === 0) &&
      readsAny(core, on, names) &&
      !isMeantOpen(name) &&
      !ABOUT.test(name) &&
      !names.some((one) => isNamedInText(file, one)) &&
      !isRequiredVariable(core, names, undefined, test) &&
      !hasAnotherGuard(core, choice) &&
      !asksAnyway(core, test);
    return isLeftOpen ? [test] : [];
  });
}

/** Guards of pages about the program. */
const ABOUT =
  /docs?(?![a-z])|swagger|openapi|metrics|health|status|queues|graphiql|playground|debug/iu;

/** The variables of the environment without which the guard is not in force, where nothing else is asked on the way. */
function settingsOf(core: Core, { on }: GuardChoice): string[] | undefined {
  const names = conditionsAt(on).map(({ test, holds }) => settingsIn(core, test, holds));
  return names.length > 0 && names.every((one) => one !== undefined) ? names.flat() : undefined;
}

/** How many constants a test is followed through. */
const MAX_NAMES = 3;

/** `process.env.HOST && process.env.API`, `KEY !== undefined`, `Boolean(KEY)`: what has to be set for a test to come out so. */
function settingsIn(
  core: Core,
  written: Node,
  holds: boolean,
  hops = MAX_NAMES,
): string[] | undefined {
  const test = unwrap(written);
  if (test.type === "UnaryExpression" && test.operator === "!")
    return settingsIn(core, test.argument, !holds, hops);
  if (test.type === "BinaryExpression")
    return asksForNone(test) && test.operator.startsWith("!") === holds
      ? settingsIn(core, asked(test), true, hops)
      : undefined;
  if (!holds) return undefined;
  if (test.type === "LogicalExpression") {
    const sides = [test.left, test.right].map((side) => settingsIn(core, side, true, hops));
    return sides.every((one) => one !== undefined) ? sides.flat() : undefined;
  }
  if (test.type === "CallExpression" && calleeName(test) === "Boolean") {
    const [given] = test.arguments;
    return given === undefined ? undefined : settingsIn(core, given, true, hops);
  }
  const setting = settingAt(core, test);
  if (setting?.name !== undefined) return setting.source === "config" ? undefined : [setting.name];
  const init = hops > 0 && test.type === "Identifier" ? initOf(core.fileOf(test), test) : undefined;
  return init === undefined ? undefined : settingsIn(core, init, true, hops - 1);
}

/** What is compared with nothing. */
function asked({ left, right }: TSESTree.BinaryExpression): Node {
  return dottedPath(left) === undefined || dottedPath(left)?.[0] === "undefined" ? right : left;
}

function guardAt(core: Core, on: Node): Node {
  const node = unwrap(on);
  return (node.type === "Identifier" ? initOf(core.file, node) : undefined) ?? node;
}

/** A route that verifies itself is left out as a whole, and nobody comes to anything behind it. */
function goesOn(core: Core, on: Node, guards: readonly Operation[]): boolean {
  return (
    guards.some(({ kind }) => kind === "middleware") ||
    hasWithin(core, bodyOf(core, on), (node) => isFunction(node) && passes(core, node).length > 0)
  );
}

/** A setting of something else says whether there is something else. */
function readsAny(core: Core, on: Node, names: readonly string[]): boolean {
  return hasWithin(
    core,
    bodyOf(core, on),
    (node) =>
      (node.type === "Identifier" || node.type === "MemberExpression") &&
      names.includes(settingAt(core, node)?.name ?? ""),
  );
}

/** Of a guard that goes by a name, what has that. */
function bodyOf(core: Core, on: Node): Node {
  const value = core.evaluate(on);
  return value.type === "function" ? value.node : guardAt(core, on);
}

const GUARD = /auth|verif|guard|protect|jwt|token|passport|session|login/iu;

const PART = /rout|api\b|controller|handler|initialize/iu;

/** `app.use(keyGuard); app.use(guard)`, `router.get("/", keyGuard, guard, list)` */
function hasAnotherGuard(core: Core, { name, on }: GuardChoice): boolean {
  return core.file.index.calls
    .filter((call) => registers(call) && !contains(on, call))
    .flatMap((call) => call.arguments)
    .some((given) => {
      const node = unwrap(given);
      const called =
        node.type === "CallExpression" ? calleeName(node) : dottedPath(node)?.join(".");
      if (called === undefined || called === name) return false;
      return GUARD.test(called) && !PART.test(called);
    });
}
