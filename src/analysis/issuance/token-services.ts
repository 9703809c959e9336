import type { Core } from "../core.ts";
import { inside } from "../files/inside.ts";
import { initOf } from "../files/variables.ts";
import { saidByClient } from "../network/request.ts";
import { staticKey } from "../syntax.ts";
import type { FunctionNode, Node } from "../syntax.ts";
import { hasWithin } from "../within.ts";
import { saysWho } from "../data/names.ts";
import { isDrawn } from "./drawn-names.ts";
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

/**
 * Does the request say who comes into a room: `participantName` of `new AccessToken(key, secret, { identity: participantName })`?
 * Whatever the field is called, it is whom the token is for; a device is none, who comes over a socket may be a guest, and so
 * may who is given a name of the program's own where he says none (`body.identity ?? randomUUID()`).
 */
export function namesInRoom(core: Core, signed: SignedToken, named: Node): boolean {
  const isSubject = signed.claims.some((one) => one.isSubject === true);
  if (!isSubject || !serviceOf(signed).opensRoom) return false;
  const said = saidByClient(core, named) ?? "";
  const field = said.split(".").at(-1) ?? "";
  const isChosen = (initOf(core.fileOf(named), named) ?? named).type === "LogicalExpression";
  return !isChosen && !said.startsWith("message.") && (saysWho(field) || IN_ROOMS.test(field));
}

/**
 * Is the room one that the program makes up for whoever asks: `addGrant({ room, roomJoin: true })` with
 * `const room = `call-${crypto.randomUUID()}``? Nobody else is in it whose name could be taken.
 */
export function isRoomDrawn(core: Core, handler: FunctionNode): boolean {
  const { index } = core.fileOf(handler);
  return inside(index.called.get("addGrant") ?? [], handler).some((call) =>
    hasWithin(
      core,
      call,
      (one) =>
        one.type === "Property" &&
        /^room(?:_?name)?$/iu.test(staticKey(one.key, one.computed) ?? "") &&
        isDrawn(core, one.value),
    ),
  );
}

/** What somebody is called in a room. */
const IN_ROOMS = /^(?:participant|attendee|caller|peer|speaker|host)(?:_?(?:name|identity|id))?$/iu;
