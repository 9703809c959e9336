import rule from "../../src/rules/no-unverified-claims.ts";
import { marked } from "../kit/marked.ts";
import type { InvalidCase } from "../kit/test-rule.ts";
import { testRule } from "../kit/test-rule.ts";

/** What looks at the shape of a request on the way to a token, each next to what may ask for a proof. */

const REFUSE = "if (errors.length > 0) { return res.status(400).json({ errors }); }";

const signIn = (check: string, refuse = REFUSE): string =>
  `import jwt from "jsonwebtoken"; import express from "express"; import { validateRequest, checkInput, gate } from "./validations.js"; import { validateRequest as signedBy } from "twilio"; const app = express(); app.post("/login", async (req, res) => { ${check} ${refuse} res.json({ token: jwt.sign({ sub: «req.body.email» }, process.env.KEY) }); });`;

const given = (code: string): InvalidCase =>
  marked(code, { messageId: "askedIdentity", data: { name: "jwt.sign" } });

const CHECK = "const errors = validateRequest(req.body, { email: 'text' });";

/** The signature by which somebody enters a meeting of Zoom. */
const meeting = (asked: string, helper = ""): string =>
  `import express from "express"; import { KJUR } from "jsrsasign"; import { validateRequest } from "./validations.js"; const app = express(); ${helper} app.post("/", (req, res) => { ${asked} const iat = Math.floor(Date.now() / 1000); const payload = JSON.stringify({ sdkKey: process.env.ZOOM_ID, mn: number, role: «role», iat, exp: iat + 7200 }); res.json({ signature: KJUR.jws.JWS.sign("HS256", JSON.stringify({ alg: "HS256", typ: "JWT" }), payload, process.env.ZOOM_SECRET) }); });`;

const led = (code: string): InvalidCase =>
  marked(code, {
    messageId: "askedRights",
    data: { name: "KJUR.jws.JWS.sign", what: "the claim role" },
  });

const TAKEN = "const { meetingNumber: number, role } = body;";

const COPY =
  "const copyOf = (given) => ({ ...given, ...['role'].reduce((all, one) => ({ ...all, [one]: Number(given[one]) }), {}) });";

const plain = (code: string): string => code.replaceAll(/[«»]/gu, "");

testRule("no-unverified-claims: checks of shapes", rule, {
  valid: [
    ...[
      "const errors = await validateRequest(req.body);",
      "const errors = validateRequest(req);",
      "const errors = validateRequest(rules);",
      "const errors = validateRequest(req.body.password);",
      "const errors = validateRequest(req.body, req.body.pin);",
      "const errors = gate(req.body);",
      "const errors = signedBy(req.body);",
      "const errors = validateRequest(req.body).of;",
      "const errors = signedIn.validateRequest(req.body);",
      "const { errors, extra } = validateRequest(req.body);",
    ].map((check) => signIn(check)),
    signIn(
      "const found = validateRequest(req.body);",
      "if (!found) return res.status(400).json({ found });",
    ),
    signIn(CHECK, "if (errors.length > 0) return res.status(401).json({ errors });"),
    signIn(CHECK, "if (errors.length > 0) return res.status(400).send('wrong password');"),
    signIn(CHECK, "res.locals.errors = errors;"),
    `${signIn("const errors = validateBody(req.body);")} function validateBody(given) { return members.isSecret(given) ? [] : ["no"]; }`,
    signIn(
      "const isValid = validateRequest(req.body);",
      "if (!isValid) return res.status(400).json({});",
    ),
    // A role that the program sets, and a meeting behind a secret
    meeting(
      `const body = req.body; ${TAKEN} if (req.headers.authorization !== process.env.GATE) return res.sendStatus(401);`,
    ),
    meeting(`const body = copyOf(req.body); ${TAKEN}`, "import { copyOf } from './copies.js';"),
    meeting(
      `const body = copyOf(req.body); ${TAKEN}`,
      "const copyOf = (given) => ({ ...given, role: 0 });",
    ),
    meeting(
      `const body = copyOf(req.body); ${TAKEN}`,
      "import { only } from './only.js'; const copyOf = (given) => ({ ...['role'].reduce(only, given) });",
    ),
  ].map(plain),
  invalid: [
    ...[
      signIn(CHECK),
      signIn("const errors = checkInput(req.body);"),
      signIn(
        "const { errors, isValid } = validateRequest(req.body);",
        "if (!isValid) return res.status(422).json(errors);",
      ),
      signIn(
        "function validateBody(given) { return given.email ? [] : ['email']; } const errors = validateBody(req.body);",
      ),
    ].map(given),
    ...[
      meeting(`const body = req.body; ${TAKEN}`),
      meeting(`const body = copyOf(req.body); ${TAKEN}`, COPY),
      meeting(
        `const body = copyOf(req.body); const errors = validateRequest(body, { role: [0, 1] }); ${REFUSE} ${TAKEN}`,
        COPY,
      ),
    ].map(led),
  ],
});
