import type { Core } from "../core.ts";
import { inside } from "../files/inside.ts";
import { calledName, named } from "../files/source-file.ts";
import { readsOf } from "../files/variables.ts";
import { usesOf } from "../flow/flow.ts";
import { kindInEnglish } from "../languages.ts";
import { byName } from "../memo.ts";
import { wayToMail } from "../network/mailed.ts";
import type { Mail } from "../network/mailed.ts";
import type { MadeToken } from "../operations/made-tokens.ts";
import {
  boundName,
  calleeName,
  enclosingFunction,
  functionName,
  isFunction,
  memberName,
  parentOf,
  propertyValue,
  textOf,
  unwrap,
} from "../syntax.ts";
import type { CallNode, FunctionNode, Node } from "../syntax.ts";
import { wordsOf } from "../words.ts";

/**
 * What is a token for that is called `token` and nothing more? By what the program does with it: one that goes out in a
 * mail about a forgotten password sets that password, and one that answers a password is a session.
 */

/** What a link that is mailed is for, by the words around the token. */
const LINKS: readonly (readonly [kind: string, said: RegExp])[] = [
  [
    "password reset",
    /reset|forg[eo]t|recover\w* (?:\w{1,4} ){0,3}(?:password|account|access)|(?:password|account) recover/u,
  ],
  [
    "confirmation",
    /(?:verif(?!ied)|confirm(?!ed)|activat(?!ed))\w* (?:\w{1,4} ){0,3}(?:e ?mail|account|registration|sign ?up)|(?:e ?mail|account|registration|sign ?up) (?:address )?(?:verif(?!ied)|confirm(?!ed)|activat(?!ed))/u,
  ],
];

/** What the link of a mail is for that signs in is a session. */
const SIGNS_IN = /\bmagic|\blog ?in\b|\bsign ?in\b|passwordless|\bone time|\botp\b/u;

/** May a file send mails at all? */
const MAILS = /mail|subject|sendgrid|postmark|resend/iu;

/**
 * The kind of a token that goes out in a mail: by the address of its link, the names on the way, the subject and what sends
 * it, and by the handler that it stands in. None for one that is given to who asks as well, and where there is any word of
 * signing in.
 */
export function kindOfMailed(core: Core, made: MadeToken): string | undefined {
  if (!MAILS.test(core.fileOf(made.node).text)) return undefined;
  const way = heldIn(core, made).flatMap((one) => wayToMail(core, one) ?? []);
  if (way.length === 0) return undefined;
  const names = namesOf(handlerOf(made.node));
  const said = [...way.flatMap((node) => saidBy(node)), ...names].map(spoken);
  if (said.some((text) => SIGNS_IN.test(text)) || isAnswer(core, made)) return undefined;
  return LINKS.find(([, words]) => said.some((text) => words.test(text)))?.[0];
}

/** The call that signs, or the reads of `token` of `jwt.sign(claims, key, (error, token) => …)`. */
function heldIn(core: Core, { node, operation }: MadeToken): readonly Node[] {
  const token = operation.node === node ? operation.callback?.function?.params[1] : undefined;
  return token?.type === "Identifier" ? readsOf(core.fileOf(node), token) : [node];
}

/** `reset password token` of `/resetPassword?token=` */
function spoken(text: string): string {
  return wordsOf(kindInEnglish(text)).join(" ");
}

/** What a step on the way into a mail says of what is mailed; the text of the mail may speak of anything. */
function saidBy(node: Node): string[] {
  switch (node.type) {
    case "TemplateLiteral":
      return node.quasis.slice(0, -1).map(({ value }) => endOf(value.raw));
    case "BinaryExpression":
      return [node.left, node.right].map((side) => endOf(textOf(side) ?? ""));
    case "CallExpression":
    case "ObjectExpression":
      return ofMail(node);
    default:
      return [boundName(node) ?? ""];
  }
}

