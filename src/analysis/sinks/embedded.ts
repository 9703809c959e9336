import type { Analysis } from "../analysis.ts";
import { operationsAt } from "../operations/operations.ts";
import type { TokenUse } from "../tokens/uses.ts";
import { possibilities } from "../values/value.ts";
import type { Value } from "../values/value.ts";
import { textBefore } from "./addresses.ts";

/**
 * Does an address show one dashboard or question of Metabase inside another page:
 * `` `${site}/embed/dashboard/${jwt.sign({ resource: { dashboard: 3 }, params: {} }, key)}` ``? It takes the
 * signed token in its path and in no other way. That is told by what the token is for, as any token fits
 * behind a path of that name, and the address may be put together elsewhere.
 */
export function isEmbedding(analysis: Analysis, use: TokenUse): boolean {
  const payloads = possibilities(analysis.evaluate(use.source.node)).flatMap((value) =>
    value.type === "token"
      ? operationsAt(analysis.core, value.call).flatMap(({ payload }) =>
          payload === undefined ? [] : possibilities(payload.value),
        )
      : [],
  );
  if (payloads.some(namesResource)) return true;
  return payloads.some(isHidden) && EMBEDS.test(textBefore(analysis, use) ?? "");
}

/** What of a collection is shown so. */
const EMBEDS = /\/embed\/(?:dashboard|question)\/$/u;

/** `{ resource: { dashboard: 3 }, params: {} }`, `{ resource: { [kind]: id }, params }` */
function namesResource(payload: Value): boolean {
  if (payload.type !== "object") return false;
  const resource = payload.properties.get("resource")?.value;
  if (resource?.type !== "object") return false;
  return (
    ["dashboard", "question"].some((kind) => resource.properties.has(kind)) ||
    (resource.open && payload.properties.has("params"))
  );
}

/** May a payload say more than can be seen of it? */
function isHidden(payload: Value): boolean {
  return payload.type !== "object" || payload.open;
}
