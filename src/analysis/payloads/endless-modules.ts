import type { Analysis } from "../analysis.ts";
import { importedOperations } from "../operations/made-tokens.ts";
import type { Operation } from "../operations/operations.ts";

/**
 * `JwtModule.register({ secret })` of Nest without `signOptions`, beside a service, of this file or an imported one, that signs
 * without a lifetime of its own: the module is where all tokens of its services get theirs. Which module a service belongs to is
 * known where a file registers one alone.
 */
export function endlessModules({ core, operations }: Analysis): Operation[] {
  const [module, ...others] = operations.filter(
    // `new JwtService(options)` makes an instance, which another one may take the place of.
    ({ kind, entity }) =>
      kind === "module" && entity.returns === undefined && setsLifetimes(entity),
  );
  if (module === undefined || others.length > 0 || module.key === undefined) return [];
  if (!isAbsent(module)) return [];
  const isEndless = [...operations, ...importedOperations(core)].some(
    (one) =>
      one.kind === "sign" &&
      one.library === module.library &&
      isAbsent(one) &&
      // Of an instance that is made in sight it is told where it signs.
      one.option("lifetime", "call").state === "unknown",
  );
  return isEndless ? [module] : [];
}

function setsLifetimes({ options }: Operation["entity"]): boolean {
  return Object.values(options ?? {}).some((models) =>
    [models].flat().some(({ role, ignored }) => role === "lifetime" && ignored === undefined),
  );
}

/** Does it say nothing of when a token ends, nor may it anywhere that nobody sees? */
function isAbsent(operation: Operation): boolean {
  return (["lifetime", "expiresAt"] as const).every(
    (role) => operation.option(role, "here").state === "absent",
  );
}
