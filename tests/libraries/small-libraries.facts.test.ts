import { jwtDecoder } from "@kinde/jwt-decoder";
import { validateToken } from "@kinde/jwt-validator";
import appleSignin from "apple-signin-auth";
import * as atlassian from "atlassian-jwt";
import * as didJwt from "did-jwt";
import expoJwt from "expo-jwt";
import buildGetJwks from "get-jwks";
import * as jsonWebToken from "json-web-token";
import jsontokens from "jsontokens";
import jwtJsDecode from "jwt-js-decode";
import githubAppJwt from "universal-github-app-jwt";
import { afterEach, describe, expect, it, vi } from "vitest";
import {
  HOUR,
  OTHER_SECRET,
  SECRET,
  claimsOf,
  hs256,
  now,
  outcome,
  privatePem,
  publicJwk,
  publicPem,
  rs256,
  unsigned,
} from "../kit/tokens.ts";

type Callback = (error: unknown, result?: unknown) => void;

interface Decoder {
  decode(token: string): unknown;
  verify(token: string, callback: Callback): void;
}

interface Bearer {
  authenticate(request: object, options: object): void;
}

// Packages without types, or with types that the package does not have.
async function load<Exports>(name: string): Promise<Exports> {
  return (await import(name)) as Exports;
}
const { default: IdTokenVerifier } = await load<{ default: new (options: object) => Decoder }>(
  "idtoken-verifier",
);
const { default: jwkToPem } = await load<{ default: (jwk: object) => string }>("jwk-to-pem");
const { default: jwtEncode } = await load<{ default: (claims: object, secret: string) => string }>(
  "jwt-encode",
);
const { Strategy: BearerStrategy } = await load<{
  Strategy: new (verify: (token: string, done: Callback) => void) => Bearer;
}>("passport-http-bearer");

const good = hs256({ sub: "user", exp: now + HOUR });
const expired = hs256({ sub: "user", exp: now - HOUR });
const forged = hs256({ sub: "admin", exp: now + HOUR }, OTHER_SECRET);

afterEach(() => {
  vi.unstubAllGlobals();
});

describe("json-web-token", () => {
  const { decode, encode } = jsonWebToken as unknown as {
    decode(
      key: string,
      token: string,
      options?: object,
    ): { error?: unknown; value?: { sub?: string } };
    encode(key: string, payload: object, algorithm?: string): { value: string };
  };

  it("takes the key first, and gives the claims of a forged token beside the error", () => {
    expect(decode(SECRET, good)).toMatchObject({ value: { sub: "user" } });
    expect(decode(SECRET, good).error).toBeFalsy();
    const result = decode(SECRET, forged);
    expect(result.error).toBeTruthy();
    expect(result.value?.sub).toBe("admin");
  });

  it("never looks at the expiry", () => {
    expect(decode(SECRET, expired).error).toBeFalsy();
    expect(claimsOf(encode(SECRET, { sub: "1" }).value)).not.toHaveProperty("exp");
  });

  it("refuses unsigned tokens", () => {
    expect(decode(SECRET, unsigned({ sub: "admin" })).error).toBeTruthy();
  });
});

describe("jsontokens", () => {
  const { TokenVerifier, TokenSigner, createUnsecuredToken, decodeToken } = jsontokens;
  const secret = "278a5de700e29faae8e40e366ec5012b5ec63d36ec77e8a2417154cc1d25383f";
  const point = "03fdd57adec3d438ea237fe46b33ee1e016eda6b585c3e27ea66686c2ea5358479";

  it("gives false for a forged token, and looks at no claim", () => {
    const token = new TokenSigner("ES256K", secret).sign({ exp: now - HOUR });
    const verifier = new TokenVerifier("ES256K", point);
    expect(verifier.verify(token)).toBe(true);
    const [header = "", , signature = ""] = token.split(".");
    const payload = Buffer.from('{"sub":"admin"}').toString("base64url");
    expect(verifier.verify(`${header}.${payload}.${signature}`)).toBe(false);
    expect(claimsOf(new TokenSigner("ES256K", secret).sign({ sub: "1" }))).toEqual({
      sub: "1",
    });
  });

  it("makes unsigned tokens, and decodes without a check", () => {
    expect(createUnsecuredToken({ sub: "1" })).toMatch(/\.$/u);
    expect(decodeToken(forged).payload).toMatchObject({ sub: "admin" });
  });
});

describe("jwt-encode", () => {
  it("signs with HS256, an empty secret too, and adds no expiry", () => {
    expect(jwtEncode({ sub: "1" }, "")).toMatch(/^ey/u);
    expect(claimsOf(jwtEncode({ sub: "1" }, SECRET))).toEqual({ sub: "1" });
  });
});

