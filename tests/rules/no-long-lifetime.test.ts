import { fileURLToPath } from "node:url";
import { Linter } from "eslint";
import { describe, expect, it } from "vitest";
import rule from "../../src/rules/no-long-lifetime.ts";
import { marked } from "../kit/marked.ts";
import { testRule } from "../kit/test-rule.ts";

const fixture = (name: string): string =>
  fileURLToPath(new URL(`../fixtures/claims/${name}`, import.meta.url));

/** Durations as packages make them, and what they count. */
const DURATIONS: readonly (readonly [imports: string, short: string, long: string])[] = [
  [
    'import dayjs from "dayjs";',
    'dayjs.duration(1, "day").asSeconds()',
    'dayjs.duration(1, "year").asSeconds()',
  ],
  [
    'import moment from "moment";',
    "moment.duration({ hours: 2 }).asSeconds()",
    "moment.duration({ days: 360, hours: 120 }).asSeconds()",
  ],
  [
    'import moment from "moment-timezone";',
    'moment.duration(7200000).as("seconds")',
    'moment.duration(31536000000).as("s")',
  ],
  [
    'import { Duration } from "luxon";',
    'Duration.fromObject({ days: 30 }).as("seconds")',
    'Duration.fromObject({ years: 1 }).as("seconds")',
  ],
  [
    'import { Duration } from "luxon";',
    "Duration.fromMillis(60000).toMillis() / 1000",
    "Duration.fromMillis(31536000000).valueOf() / 1000",
  ],
  [
    'import { duration } from "moment";',
    'duration(1, "week").asMinutes() * 60',
    'duration(365, "days").asHours() * 60 * 60',
  ],
  ['import { hoursToSeconds } from "date-fns";', "hoursToSeconds(24)", "hoursToSeconds(24 * 365)"],
  [
    'import { milliseconds } from "date-fns";',
    "milliseconds({ days: 7 }) / 1000",
    "milliseconds({ days: 365 }) / 1000",
  ],
];

