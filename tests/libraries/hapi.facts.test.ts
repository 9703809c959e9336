import { createRequire } from "node:module";
import { describe, expect, it } from "vitest";
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

type Options = Readonly<Record<string, unknown>>;

interface Server {
  register(plugin: unknown): Promise<void>;
  auth: {
    strategy(name: string, scheme: string, options: Options): void;
    default(name: string): void;
  };
  route(route: Options): void;
  inject(request: Options): Promise<{ statusCode: number }>;
}

interface HapiJwt {
  token: {
    generate(payload: object, key: unknown, options?: Options): string;
    decode(token: string): object;
    verify(artifacts: object, key: unknown, options?: Options): unknown;
    verifySignature(artifacts: object, key: unknown): unknown;
    verifyPayload(artifacts: object, options?: Options): unknown;
    verifyTime(artifacts: object, options?: Options): unknown;
  };
}

const require = createRequire(import.meta.url);
const { server: makeServer } = require("@hapi/hapi") as { server(): Server };
const Jwt = require("@hapi/jwt") as HapiJwt;
const hapiAuthJwt2: unknown = require("hapi-auth-jwt2");

const good = hs256({ sub: "user", aud: "api", iss: "me", exp: now + HOUR });
const bare = hs256({ sub: "user" });
const expired = hs256({ aud: "api", iss: "me", exp: now - HOUR });
const forged = hs256({ sub: "admin", aud: "api", iss: "me" }, OTHER_SECRET);

async function serve(plugin: unknown, options: Options): Promise<Server> {
  const server = makeServer();
  await server.register(plugin);
  server.auth.strategy("api", "jwt", options);
  server.auth.default("api");
  server.route({ method: "GET", path: "/", handler: () => "ok" });
  return server;
}

async function statusOf(server: Server, token: string, url = "/"): Promise<number> {
  const headers = token === "" ? {} : { authorization: `Bearer ${token}` };
  return (await server.inject({ url, headers })).statusCode;
}

describe("@hapi/jwt strategies", () => {
  const verify = { aud: "api", iss: "me", sub: false };
  const validate = (): object => ({ isValid: true, credentials: {} });
  const statusWith = async (options: Options, token: string): Promise<number> =>
    statusOf(await serve(Jwt, { keys: SECRET, verify, validate, ...options }), token);

  it("check signature, expiry, audience and issuer", async () => {
    expect(await statusWith({}, good)).toBe(200);
    for (const token of [forged, expired, bare, unsigned({ aud: "api", iss: "me" })]) {
      expect(await statusWith({}, token)).toBe(401);
    }
  });

  it("check nothing at all with verify: false", async () => {
    for (const token of [forged, expired]) {
      expect(await statusWith({ verify: false }, token)).toBe(200);
    }
  });

  it("have to be told aud and iss, if only false", async () => {
    expect(
      await outcome(() => serve(Jwt, { keys: SECRET, verify: { sub: false }, validate })),
    ).toBe("refused");
    const off = { aud: false, iss: false, sub: false };
    expect(await statusWith({ verify: off }, bare)).toBe(200);
    expect(await statusWith({ verify: { ...verify, exp: false } }, expired)).toBe(200);
    expect(await statusWith({ verify: { ...verify, timeSkewSec: 2 * HOUR } }, expired)).toBe(200);
  });

  it("take an empty key for a secret, and none where it is listed without a key", async () => {
    const claims = { aud: "api", iss: "me" };
    expect(await statusWith({ keys: "" }, hs256(claims, ""))).toBe(200);
    expect(await statusWith({ keys: { algorithms: ["none"] } }, unsigned(claims))).toBe(200);
  });

  it("take the text of a public key for a secret where the list is mixed", async () => {
    const confused = hs256({ aud: "api", iss: "me" }, publicPem);
    expect(await statusWith({ keys: publicPem }, confused)).toBe(401);
    const mixed = { key: publicPem, algorithms: ["RS256", "HS256"] };
    expect(await statusWith({ keys: mixed }, confused)).toBe(200);
  });
});

