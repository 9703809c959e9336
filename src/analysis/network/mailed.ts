import type { TSESTree } from "@typescript-eslint/utils";
import type { Core } from "../core.ts";
import { readsOf } from "../files/variables.ts";
import { usesOf } from "../flow/flow.ts";
import type { Carrier } from "../flow/use.ts";
import { calleeName, isFunction, parentOf, propertyValue } from "../syntax.ts";
import type { CallNode, Node } from "../syntax.ts";

/** Functions that send mails, by their names, and what they are told beside the text. */
const MAILS = /mail|sendgrid|postmark|mailgun|resend\b/iu;

/** How many variables and texts an address goes through on its way into a mail. */
const MAX_HOPS = 3;

/**
 * Does an address become part of a mail: an argument of `sendMail`, in place or through variables, or part of what says
 * `to` whom it goes and with which `subject`, whoever is asked to send that?
 */
export function isMailed(core: Core, address: Node): boolean {
  if (wayToMail(core, address) !== undefined) return true;
  const { text } = core.fileOf(address);
  return (MAILS.test(text) || text.includes("subject")) && isPutIntoMail(core, address);
}

/** `sendMail({ to, subject, html: page(link) })`, where `page` makes the text of the mail, in the file or elsewhere. */
function isPutIntoMail(core: Core, address: Node): boolean {
  const carriers = (call: CallNode): readonly Carrier[] =>
    MAKES_TEXT.test(calleeName(call)) ? [{ node: call, boxes: [] }] : [];
  return usesOf(core, address, { carriers }).some(({ kind, by, node }) => {
    if (kind !== "argument" || by.type !== "CallExpression" || MAKES_TEXT.test(calleeName(by)))
      return false;
    return MAILS.test(calleeName(by)) || (node.type === "ObjectExpression" && isMail(node));
  });
}

/** Functions out of sight that make a text of what they are given: `resetTemplate(link)`, `renderEmail({ link })` */
const MAKES_TEXT =
  /template|html|(?:^|\.)(?:render|compile|build|make|create|get|format)\w*(?:mail|body|text|message|content)/iu;

/** What a value goes through on its way into a mail, up to the object or the call that is the mail. */
export function wayToMail(
  core: Core,
  value: Node,
  hops = MAX_HOPS,
): readonly [...Node[], Mail] | undefined {
  const way: Node[] = [];
  for (let from = value, at = parentOf(value); at !== undefined; from = at, at = parentOf(at)) {
    if (isFunction(at)) return undefined;
    if (at.type === "ObjectExpression" && isMail(at)) return [...way, at];
    // What another call makes of it is no longer the address.
    if (at.type === "CallExpression")
      return at.callee !== from && MAILS.test(calleeName(at)) ? [...way, at] : undefined;
    way.push(at);
    const name =
      at.type === "VariableDeclarator" ? at.id : at.type === "AssignmentExpression" ? at.left : at;
    if (name.type === "Identifier" && hops > 0) {
      for (const read of readsOf(core.fileOf(at), name)) {
        const rest = wayToMail(core, read, hops - 1);
        if (rest !== undefined) return [...way, ...rest];
      }
      return undefined;
    }
    if (at.type.endsWith("Statement")) return undefined;
  }
  return undefined;
}

/** `{ to, subject, html }`, or the call that is given what it sends */
export type Mail = TSESTree.ObjectExpression | CallNode;

/** `{ to: email, subject: "Your link", html }`, and `{ to, from, body }` of a text message */
function isMail(object: TSESTree.ObjectExpression): boolean {
  const has = (name: string): boolean => propertyValue(object, name) !== undefined;
  return has("to") && (has("subject") || (has("from") && has("body")));
}

/** Words of what the link of a mail is for; neither `canActivate` of a guard is one nor an `ActivatedRoute`. */
const LINK =
  /forgot|recover|invit|(?<!can_?|de)activat(?!ed)|unsubscribe|magic[-_ ]?link|(?:^|\/)reset(?:$|\/)|reset[-_ /]?(?:pass|pwd|link|token|e-?mail)|(?:pass(?:word)?|pwd)[-_ /]?reset|confirm[-_ /]?(?:e-?mail|account|registration|sign|user)|verif\w*[-_ /]?(?:e-?mail|account)|e-?mail[-_ /]?(?:verif|confirm|token|secret)/iu;

/** Does a name, an address or a file speak of what the link of a mail is for: `/reset-password`, `confirmAccount`? */
export function isForLink(text: string): boolean {
  return LINK.test(text);
}
