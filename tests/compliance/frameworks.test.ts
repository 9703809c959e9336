/** The frameworks as data: what they name exists, is spelled as its publisher does, and is ours. */
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { controlsOf, weightIn } from "../../src/compliance/bearing.ts";
import { checklist } from "../../src/compliance/checklist.ts";
import { correspondences } from "../../src/compliance/correspondence.ts";
import { findControlId } from "../../src/compliance/find.ts";
import { findings, ruleNames } from "../../src/compliance/findings.ts";
import type { RuleName } from "../../src/compliance/findings.ts";
import { defaultFramework, frameworks } from "../../src/compliance/frameworks/index.ts";
import type { Framework } from "../../src/compliance/types.ts";
import { rules } from "../../src/rules/index.ts";
import type { JwtRule } from "../../src/types.ts";

/** The rules of the design. A framework may name one before it exists, and nothing else. */
const PLANNED: readonly string[] = [
  "no-none-algorithm",
  "require-algorithms",
  "no-algorithm-confusion",
  "no-disallowed-algorithm",
  "no-hardcoded-key",
  "no-weak-key",
  "no-untrusted-key",
  "no-client-side-key",
  "no-unverified-claims",
  "no-unchecked-verification",
  "no-ignored-expiration",
  "require-audience-check",
  "require-issuer-check",
  "require-type-check",
  "require-max-age",
  "no-optional-authentication",
  "no-silent-verification-failure",
  "no-ineffective-option",
  "require-expiration",
  "no-long-lifetime",
  "no-invalid-lifetime",
  "require-audience",
  "require-issuer",
  "require-jti",
  "require-issued-at",
  "require-revocation-check",
  "no-sensitive-payload",
  "no-token-logging",
  "no-token-in-url",
  "no-token-in-web-storage",
  "require-secure-cookie",
  "no-insecure-transport",
  "no-hardcoded-token",
  "no-handmade-jwt",
];

/** Frameworks in which each rule has a place of its own, save for those that have honestly none. */
const MAJOR: Readonly<Record<string, readonly RuleName[]>> = {
  "iso27001-2022": [],
  "iso27001-2013": [],
  soc2: [],
  "asvs-5.0": ["require-issuer"],
  "nist-800-53": ["no-sensitive-payload"],
  "pci-dss": ["require-audience", "require-issuer"],
  "owasp-top10-2025": [],
  // The weakness of code that does cryptography by hand stands under no risk of 2021, hence supporting.
  "owasp-top10-2021": [],
  cwe: [],
};

const ID_FORMS: Readonly<Record<string, RegExp>> = {
  "iso27001-2022": /^A\.[5-8]\.([1-9]|[12]\d|3[0-7])$/u,
  "iso27001-2013": /^A\.([5-9]|1[0-8])\.\d\.\d$/u,
  soc2: /^(CC[1-9]|A1|C1|PI1|P[1-8])\.\d$/u,
  "asvs-5.0": /^V([1-9]|1[0-7])\.\d{1,2}\.\d{1,2}$/u,
  "asvs-4.0.3": /^V([1-9]|1[0-4])\.\d{1,2}\.\d{1,2}$/u,
  "owasp-top10-2025": /^A(0[1-9]|10):2025$/u,
  "owasp-top10-2021": /^A(0[1-9]|10):2021$/u,
  "owasp-api-2023": /^API([1-9]|10):2023$/u,
  cwe: /^CWE-\d+$/u,
  rfc8725: /^3\.([1-9]|1[0-2])$/u,
  "nist-800-53": /^(AC|AU|CA|CM|IA|RA|SA|SC|SI)-\d{1,2}(\(\d{1,2}\))?$/u,
  "nist-800-63": /^63[BC]-\d(\.\d{1,2}){1,2}$/u,
  "pci-dss": /^([1-9]|1[0-2])(\.\d{1,2}){2,3}$/u,
  hipaa: /^164\.312\([a-e]\)(\(\d\)(\([iv]+\))?)?$/u,
  gdpr: /^Article \d{1,2}$/u,
  cis: /^([1-9]|1[0-8])\.\d{1,2}$/u,
};

