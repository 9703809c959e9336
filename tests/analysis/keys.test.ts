import { generateKeyPairSync } from "node:crypto";
import { describe, expect, it } from "vitest";
import { keyMaterials, secretBits } from "../../src/analysis/keys/keys.ts";
import { show } from "../kit/show.ts";
import { withAnalysis } from "../kit/analyze.ts";

/** What the key of the first operation is made of: `kind value` and `bits`. */
function materials(code: string): string[] {
  return withAnalysis(`import jwt from "jsonwebtoken"; ${code}`, ({ core, operations }) => {
    const key = operations[0]?.key;
    if (key === undefined) throw new Error("The code has no key.");
    return keyMaterials(core, key.value).map((material) =>
      [
        material.kind ?? "some",
        material.typed ? "typed" : "raw",
        show(material.value).slice(0, 40),
        ...(secretBits(material) === undefined ? [] : [String(secretBits(material))]),
      ].join(" "),
    );
  });
}

const { publicKey, privateKey } = generateKeyPairSync("ec", {
  namedCurve: "P-256",
  publicKeyEncoding: { type: "spki", format: "pem" },
  privateKeyEncoding: { type: "pkcs8", format: "pem" },
});

describe("a key is made of", () => {
  it.each([
    ["a text", 'jwt.verify(t, "abcd")', ['some raw "abcd" 32']],
    ["hexadecimal digits", 'jwt.verify(t, Buffer.from("abcd", "hex"))', ['some raw "abcd" 16']],
    [
      "nothing, where the digits are none",
      'jwt.verify(t, Buffer.from("xyz", "hex"))',
      ['some raw "xyz" 0'],
    ],
    ["base64", 'jwt.verify(t, Buffer.from("YWJjZA==", "base64"))', ['some raw "YWJjZA==" 32']],
    [
      "the environment or a text",
      'jwt.verify(t, process.env.K || "dev")',
      ["some raw env(K)", 'some raw "dev" 24'],
    ],
    [
      "a secret JWK's member",
      'import { importJWK, jwtVerify } from "jose"; await jwtVerify(t, await importJWK({ kty: "oct", k: "YWJj" }))',
      ['secret typed "YWJj" 24'],
    ],
    [
      "a public JWK",
      'import { importJWK, jwtVerify } from "jose"; await jwtVerify(t, await importJWK({ kty: "EC", x: "a", y: "b" }))',
      ['public typed {kty: "EC", x: "a", y: "b"}'],
    ],
    [
      "a private JWK's member",
      'import { importJWK, SignJWT } from "jose"; await new SignJWT({}).sign(await importJWK({ kty: "EC", x: "a", d: "c2Vj" }))',
      ['private typed "c2Vj" 24'],
    ],
    [
      "what a resolver hands on",
      'jwt.verify(t, (header, callback) => callback(null, "found"), cb)',
      ['some raw "found" 40'],
    ],
    [
      "what a resolver returns",
      'import { jwtVerify } from "jose"; await jwtVerify(t, async () => new TextEncoder().encode("found"))',
      ['some raw "found" 40'],
    ],
    ["the key of an object", 'jwt.sign({}, { key: "k", passphrase: "p" })', ['some raw "k" 8']],
    [
      "what an argument in the file gives",
      'const f = (key) => jwt.sign({}, key); f("given")',
      ['some raw "given" 40'],
    ],
  ])("%s", (_, code, expected) => {
    expect(materials(code)).toStrictEqual(expected);
  });

  it("PEM text, whose header says which kind", () => {
    const first = (pem: string): string | undefined =>
      materials(`jwt.verify(t, \`${pem}\`)`)[0]?.split(" ")[0];
    expect(first(publicKey)).toBe("public");
    expect(first(privateKey)).toBe("private");
    expect(first("-----BEGIN CERTIFICATE-----\nAA==\n-----END CERTIFICATE-----")).toBe(
      "certificate",
    );
  });

  it("never by its name", () => {
    expect(materials("jwt.verify(t, publicKey)")).toStrictEqual(["some raw global publicKey"]);
  });
});
