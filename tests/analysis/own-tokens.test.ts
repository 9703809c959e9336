import rule from "../../src/rules/no-unverified-claims.ts";
import { marked } from "../kit/marked.ts";
import { testRule } from "../kit/test-rule.ts";

/** Tokens that nobody but the program or the provider itself can have written, each next to one that comes from elsewhere. */

const DATA = {
  messageId: "data",
  data: { name: "jwtDecode", line: "1", what: "the claim email" },
};

const DECISION = {
  messageId: "decision",
  data: { name: "jwtDecode", line: "1", what: "the claim email" },
};

const MARKED = "«jwtDecode(token)»";

/** A handler that finds somebody by the claims of an ID token. */
const entering = (taken: string, decoded = "jwtDecode(token)"): string =>
  `import { OAuth2Client } from "google-auth-library"; import jwtDecode from "jwt-decode"; export const enter = async (req, res) => { const client = new OAuth2Client(process.env.ID, process.env.SECRET); ${taken} const claims = ${decoded}; res.json(await people.findOne({ email: claims.email })); };`;

/** A service that keeps what it signs, and decides by what it finds again. */
const keeping = (
  writes: string,
  read = "await this.cache.get(`jwt:${id}`)",
  decoded = "jwtDecode(token)",
): string =>
  `import { JwtService } from "@nestjs/jwt"; import jwtDecode from "jwt-decode"; export class Members { constructor(cache) { this.cache = cache; this.jwt = new JwtService({}); } async enter(member) { const token = this.jwt.sign({ sub: member.id }); ${writes} return token; } async find(id, verified) { const token = ${read}; const claims = ${decoded}; if (claims.email !== verified.email) throw new ForbiddenException(); return verified; } }`;

const WRITES = "await this.cache.set(`jwt:${member.id}`, token);";

testRule("no-unverified-claims: own tokens", rule, {
  valid: [
    entering("const { tokens: { id_token: token } } = await client.getToken(req.body.code);"),
    entering("const { tokenSet: { idToken: token } } = await exchange(req.body.code);"),
    keeping(WRITES),
    keeping("await this.cache.setex(`jwt:${member.id}`, 3600, token);"),
    keeping(
      'await this.cache.set("jwt:" + member.id, token);',
      'await this.cache.get("jwt:" + id)',
    ),
    keeping(
      "const key = `jwt:${member.id}`; await this.cache.set(key, token);",
      "await this.cache.get(`jwt:${id}`)",
    ),
    {
      code: keeping(WRITES)
        .replaceAll("this.cache", "this.store")
        .replace("constructor(cache)", "private store: Cache; constructor(cache)"),
      ts: true,
    },
    keeping(`${WRITES} await this.cache.set("theme", member.theme);`),
  ],
  invalid: [
    ...[
      "const { tokens: { id_token: token } } = req.body;",
      "const { answer: { id_token: token } } = await ask(req.body.code);",
      "const { tokens: { access_token: token } } = await client.getToken(req.body.code);",
    ].map((taken) => marked(entering(taken, "«jwtDecode(token)»"), DATA)),
    marked(
      entering("", "«jwtDecode(token)»").replace(
        "(req, res)",
        "({ tokens: { id_token: token } }, res)",
      ),
      DATA,
    ),
    // Under another key, by somebody else, in another store, or in one that the client holds
    ...[
      keeping("await this.cache.set(`reset:${member.id}`, token);", undefined, MARKED),
      keeping(`${WRITES} await this.cache.set(\`jwt:\${id}\`, body.token);`, undefined, MARKED),
      keeping("await this.cache.set(member.id, token);", "await this.cache.get(id)", MARKED),
      keeping(
        "await this.cache.set(`${member.id}`, token);",
        "await this.cache.get(`${id}`)",
        MARKED,
      ),
      keeping("await other.cache.set(`jwt:${member.id}`, token);", undefined, MARKED),
      keeping("await this.cache.has(`jwt:${member.id}`, token);", undefined, MARKED),
      keeping(WRITES, "await this.cache.pop(`jwt:${id}`)", MARKED),
      keeping(WRITES, "await this.cache.get(`jwt:${id}`)", MARKED).replaceAll("cache", "cookies"),
    ].map((code) => marked(code, DECISION)),
  ],
});

/** A page that a server makes for who is signed in. */
const page = (gets: string, token = "session.accessToken"): string =>
  `import { jwtDecode } from "jwt-decode"; import { cookies } from "next/headers"; export async function GET() { const session = await ${gets}; if (!session) return new Response(null, { status: 401 }); const claims = «jwtDecode(${token})»; return Response.json(await orders.findMany({ where: { email: claims.email } })); }`;

testRule("no-unverified-claims: tokens in sessions that the server seals", rule, {
  valid: [
    page("auth()"),
    page("auth()", "session.user.idToken"),
    page("getServerSession(options)"),
    page("getIronSession(cookies(), options)"),
  ].map((code) => code.replaceAll(/[«»]/gu, "")),
  invalid: [
    // What else gives it may have read the request, and nothing says that a function gives a session.
    page("load()"),
    page("auth.read()"),
    page("auth()", "cookies().get('session').value"),
    page("auth()", "auth()"),
  ].map((code) =>
    marked(code, {
      messageId: "data",
      data: { name: "jwtDecode", line: "1", what: "the claim email" },
    }),
  ),
});
