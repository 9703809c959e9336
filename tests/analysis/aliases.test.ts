import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { operationsOf, valueOf } from "../kit/show.ts";

let folder = "";

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "jwt-audit-aliases-"));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** @param files by their place in the project */
function project(files: Readonly<Record<string, string | object>>): void {
  for (const [name, content] of Object.entries(files)) {
    const file = path.join(folder, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, typeof content === "string" ? content : JSON.stringify(content));
  }
}

const KEY = 'export const key = "written-there";';

function keyOf(specifier: string, options: object = {}): string {
  const filename = path.join(folder, "src/routes/login.ts");
  return valueOf(`import { key } from "${specifier}"; key`, { filename, ...options });
}

describe("a specifier that stands for a file of the program", () => {
  it.each([
    [
      "by `paths`, in a configuration with comments",
      "@/config/keys",
      {
        "tsconfig.json": '{ "compilerOptions": { /* ours */ "paths": { "@/*": ["./src/*"], } } }',
        "src/config/keys.ts": KEY,
      },
    ],
    [
      "by `paths`, exactly",
      "keys",
      {
        "tsconfig.json": {
          compilerOptions: { baseUrl: ".", paths: { keys: ["lib/all-keys.ts"] } },
        },
        "lib/all-keys.ts": KEY,
      },
    ],
    [
      "by the second of two `paths`",
      "@app/keys",
      {
        "tsconfig.json": {
          compilerOptions: { paths: { "@app/*": ["./generated/*", "./src/app/*"] } },
        },
        "src/app/keys/index.ts": KEY,
      },
    ],
    [
      "by `baseUrl`",
      "src/config/keys",
      { "tsconfig.json": { compilerOptions: { baseUrl: "./" } }, "src/config/keys.ts": KEY },
    ],
    [
      "by a configuration that is extended",
      "@/keys",
      {
        "tsconfig.json": { extends: "./config/base.json" },
        "config/base.json": { compilerOptions: { paths: { "@/*": ["../shared/*"] } } },
        "shared/keys.ts": KEY,
      },
    ],
    [
      "by a part of the project",
      "@/keys",
      {
        "tsconfig.json": { files: [], references: [{ path: "./tsconfig.app.json" }] },
        "tsconfig.app.json": { compilerOptions: { paths: { "@/*": ["./app-sources/*"] } } },
        "app-sources/keys.ts": KEY,
      },
    ],
    [
      "by a jsconfig.json, with the extension that it will have",
      "@lib/keys.js",
      {
        "jsconfig.json": { compilerOptions: { paths: { "@lib/*": ["./lib/*"] } } },
        "lib/keys.ts": KEY,
      },
    ],
    [
      "by the nearest configuration",
      "@/keys",
      {
        "tsconfig.json": { compilerOptions: { paths: { "@/*": ["./wrong/*"] } } },
        "wrong/keys.ts": 'export const key = "elsewhere";',
        "src/tsconfig.json": { compilerOptions: { paths: { "@/*": ["./right/*"] } } },
        "src/right/keys.ts": KEY,
      },
    ],
    [
      "by `imports` of the package",
      "#lib/keys.js",
      { "package.json": { imports: { "#lib/*": "./lib/*" } }, "lib/keys.js": KEY },
    ],
    [
      "by `imports` with conditions",
      "#keys",
      {
        "package.json": { imports: { "#keys": { node: "./keys.js", default: "./browser.js" } } },
        "keys.js": KEY,
      },
    ],
    [
      "by the aliases of a module",
      "@root/config/keys",
      { "package.json": { _moduleAliases: { "@root": "." } }, "config/keys.js": KEY },
    ],
    [
      "by the custom of bundlers, among the sources",
      "@/keys",
      { "package.json": {}, "src/keys.js": KEY },
    ],
    ["by the custom of Nuxt", "~/utils/keys", { "package.json": {}, "app/utils/keys.ts": KEY }],
    ["by the custom of bundlers, at the root", "~/keys", { "package.json": {}, "keys.ts": KEY }],
    [
      "by the custom of SvelteKit",
      "$lib/server/keys",
      { "package.json": {}, "src/lib/server/keys.ts": KEY },
    ],
  ])("%s", (_, specifier, files) => {
    project(files);
    expect(keyOf(specifier)).toBe('"written-there"');
    expect(keyOf(specifier, { settings: { crossFile: "off" } })).not.toContain("written");
  });

  it("in a file that is imported itself", () => {
    project({
      "tsconfig.json": { compilerOptions: { paths: { "@/*": ["./src/*"] } } },
      "src/auth.ts": 'export { key } from "@/config/keys";',
      "src/config/keys.ts": KEY,
    });
    expect(keyOf("@/auth")).toBe('"written-there"');
  });

  it("and required as a whole", () => {
    project({
      "package.json": { _moduleAliases: { "@config": "./config" } },
      "config/keys.js": 'module.exports = { jwt: { secret: "written-there" } };',
    });
    const filename = path.join(folder, "src/routes/login.js");
    expect(valueOf('const c = require("@config/keys"); c.jwt.secret', { filename })).toBe(
      '"written-there"',
    );
  });

  it("with a wrapper in it", () => {
    project({
      "tsconfig.json": { compilerOptions: { paths: { "@/*": ["./src/*"] } } },
      "src/lib/jwt.ts":
        'import jwt from "jsonwebtoken"; export const read = (t: string) => jwt.decode(t);',
    });
    const filename = path.join(folder, "src/routes/login.ts");
    const code = 'import { read } from "@/lib/jwt"; read(token);';
    expect(operationsOf(code, ({ kind, name }) => `${kind} ${name}`, { filename })).toEqual([
      "decode jwt.decode",
    ]);
  });

  it("that the settings describe as a library", () => {
    project({
      "tsconfig.json": { compilerOptions: { paths: { "@/*": ["./src/*"] } } },
      "src/lib/jwt.ts": "export declare function check(token: string): object;",
    });
    const filename = path.join(folder, "main.ts");
    const settings = {
      libraries: {
        "./src/lib/jwt": { entities: { check: { kind: "verify", parameters: { token: "0" } } } },
      },
    };
    const code = 'import { check } from "@/lib/jwt"; check(token);';
    const names = operationsOf(code, ({ kind, name }) => `${kind} ${name}`, { filename, settings });
    expect(names).toEqual(["verify check"]);
  });
});

