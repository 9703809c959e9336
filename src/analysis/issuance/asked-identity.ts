import type { Analysis } from "../analysis.ts";
import type { Core } from "../core.ts";
import { inside } from "../files/inside.ts";
import type { SourceFile } from "../files/source-file.ts";
import { isStandIn } from "../files/stand-ins.ts";
import { byObject } from "../memo.ts";
import { handlerOf } from "../network/request-handlers.ts";
import { mayReadRequest, saidByClient } from "../network/request.ts";
import { KIND_CLAIMS } from "../tokens/kinds.ts";
import { isServerAction } from "../network/server-actions.ts";
import { importedOperations } from "../operations/made-tokens.ts";
import { contains, textOf } from "../syntax.ts";
import type { CallNode, FunctionNode, Node } from "../syntax.ts";
import { insideCall } from "../values/call-context.ts";
import { hasWithin } from "../within.ts";
import { handedTo, isOfRecord } from "../data/asked-records.ts";
import { saysRole, saysWho, saysWhoOfProvider } from "../data/names.ts";
import { isForDevelopment } from "../trust/environments.ts";
import { askedRights } from "./asked-rights.ts";
import { fieldOfWritten } from "./comparisons.ts";
import { isOfFurtherRecord } from "./further-look-ups.ts";
import { isAnswered, isForAnother, isMailedAlone } from "./handed-out.ts";
import { isHeaderRead, isTokenName } from "./header-reads.ts";
import { isLeftOut } from "./left-out-proofs.ts";
import { isMail } from "./mails.ts";
import { namedBy, namedByNew } from "./named-persons.ts";
import { isOfNew } from "./new-records.ts";
import { isForOtherEnd } from "./other-ends.ts";
import { openPurpose } from "./purposes.ts";
import { openRoute } from "./sign-in-routes.ts";
import { signedTokens } from "./signed-tokens.ts";
import type { SignedToken, SigningFile } from "./signed-tokens.ts";
import { isRoomDrawn, namesInRoom, serviceOf } from "./token-services.ts";
import { isToldOnlyWho, mayCompare } from "./told-only-who.ts";
import { isOfTool } from "./tool-keys.ts";
import { isToldService } from "./told-services.ts";
import { asksNothing, isUnread } from "./unasked.ts";
import type { Known } from "./unasked.ts";

/** A token is signed for somebody whom the request names, by a handler that asks for no proof of it. */
export interface AskedIdentity {
  readonly kind:
    /** Who asks is given the token. */
    | "given"
    /** … by a function that a page calls over the network, which looks as if the program alone could call it. */
    | "called"
    /** … for a code or password that is written in the program. */
    | "written"
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
  const { file } = analysis;
  if (!mayReadRequest(file) || isStandIn(file) || STANDS_IN.test(file.code)) return [];
  const tokens = signedTokens(analysis);
  return [
    ...tokens.flatMap((signed) => inHandler(analysis, signed, tokens)),
    ...file.index.calls.flatMap((call) => throughService(analysis, call)),
  ].filter(({ node }) => !isRight(analysis, node));
}

/** What somebody may rather than who he is: `role`, of which {@link askedRights} tells. */
function isRight(analysis: Analysis, node: Node): boolean {
  const rights = askedRights(analysis);
  return rights.length > 0 && rights.some(({ said }) => said === saidByClient(analysis.core, node));
}

function inHandler(
  analysis: Analysis,
  signed: SignedToken,
  tokens: readonly SignedToken[],
): AskedIdentity[] {
  const { core, file, operations } = analysis;
  const named = namedBy(analysis, signed);
  const node = named ?? namedByNew(analysis, signed);
  const handler = node === undefined ? undefined : handlerOf(file, node);
  if (node === undefined || handler === undefined) return [];
  const isNew = named === undefined || isRightSo(core, handler, signed.node);
  if (isNew && !bringsProof(analysis, handler)) return [];
  if (isOfGuest(core, handler, node, signed) || isOfTool(core, signed.made?.key)) return [];
  if (isForOtherEnd(analysis, handler, signed)) return [];
  const isHarmless = harmlessBeside(signed, tokens, isVerifiedUnread(analysis, handler));
  const { name, isByName = false } = signed;
  const purpose = openPurpose(analysis, handler, serviceOf(signed));
  switch (purpose) {
    case "may-sign-in":
    case "stands-open":
    case "is-posted":
    case "signs-in":
      if (purpose === "is-posted" && !isAnswered(core, signed)) return [];
      if (isMailedAlone(core, handler, signed, node)) return [];
      if (
        /^(?:may|stands)/u.test(purpose) &&
        !isOfAccount(signed) &&
        !(isByName && isOfUser(core, node))
      )
        return [];
      if (purpose === "stands-open" && !isOfUser(core, node) && !namesInRoom(core, signed, node))
        return [];
      return kindOf(core, handler, { operations, isHarmless }).map((kind) => ({
        kind: kind === "given" && isServerAction(file, handler) ? "called" : kind,
        node,
        name,
        isByName,
      }));
    case "sends-link": {
      const isOpen =
        !isOfOtherKind(signed) &&
        isAnswered(core, signed) &&
        !isForAnother(core, handler, signed) &&
        asksNothing(core, handler, {
          operations,
          isHarmless: (at, one) => isHarmless(at, one) || isMail(one),
        });
      return isOpen ? [{ kind: "shown", node, name, isByName }] : [];
    }
    case undefined:
      return [];
  }
}

