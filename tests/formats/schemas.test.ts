/** The formats of others, against their schemas and their validators. */
import { execFileSync } from "node:child_process";
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { ValidateFunction } from "ajv";
import { Ajv } from "ajv";
import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import Ajv4 from "ajv-draft-04";
import { beforeAll, describe, expect, it } from "vitest";
import { readTarget } from "../../src/formats/index.ts";
import type { Report } from "../../src/report/types.ts";
import { cases } from "../kit/hostile.ts";

const names = Object.keys(cases);
const reports = new Map<string, Report>();

beforeAll(async () => {
  for (const [name, make] of Object.entries(cases)) reports.set(name, await make());
});

function render(format: string, name: string): string {
  const report = reports.get(name);
  if (report === undefined) throw new Error("There is no such case.");
  return readTarget(format).format.render(report);
}

function readJson(file: string): object {
  return JSON.parse(readFileSync(file, "utf8")) as object;
}

const options = { allErrors: true, strict: false, unicodeRegExp: true, logger: false } as const;

function expectValid(validate: ValidateFunction, format: string, name: string): void {
  validate(JSON.parse(render(format, name)));
  expect((validate.errors ?? []).slice(0, 5)).toEqual([]);
}

function packageFolder(name: string): string {
  return path.join(import.meta.dirname, "../../node_modules", name);
}

describe("SARIF, by the schema of the Multitool", () => {
  const ajv = new Ajv2020(options);
  addFormats.default(ajv);
  const file = path.join(packageFolder("@microsoft/sarif-multitool-linux"), "sarif-2.1.0.json");
  const isHere = existsSync(file);
  const validate = isHere ? ajv.compile(readJson(file)) : undefined;

  it.skipIf(!isHere).each(names)("holds for %s", (name) => {
    if (validate === undefined) return;
    expectValid(validate, "sarif", name);
    expectValid(validate, "sarif-full", name);
  });
});

describe("SARIF, by the Multitool", () => {
  const tool = path.join(packageFolder("@microsoft/sarif-multitool-linux"), "Sarif.Multitool");

  it.skipIf(!existsSync(tool)).each([
    ["sarif", "Sarif;Ghas", "no error and no warning of GitHub"],
    ["sarif-full", "Sarif", "no error and no warning"],
  ])(
    "%s by %s has %s",
    (format, kinds) => {
      // Its install script would do this; npm runs none unasked.
      chmodSync(tool, 0o755);
      const folder = mkdtempSync(path.join(tmpdir(), "jwt-audit-"));
      try {
        const files = names.map((name) => path.join(folder, `${name.replaceAll(" ", "-")}.sarif`));
        for (const [index, name] of names.entries()) {
          writeFileSync(files[index] ?? "", render(format, name));
        }
        const output = path.join(folder, "out.json");
        const rest = ["--rule-kind", kinds, "--level", "Error;Warning", "--output", output];
        // Its exit code says nothing.
        execFileSync(tool, ["validate", ...files, ...rest], {
          stdio: "ignore",
          env: { ...process.env, DOTNET_SYSTEM_GLOBALIZATION_INVARIANT: "1" },
        });
        const { runs } = readJson(output) as {
          runs: { results: { ruleId: string; level?: string; message: unknown }[] }[];
        };
        expect(runs).toHaveLength(1);
        expect(
          (runs[0]?.results ?? []).map(({ ruleId, level, message }) => [ruleId, level, message]),
        ).toEqual([]);
      } finally {
        rmSync(folder, { recursive: true });
      }
    },
    120_000,
  );
});

const CYCLONEDX = path.join(packageFolder("@cyclonedx/cyclonedx-library"), "res/schema");

/** @param suffix what stands before `.schema.json` in the names by which the schemas refer to each other */
function compileCycloneDx(file: string, suffix: string): ValidateFunction {
  const ajv = new Ajv(options);
  addFormats.default(ajv);
  ajv.addFormat("iri-reference", true);
  for (const name of ["spdx", "jsf-0.82"]) {
    const part = readJson(path.join(CYCLONEDX, `${name}.SNAPSHOT.schema.json`));
    ajv.addSchema({ ...part, $id: `http://cyclonedx.org/schema/${name}${suffix}.schema.json` });
  }
  return ajv.compile(readJson(file));
}

