import { libraries } from "../../src/libraries/index.ts";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { lint } from "../kit/lint.ts";
import { optionOf, show, operationsOf } from "../kit/show.ts";

/** Ways to get at `verify` of jsonwebtoken; `@` is what the program calls it by. */
const BINDINGS: readonly (readonly [head: string, callee: string])[] = [
  ["import jwt from 'jsonwebtoken';", "jwt.verify"],
  ["import * as jwt from 'jsonwebtoken';", "jwt.verify"],
  ["import { verify } from 'jsonwebtoken';", "verify"],
  ["import { verify as check } from 'jsonwebtoken';", "check"],
  ["const jwt = require('jsonwebtoken');", "jwt.verify"],
  ["const { verify: v } = require('jsonwebtoken');", "v"],
  ["const jwt = require('jsonwebtoken'); const alias = jwt;", "alias.verify"],
  ["const tools = { jwt: require('jsonwebtoken') };", "tools.jwt['verify']"],
  ["class A { static jwt = require('jsonwebtoken') }", "A.jwt.verify"],
  ["const verify = require('jsonwebtoken').verify.bind(null);", "verify"],
];

/** Ways to write the same options. */
const OPTIONS: readonly ((text: string) => readonly [before: string, argument: string])[] = [
  (text) => ["", text],
  (text) => [`const options = ${text};`, "options"],
  (text) => [`const options = ${text};`, "{ ...options }"],
  (text) => [`const options = Object.freeze(${text});`, "options"],
  (text) => ["", `Object.assign({}, ${text})`],
  (text) => [`const settings = { jwt: ${text} };`, "settings.jwt"],
  (text) => [`const make = () => (${text});`, "make()"],
  (text) => [`function make() { return ${text}; }`, "make()"],
  (text) => [`class C { options = ${text} }`, "new C().options"],
];

/** Ways to write the same key. */
const KEYS: readonly ((text: string) => readonly [before: string, argument: string])[] = [
  (text) => ["", text],
  (text) => [`const KEY = ${text};`, "KEY"],
  (text) => [`const keys = { signing: ${text} };`, "keys.signing"],
  (text) => [`const { KEY = ${text} } = {};`, "KEY"],
  (text) => [`let KEY; KEY = ${text};`, "KEY"],
  (text) => [`function key(k = ${text}) { return k; }`, "key()"],
];

const program = fc
  .record({
    binding: fc.constantFrom(...BINDINGS),
    options: fc.constantFrom(...OPTIONS),
    key: fc.constantFrom(...KEYS),
  })
  .map(({ binding: [head, callee], options, key }) => {
    const [beforeOptions, optionArgument] = options("{ algorithms: ['HS256'], audience: 'api' }");
    const [beforeKey, keyArgument] = key("'a-written-key'");
    return `${head} ${beforeOptions} ${beforeKey} ${callee}(token, ${keyArgument}, ${optionArgument})`;
  });

describe("variants of one program", () => {
  it("give one answer", { timeout: 60_000 }, () => {
    fc.assert(
      fc.property(program, (code) => {
        expect(optionOf(code, "algorithms")).toBe('set ["HS256"]');
        expect(optionOf(code, "audience")).toBe('set "api"');
        expect(optionOf(code, "issuer")).toBe("absent");
        expect(
          operationsOf(code, ({ key }) => (key === undefined ? "none" : show(key.value))),
        ).toStrictEqual(['"a-written-key"']);
      }),
      { numRuns: 300, seed: 7 },
    );
  });

  it("give one verdict", { timeout: 60_000 }, () => {
    fc.assert(
      fc.property(program, (code) => {
        const findings = lint(code).map(({ ruleId }) => ruleId);
        expect(new Set(findings)).toStrictEqual(
          new Set(
            lint(
              `import jwt from 'jsonwebtoken'; jwt.verify(token, 'a-written-key', { algorithms: ['HS256'], audience: 'api' })`,
            ).map(({ ruleId }) => ruleId),
          ),
        );
      }),
      { numRuns: 100, seed: 7 },
    );
  });
});