/** `/reset?token=` of `<p>Hello</p> <a href="https://shop.example/reset?token=`: the address itself */
function endOf(text: string): string {
  return /[^\s"']*$/u.exec(text)?.[0] ?? "";
}

/** `sendResetMail(…)`, `send(to, "Forgot your password?", …)`, `{ subject: "Reset your password", template: "reset" }` */
function ofMail(mail: Mail): string[] {
  if (mail.type === "ObjectExpression")
    return ["subject", "template"].map((name) => titleOf(propertyValue(mail, name)));
  return [
    calleeName(mail),
    ...mail.arguments.flatMap((given) => {
      const node = unwrap(given);
      return node.type === "ObjectExpression" ? ofMail(node) : [titleOf(node)];
    }),
  ];
}

/** A text of one line, as it is written: what holds more is the mail itself. */
function titleOf(written: Node | undefined): string {
  const text =
    written?.type === "TemplateLiteral"
      ? written.quasis.map(({ value }) => value.raw).join(" ")
      : (textOf(written) ?? "");
  return /[<\n]/u.test(text) ? "" : text;
}

/** The function that has a name or a path; one that `bcrypt.compare` or a promise calls is a part of it. */
function handlerOf(node: Node): FunctionNode | undefined {
  let owner = enclosingFunction(node);
  while (owner !== undefined && namesOf(owner).every((name) => name === "")) {
    const outer = enclosingFunction(owner);
    if (outer === undefined) return owner;
    owner = outer;
  }
  return owner;
}

/** What a handler is called, and the path that it answers: `router.post("/forgot-password", limit, async (req, res) => …)`. */
function namesOf(owner: FunctionNode | undefined): string[] {
  return owner === undefined ? [] : [functionName(owner) ?? "", pathOf(owner)];
}

function pathOf(handler: FunctionNode): string {
  for (let at = parentOf(handler); at?.type === "CallExpression"; at = parentOf(at)) {
    const path = textOf(at.arguments[0]) ?? textOf(mountOf(at));
    if (path?.startsWith("/") === true) return path;
  }
  return "";
}

/** `"/login"` of `router.route("/login").post(handler)` */
function mountOf({ callee }: CallNode): Node | undefined {
  const member = unwrap(callee);
  const route = member.type === "MemberExpression" ? unwrap(member.object) : undefined;
  const isRoute =
    route?.type === "CallExpression" &&
    route.callee.type === "MemberExpression" &&
    memberName(route.callee) === "route";
  return isRoute ? route.arguments[0] : undefined;
}

/** Compares what somebody has typed with his password: `bcrypt.compare`, `argon2.verify`, `user.checkPassword`. */
const isComparison = byName((name) =>
  /^(?:compare(?:Sync)?|verify)$|^_?(?:compare|check|verify|validate|match|is_?valid|is_?correct)_?(?:user_?)?pass(?:word|wd)?/iu.test(
    name,
  ),
);

/**
 * `res.json({ token })` behind `bcrypt.compare(req.body.password, user.hash)`, or on `/login`: does whoever has just signed
 * in get the token?
 */
export function isOfSignIn(core: Core, made: MadeToken): boolean {
  const owner = handlerOf(made.node);
  if (owner === undefined) return false;
  const isSaid = namesOf(owner).some((name) => SIGNS_IN.test(spoken(name)));
  return (isSaid || comparesPassword(core, made.node, owner)) && isAnswer(core, made);
}

function comparesPassword(core: Core, before: Node, owner: FunctionNode): boolean {
  const calls = named(core.fileOf(before).index.called, isComparison);
  return inside(calls, owner).some(
    (call) =>
      call.range[0] < before.range[0] &&
      (calledName(call) !== "verify" || /argon/iu.test(calleeName(call))),
  );
}

/** Is a token given to who asks, in an answer or in a cookie, or returned for that? */
function isAnswer(core: Core, made: MadeToken): boolean {
  const uses = heldIn(core, made).flatMap((one) => usesOf(core, one));
  return uses.some(({ kind, by }) => {
    if (kind === "return") return isFunction(by);
    if (kind === "assign") return boundName(by) === "body";
    return kind === "argument" && by.type === "CallExpression" && ANSWERS.test(calleeName(by));
  });
}

/** `res.cookie`, `reply.send`, `cookieStore.set`, `sendTokenResponse`, and the last name of `res.status(200).json` */
const ANSWERS = /cookie|response|^(?:_?res|reply|ctx|c|h)\.|^\.(?:json|jsonp|send|end)$/iu;
