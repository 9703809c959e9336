import type { Analysis } from "../../analysis/analysis.ts";
import type { Instructions } from "../../analysis/operations/declared.ts";
import type { Setting } from "../../analysis/operations/options.ts";
import {
  dottedPath,
  enclosingFunction,
  functionName,
  staticKey,
  wrapped,
} from "../../analysis/syntax.ts";
import type { Node } from "../../analysis/syntax.ts";

const REFRESH = /refresh|remember|offline/iu;

/** What the program calls the token, its key, its lifetime or its function says what it is for. */
export function isForRefresh(
  analysis: Analysis,
  { node, key, payload }: Instructions,
  { value, valueNode }: Setting,
): boolean {
  const holder = wrapped(node).parent;
  const names: (string | undefined)[] = [holder === undefined ? undefined : boundName(holder)];
  for (let owner = enclosingFunction(node); owner !== undefined; owner = enclosingFunction(owner)) {
    names.push(functionName(owner));
  }
  for (const written of [key?.node, payload?.node, valueNode, value.node]) {
    if (written !== undefined) names.push(analysis.fileOf(written).text.slice(...written.range));
  }
  return names.some((name) => name !== undefined && REFRESH.test(name));
}

/** The variable or property that the token is put into. */
function boundName(holder: Node): string | undefined {
  if (holder.type === "VariableDeclarator") return dottedPath(holder.id)?.at(-1);
  if (holder.type === "Property") return staticKey(holder.key, holder.computed);
  return holder.type === "AssignmentExpression" ? dottedPath(holder.left)?.at(-1) : undefined;
}

/** Signing out and renewing a session take tokens that have just expired, on purpose. */
export function isRenewal(node: Node): boolean {
  for (let owner = enclosingFunction(node); owner !== undefined; owner = enclosingFunction(owner)) {
    if (
      /refresh|renew|revoke|log_?out|sign_?out|expired|blacklist|denylist/iu.test(
        functionName(owner) ?? "",
      )
    ) {
      return true;
    }
    const { parent } = owner;
    const [route] = parent.type === "CallExpression" ? parent.arguments : [];
    if (route?.type === "Literal" && /refresh|renew|log-?out|sign-?out/iu.test(String(route.value)))
      return true;
  }
  return false;
}
