import type { TSESTree } from "@typescript-eslint/utils";
import type { Analysis } from "../analysis.ts";
import type { Core } from "../core.ts";
import { isLogCall } from "../logging.ts";
import { responseCalls } from "../answers/response-calls.ts";
import { isStandIn } from "../files/stand-ins.ts";
import { initOf } from "../files/variables.ts";
import { conditionsAt } from "../flow/conditions.ts";
import { usesOf } from "../flow/flow.ts";
import { assignedAnswer } from "../network/assigned-answers.ts";
import { saidByClient } from "../network/request.ts";
import {
  calleeName,
  contains,
  enclosingFunction,
  isFunction,
  memberName,
  parentOf,
  rootOf,
  textOf,
  unwrap,
} from "../syntax.ts";
import type { CallNode, FunctionNode, Node } from "../syntax.ts";
import { must } from "../values/value.ts";
import { saysWho, PROOF } from "../data/names.ts";
import { isLookUp } from "../data/data-access.ts";
import { isGeneralKey, nameOfKey } from "../tokens/general-keys.ts";
import { isForDevelopment } from "../trust/environments.ts";
import { isCalledByRuntime } from "./endpoint-files.ts";
import { openPurpose } from "./purposes.ts";
import { signedTokens } from "./signed-tokens.ts";
import type { SignedToken } from "./signed-tokens.ts";
import { serviceOf } from "./token-services.ts";
import { asksNothing } from "./unasked.ts";

/**
 * Handlers that give whoever asks a token of one and the same user, whom the program itself names: what is left
 * over from building it. Told where a handler signs somebody in, or where the request has to say no more than that
 * it comes from a developer: `if (!request.nextUrl.searchParams.get("dev")) return notFound();`
 */
export function fixedIdentities(analysis: Analysis): SignedToken[] {
  const { core, file, operations } = analysis;
  if (!ANSWERS.test(file.text) || isStandIn(file)) return [];
  const tokens = signedTokens(analysis);
  return tokens.filter((signed) => {
    const { node, claims } = signed;
    const handler = enclosingFunction(node);
    if (handler === undefined || isMounted(core, handler)) return false;
    const isFixed = claims.some(
      ({ name, isSubject, nodes }) =>
        (isSubject === true || IDENTIFIES.test(name ?? "")) &&
        nodes.every((one) => isOfFixed(core, one)),
    );
    if (!isFixed || !isOpen(analysis, handler, signed)) return false;
    const { text } = core.fileOf(handler);
    const written = text.slice(...(parentOf(handler) ?? handler).range);
    if ([FOR_EVERYBODY, FOR_OTHERS, FOR_A_STEP].some((one) => one.test(written))) return false;
    if (claims.some(({ name }) => OF_SERVICES.test(name ?? ""))) return false;
    if (isForDevelopment(core, handler) || !isGivenOut(core, node)) return false;
    return asksNothing(core, handler, {
      operations,
      isHarmless: (at, one) =>
        isOfTokens(tokens, one) || isAboutFixed(at, one) || isReadOfAddress(one) || isGiving(one),
    });
  });
}

/** `const login = (req, res) => …`: where it is mounted, something may stand before it. A runtime calls `export const GET` itself. */
function isMounted(core: Core, handler: FunctionNode): boolean {
  return parentOf(handler)?.type === "VariableDeclarator" && !isCalledByRuntime(core, handler);
}

