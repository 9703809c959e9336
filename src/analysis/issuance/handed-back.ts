import type { Core } from "../core.ts";
import { usesIn, usesOf } from "../flow/flow.ts";
import type { Use } from "../flow/use.ts";
import { contains } from "../syntax.ts";
import { giverOf } from "../operations/made-tokens.ts";
import { insideCall } from "../values/call-context.ts";
import type { SignedToken } from "./signed-tokens.ts";

/**
 * Where does a signed token go: from the call that gives it, and from the callback that the call hands it to?
 * `makeToken(user, (token) => …)` gives nothing, and its callback all.
 */
export function usesOfSigned(core: Core, { node, made }: SignedToken): Use[] {
  const given = usesOf(core, node);
  if (made === undefined) return given;
  const owner = made.node === node ? undefined : giverOf(core, made);
  // Which function a callback is, each call says for itself.
  const inner = owner === undefined ? core : insideCall(core, owner, node);
  if (inner === undefined) return given;
  const token = made.callback?.function?.params[1];
  const handed = [
    ...(owner === undefined ? [] : usesOf(inner, made.node)),
    ...(token === undefined ? [] : usesIn(inner, token)),
  ];
  const file = core.fileOf(node);
  return [...given, ...handed.filter(({ by }) => core.fileOf(by) === file && contains(node, by))];
}
