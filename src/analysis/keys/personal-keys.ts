import type { Core } from "../core.ts";
import { initOf } from "../files/variables.ts";
import { isSaidByClient } from "../network/request.ts";
import { dottedPath, enclosingFunction, memberName, rootOf, unwrap, walk } from "../syntax.ts";
import type { Node } from "../syntax.ts";

/**
 * Is the password of one user part of a key: `SECRET + user.passwordHash`? Such a key signs what lets this
 * user set another password, and nothing after that.
 */
export function isPersonalKey(core: Core, written: Node): boolean {
  const key = unwrap(written);
  const file = core.fileOf(key);
  const made = key.type === "Identifier" ? (initOf(file, key) ?? key) : key;
  let found = false;
  walk(made, file.visitorKeys, (part) => {
    found ||= part.type === "MemberExpression" && isPasswordOf(core, part);
    return !found;
  });
  return found;
}

const PASSWORD = /^(?:hashed_?|encrypted_?)?(?:password|passwd|pwd)_?(?:hash|digest)?$/iu;

/** What is set up once for the program, whoever signs in. */
const OF_PROGRAM =
  /^(?:process|import|env|config\w*|cfg|conf|settings?|options|opts|secrets?|keys?|this)$/iu;

/** Is it known to a function alone, as what it has looked up? */
function isLocal(core: Core, member: Node): boolean {
  const definition = core.fileOf(member).variableOf(rootOf(member))?.defs[0];
  return definition !== undefined && enclosingFunction(definition.name) !== undefined;
}

/** `user.password` and `row.password_hash`, not `config.jwt.password`, and not what somebody has typed. */
function isPasswordOf(core: Core, member: Node): boolean {
  const path = dottedPath(member) ?? [];
  return (
    member.type === "MemberExpression" &&
    PASSWORD.test(memberName(member) ?? "") &&
    isLocal(core, member) &&
    !path.some((name) => OF_PROGRAM.test(name)) &&
    !isSaidByClient(core, member)
  );
}
