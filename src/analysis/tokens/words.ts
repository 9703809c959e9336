import { wordsInEnglish } from "../languages.ts";
import type { SourceFile } from "../files/source-file.ts";
import { byName, byObject } from "../memo.ts";
import { wordsOf } from "../words.ts";

/**
 * What names say about tokens. A name alone makes no token: lexers have tokens, so have CSRF
 * forms, push services, designers and language models. What is said here only counts together with
 * evidence that the sources look for; of unmistakable names a log is that (`named.ts`).
 */

export type Strength = "strong" | "weak";

/** Tokens of another trade: what such a word qualifies does not sign anybody in. */
const OTHER_TRADES = new Set(
  `csrf xsrf csrftoken xsrftoken push device fcm apns registration reset forgot verification verify
  verifier confirm confirmation activation activate invite invitation captcha recaptcha hcaptcha
  turnstile cancel cancellation page next prev previous continuation cursor sync lex lexer css
  design theme color punctuator keyword operator random unique magic otp totp upload download
  mapbox map stripe card payment checkout setup lookahead eof start end stop prompt completion
  max min num total count input output cached reasoning syntax comment string template numeric
  line sas erc nft coin contract pool swap native wrapped unsubscribe share shared public anon
  test fake mock sample example dummy placeholder injection provider abort fill pad mask special
  dom separator delimiter parser regex current webhook resume search query csp nonce demo old expired
  invalid bad wrong notification encrypt encrypted cipher hash hashed sealed masked`.split(/\s+/u),
);

/** Words that say which kind of authentication a token is for. */
const AUTHENTICATION = new Set(
  "access refresh id auth authentication authorization authorisation session login bearer identity oauth oidc sso jwt user".split(
    " ",
  ),
);

/** `usertoken`, `admintoken`: two words written as one. */
const COMPOUND =
  /^(user|login|session|admin|my|new|app|site|web|client|member|customer)(tokens?|jwt)$/u;

/** In Romance languages what qualifies a word stands behind it: `jetonAcces`, `token_de_acesso`. */
function inOrder(name: string): readonly string[] {
  const words = wordsInEnglish(name);
  if (words === wordsOf(name)) return words;
  const [first = "", ...rest] = words.filter((word) => !/^d[eo]?$/u.test(word));
  const isTurned = /^tokens?$/u.test(first) && rest.every((word) => AUTHENTICATION.has(word));
  return isTurned ? [...rest, first] : [first, ...rest];
}

/** `__Secure-next-auth.session-token`: what a cookie is kept under by whom says nothing of what it is. */
const KEPT_BY = /^(?:__(?:Secure|Host)-)?(?:(?:next-auth|authjs|better-auth)\.)?/u;

/** The words of a name, the last of which may be two. */
const tokenWords = byName((name): readonly string[] => {
  const words = inOrder(name.replace(KEPT_BY, ""));
  const parts = COMPOUND.exec(words.at(-1) ?? "")?.slice(1);
  return parts === undefined ? words : [...words.slice(0, -1), ...parts];
});

/** How strongly a name says that it holds an authentication token. */
export const tokenName = byName((name): Strength | undefined => {
  const words = tokenWords(name);
  const last = words.at(-1);
  if (last === undefined || words.some((word) => OTHER_TRADES.has(word))) return undefined;
  // `userWithoutToken`
  if (words.some((word) => /^(?:without|no|sans|except|omit|excluding)$/u.test(word)))
    return undefined;
  if (/^(?:jwt|jwts|jws|jwttoken|bearer)$/u.test(last)) return "strong";
  if (/^(?:accesstoken|refreshtoken|idtoken|authtoken|authorization)$/u.test(last)) return "strong";
  if (!/^(?:tokens?|jwttokens?)$/u.test(last)) return undefined;
  return words.some((word) => AUTHENTICATION.has(word)) ? "strong" : "weak";
});

