import { describe, expect, it } from "vitest";
import { explain } from "../../src/compliance/explain.ts";
import type { ControlExplanation } from "../../src/compliance/explain.ts";
import { findFramework, nearestFramework } from "../../src/compliance/find.ts";

describe("explain", () => {
  it("says what bears on a control and why", () => {
    const [control, ...others] = controls("A.8.24");
    expect(others).toEqual([]);
    expect(control?.framework.id).toBe("iso27001-2022");
    expect(control?.control?.title).toBe("Use of cryptography");
    expect(control?.control?.why).toMatch(/algorithm/u);
    expect(control?.rules).toContainEqual({
      rule: "no-weak-key",
      strength: "direct",
      finding: "A key is too short or too easy to guess for its algorithm.",
    });
    // Weight comes first.
    expect(control?.rules.at(-1)).toMatchObject({
      rule: "no-insecure-transport",
      strength: "supporting",
    });
    expect(control?.checklist.map(({ id }) => id)).toContain("key-rotation");
    expect(control?.predecessors).toEqual(["A.10.1.1", "A.10.1.2"]);
  });

  it.each([
    ["a.8.24", "iso27001-2022", "A.8.24"],
    ["A 8.24", "iso27001-2022", "A.8.24"],
    ["A8.24", "iso27001-2022", "A.8.24"],
    ["iso27001:A.8.24", "iso27001-2022", "A.8.24"],
    ["ISO 27001 8.24", "iso27001-2022", "A.8.24"],
    ["iso27001:2013:A.9.4.2", "iso27001-2013", "A.9.4.2"],
    ["ISO/IEC 27001:2013 A.9.4.2", "iso27001-2013", "A.9.4.2"],
    ["cc6.1", "soc2", "CC6.1"],
    ["v5.0.0-9.1.2", "asvs-5.0", "V9.1.2"],
    ["ASVS 9.1.2", "asvs-5.0", "V9.1.2"],
    ["asvs-4.0.3 V3.5.3", "asvs-4.0.3", "V3.5.3"],
    ["RFC 8725 section 3.1", "rfc8725", "3.1"],
    ["ia-13(2)", "nist-800-53", "IA-13(2)"],
    ["nist 800-53 AC-3 (8)", "nist-800-53", "AC-3(8)"],
    ["PCI DSS 6.2.4", "pci-dss", "6.2.4"],
    ["164.312(d)", "hipaa", "164.312(d)"],
    ["Art. 32", "gdpr", "Article 32"],
    ["CWE-347", "cwe", "CWE-347"],
    ["A07:2025", "owasp-top10-2025", "A07:2025"],
    ["API2:2023", "owasp-api-2023", "API2:2023"],
  ])("finds %s", (query, framework, id) => {
    const found = controls(query);
    expect(found.map((each) => [each.framework.id, each.id])).toContainEqual([framework, id]);
    expect(found[0]?.control).toBeDefined();
  });

  it("explains an id of several frameworks in each of them", () => {
    expect(controls("V9.1.1").map(({ framework }) => framework.id)).toEqual([
      "asvs-5.0",
      "asvs-4.0.3",
    ]);
    expect(controls("asvs V9.1.1").map(({ framework }) => framework.id)).toEqual(["asvs-5.0"]);
  });

  it("explains a heading as the controls below it", () => {
    expect(controls("A.9.1").map(({ id }) => id)).toEqual(["A.9.1.1", "A.9.1.2"]);
    expect(controls("A.9.1").map(({ successors }) => successors)).toEqual([["A.5.15"], ["A.5.15"]]);
    expect(
      controls("CC6")
        .map(({ id }) => id)
        .join(" "),
    ).toBe("CC6.1 CC6.2 CC6.3 CC6.6 CC6.7 CC6.8");
  });

  it("says why no rule bears on a control, and what people have to answer", () => {
    const [control] = controls("A.8.17");
    expect(control?.control).toBeUndefined();
    expect(control?.rules).toEqual([]);
    expect(control?.notMapped).toMatch(/clocks/iu);
    expect(control?.checklist.map(({ id }) => id)).toEqual(["clock-sync"]);
  });

  it("knows controls that nobody mapped", () => {
    const [control] = controls("A.7.9");
    expect(control?.control).toBeUndefined();
    expect(control?.notMapped).toBeUndefined();
  });

  it("says that a control is new", () => {
    expect(controls("A.8.28")[0]?.predecessors).toEqual([]);
  });

  it.each(["no-weak-key", "jwt-audit/no-weak-key"])("explains the rule %s", (query) => {
    const explanation = explain(query);
    if (explanation.kind !== "rule") throw new Error(explanation.kind);
    expect(explanation.rule).toBe("no-weak-key");
    const iso = explanation.frameworks.find(({ framework }) => framework.id === "iso27001-2022");
    expect(iso?.controls.map(({ control }) => control.id)).toContain("A.8.24");
  });

  it("explains a framework", () => {
    expect(explain("SOC 2")).toMatchObject({ kind: "framework", framework: { id: "soc2" } });
  });

  it.each([
    ["CC6.11", "CC6.1"],
    ["no-week-key", "no-weak-key"],
    ["iso27001 A.5.144", "A.5.14"],
  ])("suggests what %s was meant to be", (query, suggestion) => {
    expect(explain(query)).toMatchObject({ kind: "unknown", suggestion });
  });

  it.each(["", "   ", "nothing at all like it", "."])("does not know %j", (query) => {
    expect(explain(query)).toEqual({ kind: "unknown", query: query.trim() });
  });
});

describe("a framework's name", () => {
  it.each([
    ["iso27001", "iso27001-2022"],
    ["ISO27001:2022", "iso27001-2022"],
    ["asvs", "asvs-5.0"],
    ["PCI", "pci-dss"],
    ["nist-800-53", "nist-800-53"],
  ])("%s stands for %s", (name, id) => {
    expect(findFramework(name)?.id).toBe(id);
  });

  it("is suggested", () => {
    expect(findFramework("iso2701")).toBeUndefined();
    expect(nearestFramework("iso2701")).toBe("iso27001-2022");
    expect(nearestFramework("sox")).not.toBe("gdpr");
  });
});

function controls(query: string): readonly ControlExplanation[] {
  const explanation = explain(query);
  return explanation.kind === "control" ? explanation.controls : [];
}
