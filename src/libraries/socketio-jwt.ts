import { checks, checksBefore9, verifyOptions } from "./shared.ts";
import type { Library, OptionModel } from "./types.ts";

/**
 * Handlers of Socket.IO over jsonwebtoken 8: options are handed on as they are, and with `handshake`
 * a token in the query string beats the header (4.6.2).
 */
export const socketioJwt: Library = {
  name: "socketio-jwt",
  current: "4.6.2",
  verified: ["4.6.2"],
  modules: [{ specifier: "socketio-jwt", default: "" }],
  entities: {
    authorize: {
      kind: "middleware",
      parameters: { key: "0.secret", options: "0" },
      options: {
        ...verifyOptions,
        secret: { role: "key" },
        required: { role: "optional", lets: [{ when: false, whom: "missing" }] },
      },
      failure: "responds",
      checks: checksBefore9,
      signatureFirst: true,
      resolver: ["other", "whole"],
    },
  },
};

const unread = (role: OptionModel["role"]): OptionModel => ({
  role,
  ignored: { why: "Only secret, algorithms, onAuthentication and tokenSource have an effect." },
});

/** `authorize` hands nothing on but the algorithms, HS256 where none are named (3.1.4). */
export const threamSocketioJwt: Library = {
  name: "@thream/socketio-jwt",
  current: "3.1.4",
  verified: ["3.1.4"],
  modules: [{ specifier: "@thream/socketio-jwt", default: "" }],
  entities: {
    authorize: {
      kind: "middleware",
      parameters: { key: "0.secret", options: "0" },
      options: {
        secret: { role: "key" },
        algorithms: verifyOptions.algorithms,
        algorithm: verifyOptions.algorithm,
        audience: unread("audience"),
        issuer: unread("issuer"),
        ignoreExpiration: unread("ignoreExpiration"),
      },
      failure: "responds",
      checks: { ...checks, algorithms: "fixed", audience: "never", issuer: "never" },
      signatureFirst: true,
      resolver: ["whole"],
    },
  },
};