/** `tempLoginToken`, `one_time_token`: what is handed over to be exchanged for another, once and soon. */
export const isForOneUse = byName((name): boolean =>
  /(?:^| )(?:te?mp|temporary|one ?time|single ?use|hand ?(?:over|off)|exchange) /u.test(
    wordsOf(name).join(" "),
  ),
);

/** Is something about tokens, sign-ins or sessions, and about no other trade, by its name? */
export const speaksOfTokens = byName((name): boolean => {
  const words = tokenWords(name);
  return (
    !words.some((word) => OTHER_TRADES.has(word)) &&
    words.some((word) => /tokens?$|^(?:jwt|auth|session|credentials?)$/u.test(word))
  );
});

/** Does a name say of which format the token is? An ID token is a JWT (OpenID Connect Core 1.0 section 2). */
export const isJwtName = byName((name): boolean =>
  /(?:^| )(?:jwt|jws|(?:jwt|id) ?token)$/u.test(tokenWords(name).join(" ")),
);

/** What some servers call the two tokens that they give out, where both are in sight. */
export const PAIR: readonly string[] = ["access", "refresh"];

/** `JWT_SECRET`, `accessTokenSecret`, `jwtPrivateKey`: what tokens are signed with. */
export const keyName = byName((name): boolean => {
  const words = wordsOf(name);
  // How a client authenticates (OpenID Connect Core 1.0 section 9).
  if (/^(?:private key|client secret) jwt$/u.test(words.join(" "))) return false;
  const has = (...all: string[]): boolean => all.some((word) => words.includes(word));
  if (
    has(
      "public",
      "pub",
      "expires",
      "expiration",
      "expiry",
      "ttl",
      "path",
      "file",
      "id",
      "url",
      "algorithm",
      "length",
    )
  ) {
    return false;
  }
  // The option of passport-jwt, under whose name programs keep the key.
  if (/\bsecret or (?:private )?key$/u.test(words.join(" "))) return true;
  const isSecret =
    has("secret", "secrets", "private") || /secret(?:key)?$/u.test(words.at(-1) ?? "");
  return (
    ((isSecret || words.at(-1) === "key") && has("jwt", "jws", "jwtsecret", "jwk")) ||
    (isSecret && has("token", "access", "refresh") && !has("api"))
  );
});

/** `apiKey`, `client_secret`, `OPENAI`: what services are asked with stands for no person and no session. */
export const isServiceSecret = byName((name): boolean => {
  return (
    /^[A-Z][A-Z\d_]*$/u.test(name) ||
    wordsOf(name).some((word) =>
      /key|secret|^api|^passw|^pat$|^headers?$|^config|^settings?$|^env$/u.test(word),
    )
  );
});

/** `generatetoken`, `genaccesstoken`: written without a seam. */
const RUN_TOGETHER =
  /^(generate|gen|create|make|sign|issue|get|new|build)(access|refresh|auth|user|login|session)?(jwt)?(tokens?|jwts?)$/u;

/** Methods and functions that give a token, by their name: `generateAuthToken`, `signJwt`. */
export const makerName = byName((name): Strength | undefined => {
  const words = RUN_TOGETHER.exec(name)?.slice(1).filter(Boolean) ?? wordsOf(name);
  const [verb, ...rest] = words;
  if (verb === undefined || rest.length === 0 || rest.some((word) => OTHER_TRADES.has(word)))
    return undefined;
  const noun = rest.findIndex((word) => /^(?:jwts?|tokens?|jwttoken)$/u.test(word));
  if (noun === -1) return undefined;
  // `getUserFromToken`: what it is given.
  if (rest.slice(0, noun).some((word) => /^(?:from|by|with|in|of|for|using|via)$/u.test(word)))
    return undefined;
  // What follows the noun may say how, but not that it is about the token: `createTokenService`.
  const after = rest.slice(noun + 1);
  if (
    after.some(
      (word) =>
        !/^(?:jwt|tokens?|pair|for|from|with|user|silently|async|sync|by|of|and|refresh|access|id)$/u.test(
          word,
        ),
    )
  ) {
    return undefined;
  }
  const isQualified = rest.some(
    (word) => AUTHENTICATION.has(word) || word === "signed" || word === "jwts",
  );
  if (/^(?:get|fetch|acquire|obtain|retrieve|exchange|request)$/u.test(verb)) {
    return isQualified ? "strong" : undefined;
  }
  if (/^(?:sign|issue|mint)$/u.test(verb)) return "strong";
  if (!/^(?:generate|gen|create|make|build|prepare|new|encode|refresh|renew)$/u.test(verb))
    return undefined;
  return isQualified ? "strong" : "weak";
});

