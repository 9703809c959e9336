import { mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, afterEach, describe, expect, it, vi } from "vitest";
import { operationsOf, show, valueOf } from "../kit/show.ts";
import { withAnalysis } from "../kit/analyze.ts";

const FOLDER = path.join(import.meta.dirname, "../fixtures/cross-file");
const filename = path.join(FOLDER, "main.ts");

describe("a specifier that no file can have", () => {
  it.each([
    ["longer than a path may be", `./${"a".repeat(5000)}`],
    ["longer than a path may be, in a folder", `./lib/${"a/".repeat(3000)}b`],
    ["with a NUL", "./x\\0y"],
    ["below a file", "./config.js/more"],
    ["above the root", `${"../".repeat(200)}etc/secret`],
  ])("%s", (_, specifier) => {
    expect(valueOf(`import { key } from "${specifier}"; key`, { filename })).toBe("unknown");
    const code = `import jwt from "jsonwebtoken"; import { check } from "${specifier}"; check(token); jwt.verify(token, key);`;
    expect(operationsOf(code, ({ name }) => name, { filename })).toEqual(["jwt.verify"]);
  });
});

describe("a setting that a factory of another file makes", () => {
  const NEST = "import { ConfigModule, ConfigService, ConfigType } from '@nestjs/config';";
  const ACCESS = "import { accessConfig } from './auth.config';";
  const PLAIN = "import { plainConfig } from './auth.config';";
  const LOADED = `${NEST} ${PLAIN} ConfigModule.forRoot({ load: [plainConfig] });`;
  it.each([
    [
      "asked for by name",
      `${NEST} ${ACCESS} declare const c: ConfigService; c.get('access.secret')`,
      'env(ACCESS_SECRET) | "written-in-factory"',
    ],
    [
      "asked for as a whole",
      `${NEST} ${ACCESS} declare const c: ConfigService; c.get('access').nested.issuer`,
      '"https://id.example"',
    ],
    [
      "of a list that is loaded",
      `${LOADED} declare const c: ConfigService; c.getOrThrow<string>('refresh.secret')`,
      '"written-in-plain-factory"',
    ],
    [
      "of a service known by its name",
      `${LOADED} configService.get('refresh.secret')`,
      '"written-in-plain-factory"',
    ],
    [
      "not given by the factory",
      `${LOADED} configService.get('refresh.issuer')`,
      "env(refresh.issuer)",
    ],
    [
      "not loaded where it is asked for",
      `${NEST} ${PLAIN} configService.get('refresh.secret')`,
      "env(refresh.secret)",
    ],
    ["under another name", `${NEST} ${ACCESS} configService.get('secret')`, "env(secret)"],
    [
      "by the type of a parameter",
      `${NEST} ${ACCESS} class A { constructor(private c: ConfigType<typeof accessConfig>) {} f() { return this.c.secret; } }; new A().f()`,
      'env(ACCESS_SECRET) | "written-in-factory"',
    ],
    [
      "by what is injected",
      `import { Inject } from '@nestjs/common'; ${ACCESS} class A { constructor(@Inject(accessConfig.KEY) private c: any) {} f() { return this.c.nested.issuer; } }; new A().f()`,
      '"https://id.example"',
    ],
    [
      "of something else that is injected",
      `import { Inject } from '@nestjs/common'; ${PLAIN} class A { constructor(@Inject(plainConfig.KEY) private c: any) {} f() { return this.c.refresh; } }; new A().f()`,
      "unknown",
    ],
    [
      "as the provider of a module",
      `${ACCESS} accessConfig.asProvider().useFactory().nested.issuer`,
      '"https://id.example"',
    ],
  ])("%s", (_, code, expected) => {
    expect(valueOf(code, { filename })).toBe(expected);
  });
});

