import path from "node:path";
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

/** What is said of somebody who was looked up so. */
const FOUND = "res.json({ token: jwt.sign({ login: found.login }, key), name: found.name });";

const asked = (lookUp: string, then = FOUND): string =>
  `const found = ${lookUp}; if (!found) return res.sendStatus(401); ${then}`;

/** A module that is called a model, and that nobody can see into. */
const CALLED_MODEL = 'import jwt from "jsonwebtoken"; import Member from "../models/member.model";';
const MADE =
  'import jwt from "jsonwebtoken"; import mongoose from "mongoose"; const Member = mongoose.model("Member", schema);';

const beside = (specifier: string): string =>
  `import jwt from "jsonwebtoken"; import Member from "${specifier}";`;

const inFolder = {
  filename: path.join(import.meta.dirname, "../fixtures/look-ups/sign-in.js"),
};

/** A sign-in that asks a function of the file, which compares what is stored with what was sent. */
const checked = (compares: string, asked: string, kind = "async "): string =>
  `import jwt from "jsonwebtoken"; import { store } from "./store"; ${kind}function isKnown(client) { const row = ${kind === "" ? "" : "await "}store.find(client.name); return ${compares}; }\nexport const enter = async (req, res) => { if (!${asked}) return res.sendStatus(401); res.json({ token: jwt.sign({ sub: req.body.name }, key) }); };`;

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
    // A model in sight answers at once.
    { code: signIn(asked(`Member.find(${FLAT})`), beside("./kept.model.js"), ""), ...inFolder },
    // … or is made by nobody knows what.
    { code: signIn(asked(`Member.find(${FLAT})`), beside("./opened.model.js"), ""), ...inFolder },
    signIn(held(`_.find(members, ${FLAT})`), MAPPED),
    signIn(
      `${asked(`Member.find(${FLAT})`)} await show(Member.find({ id }).length);`,
      beside("./store.js"),
    ),
    signIn(
      asked(`Member.find(${FLAT})`),
      'import jwt from "jsonwebtoken"; class Member { static find(one) { return members.get(one.login + one.password); } }',
    ),
    signIn(
      asked(`Member.find(${FLAT})`),
      'import jwt from "jsonwebtoken"; import { Kept } from "./kept.js"; class Member extends Kept {}',
    ),
    // No model by its name, or of no conditions
    signIn(asked(`member.find(${FLAT})`), CALLED_MODEL.replaceAll("Member", "member")),
    signIn(asked("Member.find(req.body.password)"), CALLED_MODEL),
    signIn(asked(`Member.all.find(${FLAT})`), CALLED_MODEL),
    signIn(asked(`Member.find(${FLAT})`), beside("../models/member.js")),
    signIn(asked(`Member.find(${FLAT})`), beside("../member.models")),
    signIn(
      asked("Member.find({ login: req.body.login })", `await check(req.body); ${FOUND}`),
      CALLED_MODEL,
    ),
    // Another one is waited for, or something else is
    signIn(`${asked(`of("members").find(${FLAT})`)} await of("guests").find({ id });`),
    signIn(
      `${asked(`Member.find(${FLAT})`)} await Other.find({ id }); await Member.save({ id });`,
      beside("./store.js"),
    ),
    signIn(`${asked(`Member.find(${FLAT})`)} Member.find({ id }).map(show);`, beside("./store.js")),
    ...[
      // Waited for, or asked by a callback
      asked(`await Member.find(${FLAT})`),
      `if (Member.find(${FLAT}, (error) => log(error))) { ${SIGNS} }`,
      `Member.find(${FLAT}, (error, found) => { if (found) { ${FOUND} } });`,
      `const asked = Member.find(${FLAT}); if (!asked) return; const [found] = await asked.exec(); if (!found) return; ${FOUND}`,
      // What is read of it is asked for, or throws where it is not there.
      asked(`Member.find(${FLAT})`, `if (found.role !== "member") return res.end(); ${FOUND}`),
      asked(`Member.find(${FLAT})`, "res.json({ token: jwt.sign(found.toJSON(), key) });"),
      asked(`Member.find(${FLAT})`, "res.json({ token: jwt.sign({ id: found[0].id }, key) });"),
      asked(`Member.find(${FLAT})`, "res.json({ token: jwt.sign(found.login, key) });"),
      asked(
        `Member.find(${FLAT})`,
        "res.json({ token: jwt.sign({}, key, { subject: found.id }) });",
      ),
      asked(
        `Member.find(${FLAT})`,
        `const claims = { login: found.login }; if (!(await isKnown(claims))) return res.end(); res.json({ token: jwt.sign(claims, key) });`,
      ),
      asked(
        `Member.find(${FLAT})`,
        `if (!(await ask({ id: found.id }))) return res.end(); ${SIGNS}`,
      ),
      // Whoever is there already is turned away.
      `const taken = Member.find(${FLAT}); if (taken) return res.sendStatus(409); ${SIGNS}`,
    ].map((steps) => signIn(steps, MADE)),
  ],
  invalid: [
    // What is signed says nothing, and passes all the same.
    found(signIn(asked(`«Member.find(${FLAT})»`), CALLED_MODEL, ""), "Member.find"),
    found(
      signIn(
        asked("«Member.find({ login: req.body.login, loginPass: req.body.pass })»"),
        CALLED_MODEL,
      ),
      "Member.find",
    ),
    found(
      signIn(asked(`«Member.find(${FLAT})»`), beside("../models/member.model.js"), ""),
      "Member.find",
    ),
    found(
      signIn(
        asked(`«store.member.findFirst(${WHERE})»`),
        'import jwt from "jsonwebtoken"; import { PrismaClient } from "@prisma/client"; const store = new PrismaClient();',
      ),
      "store.member.findFirst",
    ),
    found(
      signIn(
        asked("«Member.findOne({ kullanici_adi: req.body.adi, sifre: req.body.sifre })»"),
        CALLED_MODEL,
      ),
      "Member.findOne",
    ),
    found(
      signIn(
        asked(
          "«Member.findOne({ login: req.body.login, password: req.body.password })».lean()",
        ).replace("».lean()", ".lean()»"),
        MADE,
        "",
      ),
      "Member.findOne",
    ),
    found(
      signIn(
        asked(
          `«Member.find(${FLAT})»`,
          "const claims = { of: { login: found.login } }; const token = jwt.sign(claims, key); res.json({ token });",
        ),
        MADE,
      ),
      "Member.find",
    ),
    found(
      signIn(
        asked(`«Member.findOne(${FLAT})»`),
        'import jwt from "jsonwebtoken"; import { Model } from "sequelize"; class Member extends Model {}',
        "",
      ),
      "Member.findOne",
    ),
    found(
      signIn(
        asked("«match(req.body.login, req.body.password)»"),
        `${MODEL} async function match(login, password) { return await load(login, password); }`,
      ),
      "match",
    ),
    // Waited for elsewhere
    ...["await Member.findOne({ id });", "Member.find({ id }).lean().then(show);"].map(
      (elsewhere) =>
        found(
          signIn(`${asked(`«Member.find(${FLAT})»`)} ${elsewhere}`, beside("./store.js")),
          "Member.find",
        ),
    ),
    {
      ...found(
        signIn(asked(`«Member.find(${FLAT})»`), beside("./stored.model.js"), ""),
        "Member.find",
      ),
      ...inFolder,
    },
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

testRule("no-unverified-claims: comparisons of the file that nobody waits for", rule, {
  valid: [
    checked("row.secret === client.secret", "(await isKnown(req.body))"),
    checked("row.secret === client.secret", "isKnown(req.body)", ""),
    checked("row.secret !== undefined", "isKnown(req.body)"),
    checked("row.secret !== client.secret", "isKnown(req.body)"),
    checked("row.level === client.level", "isKnown(req.body)"),
    checked("row.hash === digest(client.secret)", "isKnown(req.body)"),
  ],
  invalid: [
    checked("row.secret === client.secret", "«isKnown(req.body)»"),
    checked("row?.password === client.password", "«isKnown(req.body)»"),
    checked("row.clientSecret == given", "«isKnown(req.body)»"),
  ].map((code) => found(code, "isKnown")),
});
