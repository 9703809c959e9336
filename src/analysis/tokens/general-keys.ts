import type { Operation } from "../operations/operations.ts";
import { dottedPath } from "../syntax.ts";
import { materials } from "../values/value.ts";

/**
 * Is a key by its name the one that a program signs its tokens with, whatever they are for? A key of one purpose says so:
 * `RESET_SECRET`, `config.refreshSecret`.
 */

/** The name that a program gives a key: `JWT_SECRET`, `config.jwt.secret`. */
export function nameOfKey({ key }: Operation): string | undefined {
  if (key === undefined) return undefined;
  for (const value of materials(key.value)) if (value.type === "environment") return value.name;
  const path = dottedPath(key.node);
  return path?.filter((part) => part !== "this").join(".");
}

/** What sessions are called, and what is said of any key; a key of another purpose says so beside. */
const OF_SESSIONS =
  /^(?:jwt|access|auth|session|tokens?|secret|private|key|sec|env|process|config|settings)+$/u;

/** `config.secret`: the settings of an application hold one secret, and no word of what it is for. */
const OF_APPLICATION = /^(?:config|cfg|conf|settings)(?:\.(?:app|server))?\.secret(?:_?key)?$/iu;

export function isGeneralKey(name: string): boolean {
  const said = name.replaceAll(/[^A-Za-z]/gu, "").toLowerCase();
  return (
    (OF_SESSIONS.test(said) && /jwt|access|auth|session/u.test(said)) || OF_APPLICATION.test(name)
  );
}
