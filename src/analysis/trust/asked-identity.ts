import type { Analysis } from "../analysis.ts";
import type { Core } from "../core.ts";
import { isAnswering, responseCalls } from "../failures/response-calls.ts";
import type { SourceFile } from "../files/source-file.ts";
import { isStandIn } from "../files/stand-ins.ts";
import { initOf } from "../files/variables.ts";
import { usesOf } from "../flow/flow.ts";
import { isSaidByClient, mayReadRequest, saidByClient } from "../network/request.ts";
import { bases, calleeName, dottedPath, isFunction, rootOf, unwrap } from "../syntax.ts";
import type { FunctionNode, Node } from "../syntax.ts";
import { hasWithin } from "../within.ts";
import { NAMES, askedFor, isOfRecord } from "./asked-records.ts";
import { isForDevelopment } from "./environments.ts";
import { isToldOnlyWho } from "./told-only-who.ts";
import { isLeftOut } from "./left-out-proofs.ts";
import { isOfNew } from "./new-records.ts";
import { openPurpose } from "./sign-in-routes.ts";
import { signedTokens } from "./signed-tokens.ts";
import type { SignedToken } from "./signed-tokens.ts";
import { asksNothing } from "./unasked.ts";

/** A token is signed for somebody whom the request names, by a handler that asks for no proof of it. */
export interface AskedIdentity {
  readonly kind:
    /** Who asks is given the token. */
    | "given"
    /** It belongs into a mail to whom it is for, and who asks is given it as well. */
    | "shown";
  /** What the request names. */
  readonly node: Node;
  /** What signs it … */
  readonly name: string;
  /** … as far as its name says. */
  readonly isByName: boolean;
}

/**
 * `app.post("/login", (req, res) => res.json(jwt.sign({ name: req.body.username }, key)))`: the signature then
 * says that the program has found out who asks. Only handlers that are known whole are told: nothing runs before
 * them in the file, and nothing in them may ask for a password, a session or another proof.
 */
export function askedIdentities(analysis: Analysis): AskedIdentity[] {
  const { core, file, operations } = analysis;
  if (!mayReadRequest(file) || isStandIn(file) || STANDS_IN.test(file.code)) return [];
  const tokens = signedTokens(analysis);
  const makers = new Set<Node>(tokens.map(({ node }) => node));
  return tokens.flatMap((signed): AskedIdentity[] => {
    const node = namedIn(analysis, signed) ?? namedByRecord(core, signed);
    const handler = node === undefined ? undefined : handlerOf(file, node);
    if (node === undefined || handler === undefined) return [];
    if (isOfNew(core, handler, signed.node) || isForDevelopment(core, signed.node)) return [];
    if (isOfGuest(core, handler, node)) return [];
    const isHarmless = (one: Node): boolean =>
      makers.has(one) ||
      isOfRecord(core, one) ||
      isToldOnlyWho(core, one) ||
      isLeftOut(core, one, signed.node);
    const { name, isByName = false } = signed;
    switch (openPurpose(analysis, handler)) {
      case "signs-in":
        return asksNothing(core, handler, { operations, isHarmless })
          ? [{ kind: "given", node, name, isByName }]
          : [];
      case "sends-link": {
        const isOpen =
          isAnswered(core, signed.node) &&
          !isForAnother(core, handler, signed.node) &&
          asksNothing(core, handler, {
            operations,
            isHarmless: (one) => isHarmless(one) || isMail(one),
          });
        return isOpen ? [{ kind: "shown", node, name, isByName }] : [];
      }
      case undefined:
        return [];
    }
  });
}

function isMail(node: Node): boolean {
  return node.type === "CallExpression" && MAILS.test(calleeName(node));
}

const MAILS = /mail|send_?(?:link|reset|magic|sms|message)|\bsms|transport(?:er)?\.|resend\./iu;

/** Does the answer to the request hold the token, elsewhere than in development? */
function isAnswered(core: Core, token: Node): boolean {
  return usesOf(core, token).some(
    ({ kind, by, node }) =>
      kind === "argument" &&
      by.type === "CallExpression" &&
      (isAnswering(responseCalls(by)) || /^(?:Next)?Response\.json$/u.test(calleeName(by))) &&
      !isForDevelopment(core, node),
  );
}

