import rule from "../../src/rules/no-token-in-url.ts";
import { marked } from "../kit/marked.ts";
import { testRule } from "../kit/test-rule.ts";
import type { InvalidCase } from "../kit/test-rule.ts";

/** Links of mails whose host the request says, each next to its twin that only this program chooses. */

const SENDS = "await mail.send(req.body.email, `Open ${link}`);";

/** A handler that mails a link to whom the request names. */
const mails = (link: string, before = "", sends = SENDS): string =>
  `// token
app.post("/forgot", async (req, res) => { const token = await codes.makeFor(req.body.email); ${before} const link = ${link}; ${sends} res.end(); });`;

const asked = (code: string, said: string, extras = {}): InvalidCase =>
  marked(code, { messageId: "askedHost", data: { said } }, extras);

const ORIGIN = "`${req.headers.origin}/reset?token=${token}`";

testRule("no-token-in-url: hosts of mailed links", rule, {
  valid: [
    ...[
      "`${process.env.APP_URL}/reset?token=${token}`",
      "`${process.env.APP_URL || req.headers.origin}/reset?token=${token}`",
      "`https://app.example.com/reset?token=${token}&from=${req.headers.origin}`",
      "`https://app.example.com/${req.headers.host}/reset?token=${token}`",
      "`https://${req.body.team}.example.com/reset?token=${token}`",
      "`https://app.${req.headers.host}/reset?token=${token}`",
      "`https://${req.headers.host}.example.com/reset?token=${token}`",
      "`${req.headers.origin}/welcome`",
      "`${req.headers.origin}/welcome?name=${name}`",
      "`${req.headers.origin}/welcome ${token}`",
      "`${req.headers.origin}-token=${token}`",
      "`${req.headers.origin && SITE}/reset?token=${token}`",
      "`${req.headers.accept}/reset?token=${token}`",
      "`${req.body.team}/reset?token=${token}`",
      "`${await hostOf(req.headers.origin)}/reset?token=${token}`",
      "`${req.headers.get('host')}/reset?token=${token}`",
      "`${cache.get('origin')}/reset?token=${token}`",
      "`${SITE}://${SITE}/reset?token=${token}`",
      "`${req.get('x-url')}/reset?token=${token}`",
    ].map((link) => mails(link)),
    // Something looks at the host.
    ...[
      "if (!HOSTS.includes(req.headers.origin)) return res.sendStatus(400);",
      "if (req.headers.origin !== SITE) return res.sendStatus(400);",
      "if (!(req.headers.origin in SITES)) return res.sendStatus(400);",
      "if (!SITES[req.headers.origin]) return res.sendStatus(400);",
      "if (!req.headers.origin.endsWith('.example.com')) return res.sendStatus(400);",
      "check(new URL(req.headers.origin).host);",
      "switch (req.headers.origin) { case SITE: break; default: return res.sendStatus(400); }",
    ].map((before) => mails(ORIGIN, before)),
    mails(
      "`${origin}/reset?token=${token}`",
      "const { origin } = req.headers; if (origin !== SITE) return res.sendStatus(400);",
    ),
    mails("`${origin}/reset?token=${token}`", "const origin = `https://app.${req.headers.host}`;"),
    mails(
      "`${origin}/reset?token=${token}`",
      "let origin = req.headers.origin; if (isOdd) origin = SITE;",
    ),
    `const allowedOrigins = [SITE]; app.use(cors({ origin: allowedOrigins }));\n${mails(ORIGIN)}`,
    // Whoever asks is signed in, or may be
    mails(ORIGIN, "const { id } = req.user; audit.note(id);"),
    mails(ORIGIN, "if (!(await getSession(req))) return res.sendStatus(401);"),
    mails("`${req.headers.origin}/join?token=${token}`").replace(
      '"/forgot", ',
      '"/join", requireAuth, ',
    ),
    // The same person is answered.
    mails(ORIGIN, "", "res.json({ link });"),
    mails(ORIGIN, "", "res.redirect(link);"),
    mails(
      "`https://id.example.net/authorize?redirect_uri=${req.headers.origin}/back&state=${token}`",
    ),
    ...[
      "send({ to: '/next', link });",
      "send({ to: '/next', body: link });",
      "send({ to: '/next', from: '/here', link });",
      "send({ from: '/here', body: link });",
      "show({ subject: 'Hi', link });",
    ].map((sends) => mails(ORIGIN, "", sends)),
    // A schema, or a handler before this one, may have looked at the field.
    mails("`${req.body.clientUrl}/reset?token=${token}`").replace(
      '"/forgot", ',
      '"/forgot", validated(forgot), ',
    ),
    "// token\nexport const forgot = async (req, res) => { const token = await codes.makeFor(req.body.email); await mail.send(req.body.email, `${req.body.clientUrl}/reset?token=${token}`); res.end(); };",
    "// token\nexport const forgot = async (email, origin) => { const token = await codes.makeFor(email); await mail.send(email, `${origin}/reset?token=${token}`); };",
  ],
  invalid: [
    ...[
      ["`${«req.headers.origin»}/reset?token=${token}`", "the header origin"],
      ["`${«req.get('Origin')»}/reset/${token}`", "the header origin"],
      [
        "`${«req.header('x-forwarded-host')»}/in?to=1#token=${token}`",
        "the header x-forwarded-host",
      ],
      ["`https://${«req.headers.host»}/reset?id=${id}&token=${token}`", "the header host"],
      ["`${req.protocol}://${«req.get('host')»}/reset/${id}/${token}`", "the header host"],
      [
        "`${req.protocol}://${«req.hostname»}/reset/${encodeURIComponent(token)}`",
        "the header host",
      ],
      ["'Open http://' + «req.headers.host» + '/reset/' + token + ' now'", "the header host"],
      ['`<a href="${«req.headers.referer»}?token=${token}">open</a>`', "the header referer"],
      ["`${«req.headers.origin ?? SITE»}/reset?token=${token}`", "the header origin"],
      ["`${«req.headers.get('origin')»}/reset?token=${token}`", "the header origin"],
      ["`${«req.body.clientUrl»}?token=${token}`", "the field clientUrl"],
      ["`${«req.query.domain»}/reset?token=${signed(id)}`", "the field domain"],
    ].map(([link = "", said = ""]) => asked(mails(link), said)),
    ...[
      "const { origin } = req.headers;",
      "const origin = req.headers.origin || SITE;",
      "const origin = `${req.protocol}://${req.get('origin')}`;",
      "const origin = req.headers.origin; console.log(origin);",
    ].map((before) =>
      asked(mails("`${«origin»}/reset?token=${token}`", before), "the header origin"),
    ),
    ...[
      "let text = ''; text = `Open ${link}`; await mail.send(req.body.email, text);",
      "const letter = { to: req.body.email, subject: 'Hi', html: link }; await fetch(LETTERS, { body: JSON.stringify(letter) });",
      "await texts.create({ to: req.body.phone, from: OURS, body: link }); /* mail */",
    ].map((sends) =>
      asked(
        mails(ORIGIN.replace("req.headers.origin", "«req.headers.origin»"), "", sends),
        "the header origin",
      ),
    ),
    asked(
      `app.use(passport.initialize());\n${mails(ORIGIN.replace("req.headers.origin", "«req.headers.origin»"))}`,
      "the header origin",
    ),
    asked(
      "// token\nexport const forgot = async (req, res) => { const token = await codes.makeFor(req.body.email); await mail.send(req.body.email, `${«req.headers.origin»}/reset?token=${token}`); res.end(); };",
      "the header origin",
    ),
    asked(
      "// token\nrouter.post('/login', async (c) => { const { email } = await c.req.json(); await mail.send(email, `${«c.req.header('origin')»}?token=${await codes.makeFor(email)}`); return c.json({}); });",
      "the header origin",
    ),
  ],
});
