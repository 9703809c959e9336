import { it } from "vitest";
import { readFileSync } from "node:fs";
import { withAnalysis } from "../kit/analyze.ts";
import { possibilities } from "../../src/analysis/value.ts";
import type { Value } from "../../src/analysis/value.ts";
import { keyMaterials } from "../../src/analysis/keys.ts";
function show(v: Value, d = 0): string {
  if (d > 3) return "…";
  switch (v.type) {
    case "literal":
      return JSON.stringify(v.value) ?? "undefined";
    case "choice":
      return "(" + v.options.map((o) => show(o, d + 1)).join(" | ") + ")";
    case "array":
      return "[" + v.elements.map((o) => show(o, d + 1)).join(",") + (v.open ? ",…" : "") + "]";
    case "object":
      return (
        "{" +
        [...v.properties]
          .map(([k, p]) => k + (p.certain ? "" : "?") + ":" + show(p.value, d + 1))
          .join(",") +
        (v.open ? ",…" : "") +
        "}"
      );
    case "template":
      return "`" + v.parts.map((o) => show(o, d + 1)).join("+") + "`";
    case "environment":
      return "env:" + v.name;
    case "entity":
      return "entity:" + v.library.name + "/" + v.path;
    case "unknown":
      return "?" + v.reason;
    case "bytes":
      return "bytes(" + show(v.of, d + 1) + "," + v.encoding + ")";
    case "key":
      return "key:" + v.kind + "(" + (v.of ? show(v.of, d + 1) : "") + ")";
    case "claims":
      return `claims:${v.verified}:${v.part}:${v.path.join(".")}`;
    case "time":
      return `now${v.unit}+${v.offset}`;
    case "derived":
      return `derived:${v.how}(${v.from.map((o) => show(o, d + 1)).join(",")})`;
    case "generated":
      return `gen:${v.generator}:${v.bits}`;
    case "module":
      return `module:${v.specifier}.${v.path.join(".")}`;
    case "global":
      return `global:${v.path.join(".")}`;
    default:
      return v.type;
  }
}
it("probe", () => {
  const file = process.env["PROBE"];
  if (!file) return;
  const code = readFileSync(file, "utf8");
  withAnalysis(
    code,
    (a) => {
      for (const op of a.operations) {
        console.log(
          `${op.node.loc.start.line} ${op.kind} ${op.library.name}@${op.version} ${op.path} "${op.name}" promise=${op.promise} cb=${!!op.callback} open=${op.open}`,
        );
        for (const r of ["token", "key", "payload", "options"] as const)
          if (op[r]) console.log(`   ${r}: ${show(op[r]!.value)}`);
        if (op.key)
          console.log(
            "   materials:",
            keyMaterials(a.core, op.key.value)
              .map((m) => `${m.kind}/${m.typed}/${show(m.value)}`)
              .join(" ; "),
          );
        for (const role of [
          "algorithms",
          "algorithm",
          "audience",
          "issuer",
          "lifetime",
          "expiresAt",
          "ignoreExpiration",
          "clockTolerance",
        ] as const) {
          const s = op.option(role);
          if (s.state !== "absent" || s.written)
            console.log(
              `   ${role}: ${s.state} ${s.state === "set" ? show(s.setting.value) + " empty=" + s.mayBeEmpty + " " + s.setting.via : s.state === "absent" ? "written " + show(s.written!.value) : ""}`,
            );
        }
        for (const i of op.ignored) console.log(`   ignored ${i.name} -> ${i.meant}`);
      }
    },
    { filename: file },
  );
  void possibilities;
});