describe("@hapi/jwt token", () => {
  const { token } = Jwt;
  const verify = (text: string, key: unknown, options?: Options): Promise<string> =>
    outcome(() => token.verify(token.decode(text), key, options));

  it("verify throws, and gives nothing when the token is good", async () => {
    expect(token.verify(token.decode(good), SECRET)).toBeUndefined();
    expect(await verify(forged, SECRET)).toBe("refused");
    expect(await verify(expired, SECRET)).toBe("refused");
    expect(await verify(expired, SECRET, { exp: false })).toBe("accepted");
    expect(await verify(good, SECRET, { aud: "other" })).toBe("refused");
    expect(await verify(good, SECRET, { audience: "other", issuer: "other" })).toBe("accepted");
  });

  it("verify takes unsigned tokens with an empty key, or none beside any key", async () => {
    expect(await verify(unsigned({}), SECRET)).toBe("refused");
    expect(await verify(unsigned({}), "")).toBe("accepted");
    expect(await verify(unsigned({}), { key: SECRET, algorithm: "none" })).toBe("accepted");
  });

  it("verify takes the text of a public key for a secret where the list is mixed", async () => {
    const key = { key: publicPem, algorithms: ["RS256", "HS256"] };
    expect(await verify(hs256({}, publicPem), key)).toBe("accepted");
  });

  it("verifySignature looks at no claim, verifyPayload at no signature", async () => {
    const artifacts = token.decode(expired);
    expect(await outcome(() => token.verifySignature(artifacts, SECRET))).toBe("accepted");
    expect(await outcome(() => token.verifyPayload(token.decode(forged)))).toBe("accepted");
    expect(await outcome(() => token.verifyPayload(artifacts))).toBe("refused");
  });

  it("verifyTime looks at the time alone", async () => {
    expect(await outcome(() => token.verifyTime(token.decode(expired)))).toBe("refused");
    expect(await outcome(() => token.verifyTime(token.decode(forged)))).toBe("accepted");
  });

  it("generate writes no expiry without ttlSec, and no signature with an empty key", () => {
    expect(claimsOf(token.generate({ sub: "1" }, SECRET))).not.toHaveProperty("exp");
    const { exp, iat } = claimsOf(token.generate({}, SECRET, { ttlSec: 60 }));
    expect(Number(exp) - Number(iat)).toBe(60);
    expect(claimsOf(token.generate({}, SECRET, { expiresIn: 60 }))).not.toHaveProperty("exp");
    expect(token.generate({}, "").endsWith(".")).toBe(true);
  });
});

describe("hapi-auth-jwt2", () => {
  const validate = (): object => ({ isValid: true, credentials: {} });
  const statusWith = async (options: Options, token: string, url?: string): Promise<number> =>
    statusOf(await serve(hapiAuthJwt2, { key: SECRET, ...options }), token, url);

  it("verifies with validate", async () => {
    expect(await statusWith({ validate }, good)).toBe(200);
    for (const token of [forged, expired, unsigned({})]) {
      expect(await statusWith({ validate }, token)).toBe(401);
    }
  });

  it("checks neither signature nor expiry with verify in its place", async () => {
    for (const token of [forged, expired, unsigned({ sub: "admin" })]) {
      expect(await statusWith({ verify: validate }, token)).toBe(200);
    }
    expect(await statusWith({ verify: validate, validate }, forged)).toBe(401);
  });

  it("reads options inside verifyOptions alone", async () => {
    expect(await statusWith({ validate, ignoreExpiration: true }, expired)).toBe(401);
    const inside = { validate, verifyOptions: { ignoreExpiration: true } };
    expect(await statusWith(inside, expired)).toBe(200);
    expect(await statusWith({ validate, audience: "other", issuer: "other" }, good)).toBe(200);
    expect(await statusWith({ validate, algorithms: ["RS256"] }, good)).toBe(200);
    const unset = { validate, verifyOptions: { algorithms: false } };
    expect(await statusWith(unset, good)).toBe(200);
    const named = { validate, verifyOptions: { audience: "other" } };
    expect(await statusWith(named, good)).toBe(401);
  });

  it("takes a token of the query string", async () => {
    expect(await statusWith({ validate }, "", `/?token=${good}`)).toBe(200);
  });
});
