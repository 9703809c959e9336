import path from "node:path";
import rule from "../../src/rules/no-unverified-claims.ts";
import { marked } from "../kit/marked.ts";
import { testRule } from "../kit/test-rule.ts";

/** Functions that decode where they have no key to verify with, each next to one that cannot come to that. */

const JWT = 'import jwt from "jsonwebtoken";';
const RULES = '{ algorithms: ["HS256"] }';

/** Decodes where a test says so, and verifies otherwise. */
const reading = (test: string, beside = "", decoded = "«jwt.decode(token)»"): string =>
  `${JWT} ${beside} export function readToken(token, other) { if (${test}) return ${decoded}; return jwt.verify(token, process.env.KEY, ${RULES}); }`;

const held = (given: string, value = "process.env.KEY"): string =>
  `${JWT} const KEY = ${value}; export const claimsOf = (token) => ${given};`;

const filename = path.join(import.meta.dirname, "../fixtures/keyless/read.js");

const FOUND = { messageId: "keylessDecode", data: { key: "KEY", name: "jwt.decode" } };

const unmarked = (code: string): string => code.replace(/[«»]/gu, "");

testRule("no-unverified-claims: no key to verify with", rule, {
  valid: [
    // Something else is asked.
    reading("!other"),
    reading("!process.env.OTHER"),
    reading("process.env.KEY"),
    reading("process.env.KEY === 'none'"),
    reading("process.env.KEY !== undefined"),
    // What is decoded goes elsewhere.
    reading("!process.env.KEY", "", "jwt.decode(token).exp"),
    reading("!process.env.KEY", "", "{ isVerified: false, claims: jwt.decode(token) }"),
    reading("!process.env.KEY", "", "show(jwt.decode(token))"),
    // The program does not run without a key, or only where it is developed.
    reading("!process.env.KEY", "if (!process.env.KEY) throw new Error('no key');"),
    reading("!process.env.KEY", "if (process.env.KEY === undefined) throw new Error('no key');"),
    reading("!process.env.KEY", "assert(process.env.KEY);"),
    reading("!process.env.KEY", "requireSettings(['KEY']);"),
    reading("!process.env.KEY", "process.env.KEY ??= draw();"),
    reading("!process.env.KEY && process.env.NODE_ENV === 'development'"),
    // Somebody has chosen that.
    reading("!process.env.KEY && process.env.BEHIND_GATEWAY"),
    reading("!process.env.KEY && process.env.BEHIND_GATEWAY === '1'"),
    `${JWT} export function readToken(token) { if (process.env.MODE !== "proxy") return null; if (!process.env.KEY) return jwt.decode(token); return jwt.verify(token, process.env.KEY, ${RULES}); }`,
    // The settings may be refused where they are read.
    reading("!process.env.KEY", 'import { config } from "./config";'),
    reading("!process.env.KEY", 'import "../env.js";'),
    // What it gives is only told.
    reading("!process.env.KEY").replace("readToken", "subjectForLog"),
    reading("!process.env.KEY").replace("readToken", "debugToken"),
    held(`KEY ? jwt.verify(token, KEY, ${RULES}) : jwt.decode(token)`, "process.env.KEY ?? draw()"),
    held(`KEY ? jwt.verify(token, KEY, ${RULES}) : jwt.decode(token)`, "settings.key"),
    `${held(`KEY ? jwt.verify(token, KEY, ${RULES}) : jwt.decode(token)`)} if (!KEY) throw new Error("no key");`,
    `import { ConfigService } from "@nestjs/config"; const config = new ConfigService(); ${held(`KEY ? jwt.verify(token, KEY, ${RULES}) : jwt.decode(token)`, 'config.get("KEY")')}`,
    `"use client"; ${reading("!process.env.KEY")}`,
    // What a command prints is its result.
    `${JWT} const read = (token) => { if (!process.env.KEY) return jwt.decode(token); return jwt.verify(token, process.env.KEY, ${RULES}); }; console.log(read(process.argv[2]));`,
    `${JWT} export const renew = (token) => { if (!process.env.KEY) return jwt.decode(token); return jwt.sign({ id: 1 }, process.env.KEY, { expiresIn: "1h" }); };`,
    // A function of its own verifies, or it is given the key.
    `${JWT} export const read = (token) => { if (!process.env.KEY) return jwt.decode(token); }; export const open = (token) => jwt.verify(token, process.env.KEY, ${RULES});`,
    `${JWT} export const read = (token, key) => { if (!key) return jwt.decode(token); return jwt.verify(token, key, ${RULES}); };`,
    `${JWT} export const read = (token) => { if (!process.env.KEY) return jwt.decode(token); jwt.verify(token, process.env.KEY, ${RULES}); return null; };`,
  ]
    .map((code): string | { code: string; filename: string } => unmarked(code))
    .concat({ code: unmarked(reading("!process.env.KEY", 'import "./env.js";')), filename }),
  invalid: [
    reading("!process.env.KEY"),
    reading("!process.env.KEY && other"),
    reading("!process.env.KEY && !process.env.BEHIND_GATEWAY"),
    reading("!process.env.KEY && process.env.MODE !== 'strict'"),
    reading("!process.env.KEY", "", "other ? «jwt.decode(token)» : null"),
    reading("!process.env.KEY", 'import "dotenv/config";'),
    reading("!process.env.KEY", 'import { configure } from "./reconfigure.js";'),
    reading("!process.env.KEY").replace("readToken", "claimsOfLogin"),
    reading("process.env.KEY === undefined"),
    reading("null == process.env.KEY"),
    reading("!process.env.KEY", "", "«jwt.decode(token)» ?? null"),
    reading("!process.env.KEY", "console.log(Boolean(process.env.KEY), process.env.PORT);"),
    held(`KEY ? jwt.verify(token, KEY, ${RULES}) : «jwt.decode(token)»`),
    held(`{ if (KEY) return jwt.verify(token, KEY, ${RULES}); return «jwt.decode(token)»; }`),
  ]
    .map((code) => marked(code, FOUND))
    .concat(
      marked(reading("!process.env.KEY", 'import { config } from "./config.js";'), FOUND, {
        filename,
      }),
    ),
});
