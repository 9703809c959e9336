import type { ControlReport, FrameworkReport, Report, Waiver } from "../report/types.ts";
import { jsonText } from "./escape.ts";
import type { Format } from "./types.ts";
import { uuid } from "./uuid.ts";
import { commitOf, placeOf, sayRules, STATUS_LABELS } from "./words.ts";

const OSCAL_VERSION = "1.2.1";
/** How many findings one observation lists; the rest is counted. */
const MAX_EVIDENCE = 200;

type Json = Readonly<Record<string, unknown>>;

/**
 * OSCAL assessment results. There is no state for "not assessed": such controls are left out of the
 * findings, named as excluded and said in a remark. Only findings and complete runs become states.
 */
export const oscal: Format = {
  name: "oscal",
  description: "OSCAL assessment results, for tools of NIST's family.",
  render(report) {
    const { header } = report;
    const key = report.integrity.digest;
    const plan = uuid("oscal-plan", key);
    const document = {
      "assessment-results": {
        uuid: uuid("oscal", key),
        metadata: {
          title: line(`JWT audit of ${header.project}`),
          "last-modified": header.finished,
          version: header.commit ?? header.finished,
          "oscal-version": OSCAL_VERSION,
          props: [prop("tool", `${header.tool.name} ${header.tool.version}`)],
          remarks: "Ids and titles of controls are those of their publishers.",
        },
        "import-ap": { href: `#${plan}` },
        results: report.frameworks.map((framework) => toResult(framework, report)),
        "back-matter": {
          resources: [
            {
              uuid: plan,
              title: "Assessment plan",
              description: report.method.statements.join(" "),
            },
          ],
        },
      },
    };
    return `${JSON.stringify(document, undefined, 2)}\n`;
  },
};

function toResult(framework: FrameworkReport, report: Report): Json {
  const { header, verdict } = report;
  const key = `${report.integrity.digest} ${framework.id}`;
  const stated = framework.controls.filter((control) => stateOf(control) !== undefined);
  const silent = framework.controls.filter((control) => stateOf(control) === undefined);
  const rules = rulesWithFindings(framework, report);
  const waivers = report.waivers.filter(({ findings }) => findings > 0);
  return {
    uuid: uuid("result", key),
    title: line(`${framework.name}: ${verdict.status}`),
    description: `${verdict.reasons.map(({ text }) => jsonText(text)).join(" ")} ${verdict.meaning}`,
    start: header.started,
    end: header.finished,
    props: [
      prop("commit", commitOf(header, 40)),
      prop("rules", sayRules(header)),
      prop("mapping-digest", header.digests.mapping),
      prop("files-linted", String(report.coverage.files.linted)),
      prop("jwt-operations", String(report.summary.operations)),
    ].flatMap((one) => one ?? []),
    "reviewed-controls": {
      "control-selections": [
        {
          description: line(`${framework.title}, as far as rules bear on it.`),
          ...(stated.length > 0
            ? { "include-controls": stated.map(({ id }) => ({ "control-id": token(id) })) }
            : { "include-all": {} }),
          ...(silent.length > 0
            ? { "exclude-controls": silent.map(({ id }) => ({ "control-id": token(id) })) }
            : {}),
          ...(silent.length > 0
            ? {
                remarks: silent
                  .map(
                    ({ id, status, reason }) =>
                      `${id}: ${STATUS_LABELS[status]}. ${jsonText(reason)}`,
                  )
                  .join("\n"),
              }
            : {}),
        },
      ],
    },
    ...list(
      "observations",
      rules.map((rule) => toObservation(rule, key, report)),
    ),
    ...list(
      "risks",
      waivers.map((waiver) => toRisk(waiver, key)),
    ),
    ...list(
      "findings",
      stated.map((control) => toFinding(control, framework, key, rules)),
    ),
  };
}

function stateOf({ status, strength }: ControlReport): "satisfied" | "not-satisfied" | undefined {
  if (status === "fail" || status === "warn") return "not-satisfied";
  return status === "no-findings" && strength === "direct" ? "satisfied" : undefined;
}

function rulesWithFindings(framework: FrameworkReport, { findings }: Report): string[] {
  const bearing = new Set(
    framework.controls.flatMap(({ rules, contributing, mapped }) => [
      ...rules,
      ...contributing,
      ...mapped,
    ]),
  );
  return [...new Set(findings.map(({ rule }) => rule))].filter((rule) => bearing.has(rule)).sort();
}

function toObservation(rule: string, key: string, { findings, header, rules }: Report): Json {
  const own = findings.filter((finding) => finding.rule === rule && finding.status === "active");
  const shown = own.slice(0, MAX_EVIDENCE);
  const rest = own.length - shown.length;
  return {
    uuid: uuid("observation", key, rule),
    title: line(rule),
    description: line(rules.find(({ id }) => id === rule)?.description ?? rule),
    methods: ["TEST"],
    types: ["finding"],
    ...list(
      "relevant-evidence",
      shown.map((finding) => ({ description: line(`${placeOf(finding)}: ${finding.message}`) })),
    ),
    collected: header.finished,
    ...(rest > 0 ? { remarks: `${rest} more findings are in the other formats.` } : {}),
  };
}

function toFinding(
  { id, title, status, reason, rules, contributing, mapped }: ControlReport,
  framework: FrameworkReport,
  key: string,
  observed: readonly string[],
): Json {
  const state = stateOf({ status, strength: "direct" } as ControlReport);
  const bearing = [...rules, ...contributing, ...mapped].filter((rule) => observed.includes(rule));
  return {
    uuid: uuid("finding", key, id),
    title: line(`${framework.name} ${id} ${title}`),
    description: line(reason),
    target: {
      type: "objective-id",
      "target-id": token(id),
      status: { state, reason: state === "satisfied" ? "pass" : "fail" },
    },
    ...list(
      "related-observations",
      bearing.map((rule) => ({ "observation-uuid": uuid("observation", key, rule) })),
    ),
  };
}

function toRisk(waiver: Waiver, key: string): Json {
  const { state, rule, path, reason, expires, problems } = waiver;
  const isAccepted = state === "valid" || state === "expiring";
  return {
    uuid: uuid("risk", key, waiver.id),
    title: line(`Waiver of ${rule} in ${path}`),
    description: line(reason ?? "No reason is given."),
    statement: line(
      problems.length > 0 ? problems.join(" ") : "The finding is accepted by a waiver.",
    ),
    status: isAccepted ? "deviation-approved" : "open",
    props: [
      prop("state", state),
      prop("ticket", waiver.ticket),
      prop("approver", waiver.approver),
      prop("owner", waiver.owner),
    ].flatMap((one) => one ?? []),
    ...(expires === undefined ? {} : { deadline: `${expires}T23:59:59Z` }),
  };
}

function prop(name: string, value: string | undefined): Json | undefined {
  const text = line(value ?? "");
  return text === "" ? undefined : { name, value: text };
}

/** OSCAL wants text of one line that neither begins nor ends with a space, and has no empty lists. */
function line(text: string): string {
  return jsonText(text).replaceAll(/\s+/gu, " ").trim();
}

function list(name: string, items: readonly Json[]): Json {
  return items.length === 0 ? {} : { [name]: items };
}

/** Ids become tokens: `164.312(a)(1)` is `c-164.312_a_1`. */
function token(id: string): string {
  const plain = id.replaceAll(/[^\p{L}\p{N}._-]+/gu, "_").replaceAll(/^_+|_+$/gu, "");
  return /^[\p{L}_]/u.test(plain) ? plain : `c-${plain}`;
}
