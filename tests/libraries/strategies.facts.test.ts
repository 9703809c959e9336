import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { createRequire } from "node:module";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { requestWith } from "../kit/express.ts";
import {
  HOUR,
  OTHER_SECRET,
  SECRET,
  claimsOf,
  hs256,
  now,
  outcome,
  publicJwk,
  publicPem,
  rs256,
  unsigned,
} from "../kit/tokens.ts";

/** passport-jwt, @nestjs/jwt, jwks-rsa and jwt-decode: what stands round jsonwebtoken. */

type Options = Readonly<Record<string, unknown>>;

interface Strategy {
  authenticate(request: object): void;
  success(user: unknown): void;
  fail(reason: unknown): void;
  error(reason: unknown): void;
}

interface PassportJwt {
  Strategy: new (options: Options, verify: (claims: unknown, done: Done) => void) => Strategy;
  ExtractJwt: { fromAuthHeaderAsBearerToken(): unknown };
}

type Done = (error: null, user: unknown) => void;

interface JwtService {
  sign(payload: unknown, options?: Options): string;
  verify(token: string, options?: Options): unknown;
  verifyAsync(token: string, options?: Options): Promise<unknown>;
  decode(token: string): unknown;
}

type JwksRsa = (options: Options) => {
  getSigningKey(kid?: string): Promise<{ getPublicKey(): string }>;
};

const require = createRequire(import.meta.url);
const { Strategy, ExtractJwt } = require("passport-jwt") as PassportJwt;
const { JwtService } = require("@nestjs/jwt") as {
  JwtService: new (options?: Options) => JwtService;
};
const jwksRsa = require("jwks-rsa") as JwksRsa;
const { jwtDecode } = require("jwt-decode") as {
  jwtDecode(token: string, options?: Options): unknown;
};

const good = hs256({ sub: "user", aud: "other", iss: "other", iat: now, exp: now + HOUR });
const expired = hs256({ iat: now - 2 * HOUR, exp: now - HOUR });
const forged = hs256({ sub: "admin" }, OTHER_SECRET);

describe("passport-jwt 4", () => {
  const base = { secretOrKey: SECRET, jwtFromRequest: ExtractJwt.fromAuthHeaderAsBearerToken() };
  const fate = (options: Options, token?: string): Promise<string> =>
    new Promise((resolve) => {
      const strategy = new Strategy({ ...base, ...options }, (claims, done) => {
        done(null, claims);
      });
      strategy.success = () => {
        resolve("accepted");
      };
      strategy.fail = () => {
        resolve("refused");
      };
      strategy.error = strategy.fail;
      strategy.authenticate(requestWith(token));
    });

  it("refuses forged, expired, unsigned and missing tokens", async () => {
    expect(await fate({}, good)).toBe("accepted");
    for (const token of [forged, expired, unsigned({}), undefined]) {
      expect(await fate({}, token)).toBe("refused");
    }
  });

  it("reads four options at the top level alone", async () => {
    expect(await fate({ audience: "api" }, good)).toBe("refused");
    expect(await fate({ issuer: "me" }, good)).toBe("refused");
    expect(await fate({ algorithms: ["HS512"] }, good)).toBe("refused");
    expect(await fate({ ignoreExpiration: true }, expired)).toBe("accepted");
    const inside = { algorithms: ["HS512"], audience: "api", issuer: "me" };
    expect(await fate({ jsonWebTokenOptions: inside }, good)).toBe("accepted");
    const lenient = { jsonWebTokenOptions: { ignoreExpiration: true } };
    expect(await fate(lenient, expired)).toBe("refused");
  });

  it("reads the others inside jsonWebTokenOptions alone", async () => {
    expect(await fate({ clockTolerance: 2 * HOUR }, expired)).toBe("refused");
    const inside = { jsonWebTokenOptions: { clockTolerance: 2 * HOUR } };
    expect(await fate(inside, expired)).toBe("accepted");
    expect(await fate({ subject: "someone", jwtid: "1", maxAge: 1 }, good)).toBe("accepted");
    expect(await fate({ jsonWebTokenOptions: { subject: "someone" } }, good)).toBe("refused");
  });

  it("refuses the text of a public key as a secret", async () => {
    const options = { secretOrKey: publicPem, algorithms: ["RS256", "HS256"] };
    expect(await fate(options, hs256({}, publicPem))).toBe("refused");
  });

  it("does not start without a key", async () => {
    expect(await outcome(() => fate({ secretOrKey: undefined }, good))).toBe("refused");
  });
});

