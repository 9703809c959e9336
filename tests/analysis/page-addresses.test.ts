import rule from "../../src/rules/no-token-in-url.ts";
import { marked } from "../kit/marked.ts";
import { testRule } from "../kit/test-rule.ts";

/** Tokens that a page takes from its own address, and those that a server puts into one. */

const byPage = (code: string) => marked(code, { messageId: "readByPage" });

/** A page that takes its query string apart by hand. */
const SPLIT = (steps: string, text = "window.location.search.slice(1)"): string =>
  `const given = {}; ${text}.split("&").forEach((item) => { const pair = item.split("="); given[pair[0]] = pair[1]; }); ${steps}`;

const OBJECT = (steps: string, text = "new URLSearchParams(window.location.search)"): string =>
  `const given = Object.fromEntries(${text}); ${steps}`;

/** A handler that sends somebody on. */
const SENDS = (made: string, address: string): string =>
  `export class Login { async done(request, response) { const token = ${made}; response.redirect(301, ${address}); } } // jwt`;

testRule("no-token-in-url: page addresses", rule, {
  valid: [
    SPLIT("keep(given.theme);"),
    SPLIT("if (given.access_token) start();"),
    SPLIT("keep(given.access_token); open(location.search);", "text"),
    SPLIT("keep(given.access_token, '&');").replace('split("&")', 'split(",")'),
    SPLIT("keep(other.access_token);"),
    "const given = {}; given.access_token = form.value; keep(given.access_token); open(location.search.split('&'));",
    "const given = {}; const other = {}; location.search.split('&').forEach((item) => { other[item] = 1; }); keep(given.access_token);",
    'var text = text.split("&"); const given = {}; given[name] = 1; keep(given.access_token, location.search);',
    OBJECT("keep(given.theme);"),
    OBJECT("keep(given.access_token);", "new URLSearchParams(window.location.hash.slice(1))"),
    OBJECT("keep(given.access_token);", "new FormData(form)"),
    OBJECT("keep(given.access_token);").replace("Object.fromEntries", "pick"),
    SENDS("await this.logins.prepareName(request.user)", "`${this.host}?token=${token}`"),
    SENDS("await this.logins.prepareToken(request.user)", "`${this.host}`"),
  ],
  invalid: [
    byPage(SPLIT("keep(«given.access_token»);")),
    byPage(SPLIT("keep(«given.access_token»);", "location.search.substring(1)")),
    byPage(
      `const text = location.search.slice(1); ${SPLIT("keep(«given.access_token»);", "text")}`,
    ),
    byPage(OBJECT("keep(«given.access_token»);")),
    marked(
      SENDS("await this.logins.prepareToken(request.user)", "«`${this.host}?token=${token}`»"),
      {
        messageId: "written",
      },
    ),
  ],
});
