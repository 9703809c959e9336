import type { Analysis } from "../analysis.ts";
import type { SourceFile } from "../files/source-file.ts";
import { initOf, readsOf } from "../files/variables.ts";
import type { Operation } from "../operations/operations.ts";
import { isFunction, parentOf, unwrap, wrapped } from "../syntax.ts";
import type { Node } from "../syntax.ts";
import { possibilities } from "../values/value.ts";

/**
 * Does a token end by a claim of the program's own? `expiredAt`, which the file compares with now where it
 * has verified the token: `if (new Date() > new Date(payload.expiredAt)) return null;`.
 */
export function endsByItself(analysis: Analysis, { payload }: Operation): boolean {
  const claims = payload === undefined ? [] : possibilities(payload.value);
  const names = claims.flatMap((value) =>
    value.type === "object" ? [...value.properties.keys()] : [],
  );
  const { membersNamed } = analysis.file.index;
  return names
    .filter((name) => ENDS.test(name))
    .some((name) =>
      (membersNamed.get(name) ?? []).some(
        (member) => isOfToken(analysis, member) && isComparedWithNow(analysis.file, member),
      ),
    );
}

/** `exp` itself the library looks at. */
const ENDS = /^(?:expir(?:e[ds]?|y|ation)(?:_?(?:at|on|date|time))?|valid_?(?:until|to|till))$/iu;

function isOfToken(analysis: Analysis, member: Node): boolean {
  return possibilities(analysis.evaluate(member)).some(
    (value) => value.type === "claims" && value.verified,
  );
}

const NOW = /\bDate(?:\.now\(\)|\(\))|^Date$|\bnow\b|\b(?:moment|dayjs|DateTime)\b/u;

/** What stands beside it in `<` or `>`, through dates that are made of it, times that are added, and one variable. */
function isComparedWithNow(file: SourceFile, member: Node, hops = 1): boolean {
  for (
    let from = wrapped(member), at = parentOf(from);
    at !== undefined;
    from = at, at = parentOf(at)
  ) {
    if (at.type === "BinaryExpression" && /^[<>]=?$/u.test(at.operator)) {
      const other = unwrap(at.left === from ? at.right : at.left);
      const made = other.type === "Identifier" ? initOf(file, other) : undefined;
      return [other, made].some(
        (one) => one !== undefined && NOW.test(file.text.slice(...one.range)),
      );
    }
    if (at.type === "VariableDeclarator" && hops > 0 && at.id.type === "Identifier") {
      return readsOf(file, at.id).some((read) => isComparedWithNow(file, read, hops - 1));
    }
    if (isFunction(at) || /Statement$|^VariableDeclarator$|^Property$/u.test(at.type)) return false;
  }
  return false;
}
