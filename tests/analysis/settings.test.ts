import path from "node:path";
import { Linter } from "eslint";
import type { SourceCode } from "eslint";
import { describe, expect, it } from "vitest";
import { gateOf } from "../../src/analysis/gate.ts";
import plugin from "../../src/index.ts";
import { readSettings } from "../../src/analysis/settings/settings.ts";
import { libraries } from "../../src/libraries/index.ts";
import { findingsIn } from "../kit/twins.ts";

const settings = (written: unknown) => readSettings({ "jwt-audit": written });
const ofLibraries = (written: unknown) => () => settings({ libraries: written });

/** The two examples of docs/settings.md. */
const acme = {
  "@acme/auth": {
    entities: {
      verifySession: {
        kind: "verify",
        parameters: { token: "0" },
        failure: "returns-null",
        promise: true,
      },
      issueSession: {
        kind: "sign",
        parameters: { payload: "0", options: "1" },
        options: {
          ttl: { role: "lifetime", grammar: "seconds" },
          expiresIn: { role: "lifetime", ignored: { meant: "ttl" } },
        },
      },
      peek: { kind: "decode", parameters: { token: "0" } },
      createAuth: {
        kind: "module",
        parameters: { key: "0.secret", options: "0" },
        options: { secret: { role: "key" } },
        returns: "Auth#",
      },
      "Auth#.verify": {
        kind: "verify",
        parameters: { token: "0", options: "1" },
        options: { audience: { role: "audience", skippedWhen: ["undefined"] } },
        failure: "rejects",
        promise: true,
        checks: { audience: "option" },
      },
    },
  },
};

const entities = {
  signToken: { kind: "sign", parameters: { payload: "0" }, defaultLifetime: 900 },
  verifyToken: {
    kind: "verify",
    parameters: { token: "0" },
    failure: "returns-result",
    verdict: { members: ["ok"], claimsAnyway: ["claims"] },
    promise: true,
  },
  decodeToken: { kind: "decode", parameters: { token: "0" } },
};

const alias = { "#auth/jwt": { entities } };

describe("settings", () => {
  it("has defaults", () => {
    expect(readSettings({})).toMatchObject({ crossFile: "auto", versions: {}, libraries: [] });
  });

  it.each([
    [[], 'settings["jwt-audit"] must be an object, but is [].'],
    [
      { crossfile: "off" },
      'settings["jwt-audit"] has the unknown key "crossfile". Did you mean "crossFile"?',
    ],
    [{ crossFile: "on" }, 'settings["jwt-audit"].crossFile must be "auto" or "off", but is "on".'],
    [
      { versions: { jose: 6 } },
      'settings["jwt-audit"].versions.jose must be a version such as "9.0.3", but is 6.',
    ],
    [
      { versions: { jose: "6.0.0", jsonwebtokn: "8.5.1" } },
      'settings["jwt-audit"].versions names the package "jsonwebtokn", which no description is of. Did you mean "jsonwebtoken"?',
    ],
    [
      { versions: { express: "4.0.0" } },
      'settings["jwt-audit"].versions names the package "express", which no description is of.',
    ],
  ])("refuses %j", (written, message) => {
    expect(() => settings(written)).toThrow(message);
  });
});

