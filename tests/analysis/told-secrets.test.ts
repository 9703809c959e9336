import rule from "../../src/rules/no-sensitive-payload.ts";
import { marked } from "../kit/marked.ts";
import { testRule } from "../kit/test-rule.ts";

/** What functions of files out of sight are told to make a token of, next to what they may compare. */

const MAKERS =
  'import { createResetToken, generateToken, makeCard, signToken } from "../lib/tokens.js"; /* jwt */';

const handler = (steps: string): string =>
  `${MAKERS} export const enter = async (req, res) => { const user = await User.findOne({ login: req.body.login }); ${steps} };`;

const told = (steps: string, name: string, maker = "generateToken") =>
  marked(handler(steps), {
    messageId: "secret",
    data: { name, origin: ` ${maker}, as its name says, makes a token of it.` },
  });

testRule("no-sensitive-payload: told to what makes tokens", rule, {
  valid: [
    "res.json({ token: generateToken({ id: user.id, name: user.name }) });",
    // What is sent may be compared.
    "res.json({ token: await generateToken({ login: req.body.login, password: req.body.password }) });",
    "const { password } = req.body; res.json({ token: await generateToken({ login: user.login, password }) });",
    "const form = await read(); res.json({ token: await generateToken({ password: form.password }) });",
    // A key that is made of the old password, and what is no token
    "mail(createResetToken({ id: user.id, password: user.password }));",
    "res.json(makeCard({ id: user.id, password: user.password }));",
    "res.json({ token: generateToken(user.id, { pass: user.isPaid }) });",
    "const key = 'password'; res.json({ token: generateToken({ [key]: user.password }) });",
    "res.json({ token: generateToken(...[{ password: user.password }]) });",
  ]
    .map((steps) => handler(steps))
    .concat(
      `export const generateToken = (claims) => keep(claims); /* jwt */ export const enter = async (req, res) => { const user = await User.findOne({ login: req.body.login }); res.json({ token: generateToken({ password: user.password }) }); };`,
    ),
  invalid: [
    told(
      "res.json({ token: generateToken({ id: user.id, «password: user.password» }) });",
      "password",
    ),
    told(
      "const claims = { id: user.id, «passwordHash: user.passwordHash» }; res.json({ token: generateToken(claims) });",
      "passwordHash",
    ),
    told(
      "res.cookie('token', signToken({ «pwd: user.password» }), { httpOnly: true });",
      "pwd",
      "signToken",
    ),
  ],
});
