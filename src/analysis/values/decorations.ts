import type { Decoration, Library, Registration } from "../../libraries/types.ts";
import type { Core } from "../core.ts";
import type { SourceFile } from "../files/source-file.ts";
import { byObject } from "../memo.ts";
import { textOf } from "../syntax.ts";
import type { CallNode, Node } from "../syntax.ts";
import { entityValue } from "./bindings.ts";
import type { LibraryIndex } from "./bindings.ts";
import { isFrameworkObject } from "./frameworks.ts";
import { isImported } from "./imported.ts";
import { propertyOf } from "./members.ts";
import { serviceAskedFor } from "./strapi.ts";
import { possibilities, stringOf } from "./value.ts";
import type { EntityValue, GlobalValue, UnknownValue, Value } from "./value.ts";

/**
 * Members that frameworks' objects have once a library is registered: `fastify.jwt.sign`,
 * `request.jwtVerify()`. The files that use them import nothing of the library, so the name counts
 * together with evidence of the framework.
 */
interface Decorated {
  readonly library: Library;
  readonly decoration: Decoration;
}

type Table = ReadonlyMap<string, readonly Decorated[]>;

const tableOf = byObject((libraries: readonly Library[]): Table => {
  const table = new Map<string, Decorated[]>();
  for (const library of libraries) {
    for (const decoration of library.decorations ?? []) {
      const named = table.get(decoration.name) ?? [];
      table.set(decoration.name, [...named, { library, decoration }]);
    }
  }
  return table;
});

/** Every name that a library gives to a framework's objects. */
export function decorationNames({ libraries }: LibraryIndex): Iterable<string> {
  return tableOf(libraries).keys();
}

/** Does a text read such a member, `fastify.jwt` or `{ jwt }`? Told before there is a tree. */
export function readsDecoration(index: LibraryIndex, text: string): boolean {
  return readerOf(index.libraries).test(text) || decorationTexts(index, text).length > 0;
}

const readerOf = byObject((libraries: readonly Library[]) => {
  const names = [...tableOf(libraries).keys()].join("|");
  return new RegExp(`(?:\\.|[{,[])\\s*["'\`]?(?:${names})\\b`, "u");
});

/** What a member of an object that nobody sees made, or that is a global, stands for, if a library put it there. */
export function decoratedMember(
  core: Core,
  holder: GlobalValue | UnknownValue,
  name: string,
  node: Node,
): EntityValue | undefined {
  const named = tableOf(core.libraries.libraries).get(name) ?? renamed(core).get(name) ?? [];
  if (named.length === 0 || isOwn(core.fileOf(node), name)) return undefined;
  const matching = named.filter(({ decoration }) =>
    isFrameworkObject(core, holder.node, decoration),
  );
  // Of packages with the same members the file may import one.
  const found =
    matching.find(({ library }) => isImported(core.fileOf(node), library)) ?? matching[0];
  return found === undefined ? undefined : entityValue(node, found.library, found.decoration.path);
}

/** `app.decorate("jwt", { sign })`: the program has put it there itself. */
function isOwn({ index }: SourceFile, name: string): boolean {
  return (index.called.get("decorate") ?? []).some(
    ({ arguments: [given] }) => given !== undefined && textOf(given) === name,
  );
}

/** What a call gives that asks a framework for what a library has put there by name. */
export function decoratedCall(core: Core, node: CallNode): EntityValue | undefined {
  const asked = serviceAskedFor(core, node);
  if (asked === undefined) return undefined;
  const found = tableOf(core.libraries.libraries)
    .get(asked.name)
    ?.find(({ decoration }) => decoration.of === asked.plugin);
  return found === undefined ? undefined : entityValue(node, found.library, found.decoration.path);
}

/** The texts by which a file may ask for them, where it names whose they are. */
export function decorationTexts({ libraries }: LibraryIndex, text: string): readonly string[] {
  return ownersOf(libraries).flatMap(({ of, name }) =>
    text.includes(of) ? [name, `plugin::${of}.${name}`] : [],
  );
}

const ownersOf = byObject((libraries: readonly Library[]) =>
  [...tableOf(libraries).values()]
    .flat()
    .flatMap(({ decoration: { of, name } }) => (of === undefined ? [] : [{ of, name }])),
);

let renames: { readonly file: SourceFile; readonly names: Table } | undefined;

/** `jwt({ name: "accessJwt", … })` gives the member another name. */
function renamed(core: Core): Table {
  if (renames?.file === core.file) return renames.names;
  const names = new Map<string, readonly Decorated[]>();
  renames = { file: core.file, names };
  for (const { decorated, by } of renamable(core.libraries.libraries)) {
    if (!isImported(core.file, decorated.library)) continue;
    for (const name of namesGiven(core, decorated.library, by)) names.set(name, [decorated]);
  }
  return names;
}

const renamable = byObject((libraries: readonly Library[]) =>
  [...tableOf(libraries).values()].flat().flatMap((decorated) => {
    const by = decorated.decoration.renamedBy;
    return by === undefined ? [] : [{ decorated, by }];
  }),
);

function namesGiven(core: Core, library: Library, { from, at }: Registration): string[] {
  const [position, key] = at.split(".");
  const entity = library.entities[from];
  return core.file.index.calls.flatMap((call) => {
    // Members are what is asked for: a callee that is one could ask this question again.
    if (call.callee.type !== "Identifier") return [];
    const argument = call.arguments[Number(position)];
    if (argument === undefined || argument.type === "SpreadElement" || key === undefined) return [];
    const isRegistration = possibilities(core.evaluate(call.callee)).some(
      (one) =>
        one.type === "entity" && one.library === library && library.entities[one.path] === entity,
    );
    if (!isRegistration) return [];
    return possibilities(core.evaluate(argument)).flatMap((options) => {
      const name: Value = propertyOf(core, options, key, argument);
      const text = stringOf(name);
      return text === undefined ? [] : [text];
    });
  });
}
