import rule from "../../src/rules/no-unverified-claims.ts";
import { marked } from "../kit/marked.ts";
import { testRule } from "../kit/test-rule.ts";
import type { InvalidCase } from "../kit/test-rule.ts";

/** Look-ups by a password that nobody waits for, each next to a twin that is waited for, or that answers at once. */

const MODEL = 'import jwt from "jsonwebtoken"; import { Member } from "../models";';
const MAPPED = `${MODEL} import mongoose from "mongoose";`;
const SIGNS = "res.json({ token: jwt.sign({ login: req.body.login }, key) });";
const WHERE = "{ where: { login: req.body.login, password: req.body.password } }";
const FLAT = "{ login: req.body.login, password: req.body.password }";

const signIn = (steps: string, before = MODEL, kind = "async "): string =>
  `${before}\nrouter.post("/sign-in", ${kind}(req, res) => { ${steps} });`;

const held = (lookUp: string): string =>
  `const found = ${lookUp}; if (!found) return res.sendStatus(401); ${SIGNS}`;

const found = (code: string, name: string): InvalidCase =>
  marked(code, { messageId: "unawaitedProof", data: { name, signedBy: "jwt.sign" } });

testRule("no-unverified-claims: look-ups that nobody waits for", rule, {
  valid: [
    signIn(held(`await Member.findOne(${WHERE})`)),
    // Waited for, handed on or read later
    ...[
      `const asked = Member.findOne(${WHERE}); const found = await asked; if (!found) return res.sendStatus(401); ${SIGNS}`,
      `const asked = Member.findOne(${WHERE}); if (!asked) return; if (!(await asked)) return res.sendStatus(401); ${SIGNS}`,
      `const asked = Member.findOne(${WHERE}); if (!asked) return; const [found] = await Promise.all([asked]); if (!found) return res.sendStatus(401); ${SIGNS}`,
      `const found = Member.findOne(${WHERE}); if (!found) return res.sendStatus(401); res.json({ token: jwt.sign({ id: found.id }, key) });`,
      `Member.findOne(${WHERE}).then((found) => { if (!found) return res.sendStatus(401); ${SIGNS} });`,
      `Member.findOne(${WHERE}, (error, found) => { if (!found) return res.sendStatus(401); ${SIGNS} });`,
      // The callback answers, and somebody whom nobody knows is not let in.
      `if (Member.findOne(${FLAT}, (error) => log(error))) { ${SIGNS} }`,
      // Whoever is there already is turned away.
      `const taken = Member.findOne(${WHERE}); if (taken) return res.sendStatus(409); ${SIGNS}`,
      // No condition, or none that proves anything
      `const known = Member.findOne({ where: { login: req.body.login }, attributes: { password: true } }); if (!known) return res.sendStatus(404); await check(req.body); ${SIGNS}`,
    ].map((steps) => signIn(steps)),
    // A module of models may keep them in a file, and nothing says that it is a mapper.
    signIn(held(`Member.findOne(${FLAT})`)),
    // Stores that answer at once
    signIn(
      held(`Member.findOne(${FLAT})`),
      'import jwt from "jsonwebtoken"; import { Member } from "./store.js";',
    ),
    signIn(held(`Member.findOne(${FLAT})`), MODEL, ""),
    signIn(
      held(
        `members.find((one) => one.login === req.body.login && one.password === req.body.password)`,
      ),
    ),
    signIn(held(`db.get("members").find(${FLAT}).value()`)),
    signIn(held(`_.find(members, ${FLAT})`)),
    signIn(
      held(`Members.findOne(${FLAT})`),
      'import jwt from "jsonwebtoken"; import { Members } from "meteor/members"; import "mongoose";',
    ),
    signIn(held(`statement.get(req.body.login, req.body.password)`)),
    signIn(held(`Member.findByPassword(req.body.password)`)),
    signIn(
      held("match(req.body.login, req.body.password)"),
      `${MODEL} function match(login, password) { return MEMBERS.get(login) === password; }`,
    ),
    signIn(
      held("await match(req.body.login, req.body.password)"),
      `${MODEL} async function match(login, password) { return (await load(login)).password === password; }`,
    ),
  ],
  invalid: [
    ...[
      held(`«Member.findOne(${WHERE})»`),
      held(`«Member.findOne(${FLAT})»`),
      `if (!«Member.findOne(${FLAT})») return res.sendStatus(401); ${SIGNS}`,
      `const found = «Member.findOne(${FLAT})»; if (found) { ${SIGNS} } else { res.sendStatus(401); }`,
    ].map((steps) => found(signIn(steps, MAPPED), "Member.findOne")),
    found(signIn(held(`«Member.findOne(${FLAT}).lean().exec()»`), MAPPED), "Member.findOne"),
    found(signIn(held(`«Member.findOne(${WHERE})»`), MODEL, ""), "Member.findOne"),
    // Of mappers alone, wherever they come from
    found(
      signIn(held(`«store.member.findUnique(${WHERE})»`), 'import jwt from "jsonwebtoken";', ""),
      "store.member.findUnique",
    ),
    found(
      signIn(
        held(`«Member.findOne(${FLAT})»`),
        'import jwt from "jsonwebtoken"; import mongoose from "mongoose"; const Member = mongoose.model("Member", schema);',
      ),
      "Member.findOne",
    ),
    // A function of the program that is declared so
    found(
      signIn(
        held("«match(req.body.login, req.body.password)»"),
        `${MODEL} async function match(login, password) { return (await load(login)).password === password; }`,
      ),
      "match",
    ),
  ],
});
