import { fileURLToPath } from "node:url";
import type { RuleTester } from "eslint";
import rule from "../../src/rules/no-sensitive-payload.ts";
import { marked } from "../kit/marked.ts";
import { testRule } from "../kit/test-rule.ts";
import type { InvalidCase } from "../kit/test-rule.ts";

/** Cases that import from `tests/fixtures/payloads`. */
const filename = fileURLToPath(new URL("../fixtures/payloads/case.js", import.meta.url));
const tsFilename = fileURLToPath(new URL("../fixtures/payloads/case.ts", import.meta.url));

/** @param claim what it is called in the payload */
const secret = (name: string, output?: string, claim = name) => ({
  messageId: "secret",
  data: { name, origin: "" },
  suggestions: suggestion("removeClaim", { name: claim }, output),
});

const record = (name: string, edit?: string, output?: string) => ({
  messageId: "record",
  data: { name, origin: "" },
  suggestions: suggestion("signIdentifier", { edit: edit ?? "" }, output),
});

const recordWithSecret = (name: string, field: string, edit?: string, output?: string) => ({
  messageId: "recordWithSecret",
  data: { name, secret: field, origin: "" },
  suggestions: suggestion("signIdentifier", { edit: edit ?? "" }, output),
});

function suggestion(
  messageId: string,
  data: Record<string, string>,
  output: string | undefined,
): RuleTester.SuggestionOutput[] {
  return output === undefined ? [] : [{ messageId, data, output }];
}

/** A sign-in that makes a token of what `find` gives. */
const signIn = (find: string, payload: string): string => `const jwt = require("jsonwebtoken");
async function signIn(email) {
  const user = await ${find};
  return jwt.sign(${payload}, key, { expiresIn: "1h" });
}`;

const ofUser = (find: string) =>
  marked(
    signIn(find, "{ «user» }"),
    record(nameIn(find), "sub: user.id", signIn(find, "{ sub: user.id }")),
  );

/** A record that is known to hold a password, with the suggestion to put the edit in its place. */
const held = (code: string, name: string, edit: string) =>
  marked(code, recordWithSecret(name, "password", edit, code.replace(/«[^»]*»/u, edit)));

/** A record by its type, with the suggestion to sign its identifier alone. */
function typed(type: string, call: string): InvalidCase {
  const code = `import jwt from "jsonwebtoken";
interface Person { id: string; name: string; password: string }
export const issue = (person: ${type}) => ${call};`;
  const output = code.replace(/«[^»]*»/u, "sub: person.id");
  return marked(code, recordWithSecret("person", "password", "sub: person.id", output), {
    ts: true,
  });
}

function nameIn(find: string): string {
  return (
    /\b(User|users|user|usersRepository|usersDao|userModel)\b(?!\.(?:id|email))/u.exec(find)?.[1] ??
    ""
  );
}

/** A helper of Sails that signs what it is given. */
const action = (inputs: string, claims = "user: person"): string =>
  `const jwt = require("jsonwebtoken"); module.exports = { inputs: { ${inputs} }, fn: async function (person, exits) { return exits.success(jwt.sign({ ${claims} }, key)); } };`;

/** A sign-in by passport, and the strategy that it asks. */
const signedIn = (strategy: string, claims = "sub: person"): string =>
  `const jwt = require("jsonwebtoken"); const passport = require("passport"); passport.use(${strategy}); app.post("/login", (req, res, next) => passport.authenticate("local", (error, person) => res.json(jwt.sign({ ${claims} }, key)))(req, res, next));`;

