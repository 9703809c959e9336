import rule from "../../src/rules/no-unchecked-verification.ts";
import { marked } from "../kit/marked.ts";
import { testRule } from "../kit/test-rule.ts";

/** A handler that learns who asks where a token is good, and goes on as for a stranger where it is not. */
const handler = (
  behind: string,
  {
    declared = "let reader = null;",
    attempt = "reader = jwt.verify(token, process.env.JWT_KEY, options).sub;",
    handled = "console.warn('bad token');",
    found = "const note = await notes.findById(req.params.id);",
    beside = "",
  } = {},
): string =>
  `import jwt from "jsonwebtoken"; router.get("/notes/:id", ${beside}async (req, res) => { const token = req.cookies.jwt; ${declared} if (token) { try { ${attempt} } catch { ${handled} } } ${found} ${behind} });`;

const REFUSES = "if («reader» && note.owner !== reader) return res.sendStatus(403);";
const refuses = REFUSES.replaceAll(/[«»]/gu, "");
const FOUND = { messageId: "checkedIfKnown", data: { name: "jwt.verify" } };

testRule("no-unchecked-verification: whose a record is, asked of those who are known", rule, {
  valid: [
    // Who is not known is refused as well, before or behind, or in the same breath.
    handler(`if (!reader) return res.sendStatus(401); ${refuses} res.json(note);`),
    handler(`${refuses} if (!reader && note.owner) return res.sendStatus(401); res.json(note);`),
    handler("if (!reader || note.owner !== reader) return res.sendStatus(403); res.json(note);"),
    handler("if (note.owner !== reader) return res.sendStatus(403); res.json(note);"),
    handler(
      "if (reader && note.owner !== reader) return res.sendStatus(403); else if (note.owner) return res.sendStatus(401); res.json(note);",
    ),
    handler(
      "if (reader) { if (note.owner !== reader) return res.sendStatus(403); } else return res.sendStatus(401); res.json(note);",
    ),
    handler(
      "if ((reader && note.owner !== reader) || (!reader && note.owner)) return res.sendStatus(403); res.json(note);",
    ),
    handler(refuses + " res.json(note);", { beside: "requireUser, " }),
    handler(`${refuses} res.json(note);`)
      .replace("async (req", "requireUser, caught(async (req")
      .replace(/\);$/u, "));"),
    handler(refuses + " res.json(note);", { handled: "return res.sendStatus(401);" }),
    handler(refuses + " res.json(note);", { handled: "failed = true;" }),
    // He sees something else.
    handler(`${refuses} res.json(reader ? note : summaryOf(note));`),
    handler(`${refuses} res.json(viewOf(note, reader));`),
    handler(refuses + " res.json(note);", {
      found: "const note = await notes.findFor(req.params.id, reader);",
    }),
    handler(`${refuses} res.json({ ...note, more: !reader && note.more });`),
    handler(`${refuses} res.json(viewOf({ note, own: note.owner === reader }, reader));`),
    handler(`${refuses} const seen = filter({ own: note.owner === reader }); res.json(note);`),
    handler(`${refuses} res.json({ count: 1 });`),
    handler(
      "if (reader && note.owner !== reader) return res.status(403).json({ id: note.id }); res.json({ count: 1 });",
    ),
    // It is for everybody, or for whoever was sent the address.
    handler(
      "if (reader && !note.isPublic && note.owner !== reader) return res.sendStatus(403); res.json(note);",
    ),
    handler(refuses + " res.json(note);", {
      found: "const note = await notes.findOne({ state: 'published', id: req.params.id });",
    }),
    handler(refuses + " res.json(note);", {
      found: "const note = await notes.findOne({ secret: req.params.secret });",
    }),
    // What is compared is no record, or nobody is refused for it.
    handler("if (reader && reader !== req.params.id) return res.sendStatus(403); res.json(note);"),
    handler("if (reader && note.owner === reader) return res.sendStatus(403); res.json(note);"),
    handler("if (reader && note.owner !== reader) note.views += 1; res.json(note);"),
    handler("if (reader && note.owner !== reader) return res.sendStatus(304); res.json(note);"),
    handler("if (reader && note.owner !== reader) console.warn('denied'); res.json(note);"),
    handler("if (reader && note.owner < reader) return res.sendStatus(403); res.json(note);"),
    handler("if (reader && reader.isBanned) return res.sendStatus(403); res.json(note);"),
    // Something else may have said who he is.
    handler(refuses + " res.json(note);", {
      attempt: "reader = req.query.reader; jwt.verify(token, process.env.JWT_KEY, options);",
    }),
    handler(refuses + " res.json(note);", { declared: "let reader = req.session.user;" }),
    handler(`reader ??= req.session.user; ${refuses} res.json(note);`),
  ],
  invalid: [
    marked(handler(`${REFUSES} res.json(note);`), FOUND),
    marked(
      handler(`${REFUSES} res.json(note);`)
        .replace("async (req", "caught(async (req")
        .replace(/\);$/u, "));"),
      FOUND,
    ),
    marked(handler(`${REFUSES} console.log(reader); return res.json({ note });`), FOUND),
    marked(
      handler(`${REFUSES} res.json({ ...note, own: !reader || note.owner === reader });`),
      FOUND,
    ),
    marked(handler(`${REFUSES} await notes.deleteOne({ id: note.id });`), FOUND),
    marked(handler(`${REFUSES} res.json(note);`, { handled: "" }), FOUND),
    marked(
      handler(
        "if (note.owner && «reader !== null» && note.owner !== reader) throw new Error('no'); res.json(note);",
        {
          attempt:
            "const claims = jwt.verify(token, process.env.JWT_KEY, options); reader = claims.sub;",
        },
      ),
      FOUND,
    ),
    marked(
      handler(
        "if («reader») { if (!note.owner.equals(reader.id)) { return res.status(403).json({}); } } res.json(note);",
        {
          declared: "let reader;",
          attempt:
            "const { sub } = jwt.verify(token, process.env.JWT_KEY, options); reader = await users.findById(sub);",
        },
      ),
      FOUND,
    ),
  ],
});
