import type { Core } from "../core.ts";
import { readsOf } from "../files/variables.ts";
import { isWritten } from "../syntax.ts";
import type { Node } from "../syntax.ts";
import { possibilities } from "../values/value.ts";
import { hasWithin } from "../within.ts";
import { isAskedForNone, isNamedInText } from "../trust/environments.ts";

/**
 * `if (process.env.GATE_SECRET) { if (req.body.secret !== process.env.GATE_SECRET) return refuse(); }`: where nobody
 * has set it, nothing is asked. Only of a proof that is compared with the setting itself: `if (isProduction)` and its
 * like say where the program runs. And not where something else in the file asks whether it is missing, which may
 * refuse to start without it.
 */
export function isAskedWhereSet(core: Core, test: Node, proof: Node): boolean {
  const name = settingOf(core, test);
  return (
    name !== undefined &&
    hasWithin(core, proof, (part) => settingOf(core, part) === name) &&
    !isRequired(core, test, name)
  );
}

/** The variable of the environment that an expression gives as it is. */
function settingOf(core: Core, node: Node): string | undefined {
  if (node.type !== "Identifier" && node.type !== "MemberExpression") return undefined;
  const [only, ...more] = possibilities(core.evaluate(node));
  // A schema may have refused to start without it.
  return only?.type === "environment" && only.source !== "config" && more.length === 0
    ? only.name
    : undefined;
}

/** `if (!process.env.GATE_SECRET) throw …`, `requireSettings("GATE_SECRET")`, `process.env.GATE_SECRET ??= …` */
function isRequired(core: Core, test: Node, name: string): boolean {
  const file = core.fileOf(test);
  const reads = [
    ...(file.index.membersNamed.get(name) ?? []),
    ...(test.type === "Identifier" ? readsOf(file, test) : []),
  ];
  return isNamedInText(file, name) || reads.some((one) => isWritten(one) || isAskedForNone(one));
}
