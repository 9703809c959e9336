import rule from "../../src/rules/no-unchecked-verification.ts";
import { marked } from "../kit/marked.ts";
import { testRule } from "../kit/test-rule.ts";

/** Writes behind a verification that stops nothing: in a `try`, and where the failure is told to who called. */

const JWT = 'import jwt from "jsonwebtoken";';

const endpoint = (callback: string, behind: string): string =>
  `${JWT}\nexport async function add(req, res, next) { const order = new Order(req.body); let user; jwt.verify(req.token, key, options, ${callback}); ${behind} }`;

/** The answer ends the callback alone. */
const REFUSES =
  "(error, claims) => { if (error) return res.sendStatus(401); order.by = claims.id; }";
const KEEPS = "(error, claims) => { if (error) return res.sendStatus(401); user = claims; }";
const KEEPS_ID =
  "(error, claims) => { if (error) return res.sendStatus(401); req.id = claims.id; }";

const service = (told: string, behind: string, parameters = "data, onDone, onFail"): string =>
  `${JWT}\nexport async function rename(${parameters}) { jwt.verify(data.token, key, options, ${told}); ${behind} }`;

const WRITES = "onDone(await orders.findOneAndUpdate({ _id: data.id }, data));";
const WRITE =
  "const changed = await «orders.findOneAndUpdate({ _id: data.id }, data)»; onDone(changed);";
const unmarked = (code: string): string => code.replaceAll(/[«»]/gu, "");

const found = { messageId: "answerFallsThrough", data: { name: "jwt.verify" } };

