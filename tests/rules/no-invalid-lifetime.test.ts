import rule from "../../src/rules/no-invalid-lifetime.ts";
import { marked } from "../kit/marked.ts";
import { testRule } from "../kit/test-rule.ts";

/** A finding whose suggestion divides what is marked. */
function divided(code: string, messageId: string, option: string, edit: string) {
  const output = code.replace(/«.*»/u, () => edit);
  return marked(code, {
    messageId,
    data: { option, origin: "" },
    suggestions: [{ messageId: "replace", data: { edit }, output }],
  });
}

const JWT = `import jwt from "jsonwebtoken";\n`;

/** An exp claim in milliseconds. */
const inMilliseconds = (before: string, date: string, after = "") =>
  divided(
    `${before}${JWT}jwt.sign({ a: 1, exp: «${date}» }, key);${after}`,
    "dateInMilliseconds",
    "exp",
    `Math.floor((${date}) / 1000)`,
  );

/** A lifetime that is a product of milliseconds. */
const product = (before: string, lifetime: string) =>
  divided(
    `${JWT}${before}jwt.sign({ a: 1 }, key, { expiresIn: «${lifetime}» });`,
    "productInMilliseconds",
    "expiresIn",
    `(${lifetime}) / 1000`,
  );

testRule("no-invalid-lifetime", rule, {
  valid: [
    `import { create } from "njwt"; const token = create({ a: 1 }, key); token.setExpiration(Date.now() / 100); token.compact();`,
    // Seconds in the end, or a unit of which nobody knows what is made of it.
    ...[
      "Math.floor(Date.now() / 100 / 10) + 3600",
      "Date.now() / 1000 + 3600",
      "Date.now() * 0.001 + 3600",
      "Date.now() / unit",
      "Date.now() / 600",
      "Date.now() / 60000",
      "Date.now() / 0",
    ].map((exp) => `${JWT}jwt.sign({ a: 1, exp: ${exp} }, key);`),
    `${JWT}const step = Math.floor(Date.now() / 100); jwt.sign({ a: 1, step }, key, { expiresIn: "1h" });`,
    `${JWT}jwt.sign({ a: 1, iat: Math.floor(Date.now() / 100) }, key);`,
    // What counts seconds by its name.
    ...[
      [`import moment from "moment";`, `moment.duration(1000, "hours").asSeconds()`],
      [`import { hoursToSeconds } from "date-fns";`, `hoursToSeconds(1000)`],
      [`import { Duration } from "luxon";`, `Duration.fromMillis(3600000).as("seconds")`],
      [`import { Duration } from "luxon";`, `Duration.fromObject({ days: 7 }).toMillis() / 1000`],
      [`import dayjs from "dayjs";`, `dayjs.duration(days, "days").asMilliseconds() / 1000`],
    ].map(
      ([imported = "", life = ""]) =>
        `${JWT}${imported} jwt.sign({ a: 1 }, key, { expiresIn: ${life} });`,
    ),
    `import { create, getNumericDate } from "https://deno.land/x/djwt@v2.9.1/mod.ts"; await create({ alg: "HS256" }, { sub, exp: getNumericDate(3600) }, key);`,
    `import { create, getNumericDate } from "https://deno.land/x/djwt@v2.9.1/mod.ts"; await create({ alg: "HS256" }, { sub, exp: getNumericDate(new Date(Date.now() + 3_600_000)) }, key);`,
    // What is added to a date is a date.
    `${JWT}export const pair = (claims) => { claims.exp = Date.now() / 1000 + 1800; const access = jwt.sign(claims, key); claims.exp += 900; return [access, jwt.sign(claims, key)]; };`,
    `${JWT}const claims = { sub: id }; claims.exp = Math.floor(Date.now() / 1000) + 1800; claims.exp += 60 * 15; jwt.sign(claims, key);`,
    // A number of milliseconds that is made the text which counts them.
    `${JWT}const MONTH = 30 * 24 * 60 * 60 * 1000; jwt.sign(p, k, { expiresIn: String(MONTH) }); jwt.sign(p, k, { expiresIn: \`\${MONTH}\` });`,
    // A word that means none, and has been asked for.
    `${JWT}export const issue = ({ life = "NEVER" }) => { const options = {}; if (life !== "NEVER") { options.expiresIn = life; } return jwt.sign(p, k, options); };`,
    `${JWT}export const issue = (given) => { const life = given || "never"; if (life === "never") return jwt.sign(p, k); return jwt.sign(p, k, { expiresIn: life }); };`,
    // Without the variable nothing is signed at all, and everybody sees it.
    `${JWT}jwt.sign(p, k, { expiresIn: process.env.LIFETIME || "" });`,
    `import jwt from "jsonwebtoken";
jwt.sign({ a: 1 }, key, { expiresIn: 3600 });`,
    `import jwt from "jsonwebtoken";
jwt.sign({ a: 1 }, key, { expiresIn: "3600s" });`,
    `import jwt from "jsonwebtoken";
jwt.sign({ a: 1 }, key, { expiresIn: "2.5 hrs" });`,
    `import jwt from "jsonwebtoken";
jwt.sign({ a: 1 }, key, { expiresIn: 360000 });`,
    `import jwt from "jsonwebtoken";
jwt.sign({ a: 1 }, key, { expiresIn: 60 * 60 * 24 * 30 });`,
    `import jwt from "jsonwebtoken";
const DAY = 24 * 60 * 60 * 1000;
jwt.sign({ a: 1 }, key, { expiresIn: DAY / 1000 });`,
    `import ms from "ms";
import jwt from "jsonwebtoken";
jwt.sign({ a: 1 }, key, { expiresIn: Math.floor(ms("7d") / 1000) });`,
    `import jwt from "jsonwebtoken";
jwt.sign({ a: 1, exp: Math.floor(Date.now() / 1000) + 60 * 60 }, key);`,
    `import jwt from "jsonwebtoken";
jwt.sign({ a: 1, exp: Math.round((Date.now() + 3600 * 1000) / 1000) }, key);`,
    `import jwt from "jsonwebtoken";
jwt.sign({ a: 1, exp: +new Date() / 1000 + 3600 }, key);`,
    `import jwt from "jsonwebtoken";
const end = new Date();
end.setDate(end.getDate() + 7);
jwt.sign({ a: 1, exp: parseInt(end.getTime() / 1000, 10) }, key);`,
    `import jwt from "jsonwebtoken";
let exp = Math.floor(Date.now() / 1000);
exp += 3600;
jwt.sign({ a: 1, exp }, key);`,
    `import jwt from "jsonwebtoken";
jwt.sign({ a: 1, iat: Math.floor(Date.now() / 1000) }, key, { expiresIn: "1h" });`,
    `import jwt from "jsonwebtoken";
jwt.sign({ a: 1, createdAt: Date.now() }, key, { expiresIn: "1h" });`,
    `import jwt from "jsonwebtoken";
jwt.sign({ a: 1 }, key, { expiresIn: process.env.LIFETIME });`,
    `import jwt from "jsonwebtoken";
export const issue = (minutes) => jwt.sign({ a: 1 }, key, { expiresIn: \`\${minutes}m\` });`,
    `import jwt from "jsonwebtoken";
jwt.sign({ a: 1 }, key, { expiresIn: "15M" });`,
    `import { SignJWT } from "jose";
new SignJWT({ a: 1 }).setIssuedAt().setExpirationTime("1h").sign(key);`,
    `import { SignJWT } from "jose";
new SignJWT({ a: 1 }).setExpirationTime(Math.floor(Date.now() / 1000) + 3600).sign(key);`,
    `import { SignJWT } from "jose";
new SignJWT({ a: 1 }).setExpirationTime(new Date(Date.now() + 3600 * 1000)).sign(key);`,
    `import { JwtModule } from "@nestjs/jwt";
JwtModule.register({ secret: key, signOptions: { expiresIn: 3600 } });`,
    // Dates in seconds, however they are made.
    `import moment from "moment";\n${JWT}jwt.sign({ a: 1, exp: moment().add(2, "days").unix() }, key);`,
    `import moment from "moment";\n${JWT}jwt.sign({ a: 1, exp: Math.floor(moment().add(2, "h").valueOf() / 1000) }, key);`,
    `import moment from "moment";\n${JWT}const end = moment();\nend.add(2, "days");\njwt.sign({ a: 1, exp: end.unix() }, key);`,
    `import dayjs from "dayjs";\n${JWT}jwt.sign({ a: 1, exp: dayjs().add(ttl, "minute").unix() }, key);`,
    `import { addDays, getUnixTime } from "date-fns";\n${JWT}jwt.sign({ a: 1, exp: getUnixTime(addDays(new Date(), 7)) }, key);`,
    `import { DateTime } from "luxon";\n${JWT}jwt.sign({ a: 1, exp: DateTime.now().plus({ hours: 2 }).toUnixInteger() }, key);`,
    `${JWT}jwt.sign({ a: 1, exp: new Date(user.until).getTime() / 1000 }, key);`,
    `${JWT}jwt.sign({ a: 1, exp: Math.floor(Date.now() / 1000) + ttl }, key);`,
    `${JWT}jwt.sign({ a: 1, exp: Math.floor((Date.now() + ttl) / 1000) }, key);`,
    // How long it is until then, and what nobody knows.
    `${JWT}jwt.sign({ a: 1 }, key, { expiresIn: Math.floor((new Date(user.until) - Date.now()) / 1000) });`,
    `import moment from "moment";\n${JWT}jwt.sign({ a: 1, exp: moment().diff(start) }, key);`,
    `import clock from "./clock";\n${JWT}jwt.sign({ a: 1, exp: clock().add(2, "days").valueOf() }, key);`,
    `${JWT}const end = new Date();\nend.setDate(end.getDate() + 7);\njwt.sign({ a: 1, exp: Math.floor(end / 1000) }, key);`,
    `${JWT}jwt.sign({ a: 1, exp: Math.floor(new Date().setHours(24) / 1000) }, key);`,
    // Products in seconds.
    `${JWT}jwt.sign({ a: 1 }, key, { expiresIn: days * 24 * 60 * 60 });`,
    `${JWT}export const issue = (lifetimeMs) => [jwt.sign({ a: 1 }, key, { expiresIn: Math.floor(lifetimeMs / 1000) }), jwt.sign({ a: 1 }, key, { expiresIn: \`\${lifetimeMs}ms\` }), jwt.sign({ a: 1 }, key, { expiresIn: process.env.TTL_MS }), jwt.sign({ a: 1 }, key, { expiresIn: config.items }), jwt.sign({ a: 1 }, key, { expiresIn: ms(lifetime) })];`,
    `import { createSigner } from "fast-jwt";\ncreateSigner({ key, expiresIn: config.ttlMs });`,
    `${JWT}jwt.sign({ a: 1 }, key, { expiresIn: (days * 24 * 60 * 60 * 1000) / 1000 });`,
    `${JWT}jwt.sign({ a: 1 }, key, { expiresIn: count * 1000 });`,
    `${JWT}jwt.sign({ a: 1 }, key, { expiresIn: days * HOURS_A_DAY * 3600 * 1000 });`,
    `import { createSigner } from "fast-jwt";\ncreateSigner({ key, expiresIn: days * 24 * 60 * 60 * 1000 });`,
    `import cache from "./cache";
cache.sign({ a: 1 }, key, { expiresIn: "3600" });`,
  ],
  invalid: [
    // djwt adds a number to now, also one that is a date.
    ...[
      "Date.now() + 3_600_000",
      "new Date().getTime() + 3_600_000",
      "Math.floor(Date.now() / 1000) + 3600",
    ].map((at) =>
      marked(
        `import { create, getNumericDate } from "https://deno.land/x/djwt@v2.9.1/mod.ts"; await create({ alg: "HS256" }, { sub, exp: «getNumericDate(${at})» }, key);`,
        {
          messageId: "dateAsLifetime",
          data: { option: "The number in getNumericDate", origin: "" },
        },
      ),
    ),
    // Another word is asked for, or of something else.
    ...['life !== "ever"', 'life === "NEVER"', 'kind !== "NEVER"'].map((test) =>
      marked(
        `${JWT}export const issue = ({ life = «"NEVER"», kind }) => { const options = {}; if (${test}) { options.expiresIn = life; } return jwt.sign(p, k, options); };`,
        {
          messageId: "refused",
          data: {
            option: "expiresIn",
            form: "a whole number of seconds or a text with one unit, such as 90m",
            origin: "",
          },
        },
      ),
    ),
    ...[
      ["Math.floor(Date.now() / 100 + 7 * 24 * 60 * 60)", "100"],
      ["Math.floor(Date.now() / 100) + 3600", "100"],
      ["Date.now() / 10 / 10 + 3600", "100"],
      ["Math.round(new Date().getTime() / 10)", "10"],
    ].map(([exp = "", divisor = ""]) =>
      marked(`${JWT}export const issue = () => jwt.sign({ a: 1, exp: «${exp}» }, key);`, {
        messageId: "dateInOtherUnit",
        data: { option: "exp", divisor, origin: "" },
      }),
    ),
    // A duration that is asked for in the wrong unit.
    ...[
      [`import moment from "moment";`, `moment.duration(20, "days").asMilliseconds()`, "55 years"],
      [`import dayjs from "dayjs";`, `dayjs.duration({ hours: 7 }).as("milliseconds")`, "292 days"],
      [
        `import { Duration } from "luxon";`,
        `Duration.fromObject({ days: 20 }).as("milliseconds")`,
        "55 years",
      ],
      [
        `import { Duration } from "luxon";`,
        `Duration.fromObject({ hours: 7 }).toMillis()`,
        "292 days",
      ],
      [`import { hoursToMilliseconds } from "date-fns";`, `hoursToMilliseconds(31)`, "1292 days"],
    ].map(([imported = "", life = "", lifetime = ""]) => {
      const sign = (expiresIn: string): string =>
        `${JWT}${imported} jwt.sign({ a: 1 }, key, { expiresIn: ${expiresIn} });`;
      const edit = `${life} / 1000`;
      return marked(sign(`«${life}»`), {
        messageId: "milliseconds",
        data: { option: "expiresIn", lifetime, origin: "" },
        suggestions: [{ messageId: "replace", data: { edit }, output: sign(edit) }],
      });
    }),
    inMilliseconds(`import moment from "moment";\n`, `moment().add(2, "days").valueOf()`),
    inMilliseconds(`import moment from "moment-timezone";\n`, `+moment().tz(zone).add(2, "days")`),
    inMilliseconds(`import dayjs from "dayjs";\n`, `dayjs().add(ttl, "day").toDate().getTime()`),
    inMilliseconds(`import { addDays } from "date-fns";\n`, `addDays(new Date(), 7).getTime()`),
    inMilliseconds(
      `import { DateTime } from "luxon";\n`,
      `DateTime.now().plus({ days: 2 }).toMillis()`,
    ),
    inMilliseconds("", `new Date(user.until).getTime()`),
    inMilliseconds("", `Date.now() + ttl`),
    inMilliseconds("", `new Date().setDate(new Date().getDate() + 7)`),
    inMilliseconds(`const end = new Date();\n`, `end.setUTCHours(23)`),
    inMilliseconds(`const end = new Date();\nend.setDate(end.getDate() + 7);\n`, `end.getTime()`),
    product("", `days * 24 * 60 * 60 * 1000`),
    // A name says what is counted.
    ...["settings.accessTtlMs", "settings.jwt.lifetimeMilliseconds"].map((name) =>
      divided(
        `${JWT}import { settings } from "./settings.js";\njwt.sign({ a: 1 }, key, { expiresIn: «${name}» });`,
        "productInMilliseconds",
        "expiresIn",
        `${name} / 1000`,
      ),
    ),
    divided(
      `${JWT}export const issue = (id, lifetimeMs) => jwt.sign({ id }, key, { expiresIn: «lifetimeMs» });`,
      "productInMilliseconds",
      "expiresIn",
      "lifetimeMs / 1000",
    ),
    product("", `1000 * 60 * config.get("MINUTES")`),
    product(`const DAY = 24 * 60 * 60 * 1000;\n`, `process.env.DAYS * DAY`),
    {
      code: `import jwt from "jsonwebtoken";
jwt.sign({ a: 1 }, key, { expiresIn: "3600" });`,
      errors: [
        {
          messageId: "bareNumber",
          data: { lifetime: "3.6 seconds", origin: "" },
          line: 2,
          column: 38,
          endLine: 2,
          endColumn: 44,
          suggestions: [
            {
              messageId: "replace",
              data: { edit: "3600" },
              output: `import jwt from "jsonwebtoken";
jwt.sign({ a: 1 }, key, { expiresIn: 3600 });`,
            },
            {
              messageId: "replace",
              data: { edit: '"3600ms"' },
              output: `import jwt from "jsonwebtoken";
jwt.sign({ a: 1 }, key, { expiresIn: "3600ms" });`,
            },
          ],
        },
      ],
    },
    {
      code: `import jwt from "jsonwebtoken";
jwt.sign({ a: 1 }, key, { expiresIn: process.env.LIFETIME || "86400" });`,
      errors: [
        {
          messageId: "bareNumber",
          data: { lifetime: "86.4 seconds", origin: "" },
          line: 2,
          column: 62,
          endLine: 2,
          endColumn: 69,
          suggestions: [
            {
              messageId: "replace",
              data: { edit: "86400" },
              output: `import jwt from "jsonwebtoken";
jwt.sign({ a: 1 }, key, { expiresIn: process.env.LIFETIME || 86400 });`,
            },
            {
              messageId: "replace",
              data: { edit: '"86400ms"' },
              output: `import jwt from "jsonwebtoken";
jwt.sign({ a: 1 }, key, { expiresIn: process.env.LIFETIME || "86400ms" });`,
            },
          ],
        },
      ],
    },
    {
      code: `import jwt from "jsonwebtoken";
jwt.sign({ a: 1 }, key, { expiresIn: "0" });`,
      errors: [
        {
          messageId: "bornExpired",
          data: { origin: "" },
          line: 2,
          column: 38,
          endLine: 2,
          endColumn: 41,
        },
      ],
    },
    {
      code: `import jwt from "jsonwebtoken";
jwt.sign({ a: 1 }, key, { expiresIn: 60 * 60 * 24 * 1000 });`,
      errors: [
        {
          messageId: "milliseconds",
          data: { option: "expiresIn", lifetime: "1000 days", origin: "" },
          line: 2,
          column: 38,
          endLine: 2,
          endColumn: 57,
          suggestions: [
            {
              messageId: "replace",
              data: { edit: "(60 * 60 * 24 * 1000) / 1000" },
              output: `import jwt from "jsonwebtoken";
jwt.sign({ a: 1 }, key, { expiresIn: (60 * 60 * 24 * 1000) / 1000 });`,
            },
          ],
        },
      ],
    },
    {
      code: `import jwt from "jsonwebtoken";
jwt.sign({ a: 1 }, key, { expiresIn: 3600000 });`,
      errors: [
        {
          messageId: "milliseconds",
          data: { option: "expiresIn", lifetime: "42 days", origin: "" },
          line: 2,
          column: 38,
          endLine: 2,
          endColumn: 45,
          suggestions: [
            {
              messageId: "replace",
              data: { edit: "3600" },
              output: `import jwt from "jsonwebtoken";
jwt.sign({ a: 1 }, key, { expiresIn: 3600 });`,
            },
          ],
        },
      ],
    },
    {
      code: `import jwt from "jsonwebtoken";
const DAY = 24 * 60 * 60 * 1000;
jwt.sign({ a: 1 }, key, { expiresIn: 7 * DAY });`,
      errors: [
        {
          messageId: "milliseconds",
          data: { option: "expiresIn", lifetime: "19 years", origin: "" },
          line: 3,
          column: 38,
          endLine: 3,
          endColumn: 45,
          suggestions: [
            {
              messageId: "replace",
              data: { edit: "(7 * DAY) / 1000" },
              output: `import jwt from "jsonwebtoken";
const DAY = 24 * 60 * 60 * 1000;
jwt.sign({ a: 1 }, key, { expiresIn: (7 * DAY) / 1000 });`,
            },
          ],
        },
      ],
    },
    {
      code: `import jwt from "jsonwebtoken";
const DAY = 24 * 60 * 60 * 1000;
jwt.sign({ a: 1 }, key, { expiresIn: DAY });`,
      errors: [
        {
          messageId: "milliseconds",
          data: { option: "expiresIn", lifetime: "1000 days", origin: "" },
          line: 3,
          column: 38,
          endLine: 3,
          endColumn: 41,
          suggestions: [
            {
              messageId: "replace",
              data: { edit: "DAY / 1000" },
              output: `import jwt from "jsonwebtoken";
const DAY = 24 * 60 * 60 * 1000;
jwt.sign({ a: 1 }, key, { expiresIn: DAY / 1000 });`,
            },
          ],
        },
      ],
    },
    {
      code: `import ms from "ms";
import jwt from "jsonwebtoken";
jwt.sign({ a: 1 }, key, { expiresIn: ms("7d") });`,
      errors: [
        {
          messageId: "milliseconds",
          data: { option: "expiresIn", lifetime: "19 years", origin: "" },
          line: 3,
          column: 38,
          endLine: 3,
          endColumn: 46,
          suggestions: [
            {
              messageId: "replace",
              data: { edit: 'ms("7d") / 1000' },
              output: `import ms from "ms";
import jwt from "jsonwebtoken";
jwt.sign({ a: 1 }, key, { expiresIn: ms("7d") / 1000 });`,
            },
          ],
        },
      ],
    },
    {
      code: `import jwt from "jsonwebtoken";
jwt.sign({ a: 1 }, key, { expiresIn: Math.floor(Date.now() / 1000) + 3600 });`,
      errors: [
        {
          messageId: "dateAsLifetime",
          data: { option: "expiresIn", origin: "" },
          line: 2,
          column: 38,
          endLine: 2,
          endColumn: 74,
          suggestions: [
            {
              messageId: "replace",
              data: { edit: "3600" },
              output: `import jwt from "jsonwebtoken";
jwt.sign({ a: 1 }, key, { expiresIn: 3600 });`,
            },
          ],
        },
      ],
    },
    {
      code: `import jwt from "jsonwebtoken";
jwt.sign({ a: 1, exp: Date.now() + 3600 * 1000 }, key);`,
      errors: [
        {
          messageId: "dateInMilliseconds",
          data: { option: "exp", origin: "" },
          line: 2,
          column: 23,
          endLine: 2,
          endColumn: 47,
          suggestions: [
            {
              messageId: "replace",
              data: { edit: "Math.floor((Date.now() + 3600 * 1000) / 1000)" },
              output: `import jwt from "jsonwebtoken";
jwt.sign({ a: 1, exp: Math.floor((Date.now() + 3600 * 1000) / 1000) }, key);`,
            },
          ],
        },
      ],
    },
    {
      code: `import jwt from "jsonwebtoken";
jwt.sign({ a: 1, exp: new Date().getTime() + 3600 * 1000 }, key);`,
      errors: [
        {
          messageId: "dateInMilliseconds",
          data: { option: "exp", origin: "" },
          line: 2,
          column: 23,
          endLine: 2,
          endColumn: 57,
          suggestions: [
            {
              messageId: "replace",
              data: { edit: "Math.floor((new Date().getTime() + 3600 * 1000) / 1000)" },
              output: `import jwt from "jsonwebtoken";
jwt.sign({ a: 1, exp: Math.floor((new Date().getTime() + 3600 * 1000) / 1000) }, key);`,
            },
          ],
        },
      ],
    },
    {
      code: `import jwt from "jsonwebtoken";
jwt.sign({ a: 1, iat: Date.now() }, key, { expiresIn: "1h" });`,
      errors: [
        {
          messageId: "issuedInMillisecondsExtends",
          data: { origin: "" },
          line: 2,
          column: 23,
          endLine: 2,
          endColumn: 33,
        },
      ],
    },
    {
      code: `import jwt from "jsonwebtoken";
jwt.sign({ a: 1, iat: Date.now(), exp: Math.floor(Date.now() / 1000) + 60 }, key);`,
      errors: [
        {
          messageId: "issuedInMilliseconds",
          data: { origin: "" },
          line: 2,
          column: 23,
          endLine: 2,
          endColumn: 33,
        },
      ],
    },
    {
      code: `import jwt from "jsonwebtoken";
jwt.sign({ a: 1 }, key, { expiresIn: "1M" });`,
      errors: [
        {
          messageId: "minutes",
          data: { lifetime: "1 minute", origin: "" },
          line: 2,
          column: 38,
          endLine: 2,
          endColumn: 42,
          suggestions: [
            {
              messageId: "replace",
              data: { edit: '"30d"' },
              output: `import jwt from "jsonwebtoken";
jwt.sign({ a: 1 }, key, { expiresIn: "30d" });`,
            },
          ],
        },
      ],
    },
    {
      code: `import jwt from "jsonwebtoken";
jwt.sign({ a: 1 }, key, { expiresIn: "1mo" });`,
      errors: [
        {
          messageId: "refused",
          data: {
            option: "expiresIn",
            form: "a whole number of seconds or a text with one unit, such as 90m",
            origin: "",
          },
          line: 2,
          column: 38,
          endLine: 2,
          endColumn: 43,
        },
      ],
    },
    {
      code: `import jwt from "jsonwebtoken";
jwt.sign({ a: 1 }, key, { expiresIn: "1h30m" });`,
      errors: [
        {
          messageId: "refused",
          data: {
            option: "expiresIn",
            form: "a whole number of seconds or a text with one unit, such as 90m",
            origin: "",
          },
          line: 2,
          column: 38,
          endLine: 2,
          endColumn: 45,
        },
      ],
    },
    {
      code: `import jwt from "jsonwebtoken";
jwt.sign({ a: 1 }, key, { expiresIn: "" });`,
      errors: [
        {
          messageId: "refused",
          data: {
            option: "expiresIn",
            form: "a whole number of seconds or a text with one unit, such as 90m",
            origin: "",
          },
          line: 2,
          column: 38,
          endLine: 2,
          endColumn: 40,
        },
      ],
    },
    {
      code: `import jwt from "jsonwebtoken";
jwt.sign({ a: 1 }, key, { expiresIn: 3.5 });`,
      errors: [
        {
          messageId: "refused",
          data: {
            option: "expiresIn",
            form: "a whole number of seconds or a text with one unit, such as 90m",
            origin: "",
          },
          line: 2,
          column: 38,
          endLine: 2,
          endColumn: 41,
        },
      ],
    },
    {
      code: `import jwt from "jsonwebtoken";
jwt.sign({ a: 1 }, key, { expiresIn: NaN });`,
      errors: [
        {
          messageId: "refused",
          data: {
            option: "expiresIn",
            form: "a whole number of seconds or a text with one unit, such as 90m",
            origin: "",
          },
          line: 2,
          column: 38,
          endLine: 2,
          endColumn: 41,
        },
      ],
    },
    {
      code: `import jwt from "jsonwebtoken";
jwt.sign({ a: 1 }, key, { expiresIn: 0 });`,
      errors: [
        {
          messageId: "bornExpired",
          data: { origin: "" },
          line: 2,
          column: 38,
          endLine: 2,
          endColumn: 39,
        },
      ],
    },
    {
      code: `import jwt from "jsonwebtoken";
jwt.sign({ a: 1 }, key, { expiresIn: "-1h" });`,
      errors: [
        {
          messageId: "bornExpired",
          data: { origin: "" },
          line: 2,
          column: 38,
          endLine: 2,
          endColumn: 43,
        },
      ],
    },
    {
      code: `import jwt from "jsonwebtoken";
jwt.sign({ a: 1, exp: 3600 }, key);`,
      errors: [
        {
          messageId: "lifetimeAsDate",
          data: { option: "exp", origin: "" },
          line: 2,
          column: 23,
          endLine: 2,
          endColumn: 27,
          suggestions: [
            {
              messageId: "replace",
              data: { edit: "Math.floor(Date.now() / 1000) + 3600" },
              output: `import jwt from "jsonwebtoken";
jwt.sign({ a: 1, exp: Math.floor(Date.now() / 1000) + 3600 }, key);`,
            },
          ],
        },
      ],
    },
    {
      code: `import jwt from "jsonwebtoken";
jwt.sign({ a: 1, exp: "1h" }, key);`,
      errors: [
        {
          messageId: "refused",
          data: { option: "exp", form: "a date as a number of seconds since 1970", origin: "" },
          line: 2,
          column: 23,
          endLine: 2,
          endColumn: 27,
        },
      ],
    },
    {
      code: `import jwt from "jsonwebtoken";
jwt.sign({ a: 1, exp: new Date(Date.now() + 3600000) }, key);`,
      errors: [
        {
          messageId: "refused",
          data: { option: "exp", form: "a date as a number of seconds since 1970", origin: "" },
          line: 2,
          column: 23,
          endLine: 2,
          endColumn: 53,
        },
      ],
    },
    {
      code: `import { SignJWT } from "jose";
new SignJWT({ a: 1 }).setExpirationTime(3600).sign(key);`,
      errors: [
        {
          messageId: "lifetimeAsDate",
          data: { option: "setExpirationTime", origin: "" },
          line: 2,
          column: 41,
          endLine: 2,
          endColumn: 45,
          suggestions: [
            {
              messageId: "replace",
              data: { edit: '"3600s"' },
              output: `import { SignJWT } from "jose";
new SignJWT({ a: 1 }).setExpirationTime("3600s").sign(key);`,
            },
          ],
        },
      ],
    },
    {
      code: `import { SignJWT } from "jose";
new SignJWT({ a: 1 }).setExpirationTime(Date.now() + 3600 * 1000).sign(key);`,
      errors: [
        {
          messageId: "dateInMilliseconds",
          data: { option: "setExpirationTime", origin: "" },
          line: 2,
          column: 41,
          endLine: 2,
          endColumn: 65,
          suggestions: [
            {
              messageId: "replace",
              data: { edit: "Math.floor((Date.now() + 3600 * 1000) / 1000)" },
              output: `import { SignJWT } from "jose";
new SignJWT({ a: 1 }).setExpirationTime(Math.floor((Date.now() + 3600 * 1000) / 1000)).sign(key);`,
            },
          ],
        },
      ],
    },
    {
      code: `import { SignJWT } from "jose";
new SignJWT({ exp: "1h" }).setProtectedHeader({ alg: "ES256" }).sign(key);`,
      errors: [
        {
          messageId: "refused",
          data: { option: "exp", form: "a date as a number of seconds since 1970", origin: "" },
          line: 2,
          column: 20,
          endLine: 2,
          endColumn: 24,
        },
      ],
    },
    {
      code: `import { SignJWT } from "jose";
new SignJWT({ a: 1 }).setIssuedAt(Date.now()).setExpirationTime("1h").sign(key);`,
      errors: [
        {
          messageId: "issuedInMilliseconds",
          data: { origin: "" },
          line: 2,
          column: 35,
          endLine: 2,
          endColumn: 45,
        },
      ],
    },
    {
      code: `import { SignJWT } from "jose";
const jwt = new SignJWT({ a: 1 });
jwt.setExpirationTime("1mo");
jwt.sign(key);`,
      errors: [
        {
          messageId: "refused",
          data: {
            option: "setExpirationTime",
            form: "a text with one unit, such as 90m",
            origin: "",
          },
          line: 3,
          column: 23,
          endLine: 3,
          endColumn: 28,
        },
      ],
    },
    {
      code: `import { JwtModule } from "@nestjs/jwt";
JwtModule.register({ secret: key, signOptions: { expiresIn: "3600" } });`,
      errors: [
        {
          messageId: "bareNumber",
          data: { lifetime: "3.6 seconds", origin: "" },
          line: 2,
          column: 61,
          endLine: 2,
          endColumn: 67,
          suggestions: [
            {
              messageId: "replace",
              data: { edit: "3600" },
              output: `import { JwtModule } from "@nestjs/jwt";
JwtModule.register({ secret: key, signOptions: { expiresIn: 3600 } });`,
            },
            {
              messageId: "replace",
              data: { edit: '"3600ms"' },
              output: `import { JwtModule } from "@nestjs/jwt";
JwtModule.register({ secret: key, signOptions: { expiresIn: "3600ms" } });`,
            },
          ],
        },
      ],
    },
    {
      code: `import { JwtService } from "@nestjs/jwt";
class Auth {
  constructor(private readonly jwt: JwtService) {}
  login(id: string) {
    return this.jwt.sign({ sub: id }, { expiresIn: 86400000 });
  }
}`,
      ts: true,
      errors: [
        {
          messageId: "milliseconds",
          data: { option: "expiresIn", lifetime: "1000 days", origin: "" },
          line: 5,
          column: 52,
          endLine: 5,
          endColumn: 60,
          suggestions: [
            {
              messageId: "replace",
              data: { edit: "86400" },
              output: `import { JwtService } from "@nestjs/jwt";
class Auth {
  constructor(private readonly jwt: JwtService) {}
  login(id: string) {
    return this.jwt.sign({ sub: id }, { expiresIn: 86400 });
  }
}`,
            },
          ],
        },
      ],
    },
    {
      code: `import jwt from "jsonwebtoken";
const minutes = (count) => count * 60 * 1000;
jwt.sign({ a: 1 }, key, { expiresIn: minutes(15) });`,
      errors: [
        {
          messageId: "milliseconds",
          data: { option: "expiresIn", lifetime: "10 days", origin: "" },
          line: 3,
          column: 38,
          endLine: 3,
          endColumn: 49,
          suggestions: [
            {
              messageId: "replace",
              data: { edit: "minutes(15) / 1000" },
              output: `import jwt from "jsonwebtoken";
const minutes = (count) => count * 60 * 1000;
jwt.sign({ a: 1 }, key, { expiresIn: minutes(15) / 1000 });`,
            },
          ],
        },
      ],
    },
  ],
});
