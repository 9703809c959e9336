import type { Core } from "../core.ts";
import { isFunction, propertyValue, staticKey, unwrap } from "../syntax.ts";
import type { Node } from "../syntax.ts";

/**
 * The fields of `inputs` of `module.exports = { inputs: { id: …, password: … }, fn: async function (inputs, exits) { … } }`:
 * helpers and actions of Sails (1) are given what they declare, and nothing else.
 */
export function actionInputs(core: Core, name: Node): readonly string[] | undefined {
  const [definition] = core.fileOf(name).variableOf(name)?.defs ?? [];
  const owner = definition?.node as Node | undefined;
  if (!isFunction(owner) || owner.params[0] !== definition?.name) return undefined;
  const { parent } = owner;
  if (parent.type !== "Property" || staticKey(parent.key, parent.computed) !== "fn")
    return undefined;
  if (parent.parent.type !== "ObjectExpression") return undefined;
  const declared = propertyValue(parent.parent, "inputs");
  const inputs = declared === undefined ? undefined : unwrap(declared);
  if (inputs?.type !== "ObjectExpression") return undefined;
  const names = inputs.properties.map((one) =>
    one.type === "Property" ? staticKey(one.key, one.computed) : undefined,
  );
  return names.every((one) => one !== undefined) ? names : undefined;
}