describe("libraries of the program's own", () => {
  it.each([
    ["text", 'libraries must be an object of libraries by name, or a list of them, but is "text".'],
    [{ "@acme/auth": {} }, 'libraries["@acme/auth"] needs the key "entities".'],
    [[{ entities: {} }], 'libraries[0] needs the key "name".'],
    [
      { acme: { entities: { verify: { kind: "verfy" } } } },
      'libraries.acme.entities.verify.kind must be one of sign, verify, decode, header, unsecured-sign, unsecured-verify, middleware, strategy, module, key, generate-key, key-set, embedded-key, setter, extractor, create, but is "verfy". Did you mean "verify"?',
    ],
    [
      { acme: { entities: { verify: { parameters: { token: "0" } } } } },
      'libraries.acme.entities.verify needs the key "kind".',
    ],
    [
      { acme: { entities: { verify: { kind: "verify", parameter: {} } } } },
      'libraries.acme.entities.verify has the unknown key "parameter". Did you mean "parameters"?',
    ],
    [
      { acme: { entities: { verify: { kind: "verify", parameters: { token: 0 } } } } },
      'libraries.acme.entities.verify.parameters.token must be a position such as "0", "1.secret" or "new.0", but is 0.',
    ],
    [
      { acme: { entities: { verify: { kind: "verify", parameters: { tokn: "0" } } } } },
      'parameters has the unknown key "tokn". Did you mean "token"?',
    ],
    [
      {
        acme: { entities: { verify: { kind: "verify", options: { aud: { role: "audiance" } } } } },
      },
      "libraries.acme.entities.verify.options.aud.role must be one of",
    ],
    [
      {
        acme: { entities: { verify: { kind: "verify", options: { aud: { role: "audiance" } } } } },
      },
      'Did you mean "audience"?',
    ],
    [
      {
        acme: {
          entities: {
            verify: {
              kind: "verify",
              options: { aud: { role: "audience", skippedWhen: ["nil"] } },
            },
          },
        },
      },
      "options.aud.skippedWhen[0] must be one of",
    ],
    [
      { acme: { entities: { verify: { kind: "verify", checks: { audience: "optional" } } } } },
      'checks.audience must be one of option, never, required, but is "optional". Did you mean "option"?',
    ],
    [
      { acme: { entities: { create: { kind: "create", returns: "Client#" } } } },
      'libraries.acme.entities.create.returns is "Client#", and no entity describes that or a member of it. Add one such as "Client#.verify".',
    ],
    [
      { acme: { entities: { verify: { kind: "verify", promise: "yes" } } } },
      'verify.promise must be true, false or { whenFunction: a position }, but is "yes".',
    ],
    [
      { acme: { current: "latest", entities: {} } },
      'libraries.acme.current must be a version such as "1.0.0", but is "latest".',
    ],
    [
      { acme: { modules: [1], entities: {} } },
      "libraries.acme.modules[0] must be an object, but is 1.",
    ],
    [
      { acme: { entities: { verify: { kind: "verify", inherits: 1 } } } },
      "inherits must be true, false, a position or a registration, but is 1.",
    ],
    [{ acme: () => ({}) }, "libraries.acme must be an object, but is a function."],
  ])("refuses %j", (written, message) => {
    expect(ofLibraries(written)).toThrow(message);
  });

  it("takes the descriptions of the plugin itself", () => {
    for (const library of libraries) {
      const { name, modules, entities: described, current, members = {} } = library;
      expect(
        ofLibraries([{ name, modules, entities: described, current, members }]),
        name,
      ).not.toThrow();
    }
  });

  it("opens the gate for the names that they are imported by", () => {
    const { names } = settings({ libraries: { ...acme, "./src/session/index.ts": { entities } } });
    const passes = (text: string) => gateOf({ text, ast: {} }, () => names).jwt;
    expect(passes('import { verifySession } from "@acme/auth";')).toBe(true);
    expect(passes('import { verifyToken } from "../session";')).toBe(true);
    expect(passes('import { other } from "./other";')).toBe(false);
  });
});

describe("a package that the plugin knows", () => {
  const described = {
    libraries: {
      jsonwebtoken: {
        entities: { check: { kind: "verify", parameters: { token: "0", key: "1" } } },
      },
    },
  };

  it("is judged by what the plugin knows and what the program adds", () => {
    const code =
      'import jwt from "jsonwebtoken";\nexport const one = (token) => jwt.verify(token, "hunter2");\nexport const other = (token) => jwt.check(token, "hunter2");';
    const judged = (own: object) =>
      findingsIn(code, { settings: { "jwt-audit": own } }).filter((one) =>
        one.startsWith("no-hardcoded-key"),
      );
    expect(judged({})).toEqual(["no-hardcoded-key hardcodedKey 2"]);
    expect(judged(described)).toEqual([
      "no-hardcoded-key hardcodedKey 2",
      "no-hardcoded-key hardcodedKey 3",
    ]);
  });
});

