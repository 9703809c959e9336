import { AuthenticationService } from "@feathersjs/authentication";
import { describe, expect, it } from "vitest";
import { HOUR, OTHER_SECRET, SECRET, claimsOf, hs256, now, outcome } from "../kit/tokens.ts";

interface Service {
  createAccessToken(payload: object, options?: object, secret?: string): Promise<string>;
  verifyAccessToken(token: string, options?: object, secret?: string): Promise<unknown>;
}

function service(jwtOptions?: object): Service {
  const kept = new Map<string, unknown>();
  const app = {
    get: (name: string) => kept.get(name),
    set: (name: string, value: unknown) => kept.set(name, value),
    use: () => app,
    on: () => app,
    version: "5.0.0",
  };
  const configuration = {
    secret: SECRET,
    entity: null,
    authStrategies: ["jwt"],
    ...(jwtOptions && { jwtOptions }),
  };
  return new AuthenticationService(app, "authentication", configuration);
}

describe("@feathersjs/authentication", () => {
  it("signs with a lifetime of a day, and compares audience and issuer, by default", async () => {
    const token = await service().createAccessToken({ sub: "1" });
    expect(claimsOf(token)).toMatchObject({ iss: "feathers" });
    expect(Number(claimsOf(token).exp) - now).toBeGreaterThan(20 * HOUR);
    expect(await outcome(() => service().verifyAccessToken(token))).toBe("accepted");
    expect(await outcome(() => service().verifyAccessToken(hs256({ sub: "1" })))).toBe("refused");
  });

  it("drops every default where jwtOptions are given", async () => {
    const token = await service({ audience: "api" }).createAccessToken({ sub: "1" });
    expect(claimsOf(token)).not.toHaveProperty("exp");
    expect(
      await outcome(() => service({ expiresIn: "1d" }).verifyAccessToken(hs256({ sub: "1" }))),
    ).toBe("accepted");
  });

  it("rejects forged and expired tokens, the latter unless told not to", async () => {
    const plain = service({ expiresIn: "1d" });
    expect(await outcome(() => plain.verifyAccessToken(hs256({}, OTHER_SECRET)))).toBe("refused");
    const expired = hs256({ exp: now - HOUR });
    expect(await outcome(() => plain.verifyAccessToken(expired))).toBe("refused");
    expect(await outcome(() => plain.verifyAccessToken(expired, { ignoreExpiration: true }))).toBe(
      "accepted",
    );
  });
});
