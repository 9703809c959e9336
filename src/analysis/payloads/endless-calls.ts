import type { Core } from "../core.ts";
import type { Operation } from "../operations/operations.ts";
import { isFunction, unwrap } from "../syntax.ts";
import type { CallNode, FunctionNode, Node } from "../syntax.ts";
import { callSites } from "../values/call-sites.ts";

/**
 * `sealClaims({ id })` of `export const sealClaims = (claims) => sign(claims)`: which calls of a function that signs
 * what it is given, as it is, certainly give it nothing that ends? Others, out of sight, may.
 */
export function endlessCalls(core: Core, { payload }: Operation): CallNode[] {
  const given = payload === undefined ? undefined : unwrap(payload.node);
  const owner = given === undefined ? undefined : signerOf(core, given);
  if (owner === undefined) return [];
  return callSites(core, owner.function).calls.filter((call) => {
    const argument = call.arguments[owner.at];
    const value = argument === undefined ? undefined : core.evaluate(argument);
    return value?.type === "object" && !value.open && !value.properties.has("exp");
  });
}

interface Signer {
  readonly function: FunctionNode;
  /** Which of its parameters it signs. */
  readonly at: number;
}

/** The function whose parameter it is, where that is read nowhere else. */
function signerOf(core: Core, given: Node): Signer | undefined {
  if (given.type !== "Identifier") return undefined;
  const variable = core.fileOf(given).variableOf(given);
  const [definition] = variable?.defs ?? [];
  const owner = definition?.node as Node | undefined;
  if (variable?.references.length !== 1 || !isFunction(owner)) return undefined;
  const at = owner.params.findIndex((one) => one === definition?.name);
  return at === -1 ? undefined : { function: owner, at };
}
