import { byObject } from "../memo.ts";
import type { Node } from "../syntax.ts";

/**
 * Those of a list of the index that stand in a node, which may be one of them. It is asked from many places of a
 * file: of a list in source order, each time no more is looked at than what stands there.
 */
export function inside<Item extends Node>(
  items: readonly Item[],
  { range: [start, end] }: { readonly range: readonly [number, number] },
): Item[] {
  if (!isInOrder(items)) return items.filter(({ range }) => range[0] >= start && range[1] <= end);
  let [low, high] = [0, items.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((items[middle]?.range[0] ?? 0) < start) low = middle + 1;
    else high = middle;
  }
  const found: Item[] = [];
  for (let at = low; at < items.length; at += 1) {
    const item = items[at];
    if (item === undefined || item.range[0] >= end) break;
    if (item.range[1] <= end) found.push(item);
  }
  return found;
}

/** The parser of a component may visit its parts in an order of its own. */
const isInOrder = byObject((items: readonly Node[]) =>
  items.every(({ range }, at) => range[0] >= (items[at - 1]?.range[0] ?? 0)),
);
