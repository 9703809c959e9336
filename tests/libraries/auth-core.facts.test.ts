import { decode, encode, getToken } from "@auth/core/jwt";
import { describe, expect, it } from "vitest";
import { OTHER_SECRET, SECRET, now, outcome, unsigned } from "../kit/tokens.ts";

const salt = "authjs.session-token";
const token = await encode({ token: { sub: "user" }, secret: SECRET, salt });
const request = (bearer: string) => ({
  headers: new Headers({ authorization: `Bearer ${bearer}` }),
});

describe("@auth/core/jwt", () => {
  it("rejects what was not encrypted with the secret: decode verifies", async () => {
    expect(await decode({ token, secret: SECRET, salt })).toMatchObject({ sub: "user" });
    expect(await outcome(() => decode({ token, secret: OTHER_SECRET, salt }))).toBe("refused");
    expect(
      await outcome(() => decode({ token: unsigned({ sub: "admin" }), secret: SECRET, salt })),
    ).toBe("refused");
  });

  it("resolves to null in getToken whatever is wrong", async () => {
    expect(await getToken({ req: request(token), secret: SECRET, salt })).toMatchObject({
      sub: "user",
    });
    expect(await getToken({ req: request(token), secret: OTHER_SECRET, salt })).toBeNull();
    expect(
      await getToken({ req: request(unsigned({ sub: "admin" })), secret: SECRET, salt }),
    ).toBeNull();
  });

  it("gives a token thirty days, and counts maxAge in seconds", async () => {
    const plain = await decode({ token, secret: SECRET, salt });
    expect(plain?.exp).toBeGreaterThan(now + 29 * 86_400);
    const short = await encode({ token: {}, secret: SECRET, salt, maxAge: 60 });
    expect((await decode({ token: short, secret: SECRET, salt }))?.exp).toBeLessThan(
      Date.now() / 1000 + 120,
    );
  });

  it("takes a secret of one character", async () => {
    expect(await outcome(() => encode({ token: {}, secret: "x", salt }))).toBe("accepted");
  });
});