/** Does it say who somebody is as his record does, and of no step or kind? The request alone names no account. */
function isOfAccount({ claims }: SignedToken): boolean {
  return (
    claims.some(({ name }) => /^(?:sub|(?:user_?|account_?)?_?id)$/iu.test(name ?? "")) &&
    !claims.some(({ name }) =>
      /type|kind|purpose|step|stage|flow|use$|action|pending|factor/iu.test(name ?? ""),
    )
  );
}

/** `req.params.userId`: what is called otherwise may be the id of a thing, or on a socket the name of a guest. */
function isOfUser(core: Core, named: Node): boolean {
  const said = saidByClient(core, named) ?? "";
  const field = said.split(".").at(-1) ?? "";
  if (said.startsWith("message.") && /name$/iu.test(field)) return false;
  return /user|account|member|customer|e?mail/iu.test(field);
}

/** Is it somebody new who is given the token, or does that happen in development alone? */
function isRightSo(core: Core, owner: FunctionNode, token: Node): boolean {
  return isOfNew(core, owner, token) || isForDevelopment(core, token);
}

/**
 * `await getAuth().verifyIdToken(idToken);` beside `User.create({ email: req.body.email })`: the token of a provider says
 * whose account it is to be. Where somebody reads that, it is asked for.
 */
function bringsProof({ operations }: Analysis, handler: FunctionNode): boolean {
  return operations.some(
    (one) =>
      one.kind === "verify" && one.entity.issuedBy !== undefined && contains(handler, one.node),
  );
}

/** What is no proof of whom a token is signed for, of what else is done on the way to it. */
function harmlessBeside(
  signed: SignedToken,
  tokens: readonly SignedToken[],
  isVerified: boolean,
): (core: Core, node: Node) => boolean {
  const makers = new Map<Node, SignedToken>(tokens.map((one) => [one.node, one]));
  const signers = new Set<Node | undefined>(tokens.map(({ made }) => made?.node));
  return (core, node) => {
    if (signers.has(node)) return true;
    const maker = makers.get(node);
    if (maker !== undefined) return !mayCompare(core, maker);
    return (
      isOfRecord(core, node) ||
      isToldOnlyWho(core, node) ||
      isToldService(core, node) ||
      isOfFurtherRecord(core, node) ||
      isLeftOut(core, node, signed.node) ||
      (isVerified && isHeaderRead(node, isTokenName))
    );
  };
}

/** `jwt.verify(req.cookies.token, key);`, and nobody reads whose it is: that there is one proves nothing of whom the request names. */
function isVerifiedUnread({ core, operations }: Analysis, handler: FunctionNode): boolean {
  return operations.some(
    (one) =>
      one.kind === "verify" &&
      contains(handler, one.node) &&
      isUnread(core, one) &&
      // A service that is known by its token may ask for others.
      one.option("audience").state !== "set" &&
      !/service|internal|partner|machine|gateway/iu.test(
        one.key === undefined ? "" : core.fileOf(one.key.node).text.slice(...one.key.node.range),
      ),
  );
}

/** `return this.authService.login(dto)`: a function of the program is handed what the request says, and signs. */
function throughService(analysis: Analysis, call: CallNode): AskedIdentity[] {
  const { core, file, operations } = analysis;
  const node = handedTo(core, call);
  const handler = node === undefined ? undefined : handlerOf(file, node);
  if (node === undefined || handler === undefined) return [];
  if (openRoute(analysis, handler) === undefined || isRightSo(core, handler, call)) return [];
  const found = signedThrough(analysis, core, call);
  if (found === undefined) return [];
  const { signed, tokens } = found;
  if (openPurpose(analysis, handler, serviceOf(signed)) !== "signs-in") return [];
  const known = {
    operations,
    isHarmless: harmlessBeside(signed, tokens, isVerifiedUnread(analysis, handler)),
  };
  const { name, isByName = false } = signed;
  return kindOf(core, handler, known).map((kind) => ({ kind, node, name, isByName }));
}

/** Is nothing asked, or nothing but what stands in the code? Nothing where it may be a proof. */
function kindOf(core: Core, handler: FunctionNode, known: Known): ("given" | "written")[] {
  if (asksNothing(core, handler, known)) return ["given"];
  const isWritten =
    asksNothing(core, handler, { ...known, isWrittenKnown: true }) && !isNameWritten(core, handler);
  return isWritten ? ["written"] : [];
}

