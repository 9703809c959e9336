import rule from "../../src/rules/no-unchecked-verification.ts";
import { marked } from "../kit/marked.ts";
import { testRule } from "../kit/test-rule.ts";

/** Functions that verify and answer, called as statements of their own, each next to a caller that is stopped. */

const JWT = 'import jwt from "jsonwebtoken";';
const OPTIONS = '{ algorithms: ["HS256"] }';

const CAUGHT = `function checkToken(req, res) { try { req.user = jwt.verify(req.headers.authorization, key, ${OPTIONS}); } catch (error) { res.status(401).send("no"); } }`;
const THROWN = CAUGHT.replace('send("no");', 'send("no"); throw error;');
const CALLED = `const checkToken = (req, res) => { jwt.verify(req.headers.authorization, key, ${OPTIONS}, (error, claims) => { if (error) return res.status(401).end(); req.user = claims; }); };`;
const CHOSEN = `const checkToken = (req, res) => { jwt.verify(req.headers.authorization, key, ${OPTIONS}, (error) => { error ? res.status(401).end() : ""; }); };`;

const route = (helper: string, body: string): string =>
  `${JWT}\n${helper}\napp.delete("/orders/:id", async (req, res) => { ${body} });`;

const DELETES = "await Order.deleteOne({ _id: req.params.id });";

testRule("no-unchecked-verification: functions that answer for their callers", rule, {
  valid: [
    route(THROWN, `checkToken(req, res); ${DELETES}`),
    route(CAUGHT, `checkToken(req, res); if (!req.user) return; ${DELETES}`),
    route(CAUGHT, `checkToken(req, res); if (res.headersSent) return; ${DELETES}`),
    route(CAUGHT, `checkToken(req, res);`),
    route(CAUGHT, `checkToken(req, res); res.send(await Order.find());`),
    route(CALLED, `checkToken(req, res); if (res.headersSent) return; ${DELETES}`),
    route(
      CALLED.replace("return res.status(401).end();", "throw error;"),
      `checkToken(req, res); ${DELETES}`,
    ),
    // What is thrown stops the caller, also by a function that says so, or may be one that does.
    ...['ctx.throw(401, "no");', 'redirect("/login");', 'res.status(401); fail("no");'].map(
      (stops) =>
        route(
          CAUGHT.replace('res.status(401).send("no");', stops),
          `checkToken(req, res); ${DELETES}`,
        ),
    ),
    route(
      CALLED.replace("return res.status(401).end();", "return ctx.throw(401);"),
      `checkToken(req, res); ${DELETES}`,
    ),
    // Who has none goes on as nobody.
    route(
      CALLED.replace("return res.status(401).end();", "return;"),
      `checkToken(req, res); ${DELETES}`,
    ),
    // What it gives is looked at.
    route(
      CAUGHT.replace("; } catch", "; return true; } catch"),
      `if (!checkToken(req, res)) return; ${DELETES}`,
    ),
    // As a middleware it ends the request.
    `${JWT}\n${CAUGHT.replace("(req, res)", "(req, res, next)").replace("; } catch", "; next(); } catch")}\napp.delete("/orders/:id", checkToken, async (req, res) => { ${DELETES} });`,
  ],
  invalid: [
    ...[CAUGHT, CALLED, CHOSEN].flatMap((helper) =>
      [
        "checkToken(req, res); await «Order.deleteOne({ _id: req.params.id })»;",
        "await checkToken(req, res); const made = await «Order.create(req.body)»; res.send(made);",
      ].map((body) =>
        marked(route(helper, body), {
          messageId: "answerFallsThrough",
          data: { name: "jwt.verify" },
        }),
      ),
    ),
    marked(
      route(
        CAUGHT.replace("res.status(401)", "console.warn(error); res.status(401)"),
        "checkToken(req, res); await «Order.deleteOne({ _id: req.params.id })»;",
      ),
      { messageId: "answerFallsThrough", data: { name: "jwt.verify" } },
    ),
    marked(`${JWT}\n${CAUGHT}\napp.use((req, res, next) => { checkToken(req, res); «next()»; });`, {
      messageId: "answerFallsThrough",
      data: { name: "jwt.verify" },
    }),
  ],
});
