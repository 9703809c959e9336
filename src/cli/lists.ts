/** `--list-frameworks` and `--list-rules`. */
import { frameworks } from "../compliance/index.ts";
import { plugin, presets, ruleModules } from "./plugin.ts";
import { NAMESPACE } from "../configs/index.ts";
import { entry, wrap } from "./text.ts";

export function listFrameworks(): string {
  const lines = frameworks.flatMap(({ id, name, title, aliases, preset }) => [
    ...entry(id, `${name}: ${title}`, 18),
    ...wrap(
      [
        `also ${aliases.join(", ")}`,
        ...(preset === undefined ? [] : [`preset ${preset.name}`]),
      ].join("; "),
      18,
    ),
  ]);
  return `${lines.join("\n")}\n`;
}

export function listRules(): string {
  const lines = Object.keys(plugin.rules ?? {}).flatMap((name) => {
    const holding = Object.entries(presets)
      .filter(([preset]) => preset !== "all")
      .filter(([, blocks]) => `${NAMESPACE}/${name}` in (blocks[0]?.rules ?? {}))
      .map(([preset]) => preset);
    return [
      ...entry(name, `${ruleModules[name]?.meta.docs.description ?? ""}.`, 34),
      ...wrap(holding.length === 0 ? "only in all" : holding.join(", "), 34),
    ];
  });
  return `${lines.join("\n")}\n`;
}
