import type { Library } from "./types.ts";

/**
 * Tokens with which a browser or a device says to Pusher Beams whose it is, signed with HS256 by jsonwebtoken, for a
 * day, in the name of the instance. It takes keys of any length (1.2.7).
 */
export const pusherPushNotifications: Library = {
  name: "@pusher/push-notifications-server",
  current: "1.2.7",
  verified: ["1.2.7"],
  modules: [{ specifier: "@pusher/push-notifications-server", default: "default" }],
  entities: {
    default: {
      kind: "module",
      parameters: { key: "0.secretKey" },
      returns: "PushNotifications#",
    },
    "PushNotifications#.generateToken": {
      kind: "sign",
      parameters: { key: "new.0.secretKey" },
      arguments: { "0": { role: "subject" } },
      adds: ["issuer", "issuedAt"],
      defaultAlgorithm: "HS256",
      defaultLifetime: 24 * 60 * 60,
      failure: "throws",
    },
  },
};
