import type { Operation } from "../../src/analysis/operations/operations.ts";
import type { OptionState } from "../../src/analysis/operations/options.ts";
import type { Value } from "../../src/analysis/values/value.ts";
import type { OptionRole } from "../../src/libraries/types.ts";
import { withAnalysis } from "./analyze.ts";
import type { AnalyzeOptions } from "./analyze.ts";

/** A value as text, so that expectations read like what they are about. */
export function show(value: Value, depth = 0): string {
  const inner = (one: Value): string => (depth > 4 ? "…" : show(one, depth + 1));
  switch (value.type) {
    case "literal":
      return typeof value.value === "string" ? JSON.stringify(value.value) : String(value.value);
    case "choice":
      return value.options.map(inner).join(" | ");
    case "array":
      return `[${[...value.elements.map(inner), ...(value.open ? ["…"] : [])].join(", ")}]`;
    case "object": {
      const parts = [...value.properties].map(
        ([name, property]) => `${name}${property.certain ? "" : "?"}: ${inner(property.value)}`,
      );
      return `{${[...parts, ...(value.open ? ["…"] : [])].join(", ")}}`;
    }
    case "template":
      return `text(${value.parts.map(inner).join(" + ")})`;
    case "environment":
      return `env(${value.name ?? ""})`;
    case "entity":
      return `${value.library.name}/${value.path}${value.promisified ? " promisified" : ""}`;
    case "bytes":
      return `bytes(${inner(value.of)}, ${value.encoding})`;
    case "key":
      return `${value.kind ?? "some"} key(${value.of === undefined ? "" : inner(value.of)})`;
    case "claims":
      return `${value.verified ? "verified" : "unverified"} ${[value.part, ...value.path].join(".")}`;
    case "time":
      return `now in ${value.unit} + ${String(value.offset)}`;
    case "derived":
      return `${value.how}(${value.from.map(inner).join(", ")})`;
    case "generated":
      return `${value.generator} ${String(value.bits)} bits`;
    case "file":
      return `file(${value.path === undefined ? "" : inner(value.path)})`;
    case "module":
      return `module ${[value.specifier, ...value.path].join(".")}`;
    case "global":
      return `global ${value.path.join(".")}`;
    case "unknown":
      return "unknown";
    default:
      return value.type;
  }
}

/** What the last expression statement of the code can be. */
export function valueOf(code: string, options?: AnalyzeOptions): string {
  return withAnalysis(
    code,
    (analysis) => {
      const last = analysis.file.ast.body.at(-1);
      if (last?.type !== "ExpressionStatement") throw new Error("The code ends in no expression.");
      return show(analysis.evaluate(last.expression));
    },
    options,
  );
}

/** The operations of the code, each turned into something to compare. */
export function operationsOf<Result>(
  code: string,
  look: (operation: Operation) => Result,
  options?: AnalyzeOptions,
): Result[] {
  return withAnalysis(code, (analysis) => analysis.operations.map(look), options);
}

/** `set "x"`, `absent`, `unknown` and so on. */
function stateText(state: OptionState): string {
  switch (state.state) {
    case "set":
      return `set ${show(state.setting.value)}${state.mayBeEmpty ? " (may be empty)" : ""}${state.setting.certain ? "" : " (may)"}`;
    case "absent":
      return state.written === undefined
        ? "absent"
        : `absent, written ${show(state.written.value)}`;
    case "unknown":
      return "unknown";
  }
}

/** The state of one option in the first operation of the code. */
export function optionOf(code: string, role: OptionRole, options?: AnalyzeOptions): string {
  const [state] = operationsOf(code, (operation) => stateText(operation.option(role)), options);
  if (state === undefined) throw new Error("The code has no operation.");
  return state;
}
