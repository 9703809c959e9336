import { describe, expect, it } from "vitest";
import { valueOf } from "../kit/show.ts";

const CASES: Record<string, readonly (readonly [code: string, value: string])[]> = {
  texts: [
    ['"a"', '"a"'],
    ["`a${1}b`", '"a1b"'],
    ['"a" + "b"', '"ab"'],
    ["`${process.env.X}`", "text(env(X))"],
    ["String(process.env.X)", "text(env(X))"],
    ['process.env.X + ""', "text(env(X))"],
    ['" a ".trim()', '"a"'],
    ['"ab".repeat(2)', '"abab"'],
    ['const s = "SECRET"; s + suffix', 'text("SECRET" + global suffix)'],
  ],
  names: [
    ['const a = "x"; const b = a; b', '"x"'],
    ['let a = "x"; if (c) a = "y"; a', '"x" | "y"'],
    ['let a; a = "x"; a', '"x"'],
    ["let a = 1; a += f(); a", "1 | unknown"],
    ['const { a } = { a: "x" }; a', '"x"'],
    ['const { a = "d" } = process.env; a', 'env(a) | "d"'],
    ['const { a: { b } } = { a: { b: "x" } }; b', '"x"'],
    ["const [, b] = [1, 2]; b", "2"],
    ["let a = 'x'; a = [a]; a", '["x"]'],
    ["let a = 'x'; for (;;) a = [a]; a", '"x" | ["x" | unknown]'],
    ["let a; a = a || 'x'; a", '"x"'],
    ["const { a, ...rest } = { a: 1, b: 2 }; rest", "{b: 2}"],
    ["for (const alg of ['HS256', 'RS256']) { use(alg) } 1", "1"],
  ],
  "a variable that is given something again holds": [
    ["let a = 'x'; a = 'y'; a", '"y"'],
    ["let a = 'x'; const b = a; a = 'y'; b", '"x"'],
    ["let a = 'x'; a = 'y'; if (c) a = 'z'; a", '"y" | "z"'],
    ["let a = 'x'; if (c) { a = 'y'; a = 'z' } a", '"x" | "y" | "z"'],
    ["let a = 'x', b; if (c) { a = 'y'; b = a } b", '"y"'],
    ["let a = 'x'; try { a = f(); a = 'y' } catch {} a", '"x" | unknown | "y"'],
    ["let a = 'x'; ({ a } = { a: 'y' }); a", '"y"'],
    ["let a = 'x'; a ||= 'y'; a", '"x" | "y"'],
    ["let a = 'x'; if ((a = 'y')) use(); a", '"x" | "y"'],
    ["let a = 'x', b; switch (c) { case 1: a = 'y'; case 2: a = 'z'; b = a } b", '"z"'],
    ["let a = 'x', b; while (c) { b = a; a = 'y' } b", '"x" | "y"'],
    ["let a = 'x', b; while (c) { a = 'z'; b = a; a = 'y' } b", '"z"'],
    ["let a = 'x', b; while (c) { a = 'z'; while (d) { b = a; a = 'y' } } b", '"z" | "y"'],
    ["let a = 'x'; a = 'y'; const f = () => a; f()", '"y"'],
    ["let a = 'x'; const f = () => a; a = 'y'; f()", '"x" | "y"'],
    ["let a = 'x'; a = 'y'; function f() { return a } f()", '"x" | "y"'],
    ["let a = 'x'; function f() { a = 'z' } a = 'y'; a", '"z" | "y"'],
    ["function f(a) { a = 'y'; return a } f('x')", '"y"'],
    ["function f(a) { const b = a; a = 'y'; return b } f('x')", '"x"'],
  ],
  comparisons: [
    ["1 === 1", "true"],
    ["'a' !== 'b'", "true"],
    ["'a' === undefined", "false"],
    ["'1' == 1", "unknown"],
    ["'a' === b()", "unknown"],
    ["'a' === 'b' ? 'x' : 'y'", '"y"'],
  ],
  "a function that is called for one of several things gives": [
    ["function f(k) { switch (k) { case 'a': return 1; case 'b': return 2 } } f('b')", "2"],
    ["function f(k) { switch (k) { case 'a': return 1; default: return 2 } } f('c')", "2"],
    ["function f(k) { switch (k) { case 'a': return 1; default: return 2 } } f('a')", "1"],
    [
      "function f(k) { switch (k) { case 'a': case 'b': return 1; case 'c': return 2 } } f('a')",
      "1",
    ],
    [
      "function f(k) { switch (k) { case 'a': g(); case 'b': return 1; default: return 2 } } f('a')",
      "1",
    ],
    ["function f(k) { switch (k) { case 'a': break; case 'b': return 1 } return 2 } f('a')", "2"],
    ["function f(k) { switch (k) { case g(): return 1; case 'b': return 2 } } f('b')", "1 | 2"],
    ["function f(k) { switch (k) { case 'a': return 1; case 'b': return 2 } } f(g())", "1 | 2"],
    ["function f(k) { if (k === 'a') return 1; return 2 } f('a')", "1"],
    ["function f(k) { if (k === 'a') return 1; return 2 } f('b')", "2"],
    ["function f(k) { if (k !== 'a') { return 1 } else { return 2 } } f('a')", "2"],
    ["function f(k) { if (k === 'a') g(); else return 1; return 2 } f('a')", "2"],
    ["function f(k) { if (k === g()) return 1; return 2 } f('a')", "1 | 2"],
    ["function f(k, d) { if (d) return d; return 2 } f('a', 1)", "1"],
  ],
  branches: [
    ['process.env.X || "dev"', 'env(X) | "dev"'],
    ['process.env.X ?? "dev"', 'env(X) | "dev"'],
    ['"x" || "y"', '"x"'],
    ['"" || "y"', '"y"'],
    ['"" ?? "y"', '""'],
    ['process.env.A || process.env.B || "c"', 'env(A) | env(B) | "c"'],
    ['cond ? "x" : "y"', '"x" | "y"'],
    ['true ? "x" : "y"', '"x"'],
    ["cond && { a: 1 }", "unknown | {a: 1}"],
  ],
  objects: [
    ["({ a: 1, ...{ b: 2 } })", "{a: 1, b: 2}"],
    ["({ ...out, a: 1 })", "{a: 1, …}"],
    ["({ a: 1, ...out })", "{a?: 1 | unknown, …}"],
    ["({ ...(c && { a: 1 }) })", "{a?: 1}"],
    ["Object.assign({}, { a: 1 }, { b: 2 })", "{a: 1, b: 2}"],
    ["Object.freeze({ a: 1 })", "{a: 1}"],
    ["import _ from 'lodash'; _.omit({ a: 1, b: 2 }, ['a'])", "{b: 2}"],
    ["import merge from 'lodash/merge'; merge({}, { a: 1 }, { b: 2 })", "{a: 1, b: 2}"],
    ["import merge from 'lodash-es/merge.js'; merge({}, { a: 1 }, { b: 2 })", "{a: 1, b: 2}"],
    ["import { assign } from 'lodash-es'; assign({ a: 1 }, { a: 2 })", "{a: 2}"],
    ["import { defaults } from 'lodash'; defaults({ a: 1 }, { a: 2, b: 3 })", "{a: 1, b: 3}"],
    ["const o = {}; o.a = 1; o", "{a: 1}"],
    ["const o = {}; if (c) o.a = 1; o", "{a?: 1}"],
    ["const o = { a: 1 }; out(o); o", "{a: 1, …}"],
    ["const o = { a: 1 }; console.log(o); o", "{a: 1}"],
    ["const o = { a: 1 }; function add(x) { x.b = 2 } add(o); o", "{a: 1, …}"],
    ["const o = { a: { b: 1 } }; o.a.b", "1"],
    ["const o = { a: 1 }; o['a']", "1"],
    ["const o = { a: 1 }; o.b", "undefined"],
    ["const k = 'a'; ({ [k]: 1 })", "{a: 1}"],
    ["const l = ['a']; l.push('b'); l", '["a", "b"]'],
  ],
  "members that are assigned": [
    ["const app = make(); app.key = 'x'; app.key", '"x" | unknown'],
    [
      "const app = make(); app.locals.key = 'x'; export const f = () => 1; app.locals.key",
      '"x" | unknown',
    ],
    ["const app = make(); app.key = process.env.X || 'x'; app.key", 'env(X) | "x" | unknown'],
    ["import app from './none'; app.keys = { a: 'x' }; app.keys.a", '"x" | unknown'],
    ["global.key = 'x'; global.key", '"x" | unknown'],
    ["exports.key = void 0; exports.key = 'x'; exports.key", '"x" | unknown'],
    ["const app = make(); app.key = ''; app.key", "unknown"],
    ["const app = make(); app.key = 'x'; app.other", "unknown"],
    ["const app = make(); const other = make(); other.key = 'x'; app.key", "unknown"],
    ["const app = make(); app.a.key = 'x'; app.b.key", "unknown"],
    ["let v; function f(req) { req.key = 'x'; v = req.key; } v", '"x" | unknown'],
    ["let v; function f(req) { req.key = 'x'; load(req); v = req.key; } v", "unknown"],
    ["window.key = 'x'; window.key", "global window.key"],
  ],
  functions: [
    ["const f = () => 'x'; f()", '"x"'],
    ["function f(a) { return a } f('x')", '"x"'],
    ["function f(a = 'd') { return a } f()", '"d"'],
    // Each call has its own arguments
    ["export function f(a) { return a } f('x')", '"x"'],
    ["function f(a, b = 'd') { return a || b } f('', 'x'); f('')", '"d"'],
    ["const f = (a) => a, g = (b) => f(b); g('y'); g('x')", '"x"'],
    ["async function f() { return 'x' } await f()", '"x"'],
    ["(() => 'x')()", '"x"'],
    ["function f() { return f() } f()", "unknown"],
  ],
  classes: [
    ["class C { k = 'x'; get() { return this.k } } new C().get()", '"x"'],
    ["class C { constructor(k) { this.k = k } } new C('x').k", '"x"'],
    ["export class C { constructor(k) { this.k = k } } new C('x').k", '"x" | unknown'],
    ["class C { m() { return this.k } set(k) { this.k = k } } new C().m()", "unknown"],
    ["class C { static k = 'x' } C.k", '"x"'],
    ["class C { get k() { return 'x' } } new C().k", '"x"'],
    ["class B { k = 'x' } class C extends B {} new C().k", '"x"'],
    ["const o = { k: 'x', get() { return this.k } }; o.get()", '"x"'],
  ],
  "the environment": [
    ["process.env.X", "env(X)"],
    ["process.env['X']", "env(X)"],
    ["const { X } = process.env; X", "env(X)"],
    ["import.meta.env.VITE_X", "env(VITE_X)"],
    ["Deno.env.get('X')", "env(X)"],
    ["import config from 'config'; config.get('jwt.secret')", "env(jwt.secret)"],
    ["this.configService.get('X', 'dev')", 'env(X) | "dev"'],
    ["process.env.X.replace(/n/g, '')", "env(X)"],
  ],
  "bytes and keys": [
    ["Buffer.from('ab', 'hex')", 'bytes("ab", hex)'],
    ["new TextEncoder().encode('x')", 'bytes("x", utf8)'],
    ["import { createPublicKey } from 'crypto'; createPublicKey(pem)", "public key(global pem)"],
    [
      "import crypto from 'node:crypto'; crypto.createSecretKey('ab', 'hex')",
      'secret key(bytes("ab", hex))',
    ],
    ["import { importSPKI } from 'jose'; await importSPKI(pem, 'RS256')", "public key(global pem)"],
    [
      "import { importJWK } from 'jose'; await importJWK({ kty: 'oct', k: 'x' })",
      'some key({kty: "oct", k: "x"})',
    ],
    [
      "import { randomBytes } from 'crypto'; randomBytes(16).toString('hex')",
      "crypto.randomBytes 128 bits",
    ],
    ["Math.random().toString(36).slice(2)", "Math.random 52 bits"],
    ["import fs from 'fs'; fs.readFileSync('key.pem', 'utf8')", 'file("key.pem")'],
    [
      "import { createHash } from 'crypto'; createHash('sha256').update('x').digest('hex')",
      'hash("x")',
    ],
  ],
  numbers: [
    ["60 * 60 * 24", "86400"],
    ["const DAY = 86400; DAY * 30", "2592000"],
    ["Date.now()", "now in ms + 0"],
    ["Math.floor(Date.now() / 1000) + 3600", "now in s + 3600"],
    ["Date.now() + 1000", "now in ms + 1000"],
    ["~~(new Date().getTime() / 1000)", "now in s + 0"],
    ["parseInt('42', 10)", "42"],
    ["-1", "-1"],
  ],
};

describe("values", () => {
  for (const [group, cases] of Object.entries(CASES)) {
    describe(group, () => {
      it.each(cases)("%s", (code, value) => {
        expect(valueOf(code, { filename: "file.js" })).toBe(value);
      });
    });
  }

  it("looks through TypeScript", () => {
    expect(valueOf("enum K { Dev = 'x' } K.Dev")).toBe('"x"');
    expect(valueOf("const a = 'x' as const; a!")).toBe('"x"');
    expect(valueOf("const a = { k: 'x' } satisfies object; a.k")).toBe('"x"');
    expect(valueOf("const a = <string>'x'; a", { filename: "file.ts" })).toBe('"x"');
  });

  it("computes what bitwise not makes of the time", () => {
    expect(valueOf("Date.now() / 1000 | 0")).toBe("now in s + 0");
  });
});