testRule("no-sensitive-payload", rule, {
  valid: [
    // The record of a session, that the token exists to carry
    `import jwt from "jsonwebtoken"; export const keep = (accessToken) => jwt.sign({ accessToken }, key); export const find = (claims) => users.find(claims.accessToken.userId);`,
    `import jwt from "jsonwebtoken"; export const keep = (accessToken) => jwt.sign({ accessToken, until: accessToken.created + accessToken.ttl }, key);`,
    `import jwt from "jsonwebtoken"; export const issue = (info, sessionKeyId) => jwt.sign({ openid: info.openid, key: sessionKeyId }, KEY, OPTIONS);`,
    // What a session goes by, and other keys that hide nothing
    `import jwt from "jsonwebtoken"; export const join = (room) => jwt.sign({ tpc: room, session_key: room, role_type: 1 }, process.env.VIDEO_SECRET, OPTIONS);`,
    `import jwt from "jsonwebtoken"; export const join = (claims, room) => { claims.session_key = room; return jwt.sign(claims, process.env.VIDEO_SECRET, OPTIONS); };`,
    ...[
      "app_key",
      "partition_key",
      "sort_key",
      "primary_key",
      "public_key",
      "object_key",
      "cacheKey",
    ].map(
      (name) =>
        `import jwt from "jsonwebtoken"; export const issue = (given) => jwt.sign({ sub: given.id, ${name}: given.${name} }, KEY, OPTIONS);`,
    ),
    // Of a model that does not say what it is about, and by a name that does not either
    `import jwt from "jsonwebtoken"; import { Ticket } from "./models.js"; export const issue = async (id) => { const found = await Ticket.findOne({ where: { id } }); return jwt.sign({ found }, KEY, OPTIONS); };`,
    // Types that nobody has said to be those of records
    ...[
      ['import { User } from "../types";', "User"],
      ['import { User } from "../schemas/user";', "User"],
      ['import { User } from "../models/user";', "User"],
      ['import { Roles } from "../db/schema";', "Roles"],
      ['import { AuthUser } from "../db/schema";', "AuthUser"],
      ['import { orders } from "../db/schema";', "typeof orders.$inferSelect"],
      ['import { users } from "../db/schema";', "typeof users.$inferInsert"],
    ].map(([imported = "", type = ""]) => ({
      code: `import jwt from "jsonwebtoken"; ${imported} export const make = (user: ${type}) => jwt.sign({ ...user }, key, options);`,
      ts: true as const,
    })),
    // A token that is none of a provider's, and the session that it is kept under
    `import jwt from "jsonwebtoken"; export const make = (user) => jwt.sign({ id: user.id, token: user.token, githubId: user.githubId, tokenId: user.accessTokenId }, key);`,
    `import { createHmac } from "node:crypto"; const encode = (part) => Buffer.from(JSON.stringify(part)).toString("base64url"); const text = encode({ alg: "HS256" }) + "." + encode({ sub: user.id, exp }); export const token = text + "." + createHmac("sha256", process.env.JWT_SECRET).update(text).digest("base64url");`,
    // What a list of the program's own is asked with may be out of sight.
    `const jwt = require("jsonwebtoken"); const { byEmail } = require("./tests"); exports.login = (req) => { const user = Users.find(byEmail); return jwt.sign({ user }, key); };`,
    // What a function out of sight has made of the record in its place
    ...[
      "user = filterProps(user.dataValues, FIELDS); return jwt.sign(user, KEY, OPTIONS);",
      "user = filterProps(user, FIELDS); if (verbose) log(email); return wait().then(() => jwt.sign({ user }, KEY, OPTIONS));",
      "if (!user) return; ({ user } = view(user)); return jwt.sign(user, KEY, OPTIONS);",
    ].map(
      (rest) =>
        `const jwt = require("jsonwebtoken"); const { filterProps, view } = require("./props"); exports.create = async (email) => { let user = await User.findOne({ where: { email } }); ${rest} };`,
    ),
    // Rows of two tables: no secret is read, one is taken out, or it was read off other rows
    ...[
      "if (rows.length > 0) return jwt.sign(rows[0], KEY, OPTIONS);",
      "if (rows[0].password !== given) return null; delete rows[0].password; return jwt.sign(rows[0], KEY, OPTIONS);",
      "if (rows[0].password !== given) return null; rows = view(rows); return jwt.sign(rows[0], KEY, OPTIONS);",
      "if (rows[0].password !== given) return null; if (isSmall) rows = view(rows); return jwt.sign(rows[0], KEY, OPTIONS);",
      "for (const one of given) { if (rows[0].password !== one) return null; if (isSmall) rows = view(rows); use(jwt.sign(rows[0], KEY, OPTIONS)); }",
      "const { password } = rows[0]; rows = await db.query('SELECT id, name FROM view'); return jwt.sign(rows[0], KEY, OPTIONS);",
    ].map(
      (rest) =>
        `const jwt = require("jsonwebtoken"); exports.login = async (name, given, isSmall) => { let rows = await db.query("SELECT * FROM pelanggan"); if (rows.length === 0) rows = await db.query("SELECT * FROM petugas"); ${rest} };`,
    ),
    `const jwt = require("jsonwebtoken"); exports.login = async (name) => { let rows = await db.query("SELECT id, name FROM pelanggan"); if (rows.length === 0) rows = await db.query("SELECT id, name FROM petugas"); return jwt.sign(rows[0], KEY, OPTIONS); };`,
    `const jwt = require("jsonwebtoken"); let row; exports.load = async () => { row = await db.query("SELECT * FROM pelanggan"); check(row.password); }; exports.read = async () => { row = await db.query("SELECT id FROM petugas"); return jwt.sign(row, KEY, OPTIONS); };`,
    // A list of the program's own, fields of a row, and what was chosen
    `const jwt = require("jsonwebtoken"); exports.login = async (req) => { const user = Users.find((one) => one.email === req.body.email); return jwt.sign({ user }, key); };`,
    `const jwt = require("jsonwebtoken"); exports.login = async (req) => { const users = await User.find({ email: req.body.email }); return jwt.sign({ id: users[0]._id }, key); };`,
    `const jwt = require("jsonwebtoken"); exports.login = async (req) => { const users = await User.find({ email: req.body.email }, "name"); return jwt.sign({ user: users[0] }, key); };`,
    // What is declared as claims, and a record of which the password was taken out
    ...[
      "(user: JwtUser) => jwt.sign({ ...user }, key, options)",
      "(user: User) => { const { password, ...rest } = user; return jwt.sign(rest, key, options); }",
    ].map((make) => ({
      code: `import jwt from "jsonwebtoken"; import { JwtUser } from "./entities/jwt-user.entity"; import { User } from "./entities/user.entity"; export const make = ${make};`,
      ts: true as const,
    })),
    `import jwt from "jsonwebtoken";
jwt.sign({ boardingPass: order.pass1, passenger: order.passenger, passCount: 3 }, key);`,
    `import jwt from "jsonwebtoken";
jwt.sign({ sub: user.id, role: user.role, email: user.email, name: user.name }, key);`,
    {
      name: "flags, dates and versions that speak of a secret",
      code: `import jwt from "jsonwebtoken";
jwt.sign(
  {
    hasPassword: Boolean(user.password),
    password: !!user.password,
    passwordChangedAt: user.passwordChangedAt,
    password_version: user.password_version,
    passwordless: true,
    emailVerified: user.emailVerified,
    tokenVersion: user.tokenVersion,
    secretQuestionSet: user.secretAnswer !== null,
    isPinSet: typeof user.pin === "string",
    resetPassword: true,
    otpExpires: user.otpExpires,
    apiKeyId: apiKey.id,
    apiKey: apiKey.id,
    publicKey: user.publicKey,
    cardLast4: card.last4,
    pinCode: address.pinCode,
    secretary: true,
  },
  key,
);`,
    },
    {
      name: "whether there is a one-time code",
      code: `import jwt from "jsonwebtoken";
export const issue = (user, otp: boolean, pin: boolean | undefined) => jwt.sign({ sub: user.id, otp, pin }, key);`,
      ts: true,
    },
    {
      name: "what an answer was put into a variable for",
      code: `import jwt from "jsonwebtoken";
const totp = !!user.totp;
const pin = user.pin !== null;
jwt.sign({ sub: user.id, totp, pin }, key);`,
    },
    {
      name: "the identifier that a service gives out with a secret to sign with",
      code: `import jwt from "jsonwebtoken";
jwt.sign({ apikey: process.env.ROOMS_API_KEY, roomId }, process.env.ROOMS_SECRET, { expiresIn: "5m" });
jwt.sign({ api_key: process.env.API_KEY }, process.env.SECRET_KEY);
export const pass = ({ apiKey, apiSecret }) => jwt.sign({ apiKey }, apiSecret);
jwt.sign({ apiKey: config.meetApiKey }, config.meetApiSecret);`,
    },
    {
      name: "masks and nothings",
      code: `import jwt from "jsonwebtoken";
jwt.sign({ password: undefined, pin: null, secret: "", apiKey: "***", cvv: 0 }, key);`,
    },
    {
      name: "encrypted claims",
      code: `import jwt from "jsonwebtoken";
jwt.sign({ sub: id, accessToken: encrypt(tokens.access), refreshToken: await seal(tokens.refresh) }, key);`,
    },
    {
      name: "the handle of its own session in a refresh token",
      code: `import jwt from "jsonwebtoken";
const seal = (claims) => jwt.sign(claims, key);
export const attach = (res, user, refreshToken) => { const refreshJwt = seal({ user: user.id, refreshToken }); res.cookie("refreshToken", refreshJwt); };
export const pair = async (user, refreshToken) => ({ refresh: await seal({ sub: user.id, refreshToken }) });`,
    },
    {
      name: "a random number that names this token",
      code: `import { randomUUID } from "node:crypto";
import jwt from "jsonwebtoken";
jwt.sign({ sub: id, refreshToken: randomUUID() }, key);`,
    },
    {
      name: "an HMAC of a one-time code",
      code: `import { createHmac } from "node:crypto";
import jwt from "jsonwebtoken";
jwt.sign({ email, otp: createHmac("sha256", pepper).update(otp).digest("hex") }, key);`,
    },
    {
      name: "a one-time code that goes back to whoever sent it",
      code: `import jwt from "jsonwebtoken";
app.get("/login", (req, res) => res.cookie("state", jwt.sign({ otp: req.query.otp, verifier }, key)));`,
    },
    {
      name: "encrypted tokens",
      code: `import { EncryptJWT } from "jose";
new EncryptJWT({ password: user.password }).setProtectedHeader({ alg: "dir", enc: "A256GCM" }).encrypt(key);`,
    },
    `import { encode } from "next-auth/jwt";
encode({ token: { accessToken: account.access_token }, secret: key });`,
    `import { CompactEncrypt, SignJWT } from "jose";
const inner = await new SignJWT({ ssn: user.ssn }).setProtectedHeader({ alg: "ES256" }).sign(key);
await new CompactEncrypt(new TextEncoder().encode(inner)).setProtectedHeader(header).encrypt(publicKey);`,
    `import jwt from "jsonwebtoken";
export const issue = (user) => encryptText(jwt.sign({ password: user.password }, key));`,
    {
      name: "what nobody can see",
      code: `import jwt from "jsonwebtoken";
export const issue = (user) => jwt.sign({ user }, key);`,
    },
    {
      name: "records that a helper takes the password out of",
      code: `import jwt from "jsonwebtoken";
async function load(email) {
  const user = await User.findOne({ email });
  delete user.password;
  return user;
}
export async function signIn(email) {
  const user = await load(email);
  return jwt.sign({ user }, key);
}
export const again = async (email) => {
  const found = await User.findOne({ email }).then((row) => {
    row.password = undefined;
    return row;
  });
  return jwt.sign({ found }, key);
};`,
    },
    {
      name: "records that are cleaned before they are handed on, or before the payload is signed",
      code: `import jwt from "jsonwebtoken";
const issue = (data) => jwt.sign({ ...data }, key);
export async function signIn(users, { email, given }) {
  const user = await users.lookUp(email);
  if (!(await compare(given, user.password))) throw new Error("No.");
  delete user.password;
  return issue(user);
}
export async function other(users, { email, given }) {
  const one = await users.lookUp(email);
  if (!(await compare(given, one.password))) throw new Error("No.");
  const payload = { one };
  delete one.password;
  return jwt.sign(payload, key);
}`,
    },
    {
      name: "records that are cleaned in a loop, or before a callback is called",
      code: `import jwt from "jsonwebtoken";
export async function each(names) {
  const user = await User.findOne(names);
  for (const name of names) {
    jwt.sign({ user }, key);
    delete user.password;
  }
}
export async function later(email, done) {
  const user = await User.findOne({ email });
  jwt.sign({ user }, key, done);
  delete user.password;
}`,
    },
    {
      name: "methods of a record that hold no field",
      code: `import jwt from "jsonwebtoken";
export async function signIn(users, id) {
  const user = await users.lookUp(id);
  await user.sendPassword();
  await user.rotateSecret();
  return jwt.sign({ user }, key);
}`,
    },
    `import jwt from "jsonwebtoken";
app.post("/token", (req, res) => res.send(jwt.sign({ user: req.user, ...req.claims }, key)));`,
    `import jwt from "jsonwebtoken";
jwt.sign("a text", key);`,
    `import jwt from "jsonwebtoken";
jwt.sign();`,
    {
      name: "the key is no payload",
      code: `import jwt from "jsonwebtoken";
jwt.sign({ sub: id }, { key: privateKey, passphrase }, { algorithm: "RS256" });`,
    },
    {
      name: "a password that binds the key",
      code: `import jwt from "jsonwebtoken";
jwt.sign({ sub: user.id }, key + user.password, { expiresIn: "15m" });`,
    },
    {
      name: "the identifier that a service gave",
      code: `import jwt from "jsonwebtoken";
jwt.sign({ iss: apiKey, exp: soon }, apiSecret);
jwt.sign({ sdkKey: id, appKey: id, mn: meeting, role: 0 }, sdkSecret);`,
    },
    {
      name: "picked fields",
      code: signIn("User.findOne({ email })", "{ user: { id: user.id, name: user.name } }"),
    },
    signIn("User.findOne({ email })", "{ user: user._id, id: user.id }"),
    signIn('User.findOne({ email }).select("-password")', "{ user }"),
    signIn('User.findOne({ email }).select("id name").lean()', "{ user }"),
    signIn("User.findOne({ email }).select({ password: 0 })", "{ user }"),
    signIn('User.findOne({ email }, "id name")', "{ user }"),
    signIn("User.findOne({ email }, { password: 0 })", "{ ...user }"),
    signIn("User.findOne({ email }, fields)", "{ user }"),
    signIn("User.findOne(query)", "{ user }"),
    `const jwt = require("jsonwebtoken");
async function signUp({ email, password }) {
  const user = new User({ email, name });
  await user.save();
  return jwt.sign({ user }, key);
}
async function preview({ email, password }) {
  const user = new User({ email, password });
  return jwt.sign({ user }, key);
}`,
    `const jwt = require("jsonwebtoken");
const passport = require("passport");
app.post("/login", (req, res, next) =>
  passport.authenticate("local", (error, person) => res.json(jwt.sign({ sub: person.id }, key)))(req, res, next));
app.post("/api", (req, res, next) =>
  passport.authenticate("jwt", (error, claims) => res.json(jwt.sign({ claims }, key)))(req, res, next));`,
    `const jwt = require("jsonwebtoken");
const passport = require("passport");
app.post("/api", passport.authenticate("jwt"), (req, res) => res.json(jwt.sign({ user: req.user }, key)));
app.post("/login", passport.authenticate("local"), (req, res) => res.json(jwt.sign({ sub: req.user.id }, key)));`,
    // A helper of Sails that is given no secret, or none that is known
    action("id: {}, email: {}"),
    action("...more"),
    action("password: {}").replace("inputs:", "given:"),
    action("password: {}").replace("fn:", "exit:"),
    action("password: {}").replace("(person, exits)", "(exits, person)"),
    // The strategy gives a few fields.
    ...[
      "done(null, { id: 1, name })",
      "isGood(password) ? done(null, { id: 1, name }) : done(null, false)",
    ].map((done) => signedIn(`new LocalStrategy((name, password, done) => ${done})`)),
    signedIn(
      '"local", new LocalStrategy({}, (name, password, done) => done(null, { id: 1, name }))',
    ),
    `const jwt = require("jsonwebtoken");
const mongoose = require("mongoose");
const schema = new mongoose.Schema({ name: String, password: String });
schema.methods.toJSON = function () { return { id: this.id, name: this.name }; };
const User = mongoose.model("User", schema);
exports.login = async (req) => { const user = await User.findOne({ name: req.body.name }); return jwt.sign(user.toJSON(), key); };`,
    signIn('User.query().select("id", "name").findOne({ email })', "{ user }"),
    signIn("users.query().first()", "{ user }"),
    `import User from "#models/user";
${signIn('User.query().where("email", email).first()', "{ user }")}`,
    signIn('User.scope("public").findOne({ where: { email } })', "{ user }"),
    signIn(
      'User.findOne({ where: { email }, attributes: { exclude: ["password"] } })',
      "user.toJSON()",
    ),
    signIn("prisma.user.findUnique({ where: { email }, select: { id: true } })", "user"),
    signIn("prisma.user.findUnique({ where: { email }, omit: { password: true } })", "user"),
    signIn("prisma.user.create({ data: { email, name } })", "user"),
    signIn('db.collection("users").findOne({ email }, { projection: { password: 0 } })', "user"),
    signIn('knex("users").select("id", "name").where({ email }).first()', "{ user }"),
    signIn(
      "db.select({ id: users.id }).from(users).where(eq(users.email, email))",
      "{ user: user[0] }",
    ),
    signIn("User.create({ email, name })", "{ user }"),
    signIn("accountDao.create(email, hash)", "{ id: user }"),
    signIn("userRepository.save({ email, password: hash })", "{ data: { sub: user } }"),
    `const jwt = require("jsonwebtoken");
async function signUp(body) {
  const userId = await User.create(body);
  return jwt.sign({ userId }, key);
}`,
    `const jwt = require("jsonwebtoken");
const issue = (account) => jwt.sign({ account }, key);
async function signUp(body) {
  const account = await accountDao.create(body);
  await profiles.insert({ account_id: account });
  return issue(account);
}`,
    signIn("usersService.findOne(email)", "{ user }"),
    `import jwt from "jsonwebtoken"; export const issue = async (email) => { const role = await Role.findOne({ email }); return jwt.sign({ role }, KEY, OPTIONS); };`,
    signIn("User.findOne({ email })", "sanitize(user)"),
    signIn("User.findOne({ email })", "{ ...new UserView(user) }"),
    signIn("User.findOne({ email })", "user.toObject({ transform })"),
    `const jwt = require("jsonwebtoken");
async function signIn(email) {
  const { password, ...rest } = await User.findOne({ email });
  return jwt.sign({ ...rest }, key);
}`,
    `const jwt = require("jsonwebtoken");
async function signIn(email) {
  const user = await User.findOne({ email }).lean();
  delete user.password;
  return jwt.sign({ user }, key);
}`,
    `const jwt = require("jsonwebtoken");
async function signIn(email) {
  const user = await User.findOne({ email });
  user.password = undefined;
  return jwt.sign({ user }, key);
}`,
    `const jwt = require("jsonwebtoken");
async function signIn(email) {
  const user = (await User.findOne({ email })).toObject();
  for (const field of hidden) delete user[field];
  return jwt.sign({ user }, key);
}`,
    `const jwt = require("jsonwebtoken");
async function signIn(email) {
  const user = await User.findOne({ email });
  const payload = { ...user.toObject() };
  delete payload.password;
  return jwt.sign({ user: payload }, key);
}`,
    `const jwt = require("jsonwebtoken");
async function signIn(email) {
  const user = await User.findOne({ email });
  removePassword(user);
  return jwt.sign({ user }, key);
}`,
    `const jwt = require("jsonwebtoken");
async function signIn(email) {
  const user = await User.findOne({ email });
  return jwt.sign({ ...user.toObject(), password: undefined }, key);
}`,
    `const jwt = require("jsonwebtoken");
async function signIn(email) {
  let user = await User.findOne({ email });
  user = { id: user.id };
  return jwt.sign(user, key);
}`,
    `const _ = require("lodash");
const jwt = require("jsonwebtoken");
async function signIn(email) {
  const user = await User.findOne({ email });
  return [jwt.sign(_.pick(user, ["id", "role"]), key), jwt.sign(_.omit(user, "password"), key)];
}`,
    {
      name: "the schema has no secret",
      code: `const jwt = require("jsonwebtoken");
const User = mongoose.model("User", new mongoose.Schema({ name: String }));
async function signIn(email) {
  const user = await User.findOne({ email });
  return jwt.sign({ user }, key);
}`,
    },
    {
      name: "the schema keeps the secret in the database",
      code: `const jwt = require("jsonwebtoken");
const schema = new mongoose.Schema({ name: String, password: { type: String, select: false } });
const User = mongoose.model("User", schema);
async function signIn(email) {
  const user = await User.findOne({ email });
  return jwt.sign({ user }, key);
}`,
    },
    {
      name: "the model in another file leaves it out of copies",
      code: `const jwt = require("jsonwebtoken");
const User = require("./guarded-model.js");
async function signIn(email) {
  const user = await User.findOne({ email });
  return jwt.sign({ user }, key);
}`,
      filename,
    },
    {
      name: "a function of another file that picks fields",
      code: `const jwt = require("jsonwebtoken");
const users = require("./users.js");
async function signIn(email) {
  const user = await users.findPublic(email);
  return jwt.sign({ user }, key);
}`,
      filename,
    },
    {
      name: "an entity that leaves it out",
      code: `import jwt from "jsonwebtoken";
@Entity()
class User {
  @Column() name: string;
  @Exclude() @Column() password: string;
}
async function signIn(email: string) {
  const user = await getRepository(User).findOne({ where: { email } });
  return jwt.sign({ ...user }, key);
}`,
      ts: true,
    },
    {
      name: "types without a secret",
      code: `import type { User } from "@prisma/client";
import jwt from "jsonwebtoken";
interface Person { id: string; name: string }
export const issue = (person: Person) => jwt.sign({ ...person }, key);
export const reissue = (user: Omit<User, "password">) => jwt.sign({ ...user }, key);`,
      ts: true,
    },
    ...[
      'Omit<Person, "password">',
      'Pick<Person, "id" | "name">',
      "Omit<Person, Hidden>",
      'Readonly<Omit<Person, "password">>',
      "Partial<Other>",
    ].map((type) => ({
      name: `a type that leaves the secret out: ${type}`,
      code: `import jwt from "jsonwebtoken"; import type { Hidden, Other } from "./types";
interface Person { id: string; name: string; password: string }
export const issue = (person: ${type}) => jwt.sign({ ...person }, key);`,
      ts: true as const,
    })),
    {
      name: "claims of another token",
      code: `import jwt from "jsonwebtoken";
const claims = jwt.verify(token, key);
jwt.sign({ ...claims }, key);`,
    },
    {
      name: "columns that a query names",
      code: `const jwt = require("jsonwebtoken");
db.query("SELECT id, name FROM users WHERE email = ?", [email], (error, rows) => {
  jwt.sign({ user: rows[0] }, key);
});`,
    },
    `const jwt = require("jsonwebtoken");
const users = [{ id: 1, name: "a" }];
jwt.sign({ user: users.find((user) => user.id === id) }, key);`,
    {
      name: "personal data is the policy's",
      code: `import jwt from "jsonwebtoken";
jwt.sign({ email, phone, address, dateOfBirth }, key);`,
    },
    {
      code: `import jwt from "jsonwebtoken";
jwt.sign({ email, phoneNumber, ipAddress: masked(ip), walletAddress, emailVerified }, key);`,
      options: [{ personalData: "report", allow: ["email", "phone_number", "IPAddress"] }],
    },
    {
      code: `import jwt from "jsonwebtoken";
jwt.sign({ otp, accessToken: tokens.access }, key);`,
      options: [{ allow: ["otp", "access_token"] }],
    },
    {
      name: "a JwtService that is no JWT library's",
      code: `import { sign } from "./cookies";
import jwt from "jsonwebtoken";
sign({ password: user.password }, key);`,
    },
  ],
  invalid: [
    ...[
      ["accessToken", "accessToken.expiresAt"],
      ["accessToken", "session.userId"],
      ["password", "password.userId"],
    ].map(([name = "", read = ""]) =>
      marked(
        `import jwt from "jsonwebtoken"; export const keep = (${name}, id) => jwt.sign({ «${name}», id }, key); log(${read});`,
        secret(
          name,
          `import jwt from "jsonwebtoken"; export const keep = (${name}, id) => jwt.sign({ id }, key); log(${read});`,
        ),
      ),
    ),
    ...[
      "Person",
      'Omit<Person, "name">',
      'Pick<Person, "id" | "password">',
      "Partial<Person>",
      'Readonly<Omit<Person, "id">>',
    ].map((type) => typed(type, "jwt.sign({ «...person» }, key)")),
    marked(
      `import jwt from "jsonwebtoken"; export const issue = (info) => jwt.sign({ openid: info.openid, «session_key: info.session_key» }, KEY, OPTIONS);`,
      {
        ...secret(
          "session_key",
          `import jwt from "jsonwebtoken"; export const issue = (info) => jwt.sign({ openid: info.openid }, KEY, OPTIONS);`,
        ),
      },
    ),
    marked(
      `import jwt from "jsonwebtoken"; import { Keeper } from "./models.js"; export const issue = async (id) => { const user = await Keeper.findOne({ where: { id } }); return jwt.sign({ sub: id, «user» }, KEY, OPTIONS); };`,
      record("Keeper"),
    ),
    // What may not have happened, or has happened to another value
    ...[
      "if (isSmall) user = filterProps(user); return jwt.sign(«user», KEY, OPTIONS);",
      "user = filterProps(user); user = await User.findByPk(user.id); return jwt.sign(«user», KEY, OPTIONS);",
      "const token = jwt.sign(«user», KEY, OPTIONS); user = filterProps(user); return { user, token };",
    ].map((rest) => {
      const code = `const jwt = require("jsonwebtoken"); const { filterProps } = require("./props"); exports.create = async (email, isSmall) => { let user = await User.findOne({ where: { email } }); ${rest} };`;
      return marked(
        code,
        record("User", "{ sub: user.id }", code.replace("«user»", "{ sub: user.id }")),
      );
    }),
    // Rows of two tables, of which the program reads the password
    ...[
      "if (rows[0].password !== given) return null; return jwt.sign(«rows[0]», KEY, OPTIONS);",
      "const { password } = rows[0]; check(password); return jwt.sign(«rows[0]», KEY, OPTIONS);",
    ].map((rest) => {
      const code = `const jwt = require("jsonwebtoken"); exports.login = async (name, given) => { let rows = await db.query("SELECT * FROM pelanggan"); if (rows.length === 0) rows = await db.query("SELECT * FROM petugas"); ${rest} };`;
      return marked(code, recordWithSecret("rows", "password"));
    }),
    // People in other languages
    ...["Usuario", "Utilisateur", "Benutzer", "Aluno"].map((model) => {
      const issue = (payload: string): string =>
        `import jwt from "jsonwebtoken"; import ${model} from "./models/${model}.js"; export const issue = async (id) => { const person = await ${model}.findById(id); return jwt.sign({ ${payload} }, KEY, OPTIONS); };`;
      return marked(issue("«person»"), record(model, "sub: person.id", issue("sub: person.id")));
    }),
    // Types of records: of prisma's client where it is generated, of tables of drizzle
    ...[
      ['import { User } from "./generated/prisma";', "User"],
      ['import type { User } from "../generated/client";', "User"],
      ['import { User } from "@/db/schema";', "User"],
      ['import { User } from "./db/schema.js";', "User"],
      ['import { users } from "../db/schema";', "typeof users.$inferSelect"],
      [
        'import { InferSelectModel } from "drizzle-orm"; import { users } from "../db/schema";',
        "InferSelectModel<typeof users>",
      ],
    ].map(([imported = "", type = ""]) =>
      marked(
        `import jwt from "jsonwebtoken"; ${imported} export const make = (user: ${type}) => jwt.sign({ «...user» }, key, options);`,
        record(
          "user",
          "sub: user.id",
          `import jwt from "jsonwebtoken"; ${imported} export const make = (user: ${type}) => jwt.sign({ sub: user.id }, key, options);`,
        ),
        { ts: true },
      ),
    ),
    // A provider's, by the name of the claim or of what stands in it
    ...[
      ["githubToken: user.github", "githubToken"],
      ["providerTokens: user.github", "providerTokens"],
      ["token: user.accessToken", "user.accessToken", "token"],
      ["session: user.refresh_token", "user.refresh_token", "session"],
    ].map(([claim = "", name = "", called = name]) =>
      marked(
        `import jwt from "jsonwebtoken"; export const make = (user) => jwt.sign({ id: user.id, «${claim}» }, key);`,
        secret(
          name,
          `import jwt from "jsonwebtoken"; export const make = (user) => jwt.sign({ id: user.id }, key);`,
          called,
        ),
      ),
    ),
    // By hand
    marked(
      `import { createHmac } from "node:crypto"; const encode = (part) => Buffer.from(JSON.stringify(part)).toString("base64url"); const text = encode({ alg: "HS256" }) + "." + encode({ sub: user.id, «password: user.password», exp }); export const token = text + "." + createHmac("sha256", process.env.JWT_SECRET).update(text).digest("base64url");`,
      secret(
        "password",
        `import { createHmac } from "node:crypto"; const encode = (part) => Buffer.from(JSON.stringify(part)).toString("base64url"); const text = encode({ alg: "HS256" }) + "." + encode({ sub: user.id, exp }); export const token = text + "." + createHmac("sha256", process.env.JWT_SECRET).update(text).digest("base64url");`,
      ),
    ),
    // One of those that were found, and one that was just stored
    marked(
      `const jwt = require("jsonwebtoken"); exports.login = (req) => User.find({ email: req.body.email }).exec().then((users) => jwt.sign({ «user: users[0]» }, key));`,
      record("User"),
    ),
    ...[
      "[user] = await User.find({ email: req.body.email })",
      "user = await new User(req.body).save()",
    ].map((made) => {
      const login = (payload: string): string =>
        `const jwt = require("jsonwebtoken"); exports.login = async (req) => { const ${made}; return jwt.sign(${payload}, key); };`;
      return marked(login("{ «user» }"), record("User", "sub: user.id", login("{ sub: user.id }")));
    }),
    {
      ...marked(
        `import jwt from "jsonwebtoken"; import User from "./entities/user.entity"; export const make = (user: User) => jwt.sign(«user», key, options);`,
        record(
          "user",
          "{ sub: user.id }",
          `import jwt from "jsonwebtoken"; import User from "./entities/user.entity"; export const make = (user: User) => jwt.sign({ sub: user.id }, key, options);`,
        ),
      ),
      ts: true,
    },
    marked(
      `import jwt from "jsonwebtoken";
export const attach = (res, user, refreshToken) => { const accessJwt = jwt.sign({ sub: user.id, «refreshToken» }, key); res.json({ accessJwt }); };`,
      secret(
        "refreshToken",
        `import jwt from "jsonwebtoken";
export const attach = (res, user, refreshToken) => { const accessJwt = jwt.sign({ sub: user.id }, key); res.json({ accessJwt }); };`,
      ),
    ),
    marked(
      `import jwt from "jsonwebtoken";
jwt.sign({ sub: user.id, «password: user.password» }, key);`,
      secret(
        "password",
        `import jwt from "jsonwebtoken";
jwt.sign({ sub: user.id }, key);`,
      ),
    ),
    marked(
      `const jwt = require("jsonwebtoken");
app.post("/register", (req, res) => {
  const { email, password } = req.body;
  const token = jwt.sign({ email, «password» }, key, { expiresIn: "20m" });
  mail(email, token);
});`,
      secret(
        "password",
        `const jwt = require("jsonwebtoken");
app.post("/register", (req, res) => {
  const { email, password } = req.body;
  const token = jwt.sign({ email }, key, { expiresIn: "20m" });
  mail(email, token);
});`,
      ),
    ),
    ...(
      [
        "passwordHash",
        "hashed_password",
        "pwd",
        "pass",
        "passHash",
        "pin",
        "clientSecret",
        "totp_secret",
        "apiKey",
        "privateKey",
        "otp",
        "activationCode",
        "creditCardNumber",
        "cvv",
        "ssn",
        "socialSecurityNumber",
        "access_token",
        "refreshToken",
        "securityAnswer",
      ] as const
    ).map((name) =>
      marked(
        `import { sign } from "jsonwebtoken";
sign({ «${name}: user.${name}» }, key);`,
        secret(
          name,
          `import { sign } from "jsonwebtoken";
sign({  }, key);`,
        ),
      ),
    ),
    {
      ...marked(
        `import jwt from "jsonwebtoken";
jwt.sign({ sub: user.id, «check: user.passwordHash» }, key);`,
        secret(
          "user.passwordHash",
          `import jwt from "jsonwebtoken";
jwt.sign({ sub: user.id }, key);`,
          "check",
        ),
      ),
      name: "a secret under another name",
    },
    marked(
      `import jwt from "jsonwebtoken";
jwt.sign({ user: { id: user.id, login: { «apiKey: user.apiKey» } } }, key);`,
      secret(
        "apiKey",
        `import jwt from "jsonwebtoken";
jwt.sign({ user: { id: user.id, login: {  } } }, key);`,
      ),
    ),
    {
      ...marked(
        `import jwt from "jsonwebtoken";
jwt.sign({
  sub: user.id, // the user
  «password: user.password», // for the mobile app
}, key);`,
        secret(
          "password",
          `import jwt from "jsonwebtoken";
jwt.sign({
  sub: user.id, // the user
  // for the mobile app
}, key);`,
        ),
      ),
      name: "comments stay",
    },
    marked(
      `import jwt from "jsonwebtoken";
const payload = { sub: user.id };
«payload.password = user.password»;
jwt.sign(payload, key);`,
      secret("password"),
    ),
    marked(
      `import jwt from "jsonwebtoken";
const login = { «password: given» };
jwt.sign({ ...login, sub: id }, key);
jwt.sign(Object.assign({ sub: id }, login), key);`,
      secret(
        "password",
        `import jwt from "jsonwebtoken";
const login = {  };
jwt.sign({ ...login, sub: id }, key);
jwt.sign(Object.assign({ sub: id }, login), key);`,
      ),
    ),
    marked(
      `import jwt from "jsonwebtoken";
jwt.sign({ sub: id, ...(full && { «ssn: user.ssn» }) }, key);`,
      secret(
        "ssn",
        `import jwt from "jsonwebtoken";
jwt.sign({ sub: id, ...(full && {  }) }, key);`,
      ),
    ),
    marked(
      `import jwt from "jsonwebtoken";
const issue = (payload) => jwt.sign(payload, key);
issue({ sub: id, «password: user.password» });`,
      secret(
        "password",
        `import jwt from "jsonwebtoken";
const issue = (payload) => jwt.sign(payload, key);
issue({ sub: id });`,
      ),
    ),
    {
      ...marked(
        `import * as jwt from "jsonwebtoken";
class Tokens {
  private make(claims: object) {
    return jwt.sign(claims, this.key);
  }
  reset(user) {
    return this.make({ sub: user.id, «password: user.password» });
  }
}`,
        secret(
          "password",
          `import * as jwt from "jsonwebtoken";
class Tokens {
  private make(claims: object) {
    return jwt.sign(claims, this.key);
  }
  reset(user) {
    return this.make({ sub: user.id });
  }
}`,
        ),
      ),
      ts: true,
    },
    marked(
      `const { promisify } = require("node:util");
const sign = promisify(require("jsonwebtoken").sign);
sign({ sub: id, «otp» }, key);`,
      secret(
        "otp",
        `const { promisify } = require("node:util");
const sign = promisify(require("jsonwebtoken").sign);
sign({ sub: id }, key);`,
      ),
    ),
    {
      ...marked(
        `import jwt from "jsonwebtoken";
export const createActivationToken = (user) => {
  const activationCode = Math.floor(1000 + Math.random() * 9000).toString();
  const token = jwt.sign({ user, «activationCode» }, key, { expiresIn: "5m" });
  return { token, activationCode };
};`,
        secret(
          "activationCode",
          `import jwt from "jsonwebtoken";
export const createActivationToken = (user) => {
  const activationCode = Math.floor(1000 + Math.random() * 9000).toString();
  const token = jwt.sign({ user }, key, { expiresIn: "5m" });
  return { token, activationCode };
};`,
        ),
      ),
      name: "the code that the holder is to receive in another way",
    },
    {
      ...marked(
        `const { issue } = require("./tokens.js");
const jwt = issue({ sub: id, «password: user.password» });`,
        secret(
          "password",
          `const { issue } = require("./tokens.js");
const jwt = issue({ sub: id });`,
        ),
      ),
      filename,
      name: "through a function of another file",
    },
    {
      ...marked(
        `const jwt = require("jsonwebtoken");
const { base } = require("./claims.js");
jwt.sign(«base», key);`,
        {
          messageId: "secret",
          data: {
            name: "password",
            origin: " It is written in tests/fixtures/payloads/claims.js:1.",
          },
        },
      ),
      filename,
    },

    // Other libraries
    marked(
      `import { SignJWT } from "jose";
new SignJWT({ sub: id, «cvv: card.cvv» }).setProtectedHeader({ alg: "ES256" }).sign(key);`,
      secret(
        "cvv",
        `import { SignJWT } from "jose";
new SignJWT({ sub: id }).setProtectedHeader({ alg: "ES256" }).sign(key);`,
      ),
    ),
    marked(
      `import { UnsecuredJWT } from "jose";
new UnsecuredJWT({ sub: id, «pin: user.pin» }).encode();`,
      secret(
        "pin",
        `import { UnsecuredJWT } from "jose";
new UnsecuredJWT({ sub: id }).encode();`,
      ),
    ),
    marked(
      `import jwt from "jsonwebtoken";
const text = JSON.stringify({ sub: id, «password: given» });
jwt.sign(text, key);`,
      secret(
        "password",
        `import jwt from "jsonwebtoken";
const text = JSON.stringify({ sub: id });
jwt.sign(text, key);`,
      ),
    ),
    marked(
      `import { CompactSign } from "jose";
const text = JSON.stringify({ sub: id, «password: given» });
new CompactSign(new TextEncoder().encode(text)).setProtectedHeader({ alg: "ES256" }).sign(key);`,
      secret(
        "password",
        `import { CompactSign } from "jose";
const text = JSON.stringify({ sub: id });
new CompactSign(new TextEncoder().encode(text)).setProtectedHeader({ alg: "ES256" }).sign(key);`,
      ),
    ),
    marked(
      `import { sign } from "hono/jwt";
sign({ sub: id, «secret: user.secret» }, key);`,
      secret(
        "secret",
        `import { sign } from "hono/jwt";
sign({ sub: id }, key);`,
      ),
    ),
    marked(
      `import jwt from "jwt-simple";
jwt.encode({ sub: id, «passwd: user.passwd» }, key);`,
      secret(
        "passwd",
        `import jwt from "jwt-simple";
jwt.encode({ sub: id }, key);`,
      ),
    ),
    {
      ...marked(
        `import { JwtService } from "@nestjs/jwt";
class Auth {
  constructor(private readonly jwt: JwtService) {}
  login(user) {
    return this.jwt.signAsync({ sub: user.id, «password: user.password» });
  }
}`,
        secret(
          "password",
          `import { JwtService } from "@nestjs/jwt";
class Auth {
  constructor(private readonly jwt: JwtService) {}
  login(user) {
    return this.jwt.signAsync({ sub: user.id });
  }
}`,
        ),
      ),
      ts: true,
    },

    // Somebody's own key, and one beside which the program signs with a secret of its own
    ...[
      ["apiKey: user.apiKey", "process.env.API_SECRET"],
      ["apiKey: process.env.PAYMENTS_API_KEY", "process.env.JWT_SECRET"],
      ["apiKey: process.env.PAYMENTS_API_KEY", "privateKey"],
    ].map(([claim = "", signedWith = ""]) => {
      const sign = (payload: string) =>
        `import jwt from "jsonwebtoken";\njwt.sign({ ${payload} }, ${signedWith});`;
      return marked(sign(`sub: id, «${claim}»`), secret("apiKey", sign("sub: id")));
    }),
    {
      ...marked(
        `import jwt from "jsonwebtoken";
export const issue = (user, «otp»: string) => jwt.sign({ sub: user.id, otp }, key);`.replace(
          /«otp»(.*), otp \}/u,
          "otp$1, «otp» }",
        ),
        secret(
          "otp",
          `import jwt from "jsonwebtoken";
export const issue = (user, otp: string) => jwt.sign({ sub: user.id }, key);`,
        ),
      ),
      ts: true,
    },

    // Whole records
    held(
      `import jwt from "jsonwebtoken";
const issue = (data) => jwt.sign({ «...data» }, key);
export async function signIn(users, { email, given }) {
  const member = await users.lookUp(email);
  if (!(await compare(given, member.password))) throw new Error("No.");
  return issue(member);
}`,
      "member",
      "sub: data.id",
    ),
    held(
      `import jwt from "jsonwebtoken";
export async function signIn(users, { email, given }) {
  let isSame = false;
  const found = await users.lookUp(email).then((row) => {
    isSame = row.password === given;
    return row;
  });
  return isSame && jwt.sign(«found», key);
}`,
      "row",
      "{ sub: found.id }",
    ),
    held(
      `import jwt from "jsonwebtoken";
async function known(users, { email, given }) {
  const user = await users.lookUp(email);
  if (!(await compare(given, user.password))) return null;
  return user;
}
export async function signIn(users, body) {
  const member = await known(users, body);
  return jwt.sign({ «member» }, key);
}`,
      "user",
      "sub: member.id",
    ),
    held(
      `import jwt from "jsonwebtoken";
export async function signIn(users, { email, given }) {
  const user = await users.lookUp(email);
  if (!(await compare(given, user.password))) throw new Error("No.");
  const token = jwt.sign({ «user» }, key);
  delete user.password;
  return { token, user };
}`,
      "user",
      "sub: user.id",
    ),
    held(
      `import jwt from "jsonwebtoken";
export async function signIn(users, { email, given }) {
  const user = await users.lookUp(email);
  if (!(await user.comparePassword(given))) throw new Error("No.");
  return jwt.sign({ «user» }, key);
}`,
      "user",
      "sub: user.id",
    ),
    ofUser("User.findOne({ email })"),
    ofUser("User.findOne({ email }).populate(role).lean().exec()"),
    ofUser("User.findById(id)"),
    marked(
      `const jwt = require("jsonwebtoken");
async function signUp({ email, password }) {
  const user = new User({ email, password });
  await user.save();
  return jwt.sign({ «user» }, key);
}`,
      recordWithSecret(
        "User",
        "password",
        "sub: user.id",
        `const jwt = require("jsonwebtoken");
async function signUp({ email, password }) {
  const user = new User({ email, password });
  await user.save();
  return jwt.sign({ sub: user.id }, key);
}`,
      ),
    ),
    marked(
      `const jwt = require("jsonwebtoken");
const passport = require("passport");
app.post("/login", (req, res, next) =>
  passport.authenticate("local", (error, person) => res.json(jwt.sign({ «sub: person» }, key)))(req, res, next));`,
      record("person"),
    ),
    marked(
      action("email: {}, password: {}", "«user: person»"),
      recordWithSecret(
        "person",
        "password",
        "sub: person.id",
        action("email: {}, password: {}", "sub: person.id"),
      ),
    ),
    // All fields of it, a secret, the strategy of another name, or what another function gives
    ...[
      "new LocalStrategy((name, password, done) => done(null, people[name]))",
      "new LocalStrategy((name, password, done) => done(null, { ...people[name] }))",
      "new LocalStrategy((name, password, done) => done(null, { name, password }))",
      "new LocalStrategy((name, password, done) => { done(null, { name }); look(done); })",
      "new LocalStrategy((name, password, done) => done(null, false))",
      "new LocalStrategy((name, password, { done }) => done(null, { name }))",
      "new LocalStrategy(check)",
      '"jwt", new JwtStrategy((claims, done) => done(null, { id: claims.sub }))',
    ].map((strategy) => marked(signedIn(strategy, "«sub: person»"), record("person"))),
    marked(
      signedIn(
        "new LocalStrategy((name, password, done) => done(null, { name }))",
        "«sub: person»",
      ).replace("passport.use", "app.use"),
      record("person"),
    ),
    ...["local", "google"].map((strategy) =>
      marked(
        `const jwt = require("jsonwebtoken");
const passport = require("passport");
app.post("/login", passport.authenticate("${strategy}"), (req, res) => res.json(jwt.sign({ «user: req.user» }, key)));`,
        record("user"),
      ),
    ),
    marked(
      `const jwt = require("jsonwebtoken");
const mongoose = require("mongoose");
// There is no toJSON here.
const User = mongoose.model("User", new mongoose.Schema({ name: String, password: String }));
exports.login = async (req) => { const user = await User.findOne({ name: req.body.name }); return jwt.sign(«user.toJSON()», key); };`,
      recordWithSecret("User", "password"),
    ),
    ofUser("User.query().findOne({ email })"),
    ofUser('User.query().where("email", email).first()'),
    ofUser("User.findByPk(id)"),
    ofUser("User.findByCredentials(email, given)"),
    ofUser("User.findByIdAndUpdate(id, { $set: body }, { new: true })"),
    ofUser("User.create(body)"),
    ofUser("usersDao.create(body)"),
    marked(
      signIn("usersDao.findByEmail(email)", "{ «id: user» }"),
      record("usersDao", "sub: user.id", signIn("usersDao.findByEmail(email)", "{ sub: user.id }")),
    ),
    marked(signIn("prisma.user.create({ data: body })", "{ «sub: user» }"), record("user")),
    {
      ...marked(
        `const jwt = require("jsonwebtoken");
const User = mongoose.model("User", new mongoose.Schema({ name: String, password: String }));
async function signUp(body) {
  const user = await User.create(body);
  return jwt.sign({ «sub: user» }, key);
}`,
        recordWithSecret("User", "password"),
      ),
      name: "the model is in sight",
    },
    ofUser("prisma.user.findUnique({ where: { email } })"),
    ofUser("this.prisma.user.findFirst({ where: { email }, include: { roles: true } })"),
    ofUser("getRepository(User).findOneBy({ email })"),
    ofUser("dataSource.getRepository(User).findOne({ where: { email } })"),
    ofUser("this.usersRepository.findOne({ where: { email } })"),
    ofUser("this.usersRepository.save(entity)"),
    ofUser("this.userModel.findOne({ email })"),
    ofUser("em.findOne(User, { email })"),
    ofUser('db.collection("users").findOne({ email })'),
    ofUser('knex("users").where({ email }).first()'),
    marked(
      signIn("User.findOne({ email })", "«user»"),
      record("User", "{ sub: user.id }", signIn("User.findOne({ email })", "{ sub: user.id }")),
    ),
    marked(
      signIn("User.findOne({ email })", "{ «...user», role }"),
      record("User", "sub: user.id", signIn("User.findOne({ email })", "{ sub: user.id, role }")),
    ),
    marked(signIn("User.findOne({ email })", "{ sub: id, «user» }"), record("User")),
    marked(signIn("User.findOne({ email })", "«user.toJSON()»"), record("User")),
    marked(signIn("User.findOne({ email })", "{ «...user._doc» }"), record("User")),
    marked(
      signIn("User.findOne({ email })", "Object.assign({}, «user.dataValues»)"),
      record("User"),
    ),
    marked(signIn("User.findOne({ email })", "«user.get({ plain: true })»"), record("User")),
    marked(signIn("User.findOne({ email })", "«JSON.parse(JSON.stringify(user))»"), record("User")),
    marked(signIn("User.findOne({ email })", "{ data: { «user» } }"), record("User")),
    marked(
      signIn('User.findOne({ email }).select("+password")', "{ «user» }"),
      recordWithSecret(
        "User",
        "password",
        "sub: user.id",
        signIn('User.findOne({ email }).select("+password")', "{ sub: user.id }"),
      ),
    ),
    marked(
      signIn("User.create({ email, password: hash })", "{ «user» }"),
      recordWithSecret(
        "User",
        "password",
        "sub: user.id",
        signIn("User.create({ email, password: hash })", "{ sub: user.id }"),
      ),
    ),
    {
      ...marked(
        `import jwt from "jsonwebtoken";
export async function signIn(users, { email, given }) {
  const user = await users.lookUp(email);
  if (!(await bcrypt.compare(given, user.password))) throw new Error("No.");
  return jwt.sign({ «...user» }, key);
}`,
        recordWithSecret(
          "user",
          "password",
          "sub: user.id",
          `import jwt from "jsonwebtoken";
export async function signIn(users, { email, given }) {
  const user = await users.lookUp(email);
  if (!(await bcrypt.compare(given, user.password))) throw new Error("No.");
  return jwt.sign({ sub: user.id }, key);
}`,
        ),
      ),
      name: "a record that is known to hold a password, wherever it comes from",
    },
    marked(
      `const jwt = require("jsonwebtoken");
app.post("/token", (req, res) => {
  const { password } = req.body;
  if (check(password)) res.send(jwt.sign(«req.body», key));
});`,
      recordWithSecret("body", "password"),
    ),
    marked(
      `const jwt = require("jsonwebtoken");
const users = [{ id: 1, name: "a", password: "not-a-real-password" }];
app.post("/token", (req, res) => {
  const user = users.find((one) => one.name === req.body.name);
  res.send(jwt.sign({ «user» }, key));
});`,
      recordWithSecret(
        "users",
        "password",
        "sub: user.id",
        `const jwt = require("jsonwebtoken");
const users = [{ id: 1, name: "a", password: "not-a-real-password" }];
app.post("/token", (req, res) => {
  const user = users.find((one) => one.name === req.body.name);
  res.send(jwt.sign({ sub: user.id }, key));
});`,
      ),
    ),
    marked(
      `const jwt = require("jsonwebtoken");
User.findOne({ email }, function (error, user) {
  const token = jwt.sign({ «user: user» }, key);
});`,
      record(
        "User",
        "sub: user.id",
        `const jwt = require("jsonwebtoken");
User.findOne({ email }, function (error, user) {
  const token = jwt.sign({ sub: user.id }, key);
});`,
      ),
    ),
    marked(
      `const jwt = require("jsonwebtoken");
User.findOne({ where: { email } }).then((user) => {
  const token = jwt.sign(«user», key);
});`,
      record(
        "User",
        "{ sub: user.id }",
        `const jwt = require("jsonwebtoken");
User.findOne({ where: { email } }).then((user) => {
  const token = jwt.sign({ sub: user.id }, key);
});`,
      ),
    ),
    marked(
      `const jwt = require("jsonwebtoken");
async function register(body) {
  const user = new User(body);
  const saved = await user.save();
  return jwt.sign({ «user: saved» }, key);
}`,
      record(
        "User",
        "sub: saved.id",
        `const jwt = require("jsonwebtoken");
async function register(body) {
  const user = new User(body);
  const saved = await user.save();
  return jwt.sign({ sub: saved.id }, key);
}`,
      ),
    ),
    marked(
      `const jwt = require("jsonwebtoken");
userSchema.methods.makeToken = function () {
  return jwt.sign(«this.toJSON()», key);
};`,
      record("userSchema"),
    ),
    marked(
      `const jwt = require("jsonwebtoken");
find(email, async (error, results) => {
  if (!(await bcrypt.compare(given, results[0].password))) return;
  jwt.sign({ «user: results[0]» }, key);
});`,
      recordWithSecret("results", "password"),
    ),
    marked(
      `const jwt = require("jsonwebtoken");
db.query("SELECT * FROM users WHERE email = ?", [email], (error, results) => {
  jwt.sign({ «user: results[0]» }, key);
});`,
      record("users"),
    ),
    marked(
      `const jwt = require("jsonwebtoken");
async function signIn(email) {
  const { rows } = await pool.query(\`SELECT * FROM users WHERE email = '\${email}'\`);
  const user = rows[0];
  return jwt.sign({ «user» }, key);
}`,
      record(
        "users",
        "sub: user.id",
        `const jwt = require("jsonwebtoken");
async function signIn(email) {
  const { rows } = await pool.query(\`SELECT * FROM users WHERE email = '\${email}'\`);
  const user = rows[0];
  return jwt.sign({ sub: user.id }, key);
}`,
      ),
    ),
    marked(
      `const jwt = require("jsonwebtoken");
async function signIn(email) {
  const [user] = await db.select().from(users).where(eq(users.email, email));
  return jwt.sign({ «user» }, key);
}`,
      record(
        "users",
        "sub: user.id",
        `const jwt = require("jsonwebtoken");
async function signIn(email) {
  const [user] = await db.select().from(users).where(eq(users.email, email));
  return jwt.sign({ sub: user.id }, key);
}`,
      ),
    ),
    {
      ...marked(
        `const jwt = require("jsonwebtoken");
const users = require("./users.js");
async function signIn(email) {
  const user = await users.findByEmail(email);
  return jwt.sign({ «user» }, key);
}`,
        recordWithSecret(
          "User",
          "password",
          "sub: user.id",
          `const jwt = require("jsonwebtoken");
const users = require("./users.js");
async function signIn(email) {
  const user = await users.findByEmail(email);
  return jwt.sign({ sub: user.id }, key);
}`,
        ),
      ),
      filename,
      name: "the call and the schema stand in other files",
    },
    {
      ...marked(
        `import { JwtService } from "@nestjs/jwt";
import { User } from "./user-entity";
class Auth {
  constructor(private readonly jwt: JwtService) {}
  login(user: User) {
    return this.jwt.sign({ «...user» });
  }
}`,
        recordWithSecret(
          "user",
          "passwordHash",
          "sub: user.id",
          `import { JwtService } from "@nestjs/jwt";
import { User } from "./user-entity";
class Auth {
  constructor(private readonly jwt: JwtService) {}
  login(user: User) {
    return this.jwt.sign({ sub: user.id });
  }
}`,
        ),
      ),
      filename: tsFilename,
    },
    {
      ...marked(
        `import jwt from "jsonwebtoken";
interface Account { id: string; password: string }
export const issue = (account: Account) => jwt.sign(«account», key, { subject: account.id });`,
        recordWithSecret("account", "password"),
      ),
      ts: true,
      name: "no edit where the call names the subject",
    },
    {
      ...marked(
        `import type { User } from "@prisma/client";
import jwt from "jsonwebtoken";
import type { UserDocument } from "./models";
export const issue = (user: User) => jwt.sign(«user», key);
export const reissue = (user: UserDocument) => jwt.sign({ «...user» }, key);`,
        [
          record(
            "user",
            "{ sub: user.id }",
            `import type { User } from "@prisma/client";
import jwt from "jsonwebtoken";
import type { UserDocument } from "./models";
export const issue = (user: User) => jwt.sign({ sub: user.id }, key);
export const reissue = (user: UserDocument) => jwt.sign({ ...user }, key);`,
          ),
          record(
            "user",
            "sub: user.id",
            `import type { User } from "@prisma/client";
import jwt from "jsonwebtoken";
import type { UserDocument } from "./models";
export const issue = (user: User) => jwt.sign(user, key);
export const reissue = (user: UserDocument) => jwt.sign({ sub: user.id }, key);`,
          ),
        ],
      ),
      ts: true,
    },

    // Policy
    {
      ...marked(
        `import jwt from "jsonwebtoken";
jwt.sign({ email, «phoneNumber» }, key);`,
        {
          messageId: "personal",
          data: { name: "phoneNumber", origin: "" },
          suggestions: suggestion(
            "removeClaim",
            { name: "phoneNumber" },
            `import jwt from "jsonwebtoken";
jwt.sign({ email }, key);`,
          ),
        },
      ),
      options: [{ personalData: "report" }],
    },
    {
      ...marked(
        `import jwt from "jsonwebtoken";
jwt.sign({ sub: id, «email» }, key);`,
        {
          messageId: "personal",
          data: { name: "email", origin: "" },
          suggestions: suggestion(
            "removeClaim",
            { name: "email" },
            `import jwt from "jsonwebtoken";
jwt.sign({ sub: id }, key);`,
          ),
        },
      ),
      options: [{ personalData: "report", allow: [] }],
    },
    {
      ...marked(
        `import jwt from "jsonwebtoken";
jwt.sign({ sub: id, «tax_class: person.taxClass» }, key);`,
        {
          messageId: "denied",
          data: { name: "tax_class", origin: "" },
          suggestions: suggestion(
            "removeClaim",
            { name: "tax_class" },
            `import jwt from "jsonwebtoken";
jwt.sign({ sub: id }, key);`,
          ),
        },
      ),
      options: [{ deny: ["taxClass"] }],
    },
  ],
});
