import { describe, expect, it } from "vitest";
import { operationsOf, optionOf, show } from "../kit/show.ts";

const verify = (options: string, before = ""): string =>
  `import jwt from 'jsonwebtoken'; ${before}; jwt.verify(t, k, ${options})`;

describe("the audience of a verification is", () => {
  it.each([
    ["set by a literal", "{ audience: 'a' }", "", 'set "a"'],
    ["set by a quoted name", "{ 'audience': 'a' }", "", 'set "a"'],
    ["set by a computed name", "{ ['audience']: 'a' }", "", 'set "a"'],
    ["set by shorthand", "{ audience }", "const audience = 'a'", 'set "a"'],
    ["set to what nobody knows", "{ audience }", "", "set global audience"],
    ["set through a constant", "options", "const options = { audience: 'a' }", 'set "a"'],
    ["set later", "options", "const options = {}; options.audience = 'a'", 'set "a"'],
    ["set by a spread", "{ ...base }", "const base = { audience: 'a' }", 'set "a"'],
    ["set by Object.assign", "Object.assign({}, { audience: 'a' })", "", 'set "a"'],
    ["perhaps set by a conditional spread", "{ ...(c && { audience: 'a' }) }", "", 'set "a" (may)'],
    [
      "perhaps overwritten by what may be nothing",
      "Object.assign({ audience: 'a' }, more)",
      "let more = {}; if (c) more = f()",
      'set "a" | unknown (may)',
    ],
    ["perhaps set by a branch", "c ? { audience: 'a' } : {}", "", 'set "a" (may)'],
    ["set, perhaps to nothing", "{ audience: process.env.AUD }", "", "set env(AUD) (may be empty)"],
    [
      "set, perhaps to nothing, by a fallback",
      "{ audience: x || undefined }",
      "",
      "set global x | undefined (may be empty)",
    ],
    ["absent", "{}", "", "absent"],
    ["absent in another's name", "{ aud: 'a' }", "", "absent"],
    ["absent by undefined", "{ audience: undefined }", "", "absent, written undefined"],
    ["absent by null", "{ audience: null }", "", "absent, written null"],
    ["absent by an empty text", "{ audience: '' }", "", 'absent, written ""'],
    [
      "absent by a missing key of a known object",
      "{ audience: config.audiance }",
      "const config = { audience: 'a' }",
      "absent, written undefined",
    ],
    ["unknown behind a variable", "options", "", "unknown"],
    [
      "unknown behind a parameter",
      "options",
      "export function f(options) { jwt.verify(t, k, options) }",
      "unknown",
    ],
    ["unknown behind a spread", "{ ...base }", "", "unknown"],
    ["unknown behind a call", "getOptions()", "", "unknown"],
    ["unknown behind a function that may add keys", "o", "const o = {}; out(o)", "unknown"],
    ["unknown behind a property", "this.options", "", "unknown"],
    ["unknown behind a spread argument", "...rest", "", "unknown"],
    [
      "unknown behind an import out of sight",
      "options",
      "import { options } from './none'",
      "unknown",
    ],
  ])("%s: %s", (_, options, before, expected) => {
    const code = before.startsWith("export function")
      ? `import jwt from 'jsonwebtoken'; ${before}`
      : verify(options, before);
    expect(optionOf(code, "audience", { filename: "file.js" })).toBe(expected);
  });

  it("absent without options and with a callback in their place", () => {
    expect(optionOf("import jwt from 'jsonwebtoken'; jwt.verify(t, k)", "audience")).toBe("absent");
    expect(
      optionOf("import jwt from 'jsonwebtoken'; jwt.verify(t, k, (err, d) => {})", "audience"),
    ).toBe("absent");
    expect(optionOf("import jwt from 'jsonwebtoken'; jwt.verify(t, k, cb)", "audience")).toBe(
      "absent",
    );
  });

  it("what the call sites of a function in the file give", () => {
    expect(
      optionOf(
        "import jwt from 'jsonwebtoken'; function v(options) { return jwt.verify(t, k, options) } v({ audience: 'a' })",
        "audience",
      ),
    ).toBe('set "a"');
  });
});

