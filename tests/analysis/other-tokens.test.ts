import rule from "../../src/rules/no-unverified-claims.ts";
import { marked } from "../kit/marked.ts";
import { testRule } from "../kit/test-rule.ts";
import type { InvalidCase } from "../kit/test-rule.ts";

/** A verification beside a decode: of the same token, of another one that is compared with it, and of another one. */

const VERIFIES = "const claims = jwt.verify(req.cookies.session, key, options);";
const READS = "const team = jwt.decode(req.get('X-Team'));";
const DECIDES = "if (team.role !== 'owner') return res.sendStatus(403);";

const route = (body: string): string =>
  `import jwt from "jsonwebtoken"; const mine = (req) => jwt.verify(req.cookies.session, key, options); export const drop = async (req, res, next) => { ${body} await remove(req.params.id); res.end(); };`;

/** A decision by what is decoded of the token that is written in the handler as `token`. */
const decided = (body: string, token = "req.get('X-Team')", what = "role"): InvalidCase =>
  decodedIn(route(body), token, "decision", what);

function decodedIn(code: string, token: string, messageId: string, what: string): InvalidCase {
  const decode = `jwt.decode(${token})`;
  const verify = `jwt.verify(${token}, process.env.JWT_SECRET, { algorithms: ["HS256"] })`;
  return marked(code.replace(decode, `«${decode}»`), {
    messageId,
    data: { name: "jwt.decode", line: "1", what: `the claim ${what}` },
    suggestions: [
      {
        messageId: "verifyInstead",
        data: { from: "jwt.decode", to: "jwt.verify" },
        output: code.replace(decode, verify),
      },
    ],
  });
}

const SHOWS = "const orders = await Order.find({ team: team.sub }); res.json(orders);";

/** The same where a callback looks something up. */
const calledBack = (asks: string): string =>
  `import jwt from "jsonwebtoken"; export const show = (req, res) => { ${READS} jwt.verify(req.cookies.session, key, options, async (error, claims) => { if (error) return res.sendStatus(401); ${asks} ${SHOWS} }); };`;

/** In Koa and Hono. */
const shown = (mine: string, team: string): string =>
  `import jwt from "jsonwebtoken"; export const show = async (${mine.split(".")[0] ?? ""}) => { const claims = jwt.verify(${mine}, key, options); const team = jwt.decode(${team}); if (team.role !== 'owner') throw new Error('no'); };`;

