import type { Library, Scheme } from "../../libraries/types.ts";
import type { Core } from "../core.ts";
import { byObject } from "../memo.ts";
import { memberName, propertyValue, unwrap } from "../syntax.ts";
import type { CallNode, Node } from "../syntax.ts";
import { findAt } from "../values/arguments.ts";
import { entityValue } from "../values/bindings.ts";
import type { LibraryIndex } from "../values/bindings.ts";
import { isImported } from "../values/imported.ts";
import { may, stringOf } from "../values/value.ts";
import type { EntityValue } from "../values/value.ts";

/**
 * Which library answers a framework's call that names a scheme: `server.auth.strategy("api", "jwt",
 * options)`? Two packages have one of that name. The one that the file imports counts, else the one
 * that alone has options of the names that are written.
 */
export function schemeOf(core: Core, node: CallNode): EntityValue | undefined {
  const method = methodOf(unwrap(node.callee));
  const schemes = method === undefined ? undefined : tableOf(core.libraries.libraries).get(method);
  if (schemes === undefined) return undefined;
  const matching = schemes.flatMap(({ library, scheme }) => {
    const target = entityValue(node, library, scheme.path);
    const named = findAt(core, target, node, scheme.at);
    const isNamed =
      named.state === "found" && may(named.value, (one) => stringOf(one) === scheme.name);
    return isNamed ? [{ library, scheme, target }] : [];
  });
  const [first, ...rest] = matching.filter(({ library }) => isImported(core.fileOf(node), library));
  if (first !== undefined && rest.length === 0) return first.target;
  const told = matching.find(({ scheme, target }) =>
    scheme.told.every((position) => findAt(core, target, node, position).state === "found"),
  );
  if (told === undefined || !isOfAnother(core)) return told?.target;
  const { library, scheme } = told;
  return scheme.another === undefined ? undefined : entityValue(node, library, scheme.another);
}

/**
 * `server.register(require("hapi-auth-jsonwebtoken"))`: a package that nothing is known of gives the scheme, and all that is sure is that it has a key. What only
 * bears another name, such as that of a scheme for cookies, may stand beside the one of a library.
 */
function isOfAnother(core: Core): boolean {
  return (core.file.index.called.get("register") ?? []).some(({ arguments: [given] }) =>
    pluginsIn(given).some((written) => {
      const plugin = core.evaluate(written);
      return plugin.type === "module" && OF_TOKENS.test(plugin.specifier);
    }),
  );
}

const OF_TOKENS = /^(?!\.).*(?:jwt|json-?web-?token)/iu;

/** `plugin`, `[plugin, …]`, `{ plugin, options }`, and `{ register: plugin }` of hapi before 17. */
function pluginsIn(given: Node | null | undefined): Node[] {
  const written = given == null ? undefined : unwrap(given);
  if (written?.type === "ArrayExpression") return written.elements.flatMap(pluginsIn);
  if (written?.type !== "ObjectExpression") return written === undefined ? [] : [written];
  const plugin = propertyValue(written, "plugin") ?? propertyValue(written, "register");
  return plugin === undefined ? [] : [plugin];
}

interface Described {
  readonly library: Library;
  readonly scheme: Scheme;
}

const tableOf = byObject(
  (libraries: readonly Library[]): ReadonlyMap<string, readonly Described[]> => {
    const table = new Map<string, Described[]>();
    for (const library of libraries) {
      for (const scheme of library.schemes ?? []) {
        table.set(scheme.method, [...(table.get(scheme.method) ?? []), { library, scheme }]);
      }
    }
    return table;
  },
);

/** Does a text hold the name of such a method? */
export function mayNameScheme({ libraries }: LibraryIndex, text: string): boolean {
  return [...tableOf(libraries).keys()].some((method) =>
    text.includes(method.slice(method.lastIndexOf(".") + 1)),
  );
}

/** The last two names of `server.auth.strategy`, whatever the server is. */
function methodOf(callee: Node): string | undefined {
  if (callee.type !== "MemberExpression") return undefined;
  const object = unwrap(callee.object);
  const name = memberName(callee);
  const holder = object.type === "MemberExpression" ? memberName(object) : undefined;
  return name === undefined || holder === undefined ? undefined : `${holder}.${name}`;
}