describe("a part of a workspace", () => {
  function workspace(files: Readonly<Record<string, string | object>>): void {
    project({ "package.json": { workspaces: ["packages/*"] }, ...files });
    mkdirSync(path.join(folder, "node_modules/@acme"), { recursive: true });
    symlinkSync(
      path.join(folder, "packages/config"),
      path.join(folder, "node_modules/@acme/config"),
      "dir",
    );
  }

  it.each([
    [
      "whose exports are its sources",
      "@acme/config",
      {
        "packages/config/package.json": { exports: "./lib/all.ts" },
        "packages/config/lib/all.ts": KEY,
      },
    ],
    [
      "whose types are its sources",
      "@acme/config/keys",
      {
        "packages/config/package.json": {
          exports: { "./*": { types: "./src/*.ts", default: "./dist/*.js" } },
        },
        "packages/config/src/keys.ts": KEY,
      },
    ],
    [
      "that is built",
      "@acme/config",
      {
        "packages/config/package.json": {
          exports: { ".": { types: "./dist/index.d.ts", import: "./dist/index.mjs" } },
        },
        "packages/config/dist/index.d.ts": "export declare const key: string;",
        "packages/config/dist/index.mjs": KEY,
      },
    ],
    [
      "that is not built yet",
      "@acme/config",
      {
        "packages/config/package.json": { main: "dist/index.js", types: "dist/index.d.ts" },
        "packages/config/src/index.ts": KEY,
      },
    ],
    [
      "that is not built yet, below its name",
      "@acme/config/keys",
      { "packages/config/package.json": {}, "packages/config/src/keys.ts": KEY },
    ],
  ])("%s", (_, specifier, files) => {
    workspace(files);
    expect(keyOf(specifier)).toBe('"written-there"');
  });

  it.each([
    ["when it is an installed package", "@acme/other"],
    ["when it is a link to nothing", "@acme/config"],
    ["when there is none of the name", "@acme/none"],
  ])("is out of sight %s", (_, specifier) => {
    workspace({
      "node_modules/@acme/other/package.json": { main: "index.js" },
      "node_modules/@acme/other/index.js": KEY,
    });
    expect(keyOf(specifier)).not.toContain("written");
  });

  it("is out of sight with exports in no form that Node reads", () => {
    workspace({
      "packages/config/package.json": { exports: { ".": "./index.ts", import: "./index.ts" } },
      "packages/config/other.ts": KEY,
    });
    expect(keyOf("@acme/config")).not.toContain("written");
  });
});

describe("out of sight stays", () => {
  it.each([
    ["what is not there", "@/keys", { "package.json": {} }],
    [
      "an alias into installed packages",
      "keys",
      {
        "tsconfig.json": { compilerOptions: { paths: { "*": ["./node_modules/*"] } } },
        "node_modules/keys/index.ts": KEY,
      },
    ],
    [
      "what a broken configuration names",
      "@app/keys",
      { "tsconfig.json": '{ "compilerOptions": { "paths": ', "src/keys.ts": KEY },
    ],
    [
      "what a configuration names that extends what is not installed",
      "@app/keys",
      {
        "tsconfig.json": {
          extends: "@acme/tsconfig",
          compilerOptions: { paths: { "@app/*": ["./src/*"] } },
        },
        "src/keys.ts": KEY,
      },
    ],
    [
      "what a manifest names in no form that Node reads",
      "#keys",
      { "package.json": { imports: ["./keys.ts"], _moduleAliases: 3 }, "keys.ts": KEY },
    ],
    [
      "an alias of something else",
      "#other",
      { "package.json": { imports: { "#keys": "./keys.ts" } }, "keys.ts": KEY },
    ],
    ["a package of another scope", "@acme/keys", { "package.json": {}, "src/keys.ts": KEY }],
    ["an address", "https://deno.land/x/keys.ts", { "package.json": {}, "src/x/keys.ts": KEY }],
  ])("%s", (_, specifier, files) => {
    project(files);
    expect(keyOf(specifier)).not.toContain("written");
  });
});

describe("without a project to look it up in", () => {
  const shown = (specifier: string): string => valueOf(`import { a } from "${specifier}"; a`);

  it.each(["./keys", "~/keys", "@/keys", "src/keys", "@services/keys", "@libs/auth/keys"])(
    "%s is a file of the program, which nobody has seen",
    (specifier) => {
      expect(shown(specifier)).toBe("unknown");
    },
  );

  it.each(["keys", "srcs/keys", "@acme/keys", "@services", "@servicesof/keys"])(
    "%s is a package",
    (specifier) => {
      expect(shown(specifier)).toBe(`module ${specifier}.a`);
    },
  );
});
