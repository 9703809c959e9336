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

interface Request {
  jwtVerify(options?: Options): Promise<unknown>;
  jwtDecode(): Promise<unknown>;
}

interface Reply {
  jwtSign(payload: object, options?: Options): Promise<string>;
  code(status: number): Reply;
  send(body: unknown): Reply;
}

interface Server {
  register(plugin: unknown, options: Options): Server;
  ready(): Promise<unknown>;
  close(): Promise<void>;
  get(path: string, options: object, handler: (request: Request, reply: Reply) => unknown): void;
  inject(request: Options): Promise<{ statusCode: number; body: string }>;
  jwt: {
    sign(payload: object, options?: Options): string;
    verify(token: string, options?: Options): unknown;
    decode(token: string): unknown;
  };
}

const require = createRequire(import.meta.url);
const fastify = require("fastify") as () => Server;
const fastifyJwt10: unknown = require("@fastify/jwt");
const fastifyJwt9: unknown = require("fastify-jwt-9");

/** 9 declares that it is for Fastify 5, too. */
async function serve(options: Options, plugin = fastifyJwt10): Promise<Server> {
  const server = fastify();
  server.register(plugin, { secret: SECRET, ...options });
  server.get("/", { onRequest: (request: Request) => request.jwtVerify() }, () => "ok");
  server.get("/sign", {}, (_, reply) => reply.jwtSign({ sub: "1" }));
  await server.ready();
  return server;
}

async function statusOf(server: Server, token: string): Promise<number> {
  const headers = { authorization: `Bearer ${token}` };
  return (await server.inject({ url: "/", headers })).statusCode;
}

const bare = hs256({ sub: "user" });
const other = hs256({ sub: "user", aud: "other", iss: "other", iat: now - HOUR });
const expired = hs256({ exp: now - HOUR });
const forged = hs256({ sub: "admin" }, OTHER_SECRET);