describe("the vocabulary of rules", () => {
  it("holds every rule there is", () => {
    expect(Object.keys(rules).filter((name) => !Object.hasOwn(findings, name))).toEqual([]);
  });

  it("holds no rule that is neither there nor planned", () => {
    const known = new Set([...Object.keys(rules), ...PLANNED]);
    expect(ruleNames.filter((name) => !known.has(name))).toEqual([]);
  });

  it("says of each what a finding shows, in a sentence", () => {
    for (const finding of Object.values(findings)) expect(finding).toMatch(/^[A-Z].+\.$/u);
  });
});

describe("the list of frameworks", () => {
  it("starts with the default", () => {
    expect(frameworks[0]).toBe(defaultFramework);
    expect(defaultFramework.id).toBe("iso27001-2022");
  });

  it("has every id, alias and name once", () => {
    const names = frameworks.flatMap(({ id, aliases }) => [id, ...aliases]);
    const squeezed = names.map((name) => name.toLowerCase().replaceAll(/[^a-z0-9]/gu, ""));
    const repeated = names.filter((_, index) => squeezed.indexOf(squeezed[index] ?? "") !== index);
    for (const alias of repeated) {
      // Two spellings of one name are fine, one name of two frameworks is not.
      const owners = frameworks.filter(({ id, aliases }) => [id, ...aliases].includes(alias));
      expect(owners, alias).toHaveLength(1);
    }
    expect(new Set(names).size).toBe(names.length);
  });

  it("has a form of id for each", () => {
    expect(Object.keys(ID_FORMS).sort()).toEqual(frameworks.map(({ id }) => id).sort());
  });
});

describe.each(frameworks.map((framework) => [framework.id, framework] as const))(
  "%s",
  (id, framework) => {
    const ids = framework.controls.map((control) => control.id);

    it("has each id once, in its publisher's form", () => {
      expect(new Set(ids).size).toBe(ids.length);
      for (const each of ids) {
        expect(each).toMatch(ID_FORMS[id] ?? /^$/u);
        expect(each).toMatch(framework.idPattern);
      }
    });

    it("names only ids that exist", () => {
      const { catalogue, notMapped = {} } = framework;
      for (const each of [...ids, ...Object.keys(notMapped)]) {
        expect(findControlId(framework, each)).toBe(each);
      }
      for (const each of Object.keys(notMapped)) expect(ids).not.toContain(each);
      if (catalogue === undefined) return;
      expect(new Set(catalogue).size).toBe(catalogue.length);
      expect(ids.filter((each) => !catalogue.includes(each))).toEqual([]);
      for (const each of catalogue) expect(each).toMatch(framework.idPattern);
    });

    it("says why, in sentences of its own", () => {
      for (const control of framework.controls) {
        expect(control.title.length, control.id).toBeLessThan(110);
        expect(control.title, control.id).not.toMatch(/\.$/u);
        expect(control.why, control.id).toMatch(/^[A-Z].+\.$/u);
        expect(control.why.length, control.id).toBeLessThan(200);
      }
    });

    it("names each rule of a control once, and at least one", () => {
      for (const control of framework.controls) {
        if (control.rules === "all") {
          expect(control.contributing, control.id).toBeUndefined();
          continue;
        }
        const named = [...control.rules, ...(control.contributing ?? [])];
        expect(control.rules.length, control.id).toBeGreaterThan(0);
        expect(new Set(named).size, control.id).toBe(named.length);
        expect(control.strength, `${control.id} concerns every rule`).not.toBe("process");
        if (control.strength === "supporting") expect(control.contributing).toBeUndefined();
      }
    });

    it("keeps quiet about what no run can show", () => {
      expect(JSON.stringify(framework)).not.toMatch(/complian(?!ce with policies)t?/iu);
      expect(JSON.stringify(framework)).not.toMatch(/certified/iu);
    });
  },
);

