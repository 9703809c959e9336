import type { Analysis } from "../analysis.ts";
import { initOf, readsOf } from "../files/variables.ts";
import { listOptions } from "../keys/algorithms.ts";
import { byObject } from "../memo.ts";
import { handmadeTokens } from "../operations/handmade-signature.ts";
import type { Operation } from "../operations/operations.ts";
import { tokenFinders } from "../operations/token-finders.ts";
import { dottedPath, functionName, parentOf, textOf, unwrap, wrapped } from "../syntax.ts";
import type { Node } from "../syntax.ts";
import { returnArguments } from "../values/classes.ts";
import { declaredType, declaredTypeOfName } from "../values/declared-types.ts";
import { may } from "../values/value.ts";
import { answeredCookies, answeredHeaders } from "./answered-cookies.ts";
import { cookieRequests } from "./cookie-requests.ts";
import { cookieHeaders } from "./cookie-headers.ts";
import { authorizedAnswers, interceptedAnswers } from "./intercepted.ts";
import { exportsOf, keysWritten } from "./exported-keys.ts";
import { extensionTokens } from "./extension-reads.ts";
import { ofCalls } from "./given-tokens.ts";
import { headersWritten, headerValues } from "./headers.ts";
import { ofHolder, readTokens } from "./holders.ts";
import { hasTokenCookie, ofCookies } from "./incoming-cookies.ts";
import { ofRequests } from "./incoming-headers.ts";
import { keyOrigins } from "./key-origins.ts";
import { labelledTokens } from "./labelled.ts";
import { namedParts } from "./named-parts.ts";
import { ofProviders } from "./providers.ts";
import { drawnKeys } from "./drawn-keys.ts";
import { grantedAnswers } from "./granted-answers.ts";
import { namesOf, sameAs } from "./same.ts";
import type { Source } from "./source.ts";
import { splitHeaders } from "./split-headers.ts";
import { statesRead } from "./states.ts";
import { keptWhole } from "./stored.ts";
import { takenOut } from "./taken-out.ts";
import { ofMembers, sessionMembers, wireMembers } from "./token-members.ts";
import { ofTypes } from "./typed-responses.ts";
import { isServiceSecret, tokenName, verifierName } from "./words.ts";

/** Where the file gets tokens and keys from. */
export const findSources: (analysis: Analysis) => readonly Source[] = byObject(allSources);

function allSources(analysis: Analysis): Source[] {
  const sent = headerValues(analysis);
  const labels = [...labelledTokens(analysis), ...namedParts(analysis)];
  const sources = [
    ...ofOperations(analysis),
    ...handmadeTokens(analysis).map((node): Source => ({ node, held: "token", certain: true })),
    ...keysWritten(analysis).map((node): Source => ({ node, held: "key", certain: true })),
    ...extensionTokens(analysis).map((node): Source => ({ node, held: "token", certain: false })),
    ...ofHeaders(analysis, sent),
    ...labels.flatMap((label) =>
      [label, ...sameAs(analysis, label)].map((node): Source => ({
        node,
        held: "token",
        certain: false,
      })),
    ),
    ...[
      ...labels,
      ...sent,
      ...readTokens(analysis),
      ...takenOut(analysis),
      ...wireMembers(analysis),
      ...sessionMembers(analysis),
    ].flatMap((value) => ofHolder(analysis, value)),
    ...headersWritten(analysis).map((node): Source => ({ node, held: "headers", certain: true })),
    ...ofRequests(analysis),
    ...ofCookies(analysis),
    ...cookieRequests(analysis),
    ...(cutsOutToken(analysis) ? cookieHeaders(analysis) : []).map((node): Source => ({
      node,
      held: "header",
      certain: true,
    })),
    ...answeredCookies(analysis).map((node): Source => ({ node, held: "token", certain: false })),
    ...[...keptWhole(analysis), ...answeredHeaders(analysis)].map((node): Source => ({
      node,
      held: "response",
      certain: false,
      tokenIn: [],
    })),
    ...splitHeaders(analysis).flatMap((header) =>
      sameAs(analysis, header).map((node): Source => ({ node, held: "header", certain: true })),
    ),
    ...grantedAnswers(analysis),
    ...ofCalls(analysis),
    ...interceptedAnswers(analysis),
    ...authorizedAnswers(analysis),
    ...ofMembers(analysis),
    ...drawnKeys(analysis).map((node): Source => ({ node, held: "key", certain: true })),
    ...ofVerifiers(analysis),
    ...statesRead(analysis).map((node): Source => ({ node, held: "token", certain: false })),
    ...ofTypes(analysis),
    ...ofProviders(analysis),
  ];
  const places = new Map<string, Source>();
  for (const source of sources) {
    const place = `${String(source.node.range[0])}:${String(source.node.range[1])}:${source.held}`;
    const known = places.get(place);
    if (known === undefined || (source.certain && !known.certain)) places.set(place, source);
  }
  return [...places.values()].sort((a, b) => a.node.range[0] - b.node.range[0]);
}

/** Does the program take a token out of the cookies of its requests? */
function cutsOutToken(analysis: Analysis): boolean {
  return analysis.operations.some(({ kind }) => kind === "verify") || hasTokenCookie(analysis);
}