testRule("no-long-lifetime", rule, {
  valid: [
    ...DURATIONS.map(
      ([imports, short]) =>
        `import jwt from "jsonwebtoken"; ${imports} jwt.sign({ a: 1 }, key, { expiresIn: ${short} });`,
    ),
    // Another method, another package, or an amount that nobody can see.
    ...[
      ['import dayjs from "dayjs";', 'dayjs.duration(1, "year").humanize()'],
      ['import dayjs from "dayjs";', 'dayjs.duration(life, "year").asSeconds()'],
      ['import dayjs from "dayjs";', "dayjs.duration(...life).asSeconds()"],
      ['import dayjs from "dayjs";', 'dayjs.duration(1, "year").subtract(364, "days").asSeconds()'],
      ['import dayjs from "./time.js";', 'dayjs.duration(1, "year").asSeconds()'],
      ['import { Duration } from "effect";', 'Duration.fromObject({ years: 1 }).as("seconds")'],
      ['import { Duration } from "luxon";', "Duration.fromObject({ years: 1 }).as(unit)"],
      ['import { Duration } from "luxon";', 'Duration.fromObject({ ...life }).as("seconds")'],
    ].map(
      ([imports = "", life = ""]) =>
        `import jwt from "jsonwebtoken"; ${imports} jwt.sign({ a: 1 }, key, { expiresIn: ${life} });`,
    ),
    {
      name: "a constant that is named for what it is for, by way of a function that signs both",
      code: `import jwt from "jsonwebtoken";
const ACCESS_SECONDS = 60 * 15; const REFRESH_SECONDS = 60 * 60 * 24 * 60;
const sign = (claims, seconds) => jwt.sign(claims, key, { expiresIn: claims.seconds ?? seconds });
export const access = (claims) => sign(claims, ACCESS_SECONDS); export const renewed = (claims) => sign(claims, REFRESH_SECONDS);`,
    },
    {
      name: "a short lifetime that a function of another file is given",
      code: `import { signFor, signWith } from "../cross-file/auth/tokens.js";
signFor({ a: 1 }, "1h"); signWith({ claims: { a: 1 } });`,
      filename: fixture("api.js"),
    },
    // Chosen for a refresh token, by a test or out of a table.
    `import jwt from "jsonwebtoken";
export const issue = (isRefresh) => { const life = isRefresh ? "60d" : "1h"; return jwt.sign({ a: 1 }, key, { expiresIn: life }); };`,
    `import jwt from "jsonwebtoken";
export const issue = (kind) => { const life = kind !== "refresh" ? "1h" : "60d"; return jwt.sign({ a: 1 }, key, { expiresIn: life }); };`,
    `import jwt from "jsonwebtoken";
const LIFE = { access: "1h", refresh: "60d" };
export const issue = (kind) => jwt.sign({ a: 1 }, key, { expiresIn: LIFE[kind] });`,
    `import { sign } from "hono/jwt";
const LIFE = { access: 60 * 60, refresh: 60 * 60 * 24 * 90 };
export const issue = (kind) => { const exp = Math.floor(Date.now() / 1000) + LIFE[kind]; return sign({ a: 1, exp }, key); };`,
    // Apple takes a client secret for six months.
    'import { SignJWT } from "jose"; new SignJWT({}).setAudience("https://appleid.apple.com").setExpirationTime("180d").sign(key);',
    {
      name: "options that are declared for a refresh token, or for something else",
      code: `import type { SignOptions } from "jsonwebtoken";
import type { CookieOptions } from "express";
export const refresh: SignOptions = { expiresIn: "60d" };
export const cookie: CookieOptions = { expiresIn: "400d" };`,
      ts: true,
    },
    `import jwt from "jsonwebtoken";
jwt.sign({ a: 1 }, key, { expiresIn: "30d" });`,
    `import jwt from "jsonwebtoken";
jwt.sign({ a: 1 }, key, { expiresIn: 360000 });`,
    `import jwt from "jsonwebtoken";
jwt.sign({ a: 1, exp: Math.floor(Date.now() / 1000) + 60 * 60 }, key);`,
    `import jwt from "jsonwebtoken";
const refreshToken = jwt.sign({ a: 1 }, key, { expiresIn: "90d" });`,
    `import jwt from "jsonwebtoken";
jwt.sign({ a: 1 }, process.env.REFRESH_SECRET, { expiresIn: "60d" });`,
    `import jwt from "jsonwebtoken";
jwt.sign({ a: 1 }, key, { expiresIn: process.env.LIFETIME });`,
    `import jwt from "jsonwebtoken";
export const issue = (days) => jwt.sign({ a: 1 }, key, { expiresIn: days + "d" });`,
    {
      name: "a mix-up of units is another rule's",
      code: `import jwt from "jsonwebtoken";
jwt.sign({ a: 1 }, key, { expiresIn: 60 * 60 * 24 * 1000 });`,
    },
    `import jwt from "jsonwebtoken";
const WEEK = 7 * 24 * 60 * 60 * 1000;
jwt.sign({ a: 1 }, key, { expiresIn: WEEK / 1000 });`,
    {
      code: `import jwt from "jsonwebtoken";
jwt.sign({ a: 1 }, key, { expiresIn: "365d" });`,
      options: [{ maximum: "2y" }],
    },
    `import { SignJWT } from "jose";
new SignJWT({ a: 1 }).setExpirationTime("2h").sign(key);`,
    `import { SignJWT } from "jose";
new SignJWT({ a: 1 }).setExpirationTime(new Date(Date.now() + 3600 * 1000)).sign(key);`,
    `import { JwtModule } from "@nestjs/jwt";
JwtModule.register({ secret: key, signOptions: { expiresIn: "1d" } });`,
    `import jwt from "./jwt";
jwt.sign({ a: 1 }, key, { expiresIn: "10y" });`,
    `import jwt from "jsonwebtoken";
const end = new Date();
end.setFullYear(end.getFullYear() + 1);
jwt.sign({ a: 1, exp: Math.floor(end.getTime() / 1000) }, key);`,
  ],
  invalid: [
    ...DURATIONS.map(([imports, , long]) =>
      marked(
        `import jwt from "jsonwebtoken"; ${imports} jwt.sign({ a: 1 }, key, { expiresIn: «${long}» });`,
        { messageId: "tooLong", data: { lifetime: "1 year", maximum: "30 days", origin: "" } },
      ),
    ),
    marked(
      `import jwt from "jsonwebtoken"; import dayjs from "dayjs"; const LIFE = dayjs.duration(1, "year"); jwt.sign({ a: 1 }, key, { expiresIn: «LIFE.asSeconds()» });`,
      { messageId: "tooLong", data: { lifetime: "1 year", maximum: "30 days", origin: "" } },
    ),
    marked(
      `import { createHmac } from "node:crypto"; const encode = (part) => Buffer.from(JSON.stringify(part)).toString("base64url"); const text = encode({ alg: "HS256" }) + "." + encode({ role: "service_role", exp: «4102444800» }); export const token = text + "." + createHmac("sha256", process.env.JWT_SECRET).update(text).digest("base64url");`,
      { messageId: "farDate", data: { year: "2100", origin: "" } },
    ),
    marked(
      'import { SignJWT } from "jose"; new SignJWT({}).setAudience("https://appleid.apple.com").setExpirationTime(«"1y"»).sign(key);',
      { messageId: "tooLong", data: { lifetime: "1 year", maximum: "30 days", origin: "" } },
    ),
    marked(
      'import { SignJWT } from "jose"; new SignJWT({}).setAudience("https://api.example.com").setExpirationTime(«"180d"»).sign(key);',
      { messageId: "tooLong", data: { lifetime: "180 days", maximum: "30 days", origin: "" } },
    ),
    {
      code: `import jwt from "jsonwebtoken";
jwt.sign({ a: 1 }, key, { expiresIn: "365d" });`,
      errors: [
        {
          messageId: "tooLong",
          data: { lifetime: "1 year", maximum: "30 days", origin: "" },
          line: 2,
          column: 38,
          endLine: 2,
          endColumn: 44,
        },
      ],
    },
    {
      code: `import jwt from "jsonwebtoken";
const DAY = 60 * 60 * 24;
jwt.sign({ a: 1 }, key, { expiresIn: 73050 * DAY });`,
      errors: [
        {
          messageId: "tooLong",
          data: { lifetime: "200 years", maximum: "30 days", origin: "" },
          line: 3,
          column: 38,
          endLine: 3,
          endColumn: 49,
        },
      ],
    },
    {
      code: `import jwt from "jsonwebtoken";
jwt.sign({ a: 1, exp: Math.floor(Date.now() / 1000) + 60 * 60 * 24 * 365 }, key);`,
      errors: [
        {
          messageId: "tooLong",
          data: { lifetime: "1 year", maximum: "30 days", origin: "" },
          line: 2,
          column: 23,
          endLine: 2,
          endColumn: 73,
        },
      ],
    },
    {
      code: `import jwt from "jsonwebtoken";
jwt.sign({ a: 1 }, key, { expiresIn: (parseInt(process.env.DAYS) || 365) * 86400 });`,
      errors: [
        {
          messageId: "tooLong",
          data: { lifetime: "1 year", maximum: "30 days", origin: "" },
          line: 2,
          column: 38,
          endLine: 2,
          endColumn: 81,
        },
      ],
    },
    {
      code: `import jwt from "jsonwebtoken";
jwt.sign({ a: 1, exp: 9999999999 }, key);`,
      errors: [
        {
          messageId: "farDate",
          data: { year: "2286", origin: "" },
          line: 2,
          column: 23,
          endLine: 2,
          endColumn: 33,
        },
      ],
    },
    {
      code: `import jwt from "jsonwebtoken";
const refreshToken = jwt.sign({ a: 1 }, key, { expiresIn: "1y" });`,
      errors: [
        {
          messageId: "tooLong",
          data: { lifetime: "1 year", maximum: "90 days", origin: "" },
          line: 2,
          column: 59,
          endLine: 2,
          endColumn: 63,
        },
      ],
    },
    {
      code: `import jwt from "jsonwebtoken";
jwt.sign({ a: 1 }, key, { expiresIn: "2h" });`,
      options: [{ maximum: "1h" }],
      errors: [
        {
          messageId: "tooLong",
          data: { lifetime: "2 hours", maximum: "1 hour", origin: "" },
          line: 2,
          column: 38,
          endLine: 2,
          endColumn: 42,
        },
      ],
    },
    {
      name: "the call brings the lifetime",
      code: `import jwt from "jsonwebtoken";
const issue = (payload, expiresIn) => jwt.sign(payload, key, { expiresIn });
issue({ a: 1 }, "100d");
issue({ a: 1 }, "1h");`,
      errors: [
        {
          messageId: "tooLong",
          data: { lifetime: "100 days", maximum: "30 days", origin: "" },
          line: 3,
          column: 17,
          endLine: 3,
          endColumn: 23,
        },
      ],
    },
    {
      code: `import { SignJWT } from "jose";
new SignJWT({ a: 1 }).setExpirationTime("1y").sign(key);`,
      errors: [
        {
          messageId: "tooLong",
          data: { lifetime: "1 year", maximum: "30 days", origin: "" },
          line: 2,
          column: 41,
          endLine: 2,
          endColumn: 45,
        },
      ],
    },
    {
      code: `import { JwtModule } from "@nestjs/jwt";
JwtModule.register({ secret: key, signOptions: { expiresIn: "365d" } });`,
      errors: [
        {
          messageId: "tooLong",
          data: { lifetime: "1 year", maximum: "30 days", origin: "" },
          line: 2,
          column: 61,
          endLine: 2,
          endColumn: 67,
        },
      ],
    },
    {
      code: `import { JwtModule } from "@nestjs/jwt";
JwtModule.registerAsync({ useFactory: (config) => ({ secret: config.get("KEY"), signOptions: { expiresIn: "60d" } }) });`,
      errors: [
        {
          messageId: "tooLong",
          data: { lifetime: "60 days", maximum: "30 days", origin: "" },
          line: 2,
          column: 107,
          endLine: 2,
          endColumn: 112,
        },
      ],
    },
    {
      code: `import { JwtService } from "@nestjs/jwt";
class Auth {
  constructor(private readonly jwt: JwtService) {}
  login(id: string) {
    return this.jwt.signAsync({ sub: id }, { expiresIn: "1y" });
  }
}`,
      ts: true,
      errors: [
        {
          messageId: "tooLong",
          data: { lifetime: "1 year", maximum: "30 days", origin: "" },
          line: 5,
          column: 57,
          endLine: 5,
          endColumn: 61,
        },
      ],
    },
    {
      name: "options that are declared for a library",
      code: `import type { SignOptions } from "jsonwebtoken";
export const access: SignOptions = { expiresIn: "60d" };`,
      ts: true,
      errors: [
        {
          messageId: "tooLong",
          data: { lifetime: "60 days", maximum: "30 days", origin: "" },
          line: 2,
          column: 49,
          endLine: 2,
          endColumn: 54,
        },
      ],
    },
    {
      name: "a lifetime that a function of another file is given",
      code: `import { signFor } from "../cross-file/auth/tokens.js";
signFor({ a: 1 }, "365d");`,
      filename: fixture("api.js"),
      errors: [
        {
          messageId: "tooLong",
          data: { lifetime: "1 year", maximum: "30 days", origin: "" },
          line: 2,
          column: 19,
          endLine: 2,
          endColumn: 25,
        },
      ],
    },
    {
      name: "a constant of another file",
      code: `import jwt from "jsonwebtoken";
import { lifetime } from "./config.js";
jwt.sign({ a: 1 }, key, { expiresIn: lifetime });`,
      ts: true,
      filename: fixture("api.js"),
      errors: [
        {
          messageId: "tooLong",
          data: {
            lifetime: "1 year",
            maximum: "30 days",
            origin: " It is written in tests/fixtures/claims/config.js:1.",
          },
          line: 3,
          column: 38,
          endLine: 3,
          endColumn: 46,
        },
      ],
    },
  ],
});