testRule("no-unverified-claims: two tokens of one request", rule, {
  valid: [
    // The same token
    ...[
      "const team = jwt.decode(req.cookies.session);",
      "const token = req.cookies.session; const team = jwt.decode(token);",
      "const { session } = req.cookies; const team = jwt.decode(session);",
      "const team = jwt.decode(req.get('X-Team') || req.cookies.session);",
      "let token = req.get('X-Team'); if (!token) token = req.cookies.session; const team = jwt.decode(token);",
      "let token; if (req.query.app) token = req.get('X-Team'); else token = req.cookies.session; const team = jwt.decode(token);",
      "const team = jwt.decode(req.cookies.session ?? req.get('X-Team'));",
      "let token = req.get('X-Team'); token ||= req.cookies.session; const team = jwt.decode(token);",
      // Nobody knows where one comes from
      "const team = jwt.decode(req.team);",
      "const team = jwt.decode(tokenOf(req));",
      "const team = jwt.decode(req.cookies[name]);",
      "let team = req.get('X-Team'); team = await renewed(team); team = jwt.decode(team);",
      "const [team] = [req.get('X-Team')].map(jwt.decode);",
      "const { team: token } = await exchange(req.body.code); const team = jwt.decode(token);",
    ].map((reads) => route(`${VERIFIES} ${reads} ${DECIDES}`)),
    route(`const claims = jwt.verify(req.token, key, options); ${READS} ${DECIDES}`),
    route(
      `const claims = jwt.verify(req.get('x-team'), key, options); const team = jwt.decode(req.headers['X-Team']); ${DECIDES}`,
    ),
    // The two belong together, as far as the code asks
    ...[
      "if (team.sub !== claims.sub) return res.sendStatus(401);",
      "if (claims.sub !== team.sub) return res.sendStatus(401);",
      "const { sub } = claims; if (team.sub !== sub) return res.sendStatus(401);",
      "const { sub } = team; if (claims.sub === sub) log(sub); else return res.sendStatus(401);",
      "if (claims.nonce !== hash(req.get('X-Team'))) return res.sendStatus(401);",
      "if (team.nonce !== req.session.nonce) return res.sendStatus(401);",
      "if (req.get('X-Team') !== req.cookies.session) return res.sendStatus(401);",
      "const user = await User.findById(claims.sub); if (user.team !== team.id) return res.sendStatus(401);",
      "const seat = await Seat.findOne({ user: claims.sub, team: team.id }); if (!seat) return res.sendStatus(401);",
      "if (!claims.teams.includes(team.id)) return res.sendStatus(401);",
      "if (!claims.teams[team.id]) return res.sendStatus(401);",
      "req.user = claims; if (!allowed(req).enters(team.id)) return res.sendStatus(401);",
      "if (!team.members.includes(claims.sub)) return res.sendStatus(401);",
      "req.user = claims; if (!(await belongs(req.user, team))) return res.sendStatus(401);",
    ].map((asks) => route(`${VERIFIES} ${READS} ${asks} ${DECIDES}`)),
    `${route(`${VERIFIES} const team = teamOf(req); ${DECIDES}`)} const teamOf = (req) => jwt.decode(req.get("X-Team"));`,
    `import jwt from "jsonwebtoken"; export const show = async (session, req, res) => { const claims = jwt.verify(session, key, options); ${READS} ${DECIDES} };`,
    calledBack("if (!(await belongs(claims, team))) return res.sendStatus(401);"),
    // What a middleware of Hono has kept
    shown("c.req.header('Authorization')", "c.get('team')"),
    route(`const claims = mine(req); const team = jwt.decode(req.cookies.session); ${DECIDES}`),
    route(
      `const claims = mine(req); ${READS} if (!(await belongs(claims, team))) throw none; ${DECIDES}`,
    ),
    // Only looked at
    route(`${VERIFIES} ${READS} console.log(team.role); res.set('x-team', claims.sub);`),
    route(
      `${VERIFIES} const { kid } = jwt.decode(req.get('X-Team'), { complete: true }).header; const team = jwt.verify(req.get('X-Team'), keys[kid], options); ${DECIDES}`,
    ),
  ],
  invalid: [
    decided(`${VERIFIES} ${READS} ${DECIDES}`),
    ...[
      ["", "req.headers['x-team']"],
      ["", "req.headers.authorization.split(' ')[1]"],
      ["", "req.cookies.get('team').value"],
      [
        "const header = req.headers.authorization || ''; const [, token] = header.split(' ');",
        "token",
      ],
      ["const { team: token } = req.cookies;", "token"],
      ["const token = req.query.app ? req.query.team : req.body.team;", "token.trim()"],
      ["let token = req.get('X-Team'); if (!token) token = req.query.team;", "token"],
      ["const token = req.query.app && req.get('X-Team');", "token"],
    ].map(([before = "", token = ""]) =>
      decided(`${VERIFIES} ${before} const team = jwt.decode(${token}); ${DECIDES}`, token),
    ),
    decided(
      `try { req.user = jwt.verify(req.cookies.session, key, options); } catch { return res.sendStatus(401); } ${READS} ${DECIDES}`,
    ),
    ...[
      ["ctx.cookies.get('session')", "ctx.request.body.team"],
      ["ctx.request.headers.authorization", "ctx.get('x-team')"],
      ["c.req.header('Authorization')", "c.req.header('X-Team')"],
    ].map(([mine = "", team = ""]) => decodedIn(shown(mine, team), team, "decision", "role")),
    ...["", "note(claims.sub);"].map((asks) =>
      decodedIn(calledBack(asks), "req.get('X-Team')", "data", "sub"),
    ),
    // By a function of the file
    decided(`const claims = mine(req); ${READS} ${DECIDES}`),
    // What is asked of one alone, and both that go out again
    ...[
      "if (team.app !== 'shop') return res.sendStatus(401);",
      "if (team.iss !== process.env.ISSUER) return res.sendStatus(401);",
      "if (claims.sub !== req.params.owner) return res.sendStatus(401);",
      "console.log(claims.sub, team.id);",
      "res.set('x-who', claims.sub + team.id);",
      "await each(all, () => { note(claims.sub); note(team.id); });",
      "if (!isIdentifier(team.id)) return res.sendStatus(401);",
    ].map((asks) => decided(`${VERIFIES} ${READS} ${asks} ${DECIDES}`)),
    decided(
      `${VERIFIES} ${READS} if (team.id !== req.params.id) return res.sendStatus(401);`,
      undefined,
      "id",
    ),
  ],
});
