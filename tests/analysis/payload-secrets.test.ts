import rule from "../../src/rules/no-sensitive-payload.ts";
import { marked } from "../kit/marked.ts";
import { testRule } from "../kit/test-rule.ts";

/** Secrets that are written to what is signed whole, and those that are read from claims. */

const JWT = 'import jwt from "jsonwebtoken"; ';

const written = (code: string, name: string) =>
  marked(code, { messageId: "secret", data: { name, origin: "" } });
const read = (code: string, name = "password") =>
  marked(code, { messageId: "readSecret", data: { name, origin: "" } });

const code = (text: string, name = "otp") =>
  marked(text, { messageId: "readCode", data: { name, origin: "" } });

/** Somebody enters the code that he was sent. */
const ENTERED = (asks: string, token = "req.body.token", verify = "jwt.verify"): string =>
  `${JWT}export const enter = async (req, res) => { const { otp, email } = req.body; const user = await User.findOne({ email }); const claims = await ${verify}(${token}, KEY, { algorithms: ["HS256"] }); ${asks} res.json(await open(claims.email)); };`;

const SIGNED_TOO = (claims: string): string =>
  `${ENTERED("if (claims.otp !== otp) return res.end();")} export const make = (otp) => jwt.sign(${claims}, KEY, OPTIONS);`;

/** Whoever takes a secret out of it knows what is in it, but for what he puts in himself. */
const SIGNED = (writes: string, rest = ""): string =>
  `${JWT}export const add = async (req, res) => { ${writes} delete req.body.password; res.json({ token: jwt.sign(req.body, KEY, OPTIONS) }); ${rest} };`;

const GUARD = (
  asks: string,
  claims = 'jwt.verify(req.get("x-token"), KEY, { algorithms: ["HS256"] })',
): string =>
  `${JWT}import { jwtDecrypt, jwtVerify } from "jose"; export const guard = async (req, res, next) => { const claims = ${claims}; const user = await User.findByPk(claims.id); ${asks} next(); };`;

