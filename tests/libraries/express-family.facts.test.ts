import { createRequire } from "node:module";
import { describe, expect, it } from "vitest";
import { fateIn, requestWith } from "../kit/express.ts";
import type { FakeRequest, Handler } from "../kit/express.ts";
import {
  HOUR,
  OTHER_SECRET,
  SECRET,
  claimsOf,
  hs256,
  now,
  outcome,
  publicPem,
  unsigned,
} from "../kit/tokens.ts";

/** Middlewares for Express, restify and Socket.IO that are smaller than express-jwt. */

type Options = Readonly<Record<string, unknown>>;

interface JwtExpress {
  init(secret: string, options?: Options): Handler;
  require(key: string): Handler;
  valid(): Handler;
  create(secret: string, payload: object): { token: string };
}

interface Socket {
  readonly handshake: {
    readonly auth: Options;
    readonly headers: Options;
    readonly query: Options;
  };
  readonly request: { readonly headers: Options; readonly _query: Options };
  decodedToken?: unknown;
  decoded_token?: unknown;
}

type SocketHandler = (socket: Socket, next: (error?: unknown) => void) => unknown;

const require = createRequire(import.meta.url);
const { auth } = require("express-oauth2-jwt-bearer") as { auth(options: Options): Handler };
const restify = require("restify-jwt-community") as (options: Options) => Handler;
const { InvalidCredentialsError } = require("restify-errors") as {
  InvalidCredentialsError: new () => Error;
};
const jwtExpress = require("jwt-express") as JwtExpress;
const socketio = require("socketio-jwt") as { authorize(options: Options): SocketHandler };
const thream = require("@thream/socketio-jwt") as { authorize(options: Options): SocketHandler };

const good = hs256({ sub: "user", aud: "api", iss: "https://me/", exp: now + HOUR });
const other = hs256({ sub: "user", aud: "other", iss: "other", exp: now + HOUR });
const endless = hs256({ sub: "user", aud: "api", iss: "https://me/" });
const expired = hs256({ aud: "api", iss: "https://me/", exp: now - HOUR });
const forged = hs256({ sub: "admin", aud: "api", iss: "https://me/" }, OTHER_SECRET);

describe("express-oauth2-jwt-bearer", () => {
  const base = { secret: SECRET, tokenSigningAlg: "HS256", issuer: "https://me/", audience: "api" };
  const fate = (options: Options, token?: string): Promise<string> =>
    fateIn(auth({ ...base, ...options }), requestWith(token));

  it("requires signature, expiry, audience and issuer", async () => {
    expect(await fate({}, good)).toBe("passes with claims");
    for (const token of [forged, expired, endless, other, unsigned({}), undefined]) {
      expect(await fate({}, token)).toBe("refused");
    }
  });

  it("does not start without an audience or an issuer", async () => {
    const { audience: _, ...noAudience } = base;
    const { issuer: __, ...noIssuer } = base;
    expect(await outcome(() => auth(noAudience))).toBe("refused");
    expect(await outcome(() => auth(noIssuer))).toBe("refused");
  });

  it("is opened by validators that are off", async () => {
    const off = { validators: { aud: false, iss: false } };
    expect(await fate(off, other)).toBe("passes with claims");
    expect(await fate({ validators: { exp: false } }, expired)).toBe("refused");
    expect(await fate({ validators: { exp: false } }, endless)).toBe("passes with claims");
    expect(await fate({ clockTolerance: 2 * HOUR }, expired)).toBe("passes with claims");
  });

  it("lets forged tokens on without claims with authRequired: false", async () => {
    for (const token of [forged, expired, undefined]) {
      expect(await fate({ authRequired: false }, token)).toBe("passes");
    }
  });
});

