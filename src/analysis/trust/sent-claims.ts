import type { Analysis } from "../analysis.ts";
import type { Core } from "../core.ts";
import { isClientFile } from "../client.ts";
import { isLogCall } from "../logging.ts";
import { readsOf } from "../files/variables.ts";
import { usesOf } from "../flow/flow.ts";
import type { Use } from "../flow/use.ts";
import { addressText, httpCall } from "../network/http.ts";
import type { Operation } from "../operations/operations.ts";
import {
  contains,
  dottedPath,
  enclosingFunction,
  memberName,
  parentOf,
  rootOf,
  wrapped,
} from "../syntax.ts";
import type { CallNode, Node } from "../syntax.ts";
import { importSource } from "../values/whole-files.ts";
import { claimPath } from "./claim-path.ts";

/**
 * A page reads the token of an identity provider, and sends what it says to sign in, rather than the token: the
 * server can only believe it, and whoever sends another address is somebody else
 * (https://developers.google.com/identity/gsi/web/guides/verify-google-id-token).
 */
export interface SentClaims {
  readonly operation: Operation;
  readonly request: CallNode;
}

/** What providers call the token that they give to a page: Google, and others after OpenID Connect. */
const OF_PROVIDER = /credential|id_?token|token_?id/iu;

/** Where somebody is signed in. */
const SIGNS_IN = /log[-_]?in|sign[-_]?(?:in|up)|auth(?!or)|google|apple|social|sso|register/iu;

/** What says who somebody is. */
const WHO = /^(?:sub|email|oid|upn|preferred_username)$/u;

export function sentClaims({ core, file, operations }: Analysis): SentClaims[] {
  return operations.flatMap((operation) => {
    const { kind, token } = operation;
    if (kind !== "decode" || token === undefined || !isClientFile(file)) return [];
    const written = file.text.slice(...token.node.range);
    if (!OF_PROVIDER.test(written)) return [];
    const calls = usesOf(core, operation.node).flatMap((use) =>
      use.kind === "argument" && use.by.type === "CallExpression" && isWho(operation, use)
        ? [use.by]
        : [],
    );
    const request = calls.find((call) => isSignIn(call) && !isTokenSent(call, token.node));
    return request === undefined ? [] : [{ operation, request }];
  });

  function isSignIn(request: CallNode): boolean {
    const address = httpCall(file, request)?.address;
    return address === undefined
      ? isSignInService(core, request)
      : SIGNS_IN.test(addressText(core, address));
  }

  /** The same function may send the token as well, beside the claims or in a header. */
  function isTokenSent(request: CallNode, token: Node): boolean {
    const owner = enclosingFunction(request);
    const around = owner === undefined ? file.text : file.text.slice(...owner.range);
    return (
      /authorization|bearer/iu.test(around) ||
      OF_PROVIDER.test(file.text.slice(...request.range)) ||
      isUsedElsewhere(token)
    );
  }

  /** What holds it is read in another place, other than to ask whether it is there: it may be sent from there. */
  function isUsedElsewhere(token: Node): boolean {
    return readsOf(file, rootOf(token)).some((read) => {
      if (contains(token, read)) return false;
      const by = parentOf(
        wrapped(parentOf(read)?.type === "MemberExpression" ? (parentOf(read) ?? read) : read),
      );
      const isAsked = by?.type === "UnaryExpression" || by?.type === "IfStatement";
      return !isAsked && !(by?.type === "CallExpression" && isLogCall(by));
    });
  }
}

/** Functions by which a page signs in, and modules in which it keeps what asks the server. */
const SIGN_IN =
  /^(?:google|social|oauth|sso|user)?_?(?:log_?in|sign_?(?:in|up)|authenticate)(?!.*(?:success|state))/iu;
const SERVICES = /^[.@~#].*(?:service|api|request|https?|rest|client)/iu;

/** `const answer = await loginUser(profile)` of `../services/login`: somebody answers who has been asked to sign in. */
function isSignInService(core: Core, call: CallNode): boolean {
  const path = dottedPath(call.callee) ?? [];
  const root = rootOf(call.callee);
  const source = importSource(core.fileOf(root).variableOf(root))?.value ?? "";
  const by = parentOf(call);
  const isAwaited =
    by?.type === "AwaitExpression" ||
    (by?.type === "MemberExpression" && memberName(by) === "then");
  return isAwaited && SIGN_IN.test(path.at(-1) ?? "") && SERVICES.test(source);
}

/** The claims as a whole, or the one that says who it is. */
function isWho(operation: Operation, { path }: Use): boolean {
  const claim = claimPath(operation, path);
  return claim !== undefined && (claim.length === 0 || WHO.test(claim[0] ?? ""));
}
