import type { TSESTree } from "@typescript-eslint/utils";
import type { Core } from "../core.ts";
import { initOf } from "../files/variables.ts";
import { conditionsAt } from "../flow/conditions.ts";
import { saidByClient } from "../network/request.ts";
import type { Operation } from "../operations/operations.ts";
import { enclosingFunction, isLiteral, textOf, unwrap } from "../syntax.ts";
import type { Node } from "../syntax.ts";
import { isAuthenticating } from "./function-roles.ts";
import { passesBefore } from "./open-prefixes.ts";
import { PROOF } from "./said-instead.ts";

/** Something that anybody can send, and that lets a request pass where a token would be verified. */
export interface SaidPass {
  readonly node: Node;
  /** Where it is sent, and under which name. */
  readonly what: string;
}

/**
 * `if (req.headers["x-internal"] === "true") return next();`, `if (req.query.debug) return next();` in front of the
 * verification of a guard: whoever knows of it sends it. What is asked for beside something else (`isDev && …`) may
 * decide nothing, and what is compared with a setting is a key.
 */
export function saidPasses(core: Core, { kind, node }: Operation): SaidPass[] {
  if (kind !== "verify") return [];
  return passesBefore(core, node).flatMap((branch) => {
    return passesAsGuard(core, branch) && !isChosen(core, branch)
      ? partsOf(core, branch.test).flatMap((one) => said(core, one))
      : [];
  });
}

/** What `true` means the name of the function has to say. */
export function passesAsGuard(core: Core, branch: TSESTree.IfStatement): boolean {
  return !returnsTrue(branch) || isAuthenticating(core, enclosingFunction(branch));
}

function returnsTrue({ consequent }: TSESTree.IfStatement): boolean {
  const last = consequent.type === "BlockStatement" ? consequent.body.at(-1) : consequent;
  return last?.type === "ReturnStatement" && last.argument?.type === "Literal";
}

/** Where a program runs: `if (isDevelopment) { if (req.query.debug) return next(); }` */
const ENVIRONMENT = /env\b|dev|prod|test|local|enabled|allow/iu;

export function isChosen(core: Core, branch: Node): boolean {
  const { text } = core.fileOf(branch);
  return conditionsAt(branch, enclosingFunction(branch)).some(({ test }) =>
    ENVIRONMENT.test(text.slice(...test.range)),
  );
}

/** What passes by itself: each side of `a || b`, also of a constant that holds what is asked. */
export function partsOf(core: Core, written: Node): Node[] {
  const test = unwrap(written);
  if (test.type === "LogicalExpression" && test.operator === "||")
    return [test.left, test.right].flatMap((one) => partsOf(core, one));
  const init = test.type === "Identifier" ? initOf(core.fileOf(test), test) : undefined;
  return init !== undefined && /^(?:Binary|Logical)Expression$/u.test(init.type)
    ? partsOf(core, init)
    : [test];
}

/** Headers by which HTTP, browsers, frameworks and platforms say how a request is made; the last keep them for themselves. */
const OF_PROTOCOL =
  /^(?:upgrade|connection|content-|accept|origin|referr?er|host|user-agent|sec-|purpose|x-purpose|next-|x-next|rsc$|x-middleware-|x-forwarded-|x-real-ip|x-requested-with|x-http-method|access-control-|if-|range|te$|dnt|cache-|pragma|forwarded|via|hx-|x-inertia|x-amzn?-|x-appengine-|x-goog-|x-ms-|x-vercel-|cf-|fly-|x-envoy-)/iu;

/** Names of what switches something off, in the query and the body, where others choose what is asked for. */
const FLAG =
  /^_?(?:is|no|skip|disable|bypass|ignore|without)?[-_]?(?:debug|debugging|test|testing|internal|admin|trusted|bypass|skip\w*|dev|development|preview|demo|mock|root|super_?user|god_?mode)$/iu;

function said(core: Core, test: Node): SaidPass[] {
  const asked = test.type === "BinaryExpression" ? comparedWithText(test) : test;
  // `isDevelopment && req.query.debug` is another question.
  const isRead = asked?.type === "MemberExpression" || asked?.type === "Identifier";
  const path = isRead ? saidByClient(core, asked) : undefined;
  const [, place = "", name = ""] = /\.(headers|query|body)\.([\w-]+)$/u.exec(path ?? "") ?? [];
  if (name === "" || PROOF.test(name)) return [];
  if (place === "headers")
    return OF_PROTOCOL.test(name) ? [] : [{ node: test, what: `the header ${name}` }];
  return FLAG.test(name) ? [{ node: test, what: `${name} in the ${place}` }] : [];
}

/** `req.headers["x-internal"]` of `req.headers["x-internal"] === "true"` */
function comparedWithText({ operator, left, right }: TSESTree.BinaryExpression): Node | undefined {
  if (!/^===?$/u.test(operator)) return undefined;
  const written = [left, right].find((one) => isLiteral(one));
  if (written === undefined || textOf(written) === "") return undefined;
  return written === left ? right : left;
}
