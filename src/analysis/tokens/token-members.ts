import type { Analysis } from "../analysis.ts";
import { named } from "../files/source-file.ts";
import { readsOf } from "../files/variables.ts";
import { byName } from "../memo.ts";
import { dottedPath, isWritten, memberName, rootOf, staticKey, textOf } from "../syntax.ts";
import type { CallNode, Node } from "../syntax.ts";
import { isSetup } from "./holders.ts";
import type { Source } from "./source.ts";
import { isAboutSigningIn, isTokenLabel, keyName, tokenName } from "./words.ts";

/** Which members of objects, and which parameters, hold tokens by what they and their objects are called? */

const SETTINGS = /^(?:env|config|settings)$/u;

/** `config.jwt.secret`: a section of the settings that is about signing, and the key in it. */
const SIGNING_SECTION = /^(?:jwt|jws)$/iu;
const SECRET_OF_SECTION = /^(?:secret|secretKey|privateKey)$/u;

/** Objects whose tokens sign somebody in. */
const HOLDERS =
  /^(?:session|account|credentials?|auth|authentication|authState|authData|authResponse|oauth|loginResponse|tokenSet|tokenResponse|localStorage|sessionStorage)$/u;

/** Names that RFC 6749 and OpenID Connect fix for what a token endpoint answers. */
const WIRE_NAMES = /^(?:access_token|refresh_token|id_token)$/u;

/** `account.access_token` of a parameter: what has such a part is the answer of a token endpoint. */
export function wireMembers({ file }: Analysis): Node[] {
  return named(file.index.membersNamed, (name) => WIRE_NAMES.test(name)).filter((member) => {
    const [definition] = file.variableOf(rootOf(member))?.defs ?? [];
    const path = dottedPath(member) ?? [];
    const isPart = path.length === 2 && !isUrlPart(path) && !isSetup(path[0] ?? "");
    return definition?.type === "Parameter" && isPart && !isWritten(member);
  });
}

/** `session.accessToken`: who reads the token of one knows that the session holds it. */
export function sessionMembers({ file }: Analysis): Node[] {
  return named(file.index.membersNamed, (name) => tokenName(name) === "strong").filter((member) => {
    const path = dottedPath(member) ?? [];
    const { parent } = member;
    const isCalled = parent.type === "CallExpression" && parent.callee === member;
    return path.length === 2 && HOLDERS.test(path[0] ?? "") && !isWritten(member) && !isCalled;
  });
}

/** Members, settings that are asked for, and parameters of passport's callbacks, that only hold tokens and keys. */
export function ofMembers(analysis: Analysis): Source[] {
  const sources: Source[] = [];
  const { called, membersNamed, functions, patterns } = analysis.file.index;
  const isAuth = isAboutSigningIn(analysis.file);
  const isOfUser = (name: string): boolean =>
    tokenName(name) === "strong" || (isAuth && isTokenLabel(name));
  for (const pattern of patterns) {
    const holder = pattern.parent.type === "VariableDeclarator" ? pattern.parent.init : null;
    if (holder === null || !USER.test(dottedPath(holder)?.join(".") ?? "")) continue;
    for (const property of pattern.properties) {
      if (property.type !== "Property" || property.value.type !== "Identifier") continue;
      if (!isOfUser(staticKey(property.key, property.computed) ?? "")) continue;
      for (const node of readsOf(analysis.file, property.value))
        sources.push({ node, held: "token", certain: false });
    }
  }
  for (const member of named(membersNamed, mayHoldToken)) {
    const name = memberName(member) ?? "";
    if (isWritten(member)) continue;
    const path = dottedPath(member);
    if (isSettingOfKey(path)) {
      sources.push({ node: member, held: "key", certain: true });
    } else if (WIRE_NAMES.test(name) && !isUrlPart(path)) {
      sources.push({ node: member, held: "token", certain: false });
    } else if (USER.test(path?.slice(0, -1).join(".") ?? "") && isOfUser(name)) {
      sources.push({ node: member, held: "token", certain: false });
    } else if (
      tokenName(name) === "strong" &&
      path !== undefined &&
      HOLDERS.test(path.at(-2) ?? "")
    ) {
      sources.push({ node: member, held: "token", certain: false });
    }
  }
  for (const call of ["get", "getOrThrow"].flatMap((name) => called.get(name) ?? [])) {
    if (asksForKey(call)) sources.push({ node: call, held: "key", certain: true });
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
  (name) =>
    keyName(name) ||
    SECRET_OF_SECTION.test(name) ||
    WIRE_NAMES.test(name) ||
    tokenName(name) !== undefined,
);

/** `config.jwtSecret`, `app.config.jwt.secret` */
function isSettingOfKey(path: readonly string[] = []): boolean {
  const [name = "", holder = "", outer = ""] = path.toReversed();
  if (SETTINGS.test(holder)) return keyName(name);
  return SETTINGS.test(outer) && SIGNING_SECTION.test(holder) && SECRET_OF_SECTION.test(name);
}

/** `Deno.env.get("JWT_SECRET")`, `config.get("jwt.secret")` */
function asksForKey({ callee, arguments: [first] }: CallNode): boolean {
  const holder = dottedPath(callee)?.at(-2) ?? "";
  const path = (textOf(first) ?? "").split(/[.:]/u);
  return ASKED_SETTINGS.test(holder) && isSettingOfKey(["config", ...path]);
}

const ASKED_SETTINGS = /^(?:env|config|settings|configService)$/u;

/** Whoever has just signed in with a provider. */
const USER = /^(?:_?req|_?request|ctx|c|ctx\.state|res\.locals)\.user$/u;

/** What stands around names that are no tokens: parts of addresses, counts, texts, schemas. */
const URL_PARTS =
  /^(?:query|params|searchParams|usage|error|errors|schema|properties|fields|columns|t|i18n|process|env)$/u;

function isUrlPart(path: readonly string[] = []): boolean {
  return path.some((part) => URL_PARTS.test(part));
}
