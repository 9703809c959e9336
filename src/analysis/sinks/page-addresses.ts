import type { Analysis } from "../analysis.ts";
import { isClientFile } from "../client.ts";
import { named } from "../files/source-file.ts";
import type { SourceFile } from "../files/source-file.ts";
import { initOf } from "../files/variables.ts";
import { usesOf } from "../flow/flow.ts";
import { byName } from "../memo.ts";
import { httpCall } from "../network/http.ts";
import {
  contains,
  dottedPath,
  enclosingFunction,
  isWritten,
  rootOf,
  staticKey,
  unwrap,
  wrapped,
} from "../syntax.ts";
import type { Node } from "../syntax.ts";
import { headerValues } from "../tokens/headers.ts";
import { handedToKeeper, keptTokens, labelledTokens } from "../tokens/labelled.ts";
import { isAboutSigningIn, isTokenLabel, tokenName } from "../tokens/words.ts";
import { isForLink } from "../network/mailed.ts";
import { isQueryRead, isSplitSearch, parameterName } from "./query-reads.ts";
import { queryReads } from "./query-tokens.ts";

interface AddressRead {
  readonly node: Node;
  /** Or by a server, from the address of a request. */
  readonly byPage: boolean;
}

/**
 * Where a page takes the token that signs somebody in from its own address, which its history, its logs
 * and the next page's referrer keep: `session.setToken(new URLSearchParams(location.search).get("token"))`;
 * and where a server takes what is called an access token from that of a request.
 */
export function takenFromAddress(analysis: Analysis): AddressRead[] {
  const { text } = analysis.file;
  // The link of a mail leads there with what it carries.
  if (!/[sS]earchParams|\bquery|\blocation\W{1,4}search\b/u.test(text) || isForLink(text))
    return [];
  const used = [
    ...labelledTokens(analysis),
    ...keptTokens(analysis),
    ...(isAboutSigningIn(analysis.file)
      ? [...handedToKeeper(analysis), ...signedInBy(analysis)]
      : []),
    ...headerValues(analysis),
  ];
  const reads = [...used.flatMap((value) => queryReads(analysis, value)), ...namedReads(analysis)];
  const found = new Set<Node>();
  const choices = new Set<Node>();
  for (const read of reads.toSorted((a, b) => a.range[0] - b.range[0])) {
    const choice = choiceAround(read);
    if (found.has(read) || choices.has(choice)) continue;
    if (!isOwnAddress(analysis, read) || isBesideFragment(analysis, choice)) continue;
    if (goesWithPassword(analysis, read)) continue;
    found.add(read);
    choices.add(choice);
  }
  const isPage = isClientFile(analysis.file);
  return [...found].map((node) => ({ node, byPage: isPage || isOfLocation(analysis, node) }));
}

function isOfLocation(analysis: Analysis, read: Node): boolean {
  return (
    isOfSplit(analysis, read) ||
    textsBehind(analysis, read).some((text) => /\blocation\b|useSearchParams/u.test(text))
  );
}

function isOfSplit(analysis: Analysis, read: Node): boolean {
  return read.type === "MemberExpression" && isSplitSearch(analysis, rootOf(read));
}

/** `params.get("access_token")`, `req.query.access_token`: the name says it, whatever is done with it. */
function namedReads(analysis: Analysis): Node[] {
  const { called, membersNamed } = analysis.file.index;
  const reads = [...(called.get("get") ?? []), ...named(membersNamed, isStrong)];
  return reads.filter((read) => {
    const name = parameterName(read);
    if (name === undefined || !isStrong(name)) return false;
    return isQueryRead(analysis, unwrap(read)) && !isWritten(read) && isUsed(analysis, read);
  });
}

function isStrong(name: string): boolean {
  return tokenName(name) === "strong";
}

/** Is more done with it than to ask whether it is there? */
function isUsed({ core }: Analysis, read: Node): boolean {
  return usesOf(core, read).some(({ kind }) => !/^(?:test|compare|discard)$/u.test(kind));
}

/** Functions that are given what somebody signs in with. */
const startsSession = byName((name) =>
  /^(?:(?:handle|do|set|save)?_?(?:log_?in|sign_?in|authenticate|credentials|session|auth(?:_?(?:data|state|info|user))?)(?:_?with_?(?:token|jwt))?|postMessage)$/iu.test(
    name,
  ),
);

