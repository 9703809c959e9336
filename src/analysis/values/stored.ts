import type { Core } from "../core.ts";
import type { SourceFile } from "../files/source-file.ts";
import { byObject } from "../memo.ts";
import { dottedPath, unwrap } from "../syntax.ts";
import type { CallNode, Node } from "../syntax.ts";
import { choice, must, stringOf, unknown } from "./value.ts";
import type { Value } from "./value.ts";

/**
 * What was put under a name is found there again: `app.set("secret", key)` of Express,
 * `map.set("secret", key)`, and later `.get("secret")` on the same receiver in the same file.
 */
export function storedValue(core: Core, object: Node, node: CallNode): Value | undefined {
  const name = nameIn(core, node);
  const given = name === undefined ? [] : storedUnder(core, object, name);
  if (!given.every((value) => must(value, isSetting))) return undefined;
  // Others may put something there, too.
  return given.length === 0 ? undefined : choice(node, [...given, unknown(node, "stored")]);
}

/** Everything that the file puts under a name of an object. */
export function storedUnder(core: Core, object: Node, name: string): readonly Value[] {
  const receiver = dottedPath(object)?.join(".");
  if (receiver === undefined) return [];
  return (settersOf(core.fileOf(object)).get(receiver) ?? []).flatMap((call) => {
    const [, value] = call.arguments;
    return value === undefined || value.type === "SpreadElement" || nameIn(core, call) !== name
      ? []
      : [core.evaluate(value)];
  });
}

/** The calls of `set` in a file, by what they are called on. */
const settersOf = byObject(({ index }: SourceFile): ReadonlyMap<string, CallNode[]> => {
  const setters = new Map<string, CallNode[]>();
  for (const call of index.called.get("set") ?? []) {
    const callee = unwrap(call.callee);
    const receiver = callee.type === "MemberExpression" ? dottedPath(callee.object) : undefined;
    if (call.type !== "CallExpression" || receiver === undefined) continue;
    const name = receiver.join(".");
    const ofReceiver = setters.get(name) ?? [];
    setters.set(name, ofReceiver);
    ofReceiver.push(call);
  }
  return setters;
});

/** A cache of tokens or claims is another matter: what is in it depends on who asked before. */
function isSetting({ type }: Value): boolean {
  return /^(?:literal|template|environment|bytes|generated|key|file)$/u.test(type);
}

function nameIn(core: Core, call: CallNode): string | undefined {
  const [name] = call.arguments;
  return name === undefined || name.type === "SpreadElement"
    ? undefined
    : stringOf(core.evaluate(name));
}