it("an issuer that is a regular expression is not read by jsonwebtoken", () => {
  expect(optionOf(verify("{ issuer: /x/ }"), "issuer")).toBe(
    "absent, written unknown".replace("unknown", "regexp"),
  );
});

it("names that the library does not read are told with the right one", () => {
  const ignored = operationsOf(
    verify("{ algorithm: 'HS256', aud: 'a', expiresIn: 1 }"),
    (operation) => operation.ignored.map((one) => [one.name, one.meant, show(one.value)]),
  );
  expect(ignored).toStrictEqual([
    [
      ["algorithm", "algorithms", '"HS256"'],
      ["aud", "audience", '"a"'],
      ["expiresIn", undefined, "1"],
    ],
  ]);
});

describe("a lifetime stands", () => {
  it.each([
    ["in the options", "jwt.sign({}, k, { expiresIn: '1h' })", "lifetime", 'set "1h"'],
    ["in the payload", "jwt.sign({ exp: 5 }, k)", "expiresAt", "set 5"],
    [
      "in a payload variable",
      "const p = { sub: 'x' }; p.exp = 5; jwt.sign(p, k)",
      "expiresAt",
      "set 5",
    ],
    ["nowhere", "jwt.sign({ a: 1 }, k)", "lifetime", "absent"],
    ["out of sight", "jwt.sign(payload, k, options)", "lifetime", "unknown"],
  ] as const)("%s", (_, call, role, expected) => {
    expect(optionOf(`import jwt from 'jsonwebtoken'; ${call}`, role)).toBe(expected);
  });
});

describe("a builder's settings", () => {
  const jose = "import { SignJWT } from 'jose';";
  it.each([
    [
      "in a chain",
      "await new SignJWT({}).setProtectedHeader({ alg: 'HS256' }).setExpirationTime('1h').sign(k)",
      'set "1h"',
    ],
    [
      "on a variable",
      "const b = new SignJWT({}); b.setExpirationTime('1h'); await b.sign(k)",
      'set "1h"',
    ],
    [
      "on a chain in a variable",
      "const b = new SignJWT({}).setExpirationTime('1h'); await b.sign(k)",
      'set "1h"',
    ],
    [
      "reassigned",
      "let b = new SignJWT({}); b = b.setExpirationTime('1h'); await b.sign(k)",
      'set "1h"',
    ],
    [
      "in a branch",
      "const b = new SignJWT({}); if (c) b.setExpirationTime('1h'); await b.sign(k)",
      'set "1h" (may)',
    ],
    ["in the payload", "await new SignJWT({ exp: 5 }).sign(k)", "set 5"],
    ["nowhere", "await new SignJWT({}).setProtectedHeader({ alg: 'HS256' }).sign(k)", "absent"],
    ["behind a function", "const b = new SignJWT({}); prepare(b); await b.sign(k)", "unknown"],
  ])("%s", (_, code, expected) => {
    expect(optionOf(`${jose} ${code}`, "expiresAt")).toBe(expected);
  });
});

describe("a module of NestJS", () => {
  it("gives its service options that a call may not show", () => {
    expect(
      optionOf(
        "import { JwtService } from '@nestjs/jwt'; class A { constructor(private jwt: JwtService) {} m() { return this.jwt.sign({}) } }",
        "lifetime",
      ),
    ).toBe("unknown");
  });

  it("is read behind a factory", () => {
    expect(
      optionOf(
        "import { JwtModule } from '@nestjs/jwt'; JwtModule.registerAsync({ useFactory: async () => ({ signOptions: { expiresIn: '1h' } }) })",
        "lifetime",
      ),
    ).toBe('set "1h"');
  });
});
