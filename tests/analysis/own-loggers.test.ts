import path from "node:path";
import rule from "../../src/rules/no-token-logging.ts";
import { marked } from "../kit/marked.ts";
import { testRule } from "../kit/test-rule.ts";

/** Functions of the program's own that write what they are given to a log. */

const filename = path.join(import.meta.dirname, "../fixtures/loggers/main.js");

const IMPORTS =
  'import { masked, withoutToken, overwritten, spread, keysOf, copied, hidden, line, leveled, note, trace, ifTold, ifThere, shorten, count, joined, toLogger, named, keep, Reporter, out } from "./output.js"; const reporter = new Reporter();';

const login = (step: string, imports = IMPORTS): string =>
  `${imports} export async function login(form) { const { accessToken } = await api.post("/oauth/token", form); ${step} return accessToken; }`;

const found = (step: string, name: string, imports?: string) =>
  marked(login(step, imports), { messageId: "token", data: { name } }, { filename });

testRule("no-token-logging: loggers of the program", rule, {
  valid: [
    ...[
      "keep(accessToken);",
      "out.keep(accessToken);",
      "reporter.keep(accessToken);",
      "note(form.name, {});",
      // Another argument, another part, or only under a setting
      "trace('signed in'); note('signed in');",
      "ifTold(accessToken);",
      "shorten(accessToken);",
      "count(accessToken);",
      "named({ accessToken });",
      // Changed, or without it
      "masked(accessToken);",
      "withoutToken({ accessToken });",
      "overwritten({ accessToken });",
      "keysOf({ accessToken });",
      "copied({ accessToken });",
      "hidden(accessToken);",
      // An object in a text, and one that a logger may leave fields out of
      "joined('in', { accessToken });",
      "toLogger({ accessToken });",
    ].map((step) => ({ code: login(step), filename })),
    // Functions that nobody can see into
    login('save("in", accessToken);', 'import { save } from "./logger";'),
    login("openDialog(accessToken);", 'import { openDialog } from "./debug";'),
    login("write_log(accessToken);", 'import { write_log } from "./journal";'),
    login("getLogger(accessToken);", 'import { getLogger } from "./logger";'),
    login("this.logger = accessToken;", ""),
  ],
  invalid: [
    found('note("in", «{ accessToken }»);', "note"),
    found("note(«accessToken»);", "note"),
    found('trace("in", «accessToken»);', "trace"),
    found("ifThere(«accessToken»);", "ifThere"),
    found('joined("in", «accessToken»);', "joined"),
    found("spread(«{ accessToken }»);", "spread"),
    found("line(«accessToken»);", "line"),
    found('leveled("info", «accessToken»);', "leveled"),
    found("console[form.level](«accessToken»);", "The logger"),
    found("toLogger(«accessToken»);", "toLogger"),
    found("named(«{ user: accessToken }»);", "named"),
    found("reporter.info(«accessToken»);", "reporter.info"),
    found("out.line(«`in: ${accessToken}`»);", "out.line"),
    // By their names and those of their modules
    found("auth_log(«accessToken»);", "auth_log", 'import { auth_log } from "../utils/debug.js";'),
    found("httpLog(«accessToken»);", "httpLog", 'import { httpLog } from "./logging/http";'),
    found("logError(«accessToken»);", "logError", 'import { logError } from "@acme/logger";'),
    // A logger that is a function
    marked(
      'export class Gate { constructor(logger) { this.logger = logger; } log(entry) { this.logger("gate", entry); } async enter(form) { const { accessToken } = await api.post("/oauth/token", form); this.log(«{ accessToken }»); } }',
      { messageId: "token", data: { name: "this.logger" } },
    ),
    found('logger("in", «{ accessToken }»);', "logger", 'import logger from "@acme/app";'),
  ],
});
