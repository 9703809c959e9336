import type { Core } from "../core.ts";
import { calledName } from "../files/source-file.ts";
import { memberName, textOf, unwrap } from "../syntax.ts";
import type { CallNode, Node } from "../syntax.ts";
import { stringOf } from "./value.ts";

/**
 * Which service of a plugin of Strapi does an expression stand for? `strapi` is a global or handed in; the names of
 * plugins tell its services from others.
 */
export interface Service {
  readonly plugin: string;
  readonly name: string;
}

/** Is it `strapi.plugins["users-permissions"].services`, or `strapi.plugin("users-permissions").services`? */
export function isServices(node: Node, plugin: string): boolean {
  return (
    node.type === "MemberExpression" &&
    memberName(node) === "services" &&
    pluginAt(node.object) === plugin
  );
}

/** `strapi.plugin("users-permissions").service("jwt")`, `strapi.service("plugin::users-permissions.jwt")` */
export function serviceAskedFor(core: Core, node: CallNode): Service | undefined {
  const callee = unwrap(node.callee);
  const [given] = node.arguments;
  if (callee.type !== "MemberExpression" || memberName(callee) !== "service") return undefined;
  const text = given === undefined ? undefined : stringOf(core.evaluate(given));
  const [, plugin = pluginAt(callee.object), name] =
    /^(?:plugin::([\w-]+)\.)?([\w-]+)$/u.exec(text ?? "") ?? [];
  return plugin === undefined || name === undefined ? undefined : { plugin, name };
}

/** The plugin that is asked for by name: `strapi.plugin("x")`, `strapi.plugins.x`. */
function pluginAt(written: Node): string | undefined {
  const node = unwrap(written);
  if (node.type === "CallExpression")
    return calledName(node) === "plugin" ? textOf(node.arguments[0]) : undefined;
  if (node.type !== "MemberExpression") return undefined;
  const holder = unwrap(node.object);
  const isOfPlugins = holder.type === "MemberExpression" && memberName(holder) === "plugins";
  return isOfPlugins ? memberName(node) : undefined;
}
