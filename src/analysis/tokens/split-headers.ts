import type { Analysis } from "../analysis.ts";
import { named } from "../files/source-file.ts";
import { usesOf } from "../flow/flow.ts";
import type { Use } from "../flow/use.ts";
import { memberName, textOf, unwrap } from "../syntax.ts";
import type { CallNode, Node } from "../syntax.ts";

/**
 * Texts that show by their use that they are Authorization headers: they begin with a scheme, or what
 * stands behind their blank is verified.
 */
export function splitHeaders(analysis: Analysis): Node[] {
  const { called } = analysis.file.index;
  return named(called, (name) => TAKES_APART.test(name)).flatMap((call) => {
    const callee = unwrap(call.callee);
    const text = textOf(call.arguments[0]);
    if (callee.type !== "MemberExpression" || text === undefined) return [];
    if (isChallenge(analysis, callee.object)) return [];
    const isHeader =
      SCHEME.test(text) ||
      (text === " " && memberName(callee) === "split" && isVerified(analysis, call));
    return isHeader ? [callee.object] : [];
  });
}

const TAKES_APART = /^(?:split|startsWith|replace)$/u;

const SCHEME = /^(?:Bearer|JWT) $/iu;

/** Is the first word compared with a scheme, or the second one verified? */
function isVerified(analysis: Analysis, split: CallNode): boolean {
  return usesOf(analysis.core, split).some((use) => isScheme(use) || isToken(analysis, use));
}

function isScheme({ kind, by }: Use): boolean {
  if (kind !== "compare" || by.type !== "BinaryExpression") return false;
  return [by.left, by.right].some((side) => /^(?:bearer|jwt)$/iu.test(textOf(side) ?? ""));
}

function isToken(analysis: Analysis, { kind, by, node }: Use): boolean {
  return (
    kind === "argument" &&
    analysis.operations.some(
      (operation) =>
        operation.node === by &&
        operation.kind === "verify" &&
        operation.token !== undefined &&
        unwrap(operation.token.node) === unwrap(node),
    )
  );
}

/** What a server asks for begins with a scheme too: `WWW-Authenticate: Bearer realm="…"`. */
function isChallenge(analysis: Analysis, text: Node): boolean {
  const node = unwrap(text);
  const [definition] = analysis.file.variableOf(node)?.defs ?? [];
  const made = definition?.type === "Variable" ? (definition.node as Node) : node;
  return /www-?_?auth|challenge/iu.test(analysis.file.text.slice(...made.range));
}
