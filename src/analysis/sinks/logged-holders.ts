import type { TSESTree } from "@typescript-eslint/utils";
import type { Analysis } from "../analysis.ts";
import { named } from "../files/source-file.ts";
import type { SourceFile } from "../files/source-file.ts";
import { initOf } from "../files/variables.ts";
import { conditionsAt } from "../flow/conditions.ts";
import { byName } from "../memo.ts";
import { saidByClient } from "../network/request.ts";
import {
  calleeName,
  dottedPath,
  enclosingFunction,
  isNullish,
  isWritten,
  memberName,
  parentOf,
  rootOf,
  staticKey,
  textOf,
  unwrap,
  wrapped,
} from "../syntax.ts";
import type { CallNode, Node } from "../syntax.ts";
import { LINK } from "../tokens/address-parameters.ts";
import { isSetup } from "../tokens/holders.ts";
import { keptUnder } from "../tokens/labelled.ts";
import { hidesCookies, holdsCookies } from "../tokens/stored.ts";
import { tokenUses } from "../tokens/uses.ts";
import { isAboutSigningIn, isOfOtherTrade, isTokenLabel, tokenName } from "../tokens/words.ts";
import { isForDevelopment } from "../trust/environments.ts";
import { readsAlike } from "../data/recorded-tokens.ts";
import { callSites } from "../values/call-sites.ts";
import { must } from "../values/value.ts";
import { logCall } from "./logs.ts";
import { isWholeAt, parsedTexts } from "./parsed-texts.ts";

/** What holds a token or a key, and that a log is given as a whole. */
export interface LoggedHolder {
  readonly node: Node;
  readonly held: "token" | "key";
  /** What writes it, such as `console.log`. */
  readonly name: string;
}

/**
 * `console.log(job)` of `const job = JSON.parse(message); const { token } = job;`: the program itself shows, before or
 * after, that there is a token in what it logs. So it does of an address whose parameter it reads, of the cookies
 * out of which it verifies one, and of what it keeps under the name of a token.
 */
export function loggedHolders(analysis: Analysis): LoggedHolder[] {
  const { core, file } = analysis;
  if (isOfOtherTrade(file)) return [];
  const texts = [...addressesRead(analysis), ...partsRead(analysis)];
  const objects = [
    ...messagesRead(analysis),
    ...jarsRead(analysis),
    ...keptAsTokens(analysis),
  ].filter((holder) => !isCleaned(analysis, holder, isTokenLabel));
  const records = keysRead(analysis).filter((holder) => !isCleaned(analysis, holder, isSecret));
  const written = (
    holder: Node,
    isText: boolean,
    held: LoggedHolder["held"] = "token",
    isHeldAt: (read: Node, writing: Writing) => boolean = () => true,
  ): LoggedHolder[] =>
    readsAlike(core, holder).flatMap((read) => {
      const writing = writtenBy(read);
      // An object in a text is `[object Object]`.
      if (writing === undefined || (writing.isJoined && !isText)) return [];
      const { call, argument } = writing;
      if (!isHeldAt(read, writing)) return [];
      const log = logCall(analysis, call);
      if (log?.writes(argument, []) !== true || isForDevelopment(core, call)) return [];
      if (isRuledOutAt(read)) return [];
      return [{ node: argument, held, name: log.name }];
    });
  return [
    ...texts.flatMap((holder) => written(holder, true)),
    ...objects.flatMap((holder) => written(holder, false)),
    ...records.flatMap((holder) => written(holder, false, "key")),
    ...parsedTexts(analysis, tokenNames(file)).flatMap((parsed) =>
      written(
        parsed.text,
        true,
        "token",
        (read, { isJoined }) => (isJoined || !parsed.isConverted) && isWholeAt(parsed, read),
      ),
    ),
  ];
}

/** `if (!req.cookies.pass) console.log(req.cookies.pass)` */
function isRuledOutAt(read: Node): boolean {
  const path = dottedPath(read)?.join(".");
  return conditionsAt(read, enclosingFunction(read)).some(
    ({ test, holds }) => !holds && dottedPath(test)?.join(".") === path,
  );
}

interface Writing {
  readonly call: CallNode;
  readonly argument: Node;
  /** It is joined to a text as it is. */
  readonly isJoined: boolean;
}

