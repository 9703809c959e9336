import type { Analysis } from "../analysis.ts";
import { isClientFile } from "../client.ts";
import { initOf } from "../files/variables.ts";
import { addressText, httpCall } from "../network/http.ts";
import { saidByClient } from "../network/request.ts";
import { calleeName, contains, enclosingFunction, rootOf } from "../syntax.ts";
import type { CallNode, Node } from "../syntax.ts";
import { hasWithin } from "../within.ts";
import { readsAnywhere } from "../trust/claim-reads.ts";
import { signedTokens } from "./signed-tokens.ts";

/**
 * A provider answers whose access token it is, and a token of the program's own is signed for him.
 *
 * The answer says nothing of the app that the token was given to, so whoever runs any app of the provider has
 * tokens that sign in here as its users (RFC 6749 section 10.16). A server
 * that exchanges a code for the token, or asks for which app it was made, knows.
 */
export interface UserInfoSignIn {
  readonly node: CallNode;
  /** Who answers: `www.googleapis.com`. */
  readonly provider: string;
}

/** Where providers answer whose a token is, whichever app shows it. */
const USER_INFO =
  /^https:\/\/(?<provider>(?:www|openidconnect)\.googleapis\.com\/(?:oauth2\/v\d\/userinfo|v1\/userinfo|userinfo\/v2\/me|oauth2\/v\d\/tokeninfo)|oauth2\.googleapis\.com\/tokeninfo|graph\.facebook\.com\/(?:v[\d.]+\/)?me|api\.github\.com\/user|kapi\.kakao\.com\/v2\/user\/me|openapi\.naver\.com\/v1\/nid\/me|discord(?:app)?\.com\/api\/(?:v\d+\/)?users\/@me|api\.linkedin\.com\/v2\/(?:me|userinfo)|graph\.microsoft\.com\/v1\.0\/me)(?![\w/])/u;

/** How a program asks for which app a token was made, or has the provider see that it is its own. */
const ASKS_FOR_APP = /debug_token|appsecret_proof|api\.github\.com\/applications\//u;

/** The members in which answers say it. */
const APP_MEMBERS = ["aud", "azp", "audience", "issued_to", "app_id", "appId"];

export function userInfoSignIns(analysis: Analysis): UserInfoSignIn[] {
  const { file } = analysis;
  const isAsking = /user-?info|tokeninfo|getTokenInfo|\/me\b|\/user\b/iu.test(file.text);
  if (!isAsking || isClientFile(file) || ASKS_FOR_APP.test(file.text)) return [];
  if (APP_MEMBERS.some((name) => readsAnywhere(file, name))) return [];
  const found = file.index.calls.flatMap((node) => {
    const provider = providerOf(analysis, node);
    return provider !== undefined && isGivenToken(analysis, node) ? [{ node, provider }] : [];
  });
  if (found.length === 0) return [];
  const signed = signedTokens(analysis);
  const owners = new Set<Node>();
  return found.filter(({ node }) => {
    const owner = enclosingFunction(node);
    // One sign-in is one finding, however often it asks.
    if (owner === undefined || owners.has(owner)) return false;
    owners.add(owner);
    return signed.some((token) => contains(owner, token.node));
  });
}

function providerOf({ core, file }: Analysis, call: CallNode): string | undefined {
  if (calleeName(call).endsWith(".getTokenInfo")) {
    const made = initOf(file, rootOf(call.callee));
    const isClient = made?.type === "NewExpression" && /OAuth2(?:Client)?$/u.test(calleeName(made));
    return isClient ? "Google" : undefined;
  }
  const address = httpCall(file, call)?.address;
  const text = address === undefined ? "" : addressText(core, address);
  // ID tokens are another matter.
  if ((text + file.text.slice(...call.range)).includes("id_token")) return undefined;
  return USER_INFO.exec(text)?.groups?.provider?.split("/")[0];
}

const TOKEN = /token|credential/iu;

/** Is the token one that the client has brought? */
function isGivenToken({ core, file }: Analysis, call: CallNode): boolean {
  const address = httpCall(file, call)?.address;
  const written = address === undefined ? undefined : initOf(file, address);
  return [call, ...(written === undefined ? [] : [written])].some((part) =>
    hasWithin(core, part, (node: Node) =>
      TOKEN.test(saidByClient(core, node)?.split(".").at(-1) ?? ""),
    ),
  );
}
