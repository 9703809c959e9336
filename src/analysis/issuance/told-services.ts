import type { Core } from "../core.ts";
import { calleeName, parentOf, rootOf, unwrap, wrapped } from "../syntax.ts";
import type { Node } from "../syntax.ts";
import { madeHere } from "../values/made-by.ts";
import { must } from "../values/value.ts";
import type { Value } from "../values/value.ts";
import { isOnlyWho, mayAskByName } from "./told-only-who.ts";
import { saysClient } from "./unasked.ts";

/**
 * Is another service told who is meant, by a client that is made of settings alone:
 * `await chat.upsertUser({ id: userId });` of `chat = StreamChat.getInstance(key, secret)`, `await channel.addMembers([userId]);`?
 * Nothing looks at what it answers, and such a client knows nothing of the request, so nobody has proved anything
 * to it either. What it gives where it is told nothing of him (`chat.channel("messaging", "news")`) is the same for everybody.
 */
export function isToldService(core: Core, node: Node): boolean {
  const callee = node.type === "CallExpression" ? unwrap(node.callee) : undefined;
  if (node.type !== "CallExpression" || callee?.type !== "MemberExpression") return false;
  if (mayAskByName(calleeName(node))) return false;
  // `client.conversations.v1` of Twilio is a part of the client.
  const { call: client } = madeHere(core, rootOf(callee.object)) ?? {};
  if (client?.arguments.every((one) => isSetting(core, one)) !== true) return false;
  if (node.arguments.every((one) => !saysClient(core, one))) return true;
  return (
    parentOf(wrapped(node))?.type === "ExpressionStatement" &&
    node.arguments.every((one) => isOnlyWho(core, one))
  );
}

function isSetting(core: Core, written: Node): boolean {
  return isOfSettings(core.evaluate(written));
}

/** Also `{ accountSid: process.env.ACCOUNT }` */
function isOfSettings(value: Value): boolean {
  return must(
    value,
    (one) =>
      one.type === "environment" ||
      one.type === "literal" ||
      (one.type === "object" &&
        !one.open &&
        [...one.properties.values()].every((property) => isOfSettings(property.value))),
  );
}
