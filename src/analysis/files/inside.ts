import type { Node } from "../syntax.ts";

/**
 * Those of a list of the index that stand in a node, which may be one of them. The lists are in source
 * order, and it is asked from many places of a file: each time no more of a list is looked at than that.
 */
export function inside<Item extends Node>(
  items: readonly Item[],
  { range: [start, end] }: { readonly range: readonly [number, number] },
): Item[] {
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
