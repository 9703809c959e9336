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
  unsigned,
} from "../kit/tokens.ts";

interface Application {
  config: { jwt: object };
  readonly jwt: {
    sign(payload: object, ...rest: unknown[]): string;
    verify(token: string, ...rest: unknown[]): unknown;
    decode(token: string): unknown;
  };
}

const require = createRequire(import.meta.url);
const extension = require("egg-jwt/app/extend/application") as object;
const defaults = require("egg-jwt/config/config.default") as { jwt: { secret: string } };

/** What Egg makes of an application that the plugin extends. */
function applicationWith(jwt: object): Application {
  const application = { config: { jwt } };
  Object.defineProperties(application, Object.getOwnPropertyDescriptors(extension));
  return application as unknown as Application;
}

describe("egg-jwt", () => {
  const { jwt } = applicationWith({ secret: SECRET });
  const forged = hs256({ sub: "admin" }, OTHER_SECRET);

  it("has a secret that everybody knows where nobody sets one", () => {
    expect(defaults.jwt.secret).toBe("123456");
  });

  it("verify takes the configured secret where it is given none", async () => {
    expect(jwt.verify(hs256({ sub: "user" }))).toMatchObject({ sub: "user" });
    for (const token of [forged, hs256({ exp: now - HOUR }), unsigned({})]) {
      expect(await outcome(() => jwt.verify(token))).toBe("refused");
    }
    expect(jwt.verify(forged, OTHER_SECRET)).toMatchObject({ sub: "admin" });
    const lenient = { ignoreExpiration: true };
    expect(await outcome(() => jwt.verify(hs256({ exp: 1 }), SECRET, lenient))).toBe("accepted");
  });

  it("signs an expiry where the call or the configuration says so", () => {
    expect(claimsOf(jwt.sign({ sub: "1" }))).not.toHaveProperty("exp");
    expect(claimsOf(jwt.sign({ sub: "1" }, SECRET, { expiresIn: "1h" }))).toHaveProperty("exp");
    const timed = applicationWith({ secret: SECRET, sign: { expiresIn: "1h" } });
    expect(claimsOf(timed.jwt.sign({ sub: "1" }))).toHaveProperty("exp");
  });

  it("decode looks at no signature", () => {
    expect(jwt.decode(forged)).toMatchObject({ sub: "admin" });
  });
});