/** Functions that take a token and say whose it is, by their name: `verifyAccessToken`, `checkJwt`. */
export const verifierName = byName((name): Strength | undefined => {
  const [verb, ...rest] = wordsOf(name);
  if (!/^(?:verify|validate|authenticate|check|decode|introspect)$/u.test(verb ?? ""))
    return undefined;
  if (rest.length === 0) return verb === "authenticate" ? "weak" : undefined;
  if (!/^(?:jwts?|tokens?|accesstoken|authtoken|idtoken)$/u.test(rest.at(-1) ?? ""))
    return undefined;
  const isPlain = rest.every((word) => AUTHENTICATION.has(word) || /token|^jwts?$/u.test(word));
  if (!isPlain) return undefined;
  return rest.length === 1 && /^tokens?$/u.test(rest[0] ?? "") ? "weak" : "strong";
});

/** By whom somebody is signed in, as names say it. */
const BY_WHOM =
  "social|oauth2?|sso|google|facebook|github|gitlab|apple|microsoft|azure|twitter|discord|linkedin|kakao|naver";

const SIGNS_IN = new RegExp(
  String.raw`^(?:use)?(?:_?(?:do|perform|handle|user|admin|api|post|${BY_WHOM})_?){0,2}(?:log_?in|sign_?in|sign_?up|authenticate|refresh_?(?:access_?|auth_?|jwt_?)?tokens?|exchange_?(?:code|token)\w*|register)(?:_?(?:user|admin|account|customer|request|api|action|e?mail|username|phone(?:_?number)?|with\w*|async|mutation|service|thunk|${BY_WHOM}))*$|^validate_?o_?auth2?_?(?:user|log_?in)$`,
  "iu",
);

/** Functions that sign somebody in and give what signs him in: `login`, `authService.signIn`, `oAuthLogin`. */
export const signsIn = byName((name): boolean => SIGNS_IN.test(name));

