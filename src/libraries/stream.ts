import type { Entity, Library } from "./types.ts";

/**
 * Tokens for Stream's own services, signed with HS256 by jsonwebtoken: the claim `user_id` says whose they are, and
 * the secret with which a client is made signs them all, and the client's own requests.
 */
const client = (path: string): Entity => ({
  kind: "module",
  parameters: { key: "1" },
  returns: path,
});

const signed: Entity = {
  kind: "sign",
  parameters: { key: "new.1" },
  arguments: { "0": { role: "subject" } },
  adds: [],
  defaultAlgorithm: "HS256",
  failure: "throws",
};

/** A date in seconds as an argument of its own; without one, or with 0, the token never ends (stream-chat 9.53.0). */
const withDate: Entity = {
  ...signed,
  arguments: {
    ...signed.arguments,
    "1": {
      role: "expiresAt",
      grammar: "epoch-seconds",
      skippedWhen: ["undefined", "null", "zero"],
    },
  },
};

export const streamChat: Library = {
  name: "stream-chat",
  current: "9.53.0",
  verified: ["9.53.0"],
  modules: [{ specifier: "stream-chat", default: "" }],
  entities: {
    StreamChat: client("StreamChat#"),
    "StreamChat.getInstance": client("StreamChat#"),
    "StreamChat#.createToken": withDate,
  },
};

/** `generateUserToken({ user_id, validity_in_seconds })`: an hour, where nothing is said (0.7.64). */
const generated: Entity = {
  kind: "sign",
  parameters: { key: "new.1", options: "0" },
  options: {
    user_id: { role: "subject" },
    validity_in_seconds: {
      role: "lifetime",
      grammar: "seconds",
      skippedWhen: ["undefined", "null"],
    },
    exp: { role: "expiresAt", grammar: "epoch-seconds", skippedWhen: ["undefined", "null"] },
  },
  adds: ["issuedAt"],
  defaultAlgorithm: "HS256",
  defaultLifetime: 3600,
  failure: "throws",
};

export const streamNodeSdk: Library = {
  name: "@stream-io/node-sdk",
  current: "0.7.64",
  verified: ["0.7.64"],
  modules: [{ specifier: "@stream-io/node-sdk", default: "" }],
  entities: {
    StreamClient: client("StreamClient#"),
    "StreamClient#.createToken": { ...withDate, adds: ["issuedAt"], defaultLifetime: 3600 },
    "StreamClient#.createCallToken": { ...signed, adds: ["issuedAt"], defaultLifetime: 3600 },
    "StreamClient#.generateUserToken": generated,
    "StreamClient#.generateCallToken": generated,
    "StreamClient#.generatePermanentUserToken": {
      ...signed,
      parameters: { key: "new.1", options: "0" },
      options: { user_id: { role: "subject" } },
      arguments: {},
      adds: ["issuedAt"],
    },
  },
};

/** What `createUserToken(userId, claims)` is given beside the name is all there is: it adds no end (8.15.0). */
export const getstream: Library = {
  name: "getstream",
  current: "8.15.0",
  verified: ["8.15.0"],
  modules: [{ specifier: "getstream", default: "" }],
  entities: {
    connect: client("StreamClient#"),
    StreamClient: client("StreamClient#"),
    "StreamClient#.createUserToken": signed,
  },
};
