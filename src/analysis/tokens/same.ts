import type { Analysis } from "../analysis.ts";
import { declaratorOf, readsOf } from "../files/variables.ts";
import { dottedPath, memberName, rootOf, unwrap } from "../syntax.ts";
import type { CallNode, Node } from "../syntax.ts";
import { isSentAlong } from "./incoming-headers.ts";
import { makerName } from "./words.ts";

/**
 * Which expressions read the same value? Reads of one variable, and of one property path of it.
 */

/** The reads of the names that a parameter or pattern declares. */
export function namesOf(analysis: Analysis, pattern: Node | undefined): Node[] {
  return pattern?.type === "Identifier" ? readsOf(analysis.file, pattern) : [];
}

/** Every place that reads the same variable, or the same property path of the same variable. */
export function sameAs(analysis: Analysis, expression: Node): Node[] {
  const node = unwrap(expression);
  if (analysis.fileOf(node) !== analysis.file) return [];
  if (node.type === "LogicalExpression") {
    return [...sameAs(analysis, node.left), ...sameAs(analysis, node.right)];
  }
  if (node.type === "ConditionalExpression") {
    return [...sameAs(analysis, node.consequent), ...sameAs(analysis, node.alternate)];
  }
  if (node.type === "TemplateLiteral" && node.expressions.length === 1) {
    return node.expressions.flatMap((hole) => sameAs(analysis, hole));
  }
  if (node.type === "Identifier") {
    const declarator = declaratorOf(analysis.file, node);
    // What a pattern takes out of it is not the whole.
    const isWhole = declarator?.id.type === "Identifier";
    return [
      ...readsOf(analysis.file, node),
      ...(isWhole ? gotAlike(analysis, declarator.init) : []),
      ...(isWhole ? ofEnvironment(analysis, declarator.init) : []),
    ];
  }
  if (node.type === "CallExpression") return passedOn(node) ?? [];
  if (node.type !== "MemberExpression") return [];
  // `header.split(" ")[1]`: the header is a source of its own.
  const path = dottedPath(node);
  if (path === undefined) return gotAlike(analysis, node);
  const text = path.join(".");
  const root = rootOf(node);
  const variable = root.type === "Identifier" ? analysis.file.variableOf(root) : undefined;
  // Each handler has a request of its own, and they all bring the same cookie.
  const isSent = isSentAlong(path);
  const sameName = analysis.file.index.membersNamed.get(path.at(-1) ?? "") ?? [];
  return sameName.filter((member) => {
    if (dottedPath(member)?.join(".") !== text) return false;
    const other = rootOf(member);
    return other.type === "Identifier"
      ? isSent || analysis.file.variableOf(other) === variable
      : other.type === root.type;
  });
}

/** `const key = process.env.KEY || ""`: every read of the same variable of the environment. */
function ofEnvironment(analysis: Analysis, written: Node): Node[] {
  const node = unwrap(written);
  if (node.type === "LogicalExpression") return ofEnvironment(analysis, node.left);
  const isRead = /^(?:process|import\.meta)\.env\./u.test(dottedPath(node)?.join(".") ?? "");
  return isRead && node.type === "MemberExpression" ? sameAs(analysis, node) : [];
}

/**
 * The same property of what the same getter gives, as it is written: `getState().auth.token`. What a
 * function with arguments gives may differ.
 */
export function gotAlike({ file }: Analysis, written: Node): Node[] {
  const node = unwrap(written);
  const root = rootOf(node);
  if (node.type !== "MemberExpression" || root.type !== "CallExpression") return [];
  if (root.arguments.length > 0 || dottedPath(root.callee) === undefined) return [];
  const text = file.text.slice(...node.range);
  const alike = file.index.membersNamed.get(memberName(node) ?? "") ?? [];
  return alike.filter((member) => file.text.slice(...member.range) === text);
}

/** A call that gives a token is one where it stands; those that only cut or read one are not. */
function passedOn(call: CallNode): Node[] | undefined {
  const callee = unwrap(call.callee);
  const name = callee.type === "MemberExpression" ? memberName(callee) : dottedPath(callee)?.at(-1);
  return name !== undefined && makerName(name) !== undefined ? [call] : undefined;
}