describe("a value of another file", () => {
  it.each([
    ["a named export", "import { SECRET } from './config.js'; SECRET", '"written-in-config"'],
    ["without extension", "import { SECRET } from './config'; SECRET", '"written-in-config"'],
    ["renamed", "import { SECRET as S } from './config.js'; S", '"written-in-config"'],
    [
      "a nested member",
      "import { settings } from './config.js'; settings.jwt.secret",
      '"nested-in-config"',
    ],
    ["a default export", "import config from './config.js'; config.secret", '"default-export"'],
    ["a namespace", "import * as config from './config.js'; config.SECRET", '"written-in-config"'],
    [
      "one that changes after its export",
      "import { changed } from './config.js'; changed",
      '"before" | "afterwards"',
    ],
    ["the environment", "import { fromEnv } from './config.js'; fromEnv", "env(SECRET)"],
    [
      "a default in a pattern",
      "import { DEFAULTED } from './config.js'; DEFAULTED",
      'env(DEFAULTED) | "default-in-config"',
    ],
    ["a star re-export", "import { SECRET } from './lib/index.js'; SECRET", '"written-in-config"'],
    ["of a folder", "import { SECRET } from './lib'; SECRET", '"written-in-config"'],
    ["a renamed re-export", "import { RENAMED } from './lib'; RENAMED", '"written-in-config"'],
    [
      "a namespace re-export",
      "import { config } from './lib'; config.SECRET",
      '"written-in-config"',
    ],
    [
      "CommonJS",
      "const config = require('./config.cjs'); config.secret",
      'env(JWT_SECRET) | "fallback-in-cjs"',
    ],
    [
      "destructured CommonJS",
      "const { jwt: { audience } } = require('./config.cjs'); audience",
      '"api"',
    ],
    [
      "added to module.exports",
      "const config = require('./config.cjs'); config.extra",
      '"added-later"',
    ],
    [
      "CommonJS by default import",
      "import config from './config.cjs'; config.secret",
      'env(JWT_SECRET) | "fallback-in-cjs"',
    ],
    ["compiled", "const c = require('./compiled.cjs'); c.SECRET", '"compiled-secret"'],
    ["JSON", "import data from './data.json'; data.jwt.secret", '"secret-in-json"'],
    ["required JSON", "require('./data.json').jwt.secret", '"secret-in-json"'],
    ["an enum", "import { Keys } from './constants.js'; Keys.Dev", '"enum-secret"'],
    [
      "a TypeScript namespace",
      "import { Keys } from './namespaces'; Keys.SECRET",
      '"written-in-namespace"',
    ],
    [
      "a namespace in a namespace",
      "import { Keys } from './namespaces'; import Inner = Keys.Inner; Inner.LIFE",
      '"5m"',
    ],
    [
      "a second block of a namespace",
      "import { Keys } from './namespaces'; Keys.ADDED",
      '"added-later"',
    ],
    [
      "what a namespace does not export",
      "import { Keys } from './namespaces'; Keys.PREFIX",
      "undefined",
    ],
    [
      "a namespace that is only declared",
      "import { Elsewhere } from './namespaces'; Elsewhere.SECRET",
      "unknown",
    ],
    [
      "beside the file by its directory",
      "require(__dirname + '/data.json').jwt.secret",
      '"secret-in-json"',
    ],
    [
      "by the directory in a text",
      "const data = require(`${__dirname}/data.json`); data.jwt.secret",
      '"secret-in-json"',
    ],
    [
      "by a path that is joined",
      "const path = require('path'); const { jwt } = require(path.join(__dirname, '..', 'cross-file', 'data.json')); jwt.secret",
      '"secret-in-json"',
    ],
    [
      "a block that is chosen when the program runs",
      "const config = require(__dirname + '/data.json')[process.env.NODE_ENV || 'jwt']; config.secret",
      '"secret-in-json" | unknown',
    ],
    ["from another directory", "require(process.cwd() + '/data.json').jwt.secret", "unknown"],
    [
      "at an absolute path",
      "const path = require('path'); require(path.resolve(__dirname, '/data.json')).jwt.secret",
      "unknown",
    ],
    ["as const", "import { ALGORITHMS } from './constants'; ALGORITHMS", '["HS256"]'],
    [
      "a dynamic import",
      "const { SECRET } = await import('./config.js'); SECRET",
      '"written-in-config"',
    ],
    ["not there", "import { NONE } from './config.js'; NONE", "unknown"],
    ["of a file that is not there", "import { SECRET } from './none.js'; SECRET", "unknown"],
    ["of a file that does not parse", "import { SECRET } from './broken.js'; SECRET", "unknown"],
    ["of a cycle", "import { SECRET } from './cycle-a.js'; SECRET", "unknown"],
  ])("%s", (_, code, expected) => {
    expect(valueOf(code, { filename })).toBe(expected);
  });

  it("is read with espree as well", () => {
    expect(
      valueOf("import { settings } from './config.js'; settings.jwt.secret", {
        filename: path.join(FOLDER, "main.js"),
        parser: "espree",
      }),
    ).toBe('"nested-in-config"');
  });

  it("stays out of sight when the setting says so, and for text that is no file", () => {
    const code = "import { SECRET } from './config.js'; SECRET";
    expect(valueOf(code, { filename, settings: { crossFile: "off" } })).toBe("unknown");
  });

  it("knows where it was written", () => {
    const place = withAnalysis(
      "import { SECRET } from './lib'; SECRET",
      (analysis) => {
        const last = analysis.file.ast.body.at(-1);
        if (last?.type !== "ExpressionStatement") throw new Error("no expression");
        const { node } = analysis.evaluate(last.expression);
        return [path.basename(analysis.fileOf(node).path ?? ""), node.loc.start.line];
      },
      { filename },
    );
    expect(place).toStrictEqual(["config.js", 1]);
  });
});

