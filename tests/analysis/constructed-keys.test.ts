import path from "node:path";
import rule from "../../src/rules/no-hardcoded-key.ts";
import { marked } from "../kit/marked.ts";
import { testRule } from "../kit/test-rule.ts";

/** Keys that classes of another file are made with, each next to one that is read, or that nothing signs with. */

const FROM = 'import Encoded, * as all from "./tokens.js"; const { Tokens } = all;';
const NAMED =
  'import { Added, Checking, Kept, Named, Taken, Tokens, WithoutConstructor } from "./tokens.js";';
const KEPT =
  'import { Accessible, Assigned, Busy, Compared, Computed, Destructured, Filled, FilledBefore, Loaded, Marked, Refusing, Replaced, Tokens } from "./tokens.js";';
const REQUIRED = 'const { Tokens } = require("./tokens.js");';
const TYPED =
  'import { Bytes, Configured, Defaults, Preset, Service } from "./service.ts"; /* jwt */';

const filename = path.join(import.meta.dirname, "../fixtures/constructed/app.js");
const typed = { filename: filename.replace(".js", ".ts"), ts: true } as const;

const PEM = '"-----BEGIN PUBLIC KEY-----\\nfakefakefake\\n-----END PUBLIC KEY-----"';

/** @param name what signs in the class */
const written = (code: string, name = "jwt.sign", extras: object = { filename }) =>
  marked(
    code,
    {
      messageId: "hardcodedKey",
      data: { name, origin: "" },
      suggestions: [
        {
          messageId: "readVariable",
          data: { variable: "JWT_SECRET" },
          output: code.replace(/«[^]*?»/u, "process.env.JWT_SECRET"),
        },
      ],
    },
    extras,
  );

testRule("no-hardcoded-key: classes that are made with a key", rule, {
  valid: [
    ...[
      "new Tokens(process.env.TOKEN_KEY);",
      "new Tokens(load());",
      "new Tokens();",
      'new Tokens(...["fake key"]);',
      'new Kept("fake key", { key: "fake key", jwt: { key: process.env.TOKEN_KEY } });',
      'new Kept("fake key", { other: "fake key" });',
      'new Taken({ other: "fake key" });',
      'new Named("fake key");',
      'new Added("fake key");',
      'new WithoutConstructor("fake key");',
      `new Checking(${PEM});`,
      // Whatever else is called so makes no tokens.
      'Tokens("fake key");',
      "class Own extends Tokens { constructor() { super(process.env.TOKEN_KEY); } }",
    ].map((code) => ({ code: `${NAMED} ${code}`, filename })),
    // Something else may take its place, or it is the name of something.
    ...[
      'new Loaded("fake key");',
      'new Assigned("fake key", settings);',
      'new Computed("fake key", settings);',
      'new Destructured("fake key", settings);',
      'new Filled({ secret: "fake key" });',
      'new FilledBefore({ secret: "fake key" });',
      'new Replaced({ secret: "fake key" });',
      'new Marked("fake key");',
      'new Accessible("fake key");',
      'new Compared("fake key");',
      'new Refusing("refused key");',
      'new Refusing(process.env.OTHER_KEY || "fake key");',
      'const tokens = new Tokens("fake key"); tokens.secret = process.env.TOKEN_KEY;',
      'const tokens = new Tokens("fake key"); ({ TOKEN_KEY: tokens.secret } = process.env);',
      'class Own extends Tokens { constructor() { super("fake key"); this.secret = load(); } }',
      'class Own extends Tokens { constructor() { super("fake key"); } sign() { return ask(this.secret); } }',
    ].map((code) => ({ code: `${KEPT} ${code}`, filename })),
    { code: `import { Tokens } from "./missing.js"; new Tokens("fake key");`, filename },
    ...[
      'new Service("fake key", process.env.TOKEN_KEY);',
      "new Configured({ secret: process.env.TOKEN_KEY });",
      "new Preset();",
    ].map((code) => ({ code: `${TYPED} ${code}`, ...typed })),
  ],
  invalid: [
    written(`${NAMED} export const tokens = new Tokens(«"fake key"»);`),
    written(`${REQUIRED} exports.tokens = new Tokens(«"fake key"»);`),
    written(`${FROM} export const tokens = new Tokens(«"fake key"»);`),
    written(`${FROM} export const tokens = new all.Tokens(«"fake key"»);`),
    written(`${FROM} export const tokens = new Encoded(«"fake key"»);`, "sign"),
    written(`${NAMED} export const tokens = new Kept("web", { jwt: { key: «"fake key"» } });`),
    written(`${NAMED} export const tokens = new Taken({ secret: «"fake key"» });`),
    written(`${NAMED} class Own extends Tokens { constructor() { super(«"fake key"»); } }`),
    written(`${KEPT} new Busy(«"fake key"», {});`),
    written(`${KEPT} new Refusing(«"fake key"»);`),
    written(`${KEPT} const tokens = new Tokens(«"fake key"»); tokens.issuer = "shop";`),
    written(
      `${KEPT} class Own { constructor() { this.secret = load(); this.tokens = new Tokens(«"fake key"»); } }`,
    ),
    written(
      `${KEPT} class Own extends Tokens { constructor() { super(«"fake key"»); } read() { return 1; } }`,
    ),
    written(`${TYPED} new Service("web", «"fake key"»);`, "jwt.sign", typed),
    written(`${TYPED} new Configured({ secret: «"fake key"» });`, "jwt.sign", typed),
    written(`${TYPED} new Bytes(«"fake key"»);`, "jwt.sign", typed),
    written(`${TYPED} new Defaults({ secret: «"fake key"» });`, "jwt.sign", typed),
    written(`${TYPED} new Preset(«"fake key"»);`, "jwt.sign", typed),
    marked(
      `${NAMED} export const tokens = new Tokens(process.env.TOKEN_KEY || «"fake key"»);`,
      {
        messageId: "fallbackKey",
        data: { name: "jwt.sign", variable: "TOKEN_KEY", origin: "" },
        suggestions: [
          {
            messageId: "dropFallback",
            data: { variable: "TOKEN_KEY" },
            output: `${NAMED} export const tokens = new Tokens(process.env.TOKEN_KEY);`,
          },
        ],
      },
      { filename },
    ),
  ],
});
