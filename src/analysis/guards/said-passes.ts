import type { TSESTree } from "@typescript-eslint/utils";
import type { Core } from "../core.ts";
import { conditionsAt } from "../flow/conditions.ts";
import type { Operation } from "../operations/operations.ts";
import { enclosingFunction } from "../syntax.ts";
import type { Node } from "../syntax.ts";
import { asksForClaims, asksForKept } from "./asked-behind.ts";
import { isAuthenticating } from "../answers/function-roles.ts";
import { passesBefore } from "./open-prefixes.ts";
import { PROOF } from "./said-instead.ts";
import { refusesNobody } from "./refusing-nobody.ts";
import { isBareReturn, passesByReturn } from "./passing-returns.ts";
import { partsOf, saidTest } from "./said-tests.ts";

/** Something that anybody can send, and that lets a request pass where a token would be verified. */
export interface SaidPass {
  readonly node: Node;
  /** Where it is sent, and under which name. */
  readonly what: string;
}

/**
 * `if (req.headers["x-internal"] === "true") return next();`, `if (req.query.debug) return next();` in front of the
 * verification of a guard: whoever knows of it sends it. What is asked for beside something else (`isDev && …`) may
 * decide nothing, and what is compared with a setting is a key.
 */
export function saidPasses(core: Core, operation: Operation): SaidPass[] {
  const { kind, node } = operation;
  if (kind !== "verify" || refusesNobody(core, node)) return [];
  const found = [
    ...passesBefore(core, node),
    ...passesBefore(core, node, isBareReturn).filter((one) => passesByReturn(core, one)),
  ].flatMap((branch) => {
    return passesAsGuard(core, branch) && !isChosen(core, branch)
      ? partsOf(core, branch.test).flatMap((one) => said(core, one))
      : [];
  });
  // Where somebody asks behind it who is there, nobody is.
  return found.length > 0 && (asksForClaims(core.file) || asksForKept(core.file, operation))
    ? []
    : found;
}

/** What `true` means the name of the function has to say. */
export function passesAsGuard(core: Core, branch: TSESTree.IfStatement): boolean {
  return !returnsTrue(branch) || isAuthenticating(core, enclosingFunction(branch));
}

function returnsTrue({ consequent }: TSESTree.IfStatement): boolean {
  const last = consequent.type === "BlockStatement" ? consequent.body.at(-1) : consequent;
  return last?.type === "ReturnStatement" && last.argument?.type === "Literal";
}

/** Where a program runs: `if (isDevelopment) { if (req.query.debug) return next(); }` */
const ENVIRONMENT = /env\b|dev|prod|test|local|enabled|allow/iu;

export function isChosen(core: Core, branch: Node): boolean {
  const { text } = core.fileOf(branch);
  return conditionsAt(branch, enclosingFunction(branch)).some(({ test }) =>
    ENVIRONMENT.test(text.slice(...test.range)),
  );
}

/** Headers by which HTTP, browsers, frameworks and platforms say how a request is made; the last keep them for themselves. */
const OF_PROTOCOL =
  /^(?:upgrade|connection|content-|accept|origin|referr?er|host|user-agent|sec-|purpose|x-purpose|next-|x-next|rsc$|x-middleware-|x-forwarded-|x-real-ip|x-requested-with|x-http-method|access-control-|if-|range|te$|dnt|cache-|pragma|forwarded|via|hx-|x-inertia|ssl-client|x-ssl-|x-client-(?:verify|cert)|expect$|prefer|priority|save-data|early-data|traceparent|service-worker|aeg-|svix-|webhook-|x-(?:gitlab|github|shopify|hub|slack|stripe|twilio|line)-|x-amzn?-|x-appengine-|x-goog-|x-ms-|x-vercel-|cf-|fly-|x-envoy-)/iu;

/** Names of what switches something off, in the query and the body, where others choose what is asked for. */
const FLAG =
  /^_?(?:is|no|skip|disable|bypass|ignore|without)?[-_]?(?:debug|debugging|test|testing|internal|admin|trusted|bypass|skip\w*|dev|development|preview|demo|mock|root|super_?user|god_?mode)$/iu;

function said(core: Core, node: Node): SaidPass[] {
  const test = saidTest(core, node);
  const [, of, place = "", name = ""] =
    /^(handshake)?\.?(headers|query|body|auth)\.([\w-]+)$/u.exec(test?.path ?? "") ?? [];
  if (test === undefined || PROOF.test(name)) return [];
  if (place === "headers")
    return OF_PROTOCOL.test(name) ? [] : [{ node, what: `the header ${name}` }];
  if (FLAG.test(name)) return [{ node, what: `${name} in the ${place}` }];
  // What is asked for stands in the same text, behind the part that is looked at.
  if (`${place}.${name}` === "body.query" && test.how === "has")
    return [{ node, what: "such a query in the body" }];
  // A socket says by it who connects, once for all that it sends.
  const isKind = of !== undefined && test.how === "is" && !GUEST.test(`${name} ${test.text ?? ""}`);
  return isKind ? [{ node, what: `this ${name} in the handshake` }] : [];
}

/** Who needs no token by what he is called. */
const GUEST = /guest|anonym|visitor|public|viewer|spectat/iu;
