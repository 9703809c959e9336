import type { Core } from "../core.ts";
import { calleeName, dottedPath, memberName, parentOf, unwrap, wrapped } from "../syntax.ts";
import type { Node } from "../syntax.ts";
import type { Value } from "../values/value.ts";

/**
 * Is a key put together of a text in the code and of identifiers that stand in links and answers, and of nothing else:
 * `"reset-" + user.id`? A hash of the password, a date of change or a setting among them is known to nobody.
 */
export function isOfKnownParts(core: Core, value: Value): boolean {
  return (
    value.type === "template" &&
    !isAddedTo(core, value.node) &&
    value.parts.every((part) => part.type === "literal" || isIdentifier(part))
  );
}

/** `let key = `v1:${user.id}`; key += process.env.KEY;`, `….concat(process.env.KEY)` */
function isAddedTo(core: Core, written: Node): boolean {
  const holder = parentOf(wrapped(written));
  if (holder?.type === "MemberExpression") return true;
  const variable =
    holder?.type === "VariableDeclarator" ? core.fileOf(holder).variableOf(holder.id) : undefined;
  return (variable?.references ?? []).some((one) => one.isWrite() && one.init !== true);
}

/** `account.id`, `String(user._id)`, `email` */
function isIdentifier({ type, node }: Value): boolean {
  if (type !== "unknown" && type !== "global") return false;
  const path = dottedPath(bare(node)) ?? [];
  const name = path.at(-1) ?? "";
  // Of a session the identifier is a secret; `id` alone may be that of anything.
  return path.length > 1
    ? OF_RECORD.test(name) && !path.some((one) => SECRET.test(one))
    : OF_PERSON.test(name);
}

/** What is written as a text: `String(user._id)`, `user._id.toString()` */
function bare(written: Node): Node {
  const node = unwrap(written);
  if (node.type !== "CallExpression") return node;
  const callee = unwrap(node.callee);
  if (callee.type === "MemberExpression" && memberName(callee) === "toString")
    return unwrap(callee.object);
  const [given] = node.arguments;
  return calleeName(node) === "String" && given !== undefined ? unwrap(given) : node;
}

const OF_RECORD = /^(?:_?id|uid|user_?(?:id|name)|e?mail)$/iu;

const OF_PERSON = /^(?:user_?(?:id|name)|e?mail)$/iu;

const SECRET =
  /session|link|invit|reset|confirm|verif|attempt|grant|request|recover|challenge|nonce|ticket|secret|token|key|pass|otp|code|^(?:process|env|config\w*|settings?|this)$/iu;