/** The mail holds something else, such as a code, that has to be shown beside this token. */
function isForAnother(core: Core, handler: FunctionNode, token: Node): boolean {
  const isMailed = usesOf(core, token).some(({ kind, by }) => kind === "argument" && isMail(by));
  return !isMailed && hasWithin(core, handler.body, isMail);
}

/** Packages of servers that stand in for the real one. */
const STANDS_IN = /["'](?:msw|miragejs|json-server|axios-mock-adapter|nock)\b/u;

/** Claims that say what somebody may, or hold who he is. */
const RIGHTS = /^(?:user|roles?|is_?admin|payload|data)$/iu;

/** Whoever comes without an account may say what he is called … */
const GUESTS = /guest|anonym|nick_?name|visitor|display_?name|\broom|lobby|player/iu;

/** … and what tells that somebody has one. */
const OF_ACCOUNTS =
  /mail$|phone|mobile|address$|wallet|(?:google|facebook|apple|github|telegram|discord)_?id$/iu;

function isOfGuest(core: Core, handler: FunctionNode, named: Node): boolean {
  const field = saidByClient(core, named)?.split(".").at(-1) ?? "";
  const { text } = core.fileOf(handler);
  return !OF_ACCOUNTS.test(field) && GUESTS.test(text.slice(...handler.range));
}

/** The part of what is signed that names somebody, and is what the client says. */
function namedIn(analysis: Analysis, { claims, isChosen }: SignedToken): Node | undefined {
  const said = claims.map(({ nodes }) => firstOf(nodes, (one) => saidIn(analysis, one)));
  const [subject] = said.filter((_, at) => claims[at]?.isSubject === true);
  if (subject !== undefined) return subject;
  // `{ id: randomUUID(), name: req.body.name }`: a new one, who may be called as he likes.
  const isOfVisitor = claims.some(
    ({ name }, at) => name !== undefined && IDENTIFIES.test(name) && said[at] === undefined,
  );
  if (isChosen || isOfVisitor) return undefined;
  return firstOf(claims, ({ name }, at) => {
    const node = said[at];
    const called = name ?? (node === undefined ? undefined : dottedPath(node)?.at(-1));
    return NAMES.test(called ?? "") || RIGHTS.test(called ?? "") ? node : undefined;
  });
}

const IDENTIFIES = /^(?:sub|_?id|uid)$|(?:_i|I)d$/u;

/** What the request names, of the record that is signed: `user` of `{ id: user._id }`. */
function namedByRecord(core: Core, { claims }: SignedToken): Node | undefined {
  const names = claims
    .flatMap(({ nodes }) => nodes)
    .flatMap(bases)
    .filter((node) => node.type === "Identifier");
  return firstOf(names, (name) => askedFor(core, name));
}

function firstOf<One>(
  all: readonly One[],
  find: (one: One, at: number) => Node | undefined,
): Node | undefined {
  for (const [at, one] of all.entries()) {
    const found = find(one, at);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** One field of what the client sends; the body as a whole is another finding. */
function saidIn(analysis: Analysis, written: Node): Node | undefined {
  if (analysis.fileOf(written) !== analysis.file || !isSaidByClient(analysis.core, written))
    return undefined;
  const node = unwrap(written);
  return /\.(?:headers|cookies)(?:\.|$)/u.test(dottedPath(node)?.join(".") ?? "")
    ? undefined
    : node;
}

/** The function that is given the request which an expression reads. */
function handlerOf(file: SourceFile, said: Node, hops = 3): FunctionNode | undefined {
  for (const base of bases(said)) {
    const root = rootOf(base);
    const [definition] = root.type === "Identifier" ? (file.variableOf(root)?.defs ?? []) : [];
    const owner = definition?.node as Node | undefined;
    // Resolvers are given the arguments of a query behind its parent; commands have some as well.
    if (isFunction(owner))
      return dottedPath(root)?.[0] === "args" && owner.params.length < 2 ? undefined : owner;
    const init = definition === undefined ? undefined : initOf(file, root);
    const found = init === undefined || hops === 0 ? undefined : handlerOf(file, init, hops - 1);
    if (found !== undefined) return found;
  }
  return undefined;
}
