import type { Operation } from "../operations/operations.ts";
import { possibilities } from "../values/value.ts";
import type { PropertyValue } from "../values/value.ts";

export interface OptionClaim {
  /** The option, as the library reads it beside the payload. */
  readonly name: string;
  readonly property: PropertyValue;
}

/**
 * A lifetime that stands in the payload, `sign({ sub, expiresIn: "1h" })`, where the call is told none:
 * it becomes a claim of that name, which no verifier looks at. Beside the right one it may be meant for whoever
 * is given the token; a date there is somebody's own way of expiring.
 */
export function lifetimeAmongClaims(operation: Operation): OptionClaim | undefined {
  const { entity, kind, open, options, payload, wrapper } = operation;
  if (kind !== "sign" || payload === undefined || wrapper !== undefined || open) return undefined;
  // What is registered elsewhere may bring a lifetime, and the claim is none for all that.
  const isTold =
    options !== undefined &&
    (["lifetime", "expiresAt"] as const).some(
      (role) => operation.option(role, "call").state !== "absent",
    );
  if (isTold) return undefined;
  for (const [name, models] of Object.entries(entity.options ?? {})) {
    const isRead = [models]
      .flat()
      .some((one) => one.role === "lifetime" && one.ignored === undefined);
    if (!isRead) continue;
    for (const value of possibilities(payload.value)) {
      if (value.type !== "object" || value.properties.has("exp")) continue;
      const property = value.properties.get(name);
      if (property !== undefined && isLifetime(property)) return { name, property };
    }
  }
  return undefined;
}

function isLifetime({ value }: PropertyValue): boolean {
  return possibilities(value).every(
    (one) => (one.type === "literal" && one.value !== undefined) || one.type === "environment",
  );
}
