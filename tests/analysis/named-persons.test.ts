import path from "node:path";
import rule from "../../src/rules/no-unverified-claims.ts";
import { marked } from "../kit/marked.ts";
import { testRule } from "../kit/test-rule.ts";
import type { InvalidCase } from "../kit/test-rule.ts";

/** Ways on which what the request says comes to name somebody, each next to its nearest safe twin. */

const JWT = 'import jwt from "jsonwebtoken";';

const login = (body: string, before = ""): string =>
  `${JWT} ${before}\napp.post("/login", async (req, res) => { ${body} });`;

const gives = (claims: string): string =>
  `res.json({ token: jwt.sign(${claims}, key, { expiresIn: "1h" }) });`;

const plain = (code: string): string => code.replaceAll(/[«»]/gu, "");

const given = (code: string, more: Partial<InvalidCase> = {}): InvalidCase =>
  marked(code, { messageId: "askedIdentity", data: { name: "jwt.sign" } }, more);

const COPY = "const copyOf = (body) => ({ ...body, age: Number(body.age) });";
const FOUND = "const user = await User.findOne({ email: «req.body.email» });";

testRule("no-unverified-claims: what names somebody", rule, {
  valid: [
    login(`const asked = copyOf(settings); ${gives("{ name: asked.name }")}`, COPY),
    login(
      `const asked = copyOf(req.body); ${gives("{ name: asked.name }")}`,
      "const copyOf = (body) => ({ ...body, name: read(body.ticket) });",
    ),
    login(`const asked = copyOf(req.body); ${gives("{ age: asked.age }")}`, COPY),
    login(`const who = req.body.kind === "a" ? owner : guest; ${gives("{ sub: who }")}`),
    login("const who = `${req.body.team}-${member.id}`; " + gives("{ sub: who }")),
    login(gives("{ context: { room: req.body.room } }")),
    login(gives("{ context: { user: { email: account.email } } }")),
    login(gives("{ nested: { user: { email: req.body.email } } }")),
    login(`${plain(FOUND)} const kept = await user.sign(); ${gives("{ id: kept.id }")}`),
    // The password is asked for, whether one is sent or not.
    login(
      `const { password } = req.body; ${plain(FOUND)} if (!password) return res.sendStatus(400); if (password && user.password !== password) return res.sendStatus(401); ${gives("{ id: user.id }")}`,
    ),
    login(
      `const { password } = req.body; ${plain(FOUND)} if (password === undefined) return res.sendStatus(400); if (password && user.password !== password) return res.sendStatus(401); ${gives("{ id: user.id }")}`,
    ),
    login(
      `const { password } = req.body; ${plain(FOUND)} if (password.length < 8) return res.sendStatus(400); if (password && user.password !== password) return res.sendStatus(401); ${gives("{ id: user.id }")}`,
    ),
    // Who comes back from a provider is known by what it says.
    `${JWT} export const googleCallback = async (req, res) => { const user = await User.findOne({ email: req.user.email }); ${gives("{ id: user.id }")} };`,
    `${JWT} export const google = async (req, res) => { const user = await User.findOne({ email: (await exchange(req.body.code)).email }); ${gives("{ id: user.id }")} };`,
  ],
  invalid: [
    given(login(`const asked = copyOf(req.body); ${gives("{ name: «asked.name» }")}`, COPY)),
    given(login(`const { name } = copyOf(req.body); ${gives("{ name: «name» }")}`, COPY)),
    given(
      login(
        `const { id } = taken(req.body); ${gives("{ sub: «id» }")}`,
        "function taken(body) { return { id: body.userId }; }",
      ),
    ),
    given(login(gives("{ sub: «req.body.user || 'x'» }"))),
    given(login(gives("«req.body.user ?? ''»"))),
    given(
      login(
        "const who = req.body.kind === 'a' ? `a-${«req.body.id»}` : crypto.randomUUID(); " +
          gives("{ sub: who }"),
      ),
    ),
    given(login("const who = 'team-' + «req.body.team»; " + gives("{ sub: who }"))),
    given(login(gives("{ context: { user: { email: «req.body.email» } } }"))),
    given(login(gives("{ user_identity: «req.body.identity», role_type: 1 }"))),
    given(login(gives("{ app: 1, role_type: «req.body.role» }"))),
    given(login(`${FOUND} const kept = await user.save(); ${gives("{ id: kept.id }")}`)),
    given(
      login(
        `const { password } = req.body; ${FOUND} if (password && user.password !== password) return res.sendStatus(401); ${gives("{ id: user.id }")}`,
      ),
    ),
    given(
      login(
        `const { account } = req.body; const user = await accounts.findUser(«account»); ${gives("{ id: user.id }")}`,
      ),
    ),
    ...["googleCallback", "oauthSuccess", "facebook_user"].map((name) =>
      given(
        `${JWT} export const ${name} = async (req, res) => { ${FOUND} ${gives("{ id: user.id }")} };`,
      ),
    ),
  ],
});

const ENDPOINT = `async (req, res) => { const { userId } = req.body; ${gives("{ sub: «userId» }")} }`;
const at = (place: string): { filename: string } => ({
  filename: path.join(import.meta.dirname, "../fixtures", place),
});

testRule("no-unverified-claims: files that are endpoints", rule, {
  valid: [
    ...[
      "server/api/src/ticket.js",
      "api/controllers/ticket.js",
      "lib/ticket.js",
      "rapi/ticket.js",
    ].map((place) => ({ code: plain(`${JWT} export default ${ENDPOINT};`), ...at(place) })),
    { code: plain(`${JWT} export const give = ${ENDPOINT};`), ...at("api/ticket.js") },
    { code: plain(`${JWT} const give = ${ENDPOINT};`), ...at("api/ticket.js") },
    {
      code: plain(`${JWT} export default ${ENDPOINT.replace("(req, res)", "(req, res, next)")};`),
      ...at("api/ticket.js"),
    },
    // Another function may ask before.
    { code: plain(`${JWT} export default guarded(${ENDPOINT});`), ...at("api/ticket.js") },
    plain(`${JWT} const handler = ${ENDPOINT}; export default guarded(handler);`),
  ],
  invalid: [
    ...["pages/api/in/ticket.js", "api/ticket.js", "api/in/ticket.js"].map((place) =>
      given(`${JWT} export default ${ENDPOINT};`, at(place)),
    ),
    given(`${JWT} module.exports = ${ENDPOINT};`, at("api/ticket.js")),
    given(`${JWT} const give = ${ENDPOINT}; export default give;`, at("api/ticket.js")),
    given(`${JWT} const handler = ${ENDPOINT}; export default handler;`, at("lib/ticket.js")),
  ],
});
