import { describe, expect, it } from "vitest";
import { operationsOf, show } from "../kit/show.ts";
import type { AnalyzeOptions } from "../kit/analyze.ts";

/** Every operation as `kind library path`. */
function found(code: string, options?: AnalyzeOptions): string[] {
  return operationsOf(
    code,
    ({ kind, library, path }) => `${kind} ${library.name} ${path}`,
    options,
  );
}

const VERIFY = ["verify jsonwebtoken verify"];

describe("a call is found through", () => {
  it.each([
    ["a default import", "import jwt from 'jsonwebtoken'; jwt.verify(t, k)"],
    ["a namespace import", "import * as jwt from 'jsonwebtoken'; jwt.verify(t, k)"],
    ["a named import", "import { verify } from 'jsonwebtoken'; verify(t, k)"],
    ["a renamed import", "import { verify as check } from 'jsonwebtoken'; check(t, k)"],
    ["a default under another name", "import { default as j } from 'jsonwebtoken'; j.verify(t, k)"],
    ["interop of a namespace", "import * as jwt from 'jsonwebtoken'; jwt.default.verify(t, k)"],
    ["a deep import", "import verify from 'jsonwebtoken/verify'; verify(t, k)"],
    ["Deno's prefix", "import jwt from 'npm:jsonwebtoken@9.0.2'; jwt.verify(t, k)"],
    ["a CDN", "import jwt from 'https://esm.sh/jsonwebtoken@9'; jwt.verify(t, k)"],
    [
      "the file at an address",
      "import jwt from 'https://unpkg.com/jsonwebtoken@9.0.2/index.js'; jwt.verify(t, k)",
    ],
    ["an alias", "import jwt from 'jsonwebtoken'; const j = jwt; j.verify(t, k)"],
    ["destructuring", "import jwt from 'jsonwebtoken'; const { verify: v } = jwt; v(t, k)"],
    [
      "a variable for the function",
      "import jwt from 'jsonwebtoken'; const v = jwt.verify; v(t, k)",
    ],
    ["a computed name", "import jwt from 'jsonwebtoken'; jwt['verify'](t, k)"],
    ["an optional call", "import jwt from 'jsonwebtoken'; jwt?.verify?.(t, k)"],
    ["a dynamic import", "const jwt = await import('jsonwebtoken'); jwt.verify(t, k)"],
    [
      "a dynamic import's default",
      "const { default: jwt } = await import('jsonwebtoken'); jwt.verify(t, k)",
    ],
    ["a promise of a module", "import('jsonwebtoken').then((jwt) => jwt.verify(t, k))"],
    ["require", "const jwt = require('jsonwebtoken'); jwt.verify(t, k)"],
    ["Meteor's require", "const jwt = Npm.require('jsonwebtoken'); jwt.verify(t, k)"],
    ["destructured require", "const { verify } = require('jsonwebtoken'); verify(t, k)"],
    ["inline require", "require('jsonwebtoken').verify(t, k)"],
    ["a member of require", "const verify = require('jsonwebtoken').verify; verify(t, k)"],
    ["require in a template", "const jwt = require(`jsonwebtoken`); jwt.verify(t, k)"],
    [
      "compiled interop",
      "const jwt_1 = __importDefault(require('jsonwebtoken')); jwt_1.default.verify(t, k)",
    ],
    [
      "tslib's helper",
      "const tslib_1 = require('tslib'); const jwt = tslib_1.__importStar(require('jsonwebtoken')); jwt.verify(t, k)",
    ],
    [
      "compiled named import",
      "const jsonwebtoken_1 = require('jsonwebtoken'); (0, jsonwebtoken_1.verify)(t, k)",
    ],
    ["a late assignment", "let jwt; jwt = require('jsonwebtoken'); jwt.verify(t, k)"],
    [
      "a class field",
      "import jwt from 'jsonwebtoken'; class A { j = jwt; m() { this.j.verify(t, k) } }",
    ],
    [
      "a constructor assignment",
      "const jwt = require('jsonwebtoken'); class A { constructor() { this.j = jwt } m() { this.j.verify(t, k) } }",
    ],
    [
      "an object",
      "const jwt = require('jsonwebtoken'); const tools = { jwt }; tools.jwt.verify(t, k)",
    ],
    [
      "a parameter default",
      "const jwt = require('jsonwebtoken'); function f(j = jwt) { j.verify(t, k) }",
    ],
    [
      "promisify",
      "const { promisify } = require('util'); const jwt = require('jsonwebtoken'); promisify(jwt.verify)(t, k)",
    ],
    [
      "promisify of bind",
      "const util = require('util'); const jwt = require('jsonwebtoken'); util.promisify(jwt.verify.bind(jwt))(t, k)",
    ],
    [
      "bluebird",
      "const Promise = require('bluebird'); const jwt = require('jsonwebtoken'); Promise.promisify(jwt.verify)(t, k)",
    ],
    ...(
      [
        [
          "bluebird's promisifyAll",
          "bluebird.promisifyAll(require('jsonwebtoken')).verifyAsync(t, k)",
        ],
        ["thenify", "thenify(require('jsonwebtoken').verify)(t, k)"],
        ["denodeify", "denodeify(require('jsonwebtoken').verify)(t, k)"],
        ["thenify-all", "thenifyAll(require('jsonwebtoken')).verify(t, k)"],
        ["Q's denodeify", "Q.denodeify(require('jsonwebtoken').verify)(t, k)"],
        ["Q's nbind", "Q.nbind(jwt.verify, jwt)(t, k)"],
        ["denodeify of a promise", "Promise.denodeify(jwt.verify)(t, k)"],
      ] as const
    ).map(([name, code]) => [
      name,
      `const Q = require("q"), bluebird = require("bluebird"), thenify = require("thenify"), thenifyAll = require("thenify-all"), denodeify = require("denodeify"), Promise = require("promise"), jwt = require("jsonwebtoken"); ${code.replace("verifyAsync", "verify")}`,
    ]),
    [
      "Q's nfcall",
      "const Q = require('q'); const jwt = require('jsonwebtoken'); Q.nfcall(jwt.verify, t, k)",
    ],
    [
      "Q's ninvoke",
      "import Q from 'q'; import jwt from 'jsonwebtoken'; Q.ninvoke(jwt, 'verify', t, k)",
    ],
    ["a list", "define(['jsonwebtoken'], function (jwt) { jwt.verify(t, k) })"],
    [
      "a list with a name",
      "define('a', ['exports', 'jsonwebtoken'], (exports, jwt) => { jwt.verify(t, k) })",
    ],
    ["a list that is required", "requirejs(['jsonwebtoken'], ({ verify }) => verify(t, k))"],
    ["the file of a package", "const jwt = require('jsonwebtoken/index.js'); jwt.verify(t, k)"],
    [
      "the file of a package without its ending",
      "import jwt from 'jsonwebtoken/index'; jwt.verify(t, k)",
    ],
    [
      "where it is installed",
      "const jwt = require('../../node_modules/jsonwebtoken'); jwt.verify(t, k)",
    ],
    ["call", "const jwt = require('jsonwebtoken'); jwt.verify.call(jwt, t, k)"],
    ["apply", "const jwt = require('jsonwebtoken'); jwt.verify.apply(jwt, [t, k])"],
    [
      "a branch",
      "const jwt = c ? require('jsonwebtoken') : require('jsonwebtoken-esm'); jwt.verify(t, k)",
    ],
  ])("%s", (_, code) => {
    expect(new Set(found(code, { filename: "file.js" }))).toStrictEqual(new Set(VERIFY));
  });

  it.each(["jose", "jose-cjs", "jose-node-cjs-runtime", "@panva/jose"])(
    "%s by its name",
    (name) => {
      const code = `const { jwtVerify } = require("${name}"); jwtVerify(token, key);`;
      expect(operationsOf(code, ({ library }) => library.name, { filename: "file.js" })).toEqual([
        "jose",
      ]);
    },
  );

  it("call and apply with their arguments in place", () => {
    const keys = operationsOf(
      "const jwt = require('jsonwebtoken'); jwt.verify.call(jwt, t, 'a'); jwt.verify.apply(jwt, [t, 'b']); jwt.verify.apply(jwt, args); jwt.verify.bind(jwt, t)('c')",
      ({ key, open }) => (key === undefined ? `none ${String(open)}` : show(key.value)),
    );
    expect(keys).toStrictEqual(['"a"', '"b"', "none true", '"c"']);
  });

  it.each(["module", "commonjs"] as const)("require under espree, %s", (sourceType) => {
    expect(
      found("const jwt = require('jsonwebtoken'); jwt.verify(t, k)", {
        parser: "espree",
        sourceType,
        filename: "file.js",
      }),
    ).toStrictEqual(VERIFY);
  });

  it("TypeScript's import assignment", () => {
    expect(found("import jwt = require('jsonwebtoken'); jwt.verify(t, k)")).toStrictEqual(VERIFY);
  });

  it("constructor injection, a typed field, a typed parameter", () => {
    const nest = "import { JwtService } from '@nestjs/jwt';";
    const sign = ["sign @nestjs/jwt JwtService#.sign"];
    expect(
      found(
        `${nest} class A { constructor(private readonly jwt: JwtService) {} m() { this.jwt.sign(p) } }`,
      ),
    ).toStrictEqual(sign);
    expect(
      found(`${nest} class A { private jwt: JwtService; m() { this.jwt.sign(p) } }`),
    ).toStrictEqual(sign);
    expect(
      found(`${nest} class A { @Inject() jwt!: JwtService; m() { return this.jwt.sign(p) } }`),
    ).toStrictEqual(sign);
    expect(found(`${nest} const f = (jwt: JwtService) => jwt.sign(p)`)).toStrictEqual(sign);
    expect(
      found(
        "import type { JwtService } from '@nestjs/jwt'; const f = (jwt: JwtService) => jwt.sign(p)",
      ),
    ).toStrictEqual(sign);
  });

  it("injection that was compiled, by the types that are written down for it", () => {
    const service = (types: string) =>
      `const jwt_1 = require('@nestjs/jwt'); const tslib_1 = require('tslib'); let A = class A { constructor(db, jwt) { this.jwt = jwt } m() { return this.jwt.sign(p) } }; A = __decorate([ __metadata('design:paramtypes', [${types}]) ], A);`;
    const sign = ["sign @nestjs/jwt JwtService#.sign"];
    expect(found(service("Db, jwt_1.JwtService"))).toStrictEqual(sign);
    expect(
      found(service("Db, jwt_1.JwtService").replaceAll(/__(decorate|metadata)/gu, "tslib_1.__$1")),
    ).toStrictEqual(sign);
    expect(found(service("jwt_1.JwtService, Db"))).toStrictEqual([]);
    expect(found(service("Db, Object"))).toStrictEqual([]);
    const anonymous =
      "const jwt_1 = require('@nestjs/jwt'); exports.A = class { constructor(jwt) { jwt.sign(p) } }; exports.B = __decorate([ __metadata('design:paramtypes', [jwt_1.JwtService]) ], exports.B);";
    expect(found(anonymous)).toStrictEqual([]);
  });

  it.each([
    "const { Controller } = require('egg'); class A extends Controller { async a() { const { ctx, app } = this; ctx.body = app.jwt.sign(p, k) } }",
    "const Base = require('./base'); class A extends Base { async a() { const { app } = this; this.ctx.body = app.jwt.sign(p, k) } }",
    "const Base = require('./base'); class A extends Base { async a() { const { app: server } = this.ctx; this.ctx.body = server.jwt.sign(p, k) } }",
    "module.exports = (app) => class A extends app.Service { a() { return app.jwt.sign(p, k) } }",
    "module.exports = (app) => { class A extends app.Controller { a() { return app.jwt.sign(p, k) } } return A; }",
    "module.exports = (options, app) => async (ctx, next) => { ctx.token = app.jwt.sign(p, k); await next(); }",
    "module.exports = (_, app) => { return async function token(ctx, next) { ctx.token = app.jwt.sign(p, k); await next(); }; }",
  ])("the application of Egg: %s", (code) => {
    expect(found(code, { filename: "file.js" })).toStrictEqual(["sign egg-jwt jwt#.sign"]);
  });

  it("a strategy made by a mixin", () => {
    expect(
      found(
        "import { PassportStrategy } from '@nestjs/passport'; import { Strategy } from 'passport-jwt'; class S extends PassportStrategy(Strategy, 'jwt') { constructor() { super({ secretOrKey: k }) } }",
      ),
    ).toStrictEqual(["strategy passport-jwt Strategy"]);
  });
});