/** `username === "admin" && password === "…"`: nobody else can be named, and the one is no user of the program. */
function isNameWritten(core: Core, handler: FunctionNode): boolean {
  return hasWithin(
    core,
    handler.body,
    (one) =>
      one.type === "BinaryExpression" &&
      saysWho(fieldOfWritten(core, [one.left, one.right])?.split(".").at(-1) ?? ""),
  );
}

interface Found {
  readonly signed: SignedToken;
  readonly tokens: readonly SignedToken[];
}

/** The token that a function signs for whom one call of it names, or another function that it calls. */
function signedThrough(analysis: Analysis, outer: Core, call: CallNode): Found | undefined {
  const target = outer.evaluate(call.callee);
  if (target.type !== "function") return undefined;
  const owner = target.node;
  const core = insideCall(outer, owner, call);
  if (core === undefined) return undefined;
  const file = core.fileOf(owner);
  const isInside = (node: Node): boolean => core.fileOf(node) === file && contains(owner, node);
  const view = signingFile(analysis, file);
  const tokens = tokensIn(analysis, file);
  const signed = tokens.find((one) => {
    const node = isInside(one.node) ? namedBy({ ...view, core }, one) : undefined;
    return (
      node !== undefined &&
      !isRightSo(core, owner, one.node) &&
      !isOfGuest(core, owner, node, one) &&
      !isOfTool(core, one.made?.key)
    );
  });
  if (signed !== undefined) return { signed, tokens };
  for (const inner of inside(file.index.calls, owner)) {
    if (handedTo(core, inner) === undefined || isRightSo(core, owner, inner)) continue;
    const found = signedThrough(analysis, core, inner);
    if (found !== undefined) return found;
  }
  return undefined;
}

function signingFile({ core, operations, file: linted }: Analysis, file: SourceFile): SigningFile {
  const isLinted = file === linted;
  return {
    core,
    file,
    operations: isLinted
      ? operations
      : importedOperations(core).filter(({ node }) => core.fileOf(node) === file),
  };
}

/** Which tokens a file signs is the same for each of the calls that come to it. */
function tokensIn(analysis: Analysis, file: SourceFile): readonly SignedToken[] {
  const known = tokensByFile(analysis);
  let tokens = known.get(file);
  if (tokens === undefined) {
    tokens = signedTokens(signingFile(analysis, file));
    known.set(file, tokens);
  }
  return tokens;
}

const tokensByFile = byObject<Analysis, Map<SourceFile, readonly SignedToken[]>>(() => new Map());

/** `{ email, kind: "csrf" }`, `{ email, scope: "poll" }`: it says itself that it is no link by which somebody gets in. */
function isOfOtherKind({ claims }: SignedToken): boolean {
  return claims.some(
    ({ name = "", nodes }) =>
      KIND_CLAIMS.includes(name) &&
      nodes.some((one) => {
        const kind = textOf(one);
        return kind !== undefined && !OF_LINKS.test(kind);
      }),
  );
}

const OF_LINKS =
  /reset|forg[eo]t|recover|pass|magic|link|log_?-?in|sign_?-?in|auth|access|verif|mail/iu;

/** Packages of servers that stand in for the real one. */
const STANDS_IN = /["'](?:msw|miragejs|json-server|axios-mock-adapter|nock)\b/u;

/** Whoever comes without an account may say what he is called … */
const GUESTS = /guest|anonym|visitor|lobby|player/iu;

/** … and shown as … */
const SHOWN_AS = /nick_?name|display_?name/iu;

/** Whoever is shown a program may choose as whom he looks at it. */
const FOR_SHOW = /demo|sandbox|playground|sample|preview/iu;

/** … or as in a room, where nobody has one, unless he is named by that … */
const NAMELESS = new RegExp(`${SHOWN_AS.source}|\\broom`, "iu");

const OF_USERS = /^(?:uid|(?:user|account|member|customer)_?id)$/iu;

/** … and what tells that somebody has one. */
const OF_ACCOUNTS =
  /mail$|phone|mobile|address$|wallet|(?:google|facebook|apple|github|telegram|discord)_?id$/iu;

/**
 * Is it a guest whom the request names, who has no account that another one could take? Every token of LiveKit is for a
 * room, so that word says nothing there: whoever comes in under the `identity` of somebody else is he, and puts him out.
 */
function isOfGuest(core: Core, handler: FunctionNode, named: Node, signed: SignedToken): boolean {
  const field = saidByClient(core, named)?.split(".").at(-1) ?? "";
  if (OF_ACCOUNTS.test(field) || saysWhoOfProvider(field)) return false;
  const text = core.fileOf(handler).text.slice(...handler.range);
  if (GUESTS.test(text) || SHOWN_AS.test(field)) return true;
  if (saysRole(field) && FOR_SHOW.test(text)) return true;
  const { opensRoom, signsIn } = serviceOf(signed);
  if (opensRoom && isRoomDrawn(core, handler)) return true;
  return NAMELESS.test(text) && !opensRoom && !signsIn && !OF_USERS.test(field);
}