/** What is signed, and what is verified, decoded or used as the key. */
function ofOperations(analysis: Analysis): Source[] {
  const sources: Source[] = [];
  // A key that the whole file uses is found at each of its uses.
  const added = { token: new Set<readonly Node[]>(), key: new Set<readonly Node[]>() };
  const add = (held: "token" | "key", nodes: readonly Node[]): void => {
    if (added[held].has(nodes)) return;
    added[held].add(nodes);
    for (const node of nodes) sources.push({ node, held, certain: true });
  };
  for (const operation of analysis.operations) {
    const { kind, token, key, callback, node } = operation;
    if (kind === "sign" || kind === "unsecured-sign") {
      if (callback?.function === undefined) add("token", [node]);
      else {
        for (const read of namesOf(analysis, callback.function.params[1]))
          sources.push({ node: read, held: "token", certain: true, isSigned: true });
      }
    }
    // Of a wrapper in another file only what this one brings is known, not what it gives.
    if (token !== undefined) add("token", sameAs(analysis, token.node));
    for (const finder of tokenFinders(analysis.core, operation)) {
      if (analysis.fileOf(finder) !== analysis.file) continue;
      for (const result of returnArguments(analysis.core, finder))
        add("token", sameAs(analysis, result));
    }
    if (operation.entity.onKeyHolder === true && node.callee.type === "MemberExpression") {
      for (const read of sameAs(analysis, node.callee.object))
        sources.push({ node: read, held: "key", certain: true, isTokenAsText: true });
    }
    if (key !== undefined && /^(?:sign|verify|middleware|strategy|module)$/u.test(kind)) {
      const isShared = kind === "sign" || isHmac(analysis, operation);
      if (!isCalledSecret(key.node, isShared)) continue;
      for (const made of [key.node, ...keyOrigins(analysis, key.node)]) {
        if (isPublicName(made)) continue;
        add("key", showsKey(analysis, made) ? sameAs(analysis, made) : exportsOf(analysis, made));
      }
    }
  }
  return sources;
}

/** Is what verifies also what signs: every algorithm that the operation lists a keyed hash? */
function isHmac({ file }: Analysis, operation: Operation): boolean {
  const lists = operation.settings("algorithms").flatMap(({ value }) => listOptions(value));
  if (lists.length === 0 && operation.entity.sharesKeys === true) return !OF_PAIRS.test(file.code);
  return (
    lists.length > 0 &&
    lists.every(
      ({ named, open }) =>
        !open && named.length > 0 && named.every(({ family }) => family === "hmac"),
    )
  );
}

/** Words of programs that sign with pairs of keys. */
const OF_PAIRS = /\b[REP]S(?:256|384|512)\b|public|\bcert|\.(?:pem|key|crt)\b/iu;

/** What verifies may be public: there the name, the environment or the text has to say otherwise. */
function isCalledSecret(node: Node, signs: boolean): boolean {
  const name = dottedPath(node)?.join(" ") ?? "";
  if (isPublicName(node)) return false;
  return signs || (!/cert|jwk|pem$/iu.test(name) && /secret|private/iu.test(name));
}

function isPublicName(node: Node): boolean {
  return /pub/iu.test(dottedPath(node)?.join(" ") ?? "");
}

/** Does it show the key where it is printed? */
function showsKey(analysis: Analysis, node: Node): boolean {
  const declared = declaredType(node) ?? declaredTypeOfName(analysis.file, node);
  if (/^(?:KeyObject|CryptoKey)$/u.test(declared?.name ?? "")) return false;
  return !may(
    analysis.evaluate(node),
    (value) =>
      /^(?:function|entity|claims|class|instance)$/u.test(value.type) ||
      (value.type === "literal" && typeof value.value !== "string") ||
      // A CryptoKey and a KeyObject show their type, and nothing of what they hold.
      (value.type === "key" &&
        (value.typed || (value.kind !== "secret" && value.kind !== "private"))),
  );
}

/** What this program sends in an Authorization header. */
function ofHeaders(analysis: Analysis, sent: readonly Node[]): Source[] {
  return sent.flatMap((value) => {
    const name = dottedPath(value)?.at(-1);
    // API keys travel in the same header; they are no tokens of a person or a session.
    if (
      name !== undefined &&
      tokenName(name) === undefined &&
      !/^(?:auth|authorization|credential)s?$/iu.test(name) &&
      !(isBehindScheme(value) && !isServiceSecret(name))
    )
      return [];
    if (may(analysis.evaluate(value), (one) => one.type === "environment")) return [];
    return [...sameAs(analysis, value), ...behindScheme(analysis, value)].map((node): Source => ({
      node,
      held: "token",
      certain: true,
    }));
  });
}

/** `` `Bearer ${session.access}` ``: the scheme says what it is. */
function isBehindScheme(value: Node): boolean {
  const parent = parentOf(wrapped(value));
  return parent?.type === "TemplateLiteral" || parent?.type === "BinaryExpression";
}

/** `const header = "Bearer " + token`: what the variable of the header was put together from. */
function behindScheme(analysis: Analysis, value: Node): readonly Node[] {
  const node = unwrap(value);
  if (node.type !== "Identifier") return [];
  const text = initOf(analysis.file, node);
  if (text?.type === "TemplateLiteral") {
    const [scheme] = text.quasis;
    const isScheme = scheme !== undefined && SCHEME.test(scheme.value.raw);
    return isScheme ? text.expressions.flatMap((hole) => sameAs(analysis, hole)) : [];
  }
  if (text?.type !== "BinaryExpression") return [];
  return SCHEME.test(textOf(text.left) ?? "") ? sameAs(analysis, text.right) : [];
}

const SCHEME = /^(?:Bearer|JWT|Token) $/iu;

/** `async verifyAccessToken(token) { … }`: what such a function is given, by its own name and by that. */
function ofVerifiers({ file }: Analysis): Source[] {
  return file.index.functions.flatMap((owner) => {
    const [parameter] = owner.params;
    if (parameter?.type !== "Identifier" || tokenName(parameter.name) === undefined) return [];
    if (verifierName(functionName(owner) ?? "") !== "strong") return [];
    return readsOf(file, parameter).map((node): Source => ({
      node,
      held: "token",
      certain: false,
    }));
  });
}
