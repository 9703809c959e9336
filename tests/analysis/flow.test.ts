import { describe, expect, it } from "vitest";
import { usesOf } from "../../src/analysis/flow/flow.ts";
import { withAnalysis } from "../kit/analyze.ts";

/** What becomes of the first call of `source()`, as `kind path [boxes]`. */
function uses(code: string): string[] {
  return withAnalysis(code, ({ core, file }) => {
    const call = file.index.calls.find(
      ({ callee }) => callee.type === "Identifier" && callee.name === "source",
    );
    if (call === undefined) throw new Error("The code has no source().");
    return usesOf(core, call).map(({ kind, path, boxes }) =>
      [
        kind,
        ...(path.length > 0 ? [path.join(".")] : []),
        ...(boxes.length > 0 ? [`in ${boxes.join(".")}`] : []),
      ].join(" "),
    );
  });
}

describe("a value flows", () => {
  it.each([
    ["nowhere", "source()", ["discard"]],
    ["through a variable", "const a = source(); if (a) f()", ["test"]],
    ["through await", "const a = await source(); g(a)", ["argument"]],
    ["through a cast", "const a = source() as T; g(a!)", ["argument"]],
    ["through a property", "const a = source(); if (a.role === 'x') f()", ["compare role"]],
    [
      "through destructuring",
      "const { payload: { role } } = source(); g(role)",
      ["argument payload.role"],
    ],
    ["through a default", "const { role = 'x' } = source(); g(role)", ["argument role"]],
    ["through a rest", "const { a, ...rest } = source(); g(rest)", ["argument"]],
    ["through an assignment", "let a; a = source(); g(a)", ["argument"]],
    ["through a branch", "g(c ? source() : 1)", ["argument"]],
    ["through a fallback", "const a = source() || {}; g(a)", ["test", "argument"]],
    ["through then", "source().then((a) => g(a))", ["argument"]],
    [
      "through a chain of then",
      "source().then((a) => a.b).then((b) => g(b))",
      ["return b", "argument b"],
    ],
    [
      "into a function of the file",
      "function h(a) { g(a.x) } h(source())",
      ["argument", "argument x"],
    ],
    [
      "out of a function of the file",
      "function h() { return source() } g(h().x)",
      ["return", "argument x"],
    ],
    ["out of an arrow", "const h = () => source(); g(h())", ["return", "argument"]],
    ["to the request", "req.user = source()", ["assign"]],
    ["into a box and out", "const o = { a: source(), b: 1 }; g(o.a); g(o.b)", ["argument"]],
    ["into a box", "g({ user: source() })", ["argument in user"]],
    ["into a spread", "g({ ...source() })", ["argument"]],
    ["into a text", "f(`x${source()}`)", ["text", "argument"]],
    ["into JSX", "const a = source(); const v = <p>{a.name}</p>", ["display name"]],
    [
      "into a class field and out",
      "class A { m() { this.a = source() } n() { g(this.a.x) } }",
      ["assign", "argument x"],
    ],
    ["through a method's answer", "if (source().roles.includes('x')) f()", ["compare roles"]],
    ["not back in time", "let a; g(a); a = source()", []],
    ["not past an overwrite", "let a = source(); a = 1; g(a)", []],
  ])("%s", (_, code, expected) => {
    expect(uses(code)).toStrictEqual(expected);
  });

  it("around a cycle without end", () => {
    expect(
      uses("let a = source(); while (c) { a = f2(a) } function f2(x) { return x }").length,
    ).toBeGreaterThan(0);
  });
});