describe("a call is not found where", () => {
  it.each([
    ["the name alone is that of an operation", "verify(t, k); tokens.verify(t, k); sign(p, k)"],
    ["the function is the program's own", "import { verify } from './verify'; verify(t, k)"],
    [
      "the import is shadowed",
      "import { verify } from 'jsonwebtoken'; function f(verify) { verify(t, k) }",
    ],
    ["another package has the same members", "import jwt from 'my-jwt'; jwt.verify(t, k)"],
    [
      "the member is not an operation",
      "import jwt from 'jsonwebtoken'; throw new jwt.JsonWebTokenError('x')",
    ],
    [
      "another part of the class goes by the name of Egg's application",
      "const { Controller } = require('egg'); class A extends Controller { a() { const { app } = this.parts; return app.jwt.sign(p, k) } }",
    ],
    [
      "Egg's application stands in another part of what is taken apart",
      "class A { a() { const { ctx, config: app } = this; return app.jwt.sign(p, k) } }",
    ],
    [
      "an application is that of Socket.IO",
      "module.exports = (options, app) => (socket, next) => { socket.token = app.jwt.sign(p, k); next(); }",
    ],
    [
      "an application is that of Express",
      "module.exports = (options, app) => (req, res, next) => { res.token = app.jwt.sign(p, k); next(); }",
    ],
    [
      "an application is the first that a middleware is made of",
      "module.exports = (app, options) => async (ctx, next) => { ctx.token = app.jwt.sign(p, k); await next(); }",
    ],
    [
      "an application is taken out of a class",
      "class A { a() { const { app } = this; return app.jwt.sign(p, k) } }",
    ],
    [
      "only a type is imported",
      "import type { JwtPayload } from 'jsonwebtoken'; let p: JwtPayload",
    ],
  ])("%s", (_, code) => {
    expect(found(code)).toStrictEqual([]);
  });
});

