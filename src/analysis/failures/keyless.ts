import type { Operation } from "../operations/operations.ts";
import type { Node } from "../syntax.ts";
import { must } from "../values/value.ts";
import type { Value } from "../values/value.ts";

/**
 * An empty key where the library then takes unsigned tokens, or tokens signed with nothing.
 *
 * @returns what is empty: the key, or the call that is given none
 */
export function withoutKey(operation: Operation): Node | undefined {
  const { checks } = operation.entity;
  const { key } = operation;
  if (operation.wrapper !== undefined) return undefined;
  if (key === undefined) {
    const isLeftOut = checks?.absentKey === "accepted" && operation.token !== undefined;
    return isLeftOut && !operation.open ? operation.node : undefined;
  }
  const isMissing = must(
    key.value,
    (value) => value.type === "literal" && (value.value === null || value.value === undefined),
  );
  const isEmpty = must(key.value, isEmptyText);
  const isOpen =
    (isMissing && checks?.missingKey === "accepted") ||
    (isEmpty && (checks?.emptyKey === "accepted" || checks?.missingKey === "accepted"));
  return isOpen ? key.node : undefined;
}

function isEmptyText(value: Value): boolean {
  const text = value.type === "bytes" ? value.of : value;
  return text.type === "literal" && text.value === "";
}
