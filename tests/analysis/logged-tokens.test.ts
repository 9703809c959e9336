import rule from "../../src/rules/no-token-logging.ts";
import { marked } from "../kit/marked.ts";
import { testRule } from "../kit/test-rule.ts";

/** Tokens of pages, links and answers that are logged, and what writes a log. */

const token = (code: string, name = "console.log") =>
  marked(code, { messageId: "token", data: { name } });

/** A function that signs a token and writes something down. */
const SIGNS = (made: string, steps: string): string =>
  `const jwt = require("jsonwebtoken"); ${made} module.exports = (person) => { const token = jwt.sign({ sub: person.id }, process.env.KEY, { expiresIn: "10m" }); ${steps} return token; };`;

/** A page that is opened by an address. */
/** A page that is opened to confirm an address. */
const PAGE = (steps: string): string =>
  `import { confirm } from "./members.js"; export function open() { ${steps} }`;

const ASKED = "{ headers: { Authorization: `Bearer ${token}` } }";

/** A function that asks a service for somebody. */
const ASKS = (answer: string, steps: string): string =>
  `const axios = require("axios"); const profileOf = async (token) => ${answer}; module.exports = async (req, res) => { const profile = await profileOf(req.session.pass); ${steps} };`;

/** A guard that is out of sight of its library, or not. */
const GUARD = (steps: string, made = 'const jwt = require("jsonwebtoken");'): string =>
  `${made} module.exports = (req, res, next) => { const raw = req.headers.authorization.slice(7); ${steps} };`;

/** Somebody joins, and is sent a link. */
const JOINS = (
  steps: string,
  made = "const url = await mailConfirmation(person, confirmationToken);",
): string =>
  `import jwt from "jsonwebtoken"; export const join = async (person) => { const confirmationToken = jwt.sign({ sub: person.id }, process.env.KEY, { expiresIn: "1h" }); ${made} ${steps} };`;

/** A button of Google. */
const BUTTON = (steps: string, from = "react-google-login"): string =>
  `import { GoogleLogin } from "${from}"; export const Entry = ({ keep }) => { const answered = (response) => { ${steps} }; return <GoogleLogin clientId="x" onSuccess={(response) => answered(response)} onFailure={answered} />; };`;

const jsx = { languageOptions: { parserOptions: { ecmaFeatures: { jsx: true } } } };

/** A client that authenticates with what it signs. */
const CLIENT = (
  steps: string,
  sends = "{ code, client_assertion: made, client_assertion_type: TYPE }",
) =>
  `const TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"; export const redeem = async (code) => { const made = await makeIt(code); const body = ${sends}; ${steps} return post("/token", body); };`;

/** A client that exchanges what it signs. */
const GRANT = (steps: string, grant = "urn:ietf:params:oauth:grant-type:jwt-bearer"): string =>
  `export const redeem = async (made) => { ${steps} return post("/token", { grant_type: "${grant}", assertion: made }); };`;

