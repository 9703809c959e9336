import path from "node:path";
import { describe, expect, it } from "vitest";
import type { Operation } from "../../src/analysis/operations/operations.ts";
import { operationsOf, valueOf } from "../kit/show.ts";

const filename = path.join(import.meta.dirname, "../fixtures/copies/server/main.js");

const seen = ({ library, version, kind }: Operation): string =>
  `${kind} of ${library.name} ${version}`;

const operations = (code: string, settings = {}): string[] =>
  operationsOf(code, seen, { filename, settings });

describe("a copy of a library among the files of the program", () => {
  it.each([
    ["that offers what the library offers", "../libs/jsonwebtoken", "sign of jsonwebtoken 9.0.3"],
    ["by its main file", "../libs/jsonwebtoken/index.js", "sign of jsonwebtoken 9.0.3"],
    ["whose exports lie behind its main file", "../external/jws", "sign of jws 4.0.1"],
    [
      "in the folder of a scope",
      "../vendor/@tsndr/cloudflare-worker-jwt",
      "sign of @tsndr/cloudflare-worker-jwt 3.2.3",
    ],
    ["out of sight", "../vendored/jsonwebtoken", "sign of jsonwebtoken 9.0.3"],
    ["out of sight, as a file", "./third_party/jsonwebtoken.min.js", "sign of jsonwebtoken 9.0.3"],
    [
      "out of sight, deep in a folder",
      "./vendor/crypto/jsonwebtoken",
      "sign of jsonwebtoken 9.0.3",
    ],
  ])("%s", (_, specifier, expected) => {
    const code = `const jwt = require("${specifier}"); jwt.sign({ sub }, key);`;
    expect(operations(code)).toEqual([expected]);
    expect(operations(`import * as jwt from "${specifier}"; jwt.sign({ sub }, key);`)).toEqual([
      expected,
    ]);
  });

  it("of the release that its manifest names", () => {
    const code = `import jwt from "../vendor/jwt-simple"; jwt.encode({ sub }, key);`;
    expect(operations(code)).toEqual(["sign of jwt-simple 0.3.1"]);
    const deep = `import { jwtVerify } from "../vendor/jose"; await jwtVerify(token, key);`;
    expect(operations(deep)).toEqual(["verify of jose 4.14.0"]);
    expect(operations(deep, { versions: { jose: "5.0.0" } })).toEqual(["verify of jose 5.0.0"]);
  });

  it("that another file takes for its own functions", () => {
    const code = `import { issue } from "../server/tokens.js"; issue({ sub });`;
    expect(operations(code)).toEqual(["sign of jsonwebtoken 9.0.3"]);
  });
});

describe("a file that is called like a library and is none", () => {
  it.each([
    ["that imports the library behind its main file", "../lib/jsonwebtoken"],
    ["that imports the library, in a part that is called so, too", "../services/jsonwebtoken"],
  ])("%s is a wrapper", (_, specifier) => {
    const code = `const { sign } = require("${specifier}"); sign({ sub });`;
    expect(valueOf(`const { sign } = require("${specifier}"); sign`, { filename })).toBe(
      "function",
    );
    expect(operations(code)).toEqual(["sign of jsonwebtoken 9.0.3"]);
    const own = operationsOf(code, (one) => one.option("lifetime").state, { filename });
    expect(own).not.toContain("absent");
  });

  it.each([
    ["that offers something else", "../lib/jwt-simple"],
    ["in a folder of the program's own", "../utils/jsonwebtoken"],
    ["out of sight, in a folder of the program's own", "../helpers/jsonwebtoken"],
    ["out of sight, next to the file", "./jsonwebtoken"],
    ["out of sight, in a folder that may be the program's own", "../lib/tokens/jsonwebtoken"],
    ["out of sight, with a name that says more", "../vendor/my-jsonwebtoken"],
    ["out of sight, whose library offers no functions of the kind", "../lib/firebase-admin"],
    ["out of sight, by an alias", "@/vendor/jsonwebtoken"],
  ])("%s", (_, specifier) => {
    const shown = valueOf(`import * as jwt from "${specifier}"; jwt`, { filename });
    expect(shown).not.toContain("/");
  });

  it("where no other file is looked at", () => {
    const code = `import jwt from "../libs/jsonwebtoken"; jwt.sign({ sub }, key);`;
    expect(operations(code, { crossFile: "off" })).toEqual([]);
  });
});
