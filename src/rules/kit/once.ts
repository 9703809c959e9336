import type { Node } from "../../analysis/syntax.ts";

/** A filter that lets each place through once: one literal may be the key of many calls. */
export function oncePerNode(): (node: Node, what?: string) => boolean {
  // Most rules find nothing in most files.
  let seen: Set<string> | undefined;
  return (node, what = "") => {
    const place = `${String(node.range[0])}:${String(node.range[1])}:${what}`;
    seen ??= new Set();
    if (seen.has(place)) return false;
    seen.add(place);
    return true;
  };
}
