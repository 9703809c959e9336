import type { Core } from "../core.ts";
import type { FunctionNode } from "../syntax.ts";
import { possibilities } from "../values/value.ts";
import type { Value } from "../values/value.ts";
import type { Operation } from "./operations.ts";

/**
 * The program's own functions that are asked for the token of a request: `getToken: pick`, and those of a
 * list, `ExtractJwt.fromExtractors([pick, (req) => req.cookies.jwt])`.
 */
export function tokenFinders(core: Core, operation: Operation): FunctionNode[] {
  const given =
    operation.kind === "extractor"
      ? operation.node.arguments.map((one) => core.evaluate(one))
      : operation.settings("tokenSource").map(({ value }) => value);
  return given.flatMap(functionsIn);
}

function functionsIn(value: Value): FunctionNode[] {
  return possibilities(value).flatMap((one): FunctionNode[] => {
    if (one.type === "array") return one.elements.flatMap(functionsIn);
    return one.type === "function" ? [one.node] : [];
  });
}
