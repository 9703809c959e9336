import { describe, expect, it } from "vitest";
import { passesGate } from "../../src/analysis/gate.ts";

const passes = (text: string, group: "jwt" | "token" = "jwt"): boolean =>
  passesGate({ text, ast: {} }, group);

describe("the gate", () => {
  it.each([
    'import jwt from "jsonwebtoken";',
    "JWT_SECRET",
    "new JwtService()",
    'from "jose"',
    "createRemoteJWKSet",
    'alg: "HS256" /* JWS */',
    'JSON.parse(atob(token.split(".")[1]))',
    "token.split('.')",
    "JsonWebToken",
  ])("opens for %s", (text) => {
    expect(passes(text)).toBe(true);
  });

  it.each(["", "const token = lexer.next();", "export const a = 1;", 'version.split("-")'])(
    "stays shut for %s",
    (text) => {
      expect(passes(text)).toBe(false);
    },
  );

  it("opens for token words where a rule asks for them", () => {
    expect(passes("headers.authorization", "token")).toBe(true);
    expect(passes("rejectUnauthorized: false", "token")).toBe(true);
    expect(passes("export const a = 1;", "token")).toBe(false);
  });

  it("asks once per file", () => {
    const file = { text: "jwt", ast: {} };
    expect(passesGate(file, "jwt")).toBe(true);
    expect(passesGate({ ...file, text: "" }, "jwt")).toBe(true);
  });
});