describe("the options of no-long-lifetime", () => {
  const lint = (options: object) => () =>
    new Linter().verify(
      'import jwt from "jsonwebtoken"; jwt.sign({}, key, { expiresIn: "50y" });',
      {
        plugins: { own: { rules: { rule } } },
        rules: { "own/rule": ["error", options] },
      } as unknown as Linter.Config,
    );

  it.each(["1h", "30d", "1.5 hours", "90 s", "2 weeks"])("take %s", (maximum) => {
    expect(lint({ maximum })()).toHaveLength(1);
  });

  it.each(["1 fortnight", "", "60", "-1h", "1h30m", "15 ms"])("refuse %j", (written) => {
    expect(lint({ maximum: written })).toThrow(/should match pattern/u);
    expect(lint({ refreshMaximum: written })).toThrow(/should match pattern/u);
  });
});

/** Signs for as long as a constant of another file says that nobody can find. */
const forTime = (name: string, imported = name, from = "@shared/const"): string =>
  `import jwt from "jsonwebtoken"; import { ${imported} } from "${from}"; export const issue = (sub) => jwt.sign({ sub }, process.env.KEY, { expiresIn: ${name} });`;

testRule("no-long-lifetime: constants out of sight whose names say how long", rule, {
  valid: [
    "ONE_DAY_IN_SECONDS",
    "THIRTY_DAYS_SECONDS",
    "_1_YEAR_S",
    // Which unit, how many and of what, the name leaves open.
    "ONE_YEAR",
    "SOME_YEARS_IN_SECONDS",
    "SESSION_YEAR_IN_SECONDS",
    "ONE_CENTURY_IN_SECONDS",
    "ONE_YEAR_IN_DAYS",
    "MAX_ONE_YEAR_IN_SECONDS",
    "ONE_YEAR_IN_SECONDS_OR_LESS",
    // A mix-up of units is another rule's.
    "ONE_YEAR_MS",
  ].map((name) => forTime(name)),
  invalid: [
    ["ONE_YEAR_IN_SECONDS", "1 year"],
    ["YEAR_SECONDS", "1 year"],
    ["SIXTY_DAYS_S", "60 days"],
    ["THREE_MONTHS_IN_SECS", "90 days"],
  ]
    .flatMap(([name = "", lifetime = ""]) => [
      marked(forTime(name, `«${name}»`), {
        messageId: "tooLong",
        data: { lifetime, maximum: "30 days", origin: "" },
      }),
      marked(forTime(name, `«${name}»`, "./constants"), {
        messageId: "tooLong",
        data: { lifetime, maximum: "30 days", origin: "" },
      }),
    ])
    .concat(
      marked(
        'import { SignJWT } from "jose"; import { ONE_YEAR_MS } from "@shared/const"; export const issue = (sub, options = {}) => { const life = options.life ?? ONE_YEAR_MS; const exp = «Math.floor((Date.now() + life) / 1000)»; return new SignJWT({ sub }).setExpirationTime(exp).sign(key); };',
        { messageId: "tooLong", data: { lifetime: "1 year", maximum: "30 days", origin: "" } },
      ),
    ),
});