/** An address at which tokens are given out. */
export const AUTH_ADDRESS =
  /(?:Access|Refresh|Auth)Tokens?(?:[/?#]|$)|(?:^|[/.:_-])(?:log-?_?in|sign-?_?in|sign-?_?up|register|auth|authenticate|authentication|oauth2?|oidc|sso|access_?-?token|token|refresh(?:[-_]?token)?|sessions?)(?:[/?#:_-]|$)|\/\w*(?:log-?_?in|sign-?_?in)\w*(?:[/?#:]|$)|\/verify-?_?(?:otp|2fa|mfa|totp)(?:[/?#:]|$)/iu;

/** Words of a file in which people are signed in. */
const AUTH_FILE =
  /\bBearer\b|[aA]uthorization\b|\blogin|Login|LOGIN|\blog[_-]?[iI]n\b|\bsign[_-]?[iI]n|SignIn|\blog[_-]?[oO]ut\b|[aA]uthenticat|[oO][aA]uth|\b[jJ](?:wt|WT)|jsonwebtoken|isAuth|useAuth|Auth(?:Context|Provider|Service|State|Store)\b|[rR]efresh_?[tT]oken|\b(?:save|set|clear|create|destroy|start|end)Session\b|Item\(\s*["'`](?:current|auth|logged)?_?[uU]ser(?:_?[iI]d|_?[nN]ame|_?[dD]ata|_?[iI]nfo)?["'`]/u;

export const isAboutSigningIn = byObject(({ code }: SourceFile): boolean => AUTH_FILE.test(code));

/** `token`, `Admin-Token`: nothing says that it is a token of another kind. */
export function isPlainToken(key: string): boolean {
  return tokenWords(key).every((word) =>
    /^(?:tokens?|jwt|my|app|admin|site|web|client|member|customer|saved|stored|current)$/u.test(
      word,
    ),
  );
}

/** `accessToken`, and `token` that nothing else qualifies. */
export const isTokenLabel = byName((name): boolean => {
  const strength = tokenName(name);
  return strength === "strong" || (strength === "weak" && isPlainToken(name));
});

/** `setToken`, `saveAccessToken`: functions that keep what they are given. */
export const keeperName = byName((name): boolean =>
  /^(?:set|save|store|keep)(?:Access|Auth|Jwt|JWT|Refresh|User|Session)?Tokens?$/u.test(name),
);

/** `xsrfToken`, `FCM_TOKEN`: kept under such a name, an answer's `token` signs nobody in. */
export const isOfOtherUse = byName((key): boolean => {
  return wordsOf(key).some((word) =>
    /^(?:[cx]srf(?:token)?|antiforgery|fcm|apns|push|captcha|recaptcha|turnstile)$/u.test(word),
  );
});

/** `auth`, `currentUser`, `session`: what is kept under such a name says who has signed in. */
export const isOfSignIn = byName((key): boolean => {
  return wordsOf(key).some((word) =>
    /^(?:auth(?:entication|orization)?|session|refresh|log(?:in|ged)|user|credentials?)$/u.test(
      word,
    ),
  );
});

/**
 * Is a value of this name a token where the key says nothing of tokens: `accessToken` under any key,
 * `token` under one about signing in, or one that is out of sight?
 */
export function isTokenOf(name: string, key: string | undefined): boolean {
  const strength = tokenName(name);
  if (strength !== "weak") return strength === "strong";
  return isPlainToken(name) && (key === undefined || isOfSignIn(key));
}

/** What servers answer with, and parts of it. */
const ANSWERED = /^(?:data|body|res|resp|response|result|answer|reply)$/iu;

/**
 * `result.data.token`: what an answer calls a token is one, wherever it is kept, unless that is about
 * another trade.
 */
export function isTokenOfAnswer(path: readonly string[], key: string | undefined): boolean {
  const name = path.at(-1) ?? "";
  return (
    path.length > 1 &&
    isTokenLabel(name) &&
    path.slice(0, -1).some((part) => ANSWERED.test(part)) &&
    !wordsOf(key ?? "").some((word) => OTHER_TRADES.has(word))
  );
}

/** Code about push messages, maps, forms and lexers has tokens of its own. */
export const isOfOtherTrade = byObject(({ code }: SourceFile): boolean =>
  /acme-?[cC]hallenge|keyAuthorization|fcm|[mM]essaging|[pP]ush(?!\()|expo-notifications|Notifications\.|[rR]egister\w*Notification|[nN]otification_?[tT]oken|captcha|csrf|xsrf|mapbox|[cC]esium|contentful|mapillary|lexer|tokeni[sz]/u.test(
    code,
  ),
);

/**
 * Parameters of addresses that are there for a token: OpenID Connect sends an old ID token along at
 * sign-out, and a presigned address names the session that it is signed for.
 */
export function isMeantForAddress(parameter: string): boolean {
  return parameter === "id_token_hint" || /^x-(?:amz|goog)-/iu.test(parameter);
}

/**
 * Parameters that OAuth sends by way of the browser, and which a program may sign itself: the state
 * (RFC 6749 section 4.1.1) and the request object (RFC 9101). They sign nobody in.
 */
export function isSignedForAddress(parameter: string): boolean {
  return parameter === "state" || parameter === "request";
}

/** Headers that carry a token. */
const AUTH_HEADERS =
  /^(?:proxy-)?authorization$|^x-(?:(?:access|auth|id|jwt|refresh|session|user|api-access)-?)?token$|^(?:access|auth|refresh|id)-?_?token$|^x-jwt(?:-assertion)?$/iu;

export function isAuthHeader(name: string | undefined): boolean {
  return name !== undefined && AUTH_HEADERS.test(name);
}