/** The call that is given something as it is, in a text, or made a text of. */
function writtenBy(read: Node): Writing | undefined {
  let isText = false;
  let isJoined = false;
  for (let at = wrapped(read); ;) {
    const by = parentOf(at);
    // `raw.toString()`
    const method =
      by?.type === "MemberExpression" && memberName(by) === "toString" && isCalled(by) ? by : null;
    if (by?.type === "CallExpression") {
      if (calleeName(by) !== "JSON.stringify") return { call: by, argument: at, isJoined };
      // What chooses among the fields may leave the token out.
      const [, chosen] = by.arguments;
      if (chosen !== undefined && !isNullish(chosen)) return undefined;
      isText = true;
    } else if (
      by?.type === "TemplateLiteral" ||
      (by?.type === "BinaryExpression" && by.operator === "+") ||
      by === method
    )
      isJoined ||= !isText;
    else return undefined;
    at = wrapped(by === method ? method.parent : by);
  }
}

/** `url` of `new URL(url).searchParams.get("token")`, and the object that is made of it */
function addressesRead({ file }: Analysis): Node[] {
  return (file.index.called.get("get") ?? []).flatMap(({ callee, arguments: [name] }) => {
    const method = unwrap(callee);
    if (method.type !== "MemberExpression" || !isTokenLabel(textOf(name) ?? "")) return [];
    const parameters = unwrap(method.object);
    if (parameters.type !== "MemberExpression" || memberName(parameters) !== "searchParams")
      return [];
    const held = unwrap(parameters.object);
    const made = held.type === "Identifier" ? initOf(file, held) : held;
    if (made?.type !== "NewExpression" || calleeName(made) !== "URL") return [];
    const [address] = made.arguments;
    return [held, ...(address === undefined ? [] : [unwrap(address)])];
  });
}

/** What the file calls a token without a doubt, and in code about signing in a mere `token`. */
function tokenNames(file: SourceFile): (name: string) => boolean {
  const isOfSignIn =
    (isAboutSigningIn(file) || LINK.test(file.code)) && !OF_PAYMENTS.test(file.code);
  return (name) => tokenName(name) === "strong" || (isOfSignIn && isTokenLabel(name));
}

/** `job` of `const { token } = job`, where that is a message which was parsed, or what a client sends */
function messagesRead({ core, file }: Analysis): Node[] {
  const { membersNamed, patterns } = file.index;
  const isKnown = tokenNames(file);
  const taken = patterns.flatMap(({ parent, properties }) =>
    parent.type === "VariableDeclarator" &&
    parent.init !== null &&
    properties.some(
      (one) => one.type === "Property" && isKnown(staticKey(one.key, one.computed) ?? ""),
    )
      ? [unwrap(parent.init)]
      : [],
  );
  const members = named(membersNamed, isKnown).flatMap((member) =>
    isCalled(member) ? [] : [unwrap(member.object)],
  );
  return [...taken, ...members].filter((holder) => {
    const made = holder.type === "Identifier" ? initOf(file, holder) : undefined;
    if (made?.type === "CallExpression" && calleeName(made) === "JSON.parse") return true;
    return /(?:^|\.)(?:body|json)$/u.test(saidByClient(core, holder) ?? "");
  });
}

const OF_PAYMENTS = /stripe|payment|charge/iu;

function isCalled(member: TSESTree.MemberExpression): boolean {
  const call = parentOf(member);
  return call?.type === "CallExpression" && call.callee === member;
}

/** `jar` of `verify(jar.get("session")?.value, key)`, in place or through a variable */
function jarsRead(analysis: Analysis): Node[] {
  return analysis.operations.flatMap(({ token }) => {
    if (token === undefined) return [];
    const held = unwrap(token.node);
    const read = held.type === "Identifier" ? initOf(analysis.file, held) : held;
    const cookie =
      read?.type === "MemberExpression" && memberName(read) === "value"
        ? unwrap(read.object)
        : read;
    const method = cookie?.type === "CallExpression" ? unwrap(cookie.callee) : undefined;
    return method?.type === "MemberExpression" &&
      holdsCookies(analysis, method.object) &&
      !hidesCookies(analysis.file, method.object)
      ? [unwrap(method.object)]
      : [];
  });
}

/** `req.cookies.pass` of `const pass = req.cookies.pass; verify(pass, key)`, which is the token however it is called */
function partsRead({ core, file, operations }: Analysis): Node[] {
  return operations.flatMap(({ token }) => {
    if (token === undefined) return [];
    const held = unwrap(token.node);
    const init = held.type === "Identifier" ? initOf(file, held) : undefined;
    const read = init === undefined ? undefined : unwrap(init);
    return read?.type === "MemberExpression" && saidByClient(core, read) !== undefined
      ? [read]
      : [];
  });
}

