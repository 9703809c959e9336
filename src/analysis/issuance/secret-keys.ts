import type { TSESTree } from "@typescript-eslint/utils";
import type { Core } from "../core.ts";
import { initOf } from "../files/variables.ts";
import { saysWho } from "../data/names.ts";
import { isSaidByClient, saidByClient } from "../network/request.ts";
import { unwrap } from "../syntax.ts";
import type { Node } from "../syntax.ts";

/**
 * `PINS[req.body.pin]`, `` LOGINS[`${email}:${password}`] ``: who finds something by what the request says knows it, unless
 * that is a name alone.
 */
export function isLookedUpBySecret(
  core: Core,
  { computed, property }: TSESTree.MemberExpression,
): boolean {
  return computed && isSecretKey(core, property);
}

function isSecretKey(core: Core, written: Node): boolean {
  const key = unwrap(written);
  if (isJoined(core, key)) return true;
  const said = saidByClient(core, key);
  return said !== undefined && !saysWho(said.split(".").at(-1) ?? "");
}

/** How many names such a key goes by on its way. */
const MAX_NAMES = 2;

/** `` `${email}:${password}` ``, and a name that stands for it: two parts of the request that belong together. */
export function isJoined(core: Core, key: Node, hops = MAX_NAMES): boolean {
  const init = key.type === "Identifier" ? initOf(core.fileOf(key), key) : undefined;
  if (init !== undefined) return hops > 0 && isJoined(core, unwrap(init), hops - 1);
  const parts =
    key.type === "TemplateLiteral"
      ? key.expressions
      : key.type === "BinaryExpression"
        ? [key.left, key.right]
        : [];
  return (
    parts.filter((part) => isSaidByClient(core, part) || isJoined(core, part, hops)).length > 1
  );
}
