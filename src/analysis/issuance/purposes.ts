import type { Analysis } from "../analysis.ts";
import { kindInEnglish } from "../languages.ts";
import type { FunctionNode } from "../syntax.ts";
import { isBesideCheck } from "./checks-beside.ts";
import { saysLink, saysSignIn, saysSignUp } from "./route-names.ts";
import { openRoute } from "./sign-in-routes.ts";
import type { TokenService } from "./token-services.ts";

/** What a handler is for that anybody reaches, by its names and addresses, and by the token that it gives out. */

/** … by what they give, which may stand behind a guard as well. */
const GIVES_TOKEN =
  /\/auth\/token$|refresh|renew|^\/?jwt$|(?:create|generate|issue|sign)_?jwt|(?:create|generate|issue|get|set|sign)[-_]?(?:access|auth|id|jwt)?[-_]?token$/iu;

/** `/gerar-token`, `generarToken`, `generateNewToken`: a token for a thing is called so as well. */
function mayGiveToken(name: string): boolean {
  return MAY_GIVE_TOKEN.test(kindInEnglish(name.split("/").at(-1) ?? ""));
}

const MAY_GIVE_TOKEN =
  /^(?:(?:create|generate|issue|give|make|request|get)[-_]?(?:(?:new|user|chat|stream|video|call|access|auth)[-_]?){0,2}|(?:(?:user|chat|stream|video|call)[-_]?){1,2})(?:jwt|tokens?|jwt[-_]?token)$|^give_?Token(?:(?:By|Using|With|To)\w*)?$/iu;

/** Does an address say that a token is given: `/auth/token`, `/generate-token`? */
export function saysTokenGiven(path: string): boolean {
  return GIVES_TOKEN.test(path) || mayGiveToken(path);
}

/** Addresses of what is no account: a token for it opens that thing alone. */
const OF_THINGS =
  /file|video|media|image|photo|document|upload|download|stream|share|room|meeting|\bqr|ticket|order|product|report|invit|device|webhook|subscri|verif|confirm|push|fcm|csrf|xsrf/iu;

/** … and of rooms, which every token of such a service opens. */
const OF_ROOMS = /video|stream|room|meeting/giu;

/** Names of what gives a token by which somebody signs in, where the token says so itself. */
const GIVES_SIGN_IN = /(?:^|\/|custom|firebase)[-_]?(?:auth)?[-_]?tokens?$|(?:^|\/)mint/iu;

/** Paths on which somebody is given the token of another one. */
const FOR_OTHERS = /impersonat|switch|admin|staff|internal|service|machine|behalf|\bas\b/iu;

/** What a handler that anybody reaches is for, by its name, its path or its file. */
export type Purpose =
  | "signs-in"
  /** Its file is for signing in; the token may be for a step on the way as well. */
  | "may-sign-in"
  /** Nothing says what it is for, but that it stands open beside routes with guards. */
  | "stands-open"
  /** Nothing says what it is for but its token, where whoever asks is given that. */
  | "is-posted"
  | "sends-link";

/**
 * What a handler is for to which requests come without passing another one, as far as the file tells.
 *
 * @param service for which the token is that it gives out
 * @returns undefined where something may have asked before
 */
export function openPurpose(
  analysis: Analysis,
  handler: FunctionNode,
  service?: TokenService,
): Purpose | undefined {
  const route = openRoute(analysis, handler);
  if (route === undefined) return undefined;
  const { names, paths, isOwn, isOfAuth = false, mayBeGuarded = false, isPosted = false } = route;
  // No path stands in the file: another one mounts what it exports.
  if (paths.length === 0 && isBesideCheck(analysis.core, handler)) return undefined;
  const signsIn = names.some((one) => saysSignIn(one));
  const own = names.slice(0, -1);
  // `exports.getStreamToken = (req, res) => …`: such a token is given to whoever is signed in, behind the guard of a router.
  const isOfService = service?.opensRoom === true || service?.signsIn === true;
  if (paths.length === 0 && !isOwn && isOfService && !signsIn) return undefined;
  if (mayBeGuarded && !own.some((one) => saysSignIn(one))) return undefined;
  if (names.some((one) => saysLink(one))) return "sends-link";
  // `/get-token/:userId`
  const ends = names.map((one) => one.replace(/(?:\/[:{$][\w-]+\}?)+$/u, ""));
  if (signsIn || ends.some((one) => GIVES_TOKEN.test(one))) return "signs-in";
  const isForOthers = own.some((one) => FOR_OTHERS.test(one));
  if (service?.signsIn === true && !isForOthers && ends.some((one) => GIVES_SIGN_IN.test(one)))
    return "signs-in";
  if (names.some((one) => saysSignUp(one))) return "may-sign-in";
  // The application itself has no others.
  const things =
    service?.opensRoom === true ? paths.map((one) => one.replaceAll(OF_ROOMS, "")) : paths;
  if (things.some((one) => OF_THINGS.test(one))) return undefined;
  if (isOwn) return "signs-in";
  if (paths.some((one) => FOR_OTHERS.test(one))) return undefined;
  if (isPosted && service?.signsIn === true && !isForOthers) return "is-posted";
  // `auth.post("/", …)`
  if (isOfAuth) return isPosted && isRoot(paths) ? "signs-in" : "may-sign-in";
  return route.isBesideGuarded === true || ends.some((one) => mayGiveToken(one))
    ? "stands-open"
    : undefined;
}

function isRoot(paths: readonly string[]): boolean {
  return paths.every((one) => one === "" || one === "/");
}
