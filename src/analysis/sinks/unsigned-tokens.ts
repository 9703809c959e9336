import type { Analysis } from "../analysis.ts";
import type { Core } from "../core.ts";
import { responseCalls } from "../answers/response-calls.ts";
import { isClientFile } from "../client.ts";
import { saysWho } from "../data/names.ts";
import { isStandIn } from "../files/stand-ins.ts";
import { objectAt } from "../files/variables.ts";
import { usesOf } from "../flow/flow.ts";
import type { Use } from "../flow/use.ts";
import { isCalledByRuntime } from "../issuance/endpoint-files.ts";
import { unsignedJoins } from "../operations/unsigned-joins.ts";
import {
  calleeName,
  contains,
  dottedPath,
  enclosingFunction,
  functionName,
  memberName,
  parentOf,
  textOf,
  unwrap,
  wrapped,
} from "../syntax.ts";
import type { CallNode, FunctionNode, Node } from "../syntax.ts";
import { isTokenLabel, makerName } from "../tokens/words.ts";
import { givenTo } from "../values/given.ts";
import { mayBeUnsigned } from "../values/handmade.ts";
import { possibilities } from "../values/value.ts";
import { hasWithin } from "../within.ts";
import { cookieWrites } from "./cookies.ts";

/**
 * `const token = btoa(JSON.stringify({ userId: user.id, exp }))`, which a server answers or sets as a cookie: what it reads
 * out of it later anybody can write. Only of JSON that says whose it is, that is called a token or a session where it goes,
 * and of files that sign and encrypt nothing: what stands in base64 beside a signature is a part of it.
 *
 * @returns what puts it into base64
 */
export function unsignedTokens(analysis: Analysis): CallNode[] {
  const { core, file } = analysis;
  if (!BASE64.test(file.text) || !mayBeUnsigned(file) || isStandIn(file) || isClientFile(file))
    return [];
  return (file.index.called.get("stringify") ?? []).flatMap((call) => {
    const [claims] = calleeName(call) === "JSON.stringify" ? call.arguments : [];
    const made = claims === undefined ? undefined : encodedBy(call);
    return claims !== undefined &&
      made !== undefined &&
      !isJoined(analysis, made) &&
      (isGivenByMaker(core, made, claims) ||
        (saysWhose(core, claims) && usesOf(core, made).some((use) => signsIn(analysis, use))))
      ? [made]
      : [];
  });
}

/** `function createToken(payload) { return btoa(JSON.stringify(payload)); }`: for whom, its callers say. */
function isGivenByMaker(core: Core, made: CallNode, claims: Node): boolean {
  const owner = enclosingFunction(made);
  const isMaker =
    owner !== undefined &&
    makerName(functionName(owner) ?? "") !== undefined &&
    isOfSomebody(core, owner, claims);
  return isMaker && usesOf(core, made).some(({ kind }) => kind === "return");
}

/** Does what is written down come of a parameter that is called for somebody, or for what is said of him? */
function isOfSomebody(core: Core, owner: FunctionNode, claims: Node): boolean {
  const written = objectAt(core.fileOf(claims), claims) ?? claims;
  return hasWithin(core, written, (part) => {
    const definition =
      part.type === "Identifier" ? core.fileOf(part).variableOf(part)?.defs[0] : undefined;
    return (
      part.type === "Identifier" &&
      SOMEBODY.test(part.name) &&
      definition?.type === "Parameter" &&
      definition.node === owner
    );
  });
}

const SOMEBODY =
  /^(?:payload|claims|user\w*|account|member|customer|identity|admin|person|profile)$/iu;

/** Is it a part of a token whose other parts say more: a header, a signature that somebody out of sight makes? */
function isJoined(analysis: Analysis, made: CallNode): boolean {
  const { core } = analysis;
  const joins = unsignedJoins(analysis);
  return usesOf(core, made).some(
    ({ kind, by }) =>
      kind === "text" &&
      (joins.some((one) => contains(one, by)) || partsOf(by).some((one) => maySign(core, one))),
  );
}

function partsOf(text: Node): readonly Node[] {
  if (text.type === "BinaryExpression") return [text.right];
  return text.type === "TemplateLiteral" ? text.expressions : [];
}

/** `sign(header + "." + payload)`, in place or in a variable */
function maySign(core: Core, part: Node): boolean {
  const node = unwrap(part);
  const [made = node] = node.type === "Identifier" ? givenTo(core, node) : [];
  const call = unwrap(made);
  return call.type === "CallExpression" && /sign|mac\b|seal|crypt/iu.test(calleeName(call));
}