testRule("no-unchecked-verification", rule, {
  valid: [
    // It fails before it has written anything.
    endpoint(KEEPS, "order.by = user.id; await order.save();"),
    // … and before it has answered.
    endpoint(KEEPS_ID, "const by = await users.find(req.id); log(by.id); res.json({});"),
    endpoint(KEEPS, "order.by = user.id; res.json(order);"),
    endpoint(KEEPS, "try { await find(user.id); res.json({}); } catch (e) { next(e); }"),
    `${JWT}\nexport async function add(req, res, next) { let user; try { jwt.verify(req.token, key, options, ${KEEPS}); await Order.create({ by: user.id }); res.json({}); } catch (e) { next(e); } }`,
    `${JWT}\nexport async function add(req, res, next) { let user; try { user = jwt.verify(req.token, key, options); } catch { res.sendStatus(401); } const { id } = user; await Order.create({ by: id }); }`,
    // What a pattern takes out of the claims is asked for, by a function that throws as well.
    ...[
      endpoint(
        "(error, claims) => { if (error) return res.sendStatus(401); ({ user } = claims); }",
        "if (!user) return; await order.save();",
      ),
      ...[
        "({ user } = claims);",
        "({ user = null } = claims);",
        "({ id: user } = claims);",
        "[user] = claims.ids;",
        "[, user] = claims.ids;",
      ].map((keeps) =>
        endpoint(
          `(error, claims) => { if (error) return res.sendStatus(401); ${keeps} }`,
          "known(user); await order.save();",
        ),
      ),
    ],
    endpoint(KEEPS, "await Order.deleteMany({ by: requireId(user) });"),
    endpoint(KEEPS, "const by = ensureKnown(user); await order.save();"),
    `${endpoint(KEEPS, "const by = idOf(user); await order.save();")} function idOf(one) { if (!one) throw new Error(); return one; }`,
    `${endpoint(KEEPS, "const by = idOf(user); await order.save();")} const idOf = (one) => { if (!one) throw new Error(); return one; };`,
    endpoint(
      "(error, claims) => { if (error) return res.sendStatus(401); req.session.userId = claims.id; }",
      "await known(req.session); await order.save();",
    ),
    // It is asked in the block, too.
    ...[
      "if (res.headersSent) return; await order.save();",
      "if (!user) return; await order.save();",
      "if (user) await order.save();",
      "while (!user) await wait(); await order.save();",
    ].flatMap((work) => [
      endpoint(KEEPS, `try { ${work} } catch (error) { next(error); }`),
      endpoint(KEEPS, `{ ${work} }`),
      endpoint(KEEPS, work),
    ]),
    // Of nothing no claim can be read, and the handler goes on from there.
    ...[
      "order.by = user.id;",
      "const { id } = user; order.by = id;",
      "const by = await users.findById(user); order.by = by.id;",
      "await ensureOwner(user);",
    ].map((read) =>
      endpoint(KEEPS, `try { ${read} await order.save(); res.json({}); } catch (e) { next(e); }`),
    ),
    endpoint(KEEPS_ID, "const by = await users.find(req.id); if (!by) return; await order.save();"),
    endpoint(
      KEEPS_ID,
      "try { const by = await users.find(req.id); if (!by) throw new Error(); await order.save(); res.json({}); } catch (e) { next(e); }",
    ),
    endpoint(
      "(error, claims) => { if (error) return res.sendStatus(401); if (claims.id !== 1) { notify(claims.id); } }",
      "await order.save();",
    ),
    // The callback does the work, and what is behind is for every request; a session is no work.
    endpoint(
      "(error, claims) => { if (error) return res.sendStatus(401); res.json(claims); }",
      "try { await Visit.create({ at: new Date() }); } catch (error) { next(error); }",
    ),
    endpoint(REFUSES, "try { await sessions.deleteOne({ id: req.sid }); } catch (e) { log(e); }"),
    // The second handler is not entered, and a branch may not be.
    endpoint(REFUSES, "try { log(order); } catch (error) { await order.save(); }"),
    endpoint(REFUSES, "if (req.body.isDraft) { await order.save(); }"),
    // What a function has given, and what is read from it
    `${JWT}\nconst check = (token) => { try { return jwt.verify(token, key, options); } catch { return null; } };\nexport async function add(req, res) { const claims = check(req.token); if (!claims) res.sendStatus(401); try { const by = claims.id; await Order.create({ by }); } catch (error) { log(error); } }`,
    `${JWT}\nconst check = (token) => { try { return jwt.verify(token, key, options); } catch { return null; } };\nexport async function add(req, res) { const claims = check(req.token); if (claims === null) res.sendStatus(401); try { const by = claims.id; await Order.create({ by }); } catch (error) { log(error); } }`,
    `${JWT}\nexport async function add(req, res) { let claims; try { claims = jwt.verify(req.token, key, options); } catch (error) { res.sendStatus(401); } try { const by = claims.id; await Order.create({ by }); } catch (error) { log(error); } }`,
    `${JWT}\nfunction check(req, res) { try { req.user = jwt.verify(req.token, key, options); } catch { res.sendStatus(401); } }\nexport async function add(req, res) { check(req, res); try { const by = req.user.id; await Order.create({ by }); } catch (error) { log(error); } }`,
    // Nobody is told who answers: what shows an error, or throws, and a function of the file.
    service(
      "(error) => { if (error) setError(error); }",
      unmarked(WRITE),
      "data, setError, onDone",
    ),
    service("(error) => { if (error) track(error); }", unmarked(WRITE), "data, track, onDone"),
    service(
      "(error) => { if (error) onError.log(error); }",
      unmarked(WRITE),
      "data, onError, onDone",
    ),
    service("(error) => { if (error) failed(error); }", unmarked(WRITE)),
    service("(error) => { if (error) log.error(error); }", unmarked(WRITE), "data, log, onDone"),
    `${JWT}\nexport const outer = (onFail) => onFail; export async function rename(data, onDone) { jwt.verify(data.token, key, options, (error) => { if (error) onFail(error); }); ${unmarked(WRITE)} }`,
    `${JWT}\nexport async function rename(data, onDone) { jwt.verify(data.token, key, options, function (error) { const told = (onFail) => { if (error) onFail(error); }; told(log); }); ${unmarked(WRITE)} }`,
    service("(error, _, failed) => { if (error) failed(error); }", unmarked(WRITE)),
    `${JWT}\nasync function rename(data, onFail) { jwt.verify(data.token, key, options, (error) => { if (error) onFail(error); }); await orders.deleteOne({ _id: data.id }); }\nexport const run = (data) => rename(data, (error) => { throw error; });`,
    // The rest is read, the work is done in the callback, or it is what is returned.
    service("(error) => { if (error) return onFail(error); }", "onDone(await orders.find(data));"),
    service(
      "async (error) => { if (error) return onFail(error); const changed = await orders.deleteOne(data); onDone(changed); }",
      "await visits.create({ at: now });",
    ),
    `${JWT}\nexport const read = (token, callback) => jwt.verify(token, key, options, (error, claims) => { if (error) return callback(error); callback(null, claims); });`,
    `${JWT}\nexport function isAuthenticated(token, done) { jwt.verify(token, key, options, (error, claims) => { if (error) return done(error); }); return true; }`,
    `${JWT}\nexport const read = async (token) => { const claims = await new Promise((resolve, reject) => { jwt.verify(token, key, options, (error, read) => { if (error) return reject(error); resolve(read); }); }); await orders.deleteOne({ by: claims.id }); };`,
    service(
      "(error) => { if (error) return onFail(error); isGood = true; }",
      `if (!isGood) return; ${WRITES}`,
    ),
  ],
  invalid: [
    // Nothing fails, and nobody asks.
    ...[
      endpoint(KEEPS, "order.by = user?.id; «res.json(order)»;"),
      endpoint(KEEPS, "const by = nameOf(user); await «order.save()»;"),
      endpoint(KEEPS, "const by = users.nameOf(user); await «order.save()»;"),
      `${endpoint(KEEPS, "const by = idOf(user); await «order.save()»;")} function idOf(one) { return one ?? null; }`,
      endpoint(
        "(error, claims) => { if (error) return res.sendStatus(401); ({ ...user } = claims); }",
        "known(other); await «order.save()»;",
      ),
      endpoint(
        "(error, claims) => { if (error) return res.sendStatus(401); req.session.userId = claims.id; }",
        "const { theme } = req.session; await «order.save()»;",
      ),
      endpoint(KEEPS_ID, "known(req); await «order.save()»;"),
    ].map((code) => marked(code, found)),
    ...[
      "try { const saved = await «order.save()»; res.json(saved); } catch (error) { next(error); }",
      "{ await «order.save()»; }",
      "try { { await «order.save()»; } } finally { close(); }",
      "try { log(order); } finally { await «order.save()»; }",
      "try { log(order); } catch (error) { log(error); } await «order.save()»;",
      "try { «res.json(order)»; } catch (error) { next(error); }",
      "try { «next()»; } catch (error) { log(error); }",
      // As a plain statement
      "await «order.save()»; if (order.id) res.json(order); else res.status(400).end();",
      "order.at = now; try { if (isDraft) order.clear(); await «order.save()»; } catch (error) { next(error); }",
    ].map((behind) => marked(endpoint(REFUSES, behind), found)),
    // What is not read from does not fail.
    ...[
      "try { const by = user; await «Order.create({ by })»; } catch (error) { next(error); }",
      "try { const by = toOwner(user); await «Order.create({ by })»; } catch (error) { next(error); }",
      "try { order.by = user?.id; await «order.save()»; } catch (error) { next(error); }",
      "try { const by = new Owner(user); by.at = now; await «Order.create({ by })»; } catch (error) { next(error); }",
      "try { await «Order.create({ user })»; } catch (error) { next(error); }",
    ].map((behind) => marked(endpoint(KEEPS, behind), found)),
    marked(
      `${JWT}\nconst check = (token) => { try { return jwt.verify(token, key, options); } catch { return null; } };\nexport async function add(req, res) { const claims = check(req.token); if (claims == null) res.sendStatus(401); try { await «Order.create(req.body)»; } catch (error) { log(error); } }`,
      found,
    ),
    marked(
      `${JWT}\nexport async function add(req, res) { let claims; try { claims = jwt.verify(req.token, key, options); } catch (error) { res.sendStatus(401); } try { await «Order.create(req.body)»; } catch (error) { log(error); } }`,
      found,
    ),
    marked(
      `${JWT}\nfunction check(req, res) { try { req.user = jwt.verify(req.token, key, options); } catch { res.sendStatus(401); } }\nexport async function add(req, res) { check(req, res); try { await «Order.create(req.body)»; } catch (error) { log(error); } }`,
      found,
    ),
    // Who called is told by a function that he has handed in.
    ...[
      "(error) => { if (error) onFail(error); }",
      "(error) => { if (error) { console.warn(error); return onFail({ status: 500 }); } }",
      "function (error, claims) { if (error) return onFail(); data.by = claims.id; }",
      "function (error, claims) { if (error) return onFail(); console.log(claims.id); }",
      "(error) => error && onFail(error)",
    ].map((told) => marked(service(told, WRITE), found)),
    ...["errorData", "cb", "callback", "reject", "done", "sendError", "denied"].map((name) =>
      marked(
        service(`(error) => { if (error) return ${name}(error); }`, WRITE, `data, onDone, ${name}`),
        found,
      ),
    ),
    marked(
      service(
        "(error) => { if (error) onFail(error); }",
        `try { ${WRITE} } catch (error) { onFail(error); }`,
      ),
      found,
    ),
    marked(
      `${JWT}\nasync function rename(data, onFail) { jwt.verify(data.token, key, options, (error) => { if (error) onFail(error); }); await «orders.deleteOne({ _id: data.id })»; }\nexport const run = (data, res) => rename(data, (error) => { res.status(500).json(error); });`,
      found,
    ),
    // A promise that is rejected, and goes on
    marked(
      `${JWT}\nexport const rename = (data) => new Promise(async (resolve, reject) => { jwt.verify(data.token, key, options, (error) => { if (error) reject(error); }); await «orders.deleteOne({ _id: data.id })»; resolve(); });`,
      found,
    ),
  ],
});