describe("a company package", () => {
  const judged = (code: string) =>
    findingsIn(
      `import { createAuth, issueSession, peek, verifySession } from "@acme/auth";\n${code}`,
      {
        settings: { "jwt-audit": { libraries: acme } },
      },
    );

  it.each([
    [
      "export async function admit(token, next) {\n  await verifySession(token);\n  next();\n}",
      ["no-unchecked-verification resultDropped 3"],
    ],
    [
      "export async function admit(token, next) {\n  verifySession(token);\n  next();\n}",
      ["no-unchecked-verification droppedPromise 3"],
    ],
    [
      "export function authenticate(req, res, next) {\n  req.user = peek(req.token);\n  next();\n}",
      ["no-unverified-claims identity 3"],
    ],
    [
      'export const auth = createAuth({ secret: "kP9vT2xQ8mZ4rW7yB1nC6dF3hJ5sL0aG" });',
      ["no-hardcoded-key hardcodedKey 2"],
    ],
    [
      "export const make = (user) => issueSession(user, { expiresIn: 60 });",
      ["no-ineffective-option misnamed 2"],
    ],
    [
      "export const make = (user) => issueSession(user, { ttl: 365 * 24 * 60 * 60 });",
      ["no-long-lifetime tooLong 2"],
    ],
    [
      "const auth = createAuth({ secret: process.env.SECRET });\nexport const check = (token) => auth.verify(token);",
      ["require-audience-check missingWithOwnKey 3"],
    ],
  ])("is judged: %s", (code, findings) => {
    expect(judged(code)).toEqual(findings);
  });

  it("is let alone where it is used well", () => {
    expect(
      judged(`const auth = createAuth({ secret: process.env.SECRET });
export async function authenticate(req, res, next) {
  const session = await verifySession(req.token);
  if (session === null) return res.sendStatus(401);
  req.user = session.user;
  await auth.verify(req.headers["x-service-token"], { audience: "api" });
  req.renewed = await issueSession({ id: session.user.id }, { ttl: 900 });
  return next();
}
export const expiry = (token) => peek(token).exp;`),
    ).toEqual([]);
  });

  it("means nothing without its description", () => {
    expect(
      findingsIn(
        'import { peek } from "@acme/auth";\nexport const authenticate = (req) => { req.user = peek(req.jwt); };',
      ),
    ).toEqual([]);
  });
});

describe("a path alias", () => {
  const code = `import { decodeToken, verifyToken } from "#auth/jwt";
export async function subjectOf(token) {
  const { claims } = await verifyToken(token);
  return claims.sub;
}`;

  it("is judged", () => {
    expect(findingsIn(code, { settings: { "jwt-audit": { libraries: alias } } })).toEqual([
      "no-unchecked-verification claimsWithoutVerdict 4",
    ]);
  });

  it("is judged as a list, too, and under other names", () => {
    const list = [
      { name: "tokens", modules: ["#auth/jwt", { specifier: "~/jwt", default: "" }], entities },
    ];
    const inAll = { settings: { "jwt-audit": { libraries: list } } };
    expect(findingsIn(code, inAll)).toHaveLength(1);
    expect(findingsIn(code.replace("#auth/jwt", "~/jwt"), inAll)).toHaveLength(1);
    const asDefault =
      'import tokens from "~/jwt";\nexport function authenticate(req) { req.user = tokens.decodeToken(req.jwt); }';
    expect(findingsIn(asDefault, inAll)).toEqual(["no-unverified-claims identity 2"]);
  });

  it("may be a file of the project", () => {
    const cwd = path.resolve("/project");
    const options = {
      cwd,
      filename: path.join(cwd, "src/routes/me.js"),
      settings: { "jwt-audit": { libraries: { "./src/lib/jwt.ts": { entities } } } },
    };
    for (const specifier of ["../lib/jwt", "../lib/jwt.js", "../lib/jwt.ts"]) {
      expect(findingsIn(code.replace("#auth/jwt", specifier), options), specifier).toHaveLength(1);
    }
    expect(findingsIn(code.replace("#auth/jwt", "../other/jwt"), options)).toEqual([]);
  });
});

describe("the same SourceCode with other settings", () => {
  const linter = new Linter();
  const lint = (code: Parameters<Linter["verify"]>[0], inPlugin: unknown, rule: string) => {
    const config: Linter.Config = {
      plugins: { "jwt-audit": plugin },
      settings: { "jwt-audit": inPlugin },
      rules: { [`jwt-audit/${rule}`]: "error" },
    };
    return linter.verify(code, config, "src/me.js").map(({ messageId }) => messageId);
  };

  it("is asked again whether there is anything to look at", () => {
    const code =
      'import { peek } from "@acme/auth"; export const authenticate = (req) => { req.user = peek(req.id); };';
    expect(lint(code, {}, "no-unverified-claims")).toEqual([]);
    const kept = linter.getSourceCode();
    const described = { libraries: acme };
    expect(lint(kept, described, "no-unverified-claims")).toEqual(["identity"]);
    expect(lint(kept, {}, "no-unverified-claims")).toEqual([]);
  });

  it("is analysed again", () => {
    const code =
      'import jwt from "jsonwebtoken"; import { issueSession } from "@acme/auth"; jwt.sign({ id }, key); issueSession({ id }, { expiresIn: 5 });';
    const times = (inPlugin: unknown, from: string | SourceCode = linter.getSourceCode()) =>
      lint(from, inPlugin, "no-ineffective-option").length;
    expect(times({}, code)).toBe(0);
    expect(times({ libraries: acme })).toBe(1);
    expect(times({})).toBe(0);
  });
});
