import { describe, expect, it } from "vitest";
import {
  HOUR,
  SECRET,
  hs256,
  now,
  outcome,
  privateKey,
  publicJwk,
  publicKey,
  rs256,
  unsigned,
} from "../kit/tokens.ts";

interface NodeJose {
  readonly JWK: {
    asKey(key: object): Promise<unknown>;
    createKeyStore(): { generate(kind: string, size: number): Promise<unknown> };
  };
  readonly JWS: {
    createVerify(key: unknown, options?: object): { verify(token: string): Promise<unknown> };
    createSign(
      options: object,
      key: unknown,
    ): { update(text: string): { final(): Promise<unknown> } };
  };
}

// The package has no types of its own.
const { default: jose } = (await import("node-jose")) as { default: NodeJose };
const key = await jose.JWK.asKey(publicJwk);

/** Each case in a process of its own would be the honest way: `createVerify` keeps its options. */
describe("node-jose", () => {
  it("refuses what is not signed with the key, and looks at no claim", async () => {
    const verifier = jose.JWS.createVerify(key);
    expect(await outcome(() => verifier.verify(rs256({ exp: now - HOUR })))).toBe("accepted");
    expect(await outcome(() => verifier.verify(rs256({ exp: now + HOUR }).slice(0, -8)))).toBe(
      "refused",
    );
    expect(await outcome(() => verifier.verify(unsigned({})))).toBe("refused");
  });

  it("refuses a secret that is shorter than the hash", async () => {
    const short = await jose.JWK.asKey({
      kty: "oct",
      k: Buffer.from("short").toString("base64url"),
    });
    const attempt = () => jose.JWS.createVerify(short).verify(hs256({}, "short"));
    expect(await outcome(attempt)).toBe("refused");
    const long = await jose.JWK.asKey({ kty: "oct", k: Buffer.from(SECRET).toString("base64url") });
    expect(await outcome(() => jose.JWS.createVerify(long).verify(hs256({})))).toBe("accepted");
  });

  it("signs what update is given", async () => {
    const signing = await jose.JWK.asKey({ ...privateKey.export({ format: "jwk" }) });
    const token = await jose.JWS.createSign({ format: "compact" }, signing)
      .update('{"a":1}')
      .final();
    expect(String(token).split(".")).toHaveLength(3);
  });

  it("takes the key of the header with allowEmbeddedKey, in every verifier from then on", async () => {
    const attacker = rs256({ sub: "admin" }, { jwk: publicKey.export({ format: "jwk" }) });
    const trusted = await jose.JWK.createKeyStore().generate("oct", 256);
    expect(await outcome(() => jose.JWS.createVerify(trusted).verify(attacker))).toBe("refused");
    jose.JWS.createVerify(trusted, { allowEmbeddedKey: true });
    expect(await outcome(() => jose.JWS.createVerify(trusted).verify(attacker))).toBe("accepted");
  });
});
