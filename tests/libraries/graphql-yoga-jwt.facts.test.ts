import {
  createInlineSigningKeyProvider,
  createRemoteJwksSigningKeyProvider,
  useJWT,
} from "@graphql-yoga/plugin-jwt";
import { createSchema, createYoga } from "graphql-yoga";
import { createHmac } from "node:crypto";
import { describe, expect, it } from "vitest";
import { HOUR, OTHER_SECRET, SECRET, hs256, now, unsigned } from "../kit/tokens.ts";

type Given = Parameters<typeof useJWT>[0];
type Options = Pick<Given, "tokenVerification" | "reject">;

const schema = createSchema({
  typeDefs: "type Query { claims: String }",
  resolvers: {
    Query: {
      claims: (_: unknown, __: unknown, context: { jwt?: unknown }) =>
        context.jwt === undefined ? "without claims" : "with claims",
    },
  },
});

async function fateOf(options: Options, token?: string): Promise<string> {
  const plugin = useJWT({
    signingKeyProviders: [createInlineSigningKeyProvider(SECRET)],
    ...options,
  });
  const yoga = createYoga({ schema, plugins: [plugin], logging: false });
  const response = await yoga.fetch("http://localhost/graphql?query={claims}", {
    headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
  });
  if (response.status !== 200) return "refused";
  const body = (await response.json()) as { data?: { claims?: string } };
  return body.data?.claims ?? "refused";
}

const good = hs256({ sub: "user", aud: "other", iss: "other", exp: now + HOUR });
const expired = hs256({ exp: now - HOUR });
const forged = hs256({ sub: "admin" }, OTHER_SECRET);

function hs512(): string {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString("base64url");
  const input = `${part({ alg: "HS512" })}.${part({ sub: "user" })}`;
  return `${input}.${createHmac("sha512", SECRET).update(input).digest("base64url")}`;
}

describe("@graphql-yoga/plugin-jwt", () => {
  it("refuses forged, expired, unsigned and missing tokens", async () => {
    expect(await fateOf({}, good)).toBe("with claims");
    for (const token of [forged, expired, unsigned({}), undefined]) {
      expect(await fateOf({}, token)).toBe("refused");
    }
  });

  it("has a list of algorithms, which tokenVerification takes away", async () => {
    expect(await fateOf({}, hs512())).toBe("refused");
    expect(await fateOf({ tokenVerification: {} }, hs512())).toBe("with claims");
    const listed = { tokenVerification: { algorithms: ["HS256" as const] } };
    expect(await fateOf(listed, hs512())).toBe("refused");
  });

  it("hands tokenVerification on to jsonwebtoken, with its names", async () => {
    expect(await fateOf({ tokenVerification: { audience: "api" } }, good)).toBe("refused");
    const misnamed = { aud: "api", iss: "me" } as object;
    expect(await fateOf({ tokenVerification: misnamed }, good)).toBe("with claims");
    const lenient = { ignoreExpiration: true };
    expect(await fateOf({ tokenVerification: lenient }, expired)).toBe("with claims");
  });

  it("lets tokens on without claims where reject says so", async () => {
    const invalid = { reject: { invalidToken: false } };
    expect(await fateOf(invalid, forged)).toBe("without claims");
    const missing = { reject: { missingToken: false } };
    expect(await fateOf(missing)).toBe("without claims");
    expect(await fateOf(missing, forged)).toBe("refused");
  });

  it("takes the address of a key set", () => {
    expect(createRemoteJwksSigningKeyProvider({ jwksUri: "http://localhost/" })).toBeTypeOf(
      "function",
    );
  });
});