describe("CycloneDX, by the schema of its library", () => {
  const validate = compileCycloneDx(
    path.join(CYCLONEDX, "bom-1.6.SNAPSHOT.schema.json"),
    ".SNAPSHOT",
  );

  it.each(names)("holds for %s", (name) => {
    expectValid(validate, "cyclonedx", name);
  });

  it.each(names)("refers only to what is there, for %s", (name) => {
    const text = render("cyclonedx", name);
    const defined = new Set([...text.matchAll(/"bom-ref": "([^"]*)"/gu)].map(([, ref]) => ref));
    const { declarations } = JSON.parse(text) as {
      declarations: {
        claims: {
          evidence: string[];
          counterEvidence?: string[];
          mitigationStrategies?: string[];
        }[];
        attestations: {
          map: { requirement: string; claims?: string[]; counterClaims?: string[] }[];
        }[];
      };
    };
    const used = [
      ...declarations.claims.flatMap((claim) => [
        ...claim.evidence,
        ...(claim.counterEvidence ?? []),
        ...(claim.mitigationStrategies ?? []),
      ]),
      ...declarations.attestations.flatMap(({ map }) =>
        map.flatMap(({ requirement, claims, counterClaims }) => [
          requirement,
          ...(claims ?? []),
          ...(counterClaims ?? []),
        ]),
      ),
    ];
    expect(used.filter((ref) => !defined.has(ref))).toEqual([]);
  });
});

/** Schemas that no package carries, where somebody has put them beside the project. */
const SHARED = path.join(import.meta.dirname, "../../../shared/schemas");

describe("schemas that stand beside the project", () => {
  it.skipIf(!existsSync(SHARED)).each(names)("OSCAL assessment results: %s", (name) => {
    const ajv = new Ajv(options);
    addFormats.default(ajv);
    const validate = ajv.compile(
      readJson(path.join(SHARED, "oscal-assessment-results.schema.json")),
    );
    expectValid(validate, "oscal", name);
  });

  it.skipIf(!existsSync(SHARED)).each(names)("SARIF 2.1.0, errata 01: %s", (name) => {
    const ajv = new Ajv4.default(options);
    addFormats.default(ajv);
    const validate = ajv.compile(readJson(path.join(SHARED, "sarif-2.1.0.schema.json")));
    expectValid(validate, "sarif", name);
    expectValid(validate, "sarif-full", name);
  });

  it.skipIf(!existsSync(SHARED)).each(names)("CycloneDX 1.6: %s", (name) => {
    const file = path.join(SHARED, "cyclonedx-bom-1.6.schema.json");
    expectValid(compileCycloneDx(file, ""), "cyclonedx", name);
  });
});

describe("GitLab SAST 15.2.1", () => {
  /** What GitLab's own schema asks for, as far as this format uses it. */
  const text = { type: "string", minLength: 1 };
  const identifier = {
    type: "object",
    required: ["type", "name", "value"],
    properties: {
      type: text,
      name: text,
      value: text,
      url: { type: "string", pattern: "^(https?|ftp)://.+" },
    },
  };
  const tool = {
    type: "object",
    required: ["id", "name", "version", "vendor"],
    properties: { id: text, name: text, version: text, vendor: { required: ["name"] } },
  };
  const time = { type: "string", pattern: "^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}$" };
  const validate = new Ajv(options).compile({
    type: "object",
    required: ["version", "scan", "vulnerabilities"],
    properties: {
      version: { const: "15.2.1" },
      scan: {
        required: ["analyzer", "scanner", "start_time", "end_time", "status", "type"],
        properties: {
          analyzer: tool,
          scanner: tool,
          start_time: time,
          end_time: time,
          status: { enum: ["success", "failure"] },
          type: { const: "sast" },
          primary_identifiers: { type: "array", items: identifier },
        },
      },
      vulnerabilities: {
        type: "array",
        items: {
          required: ["id", "identifiers", "location"],
          properties: {
            id: { ...text, pattern: "^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$" },
            name: { type: "string", maxLength: 255 },
            description: { type: "string", maxLength: 1_048_576 },
            severity: { enum: ["Info", "Unknown", "Low", "Medium", "High", "Critical"] },
            solution: { type: "string", maxLength: 7_000 },
            identifiers: { type: "array", minItems: 1, maxItems: 20, items: identifier },
            location: { properties: { file: text, start_line: { minimum: 1 } } },
          },
        },
      },
    },
  });

  it.each(names)("holds for %s", (name) => {
    expectValid(validate, "gitlab-sast", name);
  });

  it("has an id of its own for each finding", () => {
    const { vulnerabilities } = JSON.parse(render("gitlab-sast", "hostile names and messages")) as {
      vulnerabilities: { id: string }[];
    };
    expect(new Set(vulnerabilities.map(({ id }) => id)).size).toBe(vulnerabilities.length);
  });
});

describe("XML and HTML", () => {
  /** Elements in order, or the place where they are not closed as they were opened. */
  function unbalanced(text: string, empty: readonly string[]): string | undefined {
    const open: string[] = [];
    for (const [whole, slash, name = ""] of text.matchAll(
      /<(\/?)([a-z][\w-]*)(?:\s+[\w:-]+(?:="[^"<]*")?)*\s*\/?>/giu,
    )) {
      if (whole.endsWith("/>") || empty.includes(name)) continue;
      if (slash === "") open.push(name);
      else if (open.pop() !== name) return whole;
    }
    return open.pop();
  }

  it.each(names)("JUnit is well-formed for %s", (name) => {
    const text = render("junit", name).replace(/^<\?xml[^>]*\?>/u, "");
    expect(unbalanced(text, [])).toBeUndefined();
    expect(text.replaceAll(/<\/?[a-z]+(?:\s+[a-z]+="[^"<]*")*\s*\/?>/giu, "")).not.toMatch(/[<>]/u);
    expect(text).not.toMatch(/&(?!(?:amp|lt|gt|quot|#39);)/u);
  });

  it.each(names)("HTML is closed as it was opened for %s", (name) => {
    const text = render("html", name).replace(/<style>[\s\S]*?<\/style>/u, "");
    expect(unbalanced(text, ["meta", "br"])).toBeUndefined();
  });
});