/** Words of which one stands wherever a file answers a request; asked before anything else is. */
const ANSWERS =
  /\b(?:res|resp|response|reply|ctx|context|c)[.[]|Response\b|[cC]ookies?\b|EventHandler/u;

/** Claims that say who somebody is. */
const IDENTIFIES = /^(?:sub|_?id|uid|user_?(?:id|name)|e?mail|login)$/iu;

/** Whoever comes may be a guest, and see how a program works. */
const FOR_EVERYBODY =
  /guest|anonym|visitor|demo|sample|preview|public|mock|fake|lobby|kiosk|big_?screen/iu;

/** Tokens that other services ask for are made with their keys, of their kinds. */
const FOR_OTHERS = /\b(?:kid|aud|audience|setAudience|issuer|setIssuer|RS\d+|ES\d+|PS\d+|EdDSA)\b/u;

/** What is signed on the way to a sign-in says nothing of who somebody is. */
const FOR_A_STEP = /challenge|nonce|csrf|xsrf|webauthn|passkey|(?:\b|_)state\b|pkce|verifier/iu;

const OF_SERVICES =
  /^(?:aud|iss|scp|scopes?|resource|params|grants|video|room\w*|channels?|type|purpose)$/iu;

/** Does nothing stand before a handler that signs in, or is asked but whether a developer comes? */
function isOpen(analysis: Analysis, handler: FunctionNode, signed: SignedToken): boolean {
  const { core } = analysis;
  const asked = conditionsAt(signed.node, handler).map(({ test }) => unwrap(test));
  const isKnown = asked.every((test) => isForDevelopers(core, test) || isFixedRecord(core, test));
  if (!isKnown) return false;
  if (asked.some((test) => isForDevelopers(core, test))) return isForRequests(handler);
  const purpose = openPurpose(analysis, handler, serviceOf(signed));
  return (
    purpose === "signs-in" || (purpose === "stands-open" && givesToAnybody(core, handler, signed))
  );
}

/**
 * `export async function GET() { … }` of `app/api/token/route.ts`: it is called for a token, and is not even given the request.
 * Of a service by its name, which pages may need behind a sign-in that another file asks for, nothing is said.
 */
function givesToAnybody(core: Core, handler: FunctionNode, { made }: SignedToken): boolean {
  const { path = "", text } = core.fileOf(handler);
  // `CHATBASE_SECRET` is what another service has given the program.
  const key = made === undefined ? undefined : nameOfKey(made);
  return (
    key !== undefined &&
    isGeneralKey(key) &&
    handler.params.length === 0 &&
    TOKEN_ROUTE.test(path.replaceAll("\\", "/")) &&
    !OF_A_SERVICE.test(text.slice(...handler.range))
  );
}

const TOKEN_ROUTE =
  /\/(?:auth|session|(?:\w+-)?(?:token|jwt))\/(?:route|\+server)\.[cm]?[jt]sx?$/iu;

const OF_A_SERVICE =
  /service|embed|viewer|widget|\b(?:bot|robot|system|api|app|internal|worker|cron|job|machine|client)\b/iu;

/** What only a developer would add to an address, if others did not read it: `?dev=1`, `req.query.debug` */
const FOR_DEVELOPERS = /^(?:is_?)?(?:dev|develop\w*|debug|test(?:ing)?|bypass|backdoor)$/iu;

function isForDevelopers(core: Core, written: Node): boolean {
  const node = unwrap(written);
  if (node.type === "BinaryExpression") {
    const said = [node.left, node.right].filter((side) => textOf(side) === undefined);
    return said.length === 1 && said.every((side) => isForDevelopers(core, side));
  }
  const init = node.type === "Identifier" ? initOf(core.fileOf(node), node) : undefined;
  const field = parameterOf(node) ?? saidByClient(core, node)?.split(".").at(-1) ?? "";
  return FOR_DEVELOPERS.test(field) || (init !== undefined && isForDevelopers(core, init));
}

/** `dev` of `request.nextUrl.searchParams.get("dev")` */
function parameterOf(written: Node): string | undefined {
  const node = unwrap(written);
  const method = node.type === "CallExpression" ? unwrap(node.callee) : undefined;
  if (node.type !== "CallExpression" || method?.type !== "MemberExpression") return undefined;
  const held = unwrap(method.object);
  const name =
    held.type === "Identifier"
      ? held.name
      : held.type === "MemberExpression"
        ? memberName(held)
        : undefined;
  return name === "searchParams" && /^(?:get|has)$/u.test(memberName(method) ?? "")
    ? textOf(node.arguments[0])
    : undefined;
}

function isReadOfAddress(node: Node): boolean {
  if (node.type === "BinaryExpression")
    return [node.left, node.right].some((side) => FOR_DEVELOPERS.test(parameterOf(side) ?? ""));
  const name = parameterOf(node);
  return name !== undefined && !PROOF.test(name);
}

function isForRequests({ params: [first] }: FunctionNode): boolean {
  return (
    first?.type === "Identifier" && /^_?(?:req|request|ctx|context|c|event)$/u.test(first.name)
  );
}

/** The program says itself whom it means: by a text, or by the record that it finds by one. */
function isOfFixed(core: Core, written: Node): boolean {
  return isText(core, written) || isFixedRecord(core, rootOf(written));
}

function isText(core: Core, written: Node): boolean {
  return must(core.evaluate(written), (one) => one.type === "literal" && Boolean(one.value));
}

/** `user` of `let user = await User.findOne({ email: "dev@example.com" })` */
function isFixedRecord(core: Core, written: Node): boolean {
  const name = unwrap(written);
  const init = name.type === "Identifier" ? initOf(core.fileOf(name), name) : undefined;
  const call = init === undefined ? undefined : unwrap(init);
  return call?.type === "CallExpression" && isFixedLookUp(core, call);
}

function isFixedLookUp(core: Core, call: TSESTree.CallExpression): boolean {
  const [conditions, ...more] = call.arguments;
  if (conditions === undefined || more.length > 0 || !isLookUp(core, call)) return false;
  const node = unwrap(conditions);
  if (node.type !== "ObjectExpression") return isText(core, node);
  return namedIn(node).some(({ key, value }) => saysWho(key) && isText(core, value));
}

interface Named {
  readonly key: string;
  readonly value: Node;
}

/** The fields of `{ where: { email: "…" } }`, those of the objects in it among them. */
function namedIn(object: TSESTree.ObjectExpression): Named[] {
  return object.properties.flatMap((one) => {
    if (one.type !== "Property" || one.key.type !== "Identifier") return [];
    const value = unwrap(one.value);
    return [
      { key: one.key.name, value },
      ...(value.type === "ObjectExpression" ? namedIn(value) : []),
    ];
  });
}

/** The call that makes a token, and what its key is made of. */
function isOfTokens(tokens: readonly SignedToken[], one: Node): boolean {
  return tokens.some(({ node }) => node === one || contains(node, one));
}

/** A call that is told no more than texts of the program, and of the record that is found by one. */
function isAboutFixed(core: Core, node: Node): boolean {
  if (node.type !== "CallExpression" || isLogCall(node)) return false;
  const isDatabase =
    isLookUp(core, node) || /\.(?:create|insert\w*|upsert|save)$/u.test(calleeName(node));
  return isDatabase && node.arguments.every((one) => isAllFixed(core, one));
}

function isAllFixed(core: Core, written: Node): boolean {
  const node = unwrap(written);
  if (node.type === "ObjectExpression")
    return node.properties.every((one) => one.type === "Property" && isAllFixed(core, one.value));
  return node.type === "Literal" || isOfFixed(core, node);
}

/** Is whoever asks given the token, in the answer or in a cookie? */
function isGivenOut(core: Core, token: CallNode): boolean {
  return usesOf(core, token).some(({ kind, by }) => {
    if (kind === "return") return isFunction(by) && isForRequests(by);
    if (by.type === "AssignmentExpression")
      return assignedAnswer(core.fileOf(by), by) !== undefined;
    if (kind !== "argument") return false;
    // `new Response(JSON.stringify({ token }))`
    if (by.type === "NewExpression") return /^(?:Next)?Response$/u.test(calleeName(by));
    if (by.type !== "CallExpression") return false;
    return responseCalls(by).length > 0 || isGiving(by);
  });
}

function isGiving(node: Node): boolean {
  return node.type === "CallExpression" && GIVES_OUT.test(calleeName(node));
}

const GIVES_OUT = /^(?:Next)?Response\.json$|^setCookie$|cookies(?:\.set)?$|^c\.json$/u;
