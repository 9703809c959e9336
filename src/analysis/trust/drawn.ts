import type { TSESTree } from "@typescript-eslint/utils";
import type { Core } from "../core.ts";
import { readsOf } from "../files/variables.ts";
import type { Use } from "../flow/use.ts";
import { isLiteral, isNullish, parentOf, unwrap } from "../syntax.ts";
import type { Node } from "../syntax.ts";
import { hasWithin } from "../within.ts";

/**
 * `{role === "admin" && <a href="/admin">Administration</a>}` of a component that a server draws: does a claim choose
 * nothing but texts and links that stand in the code, or itself? Whoever makes one up sees a link more. A component of
 * the program may hold what is not for everybody.
 */
export function isOnlyDrawn(core: Core, { kind, by, node }: Use): boolean {
  return isDrawn(core, kind === "compare" || by.type === "UnaryExpression" ? by : node, MAX_NAMES);
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
      case "VariableDeclarator": {
        const reads = hops === 0 ? [] : readsOf(core.fileOf(outer), outer.id);
        return reads.length > 0 && reads.every((read) => isDrawn(core, read, hops - 1));
      }
      case "ChainExpression":
      case "UnaryExpression":
        break;
      default:
        return false;
    }
  }
  return false;
}

/** Elements of HTML, links and badges, with nothing in them but what is written and the names of variables. */
function isStatic(core: Core, written: Node): boolean {
  const node = unwrap(written);
  if (isLiteral(node) || isNullish(node)) return true;
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