testRule("no-sensitive-payload", rule, {
  valid: [
    // Taken out again, emptied, replaced, written to something else or too late
    SIGNED("req.body.password_hash = hash(req.body.word); delete req.body.password_hash;"),
    SIGNED("req.body.password_hash = undefined;"),
    SIGNED('req.body.password_hash = "removed";'),
    SIGNED("req.body.password_hash = hash(req.body.word); req.body = { id: 1 };"),
    SIGNED("req.user.password_hash = hash(req.body.word);"),
    SIGNED("req.body.password_version = 2; req.body.name = name;"),
    SIGNED("req.body.user.password_hash = hash(word);").replace(
      "jwt.sign(req.body,",
      "jwt.sign(req.body.id,",
    ),
    SIGNED("", "req.body.password_hash = hash(req.body.word);"),
    SIGNED("const set = () => { req.body.password_hash = hash(word); };"),
    SIGNED("req.body.hasPassword = Boolean(word); req.body.apiKey = encrypt(word);"),
    // Numbers that nobody types in to sign in
    ...[
      "{ pwd: 0 }",
      "{ pin: 1 }",
      "{ passwordVersion: 4711 }",
      "{ accessToken: 86400 }",
      "{ otp: 123456 < 2 }",
    ].map((claims) => `${JWT}export const make = () => jwt.sign(${claims}, KEY, OPTIONS);`),
    // The id of the token itself, whatever it is called
    `${JWT}import { v4 } from "uuid"; export const make = async (sub) => { const refreshToken = v4(); await keep(sub, refreshToken); return jwt.sign({ jti: refreshToken, sub }, KEY, OPTIONS); };`,
    // Another claim, a claim that is only handed on or looked for, or one of another thing
    GUARD("if (user.version !== claims.version) return res.end();"),
    GUARD("if (user.passwordVersion !== claims.passwordVersion) return res.end();"),
    GUARD("if (claims.password) return res.end();"),
    // A way of signing in, and a digest
    GUARD("if (claims.password !== true) return res.end();"),
    GUARD("if (claims.password !== digest(user.password)) return res.end();"),
    GUARD("if (user.password !== req.body.password) return res.end();"),
    GUARD("if (user.password !== claims.profile.password) return res.end();").replace(
      "claims.profile",
      "profile",
    ),
    GUARD("if (user.password !== claims.password) return res.end();", 'read(req.get("x-token"))'),
    GUARD(
      "if (user.password !== claims.password) return res.end();",
      "(await jwtDecrypt(req.token, KEY)).payload",
    ),
    `${GUARD("if (user.password !== claims.password) return res.end();", 'jwt.decode(req.get("x-token"))')} export const check = (text) => jwt.verify(text, KEY, RULES);`,
    // Where the file signs as well, what it signs is in sight.
    `${GUARD("if (user.password !== claims.password) return res.end();")} export const make = (id) => jwt.sign({ id }, KEY, OPTIONS);`,
    {
      code: GUARD("if (user.password !== claims.password) return res.end();"),
      options: [{ allow: ["password"] }],
    },
    // A code that the server keeps, a token that it keeps, and what is no code
    ...[
      "if (user.otp !== otp) return res.end();",
      "if (claims.email !== email) return res.end();",
      "if (claims.otp !== true) return res.end();",
      "if (claims.otp !== user.otp) return res.end();",
      "if (claims.otp !== digest(otp)) return res.end();",
      "if (!claims.otp) return res.end();",
      "if (claims.otpVersion !== req.body.otpVersion) return res.end();",
      "if (claims.hasOtp !== req.body.hasOtp) return res.end();",
      "if (!(await bcrypt.compare(otp, claims.otpHash))) return res.end();",
      "if (claims.code !== req.body.code) return res.end();",
    ].map((asks) => ENTERED(asks)),
    ENTERED("if (claims.otp !== otp) return res.end();", "user.otpToken"),
    ENTERED("if (claims.otp !== otp) return res.end();", "req.body.token", "read"),
  ],
  invalid: [
    code(ENTERED("if («claims.otp» !== otp) return res.end();")),
    // Beside a token of another kind, and once where the token with the code is signed as well
    code(
      `${ENTERED("if («claims.otp» !== otp) return res.end();")} export const make = (id) => jwt.sign({ id }, KEY, OPTIONS);`,
    ),
    marked(SIGNED_TOO("{ id: 1, «otp» }"), {
      messageId: "secret",
      data: { name: "otp", origin: "" },
      suggestions: [
        { messageId: "removeClaim", data: { name: "otp" }, output: SIGNED_TOO("{ id: 1 }") },
      ],
    }),
    code(ENTERED("if (otp !== «claims.otp») return res.end();", "req.cookies.token")),
    code(ENTERED("if («claims.otp» != req.body.code) return res.end();")),
    code(
      ENTERED("if («claims.verificationCode» !== req.body.code) return res.end();"),
      "verificationCode",
    ),
    written(SIGNED("«req.body.password_hash = hash(req.body.word)»;"), "password_hash"),
    written(
      SIGNED("«req.body.hashed_password = await bcrypt.hash(req.body.password, 10)»;"),
      "hashed_password",
    ),
    written(
      `${JWT}export const add = (form) => { «form.secret = draw()»; delete form.password; return jwt.sign(form, KEY, OPTIONS); };`,
      "secret",
    ),
    ...["pwd: 4711", "password: 123456", "pin: 9876"].map((claim) =>
      marked(`${JWT}export const make = () => jwt.sign({ sub, «${claim}» }, KEY, OPTIONS);`, {
        messageId: "secret",
        data: { name: claim.replace(/:.*/u, ""), origin: "" },
        suggestions: [
          {
            messageId: "removeClaim",
            data: { name: claim.replace(/:.*/u, "") },
            output: `${JWT}export const make = () => jwt.sign({ sub }, KEY, OPTIONS);`,
          },
        ],
      }),
    ),
    written(
      SIGNED(
        "«req.body.password_hash = hash(word)»; delete req.body.password; save(req.body).then(() => { ",
        "});",
      ).replace("delete req.body.password; ", ""),
      "password_hash",
    ),
    read(
      GUARD("if (user.password !== «claims.password») return res.end();").replace(
        "const claims = ",
        'let claims = ""; claims = ',
      ),
    ),
    ...[
      "if (user.password !== «claims.password») return res.end();",
      "if (!user || «claims.password» != user.password) return res.end();",
      "if (!(await bcrypt.compare(«claims.password», user.hash))) return res.end();",
    ].map((asks) => read(GUARD(asks))),
    read(GUARD("if (user.pwd !== «claims.pwd») return res.end();"), "pwd"),
    read(
      GUARD(
        "if (user.password !== «claims.password») return res.end();",
        "(await jwtVerify(req.token, KEY)).payload",
      ),
    ),
  ],
});

