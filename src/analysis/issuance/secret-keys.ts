import type { TSESTree } from "@typescript-eslint/utils";
import type { Core } from "../core.ts";
import { NAMES } from "../data/names.ts";
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
  return said !== undefined && !NAMES.test(said.split(".").at(-1) ?? "");
}

/** `` `${email}:${password}` ``: two parts of the request that belong together. */
export function isJoined(core: Core, key: Node): boolean {
  const parts =
    key.type === "TemplateLiteral"
      ? key.expressions
      : key.type === "BinaryExpression"
        ? [key.left, key.right]
        : [];
  return parts.filter((part) => isSaidByClient(core, part) || isJoined(core, part)).length > 1;
}
