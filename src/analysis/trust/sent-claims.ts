import type { Analysis } from "../analysis.ts";
import { isClientFile } from "../client.ts";
import { usesOf } from "../flow/flow.ts";
import type { Use } from "../flow/use.ts";
import { addressText, httpCall } from "../network/http.ts";
import type { Operation } from "../operations/operations.ts";
import { enclosingFunction } from "../syntax.ts";
import type { CallNode } from "../syntax.ts";
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
const SIGNS_IN = /log[-_]?in|sign[-_]?(?:in|up)|auth|google|apple|social|sso|register/iu;

/** What says who somebody is. */
const WHO = /^(?:sub|email|oid|upn|preferred_username)$/u;

export function sentClaims({ core, file, operations }: Analysis): SentClaims[] {
  if (!isClientFile(file)) return [];
  return operations.flatMap((operation) => {
    const { kind, token } = operation;
    if (kind !== "decode" || token === undefined) return [];
    const written = file.text.slice(...token.node.range);
    if (!OF_PROVIDER.test(written)) return [];
    const calls = usesOf(core, operation.node).flatMap((use) =>
      use.kind === "argument" && use.by.type === "CallExpression" && isWho(operation, use)
        ? [use.by]
        : [],
    );
    const request = calls.find((call) => isSignIn(call) && !isTokenSent(call, written));
    return request === undefined ? [] : [{ operation, request }];
  });

  function isSignIn(request: CallNode): boolean {
    const address = httpCall(file, request)?.address;
    return address !== undefined && SIGNS_IN.test(addressText(core, address));
  }

  /** The same function may send the token as well, beside the claims or in a header. */
  function isTokenSent(request: CallNode, written: string): boolean {
    const owner = enclosingFunction(request);
    const around = owner === undefined ? file.text : file.text.slice(...owner.range);
    return (
      /authorization|bearer/iu.test(around) ||
      file.text.slice(...request.range).includes(written) ||
      OF_PROVIDER.test(file.text.slice(...request.range))
    );
  }
}

/** The claims as a whole, or the one that says who it is. */
function isWho(operation: Operation, { path }: Use): boolean {
  const claim = claimPath(operation, path);
  return claim !== undefined && (claim.length === 0 || WHO.test(claim[0] ?? ""));
}
