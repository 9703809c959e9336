import type { TSESTree } from "@typescript-eslint/utils";
import type { Analysis } from "../analysis.ts";
import type { Core } from "../core.ts";
import { inside } from "../files/inside.ts";
import { readsOf } from "../files/variables.ts";
import { usesOf } from "../flow/flow.ts";
import type { Use } from "../flow/use.ts";
import {
  bases,
  calleeName,
  contains,
  dottedPath,
  enclosingFunction,
  isFunction,
  parentOf,
  staticKey,
  wrapped,
} from "../syntax.ts";
import type { Node } from "../syntax.ts";
import { ofRequests } from "../tokens/incoming-headers.ts";
import { stringOf } from "../values/value.ts";
import { isAllowance } from "../answers/refusals.ts";
import { handlingOf } from "../answers/results.ts";
import { saysNoToken } from "./written-tokens.ts";

/**
 * Texts in the code that let somebody in by themselves: `if (token !== "letmein") return res.sendStatus(401)`,
 * where the token is the one that a request brings. A text that is asked for beside something else, such as
 * `isTest && token === "demo"`, may decide nothing.
 *
 * @returns what the token is compared with
 */
export function writtenChecks(analysis: Analysis): Node[] {
  const found = new Set<Node>();
  for (const { node, held } of ofRequests(analysis)) {
    if (held !== "header" && held !== "headers" && held !== "response") continue;
    for (const use of usesOf(analysis.core, node)) {
      const text = writtenIn(analysis, use, held === "header");
      if (text !== undefined && !isBesideVerification(analysis, text)) found.add(text);
    }
  }
  return [...found];
}

/** There the text is a way round the verification, which `writtenToken` tells. */
function isBesideVerification({ operations }: Analysis, text: Node): boolean {
  const owner = enclosingFunction(text);
  return operations.some(
    ({ kind, node }) => kind === "verify" && owner !== undefined && contains(owner, node),
  );
}

function writtenIn(analysis: Analysis, use: Use, isHeader: boolean): Node | undefined {
  if (use.kind !== "compare" || !isTokenPath(isHeader, use.path)) return undefined;
  const { by } = use;
  if (by.type === "SwitchStatement") {
    return by.cases.flatMap(({ test, consequent }) => {
      const isLetIn = consequent.some((one) => letsIn(analysis.core, one));
      return test !== null && isLetIn && isCredential(analysis, test) ? [test] : [];
    })[0];
  }
  if (by.type === "BinaryExpression") {
    const other = contains(by.left, use.node) ? by.right : by.left;
    return isCredential(analysis, other) && decides(analysis, by) ? other : undefined;
  }
  return undefined;
}

/** Of all headers the one that authorizes, or what stands behind its scheme; of what a socket sends the token. */
function isTokenPath(isHeader: boolean, path: readonly string[]): boolean {
  const names = isHeader ? ["authorization", ...path] : path;
  const [name = "", behind = "1", ...more] = names;
  return CREDENTIAL_HEADER.test(name) && behind === "1" && more.length === 0;
}

/** A header of a name such as `x-key` may choose something rather than let in. */
const CREDENTIAL_HEADER =
  /^(?![\w-]*(?:[cx]srf|captcha|device|push))(?:authorization|[\w-]*tokens?|[\w-]*(?:admin|api|access|auth|internal|service|gateway|secret)[-_]?(?:key|secret|password))$/iu;

function isCredential(analysis: Analysis, written: Node): boolean {
  const value = analysis.evaluate(written);
  const text = stringOf(value);
  return (
    text !== undefined &&
    analysis.fileOf(value.node) === analysis.file &&
    !/^\s*(?:bearer|basic|jwt|token|dpop|apikey|anonymous|guest)\s*$/iu.test(text) &&
    !saysNoToken(text)
  );
}

/** Is the comparison all that stands between a request and what it asks for? */
function decides({ core }: Analysis, comparison: TSESTree.BinaryExpression): boolean {
  const isDifference = comparison.operator.startsWith("!");
  let test: Node = comparison;
  let by = parentOf(test);
  // Who is refused for another reason, too; who is let in for another one; and whether there is a token.
  while (
    by?.type === "LogicalExpression" &&
    (by.operator === "||" ||
      (!isDifference && by.right === test && isPresence(by.left, comparison)))
  ) {
    test = by;
    by = parentOf(test);
  }
  // `return { isAuthorized: token === "text" }`
  if (by?.type === "Property")
    return !isDifference && staticKey(by.key, by.computed) === "isAuthorized" && isGiven(by.parent);
  const flag = flagOf(by, test);
  return flag === undefined
    ? isBranchOf(core, by, test, isDifference)
    : readsOf(core.fileOf(flag), flag).some((read) => {
        const outer = parentOf(read);
        return outer?.type === "UnaryExpression" && outer.operator === "!"
          ? isBranchOf(core, parentOf(outer), outer, !isDifference)
          : isBranchOf(core, outer, read, isDifference);
      });
}

/** Is an object what a function returns, or what its callback is given? */
function isGiven(object: Node): boolean {
  const outer = wrapped(object);
  const by = parentOf(outer);
  if (by?.type === "CallExpression")
    return by.arguments[1] === outer && CALLBACK.test(calleeName(by));
  return by?.type === "ReturnStatement" || (isFunction(by) && by.body === outer);
}

const CALLBACK = /^(?:callback|cb|done)$/u;

/** `const isKnown = token === "text"`, `isKnown = token === "text"` */
function flagOf(by: Node | undefined, test: Node): Node | undefined {
  const target =
    by?.type === "VariableDeclarator" && by.init === test
      ? by.id
      : by?.type === "AssignmentExpression" && by.right === test
        ? by.left
        : undefined;
  return target?.type === "Identifier" ? target : undefined;
}

/** Does the branch refuse where the test holds for all but the text, or let in where it holds for the text? */
function isBranchOf(core: Core, by: Node | undefined, test: Node, isDifference: boolean): boolean {
  if (by?.type !== "IfStatement" || by.test !== test) return false;
  if (isDifference) {
    return /^(?:answers|rethrows|passes-on|returns-empty)$/u.test(
      handlingOf(core, by.consequent).kind,
    );
  }
  return letsIn(core, by.consequent) && !isInside(by);
}

/** `token && token === "text"` */
function isPresence(test: Node, { left, right }: TSESTree.BinaryExpression): boolean {
  const path = dottedPath(test)?.join(".");
  return [left, right]
    .flatMap((one) => bases(one))
    .some((base) => path !== undefined && dottedPath(base)?.join(".") === path);
}

function letsIn(core: Core, branch: Node): boolean {
  if (handlingOf(core, branch).kind === "succeeds") return true;
  return inside(core.fileOf(branch).index.calls, branch).some(
    (call) =>
      CALLBACK.test(calleeName(call)) &&
      call.arguments[1] !== undefined &&
      isAllowance(core, call.arguments[1]),
  );
}

/** More than the text is asked for where the branch stands in another one. */
function isInside(branch: Node): boolean {
  for (let at = parentOf(branch); at !== undefined && !isFunction(at); at = parentOf(at))
    if (at.type === "IfStatement" || at.type === "SwitchStatement") return true;
  return false;
}