describe("a wrapper function of another file", () => {
  it("gives its call what the call brings, and keeps what it fixes to itself", () => {
    const found = operationsOf(
      "import { verifyWith } from './auth/tokens.js'; verifyWith(token, 'literal')",
      (operation) => ({
        kind: operation.kind,
        key: operation.key === undefined ? undefined : show(operation.key.value),
        algorithms: operation.option("algorithms").state,
      }),
      { filename },
    );
    expect(found).toStrictEqual([{ kind: "verify", key: '"literal"', algorithms: "unknown" }]);
  });

  it.each([
    ["verifyBy(token, { keys: { access: 'literal' } })", "'literal'", '"literal"'],
    [
      "const options = { keys: { access: 'literal' } }; verifyBy(token, options)",
      "options",
      '"literal"',
    ],
    [
      "verifyTaken(token, { key: process.env.KEY || 'x' })",
      "process.env.KEY || 'x'",
      'env(KEY) | "x"',
    ],
    ["verifyTaken(token, options)", "options", "global options.key"],
    ["verifyTaken(token, { other: 1 })", "{ other: 1 }", "undefined"],
  ])("finds what an argument holds: %s", (call, written, value) => {
    const code = `import { verifyBy, verifyTaken } from './auth/tokens.js'; ${call}`;
    const found = operationsOf(
      code,
      ({ key }) => key && [code.slice(...key.node.range), show(key.value)],
      { filename },
    );
    expect(found).toStrictEqual([[written, value]]);
  });

  it.each([
    ["signFor({ id: 1 }, '365d')", ["lifetime", '"365d"', "'365d'"]],
    ["signWith({ claims: { id: 1 }, ttl: '365d' })", ["lifetime", '"365d"', "'365d'"]],
    ["signBy({ id: 1 }, { expiresIn: '365d' })", ["lifetime", '"365d"', "'365d'"]],
    ["sign({ id: 1, exp: 5 })", ["expiresAt", "5", "5"]],
  ])("is told by its call: %s", (call, told) => {
    const code = `import { signFor, signWith, signBy, sign } from './auth/tokens.js'; ${call}`;
    const found = operationsOf(
      code,
      (operation) =>
        (["lifetime", "expiresAt"] as const).flatMap((role) =>
          operation
            .settings(role)
            .map(({ value, valueNode }) => [role, show(value), code.slice(...valueNode.range)]),
        ),
      { filename },
    );
    expect(found).toStrictEqual([[told]]);
  });

  it.each(["signFor({ id: 1 })", "signWith({ claims: { id: 1 } })", "signBy({ id: 1 }, {})"])(
    "is told nothing by a call that says nothing: %s",
    (call) => {
      const code = `import { signFor, signWith, signBy } from './auth/tokens.js'; ${call}`;
      const told = operationsOf(code, (operation) => operation.settings("lifetime"), { filename });
      expect(told).toStrictEqual([[]]);
    },
  );

  it("leaves alone what the function changes before", () => {
    const found = operationsOf(
      "import { verifyLater, verifyChanged } from './auth/tokens.js'; verifyLater(token, { key: 'literal' }); verifyChanged(token, { key: 'literal' })",
      ({ key }) => key,
      { filename },
    );
    expect(found).toStrictEqual([undefined, undefined]);
  });

  it("that decodes gives unverified claims", () => {
    expect(
      valueOf("import { decodeToken } from './auth/tokens.js'; decodeToken(t).sub", { filename }),
    ).toBe("unverified payload.sub");
    expect(
      valueOf("import { readAlgorithm } from './auth/tokens.js'; readAlgorithm(t)", { filename }),
    ).toBe("unverified header.alg");
  });
});

describe("a changed file", () => {
  const folder = mkdtempSync(path.join(tmpdir(), "jwt-audit-"));
  const config = path.join(folder, "config.js");
  let later = 0;
  const read = (): string =>
    valueOf("import { A } from './config.js'; A", { filename: path.join(folder, "main.js") });
  const readLater = (): string => {
    later += 1100;
    return read();
  };

  afterEach(() => {
    vi.restoreAllMocks();
  });

  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  it("is read again a second later", () => {
    const now = performance.now.bind(performance);
    vi.spyOn(performance, "now").mockImplementation(() => now() + later);
    expect(read()).toBe("unknown");
    writeFileSync(config, 'export const A = "one";');
    expect(readLater()).toBe('"one"');
    writeFileSync(config, 'export const A = "two";');
    utimesSync(config, new Date(), new Date(Date.now() + 5000));
    expect(read()).toBe('"one"');
    expect(readLater()).toBe('"two"');
    rmSync(config);
    expect(readLater()).toBe("unknown");
  });
});

describe("more imports than are looked into", () => {
  const folder = mkdtempSync(path.join(tmpdir(), "imports-"));
  for (let number = 0; number < 130; number += 1)
    writeFileSync(path.join(folder, `k${number}.js`), `export const key = "text ${number}";`);
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  /** How many of the keys in other files the analysis sees, of those with these numbers. */
  const seen = (from: number, to: number): number => {
    const numbers = Array.from({ length: to - from }, (_, index) => from + index);
    const code = numbers.map((number) => `import { key as k${number} } from "./k${number}.js";`);
    const all = `${code.join("\n")} [${numbers.map((number) => `k${number}`).join(", ")}]`;
    const shown = valueOf(all, { filename: path.join(folder, "main.js") });
    return [...shown.matchAll(/"text \d+"/gu)].length;
  };

  it("are as many whatever was linted before", () => {
    expect(seen(0, 90)).toBe(90);
    expect(seen(0, 130)).toBe(100);
    expect(seen(0, 130)).toBe(100);
    expect(seen(60, 130)).toBe(70);
    expect(seen(0, 130)).toBe(100);
  });
});
