import { parse } from "@typescript-eslint/parser";
import { describe, expect, it } from "vitest";
import { gateOf, mentionsJwt } from "../../src/analysis/gate.ts";
import { libraries } from "../../src/libraries/index.ts";

const passes = (text: string, group: "jwt" | "token" = "jwt"): boolean =>
  gateOf({ text, ast: parse(text, { range: true }) })[group];

describe("the gate", () => {
  it.each([
    'import jwt from "jsonwebtoken";',
    "JWT_SECRET",
    "new JwtService()",
    'export * from "jose";',
    "createRemoteJWKSet",
    'alg: "HS256" /* JWS */',
    'JSON.parse(atob(token.split(".")[1]))',
    "token.split('.')",
    "JSON.parse(atob(session.value.split('.')[1]))",
    'JSON.parse(Buffer.from(session.value.split(".")[1], "base64").toString())',
    "JsonWebToken",
  ])("opens for %s", (text) => {
    expect(passes(text)).toBe(true);
  });

  it.each([
    "",
    "const token = lexer.next();",
    "export const a = 1;",
    'version.split("-")',
    'JSON.parse(read(name.split(".")[1]))',
    'f(atob(name.split(".")[1]))',
    'JSON.parse(atob(name.split("-")[1]))',
  ])("stays shut for %s", (text) => {
    expect(passes(text)).toBe(false);
  });

  it.each([
    ['import morgan from "morgan"; app.use(morgan("tiny"));', true],
    ['const winston = require("express-winston"); app.use(winston.logger({}));', true],
    ['import { LoggerModule } from "nestjs-pino"; f(LoggerModule);', true],
    ['import { GoogleLogin } from "@react-oauth/google"; f(GoogleLogin);', true],
    ['app.use(require("pino-http")());', true],
    ['import pino from "pino-http"; app.use(pino());', true],
    ['import morgan from "./morgan-like"; f(morgan);', false],
    ['import a from "morganatic"; f("nestjs-pino", "pino-http", a);', false],
  ])("of tokens goes by the packages that a module loads: %s", (text, isOpen) => {
    expect(passes(text, "token")).toBe(isOpen);
    expect(passes(text)).toBe(false);
  });

  it.each([
    ['import { generateToken } from "./tokens"; generateToken(user);', ["./tokens"]],
    [
      'import make, { verifyToken as check } from "./a"; import { decodeTokens } from "./b"; f(token);',
      ["./b"],
    ],
    ['const { issueAccessToken } = require("./tokens"); issueAccessToken(id);', ["./tokens"]],
    ['import { read } from "@/lib/token"; read(x);', ["@/lib/token"]],
    ['import read from "~/server/utils/tokens"; read(x);', ["~/server/utils/tokens"]],
    ['const generateToken = require("./tokens").generateToken; f();', ["./tokens"]],
    ['import * as auth from "./auth"; import b from "./b"; auth.verifyToken(b);', ["./auth"]],
    ['const auth = require("./auth"); b(auth.generateToken(user));', ["./auth"]],
    [
      'import { sign } from "../lib/tokens.js"; import { a } from "./a"; sign(a);',
      ["../lib/tokens.js"],
    ],
    ['const tokens = require("./accessToken"); tokens.make(user);', ["./accessToken"]],
    ['import { verify } from "./lib/utils"; verify(token, "fake key");', ["./lib/utils"]],
    ['import { verify } from "./lib/utils"; users.verify(token, verify);', []],
    ['import { verify } from "./lib/utils"; verify(address);', []],
    ['import { make } from "./a"; make(`./accessToken`);', []],
    // A package, and a file that is only spoken of
    ['import { sign } from "token-ring"; f("./accessToken", sign);', []],
    ["const auth = this.auth; auth.generateToken(user);", []],
    ['import { nextToken } from "./lexer"; nextToken();', []],
    ["const { createToken } = factory; createToken();", []],
    ["const [createToken] = list; let verifyToken; createToken(verifyToken);", []],
  ])("asks what lies behind functions that others give: %s", (text, expected) => {
    const asked: string[] = [];
    const reaches = (specifier: string): boolean => {
      asked.push(specifier);
      return true;
    };
    const ast = parse(text, { range: true });
    expect(gateOf({ text, ast }, () => [], reaches).jwt).toBe(expected.length > 0);
    expect(asked).toStrictEqual(expected);
  });

  it.each(["read(accessToken)", "TOKEN", "refresh_token", '"Bearer "', "{ bearer: true }"])(
    "opens for tokens in %s",
    (text) => {
      expect(passes(`f(${text});`, "token")).toBe(true);
    },
  );

  it("opens for the pair of names under which a client keeps its tokens", () => {
    expect(passes('localStorage.setItem("refresh", data.refresh);', "token")).toBe(true);
    expect(passes('localStorage.setItem("theme", data.refresh);', "token")).toBe(false);
  });

  it.each(["spoken", "unbroken", "clearer", "wearer"])("stays shut for what is %s", (word) => {
    expect(passes(`// It is ${word}.\nf();`, "token")).toBe(false);
  });

  it("opens for an import of every library", () => {
    for (const { modules } of libraries) {
      for (const { specifier } of modules) {
        const text = `import x from "${specifier}";`;
        expect(passes(text), specifier).toBe(true);
        expect(passes(`export * from "${specifier}";`), specifier).toBe(true);
        expect(passes(`const x = require("${specifier}");`), specifier).toBe(true);
        expect(passes(`const { x } = require("${specifier}").y;`), specifier).toBe(true);
        const inside = `async () => (await import("${specifier}")).verifyToken(token);`;
        expect(passes(inside), specifier).toBe(true);
        expect(mentionsJwt(text), specifier).toBe(true);
      }
    }
  });

  it("opens for clients that another file makes, and for libraries of the program's own", () => {
    expect(passes("await client.verifyIdToken(options);")).toBe(true);
    const file = { text: 'import { read } from "@acme/auth";', ast: {} };
    expect(gateOf(file, () => ["@acme/auth"]).jwt).toBe(true);
    expect(gateOf(file).jwt).toBe(false);
  });

  it("opens for token words where a rule asks for them", () => {
    expect(passes("headers.authorization", "token")).toBe(true);
    expect(passes("rejectUnauthorized: false", "token")).toBe(true);
    expect(passes("export const a = 1;", "token")).toBe(false);
  });
});
