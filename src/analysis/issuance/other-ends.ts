import type { Analysis } from "../analysis.ts";
import type { Core } from "../core.ts";
import { calleeName, dottedPath, parentOf, rootOf, staticKey, wrapped } from "../syntax.ts";
import type { FunctionNode } from "../syntax.ts";
import { importSource } from "../values/whole-files.ts";
import { saysTokenGiven } from "./purposes.ts";
import { saysSignIn, saysSignUp } from "./route-names.ts";
import { openRoute } from "./sign-in-routes.ts";
import type { SignedToken } from "./signed-tokens.ts";

/**
 * Is a token, of which only the name of what makes it tells, for another end than a sign-in? A place in a list, the state of
 * a form and the address of a prefilled page are called tokens as well: `nextPageToken: encodeToken({ userId, after })`.
 */
export function isForOtherEnd(
  analysis: Analysis,
  handler: FunctionNode,
  signed: SignedToken,
): boolean {
  if (signed.isByName !== true) return false;
  const { core } = analysis;
  return (
    isOfOtherModule(core, signed) ||
    isPutElsewhere(signed) ||
    signed.claims.some(({ name = "" }) => PLACES_IN.test(name)) ||
    (ENCODES.test(calleeName(signed.node)) && !signsIn(analysis, handler))
  );
}

/** `import { encodeToken } from "@/lib/cursor"` */
function isOfOtherModule(core: Core, { node }: SignedToken): boolean {
  const root = rootOf(node.callee);
  const source = importSource(core.fileOf(root).variableOf(root))?.value ?? "";
  return OTHER_MODULES.test(source.split("/").at(-1) ?? "");
}

const OTHER_MODULES =
  /cursor|paginat|survey|\bpolls?\b|newsletter|receipt|invoice|coupon|captcha|unsubscribe|form[-_]?state|telemetry/iu;

/** Claims that say where somebody is in a list, or in a form of several pages. */
const PLACES_IN = /^(?:after|before|offset|cursor|step|page|last_?id|position|survey(?:_?id)?)$/iu;

/** `nextPageToken: encodeToken(…)`, `const cursor = encodeToken(…)`, `/topics?for=${encodeToken(email)}` */
function isPutElsewhere({ node }: SignedToken): boolean {
  const outer = wrapped(node);
  const by = parentOf(outer);
  switch (by?.type) {
    case "Property":
      return ELSEWHERE.test(staticKey(by.key, by.computed) ?? "");
    case "VariableDeclarator":
      return ELSEWHERE.test(dottedPath(by.id)?.[0] ?? "");
    case "TemplateLiteral": {
      const before = by.quasis[by.expressions.indexOf(outer as never)]?.value.raw ?? "";
      return ELSEWHERE.test(/[?&]([\w-]+)=$/u.exec(before)?.[1] ?? "");
    }
    default:
      return false;
  }
}

const ELSEWHERE =
  /cursor|page_?token|continuation|^(?:next|prev(?:ious)?|state|form_?state|for|prefill|receipt)$/iu;

/** What encodes a token may as well put a text into another form; what signs in says so. */
const ENCODES = /(?:^|\.)encode_?tokens?$/iu;

function signsIn(analysis: Analysis, handler: FunctionNode): boolean {
  const { names, paths } = openRoute(analysis, handler) ?? { names: [], paths: [] };
  return (
    names.some((one) => saysSignIn(one) || saysSignUp(one)) ||
    paths.some((one) => saysTokenGiven(one) || /(?:^|\/)tokens?$/iu.test(one))
  );
}