describe("@nestjs/jwt", () => {
  it("signOptions of the module never reach verify, verifyOptions do", async () => {
    const signing = new JwtService({
      secret: SECRET,
      signOptions: { algorithm: "HS512", issuer: "me", audience: "api" },
    });
    expect(await outcome(() => signing.verify(good))).toBe("accepted");
    const verifying = new JwtService({ secret: SECRET, verifyOptions: { issuer: "me" } });
    expect(await outcome(() => verifying.verify(good))).toBe("refused");
  });

  it("options of a call win, even where they are undefined", async () => {
    const service = new JwtService({ secret: SECRET, verifyOptions: { algorithms: ["HS512"] } });
    expect(await outcome(() => service.verify(good))).toBe("refused");
    expect(await outcome(() => service.verify(good, { algorithms: undefined }))).toBe("accepted");
    expect(
      await outcome(() => service.verify(forged, { secret: OTHER_SECRET, algorithms: ["HS256"] })),
    ).toBe("accepted");
  });

  it("signs an expiry where the module or the call says so", () => {
    const plain = new JwtService({ secret: SECRET });
    expect(claimsOf(plain.sign({ sub: "1" }))).not.toHaveProperty("exp");
    expect(claimsOf(plain.sign({ sub: "1" }, { expiresIn: "1h" }))).toHaveProperty("exp");
    const timed = new JwtService({ secret: SECRET, signOptions: { expiresIn: "1h" } });
    expect(claimsOf(timed.sign({ sub: "1" }))).toHaveProperty("exp");
  });

  it("verifyAsync gives a promise, and decode looks at no signature", async () => {
    const service = new JwtService({ secret: SECRET });
    const given = service.verifyAsync(good);
    expect(given).toBeInstanceOf(Promise);
    expect(await given).toMatchObject({ sub: "user" });
    expect(await outcome(() => service.verifyAsync(expired))).toBe("refused");
    const lenient = { ignoreExpiration: "false" };
    expect(await outcome(() => service.verify(expired, lenient))).toBe("accepted");
    expect(service.decode(forged)).toMatchObject({ sub: "admin" });
  });
});

describe("jwks-rsa", () => {
  const server = createServer((_, response) => {
    const shared = { kty: "oct", kid: "two", k: "c2VjcmV0" };
    response.setHeader("content-type", "application/json");
    response.end(JSON.stringify({ keys: [publicJwk, shared] }));
  });
  let jwksUri = "";
  beforeAll(async () => {
    await new Promise<void>((resolve) => {
      server.listen(0, "127.0.0.1", resolve);
    });
    jwksUri = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/`;
  });
  afterAll(() => {
    server.close();
  });

  it("takes an address without TLS, and gives public keys alone", async () => {
    const client = jwksRsa({ jwksUri });
    const key = await client.getSigningKey("one");
    expect(key.getPublicKey()).toContain("BEGIN PUBLIC KEY");
    expect(await outcome(() => client.getSigningKey("two"))).toBe("refused");
    expect(await outcome(() => client.getSigningKey("three"))).toBe("refused");
  });
});

describe("jwt-decode", () => {
  it("looks at no signature", () => {
    expect(jwtDecode(forged)).toMatchObject({ sub: "admin" });
    expect(jwtDecode(unsigned({ sub: "admin" }))).toMatchObject({ sub: "admin" });
    expect(jwtDecode(rs256({}), { header: true })).toMatchObject({ alg: "RS256" });
  });
});
