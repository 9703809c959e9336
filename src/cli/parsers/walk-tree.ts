/** A node as far as its place is concerned. */
export interface PlacedNode {
  readonly type: string;
  range: [start: number, end: number];
  loc?: unknown;
}

type Keys = Readonly<Record<string, readonly string[] | undefined>>;

/**
 * Visits every node, each before its children. Without recursion: a chain of thousands of calls is
 * as deep as it is long.
 */
export function walk(root: PlacedNode, keys: Keys, visit: (node: PlacedNode) => void): void {
  const open: PlacedNode[] = [root];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    visit(node);
    const children = node as unknown as Readonly<Record<string, unknown>>;
    for (const key of keys[node.type] ?? Object.keys(node)) {
      for (const child of [children[key]].flat()) if (isNode(child)) open.push(child);
    }
  }
}

function isNode(value: unknown): value is PlacedNode {
  return typeof value === "object" && value !== null && "type" in value && "range" in value;
}
