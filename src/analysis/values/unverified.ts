import type { Entity, OptionModel } from "../../libraries/types.ts";
import type { Core } from "../core.ts";
import { inside } from "../files/inside.ts";
import { calledName } from "../files/source-file.ts";
import { byObject } from "../memo.ts";
import type { CallNode, FunctionNode, Node } from "../syntax.ts";
import { findAt } from "./arguments.ts";
import { describe } from "./bindings.ts";
import { may, must, truthiness } from "./value.ts";
import type { EntityValue, Value } from "./value.ts";

/**
 * Is a verification told to leave the signature out: `decode(token, key, true)` of jwt-simple, hapi's
 * `verify: false`?
 */
export interface Unverified {
  /** What says so. */
  readonly node: Node;
  /** In so many words: `true` or `false`, not a text that happens to be truthy. */
  readonly isPlain: boolean;
  /** A key that is given all the same, and that nothing uses. */
  readonly key: Node | undefined;
}

export function unverifiedBy(
  core: Core,
  target: EntityValue,
  node: CallNode,
  entity: Entity,
): Unverified | undefined {
  const by = switchedOffBy(core, target, node, entity);
  if (by === undefined) return undefined;
  const [position] = [entity.parameters?.key ?? []].flat();
  const key = position === undefined ? undefined : findAt(core, target, node, position);
  return { ...by, key: key?.state === "found" ? key.node : undefined };
}

function switchedOffBy(
  core: Core,
  target: EntityValue,
  node: CallNode,
  entity: Entity,
): Omit<Unverified, "key"> | undefined {
  const switches = switchesOf(entity);
  for (const [position, model] of switches.arguments) {
    const found = findAt(core, target, node, position);
    if (found.state === "found" && must(found.value, (one) => switchesOff(core, model, one))) {
      return { node: found.node, isPlain: isPlain(found.value) };
    }
  }
  const at = [entity.parameters?.options ?? []].flat()[0];
  if (at === undefined) return undefined;
  for (const [name, model] of switches.options) {
    const found = findAt(core, target, node, `${at}.${name}`);
    if (found.state !== "found" || !must(found.value, (one) => switchesOff(core, model, one)))
      continue;
    const isOverruled =
      model.unless !== undefined &&
      findAt(core, target, node, `${at}.${model.unless}`).state !== "absent";
    if (!isOverruled) return { node: found.node, isPlain: isPlain(found.value) };
  }
  return undefined;
}

/** Few entities can be told so; their switches are looked for once. */
const switchesOf = byObject((entity: Entity) => ({
  arguments: Object.entries(entity.arguments ?? {}).filter(isSwitch),
  options: Object.entries(entity.options ?? {})
    .flatMap(([name, models]) => [models].flat().map((model) => [name, model] as const))
    .filter(isSwitch),
}));

function isSwitch([, { role }]: readonly [unknown, OptionModel]): boolean {
  return role === "verification";
}

function switchesOff(
  core: Core,
  { offWhen, offWhenGiven, anyTruthy }: OptionModel,
  value: Value,
): boolean {
  if (offWhenGiven === true) {
    if (value.type === "function" && verifiesItself(core, value.node)) return false;
    return truthiness(value) !== false;
  }
  if (anyTruthy === true) return truthiness(value) === true;
  return value.type === "literal" && offWhen?.some((off) => off === value.value) === true;
}

function isPlain(value: Value): boolean {
  return may(value, (one) => one.type === "literal" && typeof one.value !== "string");
}

/** A function that is given in the place of the verification may do it with another library. */
function verifiesItself(core: Core, owner: FunctionNode): boolean {
  return inside(core.fileOf(owner).index.calls, owner).some((call) => {
    if (/verif|introspect/iu.test(calledName(call) ?? "")) return true;
    return may(
      core.evaluate(call.callee),
      (one) =>
        one.type === "entity" &&
        describe(one, core.versionOf(one.library, one.path))?.kind === "verify",
    );
  });
}
