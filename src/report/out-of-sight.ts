/** Whether what a rule decides by stands out of sight, so that its silence says nothing. */
import type { Analysis } from "../analysis/analysis.ts";
import { isClientFile } from "../analysis/client.ts";
import { keyMaterials } from "../analysis/keys/keys.ts";
import type { KeyMaterial } from "../analysis/keys/keys.ts";
import type { Operation } from "../analysis/operations/operations.ts";
import { propertyOf } from "../analysis/values/members.ts";
import { map, must } from "../analysis/values/value.ts";
import type { Value } from "../analysis/values/value.ts";
import type { OptionRole } from "../libraries/types.ts";
import type { Concern } from "./concerns.ts";

/** Whether a rule with this concern can say nothing about the operation. */
export function isOutOfSight(
  { roles, decides }: Concern,
  operation: Operation,
  analysis: Analysis,
): boolean {
  if (decides === "key") return !isKeySeen(operation, analysis, isSeen);
  if (decides === "key of a client") {
    return isClientFile(analysis.file) && !isKeySeen(operation, analysis, isSeen);
  }
  if (decides === "key size") return !isKeySeen(operation, analysis, hasKnownSize);
  if (decides === "algorithm") return !areAlgorithmsSeen(operation, analysis);
  return areUnknown(roles ?? [], operation);
}

function areUnknown(roles: readonly OptionRole[], operation: Operation): boolean {
  const states = roles.map((role) => operation.option(role).state);
  return states.includes("unknown") && !states.includes("set");
}

function isKeySeen(
  operation: Operation,
  { core }: Analysis,
  isKnown: (material: KeyMaterial) => boolean,
): boolean {
  const settings = operation.settings("key");
  const keys =
    settings.length > 0
      ? settings.map(({ value }) => value)
      : operation.key === undefined
        ? []
        : [operation.key.value];
  if (keys.length === 0) return !operation.open && operation.option("key").state !== "unknown";
  return keys.every((key) => {
    const materials = keyMaterials(core, key);
    return materials.length > 0 && materials.every(isKnown);
  });
}

const UNSEEN: ReadonlySet<Value["type"]> = new Set<Value["type"]>([
  "unknown",
  "module",
  "global",
  "derived",
  "claims",
  "instance",
]);

/** A variable of the environment or a file is seen not to be written in the code. */
function isSeen({ value }: Pick<KeyMaterial, "value">): boolean {
  if (value.type !== "template") return !UNSEEN.has(value.type);
  return value.parts.every((part) => must(part, (one) => isSeen({ value: one })));
}

/** What comes from the environment or a file may be of any length. */
function hasKnownSize(material: KeyMaterial): boolean {
  const { value, bits, kind } = material;
  if (value.type === "environment" || value.type === "file" || kind === "set") return false;
  if (value.type !== "template") return bits !== undefined || isSeen(material);
  return value.parts.every((part) =>
    must(part, (one) => hasKnownSize({ ...material, value: one })),
  );
}

/** Those that are listed or named; where nothing is written, the library decides by itself. */
function areAlgorithmsSeen(operation: Operation, { core }: Analysis): boolean {
  const roles: readonly OptionRole[] =
    operation.kind === "sign"
      ? ["algorithm", "header"]
      : operation.kind === "module"
        ? ["algorithm", "algorithms", "header"]
        : ["algorithms"];
  return roles.every((role) => {
    // A payload that nobody sees names no algorithm.
    if (operation.option(role, "call").state === "unknown") return false;
    return operation.settings(role).every(({ value, node }) => {
      const named =
        role === "header" ? map(value, (header) => propertyOf(core, header, "alg", node)) : value;
      return must(named, isAlgorithmSeen);
    });
  });
}

function isAlgorithmSeen(value: Value): boolean {
  if (value.type === "array") {
    return !value.open && value.elements.every((element) => must(element, isAlgorithmSeen));
  }
  return value.type !== "environment" && value.type !== "template" && !UNSEEN.has(value.type);
}
