import { calleeName } from "../syntax.ts";
import type { Node } from "../syntax.ts";

/** Does a call send somebody a mail or a message, by its name? What it holds may be what he is asked for later. */
export function isMail(node: Node): boolean {
  return node.type === "CallExpression" && MAILS.test(calleeName(node));
}

const MAILS = /mail|send_?(?:link|reset|magic|sms|message)|\bsms|transport(?:er)?\.|resend\./iu;
