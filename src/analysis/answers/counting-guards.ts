import type { TSESTree } from "@typescript-eslint/utils";
import { calleeName, dottedPath } from "../syntax.ts";

const COUNTS = /throttl|rate_?limit/iu;

/** `@UseGuards(ThrottlerGuard)` of NestJS: a guard that counts requests lets in whoever comes. */
export function onlyCounts({ expression }: TSESTree.Decorator): boolean {
  if (expression.type !== "CallExpression" || calleeName(expression) !== "UseGuards") return false;
  return expression.arguments.every((one) => {
    const path = dottedPath(
      one.type === "CallExpression" || one.type === "NewExpression" ? one.callee : one,
    );
    return COUNTS.test(path?.at(-1) ?? "");
  });
}