const BASE64 = /base64|btoa\(/iu;

/** What a text goes through on its way: `Buffer.from(text, "utf8")`, `unescape(encodeURIComponent(text))` */
const ON_THE_WAY = /^(?:Buffer\.from|encodeURIComponent|unescape|(?:\w+\.)?encode)$/u;

/** `btoa(text)`, `Buffer.from(text).toString("base64url")` of a text that is nothing else. */
function encodedBy(text: Node): CallNode | undefined {
  const given = wrapped(text);
  const by = parentOf(given);
  if (by?.type === "MemberExpression" && by.object === given) {
    const call = parentOf(wrapped(by));
    return call?.type === "CallExpression" &&
      memberName(by) === "toString" &&
      /^base64(?:url)?$/u.test(textOf(call.arguments[0]) ?? "")
      ? call
      : undefined;
  }
  if (by?.type !== "CallExpression" || by.arguments[0] !== given) return undefined;
  const name = calleeName(by);
  if (/(?:^|\.)(?:btoa|(?:to|encode)?_?base64(?:url)?(?:_?encode)?)$/iu.test(name)) return by;
  return ON_THE_WAY.test(name) ? encodedBy(by) : undefined;
}

/** Somebody, and nothing beside that others could not guess. */
function saysWhose(core: Core, claims: Node): boolean {
  const written = objectAt(core.fileOf(claims), claims) ?? claims;
  if (RANDOM.test(core.fileOf(written).text.slice(...written.range))) return false;
  return possibilities(core.evaluate(claims)).some(
    (one) =>
      one.type === "object" &&
      [...one.properties].some(([name, { node }]) => namesSomebody(core, name, node)) &&
      ![...one.properties.keys()].some((name) => IS_HIDDEN.test(name)),
  );
}

/** An id alone may be that of a thing: `{ id: last.id, at: last.at }` */
function namesSomebody(core: Core, name: string, node: Node): boolean {
  if (!saysWho(name) || /^client_?id$/iu.test(name)) return false;
  return (
    !/^(?:_?id|name)$/iu.test(name) ||
    SOMEBODY.test(dottedPath(node.type === "Property" ? node.value : node)?.[0] ?? "")
  );
}

/** `randomUUID()`, `nanoid()` */
const RANDOM = /random|uuid|nanoid|\bulid|crypto\./iu;

/** What is looked up: `{ userId, sessionId }` */
const IS_HIDDEN =
  /^(?:jti|sid|key|hash|sig|mac)$|session_?id|nonce|random|salt|secret|token|pass|signature/iu;

/** Is it given to whoever asks, under a name that says what it is good for? */
function signsIn(analysis: Analysis, { kind, node, by, boxes }: Use): boolean {
  const { core } = analysis;
  const owner = enclosingFunction(node);
  switch (kind) {
    case "argument":
      return (
        cookieWrites(analysis).some(
          ({ name = "", setter, value }) =>
            value !== undefined &&
            contains(value, node) &&
            isSessionName(name) &&
            !SIGNS_ITSELF.test(setter),
        ) ||
        (isAnswer(by) && isCalledSession(node, boxes)) ||
        (by.type === "CallExpression" && KEEPS_SESSION.test(calleeName(by)))
      );
    case "return": {
      if (owner === undefined) return false;
      const name = functionName(owner) ?? "";
      return (
        (isCalledByRuntime(core, owner) && isCalledSession(node, boxes)) || MAKES_SESSION.test(name)
      );
    }
    default:
      return false;
  }
}

/** koa's, where the application has keys */
const SIGNS_ITSELF = /^ctx\.cookies\b/u;

/** `setAdminSessionCookie(token)` */
const KEEPS_SESSION = /(?:^|\.)(?:set|save|write|store)_?\w*(?:session|auth|token)_?cookie$/iu;

const MAKES_SESSION = /^(?:generate|create|make|issue|build|new)_?\w*session(?:_?token)?$/iu;

function isAnswer(by: Node): boolean {
  return (
    responseCalls(by).length > 0 ||
    (by.type === "CallExpression" &&
      /^(?:(?:Next)?Response\.json|json|c\.(?:json|text))$/u.test(calleeName(by)))
  );
}

/** `{ token: made }`, `res.send(sessionToken)` */
function isCalledSession(node: Node, boxes: readonly string[]): boolean {
  const names = boxes.length > 0 ? boxes : [dottedPath(node)?.at(-1) ?? ""];
  return names.some((name) => isSessionName(name));
}

function isSessionName(name: string): boolean {
  return (
    isTokenLabel(name) ||
    (/session|(?<!o)auth(?!or|_?user)|logged_?in/iu.test(name) &&
      !/state|csrf|xsrf|verifier|nonce/iu.test(name))
  );
}
