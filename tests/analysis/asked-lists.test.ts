import claims from "../../src/rules/no-unverified-claims.ts";
import verification from "../../src/rules/no-unchecked-verification.ts";
import { marked } from "../kit/marked.ts";
import { testRule } from "../kit/test-rule.ts";

/** Lists that are asked by a function which gives a promise: every entry is meant, whatever the promise finds. */

const signIn = (asks: string): string =>
  `import bcrypt from "bcrypt"; import jwt from "jsonwebtoken";
app.post("/login", async (req, res) => { const user = await load(); ${asks} if (!hit) return res.sendStatus(401); res.json({ token: jwt.sign({ id: user.id }, key) }); });`;

const COMPARE = "bcrypt.compare(req.body.code, one.hash)";

testRule("no-unverified-claims: lists", claims, {
  valid: [
    "const hit = user.codes.some((one) => bcrypt.compareSync(req.body.code, one.hash));",
    `const all = await Promise.all(user.codes.map((one) => ${COMPARE})); const hit = all.some(Boolean);`,
    // Bluebird, streams and functions of other packages wait for the answers.
    `const [hit] = await Promise.filter(user.codes, (one) => ${COMPARE});`,
    `const [hit] = await pending().filter((one) => ${COMPARE});`,
    // A function of its own takes the list first, and a stream waits.
    `const hit = await this.lists.some(user.codes, (one) => ${COMPARE});`,
    `const [hit] = await user.codes.filter((one) => ${COMPARE}).toArray();`,
    `const codes = pending(); const [hit] = await codes.filter((one) => ${COMPARE});`,
    `const hit = await find((one) => ${COMPARE}, user.codes);`,
    `const [hit] = await user.codes.filterAsync((one) => ${COMPARE});`,
    `const hit = user.codes.some(async (one) => { const ok = await ${COMPARE}; seen.push(ok); });`,
  ].map(signIn),
  invalid: [
    `const codes = await pending(); const [hit] = codes.filter((one) => «${COMPARE}»);`,
    `const hit = (await pending()).find(function (one) { return «${COMPARE}»; });`,
    `const hit = user.codes.some(async (one) => «${COMPARE}»);`,
    `const hit = user.codes.some(async (one) => await «${COMPARE}»);`,
    `const hit = user.codes.some(async (one) => { return await «${COMPARE}»; });`,
    `const hit = [user, admin].some((one) => «${COMPARE}»);`,
  ].map((asks) =>
    marked(signIn(asks), {
      messageId: "unawaitedProof",
      data: { name: "bcrypt.compare", signedBy: "jwt.sign" },
    }),
  ),
});

const check = (asks: string): string =>
  `import { jwtVerify } from "jose";
export async function check(req, res, next) { const tokens = await load(req); ${asks} if (good.length === 0) return res.sendStatus(401); next(); }`;

const VERIFY = 'jwtVerify(one, key, { algorithms: ["HS256"] })';

testRule("no-unchecked-verification: lists", verification, {
  valid: [
    check(`const good = await Promise.all(tokens.map((one) => ${VERIFY}));`),
    check(`const good = await Promise.all(tokens.map(async (one) => await ${VERIFY}));`),
  ],
  invalid: [
    `(one) => «${VERIFY}»`,
    `async (one) => «${VERIFY}»`,
    `async (one) => await «${VERIFY}»`,
    `async (one) => { return «${VERIFY}»; }`,
  ].map((ask) =>
    marked(check(`const good = tokens.filter(${ask});`), {
      messageId: "promiseAsResult",
      data: { name: "jwtVerify" },
      suggestions: [],
    }),
  ),
});
