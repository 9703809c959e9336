import type { Analysis } from "../analysis.ts";
import { named } from "../files/source-file.ts";
import { readsOf } from "../files/variables.ts";
import { parentOf } from "../syntax.ts";
import type { Node } from "../syntax.ts";
import { may } from "../values/value.ts";
import { isSecret } from "./named-keys.ts";

/**
 * Where is the key read that a module draws for its program: `const JWT_SECRET = randomBytes(64).toString("hex")`?
 * Others sign with it, so its name says what it is. A function that draws one is asked for it, and what it prints is for whoever sets the program up.
 */
export function drawnKeys(analysis: Analysis): Node[] {
  const { file } = analysis;
  if (!/random|uuid|nanoid/iu.test(file.code)) return [];
  return named(file.index.names, (name) => /jwt/iu.test(name) && isSecret(name))
    .filter((node) => isDrawn(analysis, node))
    .flatMap((node) => readsOf(file, node));
}

function isDrawn(analysis: Analysis, node: Node): boolean {
  const declarator = parentOf(node);
  return (
    declarator?.type === "VariableDeclarator" &&
    declarator.init !== null &&
    /^(?:Program|ExportNamedDeclaration)$/u.test(parentOf(declarator.parent)?.type ?? "") &&
    may(analysis.evaluate(declarator.init), ({ type }) => type === "generated")
  );
}