testRule("no-token-logging: tokens", rule, {
  valid: [
    // Of which type an assertion is, a few characters, and assertions of other trades
    CLIENT(
      "console.log(TYPE, body.client_assertion_type, body.code, made.length, made.slice(0, 9));",
    ),
    CLIENT("console.log(made);", "{ code, client_assertion_type: TYPE, assertion: made }"),
    CLIENT("if (!made) console.log(made);"),
    // What is there of one, which way a client goes, and what was taken out or written over
    ...[
      "{ client_assertion: made.length }",
      "{ client_assertion: made ? 'present' : 'missing' }",
      "{ client_assertion: shorten(made) }",
      "{ client_assertion: code.keyId, TYPE }",
    ].map((shown) => CLIENT(`console.log(${shown});`)),
    CLIENT("console.log(body);", "{ client_assertion: await other(code) }"),
    CLIENT("console.log(body);", "{ client_assertion: made.length }"),
    CLIENT("delete body.client_assertion; console.log(body);"),
    CLIENT('body.client_assertion = "***"; console.log(body);'),
    CLIENT("console.log(`a=${made}`.replace(/client_assertion=[^&]+/, ''));"),
    ...[
      'body.set("client_assertion", "***"); console.log(body.toString());',
      'body.delete("client_assertion"); console.log(body.toString());',
      "console.log([...body].filter(([name]) => name !== TYPE));",
    ].map((steps) => CLIENT(steps, "new URLSearchParams({ code, client_assertion: made })")),
    ...[
      'methods.includes("private_key_jwt")',
      "Boolean(methods)",
      "methods.length",
      "!methods.secret",
    ].map(
      (given) =>
        `export const told = (methods) => { const clientAssertion = ${given}; console.log(clientAssertion); }; // token`,
    ),
    "export const told = (parsed) => { console.log(parsed.error.flatten().fields.client_assertion); }; // token",
    // An answer of failure holds no token
    ...[
      "code !== 0",
      "errno != 0",
      "errCode !== '0'",
      "ret !== 0",
      "status !== 'success'",
      "status === 'error'",
      "status === 'failed'",
    ].map(
      (test) =>
        `export const login = async (form) => { const answer = await axios.post("/login", form); if (answer.data.${test}) { console.log("x", answer.data); return; } localStorage.setItem("token", answer.data.token); };`,
    ),
    'export const login = async (form) => { const answer = await axios.post("/login", form); if (answer.data.code === 0) return answer.data.token; console.log("x", answer.data); };',
    GRANT("console.log(made);", "password"),
    "export const signIn = async (options) => { const assertion = await navigator.credentials.get(options); console.log(assertion); return post('/token', { assertion }); };",
    "export const told = (clientAssertion) => { console.log(clientAssertion.sub, clientAssertion); }; // token",
    "export const told = (assertion, clientAssertionType) => { console.log(assertion, clientAssertionType); }; // token",
    // The claims, whatever they are called
    GUARD("jwt.verify(raw, process.env.KEY, (error, token) => { console.log(token); next(); });"),
    GUARD(
      "jwt.verify(raw, process.env.KEY, { algorithms: ['HS256'] }, (error, token) => { if (error) console.log(JSON.stringify(token)); next(); });",
    ),
    GUARD(
      "jwt.verify(raw, process.env.KEY, verified);",
      'const jwt = require("jsonwebtoken"); const verified = (error, accessToken) => { console.log(accessToken); };',
    ),
    ...[
      "app.jwt.verify(raw, (error, token) => { console.log(token); next(); });",
      "verifyToken(raw, (error, token) => { console.log(token); next(); });",
      "verifyAccessToken(raw, function (error, token) { console.log(token); next(); });",
      "this.jwtService.verifyAsync(raw).then((token) => console.log(token));",
      "const token = this.jwtService.decode(raw); console.log(token);",
    ].map((steps) => GUARD(steps, 'const { login } = require("./login"); /* jwt */')),
    // Other functions, of other things
    SIGNS("const debug = makeStore().debug;", 'debug("token", token);'),
    SIGNS("const send = makeLogger().send;", 'send("token", token);'),
    SIGNS("const { send } = makeLogger();", 'send("token", token);'),
    SIGNS("const { send: debug } = makeLogger();", 'debug("token", token);'),
    SIGNS("const { debug } = store;", 'debug("token", token);'),
    SIGNS("const { inner: { debug } } = makeLogger();", 'debug("token", token);'),
    SIGNS("const debug = makeLogger().debug;", 'debug("signed", person.id);'),
    // Another parameter, another map, another trade, only whether it is there
    PAGE(
      'const theme = new URLSearchParams(location.search).get("theme"); console.log(theme); keep({ token: theme });',
    ),
    PAGE('const token = registry.get("token"); console.log(token, location.search);'),
    PAGE(
      'const token = new URLSearchParams(given).get("token"); console.log(token); open(location);',
    ),
    PAGE(
      'const token = new URLSearchParams(location.search).get("token"); console.log(token); push.subscribe(csrf);',
    ),
    PAGE('const token = new URLSearchParams(location.search).get("token"); console.log(!token);'),
    PAGE('const map = mapOf(location.host); console.log(map.get("token"));'),
    // What the service says, or what it was asked without
    ASKS(`await axios.get("/me", ${ASKED})`, "console.log(profile.data);"),
    ASKS(`await axios.get("/me", ${ASKED})`, "console.log(profile.status, profile.data.token);"),
    ASKS('await axios.get("/me", { params: { id: token } })', "console.log(profile);"),
    ASKS(`await client.get("/me", ${ASKED})`, "console.log(profile);"),
    ASKS(`(await axios.get("/me", ${ASKED})).data`, "console.log(profile);"),
    ASKS(`await axios.get("/me", ${ASKED})`, 'console.log(await axios.get("/themes"));'),
    // Asked with the token, or not a link
    JOINS(
      "console.log(url);",
      "const session = jwt.sign({ sub: person.id }, process.env.KEY); const url = await upload(person, session);",
    ),
    JOINS("console.log(url);", "const url = await mailConfirmation(person, confirmation);"),
    JOINS("console.log(sent);", "const sent = await mailConfirmation(person, confirmationToken);"),
    { code: BUTTON("keep(response.getBasicProfile().getEmail());"), ...jsx },
    { code: BUTTON("console.log(response);", "./buttons"), ...jsx },
  ],
  invalid: [
    // What a client authenticates with at a token endpoint, and what it exchanges there
    ...["made", "body", "`for ${made}`"].map((shown) => token(CLIENT(`console.log(«${shown}»);`))),
    ...[
      'new URLSearchParams(); body.append("client_assertion", made)',
      'new FormData(); body.set("client_assertion", made)',
    ].map((sends) => token(CLIENT('console.log("made", «made»);', sends))),
    token(CLIENT("console.log(«body»);", "{ client_assertion: await signIt(code) }")),
    token(CLIENT("console.log(«body»);", "{ client_assertion: await makeAssertion(code) }")),
    token(CLIENT("console.log(«body»); delete body.client_assertion;")),
    // What is filtered by something else is still there.
    ...["([name]) => name.length > 2", "Boolean", "([name]) => keeps(name)"].map((asked) =>
      token(
        CLIENT(
          `console.log(«[...body].filter(${asked})»);`,
          "new URLSearchParams({ code, client_assertion: made })",
        ),
      ),
    ),
    token(CLIENT("delete body.code; console.log(«body»);")),
    token(
      CLIENT(
        'body.other.client_assertion = ""; console.log(«body.params»);',
        "{ other: {}, params: { client_assertion: made } }",
      ),
    ),
    token(CLIENT('body.code = "***"; console.log(«body»);')),
    token(CLIENT('other.client_assertion = "***"; console.log(«body»);')),
    token(CLIENT("body.client_assertion = await makeIt(1); console.log(«body»);")),
    token(CLIENT("console.log(«`${made}`.replace(/code=[^&]+/, '')»);")),
    ...[
      'delete("client_assertion"); body.append("client_assertion", made)',
      'set("client_assertion", again)',
      'set("code", "***")',
      'delete("code")',
    ].map((step) =>
      token(
        CLIENT(
          `body.${step}; console.log("form", «body.toString()»);`,
          "new URLSearchParams({ code, client_assertion: made })",
        ),
      ),
    ),
    token(
      'export const told = (methods) => { const clientAssertion = methods.find("jwt"); console.log(«clientAssertion»); }; // token',
    ),
    // An answer that may be one of success
    ...[
      ["code === 0", "answer.data"],
      ["code !== 5", "answer.data"],
      ["status === 'success'", "answer.data"],
      ["page !== 0", "answer.data"],
    ].map(([test = "", shown = ""]) =>
      token(
        `export const login = async (form) => { const answer = await axios.post("/login", form); if (answer.data.${test}) { console.log("x", «${shown}»); return; } localStorage.setItem("token", answer.data.token); };`,
      ),
    ),
    token(GRANT("console.log(«made»);")),
    token(GRANT("console.log(«made»);", "urn:ietf:params:oauth:grant-type:saml2-bearer")),
    ...["clientAssertion", "client_assertion", "signedClientAssertion"].map((name) =>
      token(`export const told = (${name}) => { console.log(«${name}»); }; // token`),
    ),
    // What is verified, what another function is called back with, and what is given out
    ...[
      "app.jwt.verify(raw, (error, token) => { send(error, token); }); send(raw, (error, token) => console.log(«token»));",
      "authenticate(req.body, (error, token) => { console.log(«token»); next(); });",
      "verifyToken(raw, (error, done, token) => { console.log(«token»); next(); });",
      "verifyToken(req, (token) => { console.log(«token»); next(); });",
      "verifyToken((error, token) => { console.log(«token»); next(); }, raw);",
      "this.jwtService.sign(raw).then((token) => console.log(«token»));",
      "this.jwtService.verify(raw).finally((token) => console.log(«token»));",
      "this.jwtService.verify(raw).then(done, (token) => console.log(«token»));",
      "this.codes.verify(raw).then((token) => console.log(«token»));",
      "const { token } = await this.jwtService.verify(raw); console.log(«token»);",
      "const token = this.codes.verify(raw); console.log(«token»);",
    ].map((steps) =>
      token(
        GUARD(
          steps.includes("await") ? `(async () => { ${steps} })();` : steps,
          'const { login } = require("./login"); /* jwt */',
        ),
      ),
    ),
    token(
      GUARD(
        "jwt.sign({ sub: raw }, process.env.KEY, (error, token) => { console.log(«token»); next(); });",
      ),
    ),
    token(SIGNS("const debug = makeLogger().debug;", 'debug("token", «token»);'), "debug"),
    token(SIGNS("const debug = logger.debug;", 'debug("token", «token»);'), "debug"),
    token(SIGNS('const { debug } = getLogger("x");', 'debug("token", «token»);'), "debug"),
    token(SIGNS("const { debug: note } = appLogger;", 'note("token", «token»);'), "note"),
    ...[
      'console.log(«new URLSearchParams(location.search).get("token")»);',
      'const token = new URLSearchParams(window.location.search).get("token"); console.log(«token»);',
      'const params = new URLSearchParams(location.search); const read = () => params.get("token"); console.log(«read()»);',
      'const url = new URL(location.href); console.log(«url.searchParams.get("token")»);',
      'const [params] = useSearchParams(); console.log("t", «params.get("token")»);',
    ].map((steps) => token(PAGE(steps))),
    token(ASKS(`await axios.get("/me", ${ASKED})`, 'console.log("him", «profile»);')),
    token(ASKS(`await axios.post("/me", {}, ${ASKED})`, "console.log(«profile»);")),
    token(
      ASKS(
        `await axios({ url: "/me", headers: { Authorization: token } })`,
        "console.log(«profile»);",
      ),
    ),
    token(ASKS(`await axios.get("/me", ${ASKED})`, "console.log(«profile.config.headers»);")),
    token(JOINS('console.log("==>", «url»);')),
    token(JOINS("console.log(«resetLink»);", "const resetLink = linkOf(confirmationToken);")),
    { ...token(BUTTON("console.log(«response»); keep(response.googleId);")), ...jsx },
  ],
});