describe("a library that the file does not load is found", () => {
  it.each([
    ["under the name that all programs give it", "jwt.verify(t, k)", VERIFY],
    ["under that of the package", "jsonwebtoken.verify(t, k)", VERIFY],
    ["destructured", "const { verify } = jwt; verify(t, k)", VERIFY],
    [
      "where another function has a variable of that name",
      "jwt.verify(t, k); (jwt) => jwt",
      VERIFY,
    ],
    ["where it is assigned", "jwt = require('jsonwebtoken'); jwt.verify(t, k)", VERIFY],
    ["beside a page", "jwt_decode(t)", ["decode jwt-decode default"]],
  ])("%s", (_, code, operations) => {
    expect(found(code)).toEqual(operations);
  });

  it.each([
    ["a parameter of that name", "export const check = (jwt) => jwt.verify(t, k)"],
    ["a declaration", "let jwt; export const check = () => jwt.verify(t, k)"],
    ["a member of something else", "auth.jwt.verify(t, k)"],
    ["a member that the library has not", "jwt.split('.')"],
    ["what another module gives", "import { jwt } from './auth-of-others'; jwt.verify(t, k)"],
    ["an assigned value", "jwt = readCookie(); jwt.verify(t, k)"],
  ])("but not for %s", (_, code) => {
    expect(found(code)).toEqual([]);
  });

  it("where the settings of ESLint declare the name", () => {
    expect(found("/* global jwt */ jwt.verify(t, k)")).toEqual(VERIFY);
  });
});
