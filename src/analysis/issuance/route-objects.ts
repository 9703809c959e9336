import { parentOf, propertyValue, staticKey, textOf, wrapped } from "../syntax.ts";
import type { Node } from "../syntax.ts";

/**
 * What an object says about the route that it describes: `server.route({ method: "POST", path: "/login", handler })`
 * of hapi and Fastify.
 */
export interface DescribedRoute {
  readonly path: string;
  /** Who asks before the handler is called: nobody, something that is named, or what holds where nothing is said. */
  readonly asks: "nobody" | "something" | "default";
}

/** What says nothing of who may call: where a route is, what it takes and gives, and what is told of it. */
const HARMLESS =
  /^(?:method|path|url|handler|schema|validate|response|description|summary|notes|tags|id|cors|log|logLevel|payload|bodyLimit|timeout|cache)$/u;

/** The route whose handler an expression is, where an object describes it. */
export function describedBy(handler: Node): DescribedRoute | undefined {
  const own = parentOf(wrapped(handler));
  if (own?.type !== "Property" || staticKey(own.key, own.computed) !== "handler") return undefined;
  const inner = own.parent;
  const holder = parentOf(inner);
  const isNested =
    holder?.type === "Property" &&
    /^(?:config|options)$/u.test(staticKey(holder.key, holder.computed) ?? "");
  const route = isNested ? holder.parent : inner;
  if (route.type !== "ObjectExpression" || propertyValue(route, "method") === undefined)
    return undefined;
  const path = propertyValue(route, "path") ?? propertyValue(route, "url");
  return path === undefined ? undefined : { path: textOf(path) ?? "", asks: whoAsks(route) };
}

function whoAsks(described: Node): DescribedRoute["asks"] {
  if (described.type !== "ObjectExpression") return "something";
  const said = described.properties.map((one): DescribedRoute["asks"] => {
    const name = one.type === "Property" ? staticKey(one.key, one.computed) : undefined;
    if (one.type !== "Property" || name === undefined) return "something";
    if (name === "auth") return isFalse(one.value) ? "nobody" : "something";
    if (name === "config" || name === "options") return whoAsks(one.value);
    return HARMLESS.test(name) ? "default" : "something";
  });
  if (said.includes("something")) return "something";
  return said.includes("nobody") ? "nobody" : "default";
}

function isFalse(node: Node): boolean {
  return node.type === "Literal" && node.value === false;
}