describe.each([
  { name: "9", plugin: fastifyJwt9 },
  { name: "10", plugin: fastifyJwt10 },
])("@fastify/jwt $name", ({ plugin }) => {
  const statusWith = async (options: Options, token: string): Promise<number> =>
    statusOf(await serve(options, plugin), token);

  it("adds jwtVerify to requests, which refuses forged, expired and unsigned tokens", async () => {
    expect(await statusWith({}, bare)).toBe(200);
    for (const token of [forged, expired, unsigned({})]) {
      expect(await statusWith({}, token)).toBe(401);
    }
  });

  it("runs the route where nobody waits for jwtVerify", async () => {
    const server = fastify();
    server.register(plugin, { secret: SECRET });
    const onRequest = async (request: Request): Promise<void> => {
      request.jwtVerify().catch(() => undefined);
      await Promise.resolve();
    };
    server.get("/", { onRequest }, () => "ok");
    expect(await statusOf(server, forged)).toBe(200);
  });

  it("compares audience and issuer only where a token has them", async () => {
    const verify = { allowedAud: "api", allowedIss: "me" };
    expect(await statusWith({ verify }, other)).toBe(401);
    expect(await statusWith({ verify }, bare)).toBe(200);
    const required = { ...verify, requiredClaims: ["aud"] };
    expect(await statusWith({ verify: required }, bare)).toBe(401);
  });

  it("does not read the names of jsonwebtoken", async () => {
    const verify = {
      audience: "api",
      issuer: "me",
      aud: "api",
      iss: "me",
      subject: "x",
      jwtid: "1",
    };
    expect(await statusWith({ verify }, other)).toBe(200);
    const server = await serve({ sign: { issuer: "me", audience: "api" } }, plugin);
    const claims = claimsOf(server.jwt.sign({ sub: "1" }));
    expect(claims).not.toHaveProperty("iss");
    expect(claims).not.toHaveProperty("aud");
  });

  it("does not read signOptions and verifyOptions", async () => {
    const options = { signOptions: { expiresIn: "1h" }, verifyOptions: { allowedAud: "api" } };
    const server = await serve(options, plugin);
    expect(claimsOf(server.jwt.sign({ sub: "1" }))).not.toHaveProperty("exp");
    expect(await statusOf(server, other)).toBe(200);
  });

  it("counts seconds as a lifetime and an age, and milliseconds as a tolerance", async () => {
    const server = await serve({}, plugin);
    const lifetime = (expiresIn: unknown): number => {
      const { exp, iat } = claimsOf(server.jwt.sign({}, { expiresIn }));
      return Number(exp) - Number(iat);
    };
    expect(lifetime(3600)).toBe(3600);
    expect(lifetime("1h")).toBe(3600);
    expect(lifetime("3600")).toBeLessThanOrEqual(4);
    expect(claimsOf(server.jwt.sign({}))).not.toHaveProperty("exp");
    const isTaken = (verify: Options): Promise<number> => statusWith({ verify }, expired);
    expect(await isTaken({ clockTolerance: 2 * HOUR })).toBe(401);
    expect(await isTaken({ clockTolerance: 2 * HOUR * 1000 })).toBe(200);
    expect(await statusWith({ verify: { maxAge: 60 } }, other)).toBe(401);
    expect(await statusWith({ verify: { maxAge: 2 * HOUR } }, other)).toBe(200);
    expect(await isTaken({ ignoreExpiration: true })).toBe(200);
  });

  it("asks trusted for requests, and not for fastify.jwt.verify", async () => {
    const server = await serve({ trusted: () => false }, plugin);
    expect(await statusOf(server, bare)).toBe(401);
    expect(await outcome(() => server.jwt.verify(bare))).toBe("accepted");
  });

  it("takes the registration's options for what it adds", async () => {
    const server = await serve({ sign: { expiresIn: "1h" } }, plugin);
    expect(claimsOf(server.jwt.sign({ sub: "1" }))).toHaveProperty("exp");
    const { body } = await server.inject({ url: "/sign" });
    expect(claimsOf(body)).toHaveProperty("exp");
    const verifying = await serve({ verify: { allowedIss: "me" } }, plugin);
    expect(await outcome(() => verifying.jwt.verify(other))).toBe("refused");
  });

  it("never takes a public key for a secret, nor an unsigned token", async () => {
    const confused = hs256({}, publicPem);
    const secret = { public: publicPem };
    const verify = { algorithms: ["RS256", "HS256"] };
    const fate = await outcome(async () => {
      if ((await statusWith({ secret, verify }, confused)) !== 200) throw new Error("refused");
    });
    expect(fate).toBe("refused");
  });

  it("decodes without a look at the signature", async () => {
    const server = await serve({}, plugin);
    expect(server.jwt.decode(forged)).toMatchObject({ sub: "admin" });
  });
});

describe("@fastify/jwt", () => {
  it("merges a call's options from 10 on, and replaces the registration's up to 9", async () => {
    const options = { sign: { expiresIn: "1h" } };
    const [ten, nine] = [await serve(options), await serve(options, fastifyJwt9)];
    expect(claimsOf(ten.jwt.sign({}, { sub: "1" }))).toHaveProperty("exp");
    expect(claimsOf(nine.jwt.sign({}, { sub: "1" }))).not.toHaveProperty("exp");
  });
});

describe("reply.jwtSign and request.jwtVerify", () => {
  it.each([
    ["10", fastifyJwt10],
    ["9", fastifyJwt9],
  ])("take their options under a name of their own, too (%s)", async (_, plugin) => {
    const server = fastify();
    server.register(plugin, { secret: SECRET });
    const sign = { expiresIn: "1h", sub: "7", key: OTHER_SECRET };
    server.get("/sign", {}, (__, reply) => reply.jwtSign({}, { sign }));
    server.get("/read", {}, (request) => request.jwtVerify({ verify: { key: OTHER_SECRET } }));
    await server.ready();
    const token = (await server.inject({ url: "/sign" })).body;
    const { sub, iat, exp } = claimsOf(token);
    expect(sub).toBe("7");
    expect(Number(exp) - Number(iat)).toBe(HOUR);
    const headers = { authorization: `Bearer ${token}` };
    expect((await server.inject({ url: "/read", headers })).statusCode).toBe(200);
    await server.close();
  });
});
