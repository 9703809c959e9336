import type { Analysis } from "../analysis.ts";
import { calledName, named } from "../files/source-file.ts";
import { isOwnFile } from "../files/specifiers.ts";
import { byName } from "../memo.ts";
import { addressText, httpCall, isHttpName } from "../network/http.ts";
import { dottedPath, isFunction, unwrap } from "../syntax.ts";
import type { CallNode, Node } from "../syntax.ts";
import { may, possibilities } from "../values/value.ts";
import { importSource } from "../values/whole-files.ts";
import { isClientMethod, tokenInAnswer } from "./client-answers.ts";
import type { Source } from "./source.ts";
import { cookieTexts, isStoredRead, readsStored } from "./stored.ts";
import { AUTH_ADDRESS, makerName, signsIn } from "./words.ts";

/** Responses of the addresses and functions that give tokens out, and functions that make them. */
export function ofCalls(analysis: Analysis): Source[] {
  const sources: Source[] = [];
  const { calls, called } = analysis.file.index;
  const telling = new Set(named(called, mayGiveToken));
  for (const call of calls) {
    if (!telling.has(call) && !analysis.candidates.has(call)) continue;
    const callee = unwrap(call.callee);
    const name = calledName(call);
    if (name === undefined) continue;
    const tokenIn = tokenInAnswer(analysis, call, name);
    if (tokenIn !== undefined) {
      sources.push({ node: call, held: "response", certain: false, tokenIn });
      continue;
    }
    const http = httpCall(analysis.file, call);
    if (http !== undefined) {
      const address = http.address === undefined ? "" : addressText(analysis.core, http.address);
      if (AUTH_ADDRESS.test(address)) {
        const source: Source = { node: call, held: "response", certain: false };
        const isEndpoint = isTokenEndpoint(analysis, call, address);
        sources.push(
          isEndpoint && answersInData(analysis, callee) ? { ...source, tokenIn: ["data"] } : source,
        );
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
    if (
      name === "createCustomToken" ||
      (name === "encrypt" && isOfSessions(analysis, call)) ||
      isOfAuth(analysis, call)
    ) {
      sources.push({ node: call, held: "token", certain: false });
      continue;
    }
    if (readsStored(analysis, call)) {
      sources.push({ node: call, held: "token", certain: false });
      for (const node of cookieTexts(analysis, call))
        sources.push({ node, held: "token", certain: false });
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

/** What such an address answers is a token and what belongs to it (RFC 6749 section 5.1), whoever reads it. */
const TOKEN_ENDPOINT =
  /\/(?:oauth2?(?:\/v\d[\d.]*)?|connect|openid-connect)\/(?:access_)?token(?:[/?#]|$)/iu;

/** An address that says so, or one for tokens that is told the kind of grant (RFC 6749 section 4). */
function isTokenEndpoint({ file }: Analysis, call: CallNode, address: string): boolean {
  if (TOKEN_ENDPOINT.test(address)) return true;
  return (
    /\/token(?:[?#]|$)/u.test(address) && /\bgrant_type\b/u.test(file.text.slice(...call.range))
  );
}

/** Clients whose answers hold the body as `data` (axios 1, gaxios 6, httpie 1.1). */
function answersInData(analysis: Analysis, callee: Node): boolean {
  if (/axios/iu.test(dottedPath(callee)?.[0] ?? "")) return true;
  return may(
    analysis.evaluate(callee),
    (value) => value.type === "module" && /^(?:gaxios|httpie)$/u.test(value.specifier),
  );
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

/** Names that the rest is told from. */
const mayGiveToken = byName(
  (name) =>
    isHttpName(name) ||
    signsIn(name) ||
    /^(?:getToken|token|acquireToken.*|encrypt|createCustomToken)$/u.test(name) ||
    isStoredRead(name) ||
    isClientMethod(name) ||
    makerName(name) !== undefined,
);

/** `getToken()` of the program's own module for signing in: `import { getToken } from "@/utils/auth"`. */
function isOfAuth(analysis: Analysis, { callee, arguments: given }: CallNode): boolean {
  if (callee.type !== "Identifier" || given.length > 0) return false;
  const source = importSource(analysis.file.variableOf(callee))?.value;
  return (
    source !== undefined &&
    isOwnFile(source) &&
    /^(?:get)?[tT]oken$/u.test(callee.name) &&
    /\/(?:\w*[-_])?(?:auth|token|session|cookies?)(?:[-_]\w*)?(?:\.\w+)?$/iu.test(source)
  );
}

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
