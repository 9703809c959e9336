import { describe, expect, it } from "vitest";
import { inside } from "../../src/analysis/files/inside.ts";
import type { Node } from "../../src/analysis/syntax.ts";

const at = (start: number, end: number): Node => ({ range: [start, end] }) as unknown as Node;

describe("what stands inside of a node", () => {
  const middle = at(10, 14);
  const nodes = [at(0, 30), at(2, 8), middle, at(10, 12), at(20, 40)];

  it.each([
    ["in source order", nodes],
    ["in the order of another parser", nodes.toReversed()],
  ])("is found in a list %s", (_order, list) => {
    const found = inside(list, { range: [2, 30] });
    expect(new Set(found)).toEqual(new Set(nodes.slice(1, 4)));
    expect(inside(list, middle)).toContain(middle);
    expect(inside(list, { range: [15, 19] })).toEqual([]);
    expect(inside([], { range: [0, 100] })).toEqual([]);
  });
});
