import type { Entity, Library, Registration } from "../../libraries/types.ts";
import type { Core } from "../core.ts";
import { memberName, unwrap } from "../syntax.ts";
import type { CallNode } from "../syntax.ts";
import { possibilities } from "../values/value.ts";
import type { EntityValue } from "../values/value.ts";

/**
 * Where is a library registered with a framework? `app.register(plugin, options)` calls the plugin
 * with the same options that `plugin(app, options)` is given.
 */

/** The plugins that a call hands to a framework. */
export function pluginsOf(core: Core, node: CallNode): EntityValue[] {
  const callee = unwrap(node.callee);
  const method = callee.type === "MemberExpression" ? memberName(callee) : undefined;
  const [plugin] = node.arguments;
  if (method === undefined || !METHODS.test(method)) return [];
  if (plugin === undefined || plugin.type === "SpreadElement") return [];
  return possibilities(core.evaluate(plugin)).flatMap((one) => {
    if (one.type !== "entity") return [];
    // `register(import("@fastify/jwt"))` takes the default export of the namespace.
    const path = one.path === "" ? "default" : one.path;
    const isPlugin = one.library.entities[path]?.pluginOf?.includes(method) === true;
    return isPlugin ? [{ ...one, path }] : [];
  });
}

/** Looked at before anything is evaluated. */
const METHODS = /^(?:register|use|plugin)$/u;

export interface Registered {
  readonly target: EntityValue;
  readonly call: CallNode;
}

const known = new WeakMap<Core, Map<Entity, readonly Registered[]>>();

/** The calls of the linted file that register a library. */
export function registrationsOf(
  core: Core,
  library: Library,
  { from }: Registration,
): readonly Registered[] {
  const entity = library.entities[from];
  if (entity === undefined) return [];
  let answers = known.get(core);
  if (answers === undefined) known.set(core, (answers = new Map<Entity, readonly Registered[]>()));
  let found = answers.get(entity);
  if (found === undefined) answers.set(entity, (found = findRegistrations(core, library, entity)));
  return found;
}

function findRegistrations(core: Core, library: Library, entity: Entity): Registered[] {
  return core.file.index.calls.flatMap((call) =>
    [...possibilities(core.evaluate(call.callee)), ...pluginsOf(core, call)].flatMap((target) =>
      target.type === "entity" &&
      target.library === library &&
      library.entities[target.path] === entity
        ? [{ target, call }]
        : [],
    ),
  );
}