describe("every rule has a place", () => {
  it.each(Object.entries(MAJOR))("in %s", (id, without) => {
    const framework = frameworkOf(id);
    const missing = ruleNames.filter((rule) => weightIn(framework, rule) === undefined);
    expect(missing).toEqual(without);
    // Those are still findings in code that the framework wants to be secure.
    const reaches = framework.controls.some((control) => control.rules === "all");
    if (without.length > 0) expect(reaches).toBe(true);
  });

  it("in CWE, under a weakness that the rule itself names", () => {
    const cwe = frameworkOf("cwe");
    for (const [name, { meta }] of Object.entries<JwtRule>(rules)) {
      const mapped = controlsOf(cwe, name as RuleName).map(({ control }) => control.id);
      if (meta.docs.cwe.length === 0) continue;
      expect(
        mapped.some((id) => meta.docs.cwe.some((named) => named === id)),
        `${name} is under ${mapped.join(", ")}, and names ${meta.docs.cwe.join(", ")}`,
      ).toBe(true);
    }
  });
});

describe("the checklist and the correspondences", () => {
  it("name controls that exist", () => {
    for (const entry of checklist) {
      for (const [id, ids] of Object.entries(entry.controls)) {
        for (const each of ids) expect(findControlId(frameworkOf(id), each), entry.id).toBe(each);
      }
    }
    for (const { from, to, predecessors } of correspondences) {
      for (const [successor, olds] of Object.entries(predecessors)) {
        expect(findControlId(frameworkOf(to), successor)).toBe(successor);
        for (const old of olds) expect(findControlId(frameworkOf(from), old)).toBe(old);
      }
    }
  });

  it("lead from every mapped control of 2013 to a mapped one of 2022", () => {
    const now = new Set(frameworkOf("iso27001-2022").controls.map(({ id }) => id));
    const [iso] = correspondences;
    for (const { id } of frameworkOf("iso27001-2013").controls) {
      const successors = Object.entries(iso?.predecessors ?? {}).filter(([, olds]) =>
        olds.includes(id),
      );
      expect(successors.length, id).toBeGreaterThan(0);
      for (const [successor] of successors) expect(now, id).toContain(successor);
    }
  });

  it("ask in questions and name evidence", () => {
    for (const entry of checklist) {
      expect(entry.question, entry.id).toMatch(/\?( |$)/u);
      expect(entry.evidence, entry.id).toMatch(/\.$/u);
    }
  });
});

/** The checked base of the frameworks, where it is at hand. */
const BASE = path.join(import.meta.dirname, "../../../shared/reference/compliance-mapping.json");

describe.skipIf(!existsSync(BASE))("the checked base", () => {
  const base = existsSync(BASE)
    ? (JSON.parse(readFileSync(BASE, "utf8")) as {
        frameworks: Record<string, { controls: Record<string, { strength: string; why: string }> }>;
      })
    : { frameworks: {} };

  it.each([
    ["iso27001-2022", "iso27001_2022"],
    ["iso27001-2013", "iso27001_2013"],
    ["soc2", "soc2_2017"],
    ["asvs-5.0", "owasp_asvs_5_0_0"],
    ["asvs-4.0.3", "owasp_asvs_4_0_3"],
    ["owasp-api-2023", "owasp_api_2023"],
    ["nist-800-53", "nist_800_53_r5"],
    ["pci-dss", "pci_dss_4_0_1"],
    ["hipaa", "hipaa_164_312"],
    ["gdpr", "gdpr"],
    ["cis", "cis_controls_8_1"],
  ])("has the controls of %s, in other words", (id, key) => {
    const { controls } = frameworkOf(id);
    const expected = base.frameworks[key]?.controls ?? {};
    expect(controls.map((control) => control.id).sort()).toEqual(Object.keys(expected).sort());
    for (const control of controls) expect(control.why).not.toBe(expected[control.id]?.why);
  });
});

function frameworkOf(id: string): Framework {
  const framework = frameworks.find((each) => each.id === id);
  if (framework === undefined) throw new Error(`no framework ${id}`);
  return framework;
}