/** A guard that does something with verified claims, and a strategy that does. */
const claimsIn = (steps: string, beside = ""): string =>
  `${JWT}${beside}export const guard = async (req, res, next) => { const claims = jwt.verify(req.get("x-token"), process.env.KEY, RULES); const user = await User.findById(claims.id); ${steps} next(); };`;

const strategyOf = (steps: string): string =>
  `import { Strategy } from "passport-jwt"; export const use = (passport) => passport.use(new Strategy({ secretOrKey: process.env.KEY, jwtFromRequest }, async (claims, done) => { ${steps} }));`;

testRule("no-sensitive-payload: secrets by which somebody is found", rule, {
  valid: [
    strategyOf("done(null, await User.findOne({ email: claims.email }));"),
    strategyOf("done(null, { id: claims.id, password: claims.password });"),
    strategyOf("console.log(claims.password); done(null, await User.findById(claims.id));"),
    strategyOf("done(null, await User.findOne({ email: claims.email, stamp: claims.stamp }));"),
    strategyOf("done(null, await User.findOne({ id: claims.user.password }));"),
    `import { Strategy } from "passport-local"; export const use = (passport) => passport.use(new Strategy(async (claims, done) => done(null, await User.findOne({ email: claims.email, password: claims.password }))));`,
    strategyOf("done(null, await User.findOne({ mail: claims.mail, [claims.password]: true }));"),
    strategyOf("done(null, await User.findOne({ id: claims.password.id }));"),
    `import { jwtVerify } from "jose"; export const guard = async (req) => { const { protectedHeader } = await jwtVerify(req.token, key); return User.findOne({ password: protectedHeader.password }); };`,
    claimsIn("const mixed = claims.stamp + user.password; res.locals.mixed = mixed;"),
    // The password that somebody types in
    claimsIn("await User.findOne({ id: claims.id, password: req.body.password });"),
    claimsIn("await login(claims.id, req.body.password);"),
    // What is signed is in sight.
    claimsIn(
      "await User.findOne({ id: claims.id, password: claims.password });",
      "export const make = (id) => jwt.sign({ id }, process.env.KEY, OPTIONS); ",
    ),
    `import jwt from "jsonwebtoken"; export const guard = async (req) => User.findOne({ password: jwt.decode(req.token).password });`,
    `import { jwtDecrypt } from "jose"; export const guard = async (req) => { const { payload } = await jwtDecrypt(req.token, key); return User.findOne({ id: payload.id, password: payload.password }); };`,
    // Something else is made, or compared.
    ...[
      "const stamp = hash(user.password.concat(user.mail));",
      "const stamp = createHash('sha256').update(user.password).digest('hex');",
      "const stamp = user.stamp;",
      "const stamp = user.mail.concat(user.name);",
      "const stamp = user.password.length;",
      "const stamp = user.password - user.mail;",
      "const stamp = 'x';",
      "let stamp;",
    ].map((made) => claimsIn(`${made} if (claims.stamp !== stamp) return res.sendStatus(403);`)),
    claimsIn("if (req.body.stamp !== user.password + user.mail) return res.sendStatus(403);"),
    claimsIn("if (claims !== user.password + user.mail) return res.sendStatus(403);"),
  ],
  invalid: [
    read(
      strategyOf(
        "done(null, await User.findOne({ email: claims.email, password: «claims.password» }));",
      ),
    ),
    read(
      strategyOf("done(null, await members.findByCredentials(claims.nick, «claims.password»));"),
    ),
    read(strategyOf("done(null, await login(claims.nick, «claims.password»));")),
    read(
      strategyOf("const { nick, password } = claims; done(null, await login(nick, «password»));"),
    ),
    read(claimsIn("await User.findOne({ id: claims.id, password: «claims.password» });")),
    read(
      claimsIn("await User.findOne({ where: { id: claims.id, password: «claims.password» } });"),
    ),
    read(
      `import { jwtVerify } from "jose"; export const guard = async (req) => { const { payload } = await jwtVerify(req.token, key); return User.findOne({ id: payload.id, password: «payload.password» }); };`,
    ),
    ...[
      "const stamp = user.password.concat(user.mail);",
      "const stamp = user.mail.concat(user.password);",
      "const stamp = `${user.id}:${user.passwordHash}`;",
      "const stamp = user.password + user.mail;",
      "const { stamp } = user; const made = user.mail + user.password;",
    ].map((made) =>
      read(
        claimsIn(
          `${made} if («claims.stamp» !== ${made.includes("const made") ? "made" : "stamp"}) return res.sendStatus(403);`,
        ),
        "stamp",
      ),
    ),
    read(
      claimsIn("if (user.password + user.mail !== «claims.stamp») return res.sendStatus(403);"),
      "stamp",
    ),
  ],
});