/** `login(token)`, `login({ accessToken })`, `opener.postMessage({ type, token }, origin)` */
function signedInBy({ file }: Analysis): Node[] {
  return named(file.index.called, startsSession).flatMap((call) =>
    call.arguments.flatMap((argument) => {
      const given = unwrap(argument);
      if (given.type !== "ObjectExpression") return [given];
      return given.properties.flatMap((property) =>
        property.type === "Property" &&
        isTokenLabel(staticKey(property.key, property.computed) ?? "")
          ? [unwrap(property.value)]
          : [],
      );
    }),
  );
}

/** `params.get("token") || params.get("access_token")`: one choice, however many names it knows. */
function choiceAround(read: Node): Node {
  let whole = wrapped(read);
  while (whole.parent?.type === "LogicalExpression") whole = wrapped(whole.parent);
  return whole;
}

/** What stands for the address of the page, or of the request: an app is handed others, too. */
const OWN =
  /\blocation\b|\bhref\b|useSearchParams|asPath|\b[rR]oute[rd]?\b|\breq(?:uest)?\b|snapshot|queryParam|\bquery\b/u;

/** How many variables stand between a parameter and the address that it is read from. */
const MAX_HOPS = 4;

function isOwnAddress(analysis: Analysis, read: Node): boolean {
  // What the page is given by its framework, or a helper by the page.
  const root = read.type === "CallExpression" ? rootOf(read.callee) : read;
  const isGiven =
    root.type === "Identifier" &&
    root.name === "searchParams" &&
    initOf(analysis.file, root) === undefined;
  return (
    isGiven ||
    isOfSplit(analysis, read) ||
    textsBehind(analysis, read).some((text) => OWN.test(text))
  );
}

/**
 * `hashParams.get("access_token") ?? params.get("access_token")`: providers put it behind `#`, which
 * reaches no server.
 */
function isBesideFragment(analysis: Analysis, choice: Node): boolean {
  return textsBehind(analysis, choice).some((text) => /hash|fragment/iu.test(text));
}

/** How many expressions are looked through. */
const MAX_EXPRESSIONS = 40;

/** An expression as it is written, and what the names in it were made from. */
function textsBehind(analysis: Analysis, written: Node): string[] {
  const { file } = analysis;
  const seen = new Set([written]);
  let pending: readonly Node[] = [written];
  for (let hops = 1; hops < MAX_HOPS && pending.length > 0; hops += 1) {
    const made = pending
      .flatMap((node) => namesIn(analysis, node))
      .flatMap((name) => initOf(file, name) ?? []);
    // What another server has answered is no address, whatever it was asked with.
    pending = [...new Set(made)]
      .filter((init) => !seen.has(init) && !asksServer(file, init))
      .slice(0, MAX_EXPRESSIONS);
    for (const init of pending) seen.add(init);
  }
  return [...seen].map(({ range }) => file.text.slice(...range));
}

function asksServer(file: SourceFile, init: Node): boolean {
  const call = unwrap(init);
  return call.type === "CallExpression" && httpCall(file, call) !== undefined;
}

function namesIn({ file }: Analysis, node: Node): Node[] {
  return [...file.index.names.values()]
    .flat()
    .filter((one) => one.type === "Identifier" && contains(node, one));
}

/**
 * `submit({ token, password })`, `setPassword(token, password)`: with the link of a mail somebody
 * chooses a password, in whatever language the page speaks of it.
 */
function goesWithPassword({ file }: Analysis, read: Node): boolean {
  let owner: Node = read;
  for (let outer = enclosingFunction(owner); outer !== undefined; outer = enclosingFunction(owner))
    owner = outer;
  const isBoth = (names: readonly string[]): boolean =>
    names.some((name) => /token/iu.test(name)) && names.some((name) => PASSWORD.test(name));
  const namesOf = (nodes: readonly Node[]): string[] =>
    nodes.flatMap((node) => dottedPath(node)?.at(-1) ?? []);
  return (
    file.index.objects.some(
      (object) =>
        contains(owner, object) &&
        isBoth(
          object.properties.flatMap((one) =>
            one.type === "Property" ? (staticKey(one.key, one.computed) ?? []) : [],
          ),
        ),
    ) || file.index.calls.some((call) => contains(owner, call) && isBoth(namesOf(call.arguments)))
  );
}

const PASSWORD = /passw|pwd|contrase|senha|mot_?de_?passe|parola|kennwort|sifre/iu;
