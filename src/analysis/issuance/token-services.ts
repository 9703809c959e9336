import type { SignedToken } from "./signed-tokens.ts";

/**
 * For which service is a token signed, where its library says that: such a token means one thing, whatever the route is
 * called that gives it out.
 */
export interface TokenService {
  /** It opens a room of LiveKit or Twilio, or all of Stream, for whoever its identity says. */
  readonly opensRoom: boolean;
  /** Firebase signs in by it whomever it names: `createCustomToken(uid)` is the end of a sign-in, and nothing else. */
  readonly signsIn: boolean;
}

const FOR_ROOMS = /^(?:livekit-server-sdk|twilio|stream-chat|@stream-io\/node-sdk)$/u;

/** Also of `admin` of another file, where nobody has seen what it is: nothing else is called so. */
const CUSTOM_TOKEN = /(?:^|\.)createCustomToken$/u;

export function serviceOf({ made, name }: SignedToken): TokenService {
  return {
    opensRoom: FOR_ROOMS.test(made?.library.name ?? ""),
    signsIn: CUSTOM_TOKEN.test(made?.path ?? name),
  };
}