/** A sign-up whose whole form goes into the token of a mail, of which an account is made. */
const signUp = (
  claims: string,
  makes = "new Member(claims)",
  beside = "export const hash = (password) => digest(password);",
): string =>
  `${JWT}${beside} export const join = async (req, res) => { const sent = jwt.sign(${claims}, KEY, OPTIONS); await post({ to: req.body.email, sent }); res.end(); };
export const activate = async (req, res) => { const claims = jwt.verify(req.query.code, KEY, { algorithms: ["HS256"] }); await save(${makes}); };`;

testRule("no-sensitive-payload: forms of who signs up", rule, {
  valid: [
    signUp("{ email: req.body.email }"),
    signUp("{ ...req.query }"),
    signUp("{ ...req.body }", "new Member(claims)", ""),
    // No account is made of all that the token says.
    ...[
      "new Order(claims)",
      "new Member(claims.member)",
      "new Member({ email: claims.email })",
      "new Member(req.body.member)",
      "Member.findOne(claims)",
      "list.map((one, claims) => new Member(claims))",
      "jwt.sign({}, KEY, (err, claims) => new Member(claims))",
      'jwt.verify(code, KEY, { algorithms: ["HS256"] }, (claims) => new Member(claims))',
    ].map((makes) => signUp("{ ...req.body }", makes)),
    signUp("{ ...req.body }").replace("const sent", "delete req.body.password; const sent"),
    // What is let through by a schema or replaced may be without one.
    ...["form.parse(req.body);", "req.body = pick(req.body);"].map((asks) =>
      signUp("{ ...req.body }").replace("const sent", `${asks} const sent`),
    ),
    signUp("{ ...form.data }"),
  ],
  invalid: [
    // The callback of a verification is given the claims, too.
    ...["new Member(claims)", "keep(() => { const held = claims; return new Member(held); })"].map(
      (makes) => [
        "{ «...req.body» }",
        `jwt.verify(req.query.code, KEY, { algorithms: ["HS256"] }, (err, claims) => { if (err) return; save(${makes}); })`,
      ],
    ),
    ["{ «...req.body» }"],
    ["«req.body»"],
    ["{ «...req.body», at: 1 }", "Member.create(claims)"],
    ["{ «...req.body» }", "new User(claims)"],
  ].map(([claims = "", makes]) =>
    marked(signUp(claims, makes), {
      messageId: "recordWithSecret",
      data: { name: "body", secret: "password", origin: "" },
    }),
  ),
});
