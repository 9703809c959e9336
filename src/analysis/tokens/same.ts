import type { TSESTree } from "@typescript-eslint/utils";
import type { Scope } from "@typescript-eslint/utils/ts-eslint";
import type { Analysis } from "../analysis.ts";
import type { SourceFile } from "../files/source-file.ts";
import { declaratorOf, readsOf } from "../files/variables.ts";
import { byName, byObject } from "../memo.ts";
import { dottedPath, memberName, rootOf, textOf, unwrap } from "../syntax.ts";
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

/**
 * Every place that reads the same variable, or the same property path of the same variable. The list is
 * the same one wherever it is asked for: a key of the whole file is, at each of its uses.
 */
export function sameAs(analysis: Analysis, expression: Node): readonly Node[] {
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
  // `"Bearer " + token`
  if (node.type === "BinaryExpression") {
    return SCHEME.test(textOf(node.left) ?? "?") ? sameAs(analysis, node.right) : [];
  }
  if (node.type === "Identifier") return ofVariable(analysis, node);
  if (node.type === "CallExpression") return passedOn(node) ?? [];
  if (node.type !== "MemberExpression") return [];
  // `header.split(" ")[1]`: the header is a source of its own.
  const path = dottedPath(node);
  return path === undefined ? gotAlike(analysis, node) : ofPath(analysis, node, path);
}

const SCHEME = /^(?:(?:Bearer|JWT|Token) ?)?$/iu;

function ofVariable(analysis: Analysis, name: TSESTree.Identifier): readonly Node[] {
  const variable = analysis.file.variableOf(name);
  if (variable === undefined) return [];
  const answers = variablesAsked(analysis.file);
  const known = answers.get(variable);
  if (known !== undefined) return known;
  const declarator = declaratorOf(analysis.file, name);
  // What a pattern takes out of it is not the whole.
  const isWhole = declarator?.id.type === "Identifier";
  const reads = [
    ...readsOf(analysis.file, name),
    ...(isWhole ? gotAlike(analysis, declarator.init) : []),
    ...(isWhole ? ofEnvironment(analysis, declarator.init) : []),
  ];
  answers.set(variable, reads);
  return reads;
}

const variablesAsked = byObject<SourceFile, Map<Scope.Variable, readonly Node[]>>(() => new Map());

function ofPath(
  { file }: Analysis,
  member: TSESTree.MemberExpression,
  path: readonly string[],
): readonly Node[] {
  const alike = membersNamed(file)(path.at(-1) ?? "").get(path.join("."));
  // Each handler has a request of its own, and they all bring the same cookie.
  const reads = isSentAlong(path) ? alike?.all : alike?.of.get(file.variableOf(rootOf(member)));
  return reads ?? [];
}

/** The members of one path: all of them, and by the variable that the path begins with. */
interface Alike {
  readonly all: Node[];
  readonly of: Map<Scope.Variable | undefined, Node[]>;
}

const membersNamed = byObject((file: SourceFile) =>
  byName((name) => {
    const paths = new Map<string, Alike>();
    for (const member of file.index.membersNamed.get(name) ?? []) {
      const path = dottedPath(member)?.join(".");
      if (path === undefined) continue;
      const alike: Alike = paths.get(path) ?? { all: [], of: new Map() };
      paths.set(path, alike);
      alike.all.push(member);
      const variable = file.variableOf(rootOf(member));
      const ofOne = alike.of.get(variable);
      if (ofOne === undefined) alike.of.set(variable, [member]);
      else ofOne.push(member);
    }
    return paths;
  }),
);

/** `const key = process.env.KEY || ""`: every read of the same variable of the environment. */
function ofEnvironment(analysis: Analysis, written: Node): readonly Node[] {
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
