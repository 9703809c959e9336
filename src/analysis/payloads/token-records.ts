import type { Core } from "../core.ts";
import { dottedPath } from "../syntax.ts";
import type { Node } from "../syntax.ts";
import { plainName } from "./sensitive-names.ts";

/** What the record of a session has, and neither a text has nor what a provider has given. */
const FIELDS = ["userId", "user_id", "ttl", "created"];

/**
 * `jwt.sign({ accessToken }, key)` where the file reads `accessToken.userId` as well: the record of a session, with whose
 * it is and how long, that the token exists to carry. The text of a token has no such fields.
 */
export function isTokenRecord({ file }: Core, expression: Node): boolean {
  const name = dottedPath(expression)?.at(-1);
  if (name === undefined || !plainName(name).endsWith("token")) return false;
  return FIELDS.some((field) =>
    (file.index.membersNamed.get(field) ?? []).some(
      ({ object }) => dottedPath(object)?.at(-1) === name,
    ),
  );
}
