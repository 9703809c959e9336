import type { Core } from "./core.ts";
import { walk } from "./syntax.ts";
import type { Node } from "./syntax.ts";

/** Is a node of a tree so, its root among them? */
export function hasWithin(core: Core, root: Node, test: (node: Node) => boolean): boolean {
  let found = false;
  walk(root, core.fileOf(root).visitorKeys, (node) => {
    found ||= test(node);
    return !found;
  });
  return found;
}
