import type { TSESTree } from "@typescript-eslint/utils";
import type { Core } from "../core.ts";
import { readsOf } from "../files/variables.ts";
import type { Use } from "../flow/use.ts";
import { isTelemetryCall } from "../logging.ts";
import { isPageData } from "../network/page-data.ts";
import {
  isLiteral,
  isNullish,
  memberName,
  parentOf,
  statementsIn,
  unwrap,
  wrapped,
} from "../syntax.ts";
import type { Node } from "../syntax.ts";
import { hasWithin } from "../within.ts";

/**
 * `{role === "admin" && <a href="/admin">Administration</a>}` of a component that a server draws: does a claim choose
 * nothing but texts and links that stand in the code, or itself? Whoever makes one up sees a link more. A component of
 * the program may hold what is not for everybody.
 *
 * As little comes of what a page is told (`return { isAdmin: claims.role === "admin" };` of its `load`), and of the label
 * under which a request is logged or counted.
 */
export function isOnlyDrawn(core: Core, use: Use): boolean {
  return isDrawn(core, askedBy(use), MAX_NAMES);
}

/** What a claim is asked by: a comparison, `!claims.verified`, `claims.groups.includes("beta")` */
function askedBy({ kind, by, node }: Use): Node {
  if (kind === "compare" || by.type === "UnaryExpression") return by;
  const member = parentOf(wrapped(node));
  const call = member?.type === "MemberExpression" ? parentOf(wrapped(member)) : undefined;
  const isIncludes = member?.type === "MemberExpression" && memberName(member) === "includes";
  return isIncludes && call?.type === "CallExpression" ? call : node;
}

/** How many names what is chosen by goes through: `const isAdmin = claims.role === "admin"` */
const MAX_NAMES = 2;

function isDrawn(core: Core, node: Node, hops: number): boolean {
  let at = node;
  for (let outer = parentOf(at); outer !== undefined; at = outer, outer = parentOf(at)) {
    switch (outer.type) {
      case "LogicalExpression":
        if (outer.left === at && outer.operator === "&&" && !isStatic(core, outer.right))
          return false;
        break;
      case "ConditionalExpression":
        if (![outer.consequent, outer.alternate].every((one) => isStatic(core, one))) return false;
        break;
      case "JSXExpressionContainer":
        return /^JSX(?:Element|Fragment)$/u.test(outer.parent.type);
      case "VariableDeclarator":
        return isNameDrawn(core, outer.id, hops);
      case "AssignmentExpression":
        return outer.left.type === "Identifier" && isNameDrawn(core, outer.left, hops);
      case "IfStatement":
        return [outer.consequent, outer.alternate].every(
          (one) => one === null || isOnlyTold(core, one),
        );
      case "Property":
        return isPageData(core, outer) || isTold(core, outer);
      case "CallExpression":
        return isTelemetryCall(core.fileOf(outer), outer);
      case "ChainExpression":
      case "UnaryExpression":
        break;
      default:
        return false;
    }
  }
  return false;
}

function isNameDrawn(core: Core, name: Node, hops: number): boolean {
  const reads = hops === 0 ? [] : readsOf(core.fileOf(name), name);
  return reads.length > 0 && reads.every((read) => isDrawn(core, read, hops - 1));
}

/** `logger.info({ kind })` */
function isTold(core: Core, field: Node): boolean {
  const object = parentOf(field);
  const call = object === undefined ? undefined : parentOf(object);
  return call?.type === "CallExpression" && isTelemetryCall(core.fileOf(call), call);
}

/** `if (claims.role === "admin") calls.inc({ kind: "staff" });` */
function isOnlyTold(core: Core, branch: Node): boolean {
  return (statementsIn(branch) ?? [branch]).every(
    (one) =>
      one.type === "ExpressionStatement" &&
      one.expression.type === "CallExpression" &&
      isTelemetryCall(core.fileOf(one), one.expression),
  );
}

/** Elements of HTML, links and badges, with nothing in them but what is written and the names of variables. */
function isStatic(core: Core, written: Node): boolean {
  const node = unwrap(written);
  if (isLiteral(node) || isNullish(node)) return true;
  if (node.type === "ConditionalExpression")
    return isStatic(core, node.consequent) && isStatic(core, node.alternate);
  if (node.type === "ArrayExpression")
    return node.elements.every((one) => one !== null && isStatic(core, one));
  return (
    /^JSX(?:Element|Fragment)$/u.test(node.type) && !hasWithin(core, node, (part) => mayHold(part))
  );
}

/** May something else than a text come of it: a component, what a function gives, a list? */
function mayHold(part: Node): boolean {
  switch (part.type) {
    case "JSXOpeningElement":
      return !isPlain(part.name);
    case "JSXSpreadAttribute":
    case "JSXSpreadChild":
    case "AwaitExpression":
      return true;
    case "CallExpression": {
      // `role.toLowerCase()`
      const callee = unwrap(part.callee);
      return callee.type !== "MemberExpression" || part.arguments.length > 0;
    }
    default:
      return false;
  }
}

function isPlain(name: TSESTree.JSXTagNameExpression): boolean {
  return name.type === "JSXIdentifier" && PLAIN.test(name.name);
}

/** `AdminTable` may show what is not for everybody, `AdminLink` leads there. */
const PLAIN =
  /^[a-z]\w*$|(?:Link|Badge|Chip|Tag|Text|Typography|Label|Icon|Avatar|Button|MenuItem|NavItem)$/u;
