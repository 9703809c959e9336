import rule from "../../src/rules/no-unverified-claims.ts";
import { marked } from "../kit/marked.ts";
import { testRule } from "../kit/test-rule.ts";
import type { InvalidCase } from "../kit/test-rule.ts";

/** Handlers that stand in an object which describes their route, and requests of hapi, which have a payload. */

const JWT = 'const jwt = require("jsonwebtoken");';
const FINDS = "const user = await User.findOne({ email: «request.payload.email» });";
const GIVES = "return { token: jwt.sign({ id: user.id }, key) };";

const hapi = (options: string, body: string, parameters = "request, h", path = "/login"): string =>
  `${JWT} server.route({ method: "POST", path: "${path}", options: { ${options} handler: async (${parameters}) => { ${body} } } });`;

const plain = (code: string): string => code.replaceAll(/[«»]/gu, "");

const given = (code: string): InvalidCase =>
  marked(code, { messageId: "askedIdentity", data: { name: "jwt.sign" } });

const shown = (code: string): InvalidCase =>
  marked(code, { messageId: "shownLink", data: { name: "jwt.sign" } });

testRule("no-unverified-claims", rule, {
  valid: [
    // Something asks before: what is named, what nobody sees, what runs for all of them
    ...[
      'auth: "jwt",',
      "auth: mode,",
      "auth: false, pre: [checkPassword],",
      "auth: false, ext: { onPreHandler: { method: checkPassword } },",
      "auth: false, plugins: { policies: ['isLoggedIn'] },",
      "...common,",
    ].map((options) => hapi(options, plain(`${FINDS} ${GIVES}`))),
    `server.ext("onPreAuth", authorize); ${hapi("auth: false,", plain(`${FINDS} ${GIVES}`))}`,
    // … also where the handler has a name
    `${JWT} const login = async (request, h) => { ${plain(FINDS)} ${GIVES} }; module.exports = [{ method: "POST", path: "/login", options: { auth: "basic", handler: login } }];`,
    // The path says nothing of signing in, and what holds for all routes may ask.
    `${JWT} server.route({ method: "POST", path: "/forgot-password", handler: (request, reply) => { User.findOne({ email: request.payload.email }, (error, user) => { reply({ token: jwt.sign({ id: user.id }, key) }); }); } });`,
    // A password is compared, a code is among the conditions.
    hapi(
      "auth: false,",
      plain(
        `${FINDS} if (!(await bcrypt.compare(request.payload.password, user.password))) throw Boom.unauthorized(); ${GIVES}`,
      ),
    ),
    hapi(
      "auth: false,",
      `const user = await User.findOne({ email: request.payload.email, code: request.payload.code }); ${GIVES}`,
    ),
    // Of other frameworks a middleware has put it there.
    ...["request, response", "request, reply"].map((parameters) =>
      hapi("auth: false,", plain(`${FINDS} ${GIVES}`), parameters),
    ),
    `message.reply("done"); ${hapi("auth: false,", plain(`${FINDS} ${GIVES}`), "request, reply")}`,
    `${JWT} app.post("/login/renew", check, (req, res) => { res.json({ token: jwt.sign({ id: req.payload.id }, key) }); });`,
    // Fastify's hooks of one route
    `${JWT} app.route({ method: "POST", url: "/login", preHandler: check, handler: async (request, reply) => { const user = await User.findOne({ email: request.body.email }); ${GIVES} } });`,
  ],
  invalid: [
    ...[
      "auth: false,",
      "",
      "auth: false, description: 'Signs in', tags: ['api'], validate: { payload: schema },",
    ].map((options) => given(hapi(options, `${FINDS} ${GIVES}`))),
    given(hapi("auth: false,", `${FINDS} if (!user) throw Boom.notFound("none"); ${GIVES}`)),
    given(
      hapi(
        "auth: false,",
        `const { email } = request.payload; const user = await User.findOne({ email: «email» }); ${GIVES}`,
      ),
    ),
    given(
      `${JWT} const login = async (request, h) => { ${FINDS} ${GIVES} }; module.exports = [{ method: "POST", path: "/login", options: { auth: false, handler: login } }];`,
    ),
    // The first hapi
    given(
      `${JWT} server.route({ method: "POST", path: "/login", config: { auth: false, handler: (request, reply) => { User.findOne({ email: «request.payload.email» }, (error, user) => { reply({ token: jwt.sign({ id: user.id }, key) }); }); } } });`,
    ),
    shown(
      `${JWT} const makeToken = (user, done) => { done(jwt.sign({ id: user.id }, key)); };\nserver.route({ method: "POST", path: "/forgot-password", config: { auth: false, handler: (request, reply) => { User.findByEmail(«request.payload.email», (error, user) => { if (error) return reply(error); makeToken(user, (token) => { const uri = "/in?token=" + token; reply({ uri }); }); }); } } });`,
    ),
    // Fastify
    given(
      `${JWT} app.route({ method: "POST", url: "/login", schema, handler: async (request, reply) => { const user = await User.findOne({ email: «request.body.email» }); ${GIVES} } });`,
    ),
  ],
});