describe("restify-jwt-community", () => {
  const fate = (options: Options, token?: string): Promise<string> =>
    fateIn(restify({ secret: SECRET, ...options }), requestWith(token));

  it("refuses forged, expired, unsigned and missing tokens, and asks for no list", async () => {
    expect(await fate({}, good)).toBe("passes with claims");
    for (const token of [forged, expired, unsigned({}), undefined]) {
      expect(await fate({}, token)).toBe("refused");
    }
    expect(await fate({ audience: "api" }, other)).toBe("refused");
    expect(await fate({ aud: "api" }, other)).toBe("passes with claims");
  });

  it("says so with an error of restify's own", async () => {
    const error = await new Promise((resolve) => {
      void restify({ secret: SECRET })(requestWith(forged), {}, resolve);
    });
    expect(error).toBeInstanceOf(InvalidCredentialsError);
  });

  it("lets forged tokens on without claims with credentialsRequired: false", async () => {
    for (const token of [forged, expired, undefined]) {
      expect(await fate({ credentialsRequired: false }, token)).toBe("passes");
    }
  });
});

describe("jwt-express", () => {
  const run = async (handlers: readonly Handler[], request: FakeRequest): Promise<string> => {
    for (const handler of handlers) {
      const fate = await fateIn(handler, request, ["jwt"]);
      if (!fate.startsWith("passes")) return fate;
    }
    return "passes";
  };

  it("init lets forged tokens on, with what they say", async () => {
    const request = requestWith(forged);
    expect(await run([jwtExpress.init(SECRET, { cookies: false })], request)).toBe("passes");
    expect(request.jwt).toMatchObject({ valid: false, payload: { sub: "admin" } });
  });

  it("require reads it, unless valid stands before", async () => {
    const init = jwtExpress.init(SECRET, { cookies: false });
    const admin = hs256({ admin: true }, OTHER_SECRET);
    expect(await run([init, jwtExpress.require("admin")], requestWith(admin))).toBe("passes");
    const guarded = [init, jwtExpress.valid(), jwtExpress.require("admin")];
    expect(await run(guarded, requestWith(admin))).toBe("refused");
  });

  it("writes no exp", () => {
    expect(claimsOf(jwtExpress.create(SECRET, { sub: "1" }).token)).not.toHaveProperty("exp");
  });
});

describe("Socket.IO", () => {
  const socketWith = (token: string, query: Options = {}): Socket => ({
    handshake: { auth: { token: `Bearer ${token}` }, headers: {}, query },
    request: { headers: { authorization: `Bearer ${token}` }, _query: query },
  });
  const fateOf = (handler: SocketHandler, socket: Socket): Promise<string> =>
    new Promise((resolve) => {
      void handler(socket, (error) => {
        resolve(error === undefined || error === null ? "passes" : "refused");
      });
    });

  it("socketio-jwt hands options on to jsonwebtoken 8, and takes a token of the query first", async () => {
    const fate = (options: Options, token: string, query?: Options): Promise<string> =>
      fateOf(
        socketio.authorize({ secret: SECRET, handshake: true, ...options }),
        socketWith(token, query),
      );
    expect(await fate({}, good)).toBe("passes");
    for (const token of [forged, expired]) expect(await fate({}, token)).toBe("refused");
    expect(await fate({ audience: "other" }, good)).toBe("refused");
    expect(await fate({ aud: "other" }, good)).toBe("passes");
    expect(await fate({ ignoreExpiration: true }, expired)).toBe("passes");
    const mixed = { secret: publicPem, algorithms: ["RS256", "HS256"] };
    expect(await fate(mixed, hs256({}, publicPem))).toBe("passes");
    expect(await fate({}, forged, { token: good })).toBe("passes");
  });

  it("@thream/socketio-jwt reads secret and algorithms alone, HS256 where none are named", async () => {
    const fate = (options: Options, token: string): Promise<string> =>
      fateOf(thream.authorize({ secret: SECRET, ...options }), socketWith(token));
    expect(await fate({}, good)).toBe("passes");
    for (const token of [forged, expired, unsigned({})])
      expect(await fate({}, token)).toBe("refused");
    expect(await fate({ audience: "other", issuer: "other" }, good)).toBe("passes");
    expect(await fate({ ignoreExpiration: true }, expired)).toBe("refused");
    expect(await fate({ algorithms: ["HS512"] }, good)).toBe("refused");
  });
});