describe("expo-jwt", () => {
  const { decode, encode } = expoJwt as unknown as {
    decode(token: string, key: string | null, options?: object): object;
    encode(payload: object, key: string, options?: object): string;
  };

  it("accepts unsigned tokens whatever the key, and refuses forged ones", async () => {
    expect(await outcome(() => decode(good, SECRET))).toBe("accepted");
    expect(await outcome(() => decode(unsigned({ sub: "admin" }), SECRET))).toBe("accepted");
    expect(await outcome(() => decode(forged, SECRET))).toBe("refused");
    expect(await outcome(() => decode(expired, SECRET))).toBe("refused");
  });

  it("reads aud, not audience", async () => {
    const token = hs256({ aud: "api" });
    expect(await outcome(() => decode(token, SECRET, { aud: "x" }))).toBe("refused");
    expect(await outcome(() => decode(token, SECRET, { audience: "x" }))).toBe("accepted");
  });

  it("signs no expiry of its own", () => {
    expect(claimsOf(encode({ sub: "1" }, SECRET))).not.toHaveProperty("exp");
  });
});

describe("jwt-js-decode", () => {
  const { jwtVerify, jwtDecode } = jwtJsDecode as unknown as {
    jwtVerify(token: string, key: string): Promise<boolean>;
    jwtDecode(token: string): { payload: { sub?: string } };
  };

  it("says true for unsigned, confused and expired tokens", async () => {
    expect(await jwtVerify(good, SECRET)).toBe(true);
    expect(await jwtVerify(forged, SECRET)).toBe(false);
    expect(await jwtVerify(unsigned({ sub: "admin" }), SECRET)).toBe(true);
    expect(await jwtVerify(hs256({}, publicPem), publicPem)).toBe(true);
    expect(await jwtVerify(expired, SECRET)).toBe(true);
    expect(jwtDecode(forged).payload.sub).toBe("admin");
  });
});

describe("atlassian-jwt", () => {
  it("verifies the signature alone, and nothing with a fourth argument", async () => {
    const { SymmetricAlgorithm, decodeSymmetric, encodeSymmetric } = atlassian;
    const decode = (token: string, skip?: boolean) => () =>
      decodeSymmetric(token, SECRET, SymmetricAlgorithm.HS256, skip) as unknown;
    expect(await outcome(decode(good))).toBe("accepted");
    expect(await outcome(decode(expired))).toBe("accepted");
    expect(await outcome(decode(forged))).toBe("refused");
    expect(await outcome(decode(unsigned({})))).toBe("refused");
    expect(await outcome(decode(forged, true))).toBe("accepted");
    expect(claimsOf(encodeSymmetric({ sub: "1" }, SECRET))).toEqual({ sub: "1" });
  });
});

describe("@kinde/jwt-validator", () => {
  it("tells in the result, and finds expired tokens and those of others valid", async () => {
    vi.stubGlobal("fetch", async () => Response.json({ keys: [publicJwk] }));
    const domain = "https://us.kinde.example";
    const valid = async (token: string) => (await validateToken({ token, domain })).valid;
    expect(await valid(rs256({ iss: domain, exp: now + HOUR }))).toBe(true);
    expect(await valid(rs256({ iss: "https://x.example", exp: now - HOUR }))).toBe(true);
    expect(await valid(`${rs256({}).slice(0, -12)}AAAAAAAAAAAA`)).toBe(false);
  });
});

describe("@kinde/jwt-decoder", () => {
  it("decodes without a check", () => {
    expect(jwtDecoder(forged)).toMatchObject({ sub: "admin" });
  });
});

describe("did-jwt", () => {
  it("refuses an audience that it is not told, and an expiry unless a policy says otherwise", async () => {
    const signer = didJwt.ES256KSigner(
      didJwt.hexToBytes("278a5de700e29faae8e40e366ec5012b5ec63d36ec77e8a2417154cc1d25383f"),
    );
    const id = "did:example:1";
    const resolver = {
      resolve: async () => ({
        didResolutionMetadata: {},
        didDocumentMetadata: {},
        didDocument: {
          id,
          authentication: [`${id}#key`],
          verificationMethod: [
            {
              id: `${id}#key`,
              type: "EcdsaSecp256k1VerificationKey2019",
              controller: id,
              publicKeyHex: "03fdd57adec3d438ea237fe46b33ee1e016eda6b585c3e27ea66686c2ea5358479",
            },
          ],
        },
      }),
    } as never;
    const token = (claims: object) =>
      didJwt.createJWT(claims, { issuer: id, signer }, { alg: "ES256K" });
    const verify =
      (jwt: string, options: object = {}) =>
      () =>
        didJwt.verifyJWT(jwt, { resolver, ...options });
    expect(await outcome(verify(await token({ aud: "did:example:2" })))).toBe("refused");
    expect(
      await outcome(verify(await token({ aud: "did:example:2" }), { audience: "did:example:2" })),
    ).toBe("accepted");
    const old = await token({ exp: now - HOUR });
    expect(await outcome(verify(old))).toBe("refused");
    expect(await outcome(verify(old, { policies: { exp: false } }))).toBe("accepted");
    expect(claimsOf(await token({ sub: "1" }))).not.toHaveProperty("exp");
    expect(didJwt.decodeJWT(forged).payload.sub).toBe("admin");
  });
});

