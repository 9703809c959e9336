import type { Analysis } from "../analysis.ts";
import { calledName, named } from "../files/source-file.ts";
import { httpCall, addressText, isHttpName } from "../network/http.ts";
import { byName } from "../memo.ts";
import { initOf, readsOf } from "../files/variables.ts";
import {
  dottedPath,
  functionName,
  isFunction,
  memberName,
  parentOf,
  rootOf,
  unwrap,
  wrapped,
} from "../syntax.ts";
import { handmadeTokens } from "../operations/handmade-signature.ts";
import type { CallNode, Node } from "../syntax.ts";
import { returnArguments } from "../values/classes.ts";
import { may, possibilities } from "../values/value.ts";
import { importSource } from "../values/whole-files.ts";
import type { Value } from "../values/value.ts";
import { headersWritten, headerValues } from "./headers.ts";
import { isSetup, ofHolder, readTokens, takenOut } from "./holders.ts";
import { ofCookies } from "./incoming-cookies.ts";
import { isWritten, ofRequests } from "./incoming-headers.ts";
import { namesOf, sameAs } from "./same.ts";
import { ofProviders } from "./providers.ts";
import { splitHeaders } from "./split-headers.ts";
import type { Held, Source } from "./source.ts";
import { labelledTokens } from "./labelled.ts";
import { statesRead } from "./states.ts";
import { isStoredRead, readsStored } from "./stored.ts";
import { ofTypes } from "./typed-responses.ts";
import {
  AUTH_ADDRESS,
  isServiceSecret,
  keyName,
  makerName,
  signsIn,
  tokenName,
  verifierName,
} from "./words.ts";

