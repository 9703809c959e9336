import path from "node:path";
import rule from "../../src/rules/require-expiration.ts";
import { marked } from "../kit/marked.ts";
import { testRule } from "../kit/test-rule.ts";

/** Modules of Nest that say nothing of when tokens end, next to those that do, or whose services do. */

const filename = path.join(import.meta.dirname, "../fixtures/nest-modules/auth.module.ts");
const place = { filename, ts: true } as const;

const NEST =
  'import { Module } from "@nestjs/common"; import { JwtModule, JwtService } from "@nestjs/jwt";';

const moduleOf = (options: string, service = "AuthService", register = "register"): string =>
  `${NEST} import { ${service} } from "./${service.replace("Service", "").toLowerCase()}.service"; @Module({ imports: [«JwtModule.${register}(${options})»], providers: [${service}] }) export class AuthModule {}`;

const plain = (code: string) => ({ code: code.replaceAll(/[«»]/gu, ""), ...place });

const endless = (code: string, from: string, to: string) =>
  marked(
    code,
    {
      messageId: "missing",
      data: { remedy: "signOptions.expiresIn" },
      suggestions: [
        {
          messageId: "addLifetime",
          data: { edit: 'signOptions.expiresIn: "1h"' },
          output: code.replaceAll(/[«»]/gu, "").replace(from, to),
        },
      ],
    },
    place,
  );

const SECRET = "{ secret: process.env.PASS_KEY }";
const IN_FILE = `${NEST} class AuthService { constructor(private readonly tokens: JwtService) {} enter(user: { id: string }) { return this.tokens.sign({ id: user.id }); } }`;

testRule("require-expiration: modules of Nest", rule, {
  valid: [
    moduleOf('{ secret: process.env.PASS_KEY, signOptions: { expiresIn: "1h" } }'),
    moduleOf("{ secret: process.env.PASS_KEY, ...settings }"),
    moduleOf("settings"),
    moduleOf("{ secret: process.env.PASS_KEY, signOptions: settings }"),
    // Its services bring their keys, and perhaps more, with each call.
    moduleOf("{}"),
    moduleOf(SECRET, "LimitedService"),
    moduleOf(SECRET, "MissingService"),
    // Which of the two a service belongs to, nobody knows.
    moduleOf(SECRET).replace(
      "], providers",
      ', JwtModule.register({ secret: "x", signOptions: { expiresIn: "1h" } })], providers',
    ),
    // An instance that is made in sight has options of its own.
    `${moduleOf(SECRET, "LimitedService")} const own = new JwtService({ secret: "x", signOptions: { expiresIn: "1h" } }); export const enter = (user: { id: string }) => own.sign({ id: user.id });`,
    // What another library signs is not the module's.
    `${moduleOf(SECRET, "LimitedService")} import app from "./app"; export const enter = (user: { id: string }) => app.jwt.sign({ id: user.id });`,
    moduleOf("{ useFactory: () => load() }", "AuthService", "registerAsync"),
  ].map(plain),
  invalid: [
    endless(moduleOf(SECRET), "PASS_KEY }", 'PASS_KEY, signOptions: { expiresIn: "1h" } }'),
    endless(
      moduleOf('{ secret: process.env.PASS_KEY, signOptions: { issuer: "shop" } }'),
      'issuer: "shop" }',
      'issuer: "shop", expiresIn: "1h" }',
    ),
    endless(
      `${IN_FILE} @Module({ imports: [«JwtModule.register(${SECRET})»], providers: [AuthService] }) export class AuthModule {}`,
      "PASS_KEY }",
      'PASS_KEY, signOptions: { expiresIn: "1h" } }',
    ),
    marked(
      moduleOf(
        "{ inject: [Settings], useFactory: (settings) => ({ secret: settings.get('KEY') }) }",
        "AuthService",
        "registerAsync",
      ),
      { messageId: "missing", data: { remedy: "signOptions.expiresIn" } },
      place,
    ),
    // Of an instance that is made in sight it is told once.
    marked(
      `${NEST} const tokens = new JwtService(${SECRET}); export const enter = (user: { id: string }) => «tokens.sign({ id: user.id })»;`,
      {
        messageId: "missing",
        data: { remedy: "expiresIn" },
        suggestions: [
          {
            messageId: "addLifetime",
            data: { edit: 'expiresIn: "1h"' },
            output: `${NEST} const tokens = new JwtService(${SECRET}); export const enter = (user: { id: string }) => tokens.sign({ id: user.id }, { expiresIn: "1h" });`,
          },
        ],
      },
      place,
    ),
  ],
});