describe("get-jwks", () => {
  it("fetches the keys of any domain unless a list says which", async () => {
    const fetched: string[] = [];
    vi.stubGlobal("fetch", async (url: string) => {
      fetched.push(url);
      return Response.json({ keys: [publicJwk] });
    });
    const domain = "https://evil.example/";
    const ask = { domain, alg: "RS256", kid: "one" };
    expect(await outcome(() => buildGetJwks().getPublicKey(ask))).toBe("accepted");
    expect(fetched).toEqual(["https://evil.example/.well-known/jwks.json"]);
    const strict = buildGetJwks({ issuersWhitelist: ["https://us.example"] });
    expect(await outcome(() => strict.getPublicKey(ask))).toBe("refused");
  });
});

describe("jwk-to-pem", () => {
  it("gives a PEM text of the public half", () => {
    expect(jwkToPem(publicJwk)).toMatch(/^-----BEGIN PUBLIC KEY-----/u);
  });
});

describe("idtoken-verifier", () => {
  it("decodes without a check, and gives an Error for what it cannot read", () => {
    const verifier = new IdTokenVerifier({ issuer: "https://us.example/", audience: "me" });
    expect(verifier.decode(forged)).toMatchObject({ payload: { sub: "admin" } });
    expect(verifier.decode("garbage")).toBeInstanceOf(Error);
  });

  it("hands a failure to the callback", async () => {
    const verifier = new IdTokenVerifier({ issuer: "https://us.example/", audience: "me" });
    const error = await new Promise((resolve) => {
      verifier.verify(forged, (failure: unknown) => {
        resolve(failure);
      });
    });
    expect(error).toBeInstanceOf(Error);
  });
});

describe("apple-signin-auth", () => {
  it("accepts the ID token of any app without an audience, and hands options on to jsonwebtoken", async () => {
    appleSignin._setFetch((async () => Response.json({ keys: [publicJwk] })) as never);
    const claims = { iss: "https://appleid.apple.com", aud: "another.app", exp: now + HOUR };
    const verify = (token: string, options?: object) => () =>
      appleSignin.verifyIdToken(token, options);
    expect(await outcome(verify(rs256(claims)))).toBe("accepted");
    expect(await outcome(verify(rs256(claims), { audience: "my.app" }))).toBe("refused");
    expect(await outcome(verify(rs256(claims), { clientId: "my.app" }))).toBe("accepted");
    expect(await outcome(verify(rs256({ ...claims, iss: "https://x.example" })))).toBe("refused");
    expect(await outcome(verify(rs256({ ...claims, exp: now - HOUR })))).toBe("refused");
    expect(
      await outcome(verify(rs256({ ...claims, exp: now - HOUR }), { ignoreExpiration: true })),
    ).toBe("accepted");
  });
});

describe("passport-http-bearer", () => {
  it("hands the token over unverified, from the query, too", () => {
    const seen: string[] = [];
    const strategy = new BearerStrategy((token, done) => {
      seen.push(token);
      done(null, {});
    });
    const authenticate = (request: object) => {
      const ready = Object.assign(Object.create(strategy) as Bearer, {
        success: () => undefined,
        fail: () => undefined,
      });
      ready.authenticate(request, {});
    };
    authenticate({ headers: { authorization: "Bearer one" } });
    authenticate({ headers: {}, query: { access_token: "two" } });
    expect(seen).toEqual(["one", "two"]);
  });
});

describe("universal-github-app-jwt", () => {
  it("signs for ten minutes", async () => {
    const { token } = await githubAppJwt({ id: 1, privateKey: privatePem });
    const { exp, iat } = claimsOf(token) as { exp: number; iat: number };
    expect(exp - iat).toBeLessThanOrEqual(630);
  });
});