/** Where the file gets tokens and keys from. */
export function findSources(analysis: Analysis): Source[] {
  const sent = headerValues(analysis);
  const labels = labelledTokens(analysis);
  const sources = [
    ...ofOperations(analysis),
    ...handmadeTokens(analysis).map((node): Source => ({ node, held: "token", certain: true })),
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
    ].flatMap((value) => ofHolder(analysis, value)),
    ...headersWritten(analysis).map((node): Source => ({ node, held: "headers", certain: true })),
    ...ofRequests(analysis),
    ...ofCookies(analysis),
    ...splitHeaders(analysis).flatMap((header) =>
      sameAs(analysis, header).map((node): Source => ({ node, held: "header", certain: true })),
    ),
    ...ofCalls(analysis),
    ...ofMembers(analysis),
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

/** What is signed, and what is verified, decoded or used as the key. */
function ofOperations(analysis: Analysis): Source[] {
  const sources: Source[] = [];
  const add = (held: Held, nodes: readonly Node[]): void => {
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
    for (const { value } of operation.settings("tokenSource")) {
      add("token", tokensOfExtractor(analysis, value));
    }
    // `ExtractJwt.fromExtractors([pick])`
    for (const given of kind === "extractor" ? node.arguments : []) {
      add("token", tokensOfExtractor(analysis, analysis.evaluate(given)));
    }
    if (key !== undefined && /^(?:sign|verify|middleware|strategy|module)$/u.test(kind)) {
      if (isSecretKey(analysis, key.node, kind === "sign")) add("key", sameAs(analysis, key.node));
    }
  }
  return sources;
}

/** What a function gives that finds the token of a request. */
function tokensOfExtractor(analysis: Analysis, value: Value): Node[] {
  return possibilities(value).flatMap((one): Node[] => {
    if (one.type === "array")
      return one.elements.flatMap((element) => tokensOfExtractor(analysis, element));
    if (one.type !== "function" || analysis.fileOf(one.node) !== analysis.file) return [];
    return returnArguments(analysis.core, one.node).flatMap((result) => sameAs(analysis, result));
  });
}

/** What verifies may be public: there the name, the environment or the text has to say otherwise. */
function isSecretKey(analysis: Analysis, node: Node, signs: boolean): boolean {
  const name = dottedPath(node)?.join(" ") ?? "";
  if (/pub/iu.test(name)) return false;
  if (!signs && (/cert|jwk|pem$/iu.test(name) || !/secret|private/iu.test(name))) return false;
  return !may(
    analysis.evaluate(node),
    (value) =>
      /^(?:function|entity|claims|class|instance)$/u.test(value.type) ||
      (value.type === "literal" && typeof value.value !== "string") ||
      (value.type === "key" && value.kind !== "secret" && value.kind !== "private"),
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
function behindScheme(analysis: Analysis, value: Node): Node[] {
  const node = unwrap(value);
  if (node.type !== "Identifier") return [];
  const text = initOf(analysis.file, node);
  if (text?.type === "TemplateLiteral") {
    const [scheme] = text.quasis;
    const isScheme = scheme !== undefined && SCHEME.test(scheme.value.raw);
    return isScheme ? text.expressions.flatMap((hole) => sameAs(analysis, hole)) : [];
  }
  if (text?.type !== "BinaryExpression" || text.left.type !== "Literal") return [];
  return SCHEME.test(String(text.left.value)) ? sameAs(analysis, text.right) : [];
}

const SCHEME = /^(?:Bearer|JWT|Token) $/iu;

/** Responses of the addresses and functions that give tokens out, and functions that make them. */
function ofCalls(analysis: Analysis): Source[] {
  const sources: Source[] = [];
  const { calls, called } = analysis.file.index;
  const telling = new Set(named(called, mayGiveToken));
  for (const call of calls) {
    if (!telling.has(call) && !analysis.candidates.has(call)) continue;
    const callee = unwrap(call.callee);
    const name = calledName(call);
    if (name === undefined) continue;
    const http = httpCall(call);
    if (http !== undefined) {
      if (
        http.address !== undefined &&
        AUTH_ADDRESS.test(addressText(analysis.core, http.address))
      ) {
        sources.push({ node: call, held: "response", certain: false });
      }
      continue;
    }
    if (
      signsIn(name) ||
      (name === "getToken" && isOauth(callee)) ||
      name.startsWith("acquireToken")
    ) {
      if (!isHandlerRegistration(call))
        sources.push({ node: call, held: "response", certain: false });
      continue;
    }
    if (name === "encrypt" && isOfSessions(analysis, call)) {
      sources.push({ node: call, held: "token", certain: false });
      continue;
    }
    if (readsStored(analysis, call)) {
      sources.push({ node: call, held: "token", certain: false });
      continue;
    }
    const strength = makerName(name);
    if (strength !== undefined && makesToken(analysis, call, callee, strength)) {
      sources.push({ node: call, held: "token", certain: false });
      if (/(?:tokens|jwts|pair)$/iu.test(name))
        sources.push({ node: call, held: "response", certain: false, tokenIn: [] });
      continue;
    }
    // A function of another file that signs, whatever it is called.
    if (analysis.candidates.has(call)) {
      const target = analysis.evaluate(callee);
      if (target.type === "function" && analysis.fileOf(target.node) !== analysis.file) {
        if (may(analysis.evaluate(call), (value) => value.type === "token")) {
          sources.push({ node: call, held: "token", certain: true });
        }
      }
    }
  }
  return sources;
}

/** `encrypt({ id, expires })` of the program's own module for sessions: Next's guide calls it so. */
function isOfSessions(analysis: Analysis, call: CallNode): boolean {
  const [claims] = call.arguments;
  const source = importSource(analysis.file.variableOf(unwrap(call.callee)))?.value;
  return (
    source !== undefined &&
    /(?:session|jwt|token|auth)\w*(?:\.\w+)?$/iu.test(source) &&
    claims !== undefined &&
    unwrap(claims).type === "ObjectExpression"
  );
}

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

/** Names that the rest is told from. */
const mayGiveToken = byName(
  (name) =>
    isHttpName(name) ||
    signsIn(name) ||
    /^(?:getToken|acquireToken.*|encrypt)$/u.test(name) ||
    isStoredRead(name) ||
    makerName(name) !== undefined,
);

function isOauth(callee: Node): boolean {
  const path = callee.type === "MemberExpression" ? dottedPath(callee.object) : undefined;
  return path !== undefined && /oauth|auth0|oidc|authClient|googleClient/iu.test(path.at(-1) ?? "");
}

/** `app.post("/login", …)`, `passport.authenticate("jwt")`: set up, not asked. */
function isHandlerRegistration(call: CallNode): boolean {
  const path = dottedPath(call.callee);
  return (
    call.arguments.some((argument) => isFunction(unwrap(argument))) ||
    (path !== undefined &&
      /^(?:passport|app|router|server|container|plugins?)$/u.test(path.at(-2) ?? ""))
  );
}

/** `generateToken` alone may make anything random: who it is made for tells. */
function makesToken(
  analysis: Analysis,
  call: CallNode,
  callee: Node,
  strength: "strong" | "weak",
): boolean {
  const value = analysis.evaluate(call);
  const isOther = possibilities(value).every(
    (one) => one.type !== "unknown" && one.type !== "token" && one.type !== "entity",
  );
  if (isOther) return false;
  if (strength === "strong") return !isShort(call);
  const receiver =
    callee.type === "MemberExpression" ? dottedPath(callee.object)?.at(-1) : undefined;
  const given = call.arguments.slice(0, 2).map((argument) => {
    const node = unwrap(argument);
    return (
      dottedPath(node)?.join(" ") ?? (node.type === "ObjectExpression" ? objectKeys(node) : "")
    );
  });
  const who =
    /(?:^|\s)(?:\w*[uU]ser\w*|_?id|account|member|admin|payload|customer|profile|email|username|sub|role|claims|auth\w*|jwt\w*)(?:\s|$)/u;
  return given.some((one) => who.test(one)) || (receiver !== undefined && who.test(receiver));
}

function objectKeys(node: Extract<Node, { type: "ObjectExpression" }>): string {
  return node.properties
    .map((property) =>
      property.type === "Property" && property.key.type === "Identifier" ? property.key.name : "",
    )
    .join(" ");
}

/** `signToken(32)`: so many random characters. */
function isShort(call: CallNode): boolean {
  const [first] = call.arguments;
  return (
    call.arguments.length === 1 && first?.type === "Literal" && typeof first.value === "number"
  );
}

const SETTINGS = /^(?:env|config|settings)$/u;

/** Objects whose tokens sign somebody in. */
const HOLDERS =
  /^(?:session|account|credentials?|auth|authentication|authState|authData|authResponse|oauth|loginResponse|tokenSet|tokenResponse|localStorage|sessionStorage)$/u;

/** Names that RFC 6749 and OpenID Connect fix for what a token endpoint answers. */
const WIRE_NAMES = /^(?:access_token|refresh_token|id_token)$/u;

/** `account.access_token` of a parameter: what has such a part is the answer of a token endpoint. */
function wireMembers({ file }: Analysis): Node[] {
  return named(file.index.membersNamed, (name) => WIRE_NAMES.test(name)).filter((member) => {
    const [definition] = file.variableOf(rootOf(member))?.defs ?? [];
    const path = dottedPath(member) ?? [];
    const isPart = path.length === 2 && !isUrlPart(path) && !isSetup(path[0] ?? "");
    return definition?.type === "Parameter" && isPart && !isWritten(member);
  });
}

/** Members, and parameters of passport's callbacks, that only hold tokens. */
function ofMembers(analysis: Analysis): Source[] {
  const sources: Source[] = [];
  const { membersNamed, functions } = analysis.file.index;
  for (const member of named(membersNamed, mayHoldToken)) {
    const name = memberName(member) ?? "";
    if (isWritten(member)) continue;
    const path = dottedPath(member);
    if (SETTINGS.test(path?.at(-2) ?? "") && keyName(name)) {
      sources.push({ node: member, held: "key", certain: true });
    } else if (WIRE_NAMES.test(name) && !isUrlPart(path)) {
      sources.push({ node: member, held: "token", certain: false });
    } else if (
      tokenName(name) === "strong" &&
      path !== undefined &&
      HOLDERS.test(path.at(-2) ?? "")
    ) {
      sources.push({ node: member, held: "token", certain: false });
    }
  }
  for (const owner of functions) {
    const names = owner.params.map((parameter) =>
      parameter.type === "Identifier" ? parameter.name : "",
    );
    if (!names.includes("accessToken") || !names.includes("profile")) continue;
    for (const parameter of owner.params) {
      if (parameter.type !== "Identifier" || !/^(?:access|refresh|id)Token$/u.test(parameter.name))
        continue;
      for (const node of readsOf(analysis.file, parameter))
        sources.push({ node, held: "token", certain: false });
    }
  }
  return sources;
}

const mayHoldToken = byName(
  (name) => keyName(name) || WIRE_NAMES.test(name) || tokenName(name) === "strong",
);

/** What stands around names that are no tokens: parts of addresses, counts, texts, schemas. */
const URL_PARTS =
  /^(?:query|params|searchParams|usage|error|errors|schema|properties|fields|columns|t|i18n|process|env)$/u;

function isUrlPart(path: readonly string[] = []): boolean {
  return path.some((part) => URL_PARTS.test(part));
}