/** `user` of `const text = JSON.stringify(user); storage.setItem("userToken", text)` */
function keptAsTokens(analysis: Analysis): Node[] {
  const kept = keptUnder(analysis, (key) => tokenName(key) === "strong");
  return kept
    .flatMap((value) => [value, ...givenFor(analysis, value)])
    .flatMap((value) => {
      const text = value.type === "Identifier" ? initOf(analysis.file, value) : undefined;
      const [given, ...more] = text?.type === "CallExpression" ? text.arguments : [];
      const isMade =
        text?.type === "CallExpression" &&
        calleeName(text) === "JSON.stringify" &&
        more.length === 0;
      const held = isMade && given !== undefined ? [value, unwrap(given)] : [value];
      return held.filter((one) => !WHO.test(dottedPath(one)?.at(-1) ?? ""));
    });
}

/** `answer` of `keep(answer)`, where that is `const keep = (token) => storage.setItem("jwt", token)` */
function givenFor({ core }: Analysis, kept: Node): Node[] {
  const owner = enclosingFunction(kept);
  if (owner === undefined || kept.type !== "Identifier" || !isTokenLabel(kept.name)) return [];
  const at = owner.params.findIndex((one) => one.type === "Identifier" && one.name === kept.name);
  return callSites(core, owner).calls.flatMap((call) => {
    const given = call.arguments[at];
    return given === undefined ? [] : [unwrap(given)];
  });
}

/** Under such a name may stand no more than who has signed in. */
const WHO = /^(?:_?id|uid|uuid|e?mail|\w*[nN]ame|role|\w+Id|(?:is|has)[A-Z]\w*)$/u;

/**
 * `record` of `const record = await keys.findByUser(id); jwt.verify(token, record.secretKey)`, and `config` and `config.jwt` of
 * `jwt.sign(claims, config.jwt.secret)`, where the object is in sight. What a program is set up with may otherwise hide its
 * secrets by itself where it is printed, and so may a key that is no text. The environment hides nothing.
 */
function keysRead(analysis: Analysis): Node[] {
  const shown = new Map<string, Node>();
  const loaded = tokenUses(analysis).flatMap(({ source }) => {
    const key = unwrap(source.node);
    if (source.held !== "key" || key.type !== "MemberExpression") return [];
    for (const holder of holdersInSight(analysis, key))
      shown.set(dottedPath(holder)?.join(".") ?? "", holder);
    const holder = unwrap(key.object);
    const isLoaded =
      holder.type === "Identifier" &&
      !isSetup(holder.name) &&
      initOf(analysis.file, holder)?.type === "CallExpression";
    return isLoaded && isSecret(memberName(key) ?? "") ? [holder] : [];
  });
  return [...loaded, ...[...shown].flatMap(([path, holder]) => everywhere(analysis, path, holder))];
}

function holdersInSight({ core }: Analysis, key: TSESTree.MemberExpression): Node[] {
  const holders: Node[] = [];
  for (let at = unwrap(key.object); ; at = unwrap(at.object)) {
    const isShown =
      dottedPath(at)?.join(".") === "process.env" ||
      must(core.evaluate(at), (one) => one.type === "object" && !one.open);
    if (isShown) holders.push(at);
    if (at.type !== "MemberExpression") return holders;
  }
}

/** The same object in other functions: `process.env`, `config.jwt` */
function everywhere({ file }: Analysis, path: string, holder: Node): Node[] {
  if (holder.type !== "MemberExpression") return [holder];
  const variable = file.variableOf(rootOf(holder));
  return (file.index.membersNamed.get(memberName(holder) ?? "") ?? []).filter(
    (one) => dottedPath(one)?.join(".") === path && file.variableOf(rootOf(one)) === variable,
  );
}

const isSecret = byName((name) => /secret(?:_?key)?$/iu.test(name));

/** `delete job.token`, `req.body.token = undefined`: what is logged may have no token in it by then. */
function isCleaned({ file }: Analysis, holder: Node, isHeld: (name: string) => boolean): boolean {
  const path = dottedPath(holder)?.join(".");
  return named(file.index.membersNamed, isHeld).some(
    (member) =>
      dottedPath(member.object)?.join(".") === path &&
      (isWritten(member) ||
        (member.parent.type === "UnaryExpression" && member.parent.operator === "delete")),
  );
}