/** Pieces of which nonsense is made: everything that some part of the analysis looks at. */
const PIECES = [
  "jwt",
  "verify",
  "(",
  ")",
  "{",
  "}",
  "[",
  "]",
  ",",
  ";",
  "=",
  "=>",
  "...",
  "await ",
  "async ",
  "function ",
  "class ",
  "new ",
  "import jwt from 'jsonwebtoken';",
  "const jwt = require('jsonwebtoken');",
  "import { SignJWT } from 'jose';",
  "jwt.sign(",
  "jwt.verify(t, k",
  "super(",
  "this",
  ".",
  "?.",
  "a",
  "b",
  "'x'",
  "`${a}`",
  "1",
  "|| ",
  "?? ",
  "&& ",
  "? ",
  ": ",
  "algorithms: ",
  "return ",
  "try {",
  "} catch {",
  "for (const a of ",
  "extends ",
  "JSON.parse(",
  "atob(",
  ".split('.')",
  "[1]",
  "if (",
  "else ",
  "let a = a;",
  "var a;",
  "\n",
  "// x\n",
  "=== ",
  "export ",
  "default ",
];

describe("no source text makes the plugin throw", () => {
  it("nonsense", { timeout: 60_000 }, () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...PIECES), { maxLength: 40 }), (pieces) => {
        // A parse error is ESLint's answer; anything that the plugin throws fails the property.
        lint(`/* jwt */ ${pieces.join("")}`);
      }),
      { numRuns: 1500, seed: 11 },
    );
  });

  // Tables of libraries and platform functions are looked up by names that the code chooses.
  it.each(Object.getOwnPropertyNames(Object.prototype))(
    "%s, which every object inherits",
    (name) => {
      const packages = ["fs", "crypto", "winston", "js-cookie", "hono/cookie", "constructor"];
      const imports = [...libraries.map((library) => library.name), ...packages].map(
        (specifier, at) =>
          `import * as a${at} from "${specifier}"; jwt.verify(token, a${at}.${name}(token)); new a${at}.x.${name}(); const b${at} = a${at}.default; b${at}.${name}.${name}(token, { ${name}: token });`,
      );
      const code = `${imports.join("\n")}
        import jwt from "jsonwebtoken";
        const claims = jwt.decode(token, { ${name}: true });
        jwt.verify(token, ${name}(claims.${name})); jwt.verify(token, Object.${name}(token));
        ${name}(claims.${name}); globalThis.${name}(token); Object.${name}(token);
        process.env.${name}(claims); localStorage.${name}("token", token); console.${name}(token);
        res.${name}("token", jwt.sign({ ${name}: 1 }, ${name}, { algorithm: "${name}", ${name}: 2 }));
        jwt.verify(token, key, { algorithms: ["${name}"], ${name}: claims });`;
      expect(lint(code).filter(({ fatal }) => fatal)).toStrictEqual([]);
    },
  );

  it.each([
    ["nothing", ""],
    ["a word", "jwt"],
    [
      "deep nesting",
      `import jwt from "jsonwebtoken"; jwt.verify(t, ${"(".repeat(500)}k${")".repeat(500)})`,
    ],
    [
      "a long concatenation",
      `import jwt from "jsonwebtoken"; jwt.verify(t, ${Array.from({ length: 300 }, (_, at) => `a${String(at)}`).join(" + ")})`,
    ],
    [
      "a long chain of names",
      `const jwt = require("jsonwebtoken"); ${Array.from({ length: 2000 }, (_, at) => `const a${String(at + 1)} = a${String(at)};`).join("")} jwt.verify(t, a2000)`,
    ],
    [
      "names that refer to each other",
      'const jwt = require("jsonwebtoken"); var a = b, b = c, c = a; jwt.verify(t, a, b)',
    ],
    [
      "functions that call each other",
      'const jwt = require("jsonwebtoken"); function f(x) { return g(x) } function g(x) { return f(x) } jwt.verify(f(t), g(f), f(g))',
    ],
    [
      "an object in itself",
      'const jwt = require("jsonwebtoken"); const o = {}; o.o = o; jwt.verify(t, o.o.o, { ...o, ...o.o })',
    ],
    [
      "classes in a circle",
      'const jwt = require("jsonwebtoken"); class A extends B {} class B extends A {} jwt.verify(t, new A().k)',
    ],
    [
      "names of Object's own",
      'const jwt = require("jsonwebtoken"); jwt.constructor(t); jwt.__proto__.verify(t); jwt.toString(); ({}).hasOwnProperty(jwt.verify(t, k, { constructor: 1, toString: 2, __proto__: o }))',
    ],
    [
      "many operations",
      `const jwt = require("jsonwebtoken"); ${"jwt.verify(t, k, o);".repeat(1500)}`,
    ],
  ])("%s", (_, code) => {
    expect(lint(code).filter(({ fatal }) => fatal)).toStrictEqual([]);
  });
});
