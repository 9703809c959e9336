import type { Core } from "../core.ts";
import type { Argument } from "../operations/arguments.ts";
import { dottedPath, unwrap } from "../syntax.ts";
import type { Node } from "../syntax.ts";
import { possibilities } from "../values/value.ts";
import type { Value } from "../values/value.ts";
import { wordsOf } from "../words.ts";
import { namesPeople, plainName } from "./sensitive-names.ts";

/**
 * Services that let an application sign its own tokens give it a pair: an "API key" that says which
 * application it is and goes into the token, and a secret to sign with. Such a key is public. One
 * that belongs to a person is none, and one beside which the program signs with a secret of its own
 * is not told by its name.
 */
export function isVendorId(name: string, expression: Node, value: Value, key: Argument): boolean {
  if (!plainName(name).endsWith("apikey")) return false;
  const id = sourceOf(expression, value);
  const secret = sourceOf(key.node, key.value);
  if (id === undefined || secret === undefined) return false;
  if (id.holder !== undefined && namesPeople(id.holder)) return false;
  const words = wordsOf(secret.name);
  if (!words.includes("secret") || plainName(secret.name) === plainName(id.name)) return false;
  return (
    wordsOf(id.name)[0] === words[0] || (id.isConfigured && secret.isConfigured && !isOwn(words))
  );
}

/**
 * WeChat's `jscode2session` gives an `openid` with the key that it encrypts a user's data with, and calls that
 * `session_key`. Zoom's Video SDK calls so what a session goes by, which its tokens have to carry.
 */
export function isWeChatKey(core: Core, name: string, expression: Node): boolean {
  return name === "session_key" && /open_?id\b|jscode2session/iu.test(core.fileOf(expression).code);
}

interface Source {
  readonly name: string;
  /** The object that it is a member of. */
  readonly holder: string | undefined;
  /** It comes from the environment. */
  readonly isConfigured: boolean;
}

/** The variable of the environment that something comes from, else what the code calls it. */
function sourceOf(expression: Node, value: Value): Source | undefined {
  for (const one of possibilities(value)) {
    if (one.type === "environment" && one.name !== undefined && one.name !== "*")
      return { name: one.name, holder: undefined, isConfigured: true };
  }
  const path = dottedPath(unwrap(expression));
  const name = path?.at(-1);
  return name === undefined ? undefined : { name, holder: path?.at(-2), isConfigured: false };
}

/** `JWT_SECRET`: what the program signs its own tokens with. */
function isOwn(words: readonly string[]): boolean {
  return words.some((word) => /^(?:jwt|jws|tokens?|session|auth|access|refresh)$/u.test(word));
}
